"""Former states: found by their names alone, let go when there are too many, never the newest."""

import datetime as dt
import os

import pytest

from addin.lossless import Backups, Damaged, content_of, kept
from addin.lossless.save.backups import MOST_AT_ONCE, keep, thin
from tests.support.lossless import making

NOW = dt.datetime(2026, 6, 30, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "book.xlsx"
    file.write_bytes(making.by_openpyxl())
    return file


def put_away(path, moment=NOW, data=None, **how):
    backups = Backups(path.parent / ".mine" / "kept", moment, **how)
    made = keep(path, path.read_bytes() if data is None else data, backups, like=path.stat())
    thin(path, backups, made)
    return made


def found(path):
    return kept(path, path.parent / ".mine" / "kept")


def test_a_person_can_read_the_name(path):
    summer = dt.timezone(dt.timedelta(hours=1))
    made = put_away(path, dt.datetime(2026, 6, 30, 9, 14, 5, tzinfo=summer), note="check")
    assert made.name == "book 2026-06-30 08.14.05Z before check.xlsx"
    (state,) = found(path)
    assert (state.moment, state.note, state.size) == (
        dt.datetime(2026, 6, 30, 8, 14, 5, tzinfo=dt.UTC),
        "check",
        path.stat().st_size,
    )
    assert content_of(state) == path.read_bytes()


def test_permissions_and_the_time_of_saving_are_the_files_own(path):
    path.chmod(0o640)
    os.utime(path, (1_000_000_000, 1_000_000_000))
    info = put_away(path).stat()
    assert (info.st_mode & 0o777, info.st_mtime) == (0o640, 1_000_000_000)
    assert found(path)[0].saved == dt.datetime.fromtimestamp(1_000_000_000, dt.UTC)


def test_states_of_one_second_keep_their_order(path):
    for n in range(12):
        put_away(path, data=b"%d" % n)
    assert [k.path.read_bytes() for k in found(path)] == [b"%d" % n for n in reversed(range(12))]


def test_the_last_twenty_and_one_a_day_for_ninety_days_are_kept(path):
    for n in range(30):
        put_away(path, NOW + dt.timedelta(minutes=n), b"morning %d" % n)
    assert len(found(path)) == 20
    for day in range(1, 100):
        put_away(path, NOW + dt.timedelta(days=day), b"early")
        put_away(path, NOW + dt.timedelta(days=day, hours=2), b"late")
    states = found(path)
    days = [k.moment.date() for k in states]
    assert (days[0] - days[-1]).days == 90
    assert len(set(days)) == 91
    assert [k.moment.hour for k in states[20:]] == [11] * len(states[20:]), "of each day the last"


def test_the_oldest_go_first_where_room_is_short_and_the_newest_never(path):
    for n in range(6):
        put_away(path, NOW + dt.timedelta(days=n), b"x" * 100, most_bytes=350)
    assert [k.moment.day for k in found(path)] == [5, 4, 3]
    put_away(path, NOW + dt.timedelta(days=9), b"x" * 1000, most_bytes=350)
    assert [k.size for k in found(path)] == [1000]


def test_a_clock_that_was_wrong_once_costs_little(path):
    for day in range(60):
        put_away(path, NOW + dt.timedelta(days=day), b"%d" % day)
    put_away(path, NOW.replace(year=2099), b"in 2099")
    assert len(found(path)) == 61 - MOST_AT_ONCE
    back = put_away(path, NOW + dt.timedelta(days=61), b"right again")
    assert back.exists()
    for day in range(30):
        past = put_away(path, NOW - dt.timedelta(days=9 * 365 - day), b"%d years ago" % day)
        assert past.exists(), "what was kept just now stays, whatever the clock says"


def test_going_back_and_forth_on_one_day_keeps_each_content_once(path):
    for n in range(10):
        put_away(path, NOW + dt.timedelta(minutes=n), (b"one", b"two")[n % 2])
    assert [(k.moment.minute, k.path.read_bytes()) for k in found(path)] == [(9, b"two"), (8, b"one")]
    put_away(path, NOW + dt.timedelta(days=1), b"two")
    assert [k.moment.day for k in found(path)] == [1, 30, 30], "another day's is kept"


@pytest.mark.parametrize(
    "name",
    [
        "notes.txt",
        "book.xlsx",
        "book 2026-02-30 08.14.05Z before check.xlsx",
        "book 2026-06-30 08.14.05Z before check.xlsm",
        "other book 2026-06-30 08.14.05Z.xlsx",
        "book 2 2026-06-30 08.14.05Z.xlsx",
    ],
)
def test_files_of_others_are_neither_listed_nor_removed(path, name):
    theirs = put_away(path).with_name(name)
    theirs.write_bytes(b"mine")
    for n in range(25):
        put_away(path, NOW + dt.timedelta(minutes=n), b"%d" % n)
    assert theirs.read_bytes() == b"mine"
    assert len(found(path)) == 20


def test_names_are_kept_within_what_a_disk_takes(tmp_path):
    long = tmp_path / f"{'ä' * 100}.xlsx"
    other = tmp_path / f"{'ä' * 99}b.xlsx"
    for file in (long, other):
        file.write_bytes(making.by_openpyxl())
        put_away(file, note="a/b:c" * 20)
        assert len(found(file)) == 1


def test_the_folder_is_as_open_as_the_one_it_is_in(path):
    path.parent.chmod(0o750)
    put_away(path)
    assert {p.stat().st_mode & 0o777 for p in (path.parent / ".mine", path.parent / ".mine" / "kept")} == {0o750}


def test_on_windows_the_folder_is_hidden(path, monkeypatch):
    from addin.lossless.save import disk

    hidden = []

    class Kernel:
        def SetFileAttributesW(self, name, bits):  # noqa: N802 - the system's name
            hidden.append((name, bits))

    class Windows:
        kernel32 = Kernel()

    import ctypes

    monkeypatch.setattr(ctypes, "windll", Windows(), raising=False)
    monkeypatch.setattr(disk, "os", _AsOnWindows())
    disk.make_folder(path.parent / ".mine" / "kept")
    assert hidden == [(str(path.parent / ".mine"), 2)]


class _AsOnWindows:
    name = "nt"

    def __getattr__(self, name):
        return getattr(os, name)


def test_on_windows_a_file_that_is_held_for_a_moment_is_waited_for(path, monkeypatch):
    from addin.lossless.save import disk

    tries = []
    real = type(path).replace

    def held(self, target):
        tries.append(target)
        if len(tries) < 4:
            raise PermissionError(13, "in use")
        return real(self, target)

    monkeypatch.setattr(disk, "os", _AsOnWindows())
    monkeypatch.setattr(disk.time, "sleep", lambda _: None)
    monkeypatch.setattr(type(path), "replace", held)
    new = path.with_name("new")
    new.write_bytes(b"new")
    disk.put(new, path)
    assert path.read_bytes() == b"new"
    tries.clear()
    monkeypatch.setattr(type(path), "replace", lambda *_: (_ for _ in ()).throw(PermissionError(13, "in use")))
    new.write_bytes(b"newer")
    with pytest.raises(PermissionError):
        disk.put(new, path)
    assert path.read_bytes() == b"new"


def test_a_damaged_state_is_told(path):
    made = put_away(path)
    data = bytearray(made.read_bytes())
    data[len(data) // 3] ^= 0x55
    made.write_bytes(bytes(data))
    with pytest.raises(Damaged, match="damaged"):
        content_of(found(path)[0])
    made.write_bytes(bytes(data[:-40]))
    with pytest.raises(Damaged, match="damaged"):
        content_of(found(path)[0])
