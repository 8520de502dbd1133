"""Cells that move down and tables that grow, as rules for places, areas and formulas: those of spreadsheets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from addin.lossless.formula.formulas import area_of, sheet_of, with_references
from addin.lossless.opc.cells import LAST_COLUMN, LAST_ROW, Area

#: The rows of a reference to an area: the first one fixed or not, the last one not.
_LAST_NOT_FIXED = re.compile(r"[^:]*?(\$?)[0-9]+:\$?[A-Za-z]+[0-9]+\Z")
_LAST_FIXED = re.compile(r"\$[0-9]+\Z")


class Shift(NamedTuple):
    """All cells of a sheet from a row on, within some columns, that move down.

    Attributes:
        sheet: the worksheet's name.
        top: the first row that moves.
        left, right: the columns.
        by: how many rows they move.
    """

    sheet: str
    top: int
    left: int
    right: int
    by: int

    @property
    def whole_rows(self) -> bool:
        """Whether rows move as they are, with their heights."""
        return (self.left, self.right) == (1, LAST_COLUMN)

    def moves(self, row: int, column: int) -> bool:
        """Whether a cell moves.

        Args:
            row, column: of the cell, counted from 1.
        """
        return row >= self.top and self.left <= column <= self.right

    def spot(self, row: int, column: int) -> tuple[int, int]:
        """Where a cell stands afterwards.

        Args:
            row, column: of the cell before, counted from 1.
        """
        return (row + self.by, column) if self.moves(row, column) else (row, column)

    def area(self, area: Area) -> Area:
        """An area afterwards: one that reaches from above into what moves grows, one that is partly beside stays.

        Args:
            area: on the sheet that moves.
        """
        if area.left < self.left or area.right > self.right or area.bottom < self.top:
            return area
        bottom = area.bottom if area.bottom == LAST_ROW else min(area.bottom + self.by, LAST_ROW)
        return Area(area.top + self.by if area.top >= self.top else area.top, area.left, bottom, area.right)

    def splits(self, area: Area) -> bool:
        """Whether a part of an area would move and another would not.

        Args:
            area: on the sheet that moves.
        """
        if area.bottom < self.top or area.right < self.left or area.left > self.right:
            return False
        return area.top < self.top or area.left < self.left or area.right > self.right

    def ranges(self, text: str) -> str:
        """A list of areas, as of a validation, afterwards.

        >>> Shift("Log", top=5, left=1, right=9, by=2).ranges("A1:A6 B9")
        'A1:A8 B11'

        Args:
            text: areas of the sheet that moves, parted by blanks.
        """
        return " ".join(str(self.area(a)) if (a := Area.parse(ref)) is not None else ref for ref in text.split())

    def formula(self, text: str, sheet: str) -> str:
        """A formula afterwards: it refers to the same cells.

        Args:
            text: the formula.
            sheet: the worksheet that it stands on.
        """

        def moved(prefix: str | None, ref: str) -> str:
            on = sheet.casefold() if prefix is None else sheet_of(prefix)
            area = area_of(ref)
            return self._reference(ref, area) if on == self.sheet.casefold() else ref

        return with_references(text, moved)

    def _reference(self, ref: str, area: Area) -> str:
        new = self.area(area)
        if new == area:
            return ref
        first, colon, second = ref.partition(":")
        ends = [_in_row(first, new.top), _in_row(second, new.bottom) if colon else ""]
        if colon and _row_of(first) > _row_of(second):  # written from below upwards
            ends = [_in_row(first, new.bottom), _in_row(second, new.top)]
        return colon.join(ends) if colon else ends[0]


class Growth(NamedTuple):
    """A table that ends at another row now.

    Attributes:
        sheet: its worksheet's name.
        old: its cells as they were, from its header down.
        bottom: its last row now.
        totals: how many totals rows stand beneath.
    """

    sheet: str
    old: Area
    bottom: int
    totals: int = 0

    def fixed(self, text: str, own: str) -> str:
        """The same of a formula that is meant for several cells; one that counts from each of them stays.

        Args:
            text: the formula, without the equals sign.
            own: the worksheet that it stands on.
        """
        return self._grown(text, own, lambda ref: _LAST_FIXED.search(ref) is None)

    def columns(self, text: str, own: str) -> str:
        """The same of what shows the figures of a column; one that shows those of a row stays.

        Args:
            text: the formula, without the equals sign.
            own: the worksheet that it stands on.
        """
        return self._grown(text, own, lambda ref: area_of(ref).left != area_of(ref).right)

    def shown(self, text: str) -> str:
        """The same of what a chart shows; of a table of one row, Excel names the column by its one cell there.

        Args:
            text: the chart's reference, with its sheet.
        """
        return self._grown(text, "", lambda _: False, single=True)

    def formula(self, text: str, own: str, at: tuple[int, int] | None = None) -> str:
        """A formula; where it covers the table's rows from end to end it covers those it has now.

        Args:
            text: the formula.
            own: the worksheet that it stands on.
            at: row and column of its cell.
        """
        return self._grown(text, own, lambda ref: self.runs(ref, own, at))

    def runs(self, ref: str, own: str, at: tuple[int, int] | None) -> bool:
        """Whether a formula in the table's last row names cells as far as this row: a running total, as B$2:B4.

        Args:
            ref: the cells, without a sheet.
            own: the worksheet that the formula stands on.
            at: row and column of its cell; None for none.
        """
        old = self.old
        if at is None or at[0] != old.bottom or own.casefold() != self.sheet.casefold():
            return False
        found = _LAST_NOT_FIXED.match(ref)
        return found is not None and (old.left <= at[1] <= old.right or found[1] == "$")

    def reference(self, ref: str, stays: Callable[[str], bool]) -> str:
        """A reference to an area of the table's sheet; one that covers its rows covers those it has now.

        Args:
            ref: the cells, without a sheet.
            stays: whether it is left as it is nevertheless.
        """
        for top in (self.old.top, self.old.top + 1):
            new = grown_reference(ref, self._from(top, self.old.bottom), self._from(top, self.bottom), self.totals)
            if new != ref and not stays(ref):
                return new
        return ref

    def _from(self, top: int, bottom: int) -> Area:
        return Area(top, self.old.left, bottom, self.old.right)

    def _grown(self, text: str, own: str, stays: Callable[[str], bool], *, single: bool = False) -> str:
        old = self.old
        for top in (old.top, old.top + 1):
            before, after = self._from(top, old.bottom), self._from(top, self.bottom)
            text = grown(text, self.sheet, before, after, own, below=self.totals, stays=stays, single=single)
        return text


class Growths:
    """Tables that end at other rows now, one after another; all that follows them does so at once.

    Args:
        growths: in the order in which they came.
    """

    def __init__(self, growths: Sequence[Growth]) -> None:
        self._of: dict[str, list[Growth]] = {}
        for growth in growths:
            self._of.setdefault(growth.sheet.casefold(), []).append(growth)
        ends = {growth.old.bottom + below for growth in growths for below in (0, growth.totals)}
        self._ends = re.compile(rf"(?:{'|'.join(map(str, sorted(ends)))})(?![0-9])")

    def concern(self, text: str) -> bool:
        """Whether a formula may name an area that ends where one of the tables did.

        Args:
            text: the formula, without the equals sign.
        """
        return ":" in text and self._ends.search(text) is not None

    def formula(self, text: str, at: tuple[int, int] | None, own: str) -> str:
        """A formula as it reads after all of them; see `Growth.formula`.

        Args:
            text: the formula, without the equals sign.
            at: row and column of its cell; None for none.
            own: the worksheet that it stands on.
        """
        return self._changed(text, own, lambda growth, ref: growth.runs(ref, own, at))

    def fixed(self, text: str, own: str) -> str:
        """A formula that is meant for several cells as it reads after all of them; see `Growth.fixed`.

        Args:
            text: the formula, without the equals sign.
            own: the worksheet that it stands on.
        """
        return self._changed(text, own, lambda _, ref: _LAST_FIXED.search(ref) is None)

    def _changed(self, text: str, own: str, stays: Callable[[Growth, str], bool]) -> str:
        if not self.concern(text):
            return text

        def follow(prefix: str | None, ref: str) -> str:
            if ":" in ref:
                on = own.casefold() if prefix is None else sheet_of(prefix)
                for growth in self._of.get(on or "", ()):
                    ref = growth.reference(ref, lambda r, growth=growth: stays(growth, r))  # type: ignore[misc]
            return ref

        return with_references(text, follow)


def columns_moving(
    cells: Iterable[tuple[int, int]], spans: Iterable[tuple[int, int]], left: int, right: int
) -> tuple[int, int] | None:
    """The columns that move with those of a table: cells without a gap between them are not torn apart.

    Args:
        cells: row and column of all that stands on the sheet from the first row on that moves.
        spans: first and last column of what hangs together besides, such as merged cells.
        left, right: the table's columns.

    Returns:
        The first and last column; None where nothing stands beside them, so that whole rows may move.
    """
    rows: dict[int, list[int]] = {}
    for row, column in cells:
        rows.setdefault(row, []).append(column)
    every = [run for columns in rows.values() for run in _runs(sorted(columns))] + list(spans)
    wider = True
    while wider:
        met = [(a, b) for a, b in every if a <= right and b >= left]
        new = min([left, *(a for a, _ in met)]), max([right, *(b for _, b in met)])
        wider, (left, right) = new != (left, right), new
    return (left, right) if any(a < left or b > right for a, b in every) else None


def _runs(columns: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Columns in order as runs without a gap."""
    first = last = columns[0]
    for column in columns[1:]:
        if column > last + 1:
            yield first, last
            first = column
        last = column
    yield first, last


