"""What a button starts, as a process: what it is handed, and what it says where no office program can be reached."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import version

import pytest

from addin import press
from addin.isolated import EXCEL_BOOK, EXCEL_WINDOW, PRESS, PRESSED, RIBBON, start_line

OURS = version("champion-workbook")
IN_EXCEL = {PRESSED: "check", EXCEL_WINDOW: "4711", EXCEL_BOOK: "Oak & sons ^& 100%.xlsx", RIBBON: OURS}


def pressed(*words, **variables):
    done = subprocess.run(
        start_line(sys.executable, PRESS, *words),
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_it_says_which_version_it_is_once_all_was_imported():
    assert pressed("--version") == (0, f"{OURS}\n", "")


def test_where_excel_cannot_be_reached_it_says_so_and_what_to_do():
    code, _, said = pressed(**IN_EXCEL)
    assert code == 2
    assert "Excel can't be reached" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("of", ["0.0.9", ""])
def test_a_ribbon_of_another_version_is_told(of):
    code, _, said = pressed(**{**IN_EXCEL, RIBBON: of})
    assert code == 2
    assert (of or "unknown") in said
    assert OURS in said


@pytest.mark.parametrize("what", ["", "no such", "check:a b", "check:x'); import os"])
def test_what_no_button_presses_is_not_done(what):
    code, _, said = pressed(**{**IN_EXCEL, PRESSED: what})
    assert (code, said.strip()) == (2, "Press the button again.")


def test_a_macs_words_are_taken_for_what_they_say():
    book = "".join(f"{ord(sign):04X}" for sign in '$(say hi)|"x.xlsx')
    code, _, said = pressed("check", book, "0.0.9")
    assert code == 2
    assert "0.0.9" in said
    assert pressed("check", "$(say hi)", OURS)[2].strip() == "Press the button again."


def test_the_line_of_an_older_ribbon_gets_an_answer():
    code = "import addin.frontends.buttons; addin.frontends.buttons.press('check')"
    words = ["--wb=Rota.xlsx", "--from_xl=1", "--hwnd=4711"]
    done = subprocess.run([sys.executable, "-B", "-c", code, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "install Champion Workbook again" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_was_handed_over_is_not_inherited_by_what_a_press_starts(monkeypatch):
    seen = []
    monkeypatch.setattr(
        "addin.frontends.buttons.press", lambda what, variables: seen.append((what, dict(variables), dict(given)))
    )
    given = {**IN_EXCEL, "HOME": "/h"}
    assert press.main([], given) == 0
    assert seen == [
        ("check", {"HOME": "/h", EXCEL_WINDOW: "4711", EXCEL_BOOK: IN_EXCEL[EXCEL_BOOK]}, {"HOME": "/h"}),
    ]


def test_a_fault_of_ours_is_written_down_and_told_by_its_code(monkeypatch, tmp_path):
    monkeypatch.setattr("addin.frontends.buttons.press", lambda *_: 1 / 0)
    monkeypatch.setattr("platformdirs.user_log_dir", lambda *_, **__: str(tmp_path))
    assert press.main([], dict(IN_EXCEL)) == 3
    assert "ZeroDivisionError" in (tmp_path / "faults.log").read_text(encoding="utf-8")
