"""One writer at a time, and nobody kept out by what a dead run left."""

import json
import os
import socket
import subprocess
import sys
import threading

import pytest

from addin.lossless import Busy, NotWritable, Replaced, locked, tidy
from addin.lossless.save import locking
from addin.lossless.save.locking import STALE_AFTER, lock_path
from tests.support.lossless import making

GONE = 2**22 + 1


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "book.xlsx"
    file.write_bytes(making.by_openpyxl())
    return file


def a_lock(path, **said):
    known = {"holder": "Gone", "host": socket.gethostname(), "process": GONE, "since": 1000}
    lock_path(path).write_text(json.dumps({**known, **said}))


def names(path):
    return sorted(p.name for p in path.parent.iterdir())


def test_one_of_us_at_a_time(path):
    other = locked(path, holder="Other", now=1001)
    with locked(path, holder="Manager Oak", now=1000), pytest.raises(Busy, match="Manager Oak is writing"), other:
        pytest.fail("two at once")
    with locked(path, holder="Other", now=1002):
        assert lock_path(path).exists()
    assert names(path) == ["book.xlsx"]


def test_two_threads_are_two(path):
    refused = []

    def attempt():
        try:
            with locked(path, holder="Second", now=0):
                refused.append(False)
        except Busy:
            refused.append(True)

    with locked(path, holder="First", now=0):
        thread = threading.Thread(target=attempt)
        thread.start()
        thread.join()
    assert refused == [True]


_COUNT = """
import sys, time
from pathlib import Path
from addin.lossless import Busy, locked
path, tally, rounds = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
done = 0
while done < rounds:
    try:
        with locked(path, holder="Counter", now=time.time()) as held:
            number = int(tally.read_text())
            time.sleep(0.001)
            held.confirm()
            tally.write_text(str(number + 1))
        done += 1
    except Busy:
        time.sleep(0.001)
"""


