"""How far the reading of many workbooks is: a bar on a terminal, a line of words now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from addin.frontends.terminal.session import tell

#: Where no terminal shows a bar, so many seconds pass between two lines of words.
_BETWEEN = 30.0
STOPPED = "Stopped. What was read is kept: the same command with --resume goes on from there."


@contextmanager
def reading_progress(count: int) -> Iterator[Callable[[str], None]]:
    """Yields what is called with each workbook's name when it is done; all goes to the error output.

    Args:
        count: how many workbooks there are.
    """
    shows = _bar if sys.stderr.isatty() and count else _words
    try:
        with shows(count) as step:
            yield step
    except KeyboardInterrupt:
        tell(STOPPED)
        raise


@contextmanager
def _bar(count: int) -> Iterator[Callable[[str], None]]:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Task as Shown
    from rich.text import Text

    from addin.frontends.terminal.show import console

    class Rate(ProgressColumn):
        def render(self, task: Shown) -> Text:
            return Text(rate(task.speed or 0.0))

    columns = (TextColumn("Workbooks"), BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn())
    with Progress(*columns, console=console(sys.stderr), transient=True) as bar:
        task = bar.add_task("", total=count)
        yield lambda _: bar.advance(task)


@contextmanager
def _words(count: int) -> Iterator[Callable[[str], None]]:
    began = told = time.monotonic()
    done = 0

    def step(_: str) -> None:
        nonlocal done, told
        done += 1
        now = time.monotonic()
        if now - told >= _BETWEEN and done < count:
            told = now
            tell(words(done, count, now - began))

    yield step


def words(done: int, count: int, seconds: float) -> str:
    """How many are done, how fast, and how long it takes yet.

    Args:
        done: how many workbooks are done.
        count: of how many.
        seconds: in how many seconds.
    """
    left = (count - done) * seconds / done
    still = f"{left / 60:,.0f} minutes" if left >= 90 else f"{left:.0f} seconds"
    return f"{done:,} of {count:,} workbooks, {rate(done / seconds)}, about {still} left"


def rate(a_second: float) -> str:
    """How fast it goes.

    Args:
        a_second: workbooks a second.
    """
    return f"{a_second:.1f} a second" if a_second >= 1 else f"{60 * a_second:.0f} a minute"
