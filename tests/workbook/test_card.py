"""Champion card: what one page says of one champion."""

from __future__ import annotations

from tests.support.builders import AS_OF, day
from workbook.blueprint import HEADER_ROW, plan_book
from workbook.blueprint.card import CHOICE, SHOWN
from workbook.blueprint.card_facts import _READY
from workbook.blueprint.plan import Formula

PLAN = [
    {
        "Champion ID": "DC-001",
        "Name": "Champion Alpha",
        "Service": "OAK",
        "Job role": "Senior carer",
        "Status": "Active",
        "Status since": day(-20),
    },
    {"Champion ID": "DC-002", "Name": "Champion Bravo", "Service": "OAK", "Status": "Active"},
]
SERVICES = [{"Service code": "OAK", "Service name": "Oak House", "In use": "Yes"}]
ALPHA = {"Champion ID": "DC-001"}


def sheet(**tables):
    plan = plan_book({"Services": SERVICES, "WorkforcePlan": PLAN, **tables}, AS_OF)
    return next(s for s in plan.sheets if s.name == "Champion card")


def page(**tables):
    """What stands on the page, line by line."""
    card = sheet(**tables)
    rows = {}
    for put in card.puts:
        held = put.content.value if isinstance(put.content, Formula) else put.content
        if put.column <= card.columns and held not in (None, ""):
            rows.setdefault(put.row, []).append(held)
    return [row for _, row in sorted(rows.items())]


def fact(label, **tables):
    return next(row[1] for row in page(**tables) if row[0] == label)


def test_the_first_champion_is_shown_until_another_is_chosen():
    rows = page()
    assert ["DC-001 Champion Alpha"] in rows
    assert fact("Service") == "Oak House (OAK)"
    assert fact("Job role") == "Senior carer"
    assert fact("Status") == f"Active since {day(-20):%d/%m/%Y}. No start sign-off is recorded."
    assert ["DC-001 Champion Alpha"] not in page(WorkforcePlan=PLAN[1:])


def test_without_champions_it_says_where_to_begin():
    assert ["No champion yet: enter the first on New champion."] in page(WorkforcePlan=[])


def test_the_newest_brief_and_check_are_told_and_none_of_tomorrow():
    briefs = [
        {**ALPHA, "Version": 1, "Issued on": day(-90), "Acknowledged on": day(-80), "Responsibilities clear": "Partly"},
        {**ALPHA, "Version": 2, "Issued on": day(-30)},
        {**ALPHA, "Version": 3, "Issued on": day(1)},
    ]
    said = f"Version 2, issued on {day(-30):%d/%m/%Y}, not acknowledged yet. Responsibilities clear: not said."
    assert fact("Role brief", RoleBriefs=briefs) == said
    assert fact("Role brief", RoleBriefs=briefs[2:]) == "No role brief is recorded."
    checks = [{**ALPHA, "Checked on": day(-5), "Outcome": "Further preparation", "Care workflows": "Not yet"}]
    assert fact("Readiness", ReadinessLog=checks).endswith("Not secure yet: care workflows.")
    some = {**checks[0], "Care workflows": "Secure"}
    assert fact("Readiness", ReadinessLog=[some]).endswith("Not all five areas are recorded.")
    all_five = some | dict.fromkeys((column.header for column in _READY), "Secure")
    assert fact("Readiness", ReadinessLog=[all_five]).endswith("in all five areas.")


def test_protected_time_is_what_is_in_force_and_what_was_given():
    plan = {**ALPHA, "Protected hours per week": 2.5, "Confirmed on": day(-70)}
    weeks = [{**ALPHA, "Week commencing": day(-n), "Hours given": h} for n, h in ((7, 2), (14, 3), (70, 9))]
    said = fact("Protected time", ImplementationPlan=[plan], ProtectedTime=weeks)
    assert said == "2.5 hours a week agreed; 2.5 given on average in 2 recorded weeks."
    more = {**plan, "Protected hours per week": 1, "Confirmed on": day(-30)}
    assert fact("Protected time", ImplementationPlan=[plan, more]).startswith("3.5 hours a week agreed")
    ended = {**plan, "Ended on": day(0)}
    assert fact("Protected time", ImplementationPlan=[ended]) == "No protected time is agreed."


def test_support_and_scores_are_the_champions_own_of_the_last_eight_weeks():
    def entry(ago, outcome, after, champion="DC-001"):
        told = {"Date": day(-ago), "Champion ID": champion, "Outcome": outcome}
        return {**told, "Confidence before": 2, "Confidence after": after}

    rows = [entry(0, "Resolved", 4), entry(55, "Escalated", 5), entry(56, "Unresolved", 1)]
    rows.append(entry(1, "Escalated", 1, "DC-002"))
    asked = [{"Date": day(-3), "Recorded by": "DC-001", "Confidence after": 3}]
    assert fact("Support given", SupportLog=rows) == "2 entries in the last 56 days, 1 of them escalated or unresolved."
    said = fact("Confidence of those helped", SupportLog=rows, ConfidenceTracker=asked)
    assert said == "On average 2 before and 4 after support, of 5 (3 scores in the last 56 days)."


def test_training_says_what_expires_by_the_newest_completion():
    row = {**ALPHA, "Module": "Recording standards", "Required": "Yes", "Result": "Passed"}
    rows = [
        {**row, "Completed on": day(-400), "Refresher due date": day(-35)},
        {**row, "Completed on": day(-20), "Refresher due date": day(345)},
        {**ALPHA, "Module": "Data protection", "Required": "Yes", "Planned date": day(9)},
    ]
    shown = page(TrainingMatrix=rows)
    assert ["Recording standards", "Passed", day(-20), day(345)] in shown
    assert ["Data protection", "To do", day(9)] in shown


def test_open_actions_are_the_champions_and_those_about_the_champion():
    def action(n, owner, origin, status="Open"):
        return {"Action ID": f"AC-{n:03}", "Owner": owner, "Source": origin, "Action": f"Do {n}.", "Status": status}

    rows = [
        action(1, "Champion Alpha", "MT-001"),
        action(2, "Lead", "P3:DC-001"),
        action(3, "Lead", "P3:DC-0011"),
        action(4, "Champion Alpha", "MT-001", "Done"),
        action(5, "Lead", "S1:OAK"),
    ]
    shown = {row[0] for row in page(Actions=rows)}
    assert {"AC-001", "AC-002"} <= shown
    assert not {"AC-003", "AC-004", "AC-005"} & shown
    many = [action(n, "Champion Alpha", "MT-001") for n in range(1, SHOWN + 3)]
    assert ["Open actions", "2 more on the sheet Actions"] in page(Actions=many)


def test_a_champion_is_chosen_by_id_and_name_and_the_page_is_one():
    card = sheet()
    (rule,) = [r for r in card.rules if (r.span.top, r.span.left) == CHOICE]
    plan = plan_book({"WorkforcePlan": PLAN})
    assert "Champion card" in plan.names[rule.low.removeprefix("=")]
    assert rule.style == "", "a name may be typed"
    assert (card.pages_across, card.pages_down, card.portrait) == (1, 1, True)
    assert all(column > card.columns for column in card.unseen), "nothing of the page is hidden"
    assert card.rows > HEADER_ROW
