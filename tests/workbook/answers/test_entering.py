"""Rows of the entry sheets: entered into the registers by a check, in one step that can be taken back."""

from __future__ import annotations

import datetime as dt

import pytest

from addin.hosts.memory import MemoryBook, MemoryHost
from tests.support.builders import AS_OF, apart, book, day, raw_book
from workbook.answers.entering import entered, with_entries
from workbook.answers.recording import looked_through
from workbook.blueprint import plan_book
from workbook.blueprint.plan import Formula
from workbook.model.changes import ChangeSet, RowRef, SetCell
from workbook.model.permitted_changes import undeclared
from workbook.model.registers import (
    Checks,
    History,
    ImplementationPlan,
    NewChampions,
    ProtectedTime,
    QuickSupport,
    RoleBriefs,
    StartSignOff,
    SupportLog,
    TrainingMatrix,
    WorkforcePlan,
)
from workbook.rules import checks

WHEN = dt.datetime(2026, 6, 30, 9, 0, tzinfo=dt.UTC)
FIRST = {"Date": day(-1), "Shift": "Early", "Service": "OAK", "Champion ID": "DC-001"}


def host_of(**tables):
    return MemoryHost(MemoryBook.of(apart(raw_book(**tables))))


def pressed(host):
    """What a press of Check entries does: what was entered, what it found, and the inverse."""
    snapshot = host.read()
    entering = entered(snapshot)
    findings = checks.run(entering.after, AS_OF)
    changes = with_entries(entering, looked_through(entering.after, findings, AS_OF))
    inverse = host.apply(changes, who="Tester", when=WHEN) if changes else None
    return entering, findings, inverse


def cells(host):
    return {at: cell for at, cell in host.book.cells.items() if cell is not None and at[0] != History.sheet}


def values(row, *columns):
    return tuple(getattr(row, column.attr) for column in columns)


# -- support on the floor ---------------------------------------------------------------------------------------------


def test_a_quick_row_becomes_an_entry_of_the_support_log_and_says_which():
    host = host_of(SupportLog=[{}], QuickSupport=[FIRST])
    entering, _, _ = pressed(host)
    after = host.read()
    new = after.rows(SupportLog)[-1]
    assert entering.said == ["1 row was entered: SU-0002."]
    assert (new.support_id, new.date, new.champion_id, new.outcome) == ("SU-0002", day(-1), "DC-001", "Resolved")
    assert after.rows(QuickSupport)[0].entered_as == "SU-0002"
    assert after.rows(QuickSupport)[0].staff_member == "Carer Two", "nothing is cleared yet"


def test_it_is_cleared_by_the_next_check_and_entered_once():
    host = host_of(SupportLog=[{}], QuickSupport=[FIRST])
    pressed(host)
    entering, _, _ = pressed(host)
    assert entering.said == []
    assert list(host.read().rows(QuickSupport)) == []
    assert len(host.read().rows(SupportLog)) == 2
    assert pressed(host)[2] is None, "then there is nothing left to do"


def test_a_row_whose_entry_was_deleted_meanwhile_stays_and_is_told():
    host = host_of(SupportLog=[{}], QuickSupport=[{**FIRST, "Entered as": "SU-0009"}])
    entering, _, _ = pressed(host)
    assert "was entered as SU-0009, which is not there any more" in entering.said[0]
    assert host.read().rows(QuickSupport)[0].staff_member == "Carer Two"
    assert len(host.read().rows(SupportLog)) == 1


def over(host, at, register, column, value):
    """A person, or a later run, puts something into a cell of the entry at a place of a register."""
    row = host.read().rows(register)[at]
    before = getattr(row, column.attr)
    change = SetCell(RowRef(register.table, row.id, row.ordinal), column.header, before, value)
    host.apply(ChangeSet("fix", host.read().fingerprint, (change,)), who="Tester", when=WHEN)


