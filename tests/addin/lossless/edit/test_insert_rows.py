"""What stands below a table when it grows: it moves down with all that belongs to it, and what refers to it follows."""

import io
import re

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.formatting.rule import FormulaRule
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table
from python_calamine import CalamineWorkbook

from addin.lossless import Book, Refused
from addin.lossless.edit.growth import Body
from addin.lossless.formula.formulas import area_of
from addin.lossless.formula.reference_shift import Shift
from addin.lossless.opc.cells import LAST_COLUMN, Area
from addin.lossless.opc.package import Package
from tests.addin.lossless.edit.test_book import converted
from tests.addin.lossless.edit.test_growth import SHEET, edited, grown, refused, sheet_of
from tests.addin.lossless.test_corpus import complaints
from tests.support.lossless import making

#: The small workbook's table stands in A1:C4; two rows more make it end in row 6, and what stood in row 6 stands in 8.
GROWN = "A1:C6"


def moved(change, **options):
    sheet = sheet_of(grown(edited(change), **options))
    assert sheet.tables["Orders"].ref == GROWN
    return sheet


def note(sheet):
    sheet["B6"] = "my note"


def test_a_note_below_stays_below_with_a_blank_row_between():
    sheet = moved(note)
    assert [c.value for c in sheet["B"]][4:] == [None, None, None, "my note"]


def test_what_stands_far_enough_below_stays_where_it_is():
    sheet = moved(lambda s: s.__setitem__("B8", "my note"))
    assert sheet["B8"].value == "my note"


@pytest.mark.parametrize("row", [6, 7])
def test_a_note_never_comes_to_stand_right_beneath_the_table(row):
    sheet = moved(lambda s: s.__setitem__(f"B{row}", "my note"))
    assert sheet["B8"].value == "my note"
    assert sheet["B7"].value is None


def everything(sheet):
    """Below the table stands all that may belong to cells."""
    for n in range(6, 10):
        sheet[f"B{n}"] = n
    sheet["A10"] = "=SUM(B6:B9)+B2+COUNT(B:B)"
    sheet["A10"].number_format = "0.00"
    sheet.row_dimensions[10].height = 44
    sheet.row_dimensions[9].hidden = True
    sheet["B6"].comment = Comment("Ask about this", "Somebody")
    sheet["B7"].hyperlink = Hyperlink(ref="B7", location="'Log'!B9")
    sheet.merge_cells("A12:C13")
    rule = DataValidation(type="list", formula1="$B$6:$B$9", sqref="B11 B6:B9")
    sheet.add_data_validation(rule)
    sheet.conditional_formatting.add("B6:B9", FormulaRule(formula=["B6>$A$10"], stopIfTrue=True))
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=6, max_row=9))
    chart.anchor = TwoCellAnchor(_from=AnchorMarker(col=1, row=14), to=AnchorMarker(col=3, row=20))
    sheet.add_chart(chart)
    sheet.print_area = "A1:C20"
    sheet.row_breaks.append(openpyxl.worksheet.pagebreak.Break(id=11))
    other = sheet.parent["Mine"]
    other["A2"] = "=Log!B9*2+SUM(Log!$B$6:B8)+SUM(Log!6:7)"
    other["A3"].hyperlink = Hyperlink(ref="A3", location="'Log'!A10")
    sheet.parent.defined_names["figures"] = openpyxl.workbook.defined_name.DefinedName(
        "figures", attr_text="Log!$B$6:$B$9"
    )


def test_all_that_belongs_to_what_moves_goes_with_it_and_all_that_refers_to_it_follows():
    sheet = moved(everything)
    other = sheet.parent["Mine"]
    assert [sheet[f"B{n}"].value for n in range(8, 12)] == [6, 7, 8, 9]
    assert (sheet["A12"].value, sheet["A12"].number_format) == ("=SUM(B8:B11)+B2+COUNT(B:B)", "0.00")
    assert (sheet.row_dimensions[12].height, sheet.row_dimensions[11].hidden) == (44, True)
    assert (sheet.row_dimensions[10].height, sheet.row_dimensions[9].hidden) == (None, False)
    assert (sheet["B8"].comment.text, sheet["B6"].comment) == ("Ask about this", None)
    assert sheet["B9"].hyperlink.location == "'Log'!B11"
    assert [str(m) for m in sheet.merged_cells.ranges] == ["A14:C15"]
    (rule,) = sheet.data_validations.dataValidation
    assert (set(str(rule.sqref).split()), rule.formula1) == ({"B8:B11", "B13"}, "$B$8:$B$11")
    ((area, (format_,)),) = sheet.conditional_formatting._cf_rules.items()
    assert (str(area.sqref), format_.formula) == ("B8:B11", ["B8>$A$12"])
    (chart,) = sheet._charts
    assert chart.series[0].val.numRef.f.replace("'", "") == "Log!$B$8:$B$11"
    assert (chart.anchor._from.row, chart.anchor.to.row) == (16, 22)
    assert sheet.print_area == "'Log'!$A$1:$C$22"
    assert [b.id for b in sheet.row_breaks.brk] == [13]
    assert other["A2"].value == "=Log!B11*2+SUM(Log!$B$8:B10)+SUM(Log!8:9)"
    assert other["A3"].hyperlink.location == "'Log'!A12"
    assert sheet.parent.defined_names["figures"].attr_text == "Log!$B$8:$B$11"


