"""Asks an interpreter which version of the program it has, as a click would find it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

from addin.frontends.status_line import Point
from addin.isolated import PRESS, start_line
from workbook.model.errors import ToolMissing

_SECONDS = 60


def version_in(python: Path) -> str:
    """The version of the program that an interpreter has, started as by a button; '' if it does not get so far."""
    try:
        done = subprocess.run(  # noqa: S603 - the interpreter that a button's own settings name
            start_line(str(python), PRESS, "--version"), capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def refuse_unable(python: Path, answer_of: Callable[[Path], str] | None = None) -> None:
    """Tries the very line that a button will start.

    Args:
        python: the interpreter.
        answer_of: asks it for the version; '' if it does not answer. By default it is run.

    Raises:
        ToolMissing: it can't run the program by itself.
    """
    if not (answer_of or version_in)(python):
        raise ToolMissing(
            "This Python can't run the program when a button starts it. Nothing was changed.",
            where=str(python),
            next_step="A button's Python uses libraries of its own environment alone, not those installed for a person "
            "(pip install --user) or named by PYTHONPATH. Install the program into an environment of its own, as the "
            "readme says, and do this again with that one. If a rule of your organisation blocks it, ask for it to be "
            "allowed.",
        )


def answer_or_trouble(python: Path, answer_of: Callable[[Path], str], again: str) -> str | Point:
    """The version of the program that an interpreter has, or what keeps it from running it and how to fix that.

    Args:
        python: the interpreter.
        answer_of: asks it for the version; '' if it does not answer.
        again: how to install what names it.
    """
    if not python.exists():
        return Point(False, f"The program is gone from {python}.", again)
    blocked = f"If a rule of your organisation blocks it, ask for it to be allowed; otherwise: {again}"
    return answer_of(python) or Point(False, f"The program at {python} does not start.", blocked)
