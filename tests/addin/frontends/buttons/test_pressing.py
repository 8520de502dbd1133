"""A press from beginning to end, in front of a pretended window: what is shown, and what is said when it fails."""

from __future__ import annotations

import datetime as dt
import stat
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from addin.frontends.buttons.pressing import press_in
from addin.frontends.buttons.situation import Place, Question
from addin.frontends.buttons.undo import Kept, LastPress
from addin.frontends.progress_window import Waiting
from addin.hosts.file.host import ClosedHost
from addin.output.masterbook import write_master
from tests.addin.frontends.buttons.test_actions import example  # noqa: F401 - its fixture
from workbook.blueprint import plan_book
from workbook.example import simulate
from workbook.model.cells import CellError
from workbook.model.changes import ChangeSet, ReplaceTable, RowRef, SetCell
from workbook.model.errors import StaleChanges
from workbook.model.registers import Checks, Triggers

WHEN = dt.datetime(2026, 6, 30, 9, 0, tzinfo=dt.UTC)


class WindowHost(ClosedHost):
    """A file that pretends to have a window."""

    def __init__(self, path):
        super().__init__(path)
        self.shown, self.selected = [], []

    def show(self, message):
        self.shown.append(message)

    def select(self, sheet, row, column):
        self.selected.append(Place(sheet, row, column))


@dataclass
class PretendedFront:
    """A window with one workbook."""

    path: Path
    said: list[str] = field(default_factory=list)
    opened: list[Path] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    chosen: Place | None = None
    asked: list[str] = field(default_factory=list)
    answers_yes: bool = False
    program: str = "LibreOffice"
    changed: bool = False
    copied: bytes = b""
    questions: list[Question] = field(default_factory=list)
    chooses: list[int] | None = None

    def show(self, path):
        self.opened.append(path)

    def choose(self, question):
        self.questions.append(question)
        return self.chooses

    def copy_to(self, place):
        place.write_bytes(self.copied)
        return bool(self.copied)

    def __post_init__(self):
        self.host, self.name = WindowHost(self.path), str(self.path)

    def open(self, path):
        self.opened.append(path)

    def ask(self, words):
        self.asked.append(words)
        return self.answers_yes

    def say(self, words):
        self.said.append(words)

    def progress(self, words):
        self.told.append(words)


@pytest.fixture
def front(example, tmp_path):  # noqa: F811
    path = tmp_path / "example.xlsx"
    path.write_bytes(example)
    return PretendedFront(path)


def press(front, pressed, **options):
    folder = front.path.parent
    press_in(front, pressed, when=WHEN, who="me", documents=folder / "mine", state=folder / "state", **options)


def test_check_opens_the_findings_and_says_one_line(front):
    press(front, "check")
    first = front.host.read().rows(Checks)[0]
    assert front.host.selected == [Place("Checks", first.sheet_row, 1)]
    (brief,) = front.host.shown
    assert "please look" in brief
    assert front.said == []


def test_what_is_being_done_is_told_and_ends(front):
    press(front, "check")
    assert any("Writing" in words for words in front.told)
    assert front.told[-1] == ""


def test_what_has_no_place_in_the_workbook_is_said(front):
    press(front, "week")
    assert front.said[0].startswith("1. ")
    press(front, "new")
    assert front.opened[0].exists()


def test_taken_back_and_brought_back(front):
    before = front.host.read()
    press(front, "check")
    after = front.host.read()
    press(front, "undo")
    assert front.host.shown[-1].startswith("Taken back: Check entries")
    back = front.host.read()
    assert [tuple(r) for r in back.rows(Checks)] == [tuple(r) for r in before.rows(Checks)]
    assert {n: t.check for n, t in back.tables.items()} == {n: t.check for n, t in before.tables.items()}
    press(front, "undo")
    again = front.host.read()
    assert [tuple(r) for r in again.rows(Checks)] == [tuple(r) for r in after.rows(Checks)]


def test_nothing_to_take_back(front):
    before = front.path.read_bytes()
    press(front, "undo")
    assert "Nothing that a button wrote" in front.said[0]
    assert front.path.read_bytes() == before


def test_what_people_entered_since_is_never_taken_back(front):
    known = {r.result_key for r in front.host.read().rows(Triggers)}
    press(front, "triggers")
    snapshot = front.host.read()
    row = next(r for r in snapshot.rows(Triggers) if r.result_key not in known)
    ref = RowRef(Triggers.table, row.id, row.ordinal)
    seen = SetCell(ref, Triggers.acknowledged_by.header, row.acknowledged_by, "Board Chair Cedar")
    front.host.apply(ChangeSet("typed", snapshot.fingerprint, (seen,)), who="me", when=WHEN)
    before = front.path.read_bytes()
    press(front, "undo")
    assert "“Board Chair Cedar” was entered in a row that would go" in front.said[-1]
    assert front.path.read_bytes() == before


