"""Reads many workbooks by several processes of our own on this machine."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from addin.portfolio.finding import Found
from addin.portfolio.process import Asked, Manner, Outcome, ReadingProcess

Tell = Callable[[Found, Outcome], None]


class Engine(Protocol):
    """What reads many workbooks."""

    @property
    def manner(self) -> Manner:
        """How all are read."""

    def run(self, books: Sequence[Found], tell: Tell) -> None:
        """Reads all of them; `tell` is called once for each, in this thread, in the order in which they are done.

        Args:
            books: the workbooks.
            tell: takes a workbook and what became of it.
        """


@dataclass(frozen=True)
class Pool:
    """Processes of this machine.

    Args:
        workers: how many at once.
        manner: how all are read.
    """

    workers: int
    manner: Manner

    def run(self, books: Sequence[Found], tell: Tell) -> None:
        """Reads all of them; see `addin.portfolio.pool.Engine.run`."""
        waiting: queue.SimpleQueue[Found] = queue.SimpleQueue()
        for book in books:
            waiting.put(book)
        done: queue.SimpleQueue[tuple[Found, Outcome]] = queue.SimpleQueue()
        stop = threading.Event()
        readers = [_Reader(self.manner, waiting, done, stop) for _ in range(min(self.workers, len(books)))]
        try:
            for reader in readers:
                reader.start()
            for _ in books:
                tell(*done.get())
        finally:
            stop.set()
            for reader in readers:
                reader.process.end()


class _Reader(threading.Thread):
    """One process and the thread that feeds it."""

    def __init__(
        self,
        manner: Manner,
        waiting: queue.SimpleQueue[Found],
        done: queue.SimpleQueue[tuple[Found, Outcome]],
        stop: threading.Event,
    ) -> None:
        super().__init__(daemon=True)
        self.process = ReadingProcess(manner)
        self._waiting, self._done, self._stop_all = waiting, done, stop

    def run(self) -> None:
        while not self._stop_all.is_set():
            try:
                book = self._waiting.get_nowait()
            except queue.Empty:
                break
            self._done.put((book, self.process.read(Asked(str(book.path.absolute()), book.name))))
        self.process.end()
