"""Corrections: each one that is made is right, what may be right is left alone, and one step makes them all."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter

import pytest

from addin.hosts.memory import MemoryBook, MemoryHost
from tests.support.builders import AS_OF, PEOPLE, apart, book, day, raw_book
from tests.support.mistakes import MISTAKES, ODD, planted
from workbook.answers.corrections import Sort, fixed, proposed
from workbook.model.cells import canonical
from workbook.model.reading import read_book
from workbook.model.registers import Checks, History, WorkforcePlan
from workbook.rules import checks

WHEN = dt.datetime(2026, 6, 30, 9, 0, tzinfo=dt.UTC)
ALPHA, BETA = "Champion Alpha", "Champion Beta"


def same(one, other):
    words = {True: "Yes", False: "No"}
    return canonical(words.get(one, one) if type(one) is bool else one) == canonical(
        words.get(other, other) if type(other) is bool else other
    )


def found(**tables):
    """Before, after and whether it is certain, of each correction of a workbook."""
    return [(c.before, c.after, c.certain) for c in proposed(book(**tables), AS_OF)]


# -- all of it, drawn from seeds ------------------------------------------------------------------------------------


def test_of_five_hundred_mistakes_every_correction_is_right():
    made, right, missed = Counter(), Counter(), Counter()
    for seed in range(6):
        sheaf = planted(MISTAKES, seed, each=7)
        corrections = {
            (c.row.table, c.row.ordinal, c.column.header): c for c in proposed(read_book(sheaf.raw()), sheaf.until)
        }
        for cell, mistake in sheaf.planted.items():
            made[mistake.sort] += 1
            correction = corrections.pop(tuple(cell), None)
            if correction is not None and correction.certain:
                assert same(correction.after, mistake.right), mistake
                right[mistake.sort] += 1
            elif not same(mistake.typed, mistake.right):
                missed[mistake.sort] += 1
        assert not corrections, "only what was planted is corrected"
    assert made.total() >= 500
    assert {sort for sort in made if not sort.startswith("?")} <= right.keys()
    assert sum(n for sort, n in missed.items() if not sort.startswith("?")) < made.total() // 50


def test_of_five_hundred_odd_entries_that_are_right_none_is_changed():
    odd = Counter()
    for seed in range(4):
        sheaf = planted(ODD, seed, each=20)
        odd.update(p.sort for p in sheaf.planted.values())
        assert [c.line for c in proposed(read_book(sheaf.raw()), sheaf.until) if c.certain] == []
    assert odd.total() >= 500
    assert set(odd) == set(ODD)


@pytest.mark.parametrize("seed", [1, 2])
def test_one_step_makes_them_and_brings_the_findings_up_to_date(seed):
    sheaf = planted(MISTAKES, seed, each=4)
    host = MemoryHost(MemoryBook.of(apart(sheaf.raw())))
    before, cells = host.read(), dict(host.book.cells)
    certain = [c for c in proposed(before, sheaf.until) if c.certain]
    changes, left = fixed(before, certain, sheaf.until)
    inverse = host.apply(changes, who="me", when=WHEN)
    after = host.read()
    assert [c for c in proposed(after, sheaf.until) if c.certain] == []
    findings = checks.run(after, sheaf.until)
    assert findings == left
    assert len(after.rows(Checks)) == len(checks.listed(findings))
    assert not checks.changes(after, findings), "a check finds nothing to write"
    host.apply(inverse, who="me", when=WHEN)
    assert entries(host.book.cells) == entries(cells)


def entries(cells):
    return {place: cell for place, cell in cells.items() if cell is not None and place[0] != History.sheet}


# -- each sort, and its near miss -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "after", "certain"),
    [
        ("13/04/2026", dt.date(2026, 4, 13), True),
        ("13.4.26", dt.date(2026, 4, 13), True),
        (46125, dt.date(2026, 4, 13), True),
        ("13/04/2062", dt.date(2062, 4, 13), False),
        ("13 April 1962", dt.date(1962, 4, 13), False),
        (30626, dt.date(1983, 11, 6), False),
        ("03/08/2026", dt.date(2026, 3, 8), False),
    ],
)
def test_dates(typed, after, certain):
    assert found(SupportLog=[{"Date": typed}]) == [(typed, after, certain)]


@pytest.mark.parametrize("typed", ["03/04/2026", "31/02/2026", "5 May", "soon", "13/04/1026", dt.datetime(2026, 4, 13)])
def test_what_may_be_another_day_stays(typed):
    assert found(SupportLog=[{"Date": typed}]) == []


@pytest.mark.parametrize(
    ("typed", "after", "certain"),
    [
        ("Resovled", "Resolved", True),
        ("resolved", "Resolved", True),
        ("Res\u200bolved", "Resolved", True),
        ("Resolved.", "Resolved", True),
    ],
)
def test_choices(typed, after, certain):
    assert found(SupportLog=[{"Outcome": typed}]) == [(typed, after, certain)]


def test_a_word_of_another_list_is_no_misspelling():
    assert found(WorkforcePlan=[{"Status": "Passed"}]) == [("Passed", "Paused", False)]
    assert found(SupportLog=[{"Outcome": "Solved"}]) == []


def test_two_words_that_are_as_near_are_left_to_the_person():
    assert (
        found(lists={"Shifts": ["Early", "Late", "Lane", "Night", "Day", "Weekend"]}, SupportLog=[{"Shift": "Lace"}])
        == []
    )


@pytest.mark.parametrize(
    ("typed", "certain"),
    [
        ("Champion Alpha", True),
        ("champion  ALPHA", True),
        ("DC-1", True),
        ("dc 001", True),
        ("DC001", True),
        ("DC-001 \u00b7 Champion Alpha", True),
        ("Champion Alpha (DC-001)", True),
        ("DC-0001", False),
    ],
)
def test_who_is_meant(typed, certain):
    assert found(SupportLog=[{"Champion ID": typed}]) == [(typed, "DC-001", certain)]


@pytest.mark.parametrize(
    "typed", ["Champion Beta", "Champion", "DC-009", "DC-001 and DC-002", "Champion Beta (DC-001)"]
)
def test_who_is_not_known_stays(typed):
    assert found(SupportLog=[{"Champion ID": typed}]) == []


def test_a_name_that_two_champions_have_stays():
    assert found(WorkforcePlan=[{}, {}], SupportLog=[{"Champion ID": ALPHA}]) == []


def test_of_several_in_a_cell_only_the_wrong_ones_change():
    typed = "SU-1;SU-0002,  su-0003"
    three = [{}, {"Staff member": "Carer Two"}, {"Staff member": "Carer Three"}]
    assert found(SupportLog=three, ImprovementLog=[{"Linked support": typed}]) == [
        (typed, "SU-0001;SU-0002,  SU-0003", True)
    ]
    assert found(SupportLog=three, ImprovementLog=[{"Linked support": "SU-0001;SU-0002"}]) == []
    assert found(SupportLog=three, ImprovementLog=[{"Linked support": "SU-1, SU-0099"}]) == []


def test_a_week_is_named_by_its_monday_unless_another_may_be_meant():
    tuesday, saturday, monday = dt.date(2026, 6, 23), dt.date(2026, 6, 27), dt.date(2026, 6, 22)
    assert found(ProtectedTime=[{"Week commencing": tuesday}]) == [(tuesday, monday, True)]
    assert found(ProtectedTime=[{"Week commencing": "23 June 2026"}]) == [("23 June 2026", monday, True)]
    assert found(ProtectedTime=[{"Week commencing": saturday}]) == [(saturday, monday, False)]
    both = found(ProtectedTime=[{"Week commencing": tuesday}, {"Week commencing": monday}])
    assert both == [(tuesday, monday, False)], "the week is there already"
    assert found(ProtectedTime=[{"Week commencing": monday}]) == []


def test_blanks():
    assert found(SupportLog=[{"Guidance followed": "n/a"}]) == [("n/a", None, True)]
    assert found(SupportLog=[{"Coaching given": "none"}]) == [("none", None, False)]
    assert found(SupportLog=[{"What happened": "N/A"}]) == [], "it must be filled in"


def test_ids_of_entries():
    assert found(SupportLog=[{"Support ID": "su-0001"}]) == [("su-0001", "SU-0001", True)]
    assert found(SupportLog=[{"Support ID": "SU-1"}]) == [("SU-1", "SU-0001", True)]
    assert found(SupportLog=[{"Support ID": "SU-1"}, {"Support ID": "SU-0001", "Staff member": "Carer Two"}]) == []
    named = {"SupportLog": [{"Support ID": "SU-1"}], "ConfidenceTracker": [{"Support ID": "SU-1"}]}
    assert found(**named) == [], "another entry names it"


def test_a_corrected_id_is_followed_by_those_that_name_it():
    snapshot = book(WorkforcePlan=[{"Champion ID": "dc-001"}], SupportLog=[{}])
    corrections = proposed(snapshot, AS_OF)
    host = MemoryHost(MemoryBook.of(apart(raw_book(WorkforcePlan=[{"Champion ID": "dc-001"}], SupportLog=[{}]))))
    changes, left = fixed(host.read(), corrections, AS_OF)
    host.apply(changes, who="me", when=WHEN)
    after = host.read()
    assert after.rows(WorkforcePlan)[0].champion_id == "DC-001"
    assert checks.run(after, AS_OF) == left
    assert proposed(after, AS_OF) == []


def test_people_are_spelt_as_they_are_known():
    lead = PEOPLE[0]["Person"]
    assert found(StartSignOff=[{"Reviewed by": "project lead one"}]) == [("project lead one", lead, True)]
    assert found(StartSignOff=[{"Reviewed by": "Project Laed One"}]) == [("Project Laed One", lead, False)]
    assert found(StartSignOff=[{"Reviewed by": "Somebody Else"}]) == []


def test_a_formula_is_never_written_over():
    raw = raw_book(SupportLog=[{"Outcome": "resolved"}])
    tables = list(raw.tables)
    at = next(n for n, t in enumerate(tables) if t.table == "SupportLog")
    column = tables[at].headers.index("Outcome")
    tables[at] = dataclasses.replace(tables[at], formulas=frozenset({(0, column)}))
    assert proposed(read_book(dataclasses.replace(raw, tables=tables)), AS_OF) == []


def test_what_was_put_right_is_named_in_the_history():
    host = MemoryHost(MemoryBook.of(apart(raw_book(SupportLog=[{"Outcome": "resovled", "Date": day(-1)}]))))
    before = host.read()
    changes, _ = fixed(before, proposed(before, AS_OF), AS_OF)
    host.apply(changes, who="me", when=WHEN)
    (line,) = [row for row in host.read().rows(History) if row.in_column == "Outcome"]
    assert (line.command, line.entry_id, line.before, line.after) == ("fix", "SU-0001", "resovled", "Resolved")


def test_nothing_is_written_where_nothing_is_chosen():
    changes, left = fixed(book(SupportLog=[{"Outcome": "resovled"}]), [], AS_OF)
    assert not changes
    assert [f.code for f in left] == ["not-in-list"]


def test_each_sort_has_a_correction():
    sheaf = planted(MISTAKES, 1, each=7)
    sorts = {c.sort for c in proposed(read_book(sheaf.raw()), sheaf.until)}
    assert sorts | {Sort.IDS} == set(Sort)
