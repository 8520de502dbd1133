"""Every governance document, in the order in which they are made (docs/contract/documents.md).

A document is one file here: what it is called, what it is about, when it is called for, and what gives its contents.
"""

from __future__ import annotations

from workbook.documents.catalogue.board_minutes import BOARD_MINUTES
from workbook.documents.catalogue.board_paper import BOARD_PAPER
from workbook.documents.catalogue.champion_card import CHAMPION_CARD
from workbook.documents.catalogue.commissioner_pack import COMMISSIONER_PACK
from workbook.documents.catalogue.governance_review import GOVERNANCE_REVIEW
from workbook.documents.catalogue.guidance_note import GUIDANCE_NOTE
from workbook.documents.catalogue.highlight_page import HIGHLIGHT_PAGE
from workbook.documents.catalogue.inspection_pack import INSPECTION_PACK
from workbook.documents.catalogue.role_brief import ROLE_BRIEF
from workbook.documents.catalogue.staff_update import STAFF_UPDATE
from workbook.documents.catalogue.start_pack import START_PACK
from workbook.documents.catalogue.supplier_letter import SUPPLIER_LETTER
from workbook.documents.catalogue.support_review import SUPPORT_REVIEW
from workbook.documents.declare import Document

DOCUMENTS: tuple[Document, ...] = (
    GOVERNANCE_REVIEW,
    BOARD_PAPER,
    BOARD_MINUTES,
    START_PACK,
    ROLE_BRIEF,
    SUPPORT_REVIEW,
    GUIDANCE_NOTE,
    STAFF_UPDATE,
    SUPPLIER_LETTER,
    COMMISSIONER_PACK,
    INSPECTION_PACK,
    CHAMPION_CARD,
    HIGHLIGHT_PAGE,
)
#: Those that are made from a Word template.
WORD_DOCUMENTS: tuple[Document, ...] = tuple(d for d in DOCUMENTS if d.template)
BY_ID: dict[str, Document] = {d.id: d for d in DOCUMENTS}
