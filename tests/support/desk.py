"""A desk to work at: a screen of its own with LibreOffice in a real window, and hands that type (Xvfb, xdotool)."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Self

import pytest

from tests.support.office import REQUIRED, write_settings

_SIZE = (1366, 768)
_TOOLS = ("soffice", "Xvfb", "xdotool")
_SETTINGS = (
    ("/org.openoffice.Setup/L10N", "ooSetupSystemLocale", "en-GB"),
    ("/org.openoffice.Office.Common/Misc", "FirstRun", "false"),
    ("/org.openoffice.Office.Common/Misc", "ShowTipOfTheDay", "false"),
    ("/org.openoffice.Office.Common/Save/Document", "WarnAlienFormat", "false"),
)


def need_desk() -> None:
    """Leaves the test out, with the reason, where a tool for it is not installed."""
    missing = [tool for tool in _TOOLS if shutil.which(tool) is None]
    if missing:
        words = f"Not installed on this machine: {', '.join(missing)}."
        if REQUIRED:
            pytest.fail(words)
        pytest.skip(words)


class Desk:
    """A workbook open in a window; keys go to the cell that is chosen.

    Args:
        path: the workbook.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._profile = self._folder_of_profile()
        write_settings(self._profile, _SETTINGS)
        self._prepare()
        self._screen, display = screen()
        self._environment = {**self._surroundings(), "DISPLAY": display}
        self._office = self._started()
        try:
            self._window = self._wait_for_window()
        except BaseException:
            self.close()
            raise
        self._do("windowmove", self._window, "0", "0")
        self._do("windowsize", self._window, *map(str, _SIZE))
        self._do("windowfocus", self._window)
        time.sleep(1)

    def _folder_of_profile(self) -> Path:
        """Where LibreOffice keeps what belongs to a person; a fresh one is a fresh person."""
        return Path(tempfile.mkdtemp(prefix="desk"))

    def _surroundings(self) -> dict[str, str]:
        """The variables of LibreOffice's process."""
        return dict(os.environ)

    def _arguments(self) -> list[str]:
        """What LibreOffice is told besides."""
        return []

    def _prepare(self) -> None:
        """What is done before LibreOffice is started."""

    def _started(self) -> subprocess.Popen[bytes]:
        command = ["soffice", f"-env:UserInstallation={self._profile.as_uri()}", "--norestore", "--nologo", "--calc"]
        return subprocess.Popen(
            [*command, *self._arguments(), str(self.path)],
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # what is started is a script, which starts the program
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends LibreOffice and the screen, and leaves nothing behind."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._office.pid, signal.SIGKILL)
        self._office.wait(timeout=20)
        self._screen.terminate()
        self._screen.wait(timeout=20)
        for left in self.path.parent.glob(f".~lock.{self.path.name}#"):
            left.unlink()
        shutil.rmtree(self._profile, ignore_errors=True)

    def _do(self, *words: str) -> str:
        command = ["xdotool", *words]
        run = subprocess.run(command, env=self._environment, capture_output=True, text=True, timeout=60, check=False)
        return run.stdout.strip()

    def _windows(self) -> list[str]:
        return self._do("search", "--onlyvisible", "--name", ".").split()

    def _wait_for_window(self) -> str:
        """The window with the workbook. LibreOffice is started once: whoever uses it would see it end, too."""
        until = time.monotonic() + 150
        while time.monotonic() < until:
            found = self._do("search", "--onlyvisible", "--name", self.path.stem).split()
            if found:
                time.sleep(1.5)
                return found[-1]
            assert self._office.poll() is None, "LibreOffice ended before it had opened the workbook"
            time.sleep(0.4)
        raise AssertionError("LibreOffice did not open the workbook")

    def go(self, sheet: str, cell: str) -> None:
        """Chooses a cell, by typing its name where LibreOffice shows the names of cells."""
        self.press("ctrl+shift+t")
        self.press("ctrl+a")
        self._do("type", "--delay", "4", f"$'{sheet}'.{cell}")
        self.press("Return", wait=0.4)

    def press(self, key: str, *, wait: float = 0.05) -> None:
        """Presses a key."""
        self._do("key", key)
        time.sleep(wait)

    def type(self, text: str) -> None:
        """Types into the chosen cell."""
        self._do("type", "--delay", "4", text)

    def enter(self, *cells: str) -> None:
        """Types a row, going from cell to cell; a blank one is passed over."""
        for cell in cells:
            if cell:
                self.type(cell)
            self.press("Tab")

    def choose(self, number: int) -> None:
        """Opens the chosen cell's drop-down, takes one of its lines, counted from 1, and goes on."""
        self.press("alt+Down", wait=0.5)
        # The first line is lit but not taken until the light has moved.
        for key in ("Down", "Up") if number == 1 else ("Down",) * (number - 1):
            self.press(key)
        self.press("Return", wait=0.3)
        self.press("Tab")

    def refused(self, text: str) -> str:
        """Types something that the workbook refuses; the title of the message, which is closed again."""
        known = self._windows()
        self.type(text)
        self.press("Return", wait=0.8)
        new = [window for window in self._windows() if window not in known]
        if not new:
            return ""
        title = self._do("getwindowname", new[-1])
        self._do("windowfocus", new[-1])
        self.press("Return", wait=0.5)
        self._do("windowfocus", self._window)
        return title

    def picture(self, path: Path) -> Path:
        """Writes what the screen shows as PNG; needs ImageMagick."""
        subprocess.run(["import", "-window", "root", str(path)], env=self._environment, timeout=60, check=True)
        return path

    def save(self) -> None:
        """Saves the workbook, and waits until it is written."""
        before = self.path.stat().st_mtime_ns
        self.press("ctrl+s")
        for _ in range(100):
            time.sleep(0.2)
            if self.path.stat().st_mtime_ns != before and self.path.stat().st_size:
                time.sleep(0.5)
                return
        raise AssertionError("LibreOffice did not save the workbook")


def screen() -> tuple[subprocess.Popen[bytes], str]:
    """A screen that nothing else uses, and its name."""
    read, write = os.pipe()
    size = "x".join(map(str, (*_SIZE, 24)))
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-noreset", "-screen", "0", size, "-dpi", "96"],
        pass_fds=(write,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as pipe:
        return screen, f":{pipe.readline().strip()}"
