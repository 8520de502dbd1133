"""The workbook as it was before a press wrote into it, kept as a run on a closed file keeps it.

The saved file is kept byte for byte, once for each content. What is open and not saved yet is kept too, as the office
program itself stores a copy of it. A workbook that lies in no folder, or in one that can't be written to, keeps its
states in the person's own state folder.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

from addin.hosts.file.versions import backups_folder
from addin.lossless import Backups, Kept, LosslessError, digest_of, kept, read_plain
from addin.lossless.save import keep, thin
from workbook.model.errors import BookNotWritable

#: What stands in the note of a state that was open and not saved, before the program's name.
UNSAVED = "unsaved, by"
#: What every workbook is called among its states in the person's folder: it may get its name only later.
_STEM, _USUAL = "Workbook", ".xlsx"


class Open(Protocol):
    """An open workbook."""

    @property
    def path(self) -> Path | None:
        """Its file on this computer; None where it has none."""

    @property
    def name(self) -> str:
        """What names it, the same at each press."""

    @property
    def program(self) -> str:
        """What the office program calls itself."""

    @property
    def changed(self) -> bool:
        """Whether it holds what its file doesn't, apart from what the last press wrote."""

    def copy_to(self, place: Path) -> bool:
        """Has the program store a copy, and leave the workbook as it is; False where it can't."""


class Keeper:
    """Keeps the states of one open workbook.

    Args:
        book: the workbook.
        folder: the person's folder for the states of such as lie in none.
        own_id: gives the workbook's own id, '' while it has none.

    Attributes:
        saved: the digest of the saved file before the press; '' where there is none.
    """

    def __init__(self, book: Open, folder: Path, own_id: Callable[[], str]) -> None:
        self._book, self._folder, self._own_id = book, folder, own_id
        self.saved = ""

    def before(self, command: str, when: dt.datetime) -> None:
        """Keeps what a command is about to change.

        Raises:
            BookNotWritable: it can't be kept anywhere.
        """
        path = self._book.path
        data = _content(path)
        if data is not None:
            self.saved = digest_of(data)
            self._keep(path, data, when, command)
        if data is None or self._book.changed:
            copy = self._copied()
            if copy is not None:
                self._keep(path, copy, when, f"{command}, {UNSAVED} {self._book.program}")

    def after(self) -> None:
        """Files the states under the workbook's own id, once it has one."""
        own_id = self._own_id()
        if own_id and not self._of(own_id).exists():
            with contextlib.suppress(OSError):
                self._of(self._book.name).rename(self._of(own_id))

    def states(self) -> list[Kept]:
        """The states in the person's folder, newest first."""
        return [state for folder in self._folders() for state in kept(folder / f"{_STEM}{self._suffix}", folder)]

    @property
    def _suffix(self) -> str:
        path = self._book.path
        return path.suffix if path is not None else _USUAL

    def _of(self, name: str) -> Path:
        return self._folder / hashlib.blake2b(name.encode("utf-8", "replace"), digest_size=12).hexdigest()

    def _folders(self) -> Iterator[Path]:
        yield from (self._of(name) / "states" for name in (self._own_id(), self._book.name) if name)

    def _places(self, path: Path | None) -> Iterator[tuple[Path, Path]]:
        """As what, and in which folder, a state may be kept: beside the workbook where that can be."""
        if path is not None:
            yield path.resolve(), backups_folder(path)
        own = next(self._folders())
        self._make_own()
        own.mkdir(parents=True, exist_ok=True)
        yield own / f"{_STEM}{self._suffix}", own

    def _make_own(self) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def _keep(self, path: Path | None, data: bytes, when: dt.datetime, note: str) -> None:
        why: Exception | None = None
        try:
            for file, folder in self._places(path):
                if any(digest_of(data) in state.digests() for state in kept(file, folder)):
                    return
                backups = Backups(folder, when, note)
                try:
                    made = keep(file, data, backups, like=(file if file.exists() else folder).stat())
                    thin(file, backups, made)
                except (LosslessError, OSError) as error:
                    why = error
                else:
                    return
        except OSError as error:
            why = error
        raise BookNotWritable(
            "The workbook as it is now can't be kept, and without that nothing is written into it.",
            where=str(path or self._book.name),
            next_step="See that there is room on the disk, then press again.",
        ) from why

    def _copied(self) -> bytes | None:
        """The open workbook as its program stores it."""
        self._make_own()
        with tempfile.TemporaryDirectory(dir=self._folder) as folder:
            place = Path(folder) / f"copy{self._suffix}"
            return _content(place) if self._book.copy_to(place) else None


def _content(path: Path | None) -> bytes | None:
    with contextlib.suppress(OSError):
        return read_plain(path) if path is not None else None
    return None
