"""Hostile days in the open workbook, in a real window of LibreOffice: see `tests.support.hostile`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from addin.frontends.toolbar.places import Office
from tests.support.desk import need_desk
from tests.support.office import ROOT, need_office_python

pytestmark = pytest.mark.libreoffice


def hostile(*words: str) -> subprocess.CompletedProcess[str]:
    """Runs the bench by a Python that speaks UNO."""
    need_desk()
    need_office_python()
    python = Office(Path("/usr/lib/libreoffice/program"), sys.platform).pythons[0]
    command = [str(python), "-m", "tests.support.hostile", "--python", sys.executable, *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)


def test_whatever_dies_or_comes_between_the_open_workbook_is_the_old_or_the_new_one():
    done = hostile("--times", "2", "--seed", "20260701")
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(done.stdout.splitlines()[-1].split()[0]) == 2


def test_the_bench_notices_an_agent_that_puts_nothing_back():
    done = hostile("--times", "1", "--seed", "1", "--only", "press", "--careless")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "not drawn any more" in done.stdout
