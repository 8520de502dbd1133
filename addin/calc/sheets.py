"""Sheets, as xlwings' sheets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xlwings import base_classes

from addin.calc.errors import NotDone
from addin.calc.names import Names
from addin.calc.owners import Spreadsheet
from addin.calc.places import COLUMNS, ROWS, Area, parse
from addin.calc.ranges import Range
from addin.calc.tables import Tables
from addin.calc.unsupported import refuse_unsupported


@refuse_unsupported
class Sheets(base_classes.Sheets):
    """The sheets of a spreadsheet, in the order of their tabs.

    Args:
        book: the spreadsheet.
    """

    def __init__(self, book: Spreadsheet) -> None:
        self.book = book

    @property
    def api(self) -> Spreadsheet:
        return self.book

    def _names(self) -> list[str]:
        return list(self.book.do("book")["sheets"])

    @property
    def active(self) -> Sheet:
        told = self.book.do("view")
        return Sheet(self.book, told["sheet"] if told is not None else self._names()[0])

    def __call__(self, name_or_index: str | int) -> Sheet:
        """As xlwings' own: one sheet.

        Args:
            name_or_index: its name, in which case does not count, or its place from 1.

        Raises:
            KeyError: there is none.
        """
        names = self._names()
        if isinstance(name_or_index, int):
            if not 1 <= name_or_index <= len(names):
                raise KeyError(name_or_index)
            return Sheet(self.book, names[name_or_index - 1])
        for name in names:
            if name.casefold() == name_or_index.casefold():
                return Sheet(self.book, name)
        raise KeyError(name_or_index)

    def __len__(self) -> int:
        return len(self._names())

    def __iter__(self) -> Iterator[Sheet]:
        on: dict[str, list[str]] = {}
        for told in self.book.do("tables"):
            on.setdefault(told["sheet"], []).append(told["name"])
        return iter([Sheet(self.book, name, tuple(on.get(name, ()))) for name in self._names()])

    def __contains__(self, name: str) -> bool:
        return any(name.casefold() == known.casefold() for known in self._names())

    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        """Adds a sheet, before the one in front unless a place is named.

        Args:
            before, after: the sheet beside which it stands; at most one of them.
            name: one that is taken already gives way to a free one, as Sheet4.
        """
        names = self._names()
        number = len(names)
        while name is None or (name.casefold() in {n.casefold() for n in names}):
            number += 1
            name = f"Sheet{number}"
        beside = after or before or self.active
        self.book.do("add_sheet", name=name, beside=beside.name, after=after is not None)
        added = Sheet(self.book, name)
        if not self.book.gathers:
            added.activate()
        return added


@refuse_unsupported
class Sheet(base_classes.Sheet):
    """One sheet.

    Args:
        book: its spreadsheet.
        name: its name.
        tables: the names of its tables, where they were just asked for with those of all sheets.
    """

    def __init__(self, book: Spreadsheet, name: str, tables: tuple[str, ...] | None = None) -> None:
        self.book, self._name, self._tables = book, name, tables

    def do(self, operation: str, **arguments: Any) -> Any:
        """Has the agent do something with this sheet.

        Args:
            operation: its name in `addin.calc.agent.operations`.
            arguments: what JSON holds.

        Raises:
            NotDone: it refused, or what was asked for is not there.
        """
        return self.book.do(operation, sheet=self._name, **arguments)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sheet) and (other.book, other._name) == (self.book, self._name)

    def __hash__(self) -> int:
        return hash((self.book, self._name))

    @property
    def api(self) -> Sheet:
        """This object: `do` asks for the agent's operations; `protected`, `protect` and `unprotect` are its own."""
        return self

    @property
    def name(self) -> str:
        return self._name

    @name.setter
    def name(self, value: str) -> None:
        self.do("rename_sheet", name=value)
        self._name = value

    @property
    def index(self) -> int:
        return list(self.book.do("book")["sheets"]).index(self._name) + 1

    @property
    def names(self) -> Names:
        return Names(self.book, self._name)

    @property
    def tables(self) -> Tables:
        return Tables(self, self._tables)

    @property
    def visible(self) -> bool:
        return bool(self.do("is_visible"))

    @visible.setter
    def visible(self, value: bool) -> None:
        self.do("show_sheet", visible=bool(value))

    @property
    def protected(self) -> bool:
        """Whether its locked cells are protected."""
        return bool(self.do("is_protected"))

    def protect(self) -> None:
        """Protects its locked cells, without a password."""
        self.do("protect_sheet")

    def unprotect(self) -> None:
        """Takes the protection away.

        Raises:
            NotDone: it has a password.
        """
        self.do("unprotect_sheet")

    def range(self, arg1: Any, arg2: Any = None) -> Range:
        """Cells by an address, a defined name, a place counted from 1, other cells, or two of these.

        Args:
            arg1: an address such as `B2:D9`, a name, a row and column, or cells.
            arg2: the opposite corner; None for none.

        Raises:
            NotDone: there is no such name.
        """
        area = self._area(arg1)
        found = Range(self, area if arg2 is None else area.joined(self._area(arg2)))
        found.arg1_input = arg1 if isinstance(arg1, str) else ""
        return found

    def _area(self, given: Any) -> Area:
        given = getattr(given, "impl", given)
        if isinstance(given, Range):
            return given.area
        if isinstance(given, Area):
            return given
        if isinstance(given, tuple):
            row, column, rows, columns = given if len(given) == 4 else (*given, 1, 1)
            if row < 1 or column < 1:
                raise IndexError("Attempted to access 0-based Range. xlwings/Excel Ranges are 1-based.")
            return Area(row - 1, column - 1, row + rows - 2, column + columns - 2)
        return self._named(str(given))

    def _named(self, text: str) -> Area:
        try:
            return parse(text)
        except ValueError:
            if text in self.tables:
                body = self.tables(text).data_body_range
                if body is not None:
                    return body.area
            for names in (self.names, self.book.names):
                if names.contains(text):
                    return names(text).refers_to_range.area
        raise NotDone(f"The sheet {self._name} has no cells called {text!r}.", "Missing")

    @property
    def cells(self) -> Range:
        return Range(self, Area(0, 0, ROWS - 1, COLUMNS - 1))

    @property
    def used_range(self) -> Range:
        return Range(self, Area(*self.do("used")))

    def activate(self) -> None:
        self.do("activate_sheet")

    def select(self) -> None:
        self.activate()

    def clear(self) -> None:
        self.used_range.clear()

    def clear_contents(self) -> None:
        self.used_range.clear_contents()

    def clear_formats(self) -> None:
        self.used_range.clear_formats()

    def autofit(self, axis: str | None = None) -> None:
        """As xlwings' own, for the cells in use.

        Args:
            axis: `rows` or `columns`, or the first letter of either; None for both.
        """
        self.used_range.autofit(axis)

    def delete(self) -> None:
        self.do("remove_sheet")

    def copy(self, before: Sheet | None, after: Sheet | None) -> None:
        """Copies it beside another sheet of the same spreadsheet.

        Args:
            before, after: the sheet beside which the copy stands; one of them.

        Raises:
            NotImplementedError: that sheet is of another spreadsheet.
        """
        beside = before or after
        if beside is None or beside.book != self.book:
            raise NotImplementedError("LibreOffice copies sheets within one spreadsheet through this engine.")
        names = list(self.book.do("book")["sheets"])
        number, name = 2, f"{self._name} (2)"
        while name in names:
            number += 1
            name = f"{self._name} ({number})"
        self.do("copy_sheet", name=name, beside=beside.name, after=before is None)
