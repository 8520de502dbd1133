"""Providers of different size, stage and quality, drawn by dice, some with a problem planted at a known day."""

import datetime as dt
import random
from dataclasses import dataclass

from bench.population.chances import BEGINS, CODES, PROBLEMS, START, UNTIL, WEEK
from bench.population.programme import Programme
from workbook.model.declare import Kind
from workbook.model.registers import BY_TABLE

#: The day on which all are looked at.
AS_OF = UNTIL
#: Staff in each service of a provider, and how many providers in a hundred have so many.
SIZES = {10: 15, 15: 20, 22: 20, 30: 20, 45: 12, 60: 8, 80: 5}
#: Paperwork: perfect, of busy people, of those who slip twice as often.
QUALITIES = {0: 25, 1: 55, 2: 20}
#: Choosing champions, first weeks of live support, running.
STAGES = {"preparing": 10, "first weeks": 15, "running": 75}
#: Of the providers that run, in how many a problem was planted; it has lasted for this many weeks at least.
PLANTED, LASTED = 0.5, 8


@dataclass(frozen=True)
class Provider:
    """A provider.

    Attributes:
        number: counts from 0; the same seed and number give the same provider.
        staff: in each service.
        stage, quality: see STAGES and QUALITIES.
        back: how many weeks before the end of its simulated time it is looked at; all its days are moved by these.
        problem: what was planted, one of `bench.population.chances.PROBLEMS`; None where nothing was.
        trigger: what should find it; '' where nothing was planted.
        since: the day on which it began; None where nothing was planted.
    """

    seed: int
    number: int
    services: int
    staff: int
    stage: str
    quality: int
    back: int
    problem: str | None

    @property
    def name(self):
        return f"group {self.number // 40 + 1:02}/provider {self.number + 1:04}.xlsx"

    @property
    def codes(self):
        return CODES[: self.services]

    @property
    def trigger(self):
        return PROBLEMS[self.problem] if self.problem else ""

    @property
    def since(self):
        return BEGINS + self.back * WEEK if self.problem else None

    @property
    def book_id(self):
        return f"{random.Random(f'id {self.seed} {self.number}').getrandbits(128):032x}"

    def programme(self):
        """The simulated programme, its days not moved, and what happens later not cut off."""
        return Programme(
            self.seed + self.number,
            self.staff,
            slips=self.quality,
            problem=self.problem,
            early=self.stage != "running",
            services=self.services,
        )

    def own_day(self):
        """The day, in the programme's own time, on which it is looked at."""
        return AS_OF - self.back * WEEK


def draw(seed, number):
    """A provider by dice."""
    rng = random.Random(f"provider {seed} {number}")
    stage = rng.choices(list(STAGES), list(STAGES.values()))[0]
    weeks = (UNTIL - START) // WEEK
    back = {
        "preparing": rng.randint(weeks, weeks + 8),
        "first weeks": rng.randint(weeks - 12, weeks - 2),
        "running": rng.randint(0, (UNTIL - BEGINS) // WEEK - LASTED),
    }[stage]
    plants = rng.random() < PLANTED and stage == "running"
    return Provider(
        seed,
        number,
        services=rng.choices((1, 2, 3), (5, 3, 2))[0],
        staff=rng.choices(list(SIZES), list(SIZES.values()))[0],
        stage=stage,
        quality=rng.choices(list(QUALITIES), list(QUALITIES.values()))[0],
        back=back,
        problem=rng.choice(list(PROBLEMS)) if plants else None,
    )


def tables(provider):
    """The rows of each table as people would have them on `AS_OF`: what comes later is not there yet.

    Returns:
        {table: rows, each {header: value}}.
    """
    rows = {
        table: [{h.replace("_", " "): v for h, v in row.items() if h != "_linked"} for row in some]
        for table, some in provider.programme().rows.items()
    }
    dated = {}
    until, move = provider.own_day(), provider.back * WEEK
    # A table whose rows are dated by those of another comes after it.
    order = sorted(rows, key=lambda table: event_of(table) is not None and event_of(table).kind is Kind.REFERENCE)
    for table in order:
        event, key = event_of(table), BY_TABLE[table].key
        kept = []
        for row in rows[table]:
            day = row.get(event.header) if event is not None else None
            day = dated.get(day, day) if isinstance(day, str) else day
            if key is not None and isinstance(day, dt.date):
                dated[row[key.header]] = day
            if not isinstance(day, dt.date) or day <= until:
                kept.append(as_on(BY_TABLE[table], row, until, move))
        rows[table] = kept
    there = {table: {row[BY_TABLE[table].key.header] for row in rows[table]} for table in rows if BY_TABLE[table].key}
    return {table: [row for row in rows[table] if not dangling(table, row, there)] for table in rows}


def event_of(table):
    return BY_TABLE[table].event()


def as_on(register, row, until, move):
    """A row with what happened after that day taken back, and all its days moved."""
    new = dict(row)
    for column in register.columns:
        day = row.get(column.header)
        if column.later and isinstance(day, dt.date) and day > until:
            new[column.header] = None
            new.update({getattr(register, attr).header: value for attr, value in column.pending})
    return {header: value + move if isinstance(value, dt.date) else value for header, value in new.items()}


def dangling(table, row, there):
    """Whether a row needs another one that is not there yet."""
    return any(
        c.required
        and c.kind is Kind.REFERENCE
        and (wanted := row.get(c.header)) is not None
        and wanted not in there.get(c.target, {wanted})
        for c in BY_TABLE[table].columns
    )
