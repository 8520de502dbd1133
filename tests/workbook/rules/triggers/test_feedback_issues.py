"""F1, F4, F6, F8 and F10: each condition with a case that fires and a near miss."""

import pytest

from tests.support.builders import day
from tests.support.triggers.feedback_helpers import CLEAR, NO_DATA, RAISED, WATCH, judge, rows_named, state


def issue(raised=-40, **more):
    return {"Raised on": day(raised), "Categorised on": day(raised), **more}


OLD, REPEAT = issue(-40), issue(-10, **{"Repeat of": "IM-001"})


# -- F1 ---------------------------------------------------------------------------------------------------------------


def test_f1_an_old_issue_reported_again_is_raised():
    found = judge("F1", ImprovementLog=[OLD, REPEAT])
    assert found.state is RAISED
    assert rows_named(found) == ["IM-001", "IM-002"]
    assert (found.value, found.threshold) == (1, 1)
    assert found.summary == "IM-001 has been open for 40 days and was reported again as IM-002."


@pytest.mark.parametrize(("age", "expected"), [(-29, RAISED), (-28, CLEAR)])
def test_f1_exactly_28_days_open_is_clear(age, expected):
    assert state("F1", ImprovementLog=[issue(age), REPEAT]) is expected


def test_f1_an_old_issue_nobody_repeats_is_clear():
    found = judge("F1", ImprovementLog=[OLD, issue(-10)])
    assert (found.state, found.value) == (CLEAR, 0)


def test_f1_an_issue_is_no_repeat_of_itself():
    assert state("F1", ImprovementLog=[issue(-40, **{"Repeat of": "IM-001"})]) is CLEAR


@pytest.mark.parametrize("status", ["Open", "With supplier", "Action agreed"])
def test_f1_any_status_but_closed_is_open(status):
    assert state("F1", ImprovementLog=[issue(-40, Status=status), REPEAT]) is RAISED


CLOSED = {"Status": "Closed", "Resolution": "Form changed."}


def test_f1_a_closed_issue_with_an_earlier_repeat_is_clear():
    assert state("F1", ImprovementLog=[issue(-40, **CLOSED, **{"Closed on": day(-5)}), REPEAT]) is CLEAR


def test_f1_closing_after_the_day_counts_as_open():
    assert state("F1", ImprovementLog=[issue(-40, **CLOSED, **{"Closed on": day(1)}), REPEAT]) is RAISED


def test_f1_a_repeat_raised_after_the_day_does_not_exist():
    assert state("F1", ImprovementLog=[OLD, issue(1, **{"Repeat of": "IM-001"})]) is CLEAR


@pytest.mark.parametrize(("closed", "raised", "expected"), [(-38, -10, RAISED), (-39, -10, CLEAR), (-10, -10, RAISED)])
def test_f1_a_repeat_within_28_days_of_closing_is_a_reopening(closed, raised, expected):
    rows = [issue(-60, **CLOSED, **{"Closed on": day(closed)}), issue(raised, **{"Repeat of": "IM-001"})]
    assert state("F1", ImprovementLog=rows) is expected


def test_f1_a_reopening_stays_raised_once_the_repeat_is_closed():
    rows = [
        issue(-60, **CLOSED, **{"Closed on": day(-30)}),
        issue(-20, **CLOSED, **{"Closed on": day(-2), "Repeat of": "IM-001"}),
    ]
    found = judge("F1", ImprovementLog=rows)
    assert found.state is RAISED
    assert rows_named(found) == ["IM-001", "IM-002"]
    assert "came back as IM-002" in found.summary


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({("F1", "Open days"): 40}, CLEAR),
        ({("F1", "Open days"): 39}, RAISED),
        ({("F1", "Repeats"): 2}, CLEAR),
        ({("F1", "Repeats"): 1}, RAISED),
    ],
)
def test_f1_thresholds_can_be_changed(changed, expected):
    assert state("F1", ImprovementLog=[OLD, REPEAT], thresholds=changed) is expected


def test_f1_the_reopening_days_can_be_changed():
    rows = [issue(-60, **CLOSED, **{"Closed on": day(-20)}), REPEAT]
    assert state("F1", ImprovementLog=rows, thresholds={("F1", "Reopen days"): 9}) is CLEAR
    assert state("F1", ImprovementLog=rows, thresholds={("F1", "Reopen days"): 10}) is RAISED


def told(when, before, after, command="typed", column="Status", **more):
    """An entry of the change history on the first issue."""
    return {
        "When": f"{day(when)} 09:00:00, since {day(when - 3)}",
        "Command": command,
        "Table": "ImprovementLog",
        "ID": "IM-001",
        "Column": column,
        "Before": before,
        "After": after,
        **more,
    }


