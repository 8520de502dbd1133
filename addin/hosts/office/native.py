"""What xlwings' common interface leaves out, asked of each office program in its own way.

LibreOffice answers through its agent's operations. Excel on Windows is asked through COM, on a Mac through AppleScript;
where the latter can't say, the answer is the one that does no harm.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import TYPE_CHECKING, Any

from addin.hosts.office.references import as_rows, places_of
from addin.lossless.formula import quoted, with_sheet_renamed

if TYPE_CHECKING:
    from pathlib import Path

    import xlwings

#: A link to a cell: row and column within a block, from 0, and where it leads, as `'Sheet'!A1`.
Link = tuple[int, int, str]
_LIBREOFFICE = "libreoffice"
#: What LibreOffice calls the formats of workbooks.
_FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".xlsm": "Calc MS Excel 2007 VBA XML", ".ods": "calc8"}
_HYPERLINK = re.compile(r'=HYPERLINK\("#((?:[^"]|"")*)"', re.IGNORECASE)
#: The longest text that Excel lets stand in a formula is of 255 characters; our quotation marks and ellipsis count too.
_LONGEST_WORD = 252
#: Where a link leads in LibreOffice: the sheet, in quotation marks where it must be, the mark after it, and the place.
_GOAL = re.compile(r"#\$?(?P<sheet>'(?:[^']|'')*'|[^'!.]+)(?P<mark>[!.])(?P<place>[^!.]+)")


def in_libreoffice(book: xlwings.Book) -> bool:
    """Whether LibreOffice has the workbook open."""
    return bool(book.app.engine.name == _LIBREOFFICE)


def is_open(book: xlwings.Book) -> bool:
    """Whether the program still has the workbook open; yes where it does not say."""
    try:
        if in_libreoffice(book):
            return bool(book.impl.is_open)
        return any(known == book for known in book.app.books)
    except Exception:  # noqa: BLE001 - each program has errors of its own
        return True


def _com(book: xlwings.Book) -> bool:
    return not in_libreoffice(book) and sys.platform == "win32"


def full_name(book: xlwings.Book) -> str:
    """Where a workbook lies: a path, an address in the cloud, or of one that was never saved its name.

    xlwings' own `fullname` would turn an address into a path: it looks through folders, reads a sheet of the workbook
    for where, and fails where nothing is kept in step.
    """
    if in_libreoffice(book):
        return str(book.impl.place)
    return str(book.api.full_name.get() if sys.platform == "darwin" else book.api.FullName)


def holds_object(cell: xlwings.Range) -> bool:
    """Whether a cell that says an error holds a picture or a data type.

    Excel on Windows tells (`Range.HasRichDataType`, since 2018). Excel on a Mac can't be asked, and LibreOffice keeps
    nothing of them: there they read as errors.
    """
    if not _com(cell.sheet.book):
        return False
    try:
        return cell.api.HasRichDataType is True
    except Exception:  # noqa: BLE001 - an Excel that knows no such things has none
        return False


def counts_from_1904(book: xlwings.Book) -> bool:
    """Whether plain numbers count days from 1904."""
    if in_libreoffice(book):
        return bool(book.impl.null_date.year == 1904)
    return bool(book.api.Date1904) if _com(book) else False


def is_read_only(book: xlwings.Book) -> bool:
    """Whether it was opened so that it can't be saved where it is."""
    if in_libreoffice(book):
        return bool(book.impl.read_only)
    return bool(book.api.ReadOnly) if _com(book) else bool(book.api.read_only.get())


def is_changed(book: xlwings.Book, ours: str) -> bool:
    """Whether it was changed since it was last saved.

    Args:
        ours: how steps of the undo list begin that we made: LibreOffice tells whether the last change was one of them.
    """
    if in_libreoffice(book):
        titles = book.impl.do("undo_titles") if book.impl.do("book")["modified"] else [ours]
        return not (titles and str(titles[0]).startswith(ours))
    return not bool(book.api.Saved if _com(book) else book.api.saved.get())


def store_copy(book: xlwings.Book, place: Path) -> bool:
    """Has the program store a copy, and leave the workbook as it is; False on a Mac, where Excel knows no such step."""
    if in_libreoffice(book):
        book.impl.do("export_book", path=str(place), kind=_FILTERS.get(place.suffix.lower(), _FILTERS[".xlsx"]))
    elif _com(book):
        book.api.SaveCopyAs(str(place))
    else:
        return False
    return True


