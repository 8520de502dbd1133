"""The history that is kept beside a workbook's file: read, and added to just before the workbook is exchanged.

Source: docs/contract/history.md.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from addin.hosts.file.kept_contents import Kept
from addin.hosts.file.run_record import FOLDER
from addin.lossless import read_plain, refuse_strange
from addin.lossless.save import add_to, make_folder, short, write_whole
from workbook.model.cells import fold
from workbook.model.changes import RowRef
from workbook.model.history import TYPED, Entry, as_moment, entries
from workbook.model.history_file import LINK_PROPERTY, Head, Line, Place, Verdict, further, place_of, verdict
from workbook.model.history_standing import beyond, is_own, lacked, mark, only_in_the_sheet, unfinished
from workbook.model.light_dataclasses import dataclass, field, replace
from workbook.model.snapshot import ID_PROPERTY, Snapshot


def history_path(path: Path) -> Path:
    """Where the history of a workbook lies.

    >>> history_path(Path("programme.xlsx")).name
    'programme.xlsx.history.jsonl'

    Args:
        path: the workbook.
    """
    return path.parent / FOLDER / f"{short(path.name)}.history.jsonl"


class Beside:
    """A history as it lies beside a workbook.

    Args:
        data: the whole file.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        #: Where its last whole line ends, in bytes.
        self.end = data.rfind(b"\n") + 1
        self.head = Head.of(_text(data[: data.find(b"\n") + 1]))

    @classmethod
    def of(cls, path: Path) -> Beside | None:
        """The history of a workbook; None where there is none that can be read.

        Args:
            path: the workbook.
        """
        try:
            return cls(read_plain(history_path(path), linked=False))
        except OSError:
            return None

    @property
    def has_half_line(self) -> bool:
        """Whether it was cut off within a line."""
        return self.end < len(self._data)

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return len(self._data)

    @cached_property
    def last(self) -> Line | None:
        """Its last whole line; None where that is the first, or can't be read."""
        start = self._data.rfind(b"\n", 0, max(self.end - 1, 0)) + 1
        return Line.of(_text(self._data[start : self.end])) if start else None

    @cached_property
    def lines(self) -> list[Line | None]:
        """All lines but the first; None for one that can't be read, a half one at the end among them."""
        texts = _text(self._data).split("\n")[1:]
        if texts and not texts[-1]:
            del texts[-1]
        found = [Line.of(text) for text in texts]
        if self.has_half_line and found:
            found[-1] = None
        return found

    @property
    def whole_lines(self) -> list[Line | None]:
        """The lines without a half one at the end."""
        return self.lines[:-1] if self.has_half_line and self.lines else self.lines


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def held_by(snapshot: Snapshot | None) -> str:
    """What a workbook says of its place in the history; '' where it says nothing.

    Args:
        snapshot: the workbook; None where it can't be read.
    """
    return snapshot.properties.get(LINK_PROPERTY, "") if snapshot is not None else ""


def goes_on(beside: Beside | None, snapshot: Snapshot) -> bool:
    """Whether the history beside a workbook is its own and goes on from there.

    Args:
        beside: the history, if there is any.
        snapshot: the workbook.
    """
    if beside is None or beside.head is None:
        return False
    place = Place.of(held_by(snapshot))
    if place is not None and place.chain == beside.head.chain:
        return True
    return is_own(beside.head, beside.lines, held_by(snapshot), snapshot.properties.get(ID_PROPERTY, ""))


@dataclass(frozen=True)
class _Next:
    """What is to be written: how far the history goes then, the lines, and where they go."""

    head: Head
    place: Place
    lines: Sequence[Line]
    end: int = 0
    begins: bool = False
    closes: bool = False


