"""What a run does, gathered for the change history, and how the workbook's own table gets it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Protocol

from workbook.model.cells import Cell, show
from workbook.model.changes import AddTable, AppendRows, ReplaceTable, RowRef
from workbook.model.history import Entry, as_moment
from workbook.model.registers import History
from workbook.model.snapshot import Snapshot

#: How many entries the sheet holds; those with a Source don't count and stay.
MOST = 10_000


class Keeps(Protocol):
    """What keeps a history beside the workbook."""

    def entries(self, own: Sequence[Entry], new_ids: Mapping[RowRef, str], book_id: str) -> Sequence[Entry]:
        """Takes a run's entries on, and gives all that the workbook's own table gets.

        Args:
            own: what the run does.
            new_ids: the ids that it gives to rows.
            book_id: the workbook's own id.
        """

    @property
    def properties(self) -> Mapping[str, str]:
        """The workbook's properties that say how far its history goes."""


class Record:
    """The entries of one run.

    Args:
        who: the person at work.
        when: the moment.

    Attributes:
        entries: what was done so far.
    """

    def __init__(self, who: str, when: dt.datetime) -> None:
        self._who, self._when = who, as_moment(when)
        self.entries: list[Entry] = []

    def note(
        self, command: str, table: str, row_id: str, column: str, before: Cell, after: Cell, source: str = ""
    ) -> None:
        """Notes one thing. What identifies a person is masked.

        Args:
            command: of the run.
            table, row_id, column: where; '' for the column where it is about a whole row.
            before, after: what stood there, and what stands there now.
            source: of an entry that was brought in, where it comes from.
        """
        from workbook.rules.checks.identify import masked

        said = masked(show(before)), masked(show(after))
        self.entries.append(Entry(self._when, self._who, command, table, row_id, column, *said, source))


def written(snapshot: Snapshot, entries: Sequence[Entry]) -> AppendRows | ReplaceTable | AddTable | None:
    """What puts entries into the workbook's own table, whose oldest go where it would be too long.

    Where entries come from must be remembered: a table for it is added if there is none.

    Args:
        snapshot: the workbook.
        entries: what is added.

    Returns:
        None where there is nothing to write, or no table for it.
    """
    data = snapshot.tables.get(History.table)
    if not entries:
        return None
    if data is None:
        rows = [entry.as_row() for entry in entries]
        if not any(entry.source for entry in entries):
            return None
        return AddTable(History.table, History.sheet, History.headers(), _cells(rows))
    over = sum(not row.origin for row in data.rows) + sum(not entry.source for entry in entries) - MOST
    if over <= 0:
        return AppendRows(History.table, tuple(entry.as_row() for entry in entries))
    there = [{c.header: getattr(row, c.attr) for c in History.columns} for row in data.rows]
    kept = _without_oldest([*there, *(entry.as_row() for entry in entries)], over)
    return ReplaceTable(History.table, History.headers(), _cells(kept))


def _without_oldest(rows: Sequence[Mapping[str, Cell]], over: int) -> list[Mapping[str, Cell]]:
    kept = []
    for row in rows:
        if over > 0 and not row.get(History.origin.header):
            over -= 1
        else:
            kept.append(row)
    return kept


def _cells(rows: Sequence[Mapping[str, Cell]]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(tuple(row.get(header) for header in History.headers()) for row in rows)
