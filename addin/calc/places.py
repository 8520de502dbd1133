"""Addresses as Excel writes them, and areas as the agent counts them: top, left, bottom, right from 0."""

from __future__ import annotations

import re
from typing import NamedTuple

#: Rows and columns of a sheet, as Excel has them.
ROWS, COLUMNS = 1_048_576, 16_384
_ONE = r"\$?([A-Z]{1,3})?\$?(\d{1,7})?"
_ADDRESS = re.compile(_ONE + r"(?::" + _ONE + r")?\Z", re.IGNORECASE)


class Area(NamedTuple):
    """A block of cells, counted from 0, both ends within it."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.bottom - self.top + 1, self.right - self.left + 1

    def joined(self, other: Area) -> Area:
        """The smallest block with both in it.

        Args:
            other: of the same sheet.
        """
        return Area(
            min(self.top, other.top),
            min(self.left, other.left),
            max(self.bottom, other.bottom),
            max(self.right, other.right),
        )


def letters(column: int) -> str:
    """A column's letters; the column counted from 0.

    >>> letters(0), letters(27)
    ('A', 'AB')

    Args:
        column: 0 is A.
    """
    text, left = "", column + 1
    while left:
        left, digit = divmod(left - 1, 26)
        text = chr(65 + digit) + text
    return text


def parse(address: str) -> Area:
    """The area of an address such as B2, $A$1:C3, B:C or 2:5.

    >>> parse("$A$1:C3")
    Area(top=0, left=0, bottom=2, right=2)

    Args:
        address: `$` may stand in it; case does not count.

    Raises:
        ValueError: it is none.
    """
    found = _ADDRESS.match(address.strip())
    if found is None or not address.strip():
        raise ValueError(f"{address!r} is no address of cells.")
    first_column, first_row, last_column, last_row = found.groups()
    if ":" not in address:
        last_column, last_row = first_column, first_row
        if first_column is None or first_row is None:
            raise ValueError(f"{address!r} is no address of cells.")
    left, right = _column(first_column, 0), _column(last_column, COLUMNS - 1)
    top, bottom = int(first_row or 1) - 1, int(last_row or ROWS) - 1
    return Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def _column(text: str | None, otherwise: int) -> int:
    if not text:
        return otherwise
    number = 0
    for letter in text.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def write(area: Area, *, row_absolute: bool = True, column_absolute: bool = True) -> str:
    """An area as Excel writes it; whole columns and rows without what they don't need.

    >>> write(Area(0, 0, 2, 2), row_absolute=False)
    '$A1:$C3'

    Args:
        area: the cells.
        row_absolute, column_absolute: whether `$` stands before rows and columns.
    """
    row_mark, column_mark = "$" if row_absolute else "", "$" if column_absolute else ""
    if (area.top, area.bottom) == (0, ROWS - 1) and (area.left, area.right) != (0, COLUMNS - 1):
        return f"{column_mark}{letters(area.left)}:{column_mark}{letters(area.right)}"
    if (area.left, area.right) == (0, COLUMNS - 1):
        return f"{row_mark}{area.top + 1}:{row_mark}{area.bottom + 1}"
    first = f"{column_mark}{letters(area.left)}{row_mark}{area.top + 1}"
    last = f"{column_mark}{letters(area.right)}{row_mark}{area.bottom + 1}"
    return first if first == last else f"{first}:{last}"


def quoted(sheet: str) -> str:
    """A sheet's name as it stands in a formula.

    >>> quoted("Log"), quoted("It's mine")
    ('Log', "'It''s mine'")

    Args:
        sheet: its name.
    """
    return sheet if re.fullmatch(r"[A-Za-z_]\w*", sheet) else "'" + sheet.replace("'", "''") + "'"


def link_as_calc(address: str) -> str:
    """Where a link leads, as LibreOffice writes it.

    >>> link_as_calc("#Log!A1")
    '#Log.A1'

    Args:
        address: as Excel writes it; one that leads out of the workbook is given back as it is.
    """
    return _with_mark(address, "!", ".")


def link_as_excel(address: str) -> str:
    """Where a link leads, as Excel writes it.

    >>> link_as_excel("#Log.A1")
    '#Log!A1'

    Args:
        address: as LibreOffice writes it; one that leads out of the workbook is given back as it is.
    """
    return _with_mark(address, ".", "!")


def _with_mark(address: str, old: str, new: str) -> str:
    sheet, mark, place = address.removeprefix("#").rpartition(old)
    return f"#{sheet}{new}{place}" if mark and address.startswith("#") else address
