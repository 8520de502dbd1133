"""A workbook file read as it stands: `read_workbook`.

calamine reads the values; errors and formulas, which it hides, come from a scan of the same bytes. Nothing is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast
from xml.parsers.expat import ExpatError

from addin.hosts.file.chunks import Piece, Stock
from addin.hosts.file.container import XlsxReader, damaged, speaking_of
from addin.hosts.file.formats import formats_that_matter, no_errors
from addin.hosts.file.prefetch import one_ahead
from addin.hosts.file.table_parts import list_objects
from addin.hosts.number_formats import as_shown
from addin.hosts.table_assembly import Around, Gather, as_table, cut_blank_end, take_headers
from addin.hosts.table_discovery import (
    HEADER_ROWS,
    NO_TABLES,
    Found,
    Sheet,
    as_elsewhere,
    find_copied,
    find_named,
    find_renamed,
    find_unnamed,
    is_ours,
    wanted_on,
)
from addin.lossless.opc import MOST_SHEETS, LosslessError, refuse_many
from workbook.model.cells import Cell, CellError, CellObject, fold
from workbook.model.errors import BookUnusable
from workbook.model.raw import Elsewhere, RawBook, RawTable

_BESIDE = ("styles", "sharedStrings", "sheetMetadata")
_SHEET_KINDS = ("worksheet",)
_TEXTS = re.compile(rb"<(?:\w+:)?si[\s>/]")


#: Sheets without anything of ours are looked through as long as they unpack to no more than this.
_MOST_OF_OTHERS = 16 << 20
#: What is no reason to refuse a workbook, where it is about a sheet that holds nothing of ours.
_NOT_READ = (BookUnusable, LosslessError, ExpatError)
_Made = TypeVar("_Made")


class _Book(NamedTuple):
    """What stands in xl/workbook.xml and beside it."""

    sheets: list[Sheet]
    hidden: frozenset[str]
    date_1904: bool
    styles: str
    strings: str
    metadata: str


def read_workbook(path: Path, data: bytes | None = None) -> RawBook:
    """A workbook's tables, cell by cell.

    Args:
        path: a file as Excel, LibreOffice and others write it (.xlsx, .xlsm).
        data: its content, where that is in memory already.

    Returns:
        The book; its `tables` come one by one, so that the cells of each can be let go. The file is closed.

    Raises:
        BookUnusable: the file can't be read as a workbook, or holds none of our tables. Also on going through
            `tables`, where a damage shows only then.
    """
    with XlsxReader(path, data) as package, speaking_of(path):
        book = read_frame(package)
        _refuse_twins(path, book.sheets)
        found, names = find_named(book.sheets), frozenset(sheet.name for sheet in book.sheets)
        formats = formats_that_matter(package, book.styles)
        with closing(Stock(package, formats)) as stock:
            pieces = {s.part: stock.add(s.part) for s in book.sheets if _needed(s, found)}
            others = _add_others(stock, package, book.sheets, pieces)
            properties = _custom_properties(package)
            with _calamine_speaking_of(path):
                opened = stock.open(book.styles, book.strings, date_1904=book.date_1904)
                rich = any(piece.hidden.rich for some in pieces.values() for piece in some)
                objects = no_errors(package, book.metadata) if rich else frozenset()
                mend = partial(_mended, package, book, formats)
                reader = _Reader(path, opened, pieces, mend, formats, objects)
                ours = (s for s in book.sheets if s.part in pieces and s.part not in others)
                found += [f for s in ours for f in reader.unnamed(s, found)]
                other = reader.elsewhere([s for s in book.sheets if s.part in others], book.sheets, found)
    if not found:
        raise BookUnusable(NO_TABLES[0], where=path.name, next_step=NO_TABLES[1])
    return RawBook(path.name, reader.tables(found), book.date_1904, properties, book.hidden, other, names)


def _add_others(stock: Stock, package: XlsxReader, sheets: Sequence[Sheet], pieces: dict[str, list[Piece]]) -> set[str]:
    """Unpacks the sheets that hold nothing of ours, where copies may stand; one that can't be read is passed over."""
    added: set[str] = set()
    room = _MOST_OF_OTHERS
    for sheet in sheets:
        if sheet.part not in pieces and sheet.part in package and (size := package.size(sheet.part)) <= room:
            room -= size
            with suppress(*_NOT_READ):
                pieces[sheet.part] = stock.add(sheet.part)
                added.add(sheet.part)
    return added


