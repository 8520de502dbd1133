"""Names of people and staff: known, misspelt, or of nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from workbook.model.cells import fold
from workbook.model.declare import Column, Kind
from workbook.model.findings import Finding, Severity
from workbook.model.registers import ConfidenceTracker, People, SupportLog, WorkforcePlan
from workbook.rules.checks.context import Context
from workbook.rules.checks.declare import Check, Rule
from workbook.rules.checks.reading import UNKNOWN_REFERENCE, to_correct
from workbook.rules.checks.spelling import variants

INCONSISTENT_NAME = Check(
    code="inconsistent-name",
    severity=Severity.WARNING,
    title="Name spelt in two ways",
    rule="The name of a person or a staff member differs from a known one by its spelling only; names that differ in "
    "a digit are different people.",
    message="{column} is {value}, but {known} is known. They differ by their spelling only.",
    fix="If it is the same person, spell the name {known} here too.",
)
CHECKS = (INCONSISTENT_NAME,)
_STAFF = (SupportLog.staff_member, ConfidenceTracker.staff_member)


def persons(context: Context) -> Iterator[Finding]:
    """Persons who are neither in People nor in the workforce plan."""
    if not context.has(People.person, WorkforcePlan.name):
        return
    columns = [c for data in context.tables() for c in data.register.columns if c.kind is Kind.PERSON]
    distinct = {name for column in columns for name in context.values(column) if name}
    unknown = {fold(name) for name in distinct} - context.people.keys()
    if not unknown:
        return
    misspelt = variants(sorted(unknown), [*context.people, *context.leaders])
    spelt = {**context.leaders, **context.people}
    for column in columns:
        names = {n for n in set(context.values(column)) if n and fold(n) in unknown}
        for row in context.rows_with(column, names):
            yield _person(context, row, column, misspelt, spelt)


def _unknown(context: Context, name: str) -> dict[str, str]:
    champion = context.snapshot.find(WorkforcePlan, name)
    known = champion.name if champion is not None else None
    words = {"detail": name, "target": "People or the Workforce plan"}
    what_to_do = f"{name} is {known}: type the name, {known}." if known else to_correct(**words)
    return words | {"what_to_do": what_to_do}


def _person(
    context: Context, row: Any, column: Column[Any], misspelt: Mapping[str, list[str]], spelt: Mapping[str, str]
) -> Finding:
    name = getattr(row, column.attr)
    known = misspelt.get(fold(name))
    check = INCONSISTENT_NAME if known else UNKNOWN_REFERENCE
    words = {"known": spelt[known[0]]} if known else _unknown(context, name)
    return check.finding(column.table, row=row.sheet_row, row_id=row.id, column=column.header, value=name, **words)


def staff(context: Context) -> Iterator[Finding]:
    """Staff whose name differs by spelling from a person's, or from that of staff who are named more often."""
    counts: Counter[str] = Counter()
    for column in _STAFF:
        counts.update(context.values(column))
    del counts[None]
    folded = {name: fold(name) for name in counts}
    instead = _better_spelling(context, counts, folded)
    for column in _STAFF:
        names = {name for name, f in folded.items() if f in instead}
        for row in context.rows_with(column, names):
            name = getattr(row, column.attr)
            yield INCONSISTENT_NAME.finding(
                column.table,
                row=row.sheet_row,
                row_id=row.id,
                column=column.header,
                value=name,
                known=instead[folded[name]],
            )


def _better_spelling(context: Context, counts: Counter[str], folded: Mapping[str, str]) -> dict[str, str]:
    """For each folded staff name that may be misspelt, the known spelling: a person's, else the more frequent one."""
    persons = {**context.leaders, **context.people}
    times: Counter[str] = Counter()
    spelt: dict[str, str] = {}
    for name, count in counts.items():
        times[folded[name]] += count
        spelt.setdefault(folded[name], name)
    others = [name for name in times if name not in persons]
    rank = {name: (name not in persons, -times[name], n) for n, name in enumerate((*persons, *others))}
    found = {}
    for name, alike in variants(others, [*persons, *others]).items():
        best = min(alike, key=rank.__getitem__)
        if rank[best] < rank[name]:
            found[name] = persons.get(best) or spelt[best]
    return found


RULES: tuple[Rule, ...] = (persons, staff)