@pytest.fixture
def twice():
    """A workbook in which a quick row was entered as SU-0002."""
    host = host_of(SupportLog=[{}], QuickSupport=[{**FIRST, "What happened": "Could not sign in."}])
    pressed(host)
    return host


@pytest.mark.parametrize(
    ("column", "value"),
    [(QuickSupport.what_happened, "Lost the note."), (QuickSupport.date, day(0)), (QuickSupport.outcome, "Escalated")],
)
def test_what_was_typed_over_a_row_that_was_entered_is_not_cleared(twice, column, value):
    over(twice, 0, QuickSupport, column, value)
    entering, _, _ = pressed(twice)
    assert f"was entered as SU-0002; in {column.header} the two differ now" in entering.said[0]
    assert getattr(twice.read().rows(QuickSupport)[0], column.attr) == value
    over(twice, 0, QuickSupport, QuickSupport.entered_as, None)
    assert pressed(twice)[0].ids == ["SU-0003"]


def test_a_row_whose_entry_was_put_right_since_is_cleared(twice):
    over(twice, 1, SupportLog, SupportLog.what_happened, "Could not sign in on the tablet.")
    assert pressed(twice)[0].said == []
    assert list(twice.read().rows(QuickSupport)) == []
    assert twice.read().rows(SupportLog)[1].what_happened == "Could not sign in on the tablet."


def test_date_shift_service_and_champion_are_as_in_the_row_above():
    host = host_of(SupportLog=[{}], QuickSupport=[FIRST, {}, {"Date": day(0)}, {}])
    pressed(host)
    asked = (SupportLog.date, SupportLog.shift, SupportLog.service, SupportLog.champion_id)
    rest = ("Early", "OAK", "DC-001")
    assert [values(row, *asked) for row in host.read().rows(SupportLog)[1:]] == [
        (day(-1), *rest),
        (day(-1), *rest),
        (day(0), *rest),
        (day(0), *rest),
    ]


def test_a_row_stays_while_one_beneath_that_waits_repeats_it():
    """Cleared, it would lend the row beneath it the champion and the day of another."""
    first = {**FIRST, "Champion ID": "DC-002", "Date": day(-5), "Outcome": None}
    waits = {**dict.fromkeys(("Date", "Shift", "Service", "Champion ID")), "Outcome": None}
    champions = [{"Champion ID": "DC-001", "Name": "Ann"}, {"Champion ID": "DC-002", "Name": "Bob"}]
    host = host_of(
        SupportLog=[{}], WorkforcePlan=champions, QuickSupport=[first, FIRST, waits, {**waits, "Date": day(0)}]
    )
    pressed(host)
    pressed(host)
    assert [row.entered_as for row in host.read().rows(QuickSupport)] == [None, "SU-0002", None, None]
    over(host, 2, QuickSupport, QuickSupport.outcome, "Resolved")
    assert pressed(host)[0].ids == ["SU-0003"]
    new = host.read().rows(SupportLog)[-1]
    assert (new.date, new.champion_id) == (day(-1), "DC-001")
    over(host, 3, QuickSupport, QuickSupport.outcome, "Resolved")
    pressed(host)
    pressed(host)
    assert [row.outcome for row in host.read().rows(QuickSupport)] == [None], "only the row that waits is left"
    assert host.read().rows(SupportLog)[-1].champion_id == "DC-001"


def test_a_row_with_its_entrys_id_in_another_case_is_cleared(twice):
    over(twice, 0, QuickSupport, QuickSupport.entered_as, "su-0002")
    assert pressed(twice)[0].said == []
    assert list(twice.read().rows(QuickSupport)) == []


