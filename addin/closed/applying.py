"""A change set carried out on a workbook that is about to be written, and its inverse."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from addin.lossless import Book, ErrorValue, Region, Value
from addin.lossless.cells import LONGEST_TEXT, Area
from addin.lossless.growth import Body, add_table
from addin.lossless.layout import links
from workbook.blueprint import LAYOUT_VERSION
from workbook.cells import Cell, CellError, canonical, fold, reader_for, show
from workbook.changes import (
    AddColumn,
    AddTable,
    AppendRows,
    Change,
    ChangeSet,
    ReplaceTable,
    RowRef,
    SetCell,
    row_digest,
)
from workbook.declare import CHECK_HEADER, Column, Kind
from workbook.errors import StaleChanges
from workbook.registers import BY_TABLE, COMPUTED, Checks, History, Programme, ReviewsDue, Triggers
from workbook.snapshot import Snapshot, TableData

LAYOUT_PROPERTY, ID_PROPERTY = "Champions layout version", "Champions workbook id"
_COMPUTED = frozenset(r.table for r in COMPUTED)
#: By what a row of a computed table is known again when people's own columns follow it.
_KEYS: Mapping[str, tuple[Column[Any], ...]] = {
    Triggers.table: (Triggers.result_key,),
    ReviewsDue.table: (ReviewsDue.review, ReviewsDue.service),
    Checks.table: (Checks.code, Checks.in_table, Checks.entry_id, Checks.in_column, Checks.value),
}
_STALE = "The workbook changed after the results were computed. Nothing was written."


def keeps_fingerprint(changes: ChangeSet) -> bool:
    """Whether changes leave alone all that people fill in."""
    return all(not _is_peoples(change) for change in changes.changes)


def _is_peoples(change: Change) -> bool:
    match change:
        case SetCell(row, column, _, _):
            return row.table not in _COMPUTED and fold(column) != fold(CHECK_HEADER)
        case AddColumn(table, header):
            return table not in _COMPUTED and fold(header) != fold(CHECK_HEADER)
        case _:
            return change.table not in _COMPUTED


class _Table:
    """A table of ours in the workbook: where it stands and which column is which."""

    def __init__(self, book: Book, name: str, data: TableData) -> None:
        self.name, self.data = name, data
        self.headers = list(data.headers)
        self.entries = data.total_rows
        self.region = book.table(name) if data.named else _plain_region(name, data)
        self._ids: dict[str, list[Any]] | None = None

    def column(self, header: str) -> int | None:
        """The number of a column, counted from 0."""
        wanted = fold(header)
        return next((n for n, h in enumerate(self.headers) if fold(h) == wanted), None)

    def place(self, ordinal: int, column: int) -> tuple[int, int]:
        """The worksheet's row and column of a cell."""
        return self.region.header_row + 1 + ordinal, self.region.first_column + column

    def rows_with_id(self, row_id: str) -> list[Any]:
        """The rows of an id, case and spaces folded."""
        if self._ids is None:
            self._ids = {}
            for row in self.data.rows:
                self._ids.setdefault(fold(row.id), []).append(row)
        return self._ids.get(fold(row_id), [])


def _plain_region(name: str, data: TableData) -> Region:
    last = data.header_row + max(data.body_rows, 1)
    return Region(data.sheet, data.header_row, data.first_column, len(data.headers), last, name)


