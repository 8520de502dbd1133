"""A worksheet called otherwise: whatever names it follows, and nothing else changes."""

import io
import re

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from addin.lossless import Book, Refused
from addin.lossless.formula.formulas import with_sheet_renamed
from addin.lossless.opc.package import Package
from tests.support.lossless import making

# openpyxl says what it does not read
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("History!A1", "'Change history'!A1"),
        ("'HISTORY'!$A$1:B2+history!C3", "'Change history'!$A$1:B2+'Change history'!C3"),
        ("SUM(First:History!A1)", "SUM('First:Change history'!A1)"),
        ("SUM('History:Last one'!A1)", "SUM('Change history:Last one'!A1)"),
        ("History!Lines", "'Change history'!Lines"),
        ("SUM(History!A:A,History!1:3)", "SUM('Change history'!A:A,'Change history'!1:3)"),
        ('HYPERLINK("#History!A1","History")', 'HYPERLINK("#\'Change history\'!A1","History")'),
        ('INDIRECT("History!A"&ROW())', "INDIRECT(\"'Change history'!A\"&ROW())"),
        # near misses: another sheet or workbook, a table, a name, words
        ("MyHistory!A1+'History 2'!A1", "MyHistory!A1+'History 2'!A1"),
        ("[1]History!A1+'[Book.xlsx]History'!A1", "[1]History!A1+'[Book.xlsx]History'!A1"),
        ("COUNTA(History[When])+History", "COUNTA(History[When])+History"),
        ('IF(A1="History!A1",1,2)', 'IF(A1="History!A1",1,2)'),
    ],
)
def test_a_formula_names_the_sheet_by_its_new_name(before, after):
    assert with_sheet_renamed(before, "History", "Change history") == after


@pytest.mark.parametrize("name", ["It's so", "Año 1", "A1", "R1C1", "Plain", "1st", "a-b", "=1+1", "#'x", 'say "so"'])
def test_any_name_can_be_named_and_left_again(name):
    there = with_sheet_renamed("SUM(History!A1:B2)", "History", name)
    assert with_sheet_renamed(there, name, "History") == "SUM(History!A1:B2)"
    quoted = name.replace("'", "''")
    assert there in (f"SUM('{quoted}'!A1:B2)", f"SUM({name}!A1:B2)")


@given(st.text(st.characters(exclude_characters="[]:*?/\\", codec="utf-8"), min_size=1, max_size=31))
def test_there_and_back_is_the_same_formula(name):
    if name.strip("'") != name or name.casefold() in ("history", "other"):
        return
    text = 'SUM(History!A1:B2)+Other!A1+HYPERLINK("#History!A1")+COUNTA(History[When])'
    there = with_sheet_renamed(text, "History", name)
    assert with_sheet_renamed(there, name, "History") == text


