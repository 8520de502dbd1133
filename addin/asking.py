"""Asks an interpreter which version of the program it has, as a click would find it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

from addin.points import Point

#: What a click needs of Python; each stands for one thing that can be missing.
_TRY = (
    "import addin, workbook, xlwings.utils; from importlib.metadata import version; print(version('champion-workbook'))"
)
_SECONDS = 60


def version_in(python: Path) -> str:
    """The version of the program that an interpreter has; '' if it does not get that far."""
    try:
        done = subprocess.run(  # noqa: S603 - the interpreter that a button's own settings name
            [str(python), "-B", "-c", _TRY], capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def answer_or_trouble(python: Path, answer_of: Callable[[Path], str], again: str) -> str | Point:
    """The version of the program that an interpreter has, or what keeps it from running it and how to mend that.

    Args:
        python: the interpreter.
        answer_of: asks it for the version; '' if it does not answer.
        again: how to install what names it.
    """
    if not python.exists():
        return Point(False, f"The program is gone from {python}.", f"Install the program again. {again}")
    blocked = f"If a rule of your organisation blocks it, ask for it to be allowed; otherwise install it again. {again}"
    return answer_of(python) or Point(False, f"The program at {python} does not start.", blocked)
