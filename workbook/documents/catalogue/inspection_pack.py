"""Inspection evidence pack."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workbook.documents.declare import Call, Document, Material, programme_call
from workbook.model.triggers import PROGRAMME_SCOPE, Scope, ScopeKind


def _contents(document: Document, material: Material, scope: Scope = PROGRAMME_SCOPE) -> Any:
    from workbook.documents.inspection_pack import inspection_pack

    return inspection_pack(document, material, scope)


def _call(document: Document, _material: Material) -> Sequence[Call]:
    return programme_call(document, False, "It is made on request, for an inspector.")


def _why_not(material: Material, _scope: Scope) -> str:
    from workbook.documents.evidence import SOURCES

    return "" if any(s.rows(material.view) for s in SOURCES) else "The registers hold no evidence yet."


INSPECTION_PACK = Document(
    id="inspection-pack",
    title="Inspection evidence pack",
    made_for="inspector",
    when="on request",
    scope=ScopeKind.PROGRAMME,
    template="inspection-pack.docx",
    contents=_contents,
    call=_call,
    recipient="the inspector",
    why_not=_why_not,
)
