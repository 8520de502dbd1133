"""An open workbook as a surface: changes are gathered, then written in blocks, all or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from addin.live import native
from addin.live.blocks import blocks, write_links, written
from addin.live.follows import following
from addin.live.room import Room, room_below
from addin.live.tabs import Tabs
from addin.live.used import formula_with, typed_again, why_sheet_stays
from addin.lossless.cells import Area
from addin.lossless.shifts import Growth
from addin.writing.surface import Body, Region
from workbook.cells import Cell, fold
from workbook.changes import sheet_digest
from workbook.errors import BookNotWritable
from workbook.raw import RawTable

if TYPE_CHECKING:
    import xlwings


@dataclass
class _Page:
    """What is to be written on one sheet.

    Attributes:
        cells: by row and column, from 1.
        links: where a cell leads.
        like: for a new row of a table, the row whose formats it takes, with the table's first and last column.
        fitted: the rows that take the height of their texts: first and last.
        rooms: where cells move down before anything is written, in order.
        tables: where tables end then, by name.
        unlisted: the tables that become plain cells.
        emptied: cells that are emptied when no table holds them any more.
    """

    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    links: dict[tuple[int, int], str] = field(default_factory=dict)
    like: dict[int, tuple[int, int, int]] = field(default_factory=dict)
    fitted: list[tuple[int, int]] = field(default_factory=list)
    rooms: list[Room] = field(default_factory=list)
    tables: dict[str, Region] = field(default_factory=dict)
    unlisted: list[str] = field(default_factory=list)
    emptied: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True)
class _NewTable:
    """A table to be added."""

    name: str
    sheet: str
    headers: Sequence[str]
    rows: Sequence[Sequence[Cell]]


class OpenSurface:
    """The surface of an open workbook.

    Args:
        book: the workbook.
        tables: its tables as they were just read.
    """

    def __init__(self, book: xlwings.Book, tables: Iterable[RawTable]) -> None:
        self.book = book
        self._tables = {table.table: table for table in tables}
        self._pages: dict[str, _Page] = {}
        self._added: list[_NewTable] = []
        self._removed: list[str] = []
        self._growths: list[Growth] = []
        self._tabs = Tabs(book)
        self._properties: dict[str, str] = {}

    # -- what is there --------------------------------------------------------------------------------------------

    def region(self, table: str) -> Region:
        """See `addin.writing.surface.Surface.region`."""
        raw = self._tables[table]
        last = raw.header_row + max(raw.body_rows, 1)
        return Region(table, raw.sheet, raw.header_row, raw.first_column, len(raw.headers), last)

    def value(self, sheet: str, row: int, column: int) -> Cell:
        """See `addin.writing.surface.Surface.value`."""
        sheet = self._tabs.actual(sheet)
        for raw in self._tables.values():
            n, at = row - raw.header_row - 1, column - raw.first_column
            if raw.sheet == sheet and 0 <= n < raw.height and 0 <= at < len(raw.headers):
                return raw.columns[at][n]
        return None

    def links(self, region: Region) -> dict[tuple[int, int], str]:
        """See `addin.writing.surface.Surface.links`."""
        raw = self._tables.get(region.name)
        if raw is None or not raw.height:
            return {}
        cells = self._cells(region.sheet, region.header_row + 1, region.first_column, raw.height, region.columns)
        return {(row, column): goal for row, column, goal in native.read_links(cells)}

    def _cells(self, sheet: str, row: int, column: int, rows: int, columns: int) -> xlwings.Range:
        return self._sheet(sheet).range((row, column), (row + rows - 1, column + columns - 1))

    def _page(self, sheet: str) -> _Page:
        return self._pages.setdefault(self._tabs.actual(sheet), _Page())

    # -- changes --------------------------------------------------------------------------------------------------

    def set_cell(self, sheet: str, row: int, column: int, value: Cell, *, like: tuple[int, int] | None) -> None:
        """See `addin.writing.surface.Surface.set_cell`."""
        del like  # a cell of an open workbook has its style, whether it holds something or not
        self._page(sheet).cells[row, column] = value

    def append_rows(self, region: Region, rows: Sequence[Mapping[int, Cell]], *, entries: int) -> None:
        """See `addin.writing.surface.Surface.append_rows`."""
        page, first = self._page(region.sheet), region.header_row + 1 + entries
        right = region.first_column + region.columns - 1
        for n, row in enumerate(rows):
            for column, value in row.items():
                page.cells[first + n, region.first_column + column] = value
            if first + n > region.last_row and entries:
                page.like[first + n] = (first - 1, region.first_column, right)
        page.fitted.append((first, first + len(rows) - 1))
        self._make_room(region, first, first + len(rows) - 1)
        self.resize(region, max(first + len(rows) - 1, region.last_row))

    def replace_body(self, region: Region, body: Body) -> None:
        """See `addin.writing.surface.Surface.replace_body`."""
        page, first, left = self._page(region.sheet), region.header_row + 1, region.first_column
        ours = set(body.columns)
        theirs = [n for n in range(region.columns) if n not in ours]
        for n in range(max(len(body.rows), body.entries)):
            row = body.rows[n] if n < len(body.rows) else (None,) * len(body.columns)
            for column, value in zip(body.columns, row, strict=True):
                page.cells[first + n, left + column] = value
            kept = body.kept[n] if n < len(body.kept) else None
            for column in theirs if kept != n else ():
                held = None if kept is None else self.value(region.sheet, first + kept, left + column)
                page.cells[first + n, left + column] = held
        page.links |= {(first + n, left + column): goal for (n, column), goal in body.links.items()}
        if body.rows:
            page.fitted.append((first, first + len(body.rows) - 1))
            self._make_room(region, first + body.entries, first + len(body.rows) - 1)
        self.resize(region, first + max(len(body.rows), 1) - 1)

    def _make_room(self, region: Region, first: int, last: int) -> None:
        """Has what stands below a table's entries move down where rows from `first` to `last` are to come.

        Raises:
            BookNotWritable: it can't be moved.
        """
        room = room_below(self._sheet(region.sheet), region, first, last) if last > region.last_row else None
        if room is not None:
            self._page(region.sheet).rooms.append(room)

    def add_column(self, region: Region, header: str) -> None:
        """See `addin.writing.surface.Surface.add_column`.

        Raises:
            BookNotWritable: something stands to the right of the table.
        """
        at = region.first_column + region.columns
        beside = self._cells(region.sheet, region.header_row, at, region.last_row - region.header_row + 1, 1)
        if any(cell != "" for row in beside.options(ndim=2, empty="").value for cell in row):
            raise BookNotWritable(
                f"The column {header} has no room: something stands to the right of the table {region.name}.",
                where=region.sheet,
                next_step="Move that away and press again. Nothing was written.",
            )
        self._page(region.sheet).cells[region.header_row, at] = header
        region.columns += 1
        self._page(region.sheet).tables[region.name] = region

    def remove_column(self, region: Region, header: str) -> str:
        """See `addin.writing.surface.Surface.remove_column`."""
        raw, at = self._tables[region.name], region.first_column + region.columns - 1
        if len(raw.headers) != region.columns or fold(raw.headers[-1]) != fold(header):
            return "another column stands to the right of it"
        page = self._page(region.sheet)
        for row in range(region.header_row + 1, region.last_row + 1):
            if page.cells.get((row, at), self.value(region.sheet, row, at)) is not None:
                return f"it holds something in row {row}"
        used = formula_with(self.book, f"[{header}]")
        if used:
            return f"it is used by {used}"
        region.columns -= 1
        page.tables[region.name] = region
        page.emptied.append((region.header_row, at))
        return ""

    def resize(self, region: Region, last_row: int) -> None:
        """See `addin.writing.surface.Surface.resize`."""
        region.last_row = last_row
        self._page(region.sheet).tables[region.name] = region

    def add_table(self, name: str, sheet: str, headers: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
        """See `addin.writing.surface.Surface.add_table`."""
        known = {fold(page.name) for page in self.book.sheets} | {fold(table.sheet) for table in self._added}
        self._added.append(_NewTable(name, sheet, headers, rows))
        return "" if fold(self._tabs.actual(sheet)) in known else sheet_digest(())

    def remove_table(self, region: Region, made_with: str) -> tuple[str, str]:
        """See `addin.writing.surface.Surface.remove_table`."""
        stays = why_sheet_stays(self._sheet(region.sheet), region, made_with) if made_with else ""
        if made_with and not stays:
            self._removed.append(self._tabs.actual(region.sheet))
            return "", ""
        used = formula_with(self.book, f"{region.name}[")
        if used:
            return f"it is used by {used}", ""
        page = self._page(region.sheet)
        page.tables.pop(region.name, None)
        page.unlisted.append(region.name)
        page.emptied += [(region.header_row, region.first_column + n) for n in range(region.columns)]
        return "", stays

    def show_sheets(self, sheets: Iterable[str]) -> list[str]:
        """See `addin.writing.surface.Surface.show_sheets`."""
        return self._tabs.show(sheets, self._seen())

    def hide_sheet(self, sheet: str) -> str:
        """See `addin.writing.surface.Surface.hide_sheet`."""
        return self._tabs.hide(sheet, self._seen())

    def rename_sheet(self, sheet: str, name: str) -> tuple[str, str]:
        """See `addin.writing.surface.Surface.rename_sheet`."""
        return self._tabs.rename(sheet, name, self._seen())

    def _seen(self) -> dict[str, bool]:
        """The worksheets that there will be, and whether their tabs will be shown."""
        known = {page.name: bool(page.visible) for page in self.book.sheets if page.name not in self._removed}
        return {**known, **dict.fromkeys((table.sheet for table in self._added), True), **self._tabs.now()}

    def set_properties(self, values: Mapping[str, str]) -> None:
        """See `addin.writing.surface.Surface.set_properties`."""
        self._properties |= values

    def dependants(self, ours: Iterable[str]) -> tuple[str, ...]:
        """None: an open workbook computes its formulas at once."""
        del ours
        return ()

    # -- writing --------------------------------------------------------------------------------------------------

    def commit(self) -> None:
        """Writes everything. If something fails on the way, what was written is put back.

        Raises:
            BookNotWritable: a sheet is protected with a password.
        """
        back: list[Callable[[], Any]] = []
        locked = [s for s in map(self._sheet, self._pages) if native.is_protected(s)]
        opened: list[str] = []
        try:
            for sheet in locked:
                self._unprotect(sheet)
                opened.append(sheet.name)
            self._write_all(back)
        except BaseException:
            for put_back in reversed(back):
                with suppress(Exception):  # the first error is the one to tell
                    put_back()
            raise
        finally:
            for name in opened:
                native.protect(self._tabs.sheet(name))
        self._tabs.write_visible()
        if self._properties:
            native.set_properties(self.book, self._properties)

    def _write_all(self, back: list[Callable[[], Any]]) -> None:
        for name, page in self._pages.items():
            self._write(self._sheet(name), page, back)
        for added in self._added:
            self._add(added, back)
        for cell, formula in list(following(self.book, self._growths)):
            back.append(partial(setattr, cell, "formula", cell.formula))
            cell.formula = formula
        self._tabs.write_names(back)
        for name in self._removed:
            self._tabs.sheet(name).delete()

    def _sheet(self, name: str) -> xlwings.Sheet:
        return self.book.sheets[self._tabs.actual(name)]

    def _unprotect(self, sheet: xlwings.Sheet) -> None:
        with suppress(Exception):  # each program has an error of its own for a wrong password
            native.unprotect(sheet)
        if native.is_protected(sheet):
            raise BookNotWritable(
                f"The sheet {sheet.name} is protected with a password.",
                where=sheet.book.name,
                next_step="Take the protection away (Review, Unprotect Sheet), then press again. Nothing was written.",
            )

    def _write(self, sheet: xlwings.Sheet, page: _Page, back: list[Callable[[], Any]]) -> None:
        by_name = {fold(table.name): table for table in sheet.tables} if page.tables or page.unlisted else {}
        for room in page.rooms:
            room.make(sheet)
            back.append(partial(room.undo, sheet))
        for row, (source, left, right) in page.like.items():
            sheet.range((row, left), (row, right)).copy_from(sheet.range((source, left), (source, right)), "formats")
        for block in blocks(page.cells, self._between(sheet.name)):
            cells = sheet.range(block.first, block.last)
            back.append(partial(setattr, cells, "formula", typed_again(cells)))
            cells.value = [[written(value) for value in row] for row in block.rows]
            write_links(cells, block, page.links)
        for name, region in page.tables.items():
            table = by_name.get(fold(name))
            if table is not None:
                back.append(partial(table.resize, table.range))
                table.resize(self._whole(sheet, region, totals=bool(table.show_totals)))
                self._note_growth(region)
        for name in page.unlisted:
            table = by_name[fold(name)]
            back.append(partial(sheet.tables.add, source=table.range, name=table.name))
            native.unlist(table)
        for row, column in page.emptied:
            cell = sheet.range((row, column))
            back.append(partial(setattr, cell, "formula", typed_again(cell)))
            cell.value = None
        for first, last in page.fitted:
            sheet.range((first, 1), (last, 1)).rows.autofit()

    def _note_growth(self, region: Region) -> None:
        old = self.region(region.name)
        if old.last_row != region.last_row:
            right = old.first_column + old.columns - 1
            cells = Area(old.header_row, old.first_column, old.last_row, right)
            self._growths.append(Growth(old.sheet, cells, region.last_row))

    def _whole(self, sheet: xlwings.Sheet, region: Region, *, totals: bool) -> xlwings.Range:
        right = region.first_column + region.columns - 1
        return sheet.range((region.header_row, region.first_column), (region.last_row + totals, right))

    def _between(self, sheet: str) -> Mapping[tuple[int, int], Cell]:
        """The cells between changed ones that may be written again as they are: blank ones and plain texts."""
        found: dict[tuple[int, int], Cell] = {}
        for raw in self._tables.values():
            if raw.sheet != sheet:
                continue
            for at, cells in enumerate(raw.columns):
                column = raw.first_column + at
                for n, cell in enumerate(cells):
                    if (cell is None or isinstance(cell, str)) and (n, at) not in raw.formulas:
                        found[raw.header_row + 1 + n, column] = cell
        return found

    def _add(self, table: _NewTable, back: list[Callable[[], Any]]) -> None:
        names = {fold(sheet.name): sheet for sheet in self.book.sheets}
        sheet = names.get(fold(self._tabs.actual(table.sheet)))
        if sheet is None:
            sheet = self.book.sheets.add(table.sheet, after=self.book.sheets[-1])
            back.append(sheet.delete)
        row, column = _free_place(sheet)
        last = (row + max(len(table.rows), 1), column + len(table.headers) - 1)
        sheet.range((row, column)).value = [
            [written(header) for header in table.headers],
            *([written(value) for value in line] for line in table.rows),
        ]
        sheet.tables.add(source=sheet.range((row, column), last), name=table.name)


def _free_place(sheet: xlwings.Sheet) -> tuple[int, int]:
    """Row and column where a further table can stand: beside what is there, a column apart."""
    used = sheet.used_range
    if used.shape == (1, 1) and used.value is None:
        return 1, 1
    tops = [table.range.row for table in sheet.tables]
    return min(tops, default=1), used.last_cell.column + 2
