"""Figures over time: the readings of outcome measures, and staff's scores week by week.

Source: docs/contract/checks-and-triggers.md, Trends.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from statistics import fmean
from typing import Any

from workbook.model.catalogue import SHARED
from workbook.model.cells import fold
from workbook.model.declare import Column, Register
from workbook.model.light_dataclasses import dataclass, replace
from workbook.model.registers import OutcomeMeasures, OutcomeReadings
from workbook.model.view import View, group_by
from workbook.rules.feedback import Feedback, after_scores
from workbook.rules.trends import MAKING_DATA_COUNT, RuleSet, Trend, trend


@dataclass(frozen=True)
class Series:
    """One measure in one service, without its baseline, in date order.

    Attributes:
        service: a Service code; None for readings of the whole programme.
        place: the service's name, '' for the whole programme.
        readings: at least one.
        rules: those in force.
        anew: the position of the first reading that counts.
    """

    measure: OutcomeMeasures
    service: str | None
    place: str
    readings: Sequence[OutcomeReadings]
    rules: RuleSet = MAKING_DATA_COUNT
    anew: int = 0

    @property
    def name(self) -> str:
        """The measure and where it was taken, for people."""
        where = f" at {self.place}" if self.place else ""
        return f"“{self.measure.measure or self.measure.id}”{where}"

    @property
    def newest(self) -> OutcomeReadings:
        """The latest reading; of one day the later row."""
        return self.readings[-1]

    def trend(self) -> Trend:
        """What the rules say of the readings."""
        return trend([r.value for r in self.readings], self.measure.better_when, self.rules, anew=self.anew)


@dataclass(frozen=True)
class SeriesSet:
    """The series that can be read, and the measures and readings left out because a field could not be."""

    series: Sequence[Series]
    left_out: Sequence[Register]


def series_of_kind(view: View, kind: str, *more: Column[Any]) -> SeriesSet:
    """The series of all measures of a kind, in the order of their first readings on the worksheet.

    Args:
        view: the workbook as of a day.
        kind: as in the measures' column Kind.
        more: further columns of the measure that the caller reads.
    """
    measures = view.usable(
        OutcomeMeasures, OutcomeMeasures.measure_id, OutcomeMeasures.kind, OutcomeMeasures.better_when, *more
    ).where(OutcomeMeasures.kind, kind)
    by_id = {fold(m.measure_id): m for m in reversed(measures.rows)}
    readings = view.usable(OutcomeReadings, OutcomeReadings.measure_id, OutcomeReadings.service, OutcomeReadings.value)
    known = [r for r in readings.rows if fold(r.measure_id) in by_id]
    groups = group_by(known, lambda r: (fold(r.measure_id), r.service))
    series = [_series(view, by_id[measure], service, rows) for (measure, service), rows in groups.items()]
    unread = [r for r in readings.left_out if not r.measure_id or fold(r.measure_id) in by_id]
    return SeriesSet(series, [*measures.left_out, *unread])


def _series(view: View, measure: OutcomeMeasures, service: str | None, rows: Sequence[OutcomeReadings]) -> Series:
    readings = sorted(rows, key=_in_order)
    since = measure.limits_anew_from or go_live(view, service)
    anew = sum(1 for r in readings if since is not None and r.date < since)
    place = view.service_name(service) if service else ""
    return Series(measure, service, place, readings, rules_in_force(view), anew)


def go_live(view: View, service: str | None) -> dt.date | None:
    """When a service went live; for the whole programme, when the first did. None where no day is known."""
    days = [s.go_live for s in view.services_in_use() if s.go_live is not None and service in (None, s.service_code)]
    return min(days, default=None)


def rules_in_force(view: View) -> RuleSet:
    """The rules of trends with the thresholds that people set."""
    value = {p.name: view.threshold("Trends", p.name) for p in SHARED["Trends"]}
    return replace(
        MAKING_DATA_COUNT,
        sigmas=Fraction(str(value["Limit"])),
        run=max(int(value["Run points"]), 2),
        trend=max(int(value["Trend points"]), 3),
        near_share=Fraction(str(value["Near percent"])) / 100,
        base=max(int(value["Base points"]), 0),
        drift=max(value["Drift limit"], 0.0),
    )


def every_series(view: View, *more: Column[Any]) -> list[Series]:
    """The series of every measure, in the order of the measures; arguments as for `series_of_kind`."""
    measures = view.rows(OutcomeMeasures)
    kinds = dict.fromkeys(m.kind for m in measures if m.kind)
    found = [s for kind in kinds for s in series_of_kind(view, kind, *more).series]
    order = {fold(m.id): n for n, m in reversed(list(enumerate(measures)))}
    return sorted(found, key=lambda s: order.get(fold(s.measure.id), 0))


def _in_order(reading: OutcomeReadings) -> tuple[dt.date, int]:
    return reading.date, reading.ordinal


@dataclass(frozen=True)
class Week:
    """A full week's scores after support.

    Attributes:
        monday: its first day.
        mean: of the scores, 1 to 5, to two decimals.
        scores: as many as F7's `Minimum scores`, or more.
    """

    monday: dt.date
    mean: float
    scores: Sequence[Feedback]


def weekly_after_scores(view: View) -> Sequence[Week]:
    """The mean score after support of each full week with enough scores, oldest first, for the whole programme.

    A full week is Monday to Sunday, wholly before the day
    (docs/contract/checks-and-triggers.md, Rows of the Thresholds table).
    """
    weeks: dict[dt.date, list[Feedback]] = {}
    for score in after_scores(view).rows:
        weeks.setdefault(score.date - dt.timedelta(days=score.date.weekday()), []).append(score)
    fewest = max(view.days("F7", "Minimum scores"), 1)
    return [
        Week(monday, round(fmean(s.after or 0 for s in weeks[monday]), 2), weeks[monday])
        for monday in sorted(weeks)
        if monday + dt.timedelta(days=6) < view.as_of and len(weeks[monday]) >= fewest
    ]
