"""The last run taken back: to the byte, in part, or refused with what stands against it."""

import datetime as dt
import json
import random

import openpyxl
import pytest

from addin.hosts.file import run_record
from addin.hosts.file.host import ClosedHost
from addin.hosts.file.run_record import Run, bounded, last_run, read_runs, record_path, write_run
from addin.hosts.file.undo import look, take_back
from addin.hosts.file.versions import kept_states
from addin.lossless import digest_of
from tests.support.builders import rows_like
from tests.support.contract_builder import build
from workbook.model.cells import CellError
from workbook.model.changes import AddColumn, AddTable, AppendRows, ChangeSet, ReplaceTable, RowRef, SetCell
from workbook.model.errors import BookBusy, BookUnusable, CannotTakeBack, StaleChanges
from workbook.model.registers import Actions, Checks, History, Services, Triggers

WHEN = dt.datetime(2026, 6, 30, 9, 0, tzinfo=dt.UTC)
ACTION = {
    "Action ID": "AC-007",
    "Source": "P1:DC-001",
    "Action": "Arrange training.",
    "Owner": "Project Lead One",
    "Raised on": dt.date(2026, 6, 30),
    "Due date": dt.date(2026, 7, 10),
    "Status": "Proposed",
}
FOUND = ("Severity", "What is wrong", "What to do", "Code")
TRIGGER_HEADERS = ("Key", "Trigger", "Title", "Scope", "State")
STATUS = RowRef(Actions.table, "AC-001", 0)


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "book.xlsx"
    build(file, {"Actions": rows_like("Actions", [{"Action ID": "AC-001", "Status": "Open"}])}, computed=True)
    return file


def apply(path, *changes, command="triggers"):
    host = ClosedHost(path)
    return host.apply(ChangeSet(command, host.read().fingerprint, changes), who="Tester", when=WHEN)


def undo(path):
    outlook = look(path)
    assert not outlook.obstacles, outlook.obstacles
    take_back(path, outlook, who="Tester", when=WHEN)
    return outlook


def place(path, table, row_id, header):
    data = ClosedHost(path).read().tables[table]
    (row,) = [r for r in data.rows if r.id == row_id]
    column = next(n for n, h in enumerate(data.headers) if h == header)
    return data.sheet, data.header_row + 1 + row.ordinal, data.first_column + column


def edit(path, table, row_id, header, value):
    """As a person would, in another program that writes the whole file anew."""
    sheet, row, column = place(path, table, row_id, header)
    book = openpyxl.load_workbook(path)
    book[sheet].cell(row, column).value = value
    book.save(path)


def value(path, table, row_id, header):
    sheet, row, column = place(path, table, row_id, header)
    return openpyxl.load_workbook(path)[sheet].cell(row, column).value


def test_untouched_it_comes_back_to_the_byte_and_again(path):
    before = path.read_bytes()
    apply(path, AppendRows(Actions.table, (ACTION,)), AddColumn(Services.table, "Remarks of ours"))
    after = path.read_bytes()
    assert undo(path).exact == before
    assert path.read_bytes() == before
    redo = undo(path)
    assert redo.command == "redo of triggers"
    assert path.read_bytes() == after
    assert undo(path).command == "undo of triggers"
    assert path.read_bytes() == before


def test_what_was_changed_elsewhere_stays(path):
    apply(
        path,
        SetCell(STATUS, "Status", "Open", "Done"),
        AppendRows(Actions.table, (ACTION,)),
        ReplaceTable(Checks.table, FOUND, (("error", "Finding", "Mend it.", "code"),)),
    )
    edit(path, Actions.table, "AC-001", "Owner", "Somebody Else")
    outlook = undo(path)
    assert outlook.exact is None
    snapshot = ClosedHost(path).read()
    (row,) = snapshot.rows(Actions)
    assert (row.id, row.owner, row.status) == ("AC-001", "Somebody Else", "Open")
    assert not snapshot.rows(Checks)
    record = snapshot.rows(History)
    commands = {r.command for r in record}
    assert commands == {"triggers", "typed", "undo of triggers"}, "the record is never taken back"


def older(folder, *, without):
    """A workbook that lacks some tables."""
    rows = {"Actions": rows_like("Actions", [{"Action ID": "AC-001", "Status": "Open"}])}
    return build(folder / "book.xlsx", rows, computed=True, leave_out=without)


