"""What all parts of the simulation share: dice, calendar, entries, champions, and the record of what was planted."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from typing import Any, TypeVar

from workbook.example.draft import Draft, Drafts
from workbook.example.people import Person
from workbook.example.planted import Mistake, Planted
from workbook.example.timeline import DAY, Timeline, working
from workbook.model.declare import Register
from workbook.model.light_dataclasses import dataclass, field

T = TypeVar("T")


@dataclass
class Champion:
    """A champion in the simulation: who, and when they may support staff."""

    person: Person
    draft: Draft
    signed: dt.date
    commitment: dt.date
    left: dt.date | None = None
    #: Nothing is heard of them from this day on.
    silent: dt.date | None = None
    #: From this day on they solve problems without coaching or asking how it went.
    careless: dt.date | None = None

    def acting(self, day: dt.date) -> bool:
        """Whether they are signed off and have not been paused or reassigned."""
        return self.signed <= day and (self.left is None or day < self.left)

    def judged(self, day: dt.date) -> bool:
        """Whether they have been identified and not been paused or reassigned."""
        identified: dt.date = self.draft["identified_on"]
        return identified <= day and (self.left is None or day < self.left)


@dataclass
class World:
    """The simulation's state."""

    rng: random.Random
    time: Timeline
    drafts: Drafts = field(default_factory=Drafts)
    champions: dict[str, Champion] = field(default_factory=dict)
    _planted: list[tuple[str, Draft | str, dt.date, dt.date, str]] = field(default_factory=list)
    _mistakes: list[tuple[str, Draft, str]] = field(default_factory=list)
    _done: set[str] = field(default_factory=set)
    _decks: dict[tuple[str, ...], list[str]] = field(default_factory=dict)

    def add(self, register: type[Register], **values: Any) -> Draft:
        """A new entry."""
        return self.drafts.add(register, **values)

    def about(self, day: int, spread: int = 1) -> dt.date:
        """A working day near a day of the story."""
        return working(self.time.at(day + self.rng.randint(-spread, spread)))

    def near(self, day: int, spread: int = 1) -> dt.date:
        """Any day near a day of the story."""
        return self.time.at(day + self.rng.randint(-spread, spread))

    def soon(self, day: dt.date, least: int, most: int) -> dt.date:
        """A working day so many days later."""
        return working(day + self.rng.randint(least, most) * DAY)

    def draw(self, pool: Sequence[str], deck: str) -> str:
        """A text of the pool; none comes again in this deck before all have been drawn."""
        key = (deck, pool[0], str(len(pool)))
        left = self._decks.get(key)
        if not left:
            left = self._decks[key] = self.rng.sample(pool, len(pool))
        return left.pop()

    def team(self, home: str) -> list[Champion]:
        """The champions of a service."""
        return [c for c in self.champions.values() if c.person.home == home]

    def plant(self, trigger: str, scope: Draft | str, first: dt.date, last: dt.date | None, why: str) -> None:
        """Records that a trigger has cause to be raised from the first day to the last (None: to the end)."""
        self._planted.append((trigger, scope, first, last or self.time.until, why))

    def mistake(self, code: str, draft: Draft, why: str) -> None:
        """Records that an entry is wrong on purpose."""
        self._mistakes.append((code, draft, why))

    def raised_at(self, home: str, day: dt.date) -> list[str]:
        """The triggers on live support that a service gave cause for in the fortnight before a day."""
        found = {
            trigger
            for trigger, scope, first, last, _ in self._planted
            if scope == home and trigger[0] == "S" and first <= day <= min(last, self.time.until) + 7 * DAY
        }
        return sorted(found, key=lambda trigger: int(trigger[1:]))

    def once(self, what: str, now: bool) -> bool:  # noqa: FBT001 - read as a sentence where it is used
        """Whether something that happens once happens now."""
        if not now or what in self._done:
            return False
        self._done.add(what)
        return True

    def planted(self) -> list[Planted]:
        """What was planted and came to pass, once the entries have their ids; by trigger, scope and day."""
        found = []
        for trigger, scope, first, last, why in self._planted:
            name = scope.id if isinstance(scope, Draft) else scope
            end = min(last, self.time.until)
            if name and first <= end:
                found.append(Planted(trigger, name, first, end, why))
        return sorted(found, key=lambda p: (p.trigger[0], int(p.trigger[1:]), p.scope, p.first))

    def mistakes(self) -> list[Mistake]:
        """The mistakes in entries that exist by the end."""
        return [Mistake(code, d.register.table, d.id, why) for code, d, why in self._mistakes if d.id]
