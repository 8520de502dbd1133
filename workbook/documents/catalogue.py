"""Every governance document, in the order of the specification (3-documents)."""

from __future__ import annotations

from workbook.documents.declare import Document
from workbook.triggers.declare import ScopeKind

DOCUMENTS: tuple[Document, ...] = (
    Document(
        id="governance-review",
        title="Implementation governance review",
        made_for="quality lead, board",
        when="fortnightly or monthly",
        scope=ScopeKind.PROGRAMME,
        template="governance-review.docx",
    ),
    Document(
        id="board-minutes",
        title="Project board minutes",
        made_for="board",
        when="at the meeting",
        scope=ScopeKind.PROGRAMME,
        template="board-minutes.docx",
    ),
)
BY_ID: dict[str, Document] = {d.id: d for d in DOCUMENTS}
