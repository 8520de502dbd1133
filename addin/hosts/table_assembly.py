"""Tables gathered from blocks of cells: where each ends, and every cell in its canonical form."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from addin.hosts.table_discovery import Found
from workbook.model.cells import Cell, TimeOfDay, blank, text_of
from workbook.model.raw import RawTable

#: A table without a range of its own ends where this many blank rows follow.
_GAP_ENDS = 10
#: Values of a column that are remembered.
_MAX_KNOWN = 5000


def as_table(
    found: Found,
    columns: list[list[Cell]],
    headers: tuple[str, ...],
    formulas: frozenset[tuple[int, int]],
    around: Around | None = None,
) -> RawTable:
    """A table as a host hands it over.

    Args:
        found: where it stands.
        columns: its cells below the header.
        headers: its headers.
        formulas: row and column, from 0, of the cells that hold one.
        around: what stands beside and beneath it.
    """
    height = len(columns[0]) if columns else 0
    return RawTable(
        table=found.table,
        sheet=found.sheet.name,
        header_row=found.header_row,
        first_column=found.first_column,
        headers=headers,
        columns=columns,
        body_rows=max(0, height if found.last_row is None else found.last_row - found.header_row),
        named=found.named,
        formulas=formulas,
        beside=around.beside if around is not None else {},
        beneath=around.beneath if around is not None else {},
    )


def take_headers(columns: list[list[Cell]]) -> tuple[str, ...]:
    """The header cells as text, which are taken off the columns.

    Args:
        columns: each with its header cell first; they have one cell less afterwards.
    """
    return tuple(text_of(cells.pop(0)) or "" if cells else "" for cells in columns)


def cut_blank_end(columns: list[list[Cell]]) -> None:
    """Takes the blank rows at the end of columns away, in place.

    Args:
        columns: of one height.
    """
    height = len(columns[0]) if columns else 0
    end = height
    while end and all(blank(cells[end - 1]) for cells in columns):
        end -= 1
    for cells in columns:
        del cells[end:]


class Gather:
    """Collects the columns of one table from rectangles that come in the order of the rows."""

    def __init__(self, found: Found) -> None:
        self._found = found
        self.columns: list[list[Cell]] = [[] for _ in range(found.width)]
        self._height = 0
        self._known: list[dict[Any, Cell]] = [{} for _ in range(found.width)]
        self._last = found.last_row if found.last_row is not None else 0
        self._gap = _GAP_ENDS if found.last_row is None else 0

    @property
    def end(self) -> int:
        """The last worksheet row that was taken, or that its own range holds; a totals row among them."""
        return max(self._found.header_row + self._height - 1, self._last + (not self._found.beneath))

    def blank(self, count: int) -> None:
        """Adds blank rows.

        Args:
            count: how many.
        """
        for cells in self.columns:
            cells.extend([None] * count)
        self._height += count

    def take(self, row: int, column: int, grid: list[list[Any]], errors: set[int]) -> bool:
        """Takes a rectangle; False when the table is at its end.

        Args:
            row, column: of the rectangle's first cell on the worksheet, counted from 1.
            grid: its rows, as the host gives them.
            errors: the worksheet's rows in which a cell holds an error.
        """
        top = max(1, self._found.header_row)
        grid = grid[max(0, top - row) :]
        row = max(row, top)
        if not grid:
            return True
        limit = self._found.ends_before or (row + len(grid))
        grid = grid[: max(0, limit - row)]
        if not self._found.beneath:
            grid = grid[: max(0, self._last + 1 - row)]
        gap = row - top - self._height
        if gap < 0 or not grid:
            return gap >= 0 and bool(grid)
        if gap > self._gap and row - 1 > self._last and not self._bridged(top, row):
            return False
        self.blank(gap)
        taken = self._normal(column, grid)
        end = self._end(row, len(grid), taken, errors)
        for cells, more in zip(self.columns, taken, strict=True):
            cells.extend(more[:end])
        self._height += end
        return end == len(grid)

    def _bridged(self, top: int, row: int) -> bool:
        """Whether the blank rows before `row` all lie within the table's own range."""
        return row - 1 <= self._last or (top + self._height > self._last and row == top + self._height)

    def _end(self, row: int, count: int, taken: list[Sequence[Cell]], errors: set[int]) -> int:
        """How many of the rows belong to the table: beneath its range a blank row ends it."""
        blanks = 0
        for n in range(max(0, self._last + 1 - row), count):
            if (row + n) in errors or any(cells[n] is not None for cells in taken):
                blanks = 0
                continue
            blanks += 1
            if blanks > self._gap:
                return n
        return count

    def _normal(self, column: int, grid: list[list[Any]]) -> list[Sequence[Cell]]:
        columns = list(zip(*grid, strict=True))
        nothing = [None] * len(grid)
        first = self._found.first_column - column
        return [
            _normal_column(columns[at], self._known[n]) if 0 <= (at := first + n) < len(columns) else nothing
            for n in range(self._found.width)
        ]


