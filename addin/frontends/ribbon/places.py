"""Where Excel and its ribbon look for things, on Windows and on a Mac, for the person signed in."""

from __future__ import annotations

import enum
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from addin.frontends.ribbon.names import ADDIN, CONFIG_FILE, PROJECT
from workbook.model.errors import HostCannot


class System(enum.Enum):
    """The systems that Excel runs on."""

    WINDOWS = "Windows"
    MAC = "macOS"


@dataclass(frozen=True)
class Places:
    """The folders and files of one person on one computer.

    Attributes:
        home: the person's own folder.
        startup: what lies in it Excel opens when it starts; it trusts its macros.
        settings: the file that says where the program is; the ribbon reads it on Windows.
        scripts: where Excel may run AppleScripts from; None on Windows.
        own: the folder of the home folder that is ours, the same on both systems.
        container: the folder that a Mac's Excel makes when it is first started; None on Windows. Earlier versions kept
            their settings there.
        logs: where faults are written.
        roots: names of folders by which a path is written so that it holds on every computer of a roaming profile.
    """

    system: System
    home: Path
    startup: Path
    settings: Path
    scripts: Path | None
    own: Path
    container: Path | None
    logs: Path
    roots: tuple[tuple[str, Path], ...]

    @property
    def addin(self) -> Path:
        """The add-in's own place."""
        return self.startup / ADDIN

    def portable(self, path: Path) -> str:
        """A path as the settings take it: by the name of a folder that each computer knows, if it lies in one.

        So it holds on another computer of the same person, and no accent of a name stands in a file that Excel reads in
        the system's old code page.
        """
        for name, root in self.roots:
            if path.is_relative_to(root):
                return _joined(self.system, name, path.relative_to(root).parts)
        return str(path)

    def settled(self, text: str) -> Path:
        """The path that `portable` wrote."""
        for name, root in self.roots:
            if text.casefold().startswith(name.casefold()):
                rest = text[len(name) :].replace("\\", "/").strip("/")
                return root.joinpath(*rest.split("/")) if rest else root
        return Path(text)


def here(environment: Mapping[str, str] | None = None, platform: str | None = None) -> Places:
    """The places on this computer.

    Args:
        environment: the variables to look into; the process's own by default.
        platform: as `sys.platform`; this computer's by default.

    Raises:
        HostCannot: Excel does not run on this system, or Windows does not say where the person's folders are.
    """
    known = os.environ if environment is None else environment
    platform = platform or sys.platform
    if platform == "win32":
        return _on_windows(known)
    if platform == "darwin":
        return _on_mac(Path(known["HOME"]) if known.get("HOME") else Path.home())
    raise HostCannot(
        "Excel runs on Windows and on a Mac only.",
        next_step="Here use LibreOffice.",
        in_terminal="champions --help",
    )


def _on_windows(known: Mapping[str, str]) -> Places:
    variables = {key.upper(): value for key, value in known.items()}
    missing = [name for name in ("USERPROFILE", "APPDATA", "LOCALAPPDATA") if not variables.get(name)]
    if missing:
        raise HostCannot(
            f"Windows does not say where your folders are: {', '.join(missing)} is not set.",
            next_step="Sign out and in again; if that does not help, ask whoever looks after your computer.",
        )
    home, roaming, local = (Path(variables[name]) for name in ("USERPROFILE", "APPDATA", "LOCALAPPDATA"))
    own = home / f".{PROJECT}"
    return Places(
        system=System.WINDOWS,
        home=home,
        startup=roaming / "Microsoft" / "Excel" / "XLSTART",
        settings=own / CONFIG_FILE,
        scripts=None,
        own=own,
        container=None,
        logs=local / PROJECT / "Logs",
        roots=(("%LOCALAPPDATA%", local), ("%APPDATA%", roaming), ("%USERPROFILE%", home)),
    )


def _on_mac(home: Path) -> Places:
    library = home / "Library"
    office = library / "Group Containers" / "UBF8T346G9.Office"
    return Places(
        system=System.MAC,
        home=home,
        startup=office / "User Content.localized" / "Startup.localized" / "Excel",
        settings=home / f".{PROJECT}" / CONFIG_FILE,
        scripts=library / "Application Scripts" / "com.microsoft.Excel",
        own=home / f".{PROJECT}",
        container=library / "Containers" / "com.microsoft.Excel" / "Data",
        logs=library / "Logs" / PROJECT,
        roots=(("$HOME", home),),
    )


def _joined(system: System, name: str, parts: tuple[str, ...]) -> str:
    return ("\\" if system is System.WINDOWS else "/").join((name, *parts))
