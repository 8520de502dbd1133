"""Programme at a glance: what one page says of each service and champion."""

from __future__ import annotations

import pytest

from tests.support.builders import AS_OF, day
from workbook.blueprint import HEADER_ROW, plan_book
from workbook.blueprint.glance import LINES
from workbook.blueprint.layout import GLANCE_SHEET
from workbook.blueprint.plan import Formula
from workbook.model.changes import ShowSheets
from workbook.model.permitted_changes import undeclared

SERVICES = [{"Service code": c, "Service name": n, "In use": "Yes"} for c, n in (("OAK", "Oak House"), ("ELM", "Elm"))]
PLAN = [
    {"Champion ID": "DC-001", "Name": "Champion Alpha", "Service": "OAK", "Status": "Active"},
    {"Champion ID": "DC-002", "Name": "Champion Bravo", "Service": "OAK", "Status": "Active"},
    {"Champion ID": "DC-003", "Name": "Champion Charlie", "Service": "ELM", "Status": "Active"},
]


def page(**tables):
    """The page's lines by code or id, each by its heading."""
    plan = plan_book({"Services": SERVICES, "WorkforcePlan": PLAN, **tables}, AS_OF)
    sheet = next(s for s in plan.sheets if s.name == "Programme at a glance")
    held = {(p.row, p.column): p.content.value if isinstance(p.content, Formula) else p.content for p in sheet.puts}
    heads = [held[HEADER_ROW, n] for n in range(1, sheet.columns + 1)]
    rows = [[held[row, n] for n in range(1, sheet.columns + 1)] for row in range(HEADER_ROW + 1, sheet.rows + 1)]
    return {row[0]: dict(zip(heads, row, strict=True)) for row in rows if row[0]}, held


def judged(*states):
    return [{"Trigger": t, "Scope": s, "State": state, "Last seen on": AS_OF} for t, s, state in states]


def test_services_come_first_then_champions():
    lines, _ = page()
    assert list(lines) == ["OAK", "ELM", "DC-001", "DC-002", "DC-003"]
    assert lines["DC-001"]["Service or champion"] == "Champion Alpha"


def test_the_worst_of_several_triggers_counts_and_a_service_has_its_champions_worst():
    lines, _ = page(
        Triggers=judged(("P1", "DC-001", "No concern found"), ("P7", "DC-001", "Early warning"))
        + judged(("P1", "DC-002", "Action needed"), ("P1", "DC-003", "No concern found"))
    )
    said = {code: line["Role brief"] for code, line in lines.items()}
    assert said["DC-001"] == "Early warning"
    assert (said["OAK"], said["ELM"]) == ("Action needed", "No concern found")


def test_too_few_entries_counts_only_where_nothing_else_was_found():
    lines, _ = page(
        Triggers=judged(("P4", "DC-001", "Too few entries to say"), ("P6", "DC-001", "No concern found"))
        + judged(("P4", "DC-002", "Too few entries to say"), ("P5", "DC-002", "Lapsed unanswered"))
    )
    assert lines["DC-001"]["Readiness"] == "No concern found"
    assert lines["DC-002"]["Readiness"] == "Too few entries"
    assert lines["DC-002"]["Sign-off"] == "–", "an old state says nothing of now"


@pytest.mark.parametrize(
    ("due", "said"), [(-1, "1 late"), (0, "1 within 30 days"), (30, "1 within 30 days"), (31, "–")]
)
def test_training_that_expires_is_told_thirty_days_before(due, said):
    row = {
        "Champion ID": "DC-001",
        "Module": "Care workflows",
        "Completed on": day(-300),
        "Refresher due date": day(due),
    }
    lines, _ = page(TrainingMatrix=[row])
    assert lines["DC-001"]["Refreshers"] == said
    assert lines["OAK"]["Refreshers"] == said
    assert lines["DC-002"]["Refreshers"] == "–"


TRAINED = {"Champion ID": "DC-001", "Module": "Care workflows"}
LATE = {**TRAINED, "Completed on": day(-300), "Result": "Passed", "Refresher due date": day(-9)}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"Completed on": day(-10), "Result": "Passed", "Refresher due date": day(300)}, "–"),
        ({"Completed on": day(-10), "Result": "Passed"}, "–"),
        ({"Completed on": day(-10), "Result": "Needs more practice"}, "1 late"),
        ({"Completed on": day(3), "Result": "Passed", "Refresher due date": day(300)}, "1 late"),
        ({"Completed on": day(-10), "Result": "Passed", "Champion ID": "DC-002"}, "1 late"),
        ({**LATE}, "1 late"),
        ({**LATE, "Module": "Recording standards"}, "2 late"),
    ],
    ids=["again", "for good", "not passed", "not yet", "somebody else", "typed twice", "another module"],
)
def test_a_refresher_that_was_passed_again_is_not_late_and_none_counts_twice(more, said):
    lines, _ = page(TrainingMatrix=[LATE, {**TRAINED, **more}])
    assert (lines["DC-001"]["Refreshers"], lines["OAK"]["Refreshers"]) == (said, said)


@pytest.mark.parametrize(("status", "there"), [("Stepped down", False), ("Reassigned", False), ("Paused", True)])
def test_who_left_has_no_line_and_counts_nowhere(status, there):
    left = {**PLAN[0], "Status": status}
    raised = judged(("P1", "DC-001", "Action needed"))
    lines, held = page(WorkforcePlan=[left, *PLAN[1:]], TrainingMatrix=[LATE], Triggers=raised)
    assert list(lines) == ["OAK", "ELM", *["DC-001"] * there, "DC-002", "DC-003"]
    assert (lines["OAK"]["Role brief"], lines["OAK"]["Refreshers"]) == ("–", "–")
    assert held[3, 10] == 2 + there
    if there:
        assert (lines["DC-001"]["Role brief"], lines["DC-001"]["Refreshers"]) == ("–", "–")


def test_a_champion_in_two_services_counts_for_both():
    twice = [*PLAN, {**PLAN[0], "Service": "ELM"}]
    lines, _ = page(WorkforcePlan=twice, TrainingMatrix=[LATE], Triggers=judged(("P1", "DC-001", "Action needed")))
    assert {lines[code]["Role brief"] for code in ("OAK", "ELM")} == {"Action needed"}
    assert {lines[code]["Refreshers"] for code in ("OAK", "ELM")} == {"1 late"}


def test_a_row_with_an_id_alone_is_no_champion():
    assert list(page(WorkforcePlan=[*PLAN, {"Champion ID": "DC-004"}])[0])[-1] == "DC-003"


def test_it_says_of_when_it_is_and_that_some_are_not_shown():
    assert page()[1][3, 2] == "Nothing judged yet: press Compute triggers."
    assert page(Triggers=judged(("P1", "DC-001", "Early warning")))[1][3, 2] == f"Judged on {AS_OF:%d/%m/%Y}."
    many = [{**PLAN[0], "Champion ID": f"DC-{n:03}"} for n in range(1, LINES)]
    assert page(WorkforcePlan=many)[1][3, 2].startswith("There are more than")
    assert not page(WorkforcePlan=many[1:])[1][3, 2].startswith("There are more than")


def test_taking_a_run_back_may_hide_its_tab_again_and_no_sheet_of_a_persons_own():
    for sheet, other in ((GLANCE_SHEET, None), ("Rota", ShowSheets(("Rota",), hide=True))):
        assert undeclared("triggers", [ShowSheets((sheet,), hide=True)], strangers={sheet}) == other