def _refuse_twins(path: Path, sheets: Sequence[Sheet]) -> None:
    """Refuses two tables of ours under one name: no office program makes them, and either may hold the entries."""
    seen: dict[str, Sheet] = {}
    for sheet, table in ((s, t) for s in sheets for t in s.tables if is_ours(t.name)):
        other = seen.get(fold(table.name))
        seen[fold(table.name)] = sheet
        if other is not None:
            where = (
                f"the sheets “{other.name}” and “{sheet.name}”" if other is not sheet else f"the sheet “{sheet.name}”"
            )
            raise BookUnusable(
                f"Two tables are called {table.name}, on {where}; which of them holds your entries can't be known.",
                where=path.name,
                next_step="Open it in Excel, let Excel repair it, give one of them another name (Table Design, Table "
                "Name), save it and try again.",
            )


def _mended(
    package: XlsxReader, book: _Book, formats: Mapping[int, str], part: str, odd: Collection[int]
) -> tuple[Any, list[Piece]]:
    """A sheet with a cell that calamine can't take, brought to a form that it takes."""
    texts = len(_TEXTS.findall(package.read(book.strings))) if book.strings in package else 0
    with closing(Stock(package, formats, odd, texts)) as stock:
        pieces = stock.add(part)
        return stock.open(book.styles, book.strings, date_1904=book.date_1904), pieces


def _needed(sheet: Sheet, found: Sequence[Found]) -> bool:
    return any(f.sheet is sheet for f in found) or bool(wanted_on(sheet.name, found))


def read_frame(package: XlsxReader) -> _Book:
    """What stands in xl/workbook.xml and beside it.

    Args:
        package: the workbook.

    Raises:
        BookUnusable: it is another document.
    """
    main = next((r.target for r in package.relations("") if r.kind == "officeDocument"), "xl/workbook.xml")
    elements = package.elements(main) if main in package and not main.endswith(".bin") else []
    if not elements or elements[0].name != "workbook":
        raise _other_document(package, main)
    refuse_many(sum(e.name == "sheet" for e in elements), MOST_SHEETS, "sheets")
    relations = package.relations(main)
    targets = {r.id: r.target for r in relations if r.kind in _SHEET_KINDS}
    kinds = {r.kind: r.target for r in relations}
    sheets = [
        Sheet(e.attributes.get("name", ""), part, tuple(list_objects(package, part)))
        for e in elements
        if e.name == "sheet" and (part := targets.get(e.attributes.get("id", "")))
    ]
    hidden = (e.attributes.get("name", "") for e in elements if e.attributes.get("state", "visible") != "visible")
    flags = [e.attributes.get("date1904", "0") for e in elements if e.name == "workbookPr"]
    date_1904 = bool(flags) and flags[0].strip().lower() in ("1", "true", "on")
    return _Book(sheets, frozenset(hidden), date_1904, *(kinds.get(kind, "") for kind in _BESIDE))


def _other_document(package: XlsxReader, main: str) -> BookUnusable:
    name = package.path.name
    save_as = "Open it in Excel, choose Save as, Excel workbook (.xlsx), and use that file."
    if main.startswith("word/") or "word/document.xml" in package:
        return BookUnusable("This is a Word document, not an Excel workbook.", where=name, next_step=save_as)
    if main.startswith("ppt/"):
        return BookUnusable("This is a presentation, not an Excel workbook.", where=name, next_step=save_as)
    if main.endswith(".bin"):
        return BookUnusable("This is a binary workbook (.xlsb), which can't be read.", where=name, next_step=save_as)
    return BookUnusable("This file is not an Excel workbook.", where=name, next_step=save_as)


def _custom_properties(package: XlsxReader) -> dict[str, str]:
    part = next((r.target for r in package.relations("") if r.kind == "custom-properties"), "docProps/custom.xml")
    if part not in package:
        return {}
    found: dict[str, str] = {}
    name = ""
    for element in package.elements(part):
        if element.name == "property":
            name = element.attributes.get("name", "")
        elif name:
            found.setdefault(name, element.text)
    return found