def test_several_processes_at_once_lose_nothing(path, tmp_path):
    tally = tmp_path / "tally"
    tally.write_text("0")
    run = [sys.executable, "-c", _COUNT, str(path), str(tally), "40"]
    processes = [subprocess.Popen(run, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    for process in processes:
        _, said = process.communicate(timeout=60)
        assert process.returncode == 0, said
    assert tally.read_text() == "160"
    assert names(path) == ["book.xlsx", "tally"]


def test_a_lock_whose_process_is_gone_does_not_hold(path):
    a_lock(path)
    with locked(path, holder="Me", now=1001):
        assert "Me" in lock_path(path).read_text()


def test_a_lock_whose_process_number_was_given_to_another_does_not_hold(path):
    a_lock(path, process=os.getpid())
    with locked(path, holder="Me", now=1001):
        assert "Me" in lock_path(path).read_text()


@pytest.mark.parametrize("process", [os.getpid(), GONE], ids=["alive", "gone"])
def test_where_the_disk_knows_no_locks_the_process_is_asked_for(path, monkeypatch, process):
    monkeypatch.setattr(locking, "_lock", lambda number: None)
    a_lock(path, process=process)
    if process == GONE:
        with locked(path, holder="Me", now=1001):
            assert "Me" in lock_path(path).read_text()
    else:
        with pytest.raises(Busy, match="Gone"), locked(path, holder="Me", now=1001):
            pytest.fail("taken")


@pytest.mark.parametrize("said", ["", "{", "[]", "null", '{"since": "x", "host": 7}', "\0" * 40])
def test_a_lock_that_says_nothing_does_not_hold_for_long(path, said):
    lock_path(path).write_text(said)
    with locked(path, holder="Me", now=1001):
        assert "Me" in lock_path(path).read_text()
    assert names(path) == ["book.xlsx"]


def test_a_lock_of_another_computer_holds_for_a_while(path):
    a_lock(path, host="elsewhere")
    late = locked(path, holder="Me", now=1000 + STALE_AFTER)
    with pytest.raises(Busy, match=r"Gone on the computer elsewhere.*15 minutes"), late:
        pytest.fail("taken")
    with locked(path, holder="Me", now=1001 + STALE_AFTER):
        assert "Me" in lock_path(path).read_text()


def test_who_was_held_up_for_long_does_not_write_any_more(path):
    with locked(path, holder="Slow", now=1000) as held:
        held.confirm()
        lock_path(path).unlink()
        a_lock(path, host="elsewhere", since=9000)
        with pytest.raises(Replaced, match="Another run"):
            held.confirm()
    assert "elsewhere" in lock_path(path).read_text(), "a lock of another is not removed"


def test_a_book_opened_in_the_meantime_is_left_alone(path):
    with locked(path, holder="Me", now=1000) as held:
        (path.parent / ".~lock.book.xlsx#").write_text(",Carol,host,")
        with pytest.raises(Busy, match="LibreOffice"):
            held.confirm()


def test_what_killed_runs_left_is_removed_and_nothing_else(path):
    left = [".~writing.book.xlsx.0123456789abcdef.tmp", ".~writing.book.xlsx.ffffffffffffffff.tmp"]
    others = [".~writing.other.xlsx.0123456789abcdef.tmp", ".~writing.book.xlsx.note.tmp", "book.tmp"]
    for name in (*left, *others):
        (path.parent / name).write_bytes(b"half")
    with locked(path, holder="Me", now=0):
        assert names(path) == sorted([*others, "book.xlsx", lock_path(path).name])


def test_tidying_asks_nobody_who_is_at_work(path):
    left = path.parent / ".~writing.book.xlsx.0123456789abcdef.tmp"
    left.write_bytes(b"half")
    with locked(path, holder="Me", now=0):
        left.write_bytes(b"half")
        tidy(path, now=0)
        assert left.exists()
        assert lock_path(path).exists()
    a_lock(path)
    tidy(path, now=0)
    assert names(path) == ["book.xlsx"]


@pytest.mark.parametrize(("name", "program"), [("~$book.xlsx", "Excel"), (".~lock.book.xlsx#", "LibreOffice")])
def test_office_programs_locks_are_respected(path, name, program):
    (path.parent / name).write_bytes(b"\x05Carol,rest" if name[0] == "~" else b",Carol,host,")
    with pytest.raises(Busy, match=f"open in {program}.*Carol.*close it"), locked(path, holder="Me", now=0):
        pytest.fail("taken")
    assert not lock_path(path).exists()


def test_excels_owner_file_names_its_user_in_either_form(path):
    name = "Zoë Ω"
    wide = name.encode("utf-16-le")
    narrow = bytes([5]) + b"Zo\xeb ?" + b" " * 49
    for content, user in ((narrow[:55] + bytes([5, 0]) + wide, name), (narrow[:55], "Zoë ?"), (b"", "")):
        (path.parent / "~$book.xlsx").write_bytes(content)
        with pytest.raises(Busy) as told, locked(path, holder="Me", now=0):
            pytest.fail("taken")
        assert ("(by " in told.value.reason) == bool(user)
        assert user in told.value.reason


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(NotWritable, match="no folder"), locked(tmp_path / "no" / "book.xlsx", holder="Me", now=0):
        pytest.fail("taken")


def test_a_folder_that_takes_no_file(path, monkeypatch):
    def refused(*_, **__):
        raise PermissionError(13, "Permission denied")

    mine = locked(path, holder="Me", now=0)
    monkeypatch.setattr(os, "open", refused)
    with pytest.raises(NotWritable, match="can't be written to"), mine:
        pytest.fail("taken")
    monkeypatch.undo()
    assert names(path) == ["book.xlsx"]


def test_as_windows_locks_the_text_is_written_at_the_beginning(path, monkeypatch):
    import types

    taken = []

    def lock(number, how, length):
        taken.append((os.lseek(number, 0, os.SEEK_CUR), how, length))

    monkeypatch.setitem(sys.modules, "msvcrt", types.SimpleNamespace(locking=lock, LK_NBLCK=2))
    monkeypatch.setattr(locking, "_lock", lambda number: locking._lock_on_windows(number) or True)
    with locked(path, holder="Me", now=0):
        assert json.loads(lock_path(path).read_text())["holder"] == "Me"
        assert lock_path(path).stat().st_size < 1000
    assert taken == [(1 << 30, 2, 1)]
