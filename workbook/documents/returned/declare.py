"""What a document says that came back, row by row, before anybody knows what it means."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping

from workbook.documents.references import split_marks
from workbook.model.folding import fold
from workbook.model.light_dataclasses import dataclass, field

#: Bytes of a digest of words.
DIGEST = 4


def digest_of(text: str) -> bytes:
    """Four bytes that stand for words, as they are compared, without references."""
    plain = fold(split_marks(text)[1])
    return hashlib.blake2b(plain.encode("utf-8", "surrogatepass"), digest_size=DIGEST).digest()


@dataclass(frozen=True)
class Cell:
    """What stands in a cell of a table's row, tables within it left out.

    Attributes:
        accepted: as if all tracked changes were accepted; `rejected`: as if none were made.
        hidden: hidden text that is no reference, as if all tracked changes were accepted.
        picked: the day that a date picker remembers, whatever the words on the page say.
    """

    accepted: str = ""
    rejected: str = ""
    hidden: str = ""
    picked: dt.date | None = None


@dataclass(frozen=True)
class Row:
    """A row of a table.

    Attributes:
        table: the table's number in the document, from 1; `number` the row's, from 1.
        headers: what stands in the table's first row.
        before: the words of the two paragraphs in front of the table.
        tags, marks, bookmarks: what its controls, hidden references and bookmarks say.
    """

    table: int
    number: int
    headers: tuple[str, ...]
    cells: tuple[Cell, ...]
    before: str = ""
    tags: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    bookmarks: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """What the first cell says."""
        return self.cells[0].accepted.strip() if self.cells else ""

    @property
    def place(self) -> str:
        """Where it stands, for people."""
        return f"table {self.table}, row {self.number}" + (f", “{self.label[:60]}”" if self.label else "")


@dataclass(frozen=True)
class ReturnedDocument:
    """A filled-in document as it was read.

    Attributes:
        file: its name.
        recovered: whether it was damaged, and read as far as that went.
        prose: the paragraphs outside tables.
        comments: what people noted at the margin.
        properties: its custom properties.
        workbook_ids: of the workbook it was made from, by each carrier that is still there.
        numbers: its own number, likewise.
        digests: of the words that we had put there; none where they are gone.
    """

    file: str
    rows: tuple[Row, ...]
    prose: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    recovered: bool = False
    properties: Mapping[str, str] = field(default_factory=dict)
    workbook_ids: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    references: Mapping[str, str] = field(default_factory=dict)
    digests: frozenset[bytes] = frozenset()

    def is_ours(self, text: str) -> bool:
        """Whether words are, as they are compared, ones that we had put there."""
        return digest_of(text) in self.digests


@dataclass(frozen=True)
class ReadEntry:
    """One thing that somebody wrote, and what becomes of it.

    Attributes:
        state: new, changed, same, pending, conflict or not_read.
        before: what stands in the workbook.
        table, id, column, value: where it goes, and as what; '' where it goes nowhere.
        message, fix: for people; '' where there is nothing to say.
    """

    place: str
    reference: str
    field: str
    state: str
    text: str
    before: str = ""
    table: str = ""
    id: str = ""
    column: str = ""
    value: str = ""
    message: str = ""
    fix: str = ""


#: The states of entries in the order in which they are told.
NEW, CHANGED, SAME, PENDING, CONFLICT, NOT_READ = "new", "changed", "same", "pending", "conflict", "not_read"
#: What became of an entry, for people.
ENTRY_WORDS = {
    NEW: "New",
    CHANGED: "Changed",
    SAME: "Already there, or kept in the minutes",
    PENDING: "Waits for a tracked change",
    CONFLICT: "In conflict",
    NOT_READ: "Not read",
}
STATES = tuple(ENTRY_WORDS)
