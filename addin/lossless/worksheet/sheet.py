"""One worksheet with the changes that wait: cells that aren't touched are passed on as bytes."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import cached_property

from addin.lossless.formula.formula_index import Computed
from addin.lossless.opc.cells import LAST_COLUMN, LAST_ROW, Area, CellXml, Edit, Formula, letters
from addin.lossless.opc.errors import Refused
from addin.lossless.opc.markup import with_attribute, without_attribute
from addin.lossless.worksheet import layout, usual_cells
from addin.lossless.worksheet.styles import Styles
from addin.lossless.worksheet.worksheet_source import WrittenSheet

#: Areas of more rows are not noted row by row.
_TALL = 1000


class Sheet(WrittenSheet):
    """A worksheet part, made as a `WrittenSheet` is, and what waits to be changed in it.

    Attributes:
        edits: the changes of cells, by row and column.
        outdated: the cells of each row whose last results may not hold any more.
        changes: how often it was changed, to tell whether it has been since.
        settled: the areas whose changes are written into `xml` already.
        lost_formulas: whether a formula goes.
        rewritten: whether cells stand in `xml` otherwise than in the file.
        filled: whether a formula came with what is settled.
        deselected: whether the sheet is no longer among those selected in a window.
    """

    def __init__(self, xml: bytes, styles: Styles, shared: Callable[[int], str], *, date_1904: bool) -> None:
        super().__init__(xml, styles, shared, date_1904=date_1904)
        self.edits: dict[int, dict[int, Edit]] = {}
        self.outdated: dict[int, set[int]] = {}
        self.settled: list[Area] = []
        self.changes = 0
        self._joined_of = self.tail
        self.lost_formulas = self.rewritten = self.filled = self.deselected = self._put_formulas = False

    def put(self, row: int, column: int, edit: Edit) -> None:
        """Notes a change; the last one of a cell counts.

        Args:
            row, column: of the cell, counted from 1.
            edit: what it shall hold.

        Raises:
            Refused: there is no such cell, or it lies within merged cells or an array formula.
        """
        if not (1 <= row <= LAST_ROW and 1 <= column <= LAST_COLUMN):
            raise Refused(f"A worksheet has no row {row:,}, column {column:,}.")
        tall, by_row = self._joined_now()
        for area in self.joined(row) if tall or row in by_row else ():
            if not area.holds(row, column):
                continue
            place = f"{letters(column)}{row}"
            if (row, column) != (area.top, area.left):
                raise Refused(f"{place} lies within {area}, whose cells are merged or computed as one.")
            if area in self.arrays and area != Area(row, column, row, column):
                raise Refused(
                    f"The formula in {place} also serves other cells ({area}); it is not overwritten.",
                    "Clear those cells, then try again.",
                )
        self.edits.setdefault(row, {})[column] = edit
        self._put_formulas = self._put_formulas or isinstance(edit.value, Formula)
        self.changes += 1

    def joined(self, row: int) -> list[Area]:
        """The merged cells and array formulas that a row has part in.

        Args:
            row: counted from 1.
        """
        tall, by_row = self._joined_now()
        return [*by_row.get(row, ()), *(a for a in tall if a.top <= row <= a.bottom)]

    def _joined_now(self) -> tuple[list[Area], dict[int, list[Area]]]:
        if self._joined_of is not self.tail:  # merged cells stand in the tail, which was exchanged since
            self.__dict__.pop("_joined", None)
            self._joined_of = self.tail
        return self._joined

    @cached_property
    def _joined(self) -> tuple[list[Area], dict[int, list[Area]]]:
        """The merged cells and array formulas: those over very many rows, and of each row the others."""
        tall, by_row = list[Area](), dict[int, list[Area]]()
        for area in (*layout.merged(self.tail), *self.arrays):
            if area.bottom - area.top > _TALL:
                tall.append(area)
                continue
            for row in range(area.top, area.bottom + 1):
                by_row.setdefault(row, []).append(area)
        return tall, by_row

    def held(self, first: int = 1) -> Iterator[tuple[int, int, str]]:
        """Row, column and text of the cells from a row on that hold something after the changes; of formulas theirs.

        Args:
            first: the first row, counted from 1.
        """
        written = self.numbers[bisect_left(self.numbers, first) :]
        for row in sorted({*written, *(row for row in self.edits if row >= first)}):
            now = {c.column: self._text(row, c) for c in self.cells(row) if c.inside} | self._filled(row)
            for column, edit in self.edits.get(row, {}).items():
                now[column] = f"={edit.value.text}" if isinstance(edit.value, Formula) else _as_text(edit.value)
            yield from ((row, column, text) for column, text in sorted(now.items()) if text)

    def _filled(self, row: int) -> dict[int, str]:
        """The cells of a row that an array formula fills, whatever their results; not that of the formula."""
        areas = [a for a in self.arrays if a.top <= row <= a.bottom]
        columns = [(c, a) for a in areas for c in range(a.left, a.right + 1) if (row, c) != (a.top, a.left)]
        return {column: f"={area}" for column, area in columns}

    def _text(self, row: int, cell: CellXml) -> str:
        return f"={self.formula(row, cell)}" if self.has_formula(cell) else _as_text(self.value_of(cell))

    def first_held(self, area: Area) -> str:
        """The place of the first cell of an area that holds something after the changes; '' where it is blank.

        Args:
            area: the cells.
        """
        found = (f"{letters(column)}{row}" for row, column, _ in self.held(area.top) if area.holds(row, column))
        return next(found, "")

    def is_changed(self, row: int, cell: CellXml) -> bool:
        """Whether a change to a cell waits.

        Args:
            row: of the cell, counted from 1.
            cell: as written.
        """
        return cell.column in self.edits.get(row, ())

    def formulas_now(self) -> Iterator[tuple[int, int, str]]:
        """Row, column and text of every formula after the changes."""
        yield from ((f.row, f.column, f.text) for f in self.computed_now())

    def computed_now(self) -> Iterator[Computed]:
        """Every formula after the changes; those that the changes put in come last, without a result."""
        edits = self.edits
        yield from (f for f in self.computed if f.row not in edits or f.column not in edits[f.row])
        for row, cells in edits.items():
            yield from (Computed(row, c, e.value.text) for c, e in cells.items() if isinstance(e.value, Formula))

    @property
    def new_formulas(self) -> bool:
        """Whether a change puts a formula into a cell."""
        if self.filled or not self._put_formulas:
            return self.filled
        return any(isinstance(e.value, Formula) for cells in self.edits.values() for e in cells.values())

    def deselect(self) -> None:
        """Takes the worksheet out of those that are selected in a window."""
        head = without_attribute(self.head, "sheetView", "tabSelected")
        self.head, self.deselected = head, self.deselected or head != self.head

    def drop_results(self) -> None:
        """Takes every formula's last result out of the cells as they are written."""
        whole = self.xml[self.start : self.end]
        cells = None if self.prefix else usual_cells.without_results(whole)
        if cells is None:
            cells = self._cell.sub(self._without_result, whole)
        if len(cells) < self.end - self.start:
            self.rewrite(cells)

    def _without_result(self, cell: re.Match[bytes]) -> bytes:
        formula = self._formula.search(cell[2]) if cell[2] else None
        if formula is None or formula[0] == cell[2]:
            return cell[0]
        c = self.prefix + b"c"
        return with_attribute(b"<%b%b>" % (c, cell[1]), "t", None) + b"%b</%b>" % (formula[0], c)

    def rewrite(self, cells: bytes) -> None:
        """Has other cells between the tags of the cells' part; the changes that wait are left to the caller.

        Args:
            cells: rows as they are written, in plain form.
        """
        self.__dict__.pop("_joined", None)
        self._replace(cells)
        self.rewritten = True
        self.changes += 1


def _as_text(value: object) -> str:
    return "" if value is None else str(value)
