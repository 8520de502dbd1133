from __future__ import annotations

import datetime as dt

import pytest

from tests.support.builders import AS_OF, BASE, book, day, view_of
from workbook.model.registers import (
    Actions,
    BoardDecisions,
    ImprovementLog,
    Services,
    SupportLog,
    TrainingMatrix,
    UpdatesShared,
    WorkforcePlan,
)
from workbook.model.view import newest


def test_rows_dated_later_do_not_exist():
    view = view_of(book(SupportLog=[{"Date": AS_OF}, {"Date": day(1)}]))
    assert [r.id for r in view.rows(SupportLog)] == ["SU-0001"]
    assert view.find(SupportLog, "SU-0002") is None


def test_a_decision_is_dated_by_its_meeting():
    snapshot = book(Meetings=[{"Held on": day(-5)}, {"Held on": day(3)}], BoardDecisions=[{}, {"Meeting ID": "MT-002"}])
    assert [r.id for r in view_of(snapshot).rows(BoardDecisions)] == ["BD-001"]
    assert len(view_of(snapshot, day(3)).rows(BoardDecisions)) == 2


def test_what_happens_later_has_not_happened_yet():
    snapshot = book(
        ImprovementLog=[{"Status": "Closed", "Closed on": day(1), "Resolution": "Mended.", "Categorised on": day(2)}],
        TrainingMatrix=[{"Completed on": day(1), "Result": "Passed"}],
        UpdatesShared=[{"Result": "No change", "Result recorded on": day(1)}],
        Actions=[{"Status": "Done", "Completed on": day(1), "Evidence of completion": "Seen."}],
        Meetings=[{}],
        BoardDecisions=[{}],
    )
    view = view_of(snapshot)
    issue = view.rows(ImprovementLog)[0]
    assert (issue.status, issue.closed_on, issue.resolution, issue.category) == ("Open", None, None, None)
    assert view.rows(TrainingMatrix)[0].result is None
    assert view.rows(UpdatesShared)[0].result == "Too early"
    assert view.rows(Actions)[0].status == "Open"
    later = view_of(snapshot, day(2))
    assert later.rows(ImprovementLog)[0].status == "Closed"
    assert later.rows(TrainingMatrix)[0].result == "Passed"


@pytest.mark.parametrize(("signed", "status"), [("Signed off", "Active"), ("Not yet", "Preparing")])
def test_a_status_of_later_is_not_known_yet(signed, status):
    champion = {"Status": "Paused", "Status since": day(1)}
    view = view_of(book(WorkforcePlan=[champion], StartSignOff=[{"Decision": signed}]))
    assert view.champions()[0].status == status
    assert [c.status for c in view_of(book(WorkforcePlan=[champion]), day(1)).champions()] == ["Paused"]


def test_paused_reassigned_and_stepped_down_champions_are_not_judged():
    statuses = ("Proposed", "Preparing", "Signed off", "Active", "Paused", "Reassigned", "Stepped down")
    view = view_of(book(WorkforcePlan=[{"Status": s} for s in statuses]))
    assert [c.status for c in view.judged_champions()] == list(statuses[:4])
    assert [c.status for c in view.acting_champions("OAK")] == ["Signed off", "Active"]


def test_each_champion_and_service_is_judged_once():
    view = view_of(book(WorkforcePlan=[{}, {"Champion ID": "dc-001"}], Services=[{}, {"Service code": "OAK"}]))
    assert len(view.champions()) == 1
    assert len(view.services_in_use()) == 1


def test_services_out_of_use_are_not_judged():
    view = view_of(book(Services=[{}, {"Service code": "ELM", "In use": "No"}]))
    assert [s.service_code for s in view.services_in_use()] == ["OAK"]


@pytest.mark.parametrize(
    ("service", "phase"),
    [
        ({"Go-live date": day(1)}, "Preparing"),
        ({"Go-live date": day(0)}, "Early implementation"),
        ({"Go-live date": day(-83)}, "Early implementation"),
        ({"Go-live date": day(-84)}, "Rollout"),
        ({"Go-live date": day(-84), "Stabilised on": day(1)}, "Rollout"),
        ({"Go-live date": day(-84), "Stabilised on": day(0)}, "Stabilised"),
    ],
)
def test_the_phase_of_a_service_follows_from_its_dates(service, phase):
    view = view_of(book(Services=[service]))
    assert view.phase(view.snapshot.rows(Services)[0]) == phase


