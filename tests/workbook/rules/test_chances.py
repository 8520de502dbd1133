"""How likely by chance: the table against exact computation, exact computation against counting every case."""

import itertools
import random
from dataclasses import replace

import pytest

from tests.support.exact_chances import COUNTS, ENTRIES, low_scores, some_comes, usual_shares
from workbook.rules.chances import (
    WITHIN,
    chance_of_low_scores,
    chance_of_repeats,
    chance_of_signal,
    chance_of_unhelped,
    how_often,
    period_of,
)
from workbook.rules.trends import MAKING_DATA_COUNT, trend


def test_the_exact_chance_is_that_of_counting_every_case():
    shares = (0.5, 0.3, 0.2)
    for entries, times in itertools.product((1, 3, 5), (2, 3, 4)):
        counted = sum(
            shares[0] ** draw.count(0) * shares[1] ** draw.count(1) * shares[2] ** draw.count(2)
            for draw in itertools.product(range(3), repeat=entries)
            if max(draw.count(kind) for kind in range(3)) >= times
        )
        assert some_comes(entries, times, shares) == pytest.approx(counted)


@pytest.mark.parametrize("times", COUNTS)
def test_the_table_of_repeats_is_the_exact_chance(times):
    shares = usual_shares()
    for entries in ENTRIES[times % 3 :: 3]:
        assert chance_of_repeats(entries, times) == pytest.approx(some_comes(entries, times, shares), abs=6e-5)


def test_beyond_the_table_nothing_is_made_up():
    assert chance_of_repeats(max(ENTRIES) + 1, 3) is None
    assert chance_of_repeats(40, max(COUNTS) + 5) == 0
    assert chance_of_repeats(max(ENTRIES) + 1, max(COUNTS) + 5) is None


@pytest.mark.parametrize(("at_most", "running"), [(1, 1), (2, 1), (2, 2), (2, 3), (3, 2)])
def test_the_chance_of_low_scores_is_the_exact_one(at_most, running):
    one = low_scores(at_most, running, steps=2000)
    assert chance_of_low_scores(1, at_most, running) == pytest.approx(one, abs=1e-6)
    assert chance_of_low_scores(23, at_most, running) == pytest.approx(1 - (1 - one) ** 23, abs=3e-5)


def test_another_rule_on_scores_has_no_chance_told():
    assert chance_of_low_scores(20, 5, 2) is None
    assert chance_of_low_scores(20, 2, 9) is None


def test_the_chance_of_answers_no_counts_every_case():
    exact = sum(
        0.03 ** sum(draw) * 0.97 ** (8 - sum(draw)) for draw in itertools.product((0, 1), repeat=8) if sum(draw) >= 2
    )
    assert chance_of_unhelped(8, 2) == pytest.approx(exact)
    assert chance_of_unhelped(1, 2) == 0


@pytest.mark.parametrize("base", [5, 8, 16])
def test_as_many_series_signal_as_is_said(base):
    dice, rules, count = random.Random(f"signals {base}"), replace(MAKING_DATA_COUNT, base=base), 250
    series = [[round(dice.gauss(90, 3), 1) for _ in range(base + WITHIN)] for _ in range(count)]
    told = sum(any(s.direction < 0 for s in trend(points, "Higher", rules).signals) for points in series)
    # A band three times as wide as such a count goes up and down by itself.
    assert abs(told / count - chance_of_signal(base)) < 3 * (0.09 * 0.91 / count) ** 0.5


def test_chances_are_said_in_counts():
    assert [how_often(p, "week") for p in (0.97, 0.75, 0.6, 0.46, 0.3, 0.091, 0.001)] == [
        "in nearly every week",
        "in three of four weeks",
        "in two of three weeks",
        "in every second week",
        "in one week of 3",
        "in one week of 11",
        "in fewer than one week of 500",
    ]
    assert (period_of(14), period_of(10)) == ("fortnight", "period of 10 days")
    assert how_often(0.6, period_of(10)) == "in two of three periods of 10 days"
