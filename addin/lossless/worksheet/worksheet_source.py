"""One worksheet as it is written: where its rows stand, and what its cells hold; no tree is built of it."""

from __future__ import annotations

import math
import re
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import islice
from operator import ge

from addin.lossless.formula.formula_index import Computed
from addin.lossless.formula.formulas import shifted
from addin.lossless.formula.shapes import one_of_each
from addin.lossless.opc.bounds import refuse_crowds
from addin.lossless.opc.cells import (
    LAST_ROW,
    Area,
    CellXml,
    ErrorValue,
    Value,
    joined_text,
    letters,
    moment_of,
    text_read,
)
from addin.lossless.opc.errors import Damaged, Refused
from addin.lossless.opc.markup import ATTRIBUTES, attributes, first_tag, plain, prefix_of, root, whole_number
from addin.lossless.opc.odd_cells import UNKNOWN_ERROR, answer_in, index_in, number_in, style_in
from addin.lossless.opc.part_text import unescaped
from addin.lossless.worksheet import usual_cells
from addin.lossless.worksheet.cell_marks import column_of, may_have_formulas
from addin.lossless.worksheet.styles import Styles
from addin.lossless.worksheet.what_if import rests_on


class WrittenSheet:
    """A worksheet part as it is written.

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
        self.close = b"</" + p + b"sheetData>"
        if self.head.endswith(b"/>"):
            self.head = self.head[:-2].rstrip() + b">"
            self.start = self.end = opening.end()
            self.tail = xml[self.end :]
        else:
            self.start, self.end = opening.end(), xml.rfind(b"</" + p + b"sheetData", opening.end())
            if self.end < 0:
                raise Damaged("A worksheet is cut off.")
            self.tail = xml[xml.find(b">", self.end) + 1 :]
        if b"</" not in self.tail:
            raise Damaged("A worksheet is cut off.")
        for beside in (self.head, self.tail):
            refuse_crowds(beside, "What stands beside the cells of a worksheet")
        self.xml = xml
        self._cell = re.compile(rb"<%bc%b\s*(?:/>|>(.*?)</%bc\s*>)" % (p, ATTRIBUTES, p), re.DOTALL)
        self._formula = re.compile(rb"<%bf(?=[\s/>])%b\s*(?:/>|>(.*?)</%bf\s*>)" % (p, ATTRIBUTES, p), re.DOTALL)
        self._index()

    # -- rows -----------------------------------------------------------------------------------------------------

    def _index(self) -> None:
        """Finds where each row stands."""
        self._refuse_odd_forms()
        self._forget_rows()
        plain_tag = rb"""<%brow r="(\d{1,7})"(?:\s+[^\s=/>"'<]+="[^"<]*")*\s*/?>"""
        for found in re.compile(plain_tag % self.prefix).finditer(self.xml, self.start, self.end):
            self._note_row(int(found[1]), found.start(), found.end())
        if len(self.numbers) != self._tags_of_rows():
            self._index_odd_tags()
        numbers = self.numbers
        if numbers and (numbers[0] < 1 or numbers[-1] > LAST_ROW or any(map(ge, numbers, islice(numbers, 1, None)))):
            raise Damaged("A worksheet's rows are out of order.")

    def _forget_rows(self) -> None:
        """Rows by their number, start, and end of the start tag; a long sheet has very many."""
        self.numbers, self.starts, self._opens = array("Q"), array("Q"), array("Q")

    def _note_row(self, number: int, start: int, opened: int) -> None:
        self.numbers.append(number)
        self.starts.append(start)
        self._opens.append(opened)

    def _tags_of_rows(self) -> int:
        """How many rows there seem to be, however their tags are written."""
        return self.xml.count(b"<" + self.prefix + b"row", self.start, self.end)

    def _index_odd_tags(self) -> None:
        """Finds where each row stands if some tags are written in an unusual way, such as without a number."""
        self._forget_rows()
        last = 0
        for found in re.compile(rb"<%brow(?=[\s/>])" % self.prefix).finditer(self.xml, self.start, self.end):
            last, opened = self._row_tag(found.start(), last)
            if not 1 <= last <= LAST_ROW:
                raise Damaged(f"A worksheet has a row of the number {last}.")
            self._note_row(last, found.start(), opened)

    def _row_tag(self, start: int, last: int) -> tuple[int, int]:
        """The number of a row, and the end of its start tag, however the tag is written."""
        m = re.compile(rb"<%brow%b\s*/?>" % (self.prefix, ATTRIBUTES)).match(self.xml, start, self.end)
        if m is None:
            raise Damaged("A worksheet is not well-formed.")
        place = attributes(m[1]).get("r")
        return last + 1 if place is None else whole_number(place), m.end()

    def _refuse_odd_forms(self) -> None:
        for word in (b"xmlns", b"AlternateContent"):
            if self.xml.find(word, self.start, self.end) < 0:
                continue
            if re.compile(rb"<[^<>]*" + word).search(self.xml, self.start, self.end):
                raise Refused("A worksheet is written in a form that can't be changed safely.")

    def __contains__(self, row: int) -> bool:
        """Whether a row is written out."""
        at = bisect_left(self.numbers, row)
        return at < len(self.numbers) and self.numbers[at] == row

    def span(self, index: int) -> tuple[int, int, int, int]:
        """Start, end of the start tag, end of the cells, and end of a row.

        Args:
            index: of the row among those that are written out, counted from 0.

        Returns:
            Places in `xml`.
        """
        start, opened = self.starts[index], self._opens[index]
        stop = self.starts[index + 1] if index + 1 < len(self.starts) else self.end
        if self.xml[opened - 2 : opened] == b"/>":
            return start, opened, opened, opened
        close = self.xml.rfind(b"</" + self.prefix + b"row", opened, stop)
        if close < 0:
            raise Damaged("A worksheet is not well-formed.")
        return start, opened, close, self.xml.index(b">", close) + 1

    def cells(self, row: int) -> list[CellXml]:
        """The cells of a row as written.

        Args:
            row: counted from 1; none where it is not written out.
        """
        if row not in self:
            return []
        _, opened, close, _ = self.span(bisect_left(self.numbers, row))
        return list(self.cells_between(row, opened, close))

    def cells_between(self, row: int, at: int, end: int) -> Iterator[CellXml]:
        """The cells of a row that stand in `xml[at:end]`.

        Args:
            row: counted from 1.
            at, end: places in `xml`, within the row's tags.

        Raises:
            Damaged: the cells are out of order.
            Refused: something else stands among them.
        """
        column = 0
        for m in self._cell.finditer(self.xml, at, end):
            if at != m.start() and self.xml[at : m.start()].strip():
                break
            at = m.end()
            column = column_of(m[1], row, column)
            yield CellXml(column, m[0], m[1], m[2] or b"")
        rest = self.xml[at:end].strip()
        if rest and not rest.startswith(b"<" + self.prefix + b"extLst"):
            raise Refused(f"Row {row} of a worksheet is written in a form that can't be changed safely.")

    def cell(self, row: int, column: int) -> CellXml | None:
        """One cell as written.

        Args:
            row, column: counted from 1.
        """
        return next((c for c in self.cells(row) if c.column == column), None)

    def value(self, row: int, column: int) -> Value:
        """What a cell holds; a formula's last result.

        Args:
            row, column: counted from 1.
        """
        cell = self.cell(row, column)
        return self.value_of(cell) if cell is not None else None

    def value_of(self, cell: CellXml) -> Value:
        """What a cell holds; a formula's last result.

        Args:
            cell: as written.
        """
        attrs = attributes(cell.attrs)
        kind = attrs.get("t")
        parts = {e.local: e for e in root(b"<c>" + cell.inside + b"</c>").children} if cell.inside else {}
        if kind == "inlineStr":
            return text_read(joined_text(parts["is"].outer)) if "is" in parts else None
        text = parts["v"].text if "v" in parts else ""
        if text == "":
            return "" if kind == "str" and "v" in parts else None
        if kind == "s":
            return self._shared_value(text)
        return self._plain_value(kind, text, style_in(attrs.get("s", "0")))

    def _shared_value(self, text: str) -> Value:
        index = index_in(text)
        try:
            return ErrorValue(UNKNOWN_ERROR) if index is None else self.shared(index)
        except Damaged:
            return ErrorValue(UNKNOWN_ERROR)

    def _plain_value(self, kind: str | None, text: str, style: int) -> Value:
        if kind == "b":
            answer = answer_in(text)
            return text_read(text) if answer is None else answer
        if kind == "e":
            return ErrorValue(text)
        number = number_in(text, kind)
        if number is None:
            return text_read(text)
        if not math.isfinite(number):
            return str(number)
        if self.styles.is_date(style) and number >= 1:
            moment = moment_of(number, date_1904=self.date_1904)
            if moment is not None:
                return moment.date() if moment.time() == type(moment.time())() else moment
        return int(number) if number.is_integer() and abs(number) < 1 << 53 else number

    # -- formulas -------------------------------------------------------------------------------------------------

    @cached_property
    def has_formulas(self) -> bool:
        """Whether any cell is computed by the workbook."""
        return may_have_formulas(self.xml, self.prefix)

    def has_formula(self, cell: CellXml) -> bool:
        """Whether a cell, as written, is computed by the workbook."""
        return b"<" in cell.inside and self._formula.search(cell.inside) is not None

    def formula_attributes(self, cell: CellXml) -> dict[str, str]:
        """The attributes of a cell's formula; none where it has no formula.

        Args:
            cell: as written.
        """
        found = self._formula.search(cell.inside)
        return attributes(found[1]) if found else {}

    def formula_xml(self, cell: CellXml) -> bytes:
        """A cell's formula as written."""
        found = self._formula.search(cell.inside)
        return found[0] if found else b""

    def without_formula(self, cell: CellXml) -> bytes:
        """What stands in a cell beside its formula: its last result."""
        return self._formula.sub(b"", cell.inside)

    def formula(self, row: int, cell: CellXml) -> str:
        """The text of a cell's formula, be it shared with others; '' where it has none of its own.

        Args:
            row: of the cell, counted from 1.
            cell: as written.
        """
        found = self._formula.search(cell.inside)
        if found is None:
            return ""
        attrs, text = attributes(found[1]), unescaped(found[2] or b"")
        if text or attrs.get("t") != "shared":
            return text
        first = self._shared_formulas.get(attrs.get("si", ""))
        if first is None:
            raise Damaged(f"The formula in {letters(cell.column)}{row} is shared with one that is not there.")
        return shifted(first[2], down=row - first[0], right=cell.column - first[1])

    @cached_property
    def _shared_formulas(self) -> dict[str, tuple[int, int, str]]:
        """Row, column and text of the first of each group of shared formulas."""
        found: dict[str, tuple[int, int, str]] = {}
        for row, cell in self.formula_cells():
            m = self._formula.search(cell.inside)
            attrs = attributes(m[1]) if m else {}
            if m and attrs.get("t") == "shared" and m[2]:
                found.setdefault(attrs.get("si", ""), (row, cell.column, unescaped(m[2])))
        return found

    def formula_cells(self) -> Iterator[tuple[int, CellXml]]:
        """Every cell that holds a formula, with its row."""
        if not self.has_formulas:
            return
        mark = re.compile(rb"<%bf[\s/>]" % self.prefix)
        at = self.start
        while (m := mark.search(self.xml, at, self.end)) is not None:
            index = bisect_left(self.starts, m.start()) - 1
            if index < 0:
                raise Damaged("A worksheet is not well-formed.")
            _, opened, close, end = self.span(index)
            row = self.numbers[index]
            yield from ((row, c) for c in self.cells_between(row, opened, close) if self.has_formula(c))
            at = max(end, m.end())

    @cached_property
    def computed(self) -> list[Computed]:
        """Every formula as it is written."""
        usual = usual_cells.computed(self.xml[self.start : self.end]) if not self.prefix and self.has_formulas else None
        return self.each_computed() if usual is None else usual

    def each_computed(self) -> list[Computed]:
        """Every formula as it is written, cell by cell."""
        first = {(area.top, area.left): area for area in self.arrays}
        found: list[Computed] = []
        for row, cell in self.formula_cells():
            array = first.get((row, cell.column))
            alone = array is not None and (array.bottom, array.right) == (row, cell.column)
            filled = ((row, cell.column),) if alone else tuple(self.written(array)) if array is not None else ()
            has_result = b"<" in self.without_formula(cell)
            text = self.formula(row, cell) or (rests_on(self.formula_attributes(cell), array) if array else "")
            found.append(Computed(row, cell.column, text, has_result, filled))
        return found

    @cached_property
    def kinds_of_formulas(self) -> set[str]:
        """The texts of all formulas; of those that differ in numbers alone, filled down say, one."""
        own = re.compile(rb"<%bf%b>([^<]+)<" % (self.prefix, ATTRIBUTES))
        texts = [text for _, text in own.findall(self.xml, self.start, self.end)]
        plain = texts if self.xml.find(b"&", self.start, self.end) < 0 else None
        decoded = b"\0".join(texts).decode("utf-8", "replace").split("\0") if plain else list(map(unescaped, texts))
        return set(one_of_each(decoded))

    @cached_property
    def arrays(self) -> list[Area]:
        """The cells of each array formula and data table."""
        return list(self._find_arrays())

    def _find_arrays(self) -> Iterator[Area]:
        if not self.has_formulas:
            return
        for m in re.compile(rb"<%bf(?=\s)%b\s*/?>" % (self.prefix, ATTRIBUTES)).finditer(
            self.xml, self.start, self.end
        ):
            attrs = attributes(m[1])
            area = Area.parse(attrs.get("ref", ""))
            if attrs.get("t") in {"array", "dataTable"} and area is not None:
                yield area

    def is_blank(self, area: Area, but: Area | None = None) -> Area | None:
        """The first cell of an area that holds something (as written), outside of `but`; None where it is blank.

        Args:
            area: the cells.
            but: those of them that are left out; None for none.
        """
        for at in range(bisect_left(self.numbers, area.top), len(self.numbers)):
            row = self.numbers[at]
            if row > area.bottom:
                break
            for cell in self.cells(row):
                outside = area.left <= cell.column <= area.right and not (but and but.holds(row, cell.column))
                if outside and cell.inside.strip():
                    return Area(row, cell.column, row, cell.column)
        return None

    def written(self, area: Area) -> Iterator[tuple[int, int]]:
        """Row and column of the cells of an area that are written out."""
        for row in self.numbers[bisect_left(self.numbers, area.top) : bisect_left(self.numbers, area.bottom + 1)]:
            yield from ((row, c.column) for c in self.cells(row) if area.left <= c.column <= area.right)

    def _replace(self, cells: bytes) -> None:
        """Has other cells between the tags of the cells' part."""
        self.xml = b"".join((self.head, cells, self.close, self.tail))
        self.start, self.end = len(self.head), len(self.head) + len(cells)
        for name in ("has_formulas", "_shared_formulas", "arrays", "computed", "kinds_of_formulas"):
            self.__dict__.pop(name, None)
        self._index()
