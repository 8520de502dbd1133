"""Patterns that are compiled when they are used."""

import re

import pytest

from workbook.model.late_patterns import late


def test_it_finds_what_the_compiled_one_finds():
    pattern, compiled = late("(a+)(b)?", re.IGNORECASE), re.compile("(a+)(b)?", re.IGNORECASE)
    text = "xAAby aa"
    assert [m.groups() for m in pattern.finditer(text)] == [m.groups() for m in compiled.finditer(text)]
    assert pattern.sub("-", text) == compiled.sub("-", text)
    assert (pattern.groups, pattern.pattern) == (2, "(a+)(b)?")
    assert late(b"b.").search(b"abc")[0] == b"bc"


def test_a_broken_one_says_so_when_it_is_used():
    broken = late("(")
    with pytest.raises(re.error):
        broken.search("x")
