"""Defined names, as xlwings' names: of a spreadsheet as a whole, and of one sheet alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xlwings import base_classes

from addin.calc.agent import formulas
from addin.calc.owners import Spreadsheet
from addin.calc.places import parse, quoted
from addin.calc.unsupported import refuse_unsupported


@refuse_unsupported
class Names(base_classes.Names):
    """The names of a spreadsheet with those of its sheets, or those of one sheet alone.

    Args:
        book: the spreadsheet.
        sheet: the sheet's name; None for all.
    """

    def __init__(self, book: Spreadsheet, sheet: str | None = None) -> None:
        self.book, self._sheet = book, sheet

    @property
    def api(self) -> Spreadsheet:
        return self.book

    def _all(self) -> list[Name]:
        scopes = [self._sheet] if self._sheet is not None else [None, *self.book.do("book")["sheets"]]
        found = [Name(self.book, name, scope) for scope in scopes for name in self.book.do("names", sheet=scope)]
        return sorted(found, key=lambda name: name.name.casefold())

    def _found(self, name_or_index: str | int) -> Name | None:
        if isinstance(name_or_index, int):
            known = self._all()
            return known[name_or_index - 1] if 1 <= name_or_index <= len(known) else None
        scope, text = self._split(name_or_index)
        for name in self.book.do("names", sheet=scope):
            if name.casefold() == text.casefold():
                return Name(self.book, name, scope)
        return None

    def _split(self, name: str) -> tuple[str | None, str]:
        """The sheet that a name belongs to, and the name without it."""
        sheet, mark, text = name.rpartition("!")
        if not mark:
            return self._sheet, name
        return self.book.sheets(_unquoted(sheet)).name, text

    def __call__(self, name_or_index: str | int) -> Name:
        """As xlwings' own: one name.

        Args:
            name_or_index: the name, in which case does not count, with or without its sheet; or its place from 1.

        Raises:
            KeyError: there is none.
        """
        found = self._found(name_or_index)
        if found is None:
            raise KeyError(name_or_index)
        return found

    def contains(self, name_or_index: str | int) -> bool:
        """As xlwings' own.

        Args:
            name_or_index: as for one name of these.
        """
        return self._found(name_or_index) is not None

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[Name]:
        return iter(self._all())

    def add(self, name: str, refers_to: str) -> Name:
        """Gives a name; `Sheet!name` belongs to that sheet alone.

        Args:
            name: with or without a sheet before it.
            refers_to: as Excel writes it, with its equals sign.
        """
        scope, text = self._split(name)
        self.book.do("set_name", name=text, content=formulas.ours(refers_to).removeprefix("="), sheet=scope)
        return Name(self.book, text, scope)


@refuse_unsupported
class Name(base_classes.Name):
    """One name.

    Args:
        book: its spreadsheet.
        name: without its sheet.
        sheet: the name of the sheet that it belongs to; None where it is the spreadsheet's.
    """

    def __init__(self, book: Spreadsheet, name: str, sheet: str | None = None) -> None:
        self.book, self._name, self._sheet = book, name, sheet

    def _do(self, operation: str, **arguments: Any) -> Any:
        return self.book.do(operation, sheet=self._sheet, **arguments)

    @property
    def api(self) -> Spreadsheet:
        return self.book

    @property
    def name(self) -> str:
        return self._name if self._sheet is None else f"{quoted(self._sheet)}!{self._name}"

    @name.setter
    def name(self, value: str) -> None:
        text = value.rpartition("!")[2]
        self._do("set_name", name=text, content=self._do("names")[self._name])
        self._do("remove_name", name=self._name)
        self._name = text

    @property
    def refers_to(self) -> str:
        """What it stands for, as Excel writes it."""
        return formulas.excel(f"={self._do('names')[self._name]}")

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        self._do("set_name", name=self._name, content=formulas.ours(value).removeprefix("="))

    @property
    def refers_to_range(self) -> Any:
        """The cells that it stands for.

        Raises:
            ValueError: it stands for something else.
        """
        sheet, _, place = self.refers_to.removeprefix("=").rpartition("!")
        return self.book.sheets(_unquoted(sheet)).range(parse(place))

    def delete(self) -> None:
        self._do("remove_name", name=self._name)


def _unquoted(sheet: str) -> str:
    return sheet.strip("'").replace("''", "'")
