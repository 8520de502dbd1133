"""Times an import beside a check that is written, and beside pandas and openpyxl: `python bench/intake.py [ROWS …]`.

The peer reads the list with pandas and appends it with openpyxl: no checks, no history, no undo.
"""

import argparse
import csv
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from run import ROOT, in_turn, show

HEADS = "Date,Shift,Service,Champion ID,Staff member,Workflow,Support need,What happened,Workaround seen,Outcome"
PEER = """
import sys
import openpyxl, pandas
book, rows = openpyxl.load_workbook(sys.argv[1]), pandas.read_csv(sys.argv[2], dtype=str)
page = book["Support log"]
for row in rows.itertuples(index=False):
    page.append([None, *row])
book.save(sys.argv[1])
"""


def write_list(path, count):
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(HEADS.split(","))
        for n in range(count):
            day, words = f"{1 + n % 28:02}/{1 + n % 6:02}/2026", f"Entry {n} " + "of some words " * (n % 8)
            writer.writerow(
                [day, "Early", "OAK", "DC-001", f"Carer {n % 60}", "Care notes", "Logging in", words, "No", "Resolved"]
            )


def measure(count, folder, empty, rounds):
    """Import, check on the result, and the peer, in turn."""
    champions, day = [sys.executable, "-m", "addin.frontends.terminal"], ["--as-of", "2026-06-30"]
    entries, book, full = (folder / f"{count}.{end}" for end in ("csv", "xlsx", "full.xlsx"))
    write_list(entries, count)
    taken = [*champions, "import", str(book), str(entries), "--into", "SupportLog", *day]
    shutil.copy(empty, full)
    subprocess.run([str(full) if w == str(book) else w for w in taken], check=False, cwd=ROOT, capture_output=True)

    def fresh(command, start):
        shutil.copy(start, book)
        return command

    base = "check, written back, on the result"
    commands = {
        base: lambda: fresh([*champions, "check", str(book), *day], full),
        "import": lambda: fresh(taken, empty),
        "pandas and openpyxl": lambda: fresh([sys.executable, "-c", PEER, str(book), str(entries)], empty),
    }
    show(f"{count:,} rows", in_turn(commands, rounds), base)


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("rows", nargs="*", type=int, default=[10_000])
    options.add_argument("--rounds", type=int, default=3)
    chosen = options.parse_args()
    os.environ["PYTHONPATH"] = str(ROOT)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        new = [sys.executable, "-m", "addin.frontends.terminal", "new", str(folder / "empty.xlsx"), "--example"]
        subprocess.run(new, check=True, capture_output=True)
        for count in chosen.rows:
            measure(count, folder, folder / "empty.xlsx", chosen.rounds)


if __name__ == "__main__":
    main()
