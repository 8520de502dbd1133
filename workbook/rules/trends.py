"""Has a series of figures really changed, or does it only go up and down as it always did?

Run-chart and XmR rules as published for NHS "Making Data Count" (contract: Trends). A signal is found where a
point lies outside the limits, 7 points running lie on one side of the centre, 7 points running each lie higher (or
lower) than the one before, or at least two of three points running lie beyond two thirds of the way to a limit.

Figures are taken as the decimals that people typed, so that a point on the centre is on the centre whatever the
machine makes of 0.1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple


@dataclass(frozen=True)
class RuleSet:
    """A published set of rules, named and versioned because results are only comparable under the same one.

    Attributes:
        run: points running on one side of the centre that make a signal.
        trend: points running, each beyond the one before, that make a signal.
        near: of `near_of` points running, how many beyond `near_share` of the way to a limit make a signal.
        enough: with fewer points the limits are provisional.
        d2: the constant by which a mean moving range of two points becomes a standard deviation.
    """

    name: str
    version: str
    run: int = 7
    trend: int = 7
    near: int = 2
    near_of: int = 3
    near_share: Fraction = Fraction(2, 3)
    enough: int = 12
    d2: Fraction = Fraction("1.128")

    @property
    def label(self) -> str:
        """Name and version, as they stand in results."""
        return f"{self.name}, version {self.version}"


MAKING_DATA_COUNT = RuleSet("NHS Making Data Count run-chart and XmR rules", "1")

OUTSIDE = "point outside the limits"
RUN = "7 points running on one side of the centre"
TREND = "7 points running in one direction"
NEAR = "2 of 3 points near a limit"


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


@dataclass(frozen=True)
class Trend:
    """What the rules say of a series.

    Attributes:
        centre: the mean, in the unit of the points.
        lower, upper: the limits: the mean minus and plus 3 / 1.128 times the mean moving range.
        provisional: there are fewer than 12 points.
        signals: all signals in the series, by rule and then in order.
        worse: the direction that is worse, 1 or -1.
        points: how many points the series has.
    """

    centre: float
    lower: float
    upper: float
    provisional: bool
    signals: tuple[Signal, ...]
    worse: int
    points: int
    rules: RuleSet = MAKING_DATA_COUNT

    @property
    def worsening(self) -> tuple[Signal, ...]:
        """The signals that count: they include the newest point and point the worse way."""
        return tuple(s for s in self.signals if s.last == self.points - 1 and s.direction == self.worse)

    @property
    def improving(self) -> tuple[Signal, ...]:
        """The signals that include the newest point and point the better way."""
        return tuple(s for s in self.signals if s.last == self.points - 1 and s.direction == -self.worse)


def trend(points: Sequence[float], better_when: str, rules: RuleSet = MAKING_DATA_COUNT) -> Trend:
    """The centre, limits and signals of a series.

    Args:
        points: the figures in date order, without the baseline; at least one.
        better_when: "Higher" or "Lower".
        rules: the rule set.

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
    exact = [Fraction(str(p)) for p in points]
    centre = sum(exact, Fraction()) / len(exact)
    reach = 3 / rules.d2 * _mean_moving_range(exact)
    away = [p - centre for p in exact]
    return Trend(
        centre=float(centre),
        lower=float(centre - reach),
        upper=float(centre + reach),
        provisional=len(points) < rules.enough,
        signals=tuple(s for direction in (1, -1) for s in _signals(away, reach, direction, rules)),
        worse=-1 if better_when == "Higher" else 1,
        points=len(points),
        rules=rules,
    )


def _mean_moving_range(exact: Sequence[Fraction]) -> Fraction:
    moves = [abs(b - a) for a, b in pairwise(exact)]
    return sum(moves, Fraction()) / len(moves) if moves else Fraction()


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
