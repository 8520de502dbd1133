"""Runs where what lies beside the workbook is not what it should be: refused in words, never followed or awaited."""

import errno
import json
import os
import shutil
import signal
import socket
import stat
import time
import zipfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from addin.frontends.terminal import main
from addin.hosts.file.versions import kept_states
from addin.lossless.save.locking import lock_path
from tests.support.builders import BASE
from tests.support.contract_builder import build
from tests.support.killing import a_programme

AS_OF = ("--as-of", "2026-06-30")
FEW = ("Services", "People", "SupportLog")
unix = pytest.mark.skipif(os.name == "nt", reason="pipes, links and owners are those of Unix")
as_root = pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root may give files away")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("made") / "book.xlsx"
    few = {name: rows for name, rows in a_programme().items() if name in FEW}
    build(path, few, computed=True, lists=False, leave_out=set(BASE) - set(FEW))
    return path


@pytest.fixture
def book(made, tmp_path):
    return shutil.copy(made, tmp_path / "book.xlsx")


@contextmanager
def within(seconds):
    """Fails where something waits for ever."""

    def stop(*_):
        raise AssertionError("it waits for ever")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def check(book):
    with within(60):
        return main(["check", str(book), *AS_OF])


def refused(book, capsys, *words):
    """That a run is refused with these words, and the workbook is as it was."""
    before = book.read_bytes()
    assert check(book) == 2
    said = capsys.readouterr().err
    assert all(word in said for word in words), said
    assert book.read_bytes() == before


def test_nothing_in_the_way_nothing_is_said(book, capsys):
    assert check(book) == 1
    assert capsys.readouterr().err == ""
    assert check(book) == 1


# ---- the folder of kept states ---------------------------------------------------------------------------------------


@unix
@pytest.mark.parametrize(
    "name", [".champions", ".champions/backups", ".champions/backups digests", ".champions/last run"]
)
@pytest.mark.parametrize("there", [True, False], ids=["somewhere", "nowhere"])
def test_kept_states_never_go_where_a_link_leads(book, tmp_path, capsys, name, there):
    away = tmp_path / "away"
    if there:
        away.mkdir()
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).symlink_to(away)
    refused(book, capsys, "link to another place")
    assert not there or not list(away.iterdir())


@as_root
@pytest.mark.parametrize("mode", [0o700, 0o755, 0o777, 0o1777])
def test_a_strangers_folder_is_refused(book, tmp_path, capsys, mode):
    tmp_path.chmod(mode)
    (tmp_path / ".champions").mkdir()
    os.chown(tmp_path / ".champions", 4711, 4711)
    refused(book, capsys, "belongs to somebody else")


@as_root
def test_a_colleagues_folder_in_a_folder_shared_by_a_group_is_none_of_a_strangers(book, tmp_path):
    os.chown(tmp_path, 0, 4700)
    tmp_path.chmod(0o2770)
    (tmp_path / ".champions").mkdir()
    os.chown(tmp_path / ".champions", 4711, 4700)
    assert check(book) == 1


@as_root
def test_the_folder_of_the_workbooks_owner_is_theirs(book, tmp_path):
    os.chown(book, 4711, 4711)
    (tmp_path / ".champions").mkdir()
    os.chown(tmp_path / ".champions", 4711, 4711)
    assert check(book) == 1


@as_root
def test_what_is_kept_belongs_to_the_workbooks_owner(book, tmp_path):
    book.chmod(0o640)
    for place in (book, tmp_path):
        os.chown(place, 4711, 4712)
    assert check(book) == 1
    for place in (book, *(tmp_path / ".champions").rglob("*")):
        info = place.stat()
        assert (info.st_uid, info.st_gid) == (4711, 4712), place
        assert place.is_dir() or stat.S_IMODE(info.st_mode) == 0o640, place


# ---- kept states -----------------------------------------------------------------------------------------------------


def last_kept(book):
    return kept_states(book)[0].path


def test_a_state_that_was_exchanged_since_is_not_brought_back(book, made, capsys):
    check(book)
    with zipfile.ZipFile(last_kept(book), "a") as package:
        package.writestr("docProps/extra.xml", "<a/>")
    now = book.read_bytes()
    assert main(["restore", str(book), "1"]) == 2
    assert "was changed since it was kept" in capsys.readouterr().err
    assert book.read_bytes() == now


def test_a_state_of_an_earlier_version_comes_back_and_it_is_said(book, made, capsys):
    check(book)
    shutil.rmtree(book.parent / ".champions" / "backups digests")
    assert main(["restore", str(book), "1"]) == 0
    assert "kept by an earlier version" in capsys.readouterr().out
    assert book.read_bytes() == made.read_bytes()


def test_of_a_state_whose_mark_is_known_nothing_is_said(book, made, capsys):
    check(book)
    assert main(["restore", str(book), "1"]) == 0
    assert "earlier version" not in capsys.readouterr().out
    assert book.read_bytes() == made.read_bytes()


def test_only_a_workbook_that_can_be_read_is_brought_back(book, capsys):
    check(book)
    shutil.rmtree(book.parent / ".champions" / "backups digests")
    with zipfile.ZipFile(last_kept(book), "w") as package:
        package.writestr("word/document.xml", "<a/>")
    now = book.read_bytes()
    for words in (["1"], []):
        assert main(["restore", str(book), *words]) == 2
    assert "Word document" in capsys.readouterr().err
    assert book.read_bytes() == now


