"""What is remarked on a result stands wherever it is told: in the week, in explain, on Triggers, in the review."""

import pytest

from tests.support.builders import AS_OF, book, day, view_of
from tests.workbook.rules.triggers.test_feedback_outcomes import FALL, measure, readings
from workbook.answers.explain import explain
from workbook.answers.trigger_memory import remember
from workbook.answers.week import waiting
from workbook.documents.catalogue import BY_ID as DOCUMENTS
from workbook.documents.declare import Material
from workbook.documents.governance_review import governance_review
from workbook.model.catalogue import BY_ID
from workbook.model.registers import Triggers
from workbook.model.triggers import State
from workbook.rules.triggers import evaluate

LOW = {"Confidence after": 2, "Staff member": "Carer One"}
SAYS_NO = {"Support helped": "No"}
DONE = {"Raised on": day(-60), "Due date": day(-20), "Status": "Done", "Evidence of completion": None}
COMPLETION = measure("Record completion")
NEEDS = ("Logging in", "Recording on time", "Correcting an entry", "Device or connection", "Updating a care plan")


def asked(times, others=0):
    """One need so many times, and others once each."""
    other = [
        {"Workflow": workflow, "Support need": need}
        for workflow in ("Tasks", "Alerts", "Incidents", "Handover", "Medication records")
        for need in NEEDS
    ]
    rows = [*({} for _ in range(times)), *other[:others]]
    return [{**row, "Date": day(-(n % 13)), "Staff member": f"Carer {n}"} for n, row in enumerate(rows)]


