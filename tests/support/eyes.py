"""What is to be seen in a running LibreOffice, as JSON; run by a Python that speaks UNO, not by the tests' own.

python3 tests/support/eyes.py PIPE [--bars] [CELL]

CELL, such as B6, is a cell of the sheet in front: its place on the screen is told too. What stands in the bars around
the document takes seconds to read, and is read only when asked for.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys

import uno
from com.sun.star.accessibility.AccessibleRole import (
    ALERT,
    BUTTON_DROPDOWN,
    DIALOG,
    DOCUMENT,
    DOCUMENT_SPREADSHEET,
    PUSH_BUTTON,
    TABLE,
)
from com.sun.star.accessibility.AccessibleStateType import ENABLED
from com.sun.star.uno import RuntimeException

#: The last column and row of a sheet that are read, from 0.
LAST_CELL = (20, 60)
BARS = "--bars"


def main(pipe: str, *asked: str) -> None:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
    manager = context.ServiceManager
    desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    seen = {"buttons": [], "messages": messages(manager, context), "sheet": "", "rows": [], "cell": "", "title": ""}
    seen["bars"] = []
    frame = desktop.getCurrentFrame()
    if frame is not None:
        seen["buttons"] = toolbar(frame)
        seen["title"] = frame.Title
        controller = frame.getController()
        seen["bars"] = bars(frame) if BARS in asked else []
        if hasattr(controller, "ActiveSheet"):
            seen["sheet"] = controller.ActiveSheet.Name
            seen["rows"] = controller.ActiveSheet.getCellRangeByPosition(0, 0, *LAST_CELL).getDataArray()
            seen["cell"] = controller.getModel().getCurrentSelection().AbsoluteName
    for cell in set(asked) - {BARS}:
        seen["place"] = place_of(frame, cell)
    sys.stdout.write(json.dumps(seen))


def toolbar(frame) -> list[dict]:
    """The buttons of our toolbar, and where each is on the screen."""
    found = []
    for element in frame.LayoutManager.getElements():
        if "champion-workbook" not in element.ResourceURL:
            continue
        bar = element.getRealInterface().getAccessibleContext()
        buttons = (child for child in children(bar) if child.getAccessibleRole() in (PUSH_BUTTON, BUTTON_DROPDOWN))
        found += [described(button) for button in buttons]
    return found


def bars(frame) -> list[str]:
    """What stands in the bars around the document: every sentence there."""
    around = frame.ContainerWindow.getAccessibleContext()
    return [words for words in said_around(around, 12) if words.count(" ") > 2]


def said_around(accessible, depth):
    """The names and texts within something, so many steps deep; a document's cells are passed over."""
    if accessible.getAccessibleRole() in (TABLE, DOCUMENT, DOCUMENT_SPREADSHEET):
        return
    yield accessible.getAccessibleName()
    with contextlib.suppress(AttributeError, RuntimeException):  # some say that they have a text, and have none
        yield accessible.getText()
    for n in range(min(accessible.getAccessibleChildCount(), 100) if depth else 0):
        child = accessible.getAccessibleChild(n)
        if child is not None:
            yield from said_around(child.getAccessibleContext(), depth - 1)


def place_of(frame, cell) -> dict:
    """Where a cell of the sheet in front is on the screen, and what it shows."""
    address = frame.getController().ActiveSheet.getCellRangeByName(cell).CellAddress
    panes = found(frame.ComponentWindow.getAccessibleContext(), TABLE)
    places = [described(p.getAccessibleCellAt(address.Row, address.Column).getAccessibleContext()) for p in panes]
    return max(places, key=lambda place: place["width"])  # the other panes of a sheet with fixed headings don't show it


def found(accessible, role):
    """What is of a role, within something."""
    if accessible.getAccessibleRole() == role:
        yield accessible
        return
    for n in range(min(accessible.getAccessibleChildCount(), 50)):
        child = accessible.getAccessibleChild(n)
        if child is not None:
            yield from found(child.getAccessibleContext(), role)


def messages(manager, context) -> list[str]:
    """The words of each dialog that is open."""
    toolkit = manager.createInstanceWithContext("com.sun.star.awt.Toolkit", context)
    windows = [toolkit.getTopWindow(n) for n in range(toolkit.getTopWindowCount())]
    found = []
    for window in windows:
        accessible = window.getAccessibleContext()
        if accessible.getAccessibleRole() in (ALERT, DIALOG):
            found.append("\n".join(words(accessible)))
    return found


def words(accessible) -> list[str]:
    within = children(accessible)
    own = [] if within or accessible.getAccessibleRole() == PUSH_BUTTON else [accessible.getAccessibleName()]
    return own + [word for child in within for word in words(child)]


def described(child) -> dict:
    place, size, states = child.getLocationOnScreen(), child.getSize(), child.getAccessibleStateSet()
    enabled = states.contains(ENABLED) if hasattr(states, "contains") else bool(states >> ENABLED & 1)
    return {
        "name": child.getAccessibleName(),
        "left": place.X,
        "top": place.Y,
        "width": size.Width,
        "height": size.Height,
        "enabled": enabled,
    }


def children(accessible) -> list:
    return [
        accessible.getAccessibleChild(n).getAccessibleContext() for n in range(accessible.getAccessibleChildCount())
    ]


if __name__ == "__main__":
    main(*sys.argv[1:])
    sys.stdout.flush()
    os._exit(0)  # an orderly end now and then dies (SIGSEGV) while the bridge to LibreOffice is torn down