def show_file(book: xlwings.Book, path: Path) -> None:
    """Opens a document or a folder for the person, beside the workbook. No name of it stands on a command line.

    On a Mac with Excel the folder is opened, in which a document lies.
    """
    if in_libreoffice(book):
        book.app.impl.client.do("show_file", path=str(path))
    elif _com(book):
        getattr(os, "startfile")(path)  # noqa: B009 - there on Windows alone
    elif sys.platform == "darwin":
        folder = path if path.is_dir() else path.parent
        subprocess.run(["/usr/bin/open", "."], cwd=folder, check=False)


def properties(book: xlwings.Book) -> dict[str, str]:
    """The workbook's custom properties, as text."""
    if in_libreoffice(book):
        return dict(book.api.do("properties"))
    return {p.Name: str(p.Value) for p in book.api.CustomDocumentProperties} if _com(book) else {}


def set_properties(book: xlwings.Book, values: Mapping[str, str]) -> None:
    """Gives the workbook custom properties."""
    known = properties(book)
    for name, text in values.items():
        if in_libreoffice(book):
            book.api.do("set_property", name=name, text=text)
        elif _com(book) and name in known:
            book.api.CustomDocumentProperties(name).Value = text
        elif _com(book):
            book.api.CustomDocumentProperties.Add(name, False, 4, text)  # 4: msoPropertyTypeString


def has_fixed_sheets(book: xlwings.Book) -> bool:
    """Whether sheets can't be renamed, since the workbook's structure is protected."""
    if in_libreoffice(book):
        return bool(book.api.do("has_fixed_sheets"))
    return bool(book.api.ProtectStructure) if _com(book) else bool(book.api.protect_structure.get())


def computing(book: xlwings.Book) -> list[str]:
    """The sheets whose formulas Excel computes; the way of computing is every open workbook's, this is the sheet's."""
    if not _com(book):
        return []
    return [sheet.name for sheet in book.sheets if sheet.api.EnableCalculation]


def set_computing(book: xlwings.Book, sheets: Collection[str], *, on: bool) -> None:
    """Has Excel compute the formulas of sheets, or rest with them; no other workbook computes otherwise by that."""
    if _com(book):
        for sheet in book.sheets:
            if sheet.name in sheets:
                sheet.api.EnableCalculation = on


def is_protected(sheet: xlwings.Sheet) -> bool:
    """Whether a sheet's locked cells are protected."""
    if in_libreoffice(sheet.book):
        return bool(sheet.api.protected)
    return bool(sheet.api.ProtectContents) if _com(sheet.book) else bool(sheet.api.protect_contents.get())


def unprotect(sheet: xlwings.Sheet) -> None:
    """Takes a sheet's protection away, where it has no password."""
    if _com(sheet.book):
        sheet.api.Unprotect("")
    else:
        sheet.api.unprotect()


def protect(sheet: xlwings.Sheet) -> None:
    """Protects a sheet again, as the master workbook does: no password; sorting, filtering and formats are free."""
    if in_libreoffice(sheet.book):
        sheet.api.protect()
    elif _com(sheet.book):
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
    """Makes a table plain cells again."""
    if in_libreoffice(table.parent.book):
        table.impl.delete()
    elif _com(table.parent.book):
        table.api.Unlist()
    else:
        table.api.unlist()


def is_typing(book: xlwings.Book) -> bool:
    """Whether somebody is typing into a cell of the program; Excel refuses everything until that is finished."""
    return in_libreoffice(book) and bool(book.app.impl.is_typing)


def chosen(book: xlwings.Book) -> tuple[str, int, int] | None:
    """The sheet, row and column of the chosen cell, whichever workbook is in front; None where none is."""
    found = book.impl.selection if in_libreoffice(book) else book.selection
    return None if found is None else (found.sheet.name, found.row, found.column)


def first_seen(book: xlwings.Book) -> tuple[int, int] | None:
    """The first row and column that the window shows, from 1; None where the program doesn't say."""
    if in_libreoffice(book):
        told = book.api.do("view")
        return None if told is None else (told["top"] + 1, told["left"] + 1)
    if _com(book):
        window = book.api.Windows(1)
        return int(window.ScrollRow), int(window.ScrollColumn)
    return None


