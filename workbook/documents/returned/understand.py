"""Which place each row of a returned document fills in, and with what words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from workbook.documents.hints import rest_of_hint, without_hints
from workbook.documents.labels import (
    ACTION,
    ATTENDANCE,
    ATTENDANCE_LABEL,
    BLOCK_LABELS,
    DUE,
    LABELS,
    OWNER,
    block_field,
    hints_of,
    meeting_field,
)
from workbook.documents.references import (
    ATTENDANCE_FIELD,
    BLOCK,
    BLOCK_FIELDS,
    NEW_ACTION,
    ROW,
    SPARE,
    Place,
    place_of,
    place_of_bookmark,
    place_of_tag,
)
from workbook.documents.returned.declare import CONFLICT, NOT_READ, PENDING, Cell, ReadEntry, ReturnedDocument, Row
from workbook.model.folding import fold
from workbook.model.light_dataclasses import dataclass, field, replace

_ROW_FIELDS = {fold(BLOCK_LABELS[name].label): name for name in ("decision", "owner", "due")}
_ACTION_COLUMNS = tuple(map(fold, (ACTION, OWNER, DUE)))
_SEEN_CODE = re.compile(r"\bref\b.*?\b([A-Z0-9]{5})\b", re.IGNORECASE)
#: How the references of blocks begin that people copied or wrote anew.
_LOOSE = f"{SPARE}table-"


@dataclass(frozen=True)
class Words:
    """What somebody wrote in a place.

    Attributes:
        text: their words, without hints.
        where: the row, for people.
        picked: what a date picker remembers.
        prefilled: whether it is what we had put there.
        pending: whether it depends on tracked changes that nobody has accepted or rejected.
        hidden: whether some of it is hidden text.
    """

    text: str
    where: str
    picked: dt.date | None = None
    prefilled: bool = False
    pending: bool = False
    hidden: bool = False


@dataclass(frozen=True)
class ActionWords:
    """A row of the table of new actions."""

    action: Words
    owner: Words
    due: Words


@dataclass
class Filled:
    """All that somebody wrote, by what it is for.

    Attributes:
        places: the words of each place outside the tables of actions and attendance.
        attendance: by name as it stands in the table.
        told: what is not read, in doubt, or in conflict within the document.
    """

    places: dict[Place, Words] = field(default_factory=dict)
    attendance: dict[str, Words] = field(default_factory=dict)
    actions: list[ActionWords] = field(default_factory=list)
    told: list[ReadEntry] = field(default_factory=list)

    def blocks(self) -> list[str]:
        """The references of the blocks in which something stands."""
        return list(dict.fromkeys(p.reference for p in self.places if p.field in BLOCK_FIELDS))

    def places_or_blank(self, field_name: str, reference: str = "") -> Words:
        """The words of a place, blank ones where nothing stands there."""
        return self.words(field_name, reference) or Words("", "the minutes")

    def words(self, field_name: str, reference: str = "") -> Words | None:
        """The words of a place; None where it is blank."""
        return self.places.get(Place(field_name, reference))


def understand(document: ReturnedDocument, *, accept_pending: bool = False) -> Filled:
    """What a returned document says.

    Args:
        document: as it was read.
        accept_pending: takes tracked changes as if they were accepted.
    """
    filled = Filled()
    by_table = _references_of_tables(document)
    found: dict[Place, list[Words]] = {}
    for row in document.rows:
        for place, cell in _places(document, row, by_table, filled):
            words = _words(document, row, cell, place, accept_pending=accept_pending)
            if words is not None:
                found.setdefault(place, []).append(words)
        _loose(document, row, by_table, filled, accept_pending=accept_pending)
    for place, several in found.items():
        _settle(place, several, filled)
    if not document.digests:
        message = "The document no longer says which words were ours: only places with a reference or label were read."
        filled.told.append(_untold("the whole document", "", message))
        return filled
    filled.told += [
        _untold("outside the tables", text, "Text outside the tables is not read.")
        for text in document.prose
        if not document.is_ours(text)
    ]
    return filled


def _references_of_tables(document: ReturnedDocument) -> dict[int, str]:
    """The reference of the block that each table is; one with our labels that lost it counts as a block of its own."""
    known: dict[int, set[str]] = {}
    labels: dict[int, int] = {}
    for row in document.rows:
        for place in _votes(document, row):
            if place.field in (*BLOCK_FIELDS, BLOCK):
                known.setdefault(row.table, set()).add(place.reference)
        seen = _SEEN_CODE.search(row.before)
        if seen and seen[1].upper() in document.references:
            known.setdefault(row.table, set()).add(document.references[seen[1].upper()])
        labels[row.table] = labels.get(row.table, 0) + bool(len(row.cells) > 1 and block_field(row.label))
    found = {table: next(iter(refs)) for table, refs in known.items() if len(refs) == 1}
    for table, count in labels.items():
        if count > 1 and table not in known:
            found[table] = f"{_LOOSE}{table}"
    return found


def _votes(document: ReturnedDocument, row: Row) -> list[Place]:
    """The places that a row's tags, hidden text and bookmarks name, each once."""
    by_code = dict(document.references)
    named = [
        *(place_of(mark) for mark in row.marks),
        *(place_of_bookmark(name, by_code) for name in row.bookmarks),
        *(place_of_tag(tag, by_code) for tag in row.tags),
    ]
    return list(dict.fromkeys(place for place in named if place is not None))


