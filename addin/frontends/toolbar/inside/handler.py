"""What LibreOffice asks: who answers a press, whether a button is enabled, what its menu offers."""

from __future__ import annotations

from typing import Any

import uno
import unohelper
from com.sun.star.beans import NamedValue
from com.sun.star.frame import (
    ControlCommand,
    FeatureStateEvent,
    XDispatch,
    XDispatchProviderInterceptor,
    XFrameActionListener,
    XInterceptorInfo,
)
from com.sun.star.lang import XServiceInfo

from .books import entries_for, is_ours
from .office import Office

#: When a window shows another workbook, or one at last: its buttons may stand otherwise.
_SHOWS_ANOTHER = ("COMPONENT_ATTACHED", "COMPONENT_REATTACHED")


class Handler(unohelper.Base, XServiceInfo, XDispatchProviderInterceptor, XInterceptorInfo, XFrameActionListener):
    """Answers for one window, from when it is made: before others do so for what is addressed to us.

    Args:
        context: the component context that LibreOffice hands over.
        frame: the window.
    """

    def __init__(self, context: Any, frame: Any) -> None:
        self._context, self._frame = context, frame
        self._before: Any = None
        self._after: Any = None
        if Office.of(context).joins(frame):
            frame.registerDispatchProviderInterceptor(self)
            frame.addFrameActionListener(self)

    def frameAction(self, event: Any) -> None:  # noqa: N802
        office = Office.of(self._context)
        if event.Action.value in _SHOWS_ANOTHER:
            office.later(office.tell_all)

    def disposing(self, event: Any) -> None:  # noqa: ARG002
        Office.of(self._context).leaves(self._frame)

    def getInterceptedURLs(self) -> tuple[str, ...]:  # noqa: N802
        return (Office.of(self._context).facts.protocol + "*",)

    def getMasterDispatchProvider(self) -> Any:  # noqa: N802
        return self._before

    def setMasterDispatchProvider(self, provider: Any) -> None:  # noqa: N802
        self._before = provider

    def getSlaveDispatchProvider(self) -> Any:  # noqa: N802
        return self._after

    def setSlaveDispatchProvider(self, provider: Any) -> None:  # noqa: N802
        self._after = provider

    def queryDispatch(self, url: Any, target: str, flags: int) -> Any:  # noqa: N802
        office = Office.of(self._context)
        if url.Complete.startswith(office.facts.protocol):
            return Dispatch(office, self._frame)
        return self._after.queryDispatch(url, target, flags) if self._after is not None else None

    def queryDispatches(self, requests: Any) -> Any:  # noqa: N802
        return tuple(self.queryDispatch(r.FeatureURL, r.FrameName, r.SearchFlags) for r in requests)

    def getImplementationName(self) -> str:  # noqa: N802
        return Office.of(self._context).facts.handler

    def supportsService(self, name: str) -> bool:  # noqa: N802
        return name in self.getSupportedServiceNames()

    def getSupportedServiceNames(self) -> tuple[str, ...]:  # noqa: N802
        return (Office.of(self._context).facts.handler,)


class Dispatch(unohelper.Base, XDispatch):
    """The buttons of one window.

    Args:
        office: what all windows share.
        frame: the window.
    """

    def __init__(self, office: Office, frame: Any) -> None:
        self._office, self._frame = office, frame

    def dispatch(self, url: Any, arguments: Any) -> None:
        """Does what was pressed, or what was chosen in the menu beside it, as soon as LibreOffice is free."""
        pressed = self._pressed(url)
        chosen = next((a.Value for a in arguments if a.Name == "Text"), "")
        self._office.later(lambda: self._press(pressed, chosen))

    def _press(self, pressed: str, chosen: str) -> None:
        if chosen:
            entries = entries_for(pressed, self._frame, self._office.facts)
            pressed = next((entry.pressed for entry in entries if entry.label == chosen), pressed)
        self._office.press(pressed, self._frame)

    def addStatusListener(self, listener: Any, url: Any) -> None:  # noqa: N802
        self._office.watch(listener, self._frame, lambda: self._tell(listener, url))

    def removeStatusListener(self, listener: Any, url: Any) -> None:  # noqa: ARG002, N802
        self._office.forget(listener)

    def _pressed(self, url: Any) -> str:
        return str(url.Complete[len(self._office.facts.protocol) :])

    def _tell(self, listener: Any, url: Any) -> None:
        """Says whether the button is enabled, and what its menu offers."""
        facts = self._office.facts
        command = facts.command_of(self._pressed(url))
        ready = not self._office.at_work and (command not in facts.need_book or is_ours(self._frame, facts))
        listener.statusChanged(self._event(url, ready, None))
        if command not in facts.entries:
            return
        # A fresh list also forgets what was chosen last, so that the button itself does not choose it again.
        listener.statusChanged(self._event(url, ready, _control("SetList", List=uno.Any("[]string", ()))))
        for entry in entries_for(command, self._frame, facts):
            listener.statusChanged(
                self._event(url, ready, _control("AddEntry", Text=entry.label, TipHelpText=entry.tip))
            )

    def _event(self, url: Any, enabled: bool, state: Any) -> Any:  # noqa: FBT001
        event = FeatureStateEvent()
        event.Source, event.FeatureURL, event.IsEnabled, event.State = self, url, enabled, state
        return event


def _control(name: str, **arguments: Any) -> Any:
    command = ControlCommand()
    command.Command = name
    command.Arguments = tuple(NamedValue(key, value) for key, value in arguments.items())
    return command
