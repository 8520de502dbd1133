"""What has changed in a workbook, and which formulas that concerns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from addin.lossless.formula.formulas import REMEMBERED, Columns, Reference, Uses, joins_areas
from addin.lossless.formula.shapes import uses
from addin.lossless.opc.cells import LAST_COLUMN, LAST_ROW, Area

#: Brackets without a table's name before them.
_NAMELESS = re.compile(r"(?:\A|[^\w.\\])\[")


class Place(NamedTuple):
    """Where a table stands: its sheet (case folded), its cells, and its columns' names (case folded)."""

    sheet: str
    area: Area
    columns: tuple[str, ...]


def names_too_little(text: str) -> bool:
    """Whether a formula may use cells though it names neither their sheet nor a table there; reading it tells.

    Args:
        text: the formula, without the equals sign.
    """
    if "[" in text and ("?" in text or _NAMELESS.search(text)):
        return True
    upper = text.upper()
    if "INDIRECT" in upper or "OFFSET" in upper or 0 <= text.find(":") < text.rfind("!"):
        return True
    return joins_areas(text)


class Common(NamedTuple):
    """What formulas use that differ in the rows of cells alone.

    Attributes:
        columns: of tables, whole ones.
        cells: by the names in them.
        high: the cells that they name themselves, as whole columns: each names some rows of these.
        beside: columns of which they use the cells in their own row, or of the table that they stand in.
    """

    columns: tuple[Columns, ...]
    cells: tuple[Reference, ...]
    high: tuple[Reference, ...]
    beside: tuple[Columns, ...]