def test_what_takes_back_is_kept_whole_and_for_its_person_alone(tmp_path):
    changes = ChangeSet(
        "undo of triggers",
        "abc",
        (
            SetCell(RowRef("Actions", "AC-001", 4), "Raised on", dt.date(2026, 1, 2), None),
            ReplaceTable(
                "Triggers",
                ("Key", "State"),
                ((1, CellError("#REF!")), (True, dt.datetime(2026, 1, 2, 3, 4))),
                {(0, "Key"): "'S'!A1"},
            ),
        ),
    )
    kept = LastPress(tmp_path / "state", "/some/book.xlsx")
    added = (RowRef("Actions", "AC-001", 4),)
    kept.keep(Kept(changes, added, WHEN, "digest"))
    assert kept.read() == (changes, added, WHEN, "digest", {})
    assert LastPress(tmp_path / "state", "/other/book.xlsx").read() is None
    (place,) = (tmp_path / "state").iterdir()
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    place.write_text("{", encoding="utf-8")
    assert kept.read() is None, "what can't be read is as none"


def test_an_error_is_said_with_what_to_do(front):
    front.path.write_bytes(b"no workbook")
    press(front, "check")
    (said,) = front.said
    assert "\n\n" in said
    assert "Traceback" not in said


def test_a_fault_of_ours_is_said_with_the_place_of_the_log(front, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    front.host.read = lambda: 1 / 0
    press(front, "check")
    (said,) = front.said
    assert "did not foresee" in said
    assert "faults.log" in said


def test_changed_meanwhile_it_computes_once_more_and_then_refuses(front):
    real, tries = front.host.apply, []

    def apply(changes, **about):
        tries.append(changes)
        if len(tries) == 1:
            raise StaleChanges("It changed.")
        return real(changes, **about)

    front.host.apply = apply
    press(front, "check")
    assert (len(tries), front.said) == (2, [])
    assert front.host.read().rows(Checks)

    def never(changes, **about):
        raise StaleChanges("It changed again.")

    front.host.apply = never
    press(front, "triggers")
    assert front.said == ["It changed again."]
    assert not front.host.read().rows(Triggers)


def test_a_person_who_presses_stop_leaves_nothing_half_written(front):
    code = "import time; time.sleep(0.3); print('stop', flush=True); input()"
    window = [sys.executable, "-c", code]
    reading = front.host.read

    def slowly():
        import time

        time.sleep(1.5)
        return reading()

    front.host.read = slowly
    before = front.path.read_bytes()
    press(front, "check", waiting=lambda label: Waiting(label, patience=0, window=window))
    assert "stopped. Nothing was changed" in front.said[0]
    assert front.path.read_bytes() == before


@pytest.mark.parametrize("yes", [True, False])
def test_a_clock_far_ahead_is_asked_about_before_triggers_are_written(front, yes):
    before = front.path.read_bytes()
    front.answers_yes = yes
    folder = front.path.parent
    far = WHEN.replace(year=2099)
    press_in(front, "triggers", when=far, who="me", documents=folder / "mine", state=folder / "state")
    assert len(front.asked) == 1
    assert "more than a year after everything" in front.asked[0]
    assert (front.path.read_bytes() != before) == yes
    assert yes or "Nothing was written" in front.said[0]


def test_a_press_that_only_looks_back_says_so(front):
    press(front, "triggers")
    written = front.path.read_bytes()
    folder = front.path.parent
    early = WHEN - dt.timedelta(days=30)
    press_in(front, "triggers", when=early, who="me", documents=folder / "mine", state=folder / "state")
    assert "looked back" in front.said[-1]
    assert not front.asked
    assert front.path.read_bytes() == written


def with_documents_elsewhere(front, folder):
    made = simulate()
    front.path.unlink()
    told = {"Documents folder": str(folder)}
    settings = [row | {"Value": told.get(row["Setting"], row["Value"])} for row in made.tables["Programme"]]
    write_master(front.path, plan_book(made.tables | {"Programme": settings}, made.until))
    front.host = WindowHost(front.path)


def test_documents_go_elsewhere_only_after_a_yes_which_is_kept(front, tmp_path_factory):
    elsewhere, beside = tmp_path_factory.mktemp("elsewhere") / "board", front.path.parent / "Documents"
    with_documents_elsewhere(front, elsewhere)
    press(front, "documents:board-minutes")
    assert str(elsewhere) in front.asked[0]
    assert len(list(beside.iterdir())) == 1
    assert not elsewhere.exists()
    assert "outside the workbook's folder" in front.said[-1]

    front.answers_yes = True
    press(front, "documents:board-minutes")
    press(front, "documents:board-minutes")
    assert len(front.asked) == 2, "no is asked again, yes is not"
    assert len(list(elsewhere.iterdir())) == 2
    assert len(list(beside.iterdir())) == 1


def test_a_yes_for_one_folder_is_none_for_another(front, tmp_path_factory):
    front.answers_yes = True
    for name in ("one", "two"):
        with_documents_elsewhere(front, tmp_path_factory.mktemp("elsewhere") / name)
        press(front, "documents:board-minutes")
    assert len(front.asked) == 2


def test_nobody_is_asked_about_another_computer(front):
    front.answers_yes = True
    with_documents_elsewhere(front, "\\\\server\\share")
    press(front, "documents:board-minutes")
    assert front.asked == []
    assert "another computer" in front.said[-1]
