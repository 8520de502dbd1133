"""S4: the agreed workflow is bypassed twice."""

from __future__ import annotations

from collections.abc import Sequence

from workbook.example.episodes.common import entry, free_staff
from workbook.example.support import Log, feedback
from workbook.example.texts import episodes as text
from workbook.example.timeline import DAY
from workbook.example.world import Champion


def happens(log: Log) -> None:
    """Once on the handover of a home, once on notes of home-care visits."""
    bravo, golf = log.world.champions["Champion Bravo"], log.world.champions["Champion Golf"]
    _workaround(log, bravo, "Handover", 31, text.HANDOVER_AROUND, text.HANDOVER_DETAIL)
    _workaround(log, golf, "Care notes", 129, text.VISITS_AROUND, text.VISITS_DETAIL)


def _workaround(log: Log, by: Champion, workflow: str, day: int, seen: Sequence[str], detail: str) -> None:
    """S4: the agreed workflow is bypassed twice."""
    first = log.world.near(day)
    second = first + 5 * DAY
    home = by.person.home
    for when, staff, happened in zip((first, second), free_staff(log, home, 2), seen, strict=True):
        made = entry(log, by, when, staff, (workflow, "Recording on time"), happened)
        made.values.update(workaround_seen=True, workaround_detail=detail)
        feedback(log, made)
    log.world.plant("S4", home, first, second + 13 * DAY, f"{workflow} bypassed twice.")
