"""Who is at work."""

from __future__ import annotations

import getpass


def user() -> str:
    """The name that the person at work has on this computer."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
