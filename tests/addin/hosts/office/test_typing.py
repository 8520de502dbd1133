"""Somebody types while a press is at work: nothing is taken from under the hands, and nothing typed is overwritten."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest

from addin.hosts.office import host as office_host
from addin.hosts.office import native
from addin.hosts.office.commit import Meanwhile, Typing
from addin.hosts.office.host import LiveHost
from workbook.model.changes import ChangeSet, RowRef, SetCell
from workbook.model.errors import StaleChanges

WHEN = dt.datetime(2026, 6, 30, 9, 0, tzinfo=dt.UTC)
CHANGES = ChangeSet("check", "as read", (SetCell(RowRef("Support_Log", "SL-001", 0), "Check", None, "Odd"),))


class Book:
    """An open workbook that notes what is done with it, and whether somebody was typing then."""

    def __init__(self, *typing):
        self.typing, self.done = list(typing), []
        self.app = SimpleNamespace(alert=lambda *_: self._note("message"), books=[self])
        cell = SimpleNamespace(select=lambda: self._note("chosen"))
        page = SimpleNamespace(visible=True, activate=lambda: self._note("sheet"), range=lambda _: cell)
        self.sheets, self.name = {"Checks": page}, "book.xlsx"

    def is_typed_into(self):
        return self.typing.pop(0) if self.typing else False

    def _note(self, what):
        self.done.append((what, bool(self.typing)))


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(native, "is_typing", lambda book: book.is_typed_into())
    monkeypatch.setattr(native, "is_read_only", lambda _: False)
    monkeypatch.setattr(office_host, "_LOOK", 0.0)


@pytest.mark.parametrize(
    ("do", "done"),
    [
        (lambda host: host.show("Done."), ["message"]),
        (lambda host: host.select("Checks", 6, 1), ["sheet", "chosen"]),
    ],
)
@pytest.mark.parametrize("typing", [(), (True,), (True,) * 5])
def test_what_is_shown_waits_until_nobody_types(do, done, typing):
    book = Book(*typing)
    do(LiveHost(book))
    assert book.done == [(what, False) for what in done]


class Host(LiveHost):
    """An open workbook whose writing fails in given ways, one after the other; then it succeeds."""

    def __init__(self, book, failures, fingerprints):
        super().__init__(book)
        self._failures, self._fingerprints, self.tried, self.waited = failures, fingerprints, 0, 0

    def _read(self):
        snapshot = SimpleNamespace(fingerprint=self._fingerprints.pop(0) if self._fingerprints else "as read")
        return SimpleNamespace(snapshot=snapshot, standing={})

    def _applied(self, read, changes, who, when):
        self.tried += 1
        if self._failures:
            raise self._failures.pop(0)
        return changes

    def wait_for_typing(self):
        self.waited += 1


@pytest.mark.parametrize(
    ("failures", "waited"), [([], 0), ([Typing()], 1), ([Meanwhile()], 0), ([Typing(), Meanwhile(), Typing()], 2)]
)
def test_it_is_written_once_nobody_types_any_more(failures, waited):
    host = Host(Book(), list(failures), [])
    assert host.apply(CHANGES, who="me", when=WHEN) == CHANGES
    assert (host.tried, host.waited) == (len(failures) + 1, waited)


@pytest.mark.parametrize("failure", [Typing, Meanwhile])
def test_an_entry_that_was_typed_meanwhile_is_never_overwritten(failure):
    host = Host(Book(), [failure()], ["as read", "another"])
    with pytest.raises(StaleChanges):
        host.apply(CHANGES, who="me", when=WHEN)
    assert host.tried == 1


def test_who_types_without_an_end_is_told_that_nothing_was_written():
    host = Host(Book(), [Meanwhile()] * 99, [])
    with pytest.raises(StaleChanges):
        host.apply(CHANGES, who="me", when=WHEN)
    assert 1 < host.tried < 99
