"""Days in texts of a list: one that reads two ways is decided by the list itself, or by nobody.

Source: docs/contract/intake.md, "Dates".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from workbook.model.cells import Cell
from workbook.model.days import DAY_FIRST, MONTH_FIRST, days_in_text
from workbook.model.folding import fold

#: The orders that a person may name.
ORDERS: Mapping[str, str] = {"dmy": DAY_FIRST, "mdy": MONTH_FIRST, "ymd": "Year first"}
_YEAR_FIRST = ORDERS["ymd"]
_NUMBERS = re.compile(r"(?:[a-z]+\.?,? +)?(\d{1,2}) ?[-/. ] ?(\d{1,2}) ?[-/. ] ?(?:\d{4}|\d\d)(?!\d)")
_SHORT_YEAR = re.compile(r"(\d\d) ?([-/. ]) ?(\d{1,2}) ?\2 ?(\d{1,2})(?!\d)")


def order_said(cells: Iterable[Cell]) -> frozenset[str]:
    """The orders of day and month that texts prove, because one of the two can be no month.

    Example:
        >>> sorted(order_said(["25/06/2026", "03/04/2026"])), order_said(["03/04/2026", "4 June 2026"])
        (['Day first'], frozenset())
    """
    found = set()
    for cell in cells:
        if isinstance(cell, str) and (numbers := _NUMBERS.match(fold(cell))) and len(days_in_text(cell)) == 1:
            first, second = int(numbers[1]), int(numbers[2])
            if first > 12 >= second:
                found.add(DAY_FIRST)
            elif second > 12 >= first:
                found.add(MONTH_FIRST)
    return frozenset(found)


def order_of(cells: Iterable[Cell], others: Iterable[Iterable[Cell]]) -> str:
    """The one order that the one-way days of a column agree on, else those of the list's other columns; '' for none.

    Args:
        cells: the column's.
        others: the cells of the other columns that hold days.
    """
    own = order_said(cells)
    if own:
        return next(iter(own)) if len(own) == 1 else ""
    rest: set[str] = set()
    for column in others:
        rest |= order_said(column)
    return rest.pop() if len(rest) == 1 else ""


def is_two_way(text: str) -> bool:
    """Whether day and month of a text can be exchanged; a dotted one is day first."""
    return len(days_in_text(text)) == 2


def day_read(cell: Cell, order: str, *, named: bool, dotted: str) -> Cell:
    """A cell of a column of days: the day where it can be read, else the cell as it is.

    Args:
        cell: as it came.
        order: of day and month; '' where nothing tells it.
        named: whether a person named the order, so that it counts for dotted days too.
        dotted: the order of dotted days, as the workbook's setting says; '' for day first.
    """
    if not isinstance(cell, str):
        return cell
    if order == _YEAR_FIRST:
        return _year_first(cell)
    is_dotted = re.match(r"\d{1,2} ?\.", fold(cell)) is not None
    wanted = order if named or not is_dotted else dotted
    days = days_in_text(cell, wanted)
    return days[0] if len(days) == 1 else cell


def _year_first(text: str) -> Cell:
    """A day whose year comes first, be it written with two digits."""
    plain = fold(text)
    found = _SHORT_YEAR.match(plain)
    if found:
        text = f"20{found[1]}-{found[3]}-{found[4]}{plain[found.end() :]}"
    days = days_in_text(text)
    return days[0] if len(days) == 1 else text
