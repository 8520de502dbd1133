"""The function that computes what each document holds, by the document's id."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workbook.documents.board_minutes import board_minutes
from workbook.documents.declare import Document, Material
from workbook.documents.governance_review import governance_review

CONTENTS: dict[str, Callable[[Document, Material], Any]] = {
    "governance-review": governance_review,
    "board-minutes": board_minutes,
}


def contents(document: Document, material: Material) -> Any:
    """The context of a document's template: a frozen dataclass whose fields are the template's names."""
    return CONTENTS[document.id](document, material)
