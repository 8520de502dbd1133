"""Reads many workbooks by several processes of our own: one that dies or hangs costs its own workbook at most."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from addin.isolated import start_line
from addin.portfolio.finding import Found
from addin.portfolio.problems import Problem, killer, of_error, too_long

_WORKER = "addin.portfolio.worker"
#: How often a workbook is read by a new process after the one that read it died.
RETRIES = 2


@dataclass(frozen=True)
class Limits:
    """What one workbook may take: seconds by the clock, and bytes of memory for the process that reads it."""

    seconds: float = 120.0
    memory: int = 2 << 30


#: What became of a workbook: what it gave, or its problem.
Outcome = dict[str, Any] | Problem
Tell = Callable[[Found, Outcome], None]


@dataclass
class Pool:
    """Processes that read workbooks.

    Args:
        workers: how many at once.
        as_of: the day, in ISO 8601.
        names: whether names of who acts come along.
    """

    workers: int
    as_of: str
    names: bool = False
    limits: Limits = field(default_factory=Limits)

    def run(self, books: Iterable[Found], tell: Tell) -> None:
        """Reads all of them; `tell` is called once for each, in this thread, in the order in which they are done."""
        waiting: queue.SimpleQueue[Found] = queue.SimpleQueue()
        count = 0
        for book in books:
            waiting.put(book)
            count += 1
        done: queue.SimpleQueue[tuple[Found, Outcome]] = queue.SimpleQueue()
        stop = threading.Event()
        readers = [_Reader(self, waiting, done, stop) for _ in range(min(self.workers, count))]
        try:
            for reader in readers:
                reader.start()
            for _ in range(count):
                tell(*done.get())
        finally:
            stop.set()
            for reader in readers:
                reader.end()


class _Reader(threading.Thread):
    """One process and the thread that feeds it."""

    def __init__(
        self,
        pool: Pool,
        waiting: queue.SimpleQueue[Found],
        done: queue.SimpleQueue[tuple[Found, Outcome]],
        stop: threading.Event,
    ) -> None:
        super().__init__(daemon=True)
        self._pool, self._waiting, self._done, self._stop_all = pool, waiting, done, stop
        self._process: subprocess.Popen[str] | None = None

    def run(self) -> None:
        while not self._stop_all.is_set():
            try:
                book = self._waiting.get_nowait()
            except queue.Empty:
                break
            try:
                outcome = self._read(book)
            except Exception as error:  # noqa: BLE001 - each becomes a line; the rest goes on
                outcome = of_error(book.name, error)
            self._done.put((book, outcome))
        self.end()

    def end(self) -> None:
        """Ends the process."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def _read(self, book: Found) -> Outcome:
        for _ in range(1 + RETRIES):
            line, late = self._ask(book)
            if late:
                return too_long(book.name, self._pool.limits.seconds)
            try:
                answer = json.loads(line)
                return Problem(*answer["problem"]) if "problem" in answer else dict(answer["read"])
            except (ValueError, KeyError, TypeError):
                self.end()  # it died, perhaps in the middle of a word
            if self._stop_all.is_set():
                break
        return killer(book.name, 1 + RETRIES)

    def _ask(self, book: Found) -> tuple[str, bool]:
        """The answer, '' from a process that died; and whether its time was over."""
        process = self._process = self._process or self._new_process()
        late = threading.Event()

        def over() -> None:
            late.set()
            process.kill()

        watch = threading.Timer(self._pool.limits.seconds, over)
        watch.daemon = True
        watch.start()
        job = {
            "path": str(book.path.absolute()),
            "name": book.name,
            "as_of": self._pool.as_of,
            "names": self._pool.names,
        }
        try:
            if process.stdin is None or process.stdout is None:
                return "", False
            process.stdin.write(json.dumps(job) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except (OSError, ValueError):
            line = ""
        finally:
            watch.cancel()
        if late.is_set():
            self.end()
        return line, late.is_set()

    def _new_process(self) -> subprocess.Popen[str]:
        return subprocess.Popen(  # noqa: S603 - our own interpreter and module
            start_line(sys.executable, _WORKER, str(self._pool.limits.memory)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=sys.prefix,
            encoding="utf-8",
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
