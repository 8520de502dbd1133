"""What is to be seen in a running LibreOffice, as JSON; run by a Python that speaks UNO, not by the tests' own.

python3 tests/eyes.py PIPE
"""

from __future__ import annotations

import json
import sys

import uno
from com.sun.star.accessibility.AccessibleRole import ALERT, BUTTON_DROPDOWN, DIALOG, PUSH_BUTTON
from com.sun.star.accessibility.AccessibleStateType import ENABLED


def main(pipe: str) -> None:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
    manager = context.ServiceManager
    desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    seen = {"buttons": [], "messages": messages(manager, context), "sheet": "", "cell": "", "title": ""}
    frame = desktop.getCurrentFrame()
    if frame is not None:
        seen["buttons"] = toolbar(frame)
        seen["title"] = frame.Title
        controller = frame.getController()
        if hasattr(controller, "ActiveSheet"):
            seen["sheet"] = controller.ActiveSheet.Name
            seen["cell"] = controller.getModel().getCurrentSelection().AbsoluteName
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
    main(sys.argv[1])
