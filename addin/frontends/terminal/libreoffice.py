"""champions libreoffice."""

from __future__ import annotations

import argparse
from collections.abc import Iterable


def run(options: argparse.Namespace) -> int:
    """Installs, examines or removes the toolbar."""
    from addin.frontends.ribbon.registry import WindowsRegistry
    from addin.frontends.toolbar.places import here

    places = here(WindowsRegistry())
    if options.action == "install":
        from addin.frontends.toolbar.installing import install

        return _say(install(places))
    if options.action == "remove":
        from addin.frontends.toolbar.installing import remove

        return _say(remove(places))
    from addin.frontends.terminal.show import console, points
    from addin.frontends.toolbar.status import examine

    found = examine(places)
    points(console(), found)
    return int(any(not point.well for point in found))


def _say(lines: Iterable[str]) -> int:
    from addin.frontends.terminal.show import console, say

    page = console()
    for line in lines:
        say(page, line)
    return 0
