"""Rules on audits, staff and outcome measures: F2, F3, F7 and F11."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from workbook.model.cells import fold, show
from workbook.model.declare import Column, Register
from workbook.model.registers import ConfidenceTracker, ImprovementLog, OutcomeMeasures, OutcomeReadings, QualityReviews
from workbook.model.registers.evidence import PARTS
from workbook.model.triggers import Judgement, State
from workbook.model.view import View, group_by, newest
from workbook.rules.feedback import after_scores
from workbook.rules.series import Series, series_of_kind, weekly_after_scores
from workbook.rules.trends import MAKING_DATA_COUNT, Signal, Trend, trend
from workbook.rules.triggers.feedback_common import Case, count_rows, counted, ids, joined, judged, no_data

_AFFECTED: dict[Column[Any], str] = {
    QualityReviews.care_evidence: "care evidence",
    QualityReviews.risk_management: "risk management",
    QualityReviews.audit_quality: "audit quality",
}
_UNREADABLE = "?"
#: A blank baseline is what F11 looks for; only one that can't be read leaves a measure out.
_BASELINE = {OutcomeMeasures.baseline_value.attr, OutcomeMeasures.baseline_date.attr}


def audit_concerns(view: View, _scope: str) -> Judgement:
    """F2: quality reviews, audits or the completion of records give cause for concern."""
    reviewed, unread_reviews = _review_concerns(view)
    audited, unread_audits = _audit_concerns(view)
    completion = series_of_kind(view, "Record completion")
    left_out = count_rows(unread_reviews, unread_audits, completion.left_out)
    if not view.has_rows(QualityReviews) and not view.has_rows(OutcomeReadings):
        return no_data("No quality review and no reading of a measure is entered yet", left_out)
    worse, note = _worsening(completion.series)
    clear = "No quality review, audit or record completion figure gives cause for concern"
    return judged(State.RAISED, [*reviewed, *audited, *worse], clear=clear, left_out=left_out, note=note)


def _review_concerns(view: View) -> tuple[list[Case], list[Register]]:
    """Any review that says Medium or High of an issue not closed; and what could not be read."""
    columns = (QualityReviews.issue_id, QualityReviews.severity, *_AFFECTED)
    reviews = view.usable(QualityReviews, *columns)
    cases: list[Case] = []
    left_out: list[Register] = [*reviews.left_out]
    for review in reviews.rows:
        affected = [words for column, words in _AFFECTED.items() if getattr(review, column.attr)]
        if not affected or review.severity == "Low":
            continue
        status = _status(view, review.issue_id)
        if status == _UNREADABLE:
            left_out.append(review)
        elif status != "Closed":
            issue = view.find(ImprovementLog, review.issue_id)
            words = f"{review.id} says that {review.issue_id} affects {joined(affected)}, severity {review.severity}"
            cases.append(Case(words, [review, issue] if issue is not None else [review]))
    return cases, left_out


def _status(view: View, issue_id: str) -> str:
    """An issue's status on the day; '' where it was raised later."""
    issue = view.find(ImprovementLog, issue_id)
    if issue is not None:
        return issue.status or _UNREADABLE
    raw = view.snapshot.find(ImprovementLog, issue_id)
    return _UNREADABLE if raw is not None and raw.raised_on is None else ""


def _audit_concerns(view: View) -> tuple[list[Case], Sequence[Register]]:
    """The newest audit reading of each measure and service that says a concern was raised."""
    audits = view.usable(
        OutcomeReadings,
        OutcomeReadings.measure_id,
        OutcomeReadings.service,
        OutcomeReadings.evidence_source,
        OutcomeReadings.concern_raised,
    ).where(OutcomeReadings.evidence_source, "Audits")
    groups = group_by(audits.rows, lambda r: (fold(r.measure_id), r.service))
    latest = [newest(rows, OutcomeReadings.date) for rows in groups.values()]
    cases = [
        Case(f"the newest audit of {_measured(view, r)}, {r.id} of {show(r.date)}, raised a concern", [r])
        for r in latest
        if r is not None and r.concern_raised
    ]
    return cases, audits.left_out


