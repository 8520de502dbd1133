"""What three readers see of a workbook, held against the plain model."""

import datetime as dt
import io
import re
from collections import Counter

import openpyxl
from openpyxl.worksheet.formula import ArrayFormula
from python_calamine import CalamineWorkbook

from addin.lossless import Book, ErrorValue
from addin.lossless.opc.cells import Area, letters
from addin.lossless.opc.package import Package
from tests.support.lossless import making
from tests.support.lossless.model import Count, Drawn, Member, Ref


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
                array = page.array_at(place)
                wanted = f"{{{array}}}{wanted}" if array else str(wanted)
            elif isinstance(wanted, Count | Member):  # a result that is shown is right
                wanted = None if value is None else model.shown(name, place)
            elif isinstance(wanted, ErrorValue):
                wanted = {"openpyxl": wanted.code, "calamine": None, "lossless": wanted}[reader]
            assert alike(wanted, value), (reader, name, place, wanted, value)


def check_openpyxl(model, data):
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == list(model.pages)
    check_cells(model, lambda name: {place: openpyxl_value(c) for place, c in book[name]._cells.items()}, "openpyxl")
    for name, page in model.pages.items():
        sheet = book[name]
        every = list(sheet._cells.items())
        assert {p: c.comment.text for p, c in every if c.comment} == page.comments, name
        links = [(h.ref, h.location) for h in (c.hyperlink for _, c in every) if h]
        assert sorted(links) == sorted((f"{letters(c)}{r}", str(to)) for (r, c), to in page.links.items()), name
        assert sorted(str(m) for m in sheet.merged_cells.ranges) == sorted(map(str, page.merged)), name
        rules = [(sorted(str(v.sqref).split()), v.formula1) for v in sheet.data_validations.dataValidation]
        assert sorted(rules) == sorted((sorted(r.places.split()), r.looks_at.fixed) for r in page.validations), name
        formats = [(sorted(str(f.sqref).split()), r.formula[0]) for f in sheet.conditional_formatting for r in f.rules]
        wanted = [(sorted(r.places.split()), f"COUNTA({r.looks_at.fixed})>0") for r in page.formats]
        assert sorted(formats) == sorted(wanted), name
        printed = page.printed and (page.printed.area.full)
        assert (sheet.print_area or "").rpartition("!")[2].replace("$", "") == (printed or ""), name
        assert Counter(drawn_on(sheet)) == Counter(page.drawn), name
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
    assert {n: d.attr_text for n, d in book.defined_names.items()} == {n: r.fixed for n, r in model.names.items()}
    assert {p.name: p.value for p in book.custom_doc_props.props} == model.properties


def openpyxl_value(cell):
    """What a cell holds; openpyxl lends a blank one the text of its link."""
    if isinstance(cell.value, ArrayFormula):
        return f"{{{cell.value.ref.removesuffix(':' + cell.coordinate)}}}{cell.value.text}"
    return None if cell.hyperlink and cell.value == cell.hyperlink.location else cell.value


def drawn_on(sheet):
    """The pictures and charts of a sheet."""
    for drawn in (*sheet._images, *sheet._charts):
        begin, end = drawn.anchor._from, drawn.anchor.to
        area = Area(begin.row + 1, begin.col + 1, end.row + 1, end.col + 1)
        shows = [s.val.numRef.f.rpartition("!") for s in getattr(drawn, "series", ())]
        sheets = [s.strip("'").replace("''", "'") for s, _, _ in shows]
        areas = [Area.parse(cells.replace("$", "")) for _, _, cells in shows]
        yield Drawn(area, tuple(map(Ref, sheets, areas)))


def check_notes(model, data):
    """The notes that show comments belong to the same cells."""
    package, found = Package(data), []
    for part in package.entries:
        if part.endswith(".vml"):
            found += re.findall(rb"<\w+:Row>(\d+)</\w+:Row>\s*<\w+:Column>(\d+)<", package.read(part))
    every = Counter(place for page in model.pages.values() for place in page.comments)
    assert Counter((int(row) + 1, int(column) + 1) for row, column in found) == every


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