def test_an_audit_finds_nothing_new(tmp_path):
    data = edited(everything)
    assert complaints(grown(data), tmp_path) <= complaints(data, tmp_path)


@pytest.mark.libreoffice
def test_libreoffice_reckons_the_same_as_before(tmp_path):
    data = edited(everything)
    results = []
    for n, content in enumerate((data, grown(data))):
        (tmp_path / str(n)).mkdir()
        book = CalamineWorkbook.from_filelike(io.BytesIO(converted(content, tmp_path / str(n))))
        rows = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in ("Log", "Mine")}
        results.append((rows["Log"][9 + 2 * n][0], rows["Mine"][1][0]))
    assert results[0] == results[1]
    assert results[0][0] > 30


def test_rows_typed_in_earlier_in_the_same_run_go_with_it():
    book = Book(edited(note))
    book.set_cell("Log", 9, 2, "typed")
    book.set_cell("Log", 6, 2, "other words")
    book.append_rows(book.table("Orders"), [{0: "N0"}, {0: "N1"}], entries=3)
    sheet = sheet_of(making.written(book))
    assert (sheet["B8"].value, sheet["B11"].value) == ("other words", "typed")


def test_what_stands_beside_the_table_stays_and_what_hangs_together_moves_together():
    def change(sheet):
        sheet["E3"] = sheet["E9"] = "beside"
        sheet["B6"], sheet["C6"], sheet["D6"] = "my", "wide", "note"
        sheet["D8"], sheet["E8"] = "not", "torn"

    sheet = moved(change)
    assert [sheet[at].value for at in ("B8", "C8", "D8")] == ["my", "wide", "note"]
    assert [sheet[at].value for at in ("D10", "E10")] == ["not", "torn"]
    assert [sheet[at].value for at in ("E3", "E11", "D6")] == ["beside", "beside", None]


def test_a_column_that_stands_apart_stays():
    def change(sheet):
        note(sheet)
        sheet["G6"] = sheet["G7"] = "apart"
        sheet.row_dimensions[6].height = 44

    sheet = moved(change)
    assert (sheet["B8"].value, sheet["G6"].value, sheet["G7"].value) == ("my note", "apart", "apart")
    assert sheet.row_dimensions[6].height == 44, "the row of what stays"


def test_a_pivot_table_elsewhere_is_made_of_the_same_cells():
    data = making.with_pivot(edited(note), 'sheet="Log" ref="B6:C9"')
    assert b'ref="B8:C11"' in Package(grown(data)).read(making.PIVOT)


def test_a_picture_below_makes_room_too():
    def change(sheet):
        chart = BarChart()
        chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=4))
        sheet.add_chart(chart, "B6")

    (chart,) = moved(change)._charts
    assert chart.anchor._from.row + 1 == 8


def test_a_longer_body_makes_room_as_appended_rows_do():
    book = Book(edited(note))
    book.replace_body(book.table("Orders"), Body((0,), [(n,) for n in "vwxyz"], 3))
    sheet = sheet_of(making.written(book))
    assert (sheet.tables["Orders"].ref, sheet["B8"].value) == (GROWN, "my note")


def test_a_totals_row_and_what_stands_below_it():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("Log")
    columns = [{"header": "ID", "total_string": "Total"}, {"header": "Number", "total_function": "sum"}]
    sheet.add_table(0, 0, 4, 1, {"name": "Orders", "columns": columns, "total_row": True, "data": [["a", 1]] * 3})
    sheet.write("A7", "my note")
    book.close()
    sheet = sheet_of(grown(out.getvalue()))
    assert sheet.tables["Orders"].ref == "A1:B7"
    assert (sheet["A7"].value, sheet["A9"].value) == ("Total", "my note")


