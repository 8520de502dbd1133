"""What a growing or shrinking table does to what stands around it, and what stands around it to the table."""

import datetime as dt
import io
import re

import openpyxl
import pytest
import xlsxwriter
from openpyxl.chart import BarChart, Reference, Series
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.hyperlink import Hyperlink

from addin.lossless import Book, Refused, Region
from addin.lossless.edit.growth import Body, add_table
from addin.lossless.opc.cells import Area
from addin.lossless.opc.package import Package
from tests.support.lossless import making

SHEET, MINE = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"
TABLE = "xl/tables/table1.xml"
LONG = "A sentence that is far too long for one line of its column, and which must be seen whole. " * 2


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def edited(change, data=None):
    """The small workbook with something done to its sheet through openpyxl."""
    book = openpyxl.load_workbook(io.BytesIO(data or making.by_openpyxl()))
    change(book["Log"])
    return saved(book)


def grown(data, count=2, entries=3):
    book = Book(data)
    book.append_rows(book.table("Orders"), [{0: f"N{n}"} for n in range(count)], entries=entries)
    return making.written(book)


def sheet_of(data, name="Log"):
    return openpyxl.load_workbook(io.BytesIO(data))[name]


def xml_of(data, part=SHEET):
    return Package(data).read(part).decode()


def refused(data, match, change=grown):
    with pytest.raises(Refused, match=match):
        change(data)


# -- heights ----------------------------------------------------------------------------------------------------------


