"""Puts the add-in into Excel's start-up folder and tells it where this program is; takes both away again.

Everything is written for the person signed in. Either all of it is done or nothing: what was written is put back as it
was if a later step fails. The add-in itself comes last, so that no ribbon appears whose program can't be found.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Self

from addin.frontends.interpreter import refuse_unable
from addin.frontends.ribbon.mac_script import SCRIPT, script_text
from addin.frontends.ribbon.names import ADDIN, INTERPRETER_WINDOWS, PROGRAM_VERSION
from addin.frontends.ribbon.ours import is_our_addin, is_our_script, is_our_wrapper, is_workbook
from addin.frontends.ribbon.places import Places, System
from addin.frontends.ribbon.registry import Registry, disabled_items
from addin.frontends.ribbon.settings import read_settings, settings_text
from addin.output.write_file import write_new
from workbook.model.errors import BookBusy, BookNotWritable, ChampionsError, ToolMissing

INTERPRETER = {System.WINDOWS: INTERPRETER_WINDOWS, System.MAC: "INTERPRETER_MAC"}
#: Of earlier versions, which went xlwings' way: its version, whether we had put its AppleScript there, and the script
#: of ours that named the interpreter without blanks.
_XLWINGS_VERSION, _OWN_SCRIPT, _WRAPPER = "CHAMPIONS_XLWINGS", "CHAMPIONS_SCRIPT", "python"
_FORMER = ("ADD_WORKBOOK_TO_PYTHONPATH", _XLWINGS_VERSION, _OWN_SCRIPT)
_OURS = (*INTERPRETER.values(), PROGRAM_VERSION, *_FORMER)


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
        return files("addin.frontends.ribbon").joinpath(ADDIN).read_bytes()
    except OSError as error:
        raise ToolMissing(
            "The add-in is missing from this program.",
            where=str(files("addin.frontends.ribbon")),
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
        BookNotWritable: a folder may not be written to, or somebody else's file has a name of ours there; nothing was
            changed.
        ToolMissing: the add-in that came with this program is gone, or the Python can't run it; on a Mac, Excel was
            never started.
    """
    content = packaged()
    _refuse_unstarted(places)
    python = _without_console(interpreter or Path(sys.executable))
    named = _nameable(places, python)
    refuse_unable(python, answer_of)
    known = read_settings(places.settings, places.system)
    _refuse_foreign(places, known)
    with _Undoable() as changes:
        settings = {name: value for name, value in known.items() if name not in _FORMER} | {
            INTERPRETER[places.system]: named,
            PROGRAM_VERSION: version("champion-workbook"),
        }
        if places.scripts is not None:
            changes.write(places.scripts / SCRIPT, script_text(python, places.logs))
            _clear_former(places, changes)
        changes.write(places.settings, settings_text(settings, places.system, python))
        fresh = not places.addin.exists()
        _write_addin(places.addin, content, changes)
    lines = [f"The ribbon is in place: {places.addin}", f"It calls: {python}"]
    if _released(registry):
        lines.append("Excel had switched the ribbon off, as it does after a crash; it is on again.")
    lines.append("Start Excel: the tab Champions stands beside Home. If Excel is open now, close and open it again.")
    if not fresh:
        lines[0] = f"The ribbon was brought up to date: {places.addin}"
    return Installed(tuple(lines))


def _refuse_unstarted(places: Places) -> None:
    if places.container is not None and not places.container.is_dir():
        # A sandbox's folder that another program made is not taken by Excel.
        raise ToolMissing(
            "Excel was never started by you, or is not installed.",
            where=str(places.container),
            next_step="Start Excel once and quit it, then do this again.",
        )


def _released(registry: Registry) -> bool:
    """Whether Excel had switched the ribbon off; it is then on again."""
    items = disabled_items(registry, ADDIN)
    for item in items:
        registry.delete("HKCU", item.key, item.name)
    return bool(items)


def _refuse_foreign(places: Places, settings: Mapping[str, str]) -> None:
    for foreign in _foreign(places, settings):
        raise BookNotWritable(
            f"There is another file called {foreign.name} that this program did not put there. Nothing was changed.",
            where=str(foreign),
            next_step="Move it away or give it another name, then do this again.",
        )


