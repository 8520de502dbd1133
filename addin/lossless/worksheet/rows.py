"""A worksheet's rows written anew where something in them changes, and passed on as bytes where nothing does."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from addin.lossless.formula.formulas import shifted
from addin.lossless.opc.cells import Area, CellXml, Edit, Formula, Moved, Value, letters, rendered
from addin.lossless.opc.errors import Refused
from addin.lossless.opc.markup import attributes, escaped, with_attribute
from addin.lossless.worksheet import layout
from addin.lossless.worksheet.row_heights import Heights
from addin.lossless.worksheet.sheet import Sheet

_YES = frozenset({"1", "true"})


class Kept(NamedTuple):
    """A formula's cell written in another form: with a text of its own, or without its last result."""

    attrs: bytes
    inside: bytes


def content(page: Sheet) -> list[bytes | memoryview]:
    """The worksheet with its changes, in pieces.

    Args:
        page: the worksheet.

    Returns:
        What its part will hold; pieces that did not change are views of what it held.

    Raises:
        Refused: a change would overwrite a part of an array formula or a data table.
    """
    return _Writer(page).content()


def settle(page: Sheet, area: Area) -> None:
    """Lets a worksheet hold what waits to be changed in an area, so that what comes next builds on it.

    Args:
        page: the worksheet.
        area: the cells; if a change to one of them waits, all changes of the sheet are written.

    Raises:
        Refused: a change would overwrite a part of an array formula or a data table.
    """
    if not any(area.holds(row, column) for row, cells in page.edits.items() for column in cells):
        return
    head, *cells, _, _ = content(page)
    page.head = bytes(head)
    page.settled += extent(page.edits)
    page.filled = page.new_formulas
    page.edits = {}
    page.rewrite(b"".join(cells))


