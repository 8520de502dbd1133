"""What formulas are read to use, and how they read further on, at the edges of what Excel takes for a cell."""

import io

import openpyxl
import pytest
import xlsxwriter
from openpyxl.workbook.defined_name import DefinedName

from addin.lossless import Book
from addin.lossless.formula.formulas import has_cells, kind_of, shifted
from addin.lossless.formula.shapes import uses
from tests.support.lossless.making import written

BEYOND = ["YTD2024", "ZIP1", "XFE1", "xyz7", "A1048577", "AB2000000", "Day0"]
WITHIN = ["XFD1048576", "A1", "ab2024", "XEZ10", "$T$20"]


@pytest.mark.parametrize("name", BEYOND)
def test_what_lies_beyond_the_sheet_is_a_name_and_stays(name):
    assert not has_cells(name)
    assert shifted(f"B2*{name}", down=3, right=2) == f"D5*{name}"
    assert uses(name).names == {name.casefold()}


@pytest.mark.parametrize("cell", WITHIN)
def test_what_lies_on_the_sheet_is_a_cell(cell):
    assert has_cells(cell)
    assert not uses(cell).names


def test_names_that_end_in_other_numbers_are_not_of_one_kind():
    assert kind_of("B2*YTD2024") == kind_of("B3*YTD2024") != kind_of("B2*YTD2025")


def test_a_persons_name_like_a_cell_outlives_growing_and_a_shared_formula():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    log = book.add_worksheet("Log")
    columns = [{"header": "Day"}, {"header": "Cost", "formula": "=A2*YTD2024"}]
    log.add_table(0, 0, 2, 1, {"name": "Orders", "columns": columns, "data": [[1], [2]]})
    log.write_formula("B9", "=A1*YTD2024")
    book.close()
    changed = Book(out.getvalue())
    changed.append_rows(changed.table("Orders"), [{0: 3}, {0: 4}], entries=2)
    sheet = openpyxl.load_workbook(io.BytesIO(written(changed)))["Log"]
    formulas = [sheet.cell(row, 2).value for row in range(2, 12)]
    assert "#REF!" not in "".join(f or "" for f in formulas)
    assert sum("YTD2024" in (f or "") for f in formulas) == 5


JOINED = [
    "SUM(Log!A2:Log!C4)",
    "SUM(Log!A2 : C4)",
    "SUM((Log!A2):(Log!C4))",
    "SUM(first:last)",
    "SUM(Log!A2:last)",
    "SUM(Orders[Jan]:Orders[Mar])",
    "SUM(Orders[[Jan] : [Mar]])",
    "SUM(Log!A2:INDEX(Log!C2:C4,3))",
    "YTD2024*2",
    "MyRate(2)",
    "local",
    "SUM(Marked['@Feb])",
]
APART = ["SUM(Log!A2:A4)", 'Log!A2&": B3"', "SUM(Orders[[#Data],[Jan]])", "SUM(Log!C:C)", "ZIP1"]
NAMES = {
    "first": "Log!$A$2",
    "last": "Log!$C$4",
    "YTD2024": "Log!$B$3",
    "ZIP1": "Log!$A$2",
    "MyRate": "_xlfn.LAMBDA(_xlpm.x,_xlpm.x*Log!$B$3)",
}


@pytest.mark.parametrize(("formula", "follows"), [*((f, True) for f in JOINED), *((f, False) for f in APART)])
def test_all_between_two_joined_cells_counts(formula, follows):
    """B3 has changed; what uses but other cells keeps its result."""
    book = openpyxl.Workbook()
    log = book.active
    log.title = "Log"
    for row in (["Jan", "Feb", "Mar"], [1, 2, 3], [4, 5, 6], [7, 8, 9]):
        log.append(row)
    log.add_table(openpyxl.worksheet.table.Table(displayName="Orders", ref="A1:C4"))
    log["F1"], log["E1"], log["E3"] = "@Feb", "Day", 7
    log["F2"] = "=B3"
    log.add_table(openpyxl.worksheet.table.Table(displayName="Marked", ref="E1:F3"))
    mine = book.create_sheet("Mine")
    mine["A1"] = f"={formula}"
    for name, goal in NAMES.items():
        book.defined_names[name] = DefinedName(name, attr_text=goal)
    mine.defined_names["local"] = DefinedName("local", attr_text="Log!$B$3")
    book.defined_names["local"] = DefinedName("local", attr_text="Log!$A$2")
    out = io.BytesIO()
    book.save(out)
    changed = Book(out.getvalue())
    changed.set_cell("Log", 3, 2, 99)
    assert ("Mine" in changed.dependants()) is follows