def test_a_notes_box_goes_with_its_cell_and_others_stay():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("Log")
    sheet.add_table(0, 0, 3, 1, {"name": "Orders", "data": [["a", 1]] * 3})
    sheet.write("A7", "my note")
    sheet.write_comment("A2", "an entry's", {"visible": True})
    sheet.write_comment("A7", "the note's", {"visible": True})
    book.close()

    def boxes(data):
        xml = Package(data).read("xl/drawings/vmlDrawing1.vml")
        found = re.findall(rb"<x:Anchor>([^<]*)</x:Anchor>", xml)
        return [[int(n) for n in box.split(b",")] for box in found]

    first, second = boxes(out.getvalue())
    by = [0, 0, 2, 0, 0, 0, 2, 0]
    assert boxes(grown(out.getvalue(), count=3)) == [first, [a + b for a, b in zip(second, by, strict=True)]]


@pytest.mark.parametrize(("goal", "then"), [("#Log!B6", "#Log!B8"), ("#Log!B4", "#Log!B4"), ("x.xlsx#Log!B6", "")])
def test_a_link_within_the_workbook_that_is_written_as_one_out_of_it_leads_to_the_same_cell(goal, then):
    def change(sheet):
        note(sheet)
        sheet.parent["Mine"]["A3"].hyperlink = goal

    assert moved(change).parent["Mine"]["A3"].hyperlink.target == (then or goal)


def test_a_sheet_that_is_protected_makes_room_and_one_with_scenarios_does_not():
    def protected(sheet):
        note(sheet)
        sheet.protection.sheet = True

    assert moved(protected).protection.sheet, "its element has an attribute of that name"
    held = b'<scenarios><scenario name="x" count="1"><inputCells r="B6" val="1"/></scenario></scenarios><pageMargins'
    data = making.with_changed(edited(protected), SHEET, lambda x: x.replace(b"<pageMargins", held))
    refused(data, "what-if scenarios")


@pytest.mark.parametrize(("at", "then"), [(4, 4), (5, 7), (6, 8)])
def test_a_page_begins_with_the_row_that_it_began_with(at, then):
    def change(sheet):
        note(sheet)
        sheet.row_breaks.append(openpyxl.worksheet.pagebreak.Break(id=at))

    assert [b.id for b in moved(change).row_breaks.brk] == [then]


def test_the_sheets_extent_covers_what_has_moved():
    def change(sheet):
        sheet["B6"], sheet["B9"] = "my note", "the last"

    data = grown(edited(change))
    assert b'<dimension ref="A1:C11"/>' in Package(data).read(SHEET)
    rows = openpyxl.load_workbook(io.BytesIO(data), read_only=True)["Log"].iter_rows(values_only=True)
    assert [row[1] for row in rows][7:] == ["my note", None, None, "the last"]


def test_cells_that_are_written_on_lines_of_their_own_move_whole():
    def lines(xml):
        return xml.replace(b"<c ", b"\n    <c ").replace(b"</row>", b"\n  </row>")

    def change(sheet):
        sheet["A6"], sheet["B6"], sheet["C6"] = "my", "wide", "note"

    data = making.with_changed(edited(change), SHEET, lines)
    sheet = sheet_of(grown(data))
    assert [c.value for c in sheet[8]] == ["my", "wide", "note"]
    assert Package(grown(data)).read(SHEET).count(b'r="C8"') == 1


# -- formulas that several cells share ------------------------------------------------------------------------------


def shared(xml):
    """Three cells of one shared formula in B7:B9."""
    cells = (
        '<row r="7"><c r="B7"><f t="shared" ref="B7:B9" si="0">A7+$A$2</f><v>1</v></c></row>'
        '<row r="8"><c r="B8"><f t="shared" si="0"/><v>2</v></c></row>'
        '<row r="9"><c r="B9"><f t="shared" si="0"/><v>3</v></c></row></sheetData>'
    )
    return xml.replace(b"</sheetData>", cells.encode())


def test_shared_formulas_refer_to_what_they_referred_to():
    data = making.with_changed(making.by_openpyxl(), SHEET, shared)
    sheet = sheet_of(grown(data, count=3))
    assert [sheet[f"B{n}"].value for n in range(9, 12)] == ["=A9+$A$2", "=A10+$A$2", "=A11+$A$2"]