def _row_of(point: str) -> int:
    digits = "".join(c for c in point if c.isdigit())
    return int(digits) if digits else 0


def _in_row(point: str, row: int) -> str:
    """A place as written, in another row: $B$7 as $B$9; one without a row stays."""
    letters = point.rstrip("0123456789")
    return f"{letters}{row}" if letters != point else point


def grown(
    text: str,
    sheet: str,
    old: Area,
    new: Area,
    own: str = "",
    *,
    below: int = 0,
    stays: Callable[[str], bool] = lambda _: False,
    single: bool = False,
) -> str:
    """The formula with references that cover exactly the rows of `old`, in some of its columns, covering `new`.

    Args:
        text: the formula.
        sheet: the worksheet of both areas.
        old: the cells as they were.
        new: the cells as they are.
        own: the worksheet that the formula stands on.
        below: how many rows beneath either may be covered too.
        stays: whether a reference is left as it is nevertheless.
        single: whether one cell is an area too.
    """
    if str(old.bottom) not in text and str(old.bottom + below) not in text:
        return text

    def change(prefix: str | None, ref: str) -> str:
        on = sheet_of(prefix) if prefix else own.casefold()
        area = f"{ref}:{ref}" if single and ":" not in ref else ref
        if ":" not in area or on != sheet.casefold():
            return ref
        after = grown_reference(area, old, new, below)
        return ref if after == area or stays(area) else after

    return with_references(text, change)


def grown_reference(ref: str, old: Area, new: Area, below: int) -> str:
    """A reference that covers exactly the rows of `old`, in some of its columns, covering `new`; others stay.

    Args:
        ref: the cells, without a sheet.
        old: the cells as they were.
        new: the cells as they are.
        below: how many rows beneath either may be covered too.
    """
    area = area_of(ref)
    further = area.bottom - old.bottom
    if area.top != old.top or further not in {0, below} or area.left < old.left or area.right > old.right:
        return ref
    return _with_bottom(ref, new.bottom + further)


def _with_bottom(ref: str, bottom: int) -> str:
    first, _, second = ref.partition(":")
    return first + ":" + re.sub(r"[0-9]+\Z", str(bottom), second)
