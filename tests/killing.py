"""Kills real runs at random moments and looks at what they leave: `python -m tests.killing --times 500 --seed 1`.

Each round takes a workbook, starts `champions check`, `triggers`, `undo` or `restore` on it in a process of its own,
and kills that outright: half of them after a random time, half just before a random step of writing (a file opened,
written, flushed, renamed, removed …). Then

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
from pathlib import Path

from addin.cli import check, main, restore, triggers, undo  # noqa: F401 - loaded once, for all that are forked
from addin.closed.host import ClosedHost
from addin.closed.states import kept_states
from addin.lossless import content_of
from addin.lossless.locking import lock_path
from tests.builders import BASE, PEOPLE, day, rows_like
from tests.contract_builder import build
from workbook.registers import Actions, Checks, Triggers

COMMANDS = ("check", "triggers", "undo", "restore")
_AS_OF = ("--as-of", "2026-06-30")
_LEFT = ".~writing"


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


def stepping(words: Sequence[str], lock: Path, die_before: int, told: int = -1) -> int:
    """Runs a command and dies before a step of writing; steps count from the making of the lock."""
    steps = 0
    counted = {"os.rename", "os.remove", "os.mkdir", "os.chmod", "os.utime", "os.chown", "os.truncate", "os.setxattr"}

    def step() -> None:
        nonlocal steps
        if steps:
            steps += 1
        if steps == die_before:
            os.kill(os.getpid(), signal.SIGKILL)

    def hook(event: str, args: tuple[object, ...]) -> None:
        nonlocal steps
        if event == "open" and not steps and str(args[0]) == str(lock):
            steps = 1
            step()
        elif event in counted or event == "open":
            step()

    for name in ("fsync", "write", "close"):
        real = getattr(os, name)
        setattr(os, name, lambda *args, real=real: (step(), real(*args))[1])
    sys.addaudithook(hook)
    code = main(list(words))
    if told >= 0:
        Path(f"/dev/fd/{told}").write_text(str(steps))
    return code


def ran(words: Sequence[str]) -> int:
    """Runs a command to its end; its exit code."""
    return finished(forked(lambda: main(list(words))))


def counted_steps(this: Round) -> int:
    """How many steps a command takes."""
    reading, writing = os.pipe()
    finished(forked(lambda: stepping(this.words(), lock_path(this.path), -1, writing)))
    os.close(writing)
    with os.fdopen(reading) as told:
        return int(told.read())


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
        self.steps: dict[str, int] = {}
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
                self.steps[command] = counted_steps(this)
            elif ran(this.words()) not in {0, 1}:
                raise Wrong(f"{command} does not even work if it is left alone")
            else:
                self.seconds[command] = time.monotonic() - started
                self.wanted[command] = contents(this.path)

    def round(self, number: int) -> str:
        """One kill; what it left."""
        command = self.random.choice(COMMANDS)
        place = self.folder / f"round {number}"
        this = Round(place, command, self.prepared[command])
        if self.random.random() < 0.5:
            moment = self.random.uniform(0, self.seconds[command])
            how = f"{command} after {moment:.4f} s"
            number = forked(lambda: main(this.words()))
            time.sleep(moment)
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        else:
            step = self.random.randint(2, self.steps[command])
            how = f"{command} before step {step} of {self.steps[command]}"
            number = forked(lambda: stepping(this.words(), lock_path(this.path), step))
        code = finished(number)
        try:
            left = look(this, self.wanted[command])
            goes_on(this)
        except Exception as error:
            raise Wrong(f"{how}: {error!r}, in {place}") from error
        shutil.rmtree(place)
        return f"{'killed' if code < 0 else 'ended'}, {left}"


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
