"""Live support (article, example 2): ordinary weeks, in which nothing repeats more than it should."""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Iterable
from typing import Any

from workbook.example.draft import Draft
from workbook.example.people import HOME, HOMES, Home
from workbook.example.texts.care import DAILY
from workbook.example.texts.episodes import OWN_WAY
from workbook.example.texts.remarks import CIRCUMSTANCES, COMMENTS, OBSERVED
from workbook.example.texts.risk import RISK
from workbook.example.timeline import DAY
from workbook.example.world import Champion, World
from workbook.model.light_dataclasses import dataclass, field
from workbook.model.registers import ConfidenceTracker, Guidance, SupportLog
from workbook.model.registers.lists import NONE_SEEN, TECHNICAL_NEEDS

TEXTS = {**DAILY, **RISK}
ORDINARY = sorted(pair for pair in TEXTS if pair[1] not in TECHNICAL_NEEDS)
TECHNICAL = sorted(pair for pair in TEXTS if pair[1] in TECHNICAL_NEEDS)
#: Workflow and need that a planted story owns in every service; ordinary weeks leave them alone.
RESERVED = frozenset({("Alerts", "Responding to an alert")})
#: The service whose first weeks are taken up by new phones.
PHONES = "RIV"
FORTNIGHT = 13 * DAY

Pair = tuple[str, str]


@dataclass
class Log:
    """The support log as it grows: enough of it to keep ordinary weeks ordinary."""

    world: World
    entries: list[Draft] = field(default_factory=list)
    missed: dict[str, int] = field(default_factory=dict)
    busy: set[str] = field(default_factory=set)
    scores: list[Draft] = field(default_factory=list)

    def near(self, home: str, pair: Pair, day: dt.date) -> list[Draft]:
        """Entries of the same workflow and need that a window of a fortnight could hold together with this day."""
        return [
            e
            for e in self.entries
            if e["service"] == home and (e["workflow"], e["support_need"]) == pair and abs(e["date"] - day) <= FORTNIGHT
        ]

    def write(self, champion: Champion, day: dt.date, staff: str, pair: Pair, happened: str, **more: Any) -> Draft:
        """An entry. `shift` is one of the champion's unless given."""
        values: dict[str, Any] = {
            "shift": self.world.rng.choice(champion.person.shifts[:2]),
            "outcome": "Resolved",
            "workaround_seen": False,
            **more,
        }
        entry = self.world.add(
            SupportLog, date=day, service=champion.person.home, champion_id=champion.draft, staff_member=staff,
            workflow=pair[0], support_need=pair[1], what_happened=happened, **values,
        )  # fmt: skip
        self.entries.append(entry)
        return entry

    def score(
        self, entry: Draft, before: int, after: int, *, helped: str = "Yes", comment: str | None = None
    ) -> dt.date:
        """What the staff member said of it: in the tracker, or the quick way at the service that went live last.

        Returns:
            The day on which it was said.
        """
        rng = self.world.rng
        day: dt.date = entry["date"]
        values = {"confidence_before": before, "confidence_after": after, "support_helped": helped}
        if entry["service"] == "LIME":
            entry.values.update(values)
            self.scores.append(entry)
            return day
        told = day if after <= 2 else day + rng.choice((0, 0, 1, 2)) * DAY
        self.scores.append(
            self.world.add(
                ConfidenceTracker, **values, support_id=entry, date=told, staff_member=entry["staff_member"],
                comment=comment, recorded_by=entry["champion_id"],
            )
        )  # fmt: skip
        return told


def ordinary_weeks(log: Log) -> None:
    """Fills the weeks of each service after it went live."""
    for home in HOMES:
        live = log.world.time.at(home.live)
        for n in range((log.world.time.until - live).days):
            day = live + (n + 1) * DAY
            for _ in range(_how_many(log, home, n)):
                _ordinary(log, home, day)
    _settle_scores(log)


def _how_many(log: Log, home: Home, age: int) -> int:
    """Entries of one day: more in the first weeks, fewer as staff learn."""
    a_week = home.rate * (1.15 if age < 28 else 1.0 if age < 70 else 0.75)
    if home.code == PHONES and age < 28:
        a_week *= 0.4
    chance = a_week / 7
    return sum(log.world.rng.random() < chance / 2 for _ in range(2))


