"""A column, a table, a worksheet taken away again: all else is as before, and what is in use stays."""

import io

import openpyxl
import pytest
from openpyxl.worksheet.filters import SortCondition, SortState

from addin.lossless import Book, Refused
from addin.lossless.edit.growth import Body, add_table
from addin.lossless.opc.package import Package
from tests.addin.lossless.edit.test_book import converted
from tests.addin.lossless.edit.test_grafting import prefixed, source
from tests.addin.lossless.test_corpus import complaints
from tests.support.lossless import making


@pytest.fixture(
    params=["xlsxwriter", "openpyxl", "prefixed", pytest.param("libreoffice", marks=pytest.mark.libreoffice)]
)
def data(request, tmp_path):
    match request.param:
        case "xlsxwriter":
            return making.by_xlsxwriter()
        case "openpyxl":
            return making.by_openpyxl()
        case "prefixed":
            made = making.by_xlsxwriter()
            for part in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/tables/table1.xml"):
                made = making.with_changed(made, part, prefixed)
            return made
        case _:
            return converted(making.by_xlsxwriter(), tmp_path)


def added(data, change):
    book = Book(data)
    change(book)
    return making.written(book)


def parts_of(data):
    package = Package(data)
    return {name: package.read(name) for name in package.entries}


def tables_of(data):
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {(page.title, t.displayName, t.ref) for page in book for t in page.tables.values()}


def grids(data):
    return {name: making.grid(making.seen_by_openpyxl(data, name)) for name in Book(data).sheets}


