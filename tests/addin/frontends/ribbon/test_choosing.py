"""A window to choose in beside Excel: what it shows and gives, also where none can be shown."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time

import pytest

from addin.frontends.buttons.office_app import OfficeFront
from addin.frontends.buttons.situation import Question
from addin.frontends.ribbon.choosing import Choice, NoWindow, choose
from addin.isolated import start_line
from tests.support.desk import screen
from tests.support.office import REQUIRED

#: A stand-in for the window: gives what its line says.
_PRETEND = "import sys; sys.stdin.read(); print(sys.argv[1])"
LINES = ("Today at 09:00, before Check entries", "Zoë’s “note”; $(rm -rf)", "Yesterday")


def pretend(answer):
    return [sys.executable, "-c", _PRETEND, answer]


@pytest.mark.parametrize(("answer", "chosen"), [("[1]", [1]), ("null", None), ("[0, 2]", [0, 2]), ("[]", [])])
def test_what_was_chosen_is_given(answer, chosen):
    assert choose(Choice("Which?", LINES), window=pretend(answer)) == chosen


@pytest.mark.parametrize("answer", ["[7]", "[-1]", "what", "", "false", '["0"]'])
def test_an_answer_that_can_not_be_is_none(answer):
    with pytest.raises(NoWindow):
        choose(Choice("Which?", LINES), window=pretend(answer))


def test_without_a_window_it_is_said():
    with pytest.raises(NoWindow):
        choose(Choice("Which?", LINES), window=["no such program anywhere"])


def test_where_no_window_can_be_shown_one_line_after_the_other_is_asked():
    front = OfficeFront.__new__(OfficeFront)
    asked = []

    def ask(words):
        asked.append(words)
        return "Yesterday" in words

    front.ask = ask
    assert front._chosen_one_by_one(Question("Which?", LINES)) == [2]
    assert [line in words for line, words in zip(LINES, asked, strict=True)] == [True] * 3
    assert front._chosen_one_by_one(Question("Which?", LINES[:1])) is None


@pytest.mark.parametrize(
    ("several", "unticked", "keys", "chosen"),
    [
        (False, [], ["Down", "Return"], "[1]"),
        (False, [], ["Escape"], "null"),
        (True, [], ["Down", "space", "Return"], "[0, 2]"),
        (True, [], ["space", "space", "Return"], "[0, 1, 2]"),
        (True, [1, 2], ["Down", "space", "Return"], "[0, 1]"),
    ],
)
def test_it_is_used_by_keys_alone(several, unticked, keys, chosen):
    missing = [tool for tool in ("Xvfb", "xdotool") if shutil.which(tool) is None]
    if missing and not REQUIRED:
        pytest.skip(f"Not installed on this machine: {', '.join(missing)}.")
    pytest.importorskip("tkinter")
    shown, display = screen()
    surroundings = {**os.environ, "DISPLAY": display}
    try:
        words = start_line(sys.executable, "addin.frontends.ribbon.choosing")
        pipe = subprocess.PIPE
        with subprocess.Popen(words, stdin=pipe, stdout=pipe, text=True, env=surroundings, encoding="utf-8") as window:
            window.stdin.write(
                json.dumps({"words": "Which?", "lines": LINES, "several": several, "unticked": unticked})
            )
            window.stdin.close()
            _wait_for_window(surroundings)
            for key in keys:
                subprocess.run(["xdotool", "key", key], env=surroundings, check=False)
                time.sleep(0.2)
            assert window.stdout.read() == chosen
        assert window.returncode == 0
    finally:
        shown.terminate()
        shown.wait(20)


def _wait_for_window(surroundings):
    until = time.monotonic() + 30
    while time.monotonic() < until:
        found = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--name", "^Champions$"],
            env=surroundings,
            capture_output=True,
            text=True,
            check=False,
        ).stdout.split()
        if found:
            time.sleep(0.5)
            subprocess.run(["xdotool", "windowfocus", found[-1]], env=surroundings, check=False)
            return
        time.sleep(0.1)
    raise AssertionError("the window did not come")
