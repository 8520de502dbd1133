"""Limits of time and memory that this very process sets for itself, held by the system and not by Python.

Whatever a template has Python do, one call that never comes back included, the system ends it: on Linux and a Mac by
`setrlimit` and a timer, on Windows by a job object. A Mac doesn't hold the limit of memory; there whoever started the
process watches it (`addin/output/documents/separate_process.py`).
"""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from types import FrameType


@dataclass(frozen=True)
class Limits:
    """What somebody's own template may use.

    Attributes:
        seconds: of computing.
        memory: in bytes.
        by_the_clock: seconds that it may take on a computer that has other things to do.
    """

    seconds: int = 5
    memory: int = 500 << 20
    by_the_clock: float = 8.0


LIMITS = Limits()
#: Bytes that the words of a document may be, unpacked: thousands of pages.
MOST_WORDS = 32 << 20


class TimeUsedUp(BaseException):
    """The time is over; no `except Exception` on the way keeps it from being told."""


def hold_memory(most: int) -> None:
    """From now on this process never has more memory than that.

    Args:
        most: bytes.

    Raises:
        OSError: the system refuses.
    """
    if sys.platform == "win32":
        from addin.output.documents.windows_job import hold

        hold(memory=most)
        return
    import resource

    for kind in (resource.RLIMIT_AS, resource.RLIMIT_DATA):
        with suppress(ValueError, OSError):  # a Mac has no such limit; it is watched from outside there
            resource.setrlimit(kind, (_at_most(kind, most), _at_most(kind, most)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def hold_time(seconds: int, by_the_clock: float) -> None:
    """From now on this process computes for so long and no longer.

    Where Python can still be asked, `TimeUsedUp` is raised, so that the place in the template can be named; a second
    later the system ends the process. On Windows it is ended at once.

    Args:
        seconds: of computing.
        by_the_clock: seconds, where the computer has other things to do.

    Raises:
        OSError: the system refuses.
    """
    used = time.process_time()
    if sys.platform == "win32":
        from addin.output.documents.windows_job import hold

        hold(seconds=used + seconds)
        return
    import resource
    import signal

    def over(_number: int, _frame: FrameType | None) -> None:
        raise TimeUsedUp

    signal.signal(signal.SIGXCPU, over)
    soft = int(used) + 1 + seconds
    most = _at_most(resource.RLIMIT_CPU, soft + 1)
    resource.setrlimit(resource.RLIMIT_CPU, (min(soft, most), most))
    signal.setitimer(signal.ITIMER_REAL, by_the_clock)  # its signal ends the process, whatever it is at


def _at_most(kind: int, wanted: int) -> int:
    """What is wanted, or the little less that whoever started this process allows."""
    import resource

    allowed = resource.getrlimit(kind)[1]
    return wanted if allowed == resource.RLIM_INFINITY else min(wanted, allowed)
