"""The project board's agenda and paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workbook.documents.declare import Call, Document, Material, programme_call
from workbook.model.triggers import PROGRAMME_SCOPE, Scope, ScopeKind


def _contents(document: Document, material: Material, scope: Scope = PROGRAMME_SCOPE) -> Any:
    from workbook.documents.board_paper import board_paper

    return board_paper(document, material, scope)


def _call(document: Document, material: Material) -> Sequence[Call]:
    from workbook.documents.governance_round import board_called

    return programme_call(document, *board_called(material))


BOARD_PAPER = Document(
    id="board-paper",
    title="Project board agenda and paper",
    made_for="board",
    when="before a meeting",
    scope=ScopeKind.PROGRAMME,
    template="board-paper.docx",
    contents=_contents,
    call=_call,
)
