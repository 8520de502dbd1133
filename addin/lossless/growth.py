"""What changes a table as a whole: rows appended, the body replaced, columns and tables added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from addin.lossless import layout
from addin.lossless.cells import Area, Value, letters
from addin.lossless.errors import Refused
from addin.lossless.sheet import CellXml, Edit, Moved, Sheet
from addin.lossless.tables import Region

if TYPE_CHECKING:
    from addin.lossless.book import Book

#: Rows to add: values by column of the table, counted from 0.
Rows = Sequence[Mapping[int, Value]]


@dataclass(frozen=True)
class Body:
    """A table's new entries.

    Attributes:
        columns: which of the table's columns are replaced, counted from 0.
        rows: their values, in the order of `columns`.
        kept: for each row, the entry (counted from 0) whose cells in the other columns it keeps; None for a new row.
        entries: how many entries the table holds now, rows typed beneath it included.
        links: where cells lead, by row and column of the table counted from 0, such as "'Orders'!A7".
    """

    columns: Sequence[int]
    rows: Sequence[Sequence[Value]]
    entries: int
    kept: Sequence[int | None] = ()
    links: Mapping[tuple[int, int], str] = field(default_factory=dict)


def append_rows(book: Book, region: Region, rows: Rows, *, entries: int) -> int:
    """Adds rows below a table's last entry, in the style of the last one, and makes the table hold them.

    Args:
        book: the workbook.
        region: the table.
        rows: values by column.
        entries: how many rows from the first below the header are in use, rows typed beneath the table included.

    Returns:
        The worksheet row of the first new one.

    Raises:
        Refused: something stands in the way below the table.
    """
    first = region.header_row + 1 + entries
    last = max(first + len(rows) - 1, region.last_row)
    page = book.sheet(region.sheet)
    _make_room(page, region, first, last)
    styles = _row_styles(page, region, max(first - 1, region.header_row + 1))
    book.resize(region, last_row=last)
    for n, row in enumerate(rows):
        for column in range(region.columns):
            at = region.first_column + column
            page.put(first + n, at, Edit(row.get(column), styles.get(at, 0)))
    return first


def _make_room(page: Sheet, region: Region, first: int, last: int) -> None:
    """Refuses to write over what stands below a table's last entry."""
    area = Area(max(first, region.last_row + 1), region.first_column, last, region.last_column)
    found = page.is_blank(area) if area.top <= area.bottom else None
    if found is not None:
        raise Refused(
            f"There is no room below the table “{region.name}” on the sheet “{region.sheet}”: {found} is in the way.",
            "Move it to another place, then try again.",
        )


def _row_styles(page: Sheet, region: Region, row: int) -> dict[int, int]:
    return {c.column: c.style for c in page.cells(row) if region.area.left <= c.column <= region.area.right}


def replace_body(book: Book, region: Region, body: Body) -> None:
    """Replaces a table's entries; columns that aren't replaced keep their cells with the row they belonged to.

    Raises:
        Refused: something stands in the way below the table.
    """
    page = book.sheet(region.sheet)
    top = region.header_row + 1
    last = top + max(len(body.rows), 1) - 1
    _make_room(page, region, top + body.entries, last)
    old_last = max(region.last_row, top + body.entries - 1)
    styles = _row_styles(page, region, top)
    others = [c for c in range(region.columns) if c not in set(body.columns)]
    kept = _kept_cells(page, region, body, others)
    for row in range(top, max(last, old_last) + 1):
        n = row - top
        new = dict(zip(body.columns, body.rows[n], strict=True)) if n < len(body.rows) else {}
        for column in range(region.columns):
            at = region.first_column + column
            if column in new or column not in others:
                page.put(row, at, Edit(new.get(column), styles.get(at, 0)))
            elif n >= len(body.kept) or body.kept[n] != n:
                page.put(row, at, Edit(kept.get((n, column)), styles.get(at, 0)))
    book.resize(region, last_row=last)
    _replace_links(page, region, body, max(last, old_last))


