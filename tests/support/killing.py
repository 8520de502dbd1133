"""Kills real runs at random moments and looks at what they leave: `python -m tests.support.killing --times 500`.

Each round takes a workbook, starts `champions check`, `triggers`, `undo` or `restore` on it in a process of its own,
and kills that outright: a third of them after a random time, the others just before or after a step of writing (a file
opened, written, flushed, closed, renamed, removed …). Then

- the workbook must be the old one, byte for byte, or a whole new one with all that the run writes;
- every former state that is kept must be whole;
- the next `champions check` must work and leave neither a lock nor a half-written file;
- the last run can be taken back, or it is said why not.

Processes are forked from one that has everything loaded, so that a round takes a fraction of a second.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path
from types import FrameType

from addin.frontends.terminal import check, main, restore, triggers, undo  # noqa: F401 - loaded once, for all that are forked
from addin.hosts.file.host import ClosedHost
from addin.hosts.file.versions import kept_states
from addin.lossless import content_of
from addin.lossless.save import locking
from tests.support.builders import BASE, PEOPLE, day, rows_like
from tests.support.contract_builder import build
from workbook.model.registers import Actions, Checks, Triggers

COMMANDS = ("check", "triggers", "undo", "restore")
_AS_OF = ("--as-of", "2026-06-30")
_LEFT = ".~writing"
_SINCE = " since"
_ASKS = {"open", "write", "close", "fsync", "flock", "rename", "replace", "unlink", "remove", "mkdir", "chmod", "chown"}
_ASKS |= {"utime", "setxattr", "ftruncate"}


class Wrong(AssertionError):
    """A kill left something that it must not."""


def a_programme() -> dict[str, list[dict[str, object]]]:
    """A small programme with findings, a trigger that is raised, and an entry without an id."""
    tables: dict[str, list[dict[str, object]]] = {name: [{}] for name in BASE if name != "People"}
    tables["SupportLog"] = [{"Date": day(-n), "Staff member": f"Carer {n}"} for n in range(1, 5)]
    tables["SupportLog"] += [{"Support ID": None, "Date": "03/04/2026"}]
    rows = {name: rows_like(name, given) for name, given in tables.items()}
    rows["People"] = list(PEOPLE)
    rows["SupportLog"][-1]["Support ID"] = None
    return rows


class Round:
    """One workbook and what is to be done to it.

    Args:
        folder: an empty one.
        states: the workbook's bytes before each command.
    """

    def __init__(self, folder: Path, command: str, prepared: Path) -> None:
        shutil.copytree(prepared, folder, dirs_exist_ok=True)
        self.path, self.command = folder / "programme.xlsx", command
        self.before = self.path.read_bytes()

    def words(self) -> list[str]:
        """The command line."""
        return [self.command, str(self.path), *(_AS_OF if self.command in {"check", "triggers"} else ())]


def forked(work: Callable[[], int]) -> int:
    """Runs something in a process of its own; gives its number."""
    number = os.fork()
    if number:
        return number
    try:
        code = 1
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            code = work()
    finally:
        os._exit(code)


def finished(number: int) -> int:
    """Waits for a process; its exit code, negative if it was killed."""
    return os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])


def stepping(words: Sequence[str], die_at: int, told: int = -1) -> int:
    """Runs a command and dies at a step of writing: just before or after the system is asked for something.

    Steps count from the taking of the lock; what each asks for is written to the pipe `told`, and whether the new
    workbook stands in the old one's place by then.
    """
    steps = 0
    names = []
    old = Path(words[1]).stat().st_ino

    def watch(frame: FrameType, event: str, called: object) -> None:
        nonlocal steps
        if not steps and event == "call" and frame.f_code is locking._take.__code__:
            steps = 1
        elif steps and event in {"c_call", "c_return"} and _asks_the_system(called):
            steps += 1
            since = _SINCE if Path(words[1]).stat().st_ino != old else ""
            names.append(f"{event} {getattr(called, '__name__', '')}{since}")
            if steps == die_at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(watch)
    code = main(list(words))
    sys.setprofile(None)
    if told >= 0:
        with os.fdopen(told, "w") as out:
            out.write("\n".join(names))
    return code


def _asks_the_system(called: object) -> bool:
    name = getattr(called, "__name__", "")
    if isinstance(getattr(called, "__self__", None), io.FileIO | io.BufferedWriter | io.BufferedRandom):
        return name in {"write", "writelines", "truncate", "flush", "close", "__exit__"}
    return getattr(called, "__module__", "") in {"posix", "fcntl", "_io"} and name in _ASKS


def ran(words: Sequence[str]) -> int:
    """Runs a command to its end; its exit code."""
    return finished(forked(lambda: main(list(words))))


def steps_of(this: Round) -> tuple[list[range], list[range]]:
    """The steps that a command takes: each once, but many writings in a row taken together.

    Those from the moment on at which it puts the new workbook in the old one's place stand apart.
    """
    reading, writing = os.pipe()
    number = forked(lambda: stepping(this.words(), -1, writing))
    os.close(writing)
    with os.fdopen(reading) as told:
        names = told.read().splitlines()
    finished(number)
    found: tuple[list[range], list[range]] = [], []
    first = 2
    for (_, since), same in groupby(names, key=lambda name: ("write" if "write" in name else name, _SINCE in name)):
        count = len(list(same))
        found[since].append(range(first, first + count))
        first += count
    return found


def contents(path: Path) -> tuple[object, ...]:
    """What a run writes, as far as it doesn't depend on the clock."""
    snapshot = ClosedHost(path).read()
    return (
        snapshot.fingerprint,
        [tuple(r) for r in snapshot.rows(Checks)],
        [tuple(r) for r in snapshot.rows(Triggers)],
        [tuple(r) for r in snapshot.rows(Actions)],
    )


