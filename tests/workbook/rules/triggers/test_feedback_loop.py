"""F5 and F9: each condition with a case that fires and a near miss."""

import pytest

from tests.support.builders import day
from tests.support.triggers.feedback_helpers import CLEAR, NO_DATA, RAISED, WATCH, judge, rows_named, state

TWO = [{}, {"Service code": "ELM", "Service name": "Elm Court"}]
MEETING = [{"Held on": day(-60)}]
NO_ISSUE = {"Issue ID": None}


ISSUES = [{"Raised on": day(-70)}]


def loop(decision=None, updates=(), issues=ISSUES, services=({},), **more):
    tables = {
        "Services": list(services),
        "ImprovementLog": list(issues),
        "Meetings": MEETING,
        "BoardDecisions": [decision or {}],
        "UpdatesShared": list(updates),
    }
    return judge("F5", **{**tables, **more})


# -- F5: shared in time -----------------------------------------------------------------------------------------------


def test_f5_a_decision_long_past_its_due_date_and_not_shared_is_raised():
    found = loop({"Due date": day(-15)})
    assert (found.state, found.value, found.threshold) == (RAISED, 1, 1)
    assert rows_named(found) == ["BD-001"]
    assert found.summary == "Decision BD-001 was due on 15 Jun 2026 and no update was shared with Oak House."


@pytest.mark.parametrize("due", [day(-14), day(3), None])
def test_f5_exactly_14_days_past_or_without_a_due_date_is_clear(due):
    assert loop({"Due date": due}).state is CLEAR


def test_f5_an_update_however_late_closes_the_loop():
    assert loop({"Due date": day(-40)}, [{"Shared on": day(0)}]).state is CLEAR


def test_f5_an_update_after_the_day_was_not_shared_yet():
    assert loop({"Due date": day(-15)}, [{"Shared on": day(1)}]).state is RAISED


def test_f5_no_action_decisions_are_out_throughout():
    decision = {"Due date": day(-40), "Action type": "No action"}
    assert loop(decision).state is CLEAR
    assert loop(decision, [{"Result": "No change"}]).state is CLEAR


def test_f5_a_decision_of_a_later_meeting_does_not_exist():
    found = loop({"Due date": day(-40)}, Meetings=[{"Held on": day(1)}])
    assert found.state is NO_DATA


def test_f5_services_named_each_want_an_update():
    decision = {"Due date": day(-20), "Services affected": "OAK, elm"}
    found = loop(decision, [{}], services=TWO)
    assert found.state is RAISED
    assert found.summary.endswith("no update was shared with Elm Court.")
    assert loop(decision, [{}, {"Service": "ELM"}], services=TWO).state is CLEAR


def test_f5_without_services_named_the_issues_service_is_affected():
    decision = {"Due date": day(-20)}
    issues = [{"Raised on": day(-70), "Service": "ELM"}]
    assert loop(decision, [{"Service": "ELM"}], issues, TWO).state is CLEAR
    assert loop(decision, [{"Service": "OAK"}], issues, TWO).state is RAISED


def test_f5_without_an_issue_all_services_in_use_are_affected():
    decision = {"Due date": day(-20), **NO_ISSUE}
    assert loop(decision, [{}], services=TWO).state is RAISED
    assert loop(decision, [{}], services=[{}, {**TWO[1], "In use": "No"}]).state is CLEAR


def test_f5_the_days_can_be_changed():
    assert loop({"Due date": day(-15)}, thresholds={("F5", "Share within days"): 15}).state is CLEAR


# -- F5: did it help --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("result", ["No change", "More confusion"])
def test_f5_a_newest_update_that_did_not_help_is_raised(result):
    found = loop(updates=[{"Result": result}])
    assert (found.state, rows_named(found)) == (RAISED, ["BD-001", "UP-001"])
    assert found.summary == f"Update UP-001 on decision BD-001 at Oak House says {result}."


@pytest.mark.parametrize("result", ["Less confusion", "Better system use", "Too early"])
def test_f5_other_results_are_clear(result):
    assert loop(updates=[{"Result": result}]).state is CLEAR


def test_f5_only_the_newest_update_of_each_decision_and_service_counts():
    bad, good = {"Result": "No change", "Shared on": day(-9)}, {"Shared on": day(-3)}
    assert loop(updates=[bad, good]).state is CLEAR
    assert loop(updates=[good, {**bad, "Shared on": day(-3)}]).state is RAISED
    decision = {"Services affected": "OAK, ELM"}
    assert loop(decision, [bad, {**good, "Service": "ELM"}], services=TWO).state is RAISED


