"""Role brief."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workbook.documents.declare import Call, Document, Material, champion_calls
from workbook.model.registers import WorkforcePlan
from workbook.model.triggers import PROGRAMME_SCOPE, Scope, ScopeKind


def _contents(document: Document, material: Material, scope: Scope = PROGRAMME_SCOPE) -> Any:
    from workbook.documents.role_brief import role_brief

    return role_brief(document, material, scope)


def _call(document: Document, material: Material) -> Sequence[Call]:
    from workbook.documents.role_brief import newest_brief

    def reason(champion: WorkforcePlan) -> str:
        if champion.status not in ("Proposed", "Preparing"):
            return ""
        brief = newest_brief(material.view, champion.champion_id)
        return (
            ""
            if brief is not None and brief.acknowledged_on is not None
            else "Preparing, and no brief is acknowledged."
        )

    return champion_calls(document, material, reason, "Not preparing, or the brief is acknowledged.")


ROLE_BRIEF = Document(
    id="role-brief",
    title="Role brief",
    made_for="each champion",
    when="preparing",
    scope=ScopeKind.CHAMPION,
    template="role-brief.docx",
    contents=_contents,
    call=_call,
)
