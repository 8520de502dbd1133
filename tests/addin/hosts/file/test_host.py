"""The closed-file host: change sets carried out on real files, refused when stale, and taken back."""

import datetime as dt
import io
import subprocess
import sys

import openpyxl
import pytest

from addin.hosts.file.host import ClosedHost
from addin.hosts.file.versions import kept_states
from workbook.model.changes import AddColumn, AddTable, AppendRows, ChangeSet, ReplaceTable, RowRef, SetCell, ShowSheets
from workbook.model.declare import CHECK_HEADER
from workbook.model.errors import BookBusy, BookUnusable, HostCannot, StaleChanges
from workbook.model.registers import Actions, Checks, History, Services, Triggers
from workbook.model.snapshot import ID_PROPERTY

WHEN = dt.datetime(2026, 6, 30, 9, 0, tzinfo=dt.UTC)
ACTION = {
    "Action ID": "AC-001",
    "Source": "P1:DC-001",
    "Action": "Arrange training.",
    "Owner": "Project Lead One",
    "Raised on": dt.date(2026, 6, 30),
    "Due date": dt.date(2026, 7, 10),
    "Status": "Proposed",
}


@pytest.fixture(scope="module")
def master(tmp_path_factory):
    path = tmp_path_factory.mktemp("new") / "master.xlsx"
    subprocess.run(
        [sys.executable, "-m", "addin.frontends.terminal", "new", str(path)], check=True, capture_output=True
    )
    return path.read_bytes()


@pytest.fixture
def path(tmp_path, master):
    file = tmp_path / "book.xlsx"
    file.write_bytes(master)
    return file


def apply(path, *changes, command="check"):
    host = ClosedHost(path)
    return host.apply(ChangeSet(command, host.read().fingerprint, changes), who="Tester", when=WHEN)


def finding(n):
    return ("error", f"Finding {n}", "Mend it.", "code", "Open")


FOUND = ("Severity", "What is wrong", "What to do", "Code", "Go to")


def test_rows_are_appended_recorded_and_taken_back(path):
    before = ClosedHost(path).read()
    inverse = apply(path, AppendRows(Actions.table, (ACTION,)), command="triggers")
    snapshot = ClosedHost(path).read()
    (row,) = snapshot.rows(Actions)
    assert (row.id, row.due_date, row.status) == ("AC-001", dt.date(2026, 7, 10), "Proposed")
    (record,) = snapshot.rows(History)
    assert (record.who, record.command, record.in_table, record.entry_id) == ("Tester", "triggers", "Actions", "AC-001")
    assert inverse.fingerprint == snapshot.fingerprint
    redo = ClosedHost(path).apply(inverse, who="Tester", when=WHEN)
    assert ClosedHost(path).read().fingerprint == before.fingerprint
    ClosedHost(path).apply(redo, who="Tester", when=WHEN)
    assert ClosedHost(path).read().fingerprint == snapshot.fingerprint


def test_a_computed_table_is_replaced_and_put_back_without_a_record(path):
    first = ReplaceTable(Checks.table, FOUND, (finding(1), finding(2)), {(0, "Go to"): "'Actions'!A5"})
    apply(path, first)
    inverse = apply(path, ReplaceTable(Checks.table, FOUND, (finding(3),)))
    assert [r.what_is_wrong for r in ClosedHost(path).read().rows(Checks)] == ["Finding 3"]
    (back,) = inverse.changes
    assert (back.rows, back.links) == (first.rows, {(0, "Go to"): "'Actions'!A5"})
    assert not ClosedHost(path).read().rows(History)


