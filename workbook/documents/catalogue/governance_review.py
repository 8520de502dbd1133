"""The implementation governance review."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workbook.documents.declare import Call, Document, Material, programme_call
from workbook.model.triggers import PROGRAMME_SCOPE, Scope, ScopeKind, State


def _contents(document: Document, material: Material, _scope: Scope = PROGRAMME_SCOPE) -> Any:
    from workbook.documents.governance_review import governance_review

    return governance_review(document, material)


def _call(document: Document, material: Material) -> Sequence[Call]:
    from workbook.documents.governance_round import governance_due
    from workbook.documents.matters import is_board_trigger
    from workbook.documents.words import day, listed
    from workbook.rules.reviews import GOVERNANCE

    if due := governance_due(material, "Quality lead"):
        return programme_call(document, True, due)
    raised = [r.trigger for r in material.in_state(State.RAISED) if is_board_trigger(r)]
    if raised:
        return programme_call(document, True, f"Raised on champion feedback: {listed(dict.fromkeys(raised))}.")
    dates = [r.next_due for r in material.reviews if r.review == GOVERNANCE and r.next_due is not None]
    when = f"not due before {day(min(dates))}" if dates else "not due: no service is live yet"
    words = f"The governance review is {when}, and no feedback trigger is raised."
    return programme_call(document, False, words)


GOVERNANCE_REVIEW = Document(
    id="governance-review",
    title="Implementation governance review",
    made_for="quality lead, board",
    when="fortnightly or monthly",
    scope=ScopeKind.PROGRAMME,
    template="governance-review.docx",
    contents=_contents,
    call=_call,
)
