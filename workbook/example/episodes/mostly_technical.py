"""S10: the first weeks of home care are about phones."""

from __future__ import annotations

from workbook.example.episodes.common import entry, free_staff
from workbook.example.people import HOME
from workbook.example.support import PHONES, TECHNICAL, Log, feedback, texts_for
from workbook.example.texts.issues import ISSUES
from workbook.example.timeline import DAY


def happens(log: Log) -> None:
    """In the first month, by two champions in turn."""
    live = log.world.time.at(HOME[PHONES].live)
    echo, golf = log.world.champions["Champion Echo"], log.world.champions["Champion Golf"]
    issues = {(issue.workflow, issue.need) for issue in ISSUES if issue.by in (echo.person.name, golf.person.name)}
    pairs = [pair for pair in TECHNICAL if pair not in issues]
    for n in range(15):
        day = live + (2 + n * 25 // 15) * DAY
        free = [pair for pair in pairs if len(log.near(PHONES, pair, day)) < 2]
        if not free:
            continue
        pair = log.world.rng.choice(free)
        taken = {e["staff_member"] for e in log.near(PHONES, pair, day)}
        staff = next(s for s in free_staff(log, PHONES, 6) if s not in taken)
        happened, _ = texts_for(log.world, pair, HOME[PHONES])
        feedback(log, entry(log, echo if n % 2 else golf, day, staff, pair, happened))
