"""S4 workarounds seen, S5 hidden workarounds, S7 problems solved without evidence."""

import pytest

from tests.support.builders import day
from tests.support.triggers.live_book import TWO_SERVICES, entry, ids, verdict
from workbook.model.triggers import State

SEEN = {"Workaround seen": "Yes"}


def s4(*entries, **tables):
    return verdict("S4", SupportLog=entries, **tables)


def test_s4_one_workaround_is_raised():
    judged = s4(entry(13, **SEEN), entry(1))
    assert (judged.state, judged.value, judged.threshold, ids(judged)) == (State.RAISED, 1, 1, ["SU-0001"])
    assert "repeated" not in judged.summary


@pytest.mark.parametrize("log", [[entry(1)], [entry(14, **SEEN)], [entry(-1, **SEEN), entry(2)]])
def test_s4_none_in_the_window_is_clear(log):
    assert s4(*log).state is State.CLEAR


def test_s4_two_in_one_workflow_are_said_to_be_repeated():
    assert "repeated in Care notes (2 times)" in s4(entry(1, **SEEN), entry(2, **SEEN)).summary
    assert "repeated" not in s4(entry(1, **SEEN), entry(2, Workflow="Tasks", **SEEN)).summary


def test_s4_counts_observations_and_entries_whose_other_fields_cannot_be_read():
    assert s4(entry(1, **SEEN, **{"Support need": "None seen"})).state is State.RAISED
    kept = s4(entry(1, **SEEN, Workflow="?"))
    assert (kept.state, kept.left_out) == (State.RAISED, 0)
    left = s4(entry(1, **{"Workaround seen": "perhaps"}), entry(1, **{"Workaround seen": None}), entry(1))
    assert (left.state, left.left_out) == (State.CLEAR, 2)


def s5(text, column="What happened", seen="No", **tables):
    return verdict("S5", SupportLog=[entry(100), {**entry(27), column: text, "Workaround seen": seen}], **tables)


@pytest.mark.parametrize(
    "text",
    [
        "She keeps Paper  Notes in her pocket.",
        "Notes on paper, typed in at the end.",
        "Uses someone else’s login at night.",
        "Handover by messaging\napp.",
        "The text was copy-and-paste from yesterday.",
    ],
)
@pytest.mark.parametrize("column", ["What happened", "Advice given", "Coaching given", "Workaround detail"])
def test_s5_words_of_a_workaround_that_is_not_marked_are_a_warning(text, column):
    judged = s5(text, column)
    assert (judged.state, ids(judged), judged.value) == (State.WATCH, ["SU-0002"], 1)


@pytest.mark.parametrize(
    "text", ["Read the person's paperwork.", "It is written on papers.", "Used her own login.", ""]
)
def test_s5_other_words_are_clear(text):
    assert s5(text, "Advice given").state is State.CLEAR


def test_s5_a_workaround_that_is_marked_is_not_hidden():
    assert s5("Uses paper notes.", seen="Yes").state is State.CLEAR
    unknown = s5("Uses paper notes.", seen="perhaps")
    assert (unknown.state, unknown.left_out) == (State.CLEAR, 1)


def test_s5_the_phrases_can_be_extended():
    assert s5("Wrote it on her hand.").state is State.CLEAR
    assert s5("Wrote it on her hand.", lists={"HiddenWorkaroundPhrases": ["on her hand"]}).state is State.WATCH


def test_s5_an_entry_is_told_once_and_the_right_one():
    log = [entry(3), entry(2, **{"Advice given": "No more paper notes. Not on paper, not from memory."}), entry(1)]
    judged = verdict("S5", SupportLog=log)
    assert (ids(judged), judged.value) == (["SU-0002"], 1)
    assert verdict("S5", SupportLog=log, as_of=day(-3)).state is State.CLEAR


def test_s5_two_texts_of_an_entry_do_not_run_together():
    log = [entry(1, **{"Coaching given": "Turn it on", "Advice given": "paper is gone"})]
    assert verdict("S5", SupportLog=log).state is State.CLEAR


