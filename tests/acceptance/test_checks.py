"""Acceptance of the checks: what fires, and near misses.

As docs/contract/checks-and-triggers.md, "Checks: is an entry sound", words them.

The detection of identifying texts and of misspelt names has many more cases in tests/workbook/checks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from tests.support.acceptance_cases import BETA, TWO_CHAMPIONS, support
from tests.support.builders import AS_OF, book, day, raw_book
from workbook.model.cells import CellError
from workbook.model.findings import Finding
from workbook.model.raw import RawBook, RawTable
from workbook.model.reading import read_book
from workbook.rules.checks import CHECKS, run

ERROR, WARNING, ADVICE = "error", "warning", "advice"
LOG, PLAN, BRIEFS, SIGN_OFF, ISSUES = "SupportLog", "WorkforcePlan", "RoleBriefs", "StartSignOff", "ImprovementLog"
#: What the rows under test refer to.
AROUND = {LOG: [{}], ISSUES: [{}], "Meetings": [{}], "BoardDecisions": [{}], "OutcomeMeasures": [{}], "Guidance": [{}]}

#: "Severity: error where …; warning where …; advice else. A missing list, Thresholds or computed table is advice."
SEVERITIES = {
    ERROR: """missing-table missing-column required-blank not-a-date not-a-number not-a-whole-number out-of-range
        not-in-list unknown-reference duplicate-id malformed-id date-in-future date-order excel-error-value
        support-before-sign-off closed-without-evidence""",
    WARNING: """near-duplicate-entry identifiable-information inconsistent-name guidance-not-in-force
        champion-not-in-post category-missing-after decision-without-owner-or-date formula-where-entry-expected
        active-without-sign-off signed-off-unseen""",
    ADVICE: "wrong-role self-review not-a-monday",
}
NAMED = {*SEVERITIES[ERROR].split(), *SEVERITIES[WARNING].split(), *SEVERITIES[ADVICE].split()}
NAMED |= {"renamed-column", "text-too-long"}


def findings(**tables: Any) -> list[Finding]:
    """The findings of a workbook on `AS_OF`."""
    return run(book(**{**AROUND, **tables}), AS_OF)


def of(code: str, found: list[Finding]) -> list[Finding]:
    """Those with the code."""
    return [f for f in found if f.code == code]


def test_every_code_of_the_list_is_there_with_its_severity():
    declared = {check.code: check.severity.value for check in CHECKS}
    assert declared.keys() >= NAMED
    for severity, codes in SEVERITIES.items():
        assert {code: declared[code] for code in codes.split()} == dict.fromkeys(codes.split(), severity)


def test_the_sound_workbook_has_no_finding_of_these():
    assert not [f for f in findings() if f.severity.value != ADVICE]


def cells(code: str, table: str, column: str, *values: Any, more: Mapping[str, Any] | None = None) -> list[Any]:
    """One case for each value of the column; `more` are other cells of the row."""
    return [
        pytest.param(code, table, column, {**(more or {}), column: v}, id=f"{code}: {column} {v!r}") for v in values
    ]


HOURS, SHIFTS_SEEN, BEFORE, AFTER = "Hours given", "Shifts observed", "Confidence before", "Confidence after"
REF_ERROR = CellError("#REF!")
TOO_LONG = "x" * 32_768
#: A cell that has to raise the finding in its own column, once, and nothing else of that code.
FIRES = [
    *cells("required-blank", LOG, "Staff member", None, "   "),
    *cells("required-blank", LOG, "Date", None),
    *cells("required-blank", LOG, "Workaround seen", ""),
    *cells("required-blank", "Services", "In use", None),
    *cells("not-a-date", LOG, "Date", "31/02/2026", "soon", "03/04/2026", "3/4/26", 12, True),
    *cells("not-a-date", BRIEFS, "Review due date", "next month"),
    *cells("not-a-number", "ProtectedTime", HOURS, "some", "four hours", "1,5,0", True),
    *cells("not-a-whole-number", LOG, BEFORE, 2.5, "3.5"),
    *cells("not-a-whole-number", BRIEFS, "Version", 1.5),
    *cells("not-a-whole-number", "ProtectedTime", SHIFTS_SEEN, 0.5),
    *cells("out-of-range", "ProtectedTime", HOURS, -0.5, 60.5, "61"),
    *cells("out-of-range", "ImplementationPlan", "Protected hours per week", -1, 61),
    *cells("out-of-range", "ProtectedTime", SHIFTS_SEEN, -1),
    *cells("out-of-range", LOG, BEFORE, 0, 6, -3),
    *cells("out-of-range", PLAN, "Technology confidence", 0, 6),
    *cells("out-of-range", "OutcomeReadings", "Value", -1, 101),
    *cells("out-of-range", "OutcomeReadings", "Numerator", -1),
    *cells("out-of-range", "OutcomeMeasures", "Baseline value", 100.5),
    *cells("not-in-list", LOG, "Shift", "Dusk"),
    *cells("not-in-list", LOG, "Outcome", "Fine"),
    *cells("not-in-list", LOG, "Workaround seen", "Perhaps"),
    *cells("not-in-list", PLAN, "Status", "Live"),
    *cells("not-in-list", PLAN, "Other shifts covered", "Late, Dusk"),
    *cells("unknown-reference", LOG, "Service", "ELM"),
    *cells("unknown-reference", LOG, "Guidance followed", "GU-009"),
    *cells("unknown-reference", "ConfidenceTracker", "Support ID", "SU-0009"),
    *cells("unknown-reference", ISSUES, "Linked support", "SU-0001, SU-0009"),
    *cells("unknown-reference", ISSUES, "Repeat of", "IM-009"),
    *cells("unknown-reference", "BoardDecisions", "Services affected", "OAK, ELM"),
    *cells("unknown-reference", BRIEFS, "Reports to", "Somebody Unknown"),
    *cells("unknown-reference", "BoardDecisions", "Trigger", "F12:programme", "F1:OAK", "P1:DC-009"),
    *cells("unknown-reference", "TeamLeaderReviews", "Triggers considered", "S1:OAK, S1:ELM"),
    *cells("malformed-id", LOG, "Support ID", "SU-001", "SU 0001", "su-0001x", "1"),
    *cells("malformed-id", PLAN, "Champion ID", "DC-01"),
    *cells("malformed-id", "OutcomeMeasures", "Measure ID", "OM-1"),
    *cells("malformed-id", "Services", "Service code", "O", "OAKOAKO", "OA1"),
    *cells("date-in-future", LOG, "Date", day(1)),
    *cells("date-in-future", BRIEFS, "Acknowledged on", day(1)),
    *cells("date-in-future", "Meetings", "Held on", day(1)),
    *cells("date-order", BRIEFS, "Acknowledged on", dt.date(2026, 1, 11)),
    *cells("date-order", "TeamLeaderReviews", "Period end", dt.date(2026, 6, 14)),
    *cells("date-order", "ManagerReviews", "Period end", dt.date(2026, 6, 14)),
    *cells("date-order", ISSUES, "Closed on", day(-9), more={"Status": "Closed", "Resolution": "Mended."}),
    *cells("date-order", SIGN_OFF, "Reviewed on", dt.date(2026, 1, 25)),
    *cells("date-order", "QualityReviews", "Reviewed on", day(-9)),
    *cells("date-order", "ConfidenceTracker", "Date", day(-2)),
    *cells("date-order", "TeamLeaderReviews", "Reviewed on", dt.date(2026, 6, 14)),
    *cells("date-order", "UpdatesShared", "Shared on", day(-6)),
    *cells(
        "date-order", "Actions", "Completed on", day(-6), more={"Status": "Done", "Evidence of completion": "Seen."}
    ),
    *cells("not-a-monday", "ProtectedTime", "Week commencing", dt.date(2026, 6, 23), dt.date(2026, 6, 21)),
    *cells("excel-error-value", LOG, "Workflow", REF_ERROR, CellError("#N/A")),
    *cells("excel-error-value", LOG, "Date", CellError("#VALUE!")),
    *cells("excel-error-value", LOG, "Coaching given", CellError("#NAME?")),
    *cells("excel-error-value", "ProtectedTime", HOURS, CellError("#DIV/0!")),
    *cells("text-too-long", LOG, "What happened", TOO_LONG),
    *cells("wrong-role", SIGN_OFF, "Reviewed by", "Manager Oak", "Leader Oak"),
    *cells("wrong-role", "ReadinessLog", "Checked by", "Manager Oak"),
    *cells("wrong-role", ISSUES, "Categorised by", "Leader Oak"),
    *cells("self-review", SIGN_OFF, "Reviewed by", "Champion Alpha", " champion  ALPHA"),
    *cells(
        "signed-off-unseen",
        SIGN_OFF,
        "Selection record seen",
        "No",
    ),
    *cells("signed-off-unseen", SIGN_OFF, "Role brief seen", "No"),
    *cells("signed-off-unseen", SIGN_OFF, "Training seen", "no"),
    *cells("signed-off-unseen", SIGN_OFF, "Readiness seen", False),
    *cells("signed-off-unseen", SIGN_OFF, "Protected time seen", "No"),
    *cells("closed-without-evidence", "Actions", "Evidence of completion", None, "  ", more={"Status": "Done"}),
    *cells("closed-without-evidence", ISSUES, "Resolution", None, " ", more={"Status": "Closed", "Closed on": day(-1)}),
    *cells("category-missing-after", ISSUES, "Category", None, more={"Raised on": day(-8)}),
    *cells("inconsistent-name", BRIEFS, "Issued by", "Projekt Lead One", "Project Lead  Onne"),
]


@pytest.mark.parametrize(("code", "table", "column", "row"), FIRES)
def test_it_fires_once_in_its_own_cell(code, table, column, row):
    found = of(code, findings(**{table: [row]}))
    assert [(f.table, f.column, f.row) for f in found] == [(table, column, 6)]
    assert found[0].message
    assert found[0].fix


QUIET = [
    *cells("required-blank", LOG, "Coaching given", None),
    *cells("required-blank", LOG, "Guidance followed", "  "),
    *cells(
        "not-a-date", LOG, "Date", "13/06/2026", "2026-06-13", "13 June 2026", "06/06/2026", dt.datetime(2026, 6, 3)
    ),
    *cells("not-a-number", "ProtectedTime", HOURS, "4", 0, 3.75, None),
    *cells("not-a-whole-number", LOG, BEFORE, 2.0, "3"),
    *cells("out-of-range", "ProtectedTime", HOURS, 0, 60),
    *cells("out-of-range", LOG, BEFORE, 1, 5),
    *cells("out-of-range", "OutcomeReadings", "Value", 0, 100),
    *cells("out-of-range", "OutcomeReadings", "Numerator", 0),
    *cells("not-in-list", LOG, "Shift", "early", "  Late "),
    *cells("not-in-list", LOG, "Workaround seen", "yes", "NO", True),
    *cells("not-in-list", PLAN, "Other shifts covered", "late,  NIGHT"),
    *cells("not-in-list", PLAN, "Status", "signed  OFF"),
    *cells("unknown-reference", LOG, "Service", " oak "),
    *cells("unknown-reference", ISSUES, "Linked support", "su-0001", None),
    *cells("unknown-reference", "BoardDecisions", "Trigger", "F1:programme", "p1:dc-001", "S1 : oak"),
    *cells("unknown-reference", BRIEFS, "Reports to", "Champion Alpha", "leader  OAK", None),
    *cells("malformed-id", LOG, "Support ID", "SU-0001", "SU-12345"),
    *cells("malformed-id", "Services", "Service code", "OAK"),
    *cells("date-in-future", LOG, "Date", AS_OF),
    *cells("date-in-future", BRIEFS, "Review due date", day(400)),
    *cells("date-in-future", "Meetings", "Next meeting", day(30)),
    *cells("date-in-future", PLAN, "Status since", day(30)),
    *cells("date-in-future", "TrainingMatrix", "Planned date", day(30)),
    *cells("date-order", BRIEFS, "Acknowledged on", dt.date(2026, 1, 12)),
    *cells("date-order", "TeamLeaderReviews", "Period end", dt.date(2026, 6, 15)),
    *cells("date-order", ISSUES, "Closed on", day(-8), more={"Status": "Closed", "Resolution": "Mended."}),
    *cells("date-order", SIGN_OFF, "Reviewed on", dt.date(2026, 1, 26)),
    *cells("date-order", "QualityReviews", "Reviewed on", day(-8)),
    *cells("date-order", "ConfidenceTracker", "Date", day(-1)),
    *cells("date-order", "UpdatesShared", "Shared on", day(-5)),
    *cells("not-a-monday", "ProtectedTime", "Week commencing", dt.date(2026, 6, 22)),
    *cells("excel-error-value", LOG, "What happened", "The screen showed #REF! again."),
    *cells("text-too-long", LOG, "What happened", TOO_LONG[1:]),
    *cells("wrong-role", SIGN_OFF, "Reviewed by", "project lead  ONE"),
    *cells("wrong-role", "ReadinessLog", "Checked by", "Quality Lead One"),
    *cells("wrong-role", ISSUES, "Categorised by", None, "Project Lead One"),
    *cells("self-review", SIGN_OFF, "Reviewed by", "Champion Beta"),
    *cells("signed-off-unseen", SIGN_OFF, "Training seen", "No", more={"Decision": "Not yet"}),
    *cells("closed-without-evidence", "Actions", "Evidence of completion", None, more={"Status": "In progress"}),
    *cells("closed-without-evidence", "Actions", "Evidence of completion", "Seen.", more={"Status": "Done"}),
    *cells("closed-without-evidence", "Actions", "Evidence of completion", None, more={"Status": "Cancelled"}),
    *cells("closed-without-evidence", ISSUES, "Resolution", None),
    *cells("category-missing-after", ISSUES, "Category", None, more={"Raised on": day(-7)}),
    *cells("category-missing-after", ISSUES, "Category", "Training", more={"Raised on": day(-80)}),
    *cells("inconsistent-name", BRIEFS, "Issued by", "project LEAD one", "Project Lead 1", "Project Lead Two"),
]


@pytest.mark.parametrize(("code", "table", "column", "row"), QUIET)
def test_its_near_miss_is_silent(code, table, column, row):
    assert not of(code, findings(**{table: [row]}, **({} if table == PLAN else {PLAN: TWO_CHAMPIONS})))


# -- tables and columns -----------------------------------------------------------------------------------------------


def reshaped(table: str, change) -> list[Finding]:
    """The findings where a table's headers are changed."""
    raw = raw_book(**AROUND)
    tables = [change(t) if t.table == table else t for t in raw.tables]
    return run(read_book(RawBook("x.xlsx", tables)), AS_OF)


