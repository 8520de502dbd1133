"""The toolbar in a real window, pressed with the mouse: what a press starts, and what is said when it can't.

The program is played by a script that notes what it is asked to do, so that only the toolbar is looked at here; what
each button does to the workbook is looked at in test_live_in_libreoffice.py.
"""

from __future__ import annotations

import time
from importlib.metadata import version
from itertools import pairwise

import pytest

from addin.frontends.toolbar.inside.settings import Program, settings_text
from tests.support.toolbar_desk import example_on_a_desk
from workbook.commands import BUTTONS
from workbook.documents.catalogue import DOCUMENTS

pytestmark = pytest.mark.libreoffice
OURS = version("champion-workbook")
#: Notes what it is asked to do, and goes on until it is told how to end.
_PROGRAM = """#!/bin/sh
[ "$*" = "-I -B -m addin.press" ] || exit 1  # it has no process that stays
echo "$CHAMPIONS_PRESSED" >> "{folder}/asked"
env > "{folder}/variables"
while [ ! -e "{folder}/end" ]; do sleep 0.05; done
exit "$(cat "{folder}/end")"
"""


class Played:
    """The program that the toolbar of a desk starts."""

    def __init__(self, desk, folder):
        self.desk, self.folder = desk, folder
        self.script = folder / "program"
        self.script.write_text(_PROGRAM.format(folder=folder), encoding="utf-8")
        self.script.chmod(0o755)
        self.ends(0)

    def installed(self, place=None, program_version=OURS):
        self.desk.settings.write_text(settings_text(Program(str(place or self.script), program_version)))

    def ends(self, code):
        (self.folder / "end").write_text(str(code), encoding="utf-8")

    def goes_on(self):
        (self.folder / "end").unlink()

    def asked(self):
        """What it was asked since it was asked for this last."""
        place = self.folder / "asked"
        until = time.monotonic() + 10
        while not place.exists():
            assert time.monotonic() < until, "the program was not started"
            time.sleep(0.05)
        asked = place.read_text(encoding="utf-8").splitlines()
        place.unlink()
        return asked


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    with example_on_a_desk(tmp_path_factory.mktemp("toolbar")) as opened:
        yield opened


@pytest.fixture
def program(desk, tmp_path):
    made = Played(desk, tmp_path)
    made.installed()
    return made


def test_every_button_stands_there_with_its_label_and_can_be_pressed(desk, program):
    desk.ready()
    buttons = desk.buttons()
    assert list(buttons) == [c.label for c in BUTTONS]
    assert all(b["enabled"] for b in buttons.values())
    edges = [(b["left"], b["left"] + b["width"]) for b in buttons.values()]
    assert all(before[1] <= after[0] for before, after in pairwise(edges))
    assert edges[-1][1] <= 1366, "on a small laptop's screen no button is cut off"


def test_the_menus_beside_buttons_start_one_service_and_one_document(desk, program):
    desk.ready()
    desk.choose_beside("Check entries", 2)
    assert program.asked() == ["check:OAK"]
    desk.ready()
    desk.click("Check entries")
    assert program.asked() == ["check"], "what was chosen last is not chosen again"
    desk.ready()
    desk.choose_beside("Make documents", 3)
    assert program.asked() == [f"documents:{DOCUMENTS[1].id}"]


def test_the_program_is_kept_from_libreoffices_own_python(desk, program):
    desk.ready()
    desk.click("This week")
    program.asked()
    desk.ready()
    names = {line.partition("=")[0] for line in (program.folder / "variables").read_text().splitlines()}
    assert not {name for name in names if name.startswith("PYTHON")}


def test_one_press_at_a_time_and_libreoffice_stays_free(desk, program):
    program.goes_on()
    desk.ready()
    desk.click("Compute triggers")
    assert program.asked() == ["triggers"]
    desk.wait_until(lambda seen: not any(b["enabled"] for b in seen["buttons"]))
    desk.click("Check entries")
    desk.go("Support log", "B6")
    assert desk.seen()["sheet"] == "Support log", "LibreOffice can be used meanwhile"
    program.ends(0)
    desk.ready()
    assert not (program.folder / "asked").exists(), "the second press was not taken"


def test_a_press_that_fails_says_so_in_words(desk, program):
    program.ends(1)
    desk.ready()
    desk.click("Compute triggers")
    said = desk.message()
    assert "Compute triggers did not get to its end" in said
    assert "Is all well?" in said
    desk.ready()


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (lambda p: p.desk.settings.unlink(), "not installed for you on this computer"),
        (lambda p: p.installed(p.folder / "gone"), "moved or deleted"),
        (lambda p: p.installed(program_version="0.0.1"), "of version 0.0.1"),
        (lambda p: p.script.chmod(0o644), "could not be started"),
    ],
    ids=["not installed", "moved", "another version", "blocked"],
)
def test_a_broken_program_is_told_with_how_to_mend_it(broken, says, desk, program):
    broken(program)
    desk.ready()
    desk.click("Check entries")
    said = desk.message()
    assert says in said
    assert "nstall Champion Workbook again" in said
    desk.ready()


# The last one: the window that it opens stays.
def test_a_workbook_of_somebody_elses_has_grey_buttons(desk, program):
    desk.press("ctrl+n", wait=2)
    needless = {c.label for c in BUTTONS if c.button.needs.name == "NOTHING"}
    seen = desk.wait_until(lambda seen: "Untitled" in seen["title"] and bool(seen["buttons"]))
    assert {b["name"] for b in seen["buttons"] if b["enabled"]} == needless
