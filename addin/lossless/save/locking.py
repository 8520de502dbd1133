"""One writer at a time: a lock file of ours beside the file, and respect for those of office programs.

The lock file is locked by the system as well, which lets go of it when its holder dies: on one computer a forgotten
lock file never stands in the way. What it says (who, where, since when) is for people, and for other computers that
reach the same folder, whose locks ours may not see.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from addin.lossless.opc.errors import Busy, NotWritable, Replaced
from addin.lossless.opc.plain_files import kind_of, read_plain
from addin.lossless.save.disk import beside, clear_words, sweep
from addin.lossless.save.in_use import printable, refuse_if_open

#: A lock of a computer we can't ask is believed for this long, in seconds.
STALE_AFTER = 15 * 60
#: Who has just made a lock file writes into it at once; one that stays empty this long was given up, in seconds.
_WRITTEN_WITHIN = 1.0
#: Where the system's lock lies in the lock file: far behind its text, which all may read.
_FAR = 1 << 30
_HELD = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}
_NO_WAY_IN = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOENT, errno.ENOTDIR}


def lock_path(path: Path) -> Path:
    """Where our own lock of a file lies.

    Args:
        path: the file; where it is a link, that of what it leads to.
    """
    return beside(path.resolve(), "lock")


class Held:
    """A lock that is held.

    Args:
        path: the file.
        number: the open lock file.
        text: what we wrote into it.
    """

    def __init__(self, path: Path, number: int, text: bytes) -> None:
        self._path, self._lock, self._number, self._text = path, lock_path(path), number, text

    def is_ours(self) -> bool:
        """Whether nobody has taken the lock for forgotten and put theirs in its place."""
        with contextlib.suppress(OSError):
            return read_plain(self._lock, linked=False, most=len(self._text) + 1) == self._text
        return False

    def confirm(self) -> None:
        """To be called just before the file is replaced.

        Raises:
            Replaced: somebody else has taken the lock, because we were held up for long.
            Busy: the file was opened in an office program meanwhile.
        """
        if not self.is_ours():
            raise Replaced(f"Another run has begun to write into {self._path.name} meanwhile. Nothing was written.")
        refuse_if_open(self._path)

    def release(self) -> None:
        """Lets go. The lock file goes first, where the system allows that of a file that is open."""
        ours = self.is_ours()
        if os.name == "nt":
            with contextlib.suppress(OSError):
                os.close(self._number)
        with contextlib.suppress(OSError):
            if ours:
                self._lock.unlink(missing_ok=True)
        if os.name != "nt":
            with contextlib.suppress(OSError):  # all is done by now: no word about it would be true
                os.close(self._number)


@contextlib.contextmanager
def locked(path: Path, *, holder: str, now: float) -> Iterator[Held]:
    """Holds a file's lock, and removes what runs that were killed have left beside it.

    >>> with locked(Path("orders.xlsx"), holder="Office", now=time.time()) as held:
    ...     held.confirm()  # just before the file is replaced

    Args:
        path: the file.
        holder: who writes, shown to others who want to.
        now: seconds since 1970, to tell a forgotten lock of another computer.

    Raises:
        Busy: it is open in an office program, or another run holds the lock.
        NotWritable: the folder can't be written to.
    """
    refuse_if_open(path)
    import json
    import secrets

    said = {"holder": holder, "host": _this_computer(), "process": os.getpid(), "since": now}
    text = json.dumps({**said, "token": secrets.token_hex(8)}).encode()
    with clear_words(path):
        held = Held(path, _take(path, text, now), text)
    try:
        sweep(path.resolve())
        yield held
    finally:
        held.release()


def tidy(path: Path, *, now: float) -> None:
    """Removes what a killed run has left beside a file, if there is anything; never says a word.

    Args:
        path: the file.
        now: seconds since 1970, to tell a forgotten lock of another computer.
    """
    if lock_path(path).exists():
        with contextlib.suppress(Busy, NotWritable), locked(path, holder="", now=now):
            pass


def _take(path: Path, text: bytes, now: float) -> int:
    """The lock file: made, locked and filled in."""
    lock = lock_path(path)
    for _ in range(20):
        try:
            number = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o666)
        except FileExistsError:
            _remove_if_forgotten(path, lock, now)
            continue
        except OSError as error:
            if error.errno in _NO_WAY_IN:
                raise _no_folder(lock.parent, error) from error
            raise
        try:
            ours = _lock(number) is not False and _same(number, lock)
            if ours:
                os.write(number, text)
        except OSError:
            os.close(number)
            lock.unlink(missing_ok=True)
            raise
        if ours:
            return number
        os.close(number)  # somebody took our empty file for forgotten
    raise _busy(path, {})


def _no_folder(folder: Path, error: OSError) -> NotWritable:
    if not folder.is_dir():
        return NotWritable(f"There is no folder {folder}.", "See that its name is right, and that it can be reached.")
    return NotWritable(
        f"The folder {folder} can't be written to ({error.strerror}).",
        "Ask for the right to change files there, or copy the workbook to another folder. Nothing was changed.",
    )


def _remove_if_forgotten(path: Path, lock: Path, now: float) -> None:
    """Removes a lock file whose maker is at work no more.

    Who removes it holds the system's lock of that very file, so that no two can, nor anybody a fresh one.

    Raises:
        Busy: whoever made it may still be at work.
    """
    try:
        number = _open_to_look(lock)
    except FileNotFoundError:
        return
    try:
        _refuse_if_held(path, number, now)
        if os.name != "nt" and _same(number, lock):
            lock.unlink(missing_ok=True)
    finally:
        os.close(number)
    if os.name == "nt":  # there no file goes that is open; for that very reason a fresh one would stay
        with contextlib.suppress(PermissionError):
            lock.unlink(missing_ok=True)


def _open_to_look(lock: Path) -> int:
    """A lock file opened for reading, at once whatever lies there.

    Raises:
        NotWritable: it is no file that we could have made.
    """
    mode = lock.lstat().st_mode
    if stat.S_ISREG(mode):
        number = os.open(lock, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0))
        mode = os.fstat(number).st_mode
        if stat.S_ISREG(mode):
            return number
        os.close(number)
    raise NotWritable(
        f"In the place of our own lock file lies {kind_of(mode)}: {lock}.",
        "Delete it, or move it away; then try again. Nothing was changed.",
    )


def _refuse_if_held(path: Path, number: int, now: float) -> None:
    """Raises Busy while whoever made a lock file may still be at work; else the system's lock of it is ours."""
    free = _lock(number)
    said = _read(number, patiently=free is not False)
    if said.get("host") == _this_computer():
        held = free is None and _alive(said.get("process"))
    else:
        held = _is_fresh(said.get("since"), now)
    if held or free is False:
        raise _busy(path, said)


