"""Saving in one step: the file is the old or the new one, whatever happens."""

import datetime as dt
import errno
import json
import os
import socket

import pytest

from addin.lossless import Backups, Book, Busy, FileState, NotWritable, Replaced, kept, locked, save
from addin.lossless.locking import STALE_AFTER, lock_path

from . import making

NOW = dt.datetime(2026, 6, 30, 9, 0)


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "book.xlsx"
    file.write_bytes(making.by_openpyxl())
    return file


def changed(path, text="changed"):
    state, data = FileState.of(path)
    book = Book(data)
    book.set_cell("Log", 3, 3, text)
    return state, book


def write(path, text="changed", moment=NOW):
    state, book = changed(path, text)
    return save(path, book, expected=state, backups=Backups(path.parent / "kept", moment))


def test_the_new_file_takes_the_place_and_the_former_is_kept(path):
    before = path.read_bytes()
    path.chmod(0o640)
    assert write(path)
    assert Book(path.read_bytes()).value("Log", 3, 3) == "changed"
    assert [f.read_bytes() for _, f in kept(path, path.parent / "kept")] == [before]
    assert path.stat().st_mode & 0o777 == 0o640
    assert sorted(p.name for p in path.parent.iterdir()) == ["book.xlsx", "kept"]


def test_no_change_writes_nothing(path):
    state, data = FileState.of(path)
    assert not save(path, Book(data), expected=state, backups=Backups(path.parent / "kept", NOW))
    assert FileState.of(path)[0] == state


def test_a_file_replaced_meanwhile_is_left_alone(path):
    state, book = changed(path)
    path.write_bytes(making.by_xlsxwriter())
    theirs = path.read_bytes()
    with pytest.raises(Replaced):
        save(path, book, expected=state, backups=None)
    assert path.read_bytes() == theirs
    assert [p.name for p in path.parent.iterdir()] == ["book.xlsx"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_changes_nothing(path, monkeypatch, step):
    before = path.read_bytes()

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    state, book = changed(path)
    monkeypatch.setattr(os, step, full)
    with pytest.raises(NotWritable, match="Nothing was changed"):
        save(path, book, expected=state, backups=None)
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == ["book.xlsx"]


def test_a_read_only_file_is_left_alone(path, monkeypatch):
    state, book = changed(path)
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(NotWritable, match="read-only"):
        save(path, book, expected=state, backups=None)
    assert FileState.of(path)[0] == state


def test_the_last_twenty_and_one_a_day_for_ninety_days_are_kept(path):
    for n in range(30):
        write(path, f"morning {n}", NOW + dt.timedelta(minutes=n))
    assert len(kept(path, path.parent / "kept")) == 20
    for day in range(1, 100):
        write(path, f"day {day}", NOW + dt.timedelta(days=day))
    found = kept(path, path.parent / "kept")
    assert len({m.date() for m, _ in found}) == len(found)
    assert (found[0][0] - found[-1][0]).days == 90


def test_one_of_us_at_a_time(path):
    other = locked(path, holder="Other", now=1001)
    with locked(path, holder="Manager Oak", now=1000), pytest.raises(Busy, match="Manager Oak"), other:
        pytest.fail("two at once")
    with locked(path, holder="Other", now=1002):
        assert lock_path(path).exists()
    assert not lock_path(path).exists()


def a_lock(path, **said):
    known = {"holder": "Gone", "host": socket.gethostname(), "process": 2**22 + 1, "since": 1000}
    lock_path(path).write_text(json.dumps({**known, **said}))


def test_a_lock_whose_process_is_gone_does_not_hold(path):
    a_lock(path)
    with locked(path, holder="Me", now=1001):
        assert "Me" in lock_path(path).read_text()


def test_a_lock_of_another_computer_holds_for_a_while(path):
    a_lock(path, host="elsewhere")
    with pytest.raises(Busy, match="Gone on elsewhere"), locked(path, holder="Me", now=1000 + STALE_AFTER):
        pytest.fail("taken")
    with locked(path, holder="Me", now=1001 + STALE_AFTER):
        assert True


@pytest.mark.parametrize("name", ["~$book.xlsx", ".~lock.book.xlsx#"])
def test_office_programs_locks_are_respected(path, name):
    (path.parent / name).write_bytes(b"\x05Carol,rest" if name[0] == "~" else b",Carol,host,")
    with pytest.raises(Busy, match="Carol"), locked(path, holder="Me", now=0):
        pytest.fail("taken")
