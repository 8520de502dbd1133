"""A change set carried out on a workbook that is about to be written, and its inverse."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import assert_never

from addin.hosts.apply.kept_rows import kept_rows
from addin.hosts.apply.newer_layout import refuse_newer
from addin.hosts.apply.record import Keeps, Record, written
from addin.hosts.apply.rows import Rows, Table
from addin.hosts.apply.surface import Body, Surface
from addin.hosts.apply.written import body_digest
from workbook.blueprint import SUMMARY_SHEETS
from workbook.model.cells import LONGEST_TEXT, Cell, fold, show
from workbook.model.changes import (
    AddColumn,
    AddSheet,
    AddTable,
    AppendRows,
    Change,
    ChangeSet,
    RemoveColumn,
    RemoveRows,
    RemoveSheet,
    RemoveTable,
    RenameSheet,
    ReplaceTable,
    RowRef,
    SetCell,
    ShowSheets,
)
from workbook.model.declare import CHECK_HEADER, Kind
from workbook.model.history import Entry
from workbook.model.registers import (
    BY_TABLE,
    COMPUTED,
    ENTRY_SHEETS,
    SUMMARIES,
    History,
)
from workbook.model.snapshot import ID_PROPERTY, LAYOUT_PROPERTY, Snapshot, own_id

_COMPUTED = frozenset(r.table for r in (*COMPUTED, *SUMMARIES))
#: What their rows held stands in the registers that they were entered into, and is noted there.
_ENTRY = frozenset(r.table for r in ENTRY_SHEETS)


def keeps_fingerprint(changes: ChangeSet) -> bool:
    """Whether changes leave alone all that people fill in.

    Args:
        changes: of any command.
    """
    return all(not _is_peoples(change) for change in changes.changes)


def _is_peoples(change: Change) -> bool:
    match change:
        case SetCell(row, column, _, _):
            return row.table not in _COMPUTED and fold(column) != fold(CHECK_HEADER)
        case AddColumn(table, header):
            return table not in _COMPUTED and fold(header) != fold(CHECK_HEADER)
        case ShowSheets() | RenameSheet() | AddSheet() | RemoveSheet():
            return False
        case _:
            return change.table not in _COMPUTED


def _comes_last(change: Change) -> bool:
    """Whether a change looks at what the others leave."""
    return isinstance(change, ShowSheets) and change.hide


class Applying:
    """Carries a change set out.

    Args:
        surface: the workbook, unchanged.
        snapshot: what it holds.
        who: the person at work.
        when: the moment.
        keeps: a history beside the workbook, where there can be one.

    Attributes:
        added: the rows that were added, as they are known afterwards.
        stays: what should have been taken away and is still there, in words with the reason.
        bodies: by computed table, the digest of the rows that it was given.
        dependants: people's own sheets with formulas that may give another result now.
        exact_only: whether something was replaced that no change can bring back, such as a formula.
    """

    def __init__(
        self, surface: Surface, snapshot: Snapshot, *, who: str, when: dt.datetime, keeps: Keeps | None = None
    ) -> None:
        self.surface, self.snapshot, self.who, self.when = surface, snapshot, who, when
        self.rows = Rows(surface, snapshot)
        self.added: list[RowRef] = []
        self.stays: list[str] = []
        self.bodies: dict[str, str] = {}
        self.dependants: tuple[str, ...] = ()
        self.exact_only = False
        self._record, self._keeps = Record(who, when), keeps
        self._cells: dict[tuple[str, int, int], Cell] = {}
        self._command = ""

    def run(self, changes: ChangeSet) -> tuple[Change, ...]:
        """Puts all changes into the workbook, writes History and the workbook's id, and gives the inverse changes.

        Args:
            changes: computed from what the snapshot holds.

        Raises:
            BookNotWritable: the workbook is of a later layout than this program knows.
            StaleChanges: a cell doesn't hold what the change expects, or a row can't be found.
            LosslessError: something can't be written safely.
        """
        refuse_newer(self.snapshot)
        self._command = changes.command
        new_ids = self._new_ids(changes)
        inverse: list[Change] = []
        for change in sorted(changes.changes, key=_comes_last):
            inverse += self._apply(change, new_ids)
        for noted in changes.noted:
            self._note(noted.table, noted.id, noted.column, None, noted.words, noted.origin)
        inverse += self._write_history(new_ids)
        self._write_properties(changes.layout)
        self.dependants = self.surface.dependants({*SUMMARY_SHEETS, *self.rows.sheets()})
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
                return self._replace(change)
            case AddColumn(table, header):
                return self._add_column(self.rows.table(table), header)
            case AddTable():
                return self._add_table(change)
            case AddSheet() | RemoveSheet():
                return self._change_sheets(change)
            case RemoveRows() | RemoveColumn():
                return self._shorten(change)
            case RemoveTable():
                return self._remove_table(change)
            case ShowSheets() | RenameSheet():
                return self._change_tabs(change)
            case _:
                assert_never(change)

    # -- cells ----------------------------------------------------------------------------------------------------

    def _set(self, change: SetCell, new_ids: Mapping[RowRef, str]) -> Change:
        table, ordinal, row, at, before = self.rows.target(change)
        self.exact_only = self.exact_only or (ordinal, at - table.region.first_column) in table.data.formulas
        if table.region.last_row < table.region.header_row + table.entries:
            self.surface.resize(table.region, table.region.header_row + table.entries)
        value = _written(table.name, change.column, change.value)
        like = None if row == table.region.header_row + 1 else (table.region.header_row + 1, at)
        self.surface.set_cell(table.region.sheet, row, at, value, like=like)
        self._cells[table.name, row, at] = value
        ref = RowRef(table.name, new_ids.get(change.row, change.row.id), ordinal)
        if _is_peoples(change) and table.name not in _ENTRY:
            self._note(table.name, ref.id, change.column, before, change.value)
        return SetCell(ref, change.column, change.value, before)

    # -- rows and tables ------------------------------------------------------------------------------------------

    def _append(self, change: AppendRows) -> list[Change]:
        table = self.rows.table(change.table)
        headers = dict.fromkeys(h for row in change.rows for h in row)
        inverse = [c for h in headers for c in self._add_column(table, h)]
        at = {h: n for h in headers if (n := table.column(h)) is not None}
        rows = [{at[h]: _written(table.name, h, v) for h, v in row.items() if h in at} for row in change.rows]
        first, last_row, origins = table.entries, table.region.last_row, change.origins or ("",) * len(change.rows)
        self.surface.append_rows(table.region, rows, entries=first)
        table.entries += len(rows)
        longer = table.region.last_row - last_row
        if longer:
            inverse.append(RemoveRows(table.name, longer))
        for n, (row, origin) in enumerate(zip(change.rows, origins, strict=True)):
            inverse += self._appended(table, first + n, row, origin)
        return inverse

    def _appended(self, table: Table, ordinal: int, row: Mapping[str, Cell], origin: str) -> list[Change]:
        """Notes a new row in the history; the changes that empty it again, its id last."""
        register = BY_TABLE.get(table.name)
        key = register.key.header if register is not None and register.key is not None else ""
        row_id = show(row.get(key)) if key else ""
        if table.name not in _COMPUTED:
            words = "; ".join(f"{h}: {show(v)}" for h, v in row.items() if show(v))
            if words:
                self._note(table.name, row_id, "", None, words, origin)
        ref = RowRef(table.name, row_id, ordinal)
        if table.name != History.table:
            self.added.append(ref)
        filled = sorted((h for h, v in row.items() if show(v)), key=lambda h: h == key)
        return [SetCell(ref, h, row[h], None) for h in filled]

    def _add_column(self, table: Table, header: str) -> list[Change]:
        if table.column(header) is not None:
            return []
        self.surface.add_column(table.region, header)
        table.headers.append(header)
        return [RemoveColumn(table.name, header)]

    def _replace(self, change: ReplaceTable) -> list[Change]:
        table = self.rows.table(change.table)
        inverse = [c for header in change.headers for c in self._add_column(table, header)]
        columns = [n for h in change.headers if (n := table.column(h)) is not None]
        before = self.rows.body(table, change.headers)
        rows = [[_written(table.name, h, v) for h, v in zip(change.headers, row, strict=True)] for row in change.rows]
        targets = {(r, n): to for (r, h), to in (change.links or {}).items() if (n := table.column(h)) is not None}
        kept = kept_rows(table, change)
        self.surface.replace_body(table.region, Body(columns, rows, table.entries, kept, targets))
        table.entries = len(rows)
        self.bodies[table.name] = body_digest(rows)
        return [*inverse, before]

    def _add_table(self, change: AddTable) -> list[Change]:
        if self.rows.knows(change.table):
            return self._replace(ReplaceTable(change.table, change.headers, change.rows))
        rows = [[_written(change.table, h, v) for h, v in zip(change.headers, r, strict=True)] for r in change.rows]
        made_with = self.surface.add_table(change.table, change.sheet, change.headers, rows)
        self.bodies[change.table] = body_digest(rows)
        return [RemoveTable(change.table, change.sheet, change.headers, made_with)]

    # -- what goes ------------------------------------------------------------------------------------------------

    def _shorten(self, change: RemoveRows | RemoveColumn) -> list[Change]:
        table = self.rows.table(change.table)
        if isinstance(change, RemoveRows):
            return self._remove_rows(table, change.rows)
        return self._remove_column(table, change.header)

    def _remove_rows(self, table: Table, rows: int) -> list[Change]:
        """Ends a table above its last blank rows; formulas that stand in them go too."""
        region, top = table.region, table.region.header_row + 1
        before, last = region.last_row, region.last_row
        while last > max(before - rows, top) and self._is_blank(table, last - top):
            last -= 1
        if last == before:
            return []
        for ordinal in range(last + 1 - top, before + 1 - top):
            for place in self._formulas(table, ordinal):
                self.surface.set_cell(region.sheet, *place, None, like=None)
        self.surface.resize(region, last)
        table.entries = min(table.entries, last + 1 - top)
        return [AppendRows(table.name, ({},) * (before - last))]

    def _is_blank(self, table: Table, ordinal: int) -> bool:
        """Whether nothing but formulas stands in a row after the changes so far."""
        places = {table.place(ordinal, n) for n in range(len(table.headers))}
        return all(show(self._now(table, *place)) == "" for place in places - set(self._formulas(table, ordinal)))

    def _now(self, table: Table, row: int, at: int) -> Cell:
        """What a cell holds after the changes so far."""
        place = table.name, row, at
        return self._cells[place] if place in self._cells else self.rows.held(table, row, at)

    def _formulas(self, table: Table, ordinal: int) -> list[tuple[int, int]]:
        return [table.place(n, column) for n, column in table.data.formulas if n == ordinal]

    def _remove_column(self, table: Table, header: str) -> list[Change]:
        if table.column(header) is None:
            return []
        why = self.surface.remove_column(table.region, header)
        if why:
            self.stays.append(f"{table.name}, the column {header}: {why}")
            return []
        del table.headers[-1]
        return [AddColumn(table.name, header)]

    def _remove_table(self, change: RemoveTable) -> list[Change]:
        """Empties a table, and takes it away with its sheet where nobody uses them."""
        if not self.rows.knows(change.table):
            return []  # it went already
        table = self.rows.table(change.table)
        headers = tuple(h for h in change.headers if table.column(h) is not None)
        before = self.rows.body(table, headers)
        self._replace(ReplaceTable(change.table, headers, ()))
        table_stays, sheet_stays = self.surface.remove_table(table.region, change.made_with)
        if table_stays:
            self.stays.append(f"the table {change.table}: {table_stays}")
            return [before]
        if sheet_stays:
            self.stays.append(f"the sheet {change.sheet}: {sheet_stays}")
        return [AddTable(change.table, table.region.sheet, headers, before.rows)]

    def _change_sheets(self, change: AddSheet | RemoveSheet) -> list[Change]:
        if isinstance(change, AddSheet):
            return self._add_sheet(change.sheet, shown=change.shown)
        return self._remove_sheet(change)

    def _add_sheet(self, sheet: str, *, shown: bool) -> list[Change]:
        made_with, why = self.surface.add_sheet(sheet, shown=shown)
        if why:
            self.stays.append(f"the sheet {sheet} was not added: {why}")
        return [RemoveSheet(sheet, made_with)] if made_with else []

    def _remove_sheet(self, change: RemoveSheet) -> list[Change]:
        shown, why = self.surface.remove_sheet(change.sheet, change.made_with)
        if why:
            self.stays.append(f"the sheet {change.sheet}: {why}")
            return []
        return [AddSheet(change.sheet, shown)]

    def _change_tabs(self, change: ShowSheets | RenameSheet) -> list[Change]:
        if isinstance(change, RenameSheet):
            return self._rename(change.sheet, change.name)
        done = tuple(filter(self._hide, change.sheets) if change.hide else self.surface.show_sheets(change.sheets))
        return [ShowSheets(done, not change.hide)] if done else []

    def _rename(self, sheet: str, name: str) -> list[Change]:
        now, why = self.surface.rename_sheet(sheet, name)
        if why:
            self.stays.append(f"the name of the sheet {sheet}: {why}")
            return []
        self.rows.sheet_renamed(sheet, now)
        return [RenameSheet(now, sheet)]

    def _hide(self, sheet: str) -> bool:
        """Hides the tab of a sheet that people don't use; whether it did."""
        sheet = self.rows.sheet_now(sheet)
        in_use = any(not self._is_blank(table, n) for table in self.rows.on_sheet(sheet) for n in range(table.entries))
        why = "entries stand there" if in_use else self.surface.hide_sheet(sheet)
        if why:
            self.stays.append(f"the tab of the sheet {sheet}: {why}")
        return not why

    # -- the record -----------------------------------------------------------------------------------------------

    def _note(self, table: str, row_id: str, column: str, before: Cell, after: Cell, origin: str = "") -> None:
        self._record.note(self._command, table, row_id, column, before, after, origin)

    def _write_history(self, new_ids: Mapping[RowRef, str]) -> list[Change]:
        """Notes what was done, here and in what is kept beside the workbook."""
        entries: Sequence[Entry] = self._record.entries
        if self._keeps is not None:
            entries = self._keeps.entries(entries, new_ids, self.book_id)
        change = written(self.snapshot, entries)
        inverse = [] if change is None else self._apply(change, {})
        return inverse if isinstance(change, AddTable) else []

    def _write_properties(self, layout: str) -> None:
        values = {} if ID_PROPERTY in self.snapshot.properties else {ID_PROPERTY: self.book_id}
        values |= {LAYOUT_PROPERTY: layout} if layout else {}
        values |= self._keeps.properties if self._keeps is not None else {}
        if values:
            self.surface.set_properties(values)

    @property
    def book_id(self) -> str:
        """The workbook's own id; a new one if it has none yet."""
        return own_id(self.snapshot, self.who, self.when)


def _written(table: str, header: str, cell: Cell) -> Cell:
    """A cell as it is written: yes/no as words; in computed tables, texts cut to what a cell holds."""
    register = BY_TABLE.get(table)
    if isinstance(cell, bool) and register is not None:
        kinds = {c.header: c.kind for c in register.columns}
        return show(cell) if kinds.get(header) is Kind.YES_NO else cell
    if isinstance(cell, str) and table in _COMPUTED and len(cell) > LONGEST_TEXT:
        return cell[: LONGEST_TEXT - 1] + "…"
    return cell
