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
    from workbook.documents.governance_round import board_called

    return programme_call(document, *board_called(material))


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
