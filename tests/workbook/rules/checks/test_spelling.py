"""Names that differ by spelling only, and names of different people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.rules.checks.spelling import are_variants, variants


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("carer eight", "carer eihgt"),
        ("carer eight", "carer eigh"),
        ("carer eight", "carer eights"),
        ("carer eight", "carer eigbt"),
        ("anne-marie ash", "anne marie ash"),
        ("zoë ash", "zoe ash"),
        ("o'neil birch", "oneil birch"),
    ],
)
def test_variants(one, other):
    assert are_variants(one, other)
    assert variants([other], [one]) == {other: [one]}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("carer 18", "carer 19"),
        ("carer a", "carer b"),
        ("staff 1 12", "staff 11 2"),
        ("carer nine", "carer fine"),
        ("carer four", "carer five"),
        ("carer one", "carer one two"),
        ("jon ash", "joe ash"),
        ("anna ash", "hannah ash"),
    ],
)
def test_different_people(one, other):
    assert not are_variants(one, other)
    assert variants([other], [one]) == {}


WORDS = st.text("abcde'1é", min_size=1, max_size=6)
NAMES = st.lists(st.lists(WORDS, min_size=1, max_size=3).map(" ".join), max_size=8, unique=True)


@given(NAMES)
def test_the_quick_way_finds_what_comparing_all_pairs_finds(names):
    slow = {a: {b for b in names if b != a and are_variants(a, b)} for a in names}
    assert {name: set(alike) for name, alike in variants(names, names).items()} == {a: b for a, b in slow.items() if b}
