"""Homes for tests: the folders of a person on Windows and on a Mac, and a registry, all made up."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from addin.frontends.ribbon.places import Places, System, here

NAME = "Zoë Müller-Ångström"


def windows_home(root: Path, name: str = NAME, roaming: Path | None = None) -> Places:
    """A profile on Windows; `roaming` is that part of it which another computer brought."""
    profile = root / "Users" / name
    local = profile / "AppData" / "Local"
    local.mkdir(parents=True)
    known = {
        "UserProfile": str(profile),
        "APPDATA": str(roaming or profile / "AppData" / "Roaming"),
        "LOCALAPPDATA": str(local),
    }
    return here(known, "win32")


def mac_home(root: Path, name: str = "zoe", *, started: bool = True) -> Places:
    """A home on a Mac; `started` whether Excel was ever started there."""
    home = root / "Users" / name
    home.mkdir(parents=True)
    places = here({"HOME": str(home)}, "darwin")
    if started:
        places.container.mkdir(parents=True)
    return places


def home_of(system: System, root: Path) -> Places:
    return windows_home(root) if system is System.WINDOWS else mac_home(root)


@dataclass
class FakeRegistry:
    """A registry: values by (hive, key)."""

    content: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)

    def set(self, hive: str, key: str, **values: Any) -> FakeRegistry:
        self.content.setdefault((hive, key.casefold()), {}).update(values)
        return self

    def values(self, hive: str, key: str) -> dict[str, Any]:
        return dict(self.content.get((hive, key.casefold()), {}))

    def keys(self, hive: str, key: str) -> list[str]:
        start = key.casefold() + "\\"
        under = [k[len(start) :] for h, k in self.content if h == hive and k.startswith(start)]
        return sorted({name.split("\\")[0] for name in under})

    def delete(self, hive: str, key: str, name: str) -> None:
        self.content.get((hive, key.casefold()), {}).pop(name, None)


def with_excel(*versions: str) -> FakeRegistry:
    """A registry of a computer with these versions of Excel."""
    registry = FakeRegistry()
    for version in versions or ("16.0",):
        registry.set("HKLM", rf"Software\Microsoft\Office\{version}\Excel\InstallRoot", Path=r"C:\Office")
    return registry


def disabled_item(path: str) -> bytes:
    """An entry of Excel's list of disabled items: a kind, two lengths, the path and a description in UTF-16."""
    first, second = (f"{text}\0".encode("utf-16-le") for text in (path.lower(), "champions"))
    numbers = (1).to_bytes(4, "little") + len(first).to_bytes(4, "little") + len(second).to_bytes(4, "little")
    return numbers + first + second
