"""What was in a workbook before a press is kept, and a press can be taken back wherever the workbook is by then."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import stat

import openpyxl
import pytest

from addin.frontends.buttons.actions import act
from addin.frontends.buttons.keep_versions import Keeper
from addin.frontends.buttons.pressing import press_in
from addin.frontends.buttons.undo import own_state
from addin.frontends.terminal.main import main
from addin.hosts.file.host import ClosedHost
from addin.hosts.file.versions import backups_folder, kept_states
from addin.lossless import content_of
from tests.addin.frontends.buttons.test_actions import example  # noqa: F401 - its fixture
from tests.addin.frontends.buttons.test_pressing import PretendedFront, WindowHost
from workbook.model.registers import Checks, Triggers

WHEN = dt.datetime(2026, 6, 30, 9, 0, tzinfo=dt.UTC)
LATER = WHEN + dt.timedelta(minutes=5)


@pytest.fixture
def front(example, tmp_path):  # noqa: F811
    """A workbook that is open: what its program holds stands in a file of its own, until it is saved."""
    path = tmp_path / "programme" / "example.xlsx"
    path.parent.mkdir()
    path.write_bytes(example)
    return opened(path, tmp_path / "open.xlsx")


def opened(path, held):
    shutil.copy(path, held)
    front = PretendedFront(path)
    front.host = WindowHost(held)
    return front


def save(front, path=None):
    """Saves the open workbook, or saves it under another name."""
    front.path = path or front.path
    front.name = str(front.path)
    shutil.copy(front.host.path, front.path)


def press(front, pressed, when=WHEN):
    documents = front.host.path.parent / "documents"
    press_in(front, pressed, when=when, who="me", documents=documents, state=own_state())
    return (front.host.shown + front.said)[-1]


def bring_back(front):
    press_in(front, "restore", when=WHEN, who="me", documents=front.host.path.parent, state=own_state())


def lines_of_bring_back(front):
    bring_back(front)
    return list(front.questions[-1].lines)


def said(moment, day, before):
    return f"{day} at {moment.astimezone(WHEN.tzinfo):%H:%M}, before {before}"


TODAY = said(WHEN, "Today", "Check entries")


@pytest.fixture(autouse=True)
def _own_state(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def rows(path):
    snapshot = ClosedHost(path).read()
    computed = [[tuple(row)[3:] for row in snapshot.rows(table)] for table in (Checks, Triggers)]
    return computed, {name: table.check for name, table in snapshot.tables.items()}


def test_the_saved_file_is_kept_byte_for_byte_once_for_each_content(front):
    before = front.path.read_bytes()
    press(front, "check")
    press(front, "triggers", LATER)
    (state,) = kept_states(front.path)
    assert (content_of(state), state.note) == (before, "check")
    assert front.path.read_bytes() == before, "a button saves nothing"
    save(front)
    press(front, "undo", LATER)
    assert [state.note for state in kept_states(front.path)] == ["undo of triggers", "check"]


def test_what_was_not_saved_yet_is_kept_as_the_program_stores_it(front, example):  # noqa: F811
    front.changed, front.copied = True, example + b"\x00"
    press(front, "check")
    notes = {state.note: state.path.read_bytes() for state in kept_states(front.path)}
    assert notes == {"check": example, "check, unsaved, by LibreOffice": example + b"\x00"}


def test_what_has_no_file_is_kept_for_its_person_alone_and_found_once_it_has_one(front, tmp_path):
    path, front.path, front.name = front.path, None, "Untitled 1 in 12"
    front.copied = front.host.path.read_bytes()
    copied = front.copied
    press(front, "check")
    assert not backups_folder(path).exists()
    (kept,) = own_state().rglob("*.xlsx")
    assert kept.read_bytes() == copied
    assert kept.name.endswith("before check, unsaved, by LibreOffice.xlsx")
    assert stat.S_IMODE((own_state() / "kept").stat().st_mode) == 0o700
    assert lines_of_bring_back(front) == [TODAY + " (with what was not saved yet)"]
    save(front, tmp_path / "programme" / "named.xlsx")
    front.host.read()
    assert lines_of_bring_back(front) == [TODAY + " (with what was not saved yet)"], "by the workbook's own id"


def test_beside_the_workbook_it_can_not_be_kept_so_it_is_elsewhere(front):
    (front.path.parent / ".champions").write_text("in the way", encoding="utf-8")
    press(front, "check")
    (kept,) = own_state().rglob("*.xlsx")
    assert kept.read_bytes() == front.path.read_bytes()
    assert lines_of_bring_back(front) == [TODAY]


def test_what_can_not_be_kept_is_not_changed(front):
    (front.path.parent / ".champions").write_text("in the way", encoding="utf-8")
    own_state().mkdir(parents=True)
    (own_state() / "kept").write_text("in the way", encoding="utf-8")
    before = front.host.path.read_bytes()
    assert "can't be kept, and without that nothing is written" in press(front, "check")
    assert front.host.path.read_bytes() == before


def test_a_press_that_writes_nothing_keeps_nothing(front):
    press(front, "week")
    press(front, "reviews")
    assert kept_states(front.path) == []


def test_bring_back_lists_in_words_and_opens_the_chosen_one_as_a_document_of_its_own(front):
    before = front.path.read_bytes()
    press(front, "check", WHEN - dt.timedelta(days=40))
    save(front)
    press(front, "triggers", WHEN - dt.timedelta(days=1))
    save(front)
    press(front, "undo")
    front.chooses = [2]
    held = front.host.path.read_bytes()
    bring_back(front)
    (question,) = front.questions
    assert list(question.lines) == [
        said(WHEN, "Today", "you took back Compute triggers"),
        said(WHEN - dt.timedelta(days=1), "Yesterday", "Compute triggers"),
        said(WHEN - dt.timedelta(days=40), "Thursday, 21 May 2026", "Check entries"),
    ]
    assert not re.search("champions|terminal|[.]xlsx", " ".join((question.words, *question.lines)))
    (opened_one,) = front.opened
    assert opened_one.read_bytes() == before
    assert opened_one.parent == front.path.parent
    assert opened_one.name.startswith("example as it was 2026-05-21")
    assert front.host.path.read_bytes() == held, "the one in front stays as it is"


def test_a_document_that_bring_back_made_is_never_replaced_once_it_was_changed(front):
    press(front, "check")
    front.chooses = [0]
    bring_back(front)
    bring_back(front)
    assert front.opened[0] == front.opened[1], "the same again is the same document"
    front.opened[0].write_bytes(b"changed by a person")
    bring_back(front)
    assert front.opened[2] != front.opened[0]
    assert front.opened[0].read_bytes() == b"changed by a person"
    (state,) = kept_states(front.path)
    assert state.path not in front.opened, "what is kept is not opened itself"


def test_bring_back_where_nothing_was_chosen_or_the_state_is_not_whole(front):
    press(front, "check")
    bring_back(front)
    assert front.opened == front.said == []
    front.chooses = [0]
    kept_states(front.path)[0].path.write_bytes(b"PK")
    assert "Choose another one" in press(front, "restore")
    assert front.opened == []


def test_taken_back_after_save_as_and_after_closing_and_opening_again(front, tmp_path):
    before = rows(front.path)
    press(front, "check")
    after = rows(front.host.path)
    assert after != before
    save(front, tmp_path / "programme" / "renamed.xlsx")
    again = opened(front.path, tmp_path / "opened again.xlsx")
    assert press(again, "undo", LATER).startswith("Taken back: Check entries")
    assert rows(again.host.path) == before
    assert press(again, "undo", LATER).startswith("What was taken back is there again")
    assert rows(again.host.path) == after


def test_another_workbook_has_nothing_to_take_back(front, tmp_path, example):  # noqa: F811
    press(front, "check")
    other = tmp_path / "programme" / "other.xlsx"
    other.write_bytes(example)
    assert "Nothing that a button wrote" in press(opened(other, tmp_path / "other open.xlsx"), "undo")


def test_taken_back_from_the_terminal_once_it_is_saved(front, capsys):
    before = rows(front.path)
    press(front, "check")
    assert main(["undo", str(front.path)]) == 2, "it is not saved: the file holds nothing of it"
    assert "no run to take back" in capsys.readouterr().err
    save(front)
    after = rows(front.path)
    assert main(["undo", str(front.path), "--dry-run"]) == 0
    assert main(["undo", str(front.path)]) == 0
    assert "check" in capsys.readouterr().out
    assert rows(front.path) == before
    assert main(["undo", str(front.path)]) == 0
    assert rows(front.path) == after, "a second undo brings it back"


def test_from_the_terminal_a_later_run_goes_first(front):
    press(front, "check")
    save(front)
    checked = rows(front.path)
    main(["triggers", str(front.path), "--as-of", "2026-06-30"])
    assert rows(front.path) != checked
    assert main(["undo", str(front.path)]) == 0
    assert rows(front.path) == checked


def test_from_the_terminal_what_was_entered_since_is_not_taken_back(front, capsys):
    known = {row.result_key for row in front.host.read().rows(Triggers)}
    press(front, "triggers")
    save(front)
    snapshot = ClosedHost(front.path).read()
    new = next(row for row in snapshot.rows(Triggers) if row.result_key not in known)
    at = snapshot.tables[Triggers.table].first_column + Triggers.columns.index(Triggers.acknowledged_by)
    book = openpyxl.load_workbook(front.path)
    book[Triggers.sheet].cell(new.sheet_row, at).value = "Board Chair Cedar"
    book.save(front.path)
    before = front.path.read_bytes()
    assert main(["undo", str(front.path)]) == 2
    assert "“Board Chair Cedar” was entered" in capsys.readouterr().err
    assert front.path.read_bytes() == before


def test_the_keeper_says_which_file_it_was(front):
    keeper = Keeper(front, own_state() / "kept", lambda: "")
    keeper.before("check", WHEN)
    assert keeper.saved == kept_states(front.path)[0].digest


def test_an_action_without_a_keeper_writes_as_before(front):
    from addin.frontends.buttons.situation import Situation

    at = Situation(front.host, front.path, WHEN.date(), WHEN, "me", front.path.parent)
    assert act("check", at).inverse is not None
    assert kept_states(front.path) == []


@pytest.mark.parametrize(
    "forged",
    [
        {"row": ["SupportLog", "SU-001", 0, ""], "column": "Staff member", "expected": "x", "value": "y"},
        {"kind": "remove column", "table": "SupportLog", "header": "Staff member"},
        {"table": "Checks", "headers": ["Code"], "rows": [["x"]], "links": [[0, "Code", "http://evil/"]]},
        {"table": "Checks", "headers": ["Code"], "rows": [["x", "y"]], "links": []},
        {"table": "Checks", "headers": ["Code"], "rows": [[{"error": "#EVIL<"}]], "links": []},
    ],
    ids=["an entry", "a column", "a link", "a row too wide", "a cell that none can hold"],
)
def test_a_record_of_a_press_that_names_what_it_never_does_is_refused(front, forged, capsys):
    press(front, "check")
    (record,) = own_state().rglob("last press/*.json")
    data = json.loads(record.read_text(encoding="utf-8"))
    record.write_text(json.dumps(data | {"changes": [*data["changes"], forged]}), encoding="utf-8")
    before = front.host.path.read_bytes()
    assert "never does" in press(front, "undo", LATER)
    assert front.host.path.read_bytes() == before
    save(front)
    assert main(["undo", str(front.path)]) == 2
    assert "never does" in capsys.readouterr().err
    record.write_text(json.dumps(data), encoding="utf-8")
    press(front, "undo", LATER)
    assert front.host.shown[-1].startswith("Taken back"), "as it was written it is believed"
