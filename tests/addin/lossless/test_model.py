"""Any sequence of changes to workbooks of several makers: all readers see what a plain model says, and nothing else."""

import copy
import datetime as dt
import io
import os

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table as OpenpyxlTable
from openpyxl.worksheet.table import TableFormula
from python_calamine import CalamineWorkbook

from addin.lossless import Book, ErrorValue, Refused
from addin.lossless.cells import Area, letters
from addin.lossless.growth import Body, add_table
from addin.lossless.package import Package

from . import making
from .model import Count, Model, Page, Ref, Refusal, Table

DAYS = [dt.date(2026, 6, n) for n in (1, 2, 3)]
LINK = "'Mine'!A1"

# -- the workbooks to begin with --------------------------------------------------------------------------------------


def plain():
    """Two tables of one sheet, beside each other, and one beneath them; a table of one blank row."""
    page = Page({(3, 2): "K", (3, 3): "V", (4, 2): "a", (4, 3): 1, (5, 2): "b", (3, 5): "N"})
    page.cells |= {(9, 2): "U", (9, 3): "W", (10, 3): dt.date(2026, 6, 30)}
    tables = [Table("Small", "Two", 3, 2, ["K", "V"], 5), Table("Blank", "Two", 3, 5, ["N"], 4)]
    tables.append(Table("Under", "Two", 9, 2, ["U", "W"], 10))
    return Model({"Two": page, "Mine": Page({(1, 1): "theirs"})}, {t.name: t for t in tables})


def rich(*, totals):
    """A table with all that may stand in, below and beside it; formulas elsewhere; a hidden sheet."""
    model = plain()
    log, seen = Page(), Count(table="Orders", column="ID", this_row=True)
    headers = ["ID", "Day", "Text", "Own", "Near", "Seen"]
    for column, header in enumerate(headers, 1):
        log.cells[1, column] = header
    for n, day in enumerate(DAYS, 2):
        near = Count((Ref(None, Area(n, 1, n, 2)),))
        row = (f"A{n}", day, "y & z", f"own {n}", near, seen)
        log.cells |= {(n, column): value for column, value in enumerate(row, 1)}
    if totals:
        log.cells |= {(5, 1): "Total", (5, 3): Count(table="Orders", column="Text")}
    log.cells |= {(8, 2): "note", (8, 3): "link", (9, 1): Count((Ref(None, Area(2, 1, 4, 1)),)), (11, 1): "merged"}
    log.cells |= {(2, 8): "aside", (9, 8): "apart"}
    log.comments = {(2, 1): "of the first", (3, 4): "of the second", (8, 2): "of the note", (1, 15): "far aside"}
    log.links = {(2, 4): LINK, (3, 1): LINK, (8, 3): LINK}
    log.merged = [Area(11, 1, 12, 2), Area(2, 11, 3, 12)]
    log.validations, log.formats = [Area(2, 1, 4, 1), Area(8, 2, 9, 2)], [Area(2, 2, 4, 2)]
    log.hidden_rows = {3, 9}
    mine = model.pages["Mine"]
    mine.cells |= {
        (1, 1): Count((Ref("Log", Area(2, 1, 4, 1)),)),
        (2, 1): Count((Ref("Log", Area(8, 2, 8, 2), wide=False), Ref("Log", Area(8, 1, 12, 8)))),
        (3, 1): Count(table="Orders", column="Own"),
    }
    model.pages = {"Log": log, **model.pages, "Hidden": Page({(1, 1): "h"}, shown=False)}
    orders = Table("Orders", "Log", 1, 1, headers, 4, int(totals), {6: seen}, ("A2", "A4"))
    model.tables = {"Orders": orders, **model.tables}
    model.names = {"Ids": Ref("Log", Area(2, 1, 4, 1)), "Notes": Ref("Log", Area(8, 1, 9, 3))}
    return model


def fixed(ref):
    """Cells as a name gives them, with dollars."""
    a = ref.area
    return f"{ref.sheet}!${letters(a.left)}${a.top}:${letters(a.right)}${a.bottom}"


