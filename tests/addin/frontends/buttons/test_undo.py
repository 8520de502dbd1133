"""The press whose process died while it wrote: what takes back is of the press that the workbook holds."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from addin.frontends.buttons.pressing import press_in
from addin.frontends.buttons.undo import LastPress, own_state
from addin.frontends.terminal.main import main
from addin.hosts.apply.rows import Rows
from addin.hosts.apply.written import body_digest
from addin.hosts.office.host import LiveHost
from addin.hosts.office.surface import OpenSurface
from tests.addin.frontends.buttons.test_actions import example  # noqa: F401 - its fixture
from tests.addin.frontends.buttons.test_pressing import PretendedFront
from workbook.model.registers import Checks, Triggers

WHEN = dt.datetime(2026, 6, 30, 9, 0, tzinfo=dt.UTC)

pytestmark = pytest.mark.libreoffice


class Killed(BaseException):
    """Ends a press as a signal does: nothing more is said or kept."""


class SeenHost(LiveHost):
    """An open workbook whose messages are noted, not shown."""

    def show(self, message):
        self.shown = message

    def select(self, sheet, row, column):
        """Nobody looks."""


@pytest.fixture
def front(app, example, tmp_path, monkeypatch):  # noqa: F811
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    path = tmp_path / "example.xlsx"
    path.write_bytes(example)
    book = app.books.open(path)
    opened = PretendedFront(path)
    opened.book = book
    yield opened
    opened.book.close()


def press(front, pressed, minutes=0):
    """Presses a button, each in a process of its own."""
    front.host, front.said = SeenHost(front.book), []
    when = WHEN + dt.timedelta(minutes=minutes)
    press_in(front, pressed, when=when, who="me", documents=front.path.parent, state=own_state())
    return front.said[-1] if front.said else front.host.shown


def killed(front, pressed, minutes, monkeypatch, owner, name):
    def dies(*_, **__):
        raise Killed

    with monkeypatch.context() as dying:
        dying.setattr(owner, name, dies)
        with pytest.raises(Killed):
            press(front, pressed, minutes)


def computed(front):
    """The rows of the two tables that are computed."""
    snapshot = LiveHost(front.book).read()
    return [[tuple(row)[3:] for row in snapshot.rows(table)] for table in (Checks, Triggers)]


def test_killed_between_writing_and_keeping_the_press_can_be_taken_back(front, monkeypatch):
    press(front, "check")
    before = computed(front)
    killed(front, "triggers", 5, monkeypatch, LastPress, "keep")
    after = computed(front)
    assert after != before
    assert "Taken back: Compute triggers" in press(front, "undo", 6)
    assert computed(front) == before
    assert "there again" in press(front, "undo", 7)
    assert computed(front) == after


def test_killed_before_writing_the_press_before_it_is_taken_back(front, monkeypatch):
    empty = computed(front)
    press(front, "check")
    killed(front, "triggers", 5, monkeypatch, OpenSurface, "commit")
    assert "Taken back: Check entries" in press(front, "undo", 6)
    assert computed(front) == empty


def test_a_press_that_would_have_changed_nothing_is_not_taken_for_written(front):
    press(front, "check")
    host = LiveHost(front.book)
    snapshot = host.read()
    rows = Rows(OpenSurface(front.book, host._last.tables), snapshot)
    body = rows.body(rows.table(Checks.table), [column.header for column in Checks.columns])
    bodies = {Checks.table: body_digest(body.rows)}
    assert body.rows
    assert not host.was_written((body,), (), bodies), "the press before it wrote the same"
    assert host.was_written((replace(body, rows=()),), (), bodies)
    assert not host.was_written((replace(body, rows=()),), (), {Checks.table: body_digest(())})
    assert not host.was_written((), (), {})


def test_what_a_killed_press_wrote_is_taken_back_from_the_terminal(front, monkeypatch, capsys):
    press(front, "check")
    before = computed(front)
    killed(front, "triggers", 5, monkeypatch, LastPress, "keep")
    assert computed(front) != before
    app = front.book.app
    front.book.save()
    front.book.close()
    assert main(["undo", str(front.path)]) == 0, capsys.readouterr()
    front.book = app.books.open(front.path)
    assert computed(front) == before
