"""S5: the words speak of a workaround that was not ticked."""

from __future__ import annotations

from workbook.example.episodes.common import entry, free_staff
from workbook.example.support import Log, feedback
from workbook.example.texts import episodes as text
from workbook.example.timeline import DAY


def happens(log: Log) -> None:
    """Once in home care."""
    by = log.world.champions["Champion Golf"]
    day = log.world.near(88)
    (staff,) = free_staff(log, by.person.home, 1)
    feedback(log, entry(log, by, day, staff, ("Care notes", "Recording on time"), text.HIDDEN))
    log.world.plant("S5", by.person.home, day, day + 27 * DAY, "Fluids jotted down elsewhere, workaround not ticked.")
