"""The toolbar installed, examined and removed: on made-up computers of three systems, and in the real LibreOffice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

import pytest

from addin.frontends.doctor.toolbar import examine_toolbar
from addin.frontends.toolbar import installing, status
from addin.frontends.toolbar.inside.settings import Program, read_program
from addin.frontends.toolbar.places import Office
from addin.frontends.toolbar.resident_client.rendezvous import NOTE
from addin.output.masterbook import write_master
from tests.support.office import need_office_python
from tests.support.toolbar.offices import PROGRAMS, computer, deployed, extensions_of, look, refuse
from workbook.blueprint import plan_book
from workbook.model.errors import BookNotWritable, ToolMissing

EVERYWHERE = pytest.mark.parametrize("platform", PROGRAMS)
OURS = version("champion-workbook")


def install(places, interpreter=None):
    return installing.install(places, interpreter, extensions_of, lambda python: "1.0")


def remove(places):
    return installing.remove(places, extensions_of)


def found(places, answer=OURS):
    return status.examine(places, extensions_of=extensions_of, answer_of=lambda _: answer)


def wrong(points) -> str:
    return "\n".join(f"{p.words} {p.mend} {p.in_terminal}" for p in points if not p.well)


@EVERYWHERE
def test_installed_it_is_all_well(platform, tmp_path):
    places = computer(platform, tmp_path)
    said = install(places)
    assert f"Version: {OURS}" in deployed(places)
    assert read_program(places.settings) == Program(sys.executable, OURS)
    assert str(places.office().programs) in said[0]
    assert "open it again" in said[-1]
    assert wrong(found(places)) == ""


@EVERYWHERE
def test_removed_nothing_is_left(platform, tmp_path):
    places = computer(platform, tmp_path)
    install(places)
    places.kept.mkdir(parents=True)
    (places.kept / NOTE).touch()
    assert "taken out" in remove(places)[0]
    assert deployed(places) == ""
    assert not (places.kept / NOTE).exists(), "the process that stays ends when it isn't found any more"
    assert not places.settings.exists()
    assert "not installed" in remove(places)[0]
    assert "champions libreoffice install" in wrong(found(places))


@pytest.mark.parametrize("content", [b"my notes", b'{"colour": "green"}', b""])
def test_a_file_of_the_settings_name_that_is_not_ours_is_left_alone(content, tmp_path):
    places = computer("linux", tmp_path)
    places.settings.parent.mkdir(parents=True)
    places.settings.write_bytes(content)
    said = remove(places)
    assert "not installed" in said[0]
    assert str(places.settings) in said[1]
    assert places.settings.read_bytes() == content


@EVERYWHERE
def test_no_libreoffice(platform, tmp_path):
    places = look(platform, tmp_path)
    with pytest.raises(ToolMissing, match="not found"):
        install(places)
    assert not places.settings.exists()
    assert "libreoffice.org" in wrong(found(places))


@pytest.mark.parametrize(
    ("kept_in", "called"),
    [("var/lib/flatpak/app/org.libreoffice.LibreOffice", "Flatpak"), ("snap/libreoffice", "Snap")],
)
def test_a_libreoffice_that_is_shut_off(kept_in, called, tmp_path):
    (tmp_path / kept_in).mkdir(parents=True)
    with pytest.raises(ToolMissing, match=called):
        install(look("linux", tmp_path))
    places = computer("linux", tmp_path)
    install(places)
    points = found(places)
    assert wrong(points) == ""
    assert any(called in point.words for point in points)


def test_the_app_store_is_shut_off_too(tmp_path):
    (computer("darwin", tmp_path).office().programs.parent / "_MASReceipt").mkdir()
    with pytest.raises(ToolMissing, match="App Store"):
        install(look("darwin", tmp_path))


def test_a_libreoffice_without_python(tmp_path):
    places = computer("linux", tmp_path, python=False)
    with pytest.raises(ToolMissing, match="no Python") as refused:
        install(places)
    assert "python3-uno" in refused.value.next_step
    assert not places.settings.exists()
    assert "python3-uno" in wrong(found(places))


def test_an_old_libreoffice(tmp_path):
    assert "7.3 is too old" in wrong(found(computer("linux", tmp_path, version="7.3")))
    assert "too old" not in wrong(found(computer("linux", tmp_path / "other", version="25.2")))


def test_libreoffice_refuses_the_toolbar(tmp_path):
    places = computer("linux", tmp_path)
    install(places, Path("/somewhere/python"))
    before = places.settings.read_bytes()
    refuse(places, "the disk is full")
    with pytest.raises(ToolMissing, match="the disk is full"):
        install(places, Path("/elsewhere/python"))
    assert places.settings.read_bytes() == before
    with pytest.raises(ToolMissing, match="the disk is full"):
        remove(places)
    assert places.settings.read_bytes() == before


def test_the_settings_cannot_be_written(tmp_path):
    places = computer("linux", tmp_path)
    places.settings.parent.parent.mkdir(parents=True)
    places.settings.parent.write_text("a file where a folder should be", encoding="utf-8")
    with pytest.raises(BookNotWritable):
        install(places)
    assert deployed(places) == ""


def test_the_program_was_moved(tmp_path):
    places = computer("linux", tmp_path)
    install(places, tmp_path / "gone" / "python")
    assert f"gone from {tmp_path / 'gone' / 'python'}" in wrong(found(places))


def test_the_program_does_not_start(tmp_path):
    places = computer("linux", tmp_path)
    install(places)
    assert "does not start" in wrong(found(places, answer=""))


def test_another_version_is_told(tmp_path):
    places = computer("linux", tmp_path)
    install(places)
    assert "the program there is 9.9.9" in wrong(found(places, answer="9.9.9"))
    (places.office().programs / "deployed").write_text(deployed(places).replace(OURS, "0.0.1"), encoding="utf-8")
    assert "The toolbar is of version 0.0.1" in wrong(found(places))


def test_doctor_looks_at_the_toolbar_where_it_is_installed(tmp_path):
    places = look("linux", tmp_path)
    assert wrong(examine_toolbar(places)) == ""
    places = computer("linux", tmp_path)
    assert wrong(examine_toolbar(places)) == "", "not to have the toolbar is no fault"
    install(places, tmp_path / "gone" / "python")
    assert "gone from" in wrong(examine_toolbar(places))


def test_an_administrator_without_libreoffices_python(tmp_path, monkeypatch):
    from addin.frontends.toolbar.extensions import Extensions

    places = computer("linux", tmp_path)
    monkeypatch.setattr(Office, "pythons", ())
    with pytest.raises(ToolMissing, match="refuses an administrator"):
        Extensions(places.office(), administrator=True).versions()


@contextmanager
def opened(workbook, environment):
    """A LibreOffice in which a person has a workbook open."""
    words = ["soffice", "--headless", "--norestore", "--nologo", str(workbook)]
    office = subprocess.Popen(words, env=environment, start_new_session=True, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 60
        while not list(workbook.parent.glob(f".~lock.{workbook.name}#")):
            assert time.monotonic() < until, "LibreOffice did not open the workbook"
            time.sleep(0.2)
        yield office
    finally:
        os.killpg(office.pid, signal.SIGKILL)
        office.wait(timeout=20)


@pytest.mark.libreoffice
def test_in_the_real_libreoffice(tmp_path):
    need_office_python()
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "config")}
    environment["PATH"] = "/usr/local/bin:/usr/bin:/bin"  # whatever environment the tests run in

    def champions(action):
        words = [sys.executable, "-m", "addin.frontends.terminal", "libreoffice", action]
        return subprocess.run(words, env=environment, capture_output=True, text=True, timeout=300, check=False)

    workbook = tmp_path / "open.xlsx"
    write_master(workbook, plan_book())
    with opened(workbook, environment) as office:
        done = champions("install")
        assert done.returncode == 0, done.stderr
        assert office.poll() is None, "a LibreOffice that is open stays open"
        assert list(tmp_path.glob(".~lock.open.xlsx#")), "and so does its workbook"
    well = champions("status")
    assert (well.returncode, "!!" in well.stdout) == (0, False), well.stdout
    assert champions("install").returncode == 0, "installing twice brings it up to date"
    assert champions("remove").returncode == 0
    left = champions("status")
    assert left.returncode == 1
    assert "not installed" in left.stdout
