"""What xlwings' common interface leaves out, asked of each office program in its own way.

LibreOffice answers through its agent's operations. Excel on Windows is asked through COM, on a Mac through AppleScript;
where the latter can't say, the answer is the one that does no harm.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import xlwings

_LIBREOFFICE = "libreoffice"
#: What LibreOffice calls the formats of workbooks.
_FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".xlsm": "Calc MS Excel 2007 VBA XML", ".ods": "calc8"}


def in_libreoffice(book: xlwings.Book) -> bool:
    """Whether LibreOffice has the workbook open.

    Args:
        book: of any program that xlwings reaches.
    """
    return bool(book.app.engine.name == _LIBREOFFICE)


def is_open(book: xlwings.Book) -> bool:
    """Whether the program still has the workbook open; yes where it does not say.

    Args:
        book: the workbook.
    """
    try:
        if in_libreoffice(book):
            return bool(book.impl.is_open)
        return any(known == book for known in book.app.books)
    except Exception:  # noqa: BLE001 - each program has errors of its own
        return True


def on_windows(book: xlwings.Book) -> bool:
    """Whether Excel on Windows has the workbook open, which is asked through COM.

    Args:
        book: of any program that xlwings reaches.
    """
    return not in_libreoffice(book) and sys.platform == "win32"


def full_name(book: xlwings.Book) -> str:
    """Where a workbook lies: a path, an address in the cloud, or of one that was never saved its name.

    xlwings' own `fullname` would turn an address into a path: it looks through folders, reads a sheet of the workbook
    for where, and fails where nothing is kept in step.

    Args:
        book: the workbook.
    """
    if in_libreoffice(book):
        return str(book.impl.place)
    return str(book.api.full_name.get() if sys.platform == "darwin" else book.api.FullName)


def holds_object(cell: xlwings.Range) -> bool:
    """Whether a cell that says an error holds a picture or a data type.

    Excel on Windows tells (`Range.HasRichDataType`, since 2018). Excel on a Mac can't be asked, and LibreOffice keeps
    nothing of them: there they read as errors.

    Args:
        cell: one whose value is an error.
    """
    if not on_windows(cell.sheet.book):
        return False
    try:
        return cell.api.HasRichDataType is True
    except Exception:  # noqa: BLE001 - an Excel that knows no such things has none
        return False


def counts_from_1904(book: xlwings.Book) -> bool:
    """Whether plain numbers count days from 1904.

    Args:
        book: the workbook; False on a Mac with Excel, which does not say.
    """
    if in_libreoffice(book):
        return bool(book.impl.null_date.year == 1904)
    return bool(book.api.Date1904) if on_windows(book) else False


def is_read_only(book: xlwings.Book) -> bool:
    """Whether it was opened so that it can't be saved where it is.

    Args:
        book: the workbook.
    """
    if in_libreoffice(book):
        return bool(book.impl.read_only)
    return bool(book.api.ReadOnly) if on_windows(book) else bool(book.api.read_only.get())


def is_changed(book: xlwings.Book, ours: str) -> bool:
    """Whether it was changed since it was last saved.

    Args:
        book: the workbook.
        ours: how steps of the undo list begin that we made: LibreOffice tells whether the last change was one of them.
    """
    if in_libreoffice(book):
        titles = book.impl.do("undo_titles") if book.impl.do("book")["modified"] else [ours]
        return not (titles and str(titles[0]).startswith(ours))
    return not bool(book.api.Saved if on_windows(book) else book.api.saved.get())


def store_copy(book: xlwings.Book, place: Path) -> bool:
    """Has the program store a copy, and leave the workbook as it is; False on a Mac, where Excel knows no such step.

    Args:
        book: the workbook.
        place: the file to be made; its ending says the format.
    """
    if in_libreoffice(book):
        book.impl.do("export_book", path=str(place), kind=_FILTERS.get(place.suffix.lower(), _FILTERS[".xlsx"]))
    elif on_windows(book):
        book.api.SaveCopyAs(str(place))
    else:
        return False
    return True


def show_file(book: xlwings.Book, path: Path) -> None:
    """Opens a document or a folder for the person, beside the workbook. No name of it stands on a command line.

    On a Mac with Excel the folder is opened, in which a document lies.

    Args:
        book: tells which program shows it.
        path: what is shown.
    """
    if in_libreoffice(book):
        book.app.impl.client.do("show_file", path=str(path))
    elif on_windows(book):
        getattr(os, "startfile")(path)  # noqa: B009 - there on Windows alone
    elif sys.platform == "darwin":
        folder = path if path.is_dir() else path.parent
        subprocess.run(["/usr/bin/open", "."], cwd=folder, check=False)


def properties(book: xlwings.Book) -> dict[str, str]:
    """The workbook's custom properties, as text.

    Args:
        book: the workbook; none on a Mac with Excel, which does not say.
    """
    if in_libreoffice(book):
        return dict(book.api.do("properties"))
    return {p.Name: str(p.Value) for p in book.api.CustomDocumentProperties} if on_windows(book) else {}


def set_properties(book: xlwings.Book, values: Mapping[str, str]) -> None:
    """Gives the workbook custom properties.

    Args:
        book: the workbook; on a Mac with Excel nothing is set.
        values: texts by name.
    """
    known = properties(book)
    for name, text in values.items():
        if in_libreoffice(book):
            book.api.do("set_property", name=name, text=text)
        elif on_windows(book) and name in known:
            book.api.CustomDocumentProperties(name).Value = text
        elif on_windows(book):
            book.api.CustomDocumentProperties.Add(name, False, 4, text)  # 4: msoPropertyTypeString


def has_fixed_sheets(book: xlwings.Book) -> bool:
    """Whether sheets can't be renamed, since the workbook's structure is protected.

    Args:
        book: the workbook.
    """
    if in_libreoffice(book):
        return bool(book.api.do("has_fixed_sheets"))
    return bool(book.api.ProtectStructure) if on_windows(book) else bool(book.api.protect_structure.get())


def computing(book: xlwings.Book) -> list[str]:
    """The sheets whose formulas Excel computes; the way of computing is every open workbook's, this is the sheet's.

    Args:
        book: the workbook; none but in Excel on Windows.
    """
    if not on_windows(book):
        return []
    return [sheet.name for sheet in book.sheets if sheet.api.EnableCalculation]


def set_computing(book: xlwings.Book, sheets: Collection[str], *, on: bool) -> None:
    """Has Excel compute the formulas of sheets, or rest with them; no other workbook computes otherwise by that.

    Args:
        book: the workbook; nothing is done but in Excel on Windows.
        sheets: their names.
        on: whether they are computed.
    """
    if on_windows(book):
        for sheet in book.sheets:
            if sheet.name in sheets:
                sheet.api.EnableCalculation = on


def is_protected(sheet: xlwings.Sheet) -> bool:
    """Whether a sheet's locked cells are protected.

    Args:
        sheet: of an open workbook.
    """
    if in_libreoffice(sheet.book):
        return bool(sheet.api.protected)
    return bool(sheet.api.ProtectContents) if on_windows(sheet.book) else bool(sheet.api.protect_contents.get())


def unprotect(sheet: xlwings.Sheet) -> None:
    """Takes a sheet's protection away, where it has no password.

    Args:
        sheet: of an open workbook.

    Raises:
        Exception: it has a password, in the words of the program.
    """
    if on_windows(sheet.book):
        sheet.api.Unprotect("")
    else:
        sheet.api.unprotect()


def protect(sheet: xlwings.Sheet) -> None:
    """Protects a sheet again, as the master workbook does: no password; sorting, filtering and formats are free.

    Args:
        sheet: of an open workbook.
    """
    if in_libreoffice(sheet.book):
        sheet.api.protect()
    elif on_windows(sheet.book):
        sheet.api.Protect(
            AllowFormattingCells=True,
            AllowFormattingColumns=True,
            AllowFormattingRows=True,
            AllowSorting=True,
            AllowFiltering=True,
        )
    else:
        sheet.api.protect_worksheet(
            allow_formatting_cells=True,
            allow_formatting_columns=True,
            allow_formatting_rows=True,
            allow_sorting=True,
            allow_filtering=True,
        )


def unlist(table: xlwings.main.Table) -> None:
    """Makes a table plain cells again.

    Args:
        table: of an open workbook.
    """
    if in_libreoffice(table.parent.book):
        table.impl.delete()
    elif on_windows(table.parent.book):
        table.api.Unlist()
    else:
        table.api.unlist()


def is_typing(book: xlwings.Book) -> bool:
    """Whether somebody is typing into a cell of the program; Excel refuses everything until that is finished.

    Args:
        book: of the program; False in Excel, which would not answer.
    """
    return in_libreoffice(book) and bool(book.app.impl.is_typing)


def chosen(book: xlwings.Book) -> tuple[str, int, int] | None:
    """The sheet, row and column of the chosen cell, whichever workbook is in front; None where none is.

    Args:
        book: of the program.

    Returns:
        The sheet's name; row and column counted from 1.
    """
    found = book.impl.selection if in_libreoffice(book) else book.selection
    return None if found is None else (found.sheet.name, found.row, found.column)


def first_seen(book: xlwings.Book) -> tuple[int, int] | None:
    """The first row and column that the window shows, from 1; None where the program doesn't say.

    Args:
        book: the workbook.
    """
    if in_libreoffice(book):
        told = book.api.do("view")
        return None if told is None else (told["top"] + 1, told["left"] + 1)
    if on_windows(book):
        window = book.api.Windows(1)
        return int(window.ScrollRow), int(window.ScrollColumn)
    return None


def scroll_to(book: xlwings.Book, place: tuple[int, int] | None) -> None:
    """Has the window show a row and column first; see `first_seen`.

    Args:
        book: the workbook.
        place: row and column, counted from 1; None leaves the window as it is.
    """
    if place is None:
        return
    row, column = place
    if in_libreoffice(book):
        book.api.do("scroll", top=row - 1, left=column - 1)
    elif on_windows(book):
        window = book.api.Windows(1)
        window.ScrollRow, window.ScrollColumn = row, column


def standing(book: xlwings.Book) -> dict[str, str] | None:
    """By sheet, what tells all that is typed into it from anything else; None where the program does not say.

    Args:
        book: the workbook.
    """
    return dict(book.impl.standing) if in_libreoffice(book) else None


def surveyed(book: xlwings.Book) -> AbstractContextManager[None]:
    """A context for reading all of a workbook, in which what is asked of each sheet and table is asked but once.

    Args:
        book: the workbook; nothing may be written within.
    """
    return book.impl.surveyed() if in_libreoffice(book) else nullcontext()
