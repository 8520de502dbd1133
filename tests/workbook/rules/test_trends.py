"""Trends: limits against an independent implementation, each rule with a near miss, and laws."""

import pandas as pd
import pytest
from abspc import calculate_control_limits
from hypothesis import given
from hypothesis import strategies as st

from workbook.rules.trends import MAKING_DATA_COUNT, NEAR, OUTSIDE, RUN, TREND, trend

SERIES = st.lists(st.integers(0, 60).map(lambda n: n / 2), min_size=1, max_size=25)


def rules_at_newest(points, better_when="Higher"):
    return {s.rule for s in trend(points, better_when).worsening}


@pytest.mark.parametrize(
    "points",
    [
        [48, 52, 49, 55, 47, 51, 53, 50, 48, 54],
        [70.5, 71.25, 69, 90, 70.1, 70.2, 70.3, 70.4, 70.5, 70.6, 70.7, 70.8, 70.9],
        [3, 3.5, 4, 2.5, 3, 3, 3.5, 4, 4, 3, 2, 1, 1.5],
        [0, 100],
    ],
)
def test_limits_agree_with_an_independent_implementation(points):
    theirs = calculate_control_limits(pd.DataFrame({"value": points}), "XmR").iloc[0]
    ours = trend(points, "Higher")
    assert (ours.centre, ours.lower, ours.upper) == pytest.approx((theirs["mean"], theirs["lcl"], theirs["ucl"]))


@given(st.lists(st.floats(-1000, 1000), min_size=2, max_size=30))
def test_limits_agree_whatever_the_figures(points):
    theirs = calculate_control_limits(pd.DataFrame({"value": points}), "XmR").iloc[0]
    ours = trend(points, "Lower")
    expected = (theirs["mean"], theirs["lcl"], theirs["ucl"])
    assert (ours.centre, ours.lower, ours.upper) == pytest.approx(expected, abs=1e-6)


def test_a_point_outside_the_worse_limit_is_a_signal():
    assert OUTSIDE in rules_at_newest([80, 82] * 6 + [60])
    assert OUTSIDE in rules_at_newest([80, 82] * 6 + [102], "Lower")


def test_a_point_outside_the_better_limit_or_just_inside_is_none():
    assert rules_at_newest([80, 82] * 6 + [102]) == set()
    assert OUTSIDE not in rules_at_newest([80, 82] * 6 + [76])


def test_a_point_outside_counts_only_while_it_is_the_newest():
    points = [80, 82] * 6 + [60, 81]
    assert OUTSIDE in {s.rule for s in trend(points, "Higher").signals}
    assert OUTSIDE not in rules_at_newest(points)


def test_seven_on_the_worse_side_of_the_centre_are_a_signal_and_six_are_not():
    assert RUN in rules_at_newest([84, 82, 84, 82, 84, 82, 84, 79, 80, 79, 80, 79, 80, 79])
    assert RUN not in rules_at_newest([84, 82, 84, 82, 84, 82, 84, 79, 80, 79, 80, 79, 80])


def test_a_point_on_the_centre_is_on_neither_side():
    touching = trend([5, 5, 5, 5, 1, 1, 1, 3, 1, 1, 1, 7], "Higher")
    assert touching.centre == 3
    assert RUN not in {s.rule for s in touching.signals}
    below = trend([5, 5, 5, 5, 1, 1, 1, 2, 1, 1, 1, 8], "Higher")
    assert below.centre == 3
    assert RUN in {s.rule for s in below.signals}


def test_seven_points_each_lower_than_the_one_before_are_a_signal_and_six_are_not():
    assert TREND in rules_at_newest([80, 81, 80, 81, 80, 81, 80, 87, 86, 85, 84, 83, 82, 81])
    assert TREND not in rules_at_newest([80, 81, 80, 81, 80, 81, 80, 86, 85, 84, 83, 82, 81])


def test_two_equal_points_break_a_trend():
    assert TREND not in rules_at_newest([80, 81, 80, 81, 80, 81, 80, 87, 86, 85, 84, 84, 83, 82, 81])


def test_two_of_the_newest_three_near_the_worse_limit_are_a_signal():
    points = [*[80, 84] * 12, 72, 82, 72]
    found = trend(points, "Higher")
    assert found.lower < 72 < found.centre - (found.centre - found.lower) * 2 / 3
    assert rules_at_newest(points) == {NEAR}


def test_one_of_the_newest_three_near_the_limit_is_none():
    assert rules_at_newest([*[80, 84] * 12, 82, 82, 72]) == set()


def test_a_near_point_on_each_side_is_none():
    assert rules_at_newest([*[80, 84] * 12, 92, 82, 72]) == set()


def test_two_of_three_takes_points_outside_the_limit_too():
    points = [*[80, 84] * 12, 60, 82, 60]
    assert trend(points, "Higher").lower > 60
    assert {NEAR, OUTSIDE} <= rules_at_newest(points)


def test_two_of_three_counts_when_the_newest_point_itself_is_calm():
    assert rules_at_newest([*[80, 84] * 12, 72, 72, 82]) == {NEAR}


@pytest.mark.parametrize(("count", "provisional"), [(1, True), (11, True), (12, False), (30, False)])
def test_fewer_than_twelve_points_give_provisional_limits(count, provisional):
    assert trend([80] * count, "Higher").provisional is provisional


@pytest.mark.parametrize("value", [0.1, 3.3, 85, 1 / 3])
def test_a_series_that_never_moves_has_no_signal(value):
    assert trend([value] * 20, "Higher").signals == ()


def test_a_trend_of_nothing_or_with_no_better_way_is_refused():
    with pytest.raises(ValueError, match="at least one point"):
        trend([], "Higher")
    with pytest.raises(ValueError, match="Higher or Lower"):
        trend([1, 2], "Sideways")


def test_the_rule_set_is_named_and_versioned():
    assert trend([1], "Higher").rules is MAKING_DATA_COUNT
    assert MAKING_DATA_COUNT.label == "NHS Making Data Count run-chart and XmR rules, version 1"


@given(SERIES, st.integers(-100, 100), st.sampled_from(["Higher", "Lower"]))
def test_the_same_series_shifted_gives_the_same_signals(points, shift, better_when):
    shifted = trend([p + shift for p in points], better_when)
    assert shifted.signals == trend(points, better_when).signals
    assert shifted.centre == pytest.approx(trend(points, better_when).centre + shift)


@given(SERIES)
def test_a_mirrored_series_gives_mirrored_signals(points):
    plain = trend(points, "Higher")
    mirrored = trend([-p for p in points], "Higher")
    assert {s._replace(direction=-s.direction) for s in mirrored.signals} == set(plain.signals)
    assert mirrored.worsening == tuple(s._replace(direction=-s.direction) for s in plain.improving)
    assert (mirrored.lower, mirrored.upper) == pytest.approx((-plain.upper, -plain.lower))


@given(SERIES)
def test_turning_series_and_better_way_round_leaves_the_verdict(points):
    plain = trend(points, "Higher").worsening
    turned = trend([-p for p in points], "Lower").worsening
    assert [(s.rule, s.first, s.last) for s in plain] == [(s.rule, s.first, s.last) for s in turned]
