"""Saving in one step: the file is the old or the new one, whatever happens."""

import datetime as dt
import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from addin.lossless import (
    Backups,
    Book,
    FileState,
    NotDownloaded,
    NotWritable,
    Replaced,
    content_of,
    digest_of,
    kept,
    locked,
    save_book,
    save_bytes,
)
from addin.lossless.save import disk, saving
from tests.support.lossless import making

NOW = dt.datetime(2026, 6, 30, 9, 0, tzinfo=dt.UTC)


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
    return save_book(path, book, expected=state, backups=Backups(path.parent / "kept", moment))


def test_the_new_file_takes_the_place_and_the_former_is_kept(path):
    before = path.read_bytes()
    path.chmod(0o640)
    assert write(path)
    assert Book(path.read_bytes()).value("Log", 3, 3) == "changed"
    assert [content_of(k) for k in kept(path, path.parent / "kept")] == [before]
    assert path.stat().st_mode & 0o777 == 0o640
    assert sorted(p.name for p in path.parent.iterdir()) == ["book.xlsx", "kept", "kept digests"]


def test_no_change_writes_nothing(path):
    state, data = FileState.of(path)
    assert not save_book(path, Book(data), expected=state, backups=Backups(path.parent / "kept", NOW))
    assert FileState.of(path)[0] == state


def test_a_file_replaced_meanwhile_is_left_alone(path):
    state, book = changed(path)
    path.write_bytes(making.by_xlsxwriter())
    theirs = path.read_bytes()
    with pytest.raises(Replaced):
        save_book(path, book, expected=state, backups=None)
    assert path.read_bytes() == theirs
    assert [p.name for p in path.parent.iterdir()] == ["book.xlsx"]


def test_a_file_replaced_while_the_former_is_being_kept_is_left_alone(path):
    state, book = changed(path)
    theirs, backups = making.by_xlsxwriter(), Backups(path.parent / "kept", NOW)
    with pytest.raises(Replaced, match="changed by another program"):
        save_book(
            path,
            book,
            expected=state,
            backups=backups,
            ready=lambda _: replace(path, theirs),
        )
    assert path.read_bytes() == theirs
    assert not kept(path, path.parent / "kept"), "a state that was not replaced is not kept"


def test_a_file_deleted_meanwhile_does_not_come_back(path):
    state, book = changed(path)
    with pytest.raises(Replaced):
        save_book(path, book, expected=state, backups=None, ready=lambda _: path.unlink())
    assert not path.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="there a file that is open can't be replaced")
def test_what_is_saved_in_the_very_moment_of_replacing_is_put_back(path, monkeypatch):
    if not can_swap(path.parent):
        pytest.skip("this disk knows no exchange of two files")
    state, book = changed(path)
    theirs, backups = making.by_xlsxwriter(), Backups(path.parent / "kept", NOW)
    exchange = disk.swap

    def late(made, place):
        if path.read_bytes() != theirs and not seen:
            seen.append(made)
            replace(path, theirs)
        return exchange(made, place)

    seen = []
    monkeypatch.setattr(saving, "swap", late)
    with pytest.raises(Replaced, match="another program"):
        save_book(path, book, expected=state, backups=backups)
    assert seen
    assert path.read_bytes() == theirs
    assert [p.name for p in path.parent.iterdir() if p.is_file()] == ["book.xlsx"]
    assert not kept(path, path.parent / "kept")


def can_swap(folder):
    one, other = folder / "one", folder / "other"
    one.write_bytes(b"1")
    other.write_bytes(b"2")
    done = disk.swap(one, other)
    assert (one.read_bytes(), other.read_bytes()) == ((b"2", b"1") if done else (b"1", b"2"))
    one.unlink()
    other.unlink()
    return done


def test_a_disk_that_gives_files_other_numbers_when_moved_is_no_obstacle(path, monkeypatch):
    looked = []

    def fits(self, info):
        looked.append(info)
        return len(looked) == 1

    state, book = changed(path)
    monkeypatch.setattr(FileState, "fits", fits)
    assert save_book(path, book, expected=state, backups=None)
    assert Book(path.read_bytes()).value("Log", 3, 3) == "changed"


