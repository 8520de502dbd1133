"""Runs at once, by clocks that jump, on an ordinary disk and on a stick: see `tests.support.together`."""

import os
import shutil
import sys

import pytest

from tests.support.office import REQUIRED
from tests.support.together import run, stick

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="it forks")


def test_runs_at_once_lose_nothing_whatever_their_clocks_say(tmp_path):
    codes, wrong = run(tmp_path, times=8, seed=11)
    assert wrong == []
    assert codes[0] + codes[1] > 4, "some wrote"
    assert codes[2] > 0, "some found the workbook held, or nothing to take back"


def test_on_a_disk_formatted_as_sticks_are_it_holds_too():
    missing = [tool for tool in ("fusefat", "fusermount") if shutil.which(tool) is None]
    if not os.access("/dev/fuse", os.R_OK | os.W_OK):
        missing.append("/dev/fuse")
    if missing:
        if REQUIRED and os.access("/dev/fuse", os.R_OK | os.W_OK):
            pytest.fail(f"{', '.join(missing)} is required here and not installed.")
        pytest.skip(f"{', '.join(missing)} is not there.")
    with stick() as place:
        codes, wrong = run(place, times=4, seed=12)
    assert wrong == []
    assert codes[0] + codes[1] > 1, "some wrote"
