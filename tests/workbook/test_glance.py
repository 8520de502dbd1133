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


def test_a_refresher_that_was_passed_again_is_not_late():
    row = {"Champion ID": "DC-001", "Module": "Care workflows"}
    rows = [
        {**row, "Completed on": day(-300), "Refresher due date": day(-9)},
        {**row, "Completed on": day(-10), "Refresher due date": day(300)},
    ]
    assert page(TrainingMatrix=rows)[0]["DC-001"]["Refreshers"] == "–"


def test_it_says_of_when_it_is_and_that_some_are_not_shown():
    assert page()[1][3, 2] == "Nothing judged yet: press Compute triggers."
    assert page(Triggers=judged(("P1", "DC-001", "Early warning")))[1][3, 2] == f"Judged on {AS_OF:%d/%m/%Y}."
    many = [{**PLAN[0], "Champion ID": f"DC-{n:03}"} for n in range(1, LINES)]
    assert page(WorkforcePlan=many)[1][3, 2].startswith("There are more than")
    assert not page(WorkforcePlan=many[1:])[1][3, 2].startswith("There are more than")


def test_taking_a_run_back_may_hide_its_tab_again_and_no_sheet_of_a_persons_own():
    for sheet, other in ((GLANCE_SHEET, None), ("Rota", ShowSheets(("Rota",), hide=True))):
        assert undeclared("triggers", [ShowSheets((sheet,), hide=True)], strangers={sheet}) == other
