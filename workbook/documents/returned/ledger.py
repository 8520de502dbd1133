"""What is going to be written of filled-in minutes, gathered entry by entry."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from workbook.documents.returned.declare import (
    CHANGED,
    CONFLICT,
    NEW,
    NOT_READ,
    SAME,
    STATES,
    ReadEntry,
    ReturnedDocument,
)
from workbook.documents.returned.understand import Words
from workbook.documents.returned.values import name_in_words
from workbook.model.cells import Cell, show
from workbook.model.changes import RowRef, SetCell
from workbook.model.declare import Column, Register
from workbook.model.folding import fold
from workbook.model.light_dataclasses import dataclass, field, replace
from workbook.model.registers import Actions, BoardDecisions, History, Meetings
from workbook.model.view import View

COMMAND = "read-minutes"
#: How the change history says which minutes an entry came from; their number follows.
ORIGIN = "Minutes "
BY_HAND = "Enter it by hand where it matters, or put it right in the minutes and read them again."


@dataclass
class Reading:
    """What one document gives.

    Attributes:
        entries: everything that somebody wrote, with what becomes of it.
        rows: the rows to add, by table.
        cells: the cells to change.
    """

    document: ReturnedDocument
    entries: list[ReadEntry] = field(default_factory=list)
    rows: dict[str, list[dict[str, Cell]]] = field(default_factory=dict)
    cells: list[SetCell] = field(default_factory=list)

    @property
    def origin(self) -> str:
        """Where its entries come from, for the change history; '' where the minutes bear no number."""
        return f"{ORIGIN}{self.document.numbers[0]}" if self.document.numbers else ""

    def counts(self) -> dict[str, int]:
        """How many entries there are in each state, and how many comments."""
        states = Counter(entry.state for entry in self.entries)
        return {state: states[state] for state in STATES} | {"comments": len(self.document.comments)}


class Ids:
    """The next free ids of the registers that are written to."""

    def __init__(self, view: View) -> None:
        self._next = {
            register.table: _highest(view, register, prefix)
            for register, prefix in ((Meetings, "MT-"), (BoardDecisions, "BD-"), (Actions, "AC-"))
        }
        self._prefix = {Meetings.table: "MT-", BoardDecisions.table: "BD-", Actions.table: "AC-"}

    def next(self, register: type[Register]) -> str:
        self._next[register.table] += 1
        return f"{self._prefix[register.table]}{self._next[register.table]:03d}"


def _highest(view: View, register: type[Register], prefix: str) -> int:
    data = view.snapshot.tables.get(register.table)
    spare = data.spare_ids if data is not None else ()
    held = [*(row.id or "" for row in view.snapshot.rows(register)), *spare]
    ends = [i.strip().upper().removeprefix(prefix) for i in held if i.strip().upper().startswith(prefix)]
    return max((int(end) for end in ends if end.isdecimal() and len(end) < 12), default=0)


@dataclass
class Value:
    """A value that was read for a column, and where its words stand."""

    column: Column[Any]
    value: Cell
    words: Words
    field: str


@dataclass
class Run:
    """What the documents of one run share.

    Attributes:
        ids: the next free ids.
        rows: the rows that the documents read so far add, by table.
        cells: what they gave cells of the workbook, or found there and confirmed, by table, row and header.
    """

    ids: Ids
    rows: dict[str, list[dict[str, Cell]]] = field(default_factory=dict)
    cells: dict[tuple[str, int, str], Cell] = field(default_factory=dict)


class Ledger:
    """Takes the values of one document and says which rows and cells they become."""

    def __init__(self, view: View, document: ReturnedDocument, run: Run) -> None:
        self.view, self.run = view, run
        self.ids, self.known = run.ids, run.rows
        self.reading = Reading(document)
        self.day: dt.date | None = None
        self.meeting = ""

    def named(self, column: Column[Any], words: Words, name: str, reference: str) -> Iterator[Value]:
        found, why = name_in_words(self.view, words.text)
        if found is not None:
            yield Value(column, found, words, name)
        elif why:
            self.tell(words, name, f"{why} The cell stays blank.", reference=reference)

    def add(
        self, register: type[Register], row_id: str, row: dict[str, Cell], values: list[Value], reference: str
    ) -> None:
        for value in values:
            row[value.column.header] = value.value
            self.reading.entries.append(_entry(value, reference, NEW, register, row_id))
        self.reading.rows.setdefault(register.table, []).append({h: v for h, v in row.items() if v is not None})

    def agree(
        self, register: type[Register], row_id: str, row: dict[str, Cell], values: list[Value], about: str
    ) -> None:
        """A row that another file of this run gave, or this one before: its blanks are filled, the rest must agree."""
        for value in values:
            before = row.get(value.column.header)
            if before is None or not show(before):
                row[value.column.header] = value.value
                self.reading.entries.append(_entry(value, about, NEW, register, row_id))
            else:
                self._say_again(register, row_id, value, about, before)

    def _say_again(
        self, register: type[Register], row_id: str | None, value: Value, reference: str, before: Cell
    ) -> None:
        """What minutes say a second time: the same, or a conflict with what was read first."""
        state = SAME if _alike(before, value.value) else CONFLICT
        entry = _entry(value, reference, state, register, row_id, show(before))
        said = "These minutes say it twice, and differently; what was read first counts."
        self.reading.entries.append(replace(entry, message=said) if state == CONFLICT else entry)

    def _was_said(self, register: type[Register], row: Register, value: Value, reference: str) -> bool:
        """Whether minutes of this run gave the cell its value, or confirmed it, before."""
        said = self.run.cells.get((register.table, row.ordinal, value.column.header))
        if said is not None:
            self._say_again(register, row.id, value, reference, said)
        return said is not None

    def fill_blank(self, register: type[Register], row: Register, value: Value) -> None:
        """Fills a blank cell of a row of the workbook; what stands there stays."""
        if self._was_said(register, row, value, ""):
            return
        before = getattr(row, value.column.attr)
        if before is not None and show(before):
            alike = _alike(before, value.value)
            if alike:
                self._counts(register, row, value)
            if alike or not value.words.prefilled:
                state = SAME if alike else CONFLICT
                self.reading.entries.append(_entry(value, "", state, register, row.id, show(before)))
            return
        self._set(register, row, value, "", NEW)

    def correct(self, register: type[Register], row: Register, values: list[Value], reference: str) -> None:
        """A corrected copy changes only what nobody has changed since it was read; the rest is in conflict."""
        for value in values:
            before = getattr(row, value.column.attr)
            if self._was_said(register, row, value, reference):
                continue
            if _alike(before, value.value):
                self._counts(register, row, value)
                self.reading.entries.append(_entry(value, reference, SAME, register, row.id, show(before)))
            elif (
                before is None
                or not show(before)
                or self._is_as_we_wrote(register, row.id, value.column.header, before)
            ):
                self._set(register, row, value, reference, CHANGED)
            else:
                entry = _entry(value, reference, CONFLICT, register, row.id, show(before))
                self.reading.entries.append(entry)

    def _counts(self, register: type[Register], row: Register, value: Value) -> None:
        """Notes what a cell holds by the minutes of this run."""
        self.run.cells[register.table, row.ordinal, value.column.header] = value.value

    def _set(self, register: type[Register], row: Register, value: Value, reference: str, state: str) -> None:
        self._counts(register, row, value)
        before = getattr(row, value.column.attr)
        self.reading.cells.append(
            SetCell(RowRef(register.table, row.id or "", row.ordinal), value.column.header, before, value.value)
        )
        self.reading.entries.append(_entry(value, reference, state, register, row.id, show(before)))

    def _is_as_we_wrote(self, register: type[Register], row_id: str | None, header: str, value: Cell) -> bool:
        """Whether a cell still holds what reading minutes put there, as the change history says."""
        last = ""
        for row in self.view.snapshot.rows(History):
            if (
                row.command != COMMAND
                or row.in_table != register.table
                or fold(row.entry_id or "") != fold(row_id or "")
            ):
                continue
            if not row.in_column:
                last = show(value) if _says(register, row.after or "", header, show(value)) else last
            elif fold(row.in_column) == fold(header):
                last = row.after or ""
        return bool(last) and fold(last) == fold(show(value))

    def tell(self, words: Words, name: str, message: str, *, reference: str = "") -> None:
        self.reading.entries.append(
            ReadEntry(words.where, reference, name, NOT_READ, words.text, message=message, fix=BY_HAND)
        )


def _says(register: type[Register], row: str, header: str, value: str) -> bool:
    """Whether the words of a row that was added give a column this very value, and no longer one that begins so."""
    following = "|".join(re.escape(h) for h in register.headers())
    return re.search(rf"(?:\A|; ){re.escape(f'{header}: {value}')}(?=\Z|; (?:{following}): )", row) is not None


def _alike(before: Cell, after: Cell) -> bool:
    return fold(show(before)) == fold(show(after))


def _entry(
    value: Value, reference: str, state: str, register: type[Register], row_id: str | None, before: str = ""
) -> ReadEntry:
    conflict = state == CONFLICT
    message = "The workbook says something else by now; that stays." if conflict else ""
    if value.words.hidden and not conflict:
        message = "Some of this is hidden text in the minutes."
    return ReadEntry(
        value.words.where,
        reference,
        value.field,
        state,
        value.words.text,
        before,
        register.table,
        row_id or "",
        value.column.header,
        show(value.value),
        message,
        "Agree on one, and put it right by hand." if conflict else "",
    )
