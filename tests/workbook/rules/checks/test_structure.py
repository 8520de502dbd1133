"""Tables and columns, and what is written of findings."""

from __future__ import annotations

from tests.support.builders import AS_OF, book, day, raw_book
from workbook.model.changes import AddColumn, AddTable, ReplaceTable, SetCell
from workbook.model.findings import Severity
from workbook.model.raw import Elsewhere
from workbook.model.reading import read_book
from workbook.model.registers import SupportLog
from workbook.rules.checks import changes, run

LOG = "SupportLog"


def changed(change, table=LOG, **tables):
    """The findings about a table's structure once `change` was made to it as it stands in the file."""
    raw = raw_book(**{LOG: [{}, {"Date": day(-3)}], **tables})
    for found in raw.tables:
        if found.table == table:
            change(found)
    codes = ("missing-column", "renamed-column", "duplicate-column", "rows-beneath-table", "table-name-lost")
    return [f for f in run(read_book(raw), AS_OF) if f.code in codes and f.table == table]


def headers(**other):
    def change(table):
        table.headers = tuple(other.get(h.replace(" ", "_"), h) for h in table.headers)

    return change


def test_a_renamed_column_is_told_from_one_that_is_missing():
    assert changed(lambda _: None) == []
    (renamed,) = changed(headers(Staff_member="Member of staff"))
    assert (renamed.code, renamed.column, renamed.value) == ("renamed-column", "Staff member", "Member of staff")
    (missing,) = changed(headers(Staff_member="Weather"))
    assert (missing.code, missing.column, missing.severity) == ("missing-column", "Staff member", Severity.ERROR)


def test_a_missing_column_is_one_finding_and_not_one_a_row():
    raw = raw_book(SupportLog=[{}, {"Date": day(-3)}])
    for table in raw.tables:
        if table.table == LOG:
            headers(Staff_member="Weather")(table)
    assert [f.code for f in run(read_book(raw), AS_OF) if f.column == "Staff member"] == ["missing-column"]


def test_a_doubled_column():
    found = changed(headers(Advice_given="Coaching given"), SupportLog=[{}])
    assert [(f.code, f.column) for f in found] == [
        ("duplicate-column", "Coaching given"),
        ("missing-column", "Advice given"),
    ]


def test_rows_beneath_a_table_and_a_lost_name_are_hints():
    def beneath(table):
        table.body_rows -= 1

    def lost(table):
        table.named = False

    for change, code in ((beneath, "rows-beneath-table"), (lost, "table-name-lost")):
        (found,) = changed(change)
        assert (found.code, found.severity) == (code, Severity.ADVICE)


def written(snapshot):
    return changes(snapshot, run(snapshot, AS_OF)).changes


def test_a_row_that_was_emptied_keeps_no_finding():
    blank = dict.fromkeys(SupportLog.headers())
    snapshot = book(SupportLog=[{}, {**blank, "Check": "Old."}, {"Date": day(-3)}])
    cells = [c for c in written(snapshot) if isinstance(c, SetCell) and c.row.table == LOG]
    assert [(c.row.ordinal, c.column, c.expected, c.value) for c in cells] == [(1, "Check", "Old.", None)]


def test_a_sound_log_is_not_written_to():
    assert [c for c in written(book(SupportLog=[{}])) if isinstance(c, SetCell | AddColumn)] == []


def test_a_missing_checks_table_is_added_and_its_links_follow():
    snapshot = book(leave_out=["Checks"], SupportLog=[{"Date": "31/02/2026"}])
    (added,) = [c for c in written(snapshot) if isinstance(c, AddTable)]
    assert added.table == "Checks"
    rows = [dict(zip(added.headers, row, strict=True)) for row in added.rows]
    assert {row["Go to"] for row in rows} == {None}
    again = book(SupportLog=[{"Date": "31/02/2026"}], Checks=rows)
    (replaced,) = [c for c in written(again) if isinstance(c, ReplaceTable)]
    assert "'Support log'!B6" in set(replaced.links.values())


def elsewhere(leave_out=()):
    raw = raw_book(leave_out=leave_out)
    raw.elsewhere = (Elsewhere("SupportLog", "SupportLog_2", "Support log (2)", 12),)
    return [f for f in run(read_book(raw), AS_OF) if f.table == "SupportLog" and not f.row]


def test_rows_on_a_copy_are_told():
    (found,) = elsewhere()
    assert (found.code, found.severity) == ("entries-elsewhere", Severity.WARNING)
    assert "SupportLog_2 on the sheet Support log (2)" in found.message
    assert "It has 12 rows" in found.message
    assert "paste them as values" in found.fix


def test_a_renamed_register_is_named_with_the_way_back():
    (found,) = elsewhere(leave_out={"SupportLog"})
    assert found.code == "missing-table"
    assert "change its name from SupportLog_2 to SupportLog" in found.fix


def copied(rows, sheet_rows, name=""):
    """What is said of a copy of the support log that holds `rows`, where the log itself holds `sheet_rows`."""
    (copy,) = (t for t in raw_book(SupportLog=rows).tables if t.table == LOG)
    raw = raw_book(SupportLog=sheet_rows)
    raw.elsewhere = (Elsewhere(LOG, name, "Support log (2)", 99, copy),)
    (found,) = (f for f in run(read_book(raw), AS_OF) if f.code == "entries-elsewhere")
    return found


def test_a_copy_says_how_many_of_its_rows_the_register_lacks():
    mine = [{"Support ID": f"SU-000{n}", "Date": day(-n)} for n in range(1, 4)]
    found = copied([*mine, {"Support ID": "SU-0009"}], mine)
    assert "1 row of it is missing from Support log." in found.message
    assert found.severity is Severity.WARNING
    assert "headings on the sheet Support log (2)" in found.message
    found = copied([{**mine[0], "What happened": "More was said."}, *mine[1:], {}, {}], mine)
    assert "2 rows of it are missing from Support log, and 1 row says something else there." in found.message


def test_a_copy_that_holds_nothing_new_may_go():
    mine = [{"Support ID": f"SU-000{n}", "Date": day(-n)} for n in range(1, 4)]
    found = copied([{**mine[1], "Workflow": "care  NOTES"}, mine[0]], mine, "SupportLog3")
    assert "The table SupportLog3" in found.message
    assert "None of its 2 rows is missing" in found.message
    assert found.severity is Severity.ADVICE
    assert found.fix == "Nothing on it is needed: delete the sheet Support log (2)."


def test_a_register_of_which_only_the_headings_are_left_is_named():
    raw = raw_book(leave_out={LOG})
    raw.elsewhere = (Elsewhere(LOG, "", "Log of 2026", 3),)
    (found,) = (f for f in run(read_book(raw), AS_OF) if f.table == LOG and not f.row)
    assert found.code == "missing-table"
    assert "on the sheet Log of 2026" in found.fix
    assert "name the table SupportLog" in found.fix