def test_an_array_formula_moves_as_a_whole_or_not_at_all():
    def below(sheet):
        sheet["B7"] = ArrayFormula("B7:B8", "=A7:A8*2")

    cell = moved(below, count=2)["B8"].value
    assert (cell.ref, cell.text) == ("B8:B9", "=A8:A9*2")

    def elsewhere(sheet):
        note(sheet)
        sheet.parent["Mine"]["C1"] = ArrayFormula("C1:C3", "=Log!B6:B8*2")

    cell = moved(elsewhere).parent["Mine"]["C1"].value
    assert (cell.ref, cell.text) == ("C1:C3", "=Log!B8:B10*2")

    def across(sheet):
        note(sheet)
        sheet["F5"] = ArrayFormula("F5:F9", "=A5:A9*2")
        sheet["C11"] = sheet["D11"] = sheet["E11"] = sheet["F11"] = "x"

    refused(edited(across), "F5:F9 are computed together")


# -- what can't be moved --------------------------------------------------------------------------------------------


def a_table(sheet):
    sheet["A6"], sheet["A7"] = "Head", "x"
    sheet.add_table(Table(displayName="Other", ref="A6:A7"))


def merged_across(sheet):
    note(sheet)
    sheet.merge_cells("E5:F7")
    sheet["C9"] = sheet["D9"] = sheet["E9"] = "x"


@pytest.mark.parametrize(
    ("change", "what"), [(a_table, "the table “Other” is in the way"), (merged_across, "the merged cells E5:F7")]
)
def test_what_cannot_be_moved_is_named_and_nothing_is_written(change, what):
    data = edited(change)
    book = Book(data)
    with pytest.raises(Refused, match=what):
        book.append_rows(book.table("Orders"), [{0: "x"}, {0: "y"}], entries=3)
    assert not book.finished()


@pytest.mark.parametrize(
    ("kind", "what"), [("control", "form controls"), ("package", "embedded objects"), ("printerSettings", "")]
)
def test_what_is_fixed_to_the_sheet_is_in_the_way(kind, what):
    data = making.with_related(edited(note), SHEET, "xl/other/part1.bin", kind, b"\0")
    if what:
        refused(data, what)
    else:
        assert sheet_of(grown(data))["B8"].value == "my note"


def test_the_last_rows_of_a_sheet_have_nowhere_to_go():
    def change(sheet):
        note(sheet)
        sheet["A1048576"] = "the end"

    refused(edited(change), "last rows of the sheet")


# -- the rule ---------------------------------------------------------------------------------------------------------

rows, columns = st.integers(1, 60), st.integers(1, 8)
shifts = st.builds(
    lambda top, a, b, by: Shift("Log", top, min(a, b), max(a, b), by), rows, columns, columns, st.integers(1, 9)
)
dollars = st.sampled_from(["", "$"])


@st.composite
def references(draw):
    (top, bottom), (left, right) = sorted(draw(st.tuples(rows, rows))), sorted(draw(st.tuples(columns, columns)))
    first, _, last = Area(top, left, bottom, right).full.partition(":")
    points = [re.sub(r"([A-Z]+)", rf"{draw(dollars)}\1{draw(dollars)}", p) for p in (first, last)]
    return draw(st.sampled_from(["", "Log!", "'Log'!", "Mine!"])) + ":".join(points)


@settings(max_examples=300, deadline=None)
@given(references(), shifts)
def test_a_formula_refers_to_the_cells_it_referred_to(ref, shift):
    text = f'SUM({ref})&"{ref}"&Log_B9'
    result = shift.formula(text, "Log")
    new = re.match(r"SUM\((.*?)\)", result)[1]
    assert result == text.replace(f"SUM({ref})", f"SUM({new})"), "texts and names stay"
    area, after = area_of(ref.rpartition("!")[2]), area_of(new.rpartition("!")[2])
    assert after == (area if ref.startswith("Mine") else shift.area(area))
    assert new.count("$") == ref.count("$")


@settings(max_examples=300, deadline=None)
@given(st.tuples(rows, columns), references(), shifts)
def test_areas_hold_the_cells_that_they_held(cell, ref, shift):
    area = area_of(ref.rpartition("!")[2])
    within = shift.left <= area.left and area.right <= shift.right
    if within or not shift.splits(area):
        assert shift.area(area).holds(*shift.spot(*cell)) == area.holds(*cell)


def test_whole_columns_and_rows():
    shift = Shift("Log", 6, 1, LAST_COLUMN, 2)
    assert shift.formula("A:A+$5:7+6:6+A6#+Log!B6.5", "Log") == "A:A+$5:9+8:8+A8#+Log!B6.5"
    assert Shift("Log", 6, 1, 3, 2).formula("A:A+5:7+SUM(D6,C6)", "Log") == "A:A+5:7+SUM(D6,C8)"
