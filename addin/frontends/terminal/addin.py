"""champions addin."""

from __future__ import annotations

import argparse
from pathlib import Path


def run(options: argparse.Namespace) -> int:
    """Installs, examines, removes or builds the ribbon."""
    actions = {"install": _install, "status": _status, "remove": _remove, "build": _build}
    return actions[options.action](options)


def _install(options: argparse.Namespace) -> int:  # noqa: ARG001 - as the other actions
    from addin.frontends.ribbon.installing import install
    from addin.frontends.ribbon.places import here
    from addin.frontends.ribbon.registry import WindowsRegistry

    _say(install(here(), WindowsRegistry()).lines)
    return 0


def _remove(options: argparse.Namespace) -> int:  # noqa: ARG001 - as the other actions
    from addin.frontends.ribbon.installing import remove
    from addin.frontends.ribbon.places import here

    _say(remove(here()).lines)
    return 0


def _status(options: argparse.Namespace) -> int:  # noqa: ARG001 - as the other actions
    from addin.frontends.ribbon.places import here
    from addin.frontends.ribbon.registry import WindowsRegistry
    from addin.frontends.ribbon.status import examine
    from addin.frontends.terminal.show import console, points

    found = examine(here(), WindowsRegistry())
    points(console(), found)
    return int(any(not point.well for point in found))


def _build(options: argparse.Namespace) -> int:
    from addin.frontends.ribbon.build import build
    from addin.frontends.ribbon.names import ADDIN
    from addin.output.write_file import write_new

    path = Path(options.out or ".") / ADDIN
    built = build()
    write_new(path, built.content, replace=True)
    _say((f"Add-in written: {path}, for version {built.program} with xlwings {built.xlwings}",))
    return 0


def _say(lines: tuple[str, ...]) -> None:
    from addin.frontends.terminal.show import console, say

    page = console()
    for line in lines:
        say(page, line)
