"""What a champion's card is reckoned from: figures beside the page, as formulas and as Python reckons them."""

from __future__ import annotations

import datetime as dt
import enum
import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from workbook.blueprint.figures import Figures
from workbook.blueprint.formulas import AS_OF, at, countifs, ref, sumifs, words
from workbook.blueprint.layout import HEADER_ROW
from workbook.model.cells import Cell, fold
from workbook.model.declare import Column
from workbook.model.registers import (
    ConfidenceTracker,
    ImplementationPlan,
    ProtectedTime,
    ReadinessLog,
    RoleBriefs,
    StartSignOff,
    SupportLog,
    WorkforcePlan,
)
from workbook.model.registers.entry import BETWEEN

#: The days over which support, scores and given hours are counted.
DAYS = 56
#: The column of the figures that stand beside the page, outside what is printed.
BESIDE = 9
T = TypeVar("T")


class Beside(enum.Enum):
    """The figures that stand beside the page, in the order of their rows."""

    KEY = "Champion ID"
    ROW = "Row of the Workforce plan"
    BRIEF = "Row of the newest role brief"
    CHECK = "Row of the newest readiness check"
    SIGN_OFF = "Row of the newest start sign-off"
    PROMISE = "Row of the newest protected time in force"
    HOURS = "Hours a week agreed"
    GIVEN = "Hours given on average"
    WEEKS = "Weeks recorded"
    BEFORE = "Mean score before support"
    AFTER = "Mean score after support"
    SCORES = "Scores after support"

    @property
    def row(self) -> int:
        """The worksheet row."""
        return HEADER_ROW + 1 + list(Beside).index(self)

    @property
    def place(self) -> str:
        """The cell, fixed."""
        return at(self.row, BESIDE, "rc")


KEY, ROW = Beside.KEY.place, Beside.ROW.place
SINCE = f'">="&({AS_OF}-{DAYS - 1})'
UNTIL = f'"<="&{AS_OF}'


def of(column: Column[Any], row: str = ROW) -> str:
    """A cell of the row whose number stands beside the page."""
    return f"INDEX({ref(column)},{row})"


def newest_row(champion: Column[Any], day: Column[Any], only: str = "1") -> str:
    """The row of a champion's newest entry, counted from 1, as a formula over whole columns; 0 for none."""
    mine, days = f"({ref(champion)}={KEY})*{only}", ref(day)
    newest = f"MAX(IF({mine}*ISNUMBER({days})*({days}<={AS_OF}),{days},0))"
    found = f"MAX(IF({mine}*({days}={newest}),ROW({days})-MIN(ROW({days}))+1,0))"
    return f'IF({KEY}="",0,IF({newest}=0,0,{found}))'


def in_force() -> str:
    """The condition that protected time was not ended."""
    ended = ref(ImplementationPlan.ended_on)
    return f'((({ended}="")+({ended}>{AS_OF}))>0)'


def agreed() -> str:
    """The hours a week of all commitments in force."""
    hours = ImplementationPlan.hours_per_week
    begun = ((ImplementationPlan.champion_id, KEY), (ImplementationPlan.confirmed_on, UNTIL))
    return f"ROUND({sumifs(hours, *begun)}-{sumifs(hours, *begun, (ImplementationPlan.ended_on, UNTIL))},6)"


def given(what: str) -> str:
    """Of the weeks that count, how many are recorded, or the mean of their hours."""
    week, hours = ProtectedTime.week_commencing, ProtectedTime.hours_given
    mine = ((ProtectedTime.champion_id, KEY), (week, SINCE), (week, UNTIL), (hours, '">=0"'))
    return countifs(*mine) if what == "weeks" else f"{sumifs(hours, *mine)}/{countifs(*mine)}"


def scores(which: str) -> str:
    """How many scores of those whom the champion helped there are, before or after support."""
    return "+".join(countifs(*mine) for _, mine in _scored(which))


def mean_score(which: str) -> str:
    """The mean of these scores."""
    return f"({'+'.join(sumifs(column, *mine) for column, mine in _scored(which))})/({scores(which)})"


def _scored(which: str) -> Iterator[tuple[Column[Any], Sequence[tuple[Column[Any], str]]]]:
    for table, champion in ((SupportLog, SupportLog.champion_id), (ConfidenceTracker, ConfidenceTracker.recorded_by)):
        column, day = table.column(f"Confidence {which}"), table.column("Date")
        yield column, ((champion, KEY), (day, SINCE), (day, UNTIL), (column, '">0"'))


