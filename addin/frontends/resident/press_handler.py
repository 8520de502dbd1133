"""What the process that stays does with a request: a press, in the surroundings that it was pressed in."""

from __future__ import annotations

from typing import Any


def press(request: dict[str, Any]) -> dict[str, Any]:
    """Does a press.

    Args:
        request: `pressed`, as `addin.frontends.buttons.press` takes it, and the `variables` of its environment, which
            are handed on and never become this process's own: they belong to this press alone.

    Returns:
        Its exit `code`, and its `words` where it could not say them in the office program.
    """
    from addin.frontends.buttons import press as press_there

    try:
        press_there(request["pressed"], request["variables"])
    except SystemExit as end:
        return {"code": 1, "words": str(end.code)}
    return {"code": 0, "words": ""}
