"""The history beside a workbook: whole through runs, undo and deaths; broken where it was changed or cut off."""

from __future__ import annotations

import datetime as dt
import json
import shutil

import openpyxl
import pytest

from addin.hosts.apply import record
from addin.hosts.file.bytes_host import BytesHost
from addin.hosts.file.history import history_path, look
from addin.hosts.file.host import ClosedHost
from addin.hosts.file.restore import bring_back
from addin.hosts.file.undo import look as outlook_on
from addin.hosts.file.undo import take_back
from addin.hosts.file.versions import kept_states
from addin.lossless.save import saving
from tests.support.builders import rows_like
from tests.support.contract_builder import build
from workbook.model.changes import AppendRows, ChangeSet, RowRef, SetCell
from workbook.model.registers import Actions, History
from workbook.model.snapshot import ID_PROPERTY

WHEN = dt.datetime(2026, 6, 30, 8, 14, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    tables = {"Services": rows_like("Services", [{}]), "Actions": rows_like("Actions", [{}, {}])}
    return build(tmp_path_factory.mktemp("made") / "book.xlsx", tables, computed=True).read_bytes()


@pytest.fixture
def path(made, tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(made)
    return path


def put(host, value, *, minute=0, row=0):
    """One run that changes the owner of an action."""
    snapshot = host.read()
    entry = snapshot.rows(Actions)[row]
    change = SetCell(RowRef(Actions.table, entry.id, entry.ordinal), Actions.owner.header, entry.owner, value)
    when = WHEN + dt.timedelta(minutes=minute)
    return host.apply(ChangeSet("fix", snapshot.fingerprint, (change,)), who="Lead Alpha", when=when)


def undo(path, *, minute=30):
    take_back(path, outlook_on(path), who="Lead Alpha", when=WHEN + dt.timedelta(minutes=minute))


def told(path):
    return look(path, ClosedHost(path).read())


def broken(path):
    return told(path).verdict.broken_at


def said(path):
    return [(e.command, e.after) for e in told(path).entries]


def in_sheet(path):
    return [(row.command, row.after) for row in ClosedHost(path).read().rows(History)]


def lines(path):
    return history_path(path).read_text(encoding="utf-8").splitlines()


def dies(monkeypatch, path, value):
    """A run that ends when all is ready and nothing exchanged yet."""

    def stop(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(saving, "_take_the_place", stop)
        with pytest.raises(KeyboardInterrupt):
            put(ClosedHost(path), value, minute=10)


def test_each_run_is_kept_in_the_sheet_and_in_the_file(path):
    put(ClosedHost(path), "Lead Bravo")
    put(ClosedHost(path), "Lead Charlie", minute=1)
    assert said(path) == in_sheet(path) == [("fix", "Lead Bravo"), ("fix", "Lead Charlie")]
    assert (broken(path), told(path).remark, len(lines(path))) == (None, "", 3)
    first = json.loads(lines(path)[1])
    assert (first["number"], first["table"], first["column"], first["who"]) == (1, "Actions", "Owner", "Lead Alpha")


def test_undo_gives_the_former_bytes_back_and_the_sheet_hears_of_it_with_the_next_run(path, made):
    put(ClosedHost(path), "Lead Bravo")
    after = path.read_bytes()
    undo(path)
    assert path.read_bytes() == made
    assert (broken(path), told(path).remark, [c for c, _ in said(path)]) == (None, "", ["fix", "undo of fix"])
    undo(path, minute=31)
    assert path.read_bytes() == after
    assert (broken(path), told(path).remark) == (None, "")
    undo(path, minute=32)
    put(ClosedHost(path), "Lead Charlie", minute=40)
    commands = ["fix, taken back", "undo of fix", "redo of fix", "undo of fix", "fix"]
    assert [c for c, _ in in_sheet(path)] == commands
    assert [c for c, _ in said(path)] == ["fix", *commands[1:]]
    assert (broken(path), told(path).remark) == (None, "")


def test_a_state_that_is_brought_back_is_told_too(path):
    put(ClosedHost(path), "Lead Bravo")
    put(ClosedHost(path), "Lead Charlie", minute=1)
    bring_back(path, kept_states(path)[-1], who="Lead Alpha", when=WHEN + dt.timedelta(minutes=2))
    assert (broken(path), told(path).remark, said(path)[-1][0]) == (None, "", "restore")
    put(ClosedHost(path), "Lead Delta", minute=3)
    assert [c for c, _ in in_sheet(path)] == ["fix, taken back", "fix, taken back", "restore", "fix"]
    assert broken(path) is None


@pytest.mark.parametrize("runs_before", [0, 1])
def test_a_run_that_died_leaves_a_whole_history_and_the_next_marks_it(path, monkeypatch, runs_before):
    put(ClosedHost(path), "Lead Bravo")
    for n in range(runs_before):
        put(ClosedHost(path), f"Lead {n}", minute=2 + n)
    dies(monkeypatch, path, "Lead Charlie")
    assert broken(path) is None
    assert "ended before it wrote" in told(path).remark
    put(ClosedHost(path), "Lead Delta", minute=20)
    assert [c for c, _ in said(path)][-3:] == ["fix", "interrupted", "fix"]
    assert (broken(path), told(path).remark) == (None, "")
    assert ("fix, not done", "Lead Charlie") in in_sheet(path)


def test_a_first_run_that_died_is_no_alarm(path, monkeypatch):
    dies(monkeypatch, path, "Lead Bravo")
    assert broken(path) is None
    put(ClosedHost(path), "Lead Charlie", minute=20)
    assert said(path) == [("fix", "Lead Charlie")]
    assert broken(path) is None


def test_a_half_line_of_a_run_that_died_goes(path, monkeypatch):
    put(ClosedHost(path), "Lead Bravo")
    dies(monkeypatch, path, "Lead Charlie")
    file = history_path(path)
    file.write_bytes(file.read_bytes()[:-20])
    assert broken(path) is None
    put(ClosedHost(path), "Lead Delta", minute=20)
    assert (broken(path), said(path)) == (None, [("fix", "Lead Bravo"), ("fix", "Lead Delta")])


@pytest.mark.parametrize("left", ["two lines", "half a line"])
def test_an_end_that_was_cut_off_shows_and_goes_on_showing(path, left):
    for n in range(3):
        put(ClosedHost(path), f"Lead {n}", minute=n)
    file = history_path(path)
    whole = file.read_bytes()
    file.write_bytes(whole[:-20] if left == "half a line" else b"".join(whole.splitlines(keepends=True)[:3]))
    assert broken(path) == 3
    put(ClosedHost(path), "Lead Delta", minute=20)
    assert broken(path) == 3, "a later run doesn't hide it"
    assert in_sheet(path)[-1] == ("fix", "Lead Delta")


def test_a_value_that_was_changed_shows(path):
    for n in range(3):
        put(ClosedHost(path), f"Lead {n}", minute=n)
    file = history_path(path)
    file.write_text(file.read_text(encoding="utf-8").replace('"Lead 0"', '"Lead X"', 1), encoding="utf-8")
    assert broken(path) == 1
    file.write_text("nonsense\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    assert broken(path) == 1


def test_a_workbook_that_was_renamed_or_whose_file_was_lost_begins_anew(path):
    put(ClosedHost(path), "Lead Bravo")
    new = path.rename(path.with_name("other name.xlsx"))
    assert broken(new) is None
    assert "renamed" in told(new).remark
    assert said(new) == in_sheet(new)
    put(ClosedHost(new), "Lead Charlie", minute=1)
    assert (broken(new), told(new).remark) == (None, "")
    assert said(new) == in_sheet(new) == [("fix", "Lead Bravo"), ("fix", "Lead Charlie")]


def test_a_copy_over_another_workbook_begins_anew_and_keeps_the_others_history(path, tmp_path):
    put(ClosedHost(path), "Lead Bravo")
    other = tmp_path / "other.xlsx"
    shutil.copy(path, other)
    put(ClosedHost(other), "Lead Charlie", minute=1)
    shutil.copy(other, path)
    assert broken(path) is None
    assert "another workbook" in told(path).remark
    kept = lines(path)
    put(ClosedHost(path), "Lead Delta", minute=2)
    assert (broken(path), told(path).remark) == (None, "")
    (aside,) = history_path(path).parent.glob("*.history until *")
    assert aside.read_text(encoding="utf-8").splitlines() == kept


def test_an_earlier_state_that_was_put_back_by_hand_is_no_alarm(path):
    put(ClosedHost(path), "Lead Bravo")
    before = path.read_bytes()
    put(ClosedHost(path), "Lead Charlie", minute=1)
    path.write_bytes(before)
    assert broken(path) is None
    put(ClosedHost(path), "Lead Delta", minute=2)
    assert (broken(path), told(path).remark) == (None, "")


def test_what_was_done_without_a_file_is_taken_into_it(path):
    put(ClosedHost(path), "Lead Bravo")
    browser = BytesHost(path.name, path.read_bytes())
    put(browser, "Lead Charlie", minute=1)
    path.write_bytes(browser.data)
    assert said(path) == in_sheet(path)
    assert (broken(path), told(path).remark) == (None, "")
    put(ClosedHost(path), "Lead Delta", minute=2)
    assert said(path) == in_sheet(path)
    assert [json.loads(line)["after"] for line in lines(path)[1:]] == ["Lead Bravo", "Lead Charlie", "Lead Delta"]
    assert broken(path) is None


def test_what_identifies_a_person_is_masked_in_both(path):
    put(ClosedHost(path), "ring 07700 900123")
    put(ClosedHost(path), "Lead Bravo", minute=1)
    assert ClosedHost(path).read().properties[ID_PROPERTY]
    for words in (str(in_sheet(path)), history_path(path).read_text(encoding="utf-8")):
        assert "900123" not in words
        assert "ring 07" in words


def test_the_sheet_holds_the_newest_and_every_imported_entry(path, monkeypatch):
    monkeypatch.setattr(record, "MOST", 3)
    host = ClosedHost(path)
    rows = ({"Action": "Imported"},)
    come = AppendRows(Actions.table, rows, ("list.csv, row 2 [0123456789abcdef:0123456789abcdef01234567]",))
    host.apply(ChangeSet("import", host.read().fingerprint, (come,)), who="", when=WHEN)
    for n in range(5):
        put(ClosedHost(path), f"Lead {n}", minute=n + 1)
    assert [after for _, after in in_sheet(path)] == ["Action: Imported", "Lead 2", "Lead 3", "Lead 4"]
    assert len(said(path)) == 6
    assert broken(path) is None


def types(path, value, *, row=0, sort=False):
    """A person opens the workbook, changes a cell, perhaps swaps two rows, and saves."""
    book = openpyxl.load_workbook(path)
    sheet = book[Actions.sheet]
    top = next(r for r in range(1, 12) if sheet.cell(r, 1).value == Actions.action_id.header) + 1
    at = next(c for c in range(1, 30) if sheet.cell(top - 1, c).value == Actions.owner.header)
    if sort:
        for column in range(1, sheet.max_column + 1):
            one, two = sheet.cell(top, column), sheet.cell(top + 1, column)
            one.value, two.value = two.value, one.value
    if value is not None:
        sheet.cell(top + row, at).value = value
    book.save(path)


def runs(path, *, minute):
    """A run that has nothing of its own to write."""
    host = ClosedHost(path)
    snapshot = host.read()
    if host.has_typed():
        when = WHEN + dt.timedelta(minutes=minute)
        host.apply(ChangeSet("check", snapshot.fingerprint, ()), who="Lead Bravo", when=when)


def typed_in(path):
    return [(e.who, e.when, e.id, e.before, e.after) for e in told(path).entries if e.command == "typed"]


def test_what_people_typed_between_runs_is_theirs_and_nothing_else(path):
    put(ClosedHost(path), "Lead Bravo")
    types(path, "Lead Typed", row=1)
    runs(path, minute=2)
    before = ClosedHost(path).read().rows(Actions)[1].id
    expected = ("", "2026-06-30 08:16:00, since 2026-06-30", before, "Lead Alpha", "Lead Typed")
    assert [t[:3] + t[4:] for t in typed_in(path)] == [expected[:3] + expected[4:]]
    assert in_sheet(path) == said(path)
    assert broken(path) is None
    unchanged = path.read_bytes()
    runs(path, minute=3)
    assert path.read_bytes() == unchanged, "a run without a change adds nothing"
    undo(path, minute=4)
    runs(path, minute=5)
    assert len(typed_in(path)) == 1, "what stands there still is not typed once more"
    assert broken(path) is None


def test_sorting_is_no_typing_nor_is_what_a_browser_wrote(path):
    put(ClosedHost(path), "Lead Bravo")
    types(path, None, sort=True)
    runs(path, minute=2)
    put(ClosedHost(path), "Lead Charlie", minute=3, row=1)
    browser = BytesHost(path.name, path.read_bytes())
    put(browser, "Lead Delta", minute=4)
    path.write_bytes(browser.data)
    types(path, "ring 07700 900123", row=1)
    put(ClosedHost(path), "Lead Echo", minute=5)
    assert [after for *_, after in typed_in(path)] == ["ring 07••• ••••••"]
    assert broken(path) is None


def test_a_run_that_died_blames_nobody(path, monkeypatch):
    put(ClosedHost(path), "Lead Bravo")
    dies(monkeypatch, path, "Lead Charlie")
    runs(path, minute=20)
    put(ClosedHost(path), "Lead Delta", minute=21)
    undo(path)
    put(ClosedHost(path), "Lead Echo", minute=40)
    assert typed_in(path) == []


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda head, table: [head, {"table": table["table"]}],
        lambda head, table: [head, table | {"rows": "abc"}],
        lambda head, table: [head, table | {"rows": [[1, None]]}],
        lambda head, table: [head, table | {"headers": [["x"]]}],
        lambda head, table: [head | {"tables": [1]}, table],
        lambda head, table: [head | {"tables": {"Actions": 1}}, table],
        lambda head, table: [head | {"fingerprint": None}, table],
        lambda head, _: [head, [1, 2]],
    ],
)
def test_what_is_kept_of_the_entries_and_was_spoilt_tells_nothing_and_is_made_anew(spoilt, path):
    put(ClosedHost(path), "Lead Bravo")
    kept = history_path(path).with_name(history_path(path).name.replace("history", "contents"))
    head, *tables = map(json.loads, kept.read_text(encoding="utf-8").splitlines())
    table = next(one for one in tables if one["table"] == Actions.table)
    kept.write_text("".join(f"{json.dumps(line)}\n" for line in spoilt(head, table)), encoding="utf-8")
    types(path, "Lead Typed", row=1)
    runs(path, minute=2)
    put(ClosedHost(path), "Lead Charlie", minute=3)
    assert typed_in(path) == []
    assert broken(path) is None
    types(path, "Lead Delta", row=1)
    runs(path, minute=4)
    assert [after for *_, after in typed_in(path)] == ["Lead Delta"]