@pytest.mark.parametrize("unknown", [AttributeError, OSError])
def test_where_two_files_cannot_be_exchanged_the_new_one_is_put_there(path, monkeypatch, unknown):
    def none(*_):
        raise unknown

    monkeypatch.setattr(disk, "_exchange", none)
    assert write(path)
    assert Book(path.read_bytes()).value("Log", 3, 3) == "changed"
    monkeypatch.setattr(disk, "_exchange", lambda *_: False)
    assert write(path, "again", NOW + dt.timedelta(minutes=1))
    assert Book(path.read_bytes()).value("Log", 3, 3) == "again"
    assert sorted(p.name for p in path.parent.iterdir()) == ["book.xlsx", "kept", "kept digests"]


def replace(path, data):
    other = path.with_name("other")
    other.write_bytes(data)
    other.replace(path)


@pytest.mark.parametrize("step", ["fsync", "replace", "open"])
def test_a_full_disk_changes_nothing(path, monkeypatch, step):
    monkeypatch.setattr(disk, "_exchange", lambda *_: False)
    before = path.read_bytes()

    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    state, book = changed(path)
    monkeypatch.setattr(os, step, full)
    with pytest.raises(NotWritable, match=r"not enough room.*Nothing was changed"):
        save_book(path, book, expected=state, backups=None)
    monkeypatch.undo()
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == ["book.xlsx"]