class Around:
    """What stands just right of a table, and beneath the blank rows that end it; formulas and errors are left out.

    Args:
        header_row, first_column, width: where the table stands.
        room: how many columns to its right are looked at.
        before: the worksheet row at which the next thing beneath it begins; 0 for none.
    """

    #: So far beneath a table's end entries are looked for.
    REACH = 50
    _MOST = 10_000

    def __init__(self, header_row: int, first_column: int, width: int, room: int, before: int = 0) -> None:
        self._header_row, self._left, self._width = header_row, first_column, width
        self._room, self._before = room, before
        self.beside: dict[int, tuple[Cell, ...]] = {}
        self.beneath: dict[int, tuple[Cell, ...]] = {}

    def take_beside(self, row: int, column: int, grid: Sequence[Sequence[Any]], end: int) -> None:
        """Keeps what stands right of the table in a rectangle, to the worksheet row `end`.

        Args:
            row, column: of the rectangle's first cell on the worksheet, counted from 1.
            grid: its rows, as the host gives them.
            end: the table's last row on the worksheet, counted from 1.
        """
        first = self._left + self._width - column
        if not self._room or not grid or len(grid[0]) <= first or len(self.beside) > self._MOST:
            return
        top = max(row, self._header_row)
        self._keep(self.beside, top, grid[top - row : max(0, end + 1 - row)], first, self._room)

    def take_beneath(self, row: int, column: int, grid: Sequence[Sequence[Any]], end: int) -> bool:
        """Keeps what stands in the table's columns beneath the worksheet row `end`; False when that is enough.

        Args:
            row, column: of the rectangle's first cell on the worksheet, counted from 1.
            grid: its rows, as the host gives them.
            end: the table's last row on the worksheet, counted from 1.
        """
        last = end + self.REACH if not self._before else min(end + self.REACH, self._before - 1)
        if not self._room:
            return False
        top = max(row, end + 1)
        self._keep(self.beneath, top, grid[top - row : max(0, last + 1 - row)], self._left - column, self._width)
        return row + len(grid) <= last

    @staticmethod
    def _keep(
        kept: dict[int, tuple[Cell, ...]], row: int, grid: Sequence[Sequence[Any]], first: int, count: int
    ) -> None:
        before = (None,) * -first if first < 0 else ()
        for n, line in enumerate(grid, start=row):
            there = line[max(first, 0) : first + count]
            if any(cell is not None and cell != "" for cell in there):
                cells = (*before, *map(canonical_cell, there))[:count]
                kept[n] = (*cells, *(None,) * (count - len(cells)))

    def without(self, formulas: Iterable[tuple[int, int]]) -> None:
        """Leaves out the cells that hold a formula, by worksheet row and column.

        Args:
            formulas: counted from 1.
        """
        for row, column in formulas:
            for kept, left in ((self.beside, self._left + self._width), (self.beneath, self._left)):
                if row in kept and 0 <= (at := column - left) < len(kept[row]):
                    kept[row] = (*kept[row][:at], None, *kept[row][at + 1 :])
        for kept in (self.beside, self.beneath):
            for row in [row for row, cells in kept.items() if all(cell is None for cell in cells)]:
                del kept[row]


def _normal_column(cells: Sequence[Any], known: dict[Any, Cell]) -> Sequence[Cell]:
    """A column in canonical form; values that come again are kept once.

    `known` holds no yes or no: in Python True is the key 1.
    """
    kinds = set(map(type, cells))
    if kinds == {bool} or (kinds == {float} and math.isfinite(sum(cells))):
        return cells
    if bool in kinds:
        return list(map(canonical_cell, cells))
    distinct = set(cells)
    if kinds == {str} and 2 * len(distinct) > len(cells) > 20:
        return [c or None for c in cells]
    if len(known) > _MAX_KNOWN:
        known.clear()
    for cell in distinct.difference(known):
        known[cell] = canonical_cell(cell)
    return list(map(known.__getitem__, cells))


def canonical_cell(cell: Any) -> Cell:
    """A cell's value in its canonical form; '' is blank.

    >>> canonical_cell(""), canonical_cell(dt.datetime(2026, 11, 5))
    (None, datetime.date(2026, 11, 5))

    Args:
        cell: as calamine or xlwings gives it.
    """
    make = _BY_KIND.get(cell.__class__)
    return make(cell) if make is not None else str(cell)


def _as_day(cell: dt.datetime) -> Cell:
    return cell.date() if cell.time() == dt.time() else cell


def _as_fraction(cell: dt.time) -> Cell:
    return TimeOfDay((cell.hour * 3600 + cell.minute * 60 + cell.second + cell.microsecond / 1e6) / 86400)


_BY_KIND: dict[type, Callable[[Any], Cell]] = {
    str: lambda cell: cell or None,
    bool: lambda cell: cell,
    int: lambda cell: cell,
    float: lambda cell: cell if math.isfinite(cell) else str(cell),
    dt.date: lambda cell: cell,
    dt.datetime: _as_day,
    dt.time: _as_fraction,
    dt.timedelta: lambda cell: TimeOfDay(cell.total_seconds() / 86400),
}
