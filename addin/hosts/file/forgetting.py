"""Forgets a person's name in a workbook as a file, in the states of it that are kept, and in what stands beside it."""

from __future__ import annotations

import io
import re
import secrets
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from glob import escape
from pathlib import Path
from typing import Any

from addin.hosts.file.forgetting_beside import history_without, json_without, read_beside, text_without
from addin.hosts.file.host import in_our_words
from addin.hosts.file.kept_contents import with_texts
from addin.hosts.file.reading import read_workbook
from addin.hosts.file.run_record import FOLDER, record_path, record_with
from addin.hosts.file.versions import backups_folder, kept_states
from addin.lossless import Book, FileState, LosslessError, content_of, digest_of, locked, save_bytes
from addin.lossless.edit import Found, Keeps, Replaced, Span, cells_of_strings, replace_text
from addin.lossless.opc import Area, Package, write_package
from addin.lossless.save import book_bytes, rewrite, short, write_whole
from workbook.answers.forgetting import (
    Leaver,
    checked_number,
    first_alone,
    in_words,
    known_people,
    leaver,
    may_change,
    next_number,
)
from workbook.intake.forgotten import forgotten_names, property_of
from workbook.model.errors import ChampionsError, UnknownName
from workbook.model.reading import read_book
from workbook.model.registers import History
from workbook.model.snapshot import Snapshot

_STRINGS = "sharedStrings.xml"
#: What a part's name says of what it holds, for the counts.
_KINDS = (
    (re.compile(r"comments|persons/", re.IGNORECASE), "notes"),
    (re.compile(r"docProps/", re.IGNORECASE), "properties"),
    (re.compile(r"sharedStrings|worksheets/", re.IGNORECASE), "cells"),
)