FED_BACK = {"Confidence before": 3, "Confidence after": 4, "Support helped": "Yes"}
BARE = {"Coaching given": None, **FED_BACK}


def s7(*entries, **tables):
    return verdict("S7", SupportLog=entries, **tables)


def test_s7_more_than_three_in_ten_without_coaching_is_a_warning():
    judged = s7(*[entry(27, **BARE)] * 4, *[entry(1, **FED_BACK)] * 6)
    assert (judged.state, judged.value, judged.threshold, len(judged.rows)) == (State.WATCH, 40, 30, 4)
    assert s7(*[entry(27, **BARE)] * 3, *[entry(1, **FED_BACK)] * 7).state is State.CLEAR
    few = s7(*[entry(27, **BARE)] * 4, *[entry(1, **FED_BACK)] * 5)
    assert few.state is State.CLEAR
    assert "judged from 10 entries on" in few.summary


def test_s7_older_entries_and_observations_do_not_count():
    assert s7(entry(28, **BARE), entry(1, **FED_BACK)).value == 0
    assert s7(entry(1, **BARE, **{"Support need": "None seen"}), entry(1, **FED_BACK)).value == 0


@pytest.mark.parametrize(("ago", "value"), [(7, 0), (8, 100)])
def test_s7_feedback_is_missing_once_seven_days_have_passed(ago, value):
    assert s7(entry(ago)).value == value


@pytest.mark.parametrize(("given", "value"), [(day(-13), 0), (day(-12), 100), (day(1), 100)])
def test_s7_feedback_counts_if_it_came_within_seven_days(given, value):
    assert s7(entry(20), ConfidenceTracker=[{"Support ID": "su-0001", "Date": given}]).value == value


def test_s7_feedback_on_another_entry_does_not_count_and_quick_feedback_does():
    assert s7(entry(20), entry(1), ConfidenceTracker=[{"Support ID": "SU-0002"}]).value == 50
    assert s7(entry(20, **{"Support helped": "Unsure"})).value == 0


@pytest.mark.parametrize("outcome", ["Escalated", "Unresolved"])
def test_s7_a_problem_that_no_issue_links_after_seven_days_is_a_warning(outcome):
    open_end = {"Outcome": outcome, **FED_BACK}
    judged = s7(entry(55, **open_end), entry(7, **open_end))
    assert (judged.state, ids(judged)) == (State.WATCH, ["SU-0001"])
    assert s7(entry(7, **open_end)).state is State.CLEAR
    assert s7(entry(8, **open_end)).state is State.WATCH
    assert s7(entry(8, **FED_BACK)).state is State.CLEAR
    assert s7(entry(56, **open_end)).state is State.CLEAR


@pytest.mark.parametrize(("raised", "state"), [(day(0), State.CLEAR), (day(1), State.WATCH)])
def test_s7_an_issue_that_links_it_cures(raised, state):
    issue = {"Linked support": "SU-0002, su-0001", "Raised on": raised}
    judged = s7(entry(30, Outcome="Escalated", **FED_BACK), entry(1), ImprovementLog=[issue])
    assert judged.state is state


def test_s7_unlinked_observations_are_no_problems():
    assert s7(entry(30, Outcome="Unresolved", **{"Support need": "None seen"})).state is State.CLEAR


def test_s7_says_how_many_it_left_out():
    assert s7(entry(1), entry(1, **{"Support need": "?"}), entry(20, Outcome="Lost")).left_out == 2
    spoilt = s7(entry(1), ConfidenceTracker=[{"Date": "soon"}], ImprovementLog=[{"Linked support": "SU-77"}])
    assert spoilt.left_out == 2
    assert s7(entry(1), entry(1, Shift="?", **{"Staff member": None})).left_out == 0


def test_s7_entries_of_another_service_do_not_count():
    log = [entry(1, Service="ELM", **BARE), entry(1, **FED_BACK)]
    assert verdict("S7", SupportLog=log, Services=TWO_SERVICES).state is State.CLEAR
