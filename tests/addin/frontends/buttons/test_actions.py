"""What each button does, on a workbook as a file: every other host carries the same actions out."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import openpyxl
import pytest

from addin.frontends.buttons.actions import ACTIONS, act
from addin.frontends.buttons.situation import Place, Situation
from addin.frontends.terminal import main
from addin.hosts.file.host import ClosedHost
from addin.output.documents.returned.rows import read_minutes
from addin.output.masterbook import write_master
from workbook.answers.corrections import proposed
from workbook.blueprint import plan_book
from workbook.commands import BUTTONS
from workbook.documents.catalogue import BY_ID
from workbook.example import simulate
from workbook.model.changes import ChangeSet
from workbook.model.errors import HostCannot, UnknownName
from workbook.model.registers import Checks, Documents, Services, SupportLog, Thresholds, Triggers
from workbook.model.snapshot import ID_PROPERTY

WHEN = dt.datetime(2026, 6, 30, 9, 0, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    path = tmp_path_factory.mktemp("actions") / "example.xlsx"
    made = simulate()
    write_master(path, plan_book(made.tables, made.until))
    return path.read_bytes()


@pytest.fixture
def at(example, tmp_path):
    path = tmp_path / "example.xlsx"
    path.write_bytes(example)
    return Situation(ClosedHost(path), path, WHEN.date(), WHEN, "me", tmp_path / "Documents")


def chosen(at, place):
    return Situation(at.host, at.path, at.as_of, at.when, at.who, at.documents_folder, place)


def test_every_button_has_an_action_but_the_one_that_takes_back():
    assert set(ACTIONS) == {c.name for c in BUTTONS} - {"undo"}


def test_check_writes_the_findings_and_leads_to_the_first(at):
    done = act("check", at)
    snapshot = at.host.read()
    findings = snapshot.rows(Checks)
    assert findings
    assert done.go == Place("Checks", findings[0].sheet_row, snapshot.tables["Checks"].first_column)
    assert "please look" in done.brief
    assert done.inverse
    again = act("check", at)
    assert again.inverse is None, "nothing is written twice"


def test_check_of_one_service_writes_all_and_leads_to_the_first_of_that_one(at):
    act("check", at)
    everything = at.host.read().rows(Checks)
    for service in at.host.read().rows(Services):
        done = act(f"check:{service.service_code}", at)
        assert done.brief.startswith(f"{service.service_code}: ")
        assert at.host.read().rows(Checks) == everything
    with pytest.raises(UnknownName, match="NOPE"):
        act("check:NOPE", at)


def test_triggers_are_written_and_shown(at):
    done = act("triggers", at)
    snapshot = at.host.read()
    assert done.go is not None
    assert done.go.sheet == snapshot.tables[Triggers.table].sheet
    asking = [row for row in snapshot.rows(Triggers) if row.state == "Action needed"]
    assert done.brief.startswith(f"{len(asking)} triggers ask for action")


def test_week_and_reviews_say_what_waits_and_write_nothing(at):
    before = at.path.read_bytes()
    assert act("week", at).message.startswith("1. ")
    assert "late" in act("reviews", at).message or "due" in act("reviews", at).message
    assert at.path.read_bytes() == before


def test_explain_the_trigger_that_is_chosen(at):
    asks = act("explain", at)
    assert "Choose a row" in asks.message
    act("triggers", at)
    snapshot = at.host.read()
    row = snapshot.rows(Triggers)[0]
    told = act("explain", chosen(at, Place(snapshot.tables[Triggers.table].sheet, row.sheet_row, 4))).message
    assert row.result_key in told
    assert "Cleared when" in told
    assert "Choose a row" in act("explain", chosen(at, Place("Support log", row.sheet_row, 4))).message


def test_one_document_is_made_beside_the_workbook_and_entered(at):
    done = act("documents:board-minutes", at)
    (made,) = (at.path.parent / "Documents").glob("*.docx")
    assert made.name in done.message
    after = at.host.read()
    assert [row.document for row in after.rows(Documents)][-1] == "board-minutes"
    assert read_minutes(made).workbook_ids == (after.properties[ID_PROPERTY],), "it knows the way back"


def test_documents_of_a_workbook_that_lies_nowhere(at):
    nowhere = Situation(at.host, None, at.as_of, at.when, at.who, at.documents_folder)
    with pytest.raises(HostCannot, match="no folder of this computer"):
        act("documents", nowhere)


def test_a_new_workbook_is_written_and_opened(at):
    opened = act("new", at).opens
    assert opened is not None
    assert ClosedHost(opened).read().missing == ()
    assert act("new", at).opens != opened, "none is ever replaced"


def test_where_no_earlier_state_is_kept_bring_back_says_so(at):
    assert "No earlier state" in act("restore", at).message
    act("check", at)
    asked = []
    assert act("restore", replace(at, choose=asked.append)).opens is None
    assert "before Check entries" in asked[0].lines[0]


def test_doctor_says_whether_all_is_well(at):
    assert act("doctor", at).message


def test_what_was_stopped_writes_nothing(at):
    class Stopped(Exception):
        pass

    def stop(words):
        if words == "Writing":
            raise Stopped

    before = at.path.read_bytes()
    stopped = Situation(at.host, at.path, at.as_of, at.when, at.who, at.documents_folder, step=stop)
    with pytest.raises(Stopped):
        act("check", stopped)
    assert at.path.read_bytes() == before


def test_a_button_that_there_is_none_of(at):
    with pytest.raises(UnknownName):
        act("dance", at)


def test_all_sheets_of_ours_are_shown_at_once_and_a_press_names_what_appeared(tmp_path):
    path = tmp_path / "new.xlsx"
    write_master(path, plan_book())
    at = Situation(ClosedHost(path), path, WHEN.date(), WHEN, "me", tmp_path)
    checked = act("check", at)
    assert "A sheet that appeared: Checks." in checked.brief
    hidden = at.host.read().hidden
    assert "Protected time" in hidden
    done = act("sheets", at)
    assert "Protected time" in done.brief
    assert not at.host.read().hidden
    assert "shown already" in act("sheets", at).brief
    at.host.apply(done.inverse, who="me", when=WHEN)
    entered = {"Thresholds"}
    assert at.host.read().hidden == hidden - entered, "taken back, those are hidden again on which nothing stands"


def test_documents_are_shown_and_where_none_is_due_it_is_said_what_to_do(at, tmp_path):
    made = act("documents:board-minutes", at)
    assert made.shows is not None
    assert made.shows.suffix == ".docx", "one is shown itself"
    several = act("documents", at)
    assert several.shows == made.shows.parent, "of several their folder is"
    path = tmp_path / "new.xlsx"
    write_master(path, plan_book())
    none = act("documents", Situation(ClosedHost(path), path, WHEN.date(), WHEN, "me", tmp_path))
    assert none.shows is None
    assert none.message.startswith("No document is due now. To have one all the same, choose it in the menu")


def test_one_document_that_is_not_made_is_told_with_its_reason(tmp_path):
    path = tmp_path / "new.xlsx"
    write_master(path, plan_book())
    at = Situation(ClosedHost(path), path, WHEN.date(), WHEN, "me", tmp_path)
    for one in ("champion-card", "support-review"):
        done = act(f"documents:{one}", at)
        assert done.shows is None
        (line,) = done.message.splitlines()
        title, _, why = line.partition(": not made. ")
        assert title == BY_ID[one].title
        assert len(why.split()) > 3, "and nothing of those that were not asked for"


def test_fix_lists_what_it_would_do_and_makes_what_is_ticked(example, tmp_path):
    path = tmp_path / "typed.xlsx"
    path.write_bytes(example)
    book = openpyxl.load_workbook(path)
    sheet = book[SupportLog.sheet]
    at = {cell.value: cell.column for cell in sheet[5]}
    for row, outcome in ((6, "resolved"), (7, "Resovled")):
        sheet.cell(row, at["Outcome"]).value = outcome
    sheet.cell(6, at["Coaching given"]).value = "none"
    book.save(path)
    asked = []

    def choose(question):
        asked.append(question)
        return [1]

    at = Situation(ClosedHost(path), path, WHEN.date(), WHEN, "me", tmp_path, choose=choose)
    done = act("fix", at)
    (question,) = asked
    assert [line.partition(" → ")[2] for line in question.lines[:2]] == ["“Resolved”", "“Resolved”"]
    assert question.unticked == tuple(range(2, len(question.lines))), "what may be an answer"
    assert done.brief.startswith("1 entry was put right; ")
    rows = at.host.read().rows(SupportLog)
    assert rows[1].outcome == "Resolved"
    assert "Outcome" in {c.column.header for c in proposed(at.host.read(), WHEN.date())}, "the other one stays"
    at.host.apply(ChangeSet("undo of fix", at.host.read().fingerprint, done.inverse.changes), who="me", when=WHEN)
    assert at.host.read().rows(SupportLog)[1].outcome is None
    assert act("fix", replace(at, choose=lambda _: [])).inverse is None
    assert act("fix", replace(at, choose=lambda _: None)).inverse is None


def test_fix_says_where_there_is_nothing_to_do(at, tmp_path):
    empty = tmp_path / "empty.xlsx"
    write_master(empty, plan_book())
    at = replace(at, host=ClosedHost(empty), path=empty)
    assert "Nothing that could be put right" in act("fix", at).brief


def aged(path):
    """The workbook as an earlier version made it: S8 at its former default, P3 as somebody set it, a row not there."""
    book = openpyxl.load_workbook(path)
    sheet = book[Thresholds.sheet]
    rows = {(sheet.cell(r, 1).value, sheet.cell(r, 2).value): r for r in range(1, sheet.max_row + 1)}
    for key, value in {("S8", "Days"): (14, 14), ("P3", "Weeks"): (5, 4)}.items():
        sheet.cell(rows[key], 3).value, sheet.cell(rows[key], 5).value = value
    last = max(rows.values())
    for column in range(1, 7):
        sheet.cell(last, column).value = None
    table = sheet.tables[Thresholds.table]
    first, _, end = table.ref.partition(":")
    table.ref = f"{first}:{end.rstrip('0123456789')}{last - 1}"
    table.autoFilter.ref = table.ref
    book.save(path)
    return next(key for key, row in rows.items() if row == last)


def thresholds_of(at):
    return {(r.trigger, r.parameter): (r.value, r.default) for r in at.host.read().rows(Thresholds)}


@pytest.mark.parametrize(("answer", "then"), [([0], (21, 21)), ([1], (14, 21)), (None, (14, 14))])
def test_check_offers_new_defaults_and_changes_what_the_person_says(at, answer, then):
    lacking, asked = aged(at.path), []
    at = replace(at, choose=lambda question: asked.append(question.words) or answer)
    before = thresholds_of(at)
    assert lacking not in before
    done = act("check", at)
    assert asked[0].endswith("\n\nS8 Days: 21 in place of 14")
    after = thresholds_of(at)
    assert after["S8", "Days"] == then
    assert after["P3", "Weeks"] == (5, 4)
    assert lacking in after
    act("check", at)
    assert len(asked) == (2 if answer is None else 1)
    assert done.inverse is not None


def test_taking_a_check_back_takes_the_new_defaults_back(at):
    aged(at.path)
    before = thresholds_of(at)
    done = act("check", replace(at, choose=lambda _: [0]))
    assert thresholds_of(at) != before
    at.host.apply(done.inverse, who="me", when=WHEN)
    assert thresholds_of(at) == before


def test_the_terminal_names_new_defaults_and_takes_them_when_told(at, capsys):
    aged(at.path)
    main(["check", str(at.path), "--as-of", "2026-06-30"])
    assert "New defaults, to take with --new-defaults: S8 Days: 21 in place of 14." in capsys.readouterr().err
    assert thresholds_of(at)["S8", "Days"] == (14, 14)
    main(["check", str(at.path), "--as-of", "2026-06-30", "--new-defaults"])
    assert "New defaults taken: S8 Days: 21 in place of 14." in capsys.readouterr().err
    assert thresholds_of(at)["S8", "Days"] == (21, 21)
    assert main(["undo", str(at.path)]) == 0
    assert thresholds_of(at)["S8", "Days"] == (14, 14)
