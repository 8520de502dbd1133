"""Funnel plots: is a service out of the ordinary, given how much there was to count?

Limits are those of D. J. Spiegelhalter, "Funnel plots for comparing institutional performance", Statistics in Medicine
24 (2005), 1185-1202: around the share or rate of all together, so many standard errors wide, by the normal
approximation. Where services differ by more than chance for reasons that nobody can help (over-dispersion, the mean
squared z-score above 1), limits are too narrow; how much is said, and nothing is scaled.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from workbook.model.light_dataclasses import dataclass

#: Of fewer in the denominator nothing is said.
FEWEST = 10
WARNING, ALARM = 2.0, 3.0

TOO_FEW = "too few to say"
INSIDE = "as the others"
BEYOND_2, BEYOND_3 = "beyond 2σ", "beyond 3σ"


@dataclass(frozen=True)
class Funnel:
    """All services of one measure together.

    Attributes:
        share: whether it is a share of something (0 to 1), else a rate per unit.
        mean: of all together, numerators over denominators.
        dispersion: the mean squared z-score; about 1 where chance alone tells services apart, None where fewer than two
            have enough to say.
    """

    share: bool
    mean: float
    dispersion: float | None

    def limits(self, denominator: float, sigmas: float = WARNING) -> tuple[float, float]:
        """The limits for a service with this denominator: mean ± sigmas x its standard error.

        The standard error is √(p(1 - p)/n) for a share (binomial), √(rate/n) for a rate (Poisson). No share is below 0
        or above 1, no rate below 0.
        """
        reach = sigmas * self._error(denominator)
        high = self.mean + reach
        return max(0.0, self.mean - reach), min(1.0, high) if self.share else high

    def _error(self, denominator: float) -> float:
        variance = self.mean * (1 - self.mean) if self.share else self.mean
        return math.sqrt(max(variance, 0.0) / denominator)

    def says(self, numerator: float, denominator: float) -> str:
        """Where a service lies: one of `TOO_FEW`, `INSIDE`, `BEYOND_2`, `BEYOND_3`."""
        if denominator < FEWEST:
            return TOO_FEW
        value = numerator / denominator
        for sigmas, words in ((ALARM, BEYOND_3), (WARNING, BEYOND_2)):
            low, high = self.limits(denominator, sigmas)
            if value < low or value > high:
                return words
        return INSIDE


def funnel(counts: Iterable[tuple[float, float]], *, share: bool) -> Funnel | None:
    """The funnel of a measure.

    Args:
        counts: numerator and denominator of each service.
        share: whether each numerator is a part of its denominator.

    Returns:
        None where nothing was counted.
    """
    told: Sequence[tuple[float, float]] = [(n, d) for n, d in counts if d > 0]
    whole = sum(d for _, d in told)
    if not whole:
        return None
    found = Funnel(share, sum(n for n, _ in told) / whole, None)
    enough = [(n, d) for n, d in told if d >= FEWEST]
    variance = found.mean * (1 - found.mean) if share else found.mean
    if variance <= 0 or len(enough) < 2:
        return found
    squares = [(n / d - found.mean) ** 2 * d / variance for n, d in enough]
    return Funnel(share, found.mean, sum(squares) / len(squares))
