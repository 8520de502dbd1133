"""Import by a button: lists chosen, shown as they would come in, written on a yes, and taken back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from addin.frontends.buttons.actions import act
from addin.frontends.buttons.situation import Situation
from addin.hosts.file.host import ClosedHost
from addin.output.masterbook import write_master
from tests.support.intake import entry, text_of
from workbook.blueprint import plan_book
from workbook.example import simulate
from workbook.model.errors import HostCannot, SourceUnusable
from workbook.model.registers import ImportProblems, SupportLog

WHEN = dt.datetime(2026, 6, 30, 9, 0, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("lists") / "example.xlsx"
    example = simulate()
    write_master(path, plan_book(example.tables, example.until))
    return path.read_bytes()


@pytest.fixture
def at(made, tmp_path):
    path = tmp_path / "home" / "example.xlsx"
    downloads = tmp_path / "Downloads"
    path.parent.mkdir()
    downloads.mkdir()
    path.write_bytes(made)
    return Situation(ClosedHost(path), path, WHEN.date(), WHEN, "me", tmp_path / "Documents", downloads=downloads)


def answering(at, *choices, says_yes=True):
    """Each choice by the beginning of its line; what was asked, in turn."""
    asked, left = [], list(choices)

    def choose(question):
        asked.append(question)
        begins = left.pop(0)
        return begins and [n for n, line in enumerate(question.lines) if line.startswith(begins)]

    return replace(at, choose=choose, ask=lambda words: asked.append(words) or says_yes), asked


def test_a_download_is_shown_written_on_a_yes_and_taken_back(at):
    rows = [entry(), entry(Outcome="Nowhere")]
    (at.downloads / "june.csv").write_text(text_of(rows), encoding="utf-8")
    before = len(at.host.read().rows(SupportLog))
    ready, asked = answering(at, "june.csv", "Support log")
    done = act("import", ready)
    files, registers, shown = asked
    assert files.unticked == (0,), "nothing comes in that nobody chose"
    assert files.lines[0].startswith("june.csv, in Downloads, of ")
    assert registers.lines[0] == "Support log", "what fits best comes first"
    assert "1 would come in" in shown
    assert "1 would be set aside" in shown
    assert "Row 3: Outcome" in shown
    assert done.brief.startswith("1 entry came in. 1 is set aside")
    assert len(at.host.read().rows(SupportLog)) == before + 1
    at.host.apply(done.inverse, who="me", when=WHEN)
    assert len(at.host.read().rows(SupportLog)) == before


def test_what_was_put_right_among_the_problems_is_taken_in(at):
    (at.downloads / "june.csv").write_text(text_of([entry(Service="ELM")]), encoding="utf-8")
    ready, _ = answering(at, "june.csv", "Support log")
    act("import", ready)
    (line,) = at.host.read().rows(ImportProblems)
    assert "ELM" in line.entry
    ready, asked = answering(at, "What was put right")
    told = act("import", ready)
    assert "nothing new" in told.message
    assert "1 entry stands" in asked[0].words


def test_without_a_yes_or_a_choice_nothing_is_written(at):
    (at.path.parent / "june.csv").write_text(text_of([entry()]), encoding="utf-8")
    before = at.path.read_bytes()
    for choices, says_yes in ((("june.csv", "Support log"), False), ((None,), True), ((("june.csv"), None), True)):
        ready, _ = answering(at, *choices, says_yes=says_yes)
        assert act("import", ready).inverse is None
    assert at.path.read_bytes() == before


def test_what_is_asked_of_a_list_is_asked_in_the_window(at):
    rows = [entry(Date=f"03/0{n}/2026") for n in (4, 5)]
    (at.downloads / "two ways.csv").write_text(text_of(rows), encoding="utf-8")
    ready, asked = answering(at, "two ways.csv", "Support log", "The month")
    done = act("import", ready)
    assert "03/04/2026" in asked[2].words
    assert done.brief.startswith("2 entries came in")
    assert {row.date for row in at.host.read().rows(SupportLog)} >= {dt.date(2026, 3, 4), dt.date(2026, 3, 5)}


def test_a_folder_that_may_not_be_looked_into_offers_nothing(at, monkeypatch):
    (at.path.parent / "june.csv").write_text(text_of([entry()]), encoding="utf-8")
    (at.downloads / "july.csv").write_text(text_of([entry()]), encoding="utf-8")
    looked = Path.iterdir

    def refuses(folder):
        if folder == at.downloads:
            raise PermissionError
        return looked(folder)

    monkeypatch.setattr(Path, "iterdir", refuses)
    ready, asked = answering(at, None)
    act("import", ready)
    assert [line.split(",")[0] for line in asked[0].lines] == ["june.csv"]


def test_only_lists_are_offered_and_a_bad_one_stops_in_words(at, tmp_path):
    for name in ("~$june.xlsx", ".~lock.june.csv#", "june.docx"):
        (at.downloads / name).write_text("x", encoding="utf-8")
    (at.downloads / "linked.csv").symlink_to(tmp_path / "nothing.csv")
    assert "No list was found" in act("import", at).message, "nor is the workbook itself one"
    (at.downloads / "picture.csv").write_bytes(b"\x89PNG\r\n\x1a\n")
    ready, _ = answering(at, "picture.csv", "Support log")
    with pytest.raises(SourceUnusable, match="a picture"):
        act("import", ready)
    with pytest.raises(HostCannot, match="no folder"):
        act("import", replace(at, path=None))