def test_the_check_column_and_a_blank_id_are_set(path):
    apply(path, AppendRows(Actions.table, ({**ACTION, "Action ID": None}, ACTION)))
    snapshot = ClosedHost(path).read()
    blank = RowRef(Actions.table, "", snapshot.rows(Actions)[0].ordinal)
    inverse = apply(
        path, SetCell(blank, CHECK_HEADER, None, "Owner is unknown."), SetCell(blank, "Action ID", None, "AC-002")
    )
    snapshot = ClosedHost(path).read()
    assert [r.id for r in snapshot.rows(Actions)] == ["AC-002", "AC-001"]
    assert snapshot.tables[Actions.table].check == {0: "Owner is unknown."}
    assert [r.in_column for r in snapshot.rows(History)][-1] == "Action ID"
    ClosedHost(path).apply(inverse, who="Tester", when=WHEN)
    assert ClosedHost(path).read().rows(Actions)[0].id == ""


def test_a_wrong_expectation_or_an_old_fingerprint_changes_nothing(path):
    apply(path, AppendRows(Actions.table, (ACTION,)))
    before = path.read_bytes()
    ref = RowRef(Actions.table, "ac-001", 0)
    with pytest.raises(StaleChanges, match="Proposed"):
        apply(path, SetCell(ref, "Status", "Open", "Done"))
    with pytest.raises(StaleChanges):
        apply(path, SetCell(RowRef(Actions.table, "AC-404", 0), "Status", "Open", "Done"))
    with pytest.raises(StaleChanges):
        ClosedHost(path).apply(ChangeSet("check", "0" * 32, (AddColumn("Actions", "X"),)), who="", when=WHEN)
    assert path.read_bytes() == before


def test_another_program_saving_between_reading_and_writing_is_noticed(path):
    host = ClosedHost(path)
    changes = ChangeSet("check", host.read().fingerprint, (AppendRows(Actions.table, (ACTION,)),))
    apply(path, AppendRows(Actions.table, ({**ACTION, "Action ID": "AC-009"},)))
    theirs = path.read_bytes()
    with pytest.raises(StaleChanges):
        host.apply(changes, who="", when=WHEN)
    assert path.read_bytes() == theirs


def test_a_cell_outside_the_fingerprint_that_changed_meanwhile_is_not_overwritten(path):
    apply(path, AppendRows(Actions.table, (ACTION,)))
    ref = RowRef(Actions.table, "AC-001", 0)
    apply(path, SetCell(ref, CHECK_HEADER, None, "Owner is unknown."))
    host, other = ClosedHost(path), ClosedHost(path)
    mine = ChangeSet("check", host.read().fingerprint, (SetCell(ref, CHECK_HEADER, "Owner is unknown.", None),))
    theirs = SetCell(ref, CHECK_HEADER, "Owner is unknown.", "Due date is missing.")
    other.apply(ChangeSet("check", other.read().fingerprint, (theirs,)), who="Other", when=WHEN)
    before = path.read_bytes()
    assert ClosedHost(path).read().fingerprint == mine.fingerprint
    with pytest.raises(StaleChanges, match="Due date is missing"):
        host.apply(mine, who="Tester", when=WHEN)
    assert path.read_bytes() == before


def test_results_outside_the_fingerprint_make_no_run_stale(path):
    apply(path, AppendRows(Actions.table, (ACTION,)))
    host = ClosedHost(path)
    mine = ChangeSet(
        "triggers", host.read().fingerprint, (SetCell(RowRef("Actions", "AC-001", 0), "Status", "Proposed", "Open"),)
    )
    apply(path, ReplaceTable(Checks.table, FOUND, (finding(1),)))
    host.apply(mine, who="Tester", when=WHEN)
    snapshot = ClosedHost(path).read()
    assert [r.status for r in snapshot.rows(Actions)] == ["Open"]
    assert len(snapshot.rows(Checks)) == 1


