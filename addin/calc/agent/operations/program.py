"""The program itself: which spreadsheets are open, messages, the status bar, and what is switched off while working."""

import os

import uno

from ..office import values
from .registry import Refused, operation, takes_keyboard

_CONFIGURATION = "com.sun.star.configuration.ConfigurationProvider"
_ACCESS = "com.sun.star.configuration.ConfigurationAccess"
_KINDS = {"info": "INFOBOX", "warning": "WARNINGBOX", "critical": "ERRORBOX", "question": "QUERYBOX"}
#: How a message's buttons are numbered, and what each answer is called.
_BUTTONS = {"ok": 1, "ok_cancel": 2, "yes_no": 3, "yes_no_cancel": 4}
_ANSWERS = {0: "cancel", 1: "ok", 2: "yes", 3: "no"}


@operation
def program(office):
    """The program's process and version."""
    provider = office.service(_CONFIGURATION)
    product = provider.createInstanceWithArguments(
        _ACCESS, (uno.createUnoStruct("com.sun.star.beans.NamedValue", "nodepath", "/org.openoffice.Setup/Product"),)
    )
    return {"pid": os.getpid(), "version": product.ooSetupVersionAboutBox or product.ooSetupVersion}


@operation
def books(office):
    """The ids of the open spreadsheets, the one in front first."""
    found = list(office.books())
    active = office.active()
    if active is not None:
        found.sort(key=lambda uid: uid != active.RuntimeUID)
    return found


@operation
def quit_program(office):
    """Ends the program, if nothing stands against it."""
    return office.desktop.terminate()


@operation
@takes_keyboard
def say(office, prompt, title="", buttons="ok", mode="info"):
    """Shows a message and waits for an answer: ok, cancel, yes or no.

    Args:
        prompt: what it says.
        title: of its window.
        buttons: ok, ok_cancel, yes_no or yes_no_cancel.
        mode: the picture beside it: info, warning, critical or question.

    Raises:
        Refused: there is no such message, there is no window to show it in, or somebody is typing (`Keyboard`).
    """
    if mode not in (None, *_KINDS) or buttons not in _BUTTONS:
        raise Refused("There is no message of this kind.")
    window = _window(office)
    kind = uno.Enum("com.sun.star.awt.MessageBoxType", _KINDS[mode or "info"])
    box = window.Toolkit.createMessageBox(window, kind, _BUTTONS[buttons], title or "", prompt)
    try:
        return _ANSWERS[box.execute()]
    finally:
        box.dispose()


def _window(office):
    active = office.active()
    frame = active.CurrentController.Frame if active is not None else office.desktop.getCurrentFrame()
    if frame is None:
        raise Refused("There is no window to show a message in.")
    return frame.ContainerWindow


@operation
def status(office, uid, words):
    """Words in the status bar; None gives it back to the program, as the end of the caller does.

    Args:
        words: what it shows; without a window nothing is done.
    """
    controller = office.book(uid).CurrentController
    if controller is None:
        return
    office.end_words(uid)
    if words is not None:
        office.indicators[uid] = office.caller, controller.Frame.createStatusIndicator()
        office.indicators[uid][1].start(words, 0)


@operation
def lock_screen(office, uid, locked):
    """Stops or resumes drawing; it resumes too when the caller ends.

    Args:
        locked: whether it is stopped.
    """
    book = office.book(uid)
    if locked and not book.hasControllersLocked():
        book.lockControllers()
        office.stopped[uid] = office.caller
    while not locked and book.hasControllersLocked():
        book.unlockControllers()
    if not locked:
        office.stopped.pop(uid, None)


@operation
def screen_locked(office, uid):
    """Whether drawing is stopped."""
    return office.book(uid).hasControllersLocked()


@operation
def is_typing(office):
    """Whether somebody is typing into a cell of any open spreadsheet."""
    return any(office.is_typed_into(book) for book in office.books().values())


@operation
def dispatch(office, uid, command, arguments=None):
    """Carries out one of the program's own commands, such as `.uno:Save`, as its menu does.

    Args:
        command: its URL.
        arguments: by name, what the command takes; None for nothing.
    """
    frame = office.book(uid).CurrentController.Frame
    office.service("com.sun.star.frame.DispatchHelper").executeDispatch(
        frame, command, "", 0, values(**(arguments or {}))
    )


@operation
def bring_to_front(office, uid):
    """Brings a spreadsheet's window to the front."""
    frame = office.book(uid).CurrentController.Frame
    frame.activate()
    frame.ContainerWindow.toFront()
