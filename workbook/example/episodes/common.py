"""What episodes of live support share: staff who are free, and one entry."""

from __future__ import annotations

import datetime as dt

from workbook.example.draft import Draft
from workbook.example.people import HOME
from workbook.example.support import Log, Pair, guidance_for, texts_for
from workbook.example.world import Champion

#: Staff who appear in one episode only: (service, place on its list of staff).
SHAKY = {"OAK": 8, "RIV": 9}


def keep_apart(log: Log) -> None:
    """Takes the staff whose scores matter to a story out of the ordinary weeks."""
    log.busy |= {HOME[home].staff[n] for home, n in SHAKY.items()}


def free_staff(log: Log, home: str, count: int) -> list[str]:
    """So many of a service's staff who are in no episode yet."""
    return log.world.rng.sample([s for s in HOME[home].staff if s not in log.busy], count)


def entry(log: Log, champion: Champion, day: dt.date, staff: str, pair: Pair, happened: str) -> Draft:
    """An entry of the support log, by the guidance in force and with its coaching."""
    home = HOME[champion.person.home]
    coaching = texts_for(log.world, pair, home)[1]
    followed = guidance_for(log.world, pair, day)
    return log.write(champion, day, staff, pair, happened, coaching_given=coaching, guidance_followed=followed)
