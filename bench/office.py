"""How long LibreOffice takes to open the master workbook and to reckon it: `python bench/office.py [--entries 10000]`.

Whole processes without a window, in turn; each opens a workbook, reckons it (or not), and saves one sheet as text.
Trust the ratios. "Without the Dashboard" is the same workbook with the formulas of the Dashboard and of what stands
behind it left out.
"""

import argparse
import dataclasses
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import xlsxwriter

from addin.output.masterbook import build_master
from tests.support.office import write_settings
from workbook.blueprint import DASHBOARD_SHEET, DATA_SHEET, plan_book
from workbook.blueprint.plan import Formula
from workbook.example import simulate

RECKON = (("/org.openoffice.Office.Calc/Formula/Load", "OOXMLRecalcMode", "0"),)


def once(path, profile, out):
    """Seconds that pass, and seconds of work, of one run."""
    words = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    words += ["--convert-to", "csv", "--outdir", str(out), str(path)]
    began = time.perf_counter()
    with (out / "said").open("w") as said:
        pid = os.posix_spawnp(
            "soffice", words, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, said.fileno(), n) for n in (1, 2)]
        )
        _, status, usage = os.wait4(pid, 0)
    if status:
        sys.exit((out / "said").read_text())
    return time.perf_counter() - began, usage.ru_utime + usage.ru_stime


def in_turn(paths, profile, out, rounds):
    """The median seconds of each named workbook."""
    taken = {name: [] for name in paths}
    for path in paths.values():
        once(path, profile, out)
    for _ in range(rounds):
        for name, path in paths.items():
            taken[name].append(once(path, profile, out))
    return {name: [statistics.median(kind) for kind in zip(*runs, strict=True)] for name, runs in taken.items()}


def show(title, figures, base):
    print(f"\n{title}\n{'':36}{'seconds':>9}{'x':>7}{'of work':>10}{'x':>7}   {base} = 1")
    for name, (passed, worked) in figures.items():
        first, second = figures[base]
        print(f"{name:36}{passed:9.2f}{passed / first:7.2f}{worked:10.2f}{worked / second:7.2f}")


def nothing(path, sheets=1):
    """An empty workbook with so many sheets."""
    book = xlsxwriter.Workbook(str(path))
    for _ in range(sheets):
        book.add_worksheet()
    book.close()
    return path


def filled(entries):
    """The blueprint of the example with so many support entries."""
    example, chance = simulate(), random.Random(3)
    rows = []
    for n in range(entries):
        row = dict(chance.choice(example.tables["SupportLog"]))
        rows.append({**row, "Support ID": f"SU-{n + 1:05d}"})
    return plan_book({**example.tables, "SupportLog": rows}, example.until)


def without_dashboard(plan):
    """The same without the formulas of the Dashboard, but for its day."""
    return dataclasses.replace(plan, sheets=tuple(map(_without_figures, plan.sheets)))


def _without_figures(sheet):
    if sheet.name not in (DASHBOARD_SHEET, DATA_SHEET):
        return sheet
    kept = [p for p in sheet.puts if not isinstance(p.content, Formula) or "TODAY" in p.content.text]
    return dataclasses.replace(sheet, puts=tuple(kept), charts=())


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--entries", type=int, default=10_000)
    options.add_argument("--rounds", type=int, default=5)
    chosen = options.parse_args()
    if shutil.which("soffice") is None:
        print("LibreOffice is not installed on this machine: how long it takes is not measured.")
        return
    os.environ.setdefault("LANG", "C.UTF-8")
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        plan = filled(chosen.entries)
        files = {"master": plan_book(), "whole": plan, "without": without_dashboard(plan)}
        for name, made in files.items():
            (work / f"{name}.xlsx").write_bytes(build_master(made))
        whole, without = work / "whole.xlsx", work / "without.xlsx"
        plain, reckoning = work / "plain", work / "reckoning"
        write_settings(reckoning, RECKON)
        empty, count = "an empty workbook", len(plan.sheets)
        books = {
            empty: nothing(work / "nothing.xlsx"),
            f"one with {count} empty sheets": nothing(work / "sheets.xlsx", count),
            "the empty master workbook": work / "master.xlsx",
        }
        show("Opened", in_turn(books, plain, work, chosen.rounds), empty)
        books = {"without the Dashboard": without, "the whole workbook": whole}
        title = f"{chosen.entries:,} support entries, all reckoned anew"
        show(title, in_turn(books, reckoning, work, chosen.rounds), "without the Dashboard")


main()