_ON_A_FULL_DISK = """
import resource, signal, sys, datetime
from pathlib import Path
from addin.lossless import Backups, Book, FileState, NotWritable, locked, save_book
path = Path(sys.argv[1])
state, data = FileState.of(path)
book = Book(data)
book.set_cell("Log", 3, 3, "changed")
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    with locked(path, holder="Me", now=0):
        save_book(path, book, expected=state, backups=Backups(path.parent / "kept", datetime.datetime(2026, 6, 30)))
except NotWritable as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the system's limit on file sizes is not on Windows")
@pytest.mark.parametrize("room", [0, 1000, 4000])
def test_where_the_system_itself_gives_no_room_nothing_changes(path, room):
    before = path.read_bytes()
    assert len(before) > 4000
    command = [sys.executable, "-c", _ON_A_FULL_DISK, path, str(room)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert "not enough room" in done.stdout, done.stderr
    assert path.read_bytes() == before
    assert {p.name for p in path.parent.iterdir()} <= {"book.xlsx", "kept", "kept digests"}


def test_a_backup_that_cannot_be_kept_stops_the_saving(path):
    before = path.read_bytes()
    (path.parent / "kept").write_text("a file where the folder should be")
    with pytest.raises(NotWritable):
        write(path)
    assert path.read_bytes() == before
    assert sorted(p.name for p in path.parent.iterdir()) == ["book.xlsx", "kept"]


def test_what_is_said_just_before_stops_the_saving(path):
    def stop(saved):
        assert saved.former == digest_of(before)
        raise NotWritable("Stop.")

    before = path.read_bytes()
    state, book = changed(path)
    with pytest.raises(NotWritable, match="Stop"):
        save_book(path, book, expected=state, backups=Backups(path.parent / "kept", NOW), ready=stop)
    assert path.read_bytes() == before
    assert not kept(path, path.parent / "kept")


def test_stopped_by_a_person_after_the_one_step_the_former_file_is_kept(path, monkeypatch):
    before, flushed = path.read_bytes(), []

    def stopped(folder):
        flushed.append(folder)
        if len(flushed) == 4:  # the others were of what is kept
            raise KeyboardInterrupt

    monkeypatch.setattr(disk, "flush_folder", stopped)
    state, book = changed(path)
    with pytest.raises(KeyboardInterrupt):
        save_book(path, book, expected=state, backups=Backups(path.parent, NOW))
    monkeypatch.undo()
    assert Book(path.read_bytes()).value("Log", 3, 3) == "changed"
    assert [content_of(k) for k in kept(path, path.parent)] == [before]


def test_the_digest_given_is_that_of_the_file(path):
    saved = write(path)
    assert saved.digest == digest_of(path.read_bytes())
    assert content_of(kept(path, path.parent / "kept")[0]) == saved.backup.read_bytes()


def test_a_whole_file_comes_back_and_none_is_run_over(path):
    state, data = FileState.of(path)
    write(path)
    with pytest.raises(Replaced):
        save_bytes(path, data, expected=state, backups=None)
    with pytest.raises(Replaced):
        save_bytes(path, data, expected=None, backups=None)
    assert Book(path.read_bytes()).value("Log", 3, 3) == "changed"
    save_bytes(path, data, expected=FileState.of(path)[0], backups=None)
    assert path.read_bytes() == data
    path.unlink()
    save_bytes(path, data, expected=None, backups=None)
    assert path.read_bytes() == data


@pytest.mark.parametrize("links", [True, False])
def test_a_file_that_appears_meanwhile_is_not_run_over(path, monkeypatch, links):
    def none(*_):
        raise OSError(errno.EPERM, "no links here")

    data, theirs = path.read_bytes(), making.by_xlsxwriter()
    if not links:
        monkeypatch.setattr(type(path), "hardlink_to", none)
    path.unlink()
    with pytest.raises(Replaced):
        save_bytes(path, data, expected=None, backups=None, ready=lambda _: path.write_bytes(theirs))
    assert path.read_bytes() == theirs
    path.unlink()
    save_bytes(path, data, expected=None, backups=None)
    assert (path.read_bytes(), path.stat().st_nlink) == (data, 1)
    assert [p.name for p in path.parent.iterdir()] == ["book.xlsx"]


def test_through_a_link_the_file_itself_is_replaced(path, tmp_path):
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    link = folder / "link.xlsx"
    link.symlink_to(path)
    assert write(link)
    assert link.is_symlink()
    assert Book(path.read_bytes()).value("Log", 3, 3) == "changed"
    with locked(link, holder="One", now=0), pytest.raises(Exception, match="One"), locked(path, holder="Two", now=0):
        pytest.fail("the link and the file have one lock")


def test_a_read_only_file_is_left_alone(path, monkeypatch):
    state, book = changed(path)
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(NotWritable, match="read-only"):
        save_book(path, book, expected=state, backups=None)
    assert FileState.of(path)[0] == state


@pytest.mark.parametrize("bit", [0x1000, 0x40000, 0x400000])
def test_a_file_that_is_only_in_the_cloud_is_not_touched(path, monkeypatch, bit):
    before = path.read_bytes()
    stat = type(path).stat

    class Away:
        def __init__(self, info):
            self.info, self.st_file_attributes = info, bit | 0x20

        def __getattr__(self, name):
            return getattr(self.info, name)

    state, book = changed(path)
    with monkeypatch.context() as patch:
        patch.setattr(type(path), "stat", lambda self, **how: Away(stat(self, **how)))
        with pytest.raises(NotDownloaded, match="only in the cloud"):
            FileState.of(path)
        with pytest.raises(NotDownloaded, match="only in the cloud"):
            save_book(path, book, expected=state, backups=None)
    assert path.read_bytes() == before


def test_a_stand_in_of_icloud_is_told_from_a_missing_file(tmp_path):
    (tmp_path / ".book.xlsx.icloud").write_bytes(b"bplist00")
    with pytest.raises(NotDownloaded, match="only in the cloud"):
        FileState.of(tmp_path / "book.xlsx")
    with pytest.raises(NotWritable):
        FileState.of(tmp_path / "other.xlsx")


def test_a_disk_that_writes_something_else_is_noticed(path, monkeypatch):
    from addin.lossless import Damaged

    before = path.read_bytes()
    state, book = changed(path)
    flush = disk.flush

    def failing(file):
        flush(file)
        with Path(file.name).open("r+b") as other:
            other.seek(len(before) // 2)
            other.write(b"????")

    monkeypatch.setattr(saving, "flush", failing)
    with pytest.raises(Damaged, match="disk may be failing"):
        save_book(path, book, expected=state, backups=None)
    with pytest.raises(Damaged, match="disk may be failing"):
        save_bytes(path, before, expected=state, backups=None)
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == ["book.xlsx"]
