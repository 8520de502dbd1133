"""Values as the register wants them, and texts to the letter."""

import pytest

from tests.support.builders import BASE, book
from tests.support.intake import brought, codes, entry, source_of, written
from workbook.model.registers import ImprovementLog, ProtectedTime, WorkforcePlan


def first(rows, **more):
    return written(brought(rows, **more)[1], more.get("register", type("", (), {"table": "SupportLog"})).table)[0]


@pytest.mark.parametrize(
    ("column", "given", "held"),
    [
        ("Shift", " early ", "Early"),
        ("Shift", "Early;", "Early"),
        ("Shift", '["Early"]', "Early"),
        ("Service", "Oak House", "OAK"),
        ("Service", "oak", "OAK"),
        ("Champion ID", "champion alpha", "DC-001"),
        ("Champion ID", "dc\u2011001", "DC-001"),
        ("Workaround seen", "Y", True),
        ("Workaround seen", "TRUE", True),
        ("Workaround seen", False, False),
        ("Outcome", "RESOLVED;", "Resolved"),
        ("Confidence before", "4", 4),
        ("Confidence before", 4.0, 4),
    ],
)
def test_values_are_spelt_as_the_workbook_does(column, given, held):
    assert first([entry(**{column.replace(" ", "_"): given})])[column] == held


@pytest.mark.parametrize("given", ["Early;Late;", '["Early","Late"]', "Early\nLate"])
def test_several_answers_go_into_a_column_that_takes_several(given):
    base = {h: v for h, v in BASE["WorkforcePlan"].items() if h != "Champion ID"}
    row = base | {"Name": "Champion Bravo", "Other shifts covered": given}
    assert first([row], register=WorkforcePlan)["Other shifts covered"] == "Early, Late"


def test_several_answers_into_a_column_that_takes_one_are_set_aside():
    assert codes(brought([entry(Shift="Early;Late;")])[0]) == {2: ["not-in-list"]}


def test_a_name_that_two_have_is_nobodys():
    two = book(WorkforcePlan=[{}, {"Name": "Champion Alpha"}])
    assert codes(brought([entry(Champion_ID="Champion Alpha")], two)[0]) == {2: ["unknown-reference"]}


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+44 tired",
        "- a dash",
        "@all",
        "N/A",
        "none",
        "  inner  blanks ",
        "two\nlines",
        'a "quote", comma;',
        "'x",
    ],
)
def test_free_text_comes_to_the_letter_but_for_outer_blanks(text):
    row = first([entry(What_happened=text, Coaching_given=text)])
    assert row["What happened"] == text.strip()
    assert row["Coaching given"] == text.strip()


def test_a_decimal_comma_is_read_where_the_separator_is_a_semicolon():
    rows = [{"Champion ID": "DC-001", "Week commencing": "2026-06-22", "Hours given": h} for h in ("2,5", "3")]
    found = written(brought(source_of(rows, separator=";"), register=ProtectedTime)[1], "ProtectedTime")
    assert [row["Hours given"] for row in found] == [2.5, 3]
    assert codes(brought(source_of(rows, separator=","), register=ProtectedTime)[0]) == {2: ["not-a-number"]}


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"Shift": None}, "required-blank"),
        ({"Shift": "Erly"}, "not-in-list"),
        ({"Service": "ELM"}, "unknown-reference"),
        ({"Champion ID": "DC-009"}, "unknown-reference"),
        ({"Confidence before": "6"}, "out-of-range"),
        ({"Confidence before": "3.5"}, "not-a-whole-number"),
        ({"Confidence before": "many"}, "not-a-number"),
        ({"Workaround seen": "maybe"}, "not-in-list"),
        ({"What happened": "x" * 32_768}, "text-too-long"),
    ],
)
def test_what_can_not_be_read_keeps_a_row_out(given, code):
    assert codes(brought([entry() | given])[0]) == {2: [code]}


@pytest.mark.parametrize(
    "given",
    [
        {"Date": "2026-01-01"},
        {"Staff member": "Champion Alpha"},
        {"What happened": "Ring 07700 900123"},
        {"What happened": "x" * 32_767},
    ],
)
def test_what_happened_keeps_no_row_out(given):
    assert not codes(brought([entry() | given])[0])


def test_a_person_nobody_knows_is_set_aside_and_a_misspelt_one_is_not():
    issue = {h: v for h, v in BASE["ImprovementLog"].items() if h != "Issue ID"}
    rows = [
        issue,
        issue | {"Categorised by": "Somebody Else", "Description": "b"},
        issue | {"Categorised by": "project lead one"},
    ]
    report, changes = brought(rows, register=ImprovementLog)
    assert codes(report) == {3: ["unknown-reference"]}
    assert {row["Categorised by"] for row in written(changes, "ImprovementLog")} == {"Project Lead One"}
