"""Reviews: is oversight happening on time (docs/contract/checks-and-triggers.md, Reviews)?

The reviews are declared here, each with who does it, how often and what proves it; `reviews` says for each service
when it was last done, when it is next due and how late it is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Any

from workbook.model.cell_address import entry_place, free_place
from workbook.model.cells import Cell, show
from workbook.model.declare import Column, Register
from workbook.model.light_dataclasses import dataclass
from workbook.model.registers import (
    Guidance,
    ImplementationPlan,
    ManagerReviews,
    Meetings,
    ReadinessLog,
    ReviewsDue,
    RoleBriefs,
    Services,
    StartSignOff,
    SupportLog,
    TeamLeaderReviews,
    TrainingMatrix,
    WorkforcePlan,
)
from workbook.model.snapshot import Snapshot
from workbook.model.triggers import Evidence, evidence_of
from workbook.model.view import ACTING, NOT_JUDGED, PHASES, View, group_by, newest

_DAYS_BY_PHASE = dict(zip(PHASES[1:], ("Early days", "Rollout days", "Stabilised days"), strict=True))


@dataclass(frozen=True)
class Review:
    """One review of one service, as it stands on a day.

    Attributes:
        review: its name in the specification.
        service: the Service code; '' where it concerns the whole programme.
        owner, owner_name: the role that does it, and who holds it ('' if nobody).
        last_done: None where it was never done.
        next_due: None where nothing is due yet.
        days_late: 0 where it is not late.
        proof: what proves that it was done.
        evidence: the row that proves the last one; for what is overdue by its own date, the rows that are.
        by: who does this part of a review that two do, one after the other; '' where one does it.
        entered_in: the table in which it is entered when it is done.
        entry: the id of the entry there that it is about; '' where a new one is made.
    """

    review: str
    service: str
    owner: str
    owner_name: str
    last_done: dt.date | None
    next_due: dt.date | None
    days_late: int
    proof: str
    evidence: tuple[Evidence, ...] = ()
    by: str = ""
    entered_in: str = ""
    entry: str = ""

    @property
    def name(self) -> str:
        """The review as people know it: `Adoption support (team leader)`. One name and service, one review."""
        return f"{self.review} ({self.by})" if self.by else self.review

    def as_json(self) -> dict[str, Any]:
        """The review as the JSON contract has it (docs/contract/architecture-rules.md)."""
        return {
            "review": self.name,
            "service": self.service or None,
            "last_done": self.last_done.isoformat() if self.last_done else None,
            "next_due": self.next_due.isoformat() if self.next_due else None,
            "days_late": self.days_late,
        }

    def as_cells(self) -> tuple[Cell, ...]:
        """The review as a row of the computed table ReviewsDue, in the order of its columns."""
        owner = f"{self.owner_name} ({self.owner})" if self.owner_name else self.owner
        return (self.name, self.service or None, owner, self.last_done, self.next_due, self.days_late, self.proof)


@dataclass(frozen=True)
class Regular:
    """A review that comes round after so many days, by the phase of the service (Thresholds R1 and R2)."""

    review: str
    by: str
    role: str
    threshold: str
    register: type[Register]
    done_on: Column[Any]
    service: Column[Any] | None = None
    meeting_kind: str = ""


@dataclass(frozen=True)
class ByOwnDate:
    """Entries that carry the date of their own review. Of several for the same thing (`per`) the newest counts."""

    review: str
    role: str
    register: type[Register]
    done_on: Column[Any]
    due_on: Column[dt.date | None]
    per: tuple[Column[Any], ...]
    counts: Callable[[Any, dt.date], bool]


ADOPTION, GOVERNANCE, SIGN_OFF = "Adoption support", "Implementation governance", "Start sign-off"

REGULAR: tuple[Regular, ...] = (
    Regular(
        ADOPTION,
        "team leader",
        "Team leader",
        "R1",
        TeamLeaderReviews,
        TeamLeaderReviews.reviewed_on,
        TeamLeaderReviews.service,
    ),
    Regular(
        ADOPTION,
        "registered manager",
        "Registered manager",
        "R1",
        ManagerReviews,
        ManagerReviews.reviewed_on,
        ManagerReviews.service,
    ),
    Regular(
        GOVERNANCE,
        "quality lead",
        "Quality lead",
        "R2",
        Meetings,
        Meetings.held_on,
        meeting_kind="Implementation governance",
    ),
    Regular(GOVERNANCE, "project board", "Board chair", "R2", Meetings, Meetings.held_on, meeting_kind="Project board"),
)


def _always(_row: Any, _day: dt.date) -> bool:
    return True


BY_OWN_DATE: tuple[ByOwnDate, ...] = (
    ByOwnDate(
        "Guidance",
        "Quality lead",
        Guidance,
        Guidance.approved_on,
        Guidance.review_due,
        (Guidance.guidance_id,),
        lambda row, day: row.withdrawn_on is None or row.withdrawn_on > day,
    ),
    ByOwnDate(
        "Role briefs",
        "Project lead",
        RoleBriefs,
        RoleBriefs.issued_on,
        RoleBriefs.review_due,
        (RoleBriefs.champion_id,),
        _always,
    ),
    ByOwnDate(
        "Refreshers",
        "Project lead",
        TrainingMatrix,
        TrainingMatrix.completed_on,
        TrainingMatrix.refresher_due,
        (TrainingMatrix.champion_id, TrainingMatrix.module),
        lambda row, _day: row.result == "Passed",
    ),
    ByOwnDate(
        "Readiness re-checks",
        "Quality lead",
        ReadinessLog,
        ReadinessLog.checked_on,
        ReadinessLog.recheck_due,
        (ReadinessLog.champion_id,),
        _always,
    ),
    ByOwnDate(
        "Protected time",
        "Registered manager",
        ImplementationPlan,
        ImplementationPlan.confirmed_on,
        ImplementationPlan.review_due,
        (ImplementationPlan.commitment_id,),
        lambda row, day: row.ended_on is None or row.ended_on > day,
    ),
)


def reviews(view: View) -> list[Review]:
    """Every review of every service in use, in the order of the services and of the declarations; then guidance.

    A service that is still preparing has no regular review due; its row says when they begin.
    """
    found: list[Review] = []
    services = view.services_in_use()
    dated = {declared: _by_service(view, declared) for declared in BY_OWN_DATE}
    for service in services:
        found.append(_start_sign_off(view, service))
        found.extend(_regular(view, service, declared) for declared in REGULAR)
        for declared, groups in dated.items():
            if service.service_code in groups:
                found.append(_own_date(view, declared, service.service_code, groups[service.service_code]))
    found.extend(_own_date(view, declared, "", groups[""]) for declared, groups in dated.items() if "" in groups)
    return found


def _made(
    view: View,
    review: str,
    service: str,
    role: str,
    *,
    last: dt.date | None,
    due: dt.date | None,
    proof: str,
    rows: Iterable[Any],
    into: type[Register],
    by: str = "",
    entry: str = "",
) -> Review:
    owner, name = view.holder(role, service or None)
    late = max((view.as_of - due).days, 0) if due is not None else 0
    evidence = evidence_of(list(rows))
    return Review(review, service, owner, name, last, due, late, proof, evidence, by, into.table, entry)


# -- reviews that come round --------------------------------------------------------------------------------------


def _regular(view: View, service: Services, declared: Regular) -> Review:
    """Counted from the last one; from go-live where that is later or there was none."""
    latest = newest(_done(view, service, declared), declared.done_on)
    last = getattr(latest, declared.done_on.attr) if latest is not None else None
    phase, sheet = view.phase(service), declared.register.sheet
    proof = f"{sheet} {latest.id}" if latest is not None else f"{sheet}: nothing yet"
    if phase == PHASES[0] or service.go_live is None:
        begins = f"{show(service.go_live)}" if service.go_live else "a date that is not set"
        proof, due = f"{sheet}, from go-live on {begins}", None
    elif last is None:
        due = service.go_live + _interval(view, declared.threshold, PHASES[1])
    else:
        due = max(last, service.go_live) + _interval(view, declared.threshold, phase)
    rows = [latest] if latest is not None else []
    code = service.service_code
    return _made(
        view,
        declared.review,
        code,
        declared.role,
        last=last,
        due=due,
        proof=proof,
        rows=rows,
        into=declared.register,
        by=declared.by,
    )


def _done(view: View, service: Services, declared: Regular) -> Sequence[Any]:
    """The rows that prove a regular review. A meeting serves every service."""
    if declared.service is not None:
        return view.usable_by(declared.service, declared.register)(service.service_code).rows
    return view.usable(Meetings, Meetings.kind).where(Meetings.kind, declared.meeting_kind).rows


def _interval(view: View, threshold: str, phase: str) -> dt.timedelta:
    return dt.timedelta(days=view.days(threshold, _DAYS_BY_PHASE[phase]))


# -- the start sign-off -------------------------------------------------------------------------------------------


def _start_sign_off(view: View, service: Services) -> Review:
    """Due before the first support of each champion who still waits for it; the earliest of them counts."""
    champions = [c for c in view.champions_of(service.service_code) if c.status not in NOT_JUDGED]
    signed = view.usable_by(StartSignOff.champion_id, StartSignOff, StartSignOff.decision)
    done = [row for champion in champions for row in signed(champion.champion_id).rows]
    latest = newest(done, StartSignOff.reviewed_on)
    waiting = [c for c in champions if not _decided(view, c)]
    dues = [day for day in (_first_support_day(view, c, service) for c in waiting) if day is not None]
    proof = f"{StartSignOff.sheet} {latest.id}" if latest is not None else f"{StartSignOff.sheet}: nothing yet"
    if waiting:
        names = ", ".join(f"{c.name} ({c.champion_id})" for c in waiting)
        proof = f"{StartSignOff.sheet}; still waiting: {names}"
    return _made(
        view,
        SIGN_OFF,
        service.service_code,
        "Project lead",
        last=latest.reviewed_on if latest is not None else None,
        due=min(dues, default=None),
        proof=proof,
        rows=waiting or ([latest] if latest is not None else []),
        into=StartSignOff,
    )


def _decided(view: View, champion: WorkforcePlan) -> bool:
    """Whether a sign-off says so; one that can't be read is a finding of its own, and no late review."""
    latest = view.newest_sign_off(champion.champion_id, view.as_of)
    if latest is not None and latest.decision in ("Signed off", "Reassign"):
        return True
    return bool(view.unsure_sign_offs(champion.champion_id, view.as_of, unplaced=True))


