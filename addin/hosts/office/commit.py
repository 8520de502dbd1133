"""What was gathered for an open workbook is written in blocks, all or none of it.

LibreOffice is handed all of it at once, and does it in one go. Excel is asked for one thing after the other; what was
written is put back where one of them fails.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from addin.hosts.apply.surface import Region
from addin.hosts.office import native
from addin.hosts.office.blocks import blocks, write_links, written
from addin.hosts.office.formula_updates import following
from addin.hosts.office.insertion import Room
from addin.hosts.office.leftovers import Off, noted
from addin.hosts.office.references import typed_again
from addin.hosts.office.tabs import Tabs
from addin.lossless.formula import Growth
from addin.lossless.opc import Area
from workbook.model.cells import Cell, fold
from workbook.model.declare import CHECK_HEADER
from workbook.model.errors import BookNotWritable, HostCannot
from workbook.model.light_dataclasses import dataclass, field
from workbook.model.raw import RawTable

if TYPE_CHECKING:
    import xlwings


@dataclass
class Page:
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
class NewTable:
    """A table to be added."""

    name: str
    sheet: str
    headers: Sequence[str]
    rows: Sequence[Sequence[Cell]]


@dataclass
class Gathered:
    """All that is to be written: tabs, sheets by their names, tables added, sheets removed, properties."""

    tabs: Tabs
    pages: dict[str, Page] = field(default_factory=dict)
    added: list[NewTable] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)


class Meanwhile(Exception):
    """The workbook was changed after it was read, and nothing was written."""


class Typing(Exception):
    """Somebody is typing into a cell, others must move, and nothing was written."""


def commit(
    book: xlwings.Book,
    tables: Sequence[RawTable],
    gathered: Gathered,
    title: str,
    standing: Mapping[str, str] | None = None,
) -> None:
    """Writes what was gathered, all or none of it.

    Args:
        book: the workbook.
        tables: its tables as they were read.
        gathered: what is to be written.
        title: what the list of what can be undone calls it, where there is one.
        standing: by sheet, how it stood when it was read, where the program tells.

    Raises:
        BookNotWritable: a sheet is protected with a password.
        HostCannot: the program did not answer, so that it is not known whether all was written or nothing.
        Meanwhile: a sheet that is written, or that tables stand on, was changed since.
        Typing: somebody is typing into a cell, and others must move.
    """
    if native.in_libreoffice(book):
        ours = {*(table.sheet for table in tables), *gathered.pages}
        known = {sheet: how for sheet, how in (standing or {}).items() if sheet in ours}
        moves = bool(gathered.removed) or any(page.rooms for page in gathered.pages.values())
        with _refusals(book), book.impl.undo_step(title, standing=known, moves=moves):
            _Committing(book, tables, gathered).run()
        return
    back: list[Callable[[], Any]] = []
    with as_it_was(book) as opening:
        try:
            _Committing(book, tables, gathered, back, opening).run()
        except BaseException:
            for put_back in reversed(back):
                with suppress(Exception):  # the first error is the one to tell
                    put_back()
            raise


class _Committing:
    """Writes.

    Args:
        back: takes what puts each thing back; None where the program itself does that, and does everything at the end,
            so that whatever is read meanwhile is as it was before.
        opening: told of each sheet before its protection is taken away.
    """

    def __init__(
        self,
        book: xlwings.Book,
        tables: Iterable[RawTable],
        gathered: Gathered,
        back: list[Callable[[], Any]] | None = None,
        opening: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.book, self._tables, self._all, self._back = book, list(tables), gathered, back
        self._opening = opening
        self._growths: list[Growth] = []

    def run(self) -> None:
        """Writes everything."""
        tabs = self._all.tabs
        places = _free_places(self.book, self._all)
        if self._back is None:
            tabs.lead_to_new_names()
        locked = [s for s in map(self._sheet, self._all.pages) if native.is_protected(s)]
        opened: list[str] = []
        try:
            for sheet in locked:
                self._unprotect(sheet)
                opened.append(sheet.name)
            self._write_all(places, opened)
        finally:
            for name in opened:
                native.protect(tabs.sheet(name))
        tabs.write_visible()
        if self._all.properties:
            native.set_properties(self.book, self._all.properties)
        if self._back is None:
            tabs.rename_all()  # last, since everything before it goes by the old names

    def _write_all(self, places: Sequence[tuple[int, int]], opened: Container[str]) -> None:
        for name, page in self._all.pages.items():
            self._write(self._sheet(name), page)
        self._add_all(places)
        for cell, formula in list(self._following(opened)):
            self._note(cell)
            cell.formula = formula
        if self._back is not None:
            self._all.tabs.write_names(self._back)
        for name in self._all.removed:
            self._all.tabs.sheet(name).delete()

    def _sheet(self, name: str) -> xlwings.Sheet:
        return self.book.sheets[self._all.tabs.actual(name)]

    def _unprotect(self, sheet: xlwings.Sheet) -> None:
        self._opening(sheet.name)
        if self._back is None:
            native.unprotect(sheet)
            return
        with suppress(Exception):  # each program has an error of its own for a wrong password
            native.unprotect(sheet)
        if native.is_protected(sheet):
            raise _with_password(f"The sheet {sheet.name} is protected with a password.", sheet.book)

    def _note(self, cells: xlwings.Range) -> None:
        """Notes what cells hold before they are written."""
        if self._back is not None:
            self._back.append(partial(setattr, cells, "formula", typed_again(cells)))

    def _undo_by(self, put_back: Callable[[], Any]) -> None:
        if self._back is not None:
            self._back.append(put_back)

    def _write(self, sheet: xlwings.Sheet, page: Page) -> None:
        by_name = {fold(table.name): table for table in sheet.tables} if page.tables or page.unlisted else {}
        for room in page.rooms:
            room.make(sheet)
            self._undo_by(partial(room.undo, sheet))
        for row, (source, left, right) in page.like.items():
            sheet.range((row, left), (row, right)).copy_from(sheet.range((source, left), (source, right)), "formats")
        for block in blocks(page.cells, self._between(sheet.name)):
            cells = sheet.range(block.first, block.last)
            self._note(cells)
            cells.value = [[written(value) for value in row] for row in block.rows]
            write_links(cells, block, self._goals(page))
        self._resize_all(sheet, page, by_name)
        for name in page.unlisted:
            table = by_name[fold(name)]
            self._undo_by(partial(sheet.tables.add, source=table.range, name=table.name))
            native.unlist(table)
        for row, column in page.emptied:
            cell = sheet.range((row, column))
            self._note(cell)
            cell.value = None
        for first, last in page.fitted:
            sheet.range((first, 1), (last, 1)).rows.autofit()

    def _goals(self, page: Page) -> Mapping[tuple[int, int], str]:
        """Where cells lead; by the names that sheets get where these come last."""
        if self._back is not None:
            return page.links
        return {place: self._all.tabs.as_named_then(goal) for place, goal in page.links.items()}

    def _resize_all(self, sheet: xlwings.Sheet, page: Page, by_name: Mapping[str, xlwings.main.Table]) -> None:
        for name, region in page.tables.items():
            table = by_name.get(fold(name))
            if table is not None:
                if self._back is not None:
                    self._back.append(partial(table.resize, table.range))
                table.resize(_whole(sheet, region, totals=bool(table.show_totals)))
                self._note_growth(region)

    def _note_growth(self, region: Region) -> None:
        raw = next(table for table in self._tables if table.table == region.name)
        last = raw.header_row + max(raw.body_rows, 1)
        if last != region.last_row:
            right = raw.first_column + len(raw.headers) - 1
            cells = Area(raw.header_row, raw.first_column, last, right)
            self._growths.append(Growth(raw.sheet, cells, region.last_row))

    def _following(self, opened: Container[str]) -> Iterator[tuple[xlwings.Range, str]]:
        """The cells whose formulas follow a table that ends elsewhere, and how they read then."""
        if self._back is not None:
            yield from following(self.book, self._growths)
            return
        shifts = [room.shift(name) for name, page in self._all.pages.items() for room in page.rooms]
        for cell, text in following(self.book, self._growths, shifts, opened=opened):
            page = self._all.pages.get(cell.sheet.name)
            if page is None or (cell.row, cell.column) not in page.cells:
                yield cell, self._all.tabs.as_led_then(text)

    def _between(self, sheet: str) -> Mapping[tuple[int, int], Cell]:
        """The cells between changed ones that may be written again as they are.

        They are blank ones, and texts of ours: one of the person's may be written in part in bold, or lead somewhere,
        and would come back as a plain one.
        """
        found: dict[tuple[int, int], Cell] = {}
        for raw in self._tables:
            if raw.sheet != sheet:
                continue
            for at, (header, cells) in enumerate(zip(raw.headers, raw.columns, strict=False)):
                column, ours = raw.first_column + at, fold(header) == fold(CHECK_HEADER)
                for n, cell in enumerate(cells):
                    if (cell is None or (ours and isinstance(cell, str))) and (n, at) not in raw.formulas:
                        found[raw.header_row + 1 + n, column] = cell
        return found

    def _add_all(self, places: Sequence[tuple[int, int]]) -> None:
        sheets = {fold(sheet.name): sheet for sheet in self.book.sheets}
        last = self.book.sheets[-1]
        for table, place in zip(self._all.added, places, strict=True):
            name = fold(self._all.tabs.actual(table.sheet))
            if name not in sheets:
                last = self.book.sheets.add(table.sheet, after=last)
                sheets[name] = last
                self._undo_by(last.delete)
            _add(sheets[name], table, *place)


def _add(sheet: xlwings.Sheet, table: NewTable, row: int, column: int) -> None:
    last = (row + max(len(table.rows), 1), column + len(table.headers) - 1)
    sheet.range((row, column)).value = [
        [written(header) for header in table.headers],
        *([written(value) for value in line] for line in table.rows),
    ]
    sheet.tables.add(source=sheet.range((row, column), last), name=table.name)


def _whole(sheet: xlwings.Sheet, region: Region, *, totals: bool) -> xlwings.Range:
    right = region.first_column + region.columns - 1
    return sheet.range((region.header_row, region.first_column), (region.last_row + totals, right))


def _free_places(book: xlwings.Book, gathered: Gathered) -> list[tuple[int, int]]:
    """Row and column where each table that is added can stand: beside what will be there, a column apart."""
    sheets = {fold(sheet.name): sheet for sheet in book.sheets} if gathered.added else {}
    known: dict[str, tuple[int, int]] = {}
    found = []
    for table in gathered.added:
        name = fold(gathered.tabs.actual(table.sheet))
        if name not in known:
            known[name] = _edge(sheets[name], gathered) if name in sheets else (1, 0)
        row, right = known[name]
        column = right + 2 if right else 1
        found.append((row, column))
        known[name] = row, column + len(table.headers) - 1
    return found


def _edge(sheet: xlwings.Sheet, gathered: Gathered) -> tuple[int, int]:
    """The row at which the tables of a sheet begin, and the last column that holds something, 0 where none does."""
    used = sheet.used_range
    blank = used.shape == (1, 1) and used.value is None
    cells = gathered.pages[sheet.name].cells if sheet.name in gathered.pages else {}
    tops = [table.range.row for table in sheet.tables]
    right = max((column for _, column in cells), default=0)
    return min(tops, default=1), max(right, 0 if blank else used.last_cell.column)


@contextmanager
def as_it_was(book: xlwings.Book) -> Iterator[Callable[[str], None]]:
    """Writes quickly to Excel, and leaves what is chosen and seen, and how the program works, as it was.

    Gives what is to be told of each sheet before its protection is taken away, so that it is known if the press dies.

    Args:
        book: the workbook, open in Excel.
    """
    app = book.app
    sheet, chosen, seen = book.sheets.active, book.selection, native.first_seen(book)
    off = Off(app.screen_updating, app.enable_events, native.computing(book), [])
    with noted(book, off) as opening:
        try:
            app.screen_updating = app.enable_events = False
            native.set_computing(book, off.computing, on=False)
            yield opening
        finally:
            native.set_computing(book, off.computing, on=True)
            app.enable_events = off.events
            with suppress(Exception):  # what was chosen may be gone
                sheet.activate()
                if chosen is not None:
                    chosen.select()
                native.scroll_to(book, seen)
            app.screen_updating = off.drawn


@contextmanager
def _refusals(book: xlwings.Book) -> Iterator[None]:
    """What LibreOffice refuses, as an error of ours."""
    from addin.calc import Gone, NoAnswer, NotDone

    try:
        yield
    except (Gone, NoAnswer) as error:
        raise HostCannot(
            "LibreOffice did not answer when it was asked to write. Either all of it is written or nothing.",
            next_step="If the menu Edit names it at Undo, all of it is written. If not, press again.",
        ) from error
    except NotDone as error:
        if error.kind == "Changed":
            raise Meanwhile from error
        if error.kind == "Typing":
            raise Typing from error
        if error.kind != "Password":
            raise
        raise _with_password(str(error), book) from error


def _with_password(words: str, book: xlwings.Book) -> BookNotWritable:
    return BookNotWritable(
        words,
        where=book.name,
        next_step="Take the protection away (Review, Unprotect Sheet), then press again. Nothing was written.",
    )
