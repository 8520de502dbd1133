"""An open workbook read as it stands: each table in one block, and which of its cells hold formulas in another."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, cast

from addin.hosts.number_formats import as_shown, matters
from addin.hosts.office import native
from addin.hosts.office.references import places_of
from addin.hosts.table_assembly import Around, Gather, as_table, cut_blank_end, take_headers
from addin.hosts.table_discovery import (
    HEADER_ROWS,
    NO_TABLES,
    Found,
    ListObject,
    Sheet,
    as_elsewhere,
    find_copied,
    find_named,
    find_renamed,
    find_unnamed,
    is_ours,
    wanted_on,
)
from workbook.model.cells import Cell, CellError, CellObject
from workbook.model.errors import BookUnusable
from workbook.model.light_dataclasses import replace
from workbook.model.raw import RawBook, RawTable

if TYPE_CHECKING:
    import xlwings

#: Rows beneath a table that are looked at in one go, for entries that were typed there.
_BENEATH = 200
_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
#: The days on which a time without a day falls, and how long after the first of them; a Mac's first is another one.
_NO_DAY = {
    dt.date(1899, 12, 30): dt.timedelta(0),
    dt.date(1899, 12, 31): dt.timedelta(0 if sys.platform == "darwin" else 1),
    dt.date(1904, 1, 1): dt.timedelta(0),
}


def read_open(book: xlwings.Book) -> RawBook:
    """The tables of an open workbook, cell by cell.

    Args:
        book: the workbook.

    Raises:
        BookUnusable: it holds none of our tables.
    """
    pages = list(book.sheets)
    sheets = [Sheet(page.name, page.name, tuple(_list_objects(page))) for page in pages]
    found = find_named(sheets)
    for page, sheet in zip(pages, sheets, strict=True):
        wanted = wanted_on(sheet.name, found)
        if wanted:
            found += find_unnamed(sheet, wanted, _top(page))
    if not found:
        raise BookUnusable(NO_TABLES[0], where=book.name, next_step=NO_TABLES[1])
    by_name = {page.name: page for page in pages}
    tables = [_read(by_name[one.sheet.name], one) for one in found]
    hidden = frozenset(page.name for page in pages if not page.visible)
    others = find_renamed([_with_columns(page, sheet) for page, sheet in zip(pages, sheets, strict=True)], found)
    ours = {one.sheet.name for one in found}
    for sheet in (sheet for sheet in sheets if sheet.name not in ours):
        copied = find_copied(sheet, _top(by_name[sheet.name]))
        others += [copied] if copied is not None else []
    elsewhere = tuple(as_elsewhere(one, _read(by_name[one.sheet.name], one)) for one in others)
    return RawBook(
        book.name, tables, native.counts_from_1904(book), native.properties(book), hidden, elsewhere, frozenset(by_name)
    )


def _with_columns(page: xlwings.Sheet, sheet: Sheet) -> Sheet:
    """A sheet whose tables of other names know their columns."""
    tables = [table if is_ours(table.name) or not table.header else _titled(page, table) for table in sheet.tables]
    return replace(sheet, tables=tuple(tables))


def _titled(page: xlwings.Sheet, table: ListObject) -> ListObject:
    headers = _block(page, table.top, table.left, table.top, table.right)[0]
    return replace(table, columns=tuple(cell for cell in headers if isinstance(cell, str)))


def _list_objects(page: xlwings.Sheet) -> Iterator[ListObject]:
    for table in page.tables:
        cells, totals = table.range, bool(table.show_totals)
        top, left = cells.row, cells.column
        bottom, right = top + cells.shape[0] - 1, left + cells.shape[1] - 1
        yield ListObject(table.name, top, left, bottom - totals, right, bool(table.show_headers), totals, ())


def _top(page: xlwings.Sheet) -> list[list[Cell]]:
    """The first rows of a sheet from A1, their texts alone."""
    used = page.used_range.last_cell
    rows = _block(page, 1, 1, min(used.row, HEADER_ROWS), used.column)
    return [[cell if isinstance(cell, str) and cell else None for cell in row] for row in rows]


def _block(page: xlwings.Sheet, top: int, left: int, bottom: int, right: int) -> list[list[Any]]:
    """A block's values as rows, '' for blank, errors by their names."""
    cells = page.range((top, left), (bottom, right)).options(ndim=2, empty="", err_to_str=True)
    return [[_timed(cell) for cell in row] for row in cells.value]


def _timed(cell: Any) -> Any:
    """A length of time, for a moment on the days from which office programs count; else the cell as it is."""
    if cell.__class__ is not dt.datetime or cell.date() not in _NO_DAY:
        return cell
    time = dt.timedelta(hours=cell.hour, minutes=cell.minute, seconds=cell.second, microseconds=cell.microsecond)
    return time + _NO_DAY[cell.date()]


