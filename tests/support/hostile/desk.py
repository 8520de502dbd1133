"""A LibreOffice in a window of its own screen with the toolbar, driven by UNO: run by a Python that has it."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import threading
import time
from pathlib import Path

import uno
import unohelper
from com.sun.star.accessibility.AccessibleRole import ALERT, DIALOG
from com.sun.star.beans import PropertyValue
from com.sun.star.frame import XStatusListener

ROOT = Path(__file__).resolve().parent.parent.parent.parent
PATIENCE = 90
_SETTINGS = (
    ("/org.openoffice.Setup/L10N", "ooSetupSystemLocale", "en-GB"),
    ("/org.openoffice.Office.Common/Misc", "FirstRun", "false"),
    ("/org.openoffice.Office.Common/Misc", "ShowTipOfTheDay", "false"),
    ("/org.openoffice.Office.Common/Save/Document", "WarnAlienFormat", "false"),
)


class _Ready(unohelper.Base, XStatusListener):
    def __init__(self):
        self.on, self.told = None, threading.Event()

    def statusChanged(self, event):  # noqa: N802 - UNO's name
        if event.State is None:
            self.on = bool(event.IsEnabled)
            self.told.set()

    def disposing(self, event):
        """The window went."""


def properties(**named):
    """UNO's property values."""
    made = []
    for name, value in named.items():
        one = PropertyValue()
        one.Name, one.Value = name, value
        made.append(one)
    return tuple(made)