class Applying:
    """Carries a change set out.

    Args:
        book: the workbook, unchanged.
        snapshot: what it holds.
        who: the person at work.
        when: the moment.
    """

    def __init__(self, book: Book, snapshot: Snapshot, *, who: str, when: dt.datetime) -> None:
        self.book, self.snapshot, self.who, self.when = book, snapshot, who, when
        self._tables: dict[str, _Table] = {}
        self._history: list[dict[str, Cell]] = []
        self._command = ""

    def run(self, changes: ChangeSet) -> tuple[Change, ...]:
        """Puts all changes into the workbook, writes History and the workbook's id, and gives the inverse changes.

        Raises:
            StaleChanges: a cell doesn't hold what the change expects, or a row can't be found.
            LosslessError: something can't be written safely.
        """
        self._command = changes.command
        new_ids = self._new_ids(changes)
        inverse: list[Change] = []
        for change in changes.changes:
            inverse += self._apply(change, new_ids)
        self._write_history()
        self._write_properties()
        return tuple(reversed(inverse))

    def _new_ids(self, changes: ChangeSet) -> dict[RowRef, str]:
        """The ids that rows have after the changes, where these give one."""
        found = {}
        for change in changes.changes:
            if isinstance(change, SetCell) and change.row.table in BY_TABLE:
                key = BY_TABLE[change.row.table].key
                if key is not None and fold(key.header) == fold(change.column):
                    found[change.row] = show(change.value)
        return found

    def _apply(self, change: Change, new_ids: Mapping[RowRef, str]) -> list[Change]:
        match change:
            case SetCell():
                return [self._set(change, new_ids)]
            case AppendRows():
                return self._append(change)
            case ReplaceTable():
                return [self._replace(change)]
            case AddColumn(table, header):
                self._add_column(self._table(table), header)
                return []
            case AddTable():
                return [self._add_table(change)]

    def _table(self, name: str) -> _Table:
        if name not in self._tables:
            data = self.snapshot.tables.get(name) or self.snapshot.list_tables.get(name)
            if data is None:
                raise StaleChanges(f"The table {name} is not in the workbook. Nothing was written.")
            self._tables[name] = _Table(self.book, name, data)
        return self._tables[name]

    # -- cells ----------------------------------------------------------------------------------------------------

    def _set(self, change: SetCell, new_ids: Mapping[RowRef, str]) -> Change:
        table = self._table(change.row.table)
        ordinal = self._ordinal(table, change.row)
        column = table.column(change.column)
        if column is None:
            raise StaleChanges(f"{table.name} has no column {change.column}. Nothing was written.")
        row, at = table.place(ordinal, column)
        before = self._held(table, row, at)
        self._compare(table, change, before)
        if table.region.last_row < table.region.header_row + table.entries:
            self.book.resize(table.region, last_row=table.region.header_row + table.entries)
        value = _written(table.name, change.column, change.value)
        like = None if row == table.region.header_row + 1 else (table.region.header_row + 1, at)
        self.book.set_cell(table.region.sheet, row, at, value, like=like)
        ref = RowRef(table.name, new_ids.get(change.row, change.row.id), ordinal)
        if _is_peoples(change):
            self._note(table.name, ref.id, change.column, before, change.value)
        return SetCell(ref, change.column, change.value, before)

    def _held(self, table: _Table, row: int, at: int) -> Cell:
        """What a cell holds in the file; nothing where its column has just been added."""
        if at - table.region.first_column >= len(table.data.headers):
            return None
        return _cell(self.book.value(table.region.sheet, row, at))

    def _ordinal(self, table: _Table, ref: RowRef) -> int:
        """Where the row of a change stands now."""
        if table.name == Programme.table:
            return self._setting(table, ref)
        rows = table.rows_with_id(ref.id)
        if len(rows) == 1 and ref.id:
            return int(rows[0].ordinal)
        for row in rows:
            if row.ordinal == ref.ordinal and self._same_row(table, row, ref.digest):
                return ref.ordinal
        data = table.data
        if not ref.id and ref.ordinal < data.body_rows and ref.ordinal not in {r.ordinal for r in data.rows}:
            return ref.ordinal  # blank throughout: what it shall hold is compared cell by cell
        raise StaleChanges(_STALE, where=f"{table.name}, row {ref.id or ref.ordinal + 1}")

    def _setting(self, table: _Table, ref: RowRef) -> int:
        for label, sheet_row in self.snapshot.setting_rows.items():
            if fold(label) == fold(ref.id):
                return sheet_row - table.region.header_row - 1
        raise StaleChanges(_STALE, where=f"{table.name}, {ref.id}")

    def _same_row(self, table: _Table, row: Any, digest: str) -> bool:
        """Whether a row is the one meant: by its values as read, or by its cells as they stand."""
        first = len(row) - len(row.register.columns)
        if not digest or row_digest(tuple(row)[first:]) == digest:
            return True
        at = [table.data.positions.get(c.attr) for c in row.register.columns]
        cells = [None if n is None else self._held(table, *table.place(row.ordinal, n)) for n in at]
        return row_digest(cells) == digest

    def _compare(self, table: _Table, change: SetCell, held: Cell) -> None:
        if canonical(held) == canonical(change.expected):
            return
        register = BY_TABLE.get(table.name)
        column = (
            next((c for c in register.columns if fold(c.header) == fold(change.column)), None) if register else None
        )
        if column is not None:
            read = reader_for(column, date_1904=self.snapshot.date_1904)
            if read(held).value is not None and read(held).value == read(change.expected).value:
                return
        where = f"{table.name} {change.row.id or f'row {change.row.ordinal + 1}'}, {change.column}"
        raise StaleChanges(
            f"The cell now holds “{show(held)}”, not “{show(change.expected)}”. Nothing was written.", where=where
        )

    # -- rows and tables ------------------------------------------------------------------------------------------

    def _append(self, change: AppendRows) -> list[Change]:
        table = self._table(change.table)
        for header in dict.fromkeys(h for row in change.rows for h in row):
            if table.column(header) is None:
                self._add_column(table, header)
        rows = [
            {n: _written(table.name, h, v) for h, v in row.items() if (n := table.column(h)) is not None}
            for row in change.rows
        ]
        first = table.entries
        self.book.append_rows(table.region, rows, entries=first)
        table.entries += len(rows)
        return [c for n, row in enumerate(change.rows) for c in self._appended(table, first + n, row)]

    def _appended(self, table: _Table, ordinal: int, row: Mapping[str, Cell]) -> list[Change]:
        """Notes a new row in the history; the changes that empty it again, its id last."""
        register = BY_TABLE.get(table.name)
        key = register.key.header if register is not None and register.key is not None else ""
        row_id = show(row.get(key)) if key else ""
        if table.name not in _COMPUTED:
            words = "; ".join(f"{h}: {show(v)}" for h, v in row.items() if show(v))
            self._note(table.name, row_id, "", None, words)
        ref = RowRef(table.name, row_id, ordinal)
        filled = sorted((h for h, v in row.items() if show(v)), key=lambda h: h == key)
        return [SetCell(ref, h, row[h], None) for h in filled]

    def _add_column(self, table: _Table, header: str) -> None:
        if table.column(header) is None:
            self.book.add_column(table.region, header)
            table.headers.append(header)

    def _replace(self, change: ReplaceTable) -> Change:
        table = self._table(change.table)
        for header in change.headers:
            self._add_column(table, header)
        columns = [n for h in change.headers if (n := table.column(h)) is not None]
        before = self._inverse_body(table, change.headers, columns)
        rows = [[_written(table.name, h, v) for h, v in zip(change.headers, row, strict=True)] for row in change.rows]
        targets = {(r, n): to for (r, h), to in (change.links or {}).items() if (n := table.column(h)) is not None}
        kept = _kept(table, change)
        self.book.replace_body(table.region, Body(columns, rows, table.entries, kept, targets))
        table.entries = len(rows)
        return before

    def _inverse_body(self, table: _Table, headers: Sequence[str], columns: Sequence[int]) -> Change:
        page = self.book.sheet(table.region.sheet)
        first, left = table.region.header_row + 1, table.region.first_column
        rows = []
        for row in range(first, first + table.entries):
            cells = {c.column: _cell(page.value_of(c)) for c in page.cells(row)}
            rows.append(tuple(cells.get(left + n) for n in columns))
        by_column = dict(zip(columns, headers, strict=True))
        found: dict[tuple[int, str], str] = {}
        for ref, target in links(page.tail).items():
            place = Area.parse(ref)
            if place is not None and place.left - left in by_column and 0 <= place.top - first < len(rows):
                found[place.top - first, by_column[place.left - left]] = target
        return ReplaceTable(table.name, tuple(headers), tuple(rows), found or None)

    def _add_table(self, change: AddTable) -> Change:
        if change.table in self.snapshot.tables or change.table in self.snapshot.list_tables:
            return self._replace(ReplaceTable(change.table, change.headers, change.rows))
        rows = [[_written(change.table, h, v) for h, v in zip(change.headers, r, strict=True)] for r in change.rows]
        add_table(self.book, change.table, change.sheet, change.headers, rows)
        return ReplaceTable(change.table, change.headers, ())

    # -- the record -----------------------------------------------------------------------------------------------

    def _note(self, table: str, row_id: str, column: str, before: Cell, after: Cell) -> None:
        values = (self.when.strftime("%Y-%m-%d %H:%M:%S"), self.who, self._command, table, row_id, column)
        self._history.append(dict(zip(History.headers(), (*values, show(before), show(after)), strict=True)))

    def _write_history(self) -> None:
        if self._history and History.table in self.snapshot.tables:
            self._append(AppendRows(History.table, tuple(self._history)))

    def _write_properties(self) -> None:
        missing = {LAYOUT_PROPERTY: LAYOUT_VERSION, ID_PROPERTY: self._new_id()}
        values = {n: v for n, v in missing.items() if n not in self.snapshot.properties}
        if values:
            self.book.set_properties(values)

    def _new_id(self) -> str:
        """An id that no other workbook gets: of the moment and of what the workbook holds."""
        text = f"{self.when.isoformat()} {self.who} {self.snapshot.name} {self.snapshot.fingerprint}"
        return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()