NEW_ROW = "Issue ID: IM-001; What happened: quite another thing; Status: Open"
SHUT, AGAIN = told(-30, "Open", "Closed"), told(-10, "Closed", "Open")


def opened_again(*history, **more):
    return judge("F1", ImprovementLog=[OLD], History=list(history), **more)


def test_f1_a_closed_issue_that_the_history_shows_open_again_is_raised():
    found = opened_again(SHUT, AGAIN)
    assert (found.state, rows_named(found)) == (RAISED, ["IM-001"])
    assert found.summary == "IM-001, closed on 31 May 2026, was open again on 20 Jun 2026."
    shut_again = issue(-40, **CLOSED, **{"Closed on": day(-2)})
    later = told(-2, "Open", "Closed")
    assert state("F1", ImprovementLog=[shut_again], History=[SHUT, AGAIN, later]) is RAISED, "it stays in sight"


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ([told(-38, "Open", "Closed"), AGAIN], RAISED),
        ([told(-39, "Open", "Closed"), AGAIN], CLEAR),
        ([told(-10, str(day(-38)), "", column="Closed on"), SHUT, AGAIN], RAISED),
        ([told(-10, str(day(-39)), "", column="Closed on"), SHUT, AGAIN], CLEAR),
        ([told(-20, "", "Issue ID: IM-001; Status: Closed", column=""), AGAIN], RAISED),
        ([told(-10, "", "Issue ID: IM-001; Issue: Old Status: Closed; Status: Open", column=""), AGAIN], CLEAR),
        ([SHUT, AGAIN, told(-10, "Open", "With supplier")], RAISED),
        ([SHUT, told(-11, "Closed", ""), told(-10, "", "Open")], RAISED),
        ([SHUT, AGAIN, told(-9, NEW_ROW, "", column=""), told(-8, "", NEW_ROW, column="")], RAISED),
        ([AGAIN], CLEAR),
        ([SHUT, told(1, "Closed", "Open")], CLEAR),
    ],
)
def test_f1_the_history_counts_within_28_days_of_a_closing_that_is_known(history, expected):
    assert opened_again(*history).state is expected


@pytest.mark.parametrize(
    "history",
    [
        [told(-10, "Open", "Closed", "fix"), AGAIN],
        [told(-10, "", "Issue ID: IM-001; Status: Closed", "import", column=""), AGAIN],
        [SHUT, told(-10, "Closed", "Open", "typed, taken back")],
        [SHUT, told(-10, "Closed", "Open", "fix, not done")],
        [SHUT, told(-10, "Closed", "Open", "fix"), told(-9, "Open", "Closed", "undo of fix")],
        [told(-30, "Open", "Closed", "fix"), told(-10, "Closed", "Open", "undo of fix")],
        [SHUT, told(-10, "Closed", "")],
        [SHUT, told(-10, "Closed", "Open", "fix"), told(-10, "Open", "Closed", "fix")],
        [SHUT, AGAIN, told(-9, "Issue ID: IM-001; Status: Open", "", column=""), told(-8, "", NEW_ROW, column="")],
        [SHUT, told(-10, "With supplier", "Open")],
        [SHUT, told(-10, "Closed", "Open", Table="Actions")],
        [SHUT, told(-10, "Closed", "Open", ID="IM-002")],
    ],
)
def test_f1_a_status_that_was_put_right_or_taken_back_is_no_reopening(history):
    assert opened_again(*history).state is CLEAR


def test_f1_an_issue_takes_its_past_along_under_another_id_and_leaves_it_to_one_that_kept_it():
    past = [told(-30, "Open", "Closed", ID="IM-007"), told(-10, "Closed", "Open", ID="IM-007")]
    renamed = told(-5, "IM-007", "IM-001", column="Issue ID")
    assert opened_again(*past, renamed).state is RAISED
    both = [OLD, {**OLD, "Issue ID": "IM-007"}]
    assert rows_named(judge("F1", ImprovementLog=both, History=[*past, renamed])) == ["IM-007"]


def test_f1_a_run_that_was_done_again_counts():
    back = told(-9, "Open", "Closed", "undo of fix"), told(-8, "Closed", "Open", "redo of fix")
    assert opened_again(SHUT, told(-10, "Closed", "Open", "fix"), *back).state is RAISED


def test_f1_an_unreadable_repeat_is_left_out_and_counted():
    found = judge("F1", ImprovementLog=[OLD, issue(-10, **{"Repeat of": "IM-999"})])
    assert (found.state, found.left_out) == (CLEAR, 1)


def test_f1_an_unreadable_field_that_it_does_not_read_changes_nothing():
    found = judge("F1", ImprovementLog=[issue(-40, Workflow="Knitting"), REPEAT])
    assert (found.state, found.left_out) == (RAISED, 0)