def _places(
    document: ReturnedDocument, row: Row, by_table: dict[int, str], filled: Filled
) -> Iterator[tuple[Place, Cell]]:
    """The places that a row fills in, each with the cell in which its words stand."""
    if len(row.cells) < 2:
        return
    votes = _votes(document, row)
    if len({place.reference for place in votes}) > 1 or len({_kind(place.field) for place in votes}) > 1:
        if any(_is_filled(document, c) for c in row.cells):
            message = "The references of this row disagree, so it is not known which matter it belongs to."
            fix = "Type the entry into the workbook by hand."
            filled.told.append(_untold(row.place, _said(row), message, fix))
        return
    place = votes[0] if votes else _by_label(row, by_table)
    if place is None or place.field in (BLOCK, ATTENDANCE_FIELD, NEW_ACTION):
        return
    if _kind(place.field) == ROW:
        reference = place.reference
        for header, cell in zip(row.headers, row.cells, strict=False):
            name = _ROW_FIELDS.get(fold(header))
            if name:
                yield Place(name, reference), cell
        return
    yield place, _merged(row.cells[1:])


def _kind(name: str) -> str:
    """A row's field; the places of a line of further matters are all of one row."""
    return ROW if name == ROW else name


def _by_label(row: Row, by_table: dict[int, str]) -> Place | None:
    name = block_field(row.label)
    if name and row.table in by_table:
        return Place(name, by_table[row.table])
    other = meeting_field(row.label)
    return Place(other) if other and row.headers and fold(row.headers[0]) == "item" else None


def _merged(cells: Sequence[Cell]) -> Cell:
    """The cells of an entry as one: text is sometimes typed into a column that somebody added."""
    if len(cells) == 1:
        return cells[0]
    accepted, rejected, hidden = (
        "\n".join(text for text in texts if text)
        for texts in zip(*((c.accepted, c.rejected, c.hidden) for c in cells), strict=True)
    )
    return Cell(accepted, rejected, hidden, next((c.picked for c in cells if c.picked is not None), None))


def _words(document: ReturnedDocument, row: Row, cell: Cell, place: Place, *, accept_pending: bool) -> Words | None:
    hints = hints_of(place.field)
    accepted, rejected = without_hints(cell.accepted, hints), without_hints(cell.rejected, hints)
    hidden = without_hints(cell.hidden, hints)
    differs = fold(accepted) != fold(rejected)
    text = "\n".join(part for part in (accepted, hidden) if part)
    if not text and not (differs and not accept_pending):
        return None
    ours = not hidden and not differs and document.is_ours(accepted) and place.field not in BLOCK_FIELDS
    pending = differs and not accept_pending
    return Words(text or rejected, row.place, cell.picked, ours, pending, bool(hidden))


