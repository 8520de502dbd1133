"""An element as lxml has it, in a tree of linked nodes as libxml2 keeps it; comments are not kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

XML = "http://www.w3.org/XML/1998/namespace"
#: The prefixes that lxml gives of itself.
_USUAL = {
    XML: "xml",
    "http://www.w3.org/2001/XMLSchema-instance": "xsi",
    "http://www.w3.org/2001/XMLSchema": "xs",
    "http://purl.org/dc/elements/1.1/": "dc",
}

#: Gives the class of an element by its tag.
Lookup = Callable[[str], "type[_Element]"]


def split(tag: str) -> tuple[str, str]:
    """Namespace and local name of a tag; '' for no namespace."""
    if tag[:1] == "{":
        href, _, name = tag[1:].rpartition("}")
        return href, name
    return "", tag


class _Attributes(dict[str, str]):
    """Attributes by their tags; what is set has its namespace declared."""

    owner: _Element

    def __setitem__(self, name: str, value: str) -> None:
        href = split(name)[0]
        if href:
            self.owner.declare_namespace(href, attribute=True)
        super().__setitem__(name, value)


class _Element:
    """An element.

    Attributes:
        tag: `{namespace}name`.
        text, tail: the text before its first child, and after its end; None for none.
        prefix: of its namespace; None for the default one.
        attrib: its attributes.
        declared: the namespaces that are declared on it, by prefix; None for the default one.
    """

    tag: str
    node_text: str | None
    tail: str | None
    prefix: str | None
    attrib: dict[str, str]
    declared: dict[str | None, str]
    node_lookup: Lookup | None
    node_up: _Element | None
    node_first: _Element | None
    node_last: _Element | None
    node_next: _Element | None
    node_before: _Element | None

    @property
    def text(self) -> str | None:
        """The text before its first child; python-docx's classes give another thing under this name."""
        return self.node_text

    @text.setter
    def text(self, text: str | None) -> None:
        self.node_text = text

    def declare_namespace(self, href: str, *, attribute: bool = False) -> str | None:
        """The prefix under which a namespace is known here; it is declared where it is not known."""
        if href == XML:
            return "xml"
        node: _Element | None = self
        hidden: set[str | None] = set()
        while node is not None:
            for prefix, known in node.declared.items():
                if known == href and prefix not in hidden and not (attribute and prefix is None):
                    return prefix
            hidden.update(node.declared)
            node = node.node_up
        number = 0
        prefix = _USUAL.get(href)
        while prefix is None or prefix in hidden:
            prefix, number = f"ns{number}", number + 1
        self.declared[prefix] = href
        return prefix

    @property
    def nsmap(self) -> dict[str | None, str]:
        """The namespaces that are known here, by prefix."""
        known: dict[str | None, str] = {}
        for node in (self, *self.iterancestors()):
            for prefix, href in node.declared.items():
                known.setdefault(prefix, href)
        return known

    def settle_namespaces(self) -> None:
        """After it came under another parent: what its new ancestors declare is not declared once more, as in lxml."""
        parent = self.node_up
        for node in list(self.iter()):
            if parent is not None and node.node_lookup is not parent.node_lookup:
                node.node_lookup = parent.node_lookup
                if parent.node_lookup is not None:
                    node.__class__ = parent.node_lookup(node.tag)
            above = node.node_up
            for prefix, href in list(node.declared.items()):
                found = above.known_prefix(href) if above is not None else ()
                if found:
                    del node.declared[prefix]
                    if found[0] != prefix:
                        node.rename_prefix(href, prefix, found[0])

    def known_prefix(self, href: str) -> tuple[str | None, ...]:
        """The prefix of a namespace that is declared here or above; () for none."""
        hidden: set[str | None] = set()
        for node in (self, *self.iterancestors()):
            for prefix, known in node.declared.items():
                if known == href and prefix not in hidden:
                    return (prefix,)
            hidden.update(node.declared)
        return ()

    def rename_prefix(self, href: str, old: str | None, new: str | None) -> None:
        for node in self.iter():
            if node.prefix == old and split(node.tag)[0] == href:
                node.prefix = new

    def get(self, name: str, default: Any = None) -> Any:
        """An attribute's value."""
        return self.attrib.get(name, default)

    def set(self, name: str, value: str) -> None:
        """Sets an attribute."""
        self.attrib[name] = value

    def keys(self) -> list[str]:
        """The names of the attributes."""
        return list(self.attrib)

    def items(self) -> list[tuple[str, str]]:
        """Names and values of the attributes."""
        return list(self.attrib.items())

    def __iter__(self) -> Iterator[_Element]:
        child = self.node_first
        while child is not None:
            following = child.node_next
            yield child
            child = following

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __bool__(self) -> bool:
        return self.node_first is not None

    def __getitem__(self, at: Any) -> Any:
        return list(self)[at]

    def cut_node(self) -> None:
        """Takes it out of its parent, its tail with it."""
        parent = self.node_up
        if parent is None:
            return
        if self.node_before is not None:
            self.node_before.node_next = self.node_next
        else:
            parent.node_first = self.node_next
        if self.node_next is not None:
            self.node_next.node_before = self.node_before
        else:
            parent.node_last = self.node_before
        self.node_up = self.node_before = self.node_next = None

    def put_node(self, child: _Element, before: _Element | None) -> None:
        """Puts a child before another one; last for None."""
        child.cut_node()
        after = self.node_last if before is None else before.node_before
        child.node_up, child.node_before, child.node_next = self, after, before
        if after is not None:
            after.node_next = child
        else:
            self.node_first = child
        if before is not None:
            before.node_before = child
        else:
            self.node_last = child
        child.settle_namespaces()

    def append(self, child: _Element) -> None:
        """Puts a child last."""
        self.put_node(child, None)

    def extend(self, children: Iterable[_Element]) -> None:
        """Puts children last."""
        for child in list(children):
            self.put_node(child, None)

    def insert(self, index: int, child: _Element) -> None:
        """Puts a child where the one of that number stands."""
        standing = list(self)
        self.put_node(child, standing[index] if -len(standing) <= index < len(standing) else None)

    def remove(self, child: _Element) -> None:
        """Takes a child out.

        Raises:
            ValueError: it is none.
        """
        if child.node_up is not self:
            raise ValueError("Element is not a child of this node.")
        child.cut_node()

    def replace(self, old: _Element, new: _Element) -> None:
        """Puts one in the place of another.

        Raises:
            ValueError: the other is no child.
        """
        if old.node_up is not self:
            raise ValueError("Element is not a child of this node.")
        self.put_node(new, old)
        old.cut_node()

    def index(self, child: _Element) -> int:
        """A child's number."""
        return list(self).index(child)

    def addnext(self, other: _Element) -> None:
        """Puts another one right behind it."""
        if self.node_up is None:
            raise TypeError("Nothing can stand beside a root.")
        other.tail, self.tail = ((other.tail or "") + (self.tail or "")) or None, None
        self.node_up.put_node(other, self.node_next)

    def addprevious(self, other: _Element) -> None:
        """Puts another one right before it."""
        if self.node_up is None:
            raise TypeError("Nothing can stand beside a root.")
        self.node_up.put_node(other, self)

    def makeelement(
        self, tag: str, attrib: Mapping[str, str] | None = None, nsmap: Mapping[str | None, str] | None = None
    ) -> _Element:
        """An element of its own."""
        return made(tag, attrib, nsmap, self.node_lookup)

    def __deepcopy__(self, _memo: object) -> _Element:
        """It and all within it, standing in nothing."""
        from lxml.copying import copied

        return copied(self)

    def getparent(self) -> _Element | None:
        """The element it stands in."""
        return self.node_up

    def getnext(self) -> _Element | None:
        """The one behind it."""
        return self.node_next

    def getprevious(self) -> _Element | None:
        """The one before it."""
        return self.node_before

    def following_node(self, root: _Element) -> _Element | None:
        """The next one of a tree in the order of the document."""
        if self.node_first is not None:
            return self.node_first
        node = self
        while node is not root:
            if node.node_next is not None:
                return node.node_next
            if node.node_up is None:
                return None
            node = node.node_up
        return None

    def iter(self, *tags: str) -> Iterator[_Element]:
        """It and all within it; the next one is looked for before one is given, as in lxml."""
        wanted = frozenset(tags) - {"*"} if "*" not in tags else frozenset[str]()

        def from_here(node: _Element | None) -> _Element | None:
            while node is not None and wanted and node.tag not in wanted:
                node = node.following_node(self)
            return node

        node = from_here(self)
        while node is not None:
            following = from_here(node.following_node(self))
            yield node
            node = following

    def iterdescendants(self, *tags: str) -> Iterator[_Element]:
        """All within it."""
        return (node for node in self.iter(*tags) if node is not self)

    def iterchildren(self, *tags: str) -> Iterator[_Element]:
        """Its children."""
        return (child for child in self if not tags or child.tag in tags)

    def iterancestors(self, *tags: str) -> Iterator[_Element]:
        """Those it stands in, the nearest first."""
        node = self.node_up
        while node is not None:
            if not tags or node.tag in tags:
                yield node
            node = node.node_up

    def itersiblings(self, *tags: str, preceding: bool = False) -> Iterator[_Element]:
        """Those behind it, or before it, the nearest first."""
        node = self.node_before if preceding else self.node_next
        while node is not None:
            if not tags or node.tag in tags:
                yield node
            node = node.node_before if preceding else node.node_next

    def itertext(self) -> Iterator[str]:
        """All texts within it."""
        if self.node_text:
            yield self.node_text
        for child in self:
            yield from child.itertext()
            if child.tail:
                yield child.tail

    def iterfind(self, path: str) -> Iterator[_Element]:
        """What a path of tags leads to."""
        step, _, rest = _first_step(path)
        for child in self:
            if step in ("*", child.tag):
                if rest:
                    yield from child.iterfind(rest)
                else:
                    yield child

    def find(self, path: str) -> Any:
        """The first that a path of tags leads to; None for none."""
        return next(self.iterfind(path), None)

    def findall(self, path: str) -> list[_Element]:
        """All that a path of tags leads to."""
        return list(self.iterfind(path))

    def findtext(self, path: str, default: Any = None) -> Any:
        """The text of the first that a path of tags leads to."""
        found = self.find(path)
        return default if found is None else found.node_text or ""

    def xpath(self, path: str, namespaces: Mapping[str, str] | None = None) -> list[Any]:
        """What an XPath leads to: names of children, `//`, `@` and `|` alone."""
        from lxml.paths import looked_up

        return looked_up(self, path, namespaces or {})


def _first_step(path: str) -> tuple[str, str, str]:
    end = path.find("/", path.find("}") if path[:1] == "{" else 0)
    return (path, "", "") if end < 0 else (path[:end], "/", path[end + 1 :])


def made(
    tag: str,
    attrib: Mapping[str, str] | None = None,
    nsmap: Mapping[str | None, str] | None = None,
    lookup: Lookup | None = None,
) -> _Element:
    """An element of its own, with its namespace declared."""
    cls = lookup(tag) if lookup is not None else _Element
    element = bare(cls, tag, lookup)
    element.declared.update(nsmap or {})
    href = split(tag)[0]
    element.prefix = element.declare_namespace(href) if href else None
    for name, value in (attrib or {}).items():
        element.set(name, value)
    return element


def bare(cls: type[_Element], tag: str, lookup: Lookup | None) -> _Element:
    """An element of which nothing but the tag is known."""
    element = cls.__new__(cls)
    element.tag, element.node_text, element.tail, element.prefix = tag, None, None, None
    attributes = _Attributes()
    attributes.owner = element
    element.attrib, element.declared, element.node_lookup = attributes, {}, lookup
    element.node_up = element.node_first = element.node_last = element.node_next = element.node_before = None
    return element
