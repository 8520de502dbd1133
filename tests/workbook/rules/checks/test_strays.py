"""Entries typed outside a table are told; a person's notes, sums, keys and tables are left alone."""

from __future__ import annotations

import pytest

from tests.support.builders import AS_OF, day, raw_book
from workbook.model.findings import Severity
from workbook.model.reading import read_book
from workbook.rules.checks import run

LOG = "SupportLog"
ROWS = [{"Support ID": f"SU-000{n}", "Date": day(-n)} for n in range(1, 9)]


def log():
    raw = raw_book(SupportLog=ROWS)
    return raw, next(t for t in raw.tables if t.table == LOG)


def told(*, beside=None, beneath=None, header=None):
    """The findings where cells stand beside the entries, from the first on, or rows beneath them."""
    raw, table = log()
    first = table.header_row + 1
    table.beside = {first + n: tuple(cells) for n, cells in enumerate(beside or ()) if cells}
    if header:
        table.beside[table.header_row] = (header,)
    table.beneath = {first + table.height + 2 + n: tuple(cells) for n, cells in enumerate(beneath or ())}
    return [f for f in run(read_book(raw), AS_OF) if f.code in ("entries-beneath-gap", "entries-beside-table")]


def entry(**other):
    """The cells of an entry of the log, as it stands there."""
    _, table = log()
    cells = [column[0] for column in table.columns]
    for header, value in other.items():
        cells[table.headers.index(header.replace("_", " "))] = value
    return cells


def test_entries_beneath_a_gap_are_told_with_what_to_do():
    (found,) = told(beneath=[entry(), entry(Support_ID=None), entry(Date="31/02/2026")])
    assert (found.code, found.severity) == ("entries-beneath-gap", Severity.WARNING)
    assert found.message.startswith("3 rows look like entries beneath the table SupportLog")
    assert f"from row {found.row} on" in found.message
    assert "directly beneath its last entry: no entry is lost" in found.fix


@pytest.mark.parametrize(
    "rows",
    [
        [["Please ask Leader Oak before you delete anything here."]],
        [["Total", None, 8]],
        [["Total", 8, 3, 12.5, 4]],
        [["Key"], ["Yes", "done"], ["No", "to do"]],
        [["Week", "Visitor", "Hours"], [day(-7), "Inspector", 3], [day(0), "Supplier", 2]],
        [[None, day(-2), "Night out for everybody"]],
        [[False] * 20],
        [["SU-0009"]],
    ],
    ids=["note", "total", "totals", "key", "own table", "reminder", "unticked", "id alone"],
)
def test_what_a_person_writes_beneath_a_table_is_no_entry(rows):
    assert told(beneath=rows) == []


@pytest.mark.parametrize(
    ("cells", "header"),
    [
        ([[day(-1)], [day(-2)], None, [day(-4)]], None),
        ([["Yes"], ["No"], ["Yes"]], None),
        ([["Called the family"], ["Nothing to do"], ["Asked again"], ["Showed it"], ["Wrote it down"]], "Follow-up"),
        ([[1], [2]], "Minutes"),
        ([None, ["Night"], ["Night"], ["Early"]], None),
    ],
    ids=["dates", "answers", "column of words", "numbers", "repeated"],
)
def test_values_beside_the_rows_are_told(cells, header):
    (found,) = told(beside=cells, header=header)
    assert (found.code, found.severity) == ("entries-beside-table", Severity.WARNING)
    assert found.message.startswith(f"{sum(cell is not None for cell in cells)} values stand just right of")
    assert "give it a header: no entry is lost" in found.fix


def test_a_whole_entry_beside_the_table_is_told():
    (found,) = told(beside=[None, None, entry()])
    assert found.message.startswith("1 whole entry stands just right of the table SupportLog")
    assert "directly beneath its last entry" in found.fix
    assert len(told(beside=[entry()[1:]])) == 1


@pytest.mark.parametrize(
    ("cells", "header"),
    [
        ([None, ["Ask Leader Oak about this one"]], None),
        ([["Total"], [8]], None),
        ([["Red: late"], ["Green: done"], ["Blue: to come"]], None),
        ([["Red: late"], ["Green: done"], ["Blue: to come"], ["Grey: nobody's"]], "Key"),
        ([[None, day(-1)], [None, day(-2)]], None),
        ([[False]] * 8, None),
    ],
    ids=["note", "total", "legend", "key", "after a free column", "unticked"],
)
def test_what_a_person_writes_beside_a_table_is_no_entry(cells, header):
    assert told(beside=cells, header=header) == []
