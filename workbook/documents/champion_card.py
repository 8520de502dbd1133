"""What a champion's card holds: one page for supervision, and for an inspector who asks to be shown (champion-card)."""

from __future__ import annotations

import math
from collections.abc import Sequence

from workbook.documents.declare import About, Document, Material
from workbook.documents.log import ActionLine, action_log
from workbook.documents.words import NOT_RECORDED, about, counted, day, listed, service_name, text
from workbook.model.cells import fold, show
from workbook.model.light_dataclasses import dataclass
from workbook.model.registers import (
    ConfidenceTracker,
    ImplementationPlan,
    ProtectedTime,
    ReadinessLog,
    RoleBriefs,
    SupportLog,
    TrainingMatrix,
    WorkforcePlan,
)
from workbook.model.triggers import Scope
from workbook.model.view import View, median, needs_seen, newest

#: The days over which support and given hours are counted.
DAYS = 56
#: So many rows of a table fit on the page.
SHOWN = 8


@dataclass(frozen=True)
class TrainingLine:
    """A module of a champion's training."""

    module: str
    result: str
    completed: str
    refresher: str


@dataclass(frozen=True)
class ChampionCard:
    """The context of the template champion-card."""

    about: About
    champion: str
    role: str
    service: str
    status: str
    brief: str
    readiness: str
    protected: str
    support: str
    confidence: str
    training: Sequence[TrainingLine]
    training_more: str
    actions: Sequence[ActionLine]
    actions_more: str


def champion_card(document: Document, material: Material, scope: Scope) -> ChampionCard:
    """The card of one champion."""
    view, who = material.view, scope.id
    champion = view.find(WorkforcePlan, who)
    name = f"{who} {(champion.name if champion is not None else '') or ''}".strip()
    training = _training(view, who)
    actions = _actions(view, who, champion)
    return ChampionCard(
        about=about(document, material, name, who),
        champion=name,
        role=text(champion.job_role if champion is not None else None),
        service=service_name(view, champion.service) if champion is not None else NOT_RECORDED,
        status=_status(view, champion),
        brief=brief_words(view, who),
        readiness=readiness_words(view, who),
        protected=protected_words(view, who),
        support=_support(view, who),
        confidence=_confidence(view, who),
        training=training[:SHOWN],
        training_more=_more(len(training), "module", "Training matrix"),
        actions=actions[:SHOWN],
        actions_more=_more(len(actions), "action", "Actions"),
    )


def _more(number: int, word: str, sheet: str) -> str:
    return f"{counted(number - SHOWN, f'more {word}')}, sheet {sheet}." if number > SHOWN else ""


def _status(view: View, champion: WorkforcePlan | None) -> str:
    if champion is None:
        return NOT_RECORDED
    signed = view.newest_sign_off(champion.champion_id, view.as_of)
    words = text(champion.status)
    if champion.status_since is not None:
        words += f" since {day(champion.status_since)}"
    if signed is None:
        return f"{words}. No start sign-off is recorded."
    return f"{words}. Start sign-off: {(signed.decision or NOT_RECORDED).lower()} on {day(signed.reviewed_on)}."


def brief_words(view: View, who: str) -> str:
    """The newest role brief of a champion, in a sentence or two."""
    brief = newest(view.usable_by(RoleBriefs.champion_id, RoleBriefs)(who).rows, RoleBriefs.issued_on)
    if brief is None:
        return "No role brief is recorded."
    words = f"Version {show(brief.version)}, issued on {day(brief.issued_on)}, "
    words += f"acknowledged on {day(brief.acknowledged_on)}" if brief.acknowledged_on else "not acknowledged yet"
    return f"{words}. Responsibilities clear: {(brief.clear or 'not said').lower()}."


