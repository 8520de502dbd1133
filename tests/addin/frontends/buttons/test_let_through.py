"""Texts that may identify a person stop a document; the button asks which of them may stand in it, by ticks."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from addin.frontends.buttons.actions import act
from addin.frontends.buttons.situation import Situation
from addin.hosts.file.host import ClosedHost
from addin.output.masterbook import write_master
from workbook.blueprint import plan_book
from workbook.example import simulate
from workbook.model.registers import History

WHEN = dt.datetime(2026, 6, 30, 9, 0, tzinfo=dt.UTC)
LETTER = "documents:supplier-letter"
NUMBER = "Ring the daughter on 07700 900123."


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """An example in which each issue's description gives somebody's telephone number."""
    path = tmp_path_factory.mktemp("let") / "example.xlsx"
    example = simulate()
    issues = [dict(row, Description=NUMBER) for row in example.tables["ImprovementLog"]]
    write_master(path, plan_book({**example.tables, "ImprovementLog": issues}, example.until))
    return path.read_bytes()


@pytest.fixture
def at(told, tmp_path):
    path = tmp_path / "example.xlsx"
    path.write_bytes(told)
    return Situation(ClosedHost(path), path, WHEN.date(), WHEN, "me", path.parent / "Documents")


def ticking(at, answer):
    """The situation in which a person ticks what `answer` gives of the lines; and what was asked."""
    asked = []
    return replace(at, choose=lambda question: asked.append(question) or answer(question.lines)), asked


def letters(at):
    return list((at.path.parent / "Documents").glob("*supplier-letter*.docx"))


def let_through(at):
    return [(h.entry_id, h.in_column) for h in at.host.read().rows(History) if "let through" in (h.after or "")]


def test_nothing_is_ticked_at_first_and_each_line_says_where_the_text_stands(at):
    ready, asked = ticking(at, lambda _lines: None)
    before = at.path.read_bytes()
    assert act(LETTER, ready).brief == "No document was made."
    (question,) = asked
    assert question.several
    assert list(question.unticked) == list(range(len(question.lines)))
    assert all("Description (sheet Improvement log)" in line for line in question.lines)
    assert at.path.read_bytes() == before


def test_what_is_ticked_stands_in_it_and_the_change_history_keeps_that(at):
    ready, asked = ticking(at, lambda lines: list(range(len(lines))))
    done = act(LETTER, ready)
    assert len(letters(at)) == 1
    assert letters(at)[0].name in done.message
    assert sorted(let_through(at)) == sorted((line.split(",")[0], "Description") for line in asked[0].lines)


@pytest.mark.parametrize("ticks", ["none", "all but one"])
def test_without_a_tick_for_each_it_is_not_made_and_says_why(at, ticks):
    ready, asked = ticking(at, lambda lines: [] if ticks == "none" else list(range(1, len(lines))))
    done = act(LETTER, ready)
    assert letters(at) == []
    assert asked[0].lines[0] in done.message
    assert let_through(at) == []


def test_where_no_text_stops_it_nothing_is_asked(at):
    example = simulate()
    at.path.unlink()
    write_master(at.path, plan_book(example.tables, example.until))
    ready, asked = ticking(replace(at, host=ClosedHost(at.path)), lambda _lines: None)
    act(LETTER, ready)
    assert (asked, len(letters(at))) == ([], 1)
