"""champions libreoffice."""

from __future__ import annotations

import argparse
from collections.abc import Iterable


def run(options: argparse.Namespace) -> int:
    """Installs, examines or removes the toolbar."""
    from addin.excel.registry import WindowsRegistry
    from addin.libreoffice.places import here

    places = here(WindowsRegistry())
    if options.action == "install":
        from addin.libreoffice.installing import install

        return _say(install(places))
    if options.action == "remove":
        from addin.libreoffice.installing import remove

        return _say(remove(places))
    from addin.cli.show import console, points
    from addin.libreoffice.status import examine

    found = examine(places)
    points(console(), found)
    return int(any(not point.well for point in found))


def _say(lines: Iterable[str]) -> int:
    from addin.cli.show import console, say

    page = console()
    for line in lines:
        say(page, line)
    return 0
