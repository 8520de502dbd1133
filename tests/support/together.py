"""Runs at once, by a clock that jumps, and on a stick: `python -m tests.support.together --times 200 --seed 1`.

Each round starts two or three commands on one workbook at the same moment, in processes of their own, each of which
believes in another day, up to years before or after. Then

- the workbook is whole, and one that a plain reader reads;
- every command ended with 0, 1 or 2, and never with words for a mistake of ours;
- no lock and no half-written file is left, and every former state that is kept is whole;
- a run that said that it wrote is the last one or its former state is kept;
- the last run can be taken back.

With `--fat` the workbook lies on a disk that is formatted as sticks are (FAT); needs /dev/fuse, fusefat and mkfs.vfat.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import io
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from addin.frontends.terminal import check, main, restore, triggers, undo  # noqa: F401 - loaded once, for all that are forked
from addin.hosts.file.host import ClosedHost
from addin.hosts.file.run_record import read_runs
from addin.hosts.file.versions import kept_states
from addin.lossless import content_of, digest_of
from tests.support.builders import BASE
from tests.support.contract_builder import build
from tests.support.killing import Wrong, a_programme, finished

COMMANDS = ("check", "triggers", "check", "triggers", "undo", "restore")
AS_OF = ("--as-of", "2026-06-30")
FEW = ("Services", "People", "SupportLog", "Actions")
LEFT = ".~writing"
#: How far a clock may be off, in days.
FAR = 4000


def shift_clock(days: int) -> None:
    """Has this process believe in another day: the clocks that the program asks, and no other."""
    real, moment, offset = time.time, dt.datetime, dt.timedelta(days=days)

    class AnyMoment(type):
        def __instancecheck__(cls, other):
            return isinstance(other, moment)

    class Moment(moment, metaclass=AnyMoment):
        @classmethod
        def now(cls, tz=None):
            return moment.fromtimestamp(real() + offset.total_seconds(), tz)

    dt.datetime = Moment  # type: ignore[misc]
    time.time = lambda: real() + offset.total_seconds()


class Together:
    """Workbooks for runs at once.

    Args:
        folder: where they lie; an empty one.
        seed: of what is drawn.
    """

    def __init__(self, folder: Path, seed: int) -> None:
        self.random = random.Random(seed)
        self.place = folder / "programme"
        few = {name: rows for name, rows in a_programme().items() if name in FEW}
        with tempfile.TemporaryDirectory() as elsewhere:
            made = Path(elsewhere) / "book.xlsx"
            build(made, few, computed=True, lists=False, leave_out=set(BASE) - set(FEW))
            self.plain = made.read_bytes()

    @property
    def book(self) -> Path:
        """The workbook."""
        return self.place / "book.xlsx"

    def round(self) -> str:
        """Some runs at once; which they were, and how they ended.

        Raises:
            Wrong: something is left that must not be.
        """
        shutil.rmtree(self.place, ignore_errors=True)
        self.place.mkdir()
        self.book.write_bytes(self.plain)
        if self.random.random() < 0.4:
            self.finish([self.start("check", self.random.randint(-FAR, FAR))])
        before = self.book.read_bytes()
        commands = [self.random.choice(COMMANDS) for _ in range(self.random.choice((2, 3)))]
        runs = [self.start(command, self.random.choice((0, self.random.randint(-FAR, FAR)))) for command in commands]
        ends = self.finish(runs)
        how = " + ".join(f"{command} {code}" for command, (code, _) in zip(commands, ends, strict=True))
        try:
            self.look(before, commands, ends)
        except Wrong as wrong:
            said = "\n".join(text for _, text in ends)
            raise Wrong(f"{how}: {wrong}\n{said}") from wrong
        return how

    def start(self, command: str, days: int) -> tuple[int, Path]:
        """Starts a command in a process of its own; its number, and where its words will be."""
        handle, name = tempfile.mkstemp()
        os.close(handle)
        number = os.fork()
        if number:
            return number, Path(name)
        code, said = 99, io.StringIO()
        try:
            more = self._more(command, days)
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(said):
                shift_clock(days)
                code = main([command, str(self.book), *more])
        finally:
            Path(name).write_text(said.getvalue(), encoding="utf-8")
            os._exit(code)

    @staticmethod
    def _more(command: str, days: int) -> tuple[str, ...]:
        """What else stands on the command line: a day is given where the clock has reached it, or it is refused."""
        if command == "restore":
            return ("1",)
        today = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=days)
        return AS_OF if command in {"check", "triggers"} and today >= dt.date.fromisoformat(AS_OF[1]) else ()

    @staticmethod
    def finish(runs: list[tuple[int, Path]]) -> list[tuple[int, str]]:
        """How runs ended, and what they said beside the result."""
        ends = []
        for number, said in runs:
            ends.append((finished(number), said.read_text(encoding="utf-8")))
            said.unlink()
        return ends

    def look(self, before: bytes, commands: list[str], ends: list[tuple[int, str]]) -> None:
        """Looks at what runs have left.

        Raises:
            Wrong: it is not right.
        """
        for code, said in ends:
            if code not in {0, 1, 2} or "foresee" in said or "Traceback" in said:
                raise Wrong(f"exit {code}")
        now = self.book.read_bytes()
        with zipfile.ZipFile(io.BytesIO(now)) as package:
            if package.testzip() is not None:
                raise Wrong("the workbook is damaged")
        ClosedHost(self.book).read()
        left = [file.name for file in self.place.rglob(f"{LEFT}*")]
        if left:
            raise Wrong(f"left behind: {left}")
        wrote = [name for name, (code, _) in zip(commands, ends, strict=True) if code in {0, 1}]
        self.look_at_what_is_kept(before, now, wrote)
        if "check" in wrote or "triggers" in wrote:
            ((code, said),) = self.finish([self.start("undo", 0)])
            if code:
                raise Wrong(f"the last run can't be taken back: {said}")

    def look_at_what_is_kept(self, before: bytes, now: bytes, wrote: list[str]) -> None:
        """Every state that a run replaced is kept, whole, and the record's last run is the one that left this file."""
        kept = {digest_of(content_of(state)) for state in kept_states(self.book)}
        if now != before and digest_of(before) not in kept:
            raise Wrong("the former state is not kept")
        runs = read_runs(self.book)
        if wrote and now != before and not (runs and runs[0].after == digest_of(now)):
            raise Wrong("the last run is not on record")
        if runs and runs[0].after == digest_of(now) and runs[0].former not in kept:
            raise Wrong("what the last run replaced is not kept")