class Keeping:
    """Keeps what one run does in the history beside a workbook; see `addin.hosts.apply.record.Keeps`.

    Args:
        path: the workbook.
        snapshot: what it holds.
        when: the moment of the run.

    Attributes:
        kept: how the last run left it.
    """

    def __init__(self, path: Path, snapshot: Snapshot, when: dt.datetime) -> None:
        self._path, self._snapshot, self._when = path, snapshot, as_moment(when)
        self._beside = Beside.of(path)
        self._next: _Next | None = None
        self.kept = Kept(path, snapshot)

    @property
    def properties(self) -> Mapping[str, str]:
        """The workbook's place in the history, where it is another after the run."""
        return {} if self._next is None else {LINK_PROPERTY: self._next.place.text()}

    def entries(self, own: Sequence[Entry], new_ids: Mapping[RowRef, str], book_id: str) -> Sequence[Entry]:
        """Takes a run's entries on; see `addin.hosts.apply.record.Keeps.entries`."""
        beside = self._beside
        if beside is None or beside.head is None or not goes_on(beside, self._snapshot):
            return self._begun([*self._typed(new_ids, ()), *own], book_id)
        return self._caught_up(beside, beside.head, own, new_ids)

    def _typed(self, new_ids: Mapping[RowRef, str], told_of: Sequence[Entry]) -> list[Entry]:
        """What people did since the last run; what is told of already is nobody's typing."""
        from workbook.rules.checks.identify import masked

        if not self.kept.differs:
            return []
        when = f"{self._when}, since {self.kept.day}"
        given = {(ref.table, ref.ordinal): row_id for ref, row_id in new_ids.items()}
        cells = {(e.table, fold(e.id), fold(e.column), e.after) for e in told_of}
        rows = {(e.table, fold(e.id)) for e in told_of}
        found = []
        for t in self.kept.typed():
            row_id = t.id or given.get((t.table, t.ordinal), "")
            entry = Entry(when, "", TYPED, t.table, row_id, t.column, masked(t.before), masked(t.after))
            known = (t.table, fold(row_id)) in rows and not t.column
            if not known and (t.table, fold(row_id), fold(t.column), entry.after) not in cells:
                found.append(entry)
        return found

    def _begun(self, own: Sequence[Entry], book_id: str) -> Sequence[Entry]:
        """Begins a history, with what the workbook's own table tells."""
        if own:
            from workbook.rules.checks.identify import masked

            head = Head(book_id, secrets.token_hex(8), self._when)
            before = [replace(e, before=masked(e.before), after=masked(e.after)) for e in entries(self._snapshot)]
            lines = further(place_of(head, []), [*before, *own])
            self._next = _Next(head, place_of(head, lines), lines, begins=True)
        return own

    def _caught_up(
        self, beside: Beside, head: Head, own: Sequence[Entry], new_ids: Mapping[RowRef, str]
    ) -> Sequence[Entry]:
        """Goes on where workbook and file do not tell the same: each gets what it lacks."""
        held, lines, sheet = held_by(self._snapshot), beside.whole_lines, entries(self._snapshot)
        after = beyond(head, lines, held)
        died = unfinished(after, held)
        marks = [mark(self._when, died)] if died else []
        absent = only_in_the_sheet(sheet, head, lines, held)
        lacking = lacked(sheet, head, lines, held)
        own = [*self._typed(new_ids, absent), *own]
        return self._continued(beside, head, [*marks, *absent, *own], [*lacking, *marks, *own], held if died else None)

    def _continued(
        self, beside: Beside, head: Head, new: Sequence[Entry], sheet: Sequence[Entry], marked: str | None = None
    ) -> Sequence[Entry]:
        """Adds lines, the first of which says that those before it came to nothing where `marked` is given."""
        if sheet or new:
            start, end, closes = _end_of(beside, head, held_by(self._snapshot))
            lines = further(start, new[:1], state=marked) if marked is not None else []
            lines += further(lines[-1].place(head) if lines else start, new[len(lines) :])
            place = place_of(head, lines) if lines else start
            self._next = _Next(head, place, lines, end, closes=closes)
        return sheet

    def write(self) -> None:
        """Puts the run's lines on the disk.

        Raises:
            OSError: that is not possible.
            NotWritable: the folder is a stranger's, or leads elsewhere.
        """
        wanted = self._next
        if wanted is None:
            return
        if wanted.begins:
            _begin(self._path, wanted.head, wanted.lines, self._when)
        elif wanted.lines:
            _add(self._path, wanted.lines, wanted.end, closes=wanted.closes)


@dataclass(frozen=True)
class Told:
    """What the history of a workbook tells.

    Attributes:
        entries: from sheet and file, in the order in which they were made.
        verdict: whether the file is whole.
        remark: what a person should know of the file, '' for nothing.
    """

    entries: Sequence[Entry]
    verdict: Verdict = field(default_factory=Verdict)
    remark: str = ""


