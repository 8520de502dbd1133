"""An open workbook as a surface: changes are gathered, then written in blocks, all or none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from addin.hosts.apply.surface import Body, Region
from addin.hosts.office.cell_links import read_links
from addin.hosts.office.commit import Gathered, NewTable, Page, commit
from addin.hosts.office.insertion import room_below
from addin.hosts.office.references import formula_with, why_sheet_stays
from addin.hosts.office.tabs import Tabs
from workbook.model.cells import Cell, fold
from workbook.model.changes import sheet_digest
from workbook.model.errors import BookNotWritable
from workbook.model.raw import RawTable

if TYPE_CHECKING:
    import xlwings


class OpenSurface:
    """The surface of an open workbook.

    Args:
        book: the workbook.
        tables: its tables as they were just read.
    """

    def __init__(self, book: xlwings.Book, tables: Iterable[RawTable]) -> None:
        self.book = book
        self._tables = {table.table: table for table in tables}
        self._tabs = Tabs(book)
        self._to = Gathered(self._tabs)

    # -- what is there --------------------------------------------------------------------------------------------

    def region(self, table: str) -> Region:
        """See `addin.hosts.apply.surface.Surface.region`."""
        raw = self._tables[table]
        last = raw.header_row + max(raw.body_rows, 1)
        return Region(table, raw.sheet, raw.header_row, raw.first_column, len(raw.headers), last)

    def value(self, sheet: str, row: int, column: int) -> Cell:
        """See `addin.hosts.apply.surface.Surface.value`."""
        sheet = self._tabs.actual(sheet)
        for raw in self._tables.values():
            n, at = row - raw.header_row - 1, column - raw.first_column
            if raw.sheet == sheet and 0 <= n < raw.height and 0 <= at < len(raw.headers):
                return raw.columns[at][n]
        return None

    def links(self, region: Region) -> dict[tuple[int, int], str]:
        """See `addin.hosts.apply.surface.Surface.links`."""
        raw = self._tables.get(region.name)
        if raw is None or not raw.height:
            return {}
        cells = self._cells(region.sheet, region.header_row + 1, region.first_column, raw.height, region.columns)
        return {(row, column): goal for row, column, goal in read_links(cells)}

    def _cells(self, sheet: str, row: int, column: int, rows: int, columns: int) -> xlwings.Range:
        return self._sheet(sheet).range((row, column), (row + rows - 1, column + columns - 1))

    def _page(self, sheet: str) -> Page:
        return self._to.pages.setdefault(self._tabs.actual(sheet), Page())

    # -- changes --------------------------------------------------------------------------------------------------

    def set_cell(self, sheet: str, row: int, column: int, value: Cell, *, like: tuple[int, int] | None) -> None:
        """See `addin.hosts.apply.surface.Surface.set_cell`."""
        del like  # a cell of an open workbook has its style, whether it holds something or not
        self._page(sheet).cells[row, column] = value

    def append_rows(self, region: Region, rows: Sequence[Mapping[int, Cell]], *, entries: int) -> None:
        """See `addin.hosts.apply.surface.Surface.append_rows`."""
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
        """See `addin.hosts.apply.surface.Surface.replace_body`."""
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
        """See `addin.hosts.apply.surface.Surface.add_column`.

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
        """See `addin.hosts.apply.surface.Surface.remove_column`."""
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
        """See `addin.hosts.apply.surface.Surface.resize`."""
        region.last_row = last_row
        self._page(region.sheet).tables[region.name] = region

    def add_table(self, name: str, sheet: str, headers: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
        """See `addin.hosts.apply.surface.Surface.add_table`."""
        known = {fold(page.name) for page in self.book.sheets} | {fold(table.sheet) for table in self._to.added}
        self._to.added.append(NewTable(name, sheet, headers, rows))
        return "" if fold(self._tabs.actual(sheet)) in known else sheet_digest(())

    def remove_table(self, region: Region, made_with: str) -> tuple[str, str]:
        """See `addin.hosts.apply.surface.Surface.remove_table`."""
        stays = why_sheet_stays(self._sheet(region.sheet), region, made_with) if made_with else ""
        if made_with and not stays:
            self._to.removed.append(self._tabs.actual(region.sheet))
            return "", ""
        used = formula_with(self.book, f"{region.name}[")
        if used:
            return f"it is used by {used}", ""
        page = self._page(region.sheet)
        page.tables.pop(region.name, None)
        page.unlisted.append(region.name)
        page.emptied += [(region.header_row, region.first_column + n) for n in range(region.columns)]
        return "", stays

    def add_sheet(self, sheet: str, *, shown: bool) -> tuple[str, str]:
        """See `addin.hosts.apply.surface.Surface.add_sheet`: sheets of our design come into files alone.

        Raises:
            BookNotWritable: always.
        """
        del shown
        raise BookNotWritable(
            f"The sheet {sheet} can't be added while the workbook is open.",
            where=self.book.name,
            next_step="Save and close it, then upgrade the file. Nothing was written.",
        )

    def remove_sheet(self, sheet: str, made_with: str) -> tuple[bool, str]:
        """See `addin.hosts.apply.surface.Surface.remove_sheet`; what was added to the file is taken from the file."""
        del made_with
        shown = self._seen().get(self._tabs.actual(sheet), False)
        return shown, "it can be taken away from the closed file alone"

    def show_sheets(self, sheets: Iterable[str]) -> list[str]:
        """See `addin.hosts.apply.surface.Surface.show_sheets`."""
        return self._tabs.show(sheets, self._seen())

    def hide_sheet(self, sheet: str) -> str:
        """See `addin.hosts.apply.surface.Surface.hide_sheet`."""
        return self._tabs.hide(sheet, self._seen())

    def rename_sheet(self, sheet: str, name: str) -> tuple[str, str]:
        """See `addin.hosts.apply.surface.Surface.rename_sheet`."""
        return self._tabs.rename(sheet, name, self._seen())

    def _seen(self) -> dict[str, bool]:
        """The worksheets that there will be, and whether their tabs will be shown."""
        known = {page.name: bool(page.visible) for page in self.book.sheets if page.name not in self._to.removed}
        return {**known, **dict.fromkeys((table.sheet for table in self._to.added), True), **self._tabs.now()}

    def set_properties(self, values: Mapping[str, str]) -> None:
        """See `addin.hosts.apply.surface.Surface.set_properties`."""
        self._to.properties |= values

    def dependants(self, ours: Iterable[str]) -> tuple[str, ...]:
        """None: an open workbook computes its formulas at once; see `addin.hosts.apply.surface.Surface.dependants`."""
        del ours
        return ()

    # -- writing --------------------------------------------------------------------------------------------------

    def commit(self, title: str, standing: Mapping[str, str] | None = None) -> None:
        """Writes everything, all or none of it; see `addin.hosts.office.commit.commit`.

        Args:
            title: of the step on the undo list, in LibreOffice.
            standing: how each sheet stood when it was read; None where the program does not tell.

        Raises:
            Meanwhile: a sheet was changed since it was read.
            Typing: somebody is typing, and cells would move.
        """
        commit(self.book, tuple(self._tables.values()), self._to, title, standing)

    def _sheet(self, name: str) -> xlwings.Sheet:
        return self.book.sheets[self._tabs.actual(name)]
