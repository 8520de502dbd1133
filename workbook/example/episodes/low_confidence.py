"""S3: a colleague stays unsure after support, twice running; at one service a third time brings relief."""

from __future__ import annotations

from collections.abc import Sequence

from workbook.example.episodes.common import SHAKY, entry
from workbook.example.people import HOME
from workbook.example.support import Log
from workbook.example.texts import episodes as text
from workbook.example.texts.remarks import LOW
from workbook.example.timeline import DAY
from workbook.example.world import Champion


def happens(log: Log) -> None:
    """On incidents at a home, on notes in home care."""
    bravo, echo = log.world.champions["Champion Bravo"], log.world.champions["Champion Echo"]
    _unsure(
        log,
        bravo,
        (
            (50, "Incidents", "Choosing the right form"),
            (56, "Incidents", "Correcting an entry"),
            (68, "Incidents", "Understanding the workflow"),
        ),
        text.SHAKY_OAK,
    )
    _unsure(
        log,
        echo,
        ((117, "Care notes", "Understanding the workflow"), (132, "Care notes", "Choosing the right form")),
        text.SHAKY,
    )


def _unsure(log: Log, by: Champion, times: Sequence[tuple[int, str, str]], seen: Sequence[str]) -> None:
    """S3: a colleague stays unsure after support, twice running; at one service a third time brings relief."""
    home = by.person.home
    staff = HOME[home].staff[SHAKY[home]]
    entries = [
        entry(log, by, log.world.near(day), staff, (workflow, need), happened)
        for (day, workflow, need), happened in zip(times, seen, strict=True)
    ]
    told = [log.score(asked, 1, 2, helped="Unsure", comment=log.world.draw(LOW, home)) for asked in entries[:2]]
    last = log.score(entries[2], 2, 4) - DAY if len(entries) > 2 else None
    log.world.plant("S3", home, told[1], last, f"{staff} still unsure after support, twice running.")
