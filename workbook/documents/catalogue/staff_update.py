"""Staff update."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workbook.documents.declare import Call, Document, Material, Withheld, programme_call
from workbook.model.triggers import PROGRAMME_SCOPE, Scope, ScopeKind


def _contents(document: Document, material: Material, scope: Scope = PROGRAMME_SCOPE) -> Any:
    from workbook.documents.staff_update import staff_update

    return staff_update(document, material, scope)


def _call(document: Document, material: Material) -> Sequence[Call]:
    from workbook.documents.staff_update import waiting_decisions
    from workbook.documents.words import counted

    waiting = waiting_decisions(material.view)
    if waiting:
        words = f"Staff in an affected service have not heard of {counted(len(waiting), 'decision')}."
        return programme_call(document, True, words)
    return programme_call(document, False, "Staff have heard of all decisions.")


def _withholds(document: Document, material: Material) -> Sequence[Withheld]:
    from workbook.documents.staff_update import withheld_decisions

    return withheld_decisions(document, material)


STAFF_UPDATE = Document(
    id="staff-update",
    title="Staff update",
    made_for="champions to share",
    when="after decisions",
    scope=ScopeKind.PROGRAMME,
    template="staff-update.docx",
    contents=_contents,
    call=_call,
    shared=True,
    withholds=_withholds,
)