@contextlib.contextmanager
def stick(megabytes: int = 32) -> Iterator[Path]:
    """A folder on a disk of its own, formatted as sticks are."""
    with tempfile.TemporaryDirectory() as folder:
        image, place = Path(folder) / "stick.img", Path(folder) / "stick"
        place.mkdir()
        with image.open("wb") as file:
            file.truncate(megabytes << 20)
        formatter = shutil.which("mkfs.vfat", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin") or "mkfs.vfat"
        subprocess.run([formatter, str(image)], check=True, capture_output=True)
        subprocess.run(["fusefat", "-o", "rw+", str(image), str(place)], check=True, capture_output=True, timeout=60)
        try:
            yield place
        finally:
            subprocess.run(["fusermount", "-u", "-z", str(place)], check=True, capture_output=True, timeout=60)


def run(folder: Path, times: int, seed: int) -> tuple[Counter[int], list[str]]:
    """So many rounds: how often which exit code came about, and what was wrong."""
    together = Together(folder, seed)
    found: Counter[int] = Counter()
    wrong: list[str] = []
    for _ in range(times):
        try:
            found.update(int(one.split()[-1]) for one in together.round().split(" + "))
        except Wrong as error:
            wrong.append(str(error))
    return found, wrong


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fat", action="store_true", help="on a disk formatted as sticks are")
    given = parser.parse_args()
    began = time.monotonic()
    with stick() if given.fat else tempfile.TemporaryDirectory() as where:
        codes, mistakes = run(Path(where), given.times, given.seed)
    sys.stdout.write("".join(f"{count:5}  runs ended with {code}\n" for code, count in sorted(codes.items())))
    sys.stdout.write("".join(f"WRONG  {mistake}\n" for mistake in mistakes))
    sys.stdout.write(f"{given.times} rounds, {time.monotonic() - began:.0f} s; {len(mistakes)} wrong\n")
    sys.exit(bool(mistakes))
