"""What stands against taking a run back: what people have entered since where its changes would go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from addin.hosts.apply.kept_rows import kept_rows
from addin.hosts.apply.rows import Rows, Table, place_of
from addin.hosts.host import STALE
from workbook.model.cells import fold, show
from workbook.model.changes import AddColumn, AppendRows, Change, RemoveTable, ReplaceTable, RowRef, SetCell
from workbook.model.declare import CHECK_HEADER
from workbook.model.errors import StaleChanges


def obstacles_to(rows: Rows, changes: Iterable[Change], added: Iterable[RowRef]) -> tuple[str, ...]:
    """What stands against inverse changes, in words, each once.

    Args:
        rows: of the workbook as it is.
        changes: what would take the run back.
        added: the rows that the run added.
    """
    return tuple(dict.fromkeys(_obstacles(rows, changes, added)))


def _obstacles(rows: Rows, changes: Iterable[Change], added: Iterable[RowRef]) -> Iterator[str]:
    cells: dict[tuple[str, str, int], set[str]] = {}
    for change in changes:
        try:
            if isinstance(change, SetCell):
                cells.setdefault((change.row.table, change.row.id, change.row.ordinal), set()).add(fold(change.column))
                rows.target(change)
            elif isinstance(change, ReplaceTable):
                yield from _cells_lost(rows, change)
            elif isinstance(change, RemoveTable) and rows.knows(change.table):
                yield from _cells_lost(rows, ReplaceTable(change.table, change.headers, ()))
            elif isinstance(change, AddColumn):
                rows.table(change.table).headers.append(change.header)
            elif isinstance(change, AppendRows):
                rows.table(change.table).entries += len(change.rows)
        except StaleChanges as error:
            yield _in_words(change, error)
    for ref in added:
        yield from _entered_since(rows, ref, cells.get((ref.table, ref.id, ref.ordinal), set()))


def _in_words(change: Change, error: StaleChanges) -> str:
    if isinstance(change, SetCell) and error.what != STALE:
        return f"{place_of(change)}: {error.what.removesuffix(' Nothing was written.')}"
    if isinstance(change, SetCell):
        return f"{change.row.table} {change.row.id or f'row {change.row.ordinal + 1}'}: this row is no longer there."
    return error.what.removesuffix(" Nothing was written.")


def _cells_lost(rows: Rows, change: ReplaceTable) -> Iterator[str]:
    """What people entered in columns of their own, in rows that would go."""
    table = rows.table(change.table)
    stay = set(kept_rows(table, change))
    ours = {fold(h) for h in change.headers}
    for row in table.data.rows:
        if row.ordinal not in stay:
            for header, value in _entered(rows, table, row.ordinal, ours):
                yield f"{table.name}, {header}: “{value}” was entered in a row that would go."


def _entered_since(rows: Rows, ref: RowRef, ours: set[str]) -> Iterator[str]:
    """What people entered in a row that the run added."""
    try:
        table = rows.table(ref.table)
        ordinal = rows.ordinal(table, ref)
    except StaleChanges:
        return  # told of each of its cells already
    for header, value in _entered(rows, table, ordinal, ours | {fold(CHECK_HEADER)}):
        yield f"{ref.table} {ref.id or f'row {ordinal + 1}'}, {header}: “{value}” was entered in a row that would go."


def _entered(rows: Rows, table: Table, ordinal: int, ours: set[str]) -> Iterator[tuple[str, str]]:
    """What stands in a row's other columns; what they compute is not entered."""
    for n, header in enumerate(table.data.headers):
        if fold(header) in ours or (ordinal, n) in table.data.formulas:
            continue
        value = show(rows.held(table, *table.place(ordinal, n)))
        if value:
            yield header, value