def renamed(header: str, to: str):
    """The change of one header."""

    def change(table: RawTable) -> RawTable:
        return replace(table, headers=tuple(to if h == header else h for h in table.headers))

    return change


@pytest.mark.parametrize(
    ("table", "severity"),
    [
        (LOG, ERROR),
        ("Services", ERROR),
        ("People", ERROR),
        ("Shifts", ADVICE),
        ("Thresholds", ADVICE),
        ("Triggers", ADVICE),
    ],
)
def test_a_missing_table(table, severity):
    found = of("missing-table", findings(leave_out=(table,)))
    assert [(f.table, f.severity.value) for f in found] == [(table, severity)]


def test_no_table_is_missing():
    assert not of("missing-table", findings())


def test_a_missing_column_and_a_renamed_one():
    gone = reshaped(LOG, renamed("Outcome", "Weather"))
    assert [(f.column, f.severity.value) for f in of("missing-column", gone)] == [("Outcome", ERROR)]
    like = reshaped(LOG, renamed("Outcome", "Outcomes"))
    assert [(f.column, f.value) for f in of("renamed-column", like)] == [("Outcome", "Outcomes")]
    assert "Outcomes" in of("renamed-column", like)[0].message
    assert not of("missing-column", like)


def test_a_header_in_other_case_is_neither():
    found = reshaped(LOG, renamed("Outcome", " OUTCOME "))
    assert not [f for f in found if f.code in ("missing-column", "renamed-column")]


