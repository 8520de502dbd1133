"""Reads and changes workbooks made wrong on purpose: `python -m tests.support.fuzzing --times 100000 --seed 1`.

Each workbook is read, and, where it can be, checked and written back; then cells and tables of it are changed
straight through `addin.lossless`. Whatever is wrong with it,

- nothing but our own errors is raised, each with words;
- nothing takes over ten seconds or a gigabyte;
- after an error the file is as it was; after a change its other parts are, and what was put in reads back.

Processes are forked from one that has everything loaded, and are limited by the system: one that hangs is killed by it,
and is a finding like a traceback. `--only N` does again what was found under that number.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import os
import random
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from addin.hosts.file.host import ClosedHost
from addin.lossless import Book, ErrorValue, FileState, LosslessError, Value, save_book
from addin.lossless.edit.growth import Body, add_table
from addin.lossless.opc.package import Package
from tests.support.builders import BASE
from tests.support.contract_builder import build
from tests.support.foreign_parts import add_foreign_parts
from tests.support.killing import a_programme
from tests.support.lossless import making
from tests.support.mutating import mutated
from workbook.model.errors import ChampionsError
from workbook.rules import checks

AS_OF = dt.date(2026, 6, 30)
WHEN = dt.datetime(2026, 6, 30, 9, tzinfo=dt.UTC)
MOST_SECONDS, MOST_BYTES = 10, 1 << 30
#: A folder in memory, where there is one: the disk would be waited for at every step.
_FAST = "/dev/shm" if Path("/dev/shm").is_dir() else None
_FEW = {"Services", "People", "SupportLog"}
VALUES: tuple[Value, ...] = ("ours", "<&>\n ü", 7, -1.5, True, None, dt.date(2026, 6, 30), ErrorValue("#N/A"))


class Wrong(AssertionError):
    """What must not be."""


def originals(folder: Path) -> list[bytes]:
    """Sound workbooks of several makers."""
    path = folder / "programme.xlsx"
    whole = build(path, a_programme(), computed=True).read_bytes()
    # fewer tables take less time, and a mutation meets one that matters more often
    some = {name: rows for name, rows in a_programme().items() if name in _FEW}
    few = build(path, some, computed=True, lists=False, leave_out=set(BASE) - _FEW).read_bytes()
    path.unlink()
    sheets = list(Book(few).sheets.values())
    foreign = add_foreign_parts(few, sheets[-1], sheets[0])
    return [whole, *[few] * 5, *[foreign] * 5, making.by_xlsxwriter(), making.by_openpyxl()]


def try_one(path: Path, data: bytes, rng: random.Random) -> None:
    """Reads and changes one workbook.

    Raises:
        Wrong: it was damaged, or what was put in does not read back.
        Exception: whatever else should not come up.
    """
    path.write_bytes(data)
    with in_words(path, data):
        host = ClosedHost(path)
        snapshot = host.read()
        findings = checks.run(snapshot, AS_OF)
        if rng.random() < 0.5:
            host.apply(checks.changes(snapshot, findings), who="A tester", when=WHEN)
    path.write_bytes(data)
    with in_words(path, data):
        change_it(path, data, rng)


@contextlib.contextmanager
def in_words(path: Path, data: bytes) -> Iterator[None]:
    """Lets our own errors pass, if they have words and the file is as it was."""
    try:
        yield
    except (ChampionsError, LosslessError) as error:
        if not str(error).strip():
            raise Wrong("an error without words") from error
        if path.read_bytes() != data:
            raise Wrong(f"the file was changed, in spite of: {error}") from error


def change_it(path: Path, data: bytes, rng: random.Random) -> None:
    state, _ = FileState.of(path)
    book = Book(data)
    if book.sheets and rng.random() < 0.2:
        _take_away(book, rng)
    put = _some_cells(book, rng)
    tables = list(book.tables().values())
    if tables and rng.random() < 0.7:
        _some_table(book, rng)
    if rng.random() < 0.3:
        add_table(book, "OurFindings", "Our findings", ("A", "B"), [(1, "x"), (2, None)])
    if rng.random() < 0.3:
        book.set_properties({"Own id": "1"})
    if rng.random() < 0.3:
        book.show_sheets(list(book.sheets))
    meant = book.finished()
    if save_book(path, book, expected=state, backups=None) is None:
        return
    again = Package(path.read_bytes())
    for name in book.package.entries:
        if name not in meant and again.raw(name) != book.package.raw(name):
            raise Wrong(f"the part {name} was changed")
    _reads_back(path, put)


def _some_cells(book: Book, rng: random.Random) -> dict[tuple[str, int, int], Value]:
    put: dict[tuple[str, int, int], Value] = {}
    for _ in range(rng.randint(0, 4)):
        if book.sheets:
            # to the right of all tables, so that nothing else writes there
            place = (rng.choice(list(book.sheets)), rng.randint(1, 30), rng.randint(100, 110))
            put[place] = rng.choice(VALUES)
            book.set_cell(*place, put[place])
    return put


def _some_table(book: Book, rng: random.Random) -> None:
    region = rng.choice(list(book.tables().values()))
    entries = region.last_row - region.header_row
    how = rng.randrange(3)
    if how == 0:
        rows = [{n: rng.choice(VALUES) for n in range(min(region.columns, 3))} for _ in range(rng.randint(1, 3))]
        book.append_rows(region, rows, entries=entries)
    elif how == 1:
        columns = range(min(region.columns, 2))
        rows = [[rng.choice(VALUES) for _ in columns] for _ in range(rng.randint(0, 5))]
        book.replace_body(region, Body(columns, rows, min(entries, 1000)))
    else:
        book.add_column(region, "Ours")


def _take_away(book: Book, rng: random.Random) -> None:
    tables = list(book.tables().values())
    if tables and rng.random() < 0.5:
        take_away = rng.choice([book.remove_column, book.remove_table])
        take_away(rng.choice(tables))
    else:
        book.remove_sheet(rng.choice(list(book.sheets)))


def _reads_back(path: Path, put: dict[tuple[str, int, int], Value]) -> None:
    book = Book(path.read_bytes())
    for (sheet, row, column), value in put.items():
        held = book.value(sheet, row, column)
        if _as_number(held, book) != _as_number(value, book):
            raise Wrong(f"{value!r} reads back as {held!r}")


def _as_number(value: Value, book: Book) -> Value:
    """A day as the number that it is in a cell: whether it shows as one lies in the styles, which may be wrong too."""
    start = dt.date(1904, 1, 1) if book.date_1904 else dt.date(1899, 12, 30)
    return (value - start).days if type(value) is dt.date else value


# -- many -------------------------------------------------------------------------------------------------------------


#: What is done with one workbook of many: its number, the seed, the sound workbooks and a path that it may use; gives
#: what it came to.
Trial = Callable[[int, int, list[bytes], Path], str]


def one_made_wrong(number: int, seed: int, sound: list[bytes], path: Path) -> str:
    """Reads and changes a workbook made wrong."""
    data, rng = one_of(number, seed, sound)
    try_one(path, data, rng)
    return "made wrong"


def one_of(number: int, seed: int, sound: list[bytes]) -> tuple[bytes, random.Random]:
    """The workbook of a number, and the random numbers for what is done to it."""
    rng = random.Random(f"{seed} {number}")
    return mutated(rng.choice(sound), rng), rng


def _limit() -> None:
    """Lets the system end what runs too long or asks for too much room."""
    now = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (now + MOST_BYTES, now + MOST_BYTES))
    signal.signal(signal.SIGPROF, signal.SIG_DFL)


def _work(trial: Trial, numbers: range, seed: int, sound: list[bytes], told: int) -> None:
    """Tries workbooks one by one, and tells which is being tried, what it came to (=) and what came up."""
    _limit()
    with os.fdopen(told, "w", buffering=1) as out, tempfile.TemporaryDirectory(dir=_FAST) as folder:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        for number in numbers:
            out.write(f"{number}\n")
            signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
            try:
                out.write(f"{number} ={trial(number, seed, sound, Path(folder) / 'programme.xlsx')}\n")
            except BaseException as error:  # noqa: BLE001 - whatever comes up is a finding
                last = traceback.extract_tb(error.__traceback__)[-1]
                where = f"{Path(last.filename).name}:{last.lineno}"
                out.write(f"{number} {type(error).__name__} in {where}: {str(error)[:200]!r}\n")
            signal.setitimer(signal.ITIMER_PROF, 0)


def _share(trial: Trial, numbers: range, seed: int, sound: list[bytes]) -> Iterator[str]:
    """What comes up in a share of the workbooks; a process that the system ends is followed by another."""
    left = numbers
    while left:
        reading, writing = os.pipe()
        process = os.fork()
        if not process:
            os.close(reading)
            try:
                _work(trial, left, seed, sound, writing)
            finally:
                os._exit(0)
        os.close(writing)
        last = left[0]
        with os.fdopen(reading) as told:
            for line in told:
                first, _, words = line.strip().partition(" ")
                last = int(first)
                if words:
                    yield words if words.startswith("=") else line.strip()
        code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        if code >= 0 and last == left[-1]:
            return
        yield f"{last} ended by the system ({signal.Signals(-code).name if code < 0 else code})"
        left = left[left.index(last) + 1 :]


def fuzz(trial: Trial, times: int, seed: int, processes: int) -> tuple[list[str], Counter[str]]:
    """What came up, one line each, and how many came to what."""
    with tempfile.TemporaryDirectory() as folder:
        sound = originals(Path(folder))
    pipes, children = [], []
    for share in range(processes):
        reading, writing = os.pipe()
        child, numbers = os.fork(), range(share, times, processes)
        if not child:
            os.close(reading)
            try:
                with os.fdopen(writing, "w", buffering=1) as out:
                    out.writelines(f"{line}\n" for line in _share(trial, numbers, seed, sound))
            finally:
                os._exit(0)
        os.close(writing)
        pipes.append(reading)
        children.append(child)
    found = []
    for reading in pipes:
        with os.fdopen(reading) as told:
            found += told.read().splitlines()
    came_to = Counter(line[1:] for line in found if line.startswith("="))
    found = [line for line in found if not line.startswith("=")]
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    return [*found, *(f"0 a process ended with {code}" for code in codes if code)], came_to


def again(number: int, seed: int, keep: Path) -> None:
    """Does one once more, without limits, with the whole traceback; the workbook is kept."""
    with tempfile.TemporaryDirectory() as folder:
        data, rng = one_of(number, seed, originals(Path(folder)))
        keep.write_bytes(data)
        try_one(Path(folder) / "programme.xlsx", data, rng)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--only", type=int)
    given = parser.parse_args()
    if given.only is not None:
        again(given.only, given.seed, Path(f"fuzzed {given.seed} {given.only}.xlsx"))
        sys.exit()
    began = time.monotonic()
    came_up, _ = fuzz(one_made_wrong, given.times, given.seed, given.processes)
    sys.stdout.writelines(f"{line}\n" for line in came_up)
    sys.stdout.write(f"{given.times} workbooks made wrong, {time.monotonic() - began:.0f} s: {len(came_up)} findings\n")
    sys.exit(bool(came_up))
