"""Each check: a row that must raise it, and a near miss that must not."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.support.builders import AS_OF, PEOPLE, book, day, raw_book
from workbook.model.cells import CellError, Percent, TimeOfDay, show
from workbook.model.changes import ReplaceTable, SetCell
from workbook.model.findings import Severity
from workbook.model.reading import read_book
from workbook.rules.checks import CHECKS, changes, run

LOG, ISSUE = "SupportLog", "ImprovementLog"
NHS = "943 476 5919"

CASES = [
    # code, table, a row (or tables) that must raise it, a near miss
    ("required-blank", LOG, {"What happened": "  "}, {"Coaching given": None}),
    ("not-a-date", LOG, {"Date": "31/02/2026"}, {"Date": "28/02/2026"}),
    ("not-a-date", LOG, {"Date": "03/04/2026"}, {"Date": "2026-06-03"}),
    ("date-as-text", LOG, {"Date": "28/06/2026"}, {"Date": dt.date(2026, 6, 28)}),
    ("date-as-number", LOG, {"Date": 46200}, {"Date": dt.date(2026, 6, 28)}),
    ("not-a-number", "ProtectedTime", {"Hours given": "some"}, {"Hours given": 0}),
    ("number-as-text", "ProtectedTime", {"Hours given": "4"}, {"Hours given": 4}),
    ("read-as-shown", "ProtectedTime", {"Hours given": TimeOfDay(0.125)}, {"Hours given": 3}),
    ("wrong-unit", LOG, {"Confidence after": Percent(3)}, {"Confidence after": 3}),
    ("wrong-unit", "ProtectedTime", {"Hours given": "75%"}, {"Hours given": 75 / 100}),
    ("says-nothing", LOG, {"Coaching given": "N/A"}, {"Coaching given": None}),
    ("says-nothing", LOG, {"Guidance followed": "-"}, {"Guidance followed": None}),
    ("says-nothing", LOG, {"Confidence after": "n/a"}, {"Confidence after": None}),
    ("not-a-whole-number", LOG, {"Confidence after": 2.5}, {"Confidence after": 2.0}),
    ("out-of-range", LOG, {"Confidence after": 6}, {"Confidence after": 5}),
    ("out-of-range", "ProtectedTime", {"Hours given": 61}, {"Hours given": 60}),
    ("out-of-range", "OutcomeMeasures", {"Target": 101}, {"Target": 100}),
    ("not-in-list", LOG, {"Workflow": "Care note"}, {"Workflow": " care  NOTES "}),
    ("unknown-reference", LOG, {"Champion ID": "DC-009"}, {"Champion ID": "dc-001"}),
    ("unknown-reference", "Actions", {"Source": "S1:ELM"}, {"Source": "s1:oak"}),
    ("unknown-reference", "Actions", {"Source": "BD-404"}, {"Source": "MT-001"}),
    ("unknown-reference", "Actions", {"Owner": "Somebody Else"}, {"Owner": "project lead one"}),
    ("excel-error-value", LOG, {"Workflow": CellError("#REF!")}, {}),
    ("malformed-id", LOG, {"Support ID": "SU-1"}, {"Support ID": "SU-12345"}),
    ("blank-id", LOG, {"Support ID": None}, {}),
    ("date-in-future", LOG, {"Date": day(1)}, {"Date": AS_OF}),
    ("date-in-future", ISSUE, {"Closed on": day(1)}, {"Reply due date": day(90)}),
    ("date-order", "RoleBriefs", {"Acknowledged on": dt.date(2026, 1, 11)}, {"Acknowledged on": dt.date(2026, 1, 12)}),
    ("date-order", "TeamLeaderReviews", {"Period end": dt.date(2026, 6, 14)}, {"Period end": dt.date(2026, 6, 15)}),
    ("date-order", ISSUE, {"Closed on": day(-9)}, {"Closed on": day(-8)}),
    ("date-order", "StartSignOff", {"Reviewed on": dt.date(2026, 1, 25)}, {"Reviewed on": dt.date(2026, 1, 26)}),
    ("not-a-monday", "ProtectedTime", {"Week commencing": dt.date(2026, 6, 23)}, {}),
    ("text-too-long", LOG, {"What happened": "x" * 32_768}, {"What happened": "x" * 32_767}),
    ("wrong-role", "StartSignOff", {"Reviewed by": "Manager Oak"}, {"Reviewed by": "Project Lead One"}),
    ("self-review", "StartSignOff", {"Reviewed by": "Champion Alpha"}, {"Reviewed by": "Project Lead One"}),
    ("signed-off-unseen", "StartSignOff", {"Training seen": "No"}, {"Training seen": "No", "Decision": "Not yet"}),
    ("support-before-sign-off", LOG, {"Date": dt.date(2026, 2, 1)}, {"Date": dt.date(2026, 2, 2)}),
    ("closed-without-evidence", "Actions", {"Status": "Done"}, {"Status": "Done", "Evidence of completion": "Seen."}),
    ("closed-without-evidence", ISSUE, {"Status": "Closed"}, {"Status": "Closed", "Resolution": "Mended."}),
    (
        "category-missing-after",
        ISSUE,
        {"Raised on": day(-8), "Category": None},
        {"Raised on": day(-7), "Category": None},
    ),
    ("decision-without-owner-or-date", "BoardDecisions", {"Owner": None}, {"Owner": None, "Action type": "No action"}),
    ("inconsistent-name", "Actions", {"Owner": "Project Laed One"}, {"Owner": "Project Lead One"}),
    ("identifiable-information", LOG, {"What happened": f"NHS no {NHS}"}, {"What happened": "No 943 476 5918"}),
    ("identifiable-information", LOG, {"Coaching given": "mail a.b@example.org"}, {"Coaching given": "meet @ ten"}),
    ("identifiable-information", LOG, {"What happened": "rang 01632 960147"}, {"What happened": "room 01632"}),
    ("identifiable-information", LOG, {"What happened": "lives at SW1A 1AA"}, {"What happened": "entry SU-0001"}),
    ("identifiable-information", LOG, {"What happened": "born on 3 May 1940"}, {"What happened": "on 3 May 2026"}),
    ("identifiable-information", LOG, {"What happened": "NI AB 12 34 56 C"}, {"What happened": "form AB 12"}),
]
AROUND = {"Meetings": [{}], "BoardDecisions": [{}], "ImprovementLog": [{}]}


def found(table=None, *, as_of=AS_OF, **tables):
    findings = run(book(**{**AROUND, **tables}), as_of)
    return [f for f in findings if table in (None, f.table)]


@pytest.mark.parametrize(("code", "table", "fires", "near_miss"), CASES)
def test_it_fires_and_its_near_miss_does_not(code, table, fires, near_miss):
    findings = [f for f in found(table, **{table: [fires]}) if f.code == code]
    assert len(findings) == 1
    finding = findings[0]
    assert finding.row == 6
    assert finding.message.endswith((".", "…"))
    assert finding.fix.endswith((".", ")"))
    assert code not in {f.code for f in found(table, **{table: [near_miss]})}


PAIRS = [
    (
        "duplicate-id",
        LOG,
        [{}, {"Support ID": "su-0001", "Staff member": "Carer Two"}],
        [{}, {"Staff member": "Carer 2"}],
    ),
    ("near-duplicate-entry", LOG, [{}, {"Staff member": " carer  ONE"}], [{}, {"Date": day(-2)}]),
    (
        "inconsistent-name",
        LOG,
        [{"Staff member": "Carer Eight"}, {"Date": day(-2), "Staff member": "Carer Eihgt"}],
        [{"Staff member": "Carer 18"}, {"Staff member": "Carer 19"}],
    ),
]


@pytest.mark.parametrize(("code", "table", "fires", "near_miss"), PAIRS)
def test_pairs_of_rows(code, table, fires, near_miss):
    assert [f.row for f in found(table, **{table: fires}) if f.code == code] == [7]
    assert code not in {f.code for f in found(table, **{table: near_miss})}


def test_champions_who_act_without_sign_off_or_after_they_left():
    assert "active-without-sign-off" in {f.code for f in found(StartSignOff=[])}
    assert "active-without-sign-off" not in {f.code for f in found()}
    left = {"Status": "Paused", "Status since": day(-3)}
    codes = [
        (f.code, f.id) for f in found(LOG, WorkforcePlan=[left], SupportLog=[{"Date": day(-4)}, {"Date": day(-3)}])
    ]
    assert ("champion-not-in-post", "SU-0002") in codes
    assert ("champion-not-in-post", "SU-0001") not in codes


@pytest.mark.parametrize(
    ("guidance", "fires"),
    [
        ({"Withdrawn on": day(-1)}, True),
        ({"Withdrawn on": AS_OF}, False),
        ({"Approved on": AS_OF}, True),
        ({"Approved on": day(-1)}, False),
    ],
)
def test_guidance_has_to_be_in_force_on_the_day(guidance, fires):
    codes = {f.code for f in found(LOG, Guidance=[guidance], SupportLog=[{"Guidance followed": "GU-001"}])}
    assert ("guidance-not-in-force" in codes) == fires


FOLLOWS = {"Guidance followed": "GU-001"}


def test_guidance_that_a_newer_version_replaced_is_not_in_force():
    newer = {"Version": 2, "Approved on": day(-1)}
    told = [f for f in found(LOG, Guidance=[{}, newer], SupportLog=[FOLLOWS]) if f.code == "guidance-not-in-force"]
    assert [f.message for f in told] == [f"GU-001 was replaced by GU-002 already on {show(day(-1))}."]
    for other in ({"Version": 1}, {"Title": "Another matter"}, {"Approved on": AS_OF}):
        findings = found(LOG, Guidance=[{}, newer | other], SupportLog=[FOLLOWS])
        assert "guidance-not-in-force" not in {f.code for f in findings}


def test_missing_tables_and_thresholds_nobody_reads():
    findings = run(book(leave_out=["Actions", "Shifts", "Triggers"]), AS_OF)
    said = {f.table: f.severity for f in findings if f.code == "missing-table"}
    assert said == {"Actions": Severity.ERROR, "Shifts": Severity.ADVICE, "Triggers": Severity.ADVICE}
    findings = run(book(thresholds={("S1", "Cuont"): 4, ("S1", "Count"): "three"}), AS_OF)
    assert {"unknown-threshold", "not-a-number"} == {f.code for f in findings if f.table == "Thresholds"}


def test_a_formula_is_a_warning_and_its_value_is_used():
    raw = raw_book(SupportLog=[{}])
    for table in raw.tables:
        if table.table == LOG:
            table.formulas = frozenset({(0, 1)})
    findings = [f for f in run(read_book(raw), AS_OF) if f.code == "formula-where-entry-expected"]
    assert [(f.id, f.column) for f in findings] == [("SU-0001", "Date")]


def test_the_sound_programme_has_no_error_or_warning():
    sound = book(**AROUND, SupportLog=[{}], Guidance=[{}], Actions=[{}], UpdatesShared=[{}], QualityReviews=[{}])
    assert [f for f in run(sound, AS_OF) if f.severity is not Severity.ADVICE] == []


def test_what_identifies_a_person_is_masked_everywhere():
    finding = next(f for f in found(LOG, SupportLog=[{"What happened": f"See {NHS}."}]) if "identifi" in f.code)
    assert "4765919" not in finding.value.replace(" ", "")
    assert NHS not in finding.message + finding.fix + finding.value


def test_every_code_is_declared_once_and_tested():
    codes = [c.code for c in CHECKS]
    assert len(codes) == len(set(codes))
    by_hand = {"missing-table", "missing-column", "renamed-column", "duplicate-column", "rows-beneath-table"}
    by_hand |= {"table-name-lost", "unknown-threshold", "formula-where-entry-expected", "active-without-sign-off"}
    by_hand |= {"new-default"}  # tests/workbook/rules/checks/test_thresholds.py
    by_hand |= {"entries-beneath-gap", "entries-beside-table"}
    by_hand |= {"entries-elsewhere", "champion-not-in-post", "guidance-not-in-force"}
    by_hand |= {"remembered-in-future"}  # tests/workbook/test_clock.py
    assert set(codes) == {c[0] for c in (*CASES, *PAIRS)} | by_hand


def test_what_is_written_blank_ids_checks_and_the_check_column():
    snapshot = book(
        SupportLog=[
            {"Support ID": "SU-0007"},
            {"Support ID": None, "Date": "31/02/2026"},
            {"Check": "Old.", "Date": day(-5)},
        ]
    )
    written = changes(snapshot, run(snapshot, AS_OF)).changes
    cells = {(c.row.ordinal, c.column): c.value for c in written if isinstance(c, SetCell) and c.row.table == LOG}
    assert cells[1, "Support ID"] == "SU-0008"
    assert "not a date" in cells[1, "Check"]
    assert cells[2, "Check"] is None
    table = next(c for c in written if isinstance(c, ReplaceTable))
    assert "'Support log'!B7" in set(table.links.values())


def test_people_are_known_whatever_the_case():
    assert "unknown-reference" not in {f.code for f in found(Actions=[{"Owner": PEOPLE[0]["Person"].upper()}])}


@pytest.mark.parametrize(
    ("code", "formula", "told"), [("#VALUE!", False, True), ("#VALUE!", True, False), ("#N/A", False, False)]
)
def test_an_error_without_a_formula_may_be_a_picture_and_says_so(code, formula, told):
    raw = raw_book(SupportLog=[{"Workflow": CellError(code)}])
    table = next(t for t in raw.tables if t.table == LOG)
    table.formulas = frozenset({(0, table.headers.index("Workflow"))} if formula else ())
    (found,) = (f for f in run(read_book(raw), AS_OF) if f.code == "excel-error-value")
    assert ("a picture or a data type" in found.fix) is told
