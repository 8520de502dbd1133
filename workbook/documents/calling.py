"""Which documents are called for, and why; and why the others are not (spec 3-documents, column "when")."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from workbook.documents.catalogue import BY_ID, DOCUMENTS
from workbook.documents.declare import Document, Material
from workbook.documents.matters import is_board_trigger, open_matters
from workbook.documents.words import counted, day, listed
from workbook.errors import UnknownName
from workbook.reviews import GOVERNANCE
from workbook.triggers.declare import PROGRAMME_SCOPE, Scope, State

#: A paper is made this long before the day it is for.
AHEAD = dt.timedelta(days=7)


@dataclass(frozen=True)
class Call:
    """A document of one scope: whether it is called for, and the reason in a sentence."""

    document: Document
    scope: Scope
    called: bool
    reason: str


def called_for(material: Material) -> list[Call]:
    """A call for every document and scope, called or not, in the order of the catalogue."""
    return [_CALLS[document.id](document, material) for document in DOCUMENTS]


def chosen(material: Material, only: Iterable[str] = ()) -> list[Call]:
    """The calls with the documents of `only` called for whatever the rules say, and no others; all without `only`.

    Raises:
        UnknownName: `only` names a document that there is none of.
    """
    wanted = [name.strip().casefold() for name in only]
    for name in wanted:
        if name not in BY_ID:
            raise UnknownName(
                f"There is no document “{name}”.", next_step=f"Documents: {', '.join(d.id for d in DOCUMENTS)}."
            )
    calls = called_for(material)
    if not wanted:
        return calls
    return [
        Call(
            c.document, c.scope, c.document.id in wanted, "Asked for." if c.document.id in wanted else "Not asked for."
        )
        for c in calls
    ]


def _board_minutes(document: Document, material: Material) -> Call:
    meeting = material.view.next_board_meeting()
    matters = open_matters(material)
    if meeting is not None and meeting <= material.view.as_of + AHEAD:
        return _call(document, f"The board meets on {day(meeting)}.")
    if matters:
        return _call(document, f"{counted(len(matters), 'matter')} for the board's decision.")
    due = _due(material, "Board chair")
    if due:
        return _call(document, due)
    until = f" before {day(meeting)}" if meeting is not None else ""
    return Call(document, PROGRAMME_SCOPE, False, f"No board meeting is due{until} and no matter waits for the board.")


def _governance_review(document: Document, material: Material) -> Call:
    due = _due(material, "Quality lead")
    if due:
        return _call(document, due)
    raised = [r.trigger for r in material.in_state(State.RAISED) if is_board_trigger(r)]
    if raised:
        return _call(document, f"Raised on champion feedback: {listed(dict.fromkeys(raised))}.")
    dates = [r.next_due for r in material.reviews if r.review == GOVERNANCE and r.next_due is not None]
    when = f"not due before {day(min(dates))}" if dates else "not due: no service is live yet"
    return Call(
        document, PROGRAMME_SCOPE, False, f"The governance review is {when}, and no feedback trigger is raised."
    )


def _due(material: Material, owner: str) -> str:
    """Why the governance round is due, '' where it isn't. A role that falls back counts for whom it fell back from."""
    role = material.view.holder(owner)[0]
    reviews = [r for r in material.reviews if r.review == GOVERNANCE and r.next_due and r.owner in (owner, role)]
    soon = [r.next_due for r in reviews if r.next_due is not None and r.next_due <= material.view.as_of + AHEAD]
    if not soon:
        return ""
    first = min(soon)
    late = first < material.view.as_of
    return f"Governance review {'was' if late else 'is'} due on {day(first)}."


def _call(document: Document, reason: str) -> Call:
    return Call(document, PROGRAMME_SCOPE, True, reason)


_CALLS: dict[str, Callable[[Document, Material], Call]] = {
    "governance-review": _governance_review,
    "board-minutes": _board_minutes,
}


def only_called(calls: Sequence[Call]) -> list[Call]:
    """Those that are called for."""
    return [c for c in calls if c.called]
