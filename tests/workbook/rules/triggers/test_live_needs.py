"""S1 repeated support needs, S6 repeated questions, S10 mostly technical."""

import pytest

from tests.support.builders import day
from tests.support.triggers.live_book import TWO_CHAMPIONS, TWO_SERVICES, entry, ids, verdict
from workbook.model.triggers import State

THREE = [entry(1, "Carer One"), entry(2, "Carer Two"), entry(13, "Carer One")]


def s1(*entries, **tables):
    return verdict("S1", SupportLog=entries, **tables)


def test_s1_three_entries_from_two_staff_on_two_dates_are_raised():
    judged = s1(*THREE)
    assert (judged.state, judged.value, judged.threshold) == (State.RAISED, 3, 3)
    assert ids(judged) == ["SU-0001", "SU-0002", "SU-0003"]
    assert "“Care notes: Finding the record” came 3 times" in judged.summary


@pytest.mark.parametrize(
    "change",
    [
        {"Date": day(-14)},
        {"Date": day(1)},
        {"Workflow": "Tasks"},
        {"Support need": "Logging in"},
        {"Service": "ELM"},
        {"Support need": "None seen"},
    ],
)
def test_s1_two_that_count_are_not_enough(change):
    judged = s1(*THREE[:2], {**THREE[2], **change}, Services=TWO_SERVICES)
    assert (judged.state, judged.value, ids(judged)) == (State.CLEAR, 2, [])


def test_s1_one_person_or_one_date_alone_is_clear():
    assert s1(*(entry(n, " CARER  one" if n == 2 else "Carer One") for n in (1, 2, 3))).state is State.CLEAR
    assert s1(*(entry(1, f"Carer {n}") for n in (1, 2, 3))).state is State.CLEAR


def test_s1_names_that_differ_in_a_digit_are_different_people():
    assert s1(*(entry(n, f"Carer {n}") for n in (1, 2, 3))).state is State.RAISED


def test_s1_the_day_itself_is_in_the_window_and_the_fourteenth_before_is_not():
    assert s1(entry(0), entry(1, "Carer Two"), entry(13)).state is State.RAISED
    assert s1(entry(0), entry(1, "Carer Two"), entry(14)).state is State.CLEAR


def test_s1_leaves_out_only_entries_that_it_cannot_read():
    judged = s1(*THREE[:2], {**THREE[2], "Workflow": "#REF"})
    assert (judged.state, judged.left_out) == (State.CLEAR, 1)
    kept = s1(*THREE[:2], {**THREE[2], "Shift": "Teatime", "Workaround seen": "perhaps", "Champion ID": "DC-999"})
    assert (kept.state, kept.left_out) == (State.RAISED, 0)


def test_s1_counts_what_it_leaves_out_only_where_it_looks():
    outside = {**entry(20), "Workflow": "?"}
    observation = entry(1, **{"Support need": "None seen", "Workflow": "?"})
    assert s1(*THREE, outside, observation).left_out == 0
    assert s1(*THREE, {**entry(1), "Date": "31/02/2026"}, entry(1, Service="?")).left_out == 2


def test_s1_shows_the_rate_for_each_shift_observed():
    observed = [entry(1, **{"Support need": "None seen"}), entry(1, "Carer Two", **{"Support need": "None seen"})]
    judged = s1(*THREE, *observed, ProtectedTime=[{}, {"Week commencing": day(-15)}])
    assert "1 a shift over 3 shifts observed" in judged.summary
    assert "no shift observed" in s1(*THREE).summary


def test_s1_thresholds_can_be_changed():
    assert s1(*THREE, thresholds={("S1", "Count"): 4}).state is State.CLEAR
    assert s1(*THREE, thresholds={("S1", "Window days"): 13}).state is State.CLEAR


def test_s1_says_every_need_that_repeats():
    alerts = [{**e, "Workflow": "Alerts"} for e in THREE]
    judged = s1(*THREE, *alerts)
    assert len(judged.rows) == 6
    assert "also “Alerts: Finding the record” 3 times" in judged.summary


@pytest.mark.parametrize("rule", ["S1", "S2", "S4", "S5", "S6", "S7", "S10"])
def test_an_empty_log_is_never_clear_and_an_empty_window_of_a_log_in_use_is(rule):
    assert verdict(rule).state is State.NOT_ENOUGH_DATA
    assert verdict(rule, SupportLog=[{"Date": day(1)}]).state is State.NOT_ENOUGH_DATA
    elsewhere = verdict(rule, SupportLog=[{"Service": "ELM"}], Services=TWO_SERVICES)
    assert elsewhere.state is State.NOT_ENOUGH_DATA
    assert verdict(rule, SupportLog=[entry(200, **{"Coaching given": "Shown."})]).state is State.CLEAR


