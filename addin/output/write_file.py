"""Writes a whole file in one step: beside its place first, read back, then put there."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from workbook.model.errors import BookNotWritable


def write_new(path: Path, content: bytes, *, replace: bool = False) -> None:
    """Writes a file.

    Args:
        path: the file; its folder is made where it is missing.
        content: the whole file.
        replace: whether a file of that name may be replaced.

    Raises:
        BookNotWritable: it exists and may not be replaced, or it can't be written. Nothing was changed.
    """
    if path.exists() and not replace:
        raise BookNotWritable(
            "There is a file of that name already.", where=str(path), next_step="Give another name, or move it away."
        )
    with NewFile(path) as new:
        with new.noticing():
            new.write(content)
        new.put()


class NewFile:
    """A file that is written bit by bit beside its place, and put there once it is whole; until then nothing changes.

    Args:
        path: the file; its folder is made where it is missing, and a file of that name replaced.

    Raises:
        BookNotWritable: it can't be begun, or what is done within `noticing`, or `put`, fails. Nothing was changed.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.closed = False
        self._digest = hashlib.sha256()
        with self.noticing():
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=".champions-", dir=path.parent)
            self._file: BinaryIO = os.fdopen(handle, "wb")
            self._beside = Path(name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with suppress(OSError):
            self._file.close()
        with suppress(OSError):  # once the file stands, no word of failure would be true
            self._beside.unlink(missing_ok=True)

    def write(self, content: bytes) -> int:
        """Writes the next bytes; gives how many."""
        self._digest.update(content)
        return self._file.write(content)

    def flush(self) -> None:
        """Hands on what was written."""
        self._file.flush()

    def same(self) -> bool:
        """Whether what stands in its place is just what was written."""
        with suppress(OSError):
            return _digest_of(self.path) == self._digest.digest()
        return False

    def put(self) -> None:
        """Reads back what was written, and puts it in its place.

        Raises:
            BookNotWritable: it can't be put there, or reads back differently. Nothing was changed.
        """
        with self.noticing():
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            if _digest_of(self._beside) != self._digest.digest():
                raise OSError("what was written reads back differently")
            with suppress(OSError):  # some disks know no permissions
                self._beside.chmod(0o666 & ~umask())
            self._beside.replace(self.path)

    @contextmanager
    def noticing(self) -> Iterator[None]:
        """Has a disk that is full, or a folder that may not be written to, say so in words."""
        try:
            yield
        except OSError as error:
            raise BookNotWritable(
                f"The file could not be written: {error.strerror or error}.",
                where=str(self.path),
                next_step="Choose a folder you may write to.",
            ) from error


def _digest_of(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def umask() -> int:
    """The permissions that this process leaves out of files it makes."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
