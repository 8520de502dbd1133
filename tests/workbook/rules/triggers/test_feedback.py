"""F1-F11 as a whole: one result each for the programme, words for people, nothing raised by a sound workbook."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.builders import AS_OF, BASE, book, day, view_of
from workbook.model.catalogue.feedback import FEEDBACK_TRIGGERS
from workbook.model.triggers import PROGRAMME_SCOPE, State
from workbook.rules.triggers import evaluate
from workbook.rules.triggers.feedback import FEEDBACK_RULES


def results(snapshot, as_of=AS_OF):
    return evaluate(view_of(snapshot, as_of), FEEDBACK_TRIGGERS)


def test_every_trigger_has_its_rule():
    assert set(FEEDBACK_RULES) == {t.id for t in FEEDBACK_TRIGGERS}


@pytest.mark.parametrize("trigger", FEEDBACK_TRIGGERS, ids=lambda t: t.id)
def test_every_trigger_is_put_into_words(trigger):
    for words in (trigger.rule, trigger.clears, trigger.source, trigger.action):
        assert words.endswith(".")
    assert all(p.meaning.endswith(".") for p in trigger.parameters)
    named = set(re.findall(r"{(.*?)}", trigger.rule))
    assert named == {p.name for p in trigger.parameters}


def test_there_is_exactly_one_result_each_for_the_programme():
    found = results(book())
    assert [r.trigger for r in found] == [f"F{n}" for n in range(1, 12)]
    assert {r.scope for r in found} == {PROGRAMME_SCOPE}


def test_a_workbook_without_entries_is_never_clear():
    assert {r.state for r in results(book())} == {State.NOT_ENOUGH_DATA}
    sound = book(**{table: [{}] for table in BASE if table != "People"})
    assert {r.state for r in results(sound, day(-400))} == {State.NOT_ENOUGH_DATA}


def test_a_sound_workbook_raises_nothing():
    tables = {table: [{}] for table in BASE if table not in ("People", "OutcomeMeasures", "OutcomeReadings")}
    parts = ("Preparing champions", "Live support", "Champion feedback")
    measures = [{"Belongs to": part} for part in parts]
    readings = [{"Measure ID": f"OM-0{n + 1}"} for n in range(3)]
    found = results(book(**tables, OutcomeMeasures=measures, OutcomeReadings=readings))
    assert {r.trigger: r.state for r in found} == dict.fromkeys(FEEDBACK_RULES, State.CLEAR)


def test_an_early_warning_is_never_raised_and_a_figure_goes_with_every_verdict():
    rows = [
        {"Raised on": day(-90), "Category": "Configuration", "Safe recording affected": "Yes", "Kind": "Staff concern"},
        {"Raised on": day(-9), "Repeat of": "IM-001", "Reply due date": day(-2), "Kind": "Staff concern"},
        {"Raised on": day(-8), "Kind": "Staff concern"},
        {"Raised on": day(-7), "Kind": "Staff concern"},
    ]
    found = results(book(ImprovementLog=rows, Actions=[{"Due date": day(-2)}], OutcomeMeasures=[{}]))
    states = {r.trigger: r.state for r in found}
    assert [t for t, s in states.items() if s is State.RAISED] == ["F1", "F3", "F4"]
    assert [t for t, s in states.items() if s is State.WATCH] == ["F8", "F9", "F10", "F11"]
    for result in found:
        if result.state is State.NOT_ENOUGH_DATA:
            continue
        assert result.value is not None
        assert result.threshold is not None
        assert (result.value >= result.threshold) is (result.state is not State.CLEAR)


ISSUES = st.lists(
    st.fixed_dictionaries(
        {
            "Raised on": st.integers(-60, 5).map(day),
            "Kind": st.sampled_from(["Staff concern", "System issue"]),
            "Category": st.sampled_from([None, "Training", "Configuration", "Magic"]),
            "Safe recording affected": st.sampled_from(["Yes", "No"]),
            "Repeat of": st.sampled_from([None, "IM-001", "IM-002", "IM-099"]),
            "Status": st.sampled_from(["Open", "Closed"]),
            "Closed on": st.one_of(st.none(), st.integers(-60, 5).map(day)),
            "Reply due date": st.one_of(st.none(), st.integers(-5, 5).map(day)),
        }
    ),
    max_size=6,
)


@settings(max_examples=60, deadline=None)
@given(ISSUES)
def test_the_same_workbook_gives_the_same_results_and_figures_agree_with_states(rows):
    snapshot = book(ImprovementLog=rows)
    found = results(snapshot)
    assert found == results(snapshot)
    for result in found:
        if result.state is State.NOT_ENOUGH_DATA:
            assert (result.value, result.evidence) == (None, ())
        else:
            assert (result.value >= result.threshold) is (result.state is not State.CLEAR)
            assert bool(result.evidence) is (result.state is not State.CLEAR)


@settings(max_examples=40, deadline=None)
@given(ISSUES, st.integers(1, 5))
def test_what_is_entered_for_a_later_day_changes_nothing(rows, later):
    future = [{"Issue ID": "IM-050", "Raised on": day(later), "Repeat of": "IM-001", "Kind": "Staff concern"}]
    past = [r for r in rows if r["Raised on"] <= day(0)]
    assert results(book(ImprovementLog=past)) == results(book(ImprovementLog=[*past, *future]))
