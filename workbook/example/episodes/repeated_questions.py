"""S6: the same question from the same colleague."""

from __future__ import annotations

from collections.abc import Sequence

from workbook.example.episodes.common import entry, free_staff
from workbook.example.support import Log, Pair, feedback
from workbook.example.texts import episodes as text
from workbook.example.timeline import DAY
from workbook.example.world import Champion


def happens(log: Log) -> None:
    """On care plans, at two services."""
    alpha, india = log.world.champions["Champion Alpha"], log.world.champions["Champion India"]
    _asked_again(log, alpha, ("Care plan updates", "Understanding the workflow"), 45, text.REPEATED)
    _asked_again(log, india, ("Care plan updates", "Updating a care plan"), 128, text.REPEATED_LIME)


def _asked_again(log: Log, by: Champion, pair: Pair, day: int, seen: Sequence[str]) -> None:
    """S6: the same question from the same colleague."""
    first = log.world.near(day)
    second = first + 7 * DAY
    (staff,) = free_staff(log, by.person.home, 1)
    for when, happened in zip((first, second), seen, strict=True):
        feedback(log, entry(log, by, when, staff, pair, happened))
    log.world.plant("S6", by.person.home, second, first + 13 * DAY, f"{staff} asked the same twice in a week.")
