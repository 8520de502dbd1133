"""The process that stays, with real processes: it answers its own user and program alone, and is never in the way."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import sys
import threading
import time
from importlib.metadata import version
from pathlib import Path

import pytest

from addin import pipe as pipes
from addin.frontends.toolbar.resident_client import Lost, NotTaken, Resident, ask, asking, rendezvous
from addin.isolated import as_module

ROOT = Path(__file__).resolve().parents[4]
STAND_IN = (str(ROOT / "tests" / "support" / "resident" / "standing_in.py"),)
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the processes are looked at as POSIX has them")


@pytest.fixture
def resident(tmp_path):
    variables = {**os.environ, "HOME": str(tmp_path / "home"), "XDG_STATE_HOME": ""}
    there = Resident(tmp_path / "state", sys.executable, version("champion-workbook"), variables, STAND_IN)
    yield there
    for process in asking._started:
        process.kill()
        process.wait()
    asking._started.clear()


def with_variables(resident, **variables):
    return resident._replace(variables={**resident.variables, **variables})


def pid_of(resident):
    return ask(resident, {"do": "tell"})["pid"]


def wait_until(what, seconds=10):
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.02)


def is_gone(pid):
    """Whether a process that was started from here has ended."""
    return all(process.poll() is not None for process in asking._started if process.pid == pid)


def note(resident):
    return resident.folder / rendezvous.NOTE


def in_the_middle(resident, tmp_path, seconds=30):
    """Somebody who has asked for something long; gives what came of it."""
    outcome, tell = [], tmp_path / "at work"

    def work():
        try:
            outcome.append(ask(resident, {"do": "sleep", "seconds": seconds, "tell": str(tell)}))
        except (Lost, NotTaken) as error:
            outcome.append(error)

    worker = threading.Thread(target=work)
    worker.start()
    wait_until(tell.exists)
    return worker, outcome


def test_one_process_answers_one_press_after_another(resident):
    first = ask(resident, {"do": "tell", "say": "Zoë"})
    assert first["said"] == "Zoë"
    assert first["pid"] != os.getpid()
    assert {pid_of(resident) for _ in range(5)} == {first["pid"]}


def test_an_error_of_one_press_ends_that_press_alone(resident):
    before = pid_of(resident)
    assert ask(resident, {"do": "fail"}) == {"error": "ValueError"}
    assert pid_of(resident) == before
    logs = list(Path(resident.variables["HOME"]).rglob("faults.log"))
    assert len(logs) == 1
    assert "as asked" not in logs[0].read_text(encoding="utf-8"), "a log holds nothing that may quote an entry"


def test_nobody_else_may_look_into_what_it_leaves(resident):
    ask(resident, {"do": "tell"})
    assert resident.folder.stat().st_mode & 0o777 == 0o700
    for place in resident.folder.iterdir():
        assert place.stat().st_mode & 0o077 == 0, place.name
    assert {rendezvous.NOTE, rendezvous.HELD, "resident.socket"} <= {p.name for p in resident.folder.iterdir()}


def test_a_folder_that_others_may_look_into_is_not_used(resident):
    resident.folder.mkdir(mode=0o755)
    with pytest.raises(NotTaken):
        ask(resident, {"do": "tell"})
    assert list(resident.folder.iterdir()) == []


def test_whoever_lacks_the_key_is_not_answered(resident):
    before = pid_of(resident)
    known = json.loads(note(resident).read_text(encoding="utf-8"))
    with pipes.connect(known["address"], 3) as pipe:
        pipes.send(pipe, {"nonce": "1"})
        assert pipes.receive(pipe).keys() == {"nonce", "proof"}
        pipes.send(pipe, {"proof": "0" * 64})
        with contextlib.suppress(OSError):
            pipes.send(pipe, {"belongs": resident.belongs, "request": {"do": "tell"}})
        with pytest.raises(OSError):
            pipes.receive(pipe)
    assert pid_of(resident) == before


def test_nothing_is_said_to_somebody_who_listens_in_its_place(resident, tmp_path):
    ask(resident, {"do": "tell"})
    heard = []
    place = tmp_path / "impostor"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(place))
        listening.listen()

        def listen():
            pipe, _ = listening.accept()
            listening.close()
            with pipe:
                pipes.receive(pipe)
                pipes.send(pipe, {"nonce": "1", "proof": "0" * 64})
                heard.append(pipe.recv(1000))

        impostor = threading.Thread(target=listen)
        impostor.start()
        known = json.loads(note(resident).read_text(encoding="utf-8"))
        note(resident).write_text(json.dumps({**known, "address": str(place)}), encoding="utf-8")
        with pytest.raises(NotTaken):
            ask(resident, {"do": "tell", "say": "a secret"})
        impostor.join()
    assert heard == [b""]
    wait_until(lambda: not note(resident).exists())
    pid_of(resident)  # what was changed was noticed, and another process started


def test_another_versions_process_is_never_answered_from(resident):
    before = pid_of(resident)
    other = resident._replace(version="0.0.0")
    with pytest.raises(NotTaken):  # the one that runs is asked to end, and this Python has no such version
        ask(other, {"do": "tell"})
    wait_until(lambda: is_gone(before))
    assert pid_of(resident) != before


@pytest.mark.parametrize("variable", ["HOME", "DISPLAY", "LANG"])
def test_a_press_from_other_surroundings_has_a_process_of_its_own(resident, variable, tmp_path):
    before = pid_of(resident)
    other = with_variables(resident, **{variable: str(tmp_path)})
    after = pid_of(other)
    assert after != before
    wait_until(lambda: is_gone(before))
    assert pid_of(other) == after


def test_killed_between_two_presses_the_next_starts_anew(resident):
    before = pid_of(resident)
    os.kill(before, signal.SIGKILL)
    wait_until(lambda: is_gone(before))
    assert note(resident).exists(), "what it left is there still"
    after = pid_of(resident)
    assert after != before
    assert pid_of(resident) == after


def test_killed_in_the_middle_the_press_says_so_and_the_next_starts_anew(resident, tmp_path):
    before = pid_of(resident)
    worker, outcome = in_the_middle(resident, tmp_path)
    os.kill(before, signal.SIGKILL)
    worker.join(10)
    assert isinstance(outcome[0], Lost)
    assert pid_of(resident) != before


def test_of_two_presses_at_once_the_second_is_done_in_another_way(resident, tmp_path):
    ask(resident, {"do": "tell"})
    worker, outcome = in_the_middle(resident, tmp_path, seconds=1)
    with pytest.raises(NotTaken):
        ask(resident, {"do": "tell"})
    worker.join(10)
    assert outcome[0]["pid"] == pid_of(resident)


def test_two_that_start_it_at_once_share_one(resident):
    pids = []
    workers = [threading.Thread(target=lambda: pids.append(pid_of(resident))) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(20)
    assert len(pids) == 2
    assert len(set(pids)) == 1


def test_it_ends_when_nobody_asks(resident):
    brief = with_variables(resident, IDLE_SECONDS="0.4")
    before = pid_of(brief)
    wait_until(lambda: is_gone(before))
    assert [p.name for p in resident.folder.iterdir()] == [rendezvous.HELD], "it leaves nothing to connect to"
    assert pid_of(brief) != before


def test_a_place_too_long_to_listen_at_does_no_harm(resident, tmp_path):
    deep = resident._replace(folder=tmp_path / ("a" * 60) / ("b" * 60))
    before = pid_of(deep)
    assert pid_of(deep) == before


def test_no_interpreter_is_said_before_anything_is_begun(resident):
    with pytest.raises(NotTaken):
        ask(resident._replace(interpreter="/nowhere/python"), {"do": "tell"})


def test_its_end_is_not_awaited_longer_than_wanted(resident, tmp_path):
    ask(resident, {"do": "tell"})
    with pytest.raises(Lost):
        ask(resident, {"do": "sleep", "seconds": 30, "tell": str(tmp_path / "at work")}, patience=0.2)


def installed_copy(folder):
    """The program's code in a folder of its own, as Python finds it first."""
    for package in ("addin", "workbook"):
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__", "*.oxt"))
    begin = (
        f"import runpy, sys; sys.path.insert(0, {str(folder)!r}); runpy.run_path({STAND_IN[0]!r}, run_name='__main__')"
    )
    (folder / "begin.py").write_text(begin, encoding="utf-8")
    return folder


