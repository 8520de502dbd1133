"""Funnel limits, against scipy's distributions."""

import pytest
from scipy import stats

from workbook.rules.funnel import BEYOND_2, BEYOND_3, INSIDE, TOO_FEW, Funnel, funnel


@pytest.mark.parametrize(("mean", "count"), [(0.3, 12), (0.5, 40), (0.92, 200)])
@pytest.mark.parametrize("sigmas", [2, 3])
def test_limits_of_a_share_are_so_many_binomial_standard_deviations_wide(mean, count, sigmas):
    low, high = Funnel(share=True, mean=mean, dispersion=1).limits(count, sigmas)
    reach = sigmas * stats.binom(count, mean).std() / count
    assert (low, high) == pytest.approx((max(mean - reach, 0), min(mean + reach, 1)))


@pytest.mark.parametrize(("rate", "shifts"), [(0.8, 15), (2.5, 90)])
def test_limits_of_a_rate_are_so_many_poisson_standard_deviations_wide(rate, shifts):
    low, high = Funnel(share=False, mean=rate, dispersion=1).limits(shifts, 3)
    reach = 3 * stats.poisson(rate * shifts).std() / shifts
    assert (low, high) == pytest.approx((max(rate - reach, 0), rate + reach))


def test_two_sigmas_hold_about_as_many_as_the_binomial_says():
    low, high = Funnel(share=True, mean=0.4, dispersion=1).limits(400)
    within = stats.binom(400, 0.4).cdf(int(high * 400)) - stats.binom(400, 0.4).cdf(int(low * 400))
    assert within == pytest.approx(0.954, abs=0.01)


def test_where_a_service_lies():
    among = Funnel(share=True, mean=0.5, dispersion=1)
    told = [among.says(n, d) for n, d in ((9, 9), (26, 50), (34, 50), (40, 50))]
    assert told == [TOO_FEW, INSIDE, BEYOND_2, BEYOND_3]


def test_all_together_and_how_much_they_differ():
    same = funnel([(10, 20), (20, 40), (50, 100)], share=True)
    assert (same.mean, same.dispersion) == (0.5, 0)
    apart = funnel([(10, 100), (90, 100)], share=True)
    assert apart.dispersion == pytest.approx(0.4**2 * 100 / 0.25)
    assert funnel([(10, 20), (3, 9)], share=True).dispersion is None, "one service alone is no comparison"
    assert funnel([(0, 0)], share=True) is None
    assert funnel([(0, 30), (0, 20)], share=True).says(0, 30) == INSIDE
