"""The hours that champions were really given, week by week (article, example 1, step 5)."""

from __future__ import annotations

import datetime as dt

from workbook.example.timeline import DAY
from workbook.example.world import Champion, World
from workbook.model.registers import ProtectedTime

REASONS = (
    "Sickness on the shift",
    "Hospital escort",
    "Bank cover did not come",
    "Fire training",
    "Annual leave of a colleague",
    "Inspection visit",
)
SHORT = ("Rota short, worked on the floor", "Vacancy not covered", "Released for the first hour only", "No cover found")


def protected_time(world: World) -> None:
    """An entry for every full week from the first one under a commitment."""
    world_of_short = {
        "Champion Bravo": (world.time.at(42), world.time.at(69)),
        "Champion Golf": (world.time.at(111), world.time.until),
    }
    for champion in world.champions.values():
        short = world_of_short.get(champion.person.name)
        given = _weeks(world, champion, short)
        for first, last in world.time.stretches(lambda day, given=given, c=champion: _lacking(given, c, day)):  # type: ignore[misc]
            world.plant("P3", champion.draft, first, last, "Given far fewer hours than promised, weeks running.")


def _weeks(world: World, champion: Champion, short: tuple[dt.date, dt.date] | None) -> dict[dt.date, float]:
    given: dict[dt.date, float] = {}
    end = min(champion.left or world.time.until, world.time.until) - 6 * DAY
    for monday in world.time.mondays(champion.commitment, end):
        hours, reason = _hours(world, champion, monday, short)
        quiet = champion.silent is not None and monday + 6 * DAY >= champion.silent
        world.add(
            ProtectedTime, champion_id=champion.draft, week_commencing=monday, hours_given=hours,
            reason_if_short=reason, shifts_observed=None if quiet else world.rng.choice((1, 1, 2, 2, 3)),
        )  # fmt: skip
        given[monday] = hours
    return given


def _hours(
    world: World, champion: Champion, monday: dt.date, short: tuple[dt.date, dt.date] | None
) -> tuple[float, str | None]:
    promised = champion.person.hours
    if short is not None and short[0] <= monday <= short[1]:
        return 1, world.draw(SHORT, champion.person.name)
    if world.rng.random() < 0.15:
        return promised - 0.5, world.draw(REASONS, champion.person.name)
    return promised, None


def _lacking(given: dict[dt.date, float], champion: Champion, day: dt.date) -> bool:
    """Under three quarters of the hours promised for the last eight full weeks, three of them with an entry."""
    if not champion.judged(day):
        return False
    newest = day - (day.weekday() + 7) * DAY
    hours = [given[week] for n in range(8) if (week := newest - 7 * n * DAY) in given]
    return len(hours) >= 3 and sum(hours) < 0.75 * champion.person.hours * len(hours)
