"""Windows' limits of a process: it puts itself into a job object, which the system holds to them.

The structures are those of winnt.h, in types of the same sizes everywhere, so that a test elsewhere can look at them.
"""

from __future__ import annotations

import ctypes
import sys

#: JOBOBJECT_BASIC_LIMIT_INFORMATION.LimitFlags
PROCESS_TIME, ACTIVE_PROCESS, PROCESS_MEMORY = 0x2, 0x8, 0x100
DIE_ON_UNHANDLED_EXCEPTION, KILL_ON_JOB_CLOSE = 0x400, 0x2000
#: The job information class JobObjectExtendedLimitInformation.
EXTENDED_LIMITS = 9
#: Windows counts time in units of 100 nanoseconds.
_TICKS = 10_000_000


class BasicLimits(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

    _fields_ = (
        ("PerProcessUserTimeLimit", ctypes.c_int64),
        ("PerJobUserTimeLimit", ctypes.c_int64),
        ("LimitFlags", ctypes.c_uint32),
        ("MinimumWorkingSetSize", ctypes.c_size_t),
        ("MaximumWorkingSetSize", ctypes.c_size_t),
        ("ActiveProcessLimit", ctypes.c_uint32),
        ("Affinity", ctypes.c_size_t),
        ("PriorityClass", ctypes.c_uint32),
        ("SchedulingClass", ctypes.c_uint32),
    )


class ExtendedLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION; between the two lies IO_COUNTERS, six numbers of 64 bits."""

    _fields_ = (
        ("BasicLimitInformation", BasicLimits),
        ("IoInfo", ctypes.c_uint64 * 6),
        ("ProcessMemoryLimit", ctypes.c_size_t),
        ("JobMemoryLimit", ctypes.c_size_t),
        ("PeakProcessMemoryUsed", ctypes.c_size_t),
        ("PeakJobMemoryUsed", ctypes.c_size_t),
    )


def limits(*, memory: int | None = None, seconds: float | None = None) -> ExtendedLimits:
    """The structure that sets limits.

    Args:
        memory: bytes that the process may have.
        seconds: of computing since the process began.
    """
    made = ExtendedLimits()
    basic = made.BasicLimitInformation
    basic.LimitFlags = ACTIVE_PROCESS | DIE_ON_UNHANDLED_EXCEPTION | KILL_ON_JOB_CLOSE
    basic.ActiveProcessLimit = 1
    if memory is not None:
        basic.LimitFlags |= PROCESS_MEMORY
        made.ProcessMemoryLimit = memory
    if seconds is not None:
        basic.LimitFlags |= PROCESS_TIME
        basic.PerProcessUserTimeLimit = int(seconds * _TICKS)
    return made


if sys.platform == "win32":

    def hold(*, memory: int | None = None, seconds: float | None = None) -> None:
        """Holds this process to limits; each call adds a job within the one before, which all count.

        Raises:
            OSError: Windows refuses.
        """
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = ctypes.c_void_p
        wanted = limits(memory=memory, seconds=seconds)
        job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))  # kept open until the process ends
        if not job:
            raise ctypes.WinError(ctypes.get_last_error())
        told = kernel.SetInformationJobObject(job, EXTENDED_LIMITS, ctypes.byref(wanted), ctypes.sizeof(wanted))
        me = ctypes.c_void_p(kernel.GetCurrentProcess())
        if not told or not kernel.AssignProcessToJobObject(job, me):
            raise ctypes.WinError(ctypes.get_last_error())