def test_what_the_run_added_goes_though_other_things_were_changed_since(tmp_path):
    path = older(tmp_path, without={Checks.table})
    before = ClosedHost(path).read()
    apply(
        path,
        AddTable(Checks.table, Checks.sheet, FOUND, (("error", "Finding", "Mend it.", "code"),)),
        AddColumn(Services.table, "Remarks of ours"),
        AppendRows(Actions.table, (ACTION, {**ACTION, "Action ID": "AC-008"})),
    )
    edit(path, Actions.table, "AC-001", "Owner", "Somebody Else")
    assert not undo(path).stays
    after = ClosedHost(path).read()
    assert Checks.sheet not in openpyxl.load_workbook(path).sheetnames
    assert {n: (t.headers, t.body_rows) for n, t in after.tables.items() if n != History.table} == {
        n: (t.headers, t.body_rows) for n, t in before.tables.items() if n != History.table
    }
    redone = undo(path)
    assert redone.exact is not None
    assert [r.id for r in ClosedHost(path).read().rows(Actions)] == ["AC-001", "AC-007", "AC-008"]


def test_what_people_use_of_it_stays_and_is_named(tmp_path):
    path = older(tmp_path, without={"Documents"})
    apply(
        path,
        AddColumn(Services.table, "Remarks of ours"),
        AddTable("Documents", "Documents made", ("Document ID",), (("DO-001",),)),
    )
    book = openpyxl.load_workbook(path)
    book.create_sheet("Mine")["A1"] = "=COUNTA(Services[Remarks of ours])"
    book["Documents made"]["F9"] = "a note"
    book.save(path)
    stays = undo(path).stays
    assert stays == (
        "the sheet Documents made: something was put there since",
        "Services, the column Remarks of ours: it is used by the formula in A1 on the sheet “Mine”",
    )
    assert openpyxl.load_workbook(path)["Documents made"]["F9"].value == "a note"
    assert "Documents" not in ClosedHost(path).read().tables


def test_undone_in_part_it_comes_back_whole_by_another_undo(path):
    apply(path, SetCell(STATUS, "Status", "Open", "Done"))
    edit(path, Actions.table, "AC-001", "Owner", "Somebody Else")
    before = path.read_bytes()
    undo(path)
    assert value(path, Actions.table, "AC-001", "Status") == "Open"
    undo(path)
    assert path.read_bytes() == before


def test_the_same_cell_changed_since_stands_against_it(path):
    apply(path, SetCell(STATUS, "Status", "Open", "Done"), AppendRows(Actions.table, (ACTION,)))
    edit(path, Actions.table, "AC-001", "Status", "Cancelled")
    edit(path, Actions.table, "AC-007", "Owner", "Somebody Else")
    before = path.read_bytes()
    assert look(path).obstacles == (
        "Actions AC-007, Owner: The cell now holds “Somebody Else”, not “Project Lead One”.",
        "Actions AC-001, Status: The cell now holds “Cancelled”, not “Done”.",
    )
    assert path.read_bytes() == before


def test_an_entry_in_a_row_that_would_go_stands_against_it(path):
    apply(path, AppendRows(Actions.table, (ACTION,)))
    edit(path, Actions.table, "AC-007", "Evidence of completion", "Was done.")
    (obstacle,) = look(path).obstacles
    assert obstacle == "Actions AC-007, Evidence of completion: “Was done.” was entered in a row that would go."


@pytest.mark.parametrize(("written", "stands"), [("Noted.", True), (None, False), ('="x"&"y"', False)])
def test_a_persons_own_column_in_a_row_that_would_go(path, written, stands):
    apply(path, AddColumn(Triggers.table, "My note"), ReplaceTable(Triggers.table, TRIGGER_HEADERS, ()))
    row = ("S1:OAK", "S1", "Title", "OAK", "Raised")
    apply(path, ReplaceTable(Triggers.table, TRIGGER_HEADERS, (row,)))
    data = ClosedHost(path).read().tables[Triggers.table]
    book = openpyxl.load_workbook(path)
    at = data.first_column + data.headers.index("My note")
    book[data.sheet].cell(data.header_row + 1, at).value = written
    book.save(path)
    obstacles = look(path).obstacles
    assert any("My note: “Noted.”" in o for o in obstacles) == stands
    assert bool(obstacles) == stands


def test_a_row_that_was_deleted_since_is_named_once(path):
    apply(path, AppendRows(Actions.table, (ACTION,)))
    sheet, row, _ = place(path, Actions.table, "AC-007", "Action ID")
    book = openpyxl.load_workbook(path)
    for cell in book[sheet][row]:
        cell.value = None
    book.save(path)
    assert look(path).obstacles == ("Actions AC-007: this row is no longer there.",)


