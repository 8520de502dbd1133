"""The engine `libreoffice`, its programs, and what belongs to a program as a whole."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

import xlwings
from xlwings import base_classes

from addin.calc import values
from addin.calc.books import Book, Books
from addin.calc.client import Client
from addin.calc.errors import CalcError
from addin.calc.ranges import Range
from addin.calc.unsupported import refuse_unsupported

NAME = "libreoffice"
#: What xlwings calls the ways of computing that LibreOffice knows.
_AUTOMATIC, _MANUAL = "automatic", "manual"
#: A person may take their time over a message.
_PATIENCE_WITH_PEOPLE = 24 * 3600.0


class Launched(Protocol):
    """An office program of one's own, whose agent listens."""

    address: str
    token: str


class Launcher(Protocol):
    """Starts one.

    Args:
        visible: whether it has a window.
    """

    def __call__(self, *, visible: bool) -> Launched: ...


class Engine:
    """What xlwings asks of an engine."""

    name, type = NAME, "desktop"

    def __init__(self) -> None:
        self.apps = Apps()

    @staticmethod
    def clean_value_data(*given: Any) -> list[list[Any]]:
        """See `values.cleaned`.

        Args:
            given: as `values.cleaned` takes it.
        """
        return values.cleaned(*given)

    @staticmethod
    def prepare_xl_data_element(value: Any, _options: Any = None) -> Any:
        """One value as it is written: what stands for nothing becomes blank.

        Args:
            value: from Python, numpy or pandas.
        """
        if value is None or value != value:  # noqa: PLR0124 - not-a-number, NaT and NA are what differs from itself
            return None
        if hasattr(value, "to_pydatetime"):
            return value.to_pydatetime()
        return value.item() if hasattr(value, "item") else value


@refuse_unsupported
class Apps(base_classes.Apps):
    """The office programs that were attached to."""

    def __init__(self) -> None:
        self._apps: list[App] = []
        self.launcher: Launcher | None = None

    def join(self, client: Client) -> App:
        """Takes a program in.

        Args:
            client: connected to it.
        """
        app = App(client, self)
        self._apps.insert(0, app)
        return app

    def lead(self, app: App) -> None:
        """Makes a program the active one: the first of them.

        Args:
            app: one that was attached to.
        """
        self._apps.sort(key=lambda known: known is not app)

    def leave(self, app: App) -> None:
        """Lets a program go.

        Args:
            app: one that was attached to.
        """
        self._apps = [known for known in self._apps if known is not app]

    def add(self, spec: Any = None, add_book: Any = None, xl: Any = None, visible: Any = None) -> App:
        """Starts a program of its own, which `quit` ends.

        Args:
            spec, xl: not used; xlwings hands them over.
            add_book: whether it opens an empty spreadsheet.
            visible: whether it has a window.

        Raises:
            CalcError: none was attached to before, or it did not start.
        """
        if self.launcher is None:
            raise CalcError("Attach to a LibreOffice first, or start one by `addin.calc.started`.")
        office = self.launcher(visible=bool(visible))
        app = self.join(Client(office.address, office.token))
        app.office = office
        if add_book:
            app.books.add()
        return app

    def keys(self) -> list[int]:
        return [app.pid for app in self._apps]

    def cleanup(self) -> None:
        """Forgets programs that have ended."""
        self._apps = [app for app in self._apps if app.answers]

    def __iter__(self) -> Iterator[App]:
        return iter(list(self._apps))

    def __len__(self) -> int:
        return len(self._apps)

    def __getitem__(self, pid: int) -> App:
        for app in self._apps:
            if app.pid == pid:
                return app
        raise KeyError(f"No LibreOffice of the number {pid} is attached.")


