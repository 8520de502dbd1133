"""What is right and what is wrong with the toolbar on this computer, and how to fix it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from addin.frontends.interpreter import answer_or_trouble, version_in
from addin.frontends.status_line import Point
from addin.frontends.toolbar.embedded import OF_THE_SYSTEM, finds_its_library
from addin.frontends.toolbar.extensions import Extensions
from addin.frontends.toolbar.inside.settings import read_program
from addin.frontends.toolbar.installing import GET_PYTHON, PYTHON_MISSING
from addin.frontends.toolbar.markup import OLDEST
from addin.frontends.toolbar.names import IDENTIFIER
from addin.frontends.toolbar.places import Office, Places
from workbook.model.errors import ChampionsError

_AGAIN = "Install Champion Workbook again."
_BY_COMMAND = "champions libreoffice install"


def examine(
    places: Places,
    *,
    extensions_of: Callable[[Office], Extensions] = Extensions,
    answer_of: Callable[[Path], str] = version_in,
) -> list[Point]:
    """Looks at everything that a press on the toolbar needs. Nothing is changed.

    Args:
        extensions_of: how a LibreOffice's extensions are reached.
        answer_of: asks an interpreter which version of the program it has; '' if it does not answer.
    """
    try:
        office = places.office()
    except ChampionsError as error:
        return [Point(False, error.what, error.next_step, error.in_terminal)]
    points = [
        *_office(office, places),
        *_python(office, places.path),
        *_extension(office, extensions_of),
        *_program(places, answer_of),
    ]
    return [replace(p, in_terminal=_BY_COMMAND) if p.mend.endswith(_AGAIN) else p for p in points]


def _office(office: Office, places: Places) -> Iterator[Point]:
    number = office.version
    words = ".".join(map(str, number)) if number else "of a version that it does not say"
    oldest = tuple(map(int, OLDEST.split(".")))
    if number is not None and number < oldest:
        yield Point(
            False, f"LibreOffice {words} is too old for the toolbar.", f"Install LibreOffice {OLDEST} or later."
        )
    else:
        yield Point(True, f"LibreOffice {words}: {office.programs}")
    if not office.runs_python:
        yield Point(False, PYTHON_MISSING, GET_PYTHON)
    for phrase in places.sealed:
        yield Point(True, f"LibreOffice is also here {phrase}; the toolbar can't be used in that one.")


def _python(office: Office, path: str) -> Iterator[Point]:
    """Whether a LibreOffice that is started from here finds its own Python, where it shares the system's."""
    if office.platform != "linux" or not office.runs_python or office.pythons[:1] != (OF_THE_SYSTEM,):
        return
    if finds_its_library(path):
        return
    if not finds_its_library(os.defpath):
        yield Point(False, "LibreOffice's Python does not find what it needs to speak to LibreOffice.", GET_PYTHON)
        return
    folder = Path(shutil.which("python3", path=path) or "").parent
    yield Point(
        False,
        f"A LibreOffice that is started from here can't use the toolbar: another Python stands first in the path, in "
        f"{folder}.",
        "Open LibreOffice from the desktop's menu. If its buttons can't be used there either, put that folder last in "
        "PATH where your settings name it (.profile, .bashrc), and sign in again.",
    )


def _extension(office: Office, extensions_of: Callable[[Office], Extensions]) -> Iterator[Point]:
    try:
        found = extensions_of(office).versions().get(IDENTIFIER)
    except ChampionsError as error:
        yield Point(False, error.what, error.next_step, error.in_terminal)
        return
    if found is None:
        yield Point(False, "The toolbar is not installed.", _AGAIN)
    elif found != version("champion-workbook"):
        yield Point(False, f"The toolbar is of version {found}, the program of {version('champion-workbook')}.", _AGAIN)
    else:
        yield Point(True, f"Toolbar: version {found}")


def _program(places: Places, answer_of: Callable[[Path], str]) -> Iterator[Point]:
    program = read_program(places.settings)
    if program is None:
        yield Point(False, "The toolbar is not told where the program is.", _AGAIN)
        return
    python = Path(program.interpreter)
    answer = answer_or_trouble(python, answer_of, _AGAIN)
    if isinstance(answer, Point):
        yield answer
    elif answer != program.version:
        yield Point(False, f"The toolbar was told of version {program.version}; the program there is {answer}.", _AGAIN)
    else:
        yield Point(True, f"Program: version {answer}, started by {python}")
