"""Reads XML into elements and writes it, as lxml does to the byte; what is not well-formed is never mended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.parsers import expat

from lxml.element import XML, Lookup, _Element, bare, made, split

ElementBase = _Element
_SPACES = " \t\r\n"
_KEPT, _OPEN, _MIXED = 1, -1, -2
#: Elements may stand in so many others, as in libxml2.
_DEEPEST = 256


class XMLSyntaxError(SyntaxError):
    """XML is not well-formed, or holds a document type."""


class ElementNamespaceClassLookup:
    """The classes of elements, by namespace and name."""

    def __init__(self) -> None:
        self._by_namespace: dict[str, dict[str, type[_Element]]] = {}

    def get_namespace(self, href: str) -> dict[str, type[_Element]]:
        """The classes of a namespace, to be filled."""
        return self._by_namespace.setdefault(href, {})

    def __call__(self, tag: str) -> type[_Element]:
        """The class of an element by its tag."""
        href, name = split(tag)
        return self._by_namespace.get(href, {}).get(name, _Element)


class XMLParser:
    """How XML is read.

    Args:
        remove_blank_text: whether blanks between elements are left out.
        recover: whether what is not well-formed gives None instead of an error.
        others: lxml's other limits, all of which hold here anyway: nothing is fetched, no entity is known.
    """

    def __init__(self, *, remove_blank_text: bool = False, recover: bool = False, **others: Any) -> None:
        self.remove_blank_text, self.recover, self.others = remove_blank_text, recover, others
        self.lookup: Lookup | None = None

    def set_element_class_lookup(self, lookup: Lookup) -> None:
        """Says which classes elements are of."""
        self.lookup = lookup

    def makeelement(
        self, tag: str, attrib: Mapping[str, str] | None = None, nsmap: Mapping[str | None, str] | None = None
    ) -> _Element:
        """An element of its own."""
        return made(tag, attrib, nsmap, self.lookup)


class _Reader:
    """Builds the tree, and leaves out blanks as libxml2 does (`areBlanks` in its parser.c)."""

    def __init__(self, parser: XMLParser) -> None:
        self.parser = parser
        self.root: _Element | None = None
        self.node: _Element | None = None
        self.scopes: list[dict[str | None, str]] = [{"xml": XML}]
        self.space = [_OPEN]
        self.waiting = ""

    def start(self, name: str, attributes: list[str]) -> None:
        self._flush(closing=False)
        if len(self.scopes) > _DEEPEST:
            raise XMLSyntaxError("Elements stand too deep within others")
        pairs = list(zip(attributes[::2], attributes[1::2], strict=True))
        declared = {n.partition(":")[2] or None: v for n, v in pairs if n == "xmlns" or n.startswith("xmlns:")}
        scope = {**self.scopes[-1], **declared} if declared else self.scopes[-1]
        self.scopes.append(scope)
        prefix, tag = _qualified(name, scope, attribute=False)
        lookup = self.parser.lookup
        element = bare(lookup(tag) if lookup is not None else _Element, tag, lookup)
        element.prefix, element.declared = prefix, declared
        for n, v in pairs:
            if n != "xmlns" and not n.startswith("xmlns:"):
                dict.__setitem__(element.attrib, _qualified(n, scope, attribute=True)[1], v)
        parent = self.node
        element.node_up = parent
        if parent is None:
            self.root = element
        elif parent.node_last is None:
            parent.node_first = parent.node_last = element
        else:
            element.node_before, parent.node_last.node_next, parent.node_last = parent.node_last, element, element
        self.node = element
        self.space.append(_OPEN if self.space[-1] == _MIXED else self.space[-1])
        kept = element.attrib.get(f"{{{XML}}}space")
        if kept is not None:
            self.space[-1] = _KEPT if kept == "preserve" else 0

    def end(self, _name: str) -> None:
        self._flush(closing=True)
        self.scopes.pop()
        self.space.pop()
        self.node = self.node.node_up if self.node is not None else None

    def data(self, text: str) -> None:
        self.waiting += text

    def _flush(self, *, closing: bool) -> None:
        text, self.waiting, node = self.waiting, "", self.node
        if (
            not text
            or node is None
            or (self.parser.remove_blank_text and self._is_left_out(node, text, closing=closing))
        ):
            return
        if self.space[-1] == _OPEN:
            self.space[-1] = _MIXED
        if node.node_last is None:
            node.node_text = text
        else:
            node.node_last.tail = text

    def _is_left_out(self, node: _Element, text: str, *, closing: bool) -> bool:
        if text.strip(_SPACES) or self.space[-1] in (_KEPT, _MIXED):
            return False
        if node.node_first is None:
            return not closing
        return node.node_text is None


def _qualified(name: str, scope: Mapping[str | None, str], *, attribute: bool) -> tuple[str | None, str]:
    prefix, colon, rest = name.partition(":")
    if not colon:
        href = "" if attribute else scope.get(None, "")
        return None, f"{{{href}}}{name}" if href else name
    if prefix not in scope:
        raise XMLSyntaxError(f"Namespace prefix {prefix} is not defined")
    return prefix, f"{{{scope[prefix]}}}{rest}"


def _no_document_type(*_: Any) -> None:
    raise XMLSyntaxError("A document type is not allowed")


def fromstring(text: str | bytes, parser: XMLParser | None = None) -> Any:
    """The root element of a text.

    Raises:
        XMLSyntaxError: it is not well-formed, and the parser is not one that recovers.
    """
    how = parser or XMLParser()
    reader, source = _Reader(how), expat.ParserCreate()
    source.ordered_attributes = source.buffer_text = True
    source.StartElementHandler, source.EndElementHandler = reader.start, reader.end
    source.CharacterDataHandler, source.StartDoctypeDeclHandler = reader.data, _no_document_type
    try:
        source.Parse(text, True)
    except (expat.ExpatError, XMLSyntaxError, LookupError, ValueError) as problem:
        if how.recover:
            return None
        raise XMLSyntaxError(str(problem)) from problem
    return reader.root


def SubElement(  # noqa: N802 - lxml's name
    parent: _Element,
    tag: str,
    attrib: Mapping[str, str] | None = None,
    nsmap: Mapping[str | None, str] | None = None,
) -> _Element:
    """A new last child."""
    element = bare(parent.node_lookup(tag) if parent.node_lookup is not None else _Element, tag, parent.node_lookup)
    element.declared.update(nsmap or {})
    parent.append(element)
    href = split(tag)[0]
    element.prefix = element.declare_namespace(href) if href else None
    for name, value in (attrib or {}).items():
        element.set(name, value)
    return element


def tostring(
    element: _Element, encoding: str = "ASCII", *, standalone: bool | None = None, pretty_print: bool = False
) -> Any:
    """An element as text, with the namespaces that are declared above it.

    Args:
        element: the element.
        encoding: `unicode` for a text, UTF-8 for bytes.
        standalone: whether the head says so; None for no head.
        pretty_print: not known here.

    Raises:
        NotImplementedError: another encoding or a pretty print is asked for.
    """
    if encoding not in ("unicode", "UTF-8") or pretty_print:
        raise NotImplementedError(encoding)
    above: dict[str | None, str] = {}
    for node in element.iterancestors():
        for prefix, href in node.declared.items():
            above.setdefault(prefix, href)
    out: list[str] = []
    _write(element, {p: h for p, h in above.items() if p not in element.declared}, {"xml": XML}, out)
    out.append(_escaped(element.tail or ""))
    text = "".join(out)
    if encoding == "unicode":
        return text
    stands = "" if standalone is None else f" standalone='{'yes' if standalone else 'no'}'"
    return f"<?xml version='1.0' encoding='UTF-8'{stands}?>\n{text}".encode()


def _write(element: _Element, more: Mapping[str | None, str], scope: Mapping[str | None, str], out: list[str]) -> None:
    declared = {**element.declared, **more}
    known = {**scope, **declared} if declared else scope
    prefixes = {href: prefix for prefix, href in known.items() if prefix is not None}
    name = split(element.tag)[1]
    whole = f"{element.prefix}:{name}" if element.prefix else name
    out.append(f"<{whole}")
    for prefix, href in declared.items():
        out.append(f' xmlns{":" + prefix if prefix else ""}="{_quoted(href)}"')
    for tag, value in element.attrib.items():
        href, own = split(tag)
        out.append(f' {prefixes[href] + ":" if href else ""}{own}="{_quoted(value)}"')
    if element.node_text is None and element.node_first is None:
        out.append("/>")
        return
    out.append(f">{_escaped(element.node_text or '')}")
    for child in element:
        _write(child, {}, known, out)
        out.append(_escaped(child.tail or ""))
    out.append(f"</{whole}>")


def _escaped(text: str) -> str:
    if not text:
        return text
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def _quoted(text: str) -> str:
    return _escaped(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
