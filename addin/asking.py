"""Asks an interpreter which version of the program it has, as a click would find it."""

from __future__ import annotations

import subprocess
from pathlib import Path

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
