"""When the governance round is due, which calls for several documents."""

from __future__ import annotations

import datetime as dt

from workbook.documents.declare import Material
from workbook.documents.matters import open_matters
from workbook.documents.words import counted, day
from workbook.rules.reviews import GOVERNANCE

#: A paper is made this long before the day it is for.
AHEAD = dt.timedelta(days=7)


def governance_due(material: Material, owner: str) -> str:
    """Why the governance round is due, '' where it isn't. A role that falls back counts for whom it fell back from."""
    role = material.view.holder(owner)[0]
    reviews = [r for r in material.reviews if r.review == GOVERNANCE and r.next_due and r.owner in (owner, role)]
    soon = [r.next_due for r in reviews if r.next_due is not None and r.next_due <= material.view.as_of + AHEAD]
    if not soon:
        return ""
    first = min(soon)
    late = first < material.view.as_of
    return f"Governance review {'was' if late else 'is'} due on {day(first)}."


def board_called(material: Material) -> tuple[bool, str]:
    """Whether the board's papers are called for, and why or why not: a meeting is near, or a matter waits for it."""
    meeting = material.view.next_board_meeting()
    if meeting is not None and meeting <= material.view.as_of + AHEAD:
        return True, f"The board meets on {day(meeting)}."
    matters = open_matters(material)
    if matters:
        return True, f"{counted(len(matters), 'matter')} for the board's decision."
    if due := governance_due(material, "Board chair"):
        return True, due
    until = f" before {day(meeting)}" if meeting is not None else ""
    return False, f"No board meeting is due{until} and no matter waits for the board."