class Desk:
    """The screen, the person's home with the toolbar installed, and LibreOffice.

    Args:
        folder: an empty one, for all.
        python: the interpreter that has the program.
    """

    def __init__(self, folder, python):
        self.folder, self._python = folder, python
        self.home, self.temporary = folder / "home", folder / "temporary"
        for place in (self.home, self.temporary, folder / "hook"):
            place.mkdir()
        known = {n: v for n, v in os.environ.items() if not n.startswith(("XDG_", "PYTHON", "VIRTUAL"))}
        self.environment = {**known, "HOME": str(self.home), "TMPDIR": str(self.temporary)}
        self.profile = self.home / ".config" / "libreoffice" / "4"
        self._settle()
        self._install()
        self._screen, self.environment["DISPLAY"] = _screen()
        self.office, self._times = None, 0

    def _settle(self):
        items = "".join(
            f'<item oor:path="{where}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
            for where, name, value in _SETTINGS
        )
        text = f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'
        (self.profile / "user").mkdir(parents=True)
        (self.profile / "user" / "registrymodifications.xcu").write_text(text)

    def _install(self):
        words = [self._python, "-m", "addin.frontends.terminal", "libreoffice", "install"]
        done = subprocess.run(
            words, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=300, check=False
        )
        if done.returncode:
            raise RuntimeError(done.stderr)

    def lay_hook(self, more=""):
        """Has the agent of this LibreOffice meet the hook beside this file; `more` is Python that is run beside it."""
        text = "\n\nfrom .protocol import CHANGING\nfrom .hostile_hook import Hook\n\n{}\n"
        text += "Hook({!r}, Server, OPERATIONS, CHANGING)\n"
        for server in (self.profile / "user").rglob("champions_agent/server.py"):
            shutil.copy(Path(__file__).with_name("hook.py"), server.parent / "hostile_hook.py")
            with server.open("a") as out:
                out.write(text.format(more, str(self.folder / "hook")))

    # -- the program ------------------------------------------------------------------------------------------------

    def start(self):
        """Starts LibreOffice without a workbook, and joins it."""
        self._times += 1
        self._pipe = f"hostile{os.getpid()}x{self._times}"
        words = ["soffice", "--norestore", "--nologo", "--calc"]
        self.office = subprocess.Popen(
            [*words, f"--accept=pipe,name={self._pipe};urp;StarOffice.ComponentContext"],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        until = time.monotonic() + PATIENCE
        while True:
            try:
                self.context = resolver.resolve(f"uno:pipe,name={self._pipe};urp;StarOffice.ComponentContext")
                break
            except Exception:
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)
        self.manager = self.context.ServiceManager
        self.desktop = self.service("com.sun.star.frame.Desktop")

    def service(self, name):
        """A service of the program."""
        return self.manager.createInstanceWithContext(name, self.context)

    @property
    def lives(self):
        """Whether LibreOffice runs."""
        return self.office is not None and self.office.poll() is None

    def kill_office(self):
        """Ends LibreOffice at once."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.office.pid, signal.SIGKILL)
        self.office.wait(20)

    def close(self):
        """Ends everything that was started."""
        if self.office is not None:
            self.kill_office()
        stays = self.stays()
        if stays:
            with contextlib.suppress(OSError):
                os.kill(stays, signal.SIGTERM)
        self._screen.terminate()
        self._screen.wait(20)

    def stays(self):
        """The number of the process that does presses; None where there is none."""
        with contextlib.suppress(OSError, ValueError, KeyError):
            note = self.home / ".local" / "state" / "champions" / "resident" / "resident.json"
            number = int(json.loads(note.read_text())["pid"])
            os.kill(number, 0)
            return number
        return None

    # -- workbooks --------------------------------------------------------------------------------------------------

    def load(self, path):
        """Opens a workbook in a window."""
        return self.desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, ())

    def new(self):
        """A workbook of the person's own, which nobody presses anything in."""
        book = self.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, ())
        book.Sheets.getByIndex(0).getCellByPosition(0, 0).Formula = "mine"
        book.enableAutomaticCalculation(False)
        return book

    def close_texts(self):
        """Closes the documents that presses have shown."""
        with contextlib.suppress(Exception):  # there is no office any more
            shown = self.desktop.Components.createEnumeration()
            while shown.hasMoreElements():
                one = shown.nextElement()
                if one.supportsService("com.sun.star.text.TextDocument"):
                    one.close(True)

    def do(self, book, command, **named):
        """Carries out one of LibreOffice's own commands."""
        helper = self.service("com.sun.star.frame.DispatchHelper")
        helper.executeDispatch(book.CurrentController.Frame, command, "", 0, properties(**named))

    def _button(self, book, pressed):
        url = uno.createUnoStruct("com.sun.star.util.URL")
        url.Complete = f"vnd.champions:{pressed}"
        url = self.service("com.sun.star.util.URLTransformer").parseStrict(url)[1]
        return book.CurrentController.Frame.queryDispatch(url, "_self", 0), url

    def press(self, book, pressed):
        """Presses a button of the toolbar."""
        button, url = self._button(book, pressed)
        button.dispatch(url, ())

    def is_ready(self, book):
        """Whether the toolbar can be pressed; asked of a button that needs no workbook of ours."""
        button, url = self._button(book, "new")
        ready = _Ready()
        button.addStatusListener(ready, url)
        ready.told.wait(10)
        button.removeStatusListener(ready, url)
        return ready.on

    # -- what is seen and typed -------------------------------------------------------------------------------------

    def messages(self):
        """The words of each dialog that is open."""
        toolkit, found = self.service("com.sun.star.awt.Toolkit"), []
        for n in range(toolkit.TopWindowCount):
            with contextlib.suppress(Exception):  # a window that goes in that very moment
                accessible = toolkit.getTopWindow(n).getAccessibleContext()
                if accessible.getAccessibleRole() in (ALERT, DIALOG):
                    found.append(" | ".join(_words(accessible)))
        return found

    def finish(self, book, seconds=PATIENCE):
        """Waits for the end of a press, reads and closes what it says: the words; None where it does not end."""
        until, said = time.monotonic() + seconds, []
        while time.monotonic() < until:
            words = self.messages()
            if words:
                said += [one for one in words if one not in said]
                self.close_texts()  # or one of them would get the key
                self.key("Return")
            elif self.is_ready(book):
                time.sleep(0.15)
                if not self.messages() and self.is_ready(book):
                    return said
            time.sleep(0.05)
        return None

    def key(self, *keys):
        """Presses keys in the newest window."""
        windows = self._hands("search", "--onlyvisible", "--name", ".").split()
        if windows:
            self._hands("windowfocus", windows[-1])
            self._hands("key", *keys)
        time.sleep(0.1)

    def type(self, text, name, *, confirm=False):
        """Types into the window of a name, and presses Return there where it is to be confirmed."""
        windows = self._hands("search", "--onlyvisible", "--name", name).split()
        self._hands("windowfocus", windows[-1])
        self._hands("type", "--delay", "5", text)
        if confirm:
            self._hands("key", "Return")
            time.sleep(0.1)

    def _hands(self, *words):
        done = subprocess.run(
            ["xdotool", *words], env=self.environment, capture_output=True, text=True, timeout=30, check=False
        )
        return done.stdout.strip()


def _screen():
    read, write = os.pipe()
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-noreset", "-screen", "0", "1366x768x24"],
        pass_fds=(write,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as pipe:
        return screen, f":{pipe.readline().strip()}"


def _words(accessible, deep=0):
    found = [accessible.getAccessibleName()] if accessible.getAccessibleName() else []
    if deep < 6:
        for n in range(min(accessible.getAccessibleChildCount(), 30)):
            child = accessible.getAccessibleChild(n)
            if child is not None:
                found += _words(child.getAccessibleContext(), deep + 1)
    return found
