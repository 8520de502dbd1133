"""A workbook's file as a surface: changes wait in a `lossless.Book` until it is saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from addin import lossless
from addin.hosts.apply.surface import Body, Region
from addin.hosts.file.template_sheets import graft_designed, graft_sheet
from addin.lossless import ErrorValue, Value
from addin.lossless.edit import Body as SheetBody
from addin.lossless.edit import add_table, content_beside_tables
from addin.lossless.opc import Area
from addin.lossless.worksheet import links
from workbook.blueprint import SUMMARY_SHEETS
from workbook.model.cells import Cell, CellError
from workbook.model.changes import sheet_digest
from workbook.model.sheet_names import free_name


class FileSurface:
    """The surface of a workbook's file.

    Args:
        data: the whole file.

    Attributes:
        book: the workbook with its waiting changes.
    """

    def __init__(self, data: bytes) -> None:
        self.book = lossless.Book(data)
        self._regions: dict[str, lossless.Region] = {}
        self._row: tuple[str, int] = "", 0
        self._cells: dict[int, Cell] = {}

    # -- what is there --------------------------------------------------------------------------------------------

    def region(self, table: str) -> Region:
        """See `addin.hosts.apply.surface.Surface.region`."""
        found = self.book.table(table)
        self._regions[table] = found
        return _plain(table, found)

    def value(self, sheet: str, row: int, column: int) -> Cell:
        """See `addin.hosts.apply.surface.Surface.value`."""
        if self._row != (sheet, row):
            page = self.book.sheet(sheet)
            self._cells = {c.column: cell_of(page.value_of(c)) for c in page.cells(row)}
            self._row = sheet, row
        return self._cells.get(column)

    def links(self, region: Region) -> dict[tuple[int, int], str]:
        """See `addin.hosts.apply.surface.Surface.links`."""
        found = {}
        for ref, goal in links(self.book.sheet(region.sheet).tail).items():
            place = Area.parse(ref)
            if place is not None:
                found[place.top - region.header_row - 1, place.left - region.first_column] = goal
        return found

    def _own(self, region: Region) -> lossless.Region:
        """The writer's own region of a table; a plain range where the table lost its name."""
        if region.name not in self._regions:
            self._regions[region.name] = lossless.Region(
                region.sheet, region.header_row, region.first_column, region.columns, region.last_row, region.name
            )
        return self._regions[region.name]

    # -- changes --------------------------------------------------------------------------------------------------

    def set_cell(self, sheet: str, row: int, column: int, value: Cell, *, like: tuple[int, int] | None) -> None:
        """See `addin.hosts.apply.surface.Surface.set_cell`."""
        self.book.set_cell(sheet, row, column, _written(value), like=like)

    def append_rows(self, region: Region, rows: Sequence[Mapping[int, Cell]], *, entries: int) -> None:
        """See `addin.hosts.apply.surface.Surface.append_rows`."""
        own = self._own(region)
        self.book.append_rows(own, [{n: _written(v) for n, v in row.items()} for row in rows], entries=entries)
        _follow(region, own)

    def replace_body(self, region: Region, body: Body) -> None:
        """See `addin.hosts.apply.surface.Surface.replace_body`."""
        own = self._own(region)
        rows = [[_written(v) for v in row] for row in body.rows]
        self.book.replace_body(own, SheetBody(body.columns, rows, body.entries, body.kept, body.links))
        _follow(region, own)

    def add_column(self, region: Region, header: str) -> None:
        """See `addin.hosts.apply.surface.Surface.add_column`."""
        own = self._own(region)
        self.book.add_column(own, header)
        _follow(region, own)

    def remove_column(self, region: Region, header: str) -> str:
        """See `addin.hosts.apply.surface.Surface.remove_column`."""
        own = self._own(region)
        if not own.headers or own.headers[-1].casefold() != header.casefold():
            return "another column stands to the right of it"
        try:
            self.book.remove_column(own)
        except lossless.Refused as error:
            return error.reason
        _follow(region, own)
        return ""

    def resize(self, region: Region, last_row: int) -> None:
        """See `addin.hosts.apply.surface.Surface.resize`."""
        own = self._own(region)
        self.book.resize(own, last_row=last_row)
        _follow(region, own)

    def add_table(self, name: str, sheet: str, headers: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
        """See `Surface.add_table` of `addin.hosts.apply`; the sheet is as in a new workbook where that is possible."""
        cells = [[_written(v) for v in row] for row in rows]
        is_there = sheet.casefold() in {s.casefold() for s in self.book.sheets}
        known = self.book.tables().get(name.casefold())
        if known is not None:  # it came with its sheet, for another table there
            at: list[int] | None = [known.headers.index(header) for header in headers]
        else:
            at = graft_designed(self.book, name, sheet, headers)
        if at is None:
            region = add_table(self.book, name, sheet, tuple(headers), cells)
        else:
            region = self.book.table(name)
            self.book.replace_body(region, SheetBody(at, cells, region.last_row - region.header_row))
            if rows:
                self.book.show_sheets([sheet])
        return "" if is_there else sheet_digest(content_beside_tables(self.book, region.sheet))

    def remove_table(self, region: Region, made_with: str) -> tuple[str, str]:
        """See `addin.hosts.apply.surface.Surface.remove_table`."""
        own = self._own(region)
        stays = "something was put there since"
        try:
            if made_with and sheet_digest(content_beside_tables(self.book, own.sheet)) == made_with:
                self.book.remove_sheet(own.sheet, but=own)
                return "", ""
        except lossless.Refused as error:
            stays = error.reason
        try:
            self.book.remove_table(own)
        except lossless.Refused as error:
            return error.reason, ""
        return "", stays if made_with else ""

    def add_sheet(self, sheet: str, *, shown: bool) -> tuple[str, str]:
        """See `addin.hosts.apply.surface.Surface.add_sheet`."""
        if sheet.casefold() in {s.casefold() for s in self.book.sheets}:
            return "", ""
        try:
            graft_sheet(self.book, sheet)
        except lossless.Refused as error:
            return "", error.reason
        if shown:
            self.book.show_sheets([sheet])
        return sheet_digest(content_beside_tables(self.book, sheet)), ""

    def remove_sheet(self, sheet: str, made_with: str) -> tuple[bool, str]:
        """See `addin.hosts.apply.surface.Surface.remove_sheet`."""
        if sheet not in self.book.sheets:
            return False, "it is not there any more"
        if sheet_digest(content_beside_tables(self.book, sheet)) != made_with:
            return False, "something was put there since"
        shown = not self.book.show_sheets([sheet])
        try:
            self.book.remove_sheet(sheet)
        except lossless.Refused as error:
            return shown, error.reason
        return shown, ""

    def show_sheets(self, sheets: Iterable[str]) -> list[str]:
        """See `addin.hosts.apply.surface.Surface.show_sheets`."""
        return self.book.show_sheets(sheets)

    def hide_sheet(self, sheet: str) -> str:
        """See `addin.hosts.apply.surface.Surface.hide_sheet`."""
        try:
            if sheet in self.book.sheets:
                self.book.hide_sheet(sheet)
        except lossless.Refused as error:
            return error.reason
        return ""

    def rename_sheet(self, sheet: str, name: str) -> tuple[str, str]:
        """See `addin.hosts.apply.surface.Surface.rename_sheet`."""
        others = [known for known, _ in self.book.head.sheets() if known != sheet]
        new = free_name(name, others)
        try:
            self.book.rename_sheet(sheet, new)
        except lossless.Refused as error:
            return sheet, error.reason
        for region in self._regions.values():
            region.sheet = new if region.sheet == sheet else region.sheet
        self._row = "", 0
        return new, ""

    def set_properties(self, values: Mapping[str, str]) -> None:
        """See `addin.hosts.apply.surface.Surface.set_properties`."""
        self.book.set_properties(values)

    def dependants(self, ours: Iterable[str]) -> tuple[str, ...]:
        """See `addin.hosts.apply.surface.Surface.dependants`."""
        known = set(ours)
        self.book.outdate(SUMMARY_SHEETS)
        return tuple(sheet for sheet in self.book.dependants() if sheet not in known)


def _plain(name: str, own: lossless.Region) -> Region:
    return Region(name, own.sheet, own.header_row, own.first_column, own.columns, own.last_row)


def _follow(region: Region, own: lossless.Region) -> None:
    region.columns, region.last_row = own.columns, own.last_row


def _written(cell: Cell) -> Value:
    return ErrorValue(cell.code) if isinstance(cell, CellError) else cell


def cell_of(value: Value) -> Cell:
    """A cell's value in the canonical form.

    Args:
        value: as lossless reads it.
    """
    return CellError(value.code) if isinstance(value, ErrorValue) else value
