"""The Dashboard's figures as Python reckons them from a snapshot; the Dashboard's formulas must say the same.

A row counts if the date that the figure is about can be read and is not later than the day. Champions count by the
status that stands there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence

from workbook.blueprint.dues import DUES
from workbook.model.cells import fold
from workbook.model.light_dataclasses import dataclass
from workbook.model.registers import (
    BY_TABLE,
    LISTS_BY_TABLE,
    Actions,
    ConfidenceTracker,
    ImplementationPlan,
    ImprovementLog,
    People,
    ProtectedTime,
    ReviewsDue,
    RunCharts,
    RunPoints,
    Services,
    SupportLog,
    TrainingMatrix,
    Triggers,
    WorkforcePlan,
)
from workbook.model.registers.lists import NONE_SEEN
from workbook.model.snapshot import Snapshot
from workbook.model.triggers import STATE_WORDS, State
from workbook.model.view import View

#: How many weeks the Dashboard shows, the one under way last; and how many days "lately" is.
WEEKS, LATELY = 12, 28
TOP_NEEDS = 5
ACTING = ("Signed off", "Active")
PREPARING = ("Proposed", "Preparing")
#: Open issues by age in days, both ends counted.
AGES = ((0, 7), (8, 14), (15, 28), (29, None))
DONE = ("Done", "Cancelled")


@dataclass(frozen=True)
class Training:
    """How far a champion's required training is; `cells` says it module by module."""

    required: int
    passed: int
    cells: tuple[str, ...]

    @property
    def state(self) -> str:
        """In words."""
        if not self.required:
            return "None required"
        return "Complete" if self.passed == self.required else f"{self.required - self.passed} to do"


@dataclass(frozen=True)
class Week:
    """A week's support and confidence; a mean is None where nobody was asked."""

    monday: dt.date
    entries: int
    before: float | None
    after: float | None


@dataclass(frozen=True)
class Scope:
    """The figures of a service, or of the whole programme."""

    name: str
    phase: str
    acting: int
    preparing: int
    trained: int
    protected: float | None
    a_week: float
    top_need: str
    before: float | None
    after: float | None
    open_issues: int
    old_issues: int
    asking: int


@dataclass(frozen=True)
class RunChart:
    """A series as the program last computed it: its first point's number, its points, centre line and limits."""

    name: str
    first: int
    dates: tuple[dt.date, ...]
    values: tuple[float, ...]
    centre: float
    lower: float
    upper: float
    said: str
    target: float | None
    variations: tuple[str | None, ...]