def _read(page: xlwings.Sheet, found: Found) -> RawTable:
    right = found.first_column + found.width - 1
    last = found.last_row if found.last_row is not None else found.header_row
    rows = _block(page, found.header_row, found.first_column, last, right)
    rows += _typed_beneath(page, found, last, right)
    errors = _errors(page, found, rows)
    gather = Gather(found)
    gather.take(found.header_row, found.first_column, rows, {found.header_row + n for n, _, _ in errors})
    columns = gather.columns
    for n, at, error in errors:
        if n < len(columns[at]):
            columns[at][n] = error
    headers = take_headers(columns)
    cut_blank_end(columns)
    for at, cells in enumerate(columns):
        _put_shown(page, found.header_row + 1, found.first_column + at, cells)
    around = _around(page, found, gather.end)
    return as_table(found, columns, headers, _formulas(page, found, len(columns[0]) if columns else 0), around)


def _around(page: xlwings.Sheet, found: Found, end: int) -> Around:
    """What stands just right of a table, and beneath its end."""
    around = Around(found.header_row, found.first_column, found.width, found.room, found.ends_before)
    used = page.used_range.last_cell if found.room else None
    if used is None:
        return around
    top, left = found.header_row, found.first_column
    right, bottom = min(left + found.width - 1 + found.room, used.column), min(end + Around.REACH, used.row)
    areas = []
    if right >= left + found.width and top >= 1:
        areas.append((top, left + found.width, min(end, used.row), right))
        around.take_beside(top, left + found.width, _without_errors(_block(page, *areas[-1])), end)
    if bottom > end:
        areas.append((end + 1, left, bottom, left + found.width - 1))
        around.take_beneath(end + 1, left, _without_errors(_block(page, *areas[-1])), end)
    if around.beside or around.beneath:
        for first, column, last, other in areas:
            cells = page.range((first, column), (last, other))
            around.without((first + n, column + at) for n, at in places_of(cells, "formulas"))
    return around


def _without_errors(rows: list[list[Any]]) -> list[list[Any]]:
    return [["" if isinstance(cell, str) and cell in _ERRORS else cell for cell in row] for row in rows]


def _put_shown(page: xlwings.Sheet, first_row: int, column: int, cells: list[Cell]) -> None:
    """Puts numbers that are shown as per cent or as times in place of the plain ones, in one column.

    A stretch of one number format is asked about once; where formats differ it is halved.
    """
    waiting = [(0, len(cells))]
    while waiting:
        start, end = waiting.pop()
        numbers = [n for n in range(start, end) if type(cells[n]) in (int, float)]
        if not numbers:
            continue
        start, end = numbers[0], numbers[-1] + 1
        code = page.range((first_row + start, column), (first_row + end - 1, column)).number_format
        if code is None and end - start > 1:
            middle = (start + end) // 2
            waiting += [(start, middle), (middle, end)]
        elif code and matters(code):
            for n in numbers:
                cells[n] = as_shown(cast("float", cells[n]), code)


def _typed_beneath(page: xlwings.Sheet, found: Found, last: int, right: int) -> list[list[Any]]:
    """The rows beneath a table's range, to the first blank one."""
    if not found.beneath:
        return []
    end = found.ends_before - 1 if found.ends_before else page.used_range.last_cell.row
    rows: list[list[Any]] = []
    while last < end:
        bottom = min(last + _BENEATH, end)
        rows += _block(page, last + 1, found.first_column, bottom, right)
        if all(cell == "" for cell in rows[-1]):
            break
        last = bottom
    return rows


def _errors(page: xlwings.Sheet, found: Found, rows: Sequence[list[Any]]) -> list[tuple[int, int, CellError]]:
    """The cells that hold an error, which become blank here: row and column within the block, and the error.

    A text that says the same is none, so that where there is one the program is asked; so it is whether a picture or
    a data type stands there, where it can tell (`native.holds_object`).
    """
    if all(_ERRORS.isdisjoint(cell for cell in row if isinstance(cell, str)) for row in rows):
        return []
    first, left = found.header_row, found.first_column
    cells = page.range((first, left), (first + len(rows) - 1, left + found.width - 1))
    errors = []
    for n, at in sorted({*places_of(cells, "formulas", "errors"), *places_of(cells, "constants", "errors")}):
        code, cell = str(rows[n][at]), page.range((first + n, left + at))
        errors.append((n, at, CellObject(code) if native.holds_object(cell) else CellError(code)))
        rows[n][at] = ""
    return errors


def _formulas(page: xlwings.Sheet, found: Found, height: int) -> frozenset[tuple[int, int]]:
    """Row and column, from 0, of the cells below the header that hold a formula."""
    if not height:
        return frozenset()
    first, left = found.header_row + 1, found.first_column
    return frozenset(places_of(page.range((first, left), (first + height - 1, left + found.width - 1)), "formulas"))
