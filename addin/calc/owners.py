"""What each part asks of the one that it belongs to: cells of a sheet, a sheet of a spreadsheet, that of a program.

A part knows its owner by these alone, so that modules import one way: programs know spreadsheets, which know sheets,
which know cells.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Protocol

from addin.calc.client import Client


class Program(Protocol):
    """A running office program."""

    client: Client

    @property
    def pid(self) -> int: ...

    @property
    def active_book(self) -> Any: ...


class Spreadsheet(Protocol):
    """An open spreadsheet."""

    uid: str

    def do(self, operation: str, **arguments: Any) -> Any:
        """Has the agent do something with this spreadsheet; see `addin.calc.books.Book.do`.

        Args:
            operation: its name in `addin.calc.agent.operations`.
            arguments: what JSON holds.
        """

    @property
    def name(self) -> str: ...

    @property
    def gathers(self) -> bool: ...

    @property
    def names(self) -> Any: ...

    @property
    def null_date(self) -> dt.datetime: ...

    @property
    def sheets(self) -> Any: ...


class Page(Protocol):
    """A sheet of a spreadsheet."""

    @property
    def book(self) -> Any: ...

    @property
    def name(self) -> str: ...

    @property
    def tables(self) -> Any: ...

    def do(self, operation: str, **arguments: Any) -> Any:
        """Has the agent do something with this sheet.

        Args:
            operation: its name in `addin.calc.agent.operations`.
            arguments: what JSON holds.
        """

    def range(self, arg1: Any, arg2: Any = None) -> Any:
        """Cells of the sheet; see `addin.calc.sheets.Sheet.range`.

        Args:
            arg1: an address, a name, a row and column from 1, or cells.
            arg2: the opposite corner; None for none.
        """


class Cells(Protocol):
    """Cells of a sheet."""

    def do(self, operation: str, **arguments: Any) -> Any:
        """Has the agent do something with these cells.

        Args:
            operation: its name in `addin.calc.agent.operations`.
            arguments: what JSON holds.
        """
