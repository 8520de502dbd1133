"""What the Dashboard's run chart draws: each outcome measure and service with its centre line and limits.

The centre and the limits come from the first readings (`workbook.rules.trends`); the newest of all are drawn.
"""

from __future__ import annotations

from collections.abc import Iterable

from workbook.model.cells import Cell, show
from workbook.model.view import View
from workbook.rules.series import Series, every_series
from workbook.rules.trends import Signal, Trend, assurance, few_readings

#: How many points the chart has room for.
POINTS = 24
#: The kind of measure that is shown first.
FIRST_KIND = "Record completion"
#: Of the limits; more would not be the same once another program has saved the workbook.
_DECIMALS = 9
#: A drop-down shows no more at a glance; and a formula looks no longer text up.
_LONGEST = 120
#: Signs that stand for any letters when a formula looks a text up.
_WILD = str.maketrans("", "", "*?~")

#: The kinds of variation.
COMMON, IMPROVEMENT, CONCERN = "Common cause", "Improvement", "Concern"

Rows = tuple[tuple[Cell, ...], ...]


def run_charts(view: View) -> tuple[Rows, Rows]:
    """The bodies of the tables RunCharts and RunPoints: one row for each series, one for each of its newest points."""
    charts: list[tuple[Cell, ...]] = []
    points: list[tuple[Cell, ...]] = []
    for series in sorted(every_series(view), key=lambda s: s.measure.kind != FIRST_KIND):
        newest = series.readings[-POINTS:]
        name = _name(series)
        charts.append(_chart(series, name, first=len(points) + 1, shown=len(newest)))
        found, skipped = series.trend(), len(series.readings) - len(newest)
        points += [(name, r.date, r.value, variation(found, skipped + n)) for n, r in enumerate(newest)]
    return tuple(charts), tuple(points)


def _chart(series: Series, name: str, *, first: int, shown: int) -> tuple[Cell, ...]:
    measure, found = series.measure, series.trend()
    limits = (round(limit, _DECIMALS) for limit in (found.centre, found.lower, found.upper))
    words = said(found, measure.target)
    return (name, measure.id, series.service, measure.unit, first, shown, *limits, measure.target, words)


def variation(found: Trend, position: int) -> str:
    """What kind of variation a point is, in the words of NHS Making Data Count.

    Args:
        found: what the rules say of the series.
        position: of the point in the series, from 0.

    Returns:
        `COMMON`, or by the signals that it belongs to `IMPROVEMENT` or `CONCERN`, the latter where it is both.
    """
    ways = {signal.direction for signal in found.signals if signal.first <= position <= signal.last}
    return CONCERN if found.worse in ways else IMPROVEMENT if ways else COMMON


def _name(series: Series) -> str:
    """A name that no other series has: the measure's id, its words and where it was taken."""
    measure = series.measure
    words = f"{measure.measure or ''}, {series.place or 'whole programme'}"
    unit = f" ({measure.unit.lower()})" if measure.unit else ""
    return " ".join(f"{measure.id} {words}".translate(_WILD).split())[:_LONGEST] + unit


def said(found: Trend, target: float | None = None) -> str:
    """What the rules say of the newest point and of the target, in the words of NHS Making Data Count."""
    ways = (("Deteriorated", found.worsening), ("Improved", found.improving))
    parts = [f"{words}: {_rules(found, s)}." for words, s in ways if s]
    if not parts and found.drift:
        parts = ["Sustained, with an early warning: a slow drift the worse way."]
    parts = parts or ["Sustained: the figures go up and down as they always did."]
    hit = assurance(found, target) if target is not None else None
    if hit is not None:
        parts.append(f"Target {show(target)}: {hit}.")
    if found.provisional:
        few = few_readings(found.points)
        parts.append(f"{few[0].upper()}{few[1:]}.")
    return " ".join(parts)


def _rules(found: Trend, signals: Iterable[Signal]) -> str:
    return " and ".join(dict.fromkeys(found.rules.words(signal.rule) for signal in signals))
