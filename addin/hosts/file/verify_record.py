"""Whether a run's record tells the truth of what stood in the workbook before it, as the kept former file shows.

A record lies where others may write. What it claims stood there before is believed only where the former file says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from addin.hosts.apply.rows import Rows, Table
from addin.lossless import Book
from workbook.model.cells import fold
from workbook.model.changes import (
    AddColumn,
    AddSheet,
    AddTable,
    Change,
    RemoveColumn,
    RemoveSheet,
    RemoveTable,
    RenameSheet,
    RowRef,
    SetCell,
)
from workbook.model.snapshot import ID_PROPERTY


def is_of_one_workbook(former: bytes, now: bytes, book: str) -> bool:
    """Whether a kept file is an earlier state of a workbook: a file that the program has not written yet has no id.

    Args:
        former: the kept file.
        now: the workbook.
        book: the id that the record names.
    """
    ids = {Book(data).properties().get(ID_PROPERTY, "") for data in (former, now)} - {""}
    return ids <= {book} if book else len(ids) < 2


def contradicted(
    changes: Sequence[Change], added: Iterable[RowRef], before: Rows, sheets: AbstractSet[str]
) -> Change | RowRef | None:
    """The first claim of a record that the workbook as it was before the run contradicts; None where all is so.

    Args:
        changes: what is said to take the run back.
        added: the rows that the run is said to have added.
        before: the workbook as it was.
        sheets: its worksheets.
    """
    fresh = frozenset(added)
    for ref in fresh:
        if _stood(before, ref):
            return ref
    return next((change for change in changes if not _is_so(before, sheets, change, fresh)), None)


def _is_so(before: Rows, sheets: AbstractSet[str], change: Change, fresh: AbstractSet[RowRef]) -> bool:
    match change:
        case SetCell() if change.row in fresh:
            return change.value is None
        case SetCell():
            return _held(before, change)
        case AddTable(table=table):
            return before.knows(table)
        case RemoveTable(table=table):
            return not before.knows(table)
        case AddColumn(table, header):
            return before.knows(table) and before.table(table).column(header) is not None
        case RemoveColumn(table, header):
            return not before.knows(table) or before.table(table).column(header) is None
        case AddSheet(sheet, _):
            return sheet in sheets
        case RemoveSheet(sheet, _):
            return sheet not in sheets
        case RenameSheet(name=name):
            return name in sheets
        case _:
            return True  # what comes back is taken from the former file itself, or is blank


def _stood(before: Rows, ref: RowRef) -> bool:
    """Whether a row was there before."""
    if not before.knows(ref.table):
        return False
    table = before.table(ref.table)
    return bool(table.rows_with_id(ref.id)) if ref.id else table.row_at(ref.ordinal) is not None


def _held(before: Rows, change: SetCell) -> bool:
    """Whether a cell held before what it is said to have held."""
    if not before.knows(change.row.table):
        return change.value is None
    table = before.table(change.row.table)
    column, ordinal = table.column(change.column), _ordinal(table, change.row)
    if ordinal is None:
        return False
    if column is None or ordinal >= max(table.data.body_rows, table.entries):
        return change.value is None
    return before.holds(change, change.value, before.held(table, *table.place(ordinal, column)))


def _ordinal(table: Table, ref: RowRef) -> int | None:
    """Where a row stood before, counted from 0; no run moves one. None where another stood in its place."""
    at = table.row_at(ref.ordinal)
    if not ref.id or (at is not None and fold(at.id) == fold(ref.id)):
        return ref.ordinal
    same = table.rows_with_id(ref.id)
    if same:
        return int(same[0].ordinal) if len(same) == 1 else None
    return ref.ordinal if at is None or not at.id else None  # the run gave it its id
