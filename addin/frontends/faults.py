"""The log of faults of ours: what went wrong in the program, never what stands in a workbook."""

from __future__ import annotations

import datetime as dt
import os
import stat
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

#: A longer log makes room for a new one, in bytes; the former stays beside it.
_LONGEST = 1 << 20
_LOOSE = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)


def write_fault(error: BaseException) -> Path | None:
    """Writes where in the program the fault arose, without its message (it may quote an entry).

    Returns:
        The file; None where nothing could be written anywhere. Never raises: it is called where nothing else is left.
    """
    with suppress(Exception):
        text = _text_of(error)
        for place in _places():
            with suppress(Exception):
                _append(place, text)
                return place
    return None


def where_told(place: Path | None) -> str:
    """Says where the details of a fault are."""
    if place is None:
        return "The details could not be written down: no folder for them can be written to."
    return f"The details are in {place}"


def _text_of(error: BaseException) -> str:
    frames = "\n".join(f"  {f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(error.__traceback__))
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    return f"{now} {type(error).__name__}\n{frames}\n"


def _places() -> Iterator[Path]:
    """Where the log may lie: the person's own folder, else a file of its own among the temporary ones."""
    with suppress(Exception):
        import platformdirs

        folder = Path(platformdirs.user_log_dir("champions", appauthor=False))
        if folder.is_absolute():  # not "~" in the current folder, where no home is known
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            yield folder / "faults.log"
    with suppress(Exception):
        number, name = tempfile.mkstemp(prefix="champions-faults-", suffix=".log")
        os.close(number)
        yield Path(name)


def _append(place: Path, text: str) -> None:
    """Adds to a log that is a plain file of the person's own: in a folder open to all it may be anything.

    Raises:
        OSError: it is not, or can't be written.
    """
    with suppress(OSError):
        if place.stat().st_size > _LONGEST:
            place.replace(place.with_suffix(".old.log"))
    number = os.open(place, os.O_WRONLY | os.O_APPEND | os.O_CREAT | _LOOSE, 0o600)
    with os.fdopen(number, "a", encoding="utf-8", errors="replace") as log:
        info = os.fstat(log.fileno())
        if not stat.S_ISREG(info.st_mode) or (os.name != "nt" and info.st_uid != os.geteuid()):
            raise OSError("the log is not a file of one's own")
        log.write(text)
