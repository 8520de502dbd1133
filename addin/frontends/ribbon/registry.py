"""What Windows' registry says of Excel: its versions, what blocks macros, and what it switched off.

Sources of the keys: Microsoft's policy templates for Office 2016 (VBAOff, VBAWarnings, RequireAddinSig, Trusted
Locations), and Microsoft's description of the list of disabled items (KB 286017).
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

USER, MACHINE = "HKCU", "HKLM"
#: The versions that have a ribbon, by the number in the registry.
VERSIONS = {
    "12.0": "Excel 2007",
    "14.0": "Excel 2010",
    "15.0": "Excel 2013",
    "16.0": "Excel 2016 or later, or Microsoft 365",
}
_APP_PATH = r"Software\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
_POLICIES = r"Software\Policies\Microsoft\Office"
_OFFICE = r"Software\Microsoft\Office"


class Registry(Protocol):
    """Reads the registry, and deletes a value."""

    def values(self, hive: str, key: str) -> dict[str, Any]:
        """The values of a key by name; none if there is no such key."""

    def keys(self, hive: str, key: str) -> list[str]:
        """The names of the keys beneath a key; none if there is no such key."""

    def delete(self, hive: str, key: str, name: str) -> None:
        """Deletes a value if it is there."""


class WindowsRegistry:
    """The registry of this computer; empty on another system."""

    def values(self, hive: str, key: str) -> dict[str, Any]:
        with self._opened(hive, key) as opened:
            return dict(self._each(opened, "EnumValue")) if opened else {}

    def keys(self, hive: str, key: str) -> list[str]:
        with self._opened(hive, key) as opened:
            return [name for name, _ in self._each(opened, "EnumKey")] if opened else []

    def delete(self, hive: str, key: str, name: str) -> None:
        with self._opened(hive, key, write=True) as opened, contextlib.suppress(OSError):
            if opened:
                self._winreg().DeleteValue(opened, name)

    @staticmethod
    def _winreg() -> Any:
        import importlib

        return importlib.import_module("winreg")

    @contextlib.contextmanager
    def _opened(self, hive: str, key: str, *, write: bool = False) -> Iterator[Any]:
        try:
            winreg = self._winreg()
        except ModuleNotFoundError:
            yield None
            return
        roots = {USER: winreg.HKEY_CURRENT_USER, MACHINE: winreg.HKEY_LOCAL_MACHINE}
        access = winreg.KEY_ALL_ACCESS if write else winreg.KEY_READ | winreg.KEY_WOW64_64KEY
        try:
            opened = winreg.OpenKey(roots[hive], key, 0, access)
        except OSError:
            yield None
            return
        with opened:
            yield opened

    def _each(self, opened: Any, how: str) -> Iterator[tuple[str, Any]]:
        enumerate_one = getattr(self._winreg(), how)
        number = 0
        while True:
            try:
                found = enumerate_one(opened, number)
            except OSError:
                return
            yield (found[0], found[1]) if isinstance(found, tuple) else (found, None)
            number += 1


@dataclass(frozen=True)
class Disabled:
    """An entry of Excel's list of what it switched off: the key it stands in, and its name there."""

    key: str
    name: str


def excel_versions(registry: Registry) -> list[str]:
    """The numbers of the versions of Excel that are installed, the oldest first."""
    found = {
        version
        for version in VERSIONS
        for root in (_OFFICE, r"Software\WOW6432Node\Microsoft\Office")
        if registry.values(MACHINE, rf"{root}\{version}\Excel\InstallRoot").get("Path")
    }
    if not found and any(registry.values(hive, _APP_PATH) for hive in (USER, MACHINE)):
        found = {"16.0"}  # Microsoft 365 from the shop names only the program itself
    return sorted(found, key=float)


def blocking(registry: Registry, version: str) -> list[str]:
    """What keeps macros of the start-up folder from running, each as a phrase about Excel."""
    found = []
    for hive in (USER, MACHINE):
        if registry.values(hive, rf"{_POLICIES}\{version}\Common").get("VBAOff") == 1:
            found.append("a rule of your organisation switches all macros off (VBAOff)")
        policy = rf"{_POLICIES}\{version}\Excel\Security"
        if registry.values(hive, policy).get("RequireAddinSig") == 1:
            found.append("a rule of your organisation allows signed add-ins only (RequireAddinSig)")
        if registry.values(hive, rf"{policy}\Trusted Locations").get("AllLocationsDisabled") == 1:
            found.append("a rule of your organisation switches trusted locations off (AllLocationsDisabled)")
    own = rf"{_OFFICE}\{version}\Excel\Security"
    if registry.values(USER, own).get("RequireAddinSig") == 1:
        found.append("its Trust Center is set to require signed add-ins")
    if registry.values(USER, rf"{own}\Trusted Locations").get("AllLocationsDisabled") == 1:
        found.append("its Trust Center is set to disable all trusted locations")
    return list(dict.fromkeys(found))


def untrusted(registry: Registry, version: str) -> bool:
    """Whether the list of trusted locations was changed so that the start-up folder is no longer on it.

    A list that Excel has not written yet holds the start-up folder.
    """
    key = rf"{_OFFICE}\{version}\Excel\Security\Trusted Locations"
    places = [str(registry.values(USER, rf"{key}\{name}").get("Path", "")) for name in registry.keys(USER, key)]
    return bool(places) and not any("xlstart" in place.casefold() for place in places)


def disabled_items(registry: Registry, file_name: str) -> list[Disabled]:
    """Excel's entries of a file that it switched off, as after a crash; each holds the file's path in UTF-16."""
    wanted = file_name.casefold()
    found = []
    for version in VERSIONS:
        key = rf"{_OFFICE}\{version}\Excel\Resiliency\DisabledItems"
        for name, content in registry.values(USER, key).items():
            if isinstance(content, bytes) and wanted in content.decode("utf-16-le", errors="ignore").casefold():
                found.append(Disabled(key, name))
    return found