def by_xlsxwriter(model):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    pages = {name: book.add_worksheet(name) for name in model.pages}
    for t in model.tables.values():
        t.filter = ()
        columns = [{"header": h} for h in t.headers]
        for c, formula in t.calculated.items():
            columns[c - t.left]["formula"] = str(formula)
        options = {"name": t.name, "columns": columns, "total_row": bool(t.totals)}
        pages[t.sheet].add_table(t.whole.full, options)
    for name in model.pages:
        fill_by_xlsxwriter(book, pages[name], model, name)
        if not model.pages[name].shown:
            pages[name].hide()
    for name, ref in model.names.items():
        book.define_name(name, f"={fixed(ref)}")
    book.close()
    return out.getvalue()


def fill_by_xlsxwriter(book, sheet, model, name):
    page, mark = model.pages[name], book.add_format({"bg_color": "#ffff00"})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for area in page.merged:
        sheet.merge_range(area.full, "")
    for (row, column), value in page.cells.items():
        at = row - 1, column - 1
        if (row, column) in page.links:
            sheet.write_url(*at, f"internal:{page.links[row, column]}", None, value)
        elif isinstance(value, Count):
            sheet.write_formula(*at, str(value), None, model.counted(name, row, value))
        elif isinstance(value, dt.date):
            sheet.write_datetime(*at, dt.datetime.combine(value, dt.time()), day)
        else:
            sheet.write(*at, value)
    for (row, column), text in page.comments.items():
        sheet.write_comment(row - 1, column - 1, text)
    for area in page.validations:
        sheet.data_validation(area.full, {"validate": "length", "criteria": "<", "value": 99})
    for area in page.formats:
        sheet.conditional_format(area.full, {"type": "no_blanks", "format": mark})
    for row in page.hidden_rows:
        sheet.set_row(row - 1, None, None, {"hidden": True})


def by_openpyxl(model):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, page in model.pages.items():
        fill_by_openpyxl(book.create_sheet(name), page)
    for t in model.tables.values():
        table = OpenpyxlTable(displayName=t.name, ref=t.whole.full, totalsRowCount=t.totals or None)
        table._initialise_columns()
        table.autoFilter = AutoFilter(ref=t.area.full)
        if t.filter:
            table.autoFilter.add_filter_column(0, list(t.filter))
        for n, header in enumerate(t.headers):
            table.tableColumns[n].name = header
        for c, formula in t.calculated.items():
            table.tableColumns[c - t.left].calculatedColumnFormula = TableFormula(attr_text=str(formula)[1:])
        book[t.sheet].add_table(table)
    for name, ref in model.names.items():
        book.defined_names[name] = DefinedName(name, attr_text=fixed(ref))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def fill_by_openpyxl(sheet, page):
    for (row, column), value in page.cells.items():
        sheet.cell(row, column, str(value) if isinstance(value, Count) else value)
    for area in page.merged:
        sheet.merge_cells(str(area))
    for (row, column), text in page.comments.items():
        sheet.cell(row, column).comment = Comment(text, "Somebody")
    for (row, column), target in page.links.items():
        place = f"{letters(column)}{row}"
        sheet[place].hyperlink = Hyperlink(ref=place, location=target)
    for area in page.validations:
        sheet.add_data_validation(DataValidation(type="textLength", formula1="1", sqref=str(area)))
    for area in page.formats:
        sheet.conditional_formatting.add(str(area), FormulaRule(formula=["TRUE"]))
    for row in page.hidden_rows:
        sheet.row_dimensions[row].hidden = True
    sheet.sheet_state = "visible" if page.shown else "hidden"


# -- what is seen -----------------------------------------------------------------------------------------------------


def alike(wanted, seen):
    """Whether a reader sees a value. A number in a cell that is formatted as a date reads as one."""
    wanted = making.normal(wanted)
    if wanted is None or isinstance(wanted, bool | str | dt.date):
        return type(seen) is type(wanted) and seen == wanted
    if isinstance(seen, dt.date):
        moment = seen if isinstance(seen, dt.datetime) else dt.datetime.combine(seen, dt.time())
        seen = (moment - dt.datetime(1899, 12, 30)) / dt.timedelta(days=1)
    return not isinstance(seen, bool) and seen == wanted


def check_cells(model, seen, reader):
    """Compares every cell; `seen` gives those of a sheet."""
    for name, page in model.pages.items():
        found = seen(name)
        for place in page.cells.keys() | found.keys():
            wanted, value = page.cells.get(place), making.normal(found.get(place))
            if isinstance(wanted, Count) and reader == "openpyxl":
                wanted = str(wanted)
            elif isinstance(wanted, Count):  # a result that is shown is right
                wanted = None if value is None else model.counted(name, place[0], wanted)
            elif isinstance(wanted, ErrorValue):
                wanted = {"openpyxl": wanted.code, "calamine": None, "lossless": wanted}[reader]
            assert alike(wanted, value), (reader, name, place, wanted, value)


