"""An office program that does not answer just now: asked again for a while, and then told in words."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeVar

from addin.hosts.office import native
from workbook.model.errors import BookBusy, BookUnusable, ChampionsError, HostCannot

if TYPE_CHECKING:
    import xlwings

#: Seconds that Excel is asked again for, and between two questions.
PATIENCE, PAUSE = 10.0, 0.05
#: What Excel answers while a cell is being edited or a dialog is open: call rejected, ignored, and filtered.
_EXCEL_IS_BUSY = frozenset({-2147418111, -2146777998, -2147417846})
_Answer = TypeVar("_Answer")


class Attempts(int):
    """A number of attempts that pauses between two: xlwings compares it with how many it has made.

    Asked as `attempt < attempts`, Python lets the class that is more special answer: this one.
    """

    def __gt__(self, made: int) -> bool:
        time.sleep(PAUSE)
        return int.__gt__(self, made)


def patiently(ask: Callable[[], _Answer]) -> _Answer:
    """The answer of Excel, asked again while it is busy. Only for what writes nothing.

    Args:
        ask: asks one thing of Excel; it may be called many times.

    Raises:
        BookBusy: it was busy all the time.
    """
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return ask()
        except Exception as error:
            if not excel_is_busy(error):
                raise
            if time.monotonic() > until:
                raise BookBusy(
                    "Excel is busy.",
                    next_step="Finish the cell you are typing in and close open messages, then press again. "
                    "Nothing was changed.",
                ) from error
        time.sleep(PAUSE)


@contextmanager
def office_errors_in_words(book: xlwings.Book) -> Iterator[None]:
    """The office program's errors as those of `workbook.model.errors`.

    Args:
        book: the workbook.

    Raises:
        BookBusy: a cell is being edited, or a dialog is open.
        HostCannot: LibreOffice was closed.
        BookUnusable: the workbook was closed.
    """
    try:
        yield
    except ChampionsError:
        raise
    except Exception as error:
        told = _told(error, book)
        if told is None:
            raise
        raise told from error


def _told(error: Exception, book: xlwings.Book) -> ChampionsError | None:
    """An error of the office program as one of ours; None where it is not known."""
    from addin.calc import Gone

    if _is_busy(error):
        return BookBusy(
            "The office program does not answer: a cell is being edited, or a dialog is open.",
            where=_name(book),
            next_step="Press Return or Escape in the cell, or close the dialog, then press the button again.",
        )
    if isinstance(error, Gone):
        return HostCannot(
            "LibreOffice was closed meanwhile, or can't be reached any more.",
            next_step="Open the workbook and press again.",
        )
    if not native.is_open(book):
        return BookUnusable("The workbook was closed meanwhile.", next_step="Open it and press again.")
    return None


def excel_is_busy(error: BaseException) -> bool:
    """Whether an error, or one that it arose from, says that Excel is busy.

    Args:
        error: whatever xlwings raised.
    """
    if isinstance(error, ChampionsError):
        return False
    codes: Any = error.args[:1] + tuple(error.args[2][-1:] if len(error.args) > 2 and error.args[2] else ())
    if type(error).__name__ == "ExcelBusyError":
        return True
    if any(code in _EXCEL_IS_BUSY for code in codes if isinstance(code, int)):
        return True
    before = error.__cause__ or error.__context__
    return before is not None and excel_is_busy(before)


def _is_busy(error: BaseException) -> bool:
    from addin.calc import NoAnswer

    return isinstance(error, NoAnswer) or excel_is_busy(error)


def _name(book: xlwings.Book) -> str:
    with suppress(Exception):  # it was the book that did not answer
        return str(book.name)
    return ""
