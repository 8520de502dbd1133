"""What changes a table as a whole: rows appended, the body replaced, columns and tables added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from addin.lossless.edit import comments
from addin.lossless.edit.insert_rows import make_room
from addin.lossless.edit.resize_table import refuse_if_tied, resize
from addin.lossless.edit.state import State
from addin.lossless.formula.formulas import has_cells, shifted
from addin.lossless.opc.cells import Area, CellXml, Edit, Formula, Moved, Value, letters
from addin.lossless.opc.errors import Refused
from addin.lossless.opc.markup import plain
from addin.lossless.worksheet import layout, tables
from addin.lossless.worksheet.rows import settle
from addin.lossless.worksheet.sheet import Sheet
from addin.lossless.worksheet.tables import Region

#: Rows to add: values by column of the table, counted from 0.
Rows = Sequence[Mapping[int, Value]]


class Body(NamedTuple):
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
    links: Mapping[tuple[int, int], str] = MappingProxyType({})


def append_rows(book: State, region: Region, rows: Rows, *, entries: int) -> int:
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
    styles = _settled_styles(page, region, max(first - 1, region.header_row + 1), last)
    refuse_if_tied(book, region, last)
    _make_room(book, region, first, last)
    filled = _filled_down(book, page, region, first - 1)
    anew = _totals_rows(region, last)
    _note_entries(book, region, rows)
    resize(book, region, last_row=last)
    for n, row in enumerate(rows):
        known = {c.column: c for c in page.cells(first + n)}
        for column in range(region.columns):
            at, value = region.first_column + column, row.get(column)
            if value is None and at in known and page.has_formula(known[at]) and first + n not in anew:
                continue
            held = filled[column].at(first + n) if value is None and column in filled else value
            page.put(first + n, at, Edit(held, styles.get(at, 0), restyle=first + n in anew))
    return first


def _note_entries(book: State, region: Region, rows: Sequence[object]) -> None:
    """Lets a table's own part know that the table is not empty any more."""
    if region.part and rows:
        xml = plain(book.read(region.part))
        new = tables.with_entries(xml)
        if new != xml:
            book.changed[region.part] = new


def _totals_rows(region: Region, last: int) -> range:
    """The rows that hold a totals row now and become entries."""
    return range(region.last_row + 1, min(region.last_row + region.totals, last) + 1)


class _Filled(NamedTuple):
    """A formula that is filled into further rows of its column."""

    formula: Formula
    row: int | None = None

    def at(self, row: int) -> Formula:
        return self.formula if self.row is None else _further(self.formula, row - self.row)


def _further(formula: Formula, down: int) -> Formula:
    """A formula as it is filled into a cell further down."""
    return formula.changed(shifted(formula.text, down=down))


def _formula_of(page: Sheet, row: int, cell: CellXml) -> Formula | None:
    """A cell's formula, where it serves this cell alone."""
    attrs = page.formula_attributes(cell)
    kind, area = attrs.get("t", "normal"), Area.parse(attrs.get("ref", ""))
    alone = area == Area(row, cell.column, row, cell.column)
    if kind == "dataTable" or (kind == "array" and not alone):
        return None
    return Formula(page.formula(row, cell), kind == "array")


def _filled_down(book: State, page: Sheet, region: Region, last: int) -> dict[int, _Filled]:
    """The formulas that go into new rows: of calculated columns, and those that the last two entries agree on.

    Args:
        book, page, region: the table.
        last: the worksheet's row of the last entry.
    """
    declared = tables.calculated(book.read(region.part)) if region.part else {}
    found = {n: _Filled(Formula(text)) for n, text in declared.items() if text and not has_cells(text)}
    if last <= region.header_row or not page.has_formulas:
        return found
    above = {c.column: page.formula(last - 1, c) for c in page.cells(last - 1) if page.has_formula(c)}
    for cell in page.cells(last):
        column = cell.column - region.first_column
        if not 0 <= column < region.columns or not page.has_formula(cell):
            continue
        formula = _formula_of(page, last, cell)
        text = formula.text if formula else ""
        alike = last - 1 > region.header_row and shifted(above.get(cell.column, ""), down=1) == text
        if formula and text and (column in declared or alike):
            found[column] = _Filled(formula, last)
    return found


def _make_room(book: State, region: Region, first: int, last: int) -> None:
    """Moves what stands below a table's last entry out of the way of further rows."""
    top = max(first, region.last_row + region.totals + 1)
    if top <= last + region.totals:
        make_room(book, region, top, last + region.totals)


