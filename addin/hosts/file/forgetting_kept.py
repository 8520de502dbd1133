"""What is kept of a workbook, also under a name that it had before, as far as a forgotten name may stand in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from addin.hosts.file.forgetting_beside import json_lines, read_beside
from addin.hosts.file.forgetting_texts import found_in
from addin.hosts.file.reading import read_workbook
from addin.hosts.file.run_record import FOLDER, record_path
from addin.hosts.file.versions import backups_folder, kept_states
from addin.lossless import Kept, LosslessError, content_of, digest_of, files_kept, read_plain
from addin.lossless.opc import Package
from addin.lossless.save import short
from workbook.answers.forgetting import Leaver
from workbook.model.errors import ChampionsError
from workbook.model.late_patterns import late
from workbook.model.light_dataclasses import dataclass, field
from workbook.model.reading import read_book
from workbook.model.snapshot import ID_PROPERTY, Snapshot

_BESIDE = late(r"(.+)\.(history|contents)(?: until .*| of the next run)?\.jsonl\Z", re.DOTALL)


@dataclass(frozen=True)
class KeptState:
    """A kept state that is whole.

    Attributes:
        owner: the file whose state it is: the workbook, under its name or a former one.
        place: where it lies.
        snapshot: what it holds; None where that can't be read.
        digests: of what it was kept as; two where a run died while it was exchanged.
    """

    owner: Path
    place: Path
    data: bytes
    snapshot: Snapshot | None
    digests: Sequence[str] = ()


@dataclass
class KeptFiles:
    """What is kept of a workbook.

    Attributes:
        folder: where all of it lies.
        owners: the workbook, and the files that it was before it was renamed.
        states: the kept states that are whole.
        unreadable: the names of those that are not.
        seen: where all kept states lay, another workbook's of a former name too.
        histories, contents, records: the files beside, as far as they are the workbook's.
    """

    folder: Path
    owners: list[Path]
    states: list[KeptState] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    seen: set[Path] = field(default_factory=set)
    histories: list[Path] = field(default_factory=list)
    contents: list[Path] = field(default_factory=list)
    records: list[Path] = field(default_factory=list)

    @property
    def beside(self) -> list[Path]:
        """The files beside the workbook that are its own, but for mapping files."""
        return [*self.histories, *self.contents, *self.records]

    def others(self, known: set[Path], one: Leaver, texts: Callable[[str], str]) -> list[str]:
        """Other files of the folder that hold a name, or can't be read; by their names there.

        Args:
            known: those that are looked after.
            one: the name.
            texts: gives a text without it.
        """
        passed = {*known, *(state.place for state in self.states if state.snapshot is not None or not one.ambiguous)}
        passed |= {backups_folder(self.owners[0]) / name for name in self.unreadable}
        found = (p for p in sorted(self.folder.rglob("*")) if p not in passed and p.is_file() and not p.is_symlink())
        return [str(p.relative_to(self.folder)) for p in found if holds(read_beside(p), one, texts)]

    def differs(self) -> bool:
        """Whether the kept states are others by now."""
        known = {state.place: digest_of(state.data) for state in self.states}
        there = {kept.path for owner in self.owners for kept in kept_states(owner)}
        return there != self.seen or any(digest_of(read_plain(p, linked=False)) != d for p, d in known.items())


def kept_files(path: Path, snapshot: Snapshot) -> KeptFiles:
    """What is kept of a workbook.

    Args:
        path: the workbook.
        snapshot: what it holds.
    """
    real, book = path.resolve(), snapshot.properties.get(ID_PROPERTY, "")
    found = KeptFiles(real.parent / FOLDER, [real])
    if book:
        found.owners += [real.with_name(name) for name in _former_names(real, found.folder)]
    for owner in found.owners:
        ids = {book}
        for place, into in _beside(found, owner):
            if owner == real or _book_of(read_beside(place)) == book:
                into.append(place)
                ids.add("")  # the state before the first run has none yet
        for state in kept_states(owner):
            found.seen.add(state.path)
            _add_state(found, owner, state, ids)
    return found


def _add_state(found: KeptFiles, owner: Path, state: Kept, ids: set[str]) -> None:
    try:
        data = content_of(state)
    except LosslessError:
        found.unreadable.append(state.path.name)
        return
    snapshot = None
    try:
        snapshot = read_book(read_workbook(state.path, data))
    except ChampionsError:
        if owner != found.owners[0]:
            return
    if owner == found.owners[0] or (snapshot is not None and snapshot.properties.get(ID_PROPERTY, "") in ids):
        found.states.append(KeptState(owner, state.path, data, snapshot, state.digests()))


def _former_names(real: Path, folder: Path) -> list[str]:
    """The names of files of which something is kept, and that stand here no more."""
    beside = [m[1] for place in folder.glob("*.jsonl") if (m := _BESIDE.match(place.name))]
    runs = [place.stem for place in record_path(real).parent.glob("*.json")]
    there = {name for p in real.parent.iterdir() for name in (p.name, short(p.name), short(p.stem) + p.suffix)}
    return sorted({*beside, *runs, *files_kept(folder / "backups")} - there)


def _beside(found: KeptFiles, owner: Path) -> Iterator[tuple[Path, list[Path]]]:
    into = {"history": found.histories, "contents": found.contents}
    for place in sorted(found.folder.glob("*.jsonl")):
        m = _BESIDE.match(place.name)
        if m and m[1] == short(owner.name):
            yield place, into[m[2]]
    yield record_path(owner), found.records


def _book_of(data: bytes | None) -> str | None:
    """The id of the workbook whose a file is; None where that can't be said."""
    held: Any = next(json_lines(data or b""), ("", None))[1]
    if not isinstance(held, dict):
        return None
    runs = held.get("runs")
    first = runs[0] if isinstance(runs, list) and runs else held
    book = first.get("book") if isinstance(first, dict) else None
    return book if isinstance(book, str) else None


def holds(data: bytes | None, one: Leaver, texts: Callable[[str], str]) -> bool:
    """Whether a file holds a name, or may: it can't be read.

    Args:
        data: its content.
        one: the name.
        texts: gives a text without it.
    """
    if data is None:
        return True
    if data.startswith(b"PK"):
        try:
            return bool(found_in(Package(data), one).done)
        except LosslessError:
            return True
    return any(_text_holds(text, value, one, texts) for text, value in json_lines(data))


def _text_holds(text: str, value: Any, one: Leaver, texts: Callable[[str], str]) -> bool:
    if value is None:
        return bool(one.found(text))
    return any(texts(t) != t for t in _texts(value))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for held in value.items() if isinstance(value, dict) else value:
            yield from _texts(list(held) if isinstance(held, tuple) else held)
