"""What entries say together: sign-offs, posts, evidence, guidance, sources.

Source: docs/contract/checks-and-triggers.md, Checks.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator
from typing import Any

from workbook.model.catalogue import BY_ID
from workbook.model.cells import fold, show, split_values
from workbook.model.declare import Column
from workbook.model.findings import Finding, Severity
from workbook.model.folding import eye
from workbook.model.late_patterns import late
from workbook.model.registers import (
    BY_TABLE,
    Actions,
    BoardDecisions,
    Guidance,
    ImprovementLog,
    ManagerReviews,
    Meetings,
    QualityReviews,
    Services,
    StartSignOff,
    SupportLog,
    TeamLeaderReviews,
    WorkforcePlan,
)
from workbook.model.triggers import PROGRAMME_SCOPE, ScopeKind
from workbook.model.view import ACTING, NOT_JUDGED
from workbook.rules.checks.context import Context
from workbook.rules.checks.declare import Check, Rule
from workbook.rules.checks.reading import UNKNOWN_REFERENCE, to_correct
from workbook.rules.in_force import in_force

UNSEEN = Check(
    code="signed-off-unseen",
    severity=Severity.WARNING,
    title="Signed off unseen",
    rule="A champion was signed off although a record was not seen.",
    message="Decision is Signed off, but {column} is No.",
    fix="Look at the record and say Yes, or change the decision to Not yet.",
)
ACTIVE_UNSIGNED = Check(
    code="active-without-sign-off",
    severity=Severity.WARNING,
    title="Active without sign-off",
    rule="A champion has the status Signed off or Active, and no start sign-off says so.",
    message="{column} is {value}, but the newest start sign-off does not say Signed off, or there is none.",
    fix="Record the project lead's review in Start sign-off, or set the status to Preparing.",
)
BEFORE_SIGN_OFF = Check(
    code="support-before-sign-off",
    severity=Severity.ERROR,
    title="Support before sign-off",
    rule="A champion gave support on a day on which no start sign-off let them.",
    message="{value} gave support on {day}, but was not signed off to start by then.",
    fix="Correct the date or the champion; if it is right, tell the project lead.",
)
NOT_IN_POST = Check(
    code="champion-not-in-post",
    severity=Severity.WARNING,
    title="Champion not in post",
    rule="A support entry is by a champion who was paused, reassigned or had stepped down on that day.",
    message="{value} was {status} from {since}, before this support was given.",
    fix="Correct the champion or the date, or the status in the Workforce plan.",
)
NO_EVIDENCE = Check(
    code="closed-without-evidence",
    severity=Severity.ERROR,
    title="Closed without evidence",
    rule="An action is Done without evidence, or an issue Closed without a resolution.",
    message="The status is {status}, but {column} is blank.",
    fix="Write in {column} what shows that it was done.",
)
UNCATEGORISED = Check(
    code="category-missing-after",
    severity=Severity.WARNING,
    title="Not categorised",
    rule="An issue has no category more than 7 days after it was raised.",
    message="This issue was raised on {day} and has no category yet.",
    fix="Ask the project lead to choose a category.",
)
UNOWNED = Check(
    code="decision-without-owner-or-date",
    severity=Severity.WARNING,
    title="Decision without owner or date",
    rule="A board decision other than No action has no owner or no due date.",
    message="This decision has no {missing}.",
    fix="Fill in who does it and by when.",
)
NOT_IN_FORCE = Check(
    code="guidance-not-in-force",
    severity=Severity.WARNING,
    title="Guidance not in force",
    rule="A support entry follows guidance that was withdrawn, replaced, or not yet approved on that day.",
    message="{value} was {why} on {day}.",
    fix="Choose the guidance that was in force, or correct the date.",
)
NEAR_DUPLICATE = Check(
    code="near-duplicate-entry",
    severity=Severity.WARNING,
    title="Perhaps entered twice",
    rule="Two support entries have the same champion, staff member, workflow, need and date.",
    message="This looks like {other}: the same champion, staff member, workflow, need and day.",
    fix="If it is the same event, delete one of the two.",
)
CHECKS = (
    UNSEEN,
    ACTIVE_UNSIGNED,
    BEFORE_SIGN_OFF,
    NOT_IN_POST,
    NO_EVIDENCE,
    UNCATEGORISED,
    UNOWNED,
    NOT_IN_FORCE,
    NEAR_DUPLICATE,
)
_SEEN = (
    StartSignOff.selection_seen,
    StartSignOff.brief_seen,
    StartSignOff.training_seen,
    StartSignOff.readiness_seen,
    StartSignOff.protected_time_seen,
)
_CATEGORISE_DAYS = 7
#: The tables whose ids an action may name as its source (docs/contract/registers.md, Actions).
_ACTION_SOURCES = (TeamLeaderReviews, ManagerReviews, StartSignOff, Meetings, BoardDecisions)
_GUIDANCE_SOURCES = (TeamLeaderReviews, ManagerReviews, QualityReviews, BoardDecisions, Meetings)
_LIKE_AN_ID = late(r"[A-Z]{2}-\d+\Z|[PSF]\d{1,2}:", re.IGNORECASE)


def _on(check: Check, row: Any, column: Column[Any], value: str | None = None, **words: str) -> Finding:
    shown = show(getattr(row, column.attr)) if value is None else value
    return check.finding(column.table, row=row.sheet_row, row_id=row.id, column=column.header, value=shown, **words)


def sign_offs(context: Context) -> Iterator[Finding]:
    """Sign-offs of what was not seen, and champions who act without one."""
    for row in context.snapshot.rows(StartSignOff):
        for column in _SEEN:
            if row.decision == "Signed off" and getattr(row, column.attr) is False:
                yield _on(UNSEEN, row, column)
    if not context.has(StartSignOff.decision, StartSignOff.reviewed_on, StartSignOff.champion_id):
        return
    for champion in context.view.champions():
        if champion.status in ACTING and _unsigned(context, champion.champion_id, context.as_of):
            yield _on(ACTIVE_UNSIGNED, champion, WorkforcePlan.status)


def _unsigned(context: Context, champion_id: str, day: dt.date) -> bool:
    """Whether no start sign-off lets a champion start by a day. One that can't be read is a finding of its own."""
    view = context.view
    signed = view.signed_off(champion_id, day) or view.unsure_sign_offs(champion_id, day, unplaced=True)
    return not signed


