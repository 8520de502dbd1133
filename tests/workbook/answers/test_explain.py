"""Why a trigger says what it says, and how it went week by week."""

import datetime as dt

import pytest

from tests.support.builders import AS_OF, book, day
from workbook.answers.explain import explain, week_by_week
from workbook.model.errors import UnknownName
from workbook.model.triggers import State

WORKAROUND = {"Workaround seen": "Yes", "Date": day(-10)}


def test_the_rule_and_what_clears_it_have_the_thresholds_in_force():
    said = explain(book(thresholds={("S1", "Count"): 5}), "s1", None, AS_OF)
    assert "at least 5 times in the 14 days" in said.rule
    assert "{" not in said.rule + said.clears
    assert [(t.value, t.default) for t in said.thresholds if t.name == "Count"] == [(5, 3)]


def test_the_rows_are_shown_as_people_see_them():
    (one,) = explain(book(SupportLog=[{}, WORKAROUND]), "S4", "oak", AS_OF).scopes
    assert (one.result.state, one.result.scope.id) == (State.RAISED, "OAK")
    (row,) = one.rows
    assert (row.id, row.sheet, row.sheet_row) == ("SU-0002", "Support log", 7)
    assert ("Date", "20 Jun 2026") in row.cells


def test_a_row_without_an_id_is_found_by_its_place():
    (one,) = explain(book(SupportLog=[{**WORKAROUND, "Support ID": None}]), "S4", "OAK", AS_OF).scopes
    assert [r.sheet_row for r in one.rows] == [6]


def test_every_scope_is_told_unless_one_is_asked_for():
    snapshot = book(Services=[{}, {"Service code": "ELM"}])
    assert [s.result.scope.id for s in explain(snapshot, "S4", None, AS_OF).scopes] == ["OAK", "ELM"]
    assert [s.result.scope.id for s in explain(snapshot, "S4", "ELM", AS_OF).scopes] == ["ELM"]
    assert [s.result.scope.id for s in explain(snapshot, "F1", "Programme", AS_OF).scopes] == ["programme"]


@pytest.mark.parametrize(
    ("trigger", "scope", "words"),
    [
        ("S11", None, "Did you mean"),
        ("S1", "OAC", "Did you mean OAK"),
        ("P1", "OAK", "Known: DC-001"),
        ("!", None, "Known: P1"),
    ],
)
def test_an_unknown_name_is_refused_with_the_close_ones(trigger, scope, words):
    with pytest.raises(UnknownName, match=words):
        explain(book(), trigger, scope, AS_OF)
    with pytest.raises(UnknownName, match=words):
        week_by_week(book(), trigger, scope or "OAK", AS_OF)


def test_week_by_week_shows_when_it_was_raised_and_cleared():
    snapshot = book(SupportLog=[{"Date": day(-25)}, {**WORKAROUND, "Date": day(-20)}])
    weeks = week_by_week(snapshot, "S4", "OAK", AS_OF, weeks=5)
    assert [w.date for w in weeks] == [day(-28), day(-21), day(-14), day(-7), AS_OF]
    assert [w.state for w in weeks] == [
        State.NOT_ENOUGH_DATA,
        State.CLEAR,
        State.RAISED,
        State.RAISED,
        State.CLEAR,
    ]
    assert weeks[2].value == 1


def test_week_by_week_goes_back_to_the_first_entry():
    weeks = week_by_week(book(), "S4", "OAK", AS_OF)
    assert dt.date(2026, 1, 5) <= weeks[0].date < dt.date(2026, 1, 12)
    assert len(weeks) == 26