def _first_support_day(view: View, champion: WorkforcePlan, service: Services) -> dt.date | None:
    """The day of the first support; else the day on which it may begin, if one is known."""
    entries = view.usable_by(SupportLog.champion_id, SupportLog)(champion.champion_id).rows
    if entries:
        return min(entry.date for entry in entries)
    if champion.status in ACTING:
        return champion.status_since or service.go_live
    ahead = service.go_live is not None and service.go_live >= view.as_of
    return service.go_live if ahead else None


# -- entries with a date of their own -----------------------------------------------------------------------------


def _by_service(view: View, declared: ByOwnDate) -> dict[str, list[Any]]:
    """The entries that carry a due date, by Service code; '' for those of the whole programme."""
    key = attrgetter(*(column.attr for column in declared.per))
    done, due = declared.done_on, declared.due_on
    usable = view.usable(declared.register, *declared.per, done, due)
    counting = [row for row in usable.rows if declared.counts(row, view.as_of)]
    current = [newest(rows, done, *_version(declared.register)) for rows in group_by(counting, key).values()]
    dated: list[Any] = [row for row in current if row is not None and getattr(row, due.attr) is not None]
    place = {c.champion_id: c.service for c in view.judged_champions()}
    groups: dict[str, list[Any]] = {}
    for row in dated:
        service = "" if declared.register is Guidance else place.get(row.champion_id)
        if service is not None:
            groups.setdefault(service, []).append(row)
    return groups


