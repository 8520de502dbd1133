"""One worksheet, edited without building a tree of it: rows that aren't touched are passed on as bytes."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from addin.lossless import layout
from addin.lossless.cells import (
    LAST_COLUMN,
    LAST_ROW,
    Area,
    ErrorValue,
    Value,
    letters,
    moment_of,
    number_of,
    rendered,
    text_read,
)
from addin.lossless.errors import Damaged, Refused
from addin.lossless.markup import attributes, first_tag, plain, prefix_of, root, with_attribute
from addin.lossless.styles import Styles

_ATTRS = rb"""((?:\s+[^\s=/>"'<]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)"""
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})\Z")


class Moved(NamedTuple):
    """A cell as it stood elsewhere: its attributes without the place, and what stood between its tags."""

    attrs: bytes
    inside: bytes


@dataclass(frozen=True, slots=True)
class Edit:
    """What a cell shall hold. `style` serves where there is no cell yet, or with `restyle` in any case."""

    value: Value | Moved
    style: int = 0
    restyle: bool = False


class CellXml(NamedTuple):
    """A cell as written."""

    column: int
    outer: bytes
    attrs: bytes
    inside: bytes

    @property
    def style(self) -> int:
        """Its style's number."""
        return int(attributes(self.attrs).get("s", "0")) if b"s=" in self.attrs else 0

    @property
    def attrs_without_place(self) -> bytes:
        """Its attributes but for where it stands."""
        return with_attribute(b"<c" + self.attrs + b">", "r", None)[2:-1]


class Sheet:
    """A worksheet part.

    Args:
        xml: its content.
        styles: of the workbook.
        shared: gives a shared string by its number.
        date_1904: whether days count from 1904.

    Raises:
        Refused: its form isn't one that can be changed safely.
        Damaged: it contradicts itself.
    """

    def __init__(self, xml: bytes, styles: Styles, shared: Callable[[int], str], *, date_1904: bool) -> None:
        xml = plain(xml)
        self.prefix = p = prefix_of(first_tag(xml))
        self.styles, self.shared, self.date_1904 = styles, shared, date_1904
        opening = re.compile(rb"<" + p + rb"sheetData(?:\s[^<>]*)?/?>").search(xml)
        if opening is None:
            raise Damaged("A worksheet has no cells part.")
        self.head = xml[: opening.end()]
        self._close = b"</" + p + b"sheetData>"
        if self.head.endswith(b"/>"):
            self.head = self.head[:-2].rstrip() + b">"
            self.start = self.end = opening.end()
            self.tail = xml[self.end :]
        else:
            self.start, self.end = opening.end(), xml.find(b"</" + p + b"sheetData", opening.end())
            if self.end < 0:
                raise Damaged("A worksheet is cut off.")
            self.tail = xml[xml.index(b">", self.end) + 1 :]
        self.xml = xml
        self.edits: dict[int, dict[int, Edit]] = {}
        self.lost_formulas = False
        self._cell = re.compile(rb"<%bc%b\s*(?:/>|>(.*?)</%bc\s*>)" % (p, _ATTRS, p), re.DOTALL)
        self._formula = re.compile(rb"<%bf(?=[\s/>])%b\s*/?>" % (p, _ATTRS))
        self._index()

    # -- rows -----------------------------------------------------------------------------------------------------

    def _index(self) -> None:
        """Finds where each row stands."""
        self._refuse_odd_forms()
        row = re.compile(rb"""<%brow(?=[\s/>])(?: r="(\d+)")?[^>]*>""" % self.prefix)
        numbers, starts, opens = list[int](), list[int](), list[int]()
        last = 0
        for found in row.finditer(self.xml, self.start, self.end):
            tag, opened = found[0], found.end()
            number = int(found[1] or 0)
            if not number or b"'" in tag or tag.count(b'"') & 1:
                number, opened = self._row_tag(found.start(), last)
            if not last < number <= LAST_ROW:
                raise Damaged(f"A worksheet's rows are out of order at row {number}.")
            numbers.append(number)
            starts.append(found.start())
            opens.append(opened)
            last = number
        self.numbers, self._starts, self._opens = numbers, starts, opens

    def _row_tag(self, start: int, last: int) -> tuple[int, int]:
        """The number of a row, and the end of its start tag, however the tag is written."""
        m = re.compile(rb"<%brow%b\s*/?>" % (self.prefix, _ATTRS)).match(self.xml, start, self.end)
        if m is None:
            raise Damaged("A worksheet is not well-formed.")
        place = attributes(m[1]).get("r")
        return int(place) if place and place.isdigit() else last + 1, m.end()

    def _refuse_odd_forms(self) -> None:
        for word in (b"xmlns", b"AlternateContent"):
            if self.xml.find(word, self.start, self.end) < 0:
                continue
            if re.compile(rb"<[^<>]*" + word).search(self.xml, self.start, self.end):
                raise Refused("A worksheet is written in a form that can't be changed safely.")

    def _span(self, index: int) -> tuple[int, int, int, int]:
        """Start, end of the start tag, end of the cells, and end of a row."""
        start, opened = self._starts[index], self._opens[index]
        stop = self._starts[index + 1] if index + 1 < len(self._starts) else self.end
        if self.xml[opened - 2 : opened] == b"/>":
            return start, opened, opened, opened
        close = self.xml.rfind(b"</" + self.prefix + b"row", opened, stop)
        if close < 0:
            raise Damaged("A worksheet is not well-formed.")
        return start, opened, close, self.xml.index(b">", close) + 1

    def cells(self, row: int) -> list[CellXml]:
        """The cells of a row as written, whatever is waiting to be changed."""
        at = bisect_left(self.numbers, row)
        if at == len(self.numbers) or self.numbers[at] != row:
            return []
        _, opened, close, _ = self._span(at)
        return list(self._cells(row, opened, close))

    def _cells(self, row: int, at: int, end: int) -> Iterator[CellXml]:
        column = 0
        for m in self._cell.finditer(self.xml, at, end):
            if self.xml[at : m.start()].strip():
                break
            at = m.end()
            place = attributes(m[1]).get("r")
            if place is not None:
                parts = _PLACE.match(place)
                if parts is None or int(parts[2]) != row or number_of(parts[1]) <= column:
                    raise Damaged(f"A worksheet's cells are out of order in row {row}.")
                column = number_of(parts[1])
            else:
                column += 1
            yield CellXml(column, m[0], m[1], m[2] or b"")
        rest = self.xml[at:end].strip()
        if rest and not rest.startswith(b"<" + self.prefix + b"extLst"):
            raise Refused(f"Row {row} of a worksheet is written in a form that can't be changed safely.")

    def cell(self, row: int, column: int) -> CellXml | None:
        """One cell as written."""
        return next((c for c in self.cells(row) if c.column == column), None)

    def value(self, row: int, column: int) -> Value:
        """What a cell holds, whatever is waiting to be changed; a formula's last result."""
        cell = self.cell(row, column)
        return self.value_of(cell) if cell is not None else None

    def value_of(self, cell: CellXml) -> Value:
        """What a cell holds; a formula's last result."""
        attrs = attributes(cell.attrs)
        kind = attrs.get("t", "n")
        parts = {e.local: e for e in root(b"<c>" + cell.inside + b"</c>").children} if cell.inside else {}
        if kind == "inlineStr":
            return text_read(_joined_text(parts["is"].outer)) if "is" in parts else None
        text = parts["v"].text if "v" in parts else ""
        if text == "":
            return "" if kind == "str" and "v" in parts else None
        if kind == "s":
            return self.shared(int(text))
        return self._plain_value(kind, text, int(attrs.get("s", "0")))

    def _plain_value(self, kind: str, text: str, style: int) -> Value:
        if kind == "b":
            return text.strip() in {"1", "true"}
        if kind == "e":
            return ErrorValue(text)
        if kind in {"str", "d"}:
            return text_read(text)
        try:
            number = float(text)
        except ValueError as error:
            raise Damaged(f"A cell holds {text!r}, which is no number.") from error
        if self.styles.is_date(style) and number >= 1:
            moment = moment_of(number, date_1904=self.date_1904)
            if moment is not None:
                return moment.date() if moment.time() == type(moment.time())() else moment
        return int(number) if number.is_integer() and abs(number) < 1 << 53 else number

    def has_formula(self, cell: CellXml) -> bool:
        """Whether a cell is computed by the workbook."""
        return self._formula.search(cell.inside) is not None

    # -- changes --------------------------------------------------------------------------------------------------

    def put(self, row: int, column: int, edit: Edit) -> None:
        """Notes a change; the last one of a cell counts.

        Raises:
            Refused: there is no such cell, or it lies within merged cells or an array formula.
        """
        if not (1 <= row <= LAST_ROW and 1 <= column <= LAST_COLUMN):
            raise Refused(f"A worksheet has no row {row:,}, column {column:,}.")
        for area in self._joined.get(row, ()):
            if area.holds(row, column) and (row, column) != (area.top, area.left):
                raise Refused(f"{letters(column)}{row} lies within the merged cells {area}.")
        self.edits.setdefault(row, {})[column] = edit

    @property
    def _joined(self) -> Mapping[int, list[Area]]:
        """The merged cells and array formulas of each row."""
        if not hasattr(self, "_joined_by_row"):
            self._joined_by_row: dict[int, list[Area]] = {}
            for area in (*layout.merged(self.tail), *self._arrays()):
                for row in range(area.top, area.bottom + 1):
                    self._joined_by_row.setdefault(row, []).append(area)
        return self._joined_by_row

    def _arrays(self) -> Iterator[Area]:
        if self.xml.find(b"array", self.start, self.end) < 0:
            return
        for m in self._formula.finditer(self.xml, self.start, self.end):
            attrs = attributes(m[1])
            area = Area.parse(attrs.get("ref", ""))
            if attrs.get("t") == "array" and area is not None:
                yield area

    def is_blank(self, area: Area, but: Area | None = None) -> Area | None:
        """The first cell of an area that holds something (as written), outside of `but`; None where it is blank."""
        for at in range(bisect_left(self.numbers, area.top), len(self.numbers)):
            row = self.numbers[at]
            if row > area.bottom:
                break
            for cell in self.cells(row):
                outside = area.left <= cell.column <= area.right and not (but and but.holds(row, cell.column))
                if outside and cell.inside.strip():
                    return Area(row, cell.column, row, cell.column)
        return None

    def content(self) -> list[bytes | memoryview]:
        """The worksheet with its changes, in pieces."""
        view = memoryview(self.xml)
        pieces: list[bytes | memoryview] = []
        at = self.start
        for row in sorted(self.edits):
            index = bisect_left(self.numbers, row)
            if index < len(self.numbers) and self.numbers[index] == row:
                start, _, _, end = self._span(index)
                pieces += (view[at:start], self._row(row, index))
                at = end
            else:
                here = self._starts[index] if index < len(self._starts) else self.end
                pieces += (view[at:here], self._new_row(row))
                at = here
        pieces += (view[at : self.end], self._close, self.tail)
        return [self._grown_head(), *pieces]

    def _grown_head(self) -> bytes:
        rows = [r for r, cells in self.edits.items() if cells]
        columns = [c for cells in self.edits.values() for c in cells]
        if not rows:
            return self.head
        return layout.with_dimension(self.head, Area(min(rows), min(columns), max(rows), max(columns)))

    def _new_row(self, row: int) -> bytes:
        cells = self.edits[row]
        made = [self._made(row, c, cells[c]) for c in sorted(cells) if self._worth_a_cell(cells[c])]
        p = self.prefix
        return b'<%brow r="%d">%b</%brow>' % (p, row, b"".join(made), p) if made else b""

    @staticmethod
    def _worth_a_cell(edit: Edit) -> bool:
        return edit.value not in {None, ""} or edit.style != 0

    def _row(self, row: int, index: int) -> bytes:
        start, opened, close, end = self._span(index)
        waiting = dict(self.edits[row])
        pieces: list[tuple[int, bytes]] = []
        last = opened
        for cell in self._cells(row, opened, close):
            last = self.xml.index(cell.outer, last) + len(cell.outer)
            edit = waiting.pop(cell.column, None)
            pieces.append((cell.column, self._placed(row, cell) if edit is None else self._changed(row, cell, edit)))
        new = [(c, self._made(row, c, edit)) for c, edit in waiting.items() if self._worth_a_cell(edit)]
        body = b"".join(piece for _, piece in sorted(pieces + new, key=lambda item: item[0]))
        tag = self.xml[start:opened]
        if new:
            tag = with_attribute(tag, "spans", None)
        if opened == end:
            return tag[:-2].rstrip() + b">" + body + b"</" + self.prefix + b"row>" if body else tag
        return tag + body + self.xml[last:end]

    def _placed(self, row: int, cell: CellXml) -> bytes:
        """A cell with its place written out: beside a new one, counting on is no longer safe."""
        if b"r=" in cell.attrs:
            return cell.outer
        head = b"<" + self.prefix + b"c"
        return head + b' r="%b%d"' % (letters(cell.column).encode(), row) + cell.outer[len(head) :]

    def _made(self, row: int, column: int, edit: Edit) -> bytes:
        place = b"%b%d" % (letters(column).encode(), row)
        if isinstance(edit.value, Moved):
            c = self.prefix + b"c"
            return b'<%b r="%b"%b>%b</%b>' % (c, place, edit.value.attrs, edit.value.inside, c)
        style = self.styles.fitting(edit.style, edit.value)
        return rendered(place, style, edit.value, self.prefix, date_1904=self.date_1904)

    def _changed(self, row: int, cell: CellXml, edit: Edit) -> bytes:
        if b"<" in cell.inside:
            formula = self._formula.search(cell.inside)
            if formula is not None:
                self._lose(row, cell.column, attributes(formula[1]))
        style = edit.style if edit.restyle else cell.style
        return self._made(row, cell.column, Edit(edit.value, style))

    def _lose(self, row: int, column: int, formula: Mapping[str, str]) -> None:
        """Notes that a formula goes; one on which others hang stays, and we refuse."""
        area = Area.parse(formula.get("ref", ""))
        kind = formula.get("t", "normal")
        if kind == "dataTable":
            raise Refused(f"{letters(column)}{row} belongs to a what-if data table, which can't be changed in part.")
        if kind in {"shared", "array"} and area is not None:
            for r in range(area.top, area.bottom + 1):
                kept = set(range(area.left, area.right + 1)) - set(self.edits.get(r, ()))
                if kept and any(c.column in kept and self.has_formula(c) for c in self.cells(r)):
                    place = f"{letters(column)}{row}"
                    raise Refused(f"The formula in {place} also serves other cells ({area}); it is not overwritten.")
        self.lost_formulas = True


def _joined_text(xml: bytes) -> str:
    """The text of a shared or inline string: its runs, without phonetic readings."""
    top = root(xml)
    texts = []
    for child in top.children:
        if child.local == "t":
            texts.append(child.text)
        elif child.local == "r":
            texts += [t.text for t in child.named("t")]
    return "".join(texts)


def string_of(xml: bytes) -> str:
    """The text of a shared string item."""
    return text_read(_joined_text(xml))
