"""Runs what was pressed in the program's own Python, beside LibreOffice and not within it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from typing import NamedTuple

#: What may stand in what is pressed: it becomes part of a line of Python.
_PLAIN = re.compile(r"[A-Za-z0-9_:.-]+")
#: LibreOffice's own Python is told where its library is; ours must not look there.
_TRACEBACK = "Traceback (most recent call last)"
_OF_ANOTHER_PYTHON = re.compile(r"PYTHON|__PYVENV")


def is_plain(pressed: str) -> bool:
    """Whether what is pressed can be handed over."""
    return _PLAIN.fullmatch(pressed) is not None


def command_line(interpreter: str, statement: str, mark: str, pressed: str) -> list[str]:
    """The words that start a press.

    Raises:
        ValueError: what is pressed can't be handed over.
    """
    if not is_plain(pressed):
        raise ValueError(pressed)
    return [interpreter, "-B", "-c", statement.replace(mark, pressed)]


def surroundings(known: Mapping[str, str], own: Mapping[str, str]) -> dict[str, str]:
    """The variables of a press: LibreOffice's without those of its own Python, and ours."""
    kept = {name: value for name, value in known.items() if not _OF_ANOTHER_PYTHON.match(name)}
    kept.update(own)
    return kept


class Ended(NamedTuple):
    """How a press ended: its exit code, None where it could not be started; and why, if it said so in words."""

    code: int | None
    words: str = ""


def run(words: list[str], variables: dict[str, str]) -> Ended:
    """Runs a press to its end."""
    try:
        done = subprocess.run(  # noqa: S603 - the program that this person's own settings name
            words,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            check=False,
        )
    except OSError:
        return Ended(None)
    said = done.stderr.decode("utf-8", "replace").strip()
    return Ended(done.returncode, "" if _TRACEBACK in said else said)
