"""Excel's own limits: each rule refuses a workbook made to break it; nothing that we make breaks one."""

from __future__ import annotations

import pytest

from tests.support.excel_limits import RULES, problems
from tests.support.excel_limits.breaking import BREAKS, DOCUMENT_BREAKS, parts_of, sound_document, sound_workbook, whole
from tests.support.made_files import ROOT


@pytest.fixture(scope="module")
def sound():
    return {True: sound_workbook(), False: sound_document()}


def test_what_breaks_nothing_is_taken(sound):
    assert problems(sound[True]) == []
    assert problems(sound[False]) == []


@pytest.mark.parametrize(
    ("name", "of_workbook"), [*((n, True) for n in BREAKS), *((n, False) for n in DOCUMENT_BREAKS)]
)
def test_what_is_made_to_break_a_rule_is_refused(name, of_workbook, sound):
    parts = parts_of(sound[of_workbook])
    (BREAKS if of_workbook else DOCUMENT_BREAKS)[name](parts)
    assert name in {p.rule for p in problems(whole(parts))}


@pytest.mark.parametrize("path", sorted(ROOT.glob("templates/*.docx")), ids=lambda p: p.name)
def test_no_template_breaks_a_rule(path):
    assert problems(path.read_bytes()) == []


def test_every_rule_has_a_source_and_a_workbook_that_breaks_it():
    assert len(RULES) >= 40
    assert {*RULES, "readable"} == {*BREAKS, *DOCUMENT_BREAKS}
    assert all(rule.source for rule in RULES.values())