def _refuse_if_taken(book: State, region: Region, area: Area) -> None:
    page = book.sheet(region.sheet)
    found: Area | None = page.is_blank(area)
    what = str(found)
    if found is None:
        found = next((a for a in layout.merged(page.tail) if a.meets(area)), None)
        what = f"the merged cells {found}"
    if found is None:
        found = next((a for a in layout.linked(page.tail) if a.meets(area)), None)
        what = f"the link in {found}"
    if found is None:
        spot = next((s for s in sorted(comments.spots(book, region.sheet)) if area.holds(*s)), None)
        found = Area(*spot, *spot) if spot else None
        what = f"the comment on {found}"
    if found is not None:
        raise Refused(
            f"There is no room beside the table “{region.name}” on the sheet “{region.sheet}”: {what} is in the way.",
            "Move it to another place, then try again.",
        )


def _settled_styles(page: Sheet, region: Region, row: int, last: int) -> dict[int, int]:
    """The styles of a table's row by column, as in the file if it is there; what waits to be changed is settled.

    Args:
        page, region, row: the table and its row.
        last: the last row that will be its own, or is one's that was typed beneath.
    """
    found = _row_styles(page, region, row)
    whole = region.whole
    settle(page, Area(whole.top, whole.left, max(whole.bottom, last), whole.right))
    return found or _row_styles(page, region, row)


def _row_styles(page: Sheet, region: Region, row: int) -> dict[int, int]:
    return {c.column: c.style for c in page.cells(row) if region.area.left <= c.column <= region.area.right}


def replace_body(book: State, region: Region, body: Body) -> None:
    """Replaces a table's entries; what isn't replaced stays with the row it belonged to: cells, links and comments.

    Args:
        book: the workbook.
        region: the table.
        body: its new entries.

    Raises:
        Refused: something stands in the way below the table.
    """
    page = book.sheet(region.sheet)
    top = region.header_row + 1
    last = top + max(len(body.rows), 1) - 1
    styles = _settled_styles(page, region, top, max(last, top + body.entries - 1))
    refuse_if_tied(book, region, last)
    _make_room(book, region, top + body.entries, last)
    old_last = max(region.last_row, top + body.entries - 1)
    others = [c for c in range(region.columns) if c not in set(body.columns)]
    kept = _kept_cells(page, region, body, others)
    filled = _filled_down(book, page, region, top + body.entries - 1) if others else {}
    anew = _totals_rows(region, last)
    _note_entries(book, region, body.rows)
    resize(book, region, last_row=last)
    for row in range(top, max(last, old_last) + 1):
        n = row - top
        if n >= len(body.rows) and last < row <= last + region.totals:
            continue
        new = dict(zip(body.columns, body.rows[n], strict=True)) if n < len(body.rows) else {}
        for column in range(region.columns):
            at, style = region.first_column + column, styles.get(region.first_column + column, 0)
            if column in new or column not in others:
                page.put(row, at, Edit(new.get(column), style, restyle=row in anew))
            elif n >= len(body.kept) or body.kept[n] != n:
                fresh = n < len(body.rows) and (n >= len(body.kept) or body.kept[n] is None)
                lent = filled[column].at(row) if fresh and column in filled else None
                page.put(row, at, kept.get((n, column)) or Edit(lent, style, restyle=row in anew))
    _replace_links(page, region, body, max(last, old_last))
    _move_marks(book, page, region, body)


def _kept_cells(page: Sheet, region: Region, body: Body, others: Sequence[int]) -> dict[tuple[int, int], Edit]:
    if not others:
        return {}
    top = region.header_row + 1
    cells: dict[int, dict[int, CellXml]] = {}
    moved: dict[tuple[int, int], Edit] = {}
    for n, old in enumerate(body.kept):
        if old is None or old == n:
            continue
        if old not in cells:
            cells[old] = {c.column: c for c in page.cells(top + old)}
        for column in others:
            cell = cells[old].get(region.first_column + column)
            if cell is not None and cell.inside:
                moved[n, column] = _moved(page, cell, top + old, by=n - old)
    return moved


def _moved(page: Sheet, cell: CellXml, row: int, *, by: int) -> Edit:
    """A cell as it stands in another row; a formula as it is filled there."""
    if not page.has_formula(cell):
        return Edit(Moved(cell.attrs_without_place, cell.inside))
    formula = _formula_of(page, row, cell)
    if formula is None:
        raise Refused(
            f"Column {letters(cell.column)} of the sheet holds array formulas, which can't be moved with their rows.",
            "Put them on another sheet, or turn them into values.",
        )
    return Edit(_further(formula, by), cell.style, restyle=True)


