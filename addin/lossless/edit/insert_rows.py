"""What stands below a table moves down to make room for its rows, and all that refers to it follows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from addin.lossless.edit import comments
from addin.lossless.edit.dependents import chart_parts, follow_in_cells, shape_parts
from addin.lossless.edit.formula_places import pivot_sources, source_in
from addin.lossless.edit.row_shift import moved_cells, moved_edits
from addin.lossless.edit.state import State
from addin.lossless.formula.reference_shift import Shift, columns_moving
from addin.lossless.formula.tags import with_formulas
from addin.lossless.opc.cells import LAST_COLUMN, LAST_ROW, Area
from addin.lossless.opc.errors import Refused
from addin.lossless.opc.markup import escaped, plain, with_attribute
from addin.lossless.opc.part_text import unescaped
from addin.lossless.worksheet import layout
from addin.lossless.worksheet.sheet import Sheet
from addin.lossless.worksheet.tables import Region

#: What stands on a sheet at places that are written down where they can't be rewritten safely.
_FIXED = {
    "pivotTable": "a pivot table",
    "ctrlProp": "form controls",
    "control": "form controls",
    "oleObject": "embedded objects",
    "package": "embedded objects",
}
_LINK_TARGET = re.compile(rb"""(\sTarget\s*=\s*)("#[^"<]*"|'#[^'<]*')""")
_ANCHOR = re.compile(
    rb"<(?:\w+:)?(?:twoCellAnchor|oneCellAnchor)[\s>].*?</(?:\w+:)?(?:two|one)CellAnchor\s*>", re.DOTALL
)
_FROM = re.compile(rb"<(?:\w+:)?from\s*>.*?<(?:\w+:)?col>\s*(\d+)\s*<.*?<(?:\w+:)?row>\s*(\d+)\s*<", re.DOTALL)
_ROW = re.compile(rb"(<(?:\w+:)?row>\s*)(\d+)(\s*<)")


def make_room(book: State, region: Region, top: int, bottom: int) -> None:
    """Moves down what stands below a table so that a blank row parts it from the table's rows.

    Args:
        book: the workbook.
        region: the table.
        top: the first row below the table and what belongs to it.
        bottom: the last row that the table will take.

    Raises:
        Refused: what stands there can't be moved; nothing was noted then.
    """
    first = min(_taken(book, region, top), default=None)
    if first is None or first > bottom + 1:
        return
    by = bottom + 2 - first
    left, right = _columns(book, region, first)
    shift = Shift(region.sheet, first, left, right, by)
    _refuse(book, region, shift)
    follow_in_cells(book)
    changes = list(_changes(book, shift))
    for change in changes:
        change()


def _taken(book: State, region: Region, top: int) -> Iterator[int]:
    """The rows from `top` on in which something stands in a table's columns."""
    page = book.sheet(region.sheet)
    below = Area(top, region.first_column, LAST_ROW, region.last_column)
    yield from (row for row, column, _ in page.held(top) if below.holds(row, column))
    yield from (max(a.top, top) for a in (*layout.merged(page.tail), *layout.linked(page.tail)) if a.meets(below))
    yield from (row for row, column in comments.spots(book, region.sheet) if below.holds(row, column))
    yield from (row for row, column in _drawn(book, region.sheet) if below.holds(row, column))


def _columns(book: State, region: Region, first: int) -> tuple[int, int]:
    """The columns that move: all where nothing else stands from that row on, else those that hang together."""
    page = book.sheet(region.sheet)
    cells = [(row, column) for row, column, _ in page.held(first)]
    joined = [(a.left, a.right) for a in layout.merged(page.tail) if a.bottom >= first]
    tables = [t for t in book.tables().values() if t is not region and t.sheet == region.sheet and t.last_row >= first]
    beside = [(t.first_column, t.last_column) for t in tables]
    return columns_moving(cells, [*joined, *beside], region.first_column, region.last_column) or (1, LAST_COLUMN)


def _refuse(book: State, region: Region, shift: Shift) -> None:
    """Refuses what can't be moved with all that belongs to it."""
    page, moving = book.sheet(shift.sheet), Area(shift.top, shift.left, LAST_ROW, shift.right)
    what = ""
    for table in book.tables().values():
        if table.sheet == shift.sheet and table.whole.meets(moving):
            what = f"the table “{table.name}”"
    for area in layout.merged(page.tail):
        if shift.splits(area):
            what = f"the merged cells {area}"
    kinds = [_FIXED[r.kind] for r in book.relations_of(book.sheets[shift.sheet]) if r.kind in _FIXED]
    if kinds:
        what = kinds[0]
    if layout.has(page.tail, "scenarios"):
        what = "what-if scenarios"
    last = max((row for row, column, _ in page.held(shift.top) if moving.holds(row, column)), default=0)
    if last + shift.by > LAST_ROW:
        what = f"row {last:,}, the last rows of the sheet,"
    if what:
        raise Refused(
            f"There is no room below the table “{region.name}” on the sheet “{region.sheet}”: {what} is in the way.",
            "Move it to another place, then try again.",
        )


