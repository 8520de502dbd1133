"""Patterns that are compiled when they are first used: few of all are needed for one click, and each takes a while."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


class _Late:
    def __init__(self, pattern: Any, flags: int) -> None:
        self._how = pattern, flags

    def __getattr__(self, name: str) -> Any:
        """A method of the compiled pattern, which from then on is found without coming here."""
        method = self.__dict__[name] = getattr(re.compile(*self._how), name)
        return method


def late(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` gives, but compiled at its first use.

    Example:
        >>> late("[0-9]+").findall("7 of 12")
        ['7', '12']

    Args:
        pattern, flags: as for `re.compile`, which says at the first use what is wrong with them.
    """
    return cast("re.Pattern[AnyStr]", _Late(pattern, flags))