def test_a_formula_where_an_entry_is_expected():
    raw = raw_book(**AROUND)
    at = next(t for t in raw.tables if t.table == LOG).headers.index("Outcome")
    tables = [replace(t, formulas=((0, at),)) if t.table == LOG else t for t in raw.tables]
    found = of("formula-where-entry-expected", run(read_book(RawBook("x.xlsx", tables)), AS_OF))
    assert [(f.column, f.value) for f in found] == [("Outcome", "Resolved")]
    assert not of("formula-where-entry-expected", findings())


# -- rows together ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("other", "fires"), [("SU-0001", True), (" su-0001 ", True), ("SU-0002", False), ("SU-00011", False)]
)
def test_a_doubled_id_is_found_on_the_second(other, fires):
    found = of("duplicate-id", findings(SupportLog=[{}, {"Support ID": other, "Staff member": "Carer Two"}]))
    assert [f.row for f in found] == ([7] if fires else [])


SAME = {"Staff member": "Carer One"}


@pytest.mark.parametrize(
    ("second", "fires"),
    [
        ({}, True),
        ({"Staff member": "CARER  one"}, True),
        ({"What happened": "Something else.", "Shift": "Late", "Outcome": "Escalated"}, True),
        ({"Staff member": "Carer Two"}, False),
        ({"Champion ID": "DC-002"}, False),
        ({"Workflow": "Tasks"}, False),
        ({"Support need": "Logging in"}, False),
        ({"Date": day(-2)}, False),
    ],
)
def test_same_champion_staff_workflow_need_and_date(second, fires):
    found = findings(WorkforcePlan=TWO_CHAMPIONS, StartSignOff=[{}, {"Champion ID": "DC-002"}], SupportLog=[{}, second])
    assert bool(of("near-duplicate-entry", found)) == fires