def _changes(book: State, shift: Shift) -> Iterator[Callable[[], None]]:
    """Each part that changes, ready to be changed: what can't be is refused before anything is."""
    for name in book.sheets:
        yield from _of_sheet(book, name, shift)
        yield from _of_links(book, book.sheets[name], name, shift)
    for table in list(book.tables().values()):
        if table.part:
            yield from _of_part(book, table.part, lambda xml, on=table.sheet: _beside(xml, on, shift))  # type: ignore[misc]
    for part in chart_parts(book):
        yield from _of_part(book, part, lambda xml: _beside(xml, "", shift))
    for part in pivot_sources(book):
        yield from _of_part(book, part, lambda xml: _source(xml, shift))
    for part, on in shape_parts(book).items():
        yield from _of_part(book, part, lambda xml, on=on: _shapes(xml, on, shift))  # type: ignore[misc]
        yield from _of_links(book, part, on, shift)
    yield lambda: book.rename_names(lambda text: shift.formula(text, ""))
    moves = {spot: shift.spot(*spot) for spot in comments.spots(book, shift.sheet) if shift.moves(*spot)}
    yield lambda: comments.move(book, shift.sheet, moves)


def _of_part(book: State, part: str, change: Callable[[bytes], bytes]) -> Iterator[Callable[[], None]]:
    xml = plain(book.read(part))
    new = change(xml)
    if new != xml:
        yield lambda: book.changed.__setitem__(part, new)


def _of_sheet(book: State, name: str, shift: Shift) -> Iterator[Callable[[], None]]:
    page = book.look(name)
    cells, edits = moved_cells(page, name, shift), moved_edits(page, name, shift)
    tail = layout.moved(page.tail, shift) if name == shift.sheet else page.tail
    tail = _beside(tail, name, shift)
    if cells is None and tail == page.tail and edits == page.edits:
        return

    def change(page: Sheet) -> None:
        page.tail, page.edits = tail, edits
        page.changes += 1
        if name == shift.sheet:
            page.settled = [shift.area(area) for area in page.settled]
            page.head = layout.moved_dimension(page.head, shift)
        if cells is not None:
            page.rewrite(cells)
            book.new_formulas = book.new_formulas or page.has_formulas

    yield lambda: change(book.sheet(name))


def _beside(xml: bytes, sheet: str, shift: Shift) -> bytes:
    """The formulas and links that stand in a part beside cells."""
    return with_formulas(xml, lambda text: shift.formula(text, sheet))


def _of_links(book: State, part: str, on: str, shift: Shift) -> Iterator[Callable[[], None]]:
    """The links of shapes, and those that some programs write as if they led out of the workbook: #Log!B9."""

    def link(m: re.Match[bytes]) -> bytes:
        text = unescaped(m[2][2:-1])
        new = shift.formula(text, on)
        return m[0] if new == text else m[1] + b'"#' + escaped(new) + b'"'

    where = book.relations_part(part)
    if book.has(where):
        yield from _of_part(book, where, lambda xml: _LINK_TARGET.sub(link, xml))


def _shapes(xml: bytes, on: str, shift: Shift) -> bytes:
    """The shapes of a sheet, which show the same cells as before; those of the moved one go with its cells."""
    xml = _beside(xml, on, shift)
    return _ANCHOR.sub(lambda m: _anchor(m[0], shift), xml) if on == shift.sheet else xml


def _source(xml: bytes, shift: Shift) -> bytes:
    """A pivot table's source, where it is an area of cells."""
    found = source_in(xml)
    area = Area.parse(found.attrs.get("ref", "")) if found else None
    if found is None or area is None or found.attrs.get("sheet", "").casefold() != shift.sheet.casefold():
        return xml
    tag = with_attribute(found.tag, "ref", str(shift.area(area)))
    return xml[: found.start] + tag + xml[found.open_end :]


# -- drawings -------------------------------------------------------------------------------------------------------


def _drawings(book: State, sheet: str) -> list[str]:
    found = book.relations_of(book.sheets[sheet])
    return [r.target for r in found if r.kind == "drawing" and book.has(r.target)]


def _drawn(book: State, sheet: str) -> Iterator[tuple[int, int]]:
    """Row and column of the cell at which each picture or chart begins."""
    for part in _drawings(book, sheet):
        for m in _ANCHOR.finditer(plain(book.read(part))):
            begin = _FROM.search(m[0])
            if begin:
                yield int(begin[2]) + 1, int(begin[1]) + 1


def _anchor(xml: bytes, shift: Shift) -> bytes:
    begin = _FROM.search(xml)
    if begin is None or not shift.moves(int(begin[2]) + 1, int(begin[1]) + 1):
        return xml
    return _ROW.sub(lambda m: m[1] + b"%d" % (int(m[2]) + shift.by) + m[3], xml)