@refuse_unsupported
class App(base_classes.App):
    """One running office program.

    Args:
        client: connected to it.
        apps: the programs that it is one of.

    Attributes:
        office: the process, where it was started from here.
    """

    #: Remembered, so that they can be put back; a program that is asked through its agent asks no questions itself.
    display_alerts = enable_events = interactive = visible = True

    def __init__(self, client: Client, apps: Apps) -> None:
        self.client, self._apps = client, apps
        self.office: Any = None
        self._known = client.do("program")
        self._words: str | bool = False

    @property
    def engine(self) -> Engine:
        return ENGINE

    @property
    def api(self) -> Client:
        """The client, by which the agent's operations are asked for."""
        return self.client

    @property
    def answers(self) -> bool:
        """Whether the program is still there."""
        try:
            self.client.do("books")
        except CalcError:
            return False
        return True

    @property
    def is_typing(self) -> bool:
        """Whether somebody is typing into a cell: who shows a message or chooses cells then takes the keyboard away."""
        return bool(self.client.do("is_typing"))

    @property
    def pid(self) -> int:
        return self.office.pid if self.office is not None else int(self._known["pid"])

    @property
    def hwnd(self) -> int:
        return self.pid

    @property
    def version(self) -> str:
        return str(self._known["version"])

    @property
    def path(self) -> str:
        return ""

    @property
    def books(self) -> Books:
        return Books(self)

    @property
    def active_book(self) -> Book:
        """The spreadsheet in front.

        Raises:
            CalcError: none is open.
        """
        uids = self.client.do("books")
        if not uids:
            raise CalcError("No spreadsheet is open in LibreOffice.")
        return Book(self, uids[0])

    @property
    def selection(self) -> Range | None:
        uids = self.client.do("books")
        return Book(self, uids[0]).selection if uids else None

    def activate(self, steal_focus: bool = False) -> None:
        """As xlwings' own: makes it the active program, and brings its spreadsheet in front to the front.

        Args:
            steal_focus: not used.
        """
        self._apps.lead(self)
        for uid in self.client.do("books")[:1]:
            Book(self, uid).activate()

    @property
    def screen_updating(self) -> bool:
        return not any(self.client.do("screen_locked", uid=uid) for uid in self.client.do("books"))

    @screen_updating.setter
    def screen_updating(self, value: bool) -> None:
        for uid in self.client.do("books"):
            self.client.do("lock_screen", uid=uid, locked=not value)

    @property
    def calculation(self) -> str:
        uids = self.client.do("books")
        automatic = not uids or self.client.do("book", uid=uids[0])["automatic"]
        return _AUTOMATIC if automatic else _MANUAL

    @calculation.setter
    def calculation(self, value: str) -> None:
        if value not in (_AUTOMATIC, _MANUAL, "semiautomatic"):
            raise ValueError(f"There is no way of computing called {value!r}.")
        for uid in self.client.do("books"):
            self.client.do("set_automatic", uid=uid, automatic=value != _MANUAL)

    def calculate(self) -> None:
        for uid in self.client.do("books"):
            self.client.do("calculate", uid=uid)

    @property
    def status_bar(self) -> str | bool:
        return self._words

    @status_bar.setter
    def status_bar(self, value: str | bool) -> None:
        self._words = value
        uids = self.client.do("books")
        if uids:
            self.client.do("status", uid=uids[0], words=value if isinstance(value, str) else None)

    @property
    def cut_copy_mode(self) -> str | None:
        return None

    @cut_copy_mode.setter
    def cut_copy_mode(self, value: bool) -> None:
        """LibreOffice has no such mode, so that there is nothing to end."""

    def alert(self, prompt: Any, title: Any = None, buttons: Any = None, mode: Any = None, callback: Any = None) -> str:
        """As xlwings' own: shows a message, and waits a day at most for the answer.

        Args:
            prompt: what it says.
            title: of its window.
            buttons: `ok`, `ok_cancel`, `yes_no` or `yes_no_cancel`.
            mode: the picture beside it: `info`, `warning`, `critical` or `question`.
            callback: not used.

        Returns:
            `ok`, `cancel`, `yes` or `no`.

        Raises:
            NotDone: there is no such message, or no window to show it in.
            NoAnswer: nobody answered.
        """
        said = {"title": title or "", "buttons": buttons or "ok", "mode": mode or "info"}
        return str(self.client.do("say", wait=_PATIENCE_WITH_PEOPLE, prompt=str(prompt), **said))

    def choose(self, prompt: str, lines: Sequence[str], **look: Any) -> list[int] | None:
        """Has a person choose among lines, and waits a day at most; see the agent's operation `ask_choice`.

        Args:
            prompt: what stands above the lines.
            lines: what the person chooses among.
            look: what the agent's operation `ask_choice` takes besides.

        Returns:
            The numbers of the chosen lines, counted from 0; None where the person gave up.

        Raises:
            NotDone: there are no lines, or there is no window to show them in.
            NoAnswer: nobody answered.
        """
        chosen = self.client.do("ask_choice", wait=_PATIENCE_WITH_PEOPLE, prompt=prompt, lines=list(lines), **look)
        return None if chosen is None else [int(n) for n in chosen]

    def detach(self) -> None:
        """Ends the connection, and nothing else."""
        self._apps.leave(self)
        self.client.close()

    def quit(self) -> None:
        self._apps.leave(self)
        if self.office is not None:
            self.client.close()
            self.office.close()
            return
        for book in self.books:
            book.close()
        self.client.do("quit_program")
        self.client.close()

    def kill(self) -> None:
        self._apps.leave(self)
        self.client.close()
        if self.office is not None:
            self.office.kill()
        else:
            os.kill(self.pid, signal.SIGTERM)


ENGINE = Engine()


def registered() -> xlwings.Engine:
    """The engine, known to xlwings from now on."""
    if NAME not in [engine.name for engine in xlwings.engines]:
        xlwings.engines.add(xlwings.Engine(impl=ENGINE))
    return xlwings.engines[NAME]


def joined(address: str, token: str, launcher: Launcher) -> xlwings.App:
    """Attaches to a program and makes the engine the active one; see `addin.calc.attach`.

    Args:
        address, token: of the program's agent.
        launcher: starts another program, for `xlwings.App()`.

    Raises:
        Gone: nobody listens there.
        NoAnswer: whoever listens there did not answer in time.
        NotDone: the token is wrong, or the agent is of another version.
    """
    registered().activate()
    ENGINE.apps.launcher = launcher
    return xlwings.App(impl=ENGINE.apps.join(Client(address, token)))
