"""One thing that was looked at when finding out whether all is well."""

from __future__ import annotations

from workbook.model.light_dataclasses import dataclass


@dataclass(frozen=True)
class Point:
    """One thing that was looked at.

    Attributes:
        well: whether it is as it should be.
        words: what was found.
        mend: what to do about it, where it is not well; for whoever presses buttons too.
        in_terminal: the same by a command; a terminal alone says it.
    """

    well: bool
    words: str
    mend: str = ""
    in_terminal: str = ""
