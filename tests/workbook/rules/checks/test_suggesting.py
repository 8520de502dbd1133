"""Findings speak as people do: they say what was most likely meant, and say nothing where nobody can tell."""

from __future__ import annotations

import pytest

from tests.support.builders import AS_OF, book
from workbook.model.registers import StartSignOff, WorkforcePlan
from workbook.rules.checks import changes, listed, run
from workbook.rules.checks.ids import id_meant
from workbook.rules.checks.suggesting import meant_choice

TWO = [{"Name": "Champion Alpha"}, {"Name": "Champion Beta"}]


def fixes(code, **tables):
    return [f.fix for f in run(book(**tables), AS_OF) if f.code == code]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("Champion Beta", "Champion Beta is DC-002: type DC-002."),
        ("champion  BETA", "champion  BETA is DC-002: type DC-002."),
        ("DC-02", "Did you mean DC-002? Then type DC-002."),
        ("dc 2", "Did you mean DC-002? Then type DC-002."),
        ("DC2", "Did you mean DC-002? Then type DC-002."),
    ],
)
def test_a_champion_by_name_or_by_a_sloppy_id(typed, says):
    (fix,) = fixes("unknown-reference", WorkforcePlan=TWO, SupportLog=[{"Champion ID": typed}])
    assert fix.startswith(says)


@pytest.mark.parametrize("typed", ["DC-09", "Champion Gamma", "OAK-02", "X"])
def test_where_nobody_can_tell_nothing_is_guessed(typed):
    (fix,) = fixes("unknown-reference", WorkforcePlan=TWO, SupportLog=[{"Champion ID": typed}])
    assert fix == f"Correct it, or add {typed} to Workforce plan."


def test_a_name_that_two_have_is_not_decided():
    same = [{"Name": "Champion Alpha"}, {"Name": "champion alpha"}]
    (fix,) = fixes("unknown-reference", WorkforcePlan=same, SupportLog=[{"Champion ID": "Champion Alpha"}])
    assert fix.startswith("2 are called Champion Alpha: type the ID of the one who is meant, DC-001 or DC-002.")


def test_a_service_by_its_name():
    (fix, *_) = fixes(
        "unknown-reference", Services=[{"Service name": "Oak House"}], WorkforcePlan=[{"Service": "oak house"}]
    )
    assert fix.startswith("oak house is OAK: type OAK.")


def test_an_id_where_a_person_is_wanted():
    (fix,) = fixes("unknown-reference", WorkforcePlan=TWO, StartSignOff=[{StartSignOff.reviewed_by.header: "DC-002"}])
    assert fix.startswith("DC-002 is Champion Beta: type the name, Champion Beta.")


@pytest.mark.parametrize(("typed", "meant"), [("Dnoe", "Done"), ("In progres", "In progress"), ("done.", "Done")])
def test_a_misspelt_choice(typed, meant):
    (fix,) = fixes("not-in-list", Actions=[{"Status": typed}])
    assert fix.startswith(f"Did you mean {meant}? Choose one of: ")


@pytest.mark.parametrize("typed", ["Finished", "Op", "yesterday"])
def test_a_choice_that_nothing_resembles(typed):
    (fix,) = fixes("not-in-list", Actions=[{"Status": typed}])
    assert fix.startswith("Choose one of: ")


def test_of_two_choices_that_may_be_meant_none_is():
    assert meant_choice("Resovled", ("Resolved", "Open")) == "Resolved"
    assert meant_choice("Paist", ("Paint", "Point")) == "Paint"
    assert meant_choice("Poont", ("Point", "Poont!", "Pooni")) == ""


def test_a_malformed_id_of_its_own_is_told_in_its_form():
    key = WorkforcePlan.champion_id
    assert (id_meant(key, "dc 7"), id_meant(key, "DC-0007"), id_meant(key, "seven")) == ("DC-007", "DC-007", "")
    (fix,) = fixes("malformed-id", WorkforcePlan=[{"Champion ID": "DC-7"}])
    assert fix == "Type it as DC-007, or leave it blank and Check entries gives one."
    taken = fixes("malformed-id", WorkforcePlan=[{"Champion ID": "DC-007"}, {"Champion ID": "DC-7"}])
    assert taken == ["Type it as DC-001, or leave it blank and Check entries gives one."], "that one is taken"


def test_the_sheet_checks_leads_first_and_names_sheets_and_the_code_last():
    snapshot = book(SupportLog=[{"Champion ID": "DC-02", "Support ID": None}], Checks=[{"Code": "x"}])
    findings = run(snapshot, AS_OF)
    assert any(f.code == "blank-id" for f in findings)
    (table,) = [c for c in changes(snapshot, findings).changes if getattr(c, "table", "") == "Checks"]
    assert list(table.headers[:4]) == ["Severity", "Go to", "What is wrong", "What to do"]
    assert table.headers[-1] == "Code"
    lines = [dict(zip(table.headers, row, strict=True)) for row in table.rows]
    assert "blank-id" not in {line["Code"] for line in lines}, "the same press gives the id"
    assert len(lines) == len(listed(findings))
    one = next(line for line in lines if line["Code"] == "unknown-reference")
    assert (one["Table"], one["Go to"]) == ("Support log", "Support log row 6")
