"""A sheet of the master workbook's own design put into an older workbook that lacks it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from addin.lossless import Book, Refused


def graft_designed(book: Book, table: str, sheet: str, headers: Sequence[str]) -> list[int] | None:
    """Puts the designed sheet of a table into a workbook, with the table on it.

    Args:
        book: the workbook.
        table, sheet, headers: what is to be added.

    Returns:
        The table's columns that have these headers, counted from 0; None where a plain table must do: the workbook has
        such a sheet already, the design has none, or it can't be taken over whole. Other tables of the sheet come too.
    """
    if sheet.casefold() in {name.casefold() for name in book.sheets}:
        return None
    design = Book(_design())
    found = next((t for t in design.tables().values() if (t.sheet, t.name) == (sheet, table)), None)
    if found is None or not set(headers) <= set(found.headers):
        return None
    try:
        book.graft(design, sheet)
    except Refused:
        return None
    return [found.headers.index(h) for h in headers]


def graft_sheet(book: Book, sheet: str) -> None:
    """Puts a designed sheet that holds no table into a workbook, as its last one.

    Args:
        book: the workbook.
        sheet: the sheet's name.

    Raises:
        Refused: it can't be taken over whole.
    """
    book.graft(Book(_design()), sheet)


@cache
def _design() -> bytes:
    """The master workbook, empty."""
    from addin.output.masterbook import build_master
    from workbook.blueprint import plan_book

    return build_master(plan_book())
