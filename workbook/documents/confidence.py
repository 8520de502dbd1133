"""Confidence before and after support: how many scores, how far they moved, and for how many which way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from workbook.documents.words import counted
from workbook.model.cells import show
from workbook.model.light_dataclasses import dataclass
from workbook.model.view import View, median
from workbook.rules.feedback import Feedback, after_scores


@dataclass(frozen=True)
class Confidence:
    """Scores before and after the same support, 1 to 5.

    Attributes:
        count: how many pairs.
        before, after, change: medians; 0 without a pair.
        up, same, down: how many moved which way.
    """

    count: int
    before: float
    after: float
    change: float
    up: int
    same: int
    down: int

    @property
    def words(self) -> str:
        """All of it in a sentence."""
        if not self.count:
            return "No scores before and after are recorded."
        moved = f"{self.up} up, {self.same} the same, {self.down} down"
        way = f"{show(self.before)} to {show(self.after)}, median change {self.change:+g}"
        return f"{counted(self.count, 'pair')} of scores (of 1 to 5): median {way}; {moved}."


def confidence_in(view: View, first: dt.date, last: dt.date, service: str | None = None) -> Confidence:
    """The scores of a period, of one service or of all; the tracker's count before the log's own."""
    found = after_scores(view, service).rows
    return confidence_of(f for f in found if first <= f.date <= last)


def confidence_of(feedback: Iterable[Feedback]) -> Confidence:
    """The pairs among answers, summed up."""
    pairs = [(f.before, f.after) for f in feedback if f.before is not None and f.after is not None]
    if not pairs:
        return Confidence(0, 0, 0, 0, 0, 0, 0)
    moves = [after - before for before, after in pairs]
    return Confidence(
        count=len(pairs),
        before=median([before for before, _ in pairs]),
        after=median([after for _, after in pairs]),
        change=median(moves),
        up=sum(m > 0 for m in moves),
        same=sum(m == 0 for m in moves),
        down=sum(m < 0 for m in moves),
    )