def staff_dissatisfaction(view: View, _scope: str) -> Judgement:
    """F3: staff satisfaction below its target or worsening, or several staff concerns in one service."""
    satisfaction = series_of_kind(view, "Staff satisfaction", OutcomeMeasures.target)
    concerns = (
        view.usable(ImprovementLog, ImprovementLog.kind, ImprovementLog.service)
        .where(ImprovementLog.kind, "Staff concern")
        .between(ImprovementLog.raised_on, *view.window(view.days("F3", "Window days")))
    )
    left_out = count_rows(satisfaction.left_out, concerns.left_out)
    if not view.has_rows(OutcomeReadings) and not view.has_rows(ImprovementLog):
        return no_data("No reading of a measure and no issue is entered yet", left_out)
    worse, note = _worsening(satisfaction.series)
    measured = [*_below_target(satisfaction.series), *worse]
    voiced, most = _voiced(view, concerns.rows)
    needed = view.threshold("F3", "Concerns")
    figures = (len(measured), 1) if measured and not voiced else (most, needed)
    days = counted(view.days("F3", "Window days"), "day")
    clear = (
        "Staff satisfaction is not below its target or worsening where it is measured, and no service has "
        f"{counted(round(needed), 'staff concern')} in {days}"
    )
    cases = [*measured, *voiced]
    return judged(State.RAISED, cases, clear=clear, left_out=left_out, figures=figures, note=note)


def _below_target(found: Iterable[Series]) -> list[Case]:
    """The series whose newest figure misses its target, on the side that is worse."""
    cases = []
    for series in found:
        target, reading = series.measure.target, series.newest
        if target is None:
            continue
        short = reading.value < target if series.measure.better_when == "Higher" else reading.value > target
        if short:
            side = "below" if reading.value < target else "above"
            words = f"{series.name} is {show(reading.value)} in {reading.id}, {side} its target of {show(target)}"
            cases.append(Case(words, [reading]))
    return cases


def _voiced(view: View, concerns: Sequence[ImprovementLog]) -> tuple[list[Case], int]:
    """The services with enough staff concerns in the window, and the most that any has."""
    days, needed = view.days("F3", "Window days"), view.threshold("F3", "Concerns")
    groups = group_by(concerns, lambda issue: issue.service)
    cases = []
    for service, rows in groups.items():
        if len(rows) >= needed:
            number = f"{counted(len(rows), 'staff concern')} in {counted(days, 'day')}"
            cases.append(Case(f"{view.service_name(service)} has {number} ({ids(rows)})", rows))
    return cases, max((len(rows) for rows in groups.values()), default=0)


def losing_confidence(view: View, _scope: str) -> Judgement:
    """F7: worsening signalled in a Staff confidence measure, or in the weekly median score after support."""
    measured = series_of_kind(view, "Staff confidence")
    scores = after_scores(view)
    left_out = count_rows(measured.left_out, scores.left_out)
    if not scores.rows and not any(map(view.has_rows, (ConfidenceTracker, OutcomeReadings))):
        return no_data("No confidence score and no reading of a measure is entered yet", left_out)
    weeks = weekly_after_scores(view)
    cases, note = _worsening(measured.series)
    if weeks:
        found = trend([w.median for w in weeks], "Higher")
        note = _note([*(s.trend() for s in measured.series), found])
        if found.worsening:
            rows = [score.row for n in _positions(found.worsening) for score in weeks[n].scores]
            newest_week = f"newest {show(weeks[-1].median)} in the week of {show(weeks[-1].monday)}"
            words = f"the weekly median score after support is worsening, {newest_week}: {_said(found)}"
            cases.append(Case(words, rows))
    clear = "Neither a measure of staff confidence nor the weekly median score after support is signalled as worsening"
    return judged(State.WATCH, cases, clear=clear, left_out=left_out, note=note)