@pytest.mark.parametrize("rule", ["F1", "F4", "F6", "F8", "F10"])
def test_an_empty_improvement_log_is_never_clear(rule):
    assert state(rule) is NO_DATA
    assert state(rule, ImprovementLog=[issue(1)]) is NO_DATA
    assert state(rule, ImprovementLog=[issue(0)]) is CLEAR


def test_many_cases_stay_one_short_sentence():
    rows = [issue(-40 - n) for n in range(9)]
    rows += [issue(-10, **{"Repeat of": f"IM-00{n + 1}"}) for n in range(9)]
    found = judge("F1", ImprovementLog=rows)
    assert (found.value, len(found.rows)) == (9, 18)
    assert found.summary.endswith("; and 5 more like this.")


# -- F4 ---------------------------------------------------------------------------------------------------------------

BARRIER = {"Category": "Configuration", "Safe recording affected": "Yes"}


def test_f4_a_configuration_barrier_to_safe_recording_is_raised():
    found = judge("F4", ImprovementLog=[issue(-3), issue(-3, **BARRIER)])
    assert found.state is RAISED
    assert rows_named(found) == ["IM-002"]
    assert (found.value, found.threshold) == (1, 1)
    assert found.summary == "The system's configuration affects safe recording: IM-002 not closed, at Oak House."


@pytest.mark.parametrize(
    "more",
    [
        {"Category": "Training"},
        {"Category": None, "Categorised on": None},
        {"Safe recording affected": "No"},
        {"Safe recording affected": "Not known"},
        {"Status": "Closed", "Closed on": day(0)},
        {"Categorised on": day(1)},
    ],
)
def test_f4_near_misses_are_clear(more):
    assert state("F4", ImprovementLog=[issue(-3, **{**BARRIER, **more})]) is CLEAR


def test_f4_closing_after_the_day_counts_as_open():
    assert state("F4", ImprovementLog=[issue(-3, **BARRIER, Status="Closed", **{"Closed on": day(1)})]) is RAISED


def test_f4_an_unreadable_category_is_left_out_and_counted():
    found = judge("F4", ImprovementLog=[issue(-3, **{**BARRIER, "Category": "Magic"}), issue(-3, **BARRIER)])
    assert (found.state, found.left_out, rows_named(found)) == (RAISED, 1, ["IM-002"])


# -- F6 ---------------------------------------------------------------------------------------------------------------


def board(*offsets, **more):
    return [{"Held on": day(n), **more} for n in offsets]


def test_f6_a_repeat_after_two_meetings_without_a_decision_is_an_early_warning():
    found = judge("F6", ImprovementLog=[OLD, REPEAT], Meetings=board(-30, -2))
    assert found.state is WATCH
    assert (found.value, found.threshold) == (2, 2)
    assert rows_named(found) == ["IM-001", "IM-002", "MT-001", "MT-002"]
    assert "IM-001 was reported again as IM-002, and 2 board meetings since" in found.summary


@pytest.mark.parametrize(("first", "expected"), [(-40, CLEAR), (-39, WATCH)])
def test_f6_meetings_count_strictly_after_the_day_it_was_raised(first, expected):
    assert state("F6", ImprovementLog=[OLD, REPEAT], Meetings=board(first, -2)) is expected


def test_f6_one_meeting_or_one_that_is_still_to_come_is_too_few():
    found = judge("F6", ImprovementLog=[OLD, REPEAT], Meetings=board(-30, 1))
    assert (found.state, found.value, found.threshold) == (CLEAR, 1, 2)


def test_f6_meetings_on_implementation_governance_are_not_the_board():
    rows = board(-30, -2, Kind="Implementation governance")
    assert state("F6", ImprovementLog=[OLD, REPEAT], Meetings=rows) is CLEAR


@pytest.mark.parametrize("about", ["IM-001", "IM-002"])
@pytest.mark.parametrize("kind", ["Configuration change", "No action"])
def test_f6_any_decision_on_the_original_or_the_repeat_answers_it(about, kind):
    decisions = [{"Issue ID": about, "Action type": kind}]
    tables = {"ImprovementLog": [OLD, REPEAT, issue(-5)], "Meetings": board(-30, -2)}
    assert state("F6", **tables, BoardDecisions=decisions) is CLEAR


def test_f6_a_decision_on_another_issue_or_at_a_later_meeting_does_not():
    tables = {"ImprovementLog": [OLD, REPEAT, issue(-5)], "Meetings": board(-30, -2, 1)}
    assert state("F6", **tables, BoardDecisions=[{"Issue ID": "IM-003"}]) is WATCH
    assert state("F6", **tables, BoardDecisions=[{"Issue ID": "IM-001", "Meeting ID": "MT-003"}]) is WATCH


