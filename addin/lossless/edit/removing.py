"""What takes a column, a table or a worksheet away again, where nobody uses it."""

from __future__ import annotations

from addin.lossless.edit import comments
from addin.lossless.edit.formula_places import formulas_of, pivot_sources, source_in
from addin.lossless.edit.grafting import ITS_OWN
from addin.lossless.edit.resize_table import resize
from addin.lossless.edit.state import State
from addin.lossless.formula.formulas import names_sheet
from addin.lossless.formula.shapes import uses
from addin.lossless.opc.cells import Area, Edit
from addin.lossless.opc.errors import Refused
from addin.lossless.opc.markup import plain
from addin.lossless.worksheet import layout, tables
from addin.lossless.worksheet.tables import Region


def remove_column(book: State, region: Region) -> None:
    """Takes a table's last column away; its cells, which are blank, stay where they are.

    Args:
        book: the workbook.
        region: the table; it has a column less afterwards.

    Raises:
        Refused: it holds something, the table is filtered or sorted by it, or a formula uses it by its name.
    """
    if region.columns == 1:
        raise Refused("it is the table's only column")
    if len(region.headers) != region.columns:
        raise Refused("the table's own list of columns is not whole")
    header, at = region.headers[-1], region.last_column
    _refuse_if_held(book, region.sheet, Area(region.header_row + 1, at, region.last_row + region.totals, at))
    if tables.sifts(book.read(region.part), region.columns - 1):
        raise Refused("the table is filtered or sorted by it")
    for place in formulas_of(book, but=""):
        for ref in uses(place.text).tables:
            if ref.table in {"", region.name.casefold()} and header.casefold() in ref.columns:
                raise Refused(f"it is used by {place.where}")
    _clear(book, region, at, at)
    book.changed[region.part] = tables.without_last_column(book.read(region.part))
    resize(book, region, last_row=region.last_row, columns=region.columns - 1)
    region.headers = region.headers[:-1]


def remove_table(book: State, region: Region) -> None:
    """Takes a table whose rows are blank away, with its headers.

    Args:
        book: the workbook.
        region: the table.

    Raises:
        Refused: it holds something, or a formula uses it by its name.
    """
    body = Area(region.header_row + 1, region.first_column, region.last_row + region.totals, region.last_column)
    _refuse_if_held(book, region.sheet, body)
    for place in formulas_of(book, but=""):
        if any(ref.table == region.name.casefold() for ref in uses(place.text).tables):
            raise Refused(f"it is used by {place.where}")
    _refuse_if_source(book, region.name)
    _clear(book, region, region.first_column, region.last_column)
    page = book.sheet(region.sheet)
    page.tail = layout.without_table_part(page.tail, book.unrelate(book.sheets[region.sheet], region.part))
    book.remove_part(region.part)
    del book.tables()[region.name.casefold()]


def _clear(book: State, region: Region, left: int, right: int) -> None:
    """Empties the headers of columns."""
    page = book.sheet(region.sheet)
    for column in range(left, right + 1):
        page.put(region.header_row, column, Edit(None))


def _refuse_if_held(book: State, sheet: str, area: Area) -> None:
    page = book.sheet(sheet)
    held = page.first_held(area)
    if held:
        raise Refused(f"it holds something in {held}")
    if any(area.holds(*spot) for spot in comments.spots(book, sheet)):
        raise Refused("there is a comment in it")
    if any(a.meets(area) for a in (*layout.merged(page.tail), *layout.linked(page.tail))):
        raise Refused("it holds merged cells or a link")


def _refuse_if_source(book: State, name: str) -> None:
    """Refuses what a pivot table is made of."""
    for part in pivot_sources(book):
        found = source_in(plain(book.read(part)))
        if found and name.casefold() in {found.attrs.get(key, "").casefold() for key in ("name", "sheet")}:
            raise Refused("it is used by a pivot table")


def remove_sheet(book: State, name: str, *, but: Region | None = None) -> None:
    """Takes a worksheet away with its tables, drawings and comments.

    Args:
        book: the workbook.
        name: the worksheet's name.
        but: the only table that may stand on it; None for any.

    Raises:
        Refused: something elsewhere uses it, another sheet shows its cells, it has parts that belong to the workbook,
            or no other sheet is to be seen.
    """
    own = {t.name.casefold() for t in book.tables().values() if t.sheet == name}
    if but is not None and own != {but.name.casefold()}:
        raise Refused("another table stands on it")
    for place in formulas_of(book, but=name):
        if names_sheet(place.text, name) or any(r.table in own for r in uses(place.text).tables):
            raise Refused(f"it is used by {place.where}")
    for word in (name, *own):
        _refuse_if_source(book, word)
    part = book.sheets[name]
    another = next((other for other, shown in book.sheets.items() if shown == part and other != name), None)
    if another is not None:
        raise Refused(f"the sheet “{another}” shows the same cells")
    for relation in book.relations_of(part):
        if relation.kind not in ITS_OWN:
            raise Refused(f"it holds what belongs to the workbook too: {relation.kind}")
    before = _reached(book)
    book.displace_sheet(name)
    for gone in sorted(before - _reached(book)):
        book.remove_part(gone)
    for table in own:
        del book.tables()[table]


def _reached(book: State) -> set[str]:
    """The parts that relationships lead to."""
    waiting, seen = [""], set[str]()
    while waiting:
        for relation in book.relations_of(waiting.pop()):
            if relation.target not in seen and book.has(relation.target):
                seen.add(relation.target)
                waiting.append(relation.target)
    return seen


def content_beside_tables(book: State, sheet: str) -> list[tuple[int, int, str]]:
    """Row, column and text of the cells of a sheet that are in no table; of formulas theirs.

    >>> content_beside_tables(Book(Path("orders.xlsx").read_bytes()), "Log")
    [(1, 5, 'Prices of June')]

    Args:
        book: the workbook.
        sheet: the worksheet's name.
    """
    areas = [t.area for t in book.tables().values() if t.sheet == sheet]
    return [cell for cell in book.sheet(sheet).held() if not any(a.holds(*cell[:2]) for a in areas)]
