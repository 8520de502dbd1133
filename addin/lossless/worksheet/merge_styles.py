"""Cell styles of one workbook taken over into another."""

from __future__ import annotations

import re

from addin.lossless.opc.markup import Element, escaped, root, with_attribute, with_prefix
from addin.lossless.worksheet.styles import FIRST_OWN_FORMAT, Styles

_PARTS = {"fontId": "fonts", "fillId": "fills", "borderId": "borders"}
_APPLIED = ("NumberFormat", "Font", "Fill", "Border", "Alignment", "Protection")
_ODD_ATTRIBUTE = re.compile(rb"""\s\w+:\w+\s*=\s*(?:"[^"<]*"|'[^'<]*')""")


class Merging:
    """The styles of another workbook, each added to this one when it is first asked for.

    A style that looks the same is shared. Colours of the theme are those of the workbook that the style comes into.

    Args:
        mine: the styles that are added to, when `finish` is called.
        theirs: where they come from.
    """

    def __init__(self, mine: Styles, theirs: Styles) -> None:
        self._mine, self._theirs = mine, theirs
        self._top = root(theirs.xml)
        self._known: dict[str, dict[bytes, int]] = {}
        self._sizes: dict[str, int] = {}
        self._fresh: dict[str, list[bytes]] = {}
        self._codes = {code: number for number, code in reversed(mine.codes.items())}
        self._next_code = max([FIRST_OWN_FORMAT - 1, *mine.codes]) + 1
        self._cells: dict[int, int] = {0: 0}

    def cell(self, style: int) -> int:
        """The number here of a cell style there; the standard style stays the standard one.

        Args:
            style: its number there, counted from 0.
        """
        if style not in self._cells:
            self._cells[style] = self._cell(style)
        return self._cells[style]

    def _cell(self, style: int) -> int:
        holder = self._top.child("cellXfs")
        formats = holder.named("xf") if holder else []
        if not 0 <= style < len(formats):
            return 0
        xf = formats[style]
        tag = with_attribute(xf.tag, "xfId", "0")
        for name, part in _PARTS.items():
            tag = with_attribute(tag, name, str(self._part(part, xf.number(name, 0))))
        tag = with_attribute(tag, "numFmtId", str(self._format(xf.number("numFmtId", 0))))
        for what in _APPLIED:
            tag = with_attribute(tag, f"apply{what}", "1")
        return self._added("cellXfs", self._own(tag + xf.xml[xf.open_end : xf.end]))

    def differential(self, number: int) -> int:
        """The number here of a style that a condition or a table lays over cells.

        Args:
            number: its number there, counted from 0.
        """
        holder = self._top.child("dxfs")
        known = holder.named("dxf") if holder else []
        if not 0 <= number < len(known):
            return self._added("dxfs", b"<%bdxf/>" % self._mine.prefix)
        xml = known[number].outer
        for e in reversed(known[number].named("numFmt")):
            at = e.start - known[number].start
            tag = with_attribute(e.tag, "numFmtId", str(self._format(e.number("numFmtId", 0))))
            xml = xml[:at] + tag + xml[at + len(e.tag) :]
        return self._added("dxfs", self._own(xml))

    def _part(self, name: str, number: int) -> int:
        holder = self._top.child(name)
        items = holder.children if holder else []
        return self._added(name, self._own(items[number].outer)) if 0 <= number < len(items) else 0

    def _format(self, number: int) -> int:
        """The number here of a format of numbers: one of the standard ones, or one of this workbook's own."""
        code = self._theirs.codes.get(number)
        if code is None or (number < FIRST_OWN_FORMAT and self._mine.codes.get(number, code) == code):
            return number
        if code not in self._codes:
            self._codes[code] = self._next_code
            new = b'<%bnumFmt numFmtId="%d" formatCode="%b"/>' % (self._mine.prefix, self._next_code, escaped(code))
            self._fresh.setdefault("numFmts", []).append(new)
            self._next_code += 1
        return self._codes[code]

    def _own(self, xml: bytes) -> bytes:
        """An element as this workbook's styles write it, without what only newer programs know."""
        theirs = self._theirs.prefix
        xml = re.sub(rb"<%bextLst(?:\s[^<>]*)?(?:/>|>.*?</%bextLst\s*>)" % (theirs, theirs), b"", xml, flags=re.DOTALL)
        return with_prefix(_ODD_ATTRIBUTE.sub(b"", xml), theirs, self._mine.prefix)

    def _added(self, name: str, xml: bytes) -> int:
        if name not in self._known:
            holder: Element | None = self._mine.top.child(name)
            items = holder.children if holder else []
            self._known[name] = {e.outer: n for n, e in reversed(list(enumerate(items)))}
            self._sizes[name] = len(items)
        number = self._known[name].setdefault(xml, self._sizes[name])
        if number == self._sizes[name]:
            self._fresh.setdefault(name, []).append(xml)
            self._sizes[name] += 1
        return number

    def finish(self) -> None:
        """Adds to this workbook's styles what was asked for."""
        self._mine.extend(self._fresh)
