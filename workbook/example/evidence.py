"""Outcome measures and their readings: most improve, some stumble."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from workbook.example.draft import Draft
from workbook.example.people import HOME
from workbook.example.timeline import DAY
from workbook.example.world import World
from workbook.model.light_dataclasses import dataclass
from workbook.model.registers import OutcomeMeasures, OutcomeReadings


@dataclass(frozen=True)
class Measure:
    """A measure, where it began, how far it moves in 20 weeks, and how often and where it is read."""

    key: str
    text: str
    part: str
    unit: str
    better: str
    kind: str
    baseline: float
    gain: float
    noise: float
    target: float
    days: int
    homes: tuple[str | None, ...]
    source: str
    digits: int = 0


PREPARING, LIVE, FEEDBACK = "Preparing champions", "Live support", "Champion feedback"
ALL = ("OAK", "RIV", "LIME")
MEASURES: tuple[Measure, ...] = (
    Measure(
        "clear", "Champions who say that their responsibilities are clear", PREPARING, "Percent", "Higher",
        "Role clarity", 45, 45, 3, 90, 14, (None,), "Feedback",
    ),
    Measure(
        "access", "Shifts with a champion on duty or on call", PREPARING, "Percent", "Higher", "Access to support",
        30, 45, 4, 80, 14, (None,), "Staff practice",
    ),
    Measure(
        "notes", "Care notes completed within the shift", LIVE, "Percent", "Higher", "Record completion", 68, 22, 2,
        90, 14, ALL, "Audits",
    ),
    Measure(
        "confidence", "Mean confidence after support", LIVE, "Score", "Higher", "Staff confidence", 2.9, 0.6, 0.03, 3.6,
        14, (None,), "Feedback", 1,
    ),
    Measure(
        "errors", "Medication entries corrected after the round", LIVE, "Count", "Lower", "Repeated errors", 24, 13,
        1.5, 8, 14, ("OAK",), "Care records",
    ),
    Measure(
        "barrier", "Days from a barrier reported to the barrier mended", FEEDBACK, "Days", "Lower",
        "Days to fix a barrier", 46, 20, 2, 21, 14, (None,), "Care records",
    ),
    Measure(
        "satisfied", "Staff satisfied with the care system", FEEDBACK, "Percent", "Higher", "Staff satisfaction", 58,
        14, 1.5, 60, 28, ("OAK", "RIV"), "Feedback",
    ),
)  # fmt: skip

SHAKEN = "Pulse survey in the week of the new visit times; many carers named the ticking times."
CONFIDENCE_NOTE = "Week with nine new starters and the change of sign-in; champions on leave."


def evidence(world: World) -> None:
    """The measures with their baselines, and readings to the end."""
    for measure in MEASURES:
        row = world.add(
            OutcomeMeasures, measure=measure.text, belongs_to=measure.part, unit=measure.unit,
            better_when=measure.better, baseline_value=measure.baseline, baseline_date=world.time.office(-9),
            target=measure.target, kind=measure.kind,
        )  # fmt: skip
        for home in measure.homes:
            _series(world, measure, row, home)


def _series(world: World, measure: Measure, row: Draft, home: str | None) -> None:
    days = list(_days(world, measure, home))
    drop = _drop(world, measure, home, days)
    so_far: list[float] = []
    for n, day in enumerate(days):
        note = None
        value = _better_than_before(world, measure, (n + 1) * measure.days / 140, so_far)
        if day == drop:
            value, note = _stumble(measure, value)
            after = next((d for d in days if d > day), None)
            _plant_drop(world, measure, home, day, after)
        so_far.append(value)
        counted = measure.key == "notes"
        world.add(
            OutcomeReadings, measure_id=row, service=home, date=day, value=round(value, measure.digits),
            numerator=round(value * 0.4) if counted else None, denominator=40 if counted else None,
            evidence_source=measure.source, concern_raised=False if measure.source == "Audits" else None, note=note,
        )  # fmt: skip


def _days(world: World, measure: Measure, home: str | None) -> Iterable[dt.date]:
    """The days of reading. The figures on preparing are forgotten for some weeks."""
    start = world.time.start
    if home is not None:
        start = max(start, world.time.at(HOME[home].live) + 12 * DAY)
    days = list(world.time.every(measure.days, start))
    if measure.part != PREPARING:
        return days
    gap = (world.time.at(16), world.time.at(66))
    kept = [day for day in days if not gap[0] <= day <= gap[1]]
    if measure.key == "clear":
        before = max(day for day in kept if day < gap[0])
        after = min((day for day in kept if day > gap[1]), default=dt.date.max)
        forgotten = "No reading on preparing champions for four weeks."
        world.plant("F11", "programme", before + 28 * DAY, after - DAY, forgotten)
    return kept


def _better_than_before(world: World, measure: Measure, share: float, so_far: list[float]) -> float:
    """A value on the way from the baseline, never on the worse side of the mean of those before."""
    share = min(share, 1.15) if share <= 1 else 1 + (share - 1) * 0.1
    way = 1 if measure.better == "Higher" else -1
    value = measure.baseline + way * (5 / 14 * measure.gain * 0.3 + share * measure.gain)
    value += world.rng.uniform(-measure.noise, measure.noise)
    step = 10**-measure.digits
    if so_far:
        mean = sum(so_far) / len(so_far)
        value = max(value, mean + step) if way > 0 else min(value, mean - step)
    return round(min(value, 99) if measure.unit == "Percent" else max(value, 1), measure.digits)


def _drop(world: World, measure: Measure, home: str | None, days: list[dt.date]) -> dt.date | None:
    """The reading at which a measure stumbles: staff satisfaction at Riverside, confidence everywhere."""
    wanted = {("satisfied", "RIV"): 84, ("confidence", None): 98}.get((measure.key, home))
    if wanted is None:
        return None
    earliest = world.time.at(wanted - 7)
    return next((day for day in days if day >= earliest), None)


def _stumble(measure: Measure, value: float) -> tuple[float, str]:
    if measure.key == "satisfied":
        return measure.target - 6, SHAKEN
    return round(value - 1.3, 1), CONFIDENCE_NOTE


def _plant_drop(world: World, measure: Measure, home: str | None, day: dt.date, after: dt.date | None) -> None:
    trigger = "F3" if measure.key == "satisfied" else "F7"
    last = after - DAY if after else None
    world.plant(trigger, "programme", day, last, f"{measure.text} fell sharply{' at ' + home if home else ''}.")
