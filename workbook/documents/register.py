"""Entering documents in the register of documents (docs/contract/documents.md, last paragraphs)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from workbook.documents.catalogue import BY_ID
from workbook.model.cells import Cell
from workbook.model.changes import AddTable, AppendRows, Change, ChangeSet, Noted
from workbook.model.findings import Finding
from workbook.model.light_dataclasses import dataclass
from workbook.model.registers import Documents
from workbook.model.sheet_names import with_sheets_renamed
from workbook.model.shown_sheets import with_filled_shown
from workbook.model.snapshot import Snapshot


@dataclass(frozen=True)
class Entry:
    """A document that was written.

    Attributes:
        document: the document's id; `scope` a Service code or "programme".
        file: where it is, from the workbook's folder where it lies within.
        file_hash: SHA-256, as hexadecimal digits.
    """

    document: str
    scope: str
    as_of: dt.date
    made_on: dt.date
    file: str
    file_hash: str


def entered(snapshot: Snapshot, entries: Sequence[Entry], confirmed: Sequence[Finding] = ()) -> ChangeSet:
    """Adds the documents to the register; adds the register where the workbook has none.

    Args:
        snapshot: the workbook.
        entries: the documents that were written.
        confirmed: texts that may identify a person and were let through, for the change history.
    """
    columns = (
        Documents.document,
        Documents.scope,
        Documents.as_of,
        Documents.made_on,
        Documents.file,
        Documents.workbook_fingerprint,
        Documents.file_hash,
    )
    rows: list[tuple[Cell, ...]] = [
        (e.document, e.scope, e.as_of, e.made_on, e.file, snapshot.fingerprint, e.file_hash) for e in entries
    ]
    headers = tuple(c.header for c in columns)
    changes: tuple[Change, ...] = ()
    if rows and Documents.table in snapshot.missing:
        changes = (AddTable(Documents.table, Documents.sheet, headers, tuple(rows)),)
    elif rows:
        changes = (AppendRows(Documents.table, tuple(dict(zip(headers, row, strict=True)) for row in rows)),)
    made = ChangeSet("documents", snapshot.fingerprint, changes, _noted(entries, confirmed))
    return with_sheets_renamed(snapshot, with_filled_shown(snapshot, made))


def _noted(entries: Sequence[Entry], confirmed: Sequence[Finding]) -> tuple[Noted, ...]:
    """What the change history says of texts that were let through: which, and into which documents they could go."""
    files = ", ".join(e.file for e in entries if BY_ID[e.document].guarded)
    words = "Looked at and let through, though it may identify a person."
    return tuple(Noted(f.table, f.id, f.column, words, files) for f in confirmed if files and f.id)
