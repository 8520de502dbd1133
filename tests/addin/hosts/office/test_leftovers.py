"""What a press that was killed left switched off in Excel is known to the next one, which offers to put it right."""

from __future__ import annotations

import stat
from pathlib import Path
from types import SimpleNamespace

import pytest

from addin.hosts.office import leftovers, native
from addin.hosts.office.leftovers import Off


class PretendedApp:
    """Excel, as far as a press switches it off."""

    def __init__(self, answer):
        self.screen_updating = self.enable_events = True
        self.status_bar = False
        self.answer, self.asked = answer, []

    def alert(self, prompt, **_):
        self.asked.append(prompt)
        return self.answer


@pytest.fixture
def state(tmp_path, monkeypatch):
    monkeypatch.setattr("platformdirs.user_state_dir", lambda *_, **__: str(tmp_path))
    monkeypatch.setattr(native, "full_name", lambda book: book.fullname)
    protected = {"Checks", "Triggers"}
    monkeypatch.setattr(native, "is_protected", lambda sheet: sheet.name in protected)
    monkeypatch.setattr(native, "protect", lambda sheet: protected.add(sheet.name))
    rests = set()
    monkeypatch.setattr(native, "computing", lambda book: [s.name for s in book.sheets if s.name not in rests])
    monkeypatch.setattr(
        native, "set_computing", lambda _, sheets, on: rests.difference_update(sheets) if on else rests.update(sheets)
    )
    return SimpleNamespace(folder=tmp_path / "at work", protected=protected, rests=rests)


def book_of(answer="yes", name="C:/Programme/programme.xlsx"):
    sheets = [SimpleNamespace(name="Checks"), SimpleNamespace(name="Triggers")]
    return SimpleNamespace(app=PretendedApp(answer), fullname=name, sheets=sheets)


def die_in(book, state):
    """A press switches everything off, and is killed before it can put it back."""
    off = Off(book.app.screen_updating, book.app.enable_events, native.computing(book), [])
    press = leftovers.noted(book, off)
    press.__enter__()("Checks")
    held = {place: place.read_bytes() for place in state.folder.iterdir()}
    book.app.screen_updating = book.app.enable_events = False
    native.set_computing(book, off.computing, on=False)
    state.protected.discard("Checks")
    press.__exit__(None, None, None)
    for place, text in held.items():
        place.write_bytes(text)


def test_a_press_that_ends_leaves_no_note_and_nothing_is_asked(state):
    book = book_of()
    with leftovers.noted(book, Off(True, True, [], [])):
        (place,) = state.folder.iterdir()
        assert stat.S_IMODE(place.stat().st_mode) == 0o600
        assert stat.S_IMODE(state.folder.stat().st_mode) == 0o700
    assert list(state.folder.iterdir()) == []
    leftovers.offer(book)
    assert book.app.asked == []


def test_what_is_off_is_named_and_put_right(state):
    book = book_of()
    die_in(book, state)
    leftovers.offer(book)
    (asked,) = book.app.asked
    for word in ("drawing", "add-ins", "formulas", "protection of Checks"):
        assert word in asked
    assert (book.app.screen_updating, book.app.enable_events, state.rests) == (True, True, set())
    assert state.protected == {"Checks", "Triggers"}
    leftovers.offer(book)
    assert len(book.app.asked) == 1, "there is nothing left to be asked about"


def test_who_says_no_is_asked_by_the_next_press(state):
    book = book_of("no")
    die_in(book, state)
    leftovers.offer(book)
    assert (book.app.screen_updating, state.protected) == (False, {"Triggers"})
    leftovers.offer(book)
    assert len(book.app.asked) == 2


def test_what_was_off_before_the_press_stays_off(state):
    book = book_of()
    book.app.enable_events = False
    die_in(book, state)
    leftovers.offer(book)
    assert "add-ins" not in book.app.asked[0]
    assert book.app.enable_events is False


def test_another_workbook_is_not_asked_about_and_nothing_off_asks_nothing(state):
    book = book_of()
    die_in(book, state)
    other = book_of(name="C:/Programme/other.xlsx")
    leftovers.offer(other)
    assert other.app.asked == []
    book.app.screen_updating = book.app.enable_events = True
    state.rests.clear()
    state.protected.add("Checks")
    leftovers.offer(book)
    assert book.app.asked == []
    assert list(state.folder.iterdir()) == []


@pytest.mark.parametrize("text", ["", "{", "[]", '{"drawn": 1}', '{"drawn":1,"events":1,"computing":5,"opened":[]}'])
def test_a_note_that_says_nothing_is_as_none(text, state):
    book = book_of()
    place = leftovers._place(book)
    Path(place).parent.mkdir()
    place.write_text(text, encoding="utf-8")
    assert leftovers.left(book) is None