def _foreign(places: Places, settings: Mapping[str, str]) -> Iterator[Path]:
    """Files of others that have the names of ours. What is no workbook at all is ours if the settings say we are in."""
    content = _content(places.addin)
    if content is not None and not is_our_addin(content) and (is_workbook(content) or PROGRAM_VERSION not in settings):
        yield places.addin
    if places.scripts is not None:
        script = places.scripts / SCRIPT
        content = _content(script)
        if content is not None and not is_our_script(content):
            yield script


def _content(place: Path) -> bytes | None:
    """A file's content; None where there is none."""
    if not place.exists():
        return None
    try:
        return place.read_bytes()
    except OSError as error:
        raise BookNotWritable(
            f"The file could not be read: {error.strerror or error}.", where=str(place), next_step="Move it away."
        ) from error


def _without_console(python: Path) -> Path:
    """On Windows the interpreter that shows no black window, where it lies beside."""
    other = python.with_name("pythonw.exe")
    return other if python.name.casefold() == "python.exe" and other.exists() else python


def _nameable(places: Places, python: Path) -> str:
    """How the settings name the interpreter.

    Raises:
        BookNotWritable: Windows would take a part of the name for a variable.
    """
    named = places.portable(python)
    rest = named.removeprefix(next((name for name, _ in places.roots if named.startswith(name)), ""))
    if places.system is System.WINDOWS and "%" in rest:
        raise BookNotWritable(
            "Excel can't start a program from a folder whose name holds a percent sign.",
            where=str(python),
            next_step="Install the program in a folder without one, then do this again.",
        )
    return named


def remove(places: Places) -> Installed:
    """Takes away what `install` put there, and nothing else.

    Raises:
        BookBusy: Excel is open and holds the add-in.
        BookNotWritable: a folder may not be written to; nothing was changed.
    """
    settings = read_settings(places.settings, places.system)
    foreign = tuple(_foreign(places, settings))
    there = not set(_OURS).isdisjoint(settings) or (places.addin.exists() and places.addin not in foreign)
    with _Undoable() as changes:
        if places.addin not in foreign:
            _delete_addin(places.addin, changes)
        _keep_others(places, places.settings, changes)
        if places.scripts is not None:
            if places.scripts / SCRIPT not in foreign:
                changes.delete(places.scripts / SCRIPT)
            _clear_former(places, changes)
    with contextlib.suppress(OSError):
        places.own.rmdir()
    stay = tuple(f"Another file called {file.name} was left where it is: {file}" for file in foreign)
    if not there:
        return Installed(("The ribbon is not installed; nothing was changed.", *stay))
    return Installed(("The ribbon is taken out of Excel. If Excel is open now, it goes when you close Excel.", *stay))


def _keep_others(places: Places, place: Path, changes: _Undoable) -> None:
    """Takes our settings out of a file, which goes with the last of them."""
    settings = read_settings(place, places.system)
    kept = {name: value for name, value in settings.items() if name not in _OURS}
    if kept == settings:
        return
    if kept:
        changes.write(place, settings_text(kept, places.system, place))
    else:
        changes.delete(place)


def _clear_former(places: Places, changes: _Undoable) -> None:
    """Takes away what earlier versions put onto a Mac; a ribbon of theirs that is still open then says what to do."""
    if places.scripts is None or places.container is None:
        return
    former = places.container / places.settings.name
    settings = read_settings(former, places.system)
    if settings.get(_OWN_SCRIPT):
        changes.delete(places.scripts / f"xlwings-{settings.get(_XLWINGS_VERSION, '')}.applescript")
    _keep_others(places, former, changes)
    wrapper = places.own / _WRAPPER
    if wrapper.is_file() and is_our_wrapper(wrapper.read_bytes()):
        changes.delete(wrapper)


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

    def write(self, path: Path, content: bytes) -> None:
        """Writes a file whole.

        Raises:
            BookNotWritable: it can't be written.
        """
        self._note(path)
        write_new(path, content, replace=True)

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