class Figures:
    """All figures of a workbook on a day.

    Args:
        snapshot: what the workbook holds.
        as_of: the day.
    """

    def __init__(self, snapshot: Snapshot, as_of: dt.date) -> None:
        self.snapshot, self.as_of = snapshot, as_of
        self.view = View(snapshot, as_of)
        self.plan = snapshot.rows(WorkforcePlan)
        self._support = [row for row in snapshot.rows(SupportLog) if row.date is not None]
        self._tracked = [row for row in snapshot.rows(ConfidenceTracker) if row.date is not None]
        self._service_of = {row.champion_id: row.service for row in self.plan}

    # -- champions and training -----------------------------------------------------------------------------------

    def with_status(self, statuses: Sequence[str], service: str | None = None) -> int:
        """Champions with one of these statuses."""
        return sum(r.status in statuses and service in (None, r.service) for r in self.plan)

    def modules(self) -> tuple[str, ...]:
        """The modules of the enhanced training, in the order of their list."""
        return self.snapshot.lists.get(TrainingMatrix.module.target, LISTS_BY_TABLE["TrainingModules"].values)

    def training(self, champion: str | None, modules: Sequence[str]) -> Training:
        """How far a champion's training is in these modules."""
        rows = [r for r in self.snapshot.rows(TrainingMatrix) if r.champion_id == champion]
        cells = [self._module([r for r in rows if r.module == m]) for m in modules]
        needed = [m for m in modules if any(r.module == m and r.required for r in rows)]
        done = [m for m in needed if any(r.module == m and r.result == "Passed" for r in rows)]
        return Training(len(needed), len(done), tuple(cells))

    def _module(self, rows: Sequence[TrainingMatrix]) -> str:
        if any(r.result == "Passed" for r in rows):
            return "Passed"
        if not any(r.required for r in rows):
            return "–"
        overdue = any(r.planned_on is not None and r.planned_on < self.as_of for r in rows)
        return "Overdue" if overdue else "To do"

    def trained(self, rows: int, modules: int, service: str | None = None) -> int:
        """Acting champions whose required training is complete; as many champions and modules as the overview holds."""
        known = self.modules()[:modules]
        return sum(
            r.status in ACTING
            and service in (None, r.service)
            and self.training(r.champion_id, known).state == "Complete"
            for r in self.plan[:rows]
        )

    def protected(self, service: str | None = None) -> float | None:
        """Of the hours promised for the last four full weeks with an entry, the share that was given."""
        monday = self.monday()
        given = promised = 0.0
        for row in self.snapshot.rows(ProtectedTime):
            week = row.week_commencing
            if (
                week is None
                or not monday - dt.timedelta(28) <= week < monday
                or not self._is_of(service, row.champion_id)
            ):
                continue
            given += row.hours_given or 0
            promised += sum(self._promised(row.champion_id, week))
        return given / promised if promised else None

    def _promised(self, champion: str, week: dt.date) -> Iterable[float]:
        for plan in self.snapshot.rows(ImplementationPlan):
            began = plan.champion_id == champion and plan.confirmed_on is not None and plan.confirmed_on <= week
            if began and not (plan.ended_on is not None and plan.ended_on <= week):
                yield plan.hours_per_week or 0

    def _is_of(self, service: str | None, champion: str | None) -> bool:
        return service is None or (champion is not None and self._service_of.get(champion) == service)

    # -- support and confidence -----------------------------------------------------------------------------------

    def monday(self) -> dt.date:
        """The Monday of the week under way."""
        return self.as_of - dt.timedelta(self.as_of.weekday())

    def support(self, first: dt.date, last: dt.date, service: str | None = None) -> list[SupportLog]:
        """The support entries of some days, both ends counted, none later than the day."""
        last = min(last, self.as_of)
        return [r for r in self._support if first <= r.date <= last and service in (None, r.service)]

    def confidence(self, first: dt.date, last: dt.date, attr: str, service: str | None = None) -> float | None:
        """The mean of the scores of some days, from the support log and the confidence tracker."""
        last = min(last, self.as_of)
        scores = [getattr(r, attr) for r in self.support(first, last, service)]
        scores += [
            getattr(r, attr) for r in self._tracked if first <= r.date <= last and self._is_of(service, r.recorded_by)
        ]
        found = [s for s in scores if s is not None]
        return sum(found) / len(found) if found else None

    def weeks(self) -> list[Week]:
        """The last weeks, the one under way last."""
        mondays = [self.monday() - dt.timedelta(7 * n) for n in reversed(range(WEEKS))]
        return [
            Week(
                day,
                len(self.support(day, day + dt.timedelta(6))),
                self.confidence(day, day + dt.timedelta(6), "confidence_before"),
                self.confidence(day, day + dt.timedelta(6), "confidence_after"),
            )
            for day in mondays
        ]

    def needs(self, service: str | None = None) -> list[tuple[str, int]]:
        """The needs seen lately, most frequent first; of equals the one that stands first in the list."""
        listed = self.snapshot.lists.get(SupportLog.support_need.target, ())
        entries = self.support(self.as_of - dt.timedelta(LATELY - 1), self.as_of, service)
        counted = [(need, sum(r.support_need == need for r in entries)) for need in listed if need != NONE_SEEN]
        return sorted((c for c in counted if c[1]), key=lambda c: -c[1])

    # -- issues, actions, reviews, triggers -----------------------------------------------------------------------

    def open_issues(self, youngest: int = 0, oldest: int | None = None, service: str | None = None) -> int:
        """Issues not closed, by their age in days."""
        found = 0
        for row in self.snapshot.rows(ImprovementLog):
            if row.raised_on is None or row.status == "Closed" or service not in (None, row.service):
                continue
            age = (self.as_of - row.raised_on).days
            found += youngest <= age and (oldest is None or age <= oldest)
        return found

    def actions(self, status: str) -> int:
        """Actions with a status."""
        return sum(row.status == status for row in self.snapshot.rows(Actions))

    def overdue(self) -> Mapping[str, int]:
        """What is overdue, by its words."""
        return {d.words: d.count(self.snapshot.rows(BY_TABLE[d.column.table]), self.as_of) for d in DUES}

    def reviews(self, late: Callable[[ReviewsDue], bool]) -> int:
        """Reviews of the last run."""
        return sum(late(row) for row in self.snapshot.rows(ReviewsDue))

    def triggers(self, state: str, service: str | None = None) -> int:
        """Triggers of the last run in a state; those of a service's champions are the service's."""
        rows = [r for r in self.snapshot.rows(Triggers) if r.state == state]
        return sum(service is None or r.scope == service or self._is_of(service, r.scope) for r in rows)

    def run_chart(self) -> RunChart | None:
        """The first series, which is shown until a person chooses another; None without readings."""
        charts, points = self.snapshot.rows(RunCharts), self.snapshot.rows(RunPoints)
        if not charts:
            return None
        one = charts[0]
        mine = points[one.first_point - 1 : one.first_point - 1 + one.points]
        dates, values = tuple(p.date for p in mine), tuple(p.value for p in mine)
        limits = one.centre, one.lower, one.upper
        kinds = tuple(p.variation for p in mine)
        return RunChart(one.series, one.first_point, dates, values, *limits, one.said, one.target, kinds)

    def people(self) -> list[str]:
        """Everybody who holds a role, each name once, in the order of the table."""
        found: dict[str, str] = {}
        for row in self.snapshot.rows(People):
            if row.person:
                found.setdefault(fold(row.person), row.person)
        return list(found.values())

    def week_before(self, weeks: int) -> dt.date:
        """The day so many weeks before."""
        return self.as_of - dt.timedelta(7 * weeks)

    def last_run(self) -> dt.date | None:
        """The day of the last run that computed the triggers."""
        return max((r.last_seen_on for r in self.snapshot.rows(Triggers) if r.last_seen_on), default=None)

    # -- by service -----------------------------------------------------------------------------------------------

    def scope(self, service: Services | None, rows: int, modules: int) -> Scope:
        """The figures of a service, or of the whole programme."""
        code = service.service_code if service is not None else None
        first = self.as_of - dt.timedelta(LATELY - 1)
        needs = self.needs(code)
        return Scope(
            name=(service.name or service.service_code or "") if service is not None else "Whole programme",
            phase=self.phase(service) if service is not None else "",
            acting=self.with_status(ACTING, code),
            preparing=self.with_status(PREPARING, code),
            trained=self.trained(rows, modules, code),
            protected=self.protected(code),
            a_week=len(self.support(first, self.as_of, code)) / (LATELY / 7),
            top_need=needs[0][0] if needs else "–",
            before=self.confidence(first, self.as_of, "confidence_before", code),
            after=self.confidence(first, self.as_of, "confidence_after", code),
            open_issues=self.open_issues(service=code),
            old_issues=self.open_issues(AGES[-1][0], service=code),
            asking=self.triggers(STATE_WORDS[State.RAISED], code),
        )

    def phase(self, service: Services) -> str:
        """The phase of a service, or that it is not in use."""
        return "Not in use" if service.in_use is False else self.view.phase(service)
