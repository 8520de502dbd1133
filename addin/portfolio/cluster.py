"""Reads many workbooks by the workers of a running Dask scheduler, each through a process of our own (`process.py`).

A workbook that kills or never ends costs that process alone. Where a whole worker dies, Dask gives its batch to another
one, as often as the scheduler allows (`distributed.scheduler.allowed-failures`); then the batch is split, and
each half read while nothing else is, until only the workbook that kills becomes a line.
"""

from __future__ import annotations

import logging
import queue
import socket
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from addin.lossless import read_plain
from addin.portfolio.finding import Found
from addin.portfolio.pool import Tell
from addin.portfolio.problems import Problem, killer, not_reached, of_error, too_large_to_send
from addin.portfolio.process import Asked, Manner, Outcome, ReadingProcess
from workbook.model.catalogue import RULES_VERSION
from workbook.model.errors import ChampionsError

#: A batch takes workbooks up to so many bytes and so many pieces: long enough to be worth a message, short enough to be
#: read again by another worker.
BATCH_BYTES, BATCH_BOOKS = 2 << 20, 32
#: A workbook of more bytes is not sent.
MOST_SENT = 256 << 20
#: How many batches wait at each worker's threads, so that bytes that are sent never pile up.
_AHEAD = 3
#: How long a scheduler and its first worker may take to answer, in seconds.
_PATIENCE = 10.0
#: How many times in a row that long nobody may be heard of.
_UNHEARD = 3

_here = threading.local()


def ours() -> str:
    """What must be alike here and on every worker: the versions of this program and of its rules."""
    return f"{version('champion-workbook')}, rules {RULES_VERSION}"


def read_batch(batch: Sequence[Asked], manner: Manner) -> list[Outcome]:
    """What a worker does: reads a batch by the process that its thread keeps.

    Args:
        batch: the workbooks.
        manner: how all are read.

    Returns:
        What became of each, in the same order.
    """
    process: ReadingProcess | None = getattr(_here, "process", None)
    if process is None or process.manner != manner:
        if process is not None:
            process.end()
        process = _here.process = ReadingProcess(manner)
    return [process.read(asked) for asked in batch]


def batches(books: Sequence[Found]) -> Iterator[list[Found]]:
    """The workbooks in batches by their bytes; one that is larger than a batch is a batch.

    Args:
        books: in the order in which they are read.
    """
    batch: list[Found] = []
    room = BATCH_BYTES
    for book in books:
        size = _size(book)
        if batch and (size > room or len(batch) == BATCH_BOOKS):
            yield batch
            batch, room = [], BATCH_BYTES
        batch.append(book)
        room -= size
    if batch:
        yield batch


def _size(book: Found) -> int:
    try:
        return book.path.stat().st_size
    except OSError:
        return 0