@pytest.mark.parametrize("chosen", ["Ann", "DC-001 · Ann"])
def test_a_row_whose_champion_has_another_name_since_is_cleared(chosen):
    champions = [{"Champion ID": "DC-001", "Name": "Ann"}]
    host = host_of(SupportLog=[{}], WorkforcePlan=champions, QuickSupport=[{**FIRST, "Champion ID": chosen}])
    assert pressed(host)[0].ids == ["SU-0002"]
    over(host, 0, WorkforcePlan, WorkforcePlan.name, "Ann Lee")
    assert pressed(host)[0].said == []
    assert list(host.read().rows(QuickSupport)) == []


@pytest.mark.parametrize("header", ["Support need", "Workaround seen", "Outcome", "What happened", "Workflow"])
def test_need_workaround_and_outcome_are_never_taken_from_above(header):
    host = host_of(SupportLog=[{}], QuickSupport=[FIRST, {header: None}])
    entering, _, _ = pressed(host)
    assert len(entering.ids) == 1
    assert entering.waiting[0].words == f"Row 7 of Quick entry waits: {header} is still blank."


def test_a_first_row_without_a_day_waits():
    entering = entered(book(QuickSupport=[{**FIRST, "Date": None}]))
    assert (entering.ids, entering.waiting[0].missing) == ([], ("Date",))


def test_what_cannot_be_read_goes_along_as_it_is_and_the_same_check_names_it():
    host = host_of(SupportLog=[{}], QuickSupport=[{**FIRST, "Outcome": "Resolvd", "Date": "31/02/2026"}])
    _, findings, _ = pressed(host)
    wrong = {(f.id, f.column, f.value) for f in findings if f.id == "SU-0002"}
    assert {("SU-0002", "Outcome", "Resolvd"), ("SU-0002", "Date", "31/02/2026")} <= wrong
    after = host.read()
    assert "Did you mean Resolved" in after.tables["SupportLog"].check[1]
    assert len(after.rows(Checks)) == len(checks.listed(findings))
    assert checks.run(after, AS_OF) == findings, "the next check finds just this"


def test_the_whole_press_is_taken_back_in_one_step():
    host = host_of(SupportLog=[{}], QuickSupport=[FIRST, {}], NewChampions=[{}])
    before = cells(host)
    _, _, inverse = pressed(host)
    assert cells(host) != before
    assert undeclared("check", inverse.changes, host.added) is None
    host.apply(inverse, who="Tester", when=WHEN)
    assert cells(host) == before


def test_clearing_is_taken_back_too():
    host = host_of(SupportLog=[{}], QuickSupport=[{**FIRST, "Shift": "early", "Workaround detail": "N/A"}])
    pressed(host)
    before = cells(host)
    _, _, inverse = pressed(host)
    assert undeclared("check", inverse.changes, host.added) is None
    host.apply(inverse, who="Tester", when=WHEN)
    assert cells(host) == before


def test_a_workbook_without_entry_sheets_has_nothing_to_enter():
    entering = entered(book())
    assert (entering.said, entering.rows, entering.changes) == ([], {}, [])


# -- a new champion ---------------------------------------------------------------------------------------------------


def test_one_row_becomes_plan_brief_training_and_commitment():
    host = host_of(WorkforcePlan=[{}], NewChampions=[{}])
    entering, _, _ = pressed(host)
    after = host.read()
    assert entering.ids == ["DC-002"]
    champion = after.rows(WorkforcePlan)[-1]
    assert values(champion, WorkforcePlan.champion_id, WorkforcePlan.name, WorkforcePlan.status) == (
        "DC-002",
        "Champion Beta",
        "Preparing",
    )
    brief = after.rows(RoleBriefs)[-1]
    assert (brief.champion_id, brief.version, brief.issued_on) == ("DC-002", 1, dt.date(2026, 6, 3))
    assert brief.peer_support == after.rows(RoleBriefs)[0].peer_support
    training = [row for row in after.rows(TrainingMatrix) if row.champion_id == "DC-002"]
    assert [row.module for row in training] == list(after.lists["TrainingModules"])
    assert {(row.required, row.planned_on) for row in training} == {(True, dt.date(2026, 7, 6))}
    assert after.rows(ImplementationPlan)[-1].hours_per_week == 3
    assert after.rows(NewChampions)[0].entered_as == "DC-002"