class _Writer:
    def __init__(self, page: Sheet) -> None:
        self.page, self.prefix, self.xml = page, page.prefix, page.xml
        self.heights = Heights(page.head, page.prefix, page.styles)
        self.edits: dict[int, dict[int, Edit | Kept]] = {row: dict(cells) for row, cells in page.edits.items()}
        self._head = b"<" + page.prefix + b'c r="'
        self._tails: dict[tuple[int, type, Value], bytes] = {}

    def content(self) -> list[bytes | memoryview]:
        self._keep_formulas()
        page, view = self.page, memoryview(self.xml)
        pieces: list[bytes | memoryview] = [self._grown_head()]
        at = page.start
        for row in sorted(self.edits):
            index = bisect_left(page.numbers, row)
            if index < len(page.numbers) and page.numbers[index] == row:
                start, _, _, end = page.span(index)
                pieces += (view[at:start], self._row(row, index))
                at = end
            else:
                here = page.starts[index] if index < len(page.starts) else page.end
                pieces += (view[at:here], self._new_row(row))
                at = here
        return [*pieces, view[at : page.end], page.close, page.tail]

    def _grown_head(self) -> bytes:
        edits = self.page.edits
        columns = [c for cells in edits.values() for c in cells]
        if not columns:
            return self.page.head
        rows = [r for r, cells in edits.items() if cells]
        return layout.with_dimension(self.page.head, Area(min(rows), min(columns), max(rows), max(columns)))

    # -- formulas that stay ---------------------------------------------------------------------------------------

    def _keep_formulas(self) -> None:
        """Gives cells whose shared formula is overwritten a text of their own, and drops results that no longer hold.

        Raises:
            Refused: an array formula would be overwritten in part.
        """
        waiting: dict[tuple[int, int], bytes] = {}
        for row, column, cell in self._overwritten():
            self._lose(row, column, cell, waiting)
        for row, columns in self.page.outdated.items():
            found = {c.column: c for c in self.page.cells(row)}
            for column in columns - set(self.page.edits.get(row, ())):
                self._keep(row, found[column], waiting.pop((row, column), None), result=False)
        for (row, column), formula in waiting.items():
            left = self.page.cell(row, column)
            if left is not None:
                self._keep(row, left, formula, result=True)

    def _overwritten(self) -> Iterator[tuple[int, int, CellXml]]:
        if not self.page.has_formulas:
            return
        for row, cells in self.page.edits.items():
            for cell in self.page.cells(row):
                if cell.column in cells and self.page.has_formula(cell):
                    yield row, cell.column, cell

    def _lose(self, row: int, column: int, cell: CellXml, waiting: dict[tuple[int, int], bytes]) -> None:
        """Notes that a formula goes, and which cells of a shared one need a text of their own now."""
        page = self.page
        page.lost_formulas = True
        attrs = page.formula_attributes(cell)
        area = Area.parse(attrs.get("ref", ""))
        if attrs.get("t") == "dataTable":
            place = f"{letters(column)}{row}"
            raise Refused(f"{place} belongs to a what-if data table, which can't be changed in part.")
        if area is None or attrs.get("t") != "shared":
            return
        for r in range(area.top, area.bottom + 1):
            for other in page.cells(r) if r in page else ():
                if not area.holds(r, other.column) or other.column in page.edits.get(r, ()):
                    continue
                if page.formula_attributes(other).get("si") == attrs.get("si"):
                    text = page.formula(row, cell)
                    waiting[r, other.column] = escaped(shifted(text, down=r - row, right=other.column - column))

    def _keep(self, row: int, cell: CellXml, formula: bytes | None, *, result: bool) -> None:
        p, f = self.prefix, self.page.formula_xml(cell)
        if formula is not None:
            f = b"<%bf>%b</%bf>" % (p, formula, p)
        attrs, rest = cell.attrs_without_place, b""
        if result:
            rest = self.page.without_formula(cell)
        else:
            attrs = with_attribute(b"<c" + attrs + b">", "t", None)[2:-1]
        self.edits.setdefault(row, {})[cell.column] = Kept(attrs, f + rest)

    # -- rows -----------------------------------------------------------------------------------------------------

    def _new_row(self, row: int) -> bytes:
        cells = self.edits[row]
        made = [self._made(row, c, cells[c]) for c in sorted(cells) if _worth_a_cell(cells[c])]
        if not made:
            return b""
        needed = self.heights.needed((c, e.style, self._text(c, e)) for c, e in cells.items() if isinstance(e, Edit))
        height = b' ht="%b"' % f"{needed:g}".encode() if needed > self.heights.usual else b""
        tag = b'<%brow r="%d"%b>' % (self.prefix, row, height)
        return tag + b"".join(made) + b"</" + self.prefix + b"row>"

    def _row(self, row: int, index: int) -> bytes:
        start, opened, close, end = self.page.span(index)
        waiting = dict(self.edits[row])
        pieces: list[tuple[int, bytes]] = []
        changed: list[tuple[int, Edit, CellXml | None]] = []
        last = opened
        for cell in self.page.cells_between(row, opened, close):
            last = self.xml.index(cell.outer, last) + len(cell.outer)
            edit = waiting.pop(cell.column, None)
            if isinstance(edit, Edit):
                edit = edit if edit.restyle else Edit(edit.value, cell.style)
                changed.append((cell.column, edit, cell))
            pieces.append(
                (cell.column, self._placed(row, cell) if edit is None else self._made(row, cell.column, edit))
            )
        new = [(c, self._made(row, c, edit)) for c, edit in waiting.items() if _worth_a_cell(edit)]
        changed += [(c, e, None) for c, e in waiting.items() if isinstance(e, Edit)]
        body = b"".join(piece for _, piece in sorted(pieces + new, key=lambda item: item[0]))
        tag = self._fitted(self.xml[start:opened], changed, row)
        if new:
            tag = with_attribute(tag, "spans", None)
        if opened == end:
            return tag[:-2].rstrip() + b">" + body + b"</" + self.prefix + b"row>" if body else tag
        return tag + body + self.xml[last:end]

    def _placed(self, row: int, cell: CellXml) -> bytes:
        """A cell with its place written out: beside a new one, counting on is no longer safe."""
        if b"r=" in cell.attrs:
            return cell.outer
        head = b"<" + self.prefix + b"c"
        return head + b' r="%b%d"' % (letters(cell.column).encode(), row) + cell.outer[len(head) :]

    def _made(self, row: int, column: int, edit: Edit | Kept) -> bytes:
        place = b"%b%d" % (letters(column).encode(), row)
        held = edit if isinstance(edit, Kept) else edit.value
        if isinstance(held, Kept | Moved):
            c = self.prefix + b"c"
            return b'<%b r="%b"%b>%b</%b>' % (c, place, held.attrs, held.inside, c)
        assert isinstance(edit, Edit)  # noqa: S101 - of the two kinds, the other is dealt with
        if isinstance(held, Formula):
            return self._computed(place, self.page.styles.fitting(edit.style, None), held)
        key = edit.style, held.__class__, held
        tail = self._tails.get(key)
        if tail is None:
            style = self.page.styles.fitting(edit.style, held)
            whole = rendered(b"", style, held, self.prefix, date_1904=self.page.date_1904)
            tail = self._tails[key] = whole[len(self._head) :]
        return self._head + place + tail

    def _computed(self, place: bytes, style: int, formula: Formula) -> bytes:
        p = self.prefix
        styled = b' s="%d"' % style if style else b""
        array = b' t="array" ref="%b"' % place if formula.of_arrays else b""
        return b'<%bc r="%b"%b><%bf%b>%b</%bf></%bc>' % (p, place, styled, p, array, escaped(formula.text), p, p)

    # -- heights --------------------------------------------------------------------------------------------------

    def _fitted(self, tag: bytes, changed: list[tuple[int, Edit, CellXml | None]], row: int) -> bytes:
        """A row's start tag with the height that its texts need now, unless a person has set one."""
        attrs = attributes(tag)
        if attrs.get("customHeight") in _YES or not changed:
            return tag
        at_present = float(attrs["ht"]) if _is_number(attrs.get("ht")) else self.heights.usual
        needed = self.heights.needed((c, e.style, self._text(c, e)) for c, e, _ in changed)
        if needed <= at_present:
            if "ht" not in attrs:
                return tag
            before = self.heights.needed((c, old.style, self.page.value_of(old)) for c, _, old in changed if old)
            if before < at_present:
                return tag  # other cells make it so high, and they stay
        needed = max(needed, self._needed_by_others(row, {c for c, _, _ in changed}))
        return with_attribute(tag, "ht", f"{needed:g}" if needed > self.heights.usual else None)

    def _needed_by_others(self, row: int, changed: set[int]) -> float:
        others = [c for c in self.page.cells(row) if c.column not in changed and c.inside]
        joined = self.page.joined(row)
        alone = [c for c in others if not any(a.holds(row, c.column) for a in joined)]
        return self.heights.needed((c.column, c.style, self.page.value_of(c)) for c in alone)

    def _text(self, column: int, edit: Edit) -> Value:
        if isinstance(edit.value, Moved):
            return self.page.value_of(CellXml(column, b"", edit.value.attrs, edit.value.inside))
        return None if isinstance(edit.value, Formula) else edit.value


def _worth_a_cell(edit: Edit | Kept) -> bool:
    return isinstance(edit, Kept) or edit.value not in {None, ""} or edit.style != 0


def _is_number(text: str | None) -> bool:
    return text is not None and text.replace(".", "", 1).isdigit()


def extent(edits: Mapping[int, Mapping[int, object]]) -> list[Area]:
    """The areas that changed cells span, one a column.

    Args:
        edits: anything by row and column, counted from 1.
    """
    spans: dict[int, tuple[int, int]] = {}
    for row, cells in edits.items():
        for column in cells:
            known = spans.get(column)
            if known is None:
                spans[column] = row, row
            elif row > known[1]:
                spans[column] = known[0], row
            elif row < known[0]:
                spans[column] = row, known[1]
    return [Area(top, column, bottom, column) for column, (top, bottom) in sorted(spans.items())]
