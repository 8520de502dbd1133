"""What the project board's agenda and paper hold (docs/contract/documents.md, board-paper)."""

from __future__ import annotations

from collections.abc import Sequence

from workbook.documents.agenda import AgendaItem, Business, agenda, total_minutes
from workbook.documents.board_minutes import arising_decisions, by_trigger, previous_meeting, previous_words
from workbook.documents.declare import About, Document, Material
from workbook.documents.front import ACTIONS, STATUS, WANTED, Brief, Front, front, outcomes_in_brief
from workbook.documents.highlight import (
    ChangeRequest,
    Lesson,
    Tolerance,
    change_requests,
    coming,
    done,
    lessons,
    more_of,
    next_until,
    tolerances,
)
from workbook.documents.issues import Issues
from workbook.documents.log import ActionLine, action_log
from workbook.documents.matters import Matter, open_matters
from workbook.documents.period import since_board_meeting
from workbook.documents.raised import TriggerLine, trigger_lines
from workbook.documents.risks import Risk, risks
from workbook.documents.standing import StatusLine, status_lines
from workbook.documents.telling import tellings
from workbook.documents.wanted import Wanted, wanted
from workbook.documents.words import about, counted, day
from workbook.model.light_dataclasses import dataclass
from workbook.model.triggers import PROGRAMME_SCOPE, Scope, State
from workbook.model.view import View

#: So many decisions have their options set out, so many more a line; so many rows of the other tables are shown.
IN_FULL, IN_LINES, SHOWN = 6, 30, 8


@dataclass(frozen=True)
class BoardPaper:
    """The context of the template board-paper.

    Attributes:
        wanted: the decisions with their options; `further` those with a line; `beyond` says how many more there are.
        rules: one for each trigger behind the decisions.
    """

    about: About
    front: Front
    agenda: Sequence[AgendaItem]
    length: str
    wanted: Sequence[Wanted]
    further: Sequence[Matter]
    beyond: str
    period: str
    status: Sequence[StatusLine]
    done: Sequence[str]
    coming: Sequence[str]
    tolerances: Sequence[Tolerance]
    risks: Sequence[Risk]
    risks_more: str
    changes: Sequence[ChangeRequest]
    lessons: Sequence[Lesson]
    overdue: Sequence[ActionLine]
    overdue_more: str
    rules: Sequence[TriggerLine]


def board_paper(document: Document, material: Material, _scope: Scope = PROGRAMME_SCOPE) -> BoardPaper:
    """The paper for the next meeting."""
    view, issues = material.view, Issues(material.view)
    previous = previous_meeting(view)
    period = since_board_meeting(view, previous)
    matters = open_matters(material)
    actions = action_log(view, previous.held_on if previous is not None else None)
    overdue = [a for a in actions if a.overdue]
    items = agenda(matters, _business(material, actions, overdue))
    found = risks(material, issues)
    status = status_lines(material, previous.held_on if previous is not None else None)
    full = wanted(material, matters[:IN_FULL])
    return BoardPaper(
        about=about(document, material),
        front=front(
            material, _purpose(matters), "Quality lead", _meeting(view), _brief(material, status, matters, overdue)
        ),
        agenda=items,
        length=total_minutes(items),
        wanted=full,
        further=by_trigger(matters[IN_FULL : IN_FULL + IN_LINES]),
        beyond=more_of(len(matters), matters[: IN_FULL + IN_LINES], "matter", "Triggers"),
        period=period.words,
        status=status,
        done=done(view, period),
        coming=coming(material, next_until(view)),
        tolerances=tolerances(material),
        risks=found[:SHOWN],
        risks_more=more_of(len(found), found[:SHOWN], "risk", "Improvement log"),
        changes=change_requests(issues),
        lessons=lessons(view, period),
        overdue=overdue[:SHOWN],
        overdue_more=more_of(len(overdue), overdue[:SHOWN], "overdue action", "Actions"),
        rules=_rules(material, matters),
    )


def _business(material: Material, actions: Sequence[ActionLine], overdue: Sequence[ActionLine]) -> Business:
    view = material.view
    previous = previous_meeting(view)
    return Business(
        arising=len(arising_decisions(view, previous)),
        overdue=len(overdue),
        actions=len(actions),
        lapsed=len(material.lapsed),
        untold=len(tellings(view)),
        previous=previous_words(previous),
    )


def _purpose(matters: Sequence[Matter]) -> str:
    if matters:
        return f"For decision: {counted(len(matters), 'matter')}; otherwise for assurance"
    return "For assurance: no matter waits for a decision"


def _meeting(view: View) -> str:
    board = view.snapshot.programme.board_name or "Project board"
    meeting = view.next_board_meeting()
    return f"{board}, {day(meeting)}" if meeting is not None else f"{board}, date to be set"


def _brief(
    material: Material, status: Sequence[StatusLine], matters: Sequence[Matter], overdue: Sequence[ActionLine]
) -> list[Brief]:
    raised = len(material.in_state(State.RAISED))
    words = "; ".join(f"{line.part.lower()} {line.now.lower()}" for line in status)
    decisions = f"{counted(len(matters), 'matter needs', 'matters need')} a decision."
    late = f"{counted(len(overdue), 'action is', 'actions are')} overdue."
    return [
        Brief(f"How it stands: {words}.", STATUS),
        Brief(f"{counted(raised, 'trigger asks', 'triggers ask')} for action.", STATUS),
        Brief(decisions if matters else "No matter needs a decision.", WANTED),
        Brief(late if overdue else "No action is overdue.", ACTIONS),
        outcomes_in_brief(material.view),
    ]


def _rules(material: Material, matters: Sequence[Matter]) -> list[TriggerLine]:
    leading = {m.leads for m in matters}
    lines = trigger_lines(material.view, [r for r in material.results if r.trigger in leading])
    return list({line.trigger: line for line in lines}.values())