def test_nothing_is_said_to_have_happened_that_has_not():
    host = host_of(WorkforcePlan=[{}], NewChampions=[{}])
    given = {r: len(host.read().rows(r)) for r in (ProtectedTime, StartSignOff)}
    pressed(host)
    after = host.read()
    assert {r: len(after.rows(r)) for r in given} == given
    assert values(after.rows(RoleBriefs)[-1], RoleBriefs.acknowledged_on, RoleBriefs.clear) == (None, None)
    done = (TrainingMatrix.completed_on, TrainingMatrix.result)
    assert {values(row, *done) for row in after.rows(TrainingMatrix) if row.champion_id == "DC-002"} == {(None, None)}


def test_the_first_champion_brings_the_words_of_the_first_brief():
    empty = {"WorkforcePlan": [], "RoleBriefs": [], "TrainingMatrix": [], "ImplementationPlan": []}
    entering = entered(book(**empty, NewChampions=[{}], ReadinessLog=[], StartSignOff=[]))
    assert entering.waiting[0].missing == ("Peer support", "Issue reporting", "Promoting correct workflows")
    words = dict.fromkeys(entering.waiting[0].missing, "Shows it beside the colleague.")
    assert entered(book(**empty, NewChampions=[words], ReadinessLog=[], StartSignOff=[])).ids == ["DC-001"]


def test_a_champion_who_comes_in_the_same_press_can_be_named_by_quick_rows():
    host = host_of(WorkforcePlan=[{}], NewChampions=[{}], QuickSupport=[{**FIRST, "Champion ID": "DC-002"}])
    _, findings, _ = pressed(host)
    assert host.read().rows(SupportLog)[-1].champion_id == "DC-002"
    assert not [f for f in findings if f.code == "unknown-reference"]


# -- by name ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["Champion Alpha", "champion alpha", "DC-001 · Champion Alpha", "dc-1", "DC-001"])
def test_a_champion_may_be_named(typed):
    host = host_of(WorkforcePlan=[{}], SupportLog=[{}], QuickSupport=[{**FIRST, "Champion ID": typed}, {}])
    pressed(host)
    assert [row.champion_id for row in host.read().rows(SupportLog)[1:]] == ["DC-001", "DC-001"]


@pytest.mark.parametrize("typed", ["Champion Alpha", "Champion Alpa", "DC-009 · Champion Alpha"])
def test_never_where_two_have_the_name_or_it_is_not_quite_theirs(typed):
    host = host_of(WorkforcePlan=[{}, {}], SupportLog=[{}], QuickSupport=[{**FIRST, "Champion ID": typed}])
    _, findings, _ = pressed(host)
    new = host.read().rows(SupportLog)[-1]
    assert new.champion_id is None
    assert [f.value for f in findings if f.id == "SU-0002" and f.column == "Champion ID"] == [typed]


def test_the_drop_down_of_quick_entry_offers_champions_by_name():
    rows = [{"Champion ID": "DC-001", "Name": "Champion Alpha"}, {"Champion ID": "DC-002", "Name": "Champion Beta"}]
    plan = plan_book({"WorkforcePlan": rows})
    sheet = next(s for s in plan.sheets if s.name == QuickSupport.sheet)
    column = 1 + QuickSupport.columns.index(QuickSupport.champion_id)
    rule = next(r for r in sheet.rules if r.span.left == column and r.kind == "list")
    assert rule.low.removeprefix("=") in plan.names
    offered = [p.content.value for s in plan.sheets for p in s.puts if isinstance(p.content, Formula)]
    assert {"DC-001 · Champion Alpha", "DC-002 · Champion Beta"} <= set(map(str, offered))
    assert rule.style == "", "an id or a name that is typed is not refused"
