"""Reading minutes by a button: chosen, shown as it would be written, written on a yes, and taken back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn

from addin.frontends.buttons.actions import act
from addin.frontends.buttons.situation import Situation
from addin.hosts.file.host import ClosedHost
from addin.output.masterbook import write_master
from workbook.blueprint import plan_book
from workbook.example import simulate
from workbook.model.errors import HostCannot
from workbook.model.registers import BoardDecisions

WHEN = dt.datetime(2026, 6, 30, 9, 0, tzinfo=dt.UTC)
#: The day for which the example's board has its next meeting.
MEETING = dt.date(2026, 7, 9)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """An example with minutes made from it: the workbook, and the minutes."""
    path = tmp_path_factory.mktemp("minutes") / "example.xlsx"
    example = simulate()
    write_master(path, plan_book(example.tables, example.until))
    at = situation(path)
    act("documents:board-minutes", at)
    (minutes,) = (path.parent / "Documents").glob("*.docx")
    return path.read_bytes(), minutes.read_bytes()


def situation(path):
    return Situation(ClosedHost(path), path, WHEN.date(), WHEN, "me", path.parent / "Documents")


@pytest.fixture
def at(made, tmp_path):
    book, minutes = made
    path = tmp_path / "example.xlsx"
    path.write_bytes(book)
    (tmp_path / "Documents").mkdir()
    blank = tmp_path / "Documents" / "2026-06-30 board-minutes programme.docx"
    blank.write_bytes(minutes)
    return replace(situation(path), as_of=MEETING)


def fill(at):
    """Types a decision into the first block, as a person does."""
    (path,) = (at.path.parent / "Documents").glob("*board-minutes*.docx")
    page = docx.Document(str(path))
    for start, words in (("champions:decision", "Ask for a fix."), ("champions:action", "Supplier engagement")):
        tag = next(t for t in page.element.body.iter(qn("w:tag")) if t.get(qn("w:val")).startswith(start))
        first, *others = tag.getparent().getparent().iter(qn("w:t"))
        first.text = words
        for other in others:
            other.text = ""
    page.save(str(path))


def answering(at, *, chosen=(0,), says_yes=True):
    asked = []
    answers = {
        "ask": lambda words: asked.append(words) or says_yes,
        "choose": lambda q: asked.append(q) or list(chosen),
    }
    return replace(at, **answers), asked


def decisions(at):
    return [d.decision for d in at.host.read().rows(BoardDecisions)]


def test_what_was_filled_in_is_shown_and_written_on_a_yes_and_taken_back(at):
    fill(at)
    before = decisions(at)
    ready, asked = answering(at)
    done = act("read-minutes", ready)
    question, shown = asked
    assert question.lines == ("2026-06-30 board-minutes programme.docx",)
    assert "New: " in shown
    assert "Ask for a fix." in shown
    assert decisions(at) == [*before, "Ask for a fix."]
    assert "written" in done.brief
    at.host.apply(done.inverse, who="me", when=WHEN)
    assert decisions(at) == before


def test_without_a_yes_nothing_is_written(at):
    fill(at)
    before = at.path.read_bytes()
    ready, _ = answering(at, says_yes=False)
    assert act("read-minutes", ready).inverse is None
    assert at.path.read_bytes() == before
    nothing, asked = answering(at, chosen=())
    assert act("read-minutes", nothing).inverse is None
    assert len(asked) == 1


def test_blank_minutes_and_a_second_reading_bring_nothing(at):
    ready, asked = answering(at)
    assert act("read-minutes", ready).message == "Nothing was filled in."
    fill(at)
    act("read-minutes", ready)
    again = act("read-minutes", ready)
    assert again.inverse is None
    assert len([a for a in asked if isinstance(a, str)]) == 1


def test_other_documents_and_links_are_refused_in_words(at, tmp_path):
    act("documents:governance-review", at)
    folder = at.path.parent / "Documents"
    (folder / "elsewhere.docx").symlink_to(tmp_path / "nothing.docx")
    ready, asked = answering(at, chosen=(1,))
    done = act("read-minutes", ready)
    assert asked[0].lines[0].endswith("board-minutes programme.docx")
    assert "elsewhere.docx" not in asked[0].lines
    assert "is no minutes but another document" in done.message


def test_an_empty_folder_says_what_to_do(at):
    for path in (at.path.parent / "Documents").iterdir():
        path.unlink()
    assert "fill them in" in act("read-minutes", at).message
    with pytest.raises(HostCannot, match="no folder"):
        act("read-minutes", replace(at, path=None))
