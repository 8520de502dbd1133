"""Where a change lands: the table, row and cell that it means, and what these hold in the file."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from addin.hosts.apply.surface import Region, Surface
from addin.hosts.host import AGAIN, STALE
from workbook.model.cells import Cell, canonical, fold, reader_for, show
from workbook.model.changes import ReplaceTable, RowRef, SetCell, row_digest
from workbook.model.errors import StaleChanges
from workbook.model.registers import BY_TABLE, Programme
from workbook.model.snapshot import Snapshot, TableData


class Table:
    """A table of ours in the workbook: where it stands and which column is which.

    Attributes:
        headers: of its columns, those that have just been added included.
        entries: how many rows from the first below the header are in use.
    """

    def __init__(self, surface: Surface, name: str, data: TableData) -> None:
        self.name, self.data = name, data
        self.headers = list(data.headers)
        self.entries = data.total_rows
        self.region = surface.region(name) if data.named else _plain_region(name, data)
        self._ids: dict[str, list[Any]] | None = None

    def column(self, header: str) -> int | None:
        """The number of a column, counted from 0.

        Args:
            header: as the contract calls it, or a workbook of an earlier layout; case and spaces don't count.
        """
        wanted = fold(header)
        exact = next((n for n, h in enumerate(self.headers) if fold(h) == wanted), None)
        return self.data.column_at(header) if exact is None else exact

    def place(self, ordinal: int, column: int) -> tuple[int, int]:
        """The worksheet's row and column of a cell.

        Args:
            ordinal: of the row, counted from 0 below the header.
            column: of the table, counted from 0.

        Returns:
            Row and column of the worksheet, counted from 1.
        """
        return self.region.header_row + 1 + ordinal, self.region.first_column + column

    def row_at(self, ordinal: int) -> Any | None:
        """The entry that stands at a place; None where the row is blank throughout.

        Args:
            ordinal: of the row, counted from 0 below the header.
        """
        at = bisect_left(self.data.rows, ordinal, key=lambda row: row.ordinal)
        found = self.data.rows[at] if at < len(self.data.rows) else None
        return found if found is not None and found.ordinal == ordinal else None

    def rows_with_id(self, row_id: str) -> list[Any]:
        """The rows of an id, case and spaces folded.

        Args:
            row_id: as a person writes it.
        """
        if self._ids is None:
            self._ids = {}
            for row in self.data.rows:
                self._ids.setdefault(fold(row.id), []).append(row)
        return self._ids.get(fold(row_id), [])


def _plain_region(name: str, data: TableData) -> Region:
    last = data.header_row + max(data.body_rows, 1)
    return Region(name, data.sheet, data.header_row, data.first_column, len(data.headers), last)


class Target(NamedTuple):
    """The cell that a change means: its worksheet row and column, and what it holds in the file."""

    table: Table
    ordinal: int
    row: int
    column: int
    held: Cell


class Rows:
    """Finds rows and cells of a workbook that is about to be changed.

    Args:
        surface: the workbook.
        snapshot: what it holds.
    """

    def __init__(self, surface: Surface, snapshot: Snapshot) -> None:
        self.surface, self.snapshot = surface, snapshot
        self._tables: dict[str, Table] = {}
        self._renamed: dict[str, str] = {}

    def knows(self, name: str) -> bool:
        """Whether the workbook has a table of the contract's name.

        Args:
            name: as the contract calls it.
        """
        return name in self.snapshot.tables or name in self.snapshot.list_tables

    def table(self, name: str) -> Table:
        """A table by the contract's name.

        Args:
            name: as the contract calls it.

        Raises:
            StaleChanges: it is not there.
        """
        if name not in self._tables:
            data = self.snapshot.tables.get(name) or self.snapshot.list_tables.get(name)
            if data is None:
                raise StaleChanges(f"The table {name} is not in the workbook. Nothing was written.", next_step=AGAIN)
            table = self._tables[name] = Table(self.surface, name, data)
            table.region.sheet = self.sheet_now(table.region.sheet)
        return self._tables[name]

    def on_sheet(self, sheet: str) -> Iterator[Table]:
        """The tables of a worksheet, by the name that it has now.

        Args:
            sheet: the worksheet's name after the changes so far.
        """
        for name, data in (*self.snapshot.tables.items(), *self.snapshot.list_tables.items()):
            if self.sheet_now(data.sheet) == sheet:
                yield self.table(name)

    def sheets(self) -> set[str]:
        """The worksheets that our tables stand on, lists left out, by the names that they have now."""
        return {self.sheet_now(data.sheet) for data in self.snapshot.tables.values()}

    def sheet_now(self, sheet: str) -> str:
        """The name that a worksheet has after the changes so far.

        Args:
            sheet: the name that it had before the changes.
        """
        return self._renamed.get(sheet, sheet)

    def sheet_renamed(self, old: str, new: str) -> None:
        """Notes that a worksheet has another name now.

        Args:
            old: the name that it had before the changes, or after those so far.
            new: the name that it has now.
        """
        self._renamed |= {first: new for first, now in self._renamed.items() if now == old}
        self._renamed[old] = new
        self._renamed.pop(new, None)
        for table in self._tables.values():
            table.region.sheet = self.sheet_now(table.region.sheet)

    def target(self, change: SetCell) -> Target:
        """The cell that a change means, which holds what the change expects.

        Args:
            change: of one cell.

        Raises:
            StaleChanges: its row or column can't be found, or it holds something else.
        """
        table = self.table(change.row.table)
        ordinal = self.ordinal(table, change.row)
        column = table.column(change.column)
        if column is None:
            raise StaleChanges(f"{table.name} has no column {change.column}. Nothing was written.", next_step=AGAIN)
        row, at = table.place(ordinal, column)
        held = self.held(table, row, at)
        if not self.holds(change, change.expected, held):
            raise StaleChanges(
                f"The cell now holds {_quoted(held)}, not {_quoted(change.expected)}. Nothing was written.",
                where=place_of(change),
                next_step=AGAIN,
            )
        return Target(table, ordinal, row, at, held)

    def held(self, table: Table, row: int, at: int) -> Cell:
        """What a cell holds in the file; nothing where its column has just been added.

        Args:
            table: the table.
            row, at: of the cell on the worksheet, counted from 1.
        """
        if at - table.region.first_column >= len(table.data.headers):
            return None
        return self.surface.value(table.region.sheet, row, at)

    def ordinal(self, table: Table, ref: RowRef) -> int:
        """Where a row stands now, counted from 0 below the header.

        Args:
            table: the table.
            ref: the row, as it was when the change was computed.

        Raises:
            StaleChanges: it can't be found.
        """
        if table.name == Programme.table:
            return self._setting(table, ref)
        known = table.row_at(ref.ordinal)
        if known is not None and fold(known.id) == fold(ref.id) and self._same_row(table, known, ref.digest):
            return ref.ordinal  # it did not move: no need to look through all rows
        rows = table.rows_with_id(ref.id)
        if len(rows) == 1 and ref.id:
            return int(rows[0].ordinal)
        for row in rows:
            if row.ordinal == ref.ordinal and self._same_row(table, row, ref.digest):
                return ref.ordinal
        data = table.data
        room = max(data.body_rows, table.entries)
        if not ref.id and ref.ordinal < room and ref.ordinal not in {r.ordinal for r in data.rows}:
            return ref.ordinal  # blank throughout: what it shall hold is compared cell by cell
        raise StaleChanges(STALE, where=f"{table.name}, row {ref.id or ref.ordinal + 1}", next_step=AGAIN)

    def _setting(self, table: Table, ref: RowRef) -> int:
        for label, sheet_row in self.snapshot.setting_rows.items():
            if fold(label) == fold(ref.id):
                return sheet_row - table.region.header_row - 1
        raise StaleChanges(STALE, where=f"{table.name}, {ref.id}", next_step=AGAIN)

    def _same_row(self, table: Table, row: Any, digest: str) -> bool:
        """Whether a row is the one meant: by its values as read, or by its cells as they stand."""
        first = len(row) - len(row.register.columns)
        if not digest or row_digest(tuple(row)[first:]) == digest:
            return True
        at = [table.data.positions.get(c.attr) for c in row.register.columns]
        cells = [None if n is None else self.held(table, *table.place(row.ordinal, n)) for n in at]
        return row_digest(cells) == digest

    def body(self, table: Table, headers: Sequence[str]) -> ReplaceTable:
        """What a table holds in the file in some of its columns, as the change that brings it back.

        Args:
            table: the table.
            headers: of the columns; one that it doesn't have counts as blank.
        """
        at = [table.column(h) for h in headers]
        rows = tuple(
            tuple(None if n is None else self.held(table, *table.place(ordinal, n)) for n in at)
            for ordinal in range(table.entries)
        )
        by_column = {n: h for n, h in zip(at, headers, strict=True) if n is not None}
        links = self.surface.links(table.region)
        found = {
            (row, by_column[n]): goal for (row, n), goal in links.items() if n in by_column and 0 <= row < len(rows)
        }
        return ReplaceTable(table.name, tuple(headers), rows, found or None)

    def holds(self, change: SetCell, wanted: Cell, held: Cell) -> bool:
        """Whether the cell that a change means holds what it should, be it written in another way.

        Args:
            change: says which column the cell is in.
            wanted: what the cell should hold.
            held: what it holds.
        """
        if canonical(held) == canonical(wanted):
            return True
        register = BY_TABLE.get(change.row.table)
        columns = register.columns if register else ()
        column = next((c for c in columns if fold(c.header) == fold(change.column)), None)
        if column is None:
            return False
        read = reader_for(column, date_1904=self.snapshot.date_1904)
        return read(held).value is not None and bool(read(held).value == read(wanted).value)


def _quoted(cell: Cell) -> str:
    return f"“{show(cell)}”" if show(cell) else "nothing"


def place_of(change: SetCell) -> str:
    """Where a change lands, in words.

    Args:
        change: of one cell.
    """
    return f"{change.row.table} {change.row.id or f'row {change.row.ordinal + 1}'}, {change.column}"
