"""A worksheet's cells with formulas rewritten, or after some have moved down."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable

from addin.lossless.formula.reference_shift import Shift
from addin.lossless.opc.cells import Area, CellXml, Edit, Formula, letters
from addin.lossless.opc.errors import Refused
from addin.lossless.opc.markup import attributes, escaped, with_attribute
from addin.lossless.worksheet.sheet import Sheet

#: A formula's new text by its old one, and the row and column of its cell.
Change = Callable[[str, tuple[int, int]], str]


def moved_edits(page: Sheet, sheet: str, shift: Shift) -> dict[int, dict[int, Edit]]:
    """The changes that wait, each where its cell stands afterwards.

    Args:
        page: the worksheet.
        sheet: its name.
        shift: what moves, on this sheet or another.
    """
    here = sheet == shift.sheet
    found: dict[int, dict[int, Edit]] = {}
    for row, cells in page.edits.items():
        for column, edit in cells.items():
            to_row, to_column = shift.spot(row, column) if here else (row, column)
            moved = edit
            if isinstance(edit.value, Formula):
                moved = Edit(edit.value.changed(shift.formula(edit.value.text, sheet)), edit.style, edit.restyle)
            found.setdefault(to_row, {})[to_column] = moved
    return found


def moved_cells(page: Sheet, sheet: str, shift: Shift) -> bytes | None:
    """What stands between the tags of a worksheet's cells afterwards; None where nothing changes.

    Args:
        page: the worksheet.
        sheet: its name.
        shift: what moves, on this sheet or another.

    Raises:
        Refused: an array formula or a data table can't be moved as a whole.
    """
    if sheet != shift.sheet:
        formulas = _formulas(page, lambda text, _: shift.formula(text, sheet), None)
        return _in_place(page, formulas, len(page.numbers)) if formulas else None
    formulas = _formulas(page, lambda text, _: shift.formula(text, sheet), shift)
    at = bisect_left(page.numbers, shift.top)
    if at == len(page.numbers) and not formulas:
        return None
    return _in_place(page, formulas, at) + _moved_rows(page, formulas, shift, at)


def rewritten(
    page: Sheet, change: Change, concerns: Callable[[str], bool] | None = None, *, but_arrays: bool = True
) -> bytes | None:
    """What stands between the tags of a worksheet's cells, formulas rewritten where they stand; None where none is.

    Args:
        page: the worksheet.
        change: gives a formula's new text by its old one and the row and column of its cell.
        concerns: whether a formula may be written in another way; None where that takes as long to tell.
        but_arrays: whether arrays of a fixed size are left alone: their cells are as many as those they are computed
            from.
    """
    if concerns is not None and not any(concerns(formula.text) for formula in page.computed):
        return None
    formulas = _formulas(page, change, None, but_arrays=but_arrays)
    return _in_place(page, formulas, len(page.numbers)) if formulas else None


def _in_place(page: Sheet, formulas: dict[tuple[int, int], bytes], rows: int) -> bytes:
    """The first rows, with formulas rewritten where they stand."""
    pieces, at = [], page.start
    for row in sorted({row for row, _ in formulas}):
        index = bisect_left(page.numbers, row)
        if index >= rows:
            break
        _, opened, close, _ = page.span(index)
        last = opened
        for cell in page.cells_between(row, opened, close):
            start = page.xml.index(cell.outer, last)
            last = start + len(cell.outer)
            new = formulas.get((row, cell.column))
            if new is not None:
                pieces += [page.xml[at:start], cell.outer.replace(page.formula_xml(cell), new, 1)]
                at = last
    stop = page.starts[rows] if rows < len(page.starts) else page.end
    return b"".join((*pieces, page.xml[at:stop]))


class _Row:
    """A row that is put together anew."""

    def __init__(self, tag: bytes) -> None:
        self.tag = tag
        self.cells: dict[int, bytes] = {}
        self.rest = b""

    def xml(self, prefix: bytes) -> bytes:
        inside = b"".join(self.cells[c] for c in sorted(self.cells)) + self.rest
        start = self.tag.rstrip(b"/> \t\r\n")
        return start + b">" + inside + b"</%brow>" % prefix if inside else start + b"/>"


def _moved_rows(page: Sheet, formulas: dict[tuple[int, int], bytes], shift: Shift, first: int) -> bytes:
    rows: dict[int, _Row] = {}
    p = page.prefix
    for index in range(first, len(page.numbers)):
        row = page.numbers[index]
        start, opened, close, _ = page.span(index)
        cells = list(page.cells_between(row, opened, close))
        to = row + shift.by if shift.whole_rows else row
        last = opened
        kept = rows.setdefault(to, _Row(b"<%brow>" % p))
        kept.tag = _row_tag(page.xml[start:opened], to, whole=shift.whole_rows)
        for cell in cells:
            last = page.xml.index(cell.outer, last) + len(cell.outer)
            at, column = shift.spot(row, cell.column)
            if at not in rows:
                rows[at] = _Row(_row_tag(b"<%brow>" % p, at, whole=False))
            rows[at].cells[column] = _placed(page, cell, at, formulas.get((row, cell.column)))
        kept.rest = page.xml[last:close].strip()
    return b"".join(rows[number].xml(p) for number in sorted(rows))


def _row_tag(tag: bytes, row: int, *, whole: bool) -> bytes:
    tag = with_attribute(tag, "r", str(row))
    return tag if whole else with_attribute(tag, "spans", None)


def _placed(page: Sheet, cell: CellXml, row: int, formula: bytes | None) -> bytes:
    head = len(page.prefix) + 2 + len(cell.attrs)
    attrs = with_attribute(b"<c" + cell.attrs + b">", "r", f"{letters(cell.column)}{row}")[2:-1]
    rest = cell.outer[head:]
    if formula is not None:
        rest = rest.replace(page.formula_xml(cell), formula, 1)
    return b"<%bc" % page.prefix + attrs + rest


def _formulas(
    page: Sheet, change: Change, shift: Shift | None, *, but_arrays: bool = False
) -> dict[tuple[int, int], bytes]:
    """The formulas that are written in another way afterwards, as elements, by the row and column they stand in now.

    `shift` moves cells of this very sheet; `but_arrays` leaves out arrays of a fixed size over several cells.
    """
    found: dict[tuple[int, int], bytes] = {}
    groups: dict[str, list[tuple[int, int, bytes]]] = {}
    broken: set[str] = set()
    for row, cell in page.formula_cells():
        attrs, text = page.formula_attributes(cell), page.formula(row, cell)
        new = change(text, (row, cell.column))
        if attrs.get("t") == "shared":
            group = attrs.get("si", "")
            groups.setdefault(group, []).append((row, cell.column, _element(page, {}, new)))
            if new != text or (shift is not None and shift.moves(row, cell.column)):
                broken.add(group)
            continue
        area, after = Area.parse(attrs.get("ref", "")), attrs
        if area is not None and shift is not None:
            _refuse_if_split(attrs, area, shift)
            after = {**attrs, "ref": str(shift.area(area))}
        elif but_arrays and _is_fixed_array(cell, area):
            continue
        if new != text or after != attrs:
            found[row, cell.column] = _element(page, after, new)
    for group in broken:  # members of a group stand in fixed distances, which no longer hold
        found |= {(row, column): xml for row, column, xml in groups[group]}
    return found


def _is_fixed_array(cell: CellXml, area: Area | None) -> bool:
    """Whether a formula fills several cells that a person chose; one that spills, as the mark "cm" tells, chooses."""
    several = area is not None and (area.top, area.left) != (area.bottom, area.right)
    return several and "cm" not in attributes(cell.attrs)


def _element(page: Sheet, attrs: dict[str, str], text: str) -> bytes:
    tag = b"<%bf>" % page.prefix
    for name, value in attrs.items():
        tag = with_attribute(tag, name, value)
    return tag + escaped(text) + b"</%bf>" % page.prefix


def _refuse_if_split(attrs: dict[str, str], area: Area, shift: Shift) -> None:
    inputs = [a for name in ("r1", "r2") if (a := Area.parse(attrs.get(name, ""))) is not None]
    if shift.splits(area) or (attrs.get("t") == "dataTable" and any(shift.area(a) != a for a in (area, *inputs))):
        raise Refused(f"The cells {area} are computed together, and can't be moved to make room.")