def support(context: Context) -> Iterator[Finding]:
    """Support by champions who were not to give any on that day."""
    if not context.has(SupportLog.champion_id, SupportLog.date):
        return
    pairs = set(zip(context.values(SupportLog.champion_id), context.values(SupportLog.date), strict=True))
    known = [(champion, day) for champion, day in pairs if champion and day]
    signed = context.has(StartSignOff.decision, StartSignOff.reviewed_on, StartSignOff.champion_id)
    early = {pair for pair in known if signed and _unsigned(context, *pair)}
    away = {pair: left for pair in known if (left := _left(context, *pair)) is not None}
    if not early and not away:
        return
    for row in context.snapshot.rows(SupportLog):
        pair = (row.champion_id, row.date)
        if pair in early:
            yield _on(BEFORE_SIGN_OFF, row, SupportLog.champion_id, day=show(row.date))
        if pair in away:
            status, since = away[pair]
            yield _on(NOT_IN_POST, row, SupportLog.champion_id, status=status.lower(), since=show(since))


def _left(context: Context, champion_id: str, day: dt.date) -> tuple[str, dt.date] | None:
    """The status and since when, of a champion who was not in post that day; a blank Status since tells nothing."""
    champion = context.snapshot.find(WorkforcePlan, champion_id)
    if champion is None or champion.status not in NOT_JUDGED or champion.status_since is None:
        return None
    return (champion.status, champion.status_since) if champion.status_since <= day else None


def evidence(context: Context) -> Iterator[Finding]:
    """What was closed without saying what shows it."""
    closed = (
        (Actions.status, "Done", Actions.evidence),
        (ImprovementLog.status, "Closed", ImprovementLog.resolution),
    )
    for status, word, shown in closed:
        if context.has(status, shown):
            for row in context.rows_with(status, (word,)):
                if getattr(row, shown.attr) is None and shown.attr not in row.bad:
                    yield _on(NO_EVIDENCE, row, shown, status=word)


