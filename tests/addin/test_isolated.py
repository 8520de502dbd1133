"""What starts our own Python but a person's own command: nothing that lies where it starts is imported."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from addin.frontends import interpreter
from addin.frontends.progress_window import Waiting
from addin.frontends.toolbar.resident_client import NotTaken, Resident, ask
from addin.frontends.toolbar.resident_client import asking as client
from addin.isolated import ISOLATED, PRESS, PRESSED, start_line
from workbook.model.errors import ToolMissing

ROOT = Path(__file__).resolve().parents[2]
INSTALLER = "".join((ROOT / "installer" / name).read_text(encoding="ascii") for name in ("champions.nsi", "setup.cmd"))
#: Names that a start of ours would import if it looked where it stands.
TRAPS = (
    *("addin/__init__.py", "workbook.py", "platformdirs.py", "rapidfuzz.py", "xlwings.py", "xlsxwriter.py"),
    *("sitecustomize.py", "usercustomize.py", "argparse.py", "json.py", "socket.py", "tkinter.py", "agent/__init__.py"),
)
#: The words of each start: those of the installer as they stand there, and those of our own modules.
STARTS = {
    **{line: line.split() for line in re.findall(r"-I -B -m addin\.frontends\.(?:terminal addin \w+|\w+)", INSTALLER)},
    "a press": start_line("", PRESS)[1:],
    "the version": start_line("", PRESS, "--version")[1:],
    "the window": start_line("", "addin.frontends.progress_window", "Check entries")[1:],
    "the process that stays": start_line("", "addin.frontends.resident", "", "0", "")[1:],
    # as earlier versions installed them
    "the former terminal": start_line("", "addin.cli", "addin", "remove")[1:],
    "the former start menu": start_line("", "addin.starting")[1:],
    "the former process that stays": start_line("", "addin.resident", "", "0", "")[1:],
}


@pytest.fixture
def trapped(tmp_path):
    """A folder full of traps, and the variables that name it in every way Python knows."""
    folder = tmp_path / "Documents"
    mark = tmp_path / "sprung"
    for name in TRAPS:
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(f"open({str(mark)!r}, 'a').write({name!r})\n", encoding="utf-8")
    (folder / "tasklist.exe").write_bytes(b"")
    startup = folder / "sitecustomize.py"
    variables = {
        **os.environ,
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
        "XDG_DATA_HOME": str(folder),
        "PYTHONPATH": str(folder),
        "PYTHONSTARTUP": str(startup),
        "PYTHONUSERBASE": str(folder),
        "DISPLAY": "",
    }
    return folder, variables, lambda: mark.read_text(encoding="utf-8") if mark.exists() else ""


def test_the_installer_has_three_such_starts():
    assert len([name for name in STARTS if name.startswith("-I")]) == 3


@pytest.mark.parametrize("name", STARTS)
def test_nothing_that_lies_there_is_imported(name, trapped):
    folder, variables, sprung = trapped
    words = [{"install": "status", "remove": "status"}.get(word, word) for word in STARTS[name]]
    done = subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env=variables,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
        check=False,
    )
    assert sprung() == ""
    assert b"No module named" not in done.stderr


def test_without_that_the_traps_are_sprung(trapped):
    """The near miss: what was there before."""
    folder, variables, sprung = trapped
    subprocess.run(
        [sys.executable, "-m", "addin.frontends.start_menu"],
        cwd=folder,
        env=variables,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert "addin/__init__.py" in sprung()


def test_a_persons_own_command_does_not_look_there_either_and_keeps_their_folder(trapped):
    folder, variables, sprung = trapped
    del variables["PYTHONPATH"], variables["PYTHONUSERBASE"]
    champions = Path(sys.executable).with_name("champions")
    done = subprocess.run(
        [champions, "new", "mine.xlsx"], cwd=folder, env=variables, capture_output=True, timeout=60, check=False
    )
    assert (done.returncode, sprung()) == (0, "")
    assert (folder / "mine.xlsx").exists(), "paths are read from the folder that the person is in"


@pytest.mark.parametrize("start", ["window", "resident", "version"])
def test_our_own_modules_start_others_so(start, trapped, monkeypatch):
    folder, variables, sprung = trapped
    monkeypatch.chdir(folder)
    for name in ("PYTHONPATH", "HOME", "DISPLAY"):
        monkeypatch.setenv(name, variables[name])
    if start == "window":
        with Waiting("Check entries", patience=0) as waiting:
            waiting._timer.join(20)
    elif start == "version":
        assert interpreter.version_in(Path(sys.executable))
    else:
        with pytest.raises(NotTaken):
            ask(Resident(folder / "state", sys.executable, "another version", variables), {})
        for process in client._started:
            process.wait(20)
        client._started.clear()
    assert sprung() == ""


def test_a_press_leaves_the_folder_it_was_started_in_first(tmp_path):
    code = f"import sys, runpy, os; sys.argv = ['x']; runpy.run_module({PRESS!r}, run_name='__main__')"
    noting = "import sys, os; sys.addaudithook(lambda event, given: event == 'os.chdir' and print(given[0]));"
    run = [sys.executable, *ISOLATED, "-c", noting + code]
    done = subprocess.run(
        run, cwd=tmp_path, capture_output=True, text=True, env={**os.environ, PRESSED: ""}, timeout=60, check=False
    )
    assert done.stdout.splitlines() == [sys.prefix]


def test_an_interpreter_that_cannot_import_us_by_itself_is_refused_in_words(tmp_path):
    """The program lies where only a variable of the person's names it, as with `pip install --user`."""
    bare = tmp_path / "python"
    bare.write_text(f'#!/bin/sh\nexec "{Path(sys.executable).resolve()}" "$@"\n', encoding="utf-8")
    bare.chmod(0o755)
    place = tmp_path / "elsewhere"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", place], check=True, timeout=60)
    with pytest.raises(ToolMissing, match="environment of its own") as told:
        interpreter.refuse_unable(place / "bin" / "python")
    assert str(place) in told.value.where
    interpreter.refuse_unable(Path(sys.executable))
