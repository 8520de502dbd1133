"""Everything of ours in this LibreOffice, whatever its windows: one press at a time, beside it and not within it."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from typing import Any

import unohelper
from com.sun.star.awt import XCallback
from com.sun.star.awt.MessageBoxType import WARNINGBOX
from com.sun.star.uno import Exception as UnoException

from .agent import Agent
from .facts import read_facts
from .running import Ended, is_plain, surroundings
from .running import press as run_press
from .settings import Trouble, find_program, settings_place, state_place

_TITLE = "Champions"
_OK = 1  # com.sun.star.awt.MessageBoxButtons.BUTTONS_OK
_MOST = 100


class Office:
    """What all windows share.

    Args:
        context: the component context that LibreOffice hands over.
    """

    _only: Office | None = None

    def __init__(self, context: Any) -> None:
        self.facts = read_facts()
        self.at_work = False
        self._context = context
        self._frames: list[Any] = []
        self._watchers: list[tuple[Any, Callable[[], None]]] = []
        self._agent: Agent | None = None
        #: The window, what was pressed and what tells of it, while a press is at work.
        self._pressed: tuple[Any, str, Any] = (None, "", None)

    @classmethod
    def of(cls, context: Any) -> Office:
        """The one of this LibreOffice."""
        if cls._only is None:
            cls._only = cls(context)
        return cls._only

    def joins(self, frame: Any) -> bool:
        """Takes a window in; whether it is a new one."""
        new = frame not in self._frames
        if new:
            self._frames.append(frame)
        return new

    def leaves(self, frame: Any) -> None:
        """Lets a window go that is closed."""
        self._frames = [other for other in self._frames if other != frame]

    def watch(self, listener: Any, tell: Callable[[], None]) -> None:
        """Tells somebody who shows a button how it stands, now and whenever that changes."""
        self._watchers.append((listener, tell))
        tell()

    def forget(self, listener: Any) -> None:
        """Tells somebody nothing more."""
        self._watchers = [(other, tell) for other, tell in self._watchers if other != listener]

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
        progress = frame.createStatusIndicator()
        progress.start(f"{_TITLE}: {label} …", _MOST)
        self.at_work = True
        self._tell_all()
        if self._agent is not None and not self._agent.listens:
            self._agent.end()
            self._agent = None
        if self._agent is None:
            self._agent = Agent(self._context)
        variables = surroundings(os.environ, self._agent.variables(frame.getController().getModel()))

        self._pressed = frame, label, progress

        def work() -> None:
            # Holds nothing of LibreOffice's, which must be let go of in LibreOffice's thread: one that waits for Python
            # may hold what it takes to let go, and nothing would ever go on.
            ended = run_press(state_place(), program, pressed, variables)
            self._later(lambda: self._finish(ended))

        threading.Thread(target=work, daemon=True).start()

    def _finish(self, ended: Ended) -> None:
        self.at_work = False
        (frame, label, progress), self._pressed = self._pressed, (None, "", None)
        self._tell_all()
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

    def _tell_all(self) -> None:
        for listener, tell in list(self._watchers):
            try:
                tell()
            except UnoException:
                self.forget(listener)  # its window was closed

    def _say(self, frame: Any, words: str) -> None:
        window = frame.getContainerWindow() if frame is not None else None
        if window is None:
            return  # nobody is there who could read it
        box = window.getToolkit().createMessageBox(window, WARNINGBOX, _OK, _TITLE, words)
        box.execute()
        box.dispose()

    def _later(self, do: Callable[[], None]) -> None:
        """Has LibreOffice do something as soon as it is free, where windows may be touched."""
        manager = self._context.getServiceManager()
        manager.createInstanceWithContext("com.sun.star.awt.AsyncCallback", self._context).addCallback(_Do(do), None)


class _Do(unohelper.Base, XCallback):
    def __init__(self, do: Callable[[], None]) -> None:
        self._do = do

    def notify(self, data: Any) -> None:  # noqa: ARG002
        self._do()
