"""What became of a workbook that could not be used, in words that give nobody away."""

from __future__ import annotations

import errno
import re
from typing import NamedTuple

from addin.lossless import NotPlain
from workbook.model.errors import BookBusy, BookUnusable, ChampionsError

#: What people typed stands in quotation marks; a path begins with a drive or a slash, or has two names or more.
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|'[^']*'")
_PATH = re.compile(r"(?:[A-Za-z]:)?[\\/][^\s,;:()]*")


class Problem(NamedTuple):
    """A workbook or folder that could not be used: a code, why, and what to do about it."""

    file: str
    code: str
    message: str
    fix: str


def of_error(name: str, error: BaseException) -> Problem:
    """The problem that an error is, without what people typed and without a path.

    Args:
        name: what the workbook is called in every output.
        error: what was raised when it was read.
    """
    if isinstance(error, ChampionsError):
        code = "unusable" if isinstance(error, BookUnusable) else "busy" if isinstance(error, BookBusy) else "not-read"
        return Problem(name, code, _discreet(error.what), _discreet(error.next_step))
    if isinstance(error, MemoryError):
        return too_much_memory(name)
    if isinstance(error, NotPlain):
        return Problem(name, "no-file", "This is not a file: it is a pipe or a device.", "Move it elsewhere.")
    if isinstance(error, FileNotFoundError):
        return Problem(name, "gone", "The file is not there any more.", "See whether it was moved or renamed.")
    if isinstance(error, PermissionError):
        return Problem(name, "no-leave", "There is no leave to read this file.", "Ask for leave to read it.")
    if isinstance(error, OSError) and error.errno in (errno.ENAMETOOLONG, errno.ELOOP):
        message = "This is not a file: its name is too long, or it is a link that leads round in a circle."
        return Problem(name, "no-file", message, "Give it another name, or move it elsewhere.")
    if isinstance(error, OSError):
        return Problem(name, "disk", "The disk or network folder does not answer.", "Try again when it can be reached.")
    return unforeseen(name, type(error).__name__)


def unforeseen(name: str, what: str) -> Problem:
    """Something failed that nobody thought of.

    Args:
        name: what the workbook is called in every output.
        what: the kind of failure, in words of ours.
    """
    message = f"Reading it failed in a way that was not foreseen ({what})."
    return Problem(name, "unforeseen", message, "Look at it by itself, with check, and tell us.")


def too_much_memory(name: str) -> Problem:
    """It needs more memory than a workbook may.

    Args:
        name: what the workbook is called in every output.
    """
    return Problem(
        name,
        "too-much-memory",
        "Reading it takes more memory than one workbook may.",
        "Look at it by itself, with check.",
    )


def too_long(name: str, seconds: float) -> Problem:
    """It takes longer than a workbook may.

    Args:
        name: what the workbook is called in every output.
        seconds: how long it may take.
    """
    return Problem(
        name, "too-long", f"Reading it took longer than {seconds:g} seconds.", "Look at it by itself, with check."
    )


def too_large_to_send(name: str, most: int) -> Problem:
    """It is larger than what is sent to workers.

    Args:
        name: what the workbook is called in every output.
        most: how many bytes are sent.
    """
    return Problem(
        name,
        "too-large",
        f"It is larger than {most >> 20} MB, too large to be sent.",
        "Leave out --send where the workers reach it, or look at it by itself, with check.",
    )


def not_reached(name: str) -> Problem:
    """It lies here, and the worker that was to read it does not see it.

    Args:
        name: what the workbook is called in every output.
    """
    return Problem(
        name,
        "not-reached",
        "The scheduler's workers don't reach this file by its path.",
        "Give --send, which sends them the workbooks.",
    )


def killer(name: str, times: int) -> Problem:
    """Whatever reads it, dies.

    Args:
        name: what the workbook is called in every output.
        times: how many processes ended on it.
    """
    return Problem(
        name,
        "killed",
        f"The process that read it ended {times} {'time' if times == 1 else 'times'} without a word.",
        "Look at it by itself, with check.",
    )


def copy_of(name: str, other: str) -> Problem:
    """An older copy of another workbook.

    Args:
        name: what the workbook is called in every output.
        other: what the newer one is called.
    """
    return Problem(
        name,
        "copy",
        f"It is an older copy of {other}: both have one id. The newer one was taken.",
        "Move it elsewhere.",
    )


def _discreet(words: str) -> str:
    return _PATH.sub("…", _QUOTED.sub("“…”", words))