def _kept_cells(page: Sheet, region: Region, body: Body, others: Sequence[int]) -> dict[tuple[int, int], Moved]:
    if not others:
        return {}
    top = region.header_row + 1
    cells: dict[int, dict[int, CellXml]] = {}
    moved: dict[tuple[int, int], Moved] = {}
    for n, old in enumerate(body.kept):
        if old is None or old == n:
            continue
        if old not in cells:
            cells[old] = {c.column: c for c in page.cells(top + old)}
        for column in others:
            cell = cells[old].get(region.first_column + column)
            if cell is not None and cell.inside:
                moved[n, column] = _moved(page, cell, by=n - old)
    return moved


def _moved(page: Sheet, cell: CellXml, *, by: int) -> Moved:
    if by and page.has_formula(cell):
        place = f"{letters(cell.column)}"
        raise Refused(
            f"Column {place} of the sheet holds formulas of its own, which can't be moved with their rows.",
            "Put them on another sheet, or turn them into values.",
        )
    return Moved(cell.attrs_without_place, cell.inside)


def _replace_links(page: Sheet, region: Region, body: Body, last: int) -> None:
    top = region.header_row + 1
    columns = [region.first_column + c for c in body.columns]
    drop = [Area(top, c, last, c) for c in columns]
    add = [
        (f"{letters(region.first_column + column)}{top + row}", target)
        for (row, column), target in sorted(body.links.items())
    ]
    page.tail = layout.with_links(page.tail, page.prefix, drop, add)


def add_column(book: Book, region: Region, header: str) -> int:
    """Adds a column at the end of a table, in the style of the one before.

    Returns:
        Its number in the table, counted from 0.

    Raises:
        Refused: something stands to the right of the table.
    """
    page = book.sheet(region.sheet)
    at = region.last_column + 1
    found = page.is_blank(Area(region.header_row, at, region.last_row + region.totals, at))
    if found is not None:
        raise Refused(
            f"There is no room beside the table “{region.name}” on the sheet “{region.sheet}”: {found} is in the way.",
            "Move it to another place, then try again.",
        )
    book.resize(region, last_row=region.last_row, columns=region.columns + 1)
    book.add_table_column(region, header)
    lender = page.cell(region.header_row, at - 1)
    page.put(region.header_row, at, Edit(header, lender.style if lender else 0))
    return region.columns - 1


def add_table(book: Book, name: str, sheet: str, headers: tuple[str, ...], rows: Sequence[Sequence[Value]]) -> Region:
    """Adds a table: on a new sheet, or on one that is there to the right of all that stands on it.

    Raises:
        Refused: there is a table of this name, or the name can't be a sheet's.
    """
    if name.casefold() in book.tables():
        raise Refused(f"The workbook has a table “{name}” already.")
    known = next((s for s in book.sheets if s.casefold() == sheet.casefold()), None)
    if known is None:
        book.add_sheet(sheet)
    page = book.sheet(known or sheet)
    top, left = _free_place(book, known) if known else (1, 1)
    area = Area(top, left, top + max(len(rows), 1), left + len(headers) - 1)
    for n, row in enumerate([headers, *rows]):
        for c, value in enumerate(row):
            page.put(top + n, left + c, Edit(value))
    return book.add_table_part(name, known or sheet, area, headers)


def _free_place(book: Book, sheet: str) -> tuple[int, int]:
    """Row and column where a further table can stand on a sheet: beside what is there, a column apart."""
    page = book.sheet(sheet)
    filled = [c.column for row in page.numbers for c in page.cells(row) if c.inside]
    filled += [c for cells in page.edits.values() for c in cells]
    tables = [t for t in book.tables().values() if t.sheet == sheet]
    row = min((t.header_row for t in tables), default=1)
    right = max([0, *filled, *(t.last_column for t in tables)])
    return row, right + 2 if right else 1
