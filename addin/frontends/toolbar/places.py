"""Where LibreOffice is on this computer, and where the person's settings for the toolbar are."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from addin.frontends.ribbon.registry import MACHINE, USER, Registry
from addin.frontends.toolbar.inside.settings import settings_place, state_place
from workbook.model.errors import ToolMissing

_INSTALLED = r"Software\LibreOffice\UNO\InstallPath"
_VERSION = re.compile(r"^ProductKey=LibreOffice (\d+)\.(\d+)", re.MULTILINE)
_FLATPAK = "app/org.libreoffice.LibreOffice"


@dataclass(frozen=True)
class Office:
    """A LibreOffice on this computer.

    Attributes:
        programs: the folder with its programs.
        platform: as `sys.platform`.
    """

    programs: Path
    platform: str

    @property
    def unopkg(self) -> Path:
        """Its own tool for extensions."""
        return self.programs / ("unopkg.com" if self.platform == "win32" else "unopkg")

    @property
    def soffice(self) -> Path:
        """LibreOffice itself."""
        return self.programs / ("soffice.exe" if self.platform == "win32" else "soffice")

    @property
    def resources(self) -> Path:
        """The folder of what is no program: beside the programs, but on a Mac."""
        return self.programs.parent / "Resources" if self.platform == "darwin" else self.programs

    @property
    def version(self) -> tuple[int, int] | None:
        """Its version, such as (7, 4); None where it does not say."""
        name = "bootstrap.ini" if self.platform == "win32" else "bootstraprc"
        try:
            found = _VERSION.search((self.resources / name).read_text(encoding="utf-8", errors="replace"))
        except OSError:
            return None
        return (int(found[1]), int(found[2])) if found else None

    @property
    def pythons(self) -> tuple[Path, ...]:
        """The interpreters that can speak to it, its own first."""
        own = (self.programs / "python.exe", self.programs / "python", self.resources / "python")
        return tuple(python for python in (*own, Path("/usr/bin/python3")) if python.exists())

    @property
    def runs_python(self) -> bool:
        """Whether it can run Python's extensions; Linux distributions have that in a package of its own."""
        return self.platform != "linux" or (self.programs / "pythonloader.py").exists()


@dataclass(frozen=True)
class Places:
    """What is on this computer.

    Attributes:
        offices: every LibreOffice whose extensions can reach the program, the one that is found first being used.
        sealed: those that are shut off from other programs, each as a phrase.
        settings: the file that tells the toolbar where the program is.
        kept: the folder by which the process that stays is found.
        path: where a LibreOffice that is started from here looks for programs, Python among them.
    """

    offices: tuple[Office, ...]
    sealed: tuple[str, ...]
    settings: Path
    kept: Path
    path: str = ""

    def office(self) -> Office:
        """The LibreOffice to use; all of one person's share their extensions.

        Raises:
            ToolMissing: there is none that can be used.
        """
        if self.offices:
            return self.offices[0]
        if self.sealed:
            raise ToolMissing(
                f"LibreOffice is here {self.sealed[0]}, where its extensions can't start another program.",
                next_step="Install LibreOffice from libreoffice.org or your distribution's own packages, then do this "
                "again.",
            )
        raise ToolMissing(
            "LibreOffice was not found on this computer.",
            next_step="Install it from libreoffice.org, then do this again.",
        )


def here(
    registry: Registry,
    environment: Mapping[str, str] | None = None,
    platform: str | None = None,
    root: Path | None = None,
) -> Places:
    """What is on this computer.

    Args:
        registry: Windows' registry; looked into there alone.
        environment: the variables to look into; the process's own by default.
        platform: as `sys.platform`; this computer's by default.
        root: where the file system begins; another folder in tests.
    """
    known = os.environ if environment is None else environment
    platform = platform or sys.platform
    root = root or Path("/")
    looks = {"win32": lambda: _on_windows(registry, known), "darwin": lambda: _on_mac(known, root)}
    folders = looks.get(platform, lambda: _on_linux(known, root))()
    offices = dict.fromkeys(Office(folder, platform) for folder in folders)
    usable = tuple(office for office in offices if office.unopkg.exists() and not _from_the_shop(office))
    sealed = [*_sealed(known, root, platform)]
    sealed += ["from the App Store"] if any(_from_the_shop(office) for office in offices) else []
    kept, path = state_place(known, platform), known.get("PATH", "")
    return Places(usable, tuple(sealed), settings_place(known, platform), kept, path)


def _on_windows(registry: Registry, known: Mapping[str, str]) -> Iterator[Path]:
    for hive in (USER, MACHINE):
        place = registry.values(hive, _INSTALLED).get("")
        if place:
            yield Path(str(place))
    for variable in ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)"):
        if known.get(variable):
            yield Path(known[variable]) / "LibreOffice" / "program"


def _on_mac(known: Mapping[str, str], root: Path) -> Iterator[Path]:
    for folder in (root / "Applications", Path(known.get("HOME", "~")) / "Applications"):
        yield folder / "LibreOffice.app" / "Contents" / "MacOS"


def _on_linux(known: Mapping[str, str], root: Path) -> Iterator[Path]:
    for folder in known.get("PATH", "").split(os.pathsep):
        for name in ("soffice", "libreoffice"):
            program = Path(folder) / name
            if folder and program.exists():
                yield program.resolve().parent
    yield root / "usr/lib/libreoffice/program"
    yield root / "usr/lib64/libreoffice/program"
    for folder_of_one in sorted((root / "opt").glob("libreoffice*"), reverse=True):
        yield folder_of_one / "program"


def _sealed(known: Mapping[str, str], root: Path, platform: str) -> Iterator[str]:
    if platform != "linux":
        return
    home = Path(known.get("HOME", "~"))
    if any((place / _FLATPAK).exists() for place in (root / "var/lib/flatpak", home / ".local/share/flatpak")):
        yield "as a Flatpak"
    if (root / "snap/libreoffice").exists():
        yield "as a Snap"


def _from_the_shop(office: Office) -> bool:
    return office.platform == "darwin" and (office.programs.parent / "_MASReceipt").exists()