def check_openpyxl(model, data):
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == list(model.pages)
    # openpyxl lends a blank cell the text of its link
    cells = {s.title: {p: c.value for p, c in s._cells.items() if c.value != LINK} for s in book}
    check_cells(model, cells.__getitem__, "openpyxl")
    for name, page in model.pages.items():
        sheet = book[name]
        every = list(sheet._cells.items())
        assert {p: c.comment.text for p, c in every if c.comment} == page.comments, name
        links = [(h.ref, h.location) for h in (c.hyperlink for _, c in every) if h]
        assert sorted(links) == sorted((f"{letters(c)}{r}", to) for (r, c), to in page.links.items()), name
        assert sorted(str(m) for m in sheet.merged_cells.ranges) == sorted(map(str, page.merged)), name
        rules = [str(v.sqref) for v in sheet.data_validations.dataValidation]
        assert sorted(rules) == sorted(map(str, page.validations)), name
        assert sorted(str(f.sqref) for f in sheet.conditional_formatting) == sorted(map(str, page.formats)), name
        assert {n for n, d in sheet.row_dimensions.items() if d.hidden} == page.hidden_rows, name
        assert (sheet.sheet_state == "visible") == page.shown, name
    tables = {t.displayName: (s.title, t) for s in book for t in s.tables.values()}
    assert tables.keys() == model.tables.keys()
    for name, (sheet, table) in tables.items():
        t = model.tables[name]
        assert (sheet, table.ref, table.autoFilter.ref) == (t.sheet, t.whole.full, t.area.full), name
        assert [c.name for c in table.tableColumns] == t.headers
        filters = [f for c in table.autoFilter.filterColumn or () for f in c.filters.filter]
        assert tuple(filters) == t.filter
    assert {n: d.attr_text for n, d in book.defined_names.items()} == {n: fixed(r) for n, r in model.names.items()}
    assert {p.name: p.value for p in book.custom_doc_props.props} == model.properties


def check_calamine(model, data):
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))

    def seen(name):
        page = book.get_sheet_by_name(name)
        rows = page.to_python(skip_empty_area=False)
        cells = {(r, c): v for r, row in enumerate(rows, 1) for c, v in enumerate(row, 1)}
        return {place: value for place, value in cells.items() if value != ""}

    check_cells(model, seen, "calamine")


def check_lossless(model, data):
    book = Book(data)

    def seen(name):
        page = book.sheet(name)
        cells = {(row, c.column): page.value_of(c) for row in page.numbers for c in page.cells(row)}
        return {place: value for place, value in cells.items() if value is not None}

    check_cells(model, seen, "lossless")
    found = {t.name: (t.sheet, t.area, t.totals, list(t.headers)) for t in book.tables().values()}
    assert found == {t.name: (t.sheet, t.area, t.totals, t.headers) for t in model.tables.values()}


# -- the changes ------------------------------------------------------------------------------------------------------

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
        place = data.draw(st.tuples(st.integers(1, 14), st.integers(1, 9)).filter(lambda p: p not in headers))
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
            lambda b: b.replace_body(b.table(name), Body(columns, rows, entries, kept, links)),
        )

    @rule(data=st.data())
    def add_column(self, data):
        name = data.draw(st.sampled_from(list(self.model.tables)))
        header = f"Added {len(self.model.tables[name].headers)}"
        self.change(lambda m: m.add_column(m.tables[name], header), lambda b: b.add_column(b.table(name), header))

    @precondition(lambda self: len(self.model.tables) < 7)
    @rule(data=st.data(), rows=st.lists(st.tuples(VALUES, VALUES), max_size=3))
    def add_table(self, data, rows):
        name = f"New{len(self.model.tables)}"
        sheet = data.draw(st.sampled_from([name, *self.model.pages]))
        region = add_table(self.book, name, sheet, ("What", "When"), rows)
        place = region.header_row, region.first_column
        self.model.add_table(name, sheet, place, ("What", "When"), rows)

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
        max_examples=many or 120,
        stateful_step_count=12 if many else 8,
        derandomize=not many,
        deadline=None,
        phases=[Phase.generate, Phase.shrink] if many else [Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Changes, settings=options)
