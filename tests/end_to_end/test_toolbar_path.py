"""LibreOffice with the toolbar where another Python stands first in the path: it must go on, and say so."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from addin.frontends.toolbar.embedded import OF_THE_SYSTEM, finds_its_library
from addin.output.masterbook import write_master
from tests.support.desk import need_desk
from tests.support.office import need_office_python
from tests.support.toolbar_desk import BARS, ToolbarDesk
from workbook.blueprint import plan_book
from workbook.example import simulate

pytestmark = pytest.mark.libreoffice


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """An environment of Python of the version that LibreOffice has, without its libraries."""
    need_desk()
    need_office_python()
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([OF_THE_SYSTEM, "-m", "venv", "--without-pip", folder], check=True, capture_output=True)
    return folder / "bin"


def test_its_python_is_known_not_to_find_its_library_there(environment):
    assert finds_its_library("/usr/bin:/bin")
    assert not finds_its_library(f"{environment}:/usr/bin:/bin")


def test_libreoffice_goes_on_and_says_that_the_buttons_can_not_be_used(environment, tmp_path):
    example = simulate(weeks=4)
    write_master(tmp_path / "example.xlsx", plan_book(example.tables, example.until))
    with ToolbarDesk(tmp_path / "example.xlsx", tmp_path / "home", first_in_path=environment) as desk:
        seen = desk.wait_until(lambda seen: any("Champions" in words for words in seen["bars"]), BARS)
        assert any("can't be used" in words for words in seen["bars"])
        assert seen["messages"] == [], "nobody has to press a message away"
        assert not any(button["enabled"] for button in seen["buttons"])
        desk.press("ctrl+n", wait=3)  # a second window asks for the buttons again
        desk.type("still here")
        desk.press("Return", wait=0.5)
        until = time.monotonic() + 20
        while "still here" not in str(desk.seen()["rows"]):
            assert time.monotonic() < until, "LibreOffice does not take what is typed"
        words = [sys.executable, "-m", "addin.frontends.terminal", "libreoffice", "status"]
        told = subprocess.run(words, env=desk._surroundings(), capture_output=True, text=True, check=False)
    assert told.returncode == 1
    assert "another Python stands first in the path" in told.stdout
    assert str(environment) in told.stdout
