"""Only plain files are read, and only folders of one's own are written into: others may have put something else there.

A pipe or a device would keep a reader waiting for ever; a link would lead what is kept, with the names in it, to where
somebody else can read it.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from addin.lossless.opc.errors import NotWritable

_LOOSE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOCTTY", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
#: What Windows calls a junction and a symbolic link; a cloud's placeholders are neither.
_LINK_TAGS = {0xA0000003, 0xA000000C}


class NotPlain(OSError):
    """There is no file but a pipe, a device, a folder or a link."""


def open_plain(path: Path, *, linked: bool = True) -> BinaryIO:
    """Opens a file for reading, at once whatever it is.

    Args:
        path: the file.
        linked: whether a link may lead to it.

    Raises:
        NotPlain: it is a pipe, a device or a folder, or a link where none may be.
        OSError: it can't be opened.
    """
    info = path.stat() if linked else path.lstat()
    if not stat.S_ISREG(info.st_mode):
        raise _not_plain(path, info.st_mode)
    number = os.open(path, os.O_RDONLY | _LOOSE | getattr(os, "O_BINARY", 0) | (0 if linked else _NO_LINK))
    try:
        mode = os.fstat(number).st_mode
        if not stat.S_ISREG(mode):  # exchanged since we looked
            raise _not_plain(path, mode)
        return os.fdopen(number, "rb")
    except BaseException:
        os.close(number)
        raise


def read_plain(path: Path, *, linked: bool = True, most: int = -1) -> bytes:
    """A file's content, at most so many bytes of it; see `open_plain`.

    >>> read_plain(Path("orders.xlsx"), most=2)
    b'PK'

    Args:
        path: the file.
        linked: whether a link may lead to it.
        most: bytes that are read at most; all of them where it is negative.

    Raises:
        NotPlain: it is a pipe, a device or a folder, or a link where none may be.
        OSError: it can't be read.
    """
    with open_plain(path, linked=linked) as file:
        return file.read(most)


def kind_of(mode: int) -> str:
    """What lies there, in words.

    Args:
        mode: as `os.stat` gives it.
    """
    known = {
        stat.S_IFIFO: "a pipe",
        stat.S_IFDIR: "a folder",
        stat.S_IFLNK: "a link",
        stat.S_IFSOCK: "a socket",
        stat.S_IFCHR: "a device",
        stat.S_IFBLK: "a device",
    }
    return known.get(stat.S_IFMT(mode), "no file")


def _not_plain(path: Path, mode: int) -> NotPlain:
    return NotPlain(errno.EINVAL, f"it is {kind_of(mode)}, not a file", str(path))


def refuse_strange(folder: Path, file: Path) -> None:
    """Refuses a folder for a file's kept states that leads elsewhere or belongs to somebody else.

    Every step from the file's folder on is looked at; where the folder lies elsewhere, it alone.

    Args:
        folder: where the states are kept; it need not be there.
        file: the file whose states they are.

    Raises:
        NotWritable: one of them is a link, no folder, or a stranger's.
    """
    home = file.resolve().parent
    within = folder.relative_to(home).parts if folder.is_relative_to(home) else ()
    steps = [home.joinpath(*within[: n + 1]) for n in range(len(within))] or [folder]
    for step in steps:
        try:
            info = step.lstat()
        except FileNotFoundError:
            return
        if stat.S_ISLNK(info.st_mode) or getattr(info, "st_reparse_tag", 0) in _LINK_TAGS:
            raise _refusal(step, "is a link to another place")
        if not stat.S_ISDIR(info.st_mode):
            raise _refusal(step, "is no folder")
        if os.name != "nt" and not _is_known(info, file, home):
            raise _refusal(step, "belongs to somebody else")


def _is_known(info: os.stat_result, file: Path, home: Path) -> bool:
    """Whether a folder's owner is one of those who may replace the file anyhow."""
    around = home.stat()
    owners = {os.geteuid(), 0, around.st_uid}
    if file.exists():
        owners.add(file.stat().st_uid)
    shared = around.st_mode & stat.S_IWGRP and not around.st_mode & (stat.S_IWOTH | stat.S_ISVTX)
    return info.st_uid in owners or bool(shared and info.st_gid == around.st_gid)


def _refusal(step: Path, what: str) -> NotWritable:
    return NotWritable(
        f"Earlier states of the workbook are kept in the folder {step.name}, and that {what}: {step}.",
        "Move it away or delete it, if you did not put it there yourself; then try again. A new folder is made. "
        "Nothing was changed.",
    )
