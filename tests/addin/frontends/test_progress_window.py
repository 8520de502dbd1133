"""A click that takes minutes: a window says so and can stop it; one that is quick shows nothing."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import threading
import time

import pytest

from addin.frontends.progress_window import Stopped, Waiting
from tests.support.office import REQUIRED

#: A stand-in for the window: notes what it is told, and presses Stop at a word.
_PRETEND = """
import sys
with open(sys.argv[1], "w", encoding="utf-8") as notes:
    for line in sys.stdin:
        notes.write(line); notes.flush()
        if "press" in line:
            print("stop", flush=True)
    notes.write("closed\\n")
"""


def pretend(notes):
    return [sys.executable, "-c", _PRETEND, str(notes)]


def until(true, seconds=15.0):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.05)


def test_a_quick_click_shows_no_window(tmp_path):
    notes = tmp_path / "notes"
    with Waiting("Check entries", patience=30, window=pretend(notes)) as waiting:
        waiting.say("Reading")
        waiting.check()
    assert not notes.exists()


def test_a_slow_click_says_what_it_does_and_goes_on(tmp_path):
    notes = tmp_path / "notes"
    with Waiting("Check entries", patience=0, window=pretend(notes)) as waiting:
        waiting.say("Reading the workbook")
        until(lambda: notes.exists() and "Reading the workbook" in notes.read_text(encoding="utf-8"))
        waiting.say("Writing 12 findings")
        until(lambda: "Writing 12 findings" in notes.read_text(encoding="utf-8"))
        waiting.check()
    until(lambda: notes.read_text(encoding="utf-8").endswith("closed\n"))


def test_stop_ends_it_at_the_next_step_and_nothing_before(tmp_path):
    notes, steps = tmp_path / "notes", []

    def click():
        with Waiting("Check entries", patience=0, window=pretend(notes)) as waiting:
            waiting.say("press")
            until(waiting._stopped.is_set)
            steps.append("the step that was under way is finished")
            waiting.check()
            steps.append("never reached")

    with pytest.raises(Stopped, match=r"Check entries was stopped\. Nothing was changed"):
        click()
    assert steps == ["the step that was under way is finished"]
    assert notes.read_text(encoding="utf-8").endswith("closed\n")


def test_without_a_window_a_click_goes_on():
    with Waiting("Check entries", patience=0, window=["no such program anywhere"]) as waiting:
        time.sleep(0.2)
        waiting.say("Reading")
        waiting.check()


@pytest.mark.parametrize(
    "window",
    [
        "import sys; sys.exit(1)",  # as without a screen or Tk
        "import os; os.close(0); import time; time.sleep(0.3)",
        "import sys; sys.stdout.buffer.write(b'\\xff\\xfe stop?\\n' * 3)",
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
    ],
    ids=["ends at once", "reads nothing", "says what is no text", "is killed"],
)
def test_a_window_that_dies_leaves_the_click_alone(window, monkeypatch):
    faults = []
    monkeypatch.setattr(threading, "excepthook", faults.append)
    for _ in range(3):
        with Waiting("Check entries", patience=0, window=[sys.executable, "-c", window]) as waiting:
            waiting.say("Reading " + "x" * 70_000)  # more than a pipe holds
            waiting._timer.join(0.2)
            waiting.say("Writing")
        waiting._timer.join(10)
        assert not waiting._timer.is_alive()
    assert faults == []


def test_a_window_that_comes_up_after_the_click_is_closed_at_once(tmp_path, monkeypatch):
    real, notes = subprocess.Popen, tmp_path / "notes"

    def slowly(*args, **kwargs):
        time.sleep(0.5)
        return real(*args, **kwargs)

    monkeypatch.setattr(subprocess, "Popen", slowly)
    with Waiting("Check entries", patience=0, window=pretend(notes)) as waiting:
        time.sleep(0.1)
    waiting._timer.join(10)
    assert notes.read_text(encoding="utf-8") == "closed\n"


def test_without_another_thread_a_click_goes_on(monkeypatch):
    monkeypatch.setattr(
        threading.Timer, "start", lambda _: (_ for _ in ()).throw(RuntimeError("can't start new thread"))
    )
    with Waiting("Check entries", patience=0) as waiting:
        waiting.say("Reading")
        waiting.check()


def test_importing_it_costs_a_click_nothing():
    code = "import sys, addin.frontends.progress_window; print('tkinter' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize("key", ["Return", "Escape"])
def test_the_real_window_stops_by_keyboard(key):
    if not all(map(shutil.which, ("Xvfb", "xdotool"))):
        if REQUIRED:
            pytest.fail("Xvfb and xdotool are required here.")
        pytest.skip("Xvfb or xdotool is not installed on this machine.")
    pytest.importorskip("tkinter")
    with screen() as display:

        def click():
            command = [sys.executable, "-m", "addin.frontends.progress_window", "Check entries"]
            with Waiting("Check entries", patience=0, window=["env", f"DISPLAY={display}", *command]) as waiting:
                waiting.say("Reading the workbook")
                press_in_the_window(display, key)
                until(waiting._stopped.is_set)
                waiting.check()

        with pytest.raises(Stopped):
            click()


@contextlib.contextmanager
def screen():
    """A screen of its own; gives its name."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "800x600x24"]
    with subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL) as server:
        os.close(write)
        try:
            yield ":" + os.read(read, 16).decode().strip()
        finally:
            os.close(read)
            server.terminate()


def press_in_the_window(display: str, key: str) -> None:
    environment = os.environ | {"DISPLAY": display}
    find = ["xdotool", "search", "--sync", "--name", "^Champions$"]
    found = subprocess.run(find, env=environment, capture_output=True, text=True, timeout=30, check=True)
    time.sleep(0.3)
    press = ["xdotool", "windowfocus", found.stdout.split()[0], "key", key]
    subprocess.run(press, env=environment, capture_output=True, timeout=30, check=True)


def test_while_a_question_is_open_the_window_is_out_of_the_way(tmp_path):
    notes = tmp_path / "notes"
    with Waiting("Bring back", patience=0, window=pretend(notes)) as waiting:
        until(notes.exists)
        with waiting.aside():
            until(lambda: notes.read_text(encoding="utf-8").endswith("closed\n"))
            waiting.say("Nobody sees this")
            time.sleep(0.2)
        waiting.say("Opening it")
        until(lambda: "Opening it" in notes.read_text(encoding="utf-8"))