def test_a_row_that_moved_since_is_found_by_its_id(path):
    apply(path, AppendRows(Actions.table, (ACTION,)), command="documents")
    apply(path, SetCell(STATUS, "Status", "Open", "Done"))
    data = ClosedHost(path).read().tables[Actions.table]
    book = openpyxl.load_workbook(path)
    sheet, top = book[data.sheet], data.header_row + 1
    for n in range(len(data.headers)):
        one, other = (sheet.cell(top + k, data.first_column + n) for k in (0, 1))
        one.value, other.value = other.value, one.value
    book.save(path)
    undo(path)
    assert value(path, Actions.table, "AC-001", "Status") == "Open"
    assert value(path, Actions.table, "AC-007", "Status") == "Proposed"


def test_after_another_workbook_took_the_name_nothing_is_taken_back(path):
    apply(path, SetCell(STATUS, "Status", "Open", "Done"))
    other = path.with_name("other.xlsx")
    build(other, {"Actions": rows_like("Actions", [{"Action ID": "AC-001", "Status": "Done"}])}, computed=True)
    apply(other, AppendRows(Actions.table, (ACTION,)))
    other.replace(path)
    assert look(path).obstacles == ("The last run wrote into another workbook of this name.",)


def test_nothing_to_take_back(path):
    with pytest.raises(CannotTakeBack, match="no run to take back"):
        look(path)
    with pytest.raises(BookUnusable, match="no workbook"):
        look(path.with_name("missing.xlsx"))


def test_a_run_killed_before_it_replaced_the_workbook_is_no_run(path):
    before = path.read_bytes()
    apply(path, SetCell(STATUS, "Status", "Open", "Done"))
    now = digest_of(path.read_bytes())
    write_run(path, Run("killed", WHEN, former=now, after="f" * 32))
    assert look(path).run.command == "triggers"
    undo(path)
    assert path.read_bytes() == before
    path.with_name("x").mkdir()
    only = path.with_name("x") / "book.xlsx"
    only.write_bytes(before)
    write_run(only, Run("killed", WHEN, former=digest_of(before), after="f" * 32))
    with pytest.raises(CannotTakeBack):
        look(only)


def test_without_the_kept_file_what_it_alone_holds_cannot_come_back(path):
    apply(path, ReplaceTable(Checks.table, FOUND, (("error", "Finding", "Mend it.", "code"),)))
    for state in kept_states(path):
        state.path.unlink()
    assert look(path).obstacles == ("The file as it was before that run is not kept any more.",)
    apply(path, SetCell(STATUS, "Status", "Open", "Done"))
    for state in kept_states(path):
        state.path.unlink()
    assert look(path).obstacles == ("The file as it was before that run is not kept any more.",)


def test_a_kept_file_that_was_changed_is_not_brought_back(path):
    apply(path, SetCell(STATUS, "Status", "Open", "Done"))
    (state,) = kept_states(path)
    state.path.write_bytes(state.path.read_bytes() + b"x")
    assert look(path).exact is None


