"""What the sheets of a workbook hold, as plain values, and what each change means for them; nothing of files."""

import copy
from dataclasses import dataclass, field, replace

from addin.lossless.opc.cells import LAST_COLUMN, LAST_ROW, Area, letters


class Refusal(Exception):
    """A change that can't be made, with a word that its message has."""


@dataclass(frozen=True)
class Ref:
    """Cells that a formula names; `sheet` is None for the formula's own, `wide` says that both corners are named."""

    sheet: str | None
    area: Area
    wide: bool = True

    def __str__(self):
        return self._on_sheet(self.area.full if self.wide else str(self.area))

    @property
    def fixed(self):
        """As names, charts and rules give it, with dollars."""
        a = self.area
        return self._on_sheet(f"${letters(a.left)}${a.top}:${letters(a.right)}${a.bottom}")

    def _on_sheet(self, cells):
        if not self.sheet:
            return cells
        doubled = self.sheet.replace("'", "''")
        return f"{self.sheet}!{cells}" if self.sheet.isalnum() else f"'{doubled}'!{cells}"


@dataclass(frozen=True)
class Count:
    """A formula that counts cells: those it refers to, be it by a name, or those of a table's column.

    `this_row` says that of the column only the cell beside the formula is meant.
    """

    refs: tuple[Ref, ...] = ()
    table: str = ""
    column: str = ""
    this_row: bool = False
    name: str = ""

    def __str__(self):
        by_table = f"{self.table}[[#This Row],[{self.column}]]" if self.this_row else f"{self.table}[{self.column}]"
        return f"=COUNTA({','.join(map(str, self.refs)) or self.name or by_table})"

    def with_areas(self, change):
        return replace(self, refs=tuple(replace(r, area=change(r)) for r in self.refs))

    def filled(self, by):
        """The formula as it is filled into a row further down."""
        return self.with_areas(lambda r: Area(r.area.top + by, r.area.left, r.area.bottom + by, r.area.right))


@dataclass(frozen=True)
class Member:
    """What a cell of an array formula holds, but for the first one, which holds the formula."""


@dataclass(frozen=True)
class Rule:
    """A validation or conditional format: the cells that it is for, and those that it looks at."""

    areas: tuple[Area, ...]
    looks_at: Ref

    @property
    def places(self):
        return " ".join(map(str, self.areas))

    def with_areas(self, change):
        return replace(self, areas=tuple(map(change, self.areas)))


@dataclass(frozen=True)
class Drawn:
    """A picture, or a chart of some cells: where it begins and ends."""

    area: Area
    shows: tuple[Ref, ...] = ()


@dataclass
class Table:
    name: str
    sheet: str
    top: int
    left: int
    headers: list[str]
    last: int
    totals: int = 0
    calculated: dict[int, Count] = field(default_factory=dict)
    filter: tuple[str, ...] = ()

    @property
    def right(self):
        return self.left + len(self.headers) - 1

    @property
    def columns(self):
        return range(self.left, self.right + 1)

    @property
    def area(self):
        return Area(self.top, self.left, self.last, self.right)

    def followed(self, area, last):
        """An area that covers the table from end to end, perhaps with its totals row, as it does in another size."""
        more = area.bottom - self.last
        within = self.left <= area.left and area.right <= self.right
        if not within or area.top not in {self.top, self.top + 1} or more not in {0, self.totals}:
            return area
        return Area(area.top, area.left, last + more, area.right)

    @property
    def whole(self):
        """The table with its totals row."""
        return Area(self.top, self.left, self.last + self.totals, self.right)


@dataclass
class Page:
    cells: dict[tuple[int, int], object] = field(default_factory=dict)
    comments: dict[tuple[int, int], str] = field(default_factory=dict)
    links: dict[tuple[int, int], Ref] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    arrays: list[Area] = field(default_factory=list)
    validations: list[Rule] = field(default_factory=list)
    formats: list[Rule] = field(default_factory=list)
    drawn: list[Drawn] = field(default_factory=list)
    printed: Ref | None = None
    hidden_rows: set[int] = field(default_factory=set)
    shown: bool = True

    def put_array(self, area, formula):
        for row in range(area.top, area.bottom + 1):
            for column in range(area.left, area.right + 1):
                self.cells[row, column] = Member() if self.cells.get((area.top, area.left)) else formula
        self.arrays.append(area)

    def array_at(self, place):
        return next((a for a in self.arrays if a.holds(*place)), None)

    def put(self, row, column, value):
        if any(a.holds(row, column) and (row, column) != (a.top, a.left) for a in self.merged):
            raise Refusal("merged")
        if self.array_at((row, column)):
            raise Refusal("computed as one|also serves other cells")
        if value is None or value == "":
            self.cells.pop((row, column), None)
        else:
            self.cells[row, column] = value

    def standing(self, area):
        """The rows in which something stands in an area; pictures and charts lie upon it."""
        spots = (*self.cells, *self.comments, *self.links)
        rows = [row for row, column in spots if area.holds(row, column)]
        return rows + [max(a.top, area.top) for a in self.merged if a.meets(area)]


