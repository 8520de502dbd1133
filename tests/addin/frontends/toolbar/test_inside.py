"""What the toolbar does within LibreOffice, as far as it needs no LibreOffice: finding the program and starting it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from addin.frontends.toolbar.build import facts
from addin.frontends.toolbar.inside.facts import Facts
from addin.frontends.toolbar.inside.running import Ended, is_plain, run, surroundings
from addin.frontends.toolbar.inside.settings import Program, Trouble, find_program, settings_place, settings_text
from addin.isolated import PRESS, PRESSED, start_line

KNOWN = Facts(facts())


def place_with(tmp_path, text) -> Path:
    place = tmp_path / "libreoffice.json"
    place.write_text(text, encoding="utf-8")
    return place


def test_the_program_is_found(tmp_path):
    program = Program(sys.executable, "1.2.3")
    assert find_program(place_with(tmp_path, settings_text(program)), "1.2.3") == program


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"interpreter": "/usr/bin/python3"}', "null"])
def test_settings_that_cannot_be_read_are_as_none(text, tmp_path):
    trouble = find_program(place_with(tmp_path, text), "1.2.3")
    assert isinstance(trouble, Trouble)
    assert "not installed" in trouble.words
    assert "Install Champion Workbook again" in trouble.mend


def test_the_program_moved_or_of_another_version(tmp_path):
    gone = find_program(place_with(tmp_path, settings_text(Program("/nowhere/python", "1.2.3"))), "1.2.3")
    assert "/nowhere/python" in gone.words
    other = find_program(place_with(tmp_path, settings_text(Program(sys.executable, "1.2.2"))), "1.2.3")
    assert "1.2.2" in other.words
    assert "Install Champion Workbook again" in other.mend


def test_the_settings_lie_where_each_system_keeps_them():
    assert settings_place({"HOME": "/h"}, "linux") == Path("/h/.config/champions/libreoffice.json")
    assert settings_place({"HOME": "/h", "XDG_CONFIG_HOME": "/c"}, "linux") == Path("/c/champions/libreoffice.json")
    assert settings_place({"HOME": "/h"}, "darwin").is_relative_to("/h/Library/Application Support")
    assert settings_place({"APPDATA": "/r", "USERPROFILE": "/u"}, "win32").is_relative_to("/r")


@pytest.mark.parametrize("pressed", ["check:');import os", "check:a b", "", 'x"', "a\nb", "é"])
def test_nothing_else_can_be_slipped_in(pressed):
    assert not is_plain(pressed)
    assert is_plain("check:OAK")


def test_the_program_does_not_see_libreoffices_python():
    theirs = {"PYTHONHOME": "/lo", "PYTHONPATH": "/lo/lib", "__PYVENV_LAUNCHER__": "/lo/python", "PATH": "/usr/bin"}
    assert surroundings(theirs, {"CHAMPIONS_X": "y"}) == {"PATH": "/usr/bin", "CHAMPIONS_X": "y"}


def test_the_end_of_a_press_is_known(tmp_path):
    assert run([sys.executable, "-c", "raise SystemExit(3)"], {}) == Ended(3)
    assert run([sys.executable, "-c", "raise SystemExit('Close the dialog.')"], {}) == Ended(1, "Close the dialog.")
    assert run([sys.executable, "-c", "1 / 0"], {}) == Ended(1), "no traceback reaches a manager"
    assert run([str(tmp_path / "gone")], {}) == Ended(None)


def test_a_press_that_reaches_no_office_program_says_so(tmp_path):
    import os

    nowhere = {**os.environ, "CHAMPIONS_CALC_ADDRESS": str(tmp_path / "nobody"), "CHAMPIONS_CALC_TOKEN": "x"}
    ended = run(start_line(sys.executable, PRESS), {**nowhere, PRESSED: "check"})
    assert ended.code
    assert ended.words.startswith("LibreOffice was closed meanwhile.")
