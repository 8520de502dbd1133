"""Where the toolbar's agent listens: the person's own folder, and nothing of killed ones stays in it."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from addin.frontends.toolbar.inside.place import Place

pytestmark = pytest.mark.skipif(os.name == "nt", reason="A port leaves nothing behind.")

_KILLED = """
import os, signal, socket, sys
from pathlib import Path
from addin.frontends.toolbar.inside.place import Place
place = Place(Path(sys.argv[1]))
socket.socket(socket.AF_UNIX).bind(place.address)
print(place.address, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def killed(folder: Path) -> Path:
    """The address of an agent that was killed."""
    words = [sys.executable, "-c", _KILLED, str(folder)]
    return Path(subprocess.run(words, capture_output=True, text=True, check=False).stdout.strip())


def names(folder: Path) -> set[str]:
    return {place.suffix for place in folder.iterdir()}


@pytest.fixture
def taken():
    """Takes a place and listens there, as an agent does; what is still there at the end leaves."""
    held = []

    def taking(folder):
        place = Place(folder)
        held.append(place)
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(place.address)
        return place

    yield taking
    for place in held:
        place.leave()


def test_the_folder_is_the_persons_own_and_is_left_as_it_was_found(taken, tmp_path):
    place = taken(tmp_path / "agent")
    assert stat.S_IMODE((tmp_path / "agent").stat().st_mode) == 0o700
    assert Path(place.address).parent == tmp_path / "agent"
    assert names(tmp_path / "agent") == {"", ".lock", ".socket"}
    place.leave()
    assert names(tmp_path / "agent") == {""}, "but for the gate"


def test_what_a_killed_one_left_is_swept_and_what_lives_stays(taken, tmp_path):
    lives = taken(tmp_path / "agent")
    dead = killed(tmp_path / "agent")
    assert dead.exists()
    another = taken(tmp_path / "agent")
    assert not dead.exists()
    assert not dead.with_suffix(".lock").exists()
    assert Path(lives.address).exists()
    assert another.address != lives.address


def test_a_folder_that_others_may_look_into_is_shut(taken, tmp_path):
    (tmp_path / "agent").mkdir(mode=0o755)
    taken(tmp_path / "agent")
    assert stat.S_IMODE((tmp_path / "agent").stat().st_mode) == 0o700


def test_a_link_that_somebody_laid_there_is_not_followed(tmp_path):
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    (tmp_path / "agent").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PermissionError):
        Place(tmp_path / "agent")


def test_a_long_path_is_no_hindrance(taken, tmp_path):
    folder = tmp_path / ("long" * 40) / "agent"
    place = taken(folder)
    assert not folder.exists()
    assert Path(place.address).exists()
