"""Early warnings on preparing champions, P6 to P8. Their strongest state is watch.

Source: docs/contract/checks-and-triggers.md, "Preparing champions"; article, operational example 1, what can go wrong.
"""

from __future__ import annotations

from workbook.model.cells import split_values
from workbook.model.registers import ReadinessLog, RoleBriefs, SupportLog, WorkforcePlan
from workbook.model.triggers import Judgement, State
from workbook.model.view import ACTING, View, newest
from workbook.rules.triggers.preparing_common import (
    Reason,
    champion_of,
    combined,
    counted,
    listed,
    newest_brief,
    nothing_known,
)


def weak_workflows(view: View, champion_id: str) -> Judgement:
    """P6: little understanding of care workflows, or chosen for confidence with technology alone."""
    champion = champion_of(view, champion_id)
    checks = view.usable_by(
        ReadinessLog.champion_id, ReadinessLog, ReadinessLog.care_workflows, ReadinessLog.assistive_technology
    )(champion_id)
    latest = newest(checks.rows, ReadinessLog.checked_on)
    row = champion.row
    known = row.workflow_understanding is not None and row.technology_confidence is not None
    left = len(checks.left_out) + (not known)
    if not known and latest is None:
        return nothing_known(champion.who, "neither scores nor a readiness check can be read", left)
    reasons = [Reason(State.WATCH, words, (row,)) for words in (_score_faults(view, row) if known else ())]
    if latest is not None:
        areas = (ReadinessLog.care_workflows, ReadinessLog.assistive_technology)
        weak = [c.header.lower() for c in areas if getattr(latest, c.attr) == "Not yet"]
        if weak:
            reasons.append(
                Reason(State.WATCH, f"readiness check {latest.id} says Not yet for {listed(weak)}", (latest,))
            )
    return combined(
        champion.who,
        reasons,
        clear="nothing points to a weak understanding of care workflows",
        rows=[r for r in (row, latest) if r is not None],
        value=row.workflow_understanding,
        threshold=view.threshold("P6", "Understanding at most"),
        left_out=left,
    )


def _score_faults(view: View, row: WorkforcePlan) -> list[str]:
    understanding, confidence = row.workflow_understanding, row.technology_confidence
    faults = []
    if understanding <= view.threshold("P6", "Understanding at most"):
        faults.append(f"care workflow understanding is scored {understanding} of 5")
    if confidence - understanding >= view.threshold("P6", "Technology gap"):
        faults.append(
            f"technology confidence ({confidence}) stands well above care workflow understanding ({understanding})"
        )
    return faults


def unclear_boundaries(view: View, champion_id: str) -> Judgement:
    """P7: the newest role brief says nothing, or next to nothing, about the limits of the role."""
    champion = champion_of(view, champion_id)
    brief, left = newest_brief(view, champion_id, RoleBriefs.boundaries)
    if brief is None:
        return nothing_known(champion.who, "there is no role brief that can be read", left)
    words, least = len((brief.boundaries or "").split()), view.threshold("P7", "Minimum words")
    reasons = []
    if not words:
        reasons.append(Reason(State.WATCH, f"role brief {brief.id} leaves the role boundaries blank", (brief,)))
    elif words < least:
        said = f"role brief {brief.id} describes the role boundaries in only {counted(words, 'word')}"
        reasons.append(Reason(State.WATCH, said, (brief,)))
    clear = f"role brief {brief.id} describes the role boundaries in {counted(words, 'word')}"
    return combined(champion.who, reasons, clear=clear, rows=(brief,), value=words, threshold=least, left_out=left)


def cover_gap(view: View, service_code: str) -> Judgement:
    """P8: a shift, or a whole service, without an acting champion; or all of one job role.

    The shifts seen are those of every row of the plan, whatever its status, and those of the support log.
    """
    plan = view.usable_by(
        WorkforcePlan.service,
        WorkforcePlan,
        WorkforcePlan.job_role,
        WorkforcePlan.usual_shift,
        WorkforcePlan.other_shifts,
        WorkforcePlan.status,
    )(service_code)
    entries = view.usable_by(SupportLog.service, SupportLog, SupportLog.shift)(service_code)
    acting = [row for row in plan.rows if row.status in ACTING]
    covered = {shift for row in acting for shift in _shifts(row)}
    reasons = [] if acting else [Reason(State.WATCH, "there is no active champion", plan.rows)]
    seen = dict.fromkeys([*(s for row in plan.rows for s in _shifts(row)), *(e.shift for e in entries.rows)])
    gaps = [shift for shift in seen if shift not in covered]
    if gaps:
        planned = [row for row in plan.rows if not covered.issuperset(_shifts(row))]
        worked = [entry for entry in entries.rows if entry.shift not in covered]
        shifts = f"the {listed(gaps)} shift{'' if len(gaps) == 1 else 's'}"
        reasons.append(Reason(State.WATCH, f"no active champion works {shifts}", (*planned, *worked)))
    roles = {row.job_role for row in acting}
    if len(acting) > 1 and len(roles) == 1:
        words = f"all {len(acting)} active champions hold the same job role ({roles.pop()})"
        reasons.append(Reason(State.WATCH, words, acting))
    cover = f"{counted(len(acting), 'active champion')} cover{'s' if len(acting) == 1 else ''} every shift seen"
    return combined(
        _service_name(view, service_code),
        reasons,
        clear=cover,
        rows=acting,
        value=len(gaps) + len(reasons) - bool(gaps),
        left_out=len(plan.left_out) + len(entries.left_out),
    )


def _shifts(row: WorkforcePlan) -> tuple[str, ...]:
    return (row.usual_shift, *split_values(row.other_shifts))


def _service_name(view: View, code: str) -> str:
    name = view.service_name(code)
    return f"{name} ({code})" if name != code else code
