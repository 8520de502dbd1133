"""What a simulated programme gives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from workbook.model.cells import Cell
from workbook.model.light_dataclasses import dataclass

#: One row of a table, cells by header.
Row = dict[str, Cell]


@dataclass(frozen=True)
class Planted:
    """A trigger that the simulation gave cause for: it must be raised, or give an early warning, on each of the days.

    Attributes:
        trigger: such as S1.
        scope: a Champion ID, a Service code, or "programme".
        first, last: the first and the last day, both included; never later than the programme's end.
        why: what happened, in one sentence.
    """

    trigger: str
    scope: str
    first: dt.date
    last: dt.date
    why: str

    def as_json(self) -> dict[str, Any]:
        """Which, where, when and why, days as ISO 8601."""
        return {
            "trigger": self.trigger,
            "scope": self.scope,
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "why": self.why,
        }


@dataclass(frozen=True)
class Mistake:
    """An entry that is wrong on purpose, as people's entries are: the check that must find it, and where."""

    code: str
    table: str
    id: str
    why: str

    def as_json(self) -> dict[str, Any]:
        """The check's code, the table and the entry's id, and what is wrong."""
        return {"code": self.code, "table": self.table, "id": self.id, "why": self.why}


@dataclass(frozen=True)
class Example:
    """A simulated programme.

    Attributes:
        tables: the rows of every table that people fill in, by the contract's name; the settings as rows of Setting
            and Value. Computed tables hold none.
        planted: the triggers it gives cause for.
        mistakes: the entries that are wrong on purpose.
        until: the day on which it ends.
    """

    tables: Mapping[str, Sequence[Row]]
    planted: Sequence[Planted]
    mistakes: Sequence[Mistake]
    until: dt.date

    def as_json(self) -> dict[str, Any]:
        """What was planted, for the file that `--planted` writes."""
        return {
            "until": self.until.isoformat(),
            "planted": [p.as_json() for p in self.planted],
            "mistakes": [m.as_json() for m in self.mistakes],
        }