@pytest.mark.parametrize("status", ["Signed off", "Active"])
@pytest.mark.parametrize(
    ("sign_offs", "fires"),
    [
        ([], True),
        ([{"Decision": "Not yet"}], True),
        ([{"Champion ID": "DC-002"}], True),
        ([{}], False),
        ([{"Decision": "Not yet", "Reviewed on": dt.date(2026, 2, 1)}, {}], False),
    ],
)
def test_active_without_sign_off(status, sign_offs, fires):
    plan = [{"Status": status}, {**BETA, "Status": "Preparing"}]
    found = of("active-without-sign-off", findings(WorkforcePlan=plan, StartSignOff=sign_offs))
    assert [f.id for f in found] == (["DC-001"] if fires else [])


@pytest.mark.parametrize("status", ["Proposed", "Preparing", "Paused", "Reassigned", "Stepped down"])
def test_others_need_no_sign_off(status):
    assert not of("active-without-sign-off", findings(WorkforcePlan=[{"Status": status}], StartSignOff=[]))


def signed(on: int, decision: str = "Signed off") -> dict[str, Any]:
    """A start sign-off so many days from now."""
    return {"Reviewed on": day(on), "Decision": decision}


@pytest.mark.parametrize(
    ("sign_offs", "ids"),
    [
        ([signed(-9)], []),
        ([signed(-8)], ["SU-0001"]),
        ([], ["SU-0001", "SU-0002"]),
        ([signed(-30, "Not yet")], ["SU-0001", "SU-0002"]),
        ([signed(-30), signed(-5, "Not yet")], ["SU-0002"]),
        ([signed(-30, "Not yet"), signed(-5)], ["SU-0001"]),
        ([{**signed(-30), "Champion ID": "DC-002"}], ["SU-0001", "SU-0002"]),
    ],
)
def test_support_before_the_sign_off_that_lets_them_start(sign_offs, ids):
    found = findings(SupportLog=support(-9, -2), StartSignOff=sign_offs, WorkforcePlan=TWO_CHAMPIONS)
    assert [f.id for f in of("support-before-sign-off", found)] == ids


