"""Putting a changed workbook in the place of the old one, in one step that leaves either the old or the new.

>>> path = Path("orders.xlsx")
>>> state, data = FileState.of(path)
>>> book = Book(data)
>>> book.set_cell("Log", 2, 3, "paid")
>>> backups = Backups(Path("kept"), dt.datetime(2026, 6, 30, 8, 14, tzinfo=dt.UTC), note="import")
>>> saved = save_book(path, book, expected=state, backups=backups)
>>> saved.backup.name
'orders 2026-06-30 08.14.00Z before import.xlsx'
"""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import stat
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from addin.lossless.opc.errors import Damaged, NotWritable, Replaced
from addin.lossless.opc.package import Content, Package, write_package
from addin.lossless.save.backups import Backups, keep, thin
from addin.lossless.save.disk import clear_words, flush, give_to, put, put_new, set_mode, swap, temporary
from addin.lossless.save.file_state import FileState, digest_of

if TYPE_CHECKING:
    from addin.lossless.edit.book import Book


class Saved(NamedTuple):
    """What a saving does.

    Attributes:
        former: the digest of the file that was replaced, '' if there was none.
        digest: that of the new one.
        backup: the file that keeps the former one, if it is kept.
    """

    former: str
    digest: str
    backup: Path | None


Ready = Callable[[Saved], None]
#: Reads a whole file's content as whoever saves it will read it; what it raises stops the saving.
Reads = Callable[[bytes], None]
#: The names of the files that this process has put in place, in their order: for who must say what was done.
REPLACED: list[str] = []


def save_book(
    path: Path,
    book: Book,
    *,
    expected: FileState,
    backups: Backups | None,
    ready: Ready | None = None,
    reads: Reads | None = None,
) -> Saved | None:
    """Writes a changed workbook in the place of the file it was read from.

    It is written beside the file, flushed to disk, read back and compared with what was meant; then the former file
    is kept and the new one takes its place in one step.

    Args:
        path: the file.
        book: the workbook, made of the file's content.
        expected: the file as it was read; if it is another now, nothing is written.
        backups: where the former file is kept.
        ready: called when all is prepared, just before the one step; what it raises stops the saving.
        reads: given the new content as it was read back; what it raises stops the saving.

    Returns:
        None where there was nothing to write, or just what stands there.

    Raises:
        Replaced: another program changed the file meanwhile.
        NotWritable: the file, its folder or the disk doesn't let us. Nothing was changed.
        Refused: the changes can't be written safely.
    """
    contents = book.finished()
    if not contents:
        return None

    def write(out: BinaryIO) -> None:
        write_package(book.package, contents, out)

    def compare(written: bytes) -> None:
        _compare(written, book.package, contents)

    look = _looks(expected, reads)
    with contextlib.suppress(_Same):
        return _replace(path, write, compare, expected=expected, backups=backups, ready=ready, look=look)
    return None


def _looks(expected: FileState, reads: Reads | None) -> Callable[[bytes], None]:
    """A look at what was written before it takes the other's place: it must be another, and be readable."""

    def look(written: bytes) -> None:
        if digest_of(written) == expected.digest:
            raise _Same
        if reads is not None:
            _try_reading(reads, written)

    return look


class _Same(Exception):
    """What would be written is what stands there."""


def book_bytes(book: Book, *, reads: Reads | None = None) -> bytes:
    """A changed workbook as a whole file, for where there is no disk; read back and compared with what was meant.

    Args:
        book: the workbook.
        reads: as in `save_book`.

    Returns:
        The file as it was where nothing changes.

    Raises:
        Damaged: it does not read back as it was meant.
        Refused: the changes can't be written safely.
    """
    contents = book.finished()
    if not contents:
        return book.package.data
    out = io.BytesIO()
    write_package(book.package, contents, out)
    written = out.getvalue()
    try:
        _compare(written, book.package, contents)
    except Exception as error:
        raise _not_as_meant() from error
    if reads is not None:
        _try_reading(reads, written)
    return written


def save_bytes(
    path: Path,
    data: bytes,
    *,
    expected: FileState | None,
    backups: Backups | None,
    ready: Ready | None = None,
) -> Saved:
    """Puts a whole file in the place of another, as safely as `save_book` does.

    >>> saved = save_bytes(Path("copy.xlsx"), Path("orders.xlsx").read_bytes(), expected=None, backups=None)
    >>> saved.former
    ''

    Args:
        path: the file.
        data: its new content.
        expected: the file as it was read, or None where there must be none.
        backups: where the former file is kept.
        ready: as in `save_book`.

    Raises:
        Replaced: another program changed the file meanwhile.
        NotWritable: the file, its folder or the disk doesn't let us. Nothing was changed.
    """

    def write(out: BinaryIO) -> None:
        out.write(data)

    def compare(written: bytes) -> None:
        if written != data:
            raise _not_as_meant()

    return _replace(path, write, compare, expected=expected, backups=backups, ready=ready)


