"""Puts the toolbar into LibreOffice and tells it where this program is; takes both away again.

All of it is for the person signed in. The settings come first, so that no toolbar appears whose program can't be found;
they are put back as they were if LibreOffice refuses the toolbar.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable
from importlib.metadata import version
from importlib.resources import as_file, files
from pathlib import Path

from addin.frontends.interpreter import refuse_unable
from addin.frontends.toolbar.extensions import Extensions
from addin.frontends.toolbar.inside.settings import Program, read_program, settings_text
from addin.frontends.toolbar.names import EXTENSION, IDENTIFIER
from addin.frontends.toolbar.places import Office, Places
from addin.frontends.toolbar.resident_client.rendezvous import NOTE
from addin.output.write_file import write_new
from workbook.model.errors import BookNotWritable, ToolMissing

#: What some Linux distributions leave out, and how to get it.
PYTHON_MISSING = "This LibreOffice has no Python for its extensions."
GET_PYTHON = (
    "Install it: on Debian and Ubuntu sudo apt install python3-uno, on Fedora sudo dnf install libreoffice-pyuno."
)
_RESTART = "Close every window of LibreOffice and open it again; the toolbar Champions then stands above the sheet."


def install(
    places: Places,
    interpreter: Path | None = None,
    extensions_of: Callable[[Office], Extensions] = Extensions,
    answer_of: Callable[[Path], str] | None = None,
) -> tuple[str, ...]:
    """Installs the toolbar for this program, and says in order what was done.

    Args:
        interpreter: the Python that presses start; the one that runs now by default.
        extensions_of: how a LibreOffice's extensions are reached.
        answer_of: asks the Python which version of the program it has, '' if it does not answer; by default it is run.

    Raises:
        ToolMissing: there is no LibreOffice that can be used, it refuses the toolbar, or the Python can't run the
            program; nothing was changed.
        BookBusy: LibreOffice does not answer; nothing was changed.
        BookNotWritable: the settings can't be written; nothing was changed.
    """
    office = places.office()
    if not office.runs_python:
        raise ToolMissing(PYTHON_MISSING, where=str(office.programs), next_step=f"{GET_PYTHON} Then do this again.")
    if not files("addin.frontends.toolbar").joinpath(EXTENSION).is_file():
        raise ToolMissing(
            "The toolbar is missing from this program.",
            where=str(files("addin.frontends.toolbar")),
            next_step="Install the program again.",
        )
    python = interpreter or Path(sys.executable)
    refuse_unable(python, answer_of)
    before = places.settings.read_bytes() if places.settings.exists() else None
    text = settings_text(Program(str(python), version("champion-workbook")))
    write_new(places.settings, text.encode(), replace=True)
    try:
        with as_file(files("addin.frontends.toolbar") / EXTENSION) as extension:
            extensions_of(office).add(extension)
    except BaseException:
        _put_back(places.settings, before)
        raise
    return f"The toolbar is in place, in LibreOffice at {office.programs}", f"It calls: {python}", _RESTART


def remove(places: Places, extensions_of: Callable[[Office], Extensions] = Extensions) -> tuple[str, ...]:
    """Takes away what `install` put there, and nothing else; says what was done.

    Raises:
        ToolMissing: LibreOffice keeps the toolbar; nothing was changed.
        BookBusy: LibreOffice does not answer; nothing was changed.
        BookNotWritable: the settings can't be deleted.
    """
    ours = read_program(places.settings) is not None
    there = ours
    if places.offices:
        extensions = extensions_of(places.office())
        if IDENTIFIER in extensions.versions():
            extensions.remove(IDENTIFIER)
            there = True
    with contextlib.suppress(OSError):
        (places.kept / NOTE).unlink()  # the process that stays ends when it isn't found any more
    if ours:
        _delete(places.settings)
    stay = []
    if places.settings.exists():
        stay = [f"A file that does not hold this program's settings was left where it is: {places.settings}"]
    if not there:
        return ("The toolbar is not installed; nothing was changed.", *stay)
    return ("The toolbar is taken out of LibreOffice. If LibreOffice is open now, it goes when you close it.", *stay)


def _delete(settings: Path) -> None:
    try:
        settings.unlink(missing_ok=True)
    except OSError as error:
        raise BookNotWritable(
            f"The settings could not be deleted: {error.strerror or error}.",
            where=str(settings),
            next_step="Delete that file yourself.",
        ) from error


def _put_back(place: Path, before: bytes | None) -> None:
    with contextlib.suppress(OSError, BookNotWritable):
        if before is None:
            place.unlink(missing_ok=True)
        else:
            write_new(place, before, replace=True)