@dataclass(frozen=True)
class Cluster:
    """The workers of a scheduler.

    Args:
        address: of the scheduler, such as tcp://10.0.0.5:8786.
        manner: how all are read.
        send: whether workers get the workbooks' bytes; else they must reach the files by the same paths.
        patience: how long scheduler and first worker may take to answer, in seconds.
    """

    address: str
    manner: Manner
    send: bool = False
    patience: float = _PATIENCE

    def run(self, books: Sequence[Found], tell: Tell) -> None:
        """Reads all of them; see `addin.portfolio.pool.Engine.run`.

        Raises:
            ChampionsError: the library is missing, or the scheduler isn't there, is of another version, or goes away.
        """
        if find_spec("distributed") is None:
            raise ChampionsError(
                "A scheduler needs the library distributed.",
                next_step="Install it: pip install 'champion-workbook[portfolio]', or leave out --scheduler.",
            )
        if books:
            with self._client() as client:
                self._read(client, books, tell)

    @contextmanager
    def _client(self) -> Iterator[Any]:
        distributed: Any = import_module("distributed")
        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # we say it in words of our own
        try:
            self._must_answer()
            client = distributed.Client(self.address, timeout=self.patience, set_as_default=False)
        except (OSError, ValueError, ImportError) as error:
            raise ChampionsError(
                "No Dask scheduler answers at this address.",
                where=self.address,
                next_step="See whether it runs and how the address is spelt, as in tcp://10.0.0.5:8786.",
            ) from error
        try:
            self._must_be_alike(client)
            yield client
        finally:
            client.close(timeout=2)

    def _must_answer(self) -> None:
        """Knocks first: a client of Dask's that found nobody writes of its own end on the terminal, seconds later."""
        place = urlsplit(self.address if "://" in self.address else f"tcp://{self.address}")
        if place.scheme in ("tcp", "tls"):
            socket.create_connection((place.hostname or "", place.port or 0), timeout=self.patience).close()

    def _must_be_alike(self, client: Any) -> None:
        try:
            client.wait_for_workers(1, timeout=self.patience)
        except TimeoutError as error:
            raise ChampionsError(
                "The scheduler has no worker.", where=self.address, next_step="Start one: dask worker ADDRESS."
            ) from error
        try:
            told = client.get_versions()
            libraries = {one["packages"].get("distributed") for one in [told["scheduler"], *told["workers"].values()]}
            alike = libraries == {told["client"]["packages"]["distributed"]} and {*client.run(ours).values()} == {
                ours()
            }
        except Exception as error:  # what another version answers with can't be foreseen
            raise self._unlike() from error
        if not alike:
            raise self._unlike()

    def _unlike(self) -> ChampionsError:
        return ChampionsError(
            "The scheduler or a worker has other versions than this computer.",
            where=self.address,
            next_step=f"Install there what is here: champion-workbook {ours()}, and the same version of distributed.",
        )

    def _read(self, client: Any, books: Sequence[Found], tell: Tell) -> None:
        waiting, asked = deque(batches(books)), dict[str, tuple[Any, list[Found]]]()
        suspects = deque[list[Found]]()
        done: queue.SimpleQueue[Any] = queue.SimpleQueue()
        most = _AHEAD * max(1, sum(client.nthreads().values()))
        while waiting or asked or suspects:
            # Dask suspects all that a dying worker was to do: each half of a batch that died gets a worker by itself.
            ready = waiting or suspects
            while ready and len(asked) < (most if ready is waiting else 1):
                kept, jobs = self._jobs(ready.popleft(), tell)
                future = client.submit(read_batch, jobs, self.manner, pure=False)
                asked[future.key] = future, kept
                future.add_done_callback(done.put)
            future, batch = asked.pop(self._next(client, done).key)
            suspects.extend(self._take(future, batch, tell, alone=ready is suspects and not asked))

    def _next(self, client: Any, done: queue.SimpleQueue[Any]) -> Any:
        """The next task that is done; waits no longer than there is somebody who could do it."""
        unheard = 0
        while unheard < _UNHEARD:
            with suppress(queue.Empty):
                return done.get(timeout=self.patience)
            unheard += 1
            with suppress(Exception):  # what it fails with, once it is gone, can't be foreseen
                if client.status == "running" and client.nthreads():
                    unheard = 0
        raise self._went_away()

    def _went_away(self) -> ChampionsError:
        return ChampionsError(
            "The scheduler or all its workers went away before all was read.",
            where=self.address,
            next_step="What was read is kept: the same command with --resume goes on from there.",
        )

    def _jobs(self, batch: Sequence[Found], tell: Tell) -> tuple[list[Found], list[Asked]]:
        """What the workers get; a workbook that can't be read to be sent is told of at once."""
        kept, jobs = [], []
        for book in batch:
            try:
                data = read_plain(book.path, most=MOST_SENT + 1) if self.send else None
            except OSError as error:
                tell(book, of_error(book.name, error))
                continue
            if data is not None and len(data) > MOST_SENT:
                tell(book, too_large_to_send(book.name, MOST_SENT))
                continue
            kept.append(book)
            jobs.append(Asked(str(book.path.absolute()), book.name, data))
        return kept, jobs

    def _take(self, future: Any, batch: list[Found], tell: Tell, *, alone: bool) -> list[list[Found]]:
        """Tells of a batch that is done; gives what is to be read again of one whose workers all died."""
        if future.status == "finished":
            for book, outcome in zip(batch, future.result(), strict=True):
                tell(book, self._in_place(book, outcome))
            return []
        if future.status != "error":
            raise self._went_away()
        if len(batch) > 1:
            return [batch[: len(batch) // 2], batch[len(batch) // 2 :]]
        if not alone:
            return [batch]
        error = future.exception()
        died = isinstance(error, import_module("distributed").KilledWorker)
        for book in batch:
            tell(book, killer(book.name, 1 + error.allowed_failures) if died else of_error(book.name, error))
        return []

    def _in_place(self, book: Found, outcome: Outcome) -> Outcome:
        if isinstance(outcome, Problem) and outcome.code == "gone" and not self.send and book.path.exists():
            return not_reached(book.name)
        return outcome
