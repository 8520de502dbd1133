"""The canonical form of a cell, and how a cell is read as what its column declares.

Hosts differ (calamine, xlwings and UNO each give dates, blanks and errors their own way); they hand over cells in one
form: None, bool, int or float, str, date, datetime or `CellError`. Reading never raises: what can't be read comes back
as a `Reading` with the code of what is wrong (spec 2-checks, "Reading values").
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from workbook.declare import Column, Kind
from workbook.folding import eye, fold, fold_all, is_blank, tidy

__all__ = [
    "BLANK",
    "LONGEST_TEXT",
    "Cell",
    "CellError",
    "Reading",
    "blank",
    "canonical",
    "days_in_text",
    "fold",
    "fold_all",
    "read_date",
    "read_number",
    "reader_for",
    "show",
    "split_values",
    "text_of",
]

#: How many characters a cell holds.
LONGEST_TEXT = 32_767


@dataclass(frozen=True, slots=True)
class CellError:
    """An error value such as #REF!."""

    code: str

    def __str__(self) -> str:
        return self.code


Cell = None | bool | int | float | str | dt.date | dt.datetime | CellError


class Reading(NamedTuple):
    """A cell as read: its value, and the code of a problem, if any.

    A problem with `usable` True is a remark (a number stored as text); one with False leaves the value None.
    `detail` fills in the words of the finding.
    """

    value: Any
    code: str = ""
    usable: bool = True
    detail: str = ""


BLANK = Reading(None)

#: Serial numbers that a person would take for a day between 1954 and 2119.
_DAY_SERIALS = range(20000, 80000)
_EPOCH = dt.date(1899, 12, 30)
_EPOCH_1904 = dt.date(1904, 1, 1)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?\Z")
_NUMERIC = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?: \d{1,2}:\d{2}(?::\d{2})?)?\Z")
_NAMED = re.compile(
    r"(?:[a-z]+,? )?(?:(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})\.?|([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?)"
    r",?[ -](\d{4}|\d{2})\Z"
)
_MONTHS = {
    name: n
    for n, names in enumerate(
        (
            ("jan", "january"),
            ("feb", "february"),
            ("mar", "march"),
            ("apr", "april"),
            ("may",),
            ("jun", "june"),
            ("jul", "july"),
            ("aug", "august"),
            ("sep", "sept", "september"),
            ("oct", "october"),
            ("nov", "november"),
            ("dec", "december"),
        ),
        start=1,
    )
    for name in names
}
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?\Z")
_SEPARATORS = re.compile("[,;\n\uff0c\uff1b\u3001]")
_YES = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}


def show(cell: Cell) -> str:
    """A cell as a person would read it: days as 03 Apr 2026, whole numbers without a point, blank as ''."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, dt.datetime):
        return cell.strftime("%d %b %Y %H:%M")
    if isinstance(cell, dt.date):
        return cell.strftime("%d %b %Y")
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)


def canonical(cell: Cell) -> str:
    """A cell as it enters the fingerprint: the kind and the value, the same for every host."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        stripped = cell.strip()
        return "s" + stripped if stripped else ""
    if isinstance(cell, bool):
        return "b1" if cell else "b0"
    if isinstance(cell, dt.datetime):
        return "d" + (cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat())
    if isinstance(cell, dt.date):
        return "d" + cell.isoformat()
    if isinstance(cell, CellError):
        return "e" + cell.code
    return "n" + repr(float(cell))


def text_of(cell: Cell) -> str | None:
    """A cell as text, without outer spaces; None where it is blank or holds nothing that can be seen."""
    if cell is None or isinstance(cell, CellError):
        return None
    if isinstance(cell, str):
        return None if is_blank(cell) else cell.strip()
    return show(cell)


def blank(cell: Cell) -> bool:
    """Whether a cell holds nothing that can be seen."""
    return cell is None or (isinstance(cell, str) and is_blank(cell))


def split_values(text: str | None) -> tuple[str, ...]:
    """The values of a text that holds several, separated by commas (or semicolons, or line breaks)."""
    if not text:
        return ()
    return tuple(v.strip() for v in _SEPARATORS.split(text) if not is_blank(v))


