"""Where the program is on this person's computer: written when the toolbar is installed, read at each press."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

_FOLDER, _NAME = "champions", "libreoffice.json"
_MEND = "Install Champion Workbook again. Then press again."


class _Kind(NamedTuple):
    """A kind of folder: the variable that names it, and where it usually is in the person's home."""

    windows: tuple[str, str]
    unix: tuple[str, str]


_SETTINGS = _Kind(("APPDATA", "AppData/Roaming"), ("XDG_CONFIG_HOME", ".config"))
_STATE = _Kind(("LOCALAPPDATA", "AppData/Local"), ("XDG_STATE_HOME", ".local/state"))


class Program(NamedTuple):
    """The installed program: the Python that has it, and its version."""

    interpreter: str
    version: str


class Trouble(NamedTuple):
    """Why nothing can be run, and how to fix it, in words for a person."""

    words: str
    mend: str


def settings_place(environment: Mapping[str, str] | None = None, platform: str | None = None) -> Path:
    """The file of settings of the person signed in.

    Args:
        environment: the variables to look into; the process's own by default.
        platform: as `sys.platform`; this computer's by default.
    """
    return _own_folder(_SETTINGS, environment, platform) / _NAME


def state_place(environment: Mapping[str, str] | None = None, platform: str | None = None) -> Path:
    """The folder of what the program keeps while it runs for the person signed in; arguments as `settings_place`."""
    return _own_folder(_STATE, environment, platform) / "resident"


def agent_place(environment: Mapping[str, str] | None = None, platform: str | None = None) -> Path:
    """The folder in which agents listen for the person signed in; arguments as `settings_place`."""
    return _own_folder(_STATE, environment, platform) / "agent"


def _own_folder(kind: _Kind, environment: Mapping[str, str] | None, platform: str | None) -> Path:
    """Our folder among the person's own of a kind."""
    known = os.environ if environment is None else environment
    platform = platform or sys.platform
    home = Path(known.get("USERPROFILE" if platform == "win32" else "HOME") or os.path.expanduser("~"))  # noqa: PTH111
    if platform == "darwin":
        return home / "Library" / "Application Support" / _FOLDER
    variable, usual = kind.windows if platform == "win32" else kind.unix
    return Path(known.get(variable) or home / usual) / _FOLDER


def settings_text(program: Program) -> str:
    """What stands in the file of settings."""
    return json.dumps(program._asdict(), indent=2) + "\n"


def read_program(place: Path) -> Program | None:
    """The installed program as the settings say; None where there are none, or none that can be read."""
    try:
        known: dict[str, str] = json.loads(place.read_text(encoding="utf-8"))
        return Program(str(known["interpreter"]), str(known["version"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def find_program(place: Path, version: str) -> Program | Trouble:
    """The program that a press starts, or why there is none.

    Args:
        version: the version that the toolbar belongs to.
    """
    program = read_program(place)
    if program is None:
        return Trouble("Champion Workbook is not installed for you on this computer, only its toolbar is.", _MEND)
    if not Path(program.interpreter).exists():
        return Trouble(
            f"Champion Workbook was not found at {program.interpreter}. It was moved or deleted.",
            _MEND,
        )
    if program.version != version:
        return Trouble(
            f"The toolbar is of version {version}, the program of version {program.version}.",
            _MEND,
        )
    return program
