"""Standardised guidance note."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workbook.documents.declare import Call, Document, Material, service_calls
from workbook.model.triggers import PROGRAMME_SCOPE, Scope, ScopeKind, State


def _contents(document: Document, material: Material, scope: Scope = PROGRAMME_SCOPE) -> Any:
    from workbook.documents.guidance_note import guidance_note

    return guidance_note(document, material, scope)


def _call(document: Document, material: Material) -> Sequence[Call]:
    from workbook.documents.guidance_note import results_asking
    from workbook.documents.words import listed

    def reason(code: str) -> str:
        raised = [r.trigger for r in results_asking(material, code) if r.state is State.RAISED]
        return f"{listed(raised)} {'ask' if len(raised) > 1 else 'asks'} for one agreed way." if raised else ""

    return service_calls(document, material, reason, "Neither S1 nor S2 asks for action.")


def _why_not(material: Material, scope: Scope) -> str:
    from workbook.documents.guidance_note import results_asking

    if results_asking(material, scope.id):
        return ""
    return f"No need came again and no advice conflicts in {material.view.service_name(scope.id)}."


GUIDANCE_NOTE = Document(
    id="guidance-note",
    title="Standardised guidance note",
    made_for="champions, staff",
    when="after S1 or S2",
    scope=ScopeKind.SERVICE,
    template="guidance-note.docx",
    contents=_contents,
    call=_call,
    shared=True,
    why_not=_why_not,
)