def outcomes_not_evidenced(view: View, _scope: str) -> Judgement:
    """F11: a part of the framework without a measure that has a baseline, or without a recent reading."""
    measures = view.usable(OutcomeMeasures, OutcomeMeasures.belongs_to)
    readable = [m for m in measures.rows if OutcomeMeasures.baseline_value.attr not in m.bad]
    unread = [m for m in (*measures.left_out, *measures.rows) if m.bad & _BASELINE or m.belongs_to is None]
    readings = view.usable(OutcomeReadings, OutcomeReadings.measure_id)
    left_out = count_rows(unread, readings.left_out)
    if not view.has_rows(OutcomeMeasures) and not view.has_rows(OutcomeReadings):
        return no_data("No outcome measure and no reading is entered yet", left_out)
    cases = []
    for part in PARTS:
        words, rows = _not_evidenced(view, [m for m in readable if m.belongs_to == part], readings.rows)
        if words:
            cases.append(Case(f"{part} {words}", rows))
    clear = f"Each part has a measure with a baseline and a reading in the last {view.days('F11', 'Days')} days"
    return judged(State.WATCH, cases, clear=clear, left_out=left_out)


def _not_evidenced(
    view: View, measures: Sequence[OutcomeMeasures], readings: Sequence[OutcomeReadings]
) -> tuple[str, list[Register]]:
    """What a part of the framework lacks, '' for nothing; and the rows that show it."""
    if all(m.baseline_value is None for m in measures):
        return "has no measure with a baseline", list(measures)
    days = view.days("F11", "Days")
    known = {fold(m.id) for m in measures}
    latest = newest([r for r in readings if fold(r.measure_id) in known], OutcomeReadings.date)
    if latest is None:
        return "has no reading yet", list(measures)
    if latest.date < view.window(days)[0]:
        return f"has no reading for {counted(days, 'day')}, the last is {latest.id} of {show(latest.date)}", [latest]
    return "", []


def _worsening(found: Sequence[Series]) -> tuple[list[Case], str]:
    """A case for each series that is signalled as worsening, and what the sentence says of the rules used."""
    trends = [series.trend() for series in found]
    cases = []
    for series, judged_as in zip(found, trends, strict=True):
        if judged_as.worsening:
            rows = [series.readings[n] for n in _positions(judged_as.worsening)]
            words = f"{series.name} is worsening, newest {show(series.newest.value)}: {_said(judged_as)}"
            cases.append(Case(words, rows))
    return cases, _note(trends)


def _positions(signals: Iterable[Signal]) -> list[int]:
    return sorted({n for signal in signals for n in range(signal.first, signal.last + 1)})


def _said(found: Trend) -> str:
    """The rules that signal, and how far the limits can be trusted."""
    rules = joined([signal.rule for signal in found.worsening])
    return f"{rules}, provisional limits from {counted(found.points, 'point')}" if found.provisional else rules


def _note(trends: Sequence[Trend]) -> str:
    if not trends:
        return ""
    few = any(t.provisional for t in trends)
    provisional = f", provisional where there are fewer than {MAKING_DATA_COUNT.enough} points" if few else ""
    return f"trends by {MAKING_DATA_COUNT.label}{provisional}"


def _measured(view: View, reading: OutcomeReadings) -> str:
    """What a reading measures and where, in words."""
    measure = view.find(OutcomeMeasures, reading.measure_id)
    name = f"“{(measure.measure if measure is not None else None) or reading.measure_id}”"
    return f"{name} at {view.service_name(reading.service)}" if reading.service else name


OUTCOME_RULES: dict[str, Callable[[View, str], Judgement]] = {
    "F2": audit_concerns,
    "F3": staff_dissatisfaction,
    "F7": losing_confidence,
    "F11": outcomes_not_evidenced,
}
