"""Outcomes against their baseline, support and issues, as figures that documents draw and put into words."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterator, Sequence
from itertools import pairwise

from workbook.documents.words import NOT_RECORDED, counted, day, listed, service_name, text
from workbook.model.cells import fold, show
from workbook.model.light_dataclasses import dataclass
from workbook.model.registers import OutcomeMeasures, OutcomeReadings
from workbook.model.view import View, median
from workbook.rules.series import Series, every_series
from workbook.rules.trends import Trend, few_readings

_UNITS = {"Percent": "percent", "Score": "score", "Days": "days", "Count": "count"}
#: The kind of measure whose chart is a run chart for each service, with centre line and limits.
_RUN_CHART = "Record completion"
#: Readings further apart than so many usual steps are not joined.
_GAP = 2.5


class Role(enum.StrEnum):
    """What a curve of a chart is."""

    READINGS = "readings"
    BASELINE = "baseline"
    TARGET = "target"
    CENTRE = "centre"
    LIMIT = "limit"
    MARKED = "marked"


@dataclass(frozen=True)
class Curve:
    """Points over time, in date order; one without a value breaks the line."""

    name: str
    role: Role
    days: Sequence[dt.date]
    values: Sequence[float | None]


@dataclass(frozen=True)
class Bars:
    """Columns of one kind, one for each label of the figure."""

    name: str
    values: Sequence[float]


@dataclass(frozen=True)
class Figure:
    """A chart: curves over time, or columns.

    Attributes:
        unit: of the values, with a capital letter.
        labels: what the columns stand for.
        stacked: columns of one label stand on one another.
        alternative: what the chart shows, for those who don't see it.
    """

    id: str
    title: str
    unit: str
    alternative: str
    curves: Sequence[Curve] = ()
    labels: Sequence[str] = ()
    bars: Sequence[Bars] = ()
    stacked: bool = False


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
    """A figure for each measure with a reading; of record completion a run chart for each service."""
    by_measure: dict[str, list[Series]] = {}
    for one in series:
        by_measure.setdefault(one.measure.id, []).append(one)
    found: list[Figure] = []
    for group in by_measure.values():
        apart = group[0].measure.kind == _RUN_CHART
        found += [_figure(view, [one]) for one in group] if apart else [_figure(view, group)]
    return found


def _figure(view: View, group: Sequence[Series]) -> Figure:
    measure = group[0].measure
    title = text(measure.measure, measure.id)
    alone = len(group) == 1
    if alone and group[0].service:
        title = f"{title}, {_place(view, group[0].service)}"
    curves = [_readings(_place(view, s.service), s) for s in group]
    if alone:
        curves += _run_chart(group[0])
    first, last = min(s.readings[0].date for s in group), max(s.newest.date for s in group)
    curves.append(Curve("Baseline", Role.BASELINE, (first, last), (measure.baseline_value,) * 2))
    if measure.target is not None:
        curves.append(Curve("Target", Role.TARGET, (first, last), (measure.target,) * 2))
    identity = measure.id if not alone or not group[0].service else f"{measure.id} {group[0].service}"
    unit = _UNITS.get(measure.unit or "", "")
    return Figure(identity, title, unit.capitalize(), _alternative(view, group, first, last), curves)


def _readings(name: str, series: Series) -> Curve:
    """The readings of a series, with a break where they lie far apart."""
    days = [r.date for r in series.readings]
    steps = [(b - a).days for a, b in pairwise(days)]
    usual = median(steps) if steps else 0
    shown: list[tuple[dt.date, float | None]] = []
    for n, reading in enumerate(series.readings):
        if n and steps[n - 1] > _GAP * usual > 0:
            shown.append((days[n - 1] + (days[n] - days[n - 1]) / 2, None))
        shown.append((reading.date, float(reading.value)))
    return Curve(name, Role.READINGS, [d for d, _ in shown], [v for _, v in shown])


def _run_chart(series: Series) -> Iterator[Curve]:
    """Centre line, limits and the points that the rules single out, each rule by its name."""
    trend, readings = series.trend(), series.readings
    days = [r.date for r in readings]
    counting = days[series.anew :] if 0 < series.anew < len(days) else days
    if len(counting) < trend.rules.few:
        return
    ends = (counting[0], counting[-1])
    provisional = ", provisional" if trend.provisional else ""
    yield Curve(f"Centre{provisional}", Role.CENTRE, ends, (trend.centre,) * 2)
    yield Curve(f"Upper limit{provisional}", Role.LIMIT, ends, (trend.upper,) * 2)
    yield Curve(f"Lower limit{provisional}", Role.LIMIT, ends, (trend.lower,) * 2)
    for rule in dict.fromkeys(s.rule for s in trend.signals):
        hits = sorted({n for s in trend.signals if s.rule == rule for n in range(s.first, s.last + 1)})
        values = [float(readings[n].value) for n in hits]
        words = trend.rules.words(rule)
        yield Curve(f"{words[:1].upper()}{words[1:]}", Role.MARKED, [days[n] for n in hits], values)


def _alternative(view: View, group: Sequence[Series], first: dt.date, last: dt.date) -> str:
    """What the chart shows: the finding first, then the figures."""
    measure = group[0].measure
    found = " ".join(f"{_place(view, s.service)}: {_said(s, s.newest)}" for s in group)
    newest = listed(f"{_place(view, s.service)} {show(s.newest.value)} on {day(s.newest.date)}" for s in group)
    number = counted(sum(len(s.readings) for s in group), "reading")
    target = f", target {show(measure.target)}" if measure.target is not None else ", no target"
    limits = _limits(group[0].trend()) if len(group) == 1 else ""
    return (
        f"{found} {number} from {day(first)} to {day(last)}, newest {newest}. "
        f"Baseline {show(measure.baseline_value)} on {day(measure.baseline_date)}{target}.{limits}"
    )


def _limits(trend: Trend) -> str:
    words = (
        f"Centre {show(round(trend.centre, 1))}, limits {show(round(trend.lower, 1))} and {show(round(trend.upper, 1))}"
    )
    return f" {words}{', provisional' if trend.provisional else ''}."


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
