"""What is installed of LibreOffice's toolbar, where a person has installed it."""

from __future__ import annotations

from addin.excel.registry import WindowsRegistry
from addin.libreoffice.places import Places, here
from addin.libreoffice.status import examine
from addin.points import Point


def examine_toolbar(places: Places | None = None) -> list[Point]:
    """As `champions libreoffice status`; not to have the toolbar is no fault."""
    places = places or here(WindowsRegistry())
    if places.settings.exists():
        return examine(places)
    if places.offices:
        return [Point(True, "The toolbar is not installed. To put it into LibreOffice: champions libreoffice install")]
    return [Point(True, "LibreOffice was not found; only its toolbar needs it.")]
