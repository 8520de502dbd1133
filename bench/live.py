"""Check in a workbook that is open in LibreOffice, beside the same of the file: `python bench/live.py [--clicks 50]`.

LibreOffice runs without a window. Trust the ratios: the figures of a part come from one run, taken in turn.
"""

import argparse
import datetime as dt
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from python_calamine import CalamineWorkbook

from addin.calc import NoOffice, attach
from addin.calc.launch import Office
from addin.hosts.file.host import ClosedHost
from addin.hosts.office.host import LiveHost
from addin.hosts.office.reading import read_open
from addin.hosts.office.surface import OpenSurface
from addin.output.masterbook import write_master
from workbook.blueprint import plan_book
from workbook.example import simulate
from workbook.rules import checks

ROOT = Path(__file__).resolve().parent.parent
WHEN = dt.datetime(2026, 6, 30, 9, 0, tzinfo=dt.UTC)
#: A press in a process of its own, as the toolbar starts it, but for the message, which nobody is here to press away.
PRESS = """
import addin.hosts.office.host, addin.frontends.buttons
addin.hosts.office.host.LiveHost.show = lambda self, message: None
addin.frontends.buttons.press("check")
"""


def seconds(work):
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def check(host):
    snapshot = host.read()
    host.apply(checks.changes(snapshot, checks.run(snapshot, WHEN.date())), who="me", when=WHEN)


def one_check(app, folder, rounds):
    """The same Check of the example, written: in the file and in the open workbook, with the blocks' own time."""
    source = folder / "example.xlsx"
    example = simulate()
    write_master(source, plan_book(example.tables, example.until))
    file, opened, reads, writes = [], [], [], []
    for n in range(rounds + 1):
        path = folder / f"copy{n}.xlsx"
        shutil.copyfile(source, path)
        closed = seconds(lambda path=path: check(ClosedHost(path)))
        shutil.copyfile(source, path)
        book = app.books.open(path)
        read = seconds(lambda book=book: read_open(book))
        commit, spent = OpenSurface.commit, []
        OpenSurface.commit = lambda self, commit=commit, spent=spent: spent.append(seconds(lambda: commit(self)))
        live = seconds(lambda book=book: check(LiveHost(book)))
        OpenSurface.commit = commit
        book.close()
        if n:  # the first is not counted
            for kind, value in zip((file, opened, reads, writes), (closed, live, read, sum(spent)), strict=True):
                kind.append(value)
    closed, live, read, write = map(statistics.median, (file, opened, reads, writes))
    print(f"\nCheck of the example, written{'seconds':>20}")
    for name, value in (
        ("the closed file", closed),
        ("the blocks read once", read),
        ("the blocks written", write),
        ("the open workbook", live),
    ):
        print(f"{name:40}{value:9.3f}")
    print(f"open : (closed + blocks)                {live / (closed + read + write):9.2f}")


def long_read(app, folder, rows, rounds):
    """A long log read from the open workbook, beside calamine on the saved file."""
    path = folder / "long.xlsx"
    make = [sys.executable, str(ROOT / "bench" / "make_big.py"), str(rows), str(path)]
    subprocess.run(make, check=True, stdout=subprocess.DEVNULL)
    book = app.books.open(path)
    file, opened = [], []
    for _ in range(rounds):
        file.append(seconds(lambda: calamine(path)))
        opened.append(seconds(lambda: list(read_open(book).tables)))
    book.close()
    file, opened = statistics.median(file), statistics.median(opened)
    print(f"\n{rows:,} support entries read{'seconds':>20}   x calamine")
    for name, value in (("calamine, the saved file", file), ("the open workbook", opened)):
        print(f"{name:36}{value:9.3f}   {value / file:.2f}")


def calamine(path):
    book = CalamineWorkbook.from_path(path)
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()


def many_clicks(office, app, folder, clicks):
    """One click after another, each a process of its own: time, LibreOffice's memory, processes left over."""
    book = app.books.open(folder / "example.xlsx")
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "CHAMPIONS_CALC_ADDRESS": office.address,
        "CHAMPIONS_CALC_TOKEN": office.token,
        "CHAMPIONS_CALC_BOOK": book.impl.uid,
        "XDG_STATE_HOME": str(folder / "state"),
    }
    taken, memory, before = [], [], len(processes())
    for _ in range(clicks):
        press = [sys.executable, "-c", PRESS]
        taken.append(seconds(lambda press=press: subprocess.run(press, env=environment, check=True)))
        memory.append(megabytes(office.pid))
    book.close()
    print(f"\n{clicks} clicks on Check, each a process of its own")
    print(f"median seconds {statistics.median(taken):.2f}, of the last ten {statistics.median(taken[-10:]):.2f}")
    tenth = memory[min(9, clicks - 1)]
    print(f"LibreOffice's memory after 1, 10 and {clicks}: {memory[0]:.0f}, {tenth:.0f}, {memory[-1]:.0f} MB")
    print(f"processes left over: {len(processes()) - before}")


def processes():
    """This user's processes that run our code or an agent, from Linux' list."""
    found = []
    for place in Path("/proc").glob("[0-9]*/environ"):
        try:
            held = place.read_bytes()
        except OSError:  # another user's, or gone
            continue
        if b"CHAMPIONS_CALC_ADDRESS=" in held:
            found.append(place.parent.name)
    return found


def megabytes(pid):
    """Resident memory of a process and of those that it started."""
    told = subprocess.run(["ps", "-eo", "pid=,ppid=,rss="], capture_output=True, text=True, check=True).stdout
    rows = [tuple(map(int, line.split())) for line in told.splitlines()]
    family = {pid}
    while grown := {one for one, parent, _ in rows if parent in family} - family:
        family |= grown
    return sum(rss for one, _, rss in rows if one in family) / 1024


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--rows", type=int, default=10_000)
    options.add_argument("--clicks", type=int, default=50)
    chosen = options.parse_args()
    try:
        office = Office()
    except NoOffice as error:
        print(f"{error} Nothing is measured.")
        return
    with tempfile.TemporaryDirectory() as folder:
        try:
            app = attach(office.address, office.token)
            one_check(app, Path(folder), chosen.rounds)
            long_read(app, Path(folder), chosen.rows, chosen.rounds)
            many_clicks(office, app, Path(folder), chosen.clicks)
        finally:
            office.close()


main()
