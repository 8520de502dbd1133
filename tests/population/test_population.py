"""A sample of the population study (docs/trust.md) with fixed seeds and wide bounds: do the rules still not cry wolf?

The whole study is `make population`. Bounds are wide since few programmes say little; what they hold is that nobody
brings back the rules that asked in every second week.
"""

import pytest

from bench.population.chances import ONSET, PROBLEMS
from bench.population.judging import walk, within
from bench.population.programme import Programme
from workbook.model.catalogue import BY_ID, TRIGGERS

SEED = 31000
#: Per cent of scope-weeks in which each may ask where nothing is wrong; raised alone for S1.
AT_MOST = {"S1": 15, "S2": 3, "S3": 25, "S9": 5, "P3": 15, "F7": 30}


@pytest.fixture(scope="module")
def shares():
    """Of two programmes of 80 staff: in how many scope-weeks each trigger asks, and in how many it is raised."""
    asks, raised, judged = ({t.id: 0 for t in TRIGGERS} for _ in range(3))
    for n in range(2):
        triggers = [BY_ID[t] for t in AT_MOST]
        for _, asking, scopes in walk(Programme(SEED + n, 80, slips=False), 0, triggers):
            for trigger, _ in scopes:
                judged[trigger] += 1
            for (trigger, _), (state, _) in asking.items():
                asks[trigger] += 1
                raised[trigger] += state == "raised"
    return {t: ((raised if t == "S1" else asks)[t], judged[t]) for t in AT_MOST}


@pytest.mark.parametrize("trigger", AT_MOST)
def test_a_trigger_asks_seldom_where_nothing_is_wrong(shares, trigger):
    asked, of = shares[trigger]
    assert of > 50
    assert 100 * asked / of <= AT_MOST[trigger]


@pytest.mark.parametrize("problem", ["new form", "other advice", "workaround", "hours halved", "issue recurs"])
def test_a_planted_problem_is_found_within_eight_weeks(problem):
    trigger, delays = BY_ID[PROBLEMS[problem]], []
    for n in range(3):
        programme = Programme(SEED + n, 80, problem=problem)
        weeks = walk(programme, ONSET, [trigger])
        hits = (week - ONSET + 1 for week, asks, _ in weeks if any(ids & programme.planted for _, ids in asks.values()))
        delays.append(next(hits, None))
    assert within(delays, 8) >= 2 / 3


def test_the_same_seed_gives_the_same_programme():
    assert Programme(SEED, 15).rows == Programme(SEED, 15).rows
    assert Programme(SEED, 15).rows != Programme(SEED + 1, 15).rows