def test_rows_are_left_out_only_for_a_field_that_is_read():
    view = view_of(book(SupportLog=[{}, {"Shift": "Dusk"}, {"Date": "03/04/2026"}, {"Workflow": None}]))
    by_workflow = view.usable(SupportLog, SupportLog.workflow)
    assert [r.id for r in by_workflow.rows] == ["SU-0001", "SU-0002"]
    assert [r.id for r in by_workflow.left_out] == ["SU-0003", "SU-0004"]
    by_shift = view.usable(SupportLog, SupportLog.shift)
    assert [r.id for r in by_shift.rows] == ["SU-0001", "SU-0004"]


def test_left_out_rows_are_counted_where_they_belong_or_may_belong():
    services = [{}, {"Service code": "ELM"}]
    entries = [{"Workflow": "?"}, {"Service": "ELM", "Workflow": "?"}, {"Service": "??"}]
    view = view_of(book(Services=services, SupportLog=entries))
    grouped = view.usable_by(SupportLog.service, SupportLog, SupportLog.workflow)
    assert [r.id for r in grouped("OAK").left_out] == ["SU-0001", "SU-0003"]
    assert [r.id for r in grouped("ELM").left_out] == ["SU-0002", "SU-0003"]


def test_the_newest_row_is_the_latest_then_the_higher_then_the_later():
    snapshot = book(
        RoleBriefs=[{"Version": 2}, {"Version": 3}, {"Version": 3}, {"Issued on": dt.date(2026, 1, 11), "Version": 9}]
    )
    rows = snapshot.rows(snapshot.tables["RoleBriefs"].register)
    register = snapshot.tables["RoleBriefs"].register
    assert newest(rows, register.issued_on, register.version).id == "RB-003"
    assert newest([], register.issued_on) is None


def test_a_role_falls_back_where_nobody_holds_it():
    manager_only = {**BASE["Services"], "Team leader": None}
    people = [{"Person": "Project Lead One", "Role": "Project lead"}]
    view = view_of(book(Services=[manager_only], People=people))
    assert view.holder("Team leader", "OAK") == ("Registered manager", "Manager Oak")
    assert view.holder("Board chair") == ("Project lead", "Project Lead One")
    nobody = view_of(book(Services=[{"Registered manager": None, "Team leader": None}], People=people))
    assert nobody.holder("Team leader", "OAK") == ("Project lead", "Project Lead One")


def test_a_window_holds_its_last_day_and_those_before():
    view = view_of(book())
    first, last = view.window(14)
    assert (first, last) == (day(-13), AS_OF)


def test_the_sign_off_of_the_same_day_counts():
    view = view_of(book(StartSignOff=[{"Reviewed on": day(-3)}, {"Reviewed on": day(-1), "Decision": "Not yet"}]))
    assert not view.signed_off("DC-001", day(-4))
    assert view.signed_off("DC-001", day(-3))
    assert not view.signed_off("DC-001", day(-1))


def test_unreadable_champion_ids_do_not_make_a_champion():
    view = view_of(book(WorkforcePlan=[{"Champion ID": None}]))
    assert view.champions() == []
    assert len(view.rows(WorkforcePlan)) == 1


def test_champions_are_found_once_however_often_they_are_asked_for():
    view = view_of(book(WorkforcePlan=[{"Champion ID": "DC-001"}, {"Champion ID": "DC-002", "Status": "Paused"}]))
    assert view.champions() is view.champions()
    assert [c.champion_id for c in view.champions_of("OAK")] == ["DC-001", "DC-002"]
    assert [c.champion_id for c in view.acting_champions("OAK")] == ["DC-001"]
    assert view.champions_of("FIR") == ()
    assert view.champion("DC-002").status == "Paused"
    assert view.champion("DC-009") is None