def everything():
    """A workbook in which a sheet is named in every way that Excel knows and XlsxWriter writes."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    log, mine = book.add_worksheet("History"), book.add_worksheet("Mine")
    data = [["a", 1], ["b", 2], ["c", 3]]
    log.add_table(0, 0, 3, 1, {"name": "History", "columns": [{"header": "ID"}, {"header": "Number"}], "data": data})
    log.write("E1", "kept")
    log.print_area("A1:B4")
    log.repeat_rows(0)
    log.autofilter("E1:F3")
    mine.write_formula("A1", "=SUM(History!B2:B4)", None, 6)
    mine.write_array_formula("B1:B3", "{=History!B2:B4*2}", None, 2)
    mine.write_dynamic_array_formula("C1", "=SORT(History!B2:B4)", None, 1)
    mine.write_url("A5", "internal:'History'!A1", string="History")
    mine.data_validation("A6", {"validate": "list", "source": "=History!$A$2:$A$4"})
    mine.conditional_format("A7", {"type": "formula", "criteria": "=History!$B$2>1", "format": book.add_format()})
    mine.add_sparkline("A8", {"range": "History!B2:B4"})
    mine.insert_textbox("E2", "x", {"textlink": "=History!A2"})
    mine.add_table(9, 0, 11, 1, {"columns": [{"header": "a"}, {"header": "b", "formula": "=History!$B$2"}]})
    mine.insert_image("H2", "x.png", {"image_data": io.BytesIO(_dot()), "url": "internal:History!A1"})
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=History!$B$2:$B$4", "name": "=History!$B$1"})
    mine.insert_chart("E5", chart)
    book.define_name("Numbers", "=History!$B$2:$B$4")
    book.close()
    return out.getvalue()


def _dot():
    import base64

    return base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    )


def test_all_that_names_the_sheet_follows():
    before = everything()
    book = Book(before)
    book.rename_sheet("History", "Change history")
    after = making.written(book)
    left = {
        part: re.findall(r".{0,20}History'?!", Package(after).read(part).decode("utf-8", "replace"))
        for part in Package(after).entries
    }
    assert not {part: found for part, found in left.items() if found}
    told = openpyxl.load_workbook(io.BytesIO(after))
    assert told.sheetnames == ["Change history", "Mine"]
    page = told["Mine"]
    assert page["A1"].value == "=SUM('Change history'!B2:B4)"
    assert page["B1"].value.text == "='Change history'!B2:B4*2"
    assert page["A5"].hyperlink.location == "'Change history'!A1"
    assert page["A5"].value == "History", "what a person reads stays"
    assert page.data_validations.dataValidation[0].formula1 == "'Change history'!$A$2:$A$4"
    assert told.defined_names["Numbers"].attr_text == "'Change history'!$B$2:$B$4"
    assert told["Change history"].print_area == "'Change history'!$A$1:$B$4"
    assert told["Change history"].tables["History"].ref == "A1:B4"
    shown = openpyxl.load_workbook(io.BytesIO(after), data_only=True)
    assert shown["Mine"]["A1"].value == 6, "no result changes by a name"
    assert b"'Change history'!$B$2:$B$4" in Package(after).read("xl/charts/chart1.xml")
    assert b"Change history" in Package(after).read("docProps/app.xml")
    assert b"#'Change history'!A1" in Package(after).read("xl/drawings/_rels/drawing1.xml.rels")


def test_there_and_back_is_the_workbook_that_it_was():
    before = everything()
    book = Book(before)
    book.rename_sheet("History", "Change history")
    again = Book(making.written(book))
    again.rename_sheet("Change history", "History")
    after = Package(making.written(again))
    for part in after.entries:
        content, was = after.read(part), Package(before).read(part)
        if part != "xl/workbook.xml":  # which asks for its formulas to be computed
            assert content.replace(b"'History'", b"History") == was.replace(b"'History'", b"History"), part


def test_a_sheet_that_changed_before_is_renamed_with_its_changes():
    book = Book(everything())
    region = book.table("History")
    book.append_rows(region, [{0: "d", 1: 4}], entries=3)
    book.rename_sheet("History", "Change history")
    book.append_rows(region, [{0: "e", 1: 5}], entries=4)
    page = openpyxl.load_workbook(io.BytesIO(making.written(book)))
    assert [c.value for c in page["Change history"]["B"]][1:6] == [1, 2, 3, 4, 5]
    assert page["Mine"]["A1"].value == "=SUM('Change history'!B2:B6)"


@pytest.mark.parametrize(("old", "new"), [("History", "MINE"), ("Nowhere", "Anything")])
def test_a_name_that_another_sheet_has_is_refused(old, new):
    book = Book(everything())
    with pytest.raises(Refused):
        book.rename_sheet(old, new)
    assert not book.finished()


@pytest.mark.libreoffice
def test_libreoffice_reads_what_was_renamed(tmp_path):
    from .test_book import converted

    book = Book(everything())
    book.rename_sheet("History", "Change history")
    told = openpyxl.load_workbook(io.BytesIO(converted(making.written(book), tmp_path)), data_only=True)
    assert told["Mine"]["A1"].value == 6