def _replace(
    path: Path,
    write: Callable[[BinaryIO], None],
    compare: Callable[[bytes], None],
    *,
    expected: FileState | None,
    backups: Backups | None,
    ready: Ready | None,
    look: Callable[[bytes], None] = lambda _: None,
) -> Saved:
    real = path.resolve()
    for place in (real, real.parent):
        if _is_protected(place):
            raise NotWritable(
                f"{place.name} is read-only.",
                "Right-click it, choose Properties and take that away, or ask whoever looks after the folder. Nothing "
                "was changed.",
            )
    with clear_words(path), temporary(real) as made:
        with made.open("wb") as out:
            write(out)
            flush(out)
        written = made.read_bytes()
        try:
            compare(written)
        except Exception as error:
            raise _not_as_meant() from error
        look(written)
        _dress(made, real)
        saved = _prepared(real, digest_of(written), expected, backups)
        del written
        with _gone_unless_needed(saved.backup, real, made.stat()):
            if ready is not None:
                ready(saved)
            _take_the_place(made, real, expected)
        REPLACED.append(path.name)
        if backups is not None and saved.backup is not None:
            thin(real, backups, saved.backup)
    return saved


def _try_reading(reads: Reads, written: bytes) -> None:
    try:
        reads(written)
    except Exception as error:
        raise Damaged(
            "The workbook could not be read again as it would have been written. Nothing was changed.",
            "Try again. If it happens again, please tell us what you did: the fault is ours.",
        ) from error


def _prepared(real: Path, digest: str, expected: FileState | None, backups: Backups | None) -> Saved:
    """Keeps the former file, if there is one and it is the expected one."""
    if expected is None:
        if real.exists():
            raise _replaced(real)
        return Saved("", digest, None)
    state, data = FileState.of(real)
    if state != expected:
        raise _replaced(real)
    return Saved(state.digest, digest, keep(real, data, backups, like=real.stat()) if backups else None)


def _not_as_meant() -> Damaged:
    return Damaged(
        "What was written does not read back as it was meant. Nothing was changed.",
        "Try again. If it happens again the disk may be failing: copy the workbook to another one.",
    )


def _replaced(path: Path) -> Replaced:
    return Replaced(f"{path.name} was changed by another program meanwhile. Nothing was written.")


def _take_the_place(made: Path, real: Path, expected: FileState | None) -> None:
    """Puts the new file in the old one's place, unless another program has saved since we looked."""
    if expected is None:
        try:
            put_new(made, real)
        except FileExistsError as error:
            raise _replaced(real) from error
        return
    if not (real.exists() and expected.fits(real.stat())):
        raise _replaced(real)
    if not swap(made, real):
        put(made, real)
        return
    # now the former file is where the new one was made, and nobody else writes into it
    if not _is_as_expected(made, expected):
        if not swap(made, real):
            put(made, real)  # what the other program saved is never lost
        raise _replaced(real)


def _is_as_expected(former: Path, expected: FileState) -> bool:
    """Whether the file that was replaced is the one that was read; yes where the disk won't say, as a moment ago."""
    with contextlib.suppress(OSError):
        return expected.fits(former.stat()) or digest_of(former.read_bytes()) == expected.digest
    return True


@contextlib.contextmanager
def _gone_unless_needed(backup: Path | None, real: Path, new: os.stat_result) -> Iterator[None]:
    """Removes a backup of a file that was not replaced after all."""
    try:
        yield
    except BaseException:
        with contextlib.suppress(OSError):
            if backup is not None and not (real.exists() and os.path.samestat(real.stat(), new)):
                backup.unlink(missing_ok=True)
        raise


def _is_protected(place: Path) -> bool:
    """Whether a file or folder is write-protected; a protection is respected even where we could pass over it."""
    if not place.exists():
        return False
    return not os.access(place, os.W_OK) or not place.stat().st_mode & 0o222


def _dress(made: Path, real: Path) -> None:
    """Gives the new file the old one's owner, permissions and other marks, as far as we may."""
    if not real.exists():
        set_mode(made, real.parent.stat().st_mode & 0o666 | 0o600)
        return
    info, own = real.stat(), made.stat()
    give_to(made, info)
    times = (own.st_atime_ns, own.st_mtime_ns)
    with contextlib.suppress(OSError):
        shutil.copystat(real, made)
    set_mode(made, stat.S_IMODE(info.st_mode))
    os.utime(made, ns=times)


def _compare(data: bytes, original: Package, contents: Mapping[str, Content | None]) -> None:
    """Reads back what was written: changed parts as meant, all others as they were."""
    written = Package(data)
    wanted = (set(original.entries) | set(contents)) - {n for n, c in contents.items() if c is None}
    if set(written.entries) != wanted:
        raise _not_as_meant()
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
            raise _not_as_meant()
