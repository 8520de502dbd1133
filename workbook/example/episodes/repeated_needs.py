"""S1: three colleagues need the same within days."""

from __future__ import annotations

from collections.abc import Sequence

from workbook.example.episodes.common import entry, free_staff
from workbook.example.support import Log, Pair, feedback
from workbook.example.texts import episodes as text
from workbook.example.timeline import DAY
from workbook.example.world import Champion


def happens(log: Log) -> None:
    """At each service once."""
    alpha, bravo, echo, golf, hotel, india = (
        log.world.champions[f"Champion {n}"] for n in ("Alpha", "Bravo", "Echo", "Golf", "Hotel", "India")
    )
    _repeated(log, (alpha, bravo), ("Medication records", "Correcting an entry"), 15, text.MEDICATION)
    _repeated(log, (echo, golf), ("Tasks", "Recording on time"), 76, text.TASKS)
    _repeated(log, (hotel, india), ("Assistive technology alerts", "Responding to an alert"), 131, text.SENSORS)


def _repeated(log: Log, by: Sequence[Champion], pair: Pair, day: int, seen: Sequence[str]) -> None:
    """S1: three colleagues need the same within days."""
    first = log.world.near(day)
    days = [first, first + 3 * DAY, first + 6 * DAY]
    home = by[0].person.home
    for n, staff in enumerate(free_staff(log, home, 3)):
        feedback(log, entry(log, by[n % 2], days[n], staff, pair, seen[n]))
    why = f"{pair[0]}, {pair[1].lower()}: three colleagues within a week."
    log.world.plant("S1", home, days[-1], first + 13 * DAY, why)
