"""Outcomes against their baseline, as figures that documents draw and put into words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from workbook.documents.words import NOT_RECORDED, counted, day, listed, service_name, text
from workbook.model.cells import fold, show
from workbook.model.registers import OutcomeMeasures, OutcomeReadings
from workbook.model.view import View
from workbook.rules.series import Series, every_series
from workbook.rules.trends import few_readings

_UNITS = {"Percent": "percent", "Score": "score", "Days": "days", "Count": "count"}


@dataclass(frozen=True)
class Line:
    """The readings of one service (or of the whole programme), in date order."""

    name: str
    days: Sequence[dt.date]
    values: Sequence[float]


@dataclass(frozen=True)
class Figure:
    """One measure over time.

    Attributes:
        alternative: what the chart shows, for those who don't see it.
    """

    id: str
    title: str
    unit: str
    baseline: float
    target: float | None
    lines: Sequence[Line]
    alternative: str


@dataclass(frozen=True)
class Outcome:
    """The newest reading of one measure in one service beside its baseline."""

    measure: str
    place: str
    baseline: str
    newest: str
    target: str
    said: str


def outcome_series(view: View) -> list[Series]:
    """Every series of every measure, in the order of the measures."""
    return every_series(view, OutcomeMeasures.baseline_value)


def figures(series: Sequence[Series], view: View) -> list[Figure]:
    """One figure for each measure with at least one reading."""
    by_measure: dict[str, list[Series]] = {}
    for one in series:
        by_measure.setdefault(one.measure.id, []).append(one)
    return [_figure(view, group) for group in by_measure.values()]


def _figure(view: View, group: Sequence[Series]) -> Figure:
    measure = group[0].measure
    unit = _UNITS.get(measure.unit or "", "")
    lines = [
        Line(_place(view, s.service), [r.date for r in s.readings], [float(r.value) for r in s.readings]) for s in group
    ]
    title = text(measure.measure, measure.id)
    said = listed(f"{_place(view, s.service)} {show(s.newest.value)} on {day(s.newest.date)}" for s in group)
    first, last = min(s.readings[0].date for s in group), max(s.newest.date for s in group)
    number = counted(sum(len(s.readings) for s in group), "reading")
    target = f", target {show(measure.target)}" if measure.target is not None else ", no target"
    alternative = (
        f"Line chart of {title} in {unit or 'its unit'}: {number} from {day(first)} to {day(last)}. "
        f"Newest: {said}. Baseline {show(measure.baseline_value)} on {day(measure.baseline_date)}{target}."
    )
    return Figure(measure.id, title, unit.capitalize(), measure.baseline_value, measure.target, lines, alternative)


def outcomes(series: Sequence[Series], view: View) -> list[Outcome]:
    """Each series beside its baseline and target; measures without a reading come last and say so."""
    found = [_outcome(view, s) for s in series]
    read = {fold(s.measure.id) for s in series}
    silent = [m for m in view.rows(OutcomeMeasures) if fold(m.id) not in read]
    return found + [
        Outcome(
            measure=text(m.measure, m.id or NOT_RECORDED),
            place="",
            baseline=f"{show(m.baseline_value)} on {day(m.baseline_date)}",
            newest="No reading",
            target=text(m.target, "None set"),
            said="Not evidenced: no reading yet.",
        )
        for m in silent
    ]


def outcomes_of_kinds(view: View, kinds: Sequence[str]) -> list[Outcome]:
    """Each series of the measures of some kinds that has a reading."""
    return [_outcome(view, s) for s in outcome_series(view) if s.measure.kind in kinds]


def _outcome(view: View, series: Series) -> Outcome:
    measure, newest = series.measure, series.newest
    return Outcome(
        measure=text(measure.measure, measure.id),
        place=_place(view, series.service),
        baseline=f"{show(measure.baseline_value)} on {day(measure.baseline_date)}",
        newest=f"{show(newest.value)} on {day(newest.date)}",
        target=text(measure.target, "None set"),
        said=_said(series, newest),
    )


def _said(series: Series, newest: OutcomeReadings) -> str:
    """Whether it is better than the baseline, reaches its target, and whether the run-chart rules signal a change."""
    measure = series.measure
    better = measure.better_when == "Higher"
    gain = (newest.value - measure.baseline_value) * (1 if better else -1)
    parts = ["Better than the baseline" if gain > 0 else "Worse than the baseline" if gain < 0 else "As the baseline"]
    if measure.target is not None:
        reached = newest.value >= measure.target if better else newest.value <= measure.target
        parts.append("target reached" if reached else "target not reached")
    trend = series.trend()
    if trend.worsening:
        parts.append(f"worsening signalled ({trend.rules.words(trend.worsening[0].rule)})")
    elif trend.improving:
        parts.append(f"improvement signalled ({trend.rules.words(trend.improving[0].rule)})")
    elif trend.drift:
        parts.append("early warning of a slow drift the worse way")
    few = f"; {few_readings(trend.points)}" if trend.provisional else ""
    return f"{', '.join(parts)}{few}."


def _place(view: View, service: str | None) -> str:
    return service_name(view, service) if service else "Whole programme"
