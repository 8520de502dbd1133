"""Real runs in which one call to the system fails: see `tests.support.failures`."""

import shutil
import subprocess
import sys

import pytest

from tests.support.office import REQUIRED, ROOT


def test_whatever_fails_the_workbook_is_whole_and_every_word_true():
    if sys.platform != "linux":
        pytest.skip("the library that makes calls fail is one of Linux")
    if shutil.which("gcc") is None:
        if REQUIRED:
            pytest.fail("gcc is required here and not installed.")
        pytest.skip("gcc is not installed on this machine.")
    command = [sys.executable, "-m", "tests.support.failures", "--times", "12", "--seed", "3"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=900, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert ", exit 2" in done.stdout, "some of them failed"
    assert "new, exit" in done.stdout, "some went on all the same"
