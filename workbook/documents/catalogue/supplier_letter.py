"""Supplier engagement letter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workbook.documents.declare import Call, Document, Material, Withheld, programme_call
from workbook.model.triggers import PROGRAMME_SCOPE, Scope, ScopeKind, State


def _contents(document: Document, material: Material, scope: Scope = PROGRAMME_SCOPE) -> Any:
    from workbook.documents.supplier_letter import supplier_letter

    return supplier_letter(document, material, scope)


def _call(document: Document, material: Material) -> Sequence[Call]:
    from workbook.documents.supplier_letter import ASKS, barriers_for_supplier
    from workbook.documents.words import counted, listed

    raised = list(dict.fromkeys(r.trigger for r in material.in_state(State.RAISED) if r.trigger in ASKS))
    barriers = barriers_for_supplier(material)
    if raised and barriers:
        words = f"{listed(raised)} raised; {counted(len(barriers), 'barrier')} that the supplier can fix."
        return programme_call(document, True, words)
    why = "no open issue is the supplier's to fix" if raised else "neither F1 nor F4 is raised"
    return programme_call(document, False, f"It is not called for: {why}.")


def _withholds(document: Document, material: Material) -> Sequence[Withheld]:
    from workbook.documents.supplier_letter import withheld_descriptions

    return withheld_descriptions(document, material)


SUPPLIER_LETTER = Document(
    id="supplier-letter",
    title="Supplier engagement letter",
    made_for="supplier",
    when="after F1 or F4",
    scope=ScopeKind.PROGRAMME,
    template="supplier-letter.docx",
    contents=_contents,
    call=_call,
    recipient="the supplier",
    withholds=_withholds,
)
