"""champions addin."""

from __future__ import annotations

import argparse
from pathlib import Path


def run(options: argparse.Namespace) -> int:
    """Installs, examines, removes or builds the ribbon."""
    return {"build": _build}[options.action](options)


def _build(options: argparse.Namespace) -> int:
    from addin.cli.show import console, say
    from addin.excel.build import build
    from addin.excel.names import ADDIN
    from addin.files import write_new

    path = Path(options.out or ".") / ADDIN
    built = build()
    write_new(path, built.content, replace=True)
    say(console(), f"Add-in written: {path}, for version {built.program} with xlwings {built.xlwings}")
    return 0
