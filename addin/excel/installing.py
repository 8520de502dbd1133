"""Puts the add-in into Excel's start-up folder and tells it where this program is; takes both away again.

Everything is written for the person signed in. Either all of it is done or nothing: what was written is put back as it
was if a later step fails. The add-in itself comes last, so that no ribbon appears whose program can't be found.
"""

from __future__ import annotations

import contextlib
import shlex
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.metadata import version
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Self

from addin.asking import refuse_unable
from addin.excel.names import ADDIN
from addin.excel.places import Places, System
from addin.excel.registry import Registry, disabled_items
from addin.excel.settings import read_settings, settings_text
from addin.files import write_new
from workbook.errors import BookBusy, BookNotWritable, ChampionsError, ToolMissing

INTERPRETER = {System.WINDOWS: "INTERPRETER_WIN", System.MAC: "INTERPRETER_MAC"}
PROGRAM_VERSION, XLWINGS_VERSION = "CHAMPIONS_VERSION", "CHAMPIONS_XLWINGS"
#: Set if the AppleScript was put there by us; another add-in that uses xlwings needs it too.
OWN_SCRIPT = "CHAMPIONS_SCRIPT"
_WRAPPER = "python"


@dataclass(frozen=True)
class Installed:
    """What an installation did, for people: the lines say it in order."""

    lines: tuple[str, ...]


def packaged() -> bytes:
    """The add-in that came with this program.

    Raises:
        ToolMissing: the file is gone, as when an antivirus program took it.
    """
    try:
        return files("addin.excel").joinpath(ADDIN).read_bytes()
    except OSError as error:
        raise ToolMissing(
            "The add-in is missing from this program.",
            where=str(files("addin.excel")),
            next_step="If an antivirus program took it, have it released there. Otherwise install the program again.",
        ) from error


def install(
    places: Places, registry: Registry, interpreter: Path | None = None, answer_of: Callable[[Path], str] | None = None
) -> Installed:
    """Installs the add-in for this program.

    Args:
        interpreter: the Python that clicks start; the one that runs now by default.
        answer_of: asks it which version of the program it has, '' if it does not answer; by default it is run.

    Raises:
        BookBusy: Excel is open and holds the add-in.
        BookNotWritable: a folder may not be written to; nothing was changed.
        ToolMissing: the add-in that came with this program is gone, or the Python can't run it; on a Mac, Excel was
            never started.
    """
    content = packaged()
    _refuse_unstarted(places)
    python = interpreter or Path(sys.executable)
    refuse_unable(python, answer_of)
    with _Undoable() as changes:
        settings = read_settings(places.settings, places.system) | {
            INTERPRETER[places.system]: _reachable(places, python, changes),
            "ADD_WORKBOOK_TO_PYTHONPATH": "False",
            PROGRAM_VERSION: version("champion-workbook"),
            XLWINGS_VERSION: version("xlwings"),
        }
        if places.scripts is not None and _put_script(places.scripts, changes):
            settings[OWN_SCRIPT] = "True"
        changes.write(places.settings, settings_text(settings, places.system, python))
        fresh = not places.addin.exists()
        _write_addin(places.addin, content, changes)
    lines = [f"The ribbon is in place: {places.addin}", f"It calls: {python}"]
    released = disabled_items(registry, ADDIN)
    for item in released:
        registry.delete("HKCU", item.key, item.name)
    if released:
        lines.append("Excel had switched the ribbon off, as it does after a crash; it is on again.")
    lines.append("Start Excel: the tab Champions stands beside Home. If Excel is open now, close and open it again.")
    if not fresh:
        lines[0] = f"The ribbon was brought up to date: {places.addin}"
    return Installed(tuple(lines))


def _refuse_unstarted(places: Places) -> None:
    if places.system is System.MAC and not places.settings.parent.is_dir():
        # A sandbox's folder that another program made is not taken by Excel.
        raise ToolMissing(
            "Excel was never started by you, or is not installed.",
            where=str(places.settings.parent),
            next_step="Start Excel once and quit it, then do this again.",
        )


