"""What was done to a workbook, entry by entry, as its change history tells it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from workbook.model.cells import Cell, fold
from workbook.model.light_dataclasses import dataclass
from workbook.model.registers import BY_TABLE, History
from workbook.model.snapshot import Snapshot

#: The command of what people did in the workbook themselves.
TYPED = "typed"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was done: a cell that was changed, or a row that was added or taken away.

    Attributes:
        when: its moment, as it is written.
        who: the person at work, '' where nobody can be named.
        table, id, column: where; '' where there is none, as the column of a whole row.
        before, after: what stood there and what stands there, as people see it.
        source: of an entry that was brought in, where it comes from.
    """

    when: str
    who: str
    command: str
    table: str
    id: str
    column: str
    before: str
    after: str
    source: str = ""

    def as_json(self) -> dict[str, Any]:
        """The entry as `champions history --json` gives it."""
        return {
            "when": self.when,
            "who": self.who or None,
            "command": self.command,
            "table": self.table,
            "id": self.id or None,
            "column": self.column or None,
            "before": self.before,
            "after": self.after,
        }

    def as_row(self) -> Mapping[str, Cell]:
        """The entry as a row of the table History."""
        values = self.when, self.who, self.command, self.table, self.id, self.column, self.before, self.after
        row: dict[str, Cell] = dict(zip(History.headers()[: len(values)], values, strict=True))
        return {**row, History.origin.header: self.source} if self.source else row

    def is_about(self, row_id: str) -> bool:
        """Whether it is about the entry of an id, which may have had another id before or after.

        Args:
            row_id: as a person writes it.
        """
        wanted = fold(row_id)
        if fold(self.id) == wanted:
            return True
        register = BY_TABLE.get(self.table)
        key = register.key if register is not None else None
        if key is None or fold(key.header) != fold(self.column):
            return False
        return wanted in {fold(self.before), fold(self.after)}


def as_moment(when: dt.datetime) -> str:
    """A moment as the history writes it, to the second.

    Args:
        when: the moment.
    """
    return when.strftime("%Y-%m-%d %H:%M:%S")


def entry_of(row: Mapping[str, str]) -> Entry:
    """An entry made of texts by the names of its fields; what is not there is blank.

    Args:
        row: by field.
    """
    return Entry(*(row.get(name, "") for name in Entry.__slots__))


def entries(snapshot: Snapshot) -> list[Entry]:
    """What the workbook's own table says, in its order.

    Args:
        snapshot: the workbook.
    """
    return [
        Entry(
            row.when or "",
            row.who or "",
            row.command or "",
            row.in_table or "",
            row.entry_id or "",
            row.in_column or "",
            row.before or "",
            row.after or "",
            row.origin or "",
        )
        for row in snapshot.rows(History)
    ]


def knows(snapshot: Snapshot, row_id: str) -> bool:
    """Whether some table holds an entry of this id.

    Args:
        snapshot: the workbook.
        row_id: as a person writes it.
    """
    return any(_has(data.rows, row_id) for data in snapshot.tables.values())


def _has(rows: Iterable[Any], row_id: str) -> bool:
    return any(fold(row.id or "") == fold(row_id) for row in rows)