def _settle(place: Place, several: Sequence[Words], filled: Filled) -> None:
    """Copies with the same words count once; with different ones nobody can tell which is meant."""
    different = list({fold(words.text): words for words in several}.values())
    written = [words for words in different if not words.prefilled] or different
    if len(written) > 1:
        for words in written:
            filled.told.append(
                ReadEntry(
                    words.where,
                    place.reference,
                    place.field,
                    CONFLICT,
                    words.text,
                    message="This place stands in the document more than once, with different words.",
                    fix="Leave one of them in the document and read it again.",
                )
            )
        return
    words = written[0]
    problem = ""
    if words.pending:
        problem = "A tracked change here is neither accepted nor rejected."
    elif rest_of_hint(words.text):
        problem = "A piece of our hint still stands within these words."
    if problem:
        state = PENDING if words.pending else NOT_READ
        fix = (
            "Accept or reject it in Word, or read again with “accept pending”."
            if words.pending
            else "Delete that piece."
        )
        filled.told.append(
            ReadEntry(words.where, place.reference, place.field, state, words.text, message=problem, fix=fix)
        )
        return
    filled.places[place] = words


def _loose(
    document: ReturnedDocument, row: Row, by_table: dict[int, str], filled: Filled, *, accept_pending: bool
) -> None:
    """Rows of the tables of actions and attendance; and what stands where nothing is read."""
    headers = tuple(map(fold, row.headers))
    is_header = row.number == 1
    if headers and headers[-1] == fold(ATTENDANCE):
        if not is_header:
            _attendance(document, row, filled, accept_pending=accept_pending)
        return
    if headers[: len(_ACTION_COLUMNS)] == _ACTION_COLUMNS:
        if not is_header:
            _action(document, row, filled, accept_pending=accept_pending)
        return
    votes = _votes(document, row)
    known = any(p.field in LABELS or p.field == ROW for p in votes) or (
        not votes and _by_label(row, by_table) is not None
    )
    strange = [c for n, c in enumerate(row.cells) if _is_filled(document, c) and not (known and (n or not votes))]
    if known and not strange:
        return
    if strange:
        log = {"id", "status"} <= set(headers)
        message = "The action log's own rows are not read." if log else "This is no place that is read."
        fix = f"Change it on the sheet {'Actions' if log else 'it belongs to'} by hand."
        filled.told.append(_untold(row.place, _said(row), message, fix))


def _is_filled(document: ReturnedDocument, cell: Cell) -> bool:
    texts = (text for text in (cell.accepted, cell.hidden) if text)
    return bool(document.digests) and any(not document.is_ours(text) for text in texts)


def _said(row: Row) -> str:
    return " | ".join(text for c in row.cells for text in (c.accepted, c.hidden) if text)


def _untold(where: str, text: str, message: str, fix: str = "") -> ReadEntry:
    return ReadEntry(where, "", "", NOT_READ, text, message=message, fix=fix or "Enter it by hand where it matters.")


def _attendance(document: ReturnedDocument, row: Row, filled: Filled, *, accept_pending: bool) -> None:
    cell = row.cells[-1]
    words = _words(document, row, cell, Place(ATTENDANCE_FIELD), accept_pending=accept_pending)
    if words is None or not row.label:
        return
    if words.pending:
        _settle(Place(ATTENDANCE_FIELD), [words], filled)
        return
    if fold(words.text) not in map(fold, ATTENDANCE_LABEL.choices):
        message = f"{row.label}: attendance is one of {', '.join(ATTENDANCE_LABEL.choices)}."
        filled.told.append(_untold(row.place, words.text, message))
        return
    name = next((known for known in filled.attendance if fold(known) == fold(row.label)), row.label)
    former = filled.attendance.get(name)
    if former is not None and fold(former.text) != fold(words.text):
        _settle(Place(ATTENDANCE_FIELD), [former, words], filled)
        filled.attendance[name] = replace(former, text="")
        return
    filled.attendance[name] = words


def _action(document: ReturnedDocument, row: Row, filled: Filled, *, accept_pending: bool) -> None:
    fields = ("action", "owner", "due")
    places = (Place(NEW_ACTION), Place("owner"), Place("due"))
    found = [
        _words(document, row, cell, place, accept_pending=accept_pending)
        for cell, place in zip(row.cells, places, strict=False)
    ]
    blank = Words("", row.place)
    words = [w or blank for w in (*found, None, None, None)][:3]
    if not any(w.text for w in words):
        return
    waiting = [(name, w) for name, w in zip(fields, words, strict=True) if w.pending]
    for name, w in waiting:
        _settle(Place(name, NEW_ACTION), [w], filled)
    if not waiting:
        filled.actions.append(ActionWords(*words))