@contextmanager
def _calamine_speaking_of(path: Path) -> Iterator[None]:
    """Turns what calamine raises into words about the file; a panic in it is no `Exception`."""
    from python_calamine import CalamineError

    try:
        yield
    except BaseException as error:
        if isinstance(error, CalamineError) or type(error).__name__ == "PanicException":
            raise damaged(path) from error
        raise


class _CellTooOdd(Exception):
    """calamine can't take a sheet."""


def _as_calamine_gives_it(book: Any, name: str) -> tuple[int, int, list[list[Any]]] | None:
    """The place of a rectangle's corner, counted from 1, and its values; None where it is empty.

    Raises:
        _CellTooOdd: calamine can't take a cell of it.
    """
    from python_calamine import CalamineError

    try:
        values = book.get_sheet_by_name(name)
        return None if values.start is None else (values.start[0] + 1, values.start[1] + 1, values.to_python())
    except BaseException as error:
        # a length of time may be longer than Python's longest
        if isinstance(error, CalamineError | OverflowError) or type(error).__name__ == "PanicException":
            raise _CellTooOdd from error
        raise


def _is_taken(book: Any, name: str) -> bool:
    """Whether calamine can take all cells of a piece."""
    try:
        _as_calamine_gives_it(book, name)
    except _CellTooOdd:
        return False
    return True