@unix
@pytest.mark.parametrize("make", [os.mkfifo, lambda p: p.symlink_to("/etc/hostname")], ids=["pipe", "link"])
def test_a_pipe_or_link_among_the_kept_states_is_none(book, make):
    check(book)
    place = last_kept(book)
    place.unlink()
    make(place)
    with within(60):
        assert kept_states(book) == []
        assert main(["restore", str(book), "1"]) == 2
        assert main(["undo", str(book)]) == 2
        assert check(book) == 1


# ---- the workbook and its lock ---------------------------------------------------------------------------------------


@unix
@pytest.mark.parametrize("device", ["pipe", "/dev/zero", "/dev/full", "/dev/null", "/dev/tty", "socket"])
@pytest.mark.parametrize("command", ["check", "triggers", "undo", "restore", "documents", "doctor"])
def test_a_pipe_or_device_is_no_workbook_and_nobody_waits(tmp_path, capsys, device, command, monkeypatch):
    monkeypatch.chdir(tmp_path)  # a socket's name may not be long
    path = tmp_path / "book.xlsx"
    if device == "pipe":
        os.mkfifo(path)
    elif device == "socket":
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("book.xlsx")
    else:
        path.symlink_to(device)
    with within(60):
        assert main([command, str(path)]) in ({1} if command == "doctor" else {2})
    assert "foresee" not in capsys.readouterr().err


@unix
@pytest.mark.parametrize(
    ("make", "word"),
    [
        (os.mkfifo, "a pipe"),
        (lambda p: p.mkdir(), "a folder"),
        (lambda p: p.symlink_to("precious"), "a link"),
        (lambda p: p.symlink_to("/dev/zero"), "a link"),
    ],
    ids=["pipe", "folder", "link", "device"],
)
def test_what_is_no_lock_file_of_ours_is_refused_at_once(book, tmp_path, capsys, make, word):
    (tmp_path / "precious").write_text("keep")
    make(lock_path(book))
    refused(book, capsys, word, "our own lock file")
    assert (tmp_path / "precious").read_text() == "keep"


HERE = {"holder": "Zoe", "host": "PC9", "process": 1}


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"a":' * 5000,
        json.dumps({**HERE, "since": 10**400}),
        json.dumps({**HERE, "since": float("inf")}),
        json.dumps({**HERE, "since": float("nan")}),
        json.dumps({**HERE, "since": [1]}),
        json.dumps({"host": {"a": 1}, "process": 10**30}),
        json.dumps({"host": socket.gethostname(), "process": 10**30, "holder": ["x"]}),
        json.dumps({"host": socket.gethostname(), "process": -1}),
        "\0" * 4096,
        "\ud800".encode("utf-8", "surrogatepass"),
        "null",
        '"' + "x" * 70_000,
    ],
)
def test_junk_in_a_lock_file_stops_nobody(book, text):
    lock_path(book).write_bytes(text if isinstance(text, bytes) else text.encode())
    assert check(book) == 1
    assert not lock_path(book).exists()


def test_who_holds_the_lock_elsewhere_is_said_without_what_steers_a_terminal(book, capsys):

    lock_path(book).write_text(
        json.dumps({"holder": "Z\x1b[31moe", "host": "P\u202eC", "process": 1, "since": time.time()})
    )
    refused(book, capsys, "Z[31moe", "computer PC")


@pytest.mark.parametrize("name", ["~$book.xlsx", ".~lock.book.xlsx#"])
@pytest.mark.parametrize(
    "content", [b"", b"\xff" * 3, b"\0" * 200, b"\xff" * 200, b"\x1b]0;x\x07" * 40, b"a" * 10_000_000]
)
def test_junk_in_an_office_programs_lock_file_ends_in_words(book, tmp_path, capsys, name, content):
    (tmp_path / name).write_bytes(content)
    refused(book, capsys, "is open in")


@unix
@pytest.mark.parametrize("name", ["~$book.xlsx", ".~lock.book.xlsx#"])
def test_a_pipe_as_an_office_programs_lock_file_holds_nobody_up(book, tmp_path, capsys, name):
    os.mkfifo(tmp_path / name)
    refused(book, capsys, "is open in")


# ---- several names ---------------------------------------------------------------------------------------------------


@unix
@pytest.mark.parametrize("command", [["check", *AS_OF], ["undo"], ["restore", "1"]], ids=lambda c: c[0])
def test_a_workbook_of_two_names_is_told(book, tmp_path, capsys, command):
    if command[0] != "check":
        check(book)
    os.link(book, tmp_path / "other.xlsx")
    capsys.readouterr()
    assert main([command[0], str(book), *command[1:]]) in {0, 1}
    assert "another name on this disk" in capsys.readouterr().err
    assert main(["check", str(book), *AS_OF]) == 1
    assert "another name" not in capsys.readouterr().err


@unix
def test_nothing_is_said_of_names_where_nothing_is_written(book, tmp_path, capsys):
    os.link(book, tmp_path / "other.xlsx")
    assert main(["check", str(book), *AS_OF, "--no-write"]) == 1
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("number", [errno.ENOSYS, errno.EPERM, errno.EOPNOTSUPP, errno.EIO])
def test_a_disk_that_knows_no_permissions_is_written_to(book, capsys, monkeypatch, number):
    def chmod(self, *_args, **_more):
        raise OSError(number, os.strerror(number), str(self))

    before = book.read_bytes()
    monkeypatch.setattr(Path, "chmod", chmod)
    ended = main(["check", str(book), *AS_OF])
    if number == errno.EIO:
        assert ended == 2, "a disk that fails is something else"
        assert book.read_bytes() == before
    else:
        assert ended in {0, 1}
        assert main(["undo", str(book)]) == 0, capsys.readouterr().err
        assert book.read_bytes() == before
