"""What History and Import problems remember of entries that came from elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from workbook.intake.source import digest
from workbook.model.light_dataclasses import dataclass, field
from workbook.model.permitted_changes import REDO, UNDO
from workbook.model.registers import BY_TABLE, History, ImportProblems
from workbook.model.snapshot import Snapshot

COMMAND = "import"
_UNDONE, _REDONE = f"{UNDO}{COMMAND}", f"{REDO}{COMMAND}"
_ORIGIN = re.compile(
    r"(?P<file>.*), row (?P<row>\d+)(?P<was>, there .+?)? "
    r"\[(?P<salt>\w{16}):(?P<mark>\w{24})(?::(?P<form>\w{24}))?\]\Z",
    re.DOTALL,
)
MARK = re.compile(r"(\w{16}):(\w{24})(?::(\w{24}))?\Z")


@dataclass
class Remembered:
    """The rows of sources that a workbook knows already.

    Attributes:
        salt: of the workbook's marks.
        ids: by mark, the ids of the entries that came of such rows, '' where the register has none.
        forms: by the mark of a form's own id, the mark of the row that came with it.
        were: by (mark of another workbook, table, id there), the id here.
        aside: how often a mark stands among the import problems.
    """

    salt: str
    ids: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    forms: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    were: dict[tuple[str, str, str], str] = field(default_factory=dict)
    aside: Counter[tuple[str, str]] = field(default_factory=Counter)

    def origin(self, file: str, row: int, mark: str, form: str, was: str) -> str:
        """What History says of where an entry comes from."""
        there = f", there {was}" if was else ""
        return f"{file}, row {row}{there} [{self.salt}:{mark}{':' + form if form else ''}]"

    def mark(self, mark: str, form: str) -> str:
        """What Import problems says of a row."""
        return f"{self.salt}:{mark}{':' + form if form else ''}"


def remembered(snapshot: Snapshot, fresh_salt: str) -> Remembered:
    """What a workbook remembers.

    Args:
        snapshot: the workbook.
        fresh_salt: serves where it remembers nothing yet: 16 signs, hard to guess.
    """
    found = _standing(snapshot)
    marks = list(_marked(snapshot))
    salts = [parts["salt"] for _, _, parts in found] + [m[1] for _, m in marks]
    known = Remembered(salts[0] if salts else fresh_salt)
    for table, row_id, parts in found:
        _remember(known, table, row_id, parts)
    known.aside.update((row.into or "", m[2]) for row, m in marks)
    return known


def _standing(snapshot: Snapshot) -> list[tuple[str, str, re.Match[str]]]:
    """The imported entries by History, those left out that were taken back again."""
    found: dict[int, tuple[str, str, re.Match[str]]] = {}
    places: dict[tuple[str, str], list[int]] = {}
    back: dict[tuple[str, str], list[tuple[int, tuple[str, str, re.Match[str]]]]] = {}
    for n, row in enumerate(snapshot.rows(History)):
        if row.origin and (parts := _ORIGIN.match(row.origin)):
            found[n] = (row.in_table or "", row.entry_id or "", parts)
            places.setdefault(found[n][:2], []).append(n)
        elif row.command in (_UNDONE, _REDONE):
            for key in _keys(row):
                if row.command == _UNDONE:
                    back.setdefault(key, []).extend((at, found.pop(at)) for at in places.get(key, ()) if at in found)
                else:
                    found |= dict(back.pop(key, ()))
    return [found[n] for n in sorted(found)]


def _keys(row: History) -> Iterable[tuple[str, str]]:
    """The entry that a line of an undo or redo takes away or brings back; of tables without ids, all."""
    register = BY_TABLE.get(row.in_table or "")
    key = register.key if register is not None else None
    if key is None:
        yield row.in_table or "", ""
    elif row.in_column == key.header:
        yield row.in_table or "", (row.before if row.command == _UNDONE else row.after) or ""


def _marked(snapshot: Snapshot) -> Iterable[tuple[ImportProblems, re.Match[str]]]:
    for row in snapshot.rows(ImportProblems):
        found = MARK.match(row.mark or "")
        if found:
            yield row, found


def _remember(known: Remembered, table: str, row_id: str, parts: re.Match[str]) -> None:
    known.ids.setdefault((table, parts["mark"]), []).append(row_id)
    if parts["form"]:
        known.forms[table, parts["form"]] = parts["mark"], row_id
    if parts["was"]:
        was, _, book = parts["was"].removeprefix(", there ").rpartition(" of ")
        known.were[book, table, was] = row_id


def book_mark(salt: str, book_id: str) -> str:
    """By what another workbook is known again."""
    return digest(salt, book_id)[:8]
