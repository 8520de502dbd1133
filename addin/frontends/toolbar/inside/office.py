"""Everything of ours in this LibreOffice, whatever its windows: one press at a time, beside it and not within it."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable
from typing import Any

import unohelper
from com.sun.star.awt import XCallback
from com.sun.star.awt.MessageBoxType import WARNINGBOX
from com.sun.star.lang import DisposedException
from com.sun.star.uno import Exception as UnoException

from .agent import Agent
from .facts import read_facts
from .running import Ended, is_plain, surroundings
from .running import press as run_press
from .settings import Trouble, find_program, settings_place, state_place

_TITLE = "Champions"
_OK = 1  # com.sun.star.awt.MessageBoxButtons.BUTTONS_OK
_MOST = 100
#: Seconds that somebody who asks from another thread how a button stands waits for the answer at most.
_LONGEST = 10.0


class _Watcher:
    """Somebody who shows how a button of a window stands; compared by identity, which asks LibreOffice nothing."""

    def __init__(self, listener: Any, frame: Any, tell: Callable[[], None]) -> None:
        self.listener, self.frame, self.tell = listener, frame, tell


class Office:
    """What all windows share.

    LibreOffice calls from any of its threads. What asks it for something is done in its own one alone: letting go of
    what it hands out waits for its lock, which a thread that waits for Python may hold, and nothing would ever go on.

    Args:
        context: the component context that LibreOffice hands over.
    """

    _only: Office | None = None

    def __init__(self, context: Any) -> None:
        self.facts = read_facts()
        self.at_work = False
        self._context = context
        self._frames: list[Any] = []
        self._watchers: list[_Watcher] = []
        self._thread: int | None = None
        self._agent: Agent | None = None
        #: The window, what was pressed and what tells of it, while a press is at work.
        self._pressed: tuple[Any, str, Any] = (None, "", None)

    @classmethod
    def of(cls, context: Any) -> Office:
        """The one of this LibreOffice."""
        if cls._only is None:
            cls._only = cls(context)
            cls._only.later(lambda: None)  # so that its thread is known
        return cls._only

    def joins(self, frame: Any) -> bool:
        """Takes a window in; whether it is a new one."""
        new = frame not in self._frames
        if new:
            self._frames.append(frame)
        return new

    def leaves(self, frame: Any) -> None:
        """Lets a window go that is closed, and who watched its buttons."""
        self._frames = [other for other in self._frames if other != frame]
        gone = [watcher for watcher in list(self._watchers) if watcher.frame == frame]
        self.in_its_thread(lambda: self._drop(gone))

    def watch(self, listener: Any, frame: Any, tell: Callable[[], None]) -> None:
        """Tells somebody who shows a button of a window how it stands, now and whenever that changes."""
        watcher = _Watcher(listener, frame, tell)
        self._watchers.append(watcher)
        self.in_its_thread(lambda: self._tell(watcher), wait=_LONGEST)

    def forget(self, listener: Any) -> None:
        """Tells somebody nothing more."""
        self._drop([watcher for watcher in list(self._watchers) if watcher.listener == listener])

    def tell_all(self) -> None:
        """Tells all how the buttons stand."""
        for watcher in list(self._watchers):
            self._tell(watcher)

    def in_its_thread(self, do: Callable[[], None], *, wait: float = 0.0) -> None:
        """Does something in LibreOffice's own thread: at once where this is it, else as soon as it is free.

        Args:
            do: what to do.
            wait: how many seconds to wait for it in another thread.
        """
        if threading.get_ident() == self._thread:
            do()
            return
        known, done = self._thread is not None, threading.Event()

        def told() -> None:
            try:
                do()
            finally:
                done.set()

        self.later(told)
        if known:  # else this may be the very thread that is to do it
            done.wait(wait)

    def press(self, pressed: str, frame: Any) -> None:
        """Does what was pressed; LibreOffice stays free meanwhile, and every button waits until it is done."""
        if self.at_work or not is_plain(pressed):
            return
        program = find_program(settings_place(), self.facts.version)
        if isinstance(program, Trouble):
            self._say(frame, f"{program.words}\n\n{program.mend}")
            return
        self._finish_typing(frame)
        label = self.facts.labels[self.facts.command_of(pressed)]
        try:
            variables = surroundings(os.environ, self._reachable(frame.getController().getModel()))
        except OSError as error:
            self._say(frame, f"{label} could not be started: nothing can be kept in the folder it needs.\n\n{error}")
            return
        progress = frame.createStatusIndicator()
        progress.start(f"{_TITLE}: {label} …", _MOST)
        self.at_work, self._pressed = True, (frame, label, progress)
        self.tell_all()

        def work() -> None:
            # Holds nothing of LibreOffice's, which must be let go of in LibreOffice's thread.
            ended = Ended(1)
            try:
                ended = run_press(state_place(), program, pressed, variables)
            finally:
                self.later(lambda: self._finish(ended))

        threading.Thread(target=work, daemon=True).start()

    def _reachable(self, book: Any) -> dict[str, str]:
        """What tells the program how to reach a workbook: the agent is started where none listens."""
        if self._agent is not None and not self._agent.listens:
            self._agent.end()
            self._agent = None
        if self._agent is None:
            self._agent = Agent(self._context)
        return self._agent.variables(book)

    def _finish(self, ended: Ended) -> None:
        self.at_work = False
        (frame, label, progress), self._pressed = self._pressed, (None, "", None)
        self.tell_all()
        try:
            progress.end()
        except UnoException:
            frame = self._another_window()  # its window was closed meanwhile
        if ended.code is None:
            self._say(frame, f"{label} could not be started.\n\n{self.facts.blocked}")
        elif ended.code:
            self._say(frame, f"{label} did not get to its end.\n\n{ended.words or self.facts.broken}")

    def _finish_typing(self, frame: Any) -> None:
        """Has LibreOffice take what is being typed into a cell; its own buttons do so, this one must ask for it."""
        manager = self._context.getServiceManager()
        helper = manager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", self._context)
        helper.executeDispatch(frame, ".uno:Calculate", "", 0, ())

    def _another_window(self) -> Any:
        """A window that is open still; None where there is none."""
        manager = self._context.getServiceManager()
        return manager.createInstanceWithContext("com.sun.star.frame.Desktop", self._context).getCurrentFrame()

    def _tell(self, watcher: _Watcher) -> None:
        if watcher not in self._watchers:
            return
        try:
            watcher.tell()
        except DisposedException:
            self._drop([watcher])  # its window was closed
        except Exception:  # noqa: BLE001 - of a workbook that comes or goes: it is told again, and the others now
            return

    def _drop(self, watchers: list[_Watcher]) -> None:
        """Forgets some. Others may come meanwhile, from other threads, so that each goes in one step of Python's."""
        for watcher in watchers:
            with contextlib.suppress(ValueError):  # it went meanwhile
                self._watchers.remove(watcher)

    def _say(self, frame: Any, words: str) -> None:
        window = frame.getContainerWindow() if frame is not None else None
        if window is None:
            return  # nobody is there who could read it
        box = window.getToolkit().createMessageBox(window, WARNINGBOX, _OK, _TITLE, words)
        box.execute()
        box.dispose()

    def later(self, do: Callable[[], None]) -> None:
        """Has LibreOffice do something as soon as it is free, where windows may be touched."""

        def noted() -> None:
            self._thread = threading.get_ident()
            do()

        manager = self._context.getServiceManager()
        manager.createInstanceWithContext("com.sun.star.awt.AsyncCallback", self._context).addCallback(_Do(noted), None)


class _Do(unohelper.Base, XCallback):
    def __init__(self, do: Callable[[], None]) -> None:
        self._do = do

    def notify(self, data: Any) -> None:  # noqa: ARG002
        with contextlib.suppress(Exception):  # its window was closed meanwhile; LibreOffice must go on
            self._do()
