"""Whether what a run was about to write stands in the workbook: one that died meanwhile could not say so itself."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from addin.hosts.apply.rows import Rows
from workbook.model.cells import Cell, show
from workbook.model.changes import (
    AddTable,
    Change,
    RemoveColumn,
    RemoveSheet,
    RemoveTable,
    ReplaceTable,
    RowRef,
    SetCell,
)
from workbook.model.errors import StaleChanges


def body_digest(rows: Iterable[Sequence[Cell]]) -> str:
    """What tells the rows of a computed table from others, as they are seen.

    Args:
        rows: the cells of each row, in the order of the columns.
    """
    text = repr([[_seen(cell) for cell in row] for row in rows])
    return hashlib.blake2b(text.encode("utf-8", "backslashreplace"), digest_size=16).hexdigest()


def _seen(cell: Cell) -> str:
    """A cell as it is seen; of a number 15 digits, as office programs keep no more of it in a file."""
    return f"{cell:.15g}" if isinstance(cell, float) else show(cell)


def was_written(rows: Rows, changes: Sequence[Change], added: Iterable[RowRef], bodies: Mapping[str, str]) -> bool:
    """Whether all that a run was about to write stands there, and differs from what stood there before.

    Args:
        rows: of the workbook as it is.
        changes: what would take the run back.
        added: the rows that it was to add.
        bodies: by table, the digest of the rows that it was to write.
    """
    fresh = list(added)
    try:
        for ref in fresh:
            rows.ordinal(rows.table(ref.table), ref)
        return all(_stands(rows, change, bodies) for change in changes) and (
            bool(fresh) or any(_differs(change, bodies) for change in changes)
        )
    except StaleChanges:
        return False


def _stands(rows: Rows, change: Change, bodies: Mapping[str, str]) -> bool:
    match change:
        case SetCell():
            rows.target(change)
        case ReplaceTable(table, headers):
            return rows.knows(table) and body_digest(rows.body(rows.table(table), headers).rows) == bodies.get(table)
        case RemoveTable(table=table):
            return rows.knows(table)
        case RemoveColumn(table, header):
            return rows.knows(table) and rows.table(table).column(header) is not None
        case AddTable(table=table):
            return not rows.knows(table)
    return True


def _differs(change: Change, bodies: Mapping[str, str]) -> bool:
    match change:
        case SetCell():
            return change.value != change.expected
        case ReplaceTable(table=table):
            return body_digest(change.rows) != bodies.get(table)
    return isinstance(change, RemoveTable | RemoveSheet | RemoveColumn | AddTable)