def test_f6_without_a_repeat_is_clear():
    assert state("F6", ImprovementLog=[OLD, issue(-10)], Meetings=board(-30, -2)) is CLEAR


def test_f6_the_number_of_meetings_can_be_changed():
    tables = {"ImprovementLog": [OLD, REPEAT], "Meetings": board(-30, -2)}
    assert state("F6", **tables, thresholds={("F6", "Meetings"): 3}) is CLEAR
    assert state("F6", **tables, thresholds={("F6", "Meetings"): 2}) is WATCH


def test_f6_a_meeting_of_unreadable_kind_is_left_out_and_counted():
    meetings = [*board(-30), {"Held on": day(-2), "Kind": "Tea"}]
    found = judge("F6", ImprovementLog=[OLD, REPEAT], Meetings=meetings)
    assert (found.state, found.left_out) == (CLEAR, 1)


# -- F8 ---------------------------------------------------------------------------------------------------------------

CHECKED = [{"Issue ID": "IM-001", "Reviewed on": day(0)}]
BLANK = {"Category": None, "Categorised by": None, "Categorised on": None}


def test_f8_an_old_issue_without_category_is_an_early_warning():
    found = judge("F8", ImprovementLog=[issue(-15, **BLANK)], QualityReviews=CHECKED)
    assert (found.state, found.value, found.threshold) == (WATCH, 1, 1)
    assert rows_named(found) == ["IM-001"]
    assert found.summary == "IM-001 not categorised more than 14 days after being raised."


def test_f8_an_old_issue_that_was_not_quality_checked_is_an_early_warning():
    found = judge("F8", ImprovementLog=[issue(-15)])
    assert (found.state, rows_named(found)) == (WATCH, ["IM-001"])
    assert "not quality-checked" in found.summary


def test_f8_an_issue_that_lacks_both_counts_once():
    assert judge("F8", ImprovementLog=[issue(-15, **BLANK)]).value == 1


def test_f8_exactly_14_days_is_clear():
    assert state("F8", ImprovementLog=[issue(-14, **BLANK)]) is CLEAR


def test_f8_late_categorising_and_checking_cure():
    rows = [{"Raised on": day(-60), "Categorised on": day(0)}]
    assert state("F8", ImprovementLog=rows, QualityReviews=CHECKED) is CLEAR


def test_f8_categorising_or_checking_after_the_day_has_not_happened():
    late = [{"Raised on": day(-15), "Categorised on": day(1)}]
    assert state("F8", ImprovementLog=late, QualityReviews=CHECKED) is WATCH
    review = [{"Issue ID": "IM-001", "Reviewed on": day(1)}]
    assert state("F8", ImprovementLog=[issue(-15)], QualityReviews=review) is WATCH


def test_f8_closed_issues_count():
    assert state("F8", ImprovementLog=[issue(-15, **CLOSED, **{"Closed on": day(-3)})]) is WATCH


def test_f8_the_days_can_be_changed():
    rows = [issue(-15)]
    assert state("F8", ImprovementLog=rows, thresholds={("F8", "Within days"): 15}) is CLEAR


def test_f8_unreadable_categories_and_reviews_are_left_out_and_counted():
    found = judge("F8", ImprovementLog=[issue(-15, Category="Magic")], QualityReviews=[{"Issue ID": "IM-999"}])
    assert (found.state, found.left_out) == (CLEAR, 2)


# -- F10 --------------------------------------------------------------------------------------------------------------


def test_f10_an_overdue_reply_is_an_early_warning():
    found = judge("F10", ImprovementLog=[issue(**{"Reply due date": day(-1)})])
    assert (found.state, found.value, found.threshold) == (WATCH, 1, 1)
    assert rows_named(found) == ["IM-001"]
    assert found.summary == "The reply on IM-001 was due on 29 Jun 2026 and has not come."


@pytest.mark.parametrize(
    "more",
    [
        {"Reply due date": day(0)},
        {"Reply due date": None},
        {"Reply due date": day(-1), "Replied on": day(0)},
        {"Reply due date": day(-1), "Status": "Closed", "Closed on": day(-1)},
    ],
)
def test_f10_near_misses_are_clear(more):
    assert state("F10", ImprovementLog=[issue(**more)]) is CLEAR


@pytest.mark.parametrize("more", [{"Replied on": day(1)}, {"Status": "Closed", "Closed on": day(1)}])
def test_f10_what_happens_after_the_day_has_not_happened(more):
    assert state("F10", ImprovementLog=[issue(**{"Reply due date": day(-1), **more})]) is WATCH


def test_f10_an_unreadable_due_date_is_left_out_and_counted():
    found = judge("F10", ImprovementLog=[issue(**{"Reply due date": "soon"})])
    assert (found.state, found.left_out) == (CLEAR, 1)
