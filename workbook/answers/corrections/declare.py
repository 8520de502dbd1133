"""What a correction is."""

from __future__ import annotations

import enum
from typing import Any

from workbook.model.cells import Cell, show
from workbook.model.changes import RowRef
from workbook.model.declare import Column
from workbook.model.light_dataclasses import dataclass


class Sort(enum.StrEnum):
    """The sorts of mistakes that can be put right."""

    DATES = "dates"
    WEEKS = "weeks"
    NUMBERS = "numbers"
    BLANKS = "blanks"
    SPELLING = "spelling"
    CHOICES = "choices"
    NAMES = "names"
    IDS = "ids"


@dataclass(frozen=True)
class Correction:
    """One cell, and what belongs there.

    Attributes:
        sort: the sort of mistake.
        row: whose cell it is.
        sheet, sheet_row: where it stands.
        before, after: what the cell holds, and should hold.
        value: `after` as rules read it: yes or no as a bool, several values separated by a comma and a space.
        reason: why, in a sentence.
        certain: whether it can mean nothing else; what is not certain is only proposed.
    """

    sort: Sort
    row: RowRef
    sheet: str
    sheet_row: int
    column: Column[Any]
    before: Cell
    after: Cell
    value: Any
    reason: str
    certain: bool

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        return f"{self.sheet} {self.row.id or f'row {self.sheet_row}'}, {self.column.header}"

    @property
    def line(self) -> str:
        """Where, before and after, in one line."""
        after = show(self.after)
        return f"{self.place}: “{show(self.before)}” → {f'“{after}”' if after else 'blank'}"

    def as_json(self) -> dict[str, Any]:
        """The correction as the JSON contract has it (docs/contract/architecture-rules.md)."""
        return {
            "sort": self.sort.value,
            "certain": self.certain,
            "table": self.row.table,
            "id": self.row.id or None,
            "row": self.sheet_row,
            "column": self.column.header,
            "before": show(self.before),
            "after": show(self.after),
            "reason": self.reason,
        }
