"""Whether the documents of the register still stand as they were made, and whether minutes came back."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable

from workbook.documents.catalogue import BY_ID
from workbook.documents.declare import Document
from workbook.documents.returned.ledger import COMMAND, ORIGIN
from workbook.documents.words import document_number
from workbook.model.folding import fold
from workbook.model.light_dataclasses import dataclass
from workbook.model.registers import BY_TABLE, Documents, History, Meetings
from workbook.model.snapshot import Snapshot
from workbook.model.triggers import PROGRAMME_SCOPE


class Standing(enum.Enum):
    """How a document stands on disk."""

    AS_MADE = "as it was made"
    CHANGED = "changed since it was made"
    MOVED = "moved"
    MISSING = "missing"
    NOT_SEEN = "not looked at"


@dataclass(frozen=True)
class OnDisk:
    """What was found of a document.

    Attributes:
        place: where it lies now, where that is elsewhere.
        changed: whether a moved one was changed too.
        why: why it was not looked at.
    """

    standing: Standing
    place: str = ""
    changed: bool = False
    why: str = ""


@dataclass(frozen=True)
class Registered:
    """A row of the register of documents.

    Attributes:
        title: the document's, or what the register calls one that is not known.
        comes_back: whether what people fill in returns to the workbook; `read_back` whether it did.
    """

    title: str
    scope: str
    as_of: dt.date | None
    file: str
    file_hash: str
    comes_back: bool
    read_back: bool


def registered(snapshot: Snapshot, only: Iterable[str] = ()) -> list[Registered]:
    """The documents of the register, in its order.

    Args:
        snapshot: the workbook.
        only: the ids of documents to look at; all by default.
    """
    wanted, read = {fold(name) for name in only}, _read_back(snapshot)
    return [
        _registered(row, BY_ID.get(fold(row.document or "")), read)
        for row in snapshot.rows(Documents)
        if row.document and (not wanted or fold(row.document) in wanted)
    ]


def _registered(row: Documents, document: Document | None, read: set[str]) -> Registered:
    number = ""
    if row.as_of and row.workbook_fingerprint:
        scope = row.scope or PROGRAMME_SCOPE.id
        number = document_number(row.document, scope, row.as_of, row.workbook_fingerprint)
    return Registered(
        title=document.title if document is not None else row.document,
        scope=row.scope or "",
        as_of=row.as_of,
        file=row.file or "",
        file_hash=(row.file_hash or "").strip().lower(),
        comes_back=document is not None and document.comes_back,
        read_back=number in read,
    )


def _read_back(snapshot: Snapshot) -> set[str]:
    """The numbers of the minutes that were read: meetings name them, and the history, while what was read stands."""
    numbers = {row.minutes_reference for row in snapshot.rows(Meetings) if row.minutes_reference}
    for row in snapshot.rows(History):
        if row.command == COMMAND and (row.origin or "").startswith(ORIGIN):
            register = BY_TABLE.get(row.in_table)
            if register is not None and snapshot.find(register, row.entry_id or "") is not None:
                numbers.add((row.origin or "").removeprefix(ORIGIN))
    return numbers


def said_of(document: Registered, found: OnDisk) -> str:
    """What is to be known of a document; '' where all is well with it.

    Minutes that were filled in and read back are meant to be changed.
    """
    parts = [_said_of_file(document, found)]
    if document.comes_back and not document.read_back:
        filled = found.standing is Standing.CHANGED or found.changed
        state = "Filled in or changed since it was made" if filled else ""
        parts = [state or parts[0], "Never read back: fill it in after the meeting, then read it with Minutes"]
    return " ".join(f"{part}." for part in parts if part)


def _said_of_file(document: Registered, found: OnDisk) -> str:
    match found.standing:
        case Standing.AS_MADE:
            return ""
        case Standing.CHANGED:
            return "" if document.read_back else "Changed since it was made"
        case Standing.MOVED:
            changed = found.changed and not document.read_back
            return f"Moved to {found.place}{', and changed' if changed else ''}"
        case Standing.MISSING:
            return "Missing: it is neither at its place nor where documents go"
        case Standing.NOT_SEEN:
            return f"Not looked at: {found.why}"