@pytest.mark.parametrize(
    ("status", "since", "ids"),
    [
        ("Paused", -5, ["SU-0002", "SU-0003"]),
        ("Reassigned", -5, ["SU-0002", "SU-0003"]),
        ("Stepped down", -5, ["SU-0002", "SU-0003"]),
        ("Active", -5, []),
        ("Paused", 1, []),
    ],
)
def test_a_champion_not_in_post_on_that_date(status, since, ids):
    plan = [{"Status": status, "Status since": day(since)}]
    found = findings(WorkforcePlan=plan, SupportLog=support(-6, -5, -4))
    assert [f.id for f in of("champion-not-in-post", found)] == ids


@pytest.mark.parametrize(
    ("guidance", "fires"),
    [
        ({}, False),
        ({"Approved on": day(-3)}, False),
        ({"Approved on": day(-2)}, True),
        ({"Withdrawn on": day(-2)}, False),
        ({"Withdrawn on": day(-3)}, True),
        ({"Withdrawn on": day(-4)}, True),
    ],
)
def test_guidance_withdrawn_or_not_yet_approved_on_the_support_date(guidance, fires):
    found = findings(Guidance=[guidance], SupportLog=support(-3, followed="GU-001"))
    assert bool(of("guidance-not-in-force", found)) == fires


