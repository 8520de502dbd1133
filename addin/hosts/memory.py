"""A workbook as plain cells in memory: what every other host must agree with, and what needs no file."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from addin.hosts.apply.apply_changes import Applying, keeps_fingerprint
from addin.hosts.apply.obstacles import obstacles_to
from addin.hosts.apply.rows import Rows
from addin.hosts.apply.surface import Body, Region
from addin.hosts.host import AGAIN, STALE, Capability
from addin.hosts.table_assembly import Around
from addin.hosts.table_discovery import room_beside
from addin.lossless.formula import with_sheet_renamed
from workbook.model.cells import Cell, text_of
from workbook.model.changes import Change, ChangeSet, RowRef, sheet_digest
from workbook.model.errors import BookNotWritable, BookUnusable, HostCannot, StaleChanges
from workbook.model.light_dataclasses import dataclass, field
from workbook.model.raw import Elsewhere, RawBook, RawTable
from workbook.model.reading import read_book
from workbook.model.registers import BY_TABLE, LISTS_BY_TABLE
from workbook.model.sheet_names import free_name
from workbook.model.snapshot import ID_PROPERTY, Snapshot

Place = tuple[str, int, int]


@dataclass
class MemoryBook:
    """A workbook: cells by sheet, row and column (from 1), and the tables among them by name.

    >>> table = RawTable("Actions", "Actions", 1, 1, ("Action ID",), [["AC-0001"]], body_rows=1)
    >>> MemoryBook.of(RawBook("Example", [table])).cells
    {('Actions', 1, 1): 'Action ID', ('Actions', 2, 1): 'AC-0001'}

    Attributes:
        formulas: the cells that are computed; each holds its result.
        goals: where cells lead.
        unnamed: the tables that lost their names.
    """

    name: str
    cells: dict[Place, Cell] = field(default_factory=dict)
    tables: dict[str, Region] = field(default_factory=dict)
    formulas: set[Place] = field(default_factory=set)
    goals: dict[Place, str] = field(default_factory=dict)
    unnamed: set[str] = field(default_factory=set)
    hidden: set[str] = field(default_factory=set)
    properties: dict[str, str] = field(default_factory=dict)
    date_1904: bool = False
    elsewhere: tuple[Elsewhere, ...] = ()

    @classmethod
    def of(cls, raw: RawBook) -> MemoryBook:
        """The workbook that a host has read.

        Args:
            raw: as a host would read it.
        """
        book = cls(raw.name, hidden=set(raw.hidden), properties=dict(raw.properties), date_1904=raw.date_1904)
        book.elsewhere = raw.elsewhere
        for table in raw.tables:
            top, left = table.header_row, table.first_column
            last = top + max(table.body_rows, 1)
            book.tables[table.table] = Region(table.table, table.sheet, top, left, len(table.headers), last)
            for at, (header, cells) in enumerate(zip(table.headers, table.columns, strict=True)):
                book.cells[table.sheet, top, left + at] = header or None
                for n, cell in enumerate(cells, start=top + 1):
                    book.cells[table.sheet, n, left + at] = cell
            for row, cells in table.beside.items():
                book.cells |= {(table.sheet, row, left + len(table.headers) + n): c for n, c in enumerate(cells)}
            for row, cells in table.beneath.items():
                book.cells |= {(table.sheet, row, left + n): c for n, c in enumerate(cells)}
            book.formulas |= {(table.sheet, top + 1 + n, left + at) for n, at in table.formulas}
            if not table.named:
                book.unnamed.add(table.table)
        return book

    def raw(self) -> RawBook:
        """The workbook as a host hands it over."""
        known = {*BY_TABLE, *LISTS_BY_TABLE}
        tables = [self._table(region) for region in self.tables.values() if region.name in known]
        sheets = frozenset(sheet for (sheet, _, _), cell in self.cells.items() if cell not in (None, ""))
        hidden = frozenset(self.hidden)
        return RawBook(self.name, tables, self.date_1904, dict(self.properties), hidden, self.elsewhere, sheets)

    def _table(self, region: Region) -> RawTable:
        rows, row = [], region.header_row + 1
        while row <= region.last_row or any(cell is not None for cell in self._row(region, row)):
            rows.append(self._row(region, row))
            row += 1
        around = self._around(region, row - 1)
        while rows and all(cell is None for cell in rows[-1]):
            rows.pop()
        return RawTable(
            table=region.name,
            sheet=region.sheet,
            header_row=region.header_row,
            first_column=region.first_column,
            headers=tuple(text_of(cell) or "" for cell in self._row(region, region.header_row)),
            columns=[[line[at] for line in rows] for at in range(region.columns)],
            body_rows=region.last_row - region.header_row,
            named=region.name not in self.unnamed,
            formulas=frozenset(
                (at - region.header_row - 1, column - region.first_column)
                for sheet, at, column in self.formulas
                if sheet == region.sheet
                and region.header_row < at <= region.header_row + len(rows)
                and region.first_column <= column < region.first_column + region.columns
            ),
            beside=around.beside,
            beneath=around.beneath,
        )

    def _around(self, region: Region, end: int) -> Around:
        """What stands just right of a table, and beneath its end."""
        top, left, width = region.header_row, region.first_column, region.columns
        others = [r for r in self.tables.values() if r.sheet == region.sheet and r is not region]
        beside = (r.first_column for r in others if r.header_row <= region.last_row and r.last_row >= top)
        room = room_beside(region.name, left + width - 1, width, beside)
        before = min((r.header_row for r in others if r.header_row > region.last_row), default=0)
        around = Around(top, left, width, room, before)
        if room:
            wide = [
                [self._plain(region.sheet, row, left + at) for at in range(width + room)]
                for row in range(top, end + Around.REACH + 1)
            ]
            around.take_beside(top, left, wide, end)
            around.take_beneath(top, left, wide, end)
        return around

    def _plain(self, sheet: str, row: int, column: int) -> Cell:
        return None if (sheet, row, column) in self.formulas else self.cells.get((sheet, row, column))

    def _row(self, region: Region, row: int) -> list[Cell]:
        cells = (self.cells.get((region.sheet, row, region.first_column + at)) for at in range(region.columns))
        return [None if cell == "" else cell for cell in cells]


class MemorySurface:
    """The surface of a workbook in memory, whose cells it changes at once."""

    def __init__(self, book: MemoryBook) -> None:
        self.book = book
        self._before = dict(book.cells)

    def region(self, table: str) -> Region:
        """See `addin.hosts.apply.surface.Surface.region`."""
        return self.book.tables[table]

    def value(self, sheet: str, row: int, column: int) -> Cell:
        """See `addin.hosts.apply.surface.Surface.value`."""
        return self._before.get((sheet, row, column))

    def links(self, region: Region) -> dict[tuple[int, int], str]:
        """See `addin.hosts.apply.surface.Surface.links`."""
        return {
            (row - region.header_row - 1, column - region.first_column): goal
            for (sheet, row, column), goal in self.book.goals.items()
            if sheet == region.sheet
        }

    def _put(self, place: Place, value: Cell) -> None:
        self.book.cells[place] = value
        self.book.formulas.discard(place)
        self.book.goals.pop(place, None)

    def set_cell(self, sheet: str, row: int, column: int, value: Cell, *, like: tuple[int, int] | None) -> None:
        """See `addin.hosts.apply.surface.Surface.set_cell`."""
        del like  # cells in memory have no style
        self._put((sheet, row, column), value)

    def append_rows(self, region: Region, rows: Sequence[Mapping[int, Cell]], *, entries: int) -> None:
        """See `addin.hosts.apply.surface.Surface.append_rows`."""
        first = region.header_row + 1 + entries
        for n, row in enumerate(rows, start=first):
            for at, value in row.items():
                self._put((region.sheet, n, region.first_column + at), value)
        region.last_row = max(first + len(rows) - 1, region.last_row)

    def replace_body(self, region: Region, body: Body) -> None:
        """See `addin.hosts.apply.surface.Surface.replace_body`."""
        first, left, ours = region.header_row + 1, region.first_column, set(body.columns)
        for n in range(max(len(body.rows), body.entries)):
            row = body.rows[n] if n < len(body.rows) else (None,) * len(body.columns)
            for at, value in zip(body.columns, row, strict=True):
                self._put((region.sheet, first + n, left + at), value)
            kept = body.kept[n] if n < len(body.kept) else None
            for at in (at for at in range(region.columns) if at not in ours and kept != n):
                held = None if kept is None else self.value(region.sheet, first + kept, left + at)
                self._put((region.sheet, first + n, left + at), held)
        for (n, at), goal in body.links.items():
            self.book.goals[region.sheet, first + n, left + at] = goal
        region.last_row = first + max(len(body.rows), 1) - 1

    def add_column(self, region: Region, header: str) -> None:
        """See `addin.hosts.apply.surface.Surface.add_column`."""
        self._put((region.sheet, region.header_row, region.first_column + region.columns), header)
        region.columns += 1

    def remove_column(self, region: Region, header: str) -> str:
        """See `addin.hosts.apply.surface.Surface.remove_column`."""
        at = region.first_column + region.columns - 1
        if text_of(self.book.cells.get((region.sheet, region.header_row, at))) != header:
            return "another column stands to the right of it"
        for row in range(region.header_row + 1, region.last_row + 1):
            if self.book.cells.get((region.sheet, row, at)) not in (None, ""):
                return f"it holds something in row {row}"
        self._put((region.sheet, region.header_row, at), None)
        region.columns -= 1
        return ""

    def resize(self, region: Region, last_row: int) -> None:
        """See `addin.hosts.apply.surface.Surface.resize`."""
        region.last_row = last_row

    def add_table(self, name: str, sheet: str, headers: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
        """See `addin.hosts.apply.surface.Surface.add_table`.

        Raises:
            BookNotWritable: there is one of this name.
        """
        if name in self.book.tables:
            raise BookNotWritable(f"There is a table {name} already.", where=self.book.name)
        made_with = "" if sheet in self._sheets() else sheet_digest(())
        beside = [r for r in self.book.tables.values() if r.sheet == sheet]
        top = min((r.header_row for r in beside), default=1)
        left = max((r.first_column + r.columns + 1 for r in beside), default=1)
        for n, row in enumerate([headers, *rows]):
            for at, value in enumerate(row):
                self._put((sheet, top + n, left + at), value)
        self.book.tables[name] = Region(name, sheet, top, left, len(headers), top + max(len(rows), 1))
        return made_with

    def remove_table(self, region: Region, made_with: str) -> tuple[str, str]:
        """See `addin.hosts.apply.surface.Surface.remove_table`; a sheet in memory is there while it holds something."""
        del self.book.tables[region.name]
        for at in range(region.first_column, region.first_column + region.columns):
            self._put((region.sheet, region.header_row, at), None)
        return "", "something was put there since" if made_with and region.sheet in self._sheets() else ""

    def _sheets(self) -> set[str]:
        return {sheet for (sheet, _, _), cell in self.book.cells.items() if cell not in (None, "")}

    def add_sheet(self, sheet: str, *, shown: bool) -> tuple[str, str]:
        """See `addin.hosts.apply.surface.Surface.add_sheet`; in memory it holds its title."""
        if sheet in self._sheets():
            return "", ""
        self._put((sheet, 1, 1), sheet)
        if not shown:
            self.book.hidden.add(sheet)
        return sheet_digest(self._held(sheet)), ""

    def remove_sheet(self, sheet: str, made_with: str) -> tuple[bool, str]:
        """See `addin.hosts.apply.surface.Surface.remove_sheet`."""
        shown = sheet not in self.book.hidden
        if sheet_digest(self._held(sheet)) != made_with:
            return shown, "something was put there since"
        for place in [place for place in self.book.cells if place[0] == sheet]:
            self._put(place, None)
        self.book.hidden.discard(sheet)
        return shown, ""

    def _held(self, sheet: str) -> list[tuple[int, int, str]]:
        cells = self.book.cells.items()
        return [(row, column, text_of(cell) or "") for (known, row, column), cell in cells if known == sheet]

    def show_sheets(self, sheets: Iterable[str]) -> list[str]:
        """See `addin.hosts.apply.surface.Surface.show_sheets`."""
        shown = [sheet for sheet in sheets if sheet in self.book.hidden]
        self.book.hidden -= set(shown)
        return shown

    def hide_sheet(self, sheet: str) -> str:
        """See `addin.hosts.apply.surface.Surface.hide_sheet`."""
        if not self._sheets() - self.book.hidden - {sheet}:
            return "it is the only sheet that is to be seen"
        self.book.hidden.add(sheet)
        return ""

    def rename_sheet(self, sheet: str, name: str) -> tuple[str, str]:
        """See `addin.hosts.apply.surface.Surface.rename_sheet`."""
        new = free_name(name, self._sheets() - {sheet})

        def moved(place: Place) -> Place:
            return (new, *place[1:]) if place[0] == sheet else place

        book = self.book
        book.cells = {moved(place): cell for place, cell in book.cells.items()}
        self._before = {moved(place): cell for place, cell in self._before.items()}
        book.formulas = {moved(place) for place in book.formulas}
        book.goals = {moved(p): with_sheet_renamed(goal, sheet, new) for p, goal in book.goals.items()}
        book.hidden = {new if known == sheet else known for known in book.hidden}
        for region in book.tables.values():
            region.sheet = new if region.sheet == sheet else region.sheet
        return new, ""

    def set_properties(self, values: Mapping[str, str]) -> None:
        """See `addin.hosts.apply.surface.Surface.set_properties`."""
        self.book.properties |= values

    def dependants(self, ours: Iterable[str]) -> tuple[str, ...]:
        """None: nothing in memory is computed; see `addin.hosts.apply.surface.Surface.dependants`."""
        del ours
        return ()


class MemoryHost:
    """A workbook in memory.

    >>> columns = [["AC-0001"], ["Order tablets"]]
    >>> table = RawTable("Actions", "Actions", 1, 1, ("Action ID", "Action"), columns, body_rows=1)
    >>> MemoryHost(MemoryBook.of(RawBook("Example", [table]))).read().tables["Actions"].rows
    [<Actions AC-0001 at row 2>]

    Args:
        book: the workbook, which `apply` replaces by a changed one.
    """

    capabilities = frozenset(Capability) - {Capability.SHOW, Capability.SELECT}

    def __init__(self, book: MemoryBook) -> None:
        self.book = book
        self.added: tuple[RowRef, ...] = ()
        self.stays: tuple[str, ...] = ()
        self.own_id = ""

    def read(self) -> Snapshot:
        """The workbook as it is; see `addin.hosts.host.Host.read`."""
        if not self.book.tables:
            raise BookUnusable("None of the programme's tables is in this workbook.", where=self.book.name)
        return read_book(self.book.raw())

    def apply(self, changes: ChangeSet, *, who: str, when: dt.datetime) -> ChangeSet:
        """Carries changes out, all or none; see `addin.hosts.host.Host.apply`."""
        snapshot = self.read()
        if snapshot.fingerprint != changes.fingerprint:
            raise StaleChanges(STALE, where=self.book.name, next_step=AGAIN)
        if not changes:
            return ChangeSet(changes.command, changes.fingerprint, ())
        surface = MemorySurface(copy.deepcopy(self.book))
        applying = Applying(surface, snapshot, who=who, when=when)
        inverse = applying.run(changes)
        self.own_id = surface.book.properties.get(ID_PROPERTY, "")
        self.book, self.added, self.stays = surface.book, tuple(applying.added), tuple(applying.stays)
        fingerprint = changes.fingerprint if keeps_fingerprint(changes) else self.read().fingerprint
        return ChangeSet(changes.command, fingerprint, inverse)

    def obstacles(self, changes: Iterable[Change], added: Iterable[RowRef]) -> tuple[str, ...]:
        """What stands against taking a run back; see `addin.hosts.host.Host.obstacles`."""
        return obstacles_to(Rows(MemorySurface(self.book), self.read()), changes, added)

    def show(self, message: str) -> None:
        """A workbook in memory has no window; see `addin.hosts.host.Host.show`.

        Raises:
            HostCannot: always.
        """
        raise _no_window(self.book.name, f"to see: {message}")

    def select(self, sheet: str, row: int, column: int) -> None:
        """A workbook in memory has no window; see `addin.hosts.host.Host.select`.

        Raises:
            HostCannot: always.
        """
        raise _no_window(self.book.name, f"and go to row {row}, column {column} of the sheet {sheet}")


def _no_window(name: str, why: str) -> HostCannot:
    return HostCannot(
        "A workbook in memory has no window.",
        where=name,
        next_step=f"Open it in Excel or LibreOffice and press the button there, {why}",
    )
