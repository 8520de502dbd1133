"""Putting a changed workbook in the place of the old one, in one step that leaves either the old or the new."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import os
import re
import shutil
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from addin.lossless.errors import Damaged, LosslessError, NotWritable, Replaced
from addin.lossless.package import Content, Package

if TYPE_CHECKING:
    from addin.lossless.book import Book

NEWEST_KEPT, DAYS_KEPT = 20, 90
_STAMP = "%Y%m%dT%H%M%S%f"


@dataclass(frozen=True)
class FileState:
    """A file as it was at one moment, to tell whether another program has replaced it since."""

    size: int
    modified: int
    inode: int
    digest: str

    @classmethod
    def of(cls, path: Path) -> tuple[FileState, bytes]:
        """The state of a file and its content.

        Raises:
            NotWritable: it can't be read.
        """
        try:
            with path.open("rb") as file:
                info = os.fstat(file.fileno())
                data = file.read()
        except OSError as error:
            raise NotWritable(f"{path.name} can't be read ({error.strerror}).") from error
        digest = hashlib.blake2b(data, digest_size=16).hexdigest()
        return cls(info.st_size, info.st_mtime_ns, info.st_ino, digest), data


@dataclass(frozen=True)
class Backups:
    """Where and when the former file is kept.

    Attributes:
        folder: where; made when it is needed.
        moment: the time that the former file's name says.
    """

    folder: Path
    moment: dt.datetime


def save(path: Path, book: Book, *, expected: FileState, backups: Backups | None) -> bool:
    """Writes a changed workbook in the place of the file it was read from.

    It is written beside the file, flushed to disk, read back and compared with what was meant; then the former file
    is kept and the new one takes its place in one step.

    Args:
        path: the file.
        book: the workbook, made of the file's content.
        expected: the file as it was read; if it is another now, nothing is written.
        backups: where the former file is kept.

    Returns:
        False where there was nothing to write.

    Raises:
        Replaced: another program changed the file meanwhile.
        NotWritable: the file, its folder or the disk doesn't let us. Nothing was changed.
        Refused: the changes can't be written safely.
    """
    real = path.resolve()
    contents = book.finished()
    if not contents:
        return False
    for place in (real, real.parent):
        if _is_protected(place):
            raise NotWritable(f"{place.name} is read-only.", "Take the write protection away. Nothing was changed.")
    with _clear_words(path), _beside(real) as temporary:
        with temporary.open("wb") as out:
            _write(book, contents, out)
        _compare(temporary, book.package, contents)
        shutil.copymode(real, temporary)
        if FileState.of(real)[0] != expected:
            raise Replaced(f"{path.name} was changed by another program meanwhile. Nothing was written.")
        if backups is not None:
            _keep(real, backups)
        os.replace(temporary, real)  # noqa: PTH105 - the one step, by its proper name
        _flush_folder(real.parent)
    return True


def _is_protected(place: Path) -> bool:
    """Whether a file or folder is write-protected; a protection is respected even where we could pass over it."""
    return not os.access(place, os.W_OK) or not place.stat().st_mode & 0o222


def _write(book: Book, contents: Mapping[str, Content | None], out: object) -> None:
    from typing import BinaryIO, cast

    from addin.lossless.package import write_package

    file = cast("BinaryIO", out)
    write_package(book.package, contents, file)
    file.flush()
    os.fsync(file.fileno())


@contextlib.contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A file of no content in the same folder, gone at the end."""
    number, name = tempfile.mkstemp(prefix=".~writing-", suffix=".tmp", dir=path.parent)
    os.close(number)
    temporary = Path(name)
    try:
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


@contextlib.contextmanager
def _clear_words(path: Path) -> Iterator[None]:
    try:
        yield
    except LosslessError:
        raise
    except PermissionError as error:
        raise NotWritable(
            f"{path.name} can't be replaced: the file or its folder is protected, or another program holds it.",
            "Close it elsewhere, or ask for the right to change files there. Nothing was changed.",
        ) from error
    except OSError as error:
        raise NotWritable(
            f"{path.name} could not be written ({error.strerror or error}).",
            "Make room on the disk or try another folder. Nothing was changed.",
        ) from error


def _compare(temporary: Path, original: Package, contents: Mapping[str, Content | None]) -> None:
    """Reads back what was written: changed parts as meant, all others as they were."""
    written = Package(temporary.read_bytes())
    wanted = (set(original.entries) | set(contents)) - {n for n, c in contents.items() if c is None}
    if set(written.entries) != wanted:
        raise Damaged("The workbook was not written as meant. Nothing was changed.")
    for name in wanted:
        content = contents.get(name)
        if content is None:
            same = written.raw(name) == original.raw(name) and written.entries[name].crc == original.entries[name].crc
        else:
            pieces = (content,) if isinstance(content, bytes) else content
            meant = 0
            for piece in pieces:
                meant = zlib.crc32(piece, meant)
            same = zlib.crc32(written.read(name)) == meant
        if not same:
            raise Damaged(f"The part {name} was not written as meant. Nothing was changed.")


def _keep(path: Path, backups: Backups) -> None:
    """Copies the former file into the backups and lets old ones go."""
    backups.folder.mkdir(parents=True, exist_ok=True)
    name = f"{path.stem}.{backups.moment.strftime(_STAMP)}{path.suffix}"
    half = backups.folder / f"{name}.part"
    try:
        shutil.copy2(path, half)
        os.replace(half, backups.folder / name)  # noqa: PTH105 - as above
    finally:
        half.unlink(missing_ok=True)
    for old in _outdated(path, backups):
        old.unlink(missing_ok=True)


def kept(path: Path, folder: Path) -> list[tuple[dt.datetime, Path]]:
    """The former files of a workbook that are kept, newest first."""
    pattern = re.compile(re.escape(path.stem) + r"\.(\d{8}T\d{12})" + re.escape(path.suffix) + r"\Z")
    found = []
    for file in folder.iterdir() if folder.is_dir() else ():
        m = pattern.match(file.name)
        if m:
            found.append((dt.datetime.strptime(m[1], _STAMP), file))  # noqa: DTZ007 - local time, as the names say
    return sorted(found, reverse=True)


def _outdated(path: Path, backups: Backups) -> list[Path]:
    """All but the newest, and the last of each day of the past months."""
    newest_day = backups.moment.date()
    days: set[dt.date] = set()
    outdated = []
    for n, (moment, file) in enumerate(kept(path, backups.folder)):
        day = moment.date()
        last_of_day = day not in days and (newest_day - day).days <= DAYS_KEPT
        days.add(day)
        if n >= NEWEST_KEPT and not last_of_day:
            outdated.append(file)
    return outdated


def _flush_folder(folder: Path) -> None:
    """Makes the new name last through a power cut, where the system lets a folder be flushed."""
    with contextlib.suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