def look(path: Path, snapshot: Snapshot) -> Told:
    """What the history of a workbook tells, and whether it is whole. Nothing is written.

    >>> told = look(Path("programme.xlsx"), ClosedHost(Path("programme.xlsx")).read())
    >>> [(entry.id, entry.column, entry.before, entry.after) for entry in told.entries]
    [('AC-0001', 'Owner', 'Manager Alpha', 'Lead Beta')]
    >>> told.verdict.broken_at is None, told.remark
    (True, '')

    Args:
        path: the workbook.
        snapshot: what it holds.
    """
    beside, held, sheet = Beside.of(path), held_by(snapshot), entries(snapshot)
    if beside is None:
        return Told(sheet, remark=_LOST if held else "")
    if beside.head is None:
        return Told(sheet, Verdict(1, "The file's first line is not as it was written."))
    if not goes_on(beside, snapshot):
        return Told(sheet, remark=_ANOTHER)
    place = Place.of(held)
    covered = place if place is not None and place.chain == beside.head.chain else None
    found = verdict(beside.head, beside.lines, covered)
    lines = beside.whole_lines
    died = unfinished(beyond(beside.head, lines, held), held)
    new = only_in_the_sheet(sheet, beside.head, lines, held)
    all_of_it = [line.entry for line in lines if line is not None] + new
    return Told(all_of_it, found, _DIED if died and found.broken_at is None else "")


_LOST = (
    "The file beside the workbook that keeps its history is not there: it was lost, or the workbook was renamed, moved "
    "or copied. The sheet tells what it holds; the next run that writes begins the file anew from it."
)
_ANOTHER = (
    "The file beside the workbook keeps the history of another workbook, or of one of which this is a copy. The sheet "
    "tells what it holds; the next run that writes begins a file of its own, and keeps the other."
)
_DIED = (
    "The newest entries are not in the workbook: the run that noted them ended before it wrote, or an earlier state "
    "was put back by hand. The next run that writes marks them."
)


def note_state(path: Path, now: Snapshot | None, restored: Snapshot, entry: Entry) -> None:
    """Notes that a whole state takes the workbook's place, in the file alone: the state stays as it was, to the byte.

    Where no history of the workbook lies beside it, none is begun.

    Args:
        path: the workbook.
        now: what stands there; None where it can't be read or is not there.
        restored: what takes its place.
        entry: what was done.

    Raises:
        OSError: it can't be written to the disk.
        NotWritable: the folder is a stranger's, or leads elsewhere.
    """
    beside = Beside.of(path)
    if beside is None or beside.head is None or not goes_on(beside, now or restored):
        return
    start, end, closes = _end_of(beside, beside.head, held_by(now))
    _add(path, further(start, [entry], state=held_by(restored)), end, closes=closes)


def _end_of(beside: Beside, head: Head, held: str) -> tuple[Place, int, bool]:
    """After what the next line comes, where in the file, and whether a half line is closed before it.

    Where lines are missing that the workbook knows of, it goes on from the workbook's place: so it shows for ever.
    """
    place = Place.of(held)
    if place is not None and place.chain == head.chain and not _has(beside, place):
        return place, beside.size, beside.has_half_line
    return place_of(head, [beside.last] if beside.last is not None else []), beside.end, False


def _has(beside: Beside, place: Place) -> bool:
    if place.number == 0:
        return True
    line = beside.lines[place.number - 1] if place.number <= len(beside.lines) else None
    return line is not None and line.link == place.link


def _add(path: Path, lines: Sequence[Line], end: int, *, closes: bool) -> None:
    file = history_path(path)
    refuse_strange(file.parent, path)
    add_to(path, file, (b"\n" if closes else b"") + _bytes(lines), end=end)


def _begin(path: Path, head: Head, lines: Sequence[Line], when: str) -> None:
    """Begins a history's file; one of another workbook, or of before this one was renamed, is put aside."""
    file = history_path(path)
    refuse_strange(file.parent, path)
    make_folder(file.parent)
    if file.is_file() and not file.is_symlink():
        stamp = when.replace(":", ".")
        file.replace(file.with_name(f"{short(path.name)}.history until {stamp} {secrets.token_hex(2)}.jsonl"))
    like = (path if path.exists() else path.parent).stat()
    write_whole(path, file, head.text().encode("utf-8", "surrogatepass") + b"\n" + _bytes(lines), like=like)


def _bytes(lines: Sequence[Line]) -> bytes:
    return "".join(f"{line.text()}\n" for line in lines).encode("utf-8", "surrogatepass")
