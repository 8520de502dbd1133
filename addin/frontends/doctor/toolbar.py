"""What is installed of LibreOffice's toolbar, where a person has installed it."""

from __future__ import annotations

from addin.frontends.ribbon.registry import WindowsRegistry
from addin.frontends.status_line import Point
from addin.frontends.toolbar.places import Places, here
from addin.frontends.toolbar.status import examine


def examine_toolbar(places: Places | None = None) -> list[Point]:
    """As `champions libreoffice status`; not to have the toolbar is no fault."""
    places = places or here(WindowsRegistry())
    if places.settings.exists():
        return examine(places)
    if places.offices:
        return [
            Point(True, "The toolbar is not installed in LibreOffice.", in_terminal="champions libreoffice install")
        ]
    return [Point(True, "LibreOffice was not found; only its toolbar needs it.")]
