"""Forgets a person's name in a workbook as a file, in the states of it that are kept, and in what stands beside it."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from addin.hosts.file.forgetting_beside import history_without, json_without, read_beside, text_without
from addin.hosts.file.forgetting_kept import KeptFiles, holds, kept_files
from addin.hosts.file.forgetting_texts import cells, forgotten, found_in, is_cell, kind_of, told
from addin.hosts.file.host import writer_errors_in_words
from addin.hosts.file.kept_contents import with_texts
from addin.hosts.file.reading import read_workbook
from addin.hosts.file.run_record import record_with
from addin.hosts.file.versions import backups_folder
from addin.lossless import FileState, digest_of, locked, save_bytes
from addin.lossless import Replaced as ReplacedMeanwhile
from addin.lossless.edit import Found, Replaced
from addin.lossless.opc import Package
from addin.lossless.save import rewrite, settle, write_whole
from workbook.answers.forgetting import (
    Leaver,
    checked_number,
    first_alone,
    in_words,
    kept_headings,
    known_people,
    leaver,
    next_number,
)
from workbook.intake.forgotten import ForgottenNames, forgotten_names, property_of
from workbook.model.errors import UnknownName
from workbook.model.folding import fold
from workbook.model.light_dataclasses import dataclass, field, replace
from workbook.model.reading import read_book
from workbook.model.registers import History
from workbook.model.snapshot import Snapshot

#: What reading a file of ours raises that was damaged or written by somebody else.
_DAMAGED = (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError)


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
    """All that is rewritten: the workbook, the kept states by owner and name, and the files beside it.

    Attributes:
        read: the files beside as they were read; None for one that was not there.
        replaced: whether the name stood in one of them.
    """

    book: bytes
    states: dict[Path, dict[str, bytes]] = field(default_factory=dict)
    beside: dict[Path, bytes] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    read: dict[Path, bytes | None] = field(default_factory=dict)
    replaced: bool = False


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
        if not any(sign.isalnum() for sign in fold(name)):
            raise UnknownName("No name is given.", next_step="Name the person as the workbook does.")
        self.path = path
        with writer_errors_in_words(path):
            self._state, self._data = FileState.of(path)
        self._snapshot = read_book(read_workbook(path, self._data))
        self._kept: KeptFiles = kept_files(path, self._snapshot)
        self._headings = {fold(text) for text in kept_headings(self._snapshot, every=False).values()}
        self._known = forgotten_names(self._snapshot.properties)
        self.one = self._leaver(name, self._number(name, number))
        self.outcome, self._files = self._planned()
        if not (self._files.replaced or any(self.outcome.counts.values()) or self._stands()):
            raise self._unknown(name)

    def _number(self, name: str, number: str) -> str:
        """What takes the name's place: what is given, unless another bears it; else what did before, or the next."""
        known = self._remembering()
        own = [n for names in known if (n := names.number_of(name))]
        if not number:
            return own[0] if own else next_number(self._texts())
        if same := [n for n in own if fold(n) == fold(number)]:
            return same[0]
        if Leaver(name, "").found(number):
            raise UnknownName("The number holds the name. Nothing was changed.", next_step="Give another number.")
        return checked_number(self._snapshot, number, {n for names in known for n in names.numbers.values()})

    def _remembering(self) -> list[ForgottenNames]:
        """What the workbook and its kept states remember: the states alone where a run died between."""
        states = (s.snapshot.properties for s in self._kept.states if s.snapshot is not None)
        return [self._known, *map(forgotten_names, states)]

    def _unknown(self, name: str) -> UnknownName:
        others = self._others(self._files)
        return UnknownName(
            f"{name} stands nowhere in this workbook, nor in what is kept of it. Nothing was changed.",
            next_step="Write the name as it stands there; case and blanks don't matter."
            + (
                f" Other files in the folder .champions hold it, or can't be read: {in_words(others)}."
                if others
                else ""
            ),
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
        book = self._files.book
        return told(book, forgotten(book, self._snapshot, self.one.everywhere(), {})[1])

    def take_all(self) -> None:
        """Replaces an ambiguous name wherever it stands, but for headings of ours."""
        self.one = self.one.everywhere()
        self.outcome, self._files = self._planned()

    def write(self, *, who: str) -> None:
        """Writes all of it: what is kept first, then the workbook, which thus says last that it is done.

        Args:
            who: the person at work, for the lock.

        Raises:
            StaleChanges: the workbook, or what is kept of it, was changed meanwhile; nothing was written.
        """
        from addin.hosts.apply.newer_layout import refuse_newer

        refuse_newer(self._snapshot)
        files = self._files
        with writer_errors_in_words(self.path), locked(self.path, holder=who or "Another run", now=time.time()) as held:
            self._refuse_other()
            for owner, states in files.states.items():
                rewrite(owner, backups_folder(owner), states)
            for place, data in files.beside.items():
                info = place.stat()
                write_whole(self.path, place, data, like=info)
            save_bytes(self.path, files.book, expected=self._state, backups=None, ready=lambda _: held.confirm())
            for owner, states in files.states.items():
                settle(owner, backups_folder(owner), states)

    def _refuse_other(self) -> None:
        now = FileState.of(self.path)[0]
        beside = any(read_beside(place) != data for place, data in self._files.read.items())
        if now.digest != self._state.digest or beside or self._kept.differs():
            raise ReplacedMeanwhile(
                f"{self.path.name}, or what is kept of it, was changed by another program meanwhile. "
                "Nothing was written.",
                "Begin again.",
            )

    # -- what is to be written --------------------------------------------------------------------------------------

    def _leaver(self, name: str, number: str) -> Leaver:
        one = leaver(self._snapshot, name, number)
        people = {n for s in self._kept.states if s.snapshot is not None for n in known_people(s.snapshot)}
        more = tuple(n for n in people if not one.is_all(n) and Leaver(name, "").found(n))
        return replace(one, longer=tuple(sorted({*one.longer, *more})))

    def _texts(self) -> Iterator[str]:
        for data in (self._data, *(state.data for state in self._kept.states)):
            package = Package(data)
            for name in package.entries:
                if name.endswith(".xml"):
                    yield package.read(name).decode("utf-8", "replace")

    def _planned(self) -> tuple[Forgot, _Files]:
        outcome = Forgot(self.one.number)
        salt = next((names.salt for names in self._remembering() if names.salt), "") or secrets.token_hex(8)
        key, value = property_of(self.one.name, self.one.number, salt)
        new, found = forgotten(self._data, self._snapshot, self.one, {key: value})
        outcome.places = told(self._data, found)
        _count(outcome, self._snapshot, self._data, found)
        files = _Files(new)
        files.digests[self._state.digest] = digest_of(new)
        for state in self._kept.states:
            # each of them remembers it too: whatever is brought back, no list brings the name with it
            other, places = forgotten(state.data, state.snapshot, self.one, {key: value})
            files.states.setdefault(state.owner, {})[state.place.name] = other
            files.digests |= dict.fromkeys((digest_of(state.data), *state.digests), digest_of(other))
            outcome.counts["backups"] += bool(places)
        outcome.counts["history"] += self._beside(files)
        outcome.left = [*self._to_look_at(new), *self._kept_to_look_at(files)]
        return outcome, files

    def _beside(self, files: _Files) -> int:
        """The files beside the workbook that change; how many lines of the history do."""
        lines = 0
        for place in self._kept.beside:
            data = files.read[place] = read_beside(place)
            if data is None:
                continue
            new, count = self._without(place, data, files)
            lines += count
            if new is not None and new != data:
                files.beside[place] = new
                files.replaced |= holds(data, self.one, self._text)
        for place in sorted((self._kept.folder / "maps").glob("*.json")):
            if (data := read_beside(place)) is not None and (text := json_without(data, self._text)) is not None:
                files.read[place], files.beside[place], files.replaced = data, text, True
        return lines

    def _text(self, text: str) -> str:
        """A text of a file beside without the name; what is a heading of ours stays, since programs go by it."""
        return text if fold(text) in self._headings else text_without(text, self.one)

    def _without(self, place: Path, data: bytes, files: _Files) -> tuple[bytes | None, int]:
        """A file beside without the name, and how many entries of a history held it.

        None where it is damaged: it is then told, should it hold the name.
        """
        try:
            if place in self._kept.histories:
                return history_without(data, self.one)
            if place in self._kept.contents:
                after = read_book(read_workbook(self.path, files.book))
                return with_texts(data, self._snapshot, after, self._text), 0
            return record_with(data, self._text, files.digests), 0
        except _DAMAGED:
            return None, 0

    def _kept_to_look_at(self, files: _Files) -> list[str]:
        left = []
        if self._kept.unreadable:
            named = in_words(sorted(self._kept.unreadable), 40)
            left.append(
                f"Earlier states that can't be read, and may hold it: {named}. "
                "Delete them in the folder .champions if nobody needs them"
            )
        if others := self._others(files):
            left.append(
                f"Other files in the folder .champions that hold it, or can't be read: {in_words(others, 40)}. "
                "Forget the name in the workbook that they belong to, or delete them"
            )
        return left

    def _others(self, files: _Files) -> list[str]:
        written = {place for place, data in files.beside.items() if not holds(data, self.one, self._text)}
        return self._kept.others(written, self.one, self._text)

    def _to_look_at(self, new: bytes) -> list[str]:
        package, everywhere = Package(new), self._everywhere(new)
        left = [f"Left, since programs go by it: {f.text or f.part}" for f in everywhere.left]
        if places := told(new, [f for f in everywhere.done if self.one.ambiguous or is_cell(f)]):
            what = "within other words, or meaning something else" if self.one.ambiguous else "in headings of ours"
            left.append(f"{self.one.name} {what}: {in_words(places, 40)}")
        if (first := first_alone(self._snapshot, self.one)) is not None:
            places = told(new, found_in(package, first).done)
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
        return found_in(Package(data), self.one.everywhere())


def _count(outcome: Forgot, snapshot: Snapshot, data: bytes, found: Sequence[Found]) -> None:
    history = snapshot.tables.get(History.table)
    for sheet, _ in cells(data, found):
        outcome.counts["history" if history is not None and sheet == history.sheet else "cells"] += 1
    for one in found:
        if not is_cell(one):
            kind = kind_of(one)
            outcome.counts["names" if kind == "cells" else kind] += 1