def wrapped():
    """A table whose third column wraps its text, twenty figures wide."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    wrap = book.add_format({"text_wrap": True})
    sheet = book.add_worksheet("Log")
    sheet.set_column(2, 2, 20)
    columns = [{"header": "ID"}, {"header": "Number"}, {"header": "Text", "format": wrap}]
    sheet.add_table(0, 0, 3, 2, {"name": "Orders", "columns": columns, "data": [["a", 1, "x"]] * 3})
    sheet.set_row_pixels(2, 90)
    book.close()
    return out.getvalue()


def heights(data):
    rows = re.findall(r"<row ([^>]*)>", xml_of(data))
    found = {int(re.search(r'r="(\d+)"', r)[1]): re.search(r' ht="([\d.]+)"', r) for r in rows}
    return {row: float(ht[1]) if ht else None for row, ht in found.items()}


def test_rows_with_long_texts_are_as_high_as_these_and_stay_free_to_change():
    book = Book(wrapped())
    book.append_rows(book.table("Orders"), [{0: "b", 2: LONG}, {0: "c", 2: "short"}], entries=3)
    result = making.written(book)
    assert heights(result)[5] >= 15 * len(LONG) / 24
    assert heights(result)[6] is None
    assert "customHeight" not in re.search(r'<row [^>]*r="5"[^>]*>', xml_of(result))[0]


def test_a_row_falls_back_when_its_long_text_goes_but_not_below_what_others_need():
    book = Book(wrapped())
    book.set_cell("Log", 2, 3, LONG)
    data = making.written(book)
    assert heights(data)[2] > 60
    book = Book(data)
    book.set_cell("Log", 2, 1, "still")
    assert heights(making.written(book))[2] == heights(data)[2]
    book.set_cell("Log", 2, 3, "short")
    assert heights(making.written(book))[2] is None


def test_a_persons_own_height_stays():
    book = Book(wrapped())
    book.set_cell("Log", 3, 3, LONG * 9)
    assert heights(making.written(book))[3] == 67.5
    assert 'customHeight="1"' in re.search(r'<row [^>]*r="3"[^>]*>', xml_of(making.written(book)))[0]


def test_no_row_is_higher_than_excel_shows():
    book = Book(wrapped())
    book.set_cell("Log", 2, 3, LONG * 100)
    assert heights(making.written(book))[2] == 409.5


# -- totals -----------------------------------------------------------------------------------------------------------


def with_totals(formula="=SUBTOTAL(109,Orders[Number])"):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    bold, red = book.add_format({"bold": True}), book.add_format({"font_color": "red"})
    sheet = book.add_worksheet("Log")
    columns = [
        {"header": "ID", "total_string": "Total"},
        {"header": "Number", "total_function": "sum", "format": red},
    ]
    data = [["a", 1], ["b", 2], ["c", 3]]
    sheet.add_table(0, 0, 4, 1, {"name": "Orders", "columns": columns, "data": data, "total_row": True})
    sheet.write(4, 0, "Total", bold)
    sheet.write_formula(4, 1, formula, bold, 6)
    sheet.conditional_format("B2:B4", {"type": "no_blanks", "format": red})
    book.add_worksheet("Mine").write_formula("A1", "=Orders[[#Totals],[Number]]")
    book.close()
    return out.getvalue()


@pytest.mark.parametrize("count", [1, 2, 5])
def test_a_totals_row_moves_down_with_its_formula_and_style(count):
    book = Book(with_totals())
    book.append_rows(book.table("Orders"), [{0: "n", 1: 10 + n} for n in range(count)], entries=3)
    result = making.written(book)
    sheet = sheet_of(result)
    last = 5 + count
    assert sheet.tables["Orders"].ref == f"A1:B{last}"
    assert sheet.tables["Orders"].autoFilter.ref == f"A1:B{last - 1}"
    assert [sheet.cell(r, 2).value for r in range(5, last)] == [10 + n for n in range(count)]
    assert (sheet.cell(last, 1).value, sheet.cell(last, 2).value) == ("Total", "=SUBTOTAL(109,Orders[Number])")
    assert sheet.cell(last, 2).font.b
    assert not sheet.cell(5, 2).font.b
    assert Book(result).table("Orders").last_row == last - 1


def test_a_totals_row_moves_up_when_the_body_shrinks_and_down_again():
    book = Book(with_totals())
    book.replace_body(book.table("Orders"), Body((0, 1), [("z", 9)], 3))
    data = making.written(book)
    assert making.grid(making.seen_by_openpyxl(data, "Log"))[1:] == [
        ["z", 9],
        ["Total", "=SUBTOTAL(109,Orders[Number])"],
    ]
    assert sheet_of(data).tables["Orders"].ref == "A1:B3"
    book = Book(data)
    book.replace_body(book.table("Orders"), Body((0, 1), [(str(n), n) for n in range(4)], 1))
    rows = making.grid(making.seen_by_openpyxl(making.written(book), "Log"))
    assert [r[0] for r in rows] == ["ID", "0", "1", "2", "3", "Total"]


def test_a_totals_row_that_moves_up_leaves_nothing_of_the_entry_that_it_replaces():
    book = openpyxl.load_workbook(io.BytesIO(with_totals()))
    del book["Log"]._cells[5, 1]
    book = Book(saved(book))
    book.replace_body(book.table("Orders"), Body((0, 1), [("z", 9)], 3))
    assert making.grid(making.seen_by_openpyxl(making.written(book), "Log"))[1:] == [
        ["z", 9],
        [None, "=SUBTOTAL(109,Orders[Number])"],
    ]


def test_a_totals_row_that_others_know_by_its_place_stays_and_nothing_is_written():
    for formula, place in (("=Log!B5*2", "Mine"), ("=SUM(Log!B3:B5)", "Mine")):
        book = openpyxl.load_workbook(io.BytesIO(with_totals()))
        book[place]["A2"] = formula
        refused(saved(book), "can't be moved to make room: the formula in A2 on the sheet “Mine”")
    refused(with_totals("=SUM(B2:B4)"), "names cells by their place")
    book = openpyxl.load_workbook(io.BytesIO(with_totals()))
    book["Mine"]["A2"] = "=SUM(Log!B:B)"
    assert sheet_of(grown(saved(book))).tables["Orders"].ref == "A1:B7"


def with_print_areas(**areas):
    book = openpyxl.load_workbook(io.BytesIO(with_totals()))
    for name, area in areas.items():
        book[name].print_area = area
    return saved(book)


@pytest.mark.parametrize(
    ("area", "grown_to", "shrunk_to"),
    [("A1:B5", "A1:B7", "A1:B4"), ("A1:B4", "A1:B6", "A1:B3"), ("A1:F30", "A1:F30", "A1:F30")],
)
def test_what_covers_a_totals_row_with_its_table_is_no_tie(area, grown_to, shrunk_to):
    def printed(data):
        return sheet_of(data).print_area.replace("$", "").removeprefix("'Log'!")

    data = with_print_areas(Log=area)
    assert printed(grown(data)) == grown_to
    book = Book(data)
    book.replace_body(book.table("Orders"), Body((0, 1), [("a", 1), ("b", 2)], 3))
    assert printed(making.written(book)) == shrunk_to


def test_formats_that_cover_a_totals_row_cover_it_where_it_stands_then():
    book = openpyxl.load_workbook(io.BytesIO(with_totals()))
    for area in ("A2:A5", "A2:A4"):
        book["Log"].conditional_formatting.add(area, FormulaRule(formula=["TRUE"]))
    found = {str(f.sqref) for f in sheet_of(grown(saved(book))).conditional_formatting}
    assert found == {"A2:A7", "A2:A6", "B2:B6"}


def test_a_print_area_of_whichever_sheet_ties_a_totals_row():
    refused(with_print_areas(Log="A4:B5", Mine="A1:B5"), "Print_Area")
    assert sheet_of(grown(with_print_areas(Mine="A4:B5"))).tables["Orders"].ref == "A1:B7"


@pytest.mark.parametrize(("count", "then"), [(0, "A1:C1"), (1, "A1:C2"), (3, "A1:C4")])
def test_a_table_of_headers_alone_holds_its_first_entries(count, then):
    def headers_alone(sheet):
        sheet.delete_rows(2, 3)
        table = sheet.tables["Orders"]
        table.ref = "A1:C1"
        table.autoFilter = openpyxl.worksheet.filters.AutoFilter(ref="A1:C1")

    table = sheet_of(grown(edited(headers_alone), count, 0)).tables["Orders"]
    assert (table.ref, table.autoFilter.ref) == (then, then)


@pytest.mark.parametrize(("ref", "then"), [("A1:C2", "A1:C4"), ("A1:C4", "A1:C4")])
def test_a_table_that_was_empty_is_one_with_entries(ref, then):
    def empty(sheet):
        sheet.delete_rows(2, 3)
        sheet.tables["Orders"].ref = ref
        sheet.tables["Orders"].insertRow = True

    data = edited(empty)
    assert 'insertRow="1"' in xml_of(data, TABLE)
    assert sheet_of(grown(data, 3, 0)).tables["Orders"].ref == then
    assert "insertRow" not in xml_of(grown(data, 3, 0), TABLE)
    replaced = Book(data)
    replaced.replace_body(replaced.table("Orders"), Body((0,), [("x",)], 0))
    assert "insertRow" not in xml_of(making.written(replaced), TABLE)
    blank = Book(data)
    blank.replace_body(blank.table("Orders"), Body((0,), [], 0))
    assert "insertRow" in (xml_of(making.written(blank), TABLE))


@pytest.mark.parametrize(("filtered", "then"), [("A1:C4", "A1:C6"), ("A1:C3", "A1:C3")])
def test_the_filter_of_a_range_that_is_used_as_a_table_reaches_to_its_end(filtered, then):
    def plain(sheet):
        del sheet.tables["Orders"]
        sheet.auto_filter.ref = filtered

    book = Book(edited(plain))
    region = Region("Log", 1, 1, 3, 4)
    book.append_rows(region, [{0: "N0"}, {0: "N1"}], entries=3)
    data = making.written(book)
    assert sheet_of(data).auto_filter.ref == then
    hidden = re.search(r"<definedName [^>]*FilterDatabase[^>]*>(.*?)<", xml_of(data, "xl/workbook.xml"))
    assert hidden[1].replace("$", "").endswith(then)


def test_what_stands_beside_the_grown_rows_stays():
    def beside(sheet):
        sheet["E5"] = "mine"
        sheet["E6"].comment = Comment("Ask about this", "Somebody")
        sheet.merge_cells("E7:F8")

    sheet = sheet_of(grown(edited(beside)))
    assert sheet.tables["Orders"].ref == "A1:C6"
    assert (sheet["E5"].value, sheet["E6"].comment.text) == ("mine", "Ask about this")
    assert [str(m) for m in sheet.merged_cells.ranges] == ["E7:F8"]


def test_hidden_filtered_and_sorted_rows_stay_so():
    def hide(sheet):
        sheet.row_dimensions[3].hidden = True
        table = sheet.tables["Orders"]
        table.autoFilter = openpyxl.worksheet.filters.AutoFilter(ref="A1:C4")
        table.autoFilter.add_filter_column(0, ["A1", "A3"])
        table.sortState = openpyxl.worksheet.filters.SortState(ref="A2:C4")
        table.sortState.sortCondition = [openpyxl.worksheet.filters.SortCondition(ref="A2:A4", descending=True)]

    sheet = sheet_of(grown(edited(hide)))
    assert sheet.row_dimensions[3].hidden
    table = sheet.tables["Orders"]
    assert table.autoFilter.ref == "A1:C6"
    assert table.autoFilter.filterColumn[0].filters.filter == ["A1", "A3"]
    assert (table.sortState.ref, table.sortState.sortCondition[0].ref) == ("A2:C6", "A2:A6")


@pytest.mark.parametrize(
    ("formula", "grown_to", "shrunk_to"),
    [
        ("=SUM(Log!B2:B4)", "=SUM(Log!B2:B6)", "=SUM(Log!B2:B2)"),
        ("=COUNTA(Log!$A$1:$C$4)", "=COUNTA(Log!$A$1:$C$6)", "=COUNTA(Log!$A$1:$C$2)"),
        ("=SUM(Log!B2:B3)", "=SUM(Log!B2:B3)", "=SUM(Log!B2:B3)"),
        ("=SUM(Log!B2:B5)", "=SUM(Log!B2:B5)", "=SUM(Log!B2:B5)"),
        ("=SUM(B2:B4)", "=SUM(B2:B4)", "=SUM(B2:B4)"),
    ],
)
def test_formulas_over_a_column_from_end_to_end_follow_it(formula, grown_to, shrunk_to):
    book = openpyxl.load_workbook(io.BytesIO(making.by_openpyxl()))
    book["Mine"]["A2"] = formula
    data = saved(book)
    assert sheet_of(grown(data), "Mine")["A2"].value == grown_to
    small = Book(data)
    small.replace_body(small.table("Orders"), Body((0,), [("only",)], 3))
    assert sheet_of(making.written(small), "Mine")["A2"].value == shrunk_to


def test_formulas_beside_and_below_follow_too_and_show_no_old_result():
    def change(sheet):
        sheet["E1"] = "=ROWS(A2:A4)"
        sheet["B6"] = "=COUNTA(B2:B4)"

    result = grown(edited(change))
    assert (sheet_of(result)["E1"].value, sheet_of(result)["B8"].value) == ("=ROWS(A2:A6)", "=COUNTA(B2:B6)")
    again = grown(result, entries=5)
    assert (sheet_of(again)["E1"].value, sheet_of(again)["B10"].value) == ("=ROWS(A2:A8)", "=COUNTA(B2:B8)")


@pytest.mark.parametrize(
    ("place", "formula", "follows"),
    [
        ("C4", "=SUM(B$2:B4)", False),
        ("C4", "=AVERAGE(B2:B4)", False),
        ("E4", "=SUM(B$2:B4)", False),
        ("C4", "=SUM(B$2:B$4)", True),
        ("C3", "=SUM(B$2:B4)", True),
        ("E4", "=SUM(B2:B4)", True),
    ],
)
def test_a_running_total_in_the_last_row_goes_as_far_as_its_row(place, formula, follows):
    sheet = sheet_of(grown(edited(lambda s: s.__setitem__(place, formula))))
    assert sheet[place].value == (formula.replace("4", "6") if follows else formula)
    other = sheet_of(grown(edited(lambda s: s.parent["Mine"].__setitem__("C4", "=SUM(Log!B$2:B4)"))), "Mine")
    assert other["C4"].value == "=SUM(Log!B$2:B6)", "elsewhere the row says nothing"


def test_running_totals_are_filled_into_rows_appended_one_after_the_other():
    book = Book(edited(lambda s: [s.__setitem__(f"C{n}", f"=SUM(B$2:B{n})") for n in range(2, 5)]))
    book.append_rows(book.table("Orders"), [{0: "N0"}], entries=3)
    book.append_rows(book.table("Orders"), [{0: "N1"}, {0: "N2"}], entries=4)
    sheet = sheet_of(making.written(book))
    assert [sheet[f"C{n}"].value for n in range(2, 8)] == [f"=SUM(B$2:B{n})" for n in range(2, 8)]


def test_the_sum_across_the_only_row_stays_one_of_that_row():
    def one_row(sheet):
        sheet.delete_rows(3, 2)
        sheet.tables["Orders"].ref = "A1:C2"
        sheet["C2"], sheet["E2"] = "=SUM(A2:B2)", "=COUNTA($A$2:$A$2)"

    sheet = sheet_of(grown(edited(one_row), entries=1))
    assert (sheet["C2"].value, sheet["E2"].value) == ("=SUM(A2:B2)", "=COUNTA($A$2:$A$4)")


@pytest.mark.parametrize(("mark", "expected"), [(b' cm="1"', "A2:A6"), (b"", "A2:A4")])
def test_an_array_that_spills_follows_and_one_of_a_persons_size_stays(mark, expected):
    data = edited(lambda s: s.parent["Mine"].__setitem__("C1", ArrayFormula("C1:C3", "=_xlfn.UNIQUE(Log!A2:A4)")))
    data = making.with_changed(data, MINE, lambda x: x.replace(b'<c r="C1"', b'<c r="C1"' + mark))
    cell = sheet_of(grown(data), "Mine")["C1"].value
    assert (cell.ref, cell.text) == ("C1:C3", f"=_xlfn.UNIQUE(Log!{expected})")


def test_two_growths_in_one_run_are_followed_one_after_the_other():
    book = Book(edited(lambda s: s.__setitem__("E1", "=ROWS(A2:A4)")))
    book.append_rows(book.table("Orders"), [{0: "N0"}], entries=3)
    book.append_rows(book.table("Orders"), [{0: "N1"}], entries=4)
    assert sheet_of(making.written(book))["E1"].value == "=ROWS(A2:A6)"


def test_a_shared_formula_follows_in_each_of_its_cells():
    cells = (
        '<c r="E1"><f t="shared" ref="E1:E2" si="0">SUM(B$2:B$4)</f><v>9</v></c></row>',
        '<c r="E2"><f t="shared" si="0"/><v>9</v></c></row>',
    )

    def shared(xml):
        first, second, rest = xml.split(b"</row>", 2)
        return first + cells[0].encode() + second + cells[1].encode() + rest

    data = making.with_changed(making.by_openpyxl(), SHEET, shared)
    sheet = sheet_of(grown(data))
    assert [sheet[at].value for at in ("E1", "E2")] == ["=SUM(B$2:B$6)"] * 2


def test_where_a_totals_row_cannot_move_nothing_below_it_has_moved():
    book = openpyxl.load_workbook(io.BytesIO(with_totals()))
    book["Mine"]["A2"] = "=Log!B5*2"
    book["Log"]["A7"] = "my note"
    book = Book(saved(book))
    with pytest.raises(Refused, match="totals row"):
        book.append_rows(book.table("Orders"), [{0: "n"}, {0: "m"}], entries=3)
    assert not book.finished()


# -- changes that build on each other before they are written ---------------------------------------------------------


def test_what_was_put_into_a_persons_column_goes_with_its_row():
    book = Book(making.by_openpyxl())
    book.set_cell("Log", 2, 3, "just now")
    book.replace_body(book.table("Orders"), Body((0, 1), [("new", None), ("A1", None)], 3, (None, 0)))
    assert sheet_of(making.written(book))["C3"].value == "just now"


def test_rows_appended_twice_are_alike():
    book = Book(with_formula_column("=B{n}*2"))
    for entries in (3, 4):
        book.append_rows(book.table("Orders"), [{0: "d", 1: 4}], entries=entries)
    assert [sheet_of(making.written(book))[f"C{n}"].value for n in (5, 6)] == ["=B5*2", "=B6*2"]
    dates = Book(making.by_xlsxwriter())
    for entries in (3, 4):
        dates.append_rows(dates.table("Orders"), [{0: "d"}], entries=entries)
    assert sheet_of(making.written(dates))["B6"].fill.fgColor.rgb == "FFFFFF00"


def test_what_was_put_into_a_totals_row_goes_with_it():
    book = Book(with_totals())
    book.set_cell("Log", 5, 1, "All")
    book.append_rows(book.table("Orders"), [{0: "d"}], entries=3)
    assert sheet_of(making.written(book))["A6"].value == "All"


def test_what_was_put_beside_a_table_is_in_the_way_of_a_column():
    book = Book(making.by_openpyxl())
    book.set_cell("Log", 3, 4, "mine")
    with pytest.raises(Refused, match="D3 is in the way"):
        book.add_column(book.table("Orders"), "Check")


def test_a_new_table_leaves_room_for_merged_cells_and_comments():
    def mark(sheet):
        sheet.merge_cells("E2:F3")
        sheet["I1"].comment = Comment("Ask about this", "Somebody")

    book = Book(edited(mark))
    region = add_table(book, "Found", "Log", ("What", "When"), [("x", 1)])
    assert str(region.area) == "K1:L2"


def test_a_formula_follows_a_table_before_what_stands_below_moves():
    book = Book(edited(lambda s: (s.__setitem__("E1", "=COUNTA(A2:A4)"), s.__setitem__("B5", "my note"))))
    table = book.table("Orders")
    book.replace_body(table, Body((0, 1, 2), [("x", None, None)], 3))
    book.set_cell("Log", 4, 2, "another")
    book.append_rows(table, [{0: "y"}, {0: "z"}], entries=1)
    sheet = sheet_of(making.written(book))
    assert (sheet.tables["Orders"].ref, sheet["E1"].value) == ("A1:C4", "=COUNTA(A2:A4)")
    assert sheet["B6"].value == "another"


# -- formulas ---------------------------------------------------------------------------------------------------------


def with_formula_column(formula, declared=True):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("Log")
    columns = [{"header": "ID"}, {"header": "Number"}, {"header": "Twice"}]
    if declared:
        columns[2]["formula"] = formula
    sheet.add_table(0, 0, 3, 2, {"name": "Orders", "columns": columns, "data": [["a", 1], ["b", 2], ["c", 3]]})
    for n in range(2, 5):
        sheet.write_formula(n - 1, 2, formula.replace("{n}", str(n)), None, n)
    book.close()
    return out.getvalue()


@pytest.mark.parametrize(
    ("formula", "declared", "expected"),
    [
        ("=Orders[[#This Row],[Number]]*2", True, "=Orders[[#This Row],[Number]]*2"),
        ("=B{n}*2+$B$2", True, "=B6*2+$B$2"),
        ("=B{n}*2", False, "=B6*2"),
    ],
)
def test_a_columns_formula_is_filled_into_appended_rows(formula, declared, expected):
    assert sheet_of(grown(with_formula_column(formula, declared)))["C6"].value == expected


def test_a_row_that_was_emptied_below_the_table_is_filled_as_any_other():
    book = Book(with_formula_column("=B{n}*2"))
    for column in range(1, 4):
        book.set_cell("Log", 4, column, None)
    orders = book.table("Orders")
    book.resize(orders, last_row=3)
    book.append_rows(orders, [{0: "again"}], entries=2)
    assert sheet_of(making.written(book))["C4"].value == "=B4*2"


def test_formulas_that_do_not_follow_each_other_are_not_filled():
    data = edited(lambda s: s.__setitem__("C4", "=A4&A2"))
    assert sheet_of(grown(data))["C5"].value is None


def test_a_value_given_goes_before_the_columns_formula():
    book = Book(with_formula_column("=B{n}*2"))
    book.append_rows(book.table("Orders"), [{0: "d", 2: "mine"}], entries=3)
    assert sheet_of(making.written(book))["C5"].value == "mine"


def test_formulas_in_a_persons_column_move_with_their_rows():
    book = Book(with_formula_column("=B{n}*2"))
    book.replace_body(book.table("Orders"), Body((0, 1), [("c", 3), ("new", 7), ("a", 1)], 3, (2, None, 0)))
    sheet = sheet_of(making.written(book))
    assert [sheet.cell(r, 3).value for r in (2, 3, 4)] == ["=B2*2", "=B3*2", "=B4*2"]


def with_arrays(*areas):
    def change(sheet):
        for n, area in enumerate(areas, 2):
            sheet[f"C{n}"] = ArrayFormula(area, f"=SUM(A{n}:B{n}*2)")

    return edited(change)


def test_array_formulas_for_one_cell_each_are_filled_and_moved_as_others_are():
    def arrays(data):
        cells = [c.value for c in sheet_of(data)["C"][1:]]
        return [(v.ref, v.text) if isinstance(v, ArrayFormula) else v for v in cells]

    data = with_arrays("C2", "C3", "C4")
    assert arrays(grown(data)) == [(f"C{n}", f"=SUM(A{n}:B{n}*2)") for n in range(2, 7)]
    book = Book(data)
    book.replace_body(book.table("Orders"), Body((0, 1), [("c", 3), ("new", 7), ("a", 1)], 3, (2, None, 0)))
    assert arrays(making.written(book)) == [(f"C{n}", f"=SUM(A{n}:B{n}*2)") for n in range(2, 5)]

    def sort(data):
        book = Book(data)
        book.replace_body(book.table("Orders"), Body((0, 1), [("c", 3), ("b", 2), ("a", 1)], 3, (2, 1, 0)))

    refused(with_arrays("C2:C4"), "array formulas, which can't be moved", sort)


def test_results_that_may_no_longer_hold_are_dropped_and_others_stay():
    def formulas(sheet):
        sheet["E1"], sheet["E2"], sheet["E3"], sheet["E4"] = "=C3", "=E1&1", "=A1", "=Orders[[#This Row],[Text]]"
        sheet["E5"], sheet["E6"] = "=SUM(Orders[Day])", "=COUNTA(Orders[Text])"

    data = making.with_changed(
        edited(formulas),
        SHEET,
        lambda x: x.replace(b"</f><v></v>", b"</f><v>7</v>").replace(b"</f><v/>", b"</f><v>7</v>"),
    )
    book = Book(data)
    book.set_cell("Log", 3, 3, "changed")
    cells = openpyxl.load_workbook(io.BytesIO(making.written(book)), data_only=True)["Log"]
    assert [cells[f"E{n}"].value for n in range(1, 7)] == [None, None, 7, 7, 7, None]
    assert sheet_of(making.written(book))["E2"].value == "=E1&1"


def test_an_array_formula_shows_no_old_result_in_any_of_its_cells_and_they_are_still_taken():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("Log")
    sheet.write_column("A1", [1, 2])
    sheet.write_array_formula("C1:C2", "{=A1:A2*2}", None, 2)
    sheet.write("C2", 4)
    sheet.write_formula("E1", "=C2", None, 4)
    book.close()
    book = Book(out.getvalue())
    book.set_cell("Log", 2, 1, 9)
    again = Book(making.written(book))
    assert [again.value("Log", *place) for place in ((1, 3), (2, 3), (1, 5))] == [None] * 3
    page = again.sheet("Log")
    assert page.first_held(Area(2, 3, 2, 3)) == "C2"


def test_a_formula_that_covers_fewer_rows_now_shows_no_result_of_more():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("Log")
    data = [["a", 1], ["b", 2], ["c", 3]]
    sheet.add_table("A1:B4", {"name": "Orders", "columns": [{"header": "ID"}, {"header": "N"}], "data": data})
    sheet.write_formula("E1", "=COUNTA(A2:A4)", None, 3)
    book.close()
    book = Book(out.getvalue())
    book.replace_body(book.table("Orders"), Body((1,), [(1,), (2,)], 3, (0, 1)))
    data = making.written(book)
    assert sheet_of(data)["E1"].value == "=COUNTA(A2:A3)"
    assert Book(data).value("Log", 1, 5) is None


def test_the_sheets_that_depend_on_a_change_are_named():
    book = openpyxl.load_workbook(io.BytesIO(making.by_openpyxl()))
    for name, formula in (
        ("By name", "=COUNTA(mine)"),
        ("By table", "=COUNTA(Orders[Text])"),
        ("Elsewhere", "=SUM(Log!B2:B4)"),
        ("Through another", "='By table'!A1+1"),
        ("Computed place", '=INDIRECT("Log!C3")'),
    ):
        book.create_sheet(name)["A1"] = formula
    book.defined_names["mine"] = openpyxl.workbook.defined_name.DefinedName("mine", attr_text="Log!$C$2:$C$4")
    changed = Book(saved(book))
    changed.set_cell("Log", 3, 3, "changed")
    assert changed.dependants() == ["By name", "By table", "Through another", "Computed place"]


def test_the_order_of_calculation_goes_when_a_formula_goes():
    chain = (
        b'<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><c r="C2" i="1"/></calcChain>'
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
    data = with_formula_column("=B{n}*2")
    data = making.with_related(data, "xl/workbook.xml", "xl/calcChain.xml", "calcChain", chain, kind)
    book = Book(data)
    book.set_cell("Log", 2, 1, "other")
    assert "xl/calcChain.xml" in Package(making.written(book))
    book.set_cell("Log", 2, 3, "no formula")
    result = Package(making.written(book))
    assert "xl/calcChain.xml" not in result
    assert b"calcChain" not in result.read("[Content_Types].xml") + result.read("xl/_rels/workbook.xml.rels")


# -- charts and names -------------------------------------------------------------------------------------------------


def with_chart():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("My log")
    data = [["a", 1], ["b", 2], ["c", 3]]
    sheet.add_table(0, 0, 3, 1, {"name": "Orders", "columns": [{"header": "ID"}, {"header": "N"}], "data": data})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"categories": "='My log'!$A$2:$A$4", "values": "='My log'!$B$2:$B$4", "name": "='My log'!$B$1"})
    chart.add_series({"values": "='My log'!$B$2:$B$3"})
    book.add_worksheet("Mine").insert_chart("B2", chart)
    book.define_name("Whole", "='My log'!$A$1:$B$4")
    book.define_name("Column", "='My log'!$B$2:$B$4")
    book.define_name("Part", "='My log'!$B$2:$B$3")
    book.define_name("Mine!Local", "='My log'!$A$2:$A$4")
    book.close()
    return out.getvalue()


def test_charts_and_names_that_cover_a_tables_column_grow_and_shrink_with_it():
    def shown(data):
        return re.findall(r"<c:f>(.*?)</c:f>", xml_of(data, "xl/charts/chart1.xml"))

    def names(data):
        return re.findall(r"<definedName [^>]*>(.*?)</definedName>", xml_of(data, "xl/workbook.xml"))

    data = grown(with_chart())
    assert shown(data) == [
        "'My log'!$B$1", "'My log'!$A$2:$A$6", "'My log'!$B$2:$B$6", "'My log'!$B$2:$B$3",
    ]  # fmt: skip
    assert sorted(names(data)) == [
        "'My log'!$A$1:$B$6", "'My log'!$A$2:$A$6", "'My log'!$B$2:$B$3", "'My log'!$B$2:$B$6",
    ]  # fmt: skip
    book = Book(data)
    book.replace_body(book.table("Orders"), Body((0, 1), [("z", 9)], 5))
    data = making.written(book)
    assert shown(data)[1:3] == ["'My log'!$A$2:$A$2", "'My log'!$B$2:$B$2"]
    assert shown(grown(data, count=3, entries=1))[2] == "'My log'!$B$2:$B$5"


def test_a_chart_of_a_one_row_table_grows_with_it_though_it_names_one_cell():
    def one_row(sheet):
        sheet.delete_rows(3, 2)
        sheet.tables["Orders"].ref = "A1:C2"
        chart = BarChart()
        chart.series.append(Series(Reference(range_string="Log!$B$2"), title_from_data=False))
        sheet.add_chart(chart, "H1")
        sheet["H20"] = "=B2"

    sheet = sheet_of(grown(edited(one_row), entries=1))
    assert sheet._charts[0].series[0].val.numRef.f == "'Log'!$B$2:$B$4"
    assert sheet["H20"].value == "=B2"


def test_a_chart_that_shows_something_else_is_not_touched():
    data = with_chart()
    book = Book(data)
    book.set_cell("My log", 2, 2, 5)
    assert not [p for p in book.finished() if "chart" in p]


# -- comments and links that belong to a row --------------------------------------------------------------------------


def test_comments_and_links_of_a_row_move_with_it():
    def mark(sheet):
        sheet["C2"].comment = Comment("of A1", "Somebody")
        sheet["A3"].comment = Comment("of A2", "Somebody")
        sheet["A4"].comment = Comment("of A3, which goes", "Somebody")
        sheet["C2"].hyperlink = Hyperlink(ref="C2", location="'Mine'!A1")

    book = Book(edited(mark))
    book.replace_body(book.table("Orders"), Body((0, 1), [("new", None), ("A2", None), ("A1", None)], 3, (None, 1, 0)))
    data = making.written(book)
    sheet = sheet_of(data)
    found = {c.coordinate: c.comment.text for row in sheet["A1:C8"] for c in row if c.comment}
    assert found == {"C4": "of A1", "A3": "of A2", "A4": "of A3, which goes"}
    assert {c.coordinate: c.hyperlink.location for row in sheet["A1:C8"] for c in row if c.hyperlink} == {
        "C4": "'Mine'!A1"
    }
    note = next(n for n in Package(data).entries if "legacyDrawing" in n or n.endswith(".vml"))
    places = re.findall(r"Row>(\d+)</.*?Column>(\d+)</", xml_of(data, note))
    assert sorted(places) == [("2", "0"), ("3", "0"), ("3", "2")]


def test_a_link_of_an_entry_that_goes_goes_too():
    def mark(sheet):
        for place in ("C2", "C3"):
            sheet[place].hyperlink = Hyperlink(ref=place, location=f"'Mine'!{place}")

    book = Book(edited(mark))
    book.replace_body(book.table("Orders"), Body((0, 1), [("A2", None)], 3, (1,)))
    assert re.findall(r'<hyperlink [^>]*ref="(\w+)"[^>]*location="(.*?)"', xml_of(making.written(book))) == [
        ("C2", "'Mine'!C3")
    ]


def test_dates_in_a_moved_row_keep_their_style():
    book = Book(making.by_xlsxwriter())
    book.replace_body(book.table("Orders"), Body((0,), [("A2",), ("A1",)], 3, (1, 0)))
    sheet = sheet_of(making.written(book))
    assert [sheet["B2"].value, sheet["B3"].value] == [dt.datetime(2026, 6, 2), dt.datetime(2026, 6, 1)]
    assert sheet["B2"].number_format == "dd/mm/yyyy"
