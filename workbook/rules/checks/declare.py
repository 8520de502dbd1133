"""The vocabulary in which checks are declared, and how a finding is made of one."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from workbook.model.findings import Finding, Severity
from workbook.model.light_dataclasses import dataclass, replace
from workbook.rules.checks.context import Context
from workbook.rules.checks.identify import masked

#: A value longer than this is cut in a finding; the entry itself shows the rest.
SHOWN = 120


@dataclass(frozen=True)
class Check:
    """Something that is checked of every entry, column or table.

    Attributes:
        code: the finding's code, such as not-a-date.
        severity: of its findings; a finding about a table that a workbook can do without may be milder.
        title: for the reference page, such as "Not a date".
        rule: when it is found, in one sentence.
        message, fix: the words of a finding. `{column}`, `{value}`, `{sheet}` and what the check adds are filled in.
        source: where it comes from.
    """

    code: str
    severity: Severity
    title: str
    rule: str
    message: str
    fix: str
    source: str = "docs/contract/checks-and-triggers.md, Checks"

    def at(self, severity: Severity | None) -> Check:
        """This check with another severity; None leaves it as it is."""
        return replace(self, severity=severity) if severity is not None else self

    def finding(
        self,
        table: str,
        *,
        row: int | None = None,
        row_id: str = "",
        column: str = "",
        value: str = "",
        **words: str,
    ) -> Finding:
        """A finding of this check, its words filled in. What identifies a person is masked, in `words` too."""
        shown = _shown(value)
        filled = {name: _shown(word) for name, word in words.items()}
        filled |= {"table": table, "column": column, "value": shown}
        return Finding(
            code=self.code,
            severity=self.severity,
            table=table,
            id=row_id,
            row=row,
            column=column,
            value=shown,
            message=self.message.format_map(filled),
            fix=self.fix.format_map(filled),
        )


def _shown(text: str) -> str:
    safe = masked(text)
    return safe if len(safe) <= SHOWN else safe[:SHOWN] + "…"


#: What looks for findings: a function of the workbook on a day.
Rule = Callable[[Context], Iterator[Finding]]
