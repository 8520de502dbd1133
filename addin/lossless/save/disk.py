"""Small steps on a disk that leave the old or the new thing, whenever they are cut short."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from addin.lossless.opc.errors import LosslessError, NotWritable
from addin.lossless.opc.plain_files import read_plain

_PREFIX = ".~writing."
#: Longer names are cut: what we put beside a file must find room in the 255 bytes that a name may have.
_LONGEST_STEM = 150
#: How long a program that looks into every new file (a virus scanner, a synchroniser) may hold ours, in seconds.
_PATIENCE = (0.05, 0.1, 0.2, 0.4, 0.8)
_NO_ROOM = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}

#: What disks answer that know no permissions, as memory sticks and some network drives.
_NO_MODES = {errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM}


def short(name: str) -> str:
    """A name that leaves room for what is put before and after it; the same for the same name, no other's.

    >>> short("Orders.xlsx"), len(short("x" * 200))
    ('Orders.xlsx', 116)

    Args:
        name: a file's, with or without its ending.
    """
    raw = name.encode("utf-8", "surrogateescape")
    if len(raw) <= _LONGEST_STEM:
        return name
    return raw[:100].decode("utf-8", "ignore") + hashlib.blake2b(raw, digest_size=8).hexdigest()


def beside(path: Path, ending: str) -> Path:
    """A file of ours in a file's folder, hidden where a dot hides.

    Args:
        path: the file.
        ending: what ours ends with, without a dot.
    """
    return path.with_name(f"{_PREFIX}{short(path.name)}.{ending}")


@contextlib.contextmanager
def temporary(path: Path) -> Iterator[Path]:
    """A new file of no content in a file's folder, gone at the end unless it was put in its place.

    Args:
        path: the file that it will belong to.

    Raises:
        OSError: the folder can't be written to.
    """
    import secrets

    made = beside(path, f"{secrets.token_hex(8)}.tmp")
    os.close(os.open(made, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        yield made
    finally:
        with contextlib.suppress(OSError):
            made.unlink(missing_ok=True)


def sweep(path: Path) -> None:
    """Removes what runs that were killed have left beside a file. Only for who holds its lock.

    Args:
        path: the file.
    """
    start = f"{_PREFIX}{short(path.name)}."
    ours = re.compile(re.escape(start) + r"[0-9a-f]{16}\.tmp\Z")
    with contextlib.suppress(OSError):
        for name in os.listdir(path.parent):  # noqa: PTH208 - names alone; a folder may hold thousands
            if ours.match(name):
                path.with_name(name).unlink(missing_ok=True)


def flush(file: BinaryIO) -> None:
    """Sees to it that a file's content is on the disk itself.

    Args:
        file: open for writing.
    """
    file.flush()
    if sys.platform == "darwin":
        import fcntl

        # there fsync leaves it in the drive's own memory; some network drives know no more than that
        with contextlib.suppress(OSError):
            fcntl.fcntl(file.fileno(), fcntl.F_FULLFSYNC)
            return
    os.fsync(file.fileno())


def put(made: Path, place: Path) -> None:
    """Puts a file in another's place, in one step that lasts through a power cut.

    Where another program holds the old file for a moment, as virus scanners do on Windows, it is tried again.

    Args:
        made: the new file, on the same disk.
        place: where it goes; what is there is replaced.

    Raises:
        OSError: the system doesn't let us.
    """
    for wait in _PATIENCE if os.name == "nt" else ():
        try:
            made.replace(place)
            break
        except PermissionError:
            time.sleep(wait)
    else:
        made.replace(place)
    flush_folder(place.parent)


def put_new(made: Path, place: Path) -> None:
    """Puts a file where there is none yet.

    Args:
        made: the new file, on the same disk.
        place: where it goes.

    Raises:
        FileExistsError: there is one by now.
    """
    try:
        place.hardlink_to(made)
    except FileExistsError:
        raise
    except OSError:  # a disk without links
        if place.exists():
            raise FileExistsError(errno.EEXIST, "there is one by now", str(place)) from None
        put(made, place)
        return
    flush_folder(place.parent)


def swap(made: Path, place: Path) -> bool:
    """Puts a file in another's place and that one in its place, in one step that lasts through a power cut.

    Args:
        made: the new file, on the same disk.
        place: the old one.

    Returns:
        False where the system or the disk knows no such step; nothing was done then.
    """
    try:
        done = _exchange(os.fsencode(made), os.fsencode(place))
    except (AttributeError, OSError, ImportError):
        return False
    if done:
        flush_folder(place.parent)
    return done


def _exchange(one: bytes, other: bytes) -> bool:
    if sys.platform not in {"linux", "darwin"}:
        return False
    import ctypes

    system = ctypes.CDLL(None, use_errno=True)
    exchange, here = 2, -100
    if sys.platform == "darwin":
        return int(system.renamex_np(one, other, exchange)) == 0
    return int(system.renameat2(here, one, here, other, exchange)) == 0


def write_whole(
    path: Path, place: Path, data: bytes, *, like: os.stat_result, times: tuple[int, int] | None = None
) -> None:
    """Writes a file of ours that belongs to another: all of it or nothing.

    Args:
        path: the file that it belongs to; what a killed run leaves is swept away with that file's.
        place: where it shall stand, on the same disk.
        data: its content.
        like: lends its owner and permissions, as far as we may; whoever writes it may always change it.
        times: of its last use and change, in nanoseconds since 1970; now by default.
    """
    with temporary(path) as made:
        with made.open("wb") as out:
            out.write(data)
            flush(out)
        give_to(made, like)
        set_mode(made, like.st_mode & 0o666 | 0o600)
        if times is not None:
            os.utime(made, ns=times)
        put(made, place)


def add_to(path: Path, place: Path, data: bytes, *, end: int) -> None:
    """Adds to a file of ours that grows, and flushes it to the disk.

    Args:
        path: the file that it belongs to.
        place: the file, which is no link.
        data: what is added.
        end: where it begins, in bytes; what stands beyond goes.

    Raises:
        OSError: it can't be written to.
    """
    like = place.lstat()
    if like.st_size > end:  # some disks can't make a file shorter
        write_whole(path, place, read_plain(place, linked=False)[:end] + data, like=like)
        return
    number = os.open(place, os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(number, "wb") as out:
        out.seek(end)
        out.write(data)
        flush(out)


def set_mode(place: Path, mode: int) -> None:
    """Gives a file or folder of ours permissions, where the disk knows any; where not, all there are equally open.

    Args:
        place: the file or folder.
        mode: as `os.chmod` takes it.

    Raises:
        OSError: the system refuses, though the disk knows permissions.
    """
    try:
        place.chmod(mode)
    except OSError as error:
        if error.errno not in _NO_MODES:
            raise


def give_to(place: Path, like: os.stat_result) -> None:
    """Gives a file or folder of ours the owner of another, where we may: the person must be able to read it.

    Args:
        place: the file or folder.
        like: says whose it is to be.
    """
    if os.name == "nt":
        return
    own = place.stat()
    if (own.st_uid, own.st_gid) != (like.st_uid, like.st_gid):
        with contextlib.suppress(OSError):
            os.chown(place, like.st_uid, like.st_gid)


def make_folder(folder: Path) -> None:
    """Makes a folder of ours, as open to others as the one that it is in, hidden where that can be.

    Args:
        folder: made with those above it that are not there; one that is there is left alone.

    Raises:
        OSError: the system doesn't let us.
    """
    if folder.is_dir():
        return
    make_folder(folder.parent)
    with contextlib.suppress(FileExistsError):
        folder.mkdir(0o700)
        around = folder.parent.stat()
        give_to(folder, around)
        set_mode(folder, around.st_mode & 0o7777)
        if folder.name.startswith("."):
            _hide(folder)
        flush_folder(folder.parent)


def _hide(folder: Path) -> None:
    """A dot hides nothing on Windows; its attribute does."""
    if os.name != "nt":
        return
    import ctypes

    hidden = 0x2
    windows = getattr(ctypes, "windll", None)
    if windows is not None:
        windows.kernel32.SetFileAttributesW(str(folder), hidden)


def flush_folder(folder: Path) -> None:
    """Makes a new name last through a power cut, where the system lets a folder be flushed.

    Args:
        folder: the one that holds the name.
    """
    with contextlib.suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


@contextlib.contextmanager
def clear_words(path: Path) -> Iterator[None]:
    """Says in words what the system says in numbers. What is done within leaves the file as it was if it fails.

    Args:
        path: the file, for the words.

    Raises:
        NotWritable: the system failed within.
    """
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
        if error.errno in _NO_ROOM:
            raise NotWritable(
                f"There is not enough room on the disk to save {path.name}.",
                "Delete what you don't need or empty the recycle bin, then try again. Nothing was changed.",
            ) from error
        raise NotWritable(
            f"{path.name} could not be saved ({error.strerror or error}).",
            "Try again; if the folder is on a network, see that it can be reached. Nothing was changed.",
        ) from error
