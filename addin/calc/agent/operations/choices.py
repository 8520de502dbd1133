"""A window with lines of which a person chooses one, or ticks as many as they like."""

import unohelper
from com.sun.star.awt import XActionListener, XKeyListener

from .registry import Refused, operation, takes_keyboard

#: The window's measures, in the units of a dialog that follow the size of its letters.
_WIDTH, _MOST_LINES, _LINE, _EDGE = 340, 14, 10, 8
_BUTTON = (70, 16)
#: What a dialog that was not confirmed gives.
_CANCELLED = 0
_TICKED, _UNTICKED = "☑ ", "☐ "
_SPACE = 1284  # com.sun.star.awt.Key.SPACE
_PLACE = 3  # com.sun.star.awt.PosSize.POS
_OK, _CANCEL = 1, 2  # com.sun.star.awt.PushButtonType


@operation
@takes_keyboard
def ask_choice(office, prompt, lines, title="", confirm="OK", several=False, unticked=()):
    """Shows lines to choose from, and waits for an answer.

    Args:
        prompt: what is to be chosen, above the lines.
        lines: what can be chosen, in their order; at least one.
        title: of the window.
        confirm: what the button says that confirms.
        several: whether each line has a tick that can be set and taken away.
        unticked: the numbers of the lines, from 0, that have no tick at first.

    Returns:
        The numbers of the chosen lines, from 0; None where the window was closed.

    Raises:
        Refused: there are no lines, there is no window to choose in, or somebody is typing (`Keyboard`).
    """
    active = office.active()
    frame = active.CurrentController.Frame if active is not None else office.desktop.getCurrentFrame()
    if frame is None or not lines:
        raise Refused("There is no window to choose in.")
    dialog = office.service("com.sun.star.awt.UnoControlDialog")
    shown = [(_UNTICKED if n in unticked else _TICKED) + line for n, line in enumerate(lines)] if several else lines
    dialog.setModel(_model(office, prompt, shown, title, confirm, several))
    ticks = _Ticks(dialog.getControl("lines"), lines, unticked) if several else None
    if not several:
        dialog.getControl("lines").addActionListener(_Confirms(dialog))
    dialog.createPeer(frame.ContainerWindow.Toolkit, frame.ContainerWindow)
    _centre(dialog, frame.ContainerWindow.PosSize)
    dialog.getControl("lines").setFocus()
    try:
        if dialog.execute() == _CANCELLED:
            return None
        return ticks.chosen() if ticks is not None else list(dialog.getControl("lines").getSelectedItemsPos())
    finally:
        dialog.dispose()


def _centre(dialog, window):
    own = dialog.PosSize
    across, down = (window.Width - own.Width) // 2, (window.Height - own.Height) // 3
    dialog.setPosSize(max(across, 0), max(down, 0), 0, 0, _PLACE)


def _model(office, prompt, lines, title, confirm, several):
    model = office.service("com.sun.star.awt.UnoControlDialogModel")
    above = _LINE * (prompt.count("\n") + 1 + len(prompt) // 90)
    height = _LINE * min(max(len(lines), 3), _MOST_LINES) + 4
    model.Title, model.Width, model.Height = title, _WIDTH, above + height + _BUTTON[1] + 4 * _EDGE
    model.Moveable = model.Closeable = model.Sizeable = True
    inner = _WIDTH - 2 * _EDGE
    words = _put(model, "FixedText", "words", (_EDGE, _EDGE, inner, above))
    words.Label, words.MultiLine = prompt, True
    box = _put(model, "ListBox", "lines", (_EDGE, above + 2 * _EDGE, inner, height))
    box.StringItemList = tuple(lines)
    box.SelectedItems, box.Border = (0,), 1
    low = above + height + 3 * _EDGE
    for n, (label, kind) in enumerate((("Cancel", _CANCEL), (confirm, _OK))):
        place = (_WIDTH - (n + 1) * (_BUTTON[0] + _EDGE), low, *_BUTTON)
        button = _put(model, "Button", f"button{n}", place)
        button.Label, button.PushButtonType, button.DefaultButton = label, kind, kind == _OK and not several
    return model


def _put(model, kind, name, place):
    control = model.createInstance(f"com.sun.star.awt.UnoControl{kind}Model")
    control.PositionX, control.PositionY, control.Width, control.Height = place
    model.insertByName(name, control)
    return control


class _Confirms(unohelper.Base, XActionListener):
    """Takes a line that is pressed twice, or chosen with Return."""

    def __init__(self, dialog):
        self._dialog = dialog

    def actionPerformed(self, event):  # noqa: N802 - UNO's name
        self._dialog.endDialog(1)

    def disposing(self, event):
        """The window goes."""


class _Ticks(unohelper.Base, XActionListener, XKeyListener):
    """Ticks that go and come with the space bar, with Return and by pressing a line twice."""

    def __init__(self, box, lines, unticked):
        self._box, self._lines = box, lines
        self._on = [n not in unticked for n in range(len(lines))]
        box.addActionListener(self)
        box.addKeyListener(self)

    def chosen(self):
        return [n for n, on in enumerate(self._on) if on]

    def actionPerformed(self, event):  # noqa: N802 - UNO's name
        self._turn()

    def keyPressed(self, event):  # noqa: N802 - UNO's name
        if event.KeyCode == _SPACE:
            self._turn()

    def keyReleased(self, event):  # noqa: N802 - UNO's name
        """Nothing follows from it."""

    def disposing(self, event):
        """The window goes."""

    def _turn(self):
        at = self._box.getSelectedItemPos()
        if at < 0:
            return
        self._on[at] = not self._on[at]
        self._box.removeItems(at, 1)
        self._box.addItem((_TICKED if self._on[at] else _UNTICKED) + self._lines[at], at)
        self._box.selectItemPos(at, True)