@dataclass
class Forgot:
    """What came of it, or would.

    Attributes:
        counts: cells, notes, names (formulas, shapes, charts, defined names), properties, history (the sheet's cells
            and the file's lines), backups (kept states).
        places: where it is replaced, in words.
        left: where a person must look.
    """

    number: str
    counts: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys(("cells", "notes", "names", "properties", "history", "backups"), 0)
    )
    places: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The JSON contract of `forget --json`."""
        return {"number": self.number, "counts": self.counts, "places": self.places, "left": self.left}


@dataclass
class _Files:
    """All that is rewritten: the workbook, the kept states by name, and the files beside it."""

    path: Path
    state: FileState
    book: bytes
    states: dict[str, bytes] = field(default_factory=dict)
    beside: dict[Path, bytes] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)


class Forgetting:
    """Forgets a name.

    Args:
        path: the workbook.
        name: as a person writes it.
        number: what takes its place; '' for the next that stands nowhere.

    Attributes:
        one: what is looked for.
        outcome: what would come of it.

    Raises:
        UnknownName: the name stands nowhere, or the number can't be one.
        ChampionsError: the workbook can't be used.
    """

    def __init__(self, path: Path, name: str, number: str = "") -> None:
        if not name.strip():
            raise UnknownName("No name is given.", next_step="Name the person as the workbook does.")
        self.path = path
        with in_our_words(path):
            state, self._data = FileState.of(path)
        self._snapshot = read_book(read_workbook(path, self._data))
        self._state, self._kept = state, list(_readable(path))
        self._known = forgotten_names(self._snapshot.properties)
        given = checked_number(self._snapshot, number) if number else self._known.number_of(name)
        self.one = self._leaver(name, given or next_number(self._texts()))
        self.outcome, self._files = self._planned()
        if not (self._files.beside or any(self.outcome.counts.values()) or self._stands()):
            raise UnknownName(
                f"{name} stands nowhere in this workbook, nor in what is kept of it. Nothing was changed.",
                next_step="Write the name as it stands there; case and blanks don't matter.",
            )

    def _stands(self) -> bool:
        """Whether the name stands where it is not replaced: within other words, or where programs go by it."""
        found = self._everywhere(self._data)
        return bool(found.done or found.left)

    @property
    def waits(self) -> list[str]:
        """Of an ambiguous name the places where it stands within other words."""
        if not self.one.ambiguous:
            return []
        return _told(self._files.book, self._everywhere(self._files.book).done)

    def take_all(self) -> None:
        """Replaces an ambiguous name wherever it stands."""
        self.one = self.one.everywhere()
        self.outcome, self._files = self._planned()

    def write(self, *, who: str) -> None:
        """Writes all of it: what is kept first, then the workbook, which thus says last that it is done.

        Args:
            who: the person at work, for the lock.
        """
        from addin.hosts.apply.newer_layout import refuse_newer

        refuse_newer(self._snapshot)
        files = self._files
        with in_our_words(self.path), locked(self.path, holder=who or "Another run", now=time.time()) as held:
            if files.states:
                rewrite(self.path.resolve(), backups_folder(self.path), files.states)
            for place, data in files.beside.items():
                info = place.stat()
                write_whole(self.path, place, data, like=info)
            save_bytes(self.path, files.book, expected=self._state, backups=None, ready=lambda _: held.confirm())

    # -- what is to be written --------------------------------------------------------------------------------------

    def _leaver(self, name: str, number: str) -> Leaver:
        one = leaver(self._snapshot, name, number)
        people = {n for _, _, snapshot in self._kept if snapshot is not None for n in known_people(snapshot)}
        more = tuple(n for n in people if not one.is_all(n) and Leaver(name, "").found(n))
        return replace(one, longer=tuple(sorted({*one.longer, *more})))

    def _texts(self) -> Iterator[str]:
        for data in (self._data, *(data for _, data, _ in self._kept)):
            package = Package(data)
            for name in package.entries:
                if name.endswith(".xml"):
                    yield package.read(name).decode("utf-8", "replace")

    def _planned(self) -> tuple[Forgot, _Files]:
        outcome = Forgot(self.one.number)
        salt = self._known.salt or secrets.token_hex(8)
        key, value = property_of(self.one.name, self.one.number, salt)
        new, found = _forgotten(self._data, self._snapshot, self.one, {key: value})
        outcome.places = _told(self._data, found)
        _count(outcome, self._snapshot, self._data, found)
        files = _Files(self.path, self._state, new)
        files.digests[self._state.digest] = digest_of(new)
        for name, data, snapshot in self._kept:
            # each of them remembers it too: whatever is brought back, no list brings the name with it
            other, places = _forgotten(data, snapshot, self.one, {key: value})
            files.states[name] = other
            files.digests[digest_of(data)] = digest_of(other)
            outcome.counts["backups"] += bool(places)
        outcome.counts["history"] += self._beside(files)
        outcome.left = self._to_look_at(new)
        return outcome, files

    def _beside(self, files: _Files) -> int:
        """The files beside the workbook that change; how many lines of the history do."""
        folder = self.path.resolve().parent / FOLDER
        lines = 0
        for place in sorted(folder.glob(f"{escape(short(self.path.name))}*.jsonl")):
            data = read_beside(place)
            if data is None:
                continue
            if "history" in place.name.removeprefix(short(self.path.name)):
                new, count = history_without(data, self.one)
                lines += count
            else:
                after = read_book(read_workbook(self.path, files.book))
                new = with_texts(data, self._snapshot, after, lambda text: text_without(text, self.one))
            if new != data:
                files.beside[place] = new
        for place in sorted((folder / "maps").glob("*.json")) if (folder / "maps").is_dir() else ():
            if (data := read_beside(place)) is not None and (text := json_without(data, self.one)) is not None:
                files.beside[place] = text
        record = record_path(self.path.resolve())
        if (data := read_beside(record)) is not None:
            noted = record_with(data, lambda text: text_without(text, self.one), files.digests)
            if noted is not None and noted != data:
                files.beside[record] = noted
        return lines

    def _to_look_at(self, new: bytes) -> list[str]:
        package, everywhere = Package(new), self._everywhere(new)
        left = [f"Left, since programs go by it: {f.text or f.part}" for f in everywhere.left]
        if self.one.ambiguous:
            places = _told(new, everywhere.done)
            if places:
                left.append(f"{self.one.name} within other words, or meaning something else: {in_words(places, 40)}")
        if (first := first_alone(self._snapshot, self.one)) is not None:
            places = _told(new, _found(package, first).done)
            if places:
                left.append(f"The first name {first.name} alone: {in_words(places, 40)}")
        if self.one.found(self.path.name):
            left.append("The file's name holds it: give the workbook another name")
        made = self.path.parent / "Documents"
        count = sum(1 for _ in made.glob("*.docx")) if made.is_dir() else 0
        if count:
            left.append(f"Documents that were made before: {count} in the folder Documents")
        if any("/media/" in name.casefold() for name in package.entries):
            left.append("Pictures in the workbook: what they show can't be read")
        return left

    def _everywhere(self, data: bytes) -> Replaced:
        return _found(Package(data), self.one.everywhere())


def _readable(path: Path) -> Iterator[tuple[str, bytes, Snapshot | None]]:
    """The kept states that are whole: name, content, and what they hold."""
    for state in kept_states(path):
        try:
            data = content_of(state)
        except LosslessError:
            continue
        try:
            yield state.path.name, data, read_book(read_workbook(state.path, data))
        except ChampionsError:
            yield state.path.name, data, None


def _finder(one: Leaver) -> Callable[[str], list[Span]]:
    """What is replaced in a text: of an ambiguous name only the whole of it."""

    def found(text: str) -> list[Span]:
        if one.ambiguous and not one.is_all(text):
            return []
        return [Span(start, end, one.number) for start, end in one.found(text)]

    return found


def _found(package: Package, one: Leaver, keep: Keeps = lambda _part, _place: False) -> Replaced:
    return replace_text(package, _finder(one), keep=keep, probes=one.probes)


def _forgotten(
    data: bytes, snapshot: Snapshot | None, one: Leaver, properties: Mapping[str, str]
) -> tuple[bytes, list[Found]]:
    """A workbook without the name, and where it stood."""
    found, book = _found(Package(data), one), Book(data)
    stays = _Stays(book, snapshot)
    if one.ambiguous:
        stays.set_cells(one, {int(f.place) for f in found.done if f.part.endswith(_STRINGS)})
    if properties:
        book.set_properties(properties)
    data = book_bytes(book)
    package = Package(data)
    made = _found(package, one, stays if one.ambiguous else lambda _part, _place: False)
    done = [f for f in found.done if not (one.ambiguous and f.kind == "text" and stays(f.part, f.place))]
    if not made.parts:
        return data, done
    out = io.BytesIO()
    write_package(package, made.parts, out)
    return out.getvalue(), done


class _Stays:
    """Which texts of a workbook stay, since they are a service or a list's value where they stand.

    Args:
        book: the workbook.
        snapshot: what it holds; None where that can't be read, so that all stays.
    """

    def __init__(self, book: Book, snapshot: Snapshot | None) -> None:
        self._book, self._snapshot = book, snapshot
        self._sheets = {part: name for name, part in book.sheets.items()}
        self._shared: set[int] = set()

    def __call__(self, part: str, place: str) -> bool:
        if part.endswith(_STRINGS):
            return int(place) in self._shared
        return part in self._sheets and bool(place) and not self._may_change(self._sheets[part], place)

    def set_cells(self, one: Leaver, numbers: set[int]) -> None:
        """Puts the number into the cells that show shared texts and mean the person; the others go on showing them."""
        for part, sheet in self._sheets.items() if numbers else ():
            for address, number in cells_of_strings(self._book.package.read(part)):
                area = Area.parse(address)
                if number not in numbers or area is None:
                    continue
                if self._may_change(sheet, address):
                    self._book.set_cell(sheet, area.top, area.left, one.number)
                else:
                    self._shared.add(number)

    def _may_change(self, sheet: str, address: str) -> bool:
        area = Area.parse(address)
        return (
            area is not None and self._snapshot is not None and may_change(self._snapshot, sheet, area.top, area.left)
        )


def _cells(data: bytes, found: Sequence[Found]) -> Iterator[tuple[str, str]]:
    """Sheet and address of the cells that hold what was found; '' and words for what is no cell."""
    book = Book(data)
    names = {part: name for name, part in book.sheets.items()}
    shared = {int(f.place) for f in found if f.part.endswith(_STRINGS) and f.place}
    for part, name in names.items() if shared else ():
        for address, number in cells_of_strings(book.package.read(part)):
            if number in shared:
                yield name, address
    for one in found:
        if one.part in names and one.kind == "text" and one.place:
            yield names[one.part], one.place


def _told(data: bytes, found: Sequence[Found]) -> list[str]:
    """Where it stands, in words."""
    told = [f"{sheet} {address}" for sheet, address in _cells(data, found)]
    others = [_KIND_WORDS[_kind(f)] for f in found if not _is_cell(f)]
    return list(dict.fromkeys([*told, *others]))


_KIND_WORDS = {
    "cells": "formulas, validations and headers of sheets",
    "notes": "notes, comments and their authors",
    "properties": "the properties of the file",
    "names": "names, shapes and charts",
}


def _kind(one: Found) -> str:
    return next((kind for pattern, kind in _KINDS if pattern.search(one.part)), "names")


def _is_cell(one: Found) -> bool:
    return _kind(one) == "cells" and one.kind == "text" and bool(one.place)


def _count(outcome: Forgot, snapshot: Snapshot, data: bytes, found: Sequence[Found]) -> None:
    history = snapshot.tables.get(History.table)
    for sheet, _ in _cells(data, found):
        outcome.counts["history" if history is not None and sheet == history.sheet else "cells"] += 1
    for one in found:
        if not _is_cell(one):
            kind = _kind(one)
            outcome.counts["names" if kind == "cells" else kind] += 1