def test_a_formula_that_was_overwritten_comes_back_with_the_whole_file_alone(path):
    edit(path, Actions.table, "AC-001", "Owner", '="Team "&"Leader"')
    before = path.read_bytes()
    apply(path, SetCell(STATUS, "Owner", None, "Somebody"))
    taken = path.read_bytes()
    edit(path, Actions.table, "AC-001", "Status", "Done")
    assert look(path).obstacles
    path.write_bytes(taken)
    undo(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(("limit", "most"), [("_MOST_CHANGES", 3), ("_LONGEST_TEXT", 300)])
def test_a_run_of_very_many_changes_comes_back_whole_or_not_at_all(path, monkeypatch, limit, most):
    monkeypatch.setattr(run_record, limit, most)
    before = path.read_bytes()
    apply(path, AppendRows(Actions.table, (ACTION,)))
    after = path.read_bytes()
    assert read_runs(path)[0].changes is None
    edit(path, Actions.table, "AC-001", "Status", "Done")
    assert look(path).obstacles == ("The workbook was changed since, and that run can only be taken back as a whole.",)
    path.write_bytes(after)
    undo(path)
    assert path.read_bytes() == before


def test_opened_or_changed_between_looking_and_taking_back(path):
    apply(path, SetCell(STATUS, "Status", "Open", "Done"))
    outlook = look(path)
    lock = path.with_name("~$book.xlsx")
    lock.write_bytes(b"\x05Carol")
    with pytest.raises(BookBusy, match="Carol"):
        take_back(path, outlook, who="", when=WHEN)
    lock.unlink()
    edit(path, Actions.table, "AC-001", "Owner", "Somebody Else")
    theirs = path.read_bytes()
    with pytest.raises(StaleChanges):
        take_back(path, outlook, who="", when=WHEN)
    outlook = look(path)
    edit(path, Actions.table, "AC-001", "Owner", "Another")
    theirs = path.read_bytes()
    with pytest.raises(StaleChanges):
        take_back(path, outlook, who="", when=WHEN)
    assert path.read_bytes() == theirs


# -- the record -----------------------------------------------------------------------------------------------------


def test_the_record_holds_what_the_run_wrote_and_no_more(path):
    for n in range(4):
        row = ("error", f"Finding {n} about Carer One", "Mend it.", "code")
        apply(path, ReplaceTable(Checks.table, FOUND, (row,)))
    text = record_path(path).read_text(encoding="utf-8")
    assert "Carer One" not in text, "what computed tables held stands in the kept file alone"
    assert len(read_runs(path)) == 2


def test_the_record_is_as_private_as_the_workbook(path):
    path.chmod(0o600)
    apply(path, SetCell(STATUS, "Status", "Open", "Done"))
    assert record_path(path).stat().st_mode & 0o777 == 0o600


def test_what_is_written_down_is_read_again(path):
    cells = [None, True, False, 0, 3, 2.5, "text", "ü\ud800", dt.date(2026, 6, 30), WHEN, CellError("#REF!")]
    changes = (
        *(SetCell(RowRef("Actions", "AC-001", n, "ab"), "Owner", cell, cells[-1 - n]) for n, cell in enumerate(cells)),
        ReplaceTable("Checks", FOUND, (("a", "b", "c", "d"),), {(0, "Code"): "'A'!B1"}),
    )
    run = Run("check", WHEN, "0" * 32, "1" * 32, "x.xlsx", "id", bounded(changes), (RowRef("Actions", "", 4),))
    write_run(path, run)
    (again,) = read_runs(path)
    assert again == run
    assert again.changes[:-1] == changes[:-1]
    assert again.changes[-1].rows == ()
    assert [type(c.expected) for c in again.changes[:-1]] == [type(c) for c in cells]


def digest_as_written(text):
    try:
        return run_record._digest(json.dumps(json.loads(text)["runs"], ensure_ascii=False)[1:-1])
    except (ValueError, TypeError, KeyError):
        return "0"


def test_a_record_with_any_byte_changed_is_none(path):
    apply(path, SetCell(STATUS, "Status", "Open", "Done"))
    record = record_path(path)
    data, chance = record.read_bytes(), random.Random(7)
    whole = read_runs(path)
    for _ in range(500):
        at = chance.randrange(len(data))
        record.write_bytes(data[:at] + bytes([chance.randrange(256)]) * chance.randrange(3) + data[at + 1 :])
        assert read_runs(path) in ([], whole)
    record.write_bytes(b"[" * 100_000)
    assert read_runs(path) == []


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[: len(text) // 2],
        lambda text: "",
        lambda text: "[]",
        lambda text: "null",
        lambda text: text.replace('"format": 1', '"format": 99'),
        lambda text: text.replace('"changes"', '"changed"'),
        lambda text: text.replace('"expected": "Done"', '"expected": [1]'),
        lambda text: text.replace("2026-06-30T", "yesterday"),
    ],
)
def test_a_damaged_record_is_none(path, damage):
    apply(path, SetCell(STATUS, "Status", "Open", "Done"))
    record = record_path(path)
    text = record.read_text(encoding="utf-8")
    assert json.loads(text)["runs"]
    assert damage(text) != text
    signed = damage(text).replace(json.loads(text)["digest"], digest_as_written(damage(text)))
    for damaged in (damage(text), signed):
        record.write_text(damaged, encoding="utf-8")
        assert last_run(path, digest_of(path.read_bytes())) is None
    assert last_run(path, digest_of(path.read_bytes())) is None
    with pytest.raises(CannotTakeBack):
        look(path)


def test_a_second_run_that_writes_just_the_same_leaves_the_first_to_be_taken_back(path):
    """Two checks at once: both read the workbook as it was, and the second writes what the first one wrote."""
    former = path.read_bytes()
    hosts = [ClosedHost(path), ClosedHost(path)]
    found = [("problem", "Not a date", "Type it as 30/06/2026", "not-a-date")]
    for host in hosts:
        host.read()
    for host in hosts:
        changes = (ReplaceTable(Checks.table, FOUND, tuple(found)),)
        host.apply(ChangeSet("check", host.read().fingerprint, changes), who="Tester", when=WHEN)
    assert [run.former == run.after for run in read_runs(path)] == [False]
    undo(path)
    assert path.read_bytes() == former


def test_a_record_of_a_run_that_changed_nothing_is_passed_over(path):
    apply(path, SetCell(STATUS, "Status", "Open", "Closed"))
    now = digest_of(path.read_bytes())
    write_run(path, Run("check", WHEN, former=now, after=now))
    assert last_run(path, now).command == "triggers"
