"""Tables whose heading isn't shown (`headerRowCount="0"`): the row above is not theirs, and is kept as it is."""

import io

import openpyxl
import pytest
import xlsxwriter

from addin.lossless import Book
from addin.lossless.edit.growth import Body
from tests.support.excel_limits import problems
from tests.support.lossless import making


def workbook(first, above=()):
    """A table of three entries without a heading, from a row on, and cells that stand above it."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("Log")
    sheet.add_table(
        first, 0, first + 2, 1, {"name": "Orders", "header_row": False, "data": [["A1", 1], ["A2", 2], ["A3", 3]]}
    )
    sheet.write_row(max(first - 1, 0), 0, above)
    book.close()
    return out.getvalue()


def cells(data):
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Log"]
    return [list(row) for row in sheet.iter_rows(values_only=True)], sheet.tables["Orders"]


@pytest.mark.parametrize(("first", "above", "heading"), [(0, (), []), (3, ("ID", "How many"), ["Ours"]), (3, (), [])])
def test_a_new_column_has_a_heading_where_the_others_have_one(first, above, heading):
    book = Book(workbook(first, above))
    book.add_column(book.table("Orders"), "Ours")
    made = making.written(book)
    rows, table = cells(made)
    assert table.headerRowCount == 0
    assert [c.name for c in table.tableColumns] == ["Column1", "Column2", "Ours"]
    assert table.ref == f"A{first + 1}:C{first + 3}"
    assert [row[:2] for row in rows[first:]] == [["A1", 1], ["A2", 2], ["A3", 3]]
    assert [c for row in rows[:first] for c in row if c is not None] == [*above, *heading]
    assert problems(made) == []


@pytest.mark.parametrize("first", [0, 3])
def test_entries_come_and_go_and_the_row_above_stays(first):
    book = Book(workbook(first, ("A person's remark",) if first else ()))
    book.append_rows(book.table("Orders"), [{0: "A4", 1: 4}], entries=3)
    book = Book(making.written(book))
    book.replace_body(book.table("Orders"), Body((0, 1), [("B1", 9)], 4))
    made = making.written(book)
    rows, table = cells(made)
    assert table.headerRowCount == 0
    assert table.ref == f"A{first + 1}:B{first + 1}"
    assert rows[first][:2] == ["B1", 9]
    assert [c for row in rows[:first] for c in row if c is not None] == (["A person's remark"] if first else [])
