"""The project board's minutes template."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workbook.documents.declare import Call, Document, Material, programme_call
from workbook.model.triggers import PROGRAMME_SCOPE, Scope, ScopeKind


def _contents(document: Document, material: Material, _scope: Scope = PROGRAMME_SCOPE) -> Any:
    from workbook.documents.board_minutes import board_minutes

    return board_minutes(document, material)


def _call(document: Document, material: Material) -> Sequence[Call]:
    from workbook.documents.governance_round import AHEAD, governance_due
    from workbook.documents.matters import open_matters
    from workbook.documents.words import counted, day

    meeting = material.view.next_board_meeting()
    if meeting is not None and meeting <= material.view.as_of + AHEAD:
        return programme_call(document, True, f"The board meets on {day(meeting)}.")
    matters = open_matters(material)
    if matters:
        return programme_call(document, True, f"{counted(len(matters), 'matter')} for the board's decision.")
    if due := governance_due(material, "Board chair"):
        return programme_call(document, True, due)
    until = f" before {day(meeting)}" if meeting is not None else ""
    return programme_call(document, False, f"No board meeting is due{until} and no matter waits for the board.")


BOARD_MINUTES = Document(
    id="board-minutes",
    title="Project board minutes",
    made_for="board",
    when="at the meeting",
    scope=ScopeKind.PROGRAMME,
    template="board-minutes.docx",
    contents=_contents,
    call=_call,
    comes_back=True,
)
