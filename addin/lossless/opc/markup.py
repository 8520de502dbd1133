"""XML edited as bytes: what isn't touched stays as it was written.

Every part is first brought to a plain form (UTF-8, no comments, CDATA as escaped text), in which a `<` always begins
a tag, so that regular expressions read it rightly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from addin.lossless.opc.bounds import refuse_crowds
from addin.lossless.opc.errors import Damaged, Refused
from addin.lossless.opc.part_text import unescaped, utf8

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

_ATTRIBUTE = rb"""\s+([^\s=/>"'<]+)\s*=\s*("[^"<]*"|'[^'<]*')"""
#: All attributes of a tag, as a group of a pattern.
ATTRIBUTES = rb"""((?:\s+[^\s=/>"'<]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)"""
_EACH_ATTRIBUTE = re.compile(_ATTRIBUTE)
_TAG = re.compile(rb"""<(/?)([^\s/>!?"'<=]+)""" + ATTRIBUTES + rb"\s*(/?)>")
_ODD = re.compile(rb"<!--.*?-->|<!\[CDATA\[(.*?)\]\]>|<\?.*?\?>|<!DOCTYPE", re.DOTALL)
#: What no program writes is longer, or nested deeper.
_LONGEST_NUMBER, _DEEPEST = 20, 250


def plain(xml: bytes) -> bytes:
    """The same document in UTF-8, without comments and processing instructions, CDATA as escaped text.

    Args:
        xml: a part as it stands in the package, in whatever encoding.

    Raises:
        Refused: it has a document type, which no workbook has.
        Damaged: its encoding can't be read.
    """
    xml = utf8(xml)
    start = xml.find(b"?>") + 2 if xml.startswith(b"<?xml") else 0
    if not _holds(xml, b"<!", start) and not _holds(xml, b"<?", start):
        return xml
    return xml[:start] + _ODD.sub(_plain_piece, xml[start:])


def _holds(xml: bytes, mark: bytes, at: int) -> bool:
    """Whether a mark of two signs is there; its second is looked for, as the first is everywhere."""
    while (at := xml.find(mark[1:], at + 1)) > 0:
        if xml[at - 1 : at] == mark[:1]:
            return True
    return False


def _plain_piece(piece: re.Match[bytes]) -> bytes:
    if piece[0].startswith(b"<!DOCTYPE"):
        raise Refused("A part of the workbook has a document type, which workbooks never have.")
    import html

    return (
        html.escape(piece[1].decode("utf-8", "surrogateescape"), quote=False).encode("utf-8", "surrogateescape")
        if piece[1]
        else b""
    )


def escaped(text: str) -> bytes:
    """Text as it stands in an attribute or between tags.

    >>> escaped('5 < 6 & "so"')
    b'5 &lt; 6 &amp; &quot;so&quot;'

    Args:
        text: as a person sees it.
    """
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return safe.replace("\n", "&#10;").replace("\t", "&#9;").replace("\r", "&#13;").encode("utf-8", "replace")


def attributes(tag: bytes) -> dict[str, str]:
    """The attributes of a start tag, or of its inside, by name as written.

    >>> attributes(b'<c r="C7" t="s">')
    {'r': 'C7', 't': 's'}

    Args:
        tag: in plain form.
    """
    return {m[1].decode("utf-8", "replace"): unescaped(m[2][1:-1]) for m in _EACH_ATTRIBUTE.finditer(tag)}


def with_attribute(tag: bytes, name: str, value: str | None) -> bytes:
    """A start tag with an attribute set, or taken away (None); the others stay as written.

    >>> with_attribute(b'<c r="C7"/>', "s", "3")
    b'<c r="C7" s="3"/>'

    Args:
        tag: a start tag in plain form, brackets included.
        name: as written, with its prefix.
        value: as a person would read it; None takes the attribute away.
    """
    for m in _EACH_ATTRIBUTE.finditer(tag):
        if m[1] == name.encode():
            new = b"" if value is None else tag[m.start() : m.start(2)] + b'"' + escaped(value) + b'"'
            return tag[: m.start()] + new + tag[m.end() :]
    if value is None:
        return tag
    end = len(tag.rstrip(b"/> \t\r\n"))
    return tag[:end] + b" " + name.encode() + b'="' + escaped(value) + b'"' + tag[end:].lstrip()


def without_attribute(xml: bytes, local: str, name: str) -> bytes:
    """XML without one attribute of all elements of a kind.

    Args:
        xml: a part, or a piece of one, in plain form.
        local: the elements' name without a prefix.
        name: the attribute's, as written.
    """
    tags = re.compile(rb"<(?:\w+:)?%b(?=\s)%b\s*/?>" % (local.encode(), ATTRIBUTES))
    return tags.sub(lambda m: with_attribute(m[0], name, None), xml)


def whole_number(text: str) -> int:
    """A whole number as it is written in a part.

    Args:
        text: the digits, with a sign or blanks around them if need be.

    Raises:
        Damaged: it is none, or larger than any that the format has.
    """
    try:
        if len(text) <= _LONGEST_NUMBER:
            return int(text)
    except ValueError:
        pass
    raise Damaged(f"A part of the workbook has {text[:20]!r} where a number must be.")


class Element:
    """An element's place in a document: `xml[start:end]`, of which `xml[start:open_end]` is the start tag."""

    def __init__(self, xml: bytes, name: str, start: int, open_end: int, close: int, end: int) -> None:
        self.xml, self.name = xml, name
        self.start, self.open_end, self.close, self.end = start, open_end, close, end

    @property
    def local(self) -> str:
        """The name without its prefix."""
        return self.name.rpartition(":")[2]

    @property
    def tag(self) -> bytes:
        """The start tag."""
        return self.xml[self.start : self.open_end]

    @property
    def outer(self) -> bytes:
        """The element as written."""
        return self.xml[self.start : self.end]

    @property
    def text(self) -> str:
        """What stands between its tags."""
        return unescaped(self.xml[self.open_end : self.close])

    @cached_property
    def attrs(self) -> dict[str, str]:
        """Its attributes, by name as written."""
        return attributes(self.tag)

    def number(self, name: str, otherwise: int) -> int:
        """An attribute that is a whole number.

        Args:
            name: the attribute's, as written.
            otherwise: what it is where the element has no such attribute.

        Raises:
            Damaged: it is something else.
        """
        text = self.attrs.get(name)
        return otherwise if text is None else whole_number(text)

    @cached_property
    def children(self) -> list[Element]:
        """The elements within it, without those within them."""
        return list(elements(self.xml, self.open_end, self.close))

    def child(self, local: str) -> Element | None:
        """The first child of this local name.

        Args:
            local: its name without a prefix.
        """
        return next((c for c in self.children if c.local == local), None)

    def named(self, local: str) -> list[Element]:
        """The children of this local name.

        Args:
            local: their name without a prefix.
        """
        return [c for c in self.children if c.local == local]

    def with_inside(self, inside: bytes) -> bytes:
        """The element with something else between its tags; an empty one is opened.

        Args:
            inside: in plain form; it is put there as it is.
        """
        tag = self.tag
        if self.open_end == self.end:
            tag = tag.rstrip()[:-2].rstrip() + b">"
        return tag + inside + b"</" + self.name.encode() + b">"

    @property
    def inside(self) -> bytes:
        """What stands between its tags, as written."""
        return self.xml[self.open_end : self.close]


def elements(xml: bytes, start: int, end: int) -> Iterator[Element]:
    """The elements that stand side by side in `xml[start:end]`, which is in plain form.

    Args:
        xml: a part in plain form.
        start, end: the bytes to look at, between the tags of what holds the elements.

    Raises:
        Damaged: tags don't match.
    """
    stack: list[tuple[bytes, int, int]] = []
    at = start
    while (at := xml.find(b"<", at, end)) >= 0:
        if xml.startswith(b"<?", at):
            at = xml.find(b"?>", at) + 2
            continue
        m = _TAG.match(xml, at, end)
        if m is None or len(stack) > _DEEPEST:
            raise Damaged("A part of the workbook is not well-formed.")
        at = m.end()
        if m[1]:
            if not stack or stack[-1][0] != m[2]:
                raise Damaged("A part of the workbook is not well-formed.")
            name, began, opened = stack.pop()
            if not stack:
                yield Element(xml, _name(name), began, opened, m.start(), m.end())
        elif m[4]:
            if not stack:
                yield Element(xml, _name(m[2]), m.start(), m.end(), m.end(), m.end())
        else:
            stack.append((m[2], m.start(), m.end()))
    if stack:
        raise Damaged("A part of the workbook is not well-formed.")


def _name(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise Damaged("A part of the workbook is not well-formed.") from error


def root(xml: bytes) -> Element:
    """The document's root.

    Args:
        xml: a whole part in plain form.

    Raises:
        Damaged: there is none, or it is not well-formed.
        Refused: it holds more than a part of a workbook does.
    """
    refuse_crowds(xml)
    found = list(elements(xml, 0, len(xml)))
    if len(found) != 1:
        raise Damaged("A part of the workbook is not well-formed.")
    return found[0]


def first_tag(xml: bytes) -> Element:
    """The root as far as its start tag: for parts too large to walk through.

    Args:
        xml: a whole part in plain form.

    Raises:
        Damaged: it does not begin with a start tag.
    """
    at = xml.find(b"?>") + 2 if xml.startswith(b"<?xml") else 0
    m = _TAG.search(xml, at)
    if m is None or m[1]:
        raise Damaged("A part of the workbook is not well-formed.")
    return Element(xml, _name(m[2]), m.start(), m.end(), len(xml), len(xml))


def replaced(element: Element, new: bytes) -> bytes:
    """The whole document with one element replaced.

    Args:
        element: one of a document's.
        new: what stands there instead, in plain form; b"" takes the element away.
    """
    return element.xml[: element.start] + new + element.xml[element.end :]


def with_child(parent: Element, new: bytes) -> bytes:
    """The whole document with one more element at the end of another.

    Args:
        parent: the other.
        new: the element, in plain form.
    """
    return replaced(parent, parent.with_inside(parent.inside + new))


def prefix_of(tag: Element, namespace: str = MAIN) -> bytes:
    """The prefix, with its colon, under which a root has a namespace; b'' for the default.

    Args:
        tag: the root of a part.
        namespace: a whole URI; that of worksheets and workbooks by default.

    Raises:
        Refused: the file is in the strict form of the format.
        Damaged: the root doesn't name the namespace.
    """
    for name, value in tag.attrs.items():
        if value == STRICT:
            raise Refused(
                "The workbook is in the “strict” form of the format, which can't be changed safely.",
                "Save it as an ordinary Excel workbook (.xlsx).",
            )
        if value == namespace and name == "xmlns":
            return b""
        if value == namespace and name.startswith("xmlns:"):
            return name[6:].encode() + b":"
    raise Damaged("A part of the workbook lacks its namespace.")


def with_prefix(xml: bytes, old: bytes, new: bytes) -> bytes:
    """Elements written with one prefix (with its colon, or none) as they are written with another.

    Args:
        xml: elements in plain form.
        old, new: prefixes with their colon; b"" for none.
    """
    if old == new:
        return xml
    return re.sub(rb"<(/?)%b(\w+)(?=[\s/>])" % re.escape(old), lambda m: b"<" + m[1] + new + m[2], xml)
