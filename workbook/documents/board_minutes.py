"""What the minutes of the project board hold before the meeting (docs/contract/documents.md, board-minutes)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from workbook.documents.declare import About, Document, Material
from workbook.documents.issues import Issues
from workbook.documents.labels import MEETING_LABELS, STATUSES
from workbook.documents.log import ActionLine, action_counts, action_log
from workbook.documents.loops import progress, untold_services
from workbook.documents.matters import Matter, Tags, open_matters, tags_of
from workbook.documents.raised import TriggerLine, trigger_lines
from workbook.documents.references import ATTENDANCE_FIELD, NEW_ACTION, SPARE, tag
from workbook.documents.risks import Risk, risks
from workbook.documents.telling import Telling, tellings
from workbook.documents.words import NOT_RECORDED, about, counted, day, listed, roles_of, text
from workbook.model.cells import fold, split_values
from workbook.model.light_dataclasses import dataclass
from workbook.model.registers import BoardDecisions, Meetings
from workbook.model.triggers import State
from workbook.model.view import View, newest

BOARD_MEETING = "Project board"
#: So many matters have a block of their own, so many more a line; what is beyond that is counted.
FULL_BLOCKS, FURTHER_LINES = 20, 100
SPARE_BLOCKS, SPARE_ACTIONS = 2, 6
BOARD_ROLES = ("Board chair", "Board member")
#: Who sits on the board where nobody is named as a member.
STANDING_ROLES = ("Board chair", "Project lead", "Quality lead")


@dataclass(frozen=True)
class Person:
    """Somebody invited: name, roles, what is known of their attendance, and the tag where it is noted."""

    name: str
    roles: str
    attended: str
    tag: str


@dataclass(frozen=True)
class SpareBlock:
    """A decision block for what nobody had foreseen."""

    number: int
    tags: Tags


@dataclass(frozen=True)
class Arising:
    """A decision of an earlier meeting and what became of it."""

    id: str
    decision: str
    owner: str
    due: str
    progress: str


@dataclass(frozen=True)
class BoardMinutes:
    """The context of the template board-minutes.

    Attributes:
        members: who counts for the quorum; `attending`: others, by their roles.
        matters: those with a block of their own; `further` those with a line; `beyond` says how many more there are.
        new_actions: the references of the blank rows for new actions.
        rules: one for each trigger that is raised or warns.
        field: the references of the places outside the decision blocks, by name.
    """

    about: About
    meeting_id: str
    date: str
    place: str
    status: str
    chair: str
    members: Sequence[Person]
    attending: Sequence[Person]
    apologies: str
    quorum: str
    quorate: str
    previous: str
    arising: Sequence[Arising]
    actions: Sequence[ActionLine]
    action_counts: str
    raised: Sequence[TriggerLine]
    raised_counts: str
    warnings: Sequence[TriggerLine]
    matters: Sequence[Matter]
    matter_counts: str
    further: Sequence[Matter]
    beyond: str
    spares: Sequence[SpareBlock]
    new_actions: Sequence[str]
    rules: Sequence[TriggerLine]
    risks: Sequence[Risk]
    tellings: Sequence[Telling]
    next_meeting: str
    field: dict[str, str]


def board_minutes(document: Document, material: Material) -> BoardMinutes:
    """The minutes as far as the workbook knows them; what the meeting decides is left to fill in."""
    view = material.view
    meeting = meeting_of_the_day(view)
    previous = previous_meeting(view)
    members, attending = _invited(view, meeting)
    matters = open_matters(material)
    raised = trigger_lines(view, material.in_state(State.RAISED))
    warnings = trigger_lines(view, material.in_state(State.WATCH))
    actions = action_log(view, previous.held_on if previous is not None else None)
    return BoardMinutes(
        about=about(document, material),
        meeting_id=meeting.id if meeting is not None else "",
        date=_date(view, meeting),
        place="",
        status=STATUSES[0],
        chair=_chair(view, meeting),
        members=members,
        attending=attending,
        apologies=text(meeting.apologies, "") if meeting is not None else "",
        quorum=_quorum(view, len(members)),
        quorate=text(meeting.quorate, "") if meeting is not None else "",
        previous=previous_words(previous),
        arising=_arising(view, previous),
        actions=actions,
        action_counts=action_counts(actions),
        raised=raised,
        raised_counts=f"{counted(len(raised), 'trigger')} raised",
        warnings=warnings,
        matters=matters[:FULL_BLOCKS],
        matter_counts=f"{counted(len(matters), 'matter')} for decision",
        further=by_trigger(matters[FULL_BLOCKS : FULL_BLOCKS + FURTHER_LINES]),
        beyond=_beyond(matters[FULL_BLOCKS + FURTHER_LINES :]),
        spares=[SpareBlock(n, tags_of(f"{SPARE}{n}")) for n in range(1, SPARE_BLOCKS + 1)],
        new_actions=[tag(NEW_ACTION, str(n)) for n in range(1, SPARE_ACTIONS + 1)],
        rules=list({line.trigger: line for line in (*raised, *warnings)}.values()),
        risks=risks(material, Issues(view)),
        tellings=tellings(view),
        next_meeting="",
        field={name.replace("-", "_"): tag(name) for name in MEETING_LABELS},
    )


def by_trigger(matters: Sequence[Matter]) -> list[Matter]:
    """Matters that the same trigger leads with, one after the other, in the order in which the triggers come."""
    groups: dict[str, list[Matter]] = {}
    for matter in matters:
        groups.setdefault(matter.leads, []).append(matter)
    return [matter for group in groups.values() for matter in group]


def _beyond(matters: Sequence[Matter]) -> str:
    """How many matters have no room here, by trigger; '' where all have."""
    if not matters:
        return ""
    counts = Counter(matter.leads or "their age" for matter in matters)
    words = listed(f"{number} by {trigger}" for trigger, number in counts.items())
    return f"{counted(len(matters), 'more matter')} wait: {words}. They stand on the sheet Triggers."


def meeting_of_the_day(view: View) -> Meetings | None:
    """The board meeting held on the day, if it is entered already."""
    rows = [m for m in view.rows(Meetings) if m.kind == BOARD_MEETING and m.held_on == view.as_of]
    return newest(rows, Meetings.held_on)


def previous_meeting(view: View) -> Meetings | None:
    """The last board meeting before the day."""
    rows = [m for m in view.rows(Meetings) if m.kind == BOARD_MEETING and m.held_on < view.as_of]
    return newest(rows, Meetings.held_on)


def _date(view: View, meeting: Meetings | None) -> str:
    planned: dt.date | None = meeting.held_on if meeting is not None else view.next_board_meeting()
    return day(planned, "")


def _chair(view: View, meeting: Meetings | None) -> str:
    if meeting is not None and meeting.chair is not None:
        return meeting.chair
    role, name = view.holder("Board chair")
    return name if role == "Board chair" else ""


def _invited(view: View, meeting: Meetings | None) -> tuple[list[Person], list[Person]]:
    """The members of the board, and those who attend it."""
    roles = roles_of(view)
    for service in view.services_in_use():
        if service.registered_manager:
            held = roles.setdefault(service.registered_manager, [])
            if "Registered manager" not in held:
                held.append("Registered manager")
    wanted = BOARD_ROLES if any("Board member" in held for held in roles.values()) else STANDING_ROLES
    here = {fold(n): "Present" for n in split_values(meeting.present)} if meeting is not None else {}
    if meeting is not None:
        here |= {fold(n): "Apologies" for n in split_values(meeting.apologies)}
    people = [
        Person(name, _roles(view, name, held), here.get(fold(name), ""), tag(ATTENDANCE_FIELD, str(n)))
        for n, (name, held) in enumerate(roles.items(), start=1)
    ]
    sits = {name for name, held in roles.items() if any(role in held for role in wanted)}
    return [p for p in people if p.name in sits], [p for p in people if p.name not in sits]


def member_names(view: View) -> list[str]:
    """Who counts for the quorum."""
    return [person.name for person in _invited(view, None)[0]]


def _roles(view: View, name: str, held: Sequence[str]) -> str:
    managed = [s.name or s.service_code for s in view.services_in_use() if s.registered_manager == name]
    words = [f"{role} ({listed(managed)})" if role == "Registered manager" and managed else role for role in held]
    return ", ".join(words)


def _quorum(view: View, members: int) -> str:
    quorum = view.snapshot.programme.board_quorum
    words = f"The quorum is {quorum} of {counted(members, 'member')}."
    return f"{words} The People table names too few members for it." if members < quorum else words


def previous_words(previous: Meetings | None) -> str:
    """The last meeting in a sentence."""
    if previous is None:
        return "No earlier meeting of the board is recorded."
    words = f"Meeting {previous.id or NOT_RECORDED} on {day(previous.held_on)}"
    words += f", chaired by {previous.chair}" if previous.chair else ""
    words += f"; minutes: {previous.minutes_reference}" if previous.minutes_reference else "; minutes not referenced"
    return f"{words}."


def arising_decisions(view: View, previous: Meetings | None) -> list[BoardDecisions]:
    """The decisions of the last meeting, and older ones of which staff in an affected service have not heard."""
    last = fold(previous.id) if previous is not None else ""
    return [
        d for d in view.rows(BoardDecisions) if untold_services(view, d) or (last and fold(d.meeting_id or "") == last)
    ]


def _arising(view: View, previous: Meetings | None) -> list[Arising]:
    return [
        Arising(
            id=decision.id or NOT_RECORDED,
            decision=text(decision.decision),
            owner=text(decision.owner),
            due=day(decision.due_date, "No date"),
            progress=progress(view, decision),
        )
        for decision in arising_decisions(view, previous)
    ]
