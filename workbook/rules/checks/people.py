"""Who did it: the role the framework gives it to, and not oneself."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from workbook.model.cells import fold
from workbook.model.declare import Column, Register
from workbook.model.findings import Finding, Severity
from workbook.model.registers import (
    BY_TABLE,
    ImplementationPlan,
    Meetings,
    People,
    ReadinessLog,
    RoleBriefs,
    Services,
    StartSignOff,
    WorkforcePlan,
)
from workbook.model.view import FALL_BACK
from workbook.rules.checks.context import Context
from workbook.rules.checks.declare import Check, Rule

WRONG_ROLE = Check(
    code="wrong-role",
    severity=Severity.ADVICE,
    title="Not by the role named for it",
    rule="Somebody did what the framework gives to another role, such as a start sign-off not by a project lead.",
    message="{column} is {value}, who is not down as {roles}.",
    fix="If {value} holds that role, add it to People; else ask who should do this.",
)
SELF_REVIEW = Check(
    code="self-review",
    severity=Severity.ADVICE,
    title="Reviewed by oneself",
    rule="A champion signed off, checked, briefed or chose themselves.",
    message="{column} is {value}, the champion whom this entry is about.",
    fix="Ask somebody else to do this.",
)
CHECKS = (WRONG_ROLE, SELF_REVIEW)
_ABOUT_A_CHAMPION: tuple[tuple[Column[Any], Column[Any]], ...] = (
    (RoleBriefs.issued_by, RoleBriefs.champion_id),
    (ReadinessLog.checked_by, ReadinessLog.champion_id),
    (ImplementationPlan.confirmed_by, ImplementationPlan.champion_id),
    (StartSignOff.reviewed_by, StartSignOff.champion_id),
)
#: Who holds a role, and for which service (None: all).
_Held = dict[str, set[tuple[str, str | None]]]


def _roles_held(context: Context) -> _Held:
    """The roles of everybody known, by folded name; those who hold none are there with none."""
    held: _Held = {fold(name): set() for name in context.people}
    for person in context.snapshot.rows(People):
        if person.person and person.role:
            held[fold(person.person)].add((person.role, person.service))
    for service in context.snapshot.rows(Services):
        named = ((service.registered_manager, "Registered manager"), (service.team_leader, "Team leader"))
        for name, role in named:
            if name:
                held.setdefault(fold(name), set()).add((role, service.service_code))
    return held


def wrong_roles(context: Context) -> Iterator[Finding]:
    """Persons who are known, but hold none of the roles that an entry is given to."""
    held = _roles_held(context)
    for data in context.tables():
        for column in data.register.columns:
            if column.roles:
                yield from _wrong_in(context, column, held)


def _wrong_in(context: Context, column: Column[Any], held: _Held) -> Iterator[Finding]:
    services = _services_of(context, BY_TABLE[column.table])
    rows: Sequence[Any] = context.snapshot.rows(BY_TABLE[column.table])
    for row in rows:
        name = getattr(row, column.attr)
        roles = held.get(fold(name)) if name else None
        if roles is None or (column is Meetings.chair and row.kind != "Project board"):
            continue
        allowed = _serving(column.roles, services(row), held)
        if not any(role in allowed for role, _ in roles):
            yield WRONG_ROLE.finding(
                column.table,
                row=row.sheet_row,
                row_id=row.id,
                column=column.header,
                value=name,
                roles=" or ".join(role.lower() for role in column.roles),
            )


def _services_of(context: Context, register: type[Register]) -> Any:
    """The function from a row to the service it is about, or None."""
    names = {c.attr for c in register.columns}
    if "service" in names:
        return lambda row: row.service
    if "champion_id" in names:
        service_of = context.by_id(WorkforcePlan.service)
        return lambda row: service_of.get(row.champion_id)
    return lambda _: None


def _serving(roles: Collection[str], service: str | None, held: _Held) -> set[str]:
    """The roles that serve: those named, and where nobody holds one for the service, those that answer for it."""
    serving = set(roles)
    taken = {role for pairs in held.values() for role, of in pairs if service is None or of in (None, service)}
    if not serving & taken:
        serving |= {other for role in roles for other in FALL_BACK.get(role, ())}
    return serving


def self_reviews(context: Context) -> Iterator[Finding]:
    """Champions who did for themselves what somebody else has to do."""
    names = context.champion_names
    for column, champion in _ABOUT_A_CHAMPION:
        pairs = zip(context.values(column), context.values(champion), strict=True)
        for row, (name, champion_id) in zip(context.snapshot.rows(BY_TABLE[column.table]), pairs, strict=True):
            if name and champion_id and names.get(champion_id) == fold(name):
                yield _by_self(row, column, name)
    for plan in context.snapshot.rows(WorkforcePlan):
        if plan.name and plan.identified_by and fold(plan.name) == fold(plan.identified_by):
            yield _by_self(plan, WorkforcePlan.identified_by, plan.identified_by)


def _by_self(row: Any, column: Column[Any], name: str) -> Finding:
    return SELF_REVIEW.finding(column.table, row=row.sheet_row, row_id=row.id, column=column.header, value=name)


RULES: tuple[Rule, ...] = (wrong_roles, self_reviews)