CASES = {
    "S1 watch": (
        "S1",
        {"SupportLog": asked(3, 21)},
        "some need comes 3 times by chance in every second fortnight, 4 times in one fortnight of 13.",
    ),
    "S1 what would ask": ("S1", {"SupportLog": asked(3, 21)}, "Among 24 entries 4 times would ask for action."),
    "S1 raised": (
        "S1",
        {"SupportLog": asked(4, 20)},
        "With 24 entries in a fortnight some need comes 4 times by chance in one fortnight of 13.",
    ),
    "S3": (
        "S3",
        {"SupportLog": [{**LOW, "Date": day(-9)}, {**LOW, "Date": day(-2)}]},
        "Among 1 person somebody's last 2 scores are 2 or less by chance in one week of 257.",
    ),
    "S4": (
        "S4",
        {"SupportLog": [{"Workaround seen": "Yes", "Date": day(-n)} for n in (40, 22, 12, 3)]},
        "It has stood for 22 days, since 08 Jun 2026.",
    ),
    "S9": (
        "S9",
        {"SupportLog": [{**SAYS_NO, "Date": day(-n)} for n in (1, 2)]},
        "2 answers of 2 in a fortnight come by chance in fewer than one fortnight of 500.",
    ),
    "F2 worsening": (
        "F2",
        {"OutcomeMeasures": COMPLETION, "OutcomeReadings": readings(FALL)},
        "By chance one measure of 11 in which nothing changes signals something like this within 18 readings.",
    ),
    "F2 drift": (
        "F2",
        {"OutcomeMeasures": COMPLETION, "OutcomeReadings": readings([76, 84] * 8 + [74, 68] * 4)},
        "By chance one measure of 11 in which nothing changes drifts like this within 18 readings.",
    ),
    "F2 few readings": (
        "F2",
        {"OutcomeMeasures": COMPLETION, "OutcomeReadings": readings([80, 82, 80, 82, 80, 82, 50])},
        "There are only 7 readings: a fall would have to be very large to show.",
    ),
    "F5": (
        "F5",
        {
            "ImprovementLog": [{"Raised on": day(-70)}],
            "Meetings": [{"Held on": day(-60)}],
            "BoardDecisions": [{"Due date": day(-37)}],
        },
        "It has stood for 22 days, since 08 Jun 2026.",
    ),
    "F9": (
        "F9",
        {"Actions": [{**DONE, "Completed on": day(-22)}, {**DONE, "Completed on": day(-3)}]},
        "The oldest of these has stood for 22 days, since 08 Jun 2026.",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_remark_stands_wherever_the_result_is_told(case):
    trigger, tables, remark = CASES[case]
    view = view_of(book(**tables))
    results = evaluate(view)
    (result,) = (r for r in results if r.trigger == trigger)
    assert result.state in (State.RAISED, State.WATCH)
    assert any(one.endswith(remark) for one in result.remarks)
    assert remark not in result.finding
    (told,) = (t.what for t in waiting(view, (), [result], ()))
    assert remark in told
    (explained,) = explain(view.snapshot, trigger, None, AS_OF).scopes
    assert remark in explained.result.summary
    (sheet,) = (c for c in remember(view, results, ()).changes if c.table == Triggers.table)
    (row,) = (r for r in sheet.rows if r[0] == result.key)
    assert any(remark in str(cell) for cell in row)
    review = governance_review(DOCUMENTS["governance-review"], Material(view, results))
    (line,) = (line for line in (*review.feedback, *review.others) if line.key == result.key)
    assert remark in line.found


QUIET = {
    "S1": {"SupportLog": asked(2, 22)},
    "S3": {"SupportLog": [{**LOW, "Confidence after": 3, "Date": day(-n)} for n in (9, 2)]},
    "S9": {"SupportLog": [{**SAYS_NO, "Date": day(-1)}, {"Support helped": "Yes", "Date": day(-2)}]},
    "F2": {"OutcomeMeasures": COMPLETION, "OutcomeReadings": readings([80, 82] * 10)},
    "F5": {"BoardDecisions": [{"Due date": day(-3)}], "Meetings": [{"Held on": day(-60)}]},
    "F9": {"Actions": [{"Due date": day(2)}]},
}


@pytest.mark.parametrize("trigger", QUIET)
def test_what_asks_for_nothing_has_no_remark(trigger):
    (result,) = (r for r in evaluate(view_of(book(**QUIET[trigger]))) if r.trigger == trigger)
    assert (result.state, result.remarks) == (State.CLEAR, ())


def test_a_fact_has_no_chance_and_what_came_up_yesterday_has_not_stood():
    seen = [{"Workaround seen": "Yes", "Date": day(-1)}]
    (result,) = (r for r in evaluate(view_of(book(SupportLog=seen))) if r.trigger == "S4")
    assert (result.state, result.remarks) == (State.RAISED, ())


def test_a_workaround_stands_from_where_the_window_was_never_empty():
    seen = [{"Workaround seen": "Yes", "Date": day(-n)} for n in (40, 27, 13)]
    (result,) = (r for r in evaluate(view_of(book(SupportLog=seen))) if r.trigger == "S4")
    assert result.remarks == ("It has stood for 40 days, since 21 May 2026.",)
    gap = [{"Workaround seen": "Yes", "Date": day(-n)} for n in (28, 13)]
    (result,) = (r for r in evaluate(view_of(book(SupportLog=gap))) if r.trigger == "S4")
    assert result.remarks == ("It has stood for 13 days, since 17 Jun 2026.",)


def test_trends_by_a_persons_own_rules_have_no_chance_told():
    tables = {"OutcomeMeasures": COMPLETION, "OutcomeReadings": readings(FALL)}
    (result,) = (r for r in evaluate(view_of(book(**tables, thresholds={("Trends", "Limit"): 3}))) if r.trigger == "F2")
    assert (result.state, result.remarks) == (State.RAISED, ())


def test_an_overdue_action_says_for_how_long_in_the_week_and_in_f9():
    view = view_of(book(Actions=[{"Raised on": day(-60), "Due date": day(-23), "Action": "Buy a second tablet"}]))
    (told,) = waiting(view, (), evaluate(view, [BY_ID["F9"]]), ())
    assert told.what == "Finish the action that was due on 07 Jun 2026, 23 days ago: Buy a second tablet."
    (result,) = evaluate(view, [BY_ID["F9"]])
    assert result.remarks == ("It has stood for 22 days, since 08 Jun 2026.",)
