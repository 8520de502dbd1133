"""What a press takes that finds LibreOffice closed, in a process of its own and in the one that stays; our pure part.

Such a press goes all the way to the office program and back: `python bench/resident.py`.
"""

import argparse
import datetime as dt
import os
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from timing import timed

from addin.frontends.resident.server import code_state
from addin.frontends.toolbar.resident_client import Resident, ask, wire
from addin.hosts.file.host import ClosedHost
from addin.isolated import PRESS, PRESSED, start_line
from addin.output.masterbook import write_master
from workbook.blueprint import plan_book
from workbook.example import simulate
from workbook.rules import checks

ROOT = Path(__file__).resolve().parent.parent
#: Seconds before each: nobody presses without a pause, in which the process that stays tidies up.
PAUSE = 0.1
_NOBODY = {"CHAMPIONS_CALC_ADDRESS": "/nowhere", "CHAMPIONS_CALC_TOKEN": "none"}


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=9)
    rounds = options.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        variables = {**os.environ, **_NOBODY, PRESSED: "check"}
        stays = Resident(Path(folder) / "resident", sys.executable, version("champion-workbook"), variables)
        alone = start_line(sys.executable, PRESS)
        request = {"pressed": "check", "variables": variables}
        example = simulate()
        book = Path(folder) / "example.xlsx"
        write_master(book, plan_book(example.tables, example.until))
        snapshot = ClosedHost(book).read()
        day = dt.date.fromisoformat(str(example.until))
        figures = {
            "a process of its own": timed(
                lambda: subprocess.run(alone, env=variables, cwd=ROOT, capture_output=True, check=False), rounds
            ),
            "the process that stays": timed(lambda: ask(stays, request), rounds, PAUSE),
            "  of it, whether the program is unchanged": timed(code_state, rounds, PAUSE),
            "the example checked, our pure part alone": timed(
                lambda: checks.changes(snapshot, checks.run(snapshot, day)), rounds
            ),
        }
        (stays.folder / wire.NOTE).unlink()  # it ends when nobody finds it any more
    for what, seconds in figures.items():
        print(f"{what:45}{seconds * 1000:8.1f} ms")


main()
