"""A simulated programme: three services, nine champions, staff who learn, and what goes wrong on the way.

Nothing in it is real. The same seed gives the same programme. What was made to go wrong is written down as it is done,
so that the rules can be measured against it.
"""

from __future__ import annotations

import datetime as dt
import random

from workbook.example.draft import Drafts
from workbook.example.episodes import episodes, keep_apart, plant_shares
from workbook.example.evidence import evidence
from workbook.example.guidance import guidance
from workbook.example.improve import improve
from workbook.example.people import ROLES, SETTINGS
from workbook.example.planted import Example, Mistake, Planted, Row
from workbook.example.prepare import prepare
from workbook.example.protected import protected_time
from workbook.example.reviews import reviews
from workbook.example.support import Log, ordinary_weeks
from workbook.example.timeline import Timeline
from workbook.example.world import World
from workbook.model.declare import Register
from workbook.model.registers import COMPUTED, REGISTERS, SETUP, ConfidenceTracker, People, Programme, Thresholds

__all__ = ["UNTIL", "Example", "Mistake", "Planted", "Row", "simulate"]

UNTIL = dt.date(2026, 6, 30)


def simulate(*, seed: int = 7, weeks: int = 20, until: dt.date = UNTIL) -> Example:
    """A programme that has run for some weeks.

    Args:
        seed: the same seed gives the same programme.
        weeks: how many weeks, 4 to 60. From 20 on every trigger occurs.
        until: the last day.

    Raises:
        ValueError: `weeks` is out of range.
    """
    world = World(random.Random(seed), Timeline(weeks, until))  # noqa: S311 - a story, not a secret
    prepare(world)
    protected_time(world)
    guidance(world)
    log = Log(world)
    keep_apart(log)
    episodes(log)
    improve(log)
    ordinary_weeks(log)
    plant_shares(log)
    reviews(log)
    evidence(world)
    _a_wrong_reference(world)
    return Example(_tables(world.drafts, until), world.planted(), world.mistakes(), until)


def _a_wrong_reference(world: World) -> None:
    rows = [r for r in world.drafts.of(ConfidenceTracker) if r["date"] >= world.time.at(90)]
    if rows:
        rows[0].values["recorded_by"] = "DC-019"
        world.mistake("unknown-reference", rows[0], "Recorded by a champion who is not on the workforce plan.")


def _tables(drafts: Drafts, until: dt.date) -> dict[str, list[Row]]:
    plain: tuple[type[Register], ...] = (Programme, People, Thresholds)
    found = drafts.finish([r for r in (*SETUP, *REGISTERS) if r not in plain], until)
    found[Programme.table] = [{"Setting": name, "Value": value} for name, value in SETTINGS.items()]
    found[People.table] = [dict(zip(People.headers(), (*role, None), strict=True)) for role in ROLES]
    found[Thresholds.table] = _thresholds()
    order = (*SETUP, *REGISTERS, *COMPUTED)
    return {register.table: found.get(register.table, []) for register in order}


def _thresholds() -> list[Row]:
    from workbook.model.catalogue import THRESHOLDS

    headers = Thresholds.headers()
    return [
        dict(zip(headers, (trigger, p.name, p.default, p.unit, p.default, p.meaning), strict=True))
        for trigger, p in THRESHOLDS
    ]