def _ordinary(log: Log, home: Home, day: dt.date) -> None:
    rng = log.world.rng
    team = [c for c in log.world.team(home.code) if c.acting(day) and (c.silent is None or day < c.silent)]
    if not team:
        return
    champion = rng.choices(team, [_share(c, day) for c in team])[0]
    staff = rng.choice([s for s in home.staff if s not in log.busy])
    if rng.random() < 0.07:
        text = log.world.draw(OBSERVED, home.code).format(p=home.person)
        workflow = rng.choice(("Care notes", "Handover", "Tasks"))
        log.write(champion, day, staff, (workflow, NONE_SEEN), text)
        return
    pair = _pair(log, home, day, staff)
    if pair is not None:
        _help(log, champion, day, staff, pair)


def _share(champion: Champion, day: dt.date) -> float:
    """How much of the support falls to a champion."""
    if champion.careless is not None and day >= champion.careless:
        return 7
    return 3 if champion.person.strong else 1.5


def _pair(log: Log, home: Home, day: dt.date, staff: str) -> Pair | None:
    """A workflow and need that this service has not met too often, nor this person at all, within a fortnight."""
    pool = TECHNICAL if log.world.rng.random() < 0.08 else ORDINARY
    for pair in log.world.rng.sample(pool, min(12, len(pool))):
        known = log.near(home.code, pair, day)
        if pair not in RESERVED and len(known) < 2 and all(e["staff_member"] != staff for e in known):
            return pair
    return None


def _help(log: Log, champion: Champion, day: dt.date, staff: str, pair: Pair) -> None:
    rng, home = log.world.rng, HOME[champion.person.home]
    happened, coaching = texts_for(log.world, pair, home)
    followed = guidance_for(log.world, pair, day)
    if champion.careless is not None and day >= champion.careless:
        advice = log.world.draw(OWN_WAY, home.code)
        log.write(champion, day, staff, pair, happened, advice_given=advice, guidance_followed=followed)
        return
    entry = log.write(champion, day, staff, pair, happened, coaching_given=coaching, guidance_followed=followed)
    if rng.random() < 0.3:
        entry.values["care_record_reference"] = f"{home.code[0]}{rng.randint(1000, 9999)}"
    feedback(log, entry)


def texts_for(world: World, pair: Pair, home: Home) -> tuple[str, str]:
    """What happened and what was coached, not told twice in one service before all has been told."""
    seen, coached = TEXTS[pair]
    happened = world.draw(seen, home.code)
    if world.rng.random() < 0.55:
        happened += " " + world.draw(CIRCUMSTANCES, home.code)
    return happened.format(p=home.person), world.draw(coached, home.code).format(p=home.person)


def feedback(log: Log, entry: Draft) -> None:
    """Most staff say how it went; about one in fifteen is not asked."""
    home = entry["service"]
    log.missed[home] = log.missed.get(home, 0) + 1
    if log.missed[home] % 15 == 14:
        return
    rng = log.world.rng
    age = (entry["date"] - log.world.time.at(HOME[home].live)).days
    before = min(5, max(1, round(2.1 + age / 60 + rng.uniform(-0.8, 0.8))))
    after = max(3, min(5, before + rng.choice((1, 1, 2))))
    comment = log.world.draw(COMMENTS, home) if rng.random() < 0.45 else None
    log.score(entry, before, after, helped="Unsure" if rng.random() < 0.06 else "Yes", comment=comment)


def guidance_for(world: World, pair: Pair, day: dt.date) -> Draft | None:
    """The guidance in force for a workflow and need on a day."""
    for row in world.drafts.of(Guidance):
        gone = row["withdrawn_on"]
        if (
            (row["workflow"], row["support_need"]) == pair
            and row["approved_on"] <= day
            and (gone is None or day < gone)
        ):
            return row
    return None


def _settle_scores(log: Log) -> None:
    """Staff learn: week by week the median after-score of the programme is 3, from the eighth week on 4."""
    weeks: dict[dt.date, list[Draft]] = {}
    for score in log.scores:
        monday = score["date"] - score["date"].weekday() * DAY
        weeks.setdefault(monday, []).append(score)
    turn = log.world.time.start + 52 * DAY
    for monday, scores in weeks.items():
        _level(scores, 3 if monday < turn else 4)


def _level(scores: list[Draft], target: int) -> None:
    """Moves the scores that ordinary weeks gave, one point at a time, until their median is the target."""
    free = [s for s in scores if s["confidence_after"] >= 3]
    for score in sorted(free, key=lambda s: abs(s["confidence_after"] - target), reverse=True):
        middle = statistics.median(_after(scores))
        if middle == target:
            return
        if (middle < target) == (score["confidence_after"] < target) and score["confidence_after"] != target:
            score.values["confidence_after"] = target
            score.values["confidence_before"] = min(score["confidence_before"], target)


def _after(scores: Iterable[Draft]) -> list[int]:
    return [s["confidence_after"] for s in scores]