def _move_marks(book: State, page: Sheet, region: Region, body: Body) -> None:
    """Moves links in columns that aren't replaced, and all comments, with the rows they belong to.

    The comments of an entry that is no more stay as near to where they were as there is room.
    """
    goes = {old: n for n, old in enumerate(body.kept) if old is not None}
    if all(old == n for old, n in goes.items()):
        return
    top, replaced = region.header_row + 1, {region.first_column + c for c in body.columns}
    columns = range(region.first_column, region.last_column + 1)
    page.tail = layout.with_moved_links(
        page.tail, {(top + old, c): (top + n, c) for old, n in goes.items() for c in columns if c not in replaced}
    )
    moves: dict[tuple[int, int], tuple[int, int]] = {}
    spots = sorted(s for s in comments.spots(book, region.sheet) if s[0] >= top and s[1] in columns)
    for row, column in spots:
        if row - top in goes:
            moves[row, column] = (top + goes[row - top], column)
    taken = set(moves.values())
    for row, column in spots:
        if (row, column) not in moves:
            free = next(r for r in range(row, row + len(spots) + 1) if (r, column) not in taken)
            moves[row, column] = (free, column)
            taken.add((free, column))
    comments.move(book, region.sheet, moves)


def _replace_links(page: Sheet, region: Region, body: Body, last: int) -> None:
    top = region.header_row + 1
    columns = [region.first_column + c for c in body.columns]
    drop = [Area(top, c, last, c) for c in columns]
    if len(set(columns)) < region.columns:  # links in the other columns go with the entries that go
        gone = sorted(set(range(last - top + 1)).difference(body.kept))
        drop += [Area(top + n, region.first_column, top + n, region.last_column) for n in gone]
    add = [
        (f"{letters(region.first_column + column)}{top + row}", target)
        for (row, column), target in sorted(body.links.items())
    ]
    page.tail = layout.with_links(page.tail, page.prefix, drop, add)


def add_column(book: State, region: Region, header: str) -> int:
    """Adds a column at the end of a table, in the style of the one before.

    Args:
        book: the workbook.
        region: the table, which has the column afterwards.
        header: a name that no other column of it has.

    Returns:
        Its number in the table, counted from 0.

    Raises:
        Refused: something stands to the right of the table.
    """
    page = book.sheet(region.sheet)
    at = region.last_column + 1
    area = Area(max(region.header_row, 1), at, region.last_row + region.totals, at)
    settle(page, area)
    _refuse_if_taken(book, region, area)
    resize(book, region, last_row=region.last_row, columns=region.columns + 1)
    book.add_table_column(region, header)
    lender = page.cell(region.header_row, at - 1) if region.header_row else None
    if region.has_header or (lender is not None and lender.inside):
        page.put(region.header_row, at, Edit(header, lender.style if lender else 0))
    return region.columns - 1


def add_table(book: State, name: str, sheet: str, headers: tuple[str, ...], rows: Sequence[Sequence[Value]]) -> Region:
    """Adds a table: on a new sheet, or on one that is there to the right of all that stands on it.

    >>> book = Book(Path("orders.xlsx").read_bytes())
    >>> add_table(book, "Prices", "Prices", ("What", "Price"), [("Apples", 2.5)]).area
    Area(top=1, left=1, bottom=2, right=2)

    Args:
        book: the workbook.
        name: the table's.
        sheet: the worksheet's; one of this name is used where it is there.
        headers: the columns' names.
        rows: the values of each entry, in the order of the columns; none for one blank row.

    Raises:
        Refused: there is a table of this name, or the name can't be a sheet's.
    """
    if name.casefold() in book.tables():
        raise Refused(f"The workbook has a table “{name}” already.")
    if any(n.name == name.casefold() for n in book.head.all_names()):
        raise Refused(
            f"The workbook has a name “{name}”, so that no table can be called so.",
            "In Excel choose Formulas, Name Manager, rename or delete it there, and try again.",
        )
    if known := next((s for s in book.sheets if s.casefold() == sheet.casefold()), None):
        sheet = known
    else:
        book.add_sheet(sheet)
    page = book.sheet(sheet)
    top, left = _free_place(book, sheet) if known else (1, 1)
    area = Area(top, left, top + max(len(rows), 1), left + len(headers) - 1)
    marks = [*layout.merged(page.tail), *layout.linked(page.tail)]
    marks += [Area(*spot, *spot) for spot in comments.spots(book, sheet)]
    while met := [mark.right for mark in marks if mark.meets(area)]:
        left = max(met) + 2
        area = Area(top, left, area.bottom, left + len(headers) - 1)
    for n, row in enumerate([headers, *rows]):
        for c, value in enumerate(row):
            page.put(top + n, left + c, Edit(value))
    return book.add_table_part(name, sheet, area, headers)


def _free_place(book: State, sheet: str) -> tuple[int, int]:
    """Row and column where a further table can stand on a sheet: beside what is there, a column apart."""
    page = book.sheet(sheet)
    filled = [c.column for row in page.numbers for c in page.cells(row) if c.inside]
    filled += [c for cells in page.edits.values() for c in cells]
    tables = [t for t in book.tables().values() if t.sheet == sheet]
    row = min((t.header_row for t in tables), default=1)
    right = max([0, *filled, *(t.last_column for t in tables)])
    return row, right + 2 if right else 1
