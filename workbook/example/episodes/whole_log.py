"""S7, S8 and S10: what only the whole log shows, once the ordinary weeks are filled in."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable

from workbook.example.draft import Draft
from workbook.example.people import HOME
from workbook.example.support import TECHNICAL, Log, Pair
from workbook.example.timeline import DAY
from workbook.model.registers import ImprovementLog, ProtectedTime
from workbook.model.registers.lists import NONE_SEEN


def plant_shares(log: Log) -> None:
    """S7, S10 and S8: what only the whole log shows."""
    for home in HOME:
        entries = [e for e in log.entries if e["service"] == home and e["support_need"] != NONE_SEEN]
        told = _told(log)
        for first, last in log.world.time.stretches(_above(entries, 0.5, 10, lambda e, _: _pair(e) in TECHNICAL)):
            log.world.plant("S10", home, first, last, "Most support was about phones and signing in.")
        bare = functools.partial(_bare, told)
        for first, last in log.world.time.stretches(_above(entries, 0.3, 10, bare)):
            log.world.plant("S7", home, first, last, "Problems solved without coaching or feedback.")
    _plant_quiet(log)


def _pair(entry: Draft) -> Pair:
    return entry["workflow"], entry["support_need"]


def _told(log: Log) -> set[int]:
    return {id(s["support_id"] or s) for s in log.scores}


def _bare(told: set[int], entry: Draft, day: dt.date) -> bool:
    return not entry["coaching_given"] or (id(entry) not in told and day > entry["date"] + 7 * DAY)


def _above(
    entries: list[Draft], share: float, least: int, holds: Callable[[Draft, dt.date], bool]
) -> Callable[[dt.date], bool]:
    def above(day: dt.date) -> bool:
        window = [e for e in entries if day - 27 * DAY <= e["date"] <= day]
        return len(window) >= least and sum(holds(e, day) for e in window) > share * len(window)

    return above


def _plant_quiet(log: Log) -> None:
    """S8: one champion is no longer heard of, until paused."""
    quiet = log.world.champions["Champion Delta"]
    seen = [e["date"] for e in log.entries if e["champion_id"] is quiet.draft]
    weeks = log.world.drafts.of(ProtectedTime)
    seen += [w["week_commencing"] for w in weeks if w["champion_id"] is quiet.draft and w["shifts_observed"]]
    seen += [i["raised_on"] for i in log.world.drafts.of(ImprovementLog) if i["raised_by"] is quiet.draft]
    last = quiet.left - DAY if quiet.left else None
    log.world.plant("S8", "OAK", max(seen) + 21 * DAY, last, "Nothing seen of the night champion for three weeks.")