def _this_computer() -> str:
    import socket

    return socket.gethostname()


def _is_fresh(since: object, now: float) -> bool:
    with contextlib.suppress(OverflowError):
        return isinstance(since, int | float) and abs(now - float(since)) <= STALE_AFTER
    return False


def _busy(path: Path, said: dict[str, Any]) -> Busy:
    who = printable(str(said.get("holder") or "")) or "Another run"
    host = printable(str(said.get("host") or ""))
    if not host or host == _this_computer():
        return Busy(f"{who} is writing into {path.name} at this moment.", "Try again in a moment. Nothing was changed.")
    return Busy(
        f"{who} on the computer {host} is writing into {path.name} at this moment.",
        "Try again in a moment. If that computer was switched off meanwhile, this ends by itself after "
        f"{STALE_AFTER // 60} minutes. Nothing was changed.",
    )


def _read(number: int, *, patiently: bool) -> dict[str, Any]:
    """What a lock file says; nothing if it isn't filled in, though we wait for that a little."""
    import json

    deadline = time.monotonic() + _WRITTEN_WITHIN
    while True:
        os.lseek(number, 0, os.SEEK_SET)
        try:
            raw = os.read(number, 4096)
        except OSError:
            raw = b""
        with contextlib.suppress(ValueError, RecursionError):
            said = json.loads(raw)
            return said if isinstance(said, dict) else {}
        if not patiently or raw or time.monotonic() > deadline:
            return {}
        time.sleep(0.02)


def _same(number: int, lock: Path) -> bool:
    """Whether the open lock file is still the one of that name, not one that was let go of meanwhile."""
    with contextlib.suppress(OSError):
        return os.path.samestat(os.fstat(number), lock.stat())
    return False


def _lock(number: int) -> bool | None:
    """Takes the system's lock of an open file: False if another process has it, None if the disk knows no locks."""
    try:
        if os.name == "nt":
            _lock_on_windows(number)
        else:
            import fcntl

            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return False if error.errno in _HELD else None
    return True


def _lock_on_windows(number: int) -> None:
    import msvcrt

    locking = vars(msvcrt)["locking"]
    os.lseek(number, _FAR, os.SEEK_SET)
    try:
        locking(number, vars(msvcrt)["LK_NBLCK"], 1)
    finally:
        os.lseek(number, 0, os.SEEK_SET)


def _alive(process: object) -> bool:
    """Whether a process of this computer runs."""
    if not isinstance(process, int) or not 0 < process < 1 << 31:
        return False
    if os.name == "nt":
        return _alive_on_windows(process)
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def _alive_on_windows(process: int) -> bool:
    """Whether a process runs; os.kill would end it there."""
    import ctypes

    query_limited = 0x1000
    windows = getattr(ctypes, "windll", None)
    if windows is None:
        return True
    handle = windows.kernel32.OpenProcess(query_limited, 0, process)
    if handle:
        windows.kernel32.CloseHandle(handle)
    return bool(handle)
