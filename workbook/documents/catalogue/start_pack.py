"""Champion start pack."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workbook.documents.declare import Call, Document, Material, programme_call
from workbook.model.triggers import PROGRAMME_SCOPE, Scope, ScopeKind

_NOBODY = "No champion waits to start."


def _contents(document: Document, material: Material, scope: Scope = PROGRAMME_SCOPE) -> Any:
    from workbook.documents.start_pack import start_pack

    return start_pack(document, material, scope)


def _call(document: Document, material: Material) -> Sequence[Call]:
    from workbook.documents.start_pack import waiting_to_start
    from workbook.documents.words import counted

    waiting = waiting_to_start(material.view)
    words = f"{counted(len(waiting), 'champion waits', 'champions wait')} for a start sign-off."
    return programme_call(document, bool(waiting), words if waiting else _NOBODY)


def _why_not(material: Material, _scope: Scope) -> str:
    from workbook.documents.start_pack import waiting_to_start

    return "" if waiting_to_start(material.view) else _NOBODY


START_PACK = Document(
    id="start-pack",
    title="Champion start pack",
    made_for="project lead",
    when="before starting",
    scope=ScopeKind.PROGRAMME,
    template="start-pack.docx",
    contents=_contents,
    call=_call,
    why_not=_why_not,
)