class _Reader:
    """Reads tables out of the pieces of their sheets.

    Args:
        path: the file.
        book: the pieces as calamine has them.
        pieces: by the parts of their sheets.
        mend: brings pieces of a sheet that calamine can't take to a form that it takes.
        formats: the cell formats that change how a number is meant.
        objects: the numbers of values that only look like errors.
    """

    def __init__(
        self,
        path: Path,
        book: Any,
        pieces: dict[str, list[Piece]],
        mend: Callable[[str, Collection[int]], tuple[Any, list[Piece]]],
        formats: Mapping[int, str],
        objects: frozenset[int],
    ) -> None:
        self._formats, self._objects = formats, objects
        self._path, self._pieces, self._mend = path, pieces, mend
        self._books = dict.fromkeys(pieces, book)
        self._mended: set[str] = set()

    def tables(self, found: Sequence[Found]) -> Iterator[RawTable]:
        for one in found:
            with speaking_of(self._path), _calamine_speaking_of(self._path):
                table = self._steadily(one.sheet.part, partial(self._read, one))
            yield table

    def _steadily(self, part: str, work: Callable[[], _Made]) -> _Made:
        """What comes of reading a sheet; once more, from its mended form, where a cell is too odd for calamine."""
        try:
            return work()
        except _CellTooOdd as error:
            if part in self._mended:
                raise damaged(self._path) from error
        self._mended.add(part)
        odd = [n for n, piece in enumerate(self._pieces[part]) if not _is_taken(self._books[part], piece.name)]
        self._books[part], self._pieces[part] = self._mend(part, odd)
        return self._steadily(part, work)

    def elsewhere(
        self, others: Sequence[Sheet], sheets: Sequence[Sheet], ours: Sequence[Found]
    ) -> tuple[Elsewhere, ...]:
        """Renamed tables, and copies of registers on sheets that hold nothing of ours.

        Args:
            others: the sheets that hold nothing of ours.
            sheets: all sheets.
            ours: the tables that were found.
        """
        found = [f for f in find_renamed(sheets, ours) if f.sheet.part in self._pieces]
        for sheet in others:
            with suppress(*_NOT_READ):
                copied = find_copied(sheet, self._steadily(sheet.part, partial(self._top, sheet))[:HEADER_ROWS])
                found += [copied] if copied is not None else []
        cells = []
        for one in found:
            with suppress(*_NOT_READ):
                cells.append(as_elsewhere(one, self._steadily(one.sheet.part, partial(self._read, one))))
        return tuple(cells)

    def unnamed(self, sheet: Sheet, found: Sequence[Found]) -> list[Found]:
        """The tables recognised on a sheet by its name and a header row."""
        wanted = wanted_on(sheet.name, found)
        if not wanted:
            return []
        top = self._steadily(sheet.part, partial(self._top, sheet))
        return list(find_unnamed(sheet, wanted, top[:HEADER_ROWS]))

    def _top(self, sheet: Sheet) -> list[list[Cell]]:
        """The texts of a sheet's first rows, from cell A1."""
        top: list[list[Cell]] = []
        for row, column, grid in self._grids(sheet, 1):
            if row > HEADER_ROWS:
                break
            top += [[] for _ in range(row - 1 - len(top))]
            for line in grid:
                top.append([*[None] * (column - 1), *(c if isinstance(c, str) else None for c in line)])
        return top

    def _grids(self, sheet: Sheet, first_row: int) -> Iterator[tuple[int, int, list[list[Any]]]]:
        """The values of a sheet from about a row on: the place of each rectangle's corner, counted from 1."""
        pieces = self._pieces[sheet.part]
        if not pieces:
            return
        following = [*(p.first_row for p in pieces[1:]), first_row + 1]
        names = [p.name for p, next_row in zip(pieces, following, strict=True) if next_row > first_row]
        take = partial(_as_calamine_gives_it, self._books[sheet.part])
        with closing(one_ahead(take, names)) as grids:
            yield from (grid for grid in grids if grid is not None)

    def _read(self, found: Found) -> RawTable:
        around = Around(found.header_row, found.first_column, found.width, found.room, found.ends_before)
        columns = self._columns(found, around)
        if around.beside or around.beneath:
            pieces = self._pieces[found.sheet.part]
            around.without(place for piece in pieces for place in piece.hidden.formulas)
        headers = take_headers(columns)
        if not any(headers):
            headers = (*found.columns, *[""] * found.width)[: found.width]
        cut_blank_end(columns)
        self._put_errors(found, columns)
        self._put_shown(found, columns)
        return as_table(found, columns, headers, self._formulas(found, len(columns[0]) if columns else 0), around)

    def _columns(self, found: Found, around: Around) -> list[list[Cell]]:
        """The header and what is beneath it, to the end of the table or of what was typed beneath it."""
        gather = Gather(found)
        if found.header_row < 1:
            gather.blank(1)
        errors = {row for p in self._pieces[found.sheet.part] for row, _ in p.hidden.errors}
        more = True
        for row, column, grid in self._grids(found.sheet, found.header_row):
            more = more and gather.take(row, column, grid, errors)
            around.take_beside(row, column, grid, gather.end)
            ended = not more or (not found.beneath and row + len(grid) > gather.end)
            if ended and not around.take_beneath(row, column, grid, gather.end):
                break
        return gather.columns

    def _put_errors(self, found: Found, columns: list[list[Cell]]) -> None:
        """Puts errors in their places; an error in the table's own last rows makes those rows entries."""
        own = 0 if found.last_row is None else found.last_row - found.header_row
        for piece in self._pieces[found.sheet.part]:
            for (row, column), code in piece.hidden.errors.items():
                n, at = row - found.header_row - 1, column - found.first_column
                if n < 0 or not 0 <= at < found.width:
                    continue
                height = len(columns[0])
                if height <= n < own:
                    for cells in columns:
                        cells.extend([None] * (n + 1 - height))
                if n < len(columns[0]):
                    rich = piece.hidden.rich.get((row, column)) in self._objects
                    columns[at][n] = CellObject(code) if rich else CellError(code)

    def _put_shown(self, found: Found, columns: list[list[Cell]]) -> None:
        """Puts numbers that are shown as per cent in place of the plain ones."""
        height = len(columns[0]) if columns else 0
        for piece in self._pieces[found.sheet.part]:
            for (row, column), style in piece.hidden.styles.items():
                n, at = row - found.header_row - 1, column - found.first_column
                if 0 <= n < height and 0 <= at < found.width and type(cell := columns[at][n]) in (int, float):
                    columns[at][n] = as_shown(cast("float", cell), self._formats[style])

    def _formulas(self, found: Found, count: int) -> frozenset[tuple[int, int]]:
        first, left, width = found.header_row + 1, found.first_column, found.width
        return frozenset(
            (row - first, column - left)
            for piece in self._pieces[found.sheet.part]
            for row, column in piece.hidden.formulas
            if 0 <= row - first < count and 0 <= column - left < width
        )
