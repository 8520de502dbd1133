"""Cells that hold what their type does not allow: what they are taken for, the same for reader and writer."""

from __future__ import annotations

import re

#: What a cell shows whose text is not in the workbook, or that is an error without saying which.
UNKNOWN_ERROR = "#VALUE!"
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?(?:nan|inf|infinity)", re.IGNORECASE)
#: No number of a text or style has more digits.
_LONGEST = 10
_YES, _NO = frozenset({"1", "true"}), frozenset({"0", "false"})


def number_in(text: str, kind: str | None) -> float | None:
    """The number that a cell's text writes; None where it writes none, or where the cell is of another type.

    Args:
        text: as it stands in the cell; in a cell that says it is a number, blanks around it don't count.
        kind: the cell's type as it is written; None where it has none.
    """
    if kind not in {None, "n"}:
        return None
    text = text if kind is None else text.strip()
    return float(text) if _NUMBER.fullmatch(text) else None


def answer_in(text: str) -> bool | None:
    """The yes or no that a cell's text writes; None where it writes neither.

    Args:
        text: as it stands in a cell of the type `b`, blanks around it included.
    """
    text = text.strip().lower()
    return True if text in _YES else False if text in _NO else None


def index_in(text: str) -> int | None:
    """The number of a shared text; None where it is none.

    Args:
        text: as it stands in a cell of the type `s`, blanks around it included.
    """
    text = text.strip()
    return int(text) if len(text) <= _LONGEST and text.isascii() and text.isdecimal() else None


def style_in(text: str) -> int:
    """The number of a cell's style; that of the standard one where it is none.

    Args:
        text: the cell's attribute `s`.
    """
    return int(text) if len(text) <= _LONGEST and text.isascii() and text.isdecimal() else 0