def remove(places: Places) -> Installed:
    """Takes away what `install` put there, and nothing else.

    Raises:
        BookBusy: Excel is open and holds the add-in.
        BookNotWritable: a folder may not be written to; nothing was changed.
    """
    settings = read_settings(places.settings, places.system)
    there = places.addin.exists() or bool(settings)
    with _Undoable() as changes:
        _delete_addin(places.addin, changes)
        ours = (*INTERPRETER.values(), "ADD_WORKBOOK_TO_PYTHONPATH", PROGRAM_VERSION, XLWINGS_VERSION, OWN_SCRIPT)
        kept = {name: value for name, value in settings.items() if name not in ours}
        if kept:
            changes.write(places.settings, settings_text(kept, places.system, places.settings))
        else:
            changes.delete(places.settings)
        if places.scripts is not None and settings.get(OWN_SCRIPT):
            changes.delete(places.scripts / _script_name(settings.get(XLWINGS_VERSION, version("xlwings"))))
        changes.delete(places.own / _WRAPPER)
    with contextlib.suppress(OSError):
        places.own.rmdir()
    if not there:
        return Installed(("The ribbon is not installed; nothing was changed.",))
    return Installed(("The ribbon is taken out of Excel. If Excel is open now, it goes when you close Excel.",))


def script_shipped() -> Path:
    """The AppleScript that xlwings ships for its version.

    Raises:
        ToolMissing: xlwings is not installed, or is not whole.
    """
    spec = find_spec("xlwings")
    place = Path(spec.origin).with_name(_script_name(version("xlwings"))) if spec and spec.origin else None
    if place is None or not place.exists():
        raise ToolMissing(
            "xlwings is not installed as it should be.", where="this Python", next_step="Install the program again."
        )
    return place


def _script_name(of: str) -> str:
    return f"xlwings-{of}.applescript"


def _put_script(folder: Path, changes: _Undoable) -> bool:
    """Puts the AppleScript there; whether it was not there before."""
    shipped = script_shipped()
    place = folder / shipped.name
    fresh = not place.exists()
    changes.write(place, shipped.read_bytes())
    return fresh


def _reachable(places: Places, python: Path, changes: _Undoable) -> str:
    """How the settings name the interpreter.

    On a Mac xlwings' script names it to the shell without quotation marks: a path with blanks is reached by a script of
    ours whose own path has none.
    """
    if python.name.casefold() == "pythonw.exe":
        python = python.with_name("python.exe")
    if places.system is System.WINDOWS or shlex.quote(str(python)) == str(python):
        return places.portable(python)
    wrapper = places.own / _WRAPPER
    changes.write(wrapper, f'#!/bin/sh\nexec {shlex.quote(str(python))} "$@"\n'.encode(), executable=True)
    return places.portable(wrapper)


def _write_addin(place: Path, content: bytes, changes: _Undoable) -> None:
    if place.exists() and place.read_bytes() == content:
        return
    try:
        changes.write(place, content)
    except BookNotWritable as error:
        if isinstance(error.__cause__, PermissionError) and place.exists():
            raise _held(place) from error
        raise


def _delete_addin(place: Path, changes: _Undoable) -> None:
    try:
        changes.delete(place)
    except BookNotWritable as error:
        if isinstance(error.__cause__, PermissionError):
            raise _held(place) from error
        raise


def _held(place: Path) -> BookBusy:
    return BookBusy(
        "Excel is open and holds the ribbon. Nothing was changed.",
        where=str(place),
        next_step="Close every window of Excel, then do this again.",
    )


@dataclass
class _Undoable:
    """Writes and deletes files, and puts all of them back as they were if the block ends with an error."""

    _before: list[tuple[Path, bytes | None]] = field(default_factory=list)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if error is None:
            return
        for path, content in reversed(self._before):
            with contextlib.suppress(OSError, ChampionsError):
                if content is None:
                    path.unlink(missing_ok=True)
                else:
                    write_new(path, content, replace=True)

    def write(self, path: Path, content: bytes, *, executable: bool = False) -> None:
        """Writes a file whole.

        Raises:
            BookNotWritable: it can't be written.
        """
        self._note(path)
        write_new(path, content, replace=True)
        if executable:
            path.chmod(0o755)

    def delete(self, path: Path) -> None:
        """Deletes a file if it is there.

        Raises:
            BookNotWritable: it can't be deleted.
        """
        self._note(path)
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise BookNotWritable(
                f"The file could not be deleted: {error.strerror or error}.",
                where=str(path),
                next_step="Close Excel and try again.",
            ) from error

    def _note(self, path: Path) -> None:
        try:
            self._before.append((path, path.read_bytes()))
        except OSError:
            self._before.append((path, None))
