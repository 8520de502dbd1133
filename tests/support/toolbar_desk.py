"""A desk whose LibreOffice has the toolbar: it is looked at by accessibility, and pressed with the mouse."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from addin.frontends.toolbar.inside.settings import settings_place, state_place
from addin.frontends.toolbar.places import Office
from addin.frontends.toolbar.resident_client import rendezvous
from addin.output.masterbook import write_master
from tests.support.desk import Desk, need_desk
from tests.support.office import ROOT, need_office_python
from workbook.blueprint import plan_book
from workbook.example import simulate

_PATIENCE = 90
_PATH = "/usr/local/bin:/usr/bin:/bin"
#: Asks `seen` for what stands in the bars around the document.
BARS = "--bars"


@contextmanager
def example_on_a_desk(folder: Path) -> Iterator[ToolbarDesk]:
    """The example open in a LibreOffice with the toolbar; leaves the test out where something for it is missing."""
    need_desk()
    need_office_python()
    example = simulate()
    write_master(folder / "example.xlsx", plan_book(example.tables, example.until))
    with ToolbarDesk(folder / "example.xlsx", folder / "home") as opened:
        yield opened


class ToolbarDesk(Desk):
    """A workbook open in a LibreOffice in which a person has installed the toolbar.

    Args:
        path: the workbook.
        home: the person's own folder.
        first_in_path: a folder in which LibreOffice looks for programs first.
    """

    def __init__(self, path: Path, home: Path, *, first_in_path: Path | None = None) -> None:
        self.home = home
        self._path = os.pathsep.join([*([str(first_in_path)] if first_in_path else []), _PATH])
        self._pipe = f"eyes{os.getpid()}"
        self._places: dict[str, dict[str, Any]] = {}
        super().__init__(path)

    @property
    def settings(self) -> Path:
        """Where the toolbar is told where the program is."""
        return settings_place({"HOME": str(self.home)}, sys.platform)

    @property
    def kept(self) -> Path:
        """The folder of the process that stays after a press."""
        return state_place({"HOME": str(self.home)}, sys.platform)

    @property
    def stays(self) -> int:
        """The number of that process."""
        return int(json.loads((self.kept / rendezvous.NOTE).read_text(encoding="utf-8"))["pid"])

    def close(self) -> None:
        """Ends LibreOffice, the screen, and the process that stays, once it sees that nobody finds it any more."""
        super().close()
        (self.kept / rendezvous.NOTE).unlink(missing_ok=True)

    def _folder_of_profile(self) -> Path:
        return self.home / ".config" / "libreoffice" / "4"

    def _surroundings(self) -> dict[str, str]:
        """As a desktop has them, whatever environment of Python the tests run in."""
        known = {
            name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "PYTHON", "VIRTUAL"))
        }
        return {**known, "HOME": str(self.home), "PATH": self._path}

    def _arguments(self) -> list[str]:
        return [f"--accept=pipe,name={self._pipe};urp;StarOffice.ComponentContext"]

    def _prepare(self) -> None:
        words = [sys.executable, "-m", "addin.frontends.terminal", "libreoffice", "install"]
        done = subprocess.run(words, env=self._surroundings(), capture_output=True, text=True, timeout=300, check=False)
        assert done.returncode == 0, done.stderr

    def seen(self, *asked: str) -> dict[str, Any]:
        """What is on the screen now.

        Args:
            asked: what is told besides: of a cell, such as B6 of the sheet in front, where it is and what it shows;
                for `BARS`, what stands in the bars around the document.
        """
        python = Office(Path("/usr/lib/libreoffice/program"), sys.platform).pythons[0]
        words = [str(python), str(ROOT / "tests" / "support" / "eyes.py"), self._pipe, *asked]
        for _ in range(3):  # a look at a window that goes in that very moment fails
            done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
            if done.returncode == 0:
                return dict(json.loads(done.stdout))
        raise AssertionError(f"{done.returncode}: {done.stderr}")

    def wait_until(
        self, true: Callable[[dict[str, Any]], bool], *asked: str, seconds: float = _PATIENCE
    ) -> dict[str, Any]:
        """Waits until something is to be seen, and gives what is seen then."""
        until = time.monotonic() + seconds
        while True:
            seen = self.seen(*asked)
            if true(seen):
                return seen
            assert time.monotonic() < until, f"Not seen in time: {dict(seen, rows=seen['rows'][:8])}"
            time.sleep(0.2)

    def buttons(self) -> dict[str, dict[str, Any]]:
        """The toolbar's buttons by what they say."""
        return {button["name"]: button for button in self.seen()["buttons"]}

    def click(self, label: str) -> None:
        """Presses a button of the toolbar with the mouse."""
        self._click(label, 12)

    def choose_beside(self, label: str, number: int) -> None:
        """Opens the menu beside a button with the mouse, and takes one of its lines, counted from 1."""
        self.open_beside(label)
        for _ in range(number):
            self.press("Down")
        self.press("Return", wait=0.2)

    def follow(self, cell: str) -> None:
        """Follows the link in a cell of the sheet in front, with the mouse, as LibreOffice wants it."""
        place = self.seen(cell)["place"]
        across, down = place["left"] + 12, place["top"] + 8
        self._do("mousemove", str(across), str(down))
        self._do("keydown", "ctrl", "click", "1", "keyup", "ctrl")
        time.sleep(0.5)

    def message(self) -> str:
        """Waits for a message, reads it and closes it."""
        said = self.wait_until(lambda seen: bool(seen["messages"]))["messages"][0]
        until = time.monotonic() + _PATIENCE
        while not self._closes_message():
            assert time.monotonic() < until, f"The message does not close: {said}"
        self._do("windowfocus", self._window)
        return str(said)

    def _closes_message(self) -> bool:
        """Presses Return in the newest window; whether no message is there soon after."""
        for window in self._windows()[-1:]:  # none at all: the window manager is asked while one comes or goes
            self._do("windowfocus", window)
            self.press("Return", wait=0.3)
        until = time.monotonic() + 6
        while time.monotonic() < until:
            if not self.seen()["messages"]:
                return True
            time.sleep(0.2)
        return False

    def close_shown(self, name: str) -> None:
        """Waits for the window of a document that a press shows, beside the workbook's, and closes it by keys."""
        until = time.monotonic() + _PATIENCE
        while name not in self.seen()["title"]:
            assert time.monotonic() < until, f"{name} is not shown"
            self._do("windowfocus", self._windows()[-1])
            time.sleep(1)
        self.press("ctrl+w", wait=1)
        self._do("windowfocus", self._window)

    def ready(self) -> None:
        """Waits until the toolbar can be pressed."""
        self.wait_until(lambda seen: any(b["name"] == "Check entries" and b["enabled"] for b in seen["buttons"]))

    def open_beside(self, label: str) -> None:
        """Opens the menu beside a button with the mouse, and leaves it open."""
        self._click(label, -6)
        time.sleep(0.5)

    def _click(self, label: str, right: int) -> None:
        self._places = self._places or self.buttons()
        button = self._places[label]
        across = button["left"] + right + (button["width"] if right < 0 else 0)
        self._do("mousemove", str(across), str(button["top"] + button["height"] // 2), "click", "1")
        time.sleep(0.3)
