"""Whether entries can come in: read as if they stood in the register, and looked at by the checks of their fields."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, cast

from workbook.intake.outcomes import Problem
from workbook.intake.values import is_free
from workbook.model.cells import Cell, text_of
from workbook.model.declare import Column, Register
from workbook.model.findings import Finding
from workbook.model.light_dataclasses import dataclass, field, replace
from workbook.model.reading_entries import FIRST_VALUE, with_entries
from workbook.model.registers import People, Services, WorkforcePlan
from workbook.model.snapshot import Snapshot
from workbook.rules.checks import dates, ids, names, privacy, reading
from workbook.rules.checks.context import Context

#: What keeps an entry out: its fields can't be read, or lack what must be there. What happened never does.
KEEPS_OUT = frozenset(
    (
        *("required-blank", "not-a-date", "date-in-future", "not-a-number", "wrong-unit", "not-a-whole-number"),
        *("out-of-range", "not-in-list", "unknown-reference", "excel-error-value", "malformed-id", "duplicate-id"),
        "text-too-long",
    )
)
_RULES = (reading.unreadable, reading.blank, dates.in_future, names.persons, ids.ids, privacy.too_long)
_NEEDED = (Services, People, WorkforcePlan)


@dataclass
class Candidate:
    """An entry that may come in.

    Attributes:
        values: as rules read them, by column.
        cells: what is written, by column.
        problems: what keeps it out.
    """

    values: dict[Column[Any], Any]
    cells: dict[Column[Any], Cell]
    problems: list[Problem] = field(default_factory=list)


def judge(
    snapshot: Snapshot, register: type[Register], cells: Mapping[Column[Any], Sequence[Cell]], as_of: dt.date
) -> list[Candidate]:
    """Reads entries and says of each what keeps it out.

    Args:
        snapshot: the workbook.
        register: where they go.
        cells: of each column, one for each entry.
        as_of: the day; a date after it is in the future.
    """
    if not cells or not len(next(iter(cells.values()))):
        return []
    small = {r.table: snapshot.tables[r.table] for r in (register, *_NEEDED) if r.table in snapshot.tables}
    joined = with_entries(snapshot, register, cells)
    joined = replace(joined, tables={**small, register.table: joined.tables[register.table]})
    before = len(snapshot.rows(register))
    fresh = joined.rows(register)[before:]
    at = {c: FIRST_VALUE + n for n, c in enumerate(register.columns)}
    made = []
    for n, row in enumerate(fresh):
        held = cast("tuple[Any, ...]", row)
        values = {c: held[at[c]] for c in cells}
        made.append(Candidate(values, {c: _written(c, cells[c][n], values[c]) for c in cells}))
    place = {row.sheet_row: made[n] for n, row in enumerate(fresh)}
    for finding in _findings(Context(joined, as_of), register):
        if finding.row in place:
            place[finding.row].problems.append(problem_of(finding))
    return made


def _written(column: Column[Any], cell: Cell, value: Any) -> Cell:
    """What is written: a text to the letter but for outer blanks, else the value as the workbook spells it."""
    if is_free(column):
        return text_of(cell)
    found: Cell = value
    return found


def _findings(context: Context, register: type[Register]) -> list[Finding]:
    return [
        finding
        for rule in _RULES
        for finding in rule(context)
        if finding.table == register.table and finding.code in KEEPS_OUT
    ]


def problem_of(finding: Finding) -> Problem:
    """A finding as what keeps an entry out."""
    return Problem(finding.code, finding.column, finding.value, finding.message, finding.fix)