@pytest.mark.parametrize("change", ["written to", "moved away"])
def test_code_that_changed_or_vanished_is_never_answered_from(resident, change, tmp_path):
    copy = installed_copy(tmp_path / "copy")
    there = resident._replace(program=(str(copy / "begin.py"),))
    before = pid_of(there)
    if change == "written to":
        with (copy / "workbook" / "model" / "cells.py").open("a", encoding="utf-8") as file:
            file.write("\n# another version\n")
    else:
        (copy / "addin").rename(copy / "gone")
    assert pid_of(there) != before
    wait_until(lambda: is_gone(before))


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read as Linux tells it")
def test_fifty_presses_leave_its_memory_level(resident):
    sizes = [ask(resident, {"do": "size"})["kB"] for _ in range(50)]
    assert max(sizes[10:]) - sizes[9] < 2000


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read as Linux tells it")
def test_fifty_real_presses_say_what_keeps_them_and_leave_memory_level(resident):
    real = resident._replace(program=as_module("addin.frontends.resident"))
    request = {"pressed": "check", "variables": {"CHAMPIONS_CALC_ADDRESS": "/nowhere"}}
    sizes = []
    for _ in range(50):
        answer = ask(real, request)
        assert answer["code"] == 1
        assert "LibreOffice was closed" in answer["words"]
        pid = json.loads(note(real).read_text(encoding="utf-8"))["pid"]
        sizes.append(int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]))
    assert max(sizes[10:]) - sizes[9] < 500, "in pages"
