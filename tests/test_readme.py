"""The readme's first screen: how to begin, on each system, in at most four steps that hold."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from workbook.commands import COMMANDS_BY_NAME

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BEGIN = README.partition("## Begin")[2].partition("\n## ")[0]
PAGES = ("README.md", "docs/guide.md", "docs/excel-check.md", "docs/libreoffice.md", "docs/if-something-goes-wrong.md")


def steps(system: str) -> list[str]:
    part = BEGIN.partition(f"**{system}")[2].partition("\n**")[0]
    return re.findall(r"^\d\. (.*)", part, re.MULTILINE)


@pytest.mark.parametrize("system", ["Windows", "Mac", "LibreOffice"])
def test_a_manager_begins_in_at_most_four_steps(system):
    assert 1 <= len(steps(system)) <= 4


@pytest.mark.parametrize("page", PAGES)
def test_pictures_and_pages_that_are_linked_are_there(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    assert [link for link in links if not (ROOT / page).parent.joinpath(link).exists()] == []
    assert "](docs/pictures/ribbon.svg)" in BEGIN


@pytest.mark.parametrize("page", PAGES)
def test_commands_that_are_named_exist(page):
    named = set(re.findall(r"(?<!\.)champions ([a-z]+) ", (ROOT / page).read_text(encoding="utf-8")))
    assert named - {"programme"} <= set(COMMANDS_BY_NAME)


def test_buttons_that_are_named_are_on_the_ribbon():
    labels = {c.label for c in COMMANDS_BY_NAME.values()} | {"Champions", "Start here", "Is all well"}
    sheets = {"Checks", "Triggers", "Reviews due"}
    systems = {"Windows, with Excel", "Mac, with Excel", "LibreOffice, or no Excel at all"}
    assert set(re.findall(r"\*\*([^*]+)\*\*", BEGIN)) <= labels | sheets | systems


@pytest.mark.skipif(sys.platform == "win32", reason="lines for a shell")
@pytest.mark.parametrize(("number", "adds"), [(0, "addin"), (1, "libreoffice")])
def test_the_line_for_a_shell_fetches_uv_then_the_program_then_adds_it_to_the_office_program(tmp_path, number, adds):
    lines = re.findall(r"^ +(curl .*)$", BEGIN, re.MULTILINE)
    assert len(lines) == 2
    line = lines[number]
    programs, home = tmp_path / "bin", tmp_path / "home"
    notes = tmp_path / "notes"
    (home / ".local" / "bin").mkdir(parents=True)
    programs.mkdir()
    for place in (programs / "curl", home / ".local" / "bin" / "uv", home / ".local" / "bin" / "champions"):
        place.write_text(f'#!/bin/sh\necho "$(basename "$0") $*" >> "{notes}"\n', encoding="ascii")
        place.chmod(place.stat().st_mode | stat.S_IXUSR)
    environment = os.environ | {"HOME": str(home), "PATH": f"{programs}:/usr/bin:/bin"}
    subprocess.run(["sh", "-c", line], env=environment, check=True, timeout=30)
    assert notes.read_text(encoding="ascii").splitlines() == [
        "curl -LsSf https://astral.sh/uv/install.sh",
        "uv tool install --python 3.13 champion-workbook",
        f"champions {adds} install",
    ]


def test_each_promise_about_the_workbook_names_a_test_that_is_there():
    safe = README.partition("## Is my workbook safe?")[2].partition("\n## ")[0]
    named = re.findall(r"<!-- held by (\S+)::(\w+) -->", safe)
    assert len(named) >= safe.count("\n- ")
    for bullet in safe.split("\n- ")[1:]:
        assert "held by" in bullet, bullet
    for file, test in named:
        assert f"def {test}(" in (ROOT / file).read_text(encoding="utf-8"), (file, test)
