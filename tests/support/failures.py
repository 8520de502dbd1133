"""Has single calls to the system fail in real runs, and compares what is said with what the disk holds.

`python -m tests.support.failures --times 1000 --seed 1`: each round takes a workbook, runs a command in a process of
its own, and has one call (a file opened, read, written, flushed, closed, renamed, removed …) fail as disks do. Then the
workbook must be the old one, byte for byte, or a whole new one; and the words must be true of those bytes, whatever the
exit code says. Needs Linux and gcc.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import errno
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
from pathlib import Path

from addin.frontends.terminal import check, documents, main, new, restore, triggers, undo  # noqa: F401 - loaded once, for all forks
from addin.hosts.file.versions import kept_states
from addin.lossless import content_of
from tests.support.builders import BASE
from tests.support.contract_builder import build
from tests.support.killing import Wrong, a_programme, finished

SHIM = "FAILING_CALLS"
AS_OF = ("--as-of", "2026-06-30")
COMMANDS = {
    "check": AS_OF,
    "triggers": AS_OF,
    "undo": (),
    "restore": ("1",),
    "documents": ("--only", "board-minutes", *AS_OF),
    "new": (),
}
ERRORS = (errno.EIO, errno.ENOSPC, errno.EACCES, errno.EROFS, errno.ESTALE, errno.EDQUOT, errno.EBUSY)
NOT_DONE = ("Nothing was changed", "Nothing was written", "was not changed by this", "no such workbook")
DONE = ("Taken back:", "Brought back:", "Workbook written:")
FEW = ("Services", "People", "SupportLog")


def shim(folder: Path) -> Path:
    """The library that makes calls fail, built here."""
    made = folder / "failing.so"
    source = Path(__file__).with_name("failing.c")
    subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-w", "-o", made, source, "-ldl"], check=True)
    return made


class Failing:
    """Workbooks to fail on.

    Args:
        folder: an empty one, for all.
    """

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.random = folder, random.Random(seed)
        self.library = ctypes.CDLL(os.environ[SHIM])
        self.library.failing_name.restype = ctypes.c_char_p
        self.plain = folder / "plain"
        self.plain.mkdir()
        few = {name: rows for name, rows in a_programme().items() if name in FEW}
        build(self.plain / "book.xlsx", few, computed=True, lists=False, leave_out=set(BASE) - set(FEW))
        self.run = folder / "run"
        shutil.copytree(self.plain, self.run)
        self._forked("check", self.run, 0, 0)
        self.calls = {command: self._count(command) for command in COMMANDS}

    def _count(self, command: str) -> int:
        place = self._fresh(command, f"count {command}")
        return int(self._forked(command, place, 0, 0)[3])

    def _fresh(self, command: str, name: str) -> Path:
        place = self.folder / name
        if command == "new":
            place.mkdir()
        else:
            shutil.copytree(self.run if command in {"undo", "restore"} else self.plain, place)
        return place

    def _forked(self, command: str, place: Path, nth: int, error: int) -> tuple[int, str, str, str, str]:
        """Runs a command whose nth call fails: exit code, output, error output, calls seen, the call that failed."""
        told = self.folder / "told"
        shutil.rmtree(told, ignore_errors=True)
        told.mkdir()
        number = os.fork()
        if not number:
            out, err, code = io.StringIO(), io.StringIO(), 99
            try:
                with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                    self.library.failing_arm(str(place).encode(), nth, error)
                    code = main([command, str(place / "book.xlsx"), *COMMANDS[command]])
                    seen, name = self.library.failing_seen(), self.library.failing_name().decode()
                    self.library.failing_arm(b"/nowhere/", 0, 0)
                for text, file in (
                    (out.getvalue(), "out"),
                    (err.getvalue(), "err"),
                    (str(seen), "seen"),
                    (name, "name"),
                ):
                    (told / file).write_text(text)
            finally:
                os._exit(code)
        code = finished(number)
        texts = [(told / name).read_text() if (told / name).exists() else "" for name in ("out", "err", "seen", "name")]
        return code, *texts

    def round(self, number: int) -> str:
        """One failure; what came of it.

        Raises:
            Wrong: the workbook is neither old nor new, or something was said that is not so.
        """
        command = self.random.choice(list(COMMANDS))
        nth, error = self.random.randint(1, self.calls[command]), self.random.choice(ERRORS)
        place = self._fresh(command, f"round {number}")
        book = place / "book.xlsx"
        before = book.read_bytes() if book.exists() else b""
        code, out, err, _, name = self._forked(command, place, nth, error)
        how = f"{command}, call {nth} ({name}) fails with {errno.errorcode[error]}, in {place}"
        try:
            outcome = look(book, command, before, code, out, err)
        except Wrong as wrong:
            raise Wrong(f"{how}: {wrong}\n{out[-300:]}\n{err}") from wrong
        shutil.rmtree(place)
        return f"{command:10} {outcome}"


def look(book: Path, command: str, before: bytes, code: int, out: str, err: str) -> str:
    """What the disk holds, and whether all that was said of it is so.

    Raises:
        Wrong: it is not.
    """
    now = book.read_bytes() if book.exists() else b""
    changed = now != before
    if changed:
        with zipfile.ZipFile(io.BytesIO(now)) as package:
            if package.testzip() is not None:
                raise Wrong("the new workbook is damaged")
    for state in kept_states(book):
        content_of(state)
    if code not in {0, 1, 2} or "foresee" in err or "Traceback" in err:
        raise Wrong(f"exit {code}")
    if changed and (code == 2 or any(words in err + out for words in NOT_DONE)):
        raise Wrong("the workbook was written, and it was said that it wasn't")
    if not changed and (code != 2 or any(words in out for words in DONE)):
        raise Wrong("the workbook was not written, and it was said that it was")
    if not changed and not err.strip():
        raise Wrong(f"{command} failed and said nothing")
    return f"{'new' if changed else 'old'}, exit {code}"


def fail(times: int, seed: int) -> tuple[Counter[str], list[str]]:
    """Has so many calls fail: how many runs left what, and what was wrong."""
    found: Counter[str] = Counter()
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        failing = Failing(Path(folder), seed)
        for number in range(times):
            try:
                found[failing.round(number)] += 1
            except Wrong as error:
                wrong.append(str(error))
    return found, wrong


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    if SHIM not in os.environ:
        with tempfile.TemporaryDirectory() as built:
            made = str(shim(Path(built)))
            words = [
                sys.executable,
                "-m",
                "tests.support.failures",
                "--times",
                str(given.times),
                "--seed",
                str(given.seed),
            ]
            sys.exit(subprocess.run(words, env={**os.environ, SHIM: made, "LD_PRELOAD": made}, check=False).returncode)
    began = time.monotonic()
    outcomes, mistakes = fail(given.times, given.seed)
    for left, count in sorted(outcomes.items()):
        sys.stdout.write(f"{count:5}  {left}\n")
    sys.stdout.write("".join(f"WRONG  {mistake}\n" for mistake in mistakes))
    sys.stdout.write(f"{given.times} failures, {time.monotonic() - began:.0f} s; {len(mistakes)} wrong\n")
    sys.exit(bool(mistakes))
