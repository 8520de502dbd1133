"""What a sheet may be called in Excel, and which of our sheets a run renames."""

from dataclasses import replace

import pytest

from tests.support.builders import book, raw_book
from workbook.blueprint import SUMMARY_SHEETS
from workbook.model.changes import ChangeSet, RenameSheet, ShowSheets
from workbook.model.reading import read_book
from workbook.model.registers import BY_TABLE, LISTS_SHEET
from workbook.model.sheet_names import forbidden, free_name, with_sheets_renamed


@pytest.mark.parametrize(
    "name",
    [
        "History",
        "HISTORY",
        "",
        " ",
        "x" * 32,
        "🙂" * 16,
        "a/b",
        "a[b]",
        "a:b",
        "a*",
        "why?",
        "a\\b",
        "'a",
        "a'",
        "a\x07b",
    ],
)
def test_names_that_excel_forbids(name):
    assert forbidden(name)


@pytest.mark.parametrize(
    "name", ["Change history", "History 2", "x" * 31, "🙂" * 15, "it's", "a<b>", "=1+1", 'a"b', "A1"]
)
def test_names_that_excel_takes(name):
    assert not forbidden(name)


def test_no_sheet_of_ours_has_a_name_that_excel_forbids():
    names = {*SUMMARY_SHEETS, LISTS_SHEET, *(register.sheet for register in BY_TABLE.values())}
    assert not {name: forbidden(name) for name in names if forbidden(name)}


def test_a_number_is_added_where_a_name_is_taken():
    assert free_name("Log", ["Other"]) == "Log"
    assert free_name("Log", ["LOG", "log 2"]) == "Log 3"
    long = "x" * 31
    assert free_name(long, [long]) == "x" * 29 + " 2"


def on_sheets(**names):
    """A workbook whose tables stand on sheets of these names."""
    raw = raw_book()
    tables = [replace(t, sheet=names.get(t.table, t.sheet)) for t in raw.tables]
    return read_book(replace(raw, tables=tables))


def renamed(snapshot, *changes):
    told = with_sheets_renamed(snapshot, ChangeSet("check", snapshot.fingerprint, changes))
    return [c for c in told.changes if isinstance(c, RenameSheet)]


def test_sheets_whose_names_excel_forbids_get_the_contracts_by_a_run_that_writes():
    writing = ShowSheets(("Actions",))
    assert renamed(on_sheets(SupportLog="Support log of our house by the sea"), writing) == [
        RenameSheet("Support log of our house by the sea", "Support log")
    ]
    assert renamed(on_sheets(SupportLog="HISTORY"), writing) == [RenameSheet("HISTORY", "Support log")]
    assert not renamed(on_sheets(SupportLog="Floor log"), writing), "a person's name for it stays"
    assert not renamed(on_sheets(SupportLog="History")), "nothing is written for the sake of a name"
    assert not renamed(book(), writing)


def test_tables_on_one_sheet_have_it_renamed_once():
    both = on_sheets(SupportLog="History", Actions="History")
    assert len(renamed(both, ShowSheets(("Checks",)))) == 1
