"""Work done one item ahead in a thread, for work that lets Python run on meanwhile (calamine does)."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from threading import Thread
from typing import Any


class _Ahead(Thread):
    def __init__(self, work: Callable[[Any], Any], item: Any) -> None:
        super().__init__(daemon=True)
        self._work, self._item = work, item
        self._outcome: Any = None
        self._error: BaseException | None = None
        self.start()

    def run(self) -> None:
        """Keeps what the work gives or raises."""
        try:
            self._outcome = self._work(self._item)
        except BaseException as error:  # noqa: BLE001 - a panic in calamine is no Exception; `result` raises it
            self._error = error

    def result(self) -> Any:
        """Waits; gives what the work gave, or raises what it raised."""
        self.join()
        if self._error is not None:
            raise self._error
        return self._outcome


def _begun(work: Callable[[Any], Any], item: Any) -> _Ahead | None:
    """The work under way in a thread; None where there is no thread to be had."""
    try:
        return _Ahead(work, item)
    except RuntimeError:
        return None


def one_ahead(work: Callable[[Any], Any], items: Sequence[Any]) -> Generator[Any]:
    """`map(work, items)`, with the next item always under way. Two never run at once.

    Where there are no threads (none left, or a browser's Python), each waits until it is due.

    Closing it waits for the item under way, so that what `work` uses is free again.

    Args:
        work: done in a thread; it must not need what uses its outcome.
        items: what it is done with, one after another.

    Raises:
        BaseException: what `work` raised for the item that is due.
    """
    if len(items) == 1:
        yield work(items[0])
        return
    under_way: _Ahead | None = None
    try:
        for n in range(len(items)):
            outcome = under_way.result() if under_way is not None else work(items[n])
            under_way = _begun(work, items[n + 1]) if n + 1 < len(items) else None
            yield outcome
    finally:
        if under_way is not None:
            under_way.join()
