"""Spreadsheets, as xlwings' books."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import PurePath
from typing import Any

from xlwings import base_classes

from addin.calc.errors import NotDone
from addin.calc.names import Names
from addin.calc.owners import Program
from addin.calc.places import Area
from addin.calc.ranges import Range
from addin.calc.sheets import Sheet, Sheets
from addin.calc.unsupported import refuse_unsupported


@refuse_unsupported
class Books(base_classes.Books):
    """The open spreadsheets of a program.

    Args:
        app: the program.
    """

    def __init__(self, app: Program) -> None:
        self.app = app

    @property
    def api(self) -> Any:
        return self.app.client

    def _all(self) -> list[Book]:
        return [Book(self.app, uid) for uid in sorted(self.app.client.do("books"), key=_in_order)]

    @property
    def active(self) -> Book:
        return self.app.active_book

    def __call__(self, name_or_index: str | int) -> Book:
        """As xlwings' own: one spreadsheet.

        Args:
            name_or_index: its name, in which case does not count, or its place from 1.

        Raises:
            KeyError: there is none.
        """
        books = self._all()
        if isinstance(name_or_index, str):
            for book in books:
                if book.name.casefold() == name_or_index.casefold():
                    return book
        elif 1 <= name_or_index <= len(books):
            return books[name_or_index - 1]
        raise KeyError(name_or_index)

    def __len__(self) -> int:
        return len(self.app.client.do("books"))

    def __iter__(self) -> Iterator[Book]:
        return iter(self._all())

    def __contains__(self, name: str) -> bool:
        return any(book.name.casefold() == name.casefold() for book in self._all())

    def add(self) -> Book:
        return Book(self.app, self.app.client.do("new_book"))

    def open(self, fullname: Any, update_links: Any = None, read_only: Any = None, *_: Any) -> Book:
        """Opens a file.

        Args:
            fullname: the file.
            update_links: not used; LibreOffice goes by its own settings.
            read_only: whether it is opened so that it can't be saved where it is.

        Raises:
            NotDone: LibreOffice did not open it as a spreadsheet.
        """
        path = os.path.realpath(os.fspath(fullname))
        return Book(self.app, self.app.client.do("open_book", path=path, read_only=bool(read_only)))


def _in_order(uid: str) -> tuple[int, str]:
    return len(uid), uid


@refuse_unsupported
class Book(base_classes.Book):
    """One open spreadsheet.

    Args:
        app: its program.
        uid: its id in this session.
    """

    def __init__(self, app: Program, uid: str) -> None:
        self.app, self.uid = app, uid
        self._null_date: dt.datetime | None = None

    def do(self, operation: str, **arguments: Any) -> Any:
        """Has the agent do something with this spreadsheet.

        Args:
            operation: its name in `addin.calc.agent.operations`.
            arguments: what JSON holds.

        Raises:
            NotDone: it refused, or what was asked for is not there.
        """
        return self.app.client.do(operation, uid=self.uid, **arguments)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Book) and (other.uid, other.app.pid) == (self.uid, self.app.pid)

    def __hash__(self) -> int:
        return hash(self.uid)

    @property
    def api(self) -> Book:
        """This object: `do` asks for the agent's operations."""
        return self

    @property
    def place(self) -> str:
        """Its path; of one that was never saved its title."""
        told = self.do("book")
        return str(told["path"] or told["title"])

    @property
    def fullname(self) -> str:
        return self.place

    @property
    def name(self) -> str:
        return PurePath(self.place).name

    @property
    def read_only(self) -> bool:
        """Whether it was opened so that it can't be saved where it is."""
        return bool(self.do("book")["read_only"])

    @property
    def is_open(self) -> bool:
        """Whether it is still open."""
        return self.uid in self.app.client.do("books")

    @property
    def null_date(self) -> dt.datetime:
        """The day that its serial numbers count from."""
        if self._null_date is None:
            self._null_date = dt.datetime(*self.do("book")["null_date"])
        return self._null_date

    @property
    def sheets(self) -> Sheets:
        return Sheets(self)

    @property
    def names(self) -> Names:
        return Names(self)

    @property
    def selection(self) -> Range | None:
        """The chosen cells of the sheet in front."""
        told = self.do("view")
        if told is None or told["area"] is None:
            return None
        return Range(Sheet(self, told["sheet"]), Area(*told["area"]))

    def activate(self) -> None:
        self.do("bring_to_front")

    def save(self, path: Any = None, password: str | None = None) -> None:
        """Saves it.

        Args:
            path: the file; None for where it lies.
            password: none can be set; it must be None.

        Raises:
            NotDone: LibreOffice could not write it there.
            NotImplementedError: a password is given.
        """
        if password:
            raise NotImplementedError("LibreOffice sets no password through this engine.")
        self.do("save_book", path=os.path.realpath(os.fspath(path)) if path is not None else None)

    def to_pdf(self, path: Any, quality: Any = None) -> None:
        """As xlwings' own: writes it as a PDF.

        Args:
            path: the new file.
            quality: not used; LibreOffice goes by its own settings.

        Raises:
            NotDone: LibreOffice could not write it there.
        """
        self.do("export_book", path=os.path.realpath(os.fspath(path)), kind="calc_pdf_Export")

    def close(self) -> None:
        self.do("close_book")

    @contextmanager
    def undo_step(
        self, title: str, *, standing: Mapping[str, str] | None = None, moves: bool = False
    ) -> Iterator[None]:
        """All that is written within is done at its end: in one go, as one step of the undo list, all or nothing.

        What is read within is as it was before. Where an error ends the block, nothing is written.

        Args:
            title: what the undo list calls it.
            standing: of the sheets that must still be as they were read, what `standing` said of them then.
            moves: whether cells move, so that nothing may be done while somebody is typing.

        Raises:
            NotDone: something could not be done, so that nothing was; of the kind `Changed` where a sheet was changed,
                and `Typing` where somebody is typing.
        """
        client = self.app.client
        outermost = not client.gathers(self.uid)
        with client.gathering(self.uid) as steps:
            yield
        if steps and outermost:
            self.do("together", title=title, steps=steps, standing=standing, moves=moves)

    @contextmanager
    def surveyed(self) -> Iterator[None]:
        """Within, names, tables, used areas and visibility are as they were at its beginning; for much reading."""
        with self.app.client.surveying(self.uid):
            yield

    @property
    def standing(self) -> dict[str, str]:
        """By sheet, what tells all that is typed into its cells from anything else."""
        return dict(self.do("standing"))

    @property
    def gathers(self) -> bool:
        """Whether what is written is gathered now; see `undo_step`."""
        return self.app.client.gathers(self.uid)

    def undo(self) -> None:
        """Takes the last step back.

        Raises:
            NotDone: there is none.
        """
        if not self.do("undo_titles"):
            raise NotDone("There is nothing to undo.")
        self.do("undo")

    def redo(self) -> None:
        """Does again what was taken back last.

        Raises:
            NotDone: there is nothing.
        """
        self.do("redo")

    @property
    def automatic(self) -> bool:
        """Whether formulas of this very spreadsheet are computed as soon as something changes."""
        return bool(self.do("book")["automatic"])

    @automatic.setter
    def automatic(self, value: bool) -> None:
        self.do("set_automatic", automatic=bool(value))
