"""Has a series of figures really changed, or does it only go up and down as it always did?

Run-chart and XmR rules after those published for NHS "Making Data Count" (contract: Trends). A signal is found
where a point lies outside the limits, points running lie on one side of the centre or each higher (or lower) than the
one before, or two of three points running lie near a limit. How many points and how far is said by `RuleSet`: since the
centre and the limits come from the first readings alone, the published numbers would cry wolf in one series of four.

A slow drift is told of by an exponentially weighted moving average (EWMA), as an early warning.

Figures are taken as the decimals that people typed, so that a point on the centre is on the centre whatever the
machine makes of 0.1.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from workbook.model.light_dataclasses import dataclass


@dataclass(frozen=True)
class RuleSet:
    """A set of rules, named and versioned because results are only comparable under the same one.

    Attributes:
        sigmas: how many standard deviations the limits lie from the centre; published: 3.
        run: points running on one side of the centre that make a signal; published: 7.
        trend: points running, each beyond the one before, that make a signal; published: 7.
        near: of `near_of` points running, how many beyond `near_share` of the way to a limit make a signal; published:
            two thirds.
        enough: with fewer points to draw them from the limits are wider.
        base: from how many of the first points the centre and the limits are drawn; 0: from all, as in version 1.
        newest: the newest points, never in the base.
        few: from so many points they are drawn where the newest leave no more.
        screen: moving ranges of so many times their mean or more are left out of it.
        d2: the constant by which a mean moving range of two points becomes a standard deviation.
        weight, drift: the EWMA's weight of the newest point, and how many of its standard deviations make a warning;
            0: none.
    """

    name: str
    version: str
    sigmas: Fraction = Fraction(4)
    run: int = 12
    trend: int = 9
    near: int = 2
    near_of: int = 3
    near_share: Fraction = Fraction("0.55")
    enough: int = 12
    base: int = 16
    newest: int = 7
    few: int = 5
    screen: Fraction = Fraction("3.267")
    d2: Fraction = Fraction("1.128")
    weight: float = 0.2
    drift: float = 2.6

    @property
    def label(self) -> str:
        """Name and version, as they stand in results."""
        return f"{self.name}, version {self.version}"

    def words(self, rule: str) -> str:
        """A rule of a signal, exactly as it is read."""
        near = f"{self.near} of {self.near_of} points more than {round(100 * self.near_share)}% of the way to a limit"
        return {
            OUTSIDE: "point outside the limits",
            RUN: f"{self.run} points running on one side of the centre",
            TREND: f"{self.trend} points running in one direction",
            NEAR: near,
        }[rule]


OUTSIDE, RUN, TREND, NEAR = "outside", "run", "trend", "near"

MAKING_DATA_COUNT = RuleSet("run-chart and XmR rules after NHS Making Data Count", "2")


class Signal(NamedTuple):
    """A stretch of the series that one rule singles out.

    Attributes:
        rule: `OUTSIDE`, `RUN`, `TREND` or `NEAR`.
        direction: 1 for high or rising, -1 for low or falling.
        first, last: positions in the series, from 0, both included.
    """

    rule: str
    direction: int
    first: int
    last: int


class Drift(NamedTuple):
    """How far the weighted mean of the newest points has moved the worse way.

    Attributes:
        mean: the exponentially weighted moving average, in the unit of the points.
        limit: what it passed, in the unit of the points.
        first: the first position that it looks at.
    """

    mean: float
    limit: float
    first: int


@dataclass(frozen=True)
class Trend:
    """What the rules say of a series.

    Attributes:
        centre: the mean of the base, in the unit of the points.
        lower, upper: the limits, by the mean moving range of the base.
        provisional: the base has fewer than 12 points.
        signals: all signals that reach beyond the base, by rule and then in order.
        worse: the direction that is worse, 1 or -1.
        points: how many points the series has.
        base: how many points the centre and the limits come from.
        drift: the EWMA, where it has passed its limit on the worse side.
    """

    centre: float
    lower: float
    upper: float
    provisional: bool
    signals: tuple[Signal, ...]
    worse: int
    points: int
    rules: RuleSet = MAKING_DATA_COUNT
    base: int = 0
    drift: Drift | None = None

    @property
    def worsening(self) -> tuple[Signal, ...]:
        """The signals that count: they include the newest point and point the worse way."""
        return tuple(s for s in self.signals if s.last == self.points - 1 and s.direction == self.worse)

    @property
    def improving(self) -> tuple[Signal, ...]:
        """The signals that include the newest point and point the better way."""
        return tuple(s for s in self.signals if s.last == self.points - 1 and s.direction == -self.worse)


def trend(points: Sequence[float], better_when: str, rules: RuleSet = MAKING_DATA_COUNT, *, anew: int = 0) -> Trend:
    """The centre, limits and signals of a series.

    Args:
        points: the figures in date order, without the baseline; at least one.
        better_when: "Higher" or "Lower".
        rules: the rule set.
        anew: the position from which the points count: from go-live on, or from where the limits are drawn anew.

    Raises:
        ValueError: there is no point, or `better_when` is neither.

    Example:
        >>> trend([80, 82, 80, 82], "Higher").centre
        81.0
    """
    if not points:
        raise ValueError("A trend needs at least one point.")
    if better_when not in {"Higher", "Lower"}:
        raise ValueError(f"better_when is Higher or Lower, not {better_when!r}.")
    first = anew if 0 < anew < len(points) else 0
    exact = [Fraction(str(p)) for p in points[first:]]
    base = _base(len(exact), rules)
    centre, sigma = _centre_and_spread(exact[:base], rules)
    sigma *= _widening(base, rules)
    reach = rules.sigmas * sigma
    away = [p - centre for p in exact]
    worse = -1 if better_when == "Higher" else 1
    found = [s for way in (1, -1) for s in _signals(away, reach, way, rules) if s.last >= base or not rules.base]
    return Trend(
        centre=float(centre),
        lower=float(centre - reach),
        upper=float(centre + reach),
        provisional=base < rules.enough,
        signals=tuple(s._replace(first=s.first + first, last=s.last + first) for s in found),
        worse=worse,
        points=len(points),
        rules=rules,
        base=base,
        drift=_drift(away, float(centre), float(sigma), base, worse, first, rules),
    )


def _base(count: int, rules: RuleSet) -> int:
    """From how many of the first points the limits are drawn: never from the newest seven, nor from fewer than five."""
    if not rules.base:
        return count
    return min(count, max(min(rules.base, count - rules.newest), rules.few))


def _centre_and_spread(base: Sequence[Fraction], rules: RuleSet) -> tuple[Fraction, Fraction]:
    """The mean and the standard deviation by the mean moving range, without what is out of the ordinary."""
    moves = [abs(b - a) for a, b in pairwise(base)]
    mean = sum(moves, Fraction()) / len(moves) if moves else Fraction()
    odd = [bool(rules.base) and mean > 0 and move >= rules.screen * mean for move in moves]
    kept = [move for move, out in zip(moves, odd, strict=True) if not out]
    alone = zip([True, *odd], [*odd, True], strict=True)
    points = [p for p, (before, after) in zip(base, alone, strict=True) if not (before and after) or len(base) == 1]
    centre = sum(points, Fraction()) / len(points) if points else sum(base, Fraction()) / len(base)
    return centre, sum(kept, Fraction()) / len(kept) / rules.d2 if kept else Fraction()


def _widening(base: int, rules: RuleSet) -> Fraction:
    """How much wider the limits are where few points say how far the figures go up and down."""
    return 1 + Fraction(max(rules.enough - base, 0), rules.newest) ** 2 if rules.base else Fraction(1)


def _drift(
    away: Sequence[Fraction], centre: float, sigma: float, base: int, worse: int, first: int, rules: RuleSet
) -> Drift | None:
    """The EWMA of the points after the base, if it lies beyond its limit on the worse side.

    The limit allows for the centre's own uncertainty, so that few points in the base cry no wolf. A point beyond the
    limits counts as one on them: a single bad week is no drift.
    """
    count = len(away) - base
    if count <= 0 or sigma <= 0 or not rules.drift:
        return None
    mean, rest, most = 0.0, 1 - rules.weight, float(rules.sigmas) * sigma
    for distance in away[base:]:
        mean = rest * mean + rules.weight * min(max(float(distance), -most), most)
    own = rules.weight / (2 - rules.weight) * (1 - rest ** (2 * count)) + (1 - rest**count) ** 2 / base
    limit = rules.drift * sigma * math.sqrt(own)
    return Drift(centre + mean, centre + worse * limit, first + base) if mean * worse > limit else None


def _signals(away: Sequence[Fraction], reach: Fraction, direction: int, rules: RuleSet) -> Iterator[Signal]:
    """The signals in one direction. `away` is each point's distance from the centre."""
    far = [a * direction for a in away]
    for n, distance in enumerate(far):
        if distance > reach:
            yield Signal(OUTSIDE, direction, n, n)
    for first, last in _stretches(len(far), lambda n: far[n] > 0):
        if last - first + 1 >= rules.run:
            yield Signal(RUN, direction, first, last)
    for first, last in _stretches(len(far), lambda n: n > 0 and far[n] > far[n - 1]):
        if last - first + 2 >= rules.trend:
            yield Signal(TREND, direction, first - 1, last)
    for last in range(rules.near_of - 1, len(far)):
        first = last - rules.near_of + 1
        if sum(distance > rules.near_share * reach for distance in far[first : last + 1]) >= rules.near:
            yield Signal(NEAR, direction, first, last)


