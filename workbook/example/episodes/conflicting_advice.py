"""S2: one champion follows the guidance, another goes by habit."""

from __future__ import annotations

from workbook.example.episodes.common import free_staff
from workbook.example.support import Log, feedback, guidance_for
from workbook.example.texts import episodes as text
from workbook.example.timeline import DAY


def happens(log: Log) -> None:
    """On one kind of alert."""
    right, wrong = log.world.champions["Champion Alpha"], log.world.champions["Champion Bravo"]
    pair = ("Alerts", "Responding to an alert")
    first = log.world.near(50)
    second = first + 4 * DAY
    one, other = free_staff(log, "OAK", 2)
    followed = guidance_for(log.world, pair, first)
    for champion, when, staff, page, n in ((right, first, one, followed, 0), (wrong, second, other, None, 1)):
        entry = log.write(
            champion, when, staff, pair, text.CONFLICT[n], coaching_given=text.CONFLICT_COACHING[n],
            guidance_followed=page,
        )  # fmt: skip
        feedback(log, entry)
    log.world.plant("S2", "OAK", second, first + 27 * DAY, "Two champions advised differently on a low-fluids alert.")
