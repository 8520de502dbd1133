"""Defined names, as xlwings' names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from xlwings import base_classes

from addin.calc.agent import formulas
from addin.calc.honest import honest
from addin.calc.places import parse

if TYPE_CHECKING:
    from addin.calc.books import Book
    from addin.calc.ranges import Range


@honest
class Names(base_classes.Names):
    """The names of a spreadsheet as a whole."""

    def __init__(self, book: Book) -> None:
        self.book = book

    @property
    def api(self) -> Book:
        return self.book

    def _known(self) -> list[str]:
        return sorted(self.book.do("names"), key=str.casefold)

    def __call__(self, name_or_index: str | int) -> Name:
        known = self._known()
        if isinstance(name_or_index, int):
            return Name(self.book, known[name_or_index - 1])
        for name in known:
            if name.casefold() == name_or_index.casefold():
                return Name(self.book, name)
        raise KeyError(name_or_index)

    def contains(self, name_or_index: str | int) -> bool:
        known = self._known()
        if isinstance(name_or_index, int):
            return 1 <= name_or_index <= len(known)
        return any(name.casefold() == name_or_index.casefold() for name in known)

    def __len__(self) -> int:
        return len(self._known())

    def __iter__(self) -> Iterator[Name]:
        return iter([Name(self.book, name) for name in self._known()])

    def add(self, name: str, refers_to: str) -> Name:
        self.book.do("set_name", name=name, content=formulas.ours(refers_to).removeprefix("="))
        return Name(self.book, name)


@honest
class Name(base_classes.Name):
    """One name."""

    def __init__(self, book: Book, name: str) -> None:
        self.book, self._name = book, name

    @property
    def api(self) -> Book:
        return self.book

    @property
    def name(self) -> str:
        return self._name

    @name.setter
    def name(self, value: str) -> None:
        content = self.book.do("names")[self._name]
        self.book.do("set_name", name=value, content=content)
        self.book.do("remove_name", name=self._name)
        self._name = value

    @property
    def refers_to(self) -> str:
        """What it stands for, as Excel writes it."""
        return formulas.excel(f"={self.book.do('names')[self._name]}")

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        self.book.do("set_name", name=self._name, content=formulas.ours(value).removeprefix("="))

    @property
    def refers_to_range(self) -> Range:
        """The cells that it stands for.

        Raises:
            ValueError: it stands for something else.
        """
        sheet, _, place = self.refers_to.removeprefix("=").rpartition("!")
        return self.book.sheets(sheet.strip("'").replace("''", "'")).range(parse(place))

    def delete(self) -> None:
        self.book.do("remove_name", name=self._name)
