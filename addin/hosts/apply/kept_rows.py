"""Which rows of a computed table are those of before, so that people's own columns follow them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from addin.hosts.apply.rows import Table
from workbook.model.cells import fold, show
from workbook.model.changes import ReplaceTable
from workbook.model.declare import Column
from workbook.model.registers import Checks, History, ImportProblems, ReviewsDue, Triggers

#: By what a row of a computed table is known again when people's own columns follow it.
_KEYS: Mapping[str, tuple[Column[Any], ...]] = {
    Triggers.table: (Triggers.result_key,),
    ReviewsDue.table: (ReviewsDue.review, ReviewsDue.service),
    Checks.table: (Checks.code, Checks.in_table, Checks.entry_id, Checks.in_column, Checks.value),
    History.table: (History.when, History.in_table, History.entry_id, History.in_column, History.after),
    ImportProblems.table: (ImportProblems.source_file, ImportProblems.source_row, ImportProblems.mark),
}


def kept_rows(table: Table, change: ReplaceTable) -> list[int | None]:
    """For each new row, the old one whose cells in people's own columns it keeps.

    Args:
        table: as it is.
        change: what replaces its rows.

    Returns:
        For each new row the old one's number, counted from 0 below the header; None where there is none.
    """
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