def test_f5_an_update_in_a_service_that_is_not_affected_does_not_count():
    assert loop(updates=[{"Result": "No change", "Service": "ELM"}], services=TWO).state is CLEAR


@pytest.mark.parametrize(("shared", "expected"), [(-29, RAISED), (-28, CLEAR)])
def test_f5_too_early_for_more_than_28_days_is_raised(shared, expected):
    assert loop(updates=[{"Result": "Too early", "Shared on": day(shared)}]).state is expected


def test_f5_a_result_recorded_after_the_day_counts_as_too_early():
    worse = {"Result": "No change", "Result recorded on": day(1)}
    assert loop(updates=[{**worse, "Shared on": day(-28)}]).state is CLEAR
    better = {"Result": "Less confusion", "Result recorded on": day(1)}
    assert loop(updates=[{**better, "Shared on": day(-29)}]).state is RAISED


# -- F5: data ---------------------------------------------------------------------------------------------------------


def test_f5_lacks_data_only_if_both_logs_are_empty():
    assert state("F5") is NO_DATA
    assert state("F5", ImprovementLog=[{}], Meetings=[{}]) is NO_DATA
    assert loop(updates=()).state is CLEAR
    assert loop(BoardDecisions=[], updates=[{"Decision ID": "BD-001"}]).state is CLEAR


def test_f5_unreadable_decisions_are_left_out_and_counted():
    found = loop({"Due date": "soon"})
    assert (found.state, found.left_out) == (CLEAR, 1)
    assert loop({"Due date": day(-20), "Services affected": "XXX"}).left_out == 1
    known = loop({"Due date": day(-20), "Services affected": "OAK, XXX"})
    assert (known.state, known.left_out) == (RAISED, 0)
    assert loop({"Due date": day(-20), "Issue ID": "IM-999"}).left_out == 1


def test_f5_a_decision_whose_issue_has_no_readable_service_is_left_out():
    found = loop({"Due date": day(-20)}, issues=[{"Raised on": day(-70), "Service": "XXX"}])
    assert (found.state, found.left_out) == (CLEAR, 1)


def test_f5_an_update_with_an_unreadable_result_was_shared_all_the_same():
    found = loop({"Due date": day(-20)}, [{"Result": "Fine"}])
    assert (found.state, found.left_out) == (CLEAR, 1)


# -- F9 ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["Proposed", "Open", "In progress"])
def test_f9_an_overdue_action_is_an_early_warning(status):
    found = judge("F9", Actions=[{"Due date": day(-1), "Status": status}, {}])
    assert (found.state, found.value, found.threshold) == (WATCH, 1, 1)
    assert (found.summary, rows_named(found)) == ("1 action overdue: AC-001.", ["AC-001"])


@pytest.mark.parametrize(
    "action",
    [
        {"Due date": day(0)},
        {"Due date": day(-1), "Status": "Cancelled"},
        {"Due date": day(-1), "Status": "Done", "Completed on": day(0), "Evidence of completion": "Minutes."},
    ],
)
def test_f9_due_today_cancelled_or_done_with_evidence_is_clear(action):
    assert state("F9", Actions=[action]) is CLEAR


@pytest.mark.parametrize("evidence", [None, "   "])
def test_f9_done_without_evidence_is_an_early_warning(evidence):
    found = judge("F9", Actions=[{"Status": "Done", "Completed on": day(-1), "Evidence of completion": evidence}])
    assert (found.state, found.summary) == (WATCH, "1 action done without evidence: AC-001.")


def test_f9_what_is_completed_after_the_day_is_not_done_yet():
    done = {"Status": "Done", "Completed on": day(1)}
    assert state("F9", Actions=[done]) is CLEAR
    late = {**done, "Due date": day(-1), "Evidence of completion": "Minutes."}
    assert judge("F9", Actions=[late]).summary == "1 action overdue: AC-001."


def test_f9_an_empty_log_or_one_of_later_actions_is_not_enough_data():
    assert state("F9") is NO_DATA
    assert state("F9", Actions=[{"Raised on": day(1)}]) is NO_DATA


def test_f9_an_unreadable_due_date_is_left_out_and_counted():
    found = judge("F9", Actions=[{"Due date": "soon"}, {"Due date": day(-1)}])
    assert (found.state, found.left_out, rows_named(found)) == (WATCH, 1, ["AC-002"])
