"""Any sequence of changes to workbooks of several makers: all readers see what a plain model says, and nothing else."""

import copy
import datetime as dt
import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from addin.lossless import Book, ErrorValue, Refused
from addin.lossless.edit.growth import Body, add_table
from addin.lossless.opc.cells import Area
from addin.lossless.opc.package import Package
from tests.support.lossless import making
from tests.support.lossless.model import Refusal
from tests.support.lossless.model_books import LINK, by_openpyxl, by_xlsxwriter, plain, rich, to_graft
from tests.support.lossless.model_seen import check_calamine, check_lossless, check_notes, check_openpyxl

VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(100, 40_000),  # as days they are after 1900-03-01, from when on all count alike
    st.integers(401, 4001).map(lambda n: n / 4),
    st.dates(dt.date(1990, 1, 1), dt.date(2099, 1, 1)),
    st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2099, 1, 1)).map(lambda d: d.replace(microsecond=0)),
    st.text("aB 9<&>\"'\u00fc\u05e9\U0001f600\n-+", max_size=8),
    st.just(ErrorValue("#N/A")),
)


class Changes(RuleBasedStateMachine):
    @initialize(
        make=st.sampled_from([by_xlsxwriter, by_openpyxl]),
        model=st.sampled_from([lambda: rich(totals=True), lambda: rich(totals=False), plain]),
    )
    def begin(self, make, model):
        self.model = model()
        self.read(make(self.model))

    def read(self, data):
        self.data, self.book = data, Book(data)

    def change(self, ours, theirs):
        """Makes a change in the model and in the workbook; both refuse it, for the same reason, or none does."""
        after = copy.deepcopy(self.model)
        try:
            ours(after)
        except Refusal as refusal:
            with pytest.raises(Refused, match=str(refusal)):
                theirs(self.book)
        else:
            theirs(self.book)
            self.model = after

    @rule(data=st.data(), value=VALUES)
    def set_cell(self, data, value):
        sheet = data.draw(st.sampled_from(list(self.model.pages)))
        headers = {(t.top, c) for t in self.model.tables.values() if t.sheet == sheet for c in t.columns}
        place = data.draw(st.tuples(st.integers(1, 16), st.integers(1, 9)).filter(lambda p: p not in headers))
        self.change(lambda m: m.pages[sheet].put(*place, value), lambda b: b.set_cell(sheet, *place, value))

    def entries(self, data, table):
        """How many entries a table has: without blank rows at its end, or with rows typed beneath it."""
        cells = self.model.pages[table.sheet].cells

        def used(row):
            return any((row, c) in cells for c in table.columns)

        trimmed = typed = table.last
        while trimmed > table.top and not used(trimmed):
            trimmed -= 1
        others = [t.top for t in self.model.tables.values() if t.sheet == table.sheet and t.top > table.last]
        while not table.totals and used(typed + 1) and typed + 1 not in others and not self.joined(table, typed + 1):
            typed += 1
        return data.draw(st.sampled_from(sorted({trimmed, table.last, typed}))) - table.top

    def joined(self, table, row):
        return any(a.meets(Area(row, table.left, row, table.right)) for a in self.model.pages[table.sheet].merged)

    @rule(data=st.data())
    def append_rows(self, data):
        table = self.model.tables[data.draw(st.sampled_from(list(self.model.tables)))]
        name, entries = table.name, self.entries(data, table)
        row = st.dictionaries(st.integers(0, len(table.headers) - 1), VALUES, max_size=3)
        rows = data.draw(st.lists(row, min_size=1, max_size=3))
        self.change(
            lambda m: m.append(m.tables[name], rows, entries),
            lambda b: b.append_rows(b.table(name), rows, entries=entries),
        )

    @rule(data=st.data())
    def replace_body(self, data):
        table = self.model.tables[data.draw(st.sampled_from(list(self.model.tables)))]
        name, entries, width = table.name, self.entries(data, table), len(table.headers)
        columns = sorted(data.draw(st.sets(st.integers(0, width - 1), min_size=1)))
        rows = data.draw(st.lists(st.tuples(*[VALUES] * len(columns)), max_size=5))
        order = data.draw(st.permutations([*range(entries), None, None]))
        kept = data.draw(st.sampled_from([[], order, list(range(entries))]))[: len(rows)]
        spots = st.tuples(st.integers(0, len(rows) - 1), st.sampled_from(columns))
        links = data.draw(st.dictionaries(spots, st.just(LINK), max_size=2)) if rows else {}
        self.change(
            lambda m: m.replace(m.tables[name], columns, rows, entries, kept, links),
            lambda b: b.replace_body(
                b.table(name), Body(columns, rows, entries, kept, {at: str(to) for at, to in links.items()})
            ),
        )

    @rule(data=st.data())
    def add_column(self, data):
        name = data.draw(st.sampled_from(list(self.model.tables)))
        header = f"Added {len(self.model.tables[name].headers)}"
        self.change(lambda m: m.add_column(m.tables[name], header), lambda b: b.add_column(b.table(name), header))

    @precondition(lambda self: len(self.model.tables) < 7)
    @rule(data=st.data(), rows=st.lists(st.tuples(VALUES, VALUES), max_size=3))
    def add_table(self, data, rows):
        name = next(f"New{n}" for n in range(9) if f"New{n}" not in self.model.tables)
        sheet = data.draw(st.sampled_from([name, *self.model.pages]))
        region = add_table(self.book, name, sheet, ("What", "When"), rows)
        place = region.header_row, region.first_column
        self.model.add_table(name, sheet, place, ("What", "When"), rows)

    @rule(data=st.data(), make=st.sampled_from([by_xlsxwriter, by_openpyxl]), calls=st.sampled_from(["Mine", "Gone"]))
    def graft(self, data, make, calls):
        sheet, table = data.draw(st.sampled_from([("Design", "Prices"), ("Plan", "Costs"), ("Plan", "Orders")]))
        other, content = to_graft(make, sheet, table, calls)
        self.change(lambda m: m.graft(other, sheet), lambda b: b.graft(Book(content), sheet))

    def clear(self, data, table, area):
        """Empties cells of a table, or not."""
        if data.draw(st.booleans()):
            for row in range(area.top, area.bottom + 1):
                for column in range(area.left, area.right + 1):
                    self.model.pages[table.sheet].put(row, column, None)
                    self.book.set_cell(table.sheet, row, column, None)

    @rule(data=st.data(), rows=st.integers(1, 2))
    def remove_rows(self, data, rows):
        table = self.model.tables[data.draw(st.sampled_from(list(self.model.tables)))]
        name, rows = table.name, min(rows, table.last - table.top - 1)
        area = Area(table.last - rows + 1, table.left, table.last, table.right)
        self.clear(data, table, area)
        if not any(area.holds(*place) for place in self.model.pages[table.sheet].cells):
            self.change(
                lambda m: m.remove_rows(m.tables[name], rows),
                lambda b: b.resize(b.table(name), last_row=b.table(name).last_row - rows),
            )

    @rule(data=st.data())
    def remove_column(self, data):
        table = self.model.tables[data.draw(st.sampled_from(list(self.model.tables)))]
        name, right = table.name, table.right
        self.clear(data, table, Area(table.top + 1, right, table.last + table.totals, right))
        self.change(lambda m: m.remove_column(m.tables[name]), lambda b: b.remove_column(b.table(name)))

    @precondition(lambda self: len(self.model.tables) > 1)
    @rule(data=st.data())
    def remove_table(self, data):
        table = self.model.tables[data.draw(st.sampled_from(list(self.model.tables)))]
        name = table.name
        self.clear(data, table, Area(table.top + 1, table.left, table.last + table.totals, table.right))
        self.change(lambda m: m.remove_table(m.tables[name]), lambda b: b.remove_table(b.table(name)))

    @precondition(lambda self: len({t.sheet for t in self.model.tables.values()}) > 1)
    @rule(data=st.data())
    def remove_sheet(self, data):
        name = data.draw(st.sampled_from(list(self.model.pages)))
        self.change(lambda m: m.remove_sheet(name), lambda b: b.remove_sheet(name))

    @rule()
    def show_sheets(self):
        self.book.show_sheets(list(self.model.pages))
        for page in self.model.pages.values():
            page.shown = True

    @rule(value=st.text("aB<&\u00fc", min_size=1, max_size=5))
    def set_properties(self, value):
        self.book.set_properties({"Own id": value})
        self.model.properties["Own id"] = value

    @rule()
    def write(self):
        self.book.outdate(self.book.dependants())
        data = making.written(self.book)
        meant, result = self.book.finished(), Package(data)
        package = self.book.package
        assert all(result.raw(n) == package.raw(n) for n in package.entries if n not in meant)
        check_openpyxl(self.model, data)
        check_notes(self.model, data)
        check_calamine(self.model, data)
        check_lossless(self.model, data)
        self.read(data)

    def teardown(self):
        if hasattr(self, "book"):
            self.write()


def test_any_sequence_of_changes_is_seen_by_all_readers_as_a_model_says():
    """The same sequences each time; `make model` tries many more, others each time."""
    many = int(os.environ.get("CHAMPIONS_EXAMPLES", "0"))
    options = settings(
        max_examples=many or 80,
        stateful_step_count=12 if many else 8,
        derandomize=not many,
        deadline=None,
        phases=[Phase.generate, Phase.shrink] if many else [Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Changes, settings=options)