def _version(register: type[Register]) -> tuple[Column[Any], ...]:
    return (RoleBriefs.version,) if register is RoleBriefs else ()


def _own_date(view: View, declared: ByOwnDate, service: str, rows: Sequence[Any]) -> Review:
    due_of, done_of = attrgetter(declared.due_on.attr), attrgetter(declared.done_on.attr)
    earliest = min(due_of(row) for row in rows)
    overdue = [row for row in rows if due_of(row) < view.as_of]
    next_ones = sorted(overdue or [row for row in rows if due_of(row) == earliest], key=due_of)
    ids = ", ".join(row.id for row in next_ones)
    last = max((done_of(row) for row in rows if done_of(row) is not None), default=None)
    proof = f"{declared.register.sheet} {ids}"
    return _made(
        view,
        declared.review,
        service,
        declared.role,
        last=last,
        due=earliest,
        proof=proof,
        rows=next_ones,
        into=declared.register,
        entry=next_ones[0].id or "",
    )


def by_urgency(found: Iterable[Review]) -> list[Review]:
    """The latest first, then by the day they are due; what is not due comes last."""
    return sorted(found, key=lambda r: (-r.days_late, r.next_due or dt.date.max))


def table_links(snapshot: Snapshot, found: Iterable[Review]) -> dict[tuple[int, str], str]:
    """Where each line of the computed table ReviewsDue leads: to where the review is entered."""
    places = [entered_at(snapshot, review) for review in by_urgency(found)]
    return {(n, ReviewsDue.review.header): place for n, place in enumerate(places) if place is not None}


def entered_at(snapshot: Snapshot, review: Review) -> str | None:
    """The cell at which a review is entered when it is done: of its entry, or of the first free row of its register."""
    if review.entry:
        return entry_place(snapshot, review.entered_in, review.entry)
    return free_place(snapshot, review.entered_in)


def table_rows(found: Iterable[Review]) -> tuple[tuple[Cell, ...], ...]:
    """The body of the computed table ReviewsDue."""
    return tuple(review.as_cells() for review in by_urgency(found))
