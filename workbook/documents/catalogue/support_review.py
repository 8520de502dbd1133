"""Adoption support review."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workbook.documents.declare import Call, Document, Material, service_calls
from workbook.model.triggers import PROGRAMME_SCOPE, Scope, ScopeKind, State


def _contents(document: Document, material: Material, scope: Scope = PROGRAMME_SCOPE) -> Any:
    from workbook.documents.support_review import support_review

    return support_review(document, material, scope)


def _call(document: Document, material: Material) -> Sequence[Call]:
    from workbook.documents.governance_round import AHEAD
    from workbook.documents.words import day, listed
    from workbook.model.triggers import LIVE
    from workbook.rules.reviews import ADOPTION

    soon = material.view.as_of + AHEAD

    def reason(code: str) -> str:
        dues = [r.next_due for r in material.reviews if r.review == ADOPTION and r.service == code and r.next_due]
        if dues and min(dues) <= soon:
            late = min(dues) < material.view.as_of
            return f"An adoption support review {'was' if late else 'is'} due on {day(min(dues))}."
        raised = [
            r.trigger
            for r in material.in_state(State.RAISED)
            if r.scope == Scope(ScopeKind.SERVICE, code) and r.escalation == LIVE.escalation
        ]
        return f"Raised on live support: {listed(dict.fromkeys(raised))}." if raised else ""

    return service_calls(document, material, reason, "No adoption support review is due within a week.")


def _why_not(material: Material, scope: Scope) -> str:
    from workbook.documents.support_review import has_support

    if has_support(material.view, scope.id):
        return ""
    return f"The support log holds nothing about {material.view.service_name(scope.id)} yet."


SUPPORT_REVIEW = Document(
    id="support-review",
    title="Adoption support review",
    made_for="team leader, registered manager",
    when="weekly or per cadence, per service",
    scope=ScopeKind.SERVICE,
    template="support-review.docx",
    contents=_contents,
    call=_call,
    why_not=_why_not,
)
