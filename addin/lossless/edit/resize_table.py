"""A table that ends at another row or column: its own part, the ranges that cover it, and its totals row."""

from __future__ import annotations

from addin.lossless.edit import comments
from addin.lossless.edit.dependents import follow, follow_in_cells
from addin.lossless.edit.results import ties_of
from addin.lossless.edit.state import State
from addin.lossless.formula.formulas import has_cells
from addin.lossless.formula.reference_shift import Growth
from addin.lossless.opc.cells import Area, Edit, Formula, Moved, letters
from addin.lossless.opc.errors import Refused
from addin.lossless.worksheet import layout, tables
from addin.lossless.worksheet.rows import settle
from addin.lossless.worksheet.tables import Region


def resize(book: State, region: Region, *, last_row: int, columns: int | None = None) -> None:
    """Makes a table end at another row or column, and the ranges that covered its last row with it.

    Its cells are not touched, but for a totals row, which moves.

    Args:
        book: the workbook.
        region: the table, which says its new end afterwards.
        last_row: its new last row, counted from 1, without a totals row.
        columns: how many it has; None for as many as now.

    Raises:
        Refused: another table is in the way, or the table's totals row can't be moved safely.
    """
    old = region.area
    wide = columns or region.columns
    new = Area(old.top, old.left, last_row, old.left + wide - 1)
    if new == old:
        return
    with_totals = Area(new.top, new.left, new.bottom + region.totals, new.right)
    for other in book.tables().values():
        if other is not region and other.sheet == region.sheet and other.area.meets(with_totals):
            raise Refused(
                f"The table “{region.name}” would run into the table “{other.name}”.",
                f"In Excel, click into the table {other.name} on the sheet {other.sheet}. If it is there for its "
                "colours, choose Table Design, Convert to Range; else cut it and paste it on another sheet. Then try "
                "again; nothing was written.",
            )
    if region.totals and last_row != old.bottom:
        refuse_if_tied(book, region, last_row)
        _move_totals(book, region, last_row)
    if region.part:
        book.changed[region.part] = tables.resized(book.read(region.part), old, new, region.totals)
    page = book.sheet(region.sheet)
    page.tail = layout.grown(page.tail, old, last_row, region.totals)
    if last_row != old.bottom:
        book.growths.append(Growth(region.sheet, old, last_row, region.totals))
        # a formula that covers other rows now is computed anew
        page.settled.append(Area(last_row, old.left, last_row, old.right))
        follow(book, book.growths[-1])
    region.last_row, region.columns = last_row, wide


def _move_totals(book: State, region: Region, last: int) -> None:
    """Moves a table's totals row to stand below another last row."""
    page = book.sheet(region.sheet)
    row, to = region.last_row + 1, last + 1
    area = Area(row, region.first_column, region.last_row + region.totals, region.last_column)
    moved = [c for c in page.cells(row) if area.holds(row, c.column)]
    for cell in moved:
        page.put(row, cell.column, Edit(None, 0, restyle=True))
    for column in range(area.left, area.right + 1):
        page.put(to, column, Edit(None, 0, restyle=True))
    for cell in moved:
        held: Formula | Moved = Moved(cell.attrs_without_place, cell.inside)
        if page.has_formula(cell):
            held = Formula(page.formula(row, cell))
        page.put(to, cell.column, Edit(held, cell.style, restyle=True))


def refuse_if_tied(book: State, region: Region, last: int) -> None:
    """Looks whether a table's totals row can stand below another last row.

    Args:
        book: the workbook.
        region: the table.
        last: the other last row, counted from 1.

    Raises:
        Refused: it can't be moved without changing what it shows, or what elsewhere refers to it.
    """
    if not region.totals or last == region.last_row:
        return
    page = book.sheet(region.sheet)
    area = Area(region.last_row + 1, region.first_column, region.last_row + region.totals, region.last_column)
    settle(page, area)
    follow_in_cells(book)
    tie = "" if region.totals == 1 else "it has several rows"
    for cell in page.cells(area.top):
        if not area.holds(area.top, cell.column) or not page.has_formula(cell):
            continue
        if page.formula_attributes(cell).get("t") == "array" or has_cells(page.formula(area.top, cell)):
            tie = tie or f"the formula in {letters(cell.column)}{area.top} names cells by their place"
    if any(area.holds(*s) for s in comments.spots(book, region.sheet)):
        tie = tie or "there is a comment on it"
    if any(a.meets(area) for a in (*layout.merged(page.tail), *layout.linked(page.tail))):
        tie = tie or "it holds merged cells or a link"
    tie = tie or ties_of(book, Growth(region.sheet, region.area, last, region.totals))
    if tie:
        raise Refused(
            f"The totals row of the table “{region.name}” can't be moved to make room: {tie}.",
            "Switch the totals row off, then try again.",
        )
