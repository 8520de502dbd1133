"""What has changed in a workbook, and which formulas that concerns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from addin.lossless.formula.formulas import REMEMBERED, Columns, Uses, uses
from addin.lossless.opc.cells import LAST_COLUMN, LAST_ROW, Area


@dataclass(frozen=True, slots=True)
class Place:
    """Where a table stands: its sheet (case folded), its cells, and its columns' names (case folded)."""

    sheet: str
    area: Area
    columns: tuple[str, ...]


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

    def spread(self, sheet: str, row: int, column: int) -> None:
        """Notes that a formula's cell may hold another result now.

        Args:
            sheet: the worksheet's name.
            row, column: of the cell, counted from 1.
        """
        columns = self._spread.setdefault(sheet.casefold(), {})
        known = columns.get(column, Area(row, column, row, column))
        columns[column] = Area(min(known.top, row), column, max(known.bottom, row), column)

    def spread_everywhere(self, sheet: str) -> None:
        """Notes that every cell of a sheet may hold another result now.

        Args:
            sheet: the worksheet's name.
        """
        self.areas.setdefault(sheet.casefold(), []).append(Area(1, 1, LAST_ROW, LAST_COLUMN))

    def concern_roughly(self, text: str, sheet: str) -> bool:
        """Whether a formula of a sheet, filled into whatever cell, names a sheet on which something has changed.

        Args:
            text: the formula, without the equals sign.
            sheet: the worksheet that it stands on.
        """
        own, touched = sheet.casefold(), {name for name, areas in (self.areas | self._spread).items() if areas}
        for found in self._all_uses(text):
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

    def concern(self, text: str, sheet: str, row: int) -> bool:
        """Whether a formula in a row of a sheet may give another result now.

        Args:
            text: the formula, without the equals sign.
            sheet: the worksheet that it stands on.
            row: the row that it stands in, counted from 1.
        """
        if text not in self._known:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            self._known[text] = list(self._all_uses(text))
        every, own = self._known[text], sheet.casefold()
        return any(self._touched(found, own, row) or self._leaves(found, own) for found in every)

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

    def _touched(self, found: Uses, own: str, row: int) -> bool:
        if found.anywhere:
            return True
        if not self._touched_columns.isdisjoint(found.tables):
            return True
        if any(self._meets(own if ref.sheet is None else ref.sheet, ref.area) for ref in found.cells):
            return True
        return any(self._column_touched(ref, own, row) for ref in found.tables)

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
            touched = place is not None and self._touched_in(place, ref, row)
            if touched and not ref.this_row:
                self._touched_columns.add(ref)  # and stays so: changes are only added
            return touched
        # within a table, its name may be left out: it is one of those that stand in this row
        around = [t for t in self._tables.values() if t.sheet == own and t.area.top <= row <= t.area.bottom + 1]
        return not around or any(self._touched_in(place, ref, row) for place in around)

    def _touched_in(self, place: Place, ref: Columns, row: int) -> bool:
        area = place.area
        top, bottom = (row, row) if ref.this_row else (area.top, area.bottom + 1)
        if not ref.columns:
            return self._meets(place.sheet, Area(top, area.left, bottom, area.right))
        at = [area.left + n for n, name in enumerate(place.columns) if name in ref.columns]
        return any(self._meets(place.sheet, Area(top, c, bottom, c)) for c in at)
