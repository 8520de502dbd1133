"""Workbooks made wrong on purpose, read and changed: see `tests.support.fuzzing`."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.office import ROOT

pytestmark = pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="limits are set as Linux knows them")


def test_no_workbook_however_wrong_makes_us_fail_without_words_or_is_damaged():
    # in a process of its own: forking one that has threads, as a test runner has, is not sound
    command = [
        sys.executable,
        "-m",
        "tests.support.fuzzing",
        "--times",
        "500",
        "--seed",
        "20260630",
        "--processes",
        "2",
    ]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=1200, check=False)
    assert done.returncode == 0, f"{done.stdout}{done.stderr}"
    assert done.stdout.startswith("500 workbooks made wrong")
