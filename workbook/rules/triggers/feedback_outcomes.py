"""Rules on audits, staff and outcome measures: F2, F3, F7 and F11."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from workbook.model.cells import fold, show
from workbook.model.declare import Column, Register
from workbook.model.light_dataclasses import dataclass
from workbook.model.registers import ConfidenceTracker, ImprovementLog, OutcomeMeasures, OutcomeReadings, QualityReviews
from workbook.model.registers.evidence import PARTS
from workbook.model.triggers import Judgement, State
from workbook.model.view import View, group_by, newest
from workbook.rules.chances import WITHIN, chance_of_signal
from workbook.rules.feedback import after_scores
from workbook.rules.series import Series, Week, go_live, rules_in_force, series_of_kind, weekly_after_scores
from workbook.rules.trends import MAKING_DATA_COUNT, Signal, Trend, few_readings, trend
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
    worse = _worsening(completion.series)
    clear = "No quality review, audit or record completion figure gives cause for concern"
    return _asking([*reviewed, *audited, *worse.cases], worse, clear=clear, left_out=left_out)


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
    if not satisfaction.series and not view.has_rows(ImprovementLog):
        return no_data("No reading of staff satisfaction and no issue is entered yet", left_out)
    worse = _worsening(satisfaction.series)
    measured = [*_below_target(satisfaction.series), *worse.cases]
    voiced, most = _voiced(view, concerns.rows)
    needed = view.threshold("F3", "Concerns")
    figures = (len(measured), 1) if measured and not voiced else (most, needed)
    days = counted(view.days("F3", "Window days"), "day")
    clear = (
        "Staff satisfaction is not below its target or worsening where it is measured, and no service has "
        f"{counted(round(needed), 'staff concern')} in {days}"
    )
    return _asking([*measured, *voiced], worse, clear=clear, left_out=left_out, figures=figures)


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
    """F7: worsening signalled in a Staff confidence measure, or in the weekly mean score after support."""
    measured = series_of_kind(view, "Staff confidence")
    scores = after_scores(view)
    left_out = count_rows(measured.left_out, scores.left_out)
    if not scores.rows and not any(map(view.has_rows, (ConfidenceTracker, OutcomeReadings))):
        return no_data("No confidence score and no reading of a measure is entered yet", left_out)
    weeks = weekly_after_scores(view)
    worse = _worsening(measured.series, _weekly(view, weeks))
    clear = "Neither a measure of staff confidence nor the weekly mean score after support is signalled as worsening"
    return _asking(worse.cases, worse, clear=clear, left_out=left_out, state=State.WATCH)


def _weekly(view: View, weeks: Sequence[Week]) -> list[_Judged]:
    """The weekly mean score after support, judged as a series of its own; none where no week has enough scores."""
    if not weeks:
        return []
    since = go_live(view, None)
    anew = sum(1 for w in weeks if since is not None and w.monday < since)
    found = trend([w.mean for w in weeks], "Higher", rules_in_force(view), anew=anew)
    newest_week = f"newest {show(weeks[-1].mean)} in the week of {show(weeks[-1].monday)}"
    rows = [[score.row for score in week.scores] for week in weeks]
    return [_Judged("the weekly mean score after support", newest_week, found, rows)]


def outcomes_not_evidenced(view: View, _scope: str) -> Judgement:
    """F11: a part of the framework without a measure that has a baseline, or without a recent reading."""

    def begun_by_then(measure: OutcomeMeasures) -> bool:
        return measure.baseline_date is None or measure.baseline_date <= view.as_of

    measures = view.usable(OutcomeMeasures, OutcomeMeasures.belongs_to)
    readable = [m for m in measures.rows if OutcomeMeasures.baseline_value.attr not in m.bad]
    begun = [m for m in readable if begun_by_then(m)]
    unread = [m for m in (*measures.left_out, *measures.rows) if m.bad & _BASELINE or m.belongs_to is None]
    readings = view.usable(OutcomeReadings, OutcomeReadings.measure_id)
    left_out = count_rows(unread, readings.left_out)
    if not any(map(begun_by_then, view.rows(OutcomeMeasures))) and not view.has_rows(OutcomeReadings):
        return no_data("No outcome measure and no reading is entered yet", left_out)
    cases = []
    for part in PARTS:
        words, rows = _not_evidenced(view, [m for m in begun if m.belongs_to == part], readings.rows)
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


@dataclass(frozen=True)
class _Judged:
    """A series that the rules have judged, and the rows behind each of its points."""

    name: str
    newest: str
    found: Trend
    rows: Sequence[Sequence[Any]]

    def evidence(self, positions: Iterable[int]) -> list[Any]:
        return [row for n in positions for row in self.rows[n]]


@dataclass(frozen=True)
class _Worsening:
    """What worsens, what drifts (where the rules signal nothing), and what is said of the rules used.

    Attributes:
        note: names the rules.
        few: says that there are few readings, whatever is found.
        chance: says how likely what is found is by chance.
    """

    cases: Sequence[Case]
    drifting: Sequence[Case]
    note: str
    few: tuple[str, ...]
    chance: tuple[str, ...]


def _worsening(series: Sequence[Series], more: Sequence[_Judged] = ()) -> _Worsening:
    """The series that are signalled as worsening, and those that drift the worse way."""
    judged_series = [
        *(_Judged(s.name, f"newest {show(s.newest.value)}", s.trend(), [[r] for r in s.readings]) for s in series),
        *more,
    ]
    cases, drifting = [], []
    for one in judged_series:
        if one.found.worsening:
            words = f"{one.name} is worsening, {one.newest}: {_said(one.found)}"
            cases.append(Case(words, one.evidence(_positions(one.found.worsening))))
        elif one.found.drift:
            rows = one.evidence(range(one.found.drift.first, one.found.points))
            drifting.append(Case(f"{one.name} drifts slowly the worse way, {one.newest}: {_drifted(one.found)}", rows))
    found = [one.found for one in judged_series]
    note = f"trends by {found[0].rules.label}" if found else ""
    return _Worsening(cases, drifting, note, _few(found), _by_chance(found))


def _by_chance(trends: Sequence[Trend]) -> tuple[str, ...]:
    """How often a series in which nothing changes is told of; nothing where people have set other rules."""
    told = [found for found in trends if found.worsening]
    drift = not told
    told = told or [found for found in trends if found.drift]
    if not told or any(found.rules != MAKING_DATA_COUNT for found in told):
        return ()
    of = round(1 / max(chance_of_signal(found.base, drift=drift) for found in told))
    what = "drifts like this" if drift else "signals something like this"
    return (f"By chance one measure of {of} in which nothing changes {what} within {WITHIN} readings.",)


def _asking(
    cases: Sequence[Case],
    worse: _Worsening,
    *,
    clear: str,
    left_out: int,
    figures: tuple[float, float] | None = None,
    state: State = State.RAISED,
) -> Judgement:
    """What holds as a judgement; where only a slow drift does, an early warning."""
    if cases or not worse.drifting:
        remarks = (*worse.few, *worse.chance) if worse.cases else worse.few
        return judged(state, cases, clear=clear, left_out=left_out, figures=figures, note=worse.note, remarks=remarks)
    both = (*worse.few, *worse.chance)
    return judged(State.WATCH, worse.drifting, clear=clear, left_out=left_out, note=worse.note, remarks=both)


def _positions(signals: Iterable[Signal]) -> list[int]:
    return sorted({n for signal in signals for n in range(signal.first, signal.last + 1)})


def _said(found: Trend) -> str:
    """The rules that signal, exactly as they are read."""
    return joined([found.rules.words(rule) for rule in dict.fromkeys(s.rule for s in found.worsening)])


def _drifted(found: Trend) -> str:
    """The early warning by EWMA in one sentence."""
    drift = found.drift
    if drift is None:
        return ""
    beyond = "below" if drift.limit < found.centre else "above"
    return (
        f"the mean of the newest readings, the latest weighing most (EWMA), is {show(round(drift.mean, 2))}, {beyond} "
        f"the {show(round(drift.limit, 2))} that chance seldom passes"
    )


def _few(trends: Sequence[Trend]) -> tuple[str, ...]:
    few = [t.points for t in trends if t.provisional]
    return (f"There {'is' if min(few) == 1 else 'are'} {few_readings(min(few))}.",) if few else ()


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
