"""A made-up LibreOffice: its folders on each system, and a tool for extensions that keeps them in a file."""

from __future__ import annotations

from pathlib import Path

from addin.frontends.toolbar.extensions import Extensions
from addin.frontends.toolbar.places import Office, Places, here
from tests.support.ribbon.homes import FakeRegistry

#: As LibreOffice's tool: add FILE, remove IDENTIFIER, list. What it has stands in the file `deployed` beside it.
_TOOL = """#!/bin/sh
here=$(dirname "$0")
if [ -e "$here/refuses" ]; then echo "ERROR: $(cat "$here/refuses")" >&2; exit 1; fi
case "$1" in
  add) for file; do :; done
       version=$(unzip -p "$file" description.xml | sed -n 's/.*<version value="\\([^"]*\\)".*/\\1/p')
       printf 'Identifier: org.champion-workbook.toolbar\\n  Version: %s\\n' "$version" > "$here/deployed" ;;
  remove) rm "$here/deployed" ;;
  list) echo "All deployed user extensions:"; cat "$here/deployed" 2>/dev/null; true ;;
esac
"""
PROGRAMS = {
    "linux": Path("usr/lib/libreoffice/program"),
    "darwin": Path("Applications/LibreOffice.app/Contents/MacOS"),
    "win32": Path("Program Files/LibreOffice/program"),
}


def computer(platform: str, root: Path, *, version: str = "7.4", python: bool = True) -> Places:
    """A computer with LibreOffice, as a person on it sees it."""
    programs = root / PROGRAMS[platform]
    office = Office(programs, platform)
    programs.mkdir(parents=True)
    office.unopkg.write_text(_TOOL, encoding="utf-8")
    office.unopkg.chmod(0o755)
    office.resources.mkdir(exist_ok=True)
    name = "bootstrap.ini" if platform == "win32" else "bootstraprc"
    (office.resources / name).write_text(f"[Bootstrap]\nProductKey=LibreOffice {version}\n", encoding="utf-8")
    if python:
        (programs / "pythonloader.py").touch()
    return look(platform, root)


def look(platform: str, root: Path) -> Places:
    """What is found on that computer."""
    home = root / "home" / "Zoë Müller-Ångström"
    home.mkdir(parents=True, exist_ok=True)
    known = {"HOME": str(home), "PATH": "", "USERPROFILE": str(home), "APPDATA": str(home / "Roaming")}
    registry = FakeRegistry()
    if platform == "win32" and (root / PROGRAMS[platform]).exists():
        # Under its default value, a key of Windows' registry has no name.
        registry.set("HKLM", r"Software\LibreOffice\UNO\InstallPath", **{"": str(root / PROGRAMS[platform])})
    return here(registry, known, platform, root)


def extensions_of(office: Office) -> Extensions:
    """Its extensions, reached as any person reaches them."""
    return Extensions(office, administrator=False)


def deployed(places: Places) -> str:
    """What its tool holds."""
    file = places.office().programs / "deployed"
    return file.read_text(encoding="utf-8") if file.exists() else ""


def refuse(places: Places, words: str) -> None:
    """Has its tool refuse everything, with these words."""
    (places.office().programs / "refuses").write_text(words, encoding="utf-8")