def scroll_to(book: xlwings.Book, place: tuple[int, int] | None) -> None:
    """Has the window show a row and column first; see `first_seen`."""
    if place is None:
        return
    row, column = place
    if in_libreoffice(book):
        book.api.do("scroll", top=row - 1, left=column - 1)
    elif _com(book):
        window = book.api.Windows(1)
        window.ScrollRow, window.ScrollColumn = row, column


def write_links(block: xlwings.Range, links: Sequence[Link], words: Sequence[str]) -> None:
    """Gives cells links within the workbook, in one go.

    `words` is what each shows, in Excel as much of it as a formula holds. The other cells of the block
    must hold values: their texts are typed again as texts, whatever they look like.
    """
    if in_libreoffice(block.sheet.book):
        rows = [(row, column, _ours(goal), text) for (row, column, goal), text in zip(links, words, strict=True)]
        block.impl.do("links", rows=rows)
        return
    for column in sorted({column for _, column, _ in links}):
        cells = block.columns[column]
        typed = [[text_typed(cell) for cell in row] for row in cells.options(ndim=2, empty="").value]
        for (row, at, goal), text in zip(links, words, strict=True):
            if at == column:
                typed[row] = [f"=HYPERLINK({_quoted(f'#{goal}')},{_quoted(text)})"]
        cells.formula = typed


def text_typed(value: Any) -> Any:
    """A value as it is typed: a text is marked as such, or the office program would make a formula or a day of it."""
    return f"'{value}" if isinstance(value, str) and value else value


def _quoted(text: str) -> str:
    """A text as it stands in a formula."""
    short, length = "", 0
    for character in text:
        own = character.replace('"', '""')
        length += len(own.encode("utf-16-le")) // 2
        if length > _LONGEST_WORD:
            return f'"{short}…"'
        short += own
    return f'"{short}"'


def read_links(block: xlwings.Range) -> list[Link]:
    """Where the cells of a block lead within the workbook."""
    if in_libreoffice(block.sheet.book):
        return [(row, column, goal) for row, column, address in block.impl.do("links_in") if (goal := _plain(address))]
    rows = as_rows(block.formula, block.shape)
    found = ((n, at, _HYPERLINK.match(str(rows[n][at]))) for n, at in sorted(places_of(block, "formulas")))
    return [(n, at, match[1].replace('""', '"')) for n, at, match in found if match is not None]


def links_to(sheet: xlwings.Sheet, old: str, new: str) -> list[Callable[[], Any]]:
    """What has each link of a sheet that leads to another one lead there by that one's new name."""
    if in_libreoffice(sheet.book):
        cells = sheet.used_range.impl
        moved = [(row, at, _moved(address, old, new)) for row, at, address in cells.do("links_in")]
        goals = [goal for goal in moved if goal[2]]
        return [partial(cells.do, "lead_elsewhere", goals=goals)] if goals else []
    if not _com(sheet.book):
        return []
    links = [(link, str(link.SubAddress or "")) for link in sheet.api.Hyperlinks if not link.Address]
    after = [(link, with_sheet_renamed(goal, old, new), goal) for link, goal in links]
    return [partial(setattr, link, "SubAddress", goal) for link, goal, before in after if goal != before]


def _moved(address: str, old: str, new: str) -> str:
    """A link of LibreOffice's that leads to a sheet, by the sheet's new name; '' where it leads elsewhere."""
    goal = _GOAL.fullmatch(address)
    if goal is None:
        return ""
    sheet = goal["sheet"]
    name = sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet
    if name.casefold() != old.casefold():
        return ""
    return f"#{quoted([new])}{goal['mark']}{goal['place']}"


def _ours(goal: str) -> str:
    sheet, _, place = goal.rpartition("!")
    return f"#{sheet}.{place}"


def _plain(address: str) -> str:
    """A link of LibreOffice's as `'Sheet'!A1`; '' where it leads out of the workbook."""
    goal = _GOAL.fullmatch(address)
    return f"{goal['sheet']}!{goal['place']}" if goal else ""


def standing(book: xlwings.Book) -> dict[str, str] | None:
    """By sheet, what tells all that is typed into it from anything else; None where the program does not say."""
    return dict(book.impl.standing) if in_libreoffice(book) else None


def surveyed(book: xlwings.Book) -> AbstractContextManager[None]:
    """A context for reading all of a workbook, in which what is asked of each sheet and table is asked but once."""
    return book.impl.surveyed() if in_libreoffice(book) else nullcontext()
