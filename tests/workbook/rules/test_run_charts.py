"""The run chart's words and limits, as NHS Making Data Count has them."""

from __future__ import annotations

import pandas as pd
import pytest
from abspc import calculate_control_limits

from tests.support.builders import book, day, view_of
from workbook.rules.run_charts import run_charts, variation
from workbook.rules.trends import FALLS_SHORT, HIT_AND_MISS, PASSES, assurance, trend

#: The mean of the moves is 2, so that with 16 readings or more before the newest
#: seven a limit is 4 × 2 / 1.128 = 7.092… from the centre, 81.
UP_AND_DOWN = [80, 82] * 12
REACH = 4 * 2 / 1.128
#: The thresholds by which the rules are those that were published.
PUBLISHED = {("Trends", "Limit"): 3, ("Trends", "Base points"): 0}


def chart(values, *, target=None, better="Higher", thresholds=None):
    measure = {"Measure ID": "OM-01", "Kind": "Record completion", "Better when": better, "Limits anew from": day(-900)}
    rows = [
        {"Measure ID": "OM-01", "Service": "OAK", "Date": day(7 * (n - len(values))), "Value": value}
        for n, value in enumerate(values)
    ]
    tables = {"OutcomeMeasures": [{**measure, "Target": target}], "OutcomeReadings": rows}
    ((only,), _) = run_charts(view_of(book(**tables, thresholds=thresholds or {})))
    return only


@pytest.mark.parametrize(
    ("better", "target", "said"),
    [
        ("Higher", 73.9, PASSES),
        ("Higher", 74, HIT_AND_MISS),
        ("Higher", 88, HIT_AND_MISS),
        ("Higher", 88.1, FALLS_SHORT),
        ("Lower", 88.1, PASSES),
        ("Lower", 88, HIT_AND_MISS),
        ("Lower", 74, HIT_AND_MISS),
        ("Lower", 73.9, FALLS_SHORT),
    ],
)
def test_a_target_beyond_a_limit_is_always_or_never_hit(better, target, said):
    assert chart(UP_AND_DOWN, target=target, better=better)[-1].endswith(f"Target {target}: {said}.")


def test_a_point_on_the_target_hits_it():
    steady = trend([80] * 20, "Higher")
    assert assurance(steady, 80) == PASSES
    assert assurance(steady, 80.01) == FALLS_SHORT


def test_four_readings_say_nothing_of_the_target_and_five_do():
    assert "Target" not in chart([80] * 4, target=70)[-1]
    assert f"Target 70: {PASSES}." in chart([80] * 5, target=70)[-1]


def test_a_point_is_common_cause_an_improvement_or_a_concern():
    for better, kind in (("Lower", "Improvement"), ("Higher", "Concern")):
        found = trend([*UP_AND_DOWN, 60], better)
        assert [variation(found, n) for n in range(25)] == ["Common cause"] * 24 + [kind]


def test_without_a_target_nothing_is_said_of_it():
    assert "Target" not in chart(UP_AND_DOWN)[-1]


@pytest.mark.parametrize(
    ("newest", "better", "word"),
    [
        (60, "Higher", "Deteriorated"),
        (60, "Lower", "Improved"),
        (81, "Higher", "Sustained"),
        (81, "Lower", "Sustained"),
    ],
)
def test_the_change_is_told_in_one_word(newest, better, word):
    assert chart([*UP_AND_DOWN, newest], better=better)[-1].startswith(f"{word}: ")


def test_the_limits_are_those_reckoned_by_hand():
    assert chart(UP_AND_DOWN)[6:9] == pytest.approx((81, 81 - REACH, 81 + REACH), abs=1e-9)


@pytest.mark.parametrize("values", [[48, 52, 49, 55, 47, 51, 53, 50, 48, 54], [70.5, 71.25, 69, 90, 70.1], [0, 100]])
def test_the_drawn_limits_are_those_of_an_independent_implementation(values):
    theirs = calculate_control_limits(pd.DataFrame({"value": values}), "XmR").iloc[0]
    drawn = chart(values, thresholds=PUBLISHED)[6:9]
    assert drawn == pytest.approx((theirs["mean"], theirs["lcl"], theirs["ucl"]), rel=0, abs=1e-9)