class Person:
    """What the registers say of one champion on a day, as Python reckons it.

    Args:
        figures: of the workbook.
        key: the champion's id; '' where there is none.
    """

    def __init__(self, figures: Figures, key: str) -> None:
        self.figures, self.key, self.as_of = figures, key, figures.as_of
        self.row = next((r for r in figures.plan if key and fold(r.champion_id or "") == fold(key)), None)

    def mine(self, register: type[T], champion: str = "champion_id") -> list[T]:
        """The champion's entries."""
        rows: Iterable[Any] = self.figures.snapshot.rows(register)
        return [r for r in rows if self.key and fold(getattr(r, champion) or "") == fold(self.key)]

    def newest(self, rows: Iterable[T], day: str) -> T | None:
        """The newest of entries by a day; of equals the later row."""
        dated = [r for r in rows if (d := getattr(r, day)) is not None and d <= self.as_of]
        return max(dated, key=lambda r: (getattr(r, day), r.ordinal), default=None)  # type: ignore[attr-defined]

    def lately(self, rows: Iterable[T], day: str) -> list[T]:
        """The entries of the days that count."""
        first = self.as_of - dt.timedelta(DAYS - 1)
        return [r for r in rows if (d := getattr(r, day)) is not None and first <= d <= self.as_of]

    @property
    def promises(self) -> list[ImplementationPlan]:
        """The protected time in force."""
        begun = (
            r for r in self.mine(ImplementationPlan) if r.confirmed_on is not None and r.confirmed_on <= self.as_of
        )
        return [r for r in begun if r.ended_on is None or r.ended_on > self.as_of]

    @property
    def promise(self) -> ImplementationPlan | None:
        """The newest protected time in force."""
        return self.newest(self.promises, "confirmed_on")

    @property
    def promised(self) -> float:
        """The hours a week of all that is in force, as P3 adds them up."""
        return round(math.fsum(r.hours_per_week or 0 for r in self.promises), 6)

    @property
    def hours(self) -> list[float]:
        """The hours of the weeks that count."""
        rows = self.lately(self.mine(ProtectedTime), "week_commencing")
        return [r.hours_given for r in rows if r.hours_given is not None]

    def scores(self, which: str) -> list[int]:
        """The scores of those whom the champion helped."""
        rows: list[Any] = self.lately(self.mine(SupportLog), "date")
        rows += self.lately(self.mine(ConfidenceTracker, "recorded_by"), "date")
        return [score for r in rows if (score := getattr(r, f"confidence_{which}")) is not None]


def mean(held: Sequence[float]) -> float:
    """The mean to one decimal, as a formula rounds it."""
    return int(sum(held) / len(held) * 10 + 0.5) / 10


def beside(person: Person, choice: str) -> Iterator[tuple[Beside, str, Cell, bool]]:
    """The figures beside the page: which, its formula, as Python reckons it, and whether it goes over whole columns.

    Args:
        person: the first champion of the plan, who is shown while none is chosen.
        choice: the cell in which a person chooses a champion.
    """
    yield Beside.KEY, _chosen(choice), person.key, False
    row = f"IFERROR(MATCH({KEY},{ref(WorkforcePlan.champion_id)},0),0)"
    yield Beside.ROW, row, person.row.ordinal + 1 if person.row is not None else 0, False
    yield from _rows(person)
    held = person.hours
    yield Beside.HOURS, f"IF({Beside.PROMISE.place}=0,0,{agreed()})", person.promised, False
    yield Beside.GIVEN, f"IFERROR(ROUND({given('mean')},1),0)", mean(held) if held else 0, False
    yield Beside.WEEKS, given("weeks"), len(held), False
    for which, name in ((Beside.BEFORE, "before"), (Beside.AFTER, "after")):
        value = mean(scored) if (scored := person.scores(name)) else ""
        yield which, f'IFERROR(ROUND({mean_score(name)},1),"")', value, False
    yield Beside.SCORES, scores("after"), len(person.scores("after")), False


def _rows(person: Person) -> Iterator[tuple[Beside, str, Cell, bool]]:
    """Where the newest entries of a champion stand."""
    promise = newest_row(ImplementationPlan.champion_id, ImplementationPlan.confirmed_on, in_force())
    rows: Iterable[tuple[Beside, str, Any]] = (
        (
            Beside.BRIEF,
            newest_row(RoleBriefs.champion_id, RoleBriefs.issued_on),
            person.newest(person.mine(RoleBriefs), "issued_on"),
        ),
        (
            Beside.CHECK,
            newest_row(ReadinessLog.champion_id, ReadinessLog.checked_on),
            person.newest(person.mine(ReadinessLog), "checked_on"),
        ),
        (
            Beside.SIGN_OFF,
            newest_row(StartSignOff.champion_id, StartSignOff.reviewed_on),
            person.newest(person.mine(StartSignOff), "reviewed_on"),
        ),
        (Beside.PROMISE, promise, person.promise),
    )
    for which, text, found in rows:
        yield which, text, found.ordinal + 1 if found is not None else 0, True


def _chosen(choice: str) -> str:
    """The id of the chosen champion: of what the drop-down offers, an id, or a name that one alone has."""
    ids, names = ref(WorkforcePlan.champion_id), ref(WorkforcePlan.name)
    short = f"IFERROR(LEFT({choice},FIND({words(BETWEEN)},{choice})-1),{choice})"
    named = f"IF(COUNTIF({names},{short})=1,INDEX({ids},MATCH({short},{names},0)),{short})"
    return f'IF({choice}="",INDEX({ids},1),{named})&""'