def _stretches(length: int, holds: Callable[[int], bool]) -> Iterator[tuple[int, int]]:
    """The longest stretches of positions for all of which `holds`, as (first, last)."""
    first = None
    for n in range(length + 1):
        if n < length and holds(n):
            first = n if first is None else first
        elif first is not None:
            yield first, n - 1
            first = None


PASSES, HIT_AND_MISS, FALLS_SHORT = "consistently passes", "hit and miss", "consistently falls short"


def assurance(found: Trend, target: float) -> str | None:
    """Whether a target will be hit as things stand, in the words of NHS Making Data Count.

    Args:
        found: what the rules say of the series.
        target: in the unit of the points; a point on the target hits it.

    Returns:
        None where too few points say how far the figures go up and down.

    Source: NHS England, Making Data Count, assurance icons: a target beyond a limit is always or never hit.
    """
    if found.base < found.rules.few:
        return None
    hits, misses = (found.lower >= target, found.upper < target)
    if found.worse > 0:
        hits, misses = (found.upper <= target, found.lower > target)
    return PASSES if hits else FALLS_SHORT if misses else HIT_AND_MISS


def few_readings(count: int) -> str:
    """What can be said where there are few readings to draw limits from, without a full stop."""
    readings = "1 reading" if count == 1 else f"{count} readings"
    if count <= MAKING_DATA_COUNT.few:
        return f"only {readings}: too few to tell a fall from chance"
    return f"only {readings}: a fall would have to be very large to show"
