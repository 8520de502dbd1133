"""The highlight report: what was done, what comes, how far from the limits, and what was learned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from workbook.documents.declare import Material
from workbook.documents.issues import CLOSED, Issues, standing
from workbook.documents.log import is_overdue
from workbook.documents.loops import untold_services
from workbook.documents.period import Period
from workbook.documents.words import counted, day, listed, service_name, text
from workbook.model.cells import fold
from workbook.model.light_dataclasses import dataclass
from workbook.model.registers import (
    Actions,
    BoardDecisions,
    ImprovementLog,
    Services,
    StartSignOff,
    SupportLog,
    TrainingMatrix,
    UpdatesShared,
)
from workbook.model.view import View, needs_seen
from workbook.rules.reviews import GOVERNANCE

#: The days that are looked ahead where no next meeting is known.
AHEAD_DAYS = 28
#: So many lines of each kind are shown; the rest stand in the workbook.
SHOWN = 8


@dataclass(frozen=True)
class Tolerance:
    """A limit, how it stands, and whether it is kept."""

    what: str
    limit: str
    now: str
    kept: str


@dataclass(frozen=True)
class ChangeRequest:
    """An issue that asks for the system to be configured anew, with no decision on it yet."""

    id: str
    what: str
    standing: str


@dataclass(frozen=True)
class Lesson:
    """What was tried, and whether it helped."""

    what: str
    result: str
    rows: str


def done(view: View, period: Period) -> list[str]:
    """What happened in the period, a sentence each."""
    support = [e for e in view.rows(SupportLog) if period.holds(e.date)]
    staff = len({fold(e.staff_member) for e in support if e.staff_member})
    issues = view.rows(ImprovementLog)
    raised = sum(period.holds(m.raised_on) for m in issues)
    closed = sum(m.closed_on is not None and period.holds(m.closed_on) for m in issues)
    signed = sum(s.decision == "Signed off" and period.holds(s.reviewed_on) for s in view.rows(StartSignOff))
    finished = sum(a.completed_on is not None and period.holds(a.completed_on) for a in view.rows(Actions))
    told = [u for u in view.rows(UpdatesShared) if period.holds(u.shared_on)]
    helped = f"{len(needs_seen(support))} with a need, for {counted(staff, 'member')} of staff"
    return [
        f"Support: {counted(len(support), 'entry', 'entries')}, {helped}.",
        f"Issues: {raised} raised, {closed} closed.",
        f"Champions: {counted(signed, 'start sign-off')}.",
        f"Actions: {finished} completed. Staff were told of decisions {counted(len(told), 'time')}.",
    ]


def coming(material: Material, until: dt.date) -> list[str]:
    """What falls due up to a day, a sentence each."""
    view = material.view
    actions = [
        a
        for a in view.rows(Actions)
        if a.completed_on is None
        and a.status not in ("Done", "Cancelled")
        and a.due_date is not None
        and view.as_of <= a.due_date <= until
    ]
    due = [r for r in material.reviews if r.next_due is not None and r.next_due <= until and not r.days_late]
    late = sum(r.days_late > 0 for r in material.reviews)
    training = [
        t
        for t in view.rows(TrainingMatrix)
        if t.planned_on is not None and t.completed_on is None and view.as_of <= t.planned_on <= until
    ]
    live = [
        s
        for s in view.snapshot.rows(Services)
        if s.go_live is not None and view.as_of < s.go_live <= until and s.in_use
    ]
    named = listed(f"{service_name(view, s.service_code)} on {day(s.go_live)}" for s in live)
    late_words = f"{counted(late, 'review')} {'is' if late == 1 else 'are'} late already"
    planned = f"{counted(len(training), 'training')} {'is' if len(training) == 1 else 'are'} planned."
    falling = f"{counted(len(actions), 'action')} and {counted(len(due), 'review')} fall due"
    return [
        f"Up to {day(until)}: {falling}; {late_words}.",
        planned if training else "No training is planned.",
        f"Services that go live: {named}." if live else "No service goes live.",
    ]


def tolerances(material: Material) -> list[Tolerance]:
    """The limits that the board set by the rules' thresholds, each with how it stands."""
    return list(_tolerances(material))


