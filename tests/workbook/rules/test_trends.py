"""Trends: limits against an independent implementation, each rule with a near miss, and laws."""

import random
from dataclasses import replace
from fractions import Fraction
from functools import partial

import pandas as pd
import pytest
from abspc import calculate_control_limits
from hypothesis import given
from hypothesis import strategies as st

from workbook.rules import trends
from workbook.rules.trends import MAKING_DATA_COUNT, NEAR, OUTSIDE, RUN, TREND, few_readings

#: The rules as they were before limits came from the first readings: what Thresholds can set them back to.
BEFORE = replace(MAKING_DATA_COUNT, base=0, sigmas=Fraction(3), run=7, trend=7, near_share=Fraction(2, 3), drift=0.0)
trend = partial(trends.trend, rules=BEFORE)

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
    assert trends.trend([1], "Higher").rules is MAKING_DATA_COUNT
    assert MAKING_DATA_COUNT.label == "run-chart and XmR rules after NHS Making Data Count, version 2"


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


# -- limits from the first readings (version 2) ------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "base"), [(5, 5), (6, 5), (11, 5), (12, 5), (14, 7), (19, 12), (23, 16), (60, 16)])
def test_limits_come_from_the_first_readings_and_never_from_the_newest_seven(count, base):
    found = trends.trend([80, 82] * 40, "Higher").base, trends.trend(([80, 82] * 40)[:count], "Higher").base
    assert found == (16, base)
    assert base <= max(count - 7, 5)


def test_bad_news_does_not_widen_its_own_limits():
    before = [80, 84] * 12
    calm, fallen = trends.trend(before, "Higher"), trends.trend([*before[:-7], *[60] * 7], "Higher")
    assert (fallen.centre, fallen.lower, fallen.upper) == (calm.centre, calm.lower, calm.upper)
    assert fallen.worsening


def test_readings_from_a_day_on_are_judged_alone():
    points = [96, 98] * 10 + [80, 82] * 12
    assert trends.trend(points, "Higher").worsening
    anew = trends.trend(points, "Higher", anew=20)
    assert (anew.worsening, anew.centre, anew.points) == ((), 81, 44)
    fallen = trends.trend([*points, 40], "Higher", anew=20).worsening
    assert [(s.rule, s.first, s.last) for s in fallen] == [(OUTSIDE, 44, 44)]


def test_a_reading_out_of_the_ordinary_leaves_the_limits_and_the_centre():
    found = trends.trend([80, 82] * 4 + [20] + [80, 82] * 8, "Higher")
    assert found.centre == pytest.approx(81, abs=0.1)
    assert found.upper - found.centre == pytest.approx(4 * 2 / 1.128, rel=0.01)


def test_a_moving_range_of_just_as_much_is_left_out_too():
    odd = [0, 0, 0, 0, 0, 0, 3.267 * 4]
    share = trends.trend([*odd, *[0] * 12], "Higher")
    assert share.upper == share.centre == 0


def test_half_a_point_more_and_back_signals_nothing():
    found = trends.trend([4] * 5 + [4.5] + [4] * 7, "Higher")
    assert (found.signals, found.drift, found.centre) == ((), None, 4)


@pytest.mark.parametrize("few", [1, 2, 5])
def test_of_five_readings_or_fewer_nothing_is_said(few):
    found = trends.trend([80, 20, 80, 20, 0][:few], "Higher")
    assert (found.signals, found.drift, found.provisional) == ((), None, True)


def test_of_few_readings_only_a_very_large_fall_shows():
    calm = [80, 82, 80, 82, 80, 82]
    assert trends.trend([*calm, 76], "Higher").worsening == ()
    assert trends.trend([*calm, 50], "Higher").worsening
    assert few_readings(7) == "only 7 readings: a fall would have to be very large to show"


def test_twelve_on_the_worse_side_are_a_signal_and_eleven_are_not():
    calm = [76, 84] * 8
    assert RUN in {s.rule for s in trends.trend([*calm, *[79, 78] * 6], "Higher").worsening}
    assert trends.trend([*calm, *([79, 78] * 6)[:-1]], "Higher").worsening == ()


def test_nine_points_falling_are_a_signal_and_eight_are_not():
    calm = [76, 84] * 8
    assert {s.rule for s in trends.trend([*calm, *range(89, 80, -1)], "Higher").worsening} == {TREND}
    assert trends.trend([*calm, *range(89, 81, -1)], "Higher").worsening == ()


def test_rules_are_named_exactly_as_they_are_read():
    words = {MAKING_DATA_COUNT.words(rule) for rule in (OUTSIDE, RUN, TREND, NEAR)}
    assert words == {
        "point outside the limits",
        "12 points running on one side of the centre",
        "9 points running in one direction",
        "2 of 3 points more than 55% of the way to a limit",
    }
    assert BEFORE.words(RUN) == "7 points running on one side of the centre"


def test_a_slow_drift_the_worse_way_is_an_early_warning_and_a_small_one_is_not():
    calm = [76, 84] * 8
    found = trends.trend([*calm, *[74, 68] * 4], "Higher")
    assert found.worsening == ()
    assert found.drift is not None
    assert found.drift.mean < found.drift.limit < found.centre
    assert found.drift.first == 16
    assert trends.trend([*calm, *[79, 76] * 4], "Higher").drift is None
    assert trends.trend([*calm, *[92, 86] * 4], "Higher").drift is None
    assert trends.trend([*calm, *[92, 86] * 4], "Lower").drift is not None


def test_one_bad_reading_is_no_drift_once_the_next_is_as_ever():
    calm = [76, 84] * 8
    assert trends.trend([*calm, 0, 80, 82], "Higher").drift is None


def falsely(seed, kind):
    """Of 60 series by chance alone, with 16 readings before, how many signal in 18, and how many drift."""
    rng = random.Random(seed)
    signalled = drifting = 0
    for _ in range(60):
        points = [kind(rng) for _ in range(34)]
        seen = [trends.trend(points[:n], "Higher") for n in range(17, 35)]
        signalled += any(t.worsening for t in seen)
        drifting += any(t.drift for t in seen)
    return signalled / 60, drifting / 60


def test_chance_alone_signals_seldom():
    # 8% each (bench/population, 6,000 series); the bounds are wide, so that chance does not fail this.
    signalled, drifting = falsely(1, lambda rng: round(rng.gauss(90, 4), 1))
    assert signalled <= 0.2
    assert drifting <= 0.2
