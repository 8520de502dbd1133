"""What a check says of an entry."""

from __future__ import annotations

import enum
from typing import Any

from workbook.model.light_dataclasses import dataclass


class Severity(enum.StrEnum):
    """How bad a finding is: a rule or a person would be misled; it may be right; a hint."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


#: The words people see.
SEVERITY_WORDS = {Severity.ERROR: "Must be mended", Severity.WARNING: "Please look", Severity.ADVICE: "Hint"}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong, doubtful or worth knowing about an entry, a column or a table.

    Attributes:
        table: the contract's name of the table.
        id: the entry's id, '' where it has none.
        row: the worksheet row; None where the finding is about a column or a table.
        column: the header; '' where the finding is about the row or the table.
        value: the cell as people see it, masked where it identifies a person.
        message: what is wrong, in words a manager understands.
        fix: what to do about it.
    """

    code: str
    severity: Severity
    table: str
    id: str
    row: int | None
    column: str
    value: str
    message: str
    fix: str

    def as_json(self) -> dict[str, Any]:
        """The finding as the JSON contract has it (docs/contract/architecture-rules.md)."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "table": self.table,
            "id": self.id or None,
            "row": self.row,
            "column": self.column or None,
            "value": self.value,
            "message": self.message,
            "fix": self.fix,
        }
