"""The rules against what the simulation did: walked week by week, both ways."""

import datetime as dt

import pytest

from tests.support.builders import raw_table
from workbook.example import UNTIL, simulate
from workbook.model.catalogue import TRIGGERS
from workbook.model.raw import RawBook
from workbook.model.reading import read_book
from workbook.model.registers import BY_TABLE
from workbook.model.view import View
from workbook.rules.triggers import evaluate


def snapshot(example):
    tables = []
    for table, rows in example.tables.items():
        headers = ("Setting", "Value") if table == "Programme" else BY_TABLE[table].headers()
        tables.append(raw_table(table, headers, [[row.get(h) for h in headers] for row in rows]))
    return read_book(RawBook("example.xlsx", tables))


def asking(snap, day):
    results = evaluate(View(snap, day))
    return {(r.trigger, r.scope.id) for r in results if r.state.value in ("raised", "watch")}


def walk(example, weeks):
    """(found and planted, found alone, planted alone) over the Tuesdays of the programme."""
    snap = snapshot(example)
    both = found_alone = planted_alone = 0
    for week in range(weeks + 1):
        day = example.until - dt.timedelta(weeks=week)
        found = asking(snap, day)
        planted = {(p.trigger, p.scope) for p in example.planted if p.first <= day <= p.last}
        both += len(found & planted)
        found_alone += len(found - planted)
        planted_alone += len(planted - found)
    return both, found_alone, planted_alone


@pytest.mark.parametrize(("seed", "weeks"), [(7, 20), (1, 20), (2, 20), (11, 30)])
def test_the_rules_find_what_was_planted_and_little_else(seed, weeks):
    example = simulate(seed=seed, weeks=weeks)
    both, found_alone, planted_alone = walk(example, weeks)
    assert both > 100
    assert both / (both + found_alone) >= 0.95
    assert both / (both + planted_alone) >= 0.95


@pytest.mark.parametrize("seed", [7, 1, 2])
def test_every_trigger_is_planted_and_comes_up_over_20_weeks(seed):
    example = simulate(seed=seed)
    snap = snapshot(example)
    seen = set()
    for week in range(21):
        seen |= {trigger for trigger, _ in asking(snap, UNTIL - dt.timedelta(weeks=week))}
    assert {p.trigger for p in example.planted} == seen == {t.id for t in TRIGGERS}


def test_the_last_day_shows_a_handful_raised_and_most_quiet():
    results = evaluate(View(snapshot(simulate()), UNTIL))
    states = [r.state.value for r in results]
    assert 6 <= states.count("raised") <= 10
    assert 3 <= states.count("watch") <= 10
    assert states.count("clear") > len(states) / 2
