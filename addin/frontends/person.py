"""Who is at work."""

from __future__ import annotations


def user() -> str:
    """The name that the person at work has on this computer."""
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
