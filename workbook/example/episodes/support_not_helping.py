"""S9: twice within days support did not help."""

from __future__ import annotations

from workbook.example.episodes.common import entry, free_staff
from workbook.example.support import Log
from workbook.example.texts import episodes as text
from workbook.example.texts.remarks import UNHELPFUL
from workbook.example.timeline import DAY


def happens(log: Log) -> None:
    """With one champion of home care."""
    by = log.world.champions["Champion Golf"]
    first = log.world.near(64)
    days = (first, first + 5 * DAY)
    pairs = (("Care plan updates", "Finding the record"), ("Care notes", "Choosing the right form"))
    told = []
    for n, staff in enumerate(free_staff(log, by.person.home, 2)):
        asked = entry(log, by, days[n], staff, pairs[n], text.NOT_HELPED[n])
        told.append(log.score(asked, 3, 3, helped="No", comment=UNHELPFUL[n]))
    log.world.plant(
        "S9", by.person.home, max(told), min(told) + 13 * DAY, "Two colleagues said that support did not help."
    )
