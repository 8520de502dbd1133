"""One writer at a time: a lock file of ours beside the workbook, and respect for those of office programs."""

from __future__ import annotations

import contextlib
import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path

from addin.lossless.errors import Busy, NotWritable

#: A lock of a computer we can't ask is believed for this long, in seconds.
STALE_AFTER = 15 * 60
_CLOSE_IT = "Close it there, then try again. Nothing was changed."


def lock_path(path: Path) -> Path:
    """Where our own lock of a workbook lies."""
    return path.with_name(f".~writing.{path.name}.lock")


def open_elsewhere(path: Path) -> str:
    """Who has a workbook open in an office program, as its lock file says; '' if none."""
    excel, libre = path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#")
    # Excel shortens long names from the left.
    shortened = path.with_name(f"~${path.name[2:]}")
    for lock in (excel, shortened):
        if lock.exists():
            return _excel_user(lock) or "somebody"
    if libre.exists():
        with contextlib.suppress(OSError):
            fields = libre.read_text(encoding="utf-8", errors="replace").split(",")
            return next((f for f in (*fields[:2], *fields[3:4]) if f.strip()), "somebody")
        return "somebody"
    return ""


def _excel_user(lock: Path) -> str:
    """The name in Excel's owner file: a length, then that many characters; again in UTF-16 further on."""
    try:
        raw = lock.read_bytes()
    except OSError:
        return ""
    if len(raw) < 2:
        return ""
    wide = raw[57 : 57 + 2 * raw[0]] if len(raw) > 57 else b""
    name = (
        wide.decode("utf-16-le", "ignore") if raw[55:56] == raw[:1] else raw[1 : 1 + raw[0]].decode("cp1252", "ignore")
    )
    return "".join(c for c in name if c.isprintable()).strip()


@contextlib.contextmanager
def locked(path: Path, *, holder: str, now: float) -> Iterator[None]:
    """Holds a workbook's lock.

    Args:
        path: the workbook.
        holder: who writes, shown to others who want to.
        now: seconds since 1970, to tell a forgotten lock.

    Raises:
        Busy: it is open in an office program, or another run holds the lock.
        NotWritable: the folder can't be written to.
    """
    user = open_elsewhere(path)
    if user:
        raise Busy(f"{path.name} is open in another program (by {user}).", _CLOSE_IT)
    lock = lock_path(path)
    _take(lock, holder, now)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def _take(lock: Path, holder: str, now: float) -> None:
    text = json.dumps({"holder": holder, "host": socket.gethostname(), "process": os.getpid(), "since": now})
    for _ in range(3):
        try:
            number = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
        except FileExistsError:
            _refuse_unless_stale(lock, now)
            lock.unlink(missing_ok=True)
            continue
        except OSError as error:
            raise NotWritable(
                f"The folder {lock.parent} can't be written to ({error.strerror}).",
                "Ask for the right to change files there, or copy the workbook to another folder.",
            ) from error
        with os.fdopen(number, "w", encoding="utf-8") as out:
            out.write(text)
        return
    raise Busy("Another run is writing into the workbook.", "Try again in a moment. Nothing was changed.")


def _refuse_unless_stale(lock: Path, now: float) -> None:
    """Raises Busy while whoever made the lock may still be at work."""
    try:
        said = json.loads(lock.read_text(encoding="utf-8"))
        holder, host, process = str(said["holder"]), said["host"], int(said["process"])
        since = float(said["since"])
    except FileNotFoundError:
        return
    except (OSError, ValueError, KeyError, TypeError):
        holder, host, process, since = "another run", "", 0, _age_of(lock)
    stale = not _alive(process) if host == socket.gethostname() else now - since > STALE_AFTER
    if not stale:
        where = f" on {host}" if host else ""
        raise Busy(f"{holder}{where} is writing into the workbook.", "Try again in a moment. Nothing was changed.")


def _age_of(lock: Path) -> float:
    try:
        return lock.stat().st_mtime
    except OSError:
        return 0.0


def _alive(process: int) -> bool:
    if process == os.getpid():
        return True
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