def _kept(table: _Table, change: ReplaceTable) -> list[int | None]:
    """For each new row, the old one whose cells in people's own columns it keeps."""
    keys = _KEYS.get(table.name, ())
    headers = {fold(h): n for n, h in enumerate(change.headers)}
    at = [headers.get(fold(c.header)) for c in keys]
    if not keys or None in at:
        return [n if n < table.entries else None for n in range(len(change.rows))]
    old: dict[tuple[str, ...], list[int]] = {}
    for row in table.data.rows:
        old.setdefault(tuple(fold(show(getattr(row, c.attr))) for c in keys), []).append(row.ordinal)
    found: list[int | None] = []
    for values in change.rows:
        known = old.get(tuple(fold(show(values[n])) for n in at if n is not None))
        found.append(known.pop(0) if known else None)
    return found


def _cell(value: Value) -> Cell:
    return CellError(value.code) if isinstance(value, ErrorValue) else value


def _written(table: str, header: str, cell: Cell) -> Value:
    """A cell as it is written: yes/no as words; in computed tables, texts cut to what a cell holds."""
    if isinstance(cell, CellError):
        return ErrorValue(cell.code)
    register = BY_TABLE.get(table)
    if isinstance(cell, bool) and register is not None:
        kinds = {c.header: c.kind for c in register.columns}
        return show(cell) if kinds.get(header) is Kind.YES_NO else cell
    if isinstance(cell, str) and table in _COMPUTED and len(cell) > LONGEST_TEXT:
        return cell[: LONGEST_TEXT - 1] + "…"
    return cell