def look(this: Round, wanted: tuple[object, ...]) -> str:
    """What the kill left: 'old' or 'new'.

    Raises:
        Wrong: neither.
    """
    data = this.path.read_bytes()
    for state in kept_states(this.path):
        content_of(state)
    if data == this.before:
        return "old"
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if package.testzip() is not None:
            raise Wrong("a part of the new workbook is damaged")
    if contents(this.path) != wanted:
        raise Wrong("the new workbook does not hold what the run writes")
    return "new"


def goes_on(this: Round) -> None:
    """The next run works, and nothing of the killed one stays.

    Raises:
        Wrong: it doesn't.
    """
    if ran(["undo", str(this.path), "--dry-run"]) not in {0, 2}:
        raise Wrong("undo failed")
    if ran(["check", str(this.path), *_AS_OF]) not in {0, 1}:
        raise Wrong("the next check failed")
    left = [p.name for p in this.path.parent.rglob(f"{_LEFT}*")]
    if left:
        raise Wrong(f"left behind: {left}")
    ClosedHost(this.path).read()


class Killing:
    """Workbooks to kill runs on.

    Args:
        folder: an empty one, for all.
        seed: for the moments.
    """

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.random = folder, random.Random(seed)
        self.prepared: dict[str, Path] = {}
        self.wanted: dict[str, tuple[object, ...]] = {}
        self.seconds: dict[str, float] = {}
        self.steps: dict[bool, list[tuple[str, range]]] = {False: [], True: []}
        self.decks: dict[bool, list[tuple[str, range]]] = {False: [], True: []}
        book = folder / "new" / "programme.xlsx"
        book.parent.mkdir()
        build(book, a_programme(), computed=True)
        befores = (book.parent, folder / "check", folder / "triggers", folder / "triggers")
        for command, before in zip(COMMANDS, befores, strict=True):
            self._prepare(command, before)

    def _prepare(self, command: str, before: Path) -> None:
        self.prepared[command] = before
        for n in range(2):
            this = Round(self.folder / f"{command}{n or ''}", command, before)
            started = time.monotonic()
            if n:
                before, since = steps_of(this)
                self.steps[False] += [(command, steps) for steps in before]
                self.steps[True] += [(command, steps) for steps in since]
            elif ran(this.words()) not in {0, 1}:
                raise Wrong(f"{command} does not even work if it is left alone")
            else:
                self.seconds[command] = time.monotonic() - started
                self.wanted[command] = contents(this.path)

    def round(self, number: int) -> str:
        """One kill; what it left."""
        place = self.folder / f"round {number}"
        if number % 3 == 0:
            command = self.random.choice(COMMANDS)
            moment = self.random.uniform(0, self.seconds[command])
            how = f"{command} after {moment:.4f} s"
            this = Round(place, command, self.prepared[command])
            number = forked(lambda: main(this.words()))
            time.sleep(moment)
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        else:
            command, steps = self._next_step(exchanged=number % 3 == 1 and number % 2 == 0)
            step = self.random.choice(steps)
            how = f"{command} at step {step}"
            this = Round(place, command, self.prepared[command])
            number = forked(lambda: stepping(this.words(), step))
        code = finished(number)
        try:
            left = look(this, self.wanted[command])
            goes_on(this)
        except Exception as error:
            raise Wrong(f"{how}: {error!r}, in {place}") from error
        shutil.rmtree(place)
        return f"{'killed' if code < 0 else 'ended'}, {left}"

    def _next_step(self, *, exchanged: bool) -> tuple[str, range]:
        """A step before the workbook is exchanged, or from then on; each comes once before any comes again."""
        if not self.decks[exchanged]:
            self.decks[exchanged] = self.random.sample(self.steps[exchanged], len(self.steps[exchanged]))
        return self.decks[exchanged].pop()


def kill(times: int, seed: int) -> Counter[str]:
    """Kills so many runs; how many left what. Those that ended before they were killed come on top.

    Raises:
        Wrong: one of them left something that it must not.
    """
    with tempfile.TemporaryDirectory() as folder:
        killing = Killing(Path(folder), seed)
        found: Counter[str] = Counter()
        while sum(n for left, n in found.items() if left.startswith("killed")) < times:
            found[killing.round(sum(found.values()))] += 1
        return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    began = time.monotonic()
    for left, count in sorted(kill(given.times, given.seed).items()):
        sys.stdout.write(f"{count:5}  {left}\n")
    sys.stdout.write(
        f"{given.times} kills, {time.monotonic() - began:.0f} s; every workbook was the old or the new one\n"
    )
