"""Cell styles: which show a date, and new ones that do."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from addin.lossless.opc.bounds import MOST_NUMBER_FORMATS, refuse_many
from addin.lossless.opc.cells import Value
from addin.lossless.opc.errors import Damaged, Refused
from addin.lossless.opc.markup import Element, escaped, plain, prefix_of, replaced, root, with_attribute

DATE_FORMAT, MOMENT_FORMAT = "dd mmm yyyy", "dd mmm yyyy hh:mm"
_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs")
_BUILT_IN_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
#: The first number of a format that is not built in.
FIRST_OWN_FORMAT = 164
_LARGEST_FONT = 409.0
#: A text that begins so would be read as a formula, were it typed.
_FORMULA_STARTS = frozenset("=+-@\t\r")
_QUOTED = "quotePrefix"
_NOT_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_DATE_CODE = re.compile(r"[dyhs]|m(?!\Z)|\bm", re.IGNORECASE)


class Styles:
    """The styles part.

    Args:
        xml: its content.

    Attributes:
        xml: as it is now.
        top: its root.
        changed: whether it is another than it was.

    Raises:
        Damaged: it is not well-formed, or has no cell formats.
        Refused: its list of cell formats is empty.
    """

    def __init__(self, xml: bytes) -> None:
        self.xml = plain(xml)
        self.changed = False
        self._known_looks: dict[int, tuple[bool, float, int]] = {}
        self._made: dict[tuple[int, str], int] = {}
        self._read()

    def _read(self) -> None:
        top = root(self.xml)
        self.prefix = prefix_of(top)
        formats = top.child("numFmts")
        self.codes = {
            f.number("numFmtId", 0): f.attrs.get("formatCode", "") for f in (formats.named("numFmt") if formats else ())
        }
        self.top = top
        refuse_many(len(self.codes), MOST_NUMBER_FORMATS, "number formats")
        cell_formats = top.child("cellXfs")
        if cell_formats is None:
            raise Damaged("The workbook's styles have no cell formats.")
        self._xfs = cell_formats.named("xf")
        if not self._xfs:
            raise Refused(
                "The workbook's list of cell formats is empty, so that nothing can be written into it.",
                "Open it in Excel, let Excel repair it, save it and try again.",
            )
        self._dates = [self._is_date_format(xf.number("numFmtId", 0)) for xf in self._xfs]

    def _is_date_format(self, number: int) -> bool:
        code = self.codes.get(number)
        if code is None:
            return number in _BUILT_IN_DATES
        return bool(_DATE_CODE.search(_NOT_CODE.sub("", code.split(";")[0]).replace("General", "")))

    def is_date(self, style: int) -> bool:
        """Whether a cell of this style shows its number as a date or time.

        Args:
            style: its number, counted from 0; False for one that is not there.
        """
        return 0 <= style < len(self._dates) and self._dates[style]

    def wraps(self, style: int) -> bool:
        """Whether a cell of this style shows a long text on several lines.

        Args:
            style: its number, counted from 0.
        """
        return self._looks(style)[0]

    def font_size(self, style: int) -> float:
        """The size of a style's font, in points.

        Args:
            style: its number, counted from 0; 11 where nothing is said.
        """
        return self._looks(style)[1]

    def indent(self, style: int) -> int:
        """How many steps a style's text stands in from the cell's edge.

        Args:
            style: its number, counted from 0.
        """
        return self._looks(style)[2]

    def _looks(self, style: int) -> tuple[bool, float, int]:
        """Whether a style wraps its text, its font's size, and its indent."""
        if style not in self._known_looks:
            xf = self._xfs[style] if 0 <= style < len(self._xfs) else None
            alignment = xf.child("alignment") if xf else None
            upright = alignment is not None and alignment.attrs.get("textRotation", "0") == "0"
            wraps = upright and alignment is not None and alignment.attrs.get("wrapText") in {"1", "true"}
            size = self._size(xf.number("fontId", 0) if xf else 0)
            indent = alignment.attrs.get("indent", "0") if alignment is not None else "0"
            self._known_looks[style] = wraps, size, int(indent) if indent.isdecimal() else 0
        return self._known_looks[style]

    def _size(self, font: int) -> float:
        holder = self.top.child("fonts")
        fonts = holder.named("font") if holder else []
        size = fonts[font].child("sz") if 0 <= font < len(fonts) else None
        try:
            return min(_LARGEST_FONT, max(1.0, float(size.attrs.get("val", "11")))) if size else 11.0
        except ValueError:
            return 11.0

    def fitting(self, style: int, value: Value) -> int:
        """The style itself; for a date in a cell that would show it as a number, the same with a date's format.

        For a text that looks like a formula it is the same with Excel's mark of a text, so that it stays one when a
        person edits the cell.

        Args:
            style: its number, counted from 0.
            value: what the cell shall hold.

        Returns:
            The number of a style; one that was not there yet is added.
        """
        if isinstance(value, str) and value[:1] in _FORMULA_STARTS and value:
            return self._quoted(style)
        if not isinstance(value, dt.date) or self.is_date(style):
            return style
        has_time = isinstance(value, dt.datetime) and value.time() != dt.time()
        return self._with_format(style, MOMENT_FORMAT if has_time else DATE_FORMAT)

    def _quoted(self, style: int) -> int:
        known = self._made.get((style, _QUOTED))
        if known is not None:
            return known
        base = self._xfs[style] if style < len(self._xfs) else self._xfs[0]
        if base.attrs.get("quotePrefix") in {"1", "true"}:
            index: int | None = style
        else:
            wanted = {**base.attrs, "quotePrefix": "1"}
            same = (n for n, xf in enumerate(self._xfs) if xf.attrs == wanted and xf.inside == base.inside)
            index = next(same, None)
        if index is None:
            self.extend(
                {"cellXfs": [with_attribute(base.tag, "quotePrefix", "1") + base.xml[base.open_end : base.end]]}
            )
            index = len(self._xfs) - 1
        self._made[style, _QUOTED] = index
        return index

    def _with_format(self, style: int, code: str) -> int:
        known = self._made.get((style, code))
        if known is not None:
            return known
        number = self._format_number(code)
        base = self._xfs[style] if style < len(self._xfs) else self._xfs[0]
        same = self._same_but_format(base, number)
        index = same if same is not None else self._append(base, number)
        self._made[style, code] = index
        return index

    def _same_but_format(self, base: Element, number: int) -> int | None:
        """A style that is there already: as `base` in all but the format of numbers."""
        wanted = {**base.attrs, "numFmtId": str(number), "applyNumberFormat": "1"}
        for n, xf in enumerate(self._xfs):
            if {**xf.attrs, "applyNumberFormat": "1"} == wanted and xf.inside == base.inside:
                return n
        return None

    def _append(self, base: Element, number: int) -> int:
        tag = with_attribute(with_attribute(base.tag, "numFmtId", str(number)), "applyNumberFormat", "1")
        new = tag + base.xml[base.open_end : base.end]
        self.extend({"cellXfs": [new]})
        return len(self._xfs) - 1

    def _format_number(self, code: str) -> int:
        for number, known in self.codes.items():
            if known == code:
                return number
        number = max([FIRST_OWN_FORMAT - 1, *self.codes]) + 1
        self.extend({"numFmts": [b'<%snumFmt numFmtId="%d" formatCode="%s"/>' % (self.prefix, number, escaped(code))]})
        return number

    def extend(self, fresh: Mapping[str, Sequence[bytes]]) -> None:
        """Adds elements, as written, to the ends of lists such as `fonts`.

        Args:
            fresh: elements in plain form, by the name of their list.
        """
        p = self.prefix
        for name, new in fresh.items():
            holder, inside = self.top.child(name), b"".join(new)
            if holder is None:
                earlier = _ORDER[: _ORDER.index(name)]
                at = max((e.end for e in self.top.children if e.local in earlier), default=self.top.open_end)
                values = (p, name.encode(), len(new), inside, p, name.encode())
                self._replace_span(at, at, b'<%b%b count="%d">%b</%b%b>' % values)
                continue
            grown = holder.with_inside(holder.inside + inside)
            end = grown.index(b">") + 1
            count = str(len(holder.children) + len(new))
            self._replace(holder, with_attribute(grown[:end], "count", count) + grown[end:])

    def _replace(self, element: Element, new: bytes) -> None:
        self.xml = replaced(element, new)
        self.changed = True
        self._read()

    def _replace_span(self, start: int, end: int, new: bytes) -> None:
        self.xml = self.xml[:start] + new + self.xml[end:]
        self.changed = True
        self._read()


def minimal() -> bytes:
    """The styles of a workbook that has none."""
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><styleSheet xmlns="' + main + b'">'
        b'<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
        b'<fills count="2"><fill><patternFill patternType="none"/></fill>'
        b'<fill><patternFill patternType="gray125"/></fill></fills>'
        b'<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        b'<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        b'<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
        b'<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )
