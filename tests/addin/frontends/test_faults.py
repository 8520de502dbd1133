"""The log of faults never makes things worse."""

import os
import subprocess
import sys

import pytest

from addin.frontends import faults
from addin.frontends.terminal import main

unix = pytest.mark.skipif(os.name == "nt", reason="of Unix")


def a_fault(words="Mrs Secret has pain"):
    try:
        raise KeyError(words)
    except KeyError as error:
        return error


@pytest.fixture
def home(tmp_path, monkeypatch):
    for name in ("XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "other"))
    monkeypatch.setattr(faults.tempfile, "tempdir", None)
    (tmp_path / "home").mkdir()
    (tmp_path / "other").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


def test_it_says_where_and_not_what(home):
    place = faults.write_fault(a_fault())
    text = place.read_text()
    assert place.is_relative_to(home)
    assert all(word in text for word in ("KeyError", "test_faults.py", "a_fault"))
    assert "Secret" not in text


def test_two_faults_stand_in_one_log(home):
    assert faults.write_fault(a_fault()) == faults.write_fault(a_fault())
    assert faults.write_fault(a_fault()).read_text().count("KeyError") == 3


def place_of(home):
    place = faults.write_fault(a_fault())
    place.unlink()
    return place


@unix
@pytest.mark.parametrize(
    "make", [os.mkfifo, os.mkdir, lambda p: p.symlink_to("/etc/passwd"), lambda p: p.symlink_to("/dev/full")]
)
def test_whatever_lies_in_its_place_is_left_alone(home, make):
    make(place_of(home))
    found = faults.write_fault(a_fault())
    assert found.parent == home.parent / "other"
    assert "KeyError" in found.read_text()


@unix
def test_a_folder_that_is_a_file_or_a_home_that_is_none(home, monkeypatch):
    place_of(home).parent.rmdir()
    (home / ".local").rename(home / "away")
    (home / ".local").write_text("a file")
    assert faults.write_fault(a_fault()).parent == home.parent / "other"
    monkeypatch.setenv("HOME", "/dev/null")
    assert faults.write_fault(a_fault()).parent == home.parent / "other"


def test_no_home_at_all_makes_no_folder_of_that_name_here(home, monkeypatch):
    monkeypatch.delenv("HOME")
    import platformdirs

    monkeypatch.setattr(platformdirs, "user_log_dir", lambda *_, **__: "~/.local/state/champions/log")
    assert faults.write_fault(a_fault()).parent == home.parent / "other"
    assert not (home.parent / "~").exists()


def test_nowhere_to_write_ends_in_words_and_exit_3(home, monkeypatch, capsys):
    monkeypatch.setattr(
        faults.os, "open", lambda *_, **__: (_ for _ in ()).throw(OSError(28, "No space left on device"))
    )
    monkeypatch.setattr("addin.frontends.terminal.week.run", lambda _: {}["missing"])
    assert main(["week", "x.xlsx"]) == 3
    said = capsys.readouterr().err
    assert "could not be written down" in said
    assert not any(word in said for word in ("Traceback", "None"))


def test_a_process_without_anything_ends_in_words():
    """No home, no temporary folder, no room: as a service may be started."""
    code = (
        "import os, sys, addin.frontends.terminal.week\n"
        "from addin.frontends.terminal import main\n"
        "addin.frontends.terminal.week.run = lambda _: {}['missing']\n"
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))\n"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "sys.exit(main(['week', 'x.xlsx']))"
    )
    pytest.importorskip("resource")
    env = {"PATH": os.environ["PATH"], "HOME": "/nonexistent/home", "TMPDIR": "/nonexistent/tmp"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert "did not foresee" in done.stderr


def test_it_does_not_grow_without_end(home, monkeypatch):
    monkeypatch.setattr(faults, "_LONGEST", 300)
    for _ in range(20):
        place = faults.write_fault(a_fault())
    assert place.stat().st_size < 1000
    assert sorted(p.name for p in place.parent.iterdir()) == ["faults.log", "faults.old.log"]
