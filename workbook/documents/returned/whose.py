"""Whose minutes they are: those of this workbook, of another, or of nobody knows which."""

from __future__ import annotations

import enum

from workbook.documents.catalogue import DOCUMENTS
from workbook.documents.declare import Document
from workbook.documents.references import parse_reference
from workbook.documents.returned.declare import ReturnedDocument
from workbook.documents.words import document_number, number_begins
from workbook.model.registers import BoardDecisions, Documents, ImprovementLog
from workbook.model.snapshot import ID_PROPERTY, Snapshot
from workbook.model.triggers import PROGRAMME_SCOPE


class Whose(enum.Enum):
    """Whose minutes they are."""

    OURS = "this workbook's"
    ANOTHERS = "another workbook's"
    UNKNOWN = "not known"


def whose(snapshot: Snapshot, document: ReturnedDocument) -> Whose:
    """Whether minutes were made from this workbook, by its id or by the number of a document in its register."""
    own_id = snapshot.properties.get(ID_PROPERTY, "")
    if set(document.workbook_ids) == {own_id} and own_id:
        return Whose.OURS
    if document.workbook_ids:
        return Whose.ANOTHERS
    return Whose.OURS if set(document.numbers) & registered_numbers(snapshot) else Whose.UNKNOWN


def other_document(document: ReturnedDocument) -> Document | None:
    """Which of our documents it is by its number, where that is one from which nothing comes back."""
    kinds = [kind for kind in DOCUMENTS if any(n.startswith(number_begins(kind.id)) for n in document.numbers)]
    return None if any(kind.comes_back for kind in kinds) else next(iter(kinds), None)


def registered_numbers(snapshot: Snapshot) -> set[str]:
    """The numbers of the documents that the register of documents holds."""
    return {
        document_number(row.document, row.scope or PROGRAMME_SCOPE.id, row.as_of, row.workbook_fingerprint)
        for row in snapshot.rows(Documents)
        if row.document and row.as_of and row.workbook_fingerprint
    }


def known_references(snapshot: Snapshot, document: ReturnedDocument) -> tuple[int, int]:
    """How many of the issues and decisions that minutes speak of are in the workbook, and of how many they speak."""
    subjects = {parse_reference(reference).subject for reference in document.references.values()}
    about = {s for s in subjects if s.startswith(("IM-", "BD-"))}
    known = {s for s in about if snapshot.find(ImprovementLog, s) or snapshot.find(BoardDecisions, s)}
    return len(known), len(about)
