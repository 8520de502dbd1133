"""champions new."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from addin.frontends.terminal.session import busy
from addin.output.write_file import write_new


def run(options: argparse.Namespace) -> int:
    """Writes a new master workbook, empty or with an example programme."""
    from addin.frontends.terminal.show import console, say
    from addin.output.masterbook import write_master
    from workbook.blueprint import plan_book

    path = _with_ending(Path(options.path))
    example = None
    with busy("Writing the workbook"):
        if options.example or options.planted:
            from workbook.example import simulate

            example = simulate(seed=options.seed, weeks=options.weeks, until=options.until)
        write_master(path, plan_book(example.tables, example.until) if example else plan_book())
    page = console()
    say(page, f"Workbook written: {path}")
    if example is not None and options.planted:
        text = json.dumps(example.as_json(), ensure_ascii=False, indent=1)
        write_new(Path(options.planted), f"{text}\n".encode())
        say(page, f"What was planted in it: {options.planted}")
    if example is None:
        say(page, "Open it, begin with the sheet Start here, and fill in Setup. Then: champions check " + str(path))
    return 0


def _with_ending(path: Path) -> Path:
    return path if path.suffix.lower() == ".xlsx" else path.with_name(path.name + ".xlsx")