def readiness_words(view: View, who: str) -> str:
    """The newest readiness check of a champion, with what is not secure yet."""
    check = newest(view.usable_by(ReadinessLog.champion_id, ReadinessLog)(who).rows, ReadinessLog.checked_on)
    if check is None:
        return "No readiness check is recorded."
    columns = (
        ReadinessLog.recording_standards,
        ReadinessLog.escalation_routes,
        ReadinessLog.governance_expectations,
        ReadinessLog.care_workflows,
        ReadinessLog.assistive_technology,
    )
    open_points = [c.header.lower() for c in columns if getattr(check, c.attr) not in ("Secure", None)]
    words = f"{check.outcome or NOT_RECORDED}, checked on {day(check.checked_on)}."
    if open_points:
        return f"{words} Not secure yet: {listed(open_points)}."
    recorded = all(getattr(check, c.attr) is not None for c in columns)
    return f"{words} {'Secure in all five areas' if recorded else 'Not all five areas are recorded'}."


def protected_words(view: View, who: str) -> str:
    """The protected time agreed with a champion, and what was given of it."""
    rows = view.usable_by(ImplementationPlan.champion_id, ImplementationPlan)(who).rows
    plans = [r for r in rows if r.ended_on is None or r.ended_on > view.as_of]
    if not plans:
        return "No protected time is agreed."
    first, last = view.window(DAYS)
    weeks = [
        r.hours_given
        for r in view.usable_by(ProtectedTime.champion_id, ProtectedTime)(who).rows
        if first <= r.week_commencing <= last and r.hours_given is not None
    ]
    words = f"{show(round(math.fsum(r.hours_per_week for r in plans), 6))} hours a week agreed"
    if not weeks:
        return f"{words}; no week is recorded in the last {DAYS} days."
    given = show(round(sum(weeks) / len(weeks), 1))
    return f"{words}; {given} given on average in {counted(len(weeks), 'recorded week')}."


def _support(view: View, who: str) -> str:
    first, last = view.window(DAYS)
    rows = [r for r in view.rows(SupportLog) if fold(r.champion_id or "") == fold(who) and first <= r.date <= last]
    if not rows:
        return f"No support is recorded in the last {DAYS} days."
    staff = len({fold(r.staff_member) for r in rows if r.staff_member})
    unsettled = sum(r.outcome in ("Escalated", "Unresolved") for r in rows)
    return (
        f"{counted(len(needs_seen(rows)), 'support need')} in {counted(len(rows), 'entry', 'entries')} with "
        f"{counted(staff, 'member')} of staff in the last {DAYS} days; {unsettled} escalated or unresolved."
    )


def _confidence(view: View, who: str) -> str:
    own = {fold(r.id) for r in view.rows(SupportLog) if fold(r.champion_id or "") == fold(who) and r.id}
    pairs = [
        (r.confidence_before, r.confidence_after)
        for r in view.rows(ConfidenceTracker)
        if fold(r.support_id or "") in own and r.confidence_before is not None and r.confidence_after is not None
    ]
    if not pairs:
        return "Nobody whom the champion helped has scored their confidence yet."
    up = sum(after > before for before, after in pairs)
    down = sum(after < before for before, after in pairs)
    change = median([after - before for before, after in pairs])
    return (
        f"{counted(len(pairs), 'score')} before and after: median change {change:+g}; up {up}, "
        f"the same {len(pairs) - up - down}, down {down}."
    )


def _training(view: View, who: str) -> list[TrainingLine]:
    rows = view.usable_by(TrainingMatrix.champion_id, TrainingMatrix)(who).rows
    return [
        TrainingLine(
            module=text(r.module),
            result=text(r.result, "Planned" if r.planned_on else "Not started"),
            completed=day(r.completed_on, f"Planned {day(r.planned_on)}" if r.planned_on else "No date"),
            refresher=_refresher(view, r),
        )
        for r in rows
    ]


def _refresher(view: View, row: TrainingMatrix) -> str:
    if row.refresher_due is None:
        return "None due"
    late = row.refresher_due < view.as_of
    return f"{day(row.refresher_due)}{', overdue' if late else ''}"


def _actions(view: View, who: str, champion: WorkforcePlan | None) -> list[ActionLine]:
    """Open actions that the champion owns, or that a trigger about the champion asks for."""
    name = fold((champion.name if champion is not None else None) or who)
    return [
        line
        for line in action_log(view, view.as_of)
        if (fold(line.owner) == name or fold(line.source).endswith(f":{fold(who)}")) and not line.unproven
    ]
