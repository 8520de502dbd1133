"""One-page picture of the programme."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workbook.documents.declare import Call, Document, Material, programme_call
from workbook.model.triggers import PROGRAMME_SCOPE, Scope, ScopeKind


def _contents(document: Document, material: Material, scope: Scope = PROGRAMME_SCOPE) -> Any:
    from workbook.documents.highlight_page import highlight_page

    return highlight_page(document, material, scope)


def _call(document: Document, _material: Material) -> Sequence[Call]:
    return programme_call(document, False, "It is made on request, at any time.")


HIGHLIGHT_PAGE = Document(
    id="highlight-page",
    title="One-page picture of the programme",
    made_for="board",
    when="any time",
    scope=ScopeKind.PROGRAMME,
    template="",
    contents=_contents,
    call=_call,
)