@pytest.mark.parametrize(
    ("row", "fires"),
    [
        ({}, False),
        ({"Owner": None}, True),
        ({"Due date": None}, True),
        ({"Owner": None, "Due date": None}, True),
        ({"Owner": None, "Due date": None, "Action type": "No action"}, False),
    ],
)
def test_a_decision_without_owner_or_date(row, fires):
    assert len(of("decision-without-owner-or-date", findings(BoardDecisions=[row]))) == fires


# -- what identifies a person -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("NHS number 943 476 5919 was open", "4765919"),
        ("NHS number 9434765919 was open", "4765919"),
        ("wrote to anna.b@example.org", "anna.b"),
        ("rang 01632 960147 twice", "960147"),
        ("rang 07700 900123 twice", "900123"),
        ("rang +44 7700 900123 twice", "900123"),
        ("lives at SW1A 1AA", "1AA"),
        ("born on 3 May 1940", "1940"),
        ("DOB 03/05/1940", "1940"),
        ("date of birth: 3.5.1940", "1940"),
        ("NI number QQ 12 34 56 C", "34"),
    ],
)
@pytest.mark.parametrize("column", ["What happened", "Coaching given", "Workaround detail"])
def test_identifiable_information_is_found_and_masked(text, secret, column):
    found = of("identifiable-information", findings(SupportLog=[{column: f"Staff {text}."}]))
    assert [(f.table, f.column, f.row) for f in found] == [(LOG, column, 6)]
    shown = f"{found[0].value} {found[0].message} {found[0].fix}".replace(" ", "")
    assert secret.replace(" ", "") not in shown


@pytest.mark.parametrize(
    "text",
    [
        "943 476 5918 fails the check digit",
        "entry SU-0001 in room 12",
        "at 14:30 on 03/05/2026",
        "met @ ten",
        "ticket 2026 0601 was opened",
        "born with it, they say",
        "form AB 12 was missing",
        "version 10.2.11.3 of the app",
    ],
)
def test_near_misses_of_identifiable_information(text):
    assert not of("identifiable-information", findings(SupportLog=[{"What happened": text}]))