def days_in_text(text: str) -> tuple[dt.date, ...]:
    """The days that a text may mean: none, one, or two where day and month can be exchanged.

    Example:
        >>> days_in_text("13/04/2026"), len(days_in_text("03/04/2026")), days_in_text("31/02/2026")
        ((datetime.date(2026, 4, 13),), 2, ())
    """
    plain = fold(text)
    if m := _ISO.match(plain):
        return _days((int(m[1]), int(m[2]), int(m[3])))
    if m := _NUMERIC.match(plain):
        year = _year(m[3])
        return _days((year, int(m[2]), int(m[1])), (year, int(m[1]), int(m[2])))
    if m := _NAMED.match(plain):
        month = _MONTHS.get(m[2] or m[3])
        return _days((_year(m[5]), month, int(m[1] or m[4]))) if month else ()
    return ()


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _days(*candidates: tuple[int, int, int]) -> tuple[dt.date, ...]:
    found: list[dt.date] = []
    for year, month, day in candidates:
        try:
            date = dt.date(year, month, day)
        except ValueError:
            continue
        if date not in found:
            found.append(date)
    return tuple(found)


def read_date(cell: Cell, *, date_1904: bool = False) -> Reading:
    """A date. Text is read where there is one reading only; a two-way one is an error that says both."""
    if isinstance(cell, dt.datetime):
        return Reading(cell.date())
    if isinstance(cell, dt.date):
        return Reading(cell)
    if isinstance(cell, bool):
        return Reading(None, "not-a-date", usable=False)
    if isinstance(cell, int | float):
        if math.isfinite(cell) and int(cell) in _DAY_SERIALS:
            epoch = _EPOCH_1904 if date_1904 else _EPOCH
            return Reading(epoch + dt.timedelta(days=int(cell)), "date-as-number")
        return Reading(None, "not-a-date", usable=False)
    days = days_in_text(cell) if isinstance(cell, str) else ()
    if len(days) == 1:
        return Reading(days[0], "date-as-text", detail=show(days[0]))
    if len(days) == 2:
        return Reading(None, "not-a-date", usable=False, detail=f"{show(days[0])} or {show(days[1])}")
    return Reading(None, "not-a-date", usable=False)


def read_number(cell: Cell) -> Reading:
    """A number; one stored as text, with or without a per cent sign, is read with a remark."""
    if isinstance(cell, bool):
        return Reading(None, "not-a-number", usable=False)
    if isinstance(cell, int | float):
        return Reading(float(cell)) if math.isfinite(cell) else Reading(None, "not-a-number", usable=False)
    if isinstance(cell, str):
        plain = eye(cell).strip().removesuffix("%").strip()
        if plain and _NUMBER.match(plain) and any(c.isdigit() for c in plain):
            return Reading(float(plain.replace(",", "")), "number-as-text")
    return Reading(None, "not-a-number", usable=False)


def _bounded(column: Column[Any], cell: Cell, *, whole: bool) -> Reading:
    read = read_number(cell)
    if read.value is None:
        return read
    if whole and not read.value.is_integer():
        return Reading(None, "not-a-whole-number", usable=False)
    low, high = column.minimum, column.maximum
    if (low is not None and read.value < low) or (high is not None and read.value > high):
        return Reading(None, "out-of-range", usable=False)
    return read._replace(value=int(read.value)) if whole else read


def _read_choice(words: Mapping[str, str], cell: Cell) -> Reading:
    text = text_of(cell)
    word = words.get(fold(text)) if text else None
    return Reading(word) if word is not None else Reading(None, "not-in-list", usable=False)


def _read_yes_no(cell: Cell) -> Reading:
    if isinstance(cell, bool):
        return Reading(cell)
    answer = _YES.get(fold(cell)) if isinstance(cell, str) else None
    return Reading(answer) if answer is not None else Reading(None, "not-in-list", usable=False)


def reader_for(column: Column[Any], *, date_1904: bool = False) -> Callable[[Cell], Reading]:
    """The function that reads a cell of `column`. References and lists come back as text, resolved afterwards."""
    read = _typed_reader(column, date_1904=date_1904)

    def read_cell(cell: Cell) -> Reading:
        if blank(cell):
            return BLANK
        if isinstance(cell, CellError):
            return Reading(None, "excel-error-value", usable=False)
        return read(cell)

    return read_cell


def _typed_reader(column: Column[Any], *, date_1904: bool) -> Callable[[Cell], Reading]:
    kind = column.kind
    if kind is Kind.DATE:
        return lambda cell: read_date(cell, date_1904=date_1904)
    if kind is Kind.NUMBER:
        return lambda cell: _bounded(column, cell, whole=False)
    if kind in (Kind.WHOLE, Kind.SCORE):
        return lambda cell: _bounded(column, cell, whole=True)
    if kind is Kind.YES_NO:
        return _read_yes_no
    if kind is Kind.CHOICE:
        words = {fold(word): word for word in column.choices}
        return lambda cell: _read_choice(words, cell)
    if kind is Kind.ID:
        return lambda cell: Reading(tidy(text_of(cell) or "") or None)
    return lambda cell: Reading(text_of(cell))
