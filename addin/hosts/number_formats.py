"""What a number format makes of a number: per cent, a time, or nothing that changes what is read."""

from __future__ import annotations

import operator
import re

from workbook.model.cells import Cell, Percent, TimeOfDay
from workbook.model.late_patterns import late

#: Text that is only shown beside the number: quoted, escaped, or filled in.
_BESIDE = late(r'"[^"]*"|\\.|_.|\*.')
_CONDITION = late(r"\[(<=|>=|<>|<|>|=)(-?[0-9.]+)\]")
_BRACKETS = late(r"\[(?![hms]+\])[^\]]*\]", re.IGNORECASE)
_TIME = late(r"h|\[[hms]+\]|m:s", re.IGNORECASE)
_DAY = late(r"[yd]", re.IGNORECASE)
_HOLDS = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}


def matters(code: str) -> bool:
    """Whether some number may be shown as per cent or as a time by a number format.

    >>> matters("0%"), matters("dd mmm yyyy hh:mm")
    (True, False)

    Args:
        code: the number format, as Excel writes it.
    """
    plain = _BRACKETS.sub("", _BESIDE.sub("", code))
    return "%" in plain or (_TIME.search(plain) is not None and _DAY.search(plain) is None)


def as_shown(number: float, code: str) -> Cell:
    """A number as its format shows it: per cent, a time, or the number alone.

    Args:
        number: what is stored.
        code: the number format, as Excel writes it.

    Example:
        >>> type(as_shown(0.75, "0%")).__name__, type(as_shown(75.0, '0"%"')).__name__
        ('Percent', 'float')
    """
    section = _BRACKETS.sub("", _section(number, code))
    if "%" in section:
        return Percent(number)
    if _TIME.search(section) and not _DAY.search(section):
        return TimeOfDay(number)
    return number


def _section(number: float, code: str) -> str:
    """The part of a format that serves a number, without what is only shown beside it."""
    sections = _BESIDE.sub("", code).split(";")
    conditions = [_CONDITION.search(section) for section in sections]
    if any(conditions):
        for section, condition in zip(sections, conditions, strict=True):
            if condition is None or _HOLDS[condition[1]](number, float(condition[2])):
                return section
        return sections[-1]
    if number < 0 and len(sections) > 1:
        return sections[1]
    return sections[2] if number == 0 and len(sections) > 2 else sections[0]