@pytest.mark.parametrize(
    ("names", "rows"),
    [
        (("Carer Eight", "Carer Eight", "Carer Eihgt"), [8]),
        (("Zoë Carer", "Zoë Carer", "Zoe Carer"), [8]),
        (("Carer 18", "Carer 18", "Carer 19"), []),
        (("Carer One", "Carer One", " carer  ONE"), []),
        (("Carer Eight", "Carer Nine", "Carer Seven"), []),
    ],
)
def test_a_staff_name_that_differs_by_spelling_only(names, rows):
    log = [{"Staff member": name, "Date": day(-n)} for n, name in enumerate(names, start=1)]
    assert [f.row for f in of("inconsistent-name", findings(SupportLog=log))] == rows


def test_findings_of_a_row_come_in_the_order_of_its_columns():
    row = {"Outcome": "Fine", "Shift": "Dusk", "Date": "soon", "Workflow": "Singing", "Champion ID": "DC-099"}
    found = [f.column for f in findings(SupportLog=[row]) if f.severity.value == ERROR]
    assert found == ["Date", "Shift", "Champion ID", "Workflow", "Outcome"]


def test_a_date_that_can_be_read_in_two_ways_names_both():
    (found,) = of("not-a-date", findings(SupportLog=[{"Date": "03/04/2026"}]))
    assert found.message == "Date is 03/04/2026, which can be read as 03 Apr 2026 or 04 Mar 2026."
    assert found.fix == "Type it as 03 Apr 2026 or 04 Mar 2026, whichever is meant."
    (other,) = of("not-a-date", findings(SupportLog=[{"Date": "31/02/2026"}]))
    assert other.message == "Date is 31/02/2026, which is not a date."
    assert other.fix == "Type it again as day/month/year."


# -- one bad cell gives one finding -----------------------------------------------------------------------------------


@pytest.mark.parametrize("cell", [{"Date": "31/02/2026"}, {"Champion ID": "DC-099"}, {"Workflow": REF_ERROR}])
def test_a_bad_cell_of_a_support_entry_is_one_finding(cell):
    assert len([f for f in findings(SupportLog=[cell]) if f.severity.value != ADVICE]) == 1


@pytest.mark.parametrize(
    "cell",
    [
        {"Reviewed on": "03/04/2026"},
        {"Reviewed on": "31/02/2026"},
        {"Reviewed on": None},
        {"Decision": "Yes"},
        {"Decision": REF_ERROR},
        {"Champion ID": "DC-099"},
    ],
)
def test_a_bad_cell_of_a_sign_off_is_one_finding(cell):
    found = findings(StartSignOff=[cell], SupportLog=support(-3, -2, -1))
    assert [f.table for f in found if f.severity.value != ADVICE] == [SIGN_OFF]


@pytest.mark.parametrize(
    ("sign_offs", "ids"),
    [
        ([{"Reviewed on": "soon", "Decision": "Not yet"}], ["SU-0001", "SU-0002"]),
        ([{**signed(-4), "Decision": "Perhaps"}], ["SU-0001"]),
        ([signed(-30), {**signed(-20), "Decision": "Perhaps"}], []),
        ([signed(-20, "Not yet"), {**signed(-30), "Decision": "Perhaps"}], ["SU-0001", "SU-0002"]),
        ([signed(-4), {**signed(-30), "Champion ID": "DC-099"}], ["SU-0001"]),
    ],
)
def test_support_that_no_sign_off_allows_whatever_the_bad_cell_means(sign_offs, ids):
    found = findings(SupportLog=support(-5, -2), StartSignOff=sign_offs)
    assert [f.id for f in of("support-before-sign-off", found)] == ids


def test_a_threshold_that_is_no_number_is_a_finding():
    found = [f for f in findings(thresholds={("S1", "Count"): "many"}) if f.table == "Thresholds"]
    assert [f.code for f in found] == ["not-a-number"]


@pytest.mark.parametrize("key", [("S99", "Count"), ("S1", "Colour")])
def test_an_unknown_trigger_or_parameter_is_a_finding(key):
    found = [f for f in findings(thresholds={key: 4}) if f.table == "Thresholds"]
    assert len(found) == 1
