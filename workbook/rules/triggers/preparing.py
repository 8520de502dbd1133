"""Rules on preparing champions, P1 to P5. See the catalogue of the same name for what each asks.

Source: docs/contract/checks-and-triggers.md, "Preparing champions" and "How every rule is read";
article, operational example 1.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence

from workbook.model.cells import show
from workbook.model.registers import (
    ImplementationPlan,
    ProtectedTime,
    ReadinessLog,
    RoleBriefs,
    StartSignOff,
    SupportLog,
    TrainingMatrix,
)
from workbook.model.triggers import Judgement, State
from workbook.model.view import Usable, View, group_by, newest
from workbook.rules.triggers.preparing_common import (
    Champion,
    Reason,
    champion_of,
    combined,
    counted,
    listed,
    newest_brief,
    nothing_known,
)
from workbook.rules.triggers.preparing_warnings import cover_gap, unclear_boundaries, weak_workflows

#: The responsibilities that every role brief sets out (article, example 1, step 2).
_RESPONSIBILITIES = (RoleBriefs.peer_support, RoleBriefs.issue_reporting, RoleBriefs.correct_workflows)
#: The areas of care governance that a readiness check covers (article, example 1, step 4).
_GOVERNANCE = (ReadinessLog.recording_standards, ReadinessLog.escalation_routes, ReadinessLog.governance_expectations)
_WEEK = dt.timedelta(days=7)


def unclear_responsibilities(view: View, champion_id: str) -> Judgement:
    """P1: no role brief, or the newest one is incomplete, not acknowledged or not clear."""
    champion = champion_of(view, champion_id)
    limit = view.days("P1", "Acknowledge within days")
    brief, left_out = newest_brief(
        view, champion_id, *_RESPONSIBILITIES, RoleBriefs.boundaries, RoleBriefs.acknowledged_on, RoleBriefs.clear
    )
    left = left_out + champion.left_out
    if brief is None:
        return combined(champion.who, [_missing(champion, "there is no role brief")], threshold=limit, left_out=left)
    age = (view.as_of - brief.issued_on).days
    reasons = [Reason(State.RAISED, words, (brief,)) for words in _brief_faults(brief, age, limit)]
    clear = f"role brief {brief.id} of {show(brief.issued_on)} is complete"
    clear += ", acknowledged and clear" if brief.acknowledged_on and brief.clear else " and not yet overdue for reply"
    return combined(champion.who, reasons, clear=clear, rows=(brief,), value=age, threshold=limit, left_out=left)


def _missing(champion: Champion, words: str) -> Reason:
    """Something that must be there: an early warning before sign-off, raised when acting."""
    if champion.acting:
        return Reason(State.RAISED, f"{words}, although already active", (champion.row,))
    return Reason(State.WATCH, f"{words} yet", (champion.row,))


def _brief_faults(brief: RoleBriefs, age: int, limit: int) -> list[str]:
    lacking = [c.header.lower() for c in (*_RESPONSIBILITIES, RoleBriefs.boundaries) if not getattr(brief, c.attr)]
    faults = []
    if lacking:
        faults.append(f"role brief {brief.id} says nothing under {listed(lacking)}")
    if age > limit and brief.acknowledged_on is None:
        faults.append(f"role brief {brief.id} was issued on {show(brief.issued_on)} and is still not acknowledged")
    if brief.clear in ("Partly", "No"):
        answer = "only partly clear" if brief.clear == "Partly" else "not clear"
        faults.append(f"the responsibilities in role brief {brief.id} are {answer} to the champion")
    elif brief.clear is None and age > limit:
        faults.append(f"{age} days after role brief {brief.id} was issued, nobody has noted whether it is clear")
    return faults


def incomplete_training(view: View, champion_id: str) -> Judgement:
    """P2: a required module not passed in time, or its refresher overdue, or no required module at all."""
    champion = champion_of(view, champion_id)
    training = view.usable_by(
        TrainingMatrix.champion_id,
        TrainingMatrix,
        TrainingMatrix.module,
        TrainingMatrix.required,
        TrainingMatrix.planned_on,
        TrainingMatrix.completed_on,
        TrainingMatrix.result,
        TrainingMatrix.refresher_due,
    )(champion_id)
    left = len(training.left_out) + champion.left_out
    modules = group_by(training.rows, lambda row: row.module)
    required = {module: rows for module, rows in modules.items() if any(row.required for row in rows)}
    if not required and champion.acting:
        words = "no training module is marked as required, although already active"
        return combined(champion.who, [Reason(State.RAISED, words, (champion.row,))], value=0, left_out=left)
    if not training.rows:
        return nothing_known(champion.who, "the training matrix has no entry that can be read", left)
    found = [_module_fault(view, module, rows, champion) for module, rows in required.items()]
    reasons = [reason for reason in found if reason is not None]
    clear = (
        f"nothing is overdue in {counted(len(required), 'required module')}" if required else "no module is required"
    )
    rows = [row for rows in required.values() for row in rows]
    return combined(champion.who, reasons, clear=clear, rows=rows, value=len(reasons), left_out=left)


def _module_fault(view: View, module: str, rows: Sequence[TrainingMatrix], champion: Champion) -> Reason | None:
    latest = newest([row for row in rows if row.result == "Passed"], TrainingMatrix.completed_on)
    if latest is not None:
        if latest.refresher_due is None or latest.refresher_due >= view.as_of:
            return None
        return Reason(State.RAISED, f"the refresher of {module} was due on {show(latest.refresher_due)}", (latest,))
    wanted = [row for row in rows if row.required]
    late = [row for row in wanted if row.planned_on is not None and row.planned_on < view.as_of]
    if late:
        first = min(row.planned_on for row in late if row.planned_on is not None)
        return Reason(State.RAISED, f"{module} was planned for {show(first)} and is not passed", late)
    if champion.acting:
        return Reason(State.RAISED, f"{module} is required and not passed, although already active", wanted)
    return None


def lack_of_protected_time(view: View, champion_id: str) -> Judgement:
    """P3: no commitment in force, too few hours promised, or too few of them given."""
    champion = champion_of(view, champion_id)
    plan = view.usable_by(
        ImplementationPlan.champion_id,
        ImplementationPlan,
        ImplementationPlan.hours_per_week,
        ImplementationPlan.ended_on,
    )(champion_id)
    given = view.usable_by(ProtectedTime.champion_id, ProtectedTime, ProtectedTime.hours_given)(champion_id)
    least = view.threshold("P3", "Minimum hours")
    in_force = _in_force(plan.rows, view.as_of)
    hours = _hours(in_force)
    reasons = []
    if not in_force:
        reasons.append(_missing(champion, "no protected time is agreed"))
    elif hours < least:
        words = f"the protected time agreed is {show(hours)} hours a week, fewer than {show(least)}"
        reasons.append(Reason(State.RAISED, words, in_force))
    recent = _recent_weeks(view, given.rows)
    left = len(plan.left_out) + len(given.left_out) + champion.left_out
    fewest = int(max(view.threshold("P3", "Minimum entries"), 1))
    if not reasons and len(recent) < fewest:
        words = f"{show(hours)} hours a week of protected time are agreed, but only "
        words += f"{counted(len(recent), 'week')} of the last {view.days('P3', 'Weeks')} on record; {fewest} are needed"
        return nothing_known(champion.who, words, left)
    share, short = _share(view, plan, recent) if len(recent) >= fewest else (None, [])
    value, threshold = hours, least
    if share is not None and not reasons:
        value, threshold = share, view.threshold("P3", "Minimum share percent")
    clear = f"{show(hours)} hours a week of protected time are agreed"
    clear += "; none were in the weeks on record" if share is None else f" and {show(share)}% of the hours were given"
    return combined(
        champion.who,
        [*reasons, *short],
        clear=clear,
        rows=in_force,
        value=value,
        threshold=threshold,
        left_out=left,
    )


def _in_force(commitments: Sequence[ImplementationPlan], day: dt.date) -> list[ImplementationPlan]:
    """The commitments that count on a day; `Ended on` is the first day that no longer counts."""
    return [c for c in commitments if c.confirmed_on <= day and (c.ended_on is None or day < c.ended_on)]


def _hours(commitments: Sequence[ImplementationPlan]) -> float:
    return round(math.fsum(c.hours_per_week for c in commitments), 6)


def _recent_weeks(view: View, entries: Sequence[ProtectedTime]) -> list[ProtectedTime]:
    """The entries of the last full weeks that P3 looks at."""
    this_monday = _monday(view.as_of)
    first = this_monday - view.days("P3", "Weeks") * _WEEK
    return [row for row in entries if first <= row.week_commencing < this_monday]


def _share(
    view: View, plan: Usable[ImplementationPlan], rows: Sequence[ProtectedTime]
) -> tuple[float | None, list[Reason]]:
    """Hours given as a percentage of those promised for the weeks with an entry; and what is wrong with it.

    The percentage is None where nothing was promised for their weeks.
    """
    mondays = sorted({_monday(row.week_commencing) for row in rows})
    promised = round(math.fsum(_hours(_in_force(plan.rows, monday)) for monday in mondays), 6)
    if promised <= 0:
        return None, []
    given = round(math.fsum(row.hours_given for row in rows), 6)
    share = round(given / promised * 100, 1)
    if given * 100 >= view.threshold("P3", "Minimum share percent") * promised:
        return share, []
    weeks = f"{counted(len(mondays), 'week')} from {show(mondays[0])}"
    words = f"{show(given)} of {show(promised)} protected hours ({show(share)}%) were given in {weeks}"
    return share, [Reason(State.RAISED, words, rows)]


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def poor_governance_understanding(view: View, champion_id: str) -> Judgement:
    """P4: the newest readiness check shows gaps in care governance, or there is none, or its re-check is overdue."""
    champion = champion_of(view, champion_id)
    checks = view.usable_by(ReadinessLog.champion_id, ReadinessLog, *_GOVERNANCE, ReadinessLog.recheck_due)(champion_id)
    left = len(checks.left_out) + champion.left_out
    limit = view.threshold("P4", "Developing areas")
    latest = newest(checks.rows, ReadinessLog.checked_on)
    if latest is None:
        words = "there is no readiness check, although already active"
        if champion.acting:
            return combined(champion.who, [Reason(State.RAISED, words, (champion.row,))], left_out=left)
        return nothing_known(champion.who, "there is no readiness check that can be read yet", left)
    missing = [c.header.lower() for c in _GOVERNANCE if getattr(latest, c.attr) == "Not yet"]
    developing = [c.header.lower() for c in _GOVERNANCE if getattr(latest, c.attr) == "Developing"]
    check = f"readiness check {latest.id} of {show(latest.checked_on)}"
    faults = []
    if missing:
        faults.append(f"{check} found no understanding yet of {listed(missing)}")
    if developing and len(developing) >= limit:
        faults.append(f"{check} found {listed(developing)} still developing")
    if latest.recheck_due is not None and latest.recheck_due < view.as_of:
        faults.append(f"the re-check after {latest.id} was due on {show(latest.recheck_due)}")
    return combined(
        champion.who,
        [Reason(State.RAISED, words, (latest,)) for words in faults],
        clear=f"{check} shows enough understanding of care governance",
        rows=(latest,),
        value=len(missing) + len(developing),
        threshold=limit,
        left_out=left,
    )


def started_before_sign_off(view: View, champion_id: str) -> Judgement:
    """P5: support given on a day when not signed off to start. A sign-off that can't be read settles nothing."""
    champion = champion_of(view, champion_id)
    entries = view.usable_by(SupportLog.champion_id, SupportLog)(champion_id)
    decisions = view.usable_by(StartSignOff.champion_id, StartSignOff, StartSignOff.decision)(champion_id)
    left = len(entries.left_out) + len(decisions.left_out)
    if not entries.rows:
        return nothing_known(champion.who, "the support log has no entry by this champion", left)
    latest = {day: view.newest_sign_off(champion_id, day) for day in {entry.date for entry in entries.rows}}
    safe = {day for day, decision in latest.items() if decision is not None and decision.decision == "Signed off"}
    unsure = {day for day in latest if day not in safe and view.unsure_sign_offs(champion_id, day)}
    judged = [entry for entry in entries.rows if entry.date not in unsure]
    if not judged:
        return nothing_known(champion.who, "the start sign-off can't be read", left)
    early = sorted((entry for entry in judged if entry.date not in safe), key=lambda entry: entry.date)
    refused = {d.ordinal: d for day, d in latest.items() if d is not None and day not in safe | unsure}
    reasons = []
    if early:
        days = listed([show(day) for day in sorted({entry.date for entry in early})], at_most=3)
        words = f"{counted(len(early), 'support entry', 'support entries')} made while not signed off to start ({days})"
        reasons.append(Reason(State.RAISED, words, (*early, *(refused[n] for n in sorted(refused)))))
    clear = f"all {counted(len(judged), 'support entry', 'support entries')} came after the start sign-off"
    return combined(champion.who, reasons, clear=clear, value=len(early), left_out=left)


PREPARING_RULES: dict[str, Callable[[View, str], Judgement]] = {
    "P1": unclear_responsibilities,
    "P2": incomplete_training,
    "P3": lack_of_protected_time,
    "P4": poor_governance_understanding,
    "P5": started_before_sign_off,
    "P6": weak_workflows,
    "P7": unclear_boundaries,
    "P8": cover_gap,
}
