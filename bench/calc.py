"""Reading 10,000 rows from a running LibreOffice, beside calamine on the saved file: `python bench/calc.py`."""

import argparse
import datetime as dt
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import openpyxl
from python_calamine import CalamineWorkbook
from timing import timed

from addin.calc import NoOffice, started

COLUMNS = 12


def saved(path, rows):
    """A workbook of rows of days, words and numbers."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Log")
    for n in range(rows):
        sheet.append([f"SU-{n:05}", dt.date(2026, 1, 1) + dt.timedelta(n % 180), *([f"word {n % 97}", n] * 5)])
    book.save(path)


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=10_000)
    options.add_argument("--rounds", type=int, default=5)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "log.xlsx"
        saved(path, chosen.rows)
        file = timed(lambda: CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(), chosen.rounds)
        try:
            with started() as app:
                cells = app.books.open(path).sheets[0].range((1, 1), (chosen.rows, COLUMNS))
                block = cells.value
                figures = {
                    "calamine, the saved file": file,
                    "a running LibreOffice, read": timed(lambda: cells.options(ndim=2).value, chosen.rounds),
                    "a running LibreOffice, written": timed(lambda: setattr(cells, "value", block), chosen.rounds),
                }
        except NoOffice as error:
            print(f"{error} Nothing is measured.")
            return
    print(f"\n{chosen.rows:,} rows of {COLUMNS}\n{'':36}{'seconds':>9}   x calamine")
    for name, seconds in figures.items():
        print(f"{name:36}{seconds:9.3f}   {seconds / file:.2f}")


main()
