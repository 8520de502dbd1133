"""Looks on disk at the documents of the register. Only plain files are read, and only where a path may be followed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from addin.lossless import open_plain
from addin.output.paths import May, named_in
from workbook.documents.verifying import OnDisk, Registered, Standing

#: So many files are looked at for one that is not at its place.
_MOST_FILES = 5_000
_ENDINGS = {".docx", ".html"}
#: Why a document outside the workbook's folder is not looked at.
OUTSIDE = "it lies outside the workbook's folder, and nobody said that it may be looked for there"


class Looking:
    """Looks for documents.

    Args:
        beside: the workbook's folder.
        folders: where else documents may lie; the folders in them too.
        may: says whether a place outside the workbook's folder may be looked at.
        entries: all documents of the register: a file at the place of one is not where another was moved to.
    """

    def __init__(self, beside: Path, folders: Sequence[Path], may: May, entries: Iterable[Registered] = ()) -> None:
        self.beside, self.folders, self.may = beside, [f.resolve() for f in folders], may
        named = (named_in(entry.file, beside) for entry in entries if entry.file)
        self._taken = {one.path for one in named if one.path is not None}
        self._around: list[Path] | None = None
        self._hashes: dict[Path, str] = {}

    def at(self, document: Registered) -> OnDisk:
        """How a document stands.

        Args:
            document: its entry in the register.
        """
        named = named_in(document.file, self.beside) if document.file else None
        if named is None or named.path is None:
            why = named.why if named is not None else "the register names no file"
            return OnDisk(Standing.NOT_SEEN, why=why)
        if named.outside and not self._may_follow(named.path):
            return OnDisk(Standing.NOT_SEEN, why=OUTSIDE)
        try:
            held = self._hash(named.path)
        except (FileNotFoundError, NotADirectoryError):
            return self._elsewhere(document, named.path)
        except OSError as problem:
            return OnDisk(Standing.NOT_SEEN, why=f"it can't be read ({problem.strerror or 'no plain file'})")
        return OnDisk(Standing.AS_MADE if held == document.file_hash else Standing.CHANGED)

    def _may_follow(self, path: Path) -> bool:
        return any(path.is_relative_to(folder) for folder in self.folders) or self.may(path.parent)

    def _elsewhere(self, document: Registered, path: Path) -> OnDisk:
        """A file of the same content, else one of the same name, somewhere around."""
        if self._around is None:
            self._around = [p for p in islice(self._files(), _MOST_FILES) if p.resolve() not in self._taken]
        same = next((p for p in self._around if self._hash_or_none(p) == document.file_hash), None)
        if same is not None:
            return OnDisk(Standing.MOVED, self._told(same))
        called = next((p for p in self._around if p.name == path.name), None)
        if called is not None:
            return OnDisk(Standing.MOVED, self._told(called), changed=True)
        return OnDisk(Standing.MISSING)

    def _files(self) -> Iterator[Path]:
        yield from (p for p in sorted(self.beside.iterdir()) if _is_document(p))
        for folder in self.folders:
            for within, folders, names in os.walk(folder):
                folders.sort()
                yield from (p for name in sorted(names) if _is_document(p := Path(within, name)))

    def _told(self, path: Path) -> str:
        home = self.beside.resolve()
        return path.relative_to(home).as_posix() if path.is_relative_to(home) else str(path)

    def _hash_or_none(self, path: Path) -> str | None:
        try:
            return self._hash(path)
        except OSError:
            return None

    def _hash(self, path: Path) -> str:
        if path not in self._hashes:
            digest = hashlib.sha256()
            with open_plain(path) as stream:
                while piece := stream.read(1 << 20):
                    digest.update(piece)
            self._hashes[path] = digest.hexdigest()
        return self._hashes[path]


def _is_document(path: Path) -> bool:
    return path.suffix.lower() in _ENDINGS and not path.name.startswith("~$") and not path.is_symlink()