def _tolerances(material: Material) -> Iterator[Tolerance]:
    view = material.view
    limit = view.days("F1", "Open days")
    ages = [(view.as_of - m.raised_on).days for m in view.rows(ImprovementLog) if m.status != CLOSED]
    over = sum(age > limit for age in ages)
    oldest = f"oldest {counted(max(ages), 'day')}" if ages else "none is open"
    yield _tolerance("Age of an open issue", counted(limit, "day"), f"{over} beyond; {oldest}", over)
    overdue = sum(is_overdue(view, a) for a in view.rows(Actions))
    yield _tolerance("Overdue actions", "None", f"{overdue} overdue", overdue)
    share = view.days("F5", "Share within days")
    limits = dt.timedelta(days=share)
    untold = [
        d
        for d in view.rows(BoardDecisions)
        if d.due_date is not None and d.due_date + limits < view.as_of and untold_services(view, d)
    ]
    words = f"{counted(share, 'day')} after a decision's date"
    yield _tolerance("Telling staff of decisions", words, f"{len(untold)} late", len(untold))
    late = [r.days_late for r in material.reviews if r.review == GOVERNANCE and r.days_late > 0]
    behind = f"late by {counted(max(late), 'day')}" if late else "in time"
    yield _tolerance("Governance review", "In time", behind.capitalize(), len(late))
    changed = sum(t.changed for t in view.snapshot.thresholds.values())
    said = f"{changed} set by the board" if changed else "All as supplied"
    yield Tolerance("Thresholds of the rules", "Set by the board on the sheet Thresholds", said, "For information")


def _tolerance(what: str, limit: str, now: str, beyond: int) -> Tolerance:
    return Tolerance(what, limit, now, "Exceeded" if beyond else "Kept")


def change_requests(issues: Issues) -> list[ChangeRequest]:
    """Open issues of configuration on which nothing was decided, oldest first."""
    found = [
        f
        for f in issues.all()
        if f.open and any(m.category == "Configuration" for m in f.open) and not issues.decisions(f)
    ]
    found.sort(key=lambda f: min(m.raised_on for m in f.open))
    return [ChangeRequest(f.id, text(f.original.description), standing(issues, f)) for f in found[:SHOWN]]


_SAID = {
    "Less confusion": "It helped: less confusion",
    "Better system use": "It helped: better system use",
    "No change": "It changed nothing",
    "More confusion": "It made things worse: more confusion",
}


def lessons(view: View, period: Period) -> list[Lesson]:
    """What the updates shared in the period, or judged in it, say of decisions; and how closed issues were resolved."""
    found = []
    for update in view.rows(UpdatesShared):
        judged = update.result_recorded_on or update.shared_on
        decision = view.find(BoardDecisions, update.decision_id)
        if update.result in _SAID and period.holds(judged) and decision is not None:
            where = service_name(view, update.service)
            rows = f"Updates shared {update.id}; Board decisions {decision.id}"
            found.append(Lesson(f"{text(decision.decision)} ({where})", f"{_SAID[update.result]}.", rows))
    for issue in view.rows(ImprovementLog):
        if issue.closed_on is not None and period.holds(issue.closed_on) and issue.resolution:
            what = f"{issue.workflow or 'Issue'}: closed after {(issue.closed_on - issue.raised_on).days} days"
            found.append(Lesson(what, issue.resolution, f"Improvement log {issue.id}"))
    return found[:SHOWN]


def next_until(view: View) -> dt.date:
    """The end of the next period: the next board meeting, or 28 days on."""
    return view.next_board_meeting() or view.as_of + dt.timedelta(days=AHEAD_DAYS)


def more_of(number: int, shown: Sequence[object], what: str, sheet: str) -> str:
    """That there are more than the lines shown, and where they stand; '' where all are shown."""
    more = number - len(shown)
    return f"{counted(more, f'more {what}')}: sheet {sheet}." if more > 0 else ""