@dataclass
class Model:
    pages: dict[str, Page] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    names: dict[str, Ref] = field(default_factory=dict)
    properties: dict[str, str] = field(default_factory=dict)

    def formulas(self):
        cells = ((sheet, *place, v) for sheet, page in self.pages.items() for place, v in page.cells.items())
        return [(sheet, row, column, v) for sheet, row, column, v in cells if isinstance(v, Count)]

    def shown(self, sheet, place):
        """What a cell with a formula shows."""
        page = self.pages[sheet]
        array = page.array_at(place)
        return self.counted(sheet, place[0], page.cells[(array.top, array.left) if array else place])

    def counted(self, sheet, row, formula):
        if formula.name:
            formula = Count((self.names[formula.name],))
        if formula.table:
            table = self.tables[formula.table]
            column = table.left + table.headers.index(formula.column)
            rows = [row] if formula.this_row else range(table.top + 1, table.last + 1)
            return sum((r, column) in self.pages[table.sheet].cells for r in rows)
        found = [(self.pages[r.sheet or sheet].cells, r.area) for r in formula.refs]
        return sum(area.holds(*place) for cells, area in found for place in cells)

    # -- what follows a change of places ------------------------------------------------------------------------------

    def each_area(self, sheet, change, *, arrays=True):
        """Gives every area of a sheet that something refers to as `change` has it, told a formula's place."""

        def new(ref, on, at=None):
            return replace(ref, area=change(ref, at)) if (ref.sheet or on) == sheet else ref

        for on, row, column, formula in self.formulas():
            if arrays or not self.pages[on].array_at((row, column)):
                refs = tuple(new(ref, on, (on, row, column)) for ref in formula.refs)
                self.pages[on].cells[row, column] = replace(formula, refs=refs)
        for on, page in self.pages.items():
            page.validations = [replace(rule, looks_at=new(rule.looks_at, on)) for rule in page.validations]
            page.formats = [replace(rule, looks_at=new(rule.looks_at, on)) for rule in page.formats]
            page.drawn = [replace(d, shows=tuple(new(ref, on) for ref in d.shows)) for d in page.drawn]
            page.printed = page.printed and new(page.printed, on)
            page.links = {place: new(goal, on) for place, goal in page.links.items()}
        self.names = {name: new(ref, None) for name, ref in self.names.items()}

    def move(self, sheet, zone, by):
        """Moves what stands in a zone, which reaches to the sheet's end, down by some rows."""

        def spot(place):
            return (place[0] + by, place[1]) if zone.holds(*place) else place

        def moved(area):
            if area.left < zone.left or area.right > zone.right or area.bottom < zone.top:
                return area
            top = area.top + by if area.top >= zone.top else area.top
            return Area(top, area.left, area.bottom + by, area.right)

        def with_first(area):
            """Pictures and charts go with the cell in which they begin."""
            down = by if zone.holds(area.top, area.left) else 0
            return Area(area.top + down, area.left, area.bottom + down, area.right)

        page = self.pages[sheet]
        for spots in ("cells", "comments", "links"):
            setattr(page, spots, {spot(place): value for place, value in getattr(page, spots).items()})
        page.merged, page.arrays = [moved(a) for a in page.merged], [moved(a) for a in page.arrays]
        page.validations = [rule.with_areas(moved) for rule in page.validations]
        page.formats = [rule.with_areas(moved) for rule in page.formats]
        page.drawn = [replace(d, area=with_first(d.area)) for d in page.drawn]
        if (zone.left, zone.right) == (1, LAST_COLUMN):
            page.hidden_rows = {row + by if row >= zone.top else row for row in page.hidden_rows}
        self.each_area(sheet, lambda ref, _: moved(ref.area))

    def make_room(self, table, first, last):
        """Moves what stands below a table, from row `first` on, out of the way of rows up to `last`.

        What may not be moved is known here alone.
        """
        page, bottom = self.pages[table.sheet], last + table.totals
        top = max(first, table.last + table.totals + 1)
        below = Area(top, table.left, LAST_ROW, table.right)
        rows = page.standing(below) + [d.area.top for d in page.drawn if below.holds(d.area.top, d.area.left)]
        if top > bottom or not rows or min(rows) > bottom + 1:
            return
        first = min(rows)
        zone = Area(first, *self._columns_of(table, first))
        if any(t.whole.meets(zone) for t in self.tables.values() if t.sheet == table.sheet):
            raise Refusal("the table")
        for area in page.merged:
            inside = zone.holds(area.top, area.left) and zone.holds(area.bottom, area.right)
            if area.meets(zone) and not inside:
                raise Refusal("the merged cells")
        for area in page.arrays:
            if area.meets(zone) and not (zone.holds(area.top, area.left) and zone.holds(area.bottom, area.right)):
                raise Refusal("computed together")
        self.move(table.sheet, zone, bottom + 2 - first)

    def _columns_of(self, table, first):
        """Left, end and right of what moves: whole rows, unless something stands beside that does not hang together."""
        page = self.pages[table.sheet]
        cells = {place for place in page.cells if place[0] >= first}
        beside = [t.area for t in self.tables.values() if t.sheet == table.sheet and t is not table]
        spans = [a for a in (*page.merged, *beside) if a.bottom >= first]
        left, right = table.left, table.right
        while True:
            before = left, right
            for row, column in cells:
                if column == right + 1 and (row, right) in cells:
                    right = column
                if column == left - 1 and (row, left) in cells:
                    left = column
            for area in spans:
                if area.left <= right and area.right >= left:
                    left, right = min(left, area.left), max(right, area.right)
            if (left, right) == before:
                break
        alone = all(left <= c <= right for _, c in cells) and all(left <= a.left and a.right <= right for a in spans)
        return (1, LAST_ROW, LAST_COLUMN) if alone else (left, LAST_ROW, right)

    def resize(self, table, last):
        """Makes a table end at another row."""
        old = table.area
        if last == old.bottom:
            return
        page = self.pages[table.sheet]
        if table.totals:
            self._move_totals(page, table, last)

        def stretched(area):
            covers = old.left <= area.left and area.right <= old.right and area.top <= old.bottom <= area.bottom
            if covers and area.bottom == table.last + table.totals:
                return Area(area.top, area.left, last + table.totals, area.right)
            return Area(area.top, area.left, max(area.bottom, last), area.right) if covers else area

        def followed(ref, at):
            area = ref.area
            if at and at[0] == table.sheet and at[1] == old.bottom and at[2] in table.columns:
                return area  # the last entry's own formula counts as far as its row
            return table.followed(area, last) if ref.wide else area

        if last > old.bottom:
            page.validations = [rule.with_areas(stretched) for rule in page.validations]
            page.formats = [rule.with_areas(stretched) for rule in page.formats]
        # an array formula has as many cells as those it is computed from
        self.each_area(table.sheet, followed, arrays=False)
        table.last = last

    def refuse_if_tied(self, table, last):
        """A totals row that others know by its place stays where it is."""
        if not table.totals or last == table.last:
            return
        page, row = self.pages[table.sheet], table.last + 1
        area = Area(row, table.left, row, table.right)
        first, then = sorted((row, last + 1))

        def fixed(ref):
            areas = ref.area, table.followed(ref.area, last)
            return not any(a.top <= first and a.bottom >= then for a in areas)

        named = [(r.sheet or on, r.area) for on, _, _, formula in self.formulas() for r in formula.refs if fixed(r)]
        named += [(r.sheet, r.area) for r in self.names.values() if fixed(r)]
        named += [(r.sheet, r.area) for p in self.pages.values() for d in p.drawn for r in d.shows if fixed(r)]
        named += [(r.sheet, r.area) for p in self.pages.values() if (r := p.printed) and fixed(r)]
        own = [v for (r, c), v in page.cells.items() if area.holds(r, c) and isinstance(v, Count) and v.refs]
        marks = [place for place in (*page.comments, *page.links) if area.holds(*place)]
        merged = [a for a in page.merged if a.meets(area)]
        if own or marks or merged or any(sheet == table.sheet and a.meets(area) for sheet, a in named):
            raise Refusal("totals row")

    @staticmethod
    def _move_totals(page, table, last):
        row = table.last + 1
        held = {c: page.cells.pop((row, c), None) for c in table.columns}
        for column, value in held.items():
            page.put(last + 1, column, value)

    # -- changes ------------------------------------------------------------------------------------------------------

    def filled(self, table, last):
        """The formulas that go into new rows, by column, with the row from which they are filled."""
        cells = self.pages[table.sheet].cells
        found = {c: (formula, last) for c, formula in table.calculated.items()}
        for column in table.columns if last > table.top else ():
            formula, above = cells.get((last, column)), cells.get((last - 1, column))
            alike = last - 1 > table.top and isinstance(above, Count) and above.filled(1) == formula
            if isinstance(formula, Count) and (alike or column in table.calculated):
                found[column] = formula, last
        return found

    def append(self, table, rows, entries):
        first = table.top + 1 + entries
        last = max(first + len(rows) - 1, table.last)
        page = self.pages[table.sheet]
        self.refuse_if_tied(table, last)
        self.make_room(table, first, last)
        filled = self.filled(table, first - 1)
        totals = range(table.last + 1, table.last + table.totals + 1)
        self.resize(table, last)
        for row, values in enumerate(rows, first):
            for n, column in enumerate(table.columns):
                value, held = values.get(n), page.cells.get((row, column))
                if value is None and isinstance(held, Count) and row not in totals:
                    continue
                if value is None and column in filled:
                    formula, at = filled[column]
                    value = formula.filled(row - at)
                page.put(row, column, value)

    def replace(self, table, columns, rows, entries, kept, links):
        page, top = self.pages[table.sheet], table.top + 1
        last, count = top + max(len(rows), 1) - 1, len(rows)
        self.refuse_if_tied(table, last)
        self.make_room(table, top + entries, last)
        old_last = max(table.last, top + entries - 1)
        own = [c for c in table.columns if c - table.left not in columns]
        old = {(r, c): page.cells.get((r, c)) for r in range(top, old_last + 1) for c in own}
        filled = self.filled(table, top + entries - 1) if own else {}
        self.resize(table, last)
        kept = [*kept, *[None] * (count - len(kept))]
        for row in range(top, max(last, old_last) + 1):
            n = row - top
            if n >= count and last < row <= last + table.totals:
                continue
            new = dict(zip((table.left + c for c in columns), rows[n], strict=True)) if n < count else {}
            for column in table.columns:
                value = new.get(column)
                if column in own and n < count:
                    value = self._own(old, filled, kept[n], row, column, top)
                page.put(row, column, value)
        self._replace_links(page, table, columns, kept, links, (top, max(last, old_last)))
        self._move_comments(page, table, kept, top)

    @staticmethod
    def _own(old, filled, kept, row, column, top):
        """What people's own column holds in a row: what the kept entry held, or for a new one the column's formula."""
        if kept is None:
            formula, at = filled.get(column, (None, 0))
            return formula.filled(row - at) if formula else None
        value = old[top + kept, column]
        return value.filled(row - top - kept) if isinstance(value, Count) else value

    @staticmethod
    def _replace_links(page, table, columns, kept, links, rows):
        """Links of replaced columns go, the others stay with their entries and go with them."""
        replaced, goes = {table.left + c for c in columns}, {old: n for n, old in enumerate(kept) if old is not None}
        top, bottom = rows
        left = {}
        for (row, column), target in page.links.items():
            if not (top <= row <= bottom and column in table.columns):
                left[row, column] = target
            elif column not in replaced and row - top in goes:
                left[top + goes[row - top], column] = target
        page.links = left | {(top + n, table.left + c): target for (n, c), target in links.items()}

    @staticmethod
    def _move_comments(page, table, kept, top):
        """Comments stay with their entries; that of an entry which goes stays where there is room."""
        goes = {old: n for n, old in enumerate(kept) if old is not None}
        if all(old == n for old, n in goes.items()):
            return
        mine = {p: text for p, text in page.comments.items() if p[0] >= top and p[1] in table.columns}
        others = {p: text for p, text in page.comments.items() if p not in mine}
        moved = {(top + goes[r - top], c): text for (r, c), text in mine.items() if r - top in goes}
        for (row, column), text in sorted(mine.items()):
            if row - top not in goes:
                while (row, column) in moved:
                    row += 1  # noqa: PLW2901 - the next row is tried
                moved[row, column] = text
        page.comments = others | moved

    def add_column(self, table, header):
        page, column = self.pages[table.sheet], table.right + 1
        area = Area(table.top, column, table.last + table.totals, column)
        if page.standing(area) or any(t.whole.meets(area) for t in self.tables.values() if t.sheet == table.sheet):
            raise Refusal("in the way")
        table.headers.append(header)
        page.put(table.top, column, header)

    def add_table(self, name, sheet, place, headers, rows):
        """Adds a table at a place, which must be free."""
        page = self.pages.setdefault(sheet, Page())
        top, left = place
        table = Table(name, sheet, top, left, list(headers), top + max(len(rows), 1))
        assert not page.standing(table.area), "a new table stands where something stood"
        for n, row in enumerate([headers, *rows]):
            for c, value in enumerate(row):
                page.put(top + n, left + c, value)
        self.tables[name] = table

    def graft(self, other, sheet):
        """Takes a sheet of another workbook over, with its tables and the names that it uses and that are new."""
        tables = {name: t for name, t in other.tables.items() if t.sheet == sheet}
        if sheet in self.pages or tables.keys() & {*self.tables, *self.names}:
            raise Refusal("already")
        page = other.pages[sheet]
        used = [v for v in page.cells.values() if isinstance(v, Count)]
        used += [f for t in tables.values() for f in t.calculated.values()]
        names = {f.name: other.names[f.name] for f in used if f.name} | self.names
        refs = [r for f in used for r in f.refs] + [rule.looks_at for rule in (*page.validations, *page.formats)]
        refs += names.values()
        sheets = {r.sheet for r in refs if r.sheet} - {*self.pages, sheet}
        if sheets or {f.table for f in used if f.table} - {*self.tables, *tables}:
            raise Refusal("isn't there")
        self.pages[sheet] = copy.deepcopy(page)
        self.tables |= copy.deepcopy(tables)
        self.names = names

    # -- what goes ----------------------------------------------------------------------------------------------------

    def uses_of_tables(self):
        """All that formulas call by a table's name, with the sheet that they stand on."""
        found = [(sheet, formula) for sheet, _, _, formula in self.formulas()]
        found += [(t.sheet, formula) for t in self.tables.values() for formula in t.calculated.values()]
        return [(sheet, formula.table, formula.column) for sheet, formula in found if formula.table]

    def remove_rows(self, table, rows):
        """Makes a table end above its last rows, which are blank."""
        self.refuse_if_tied(table, table.last - rows)
        self.resize(table, table.last - rows)

    def remove_column(self, table):
        """Takes a table's last column away."""
        if len(table.headers) == 1:
            raise Refusal("only column")
        page, right = self.pages[table.sheet], table.right
        if page.standing(Area(table.top + 1, right, table.last + table.totals, right)):
            raise Refusal("it holds|there is a comment")
        if any((name, column) == (table.name, table.headers[-1]) for _, name, column in self.uses_of_tables()):
            raise Refusal("it is used by")
        page.put(table.top, right, None)
        table.headers.pop()
        table.calculated.pop(right, None)

    def remove_table(self, table):
        """Takes a table away."""
        page = self.pages[table.sheet]
        if page.standing(Area(table.top + 1, table.left, table.last + table.totals, table.right)):
            raise Refusal("it holds|there is a comment")
        if any(name == table.name for _, name, _ in self.uses_of_tables()):
            raise Refusal("it is used by")
        for column in table.columns:
            page.put(table.top, column, None)
        del self.tables[table.name]

    def remove_sheet(self, sheet):
        """Takes a sheet away with its tables."""
        others = {name: page for name, page in self.pages.items() if name != sheet}
        refs = [(on, r) for on, _, _, formula in self.formulas() for r in formula.refs]
        refs += [(on, rule.looks_at) for on, p in others.items() for rule in (*p.validations, *p.formats)]
        refs += [(on, r) for on, page in others.items() for d in page.drawn for r in d.shows]
        refs += [("", r) for r in self.names.values()]
        own = {t.name for t in self.tables.values() if t.sheet == sheet}
        by_name = any(on != sheet and name in own for on, name, _ in self.uses_of_tables())
        if by_name or any(on != sheet and r.sheet == sheet for on, r in refs):
            raise Refusal("it is used by")
        if not any(page.shown for page in others.values()):
            raise Refusal("only sheet")
        self.pages = others
        self.tables = {name: t for name, t in self.tables.items() if name not in own}
