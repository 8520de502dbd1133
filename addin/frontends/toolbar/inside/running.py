"""Runs what was pressed in the program's own Python, beside LibreOffice and not within it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from .settings import Program

#: What may stand in what is pressed.
_PLAIN = re.compile(r"[A-Za-z0-9_:.-]+")
_TRACEBACK = "Traceback (most recent call last)"
#: LibreOffice's own Python is told where its library is; ours must not look there.
_OF_ANOTHER_PYTHON = re.compile(r"PYTHON|__PYVENV")


def is_plain(pressed: str) -> bool:
    """Whether what is pressed can be handed over."""
    return _PLAIN.fullmatch(pressed) is not None


def surroundings(known: Mapping[str, str], own: Mapping[str, str]) -> dict[str, str]:
    """The variables of a press: LibreOffice's without those of its own Python, and ours."""
    kept = {name: value for name, value in known.items() if not _OF_ANOTHER_PYTHON.match(name)}
    kept.update(own)
    return kept


class Ended(NamedTuple):
    """How a press ended: its exit code, None where it could not be started; and why, if it said so in words."""

    code: int | None
    words: str = ""


def press(folder: Path, program: Program, pressed: str, variables: dict[str, str]) -> Ended:
    """Has the program's process that stays do a press, or where that can't be a process of its own.

    Args:
        folder: where the process that stays is found.
        program: the installed program.
        pressed: what was pressed.
        variables: of the press.
    """
    from addin.frontends.toolbar.resident_client import Lost, NotTaken, Resident, ask
    from addin.isolated import PRESS, PRESSED, start_line

    resident = Resident(folder, program.interpreter, program.version, variables)
    try:
        answer = ask(resident, {"pressed": pressed, "variables": variables})
    except NotTaken:
        return run(start_line(program.interpreter, PRESS), {**variables, PRESSED: pressed})
    except Lost:
        return Ended(1)
    return Ended(answer.get("code", 1), answer.get("words", ""))


def run(words: list[str], variables: dict[str, str]) -> Ended:
    """Runs a press in a process of its own to its end."""
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
