"""Real runs, killed outright at random moments and at random steps of writing: see `tests.support.killing`."""

import os

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked, which Windows does not know")


def test_whenever_it_is_killed_the_workbook_is_the_old_or_the_new_one():
    import subprocess
    import sys

    from tests.support.office import ROOT

    # in a process of its own: forking one that has threads, as a test runner has, is not sound
    command = [sys.executable, "-m", "tests.support.killing", "--times", "36", "--seed", "20260630"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    left = {what: int(number) for number, what in (line.split(maxsplit=1) for line in done.stdout.splitlines()[:-1])}
    assert left["killed, old"] + left["killed, new"] == 36
    assert left["killed, new"] >= 3, "some were killed after the workbook was replaced"
