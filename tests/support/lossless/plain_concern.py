"""Which formulas a change concerns, asked of each of them over and over: what the quick way is held to."""

from addin.lossless.formula.formulas import read_uses as uses
from addin.lossless.opc.cells import Area


class PlainChanges:
    """What has changed, and what follows from it. The arguments are those of the quick one's `Changes`."""

    def __init__(self, areas, tables, names, grafted=None):
        self.areas = {name.casefold(): list(found) for name, found in areas.items()}
        self.tables = tables
        self.names = {name.casefold(): text for name, text in names.items()}
        self.grafted = {name.casefold(): known for name, known in (grafted or {}).items()}
        self.spread_to = {}

    def spread(self, sheet, row, column):
        columns = self.spread_to.setdefault(sheet.casefold(), {})
        known = columns.get(column, Area(row, column, row, column))
        columns[column] = Area(min(known.top, row), column, max(known.bottom, row), column)

    def concern(self, text, sheet, row):
        own = sheet.casefold()
        return any(self.touched(found, own, row) or self.leaves(found, own) for found in self.all_uses(text))

    def leaves(self, found, own):
        came = self.grafted.get(own)
        if came is None:
            return False
        sheets = {ref.sheet for ref in found.cells} - {None, own}
        called = {ref.table for ref in found.tables} | (found.names & self.names.keys())
        return bool(sheets or called - came - {""} or found.anywhere)

    def all_uses(self, text):
        waiting, seen = [text], set()
        while waiting:
            found = uses(waiting.pop())
            yield found
            fresh = {n for n in found.names if n in self.names} - seen
            seen |= fresh
            waiting += [self.names[n] for n in fresh]

    def touched(self, found, own, row):
        if found.anywhere:
            return True
        if any(self.meets(own if ref.sheet is None else ref.sheet, ref.area) for ref in found.cells):
            return True
        return any(self.column_touched(ref, own, row) for ref in found.tables)

    def meets(self, sheet, area):
        for name in {*self.areas, *self.spread_to} if sheet == "*" else (sheet,):
            if any(area.meets(a) for a in (*self.areas.get(name, ()), *self.spread_to.get(name, {}).values())):
                return True
        return False

    def column_touched(self, ref, own, row):
        if ref.table:
            place = self.tables.get(ref.table)
            return place is not None and self.touched_in(place, ref, row)
        around = [t for t in self.tables.values() if t.sheet == own and t.area.top <= row <= t.area.bottom + 1]
        return not around or any(self.touched_in(place, ref, row) for place in around)

    def touched_in(self, place, ref, row):
        area = place.area
        top, bottom = (row, row) if ref.this_row else (area.top, area.bottom + 1)
        if not ref.columns:
            return self.meets(place.sheet, Area(top, area.left, bottom, area.right))
        at = [area.left + n for n, name in enumerate(place.columns) if name in ref.columns]
        return any(self.meets(place.sheet, Area(top, c, bottom, c)) for c in at)

    def concerned(self, formulas):
        """The places of all formulas that may give another result, by sheet, row and column."""
        found, more = set(), True
        while more:
            more = False
            for sheet, computed in formulas.items():
                for f in computed:
                    if (sheet, f.row, f.column) not in found and self.concern(f.text, sheet, f.row):
                        found.add((sheet, f.row, f.column))
                        for place in ((f.row, f.column), *f.filled):
                            self.spread(sheet, *place)
                        more = True
        return found
