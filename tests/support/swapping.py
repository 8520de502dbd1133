"""Reads and changes workbooks whose pieces have changed places: `python -m tests.support.swapping --seed 1`.

What `tests.support.fuzzing` asks of a workbook made wrong is asked of one whose parts, relationships, content types,
tables, styles, names, ids and cells were exchanged, within it or with another workbook's (`tests.support.swaps`).
And further:

- what reads a workbook and what writes it find each table at the same place, with the same texts in it;
- what we write breaks no rule of Excel's (`tests.support.excel_limits`) that the workbook did not break before.

The kinds are counted in what it prints. `--only N` does again what was found under that number.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from addin.hosts.file.host import ClosedHost
from addin.hosts.file.reading import read_workbook
from addin.lossless import Book, LosslessError
from tests.support import fuzzing
from tests.support.excel_limits import problems
from tests.support.fuzzing import AS_OF, WHEN, Wrong, change_it, in_words
from tests.support.swaps import SWAPS, Unfit, swapped
from workbook.rules import checks

KINDS = tuple(SWAPS)
#: How many pairs of workbooks are tried until one has something to swap in the way that is asked for.
PAIRS = 12
#: What a swap alone may bring about: a number that was put into a cell which shows days since.
BY_THE_SWAP = {"dates-in-range"}
#: How many rows of each table are compared.
ROWS = 40


def one_swapped(number: int, seed: int, sound: list[bytes]) -> tuple[str, bytes, random.Random]:
    """The kind of swap of a number, the workbook, and the random numbers for what is done to it.

    Raises:
        Unfit: none of the workbooks that were tried has anything to swap in this way.
    """
    rng, kind = random.Random(f"{seed} {number}"), KINDS[number % len(KINDS)]
    for _ in range(PAIRS):
        data, other = rng.choice(sound), rng.choice(sound)
        try:
            return kind, swapped(data, other, kind, rng), rng
        except Unfit:
            continue
    raise Unfit


def try_one(path: Path, data: bytes, rng: random.Random) -> str:
    """Reads and changes one workbook; gives whether it was `written`, `read` alone, or `refused`.

    Raises:
        Wrong: it was damaged, readers differ about it, or what was written breaks a rule that it did not break.
        Exception: whatever else should not come up.
    """
    came_to, broken = "refused", {p.rule for p in problems(data)} | BY_THE_SWAP
    path.write_bytes(data)
    with in_words(path, data):
        host = ClosedHost(path)
        snapshot = host.read()
        came_to = "read"
        _seen_alike(path, data)
        if rng.random() < 0.5:
            host.apply(checks.changes(snapshot, checks.run(snapshot, AS_OF)), who="A tester", when=WHEN)
    came_to = _no_worse(path, data, broken) or came_to
    path.write_bytes(data)
    with in_words(path, data):
        change_it(path, data, rng)
    return _no_worse(path, data, broken) or came_to


def _no_worse(path: Path, data: bytes, broken: set[str]) -> str:
    written = path.read_bytes()
    if written == data:
        return ""
    worse = [p for p in problems(written) if p.rule not in broken]
    if worse:
        raise Wrong(f"what was written breaks {worse[0].rule} at {worse[0].where}: {worse[0].what}")
    return "written"


def _seen_alike(path: Path, data: bytes) -> None:
    """Compares where the reader finds tables, and what is in them, with where the writer would write."""
    try:
        book = Book(data)
        regions = book.tables()
    except LosslessError:
        return  # nothing is written into it
    for table in read_workbook(path, data).tables:
        if not table.named:
            continue
        region = regions.get(table.table.casefold())
        place = (table.sheet, table.header_row, table.first_column)
        if region is None or (region.sheet, region.header_row, region.first_column) != place:
            raise Wrong(f"the table {table.table} is read at {place}, and would be written at {region}")
        for n, column in enumerate(table.columns):
            for row, read in enumerate(column[:ROWS], table.header_row + 1):
                if isinstance(read, str):
                    _same_text(book, (table.sheet, row, table.first_column + n), read)


def _same_text(book: Book, place: tuple[str, int, int], read: str) -> None:
    try:
        held = book.value(*place)
    except LosslessError:
        return
    if isinstance(held, str) and held.strip() != read.strip():
        raise Wrong(f"at {place} {read!r} is read, and the writer sees {held!r}")


def one(number: int, seed: int, sound: list[bytes], path: Path) -> str:
    """Reads and changes a workbook whose pieces have changed places; gives the kind, and what it came to."""
    try:
        kind, data, rng = one_swapped(number, seed, sound)
    except Unfit:
        return f"{KINDS[number % len(KINDS)]}: nothing to swap"
    return f"{kind}: {try_one(path, data, rng)}"


def counted(came_to: Counter[str]) -> list[str]:
    """A line for each kind: how many, and how many of them were read, written or refused."""
    lines = []
    for kind in KINDS:
        ends = {label.rpartition(": ")[2]: n for label, n in came_to.items() if label.rpartition(": ")[0] == kind}
        lines.append(f"{kind}: {sum(ends.values())} ({', '.join(f'{n} {end}' for end, n in sorted(ends.items()))})")
    return lines


def again(number: int, seed: int, keep: Path) -> None:
    """Does one once more, without limits, with the whole traceback; the workbook is kept."""
    with TemporaryDirectory() as folder:
        kind, data, rng = one_swapped(number, seed, fuzzing.originals(Path(folder)))
        keep.write_bytes(data)
        sys.stdout.write(f"{kind}: {try_one(Path(folder) / 'programme.xlsx', data, rng)}\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--only", type=int)
    given = parser.parse_args()
    if given.only is not None:
        again(given.only, given.seed, Path(f"swapped {given.seed} {given.only}.xlsx"))
        sys.exit()
    began = time.monotonic()
    came_up, ends = fuzzing.fuzz(one, given.times, given.seed, given.processes)
    sys.stdout.writelines(f"{line}\n" for line in (*counted(ends), *came_up))
    took = time.monotonic() - began
    sys.stdout.write(f"{given.times} workbooks of {len(KINDS)} kinds of swap, {took:.0f} s: {len(came_up)} findings\n")
    sys.exit(bool(came_up))
