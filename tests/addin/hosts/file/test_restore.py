"""Earlier states listed, chosen and brought back; the state that is replaced is kept first."""

import datetime as dt
import os

import pytest

from addin.hosts.file.host import ClosedHost
from addin.hosts.file.restore import bring_back, choose, local_day
from addin.hosts.file.undo import look, take_back
from addin.hosts.file.versions import kept_states
from tests.support.builders import rows_like
from tests.support.contract_builder import build
from workbook.model.changes import ChangeSet, RowRef, SetCell
from workbook.model.errors import BookBusy, BookUnusable, StaleChanges, UnknownName
from workbook.model.registers import Actions

WHEN = dt.datetime(2026, 6, 30, 12, 0, tzinfo=dt.UTC)
NOTES = ("first", "second", "third", "fourth")


@pytest.fixture
def path(tmp_path):
    """A workbook written into on three days, twice on the last; four states are kept."""
    file = tmp_path / "book.xlsx"
    build(file, {"Actions": rows_like("Actions", [{"Action ID": "AC-001", "Action": NOTES[0]}])}, computed=True)
    host = ClosedHost(file)
    later = zip(NOTES[1:], (0, 1, 2), strict=True)
    old = NOTES[0]
    for new, days in later:
        write(host, old, new, WHEN + dt.timedelta(days=days))
        old = new
    write(host, old, "fifth", WHEN + dt.timedelta(days=2, hours=1))
    return file


def write(host, old, new, when):
    change = SetCell(RowRef(Actions.table, "AC-001", 0), "Action", old, new)
    host.apply(ChangeSet("check", host.read().fingerprint, (change,)), who="Tester", when=when)


def text(path):
    (row,) = ClosedHost(path).read().rows(Actions)
    return row.action


def back(path, wanted=None):
    return bring_back(path, choose(path, kept_states(path), wanted), who="Tester", when=WHEN + dt.timedelta(days=3))


def test_the_newest_is_the_default_and_what_was_there_is_kept(path):
    now = path.read_bytes()
    assert back(path)
    assert text(path) == "fourth"
    assert kept_states(path)[0].path.read_bytes() == now
    take_back(path, look(path), who="", when=WHEN)
    assert path.read_bytes() == now


@pytest.mark.parametrize(("wanted", "found"), [("1", "fourth"), ("4", "first"), ("2026-07-01", "second")])
def test_one_is_chosen_by_number_or_day(path, wanted, found):
    assert back(path, wanted)
    assert text(path) == found


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        ("0", "There is no state 0; 4 are kept"),
        ("5", "There is no state 5; 4 are kept"),
        ("2026-07-02", "2 states of 02 Jul 2026 are kept: 1, 2"),
        ("2026-07-09", "No state of 09 Jul 2026"),
        ("03/04/2026", "neither a number"),
        ("yesterday", "neither a number"),
        ("1" * 30, "neither a number"),
    ],
)
def test_what_is_not_clear_is_asked_back(path, wanted, says):
    before = path.read_bytes()
    with pytest.raises(UnknownName, match=says):
        back(path, wanted)
    assert path.read_bytes() == before
    assert len(kept_states(path)) == 4


def test_the_state_that_is_there_already_is_not_brought_again(path):
    assert back(path, "1")
    (same,) = [str(n) for n, s in enumerate(kept_states(path), 1) if s.path.read_bytes() == path.read_bytes()]
    assert not back(path, same)
    assert back(path), "the default is another than what is there"
    assert text(path) == "fifth"


def test_a_damaged_state_is_passed_over_and_refused_if_asked_for(path):
    newest = kept_states(path)[0].path
    newest.write_bytes(newest.read_bytes()[:-30])
    before = path.read_bytes()
    with pytest.raises(BookUnusable, match="damaged"):
        back(path, "1")
    assert path.read_bytes() == before
    assert back(path)
    assert text(path) == "third"


def test_a_damaged_or_deleted_workbook_comes_back(path):
    path.write_bytes(b"half a file")
    with pytest.raises(BookUnusable, match="champions restore"):
        ClosedHost(path).read()
    assert back(path)
    assert text(path) == "fourth"
    assert b"half a file" in {s.path.read_bytes() for s in kept_states(path)}
    path.unlink()
    with pytest.raises(BookUnusable, match="champions restore"):
        ClosedHost(path).read()
    assert back(path, "5")
    assert text(path) == "first"
    assert look(path).obstacles, "there was no workbook before"


def test_nothing_kept(tmp_path):
    with pytest.raises(UnknownName, match="No earlier state"):
        choose(tmp_path / "book.xlsx", kept_states(tmp_path / "book.xlsx"), None)


def test_a_renamed_workbook_is_told_under_which_names_states_are_kept(path):
    renamed = path.rename(path.with_name("renamed.xlsx"))
    with pytest.raises(UnknownName, match=r"earlier states are kept of book\.xlsx\. If it had"):
        back(renamed)
    assert back(renamed.rename(path))


def test_open_elsewhere_or_changed_meanwhile_it_is_left_alone(path, monkeypatch):
    before = path.read_bytes()
    lock = path.with_name(".~lock.book.xlsx#")
    lock.write_text(",Carol,host,")
    with pytest.raises(BookBusy, match="LibreOffice"):
        back(path)
    lock.unlink()
    monkeypatch.setattr("addin.hosts.file.restore.digest_now", lambda _: "0" * 32)
    with pytest.raises(StaleChanges, match="another program"):
        back(path)
    assert path.read_bytes() == before


def test_days_are_those_of_the_clock_on_the_wall(path, monkeypatch):
    import time

    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    try:
        assert [local_day(s).day for s in kept_states(path)] == [3, 3, 2, 1]
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.skipif(os.name == "nt", reason="a folder's permissions are others on Windows")
def test_in_a_folder_that_is_protected_nothing_changes(path):
    from workbook.model.errors import BookNotWritable

    before = path.read_bytes()
    path.parent.chmod(0o555)
    try:
        with pytest.raises(BookNotWritable, match=r"protect|read-only|can.t be written"):
            back(path)
    finally:
        path.parent.chmod(0o755)
    assert path.read_bytes() == before
