"""S2 conflicting advice."""

import pytest

from tests.support.builders import day
from tests.support.triggers.live_book import TWO_CHAMPIONS, TWO_SERVICES, entry, ids, verdict
from workbook.model.triggers import State

GUIDANCE = [{}, {}]


def by(champion, guidance, ago=1, **cells):
    return entry(ago, **{"Champion ID": champion, "Guidance followed": guidance, **cells})


def s2(*entries, guidance=GUIDANCE, **tables):
    base = {"WorkforcePlan": TWO_CHAMPIONS, "Services": TWO_SERVICES, "Guidance": guidance}
    return verdict("S2", SupportLog=entries, **{**base, **tables})


def test_two_champions_with_different_guidance_conflict():
    judged = s2(by("DC-001", "GU-001", 27), by("DC-002", "GU-002", 0), by("DC-001", "GU-001", 3, Workflow="Tasks"))
    assert (judged.state, judged.value, ids(judged)) == (State.RAISED, 1, ["SU-0001", "SU-0002"])
    assert "DC-001 and DC-002 followed GU-001 and GU-002" in judged.summary


@pytest.mark.parametrize(
    "second",
    [
        by("DC-002", "GU-001"),
        by("DC-001", "GU-002"),
        by("DC-002", "GU-002", 28),
        by("DC-002", "GU-002", -1),
        by("DC-002", "GU-002", Workflow="Tasks"),
        by("DC-002", "GU-002", **{"Support need": "Logging in"}),
        by("DC-002", "GU-002", Service="ELM"),
    ],
)
def test_one_guidance_one_champion_or_another_matter_is_clear(second):
    assert s2(by("DC-001", "GU-001"), second).state is State.CLEAR


def test_following_guidance_and_following_none_conflict_while_it_is_in_force():
    judged = s2(by("DC-001", "GU-001"), by("DC-002", None))
    assert (judged.state, ids(judged)) == (State.WATCH, ["SU-0001", "SU-0002"])
    assert "GU-001 or none" in judged.summary


def test_a_champion_who_forgets_it_once_is_not_in_conflict_with_themselves():
    assert s2(by("DC-001", "GU-001"), by("DC-001", None)).state is State.CLEAR


@pytest.mark.parametrize(
    ("guidance", "state"),
    [
        ({"Support need": None}, State.WATCH),
        ({"Support need": "Logging in"}, State.CLEAR),
        ({"Workflow": "Tasks"}, State.CLEAR),
        ({"Withdrawn on": day(-1)}, State.CLEAR),
        ({"Withdrawn on": day(0)}, State.WATCH),
        ({"Withdrawn on": day(9)}, State.WATCH),
        ({"Approved on": day(-1)}, State.WATCH),
        ({"Approved on": day(0)}, State.CLEAR),
    ],
)
def test_guidance_counts_while_in_force_on_the_day_of_the_entry(guidance, state):
    assert s2(by("DC-001", "GU-001"), by("DC-002", None), guidance=[guidance]).state is state


def test_guidance_not_in_force_on_one_of_the_two_days_is_no_conflict():
    guidance = [{"Withdrawn on": day(-2)}]
    assert s2(by("DC-001", "GU-001", 3), by("DC-002", None, 2), guidance=guidance).state is State.CLEAR
    assert s2(by("DC-001", "GU-001", 2), by("DC-002", None, 3), guidance=guidance).state is State.CLEAR


def test_the_same_conflict_in_other_services_is_evidence():
    elsewhere = by("DC-002", "GU-002", Service="ELM")
    judged = s2(by("DC-001", "GU-001"), by("DC-002", "GU-002"), elsewhere, by("DC-001", None, 40, Service="ELM"))
    assert ids(judged) == ["SU-0001", "SU-0002", "SU-0003"]
    assert "so did others in Elm Court" in judged.summary


def test_an_entry_whose_guidance_cannot_be_read_is_left_out():
    judged = s2(by("DC-001", "GU-001"), by("DC-002", "GU-777"))
    assert (judged.state, judged.left_out) == (State.CLEAR, 1)
    assert s2(by("DC-001", "GU-001"), by("DC-002", "GU-002", Shift="?")).left_out == 0


def test_observations_give_no_advice():
    cells = {"Support need": "None seen"}
    assert s2(by("DC-001", "GU-001", **cells), by("DC-002", "GU-002", **cells)).state is State.CLEAR


@pytest.mark.parametrize(
    ("first", "second", "state"),
    [
        ({}, {}, State.RAISED),
        # The first was withdrawn before the second was approved: nobody could have followed both.
        ({"Withdrawn on": day(-5)}, {"Approved on": day(-5)}, State.CLEAR),
        ({"Withdrawn on": day(-4)}, {"Approved on": day(-5)}, State.RAISED),
        # Followed after it was withdrawn, or before it was approved: the check tells of it.
        ({"Withdrawn on": day(-8)}, {}, State.CLEAR),
        ({}, {"Approved on": day(0)}, State.CLEAR),
        # A newer version of the same guidance takes its place.
        ({"Title": "Notes", "Version": 1}, {"Title": "Notes", "Version": 2, "Approved on": day(-5)}, State.CLEAR),
        ({"Title": "Notes", "Version": 1}, {"Title": "Other", "Version": 2, "Approved on": day(-5)}, State.RAISED),
        ({"Title": "Notes", "Version": 1}, {"Title": "Notes", "Version": 1, "Approved on": day(-5)}, State.RAISED),
    ],
)
def test_two_ways_conflict_where_both_were_in_force_on_one_day(first, second, state):
    judged = s2(by("DC-001", "GU-001", 8), by("DC-002", "GU-002", 1), guidance=[first, second])
    assert judged.state is state


def test_action_comes_before_an_early_warning():
    judged = s2(by("DC-001", "GU-001"), by("DC-002", "GU-002"), by("DC-002", None))
    assert (judged.state, ids(judged)) == (State.RAISED, ["SU-0001", "SU-0002"])
