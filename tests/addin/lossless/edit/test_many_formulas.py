"""Sheets of very many formulas: which of them lose the results that they show, and how quickly that is told."""

import io

import openpyxl
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from addin.lossless import Book
from addin.lossless.edit import results
from tests.support.lossless import making

ROWS = 30


@pytest.fixture
def data():
    """A log, a sheet that counts it, one that uses that sheet, and one that uses itself alone; all with results."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    log = book.add_worksheet("Log")
    log.add_table(0, 0, 3, 1, {"name": "Orders", "columns": [{"header": "ID"}, {"header": "Text"}]})
    log.write_column(1, 0, ["A1", "A2", "A3"])
    counting, using, own = (book.add_worksheet(name) for name in ("Counting", "Using", "Bob's own"))
    for n in range(ROWS):
        counting.write_formula(n, 0, f"=COUNTA(Log!A1:A{n + 2})+B{n + 1}", None, n)
        using.write_formula(n, 0, f"=Counting!A{n + 1}*2", None, n)
        own.write_formula(n, 0, f"=B{n + 1}*2+'Bob''s own'!C{n + 1}", None, n)
        own.write(n, 5, "A text")
    book.close()
    return out.getvalue()


@pytest.fixture(params=[ROWS - 1, ROWS], ids=["looked at as a whole", "looked at one by one"], autouse=True)
def most(request, monkeypatch):
    monkeypatch.setattr(results, "MOST_FORMULAS", request.param)


def first_column(data, sheet, **how):
    return [row[0].value for row in openpyxl.load_workbook(io.BytesIO(data), **how)[sheet].iter_rows(max_row=ROWS)]


def shown(data, sheet):
    """The first cells of a sheet as they show; None where a formula shows nothing until it is computed."""
    return first_column(data, sheet, data_only=True)


def changed(data):
    book = Book(data)
    book.set_cell("Log", 2, 1, "B1")
    book.outdate(book.sheets)
    return book, making.written(book)


def test_what_follows_from_a_change_shows_no_result_that_may_not_hold(data):
    _, made = changed(data)
    assert shown(made, "Counting") == shown(made, "Using") == [None] * ROWS


def test_what_does_not_follow_from_it_shows_its_results(data):
    _, made = changed(data)
    assert shown(made, "Bob's own") == list(range(ROWS))


def test_the_formulas_and_what_stands_beside_them_stay(data):
    _, made = changed(data)
    for sheet in ("Counting", "Using", "Bob's own"):
        assert first_column(made, sheet) == first_column(data, sheet)
    beside = CalamineWorkbook.from_filelike(io.BytesIO(made)).get_sheet_by_name("Bob's own").to_python()
    assert [row[-1] for row in beside] == ["A text"] * ROWS


def test_the_sheets_that_follow_are_named(data):
    book, _ = changed(data)
    assert book.dependants() == ["Counting", "Using"]


def test_a_change_on_the_sheet_itself_concerns_it(data):
    book = Book(data)
    book.set_cell("Bob's own", 2, 2, 5)
    made = making.written(book)
    assert shown(made, "Bob's own")[1] is None


def test_a_sheet_that_follows_through_two_formulas_of_another_is_named():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    log, counting, using = (book.add_worksheet(name) for name in ("Log", "Counting", "Using"))
    log.write_column(0, 0, ["A1", "A2"])
    counting.write_formula("A1", "=COUNTA(Log!A1:A2)", None, 2)
    counting.write_formula("A2", "=A1*2", None, 4)
    using.write_formula("A1", "=Counting!A2+1", None, 5)
    book.close()
    changed = Book(out.getvalue())
    changed.set_cell("Log", 2, 1, "B1")
    assert changed.dependants() == ["Counting", "Using"]
