"""What a run wants to write: a value that every host can apply, describe, undo and refuse when it is stale."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, assert_never

from workbook.model.cells import Cell, canonical, show
from workbook.model.light_dataclasses import dataclass


@dataclass(frozen=True)
class RowRef:
    """Where a row is: by table and id; one with a blank or doubled id by ordinal and digest.

    Attributes:
        ordinal: 0 for the first row below the header, when the change was computed.
        digest: of the row's cells (`row_digest`), '' when the id is enough.
    """

    table: str
    id: str
    ordinal: int
    digest: str = ""


def row_digest(cells: Sequence[Cell]) -> str:
    """A digest of a row's declared cells (without `Check`), by which a row without an id is recognised."""
    text = "\x1f".join(canonical(c) for c in cells).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(text, digest_size=8).hexdigest()


@dataclass(frozen=True)
class SetCell:
    """Puts `value` into a cell of a table that now holds `expected`."""

    row: RowRef
    column: str
    expected: Cell
    value: Cell


@dataclass(frozen=True)
class AppendRows:
    """Adds rows below a table's last entry. Each row maps headers to values; the rest stays blank.

    Attributes:
        origins: where each row comes from, for History; empty where they come from nowhere.
    """

    table: str
    rows: tuple[Mapping[str, Cell], ...]
    origins: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReplaceTable:
    """Replaces the body of a computed table. Its declared columns are `headers`; people's own columns stay.

    `links` gives, by (row, header), the worksheet cell that a "Go to" cell leads to, as `'Sheet'!A1`.
    """

    table: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    links: Mapping[tuple[int, str], str] | None = None


@dataclass(frozen=True)
class AddColumn:
    """Adds a column at the end of a table, where its header is not there yet."""

    table: str
    header: str


@dataclass(frozen=True)
class AddTable:
    """Adds a table, on a sheet of its own, where it is not there yet."""

    table: str
    sheet: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...] = ()


@dataclass(frozen=True)
class AddSheet:
    """Adds one of our sheets that holds no table, as a new workbook has it, where it is not there yet.

    Attributes:
        sheet: its name.
        shown: whether its tab is seen.
    """

    sheet: str
    shown: bool


@dataclass(frozen=True)
class RemoveSheet:
    """Takes a sheet away that a run added. It stays where people use it.

    Attributes:
        made_with: `sheet_digest` of what it held when it was made.
    """

    sheet: str
    made_with: str


@dataclass(frozen=True)
class RemoveRows:
    """Ends a table above its last rows, as far as these are blank: what takes added rows back that are emptied.

    Attributes:
        rows: how many at most.
    """

    table: str
    rows: int


@dataclass(frozen=True)
class RemoveColumn:
    """Takes a table's last column away. It stays where it holds something, or formulas use it."""

    table: str
    header: str


@dataclass(frozen=True)
class RemoveTable:
    """Takes a table away that a run added. It stays, empty, where people use it.

    Attributes:
        headers: of its columns that the run filled.
        made_with: `sheet_digest` of what its sheet held beside the table when it was made for it: unless something was
            put there since, it goes too. '' where the sheet was there before.
    """

    table: str
    sheet: str
    headers: tuple[str, ...]
    made_with: str


def sheet_digest(cells: Iterable[tuple[int, int, str]]) -> str:
    """A digest of what a sheet holds: row, column and text of its cells, of formulas theirs."""
    text = "\x1f".join(f"{row},{column},{text}" for row, column, text in sorted(cells) if text)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


@dataclass(frozen=True)
class ShowSheets:
    """Shows the tabs of worksheets that are hidden, or hides them again.

    Attributes:
        sheets: their names.
        hide: hides them, once all other changes are made; a tab stays where entries stand on its sheet.
    """

    sheets: tuple[str, ...]
    hide: bool = False


