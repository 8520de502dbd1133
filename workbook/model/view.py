"""The workbook as of a day, in the way every rule reads it.

Source: docs/contract/checks-and-triggers.md, "How every rule is read".

- A row whose event date is later than the day does not exist.
- What may happen to a row later (closing, completion, acknowledgement, reply …) has not happened while its date is
  later than the day.
- A row is left out of a rule only if a field which that rule reads is unusable, and how many were is said.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Any, TypeVar, cast

from workbook.model.cells import fold
from workbook.model.declare import Column, Kind, Register
from workbook.model.light_dataclasses import dataclass, field
from workbook.model.registers import Meetings, People, Services, StartSignOff, SupportLog, WorkforcePlan
from workbook.model.registers.lists import NONE_SEEN
from workbook.model.row_selection import Usable, group_by, newest, split_usable
from workbook.model.snapshot import Snapshot, Threshold

R = TypeVar("R", bound=Register)
K = TypeVar("K")

__all__ = [
    "ACTING",
    "FALL_BACK",
    "NOT_JUDGED",
    "PHASES",
    "Usable",
    "View",
    "group_by",
    "median",
    "needs_seen",
    "newest",
    "split_usable",
]

ACTING = ("Signed off", "Active")
NOT_JUDGED = ("Paused", "Reassigned", "Stepped down")
PHASES = ("Preparing", "Early implementation", "Rollout", "Stabilised")
#: Who answers where nobody holds the role (docs/contract/checks-and-triggers.md: "Owner named by role").
FALL_BACK = {
    "Team leader": ("Registered manager", "Project lead"),
    "Board chair": ("Project lead",),
    "Quality lead": ("Project lead",),
}


@dataclass(frozen=True)
class View:
    """A snapshot on a day. All rules read through this; nothing here is ever written.

    Args:
        snapshot: the workbook.
        as_of: the day.
    """

    snapshot: Snapshot
    as_of: dt.date
    _rows: dict[str, Sequence[Any]] = field(default_factory=dict, repr=False)
    _usable: dict[tuple[str, ...], Usable[Any]] = field(default_factory=dict, repr=False)
    _grouped: dict[tuple[str, ...], dict[Any, Usable[Any]]] = field(default_factory=dict, repr=False)
    _once: dict[Any, Any] = field(default_factory=dict, repr=False)

    # -- rows -----------------------------------------------------------------------------------------------------

    def rows(self, register: type[R]) -> Sequence[R]:
        """The rows that exist on the day, with what has not happened yet taken back. Worksheet order."""
        known = self._rows.get(register.table)
        if known is None:
            known = self._rows[register.table] = [self._as_known(r) for r in self._existing(register)]
        return cast("Sequence[R]", known)

    def once(self, make: Callable[[View], K]) -> K:
        """What a function gives for this view, computed on first use: several rules share one pass over a log."""
        if make not in self._once:
            self._once[make] = make(self)
        return cast("K", self._once[make])

    def find(self, register: type[R], row_id: str | None) -> R | None:
        """The row with this id, if it exists on the day."""
        row = self.snapshot.find(register, row_id)
        if row is None or not self._exists(row):
            return None
        return self._as_known(row)

    def has_rows(self, register: type[Register]) -> bool:
        """Whether the register holds any entry up to the day: an empty log is never reported as clear."""
        return len(self.rows(register)) > 0

    def usable(self, register: type[R], *columns: Column[Any]) -> Usable[R]:
        """The rows whose `columns` and event date can be read, required ones not blank; and those left out."""
        names = (register.table, *(c.attr for c in columns))
        known = self._usable.get(names)
        if known is None:
            known = self._usable[names] = self._pick_usable(register, columns)
        return cast("Usable[R]", known)

    def usable_by(self, by: Column[Any], register: type[R], *columns: Column[Any]) -> Callable[[Any], Usable[R]]:
        """`usable(register, *columns)` as a function from a value of `by` to its rows; grouped once.

        Example:
            `entries = view.usable_by(SupportLog.service, SupportLog, SupportLog.workflow)("OAK")`
        """
        names = (by.attr, register.table, *(c.attr for c in columns))
        groups = self._grouped.get(names)
        if groups is None:
            groups = self._grouped[names] = self._group(by, self.usable(register, by, *columns))
        unplaced = groups.get(None, Usable(()))
        found = groups

        def lookup(value: Any) -> Usable[R]:
            return cast("Usable[R]", found.get(value, unplaced))

        return lookup

    @staticmethod
    def _group(by: Column[Any], usable: Usable[R]) -> dict[Any, Usable[Any]]:
        get = attrgetter(by.attr)
        rows: dict[Any, list[Any]] = {}
        for row in usable.rows:
            rows.setdefault(get(row), []).append(row)
        left: dict[Any, list[Any]] = {}
        for row in usable.left_out:
            left.setdefault(get(row), []).append(row)
        anywhere = left.pop(None, [])
        groups: dict[Any, Usable[Any]] = {
            v: Usable(rows.get(v, ()), [*left.get(v, ()), *anywhere]) for v in {**rows, **left}
        }
        groups[None] = Usable((), anywhere)
        return groups

    def _pick_usable(self, register: type[R], columns: Sequence[Column[Any]]) -> Usable[R]:
        rows, left_out = split_usable(self.rows(register), columns)
        return Usable(rows, [*self._undated(register), *left_out])

    def _undated(self, register: type[R]) -> list[R]:
        event = register.event()
        if event is None:
            return []
        get = self.event_date if event.kind is Kind.REFERENCE else attrgetter(event.attr)
        return [row for row in self.snapshot.rows(register) if get(row) is None]

    def _existing(self, register: type[R]) -> Iterable[R]:
        event = register.event()
        rows = self.snapshot.rows(register)
        if event is None:
            return rows
        if event.kind is Kind.REFERENCE:
            return [row for row in rows if self._exists(row)]
        get, last = attrgetter(event.attr), self.as_of
        return [row for row in rows if get(row) is not None and get(row) <= last]

    def _exists(self, row: Register) -> bool:
        day = self.event_date(row)
        return row.register.event() is None or (day is not None and day <= self.as_of)

    def event_date(self, row: Register) -> dt.date | None:
        """The day on which the row happened; where another row dates it (a decision's meeting), that one's."""
        event = row.register.event()
        if event is None:
            return None
        value = getattr(row, event.attr)
        if event.kind is not Kind.REFERENCE:
            return cast("dt.date | None", value)
        target = _REGISTERS_THAT_DATE[event.target]
        dated = self.snapshot.find(target, value)
        return self.event_date(dated) if dated is not None else None

    def _as_known(self, row: R) -> R:
        """The row without what had not happened by the day."""
        changes: dict[str, Any] = {}
        for column in _later_columns(row.register):
            value = getattr(row, column.attr)
            if value is not None and value > self.as_of:
                changes |= {column.attr: None, **dict(column.pending)}
        if row.register is WorkforcePlan:
            changes |= self._status_as_known(cast("WorkforcePlan", row))
        return cast("R", row.having(**changes)) if changes else row

    def _status_as_known(self, row: WorkforcePlan) -> dict[str, Any]:
        if row.status_since is None or row.status_since <= self.as_of:
            return {}
        provisional = "Active" if self.signed_off(row.champion_id, self.as_of) else "Preparing"
        return {"status": provisional, "status_since": None}

    # -- champions and services -----------------------------------------------------------------------------------

    def champions(self) -> Sequence[WorkforcePlan]:
        """Every champion on the plan that day, each id once."""
        return self.once(_champions)

    def champion(self, champion_id: str) -> WorkforcePlan | None:
        """The champion with this id, spelt as on the plan; None where there is none."""
        return self.once(_champions_by_id).get(champion_id)

    def champions_of(self, service: str | None) -> Sequence[WorkforcePlan]:
        """The champions of one service; None for those whose service is blank or can't be read."""
        return self.once(_champions_by_service).get(service, ())

    def judged_champions(self) -> Sequence[WorkforcePlan]:
        """Those whom P1-P7 judge: not Paused, Reassigned or Stepped down."""
        return [row for row in self.champions() if row.status not in NOT_JUDGED]

    def acting_champions(self, service: str | None = None) -> Sequence[WorkforcePlan]:
        """Those with status Signed off or Active, of one service or of all."""
        among = self.champions() if service is None else self.champions_of(service)
        return [c for c in among if c.status in ACTING]

    def services_in_use(self) -> Sequence[Services]:
        """The services that P8 and S judge, each code once. One whose `In use` can't be read counts as in use."""
        return self.once(_services_in_use)

    def newest_sign_off(self, champion_id: str, day: dt.date) -> StartSignOff | None:
        """The latest start sign-off of a champion on or before a day."""
        days, rows = self.once(_sign_offs).get(champion_id, ((), ()))
        at = bisect_right(days, day)
        return rows[at - 1] if at else None

    def signed_off(self, champion_id: str, day: dt.date) -> bool:
        """Whether the latest start sign-off on or before a day says Signed off; the same day counts."""
        latest = self.newest_sign_off(champion_id, day)
        return latest is not None and latest.decision == "Signed off"

    def unsure_sign_offs(self, champion_id: str, day: dt.date, *, unplaced: bool = False) -> Sequence[StartSignOff]:
        """The sign-offs a cell of which can't be read, one of which may let a champion start by a day.

        None where one that can be read says so, or a later one says otherwise.

        Args:
            champion_id: the champion.
            day: the day by which they are to be signed off.
            unplaced: for a champion without any sign-off, count those whose champion can't be read too.
        """
        latest = self.newest_sign_off(champion_id, day)
        if latest is not None and latest.decision == "Signed off":
            return ()
        found = self.usable_by(StartSignOff.champion_id, StartSignOff, StartSignOff.reviewed_on, StartSignOff.decision)(
            champion_id
        )
        rows = [row for row in found.left_out if row.champion_id is not None]
        if unplaced and not rows and not found.rows:
            rows = list(found.left_out)
        since = latest.reviewed_on if latest is not None else dt.date.min
        return [r for r in rows if r.decision in (None, "Signed off") and since <= (r.reviewed_on or day) <= day]

    def phase(self, service: Services) -> str:
        """The phase of a service on the day (docs/contract/registers.md, Services), one of `PHASES`."""
        if service.go_live is None or self.as_of < service.go_live:
            return PHASES[0]
        if service.stabilised_on is not None and service.stabilised_on <= self.as_of:
            return PHASES[3]
        early_weeks = self.snapshot.programme.early_weeks
        return PHASES[1] if (self.as_of - service.go_live).days < 7 * early_weeks else PHASES[2]

    def service_name(self, code: str) -> str:
        """The name of a service as people know it; its code where it has none."""
        service = self.snapshot.find(Services, code)
        return (service.name if service is not None else None) or code

    # -- settings and people --------------------------------------------------------------------------------------

    def threshold(self, trigger: str, parameter: str) -> float:
        """The value in force of a parameter, both named as in the Thresholds table."""
        return self.snapshot.thresholds[trigger, parameter].value

    def days(self, trigger: str, parameter: str) -> int:
        """A threshold that counts days, weeks or rows, as a whole number."""
        return int(min(max(self.threshold(trigger, parameter), 0), _CENTURY))

    def changed_thresholds(self, trigger: str) -> list[tuple[str, Threshold]]:
        """The parameters of a trigger that a person changed."""
        return self.once(_changed_thresholds).get(trigger, [])

    def window(self, days: int) -> tuple[dt.date, dt.date]:
        """First and last day of the window of N days that ends on the day: it and the N - 1 before it."""
        return self.as_of - dt.timedelta(days=days - 1), self.as_of

    def holder(self, role: str, service: str | None = None) -> tuple[str, str]:
        """Who answers for something: the role, after falling back, and the name of who holds it ('' if nobody).

        Args:
            role: as in People.
            service: a Service code; None for the programme.
        """
        for candidate in (role, *FALL_BACK.get(role, ())):
            name = self._name_of(candidate, service)
            if name:
                return candidate, name
        return (FALL_BACK.get(role, (role,))[-1], "")

    def _name_of(self, role: str, service: str | None) -> str:
        row = self.snapshot.find(Services, service)
        if row is not None and role in _ROLE_COLUMNS:
            named = getattr(row, _ROLE_COLUMNS[role].attr)
            if named:
                return str(named)
        people = self.once(_people_by_role).get(role, ())
        for wanted in (service, None):
            for person in people:
                if person.service == wanted:
                    return person.person
        return people[0].person if people and service is None else ""

    def next_board_meeting(self) -> dt.date | None:
        """The date that the newest board meeting gave for the next one, if it is still to come."""
        latest = self.once(_newest_board_meeting)
        if latest is None or latest.next_meeting is None or latest.next_meeting < self.as_of:
            return None
        return latest.next_meeting


#: No window is longer, whatever a person typed into Thresholds: days must stay days.
_CENTURY = 36_500
_ROLE_COLUMNS: dict[str, Column[Any]] = {
    "Team leader": Services.team_leader,
    "Registered manager": Services.registered_manager,
}
_REGISTERS_THAT_DATE: dict[str, type[Register]] = {Meetings.table: Meetings}
_LATER: dict[str, tuple[Column[Any], ...]] = {}


def _later_columns(register: type[Register]) -> tuple[Column[Any], ...]:
    known = _LATER.get(register.table)
    if known is None:
        known = _LATER[register.table] = tuple(c for c in register.columns if c.later)
    return known


def _each_once(view: View, register: type[R]) -> list[R]:
    """The rows of a register that have an id, the first of each."""
    rows = [row for row in view.rows(register) if row.id]
    return list({fold(row.id): row for row in reversed(rows)}.values())[::-1]


def _champions(view: View) -> Sequence[WorkforcePlan]:
    return _each_once(view, WorkforcePlan)


def _champions_by_id(view: View) -> dict[str, WorkforcePlan]:
    return {c.champion_id: c for c in view.champions()}


def _champions_by_service(view: View) -> dict[str | None, list[WorkforcePlan]]:
    return group_by(view.champions(), lambda c: c.service)


def _services_in_use(view: View) -> Sequence[Services]:
    return [row for row in _each_once(view, Services) if row.in_use is not False]


def _people_by_role(view: View) -> dict[str, list[People]]:
    """Who holds each role; a person whose service can't be read holds it nowhere."""
    rows = (p for p in view.snapshot.rows(People) if p.role and p.person and People.service.attr not in p.bad)
    return group_by(rows, lambda p: p.role)


def _changed_thresholds(view: View) -> dict[str, list[tuple[str, Threshold]]]:
    changed: dict[str, list[tuple[str, Threshold]]] = {}
    for (trigger, parameter), threshold in view.snapshot.thresholds.items():
        if threshold.changed:
            changed.setdefault(trigger, []).append((parameter, threshold))
    return changed


def _newest_board_meeting(view: View) -> Meetings | None:
    return newest([m for m in view.rows(Meetings) if m.kind == "Project board"], Meetings.held_on)


def _sign_offs(view: View) -> dict[str, tuple[Sequence[dt.date], Sequence[StartSignOff]]]:
    """By champion, the days of their sign-offs that can be read, in order, and the sign-offs; later rows last."""
    columns = (StartSignOff.champion_id, StartSignOff.reviewed_on, StartSignOff.decision)
    rows = sorted(view.usable(StartSignOff, *columns).rows, key=attrgetter(StartSignOff.reviewed_on.attr))
    groups = group_by(rows, attrgetter(StartSignOff.champion_id.attr))
    return {who: ([row.reviewed_on for row in found], found) for who, found in groups.items()}


def needs_seen(entries: Iterable[SupportLog]) -> list[SupportLog]:
    """The support entries with a need; `None seen` is an observation and enters no rule about needs."""
    return [e for e in entries if e.support_need != NONE_SEEN]


def median(values: Sequence[float]) -> float:
    """The median of at least one number."""
    from statistics import median as middle

    return middle(values)
