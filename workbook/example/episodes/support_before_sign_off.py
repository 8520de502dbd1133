"""P5: a champion supports colleagues before being signed off."""

from __future__ import annotations

from workbook.example.episodes.common import entry, free_staff
from workbook.example.people import HOME
from workbook.example.support import Log, feedback, texts_for
from workbook.example.timeline import DAY


def happens(log: Log) -> None:
    """In the first days of home care."""
    early = log.world.champions["Champion Foxtrot"]
    live = log.world.time.at(HOME["RIV"].live)
    pairs = (("Tasks", "Understanding the workflow"), ("Alerts", "Finding the record"))
    for n, staff in enumerate(free_staff(log, "RIV", 2)):
        happened, _ = texts_for(log.world, pairs[n], HOME["RIV"])
        made = entry(log, early, live + (1 + 2 * n) * DAY, staff, pairs[n], happened)
        feedback(log, made)
        log.world.mistake("support-before-sign-off", made, "Supported a colleague before being signed off.")
    last = early.left - DAY if early.left else None
    log.world.plant("P5", early.draft, live + DAY, last, "Supported colleagues in the first days, not yet signed off.")