def changed(data, **cells):
    """The workbook after a person put something in, given as Sheet_A1=value."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for place, value in cells.items():
        sheet, _, at = place.rpartition("_")
        book[sheet.replace("_", " ")][at] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_column_that_was_added_goes_again(data):
    with_one = added(data, lambda book: book.add_column(book.table("Orders"), "Check"))
    without = added(with_one, lambda book: book.remove_column(book.table("Orders")))
    assert ("Log", "Orders", "A1:D4") in tables_of(with_one)
    assert tables_of(without) == tables_of(data)
    assert grids(without) == grids(data)
    assert Book(without).table("Orders").headers == making.HEADERS


@pytest.mark.parametrize(("column", "stays"), [(3, True), (0, False)])
@pytest.mark.parametrize("sorted_by", [True, False])
def test_a_column_that_the_table_is_filtered_or_sorted_by_stays(column, stays, sorted_by):
    data = added(making.by_openpyxl(), lambda book: book.add_column(book.table("Orders"), "Check"))
    book = openpyxl.load_workbook(io.BytesIO(data))
    table = book["Log"].tables["Orders"]
    if sorted_by:
        ref = f"{'ABCD'[column]}2:{'ABCD'[column]}4"
        table.sortState = SortState(ref="A2:D4", sortCondition=[SortCondition(ref=ref)])
    else:
        table.autoFilter.add_filter_column(column, [], blank=True)
    out = io.BytesIO()
    book.save(out)
    now = Book(out.getvalue())
    if stays:
        with pytest.raises(Refused, match="filtered or sorted by it"):
            now.remove_column(now.table("Orders"))
        assert not now.finished()
    else:
        now.remove_column(now.table("Orders"))
        assert ("Log", "Orders", "A1:C4") in tables_of(making.written(now))


def test_a_sheet_that_was_added_goes_with_its_table(data, tmp_path):
    with_one = added(data, lambda book: add_table(book, "Found", "Found", ("What",), [("x",)]))
    without = added(with_one, lambda book: book.remove_sheet("Found"))
    assert "Found" in grids(with_one)
    assert grids(without) == grids(data)
    assert tables_of(without) == tables_of(data)
    assert parts_of(without).keys() == parts_of(data).keys() - {"xl/calcChain.xml"}
    assert b"Found" not in b"".join(parts_of(without).values())
    assert complaints(without, tmp_path) <= complaints(data, tmp_path)


def test_a_table_beside_others_goes_alone(data):
    def empty_and_remove(book):
        book.set_cell("Log", 2, 5, None)
        book.remove_table(book.table("Small"))

    with_one = added(data, lambda book: add_table(book, "Small", "Log", ("Only",), [(1,)]))
    without = added(with_one, empty_and_remove)
    assert len(tables_of(with_one)) == 2
    assert tables_of(without) == tables_of(data)
    assert grids(without) == grids(data)
    assert parts_of(without).keys() <= parts_of(with_one).keys() - {"xl/tables/table2.xml"}


def test_a_grafted_sheet_leaves_nothing_but_styles_and_names_for_all():
    data = making.by_xlsxwriter()
    grafted = added(data, lambda book: book.graft(Book(source()), "Design"))
    with pytest.raises(Refused, match="the name “rate”"):
        Book(grafted).remove_sheet("Design")
    plain = source()
    book = openpyxl.load_workbook(io.BytesIO(plain))
    del book["Before"]
    book["Design"]["B4"] = book["Design"]["B5"] = None
    book["Design"].tables["Prices"].tableColumns[1].calculatedColumnFormula = None
    del book.defined_names["rate"]
    out = io.BytesIO()
    book.save(out)
    grafted = added(data, lambda book: book.graft(Book(out.getvalue()), "Design"))
    without = added(grafted, lambda book: book.remove_sheet("Design"))
    assert len(parts_of(grafted)) > len(parts_of(data)) + 2
    assert parts_of(without).keys() == parts_of(data).keys()
    assert grids(without) == grids(data)


@pytest.mark.parametrize("first", [True, False])
def test_the_tabs_and_their_names_keep_their_places(first):
    book = openpyxl.Workbook()
    for name in ("One", "Two", "Three"):
        page = book.create_sheet(name)
        page["A1"] = name
        page.print_area = "A1:B2"
    del book["Sheet"]
    book.active = 2
    out = io.BytesIO()
    book.save(out)
    gone = "One" if first else "Three"
    result = openpyxl.load_workbook(io.BytesIO(added(out.getvalue(), lambda book: book.remove_sheet(gone))))
    assert result.sheetnames == [name for name in ("One", "Two", "Three") if name != gone]
    assert [page.print_area for page in result] == [f"'{page.title}'!$A$1:$B$2" for page in result]
    assert result.active.title == ("Three" if first else "Two")


def test_the_last_sheet_to_be_seen_stays():
    book = openpyxl.Workbook()
    book.create_sheet("Hidden").sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(Refused, match="only sheet"):
        Book(out.getvalue()).remove_sheet("Sheet")
    assert "Hidden" not in Book(added(out.getvalue(), lambda b: b.remove_sheet("Hidden"))).sheets


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"Log_D3": "mine"}, "it holds something in D3"),
        ({"Mine_C1": "=COUNTA(Orders[Check])"}, "used by the formula in C1 on the sheet “Mine”"),
        ({"Log_F2": "=Orders[[#This Row],[Check]]"}, "used by the formula in F2 on the sheet “Log”"),
        ({"Mine_C1": "=COUNTA(Orders[Text])"}, None),
        ({"Mine_C1": "=Log!D3"}, None),
    ],
)
def test_a_column_in_use_stays(cells, why):
    data = changed(added(making.by_openpyxl(), lambda b: b.add_column(b.table("Orders"), "Check")), **cells)
    book = Book(data)
    if why is None:
        book.remove_column(book.table("Orders"))
        assert ("Log", "Orders", "A1:C4") in tables_of(making.written(book))
        return
    with pytest.raises(Refused, match=why):
        book.remove_column(book.table("Orders"))
    assert making.written(book) == data or parts_of(making.written(book)) == parts_of(data)


def test_a_column_that_a_formula_uses_which_has_just_moved_stays():
    data = added(making.by_openpyxl(), lambda b: add_table(b, "Found", "Found", ("What", "Check"), [("x", None)]))
    book = Book(changed(data, Log_B2="=COUNTA(Found[Check])"))
    book.replace_body(book.table("Orders"), Body((0,), [("A3",), ("A2",), ("A1",)], 3, (2, 1, 0)))
    with pytest.raises(Refused, match="used by the formula in B4 on the sheet “Log”"):
        book.remove_column(book.table("Found"))


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"Mine_C1": "=Found!A2"}, "the formula in C1 on the sheet “Mine”"),
        ({"Mine_C1": "=ROWS(Found[])"}, "the formula in C1 on the sheet “Mine”"),
        ({"Mine_C1": "=SUM(Log:Found!A2)"}, "the formula in C1 on the sheet “Mine”"),
        ({"Found_C1": "=A2", "Mine_C1": "Found!A2"}, None),
    ],
)
def test_a_sheet_in_use_stays(cells, why):
    with_one = added(making.by_openpyxl(), lambda book: add_table(book, "Found", "Found", ("What",), [("x",)]))
    book = Book(changed(with_one, **cells))
    if why is None:
        book.remove_sheet("Found")
        assert list(Book(making.written(book)).sheets) == ["Log", "Mine"]
        return
    with pytest.raises(Refused, match=why):
        book.remove_sheet("Found")
    assert not book.finished()


def test_a_sheet_whose_cells_another_shows_stays():
    data = making.with_changed(making.by_openpyxl(), "xl/workbook.xml", lambda xml: xml.replace(b"rId2", b"rId1"))
    book = Book(data)
    assert len(set(book.sheets.values())) == 1 < len(book.sheets)
    with pytest.raises(Refused, match="the sheet “Mine” shows the same cells"):
        book.remove_sheet("Log")
    assert not book.finished()


def test_a_sheet_that_a_chart_or_a_drop_down_elsewhere_shows_stays():
    with_one = added(making.by_openpyxl(), lambda book: add_table(book, "Found", "Found", ("What",), [("x",)]))
    for put in (a_chart, a_drop_down):
        book = openpyxl.load_workbook(io.BytesIO(with_one))
        put(book)
        out = io.BytesIO()
        book.save(out)
        with pytest.raises(Refused, match=r"a chart|a format or validation on the sheet “Mine”"):
            Book(out.getvalue()).remove_sheet("Found")


@pytest.mark.parametrize("source", ['sheet="Found" ref="A1:A2"', 'name="Found"'])
def test_what_a_pivot_table_is_made_of_stays(source):
    with_one = added(making.by_openpyxl(), lambda book: add_table(book, "Found", "Found", ("What",), [(None,)]))
    with pytest.raises(Refused, match="a pivot table"):
        Book(making.with_pivot(with_one, source)).remove_sheet("Found")


def a_chart(book):
    from openpyxl.chart import BarChart, Reference

    chart = BarChart()
    chart.add_data(Reference(book["Found"], min_col=1, min_row=1, max_row=2))
    book["Mine"].add_chart(chart, "D4")


def a_drop_down(book):
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation(type="list", formula1="=Found!$A$2:$A$9")
    rule.add("C3")
    book["Mine"].add_data_validation(rule)
