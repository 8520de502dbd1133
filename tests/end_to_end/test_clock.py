"""Runs whose clock or day is wrong: words, and nothing that comes after is stopped."""

import datetime as dt
import json
import shutil

import pytest

from addin.frontends.terminal import main, session
from addin.output.masterbook import write_master
from workbook.blueprint import plan_book
from workbook.example import simulate

DAY = dt.date(2026, 6, 30)


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    path = tmp_path_factory.mktemp("made") / "book.xlsx"
    write_master(path, plan_book(simulate(weeks=20, until=DAY).tables, DAY))
    return path


@pytest.fixture
def book(example, tmp_path):
    return shutil.copy(example, tmp_path / "book.xlsx")


@pytest.fixture
def clock(monkeypatch):
    """Sets the clock that commands look at."""

    def at(day):
        class Clock(dt.datetime):
            @classmethod
            def now(cls, tz=None):
                return cls(day.year, day.month, day.day, 12, tzinfo=tz)

        class Module:
            date, datetime, UTC = dt.date, Clock, dt.UTC

        monkeypatch.setattr(session, "dt", Module)

    return at


def test_a_clock_far_ahead_leaves_the_memory_as_it_is_and_says_so(book, clock, capsys):
    before = book.read_bytes()
    clock(dt.date(2099, 1, 1))
    assert main(["triggers", str(book), "--json"]) in {0, 1}
    said = capsys.readouterr()
    assert json.loads(said.out)["as_of"] == "2099-01-01"
    assert "more than a year after everything" in said.err
    assert book.read_bytes() == before
    clock(DAY)
    assert main(["triggers", str(book)]) in {0, 1}
    assert book.read_bytes() != before
    assert capsys.readouterr().err == ""


def test_a_day_given_by_hand_confirms_it_and_an_earlier_one_looks_back_in_words(book, clock, capsys):
    before = book.read_bytes()
    clock(dt.date(2099, 1, 1))
    assert main(["triggers", str(book), "--as-of", "2099-01-01"]) in {0, 1}
    written = book.read_bytes()
    assert written != before
    clock(DAY)
    capsys.readouterr()
    for words in ([], ["--json"]):
        assert main(["triggers", str(book), *words]) in {0, 1}
        assert "looked back" in capsys.readouterr().err
    assert book.read_bytes() == written
    assert main(["check", str(book), "--json"]) == 1
    assert "remembered-in-future" in {f["code"] for f in json.loads(capsys.readouterr().out)["findings"]}


@pytest.mark.parametrize("command", ["check", "triggers", "documents"])
@pytest.mark.parametrize(("days", "refused"), [(0, False), (1, False), (2, True), (30_000, True)])
def test_nothing_is_written_as_of_a_day_that_has_not_come(book, clock, capsys, command, days, refused):
    if command == "documents" and not refused:
        pytest.skip("the same way as the others, and slow")
    clock(DAY)
    before = book.read_bytes()
    code = main([command, str(book), "--as-of", (DAY + dt.timedelta(days=days)).isoformat()])
    assert (code == 2) == refused
    assert ("has not come yet" in capsys.readouterr().err) == refused
    assert (book.read_bytes() == before) == refused


def test_looking_ahead_is_free(book, clock):
    clock(DAY)
    assert main(["triggers", str(book), "--as-of", "2030-01-01", "--no-write"]) in {0, 1}
    assert main(["week", str(book), "--as-of", "2030-01-01"]) == 0
