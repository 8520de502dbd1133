"""Champion card."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workbook.documents.declare import Call, Document, Material, champion_calls
from workbook.model.triggers import PROGRAMME_SCOPE, Scope, ScopeKind


def _contents(document: Document, material: Material, scope: Scope = PROGRAMME_SCOPE) -> Any:
    from workbook.documents.champion_card import champion_card

    return champion_card(document, material, scope)


def _call(document: Document, material: Material) -> Sequence[Call]:
    return champion_calls(document, material, lambda _: "", "It is made on request, for supervision or an inspector.")


CHAMPION_CARD = Document(
    id="champion-card",
    title="Champion card",
    made_for="manager, inspector",
    when="supervision, on request",
    scope=ScopeKind.CHAMPION,
    template="champion-card.docx",
    contents=_contents,
    call=_call,
)