class Changes:
    """What has changed in a workbook, to tell which formulas that concerns.

    Args:
        areas: the changed cells, by sheet name.
        tables: all tables of the workbook, by name with case folded.
        names: the workbook's defined names, with what they stand for.
        grafted: the worksheets that came from another workbook, with the tables and names that came with each.
    """

    def __init__(
        self,
        areas: Mapping[str, Sequence[Area]],
        tables: Mapping[str, Place],
        names: Mapping[str, str],
        grafted: Mapping[str, frozenset[str]] | None = None,
    ) -> None:
        self.areas = {name.casefold(): list(found) for name, found in areas.items()}
        self._tables = tables
        self._names = {name.casefold(): text for name, text in names.items()}
        self._grafted = {name.casefold(): known for name, known in (grafted or {}).items()}
        self._known: dict[str, list[Uses]] = {}
        self._spread: dict[str, dict[int, Area]] = {}
        self._touched_columns: set[Columns] = set()
        self._untouched: dict[Columns, int] = {}
        self._grown: dict[str, int] = {}
        self._fresh = {name for name, found in self.areas.items() if found}

    def spread(self, sheet: str, row: int, column: int) -> None:
        """Notes that a formula's cell may hold another result now.

        Args:
            sheet: the worksheet's name.
            row, column: of the cell, counted from 1.
        """
        name = sheet.casefold()
        columns = self._spread.setdefault(name, {})
        known = columns.get(column)
        if known is None or not known.top <= row <= known.bottom:
            top, bottom = (known.top, known.bottom) if known else (row, row)
            columns[column] = Area(min(top, row), column, max(bottom, row), column)
            self._note(name)

    def spread_everywhere(self, sheet: str) -> None:
        """Notes that every cell of a sheet may hold another result now.

        Args:
            sheet: the worksheet's name.
        """
        self.areas.setdefault(sheet.casefold(), []).append(Area(1, 1, LAST_ROW, LAST_COLUMN))
        self._note(sheet.casefold())

    def _note(self, sheet: str) -> None:
        """Notes that more has changed on a sheet."""
        self._fresh.add(sheet)
        self._grown[sheet] = self._grown.get(sheet, 0) + 1

    def fresh_sheets(self) -> set[str]:
        """The sheets (case folded) on which more has changed since this was last asked."""
        fresh, self._fresh = self._fresh, set()
        return fresh

    def came(self, sheet: str) -> bool:
        """Whether a sheet (case folded) came from another workbook."""
        return sheet in self._grafted

    def words_of(self, sheets: Iterable[str]) -> list[str]:
        """What a formula on another sheet must hold, with case folded, to use cells of some sheets.

        Those that `names_too_little` tells of may use them without.

        Args:
            sheets: their names, case folded.
        """
        known = set(sheets)
        words = [name.replace("'", "''") for name in known]
        words += [table for table, place in self._tables.items() if place.sheet in known]
        return words + [name for name in self._names if self._may_concern(name)]

    def _may_concern(self, name: str) -> bool:
        """Whether what a name stands for may hold something else now; cells without a sheet are the formula's own."""
        every = self._closure(self._names[name])
        tables = [ref for found in every for ref in found.tables]
        if any(found.anywhere for found in every) or any(ref.this_row or not ref.table for ref in tables):
            return True
        return any(self._any_meets(found.cells, "") for found in every) or any(
            self._column_touched(ref, "", 0) for ref in tables
        )

    def sheets_used(self, text: str, own: str) -> set[str]:
        """The sheets (case folded) whose cells a formula uses; '*' where that can't be told.

        Args:
            text: the formula, without the equals sign.
            own: the worksheet that it stands on, case folded.
        """
        found = set[str]()
        for part in self._closure(text):
            found |= {own if ref.sheet is None else ref.sheet for ref in part.cells}
            places = [self._tables.get(ref.table) for ref in part.tables if ref.table]
            found |= {place.sheet for place in places if place is not None}
            found |= {own for ref in part.tables if not ref.table}
        return found

    def common_uses(self, text: str) -> Common:
        """What a formula has in common with those that differ from it in the rows of cells alone.

        Args:
            text: the formula, without the equals sign.
        """
        first, *named = every = self._closure(text)
        tables = {ref for found in every for ref in found.tables}
        columns = tuple(ref for ref in tables if ref.table and not ref.this_row)
        high = {Reference(r.sheet, Area(1, r.area.left, LAST_ROW, r.area.right)) for r in first.cells}
        cells = tuple(ref for found in named for ref in found.cells)
        return Common(columns, cells, tuple(high), tuple(tables.difference(columns)))

    def concern_all(self, common: Common, text: str, sheet: str) -> bool:
        """Whether a formula of a sheet is concerned wherever it is filled to.

        Args:
            common: what it uses there.
            text: the formula, without the equals sign.
            sheet: the worksheet that it stands on.
        """
        own = sheet.casefold()
        if any(self._column_touched(ref, own, 0) for ref in common.columns) or self._any_meets(common.cells, own):
            return True
        return any(found.anywhere or self._leaves(found, own) for found in self._closure(text))

    def may_concern_some(self, common: Common, sheet: str) -> bool:
        """Whether a formula of a sheet may be concerned in some row; asked where it isn't in each.

        Args:
            common: what it uses wherever it is filled to.
            sheet: the worksheet that it stands on.
        """
        return bool(common.beside) or self._any_meets(common.high, sheet.casefold())

    def concern_here(self, common: Common, text: str, sheet: str, row: int) -> bool:
        """Whether a formula in a row of a sheet is concerned; asked where it isn't wherever it is filled to.

        Args:
            common: what it uses there.
            text: the formula, without the equals sign.
            sheet: the worksheet that it stands on.
            row: the row that it stands in, counted from 1.
        """
        own = sheet.casefold()
        beside = any(self._column_touched(ref, own, row) for ref in common.beside)
        return beside or self._any_meets(uses(text).cells, own)

    def _any_meets(self, refs: Iterable[Reference], own: str) -> bool:
        return any(self._meets(own if ref.sheet is None else ref.sheet, ref.area) for ref in refs)

    def concern_roughly(self, text: str, sheet: str) -> bool:
        """Whether a formula of a sheet, filled into whatever cell, names a sheet on which something has changed.

        Args:
            text: the formula, without the equals sign.
            sheet: the worksheet that it stands on.
        """
        own, touched = sheet.casefold(), {name for name, areas in (self.areas | self._spread).items() if areas}
        for found in self._closure(text):
            sheets = {own if ref.sheet is None else ref.sheet for ref in found.cells}
            tables = [self._tables.get(ref.table) for ref in found.tables if ref.table]
            sheets |= {place.sheet for place in tables if place is not None}
            sheets |= {own for ref in found.tables if not ref.table}
            if found.anywhere or "*" in sheets or sheets & touched or self._leaves(found, own):
                return True
        return False

    def concern_closely(self, text: str, sheet: str, but: Callable[[Area], bool]) -> bool:
        """Whether a formula names changed cells by their place, other than by areas that `but` leaves out.

        Args:
            text: the formula, without the equals sign.
            sheet: the worksheet that it stands on.
            but: whether a reference to an area is left out.
        """
        refs = [r for r in uses(text).cells if not but(r.area)]
        return any(self._meets(sheet.casefold() if r.sheet is None else r.sheet, r.area) for r in refs)

    def _closure(self, text: str) -> list[Uses]:
        """What a formula uses, and what the names in it stand for."""
        known = self._known.get(text)
        if known is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            known = self._known[text] = list(self._all_uses(text))
        return known

    def _leaves(self, found: Uses, own: str) -> bool:
        """Whether a formula came from another workbook without all that it uses."""
        came = self._grafted.get(own)
        if came is None:
            return False
        sheets = {ref.sheet for ref in found.cells} - {None, own}
        called = {ref.table for ref in found.tables} | (found.names & self._names.keys())
        return bool(sheets or called - came - {""} or found.anywhere)

    def _all_uses(self, text: str) -> Iterator[Uses]:
        waiting, seen = [text], set[str]()
        while waiting:
            found = uses(waiting.pop())
            yield found
            fresh = {n for n in found.names if n in self._names} - seen
            seen |= fresh
            waiting += [self._names[n] for n in fresh]

    def _meets(self, sheet: str, area: Area) -> bool:
        for name in {*self.areas, *self._spread} if sheet == "*" else (sheet,):
            if any(area.meets(a) for a in self.areas.get(name, ())):
                return True
            if any(area.meets(a) for a in self._spread.get(name, {}).values()):
                return True
        return False

    def _column_touched(self, ref: Columns, own: str, row: int) -> bool:
        if ref.table:
            place = self._tables.get(ref.table)
            if place is None or ref.this_row:
                return place is not None and self._touched_in(place, ref, row)
            return self._whole_touched(place, ref)
        # within a table, its name may be left out: it is one of those that stand in this row
        around = [t for t in self._tables.values() if t.sheet == own and t.area.top <= row <= t.area.bottom + 1]
        return not around or any(self._touched_in(place, ref, row) for place in around)

    def _whole_touched(self, place: Place, ref: Columns) -> bool:
        """Whether something has changed in a table's columns; looked at anew when more has on its sheet."""
        if ref in self._touched_columns:
            return True
        so_far = self._grown.get(place.sheet, 0)
        if self._untouched.get(ref) == so_far:
            return False
        touched = self._touched_in(place, ref, 0)
        if touched:
            self._touched_columns.add(ref)  # and stays so: changes are only added
        else:
            self._untouched[ref] = so_far
        return touched

    def _touched_in(self, place: Place, ref: Columns, row: int) -> bool:
        area = place.area
        top, bottom = (row, row) if ref.this_row else (area.top, area.bottom + 1)
        if not ref.columns:
            return self._meets(place.sheet, Area(top, area.left, bottom, area.right))
        at = [area.left + n for n, name in enumerate(place.columns) if name in ref.columns]
        return any(self._meets(place.sheet, Area(top, c, bottom, c)) for c in at)