@dataclass(frozen=True)
class RenameSheet:
    """Gives a worksheet another name, which all that refers to the sheet follows.

    Changes before it call the sheet by its old name, those after it by its new one.

    Attributes:
        sheet: its name so far.
        name: the new one; where another sheet has it, a number is added.
    """

    sheet: str
    name: str


Change = (
    SetCell
    | AppendRows
    | ReplaceTable
    | AddColumn
    | AddTable
    | AddSheet
    | RemoveSheet
    | RemoveRows
    | RemoveColumn
    | RemoveTable
    | ShowSheets
    | RenameSheet
)


@dataclass(frozen=True)
class Noted:
    """What History notes beside the changes: something that a person said of a cell, which stays as it is.

    Attributes:
        column: the cell's.
        words: what was said.
        origin: what it was said of.
    """

    table: str
    id: str
    column: str
    words: str
    origin: str


@dataclass(frozen=True)
class ChangeSet:
    """Changes computed from one state of a workbook.

    Attributes:
        command: the command that made it, as a person knows it.
        fingerprint: of the snapshot it was computed from; a host refuses it if that has changed since.
        changes: applied in order.
        noted: for History, once the changes are made.
        layout: the version of the layout that the workbook says it has afterwards; '' leaves it as it is.
    """

    command: str
    fingerprint: str
    changes: tuple[Change, ...]
    noted: tuple[Noted, ...] = ()
    layout: str = ""

    def __bool__(self) -> bool:
        return bool(self.changes or self.layout)

    def __add__(self, other: ChangeSet) -> ChangeSet:
        """Both, of one state of the workbook.

        Raises:
            ValueError: they were computed from different states.
        """
        if other.fingerprint != self.fingerprint:
            raise ValueError("These changes were computed from different states of the workbook.")
        both = (*self.changes, *other.changes)
        layout = other.layout or self.layout
        return ChangeSet(self.command, self.fingerprint, both, (*self.noted, *other.noted), layout)

    def describe(self) -> list[str]:
        """What would be written, one line a change: the words of every dry run."""
        return [_describe(change) for change in self.changes]


def _describe(change: Change) -> str:
    if isinstance(change, AddSheet | RemoveSheet):
        return f"sheet {change.sheet} {'added' if isinstance(change, AddSheet) else 'taken away'}"
    match change:
        case SetCell(row, column, expected, value):
            place = f"{row.table} {row.id or f'row {row.ordinal + 1}'}, {column}"
            return f"{place}: {_quoted(expected)} becomes {_quoted(value)}"
        case AppendRows(table, rows):
            return f"{table}: {_count(rows, 'row')} added"
        case ReplaceTable(table, _, rows, _):
            return f"{table}: now {_count(rows, 'row')}"
        case AddColumn(table, header) | RemoveColumn(table, header):
            return f"{table}: column {header} {'added' if isinstance(change, AddColumn) else 'taken away'}"
        case AddTable(table, sheet, _, _):
            return f"table {table} added on sheet {sheet}"
        case RemoveRows(table, rows):
            return f"{table}: {'the last row' if rows == 1 else f'the last {rows} rows'} taken away, where blank"
        case RemoveTable(table, sheet, _, made_with):
            return f"table {table} taken away" + (
                f", and the sheet {sheet}" if made_with else f" from the sheet {sheet}"
            )
        case ShowSheets() | RenameSheet():
            return _describe_tabs(change)
        case _:
            assert_never(change)


def _describe_tabs(change: ShowSheets | RenameSheet) -> str:
    if isinstance(change, RenameSheet):
        return f"the sheet {change.sheet} is called {change.name} from now on"
    return f"{'hidden again' if change.hide else 'shown from now on'}: {', '.join(change.sheets)}"


def _quoted(cell: Cell) -> str:
    return f"“{show(cell)}”" if show(cell) else "blank"


def _count(items: Sequence[Any], word: str) -> str:
    return f"{len(items)} {word}{'' if len(items) == 1 else 's'}"