def decisions(context: Context) -> Iterator[Finding]:
    """Issues that wait for a category, and decisions that nobody owns."""
    for issue in context.view.rows(ImprovementLog) if context.has(ImprovementLog.category) else ():
        waited = (context.as_of - issue.raised_on).days
        if issue.category is None and ImprovementLog.category.attr not in issue.bad and waited > _CATEGORISE_DAYS:
            yield _on(UNCATEGORISED, issue, ImprovementLog.category, day=show(issue.raised_on))
    if not context.has(BoardDecisions.owner, BoardDecisions.due_date):
        return
    for row in context.snapshot.rows(BoardDecisions):
        blank = [c for c in (BoardDecisions.owner, BoardDecisions.due_date) if _is_blank(row, c)]
        if blank and row.action_type != "No action":
            yield _on(UNOWNED, row, blank[0], missing=" and no ".join(c.header.lower() for c in blank))


def _is_blank(row: Any, column: Column[Any]) -> bool:
    return getattr(row, column.attr) is None and column.attr not in row.bad


def guidance(context: Context) -> Iterator[Finding]:
    """Guidance followed before it was approved, or after it was withdrawn or a newer version replaced it."""
    if not context.has(SupportLog.guidance_followed, SupportLog.date):
        return
    known = in_force(context.snapshot.rows(Guidance))
    for row in context.rows_with(SupportLog.guidance_followed, set(context.values(Guidance.guidance_id)) - {None}):
        days = known.get(fold(row.guidance_followed))
        why = ""
        if row.date is not None and days is not None and not days.on(row.date):
            gone = f"replaced by {days.replaced_by} already" if days.replaced_by else "withdrawn already"
            why = "not approved yet" if row.date < days.first else gone
        if why:
            yield _on(NOT_IN_FORCE, row, SupportLog.guidance_followed, why=why, day=show(row.date))


def near_duplicates(context: Context) -> Iterator[Finding]:
    """Support entries that say the same of the same day; the second and later ones."""
    same = (SupportLog.champion_id, SupportLog.staff_member, SupportLog.workflow, SupportLog.support_need)
    if not context.has(*same, SupportLog.date):
        return
    folded = {name: fold(name) for name in set(context.values(SupportLog.staff_member)) if name}
    champions, staff, *others = (context.values(column) for column in (*same, SupportLog.date))
    keys = zip(champions, map(folded.get, staff), *others, strict=True)
    first: dict[tuple[Any, ...], Any] = {}
    for key, row in zip(keys, context.snapshot.rows(SupportLog), strict=True):
        if None in key:
            continue
        other = first.setdefault(key, row)
        if other is not row:
            yield _on(NEAR_DUPLICATE, row, SupportLog.support_id, other=other.id or f"row {other.sheet_row}")


def sources(context: Context) -> Iterator[Finding]:
    """Triggers and ids named as where something comes from."""
    named = (
        (Actions.origin, _ACTION_SOURCES, True),
        (BoardDecisions.trigger, (), True),
        (TeamLeaderReviews.triggers_considered, (), True),
        (Guidance.origin, _GUIDANCE_SOURCES, False),
    )
    scopes = _scopes(context)
    for column, registers, strict in named:
        keys = [r.key for r in registers if r.key is not None]
        ids = {fold(i) for key in keys for i in context.values(key) if i}
        for row in context.snapshot.rows(BY_TABLE[column.table]):
            for part in split_values(getattr(row, column.attr)):
                plain = eye(part)
                doubtful = strict or _LIKE_AN_ID.match(plain)
                if doubtful and fold(part) not in ids and not _is_trigger(part, scopes):
                    target = "the triggers" if not registers or ":" in plain else "the reviews, meetings and decisions"
                    yield _on(
                        UNKNOWN_REFERENCE, row, column, detail=part, target=target, what_to_do=to_correct(part, target)
                    )


def _scopes(context: Context) -> dict[ScopeKind, Collection[str]]:
    return {
        ScopeKind.CHAMPION: {fold(i) for i in context.values(WorkforcePlan.champion_id) if i},
        ScopeKind.SERVICE: {fold(i) for i in context.values(Services.service_code) if i},
        ScopeKind.PROGRAMME: {PROGRAMME_SCOPE.id},
    }


def _is_trigger(text: str, scopes: dict[ScopeKind, Collection[str]]) -> bool:
    name, _, scope = eye(text).partition(":")
    trigger = BY_ID.get(name.strip().upper())
    return trigger is not None and fold(scope) in scopes[trigger.scope]


RULES: tuple[Rule, ...] = (sign_offs, support, evidence, decisions, guidance, near_duplicates, sources)
