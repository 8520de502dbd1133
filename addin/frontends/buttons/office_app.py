"""The office program in front of the person, as xlwings reaches it: Excel, or LibreOffice through our engine."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from addin.frontends.buttons.situation import Place, Question
from addin.hosts.office import excel, native
from addin.hosts.office.busy import office_errors_in_words
from addin.hosts.office.host import TITLE, LiveHost
from addin.hosts.office.leftovers import offer
from addin.isolated import EXCEL_BOOK, EXCEL_WINDOW
from workbook.model.errors import BookUnusable, ChampionsError, HostCannot

if TYPE_CHECKING:
    import xlwings

    from addin.frontends.progress_window import Waiting

#: By these LibreOffice says how its program and the workbook are reached (`addin/frontends/toolbar/inside/agent.py`).
_ADDRESS, _TOKEN, _BOOK = "CHAMPIONS_CALC_ADDRESS", "CHAMPIONS_CALC_TOKEN", "CHAMPIONS_CALC_BOOK"
#: What stands on the line of a ribbon that starts xlwings' way, as those of earlier installations do.
_OLDER_RIBBON = "--from_xl=1"
_TAKEN_ALONG = ("pandas", "numpy", "matplotlib", "PIL", "plotly")
#: What Excel gives for the place of a workbook in SharePoint or OneDrive is an address.
_IN_THE_CLOUD = "://"


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
        """The workbook's full name, or its address; of one that was never saved its name in this very program."""
        with office_errors_in_words(self._book):
            full = native.full_name(self._book)
            return full if _IN_THE_CLOUD in full or self.path is not None else f"{full} in {self._app.pid}"

    def waiting(self, title: str) -> Waiting:
        """The window while it takes long: who goes on typing in LibreOffice keeps the keyboard; Excel waits."""
        from addin.frontends.progress_window import Waiting

        return Waiting(title, apart=native.in_libreoffice(self._book))

    @property
    def path(self) -> Path | None:
        """Its file; None for one that was never saved, or lies in the cloud."""
        with office_errors_in_words(self._book):
            full = native.full_name(self._book)
        path = Path(full)
        return path if _IN_THE_CLOUD not in full and path.is_absolute() and path.exists() else None

    @property
    def program(self) -> str:
        """What the office program calls itself."""
        return "LibreOffice" if native.in_libreoffice(self._book) else "Excel"

    @property
    def changed(self) -> bool:
        """Whether it holds what its file doesn't, apart from what the last press wrote."""
        return native.is_changed(self._book, TITLE)

    def copy_to(self, place: Path) -> bool:
        """Has the program store a copy; False where it can't."""
        return native.store_copy(self._book, place)

    @property
    def chosen(self) -> Place | None:
        """The chosen cell of the sheet in front."""
        with office_errors_in_words(self._book):
            chosen = native.chosen(self._book)
        return Place(*chosen) if chosen is not None else None

    def open(self, path: Path) -> None:
        """Opens a workbook in the same program.

        Raises:
            BookUnusable: one of the same name is open.
        """
        with office_errors_in_words(self._book):
            if path.name.casefold() in {book.name.casefold() for book in self._app.books}:
                raise BookUnusable(
                    f"A workbook called {path.name} is open already.",
                    next_step=f"Close it, then open the new one: {path}",
                )
            self._app.books.open(str(path))

    def show(self, path: Path) -> None:
        """Shows a document that we made, or the folder of several, in the program that is there for it."""
        with suppress(Exception):  # where it lies was said
            native.show_file(self._book, path)

    def put_right(self) -> None:
        """Asks whether to put right what a press that was killed left switched off, where one did."""
        if native.in_libreoffice(self._book):
            return
        # What keeps Excel from answering, the press itself says.
        with suppress(ChampionsError), office_errors_in_words(self._book):
            offer(self._book)

    def progress(self, words: str) -> None:
        """Says in Excel's status bar what is being done; in LibreOffice the toolbar does."""
        if not native.in_libreoffice(self._book):
            with suppress(Exception):  # nobody misses it who has the result
                self._app.status_bar = words or False

    def say(self, words: str) -> None:
        """Shows a message until it is read, as soon as nobody is typing into a cell."""
        with suppress(Exception):  # the message comes in any case
            self.host.wait_for_typing()
        self._app.alert(words, title=TITLE)

    def ask(self, words: str) -> bool:
        """Puts a question; anything but a clear yes is a no."""
        return str(self._app.alert(words, title=TITLE, buttons="yes_no")).casefold() == "yes"

    def choose(self, question: Question) -> list[int] | None:
        """Has the person choose among lines in a window; where none can be shown, one line after the other is asked."""
        with suppress(ChampionsError):  # the question comes in any case
            self.host.wait_for_typing()
        if native.in_libreoffice(self._book):
            look = {"title": TITLE, "confirm": question.confirm, "several": question.several}
            unticked = list(question.unticked)
            chosen: list[int] | None = self._app.impl.choose(question.words, question.lines, unticked=unticked, **look)
            return chosen
        from addin.frontends.ribbon.choosing import Choice, NoWindow, choose

        try:
            return choose(Choice(**vars(question)))
        except NoWindow:
            return self._chosen_one_by_one(question)

    def _chosen_one_by_one(self, question: Question) -> list[int] | None:
        chosen = []
        for n, line in enumerate(question.lines):
            if self.ask(f"{question.words}\n\n{n + 1} of {len(question.lines)}: {line}\n\nThis one?"):
                chosen.append(n)
                if not question.several:
                    break
        return chosen or None

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
    address = variables.get(_ADDRESS)
    if not address:
        return _in_excel(variables.get(EXCEL_WINDOW, ""), variables.get(EXCEL_BOOK, ""))
    import_xlwings()
    return _in_libreoffice(address, variables.get(_TOKEN, ""), variables.get(_BOOK, ""))


def import_xlwings() -> None:
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
    excel.drop_xlwings_hooks()


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


def _in_excel(window: str, name: str) -> OfficeFront:
    if not name:
        raise _not_called()
    import_xlwings()
    app, book = excel.attach(window, name)
    return OfficeFront(app, book, (lambda: None) if window else (lambda: excel.refresh(app)))


def _not_called() -> HostCannot:
    if _OLDER_RIBBON not in sys.argv:
        return HostCannot("No office program has called.", next_step="Press the button in Excel or LibreOffice.")
    if sys.platform == "win32":
        excel.drop_xlwings_hooks()  # on a Mac what xlwings does at the end is how that ribbon shows these words
    return HostCannot(
        "The ribbon in Excel is older than the program.",
        next_step="Close Excel, install Champion Workbook again, then open Excel.",
    )