def test_missing_tables_and_columns_are_added(path):
    book = openpyxl.load_workbook(path)
    for sheet in ("Checks", "Lists"):
        del book[sheet]
    book.save(path)
    host = ClosedHost(path)
    assert {"Checks", "Shifts"} <= set(host.read().missing)
    apply(
        path,
        AddTable(Checks.table, Checks.sheet, Checks.headers()),
        AddTable("Shifts", "Lists", ("Shifts",), (("Early",), ("Late",))),
        AddTable("Workflows", "Lists", ("Workflows",), (("Care notes",),)),
        AddColumn(Services.table, "Remarks of ours"),
    )
    snapshot = ClosedHost(path).read()
    assert snapshot.lists["Shifts"] == ("Early", "Late")
    assert snapshot.lists["Workflows"] == ("Care notes",)
    assert "Checks" in snapshot.tables


def test_hidden_tabs_are_shown_once_and_stay_so_when_a_person_hides_them(path):
    hidden = ClosedHost(path).read().hidden
    assert {"Checks", "Confidence tracker", "Thresholds"} <= hidden
    apply(path, ReplaceTable(Checks.table, FOUND, (finding(1),)), ShowSheets(("Checks", "Setup", "No such sheet")))
    assert ClosedHost(path).read().hidden == hidden - {"Checks"}
    book = openpyxl.load_workbook(path)
    assert book["Checks"].sheet_state == "visible"
    assert book["Thresholds"].sheet_state == "hidden"


def test_a_persons_own_column_in_triggers_follows_its_key(path):
    headers = ("Key", "Trigger", "Title", "Scope", "State")
    rows = [(f"S{n}:OAK", f"S{n}", "Title", "OAK", "Raised") for n in range(1, 4)]
    apply(path, ReplaceTable(Triggers.table, headers, tuple(rows)), AddColumn(Triggers.table, "My note"))
    book = openpyxl.load_workbook(path)
    top = ClosedHost(path).read().tables[Triggers.table]
    at = list(top.headers).index("My note") + top.first_column
    book[top.sheet].cell(top.header_row + 2, at).value = "of S2"
    book.save(path)
    apply(path, ReplaceTable(Triggers.table, headers, (rows[1], rows[0])))
    sheet = openpyxl.load_workbook(path)[top.sheet]
    assert [sheet.cell(top.header_row + n, at).value for n in (1, 2)] == ["of S2", None]


def test_the_workbook_gets_an_id_at_its_first_writing_and_keeps_it(path):
    assert ID_PROPERTY not in ClosedHost(path).read().properties
    apply(path, ReplaceTable(Checks.table, FOUND, (finding(1),)))
    given = ClosedHost(path).read().properties[ID_PROPERTY]
    apply(path, ReplaceTable(Checks.table, FOUND, ()))
    assert ClosedHost(path).read().properties[ID_PROPERTY] == given
    assert len(kept_states(path)) == 2


def test_a_workbook_open_in_excel_is_left_alone(path):
    before = path.read_bytes()
    (path.parent / "~$book.xlsx").write_bytes(b"\x05Carol")
    with pytest.raises(BookBusy, match="open in Excel"):
        apply(path, AppendRows(Actions.table, (ACTION,)))
    assert path.read_bytes() == before


def test_what_is_no_workbook_and_what_a_file_cannot_do(tmp_path):
    other = tmp_path / "minutes.xlsx"
    other.write_bytes(io.BytesIO(b"a,b,c").getvalue())
    with pytest.raises(BookUnusable):
        ClosedHost(other).read()
    with pytest.raises(HostCannot):
        ClosedHost(other).show("Hello")
    with pytest.raises(HostCannot):
        ClosedHost(other).select("Actions", 1, 1)


def test_what_a_killed_run_left_goes_when_the_workbook_is_looked_at(path):
    from addin.lossless.save.locking import lock_path

    before = path.read_bytes()
    lock_path(path).write_text('{"holder": "Gone"}')
    (path.parent / ".~writing.book.xlsx.0123456789abcdef.tmp").write_bytes(b"half")
    ClosedHost(path).read()
    assert [p.name for p in path.parent.iterdir()] == ["book.xlsx"]
    assert path.read_bytes() == before
