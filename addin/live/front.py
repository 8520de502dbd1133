"""The office program in front of the person, as xlwings reaches it: Excel, or LibreOffice through our engine."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from addin.live import native
from addin.live.actions import Place
from addin.live.host import LiveHost
from workbook.errors import BookUnusable, HostCannot

if TYPE_CHECKING:
    import xlwings

#: By these LibreOffice says how its program and the workbook are reached (`addin/libreoffice/toolbar/agent.py`).
_ADDRESS, _TOKEN, _BOOK = "CHAMPIONS_CALC_ADDRESS", "CHAMPIONS_CALC_TOKEN", "CHAMPIONS_CALC_BOOK"
_TAKEN_ALONG = ("pandas", "numpy", "matplotlib", "PIL", "plotly")
_TITLE = "Champions"


class OfficeFront:
    """An office program and the workbook in front.

    Args:
        app: the program.
        book: the workbook.
        let_go: ends the connection.
    """

    def __init__(self, app: xlwings.App, book: xlwings.Book, let_go: Callable[[], object] = lambda: None) -> None:
        self._app, self._book, self._let_go = app, book, let_go
        self.host = LiveHost(book)

    @property
    def name(self) -> str:
        """The workbook's full name; of one that was never saved its name in this very program."""
        full = str(self._book.fullname)
        return full if self.path is not None else f"{full} in {self._app.pid}"

    @property
    def path(self) -> Path | None:
        """Its file; None for one that was never saved, or lies in the cloud."""
        path = Path(self._book.fullname)
        return path if path.is_absolute() and path.exists() else None

    @property
    def chosen(self) -> Place | None:
        """The chosen cell of the sheet in front."""
        chosen = self._book.selection
        return Place(chosen.sheet.name, chosen.row, chosen.column) if chosen is not None else None

    def open(self, path: Path) -> None:
        """Opens a workbook in the same program."""
        self._app.books.open(str(path))

    def progress(self, words: str) -> None:
        """Says in Excel's status bar what is being done; in LibreOffice the toolbar does."""
        if not native.in_libreoffice(self._book):
            with suppress(Exception):  # nobody misses it who has the result
                self._app.status_bar = words or False

    def say(self, words: str) -> None:
        """Shows a message until it is read."""
        self._app.alert(words, title=_TITLE)

    def leave(self) -> None:
        """Lets the program go, which goes on."""
        self._let_go()


def in_front(variables: Mapping[str, str]) -> OfficeFront:
    """The program whose button was pressed, and its workbook in front.

    Args:
        variables: of the press's environment.

    Raises:
        HostCannot: no such program can be reached.
        BookUnusable: no workbook is open in it.
    """
    _import_xlwings()
    address = variables.get(_ADDRESS)
    if not address:
        return _in_excel()
    return _in_libreoffice(address, variables.get(_TOKEN, ""), variables.get(_BOOK, ""))


def _import_xlwings() -> None:
    """Imports xlwings without what it takes along where it is there: that takes longer than most presses.

    Whoever imports those afterwards, as the documents' charts do, finds them.
    """
    absent = [name for name in _TAKEN_ALONG if name not in sys.modules]
    sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type]
    try:
        importlib.import_module("xlwings")
    finally:
        for name in absent:
            del sys.modules[name]


def _in_libreoffice(address: str, token: str, uid: str) -> OfficeFront:
    from addin.calc import CalcError, Gone, attach, detach

    try:
        app = attach(address, token)
        book = next((book for book in app.books if book.impl.uid == uid), None)
        if book is None:
            detach(app)
            raise BookUnusable("The workbook was closed meanwhile.", next_step="Open it and press again.")
        return OfficeFront(app, book, lambda: detach(app))
    except Gone as error:
        raise HostCannot("LibreOffice was closed meanwhile.", next_step="Open it and press again.") from error
    except CalcError as error:
        raise BookUnusable(str(error), next_step="Open the workbook, close any message, and press again.") from error


def _in_excel() -> OfficeFront:
    import xlwings

    try:
        book = xlwings.Book.caller()
    except Exception as error:
        raise HostCannot(
            "No office program has called.", next_step="Press the button in Excel or LibreOffice."
        ) from error
    return OfficeFront(book.app, book)