def s6(*entries, **tables):
    return verdict("S6", SupportLog=entries, **tables)


def test_s6_the_same_person_twice_within_fourteen_days_is_a_warning():
    judged = s6(entry(0), entry(13, "carer ONE "))
    assert (judged.state, judged.value, ids(judged)) == (State.WATCH, 2, ["SU-0001", "SU-0002"])


@pytest.mark.parametrize(
    "second",
    [
        entry(14),
        entry(1, "Carer Two"),
        entry(1, Workflow="Tasks"),
        entry(1, **{"Support need": "Logging in"}),
        entry(-1),
    ],
)
def test_s6_another_person_need_or_time_is_clear(second):
    assert s6(entry(0), second).state is State.CLEAR


def test_s6_observations_are_no_questions():
    assert s6(*(entry(n, **{"Support need": "None seen"}) for n in (1, 2))).state is State.CLEAR


def s10(technical, others, **cells):
    log = [entry(1, **{"Support need": "Logging in", **cells})] * technical + [entry(1)] * others
    return verdict("S10", SupportLog=log, WorkforcePlan=TWO_CHAMPIONS)


def test_s10_more_than_half_of_ten_entries_is_a_warning():
    judged = s10(6, 4)
    assert (judged.state, judged.value, judged.threshold, len(judged.rows)) == (State.WATCH, 60, 50, 6)


def test_s10_half_or_too_few_entries_are_clear():
    assert s10(5, 5).state is State.CLEAR
    assert s10(9, 0).state is State.CLEAR


def test_s10_counts_device_needs_but_no_observations_and_no_older_entries():
    assert s10(6, 4, **{"Support need": "Device or connection"}).state is State.WATCH
    log = [entry(1, **{"Support need": "Logging in"})] * 6 + [entry(1, **{"Support need": "None seen"})] * 4
    assert verdict("S10", SupportLog=log).state is State.CLEAR
    log = [entry(27, **{"Support need": "Logging in"})] * 6 + [entry(27)] * 4
    assert verdict("S10", SupportLog=log).state is State.WATCH
    log = [entry(28, **{"Support need": "Logging in"})] * 6 + [entry(27)] * 4
    assert verdict("S10", SupportLog=log).value == 0


def test_s10_needs_are_known_however_the_list_spells_them():
    words = ["logging  in", "Finding the record", "none SEEN"]
    log = [entry(1, **{"Support need": "Logging in"})] * 6 + [entry(1)] * 4
    log += [entry(1, **{"Support need": "None seen"})] * 9
    assert verdict("S10", SupportLog=log, lists={"SupportNeeds": words}).value == 60


# -- S1 by volume (rules version 2026.2) ---------------------------------------------------------------------------


def among(times, others):
    """A need that came so many times in the window, among other entries of which each has a need of its own."""
    same = [entry(n % 13, f"Carer {n}") for n in range(times)]
    kinds = [(w, n) for w in ("Tasks", "Alerts", "Handover", "Incidents") for n in WORDS]
    rest = [
        entry(n % 13, f"Other {n}", Workflow=kinds[n % 28][0], **{"Support need": kinds[n % 28][1]})
        for n in range(others)
    ]
    return s1(*same, *rest)


WORDS = (
    "Choosing the right form",
    "Recording on time",
    "Responding to an alert",
    "Updating a care plan",
    "Correcting an entry",
    "Logging in",
    "Understanding the workflow",
)


@pytest.mark.parametrize(("entries", "needed"), [(10, 3), (11, 4), (25, 4), (26, 5), (40, 5), (41, 6)])
def test_s1_asks_for_action_by_how_much_is_asked_at_all(entries, needed):
    enough = among(needed, entries - needed)
    assert (enough.state, enough.value, enough.threshold) == (State.RAISED, needed, needed)
    one_less = among(needed - 1, entries - needed + 1)
    assert one_less.state is (State.CLEAR if needed == 3 else State.WATCH)
    assert one_less.threshold == needed


def test_s1_an_early_warning_says_how_often_would_ask_for_action_and_rests_on_the_need():
    judged = among(3, 10)
    assert "Among 13 entries 4 times would ask for action." in judged.remarks
    assert len(judged.rows) == 3


def test_s1_by_volume_can_be_set_back():
    rows = [entry(n, f"Carer {n}") for n in range(3)] + [
        entry(n % 13, f"Other {n}", Workflow="Tasks", **{"Support need": WORDS[n % 7]}) for n in range(14)
    ]
    assert s1(*rows).state is State.WATCH
    assert s1(*rows, thresholds={("S1", "Entries per extra count"): 0}).state is State.RAISED
