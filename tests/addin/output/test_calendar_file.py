"""A calendar takes the place of a calendar of ours alone, and of the same workbook's."""

import dataclasses

import pytest

from addin.frontends.terminal.main import main
from tests.support.builders import AS_OF
from tests.support.builders import book as entries
from workbook.answers.review_calendar import calendar, is_ours, marks_of
from workbook.model.snapshot import ID_PROPERTY

DAY = ("--as-of", "2026-06-30")
FOREIGN = {
    "another program's": b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Other//EN\r\nEND:VCALENDAR\r\n",
    "told of in an event": (
        b"BEGIN:VCALENDAR\r\nPRODID:-//Other//EN\r\nBEGIN:VEVENT\r\n"
        b"PRODID:-//Champion Workbook//Reviews//EN\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    ),
    "ours within a text": b"Kept:\r\n" + calendar([], "", AS_OF).encode(),
    "notes": b"Ring the supplier.",
    "empty": b"",
}


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    path = tmp_path_factory.mktemp("example") / "book.xlsx"
    main(["new", str(path), "--example"])
    return path.read_bytes()


@pytest.fixture
def programme(example, tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(example)
    return path


def test_a_calendar_never_takes_the_place_of_the_workbook(programme, capsys):
    before = programme.read_bytes()
    assert main(["reviews", str(programme), *DAY, "--ics", str(programme)]) != 0
    assert programme.read_bytes() == before
    assert "no calendar that this program wrote" in capsys.readouterr().err


@pytest.mark.parametrize("kind", list(FOREIGN))
def test_a_file_that_is_not_ours_is_left(programme, kind, capsys):
    there = programme.parent / "mine.ics"
    there.write_bytes(FOREIGN[kind])
    assert main(["reviews", str(programme), *DAY, "--ics", str(there)]) != 0
    assert there.read_bytes() == FOREIGN[kind]
    assert "What to do: " in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["folder", "link to the workbook", "link to nothing"])
def test_what_is_no_file_is_left(programme, kind):
    there = programme.parent / "mine.ics"
    before = programme.read_bytes()
    if kind == "folder":
        there.mkdir()
    else:
        there.symlink_to(programme if "workbook" in kind else programme.parent / "none")
    assert main(["reviews", str(programme), *DAY, "--ics", str(there)]) != 0
    assert there.is_dir() or there.is_symlink()
    assert programme.read_bytes() == before


def test_a_calendar_of_ours_is_written_anew(programme):
    there = programme.parent / "reviews.ics"
    for _ in range(2):
        assert main(["reviews", str(programme), *DAY, "--ics", str(there)]) == 0
        assert is_ours(there.read_text("utf-8"))


def test_reminders_leave_a_calendar_of_somebody_elses(programme, capsys):
    folder = programme.parent / "Reminders"
    folder.mkdir()
    (folder / "Reviews.ics").write_bytes(FOREIGN["another program's"])
    for _ in range(2):
        assert main(["remind", str(programme), *DAY]) == 0
    assert (folder / "Reviews.ics").read_bytes() == FOREIGN["another program's"]
    assert sorted(p.name for p in folder.glob("*.ics")) == ["Reviews book.ics", "Reviews.ics"]
    assert "Reviews book.ics" in " ".join(capsys.readouterr().out.split())


def test_two_workbooks_in_one_folder_keep_their_reviews(programme, example):
    other = programme.parent / "other.xlsx"
    assert main(["new", str(other), "--example"]) == 0
    folder = programme.parent / "Reminders"
    for path in (programme, other, programme, other):
        assert main(["remind", str(path), *DAY]) == 0
    assert sorted(p.name for p in folder.glob("*.ics")) == ["Reviews other.ics", "Reviews.ics"]
    for path in folder.glob("*.ics"):
        assert "CANCELLED" not in path.read_text("utf-8")


def test_a_workbook_knows_its_calendar_once_a_run_gave_it_an_id():
    without = entries()
    given = dataclasses.replace(without, properties={**without.properties, ID_PROPERTY: "one"})
    assert marks_of(without)[0] in marks_of(given)
    assert marks_of(without)[0] != marks_of(given)[0]
