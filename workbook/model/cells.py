"""The canonical form of a cell, and how a cell is read as what its column declares.

Hosts differ (calamine, xlwings and UNO each give dates, blanks and errors their own way); they hand over cells in one
form: None, bool, int or float, str, date, datetime or `CellError`. Reading never raises: what can't be read comes back
as a `Reading` with the code of what is wrong (docs/contract/checks-and-triggers.md, "Reading values").
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from workbook.model.days import days_in_text
from workbook.model.declare import HOURS, PERCENT, Column, Kind
from workbook.model.folding import fold, fold_all, is_blank, tidy
from workbook.model.late_patterns import late
from workbook.model.light_dataclasses import dataclass

__all__ = [
    "BLANK",
    "LONGEST_TEXT",
    "Cell",
    "CellError",
    "CellObject",
    "Percent",
    "Reading",
    "TimeOfDay",
    "blank",
    "canonical",
    "fold",
    "fold_all",
    "means_nothing",
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


@dataclass(frozen=True, slots=True)
class CellObject(CellError):
    """A picture or a data type in a cell: the file holds an error in its place, a person sees none."""

    def __str__(self) -> str:
        return "(picture or data type)"


class Percent(float):
    """A number that is shown as per cent: 0.75 where a person sees 75%."""


class TimeOfDay(float):
    """A number that is shown as a time or a length of time, in days: 0.125 where a person sees 3:00."""


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
_NUMBER_KINDS: dict[type, str] = {Percent: "p", TimeOfDay: "h"}
_NUMBER = late(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?\Z")
_PERCENT_SIGN = late(r"(.*?) ?(?:%|per ?cent|pct)\Z")
_CLOCK = late(r"(\d{1,3}):([0-5]\d)(?::00)?\Z")
_HOURS_AND_MINUTES = late(r"(\d{1,3}) ?h(?:ours?|rs?)?,? ?(?:and )?([0-5]?\d) ?(?:m(?:inutes?|ins?)?)?\Z")
_HOURS_WORD = late(r"(.*?) ?h(?:ours?|rs?)?\Z")
_NOTHING = frozenset(
    (
        *("n/a", "na", "n.a", "n\\a", "n / a", "n/k", "#n/a", "not applicable", "not relevant"),
        *("none", "nil", "null", "nothing", "tbc", "tba", "tbd", "", "-", "--", "---", "/", "//", "?", "??"),
    )
)
_LONGEST_NOTHING = 20
_SEPARATORS = late("[,;\n\uff0c\uff1b\u3001]")
_YES = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}


def show(cell: Cell) -> str:
    """A cell as a person would read it: days as 03 Apr 2026, whole numbers without a point, blank as ''."""
    if cell.__class__ is str:
        return str(cell)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, dt.datetime):
        return cell.strftime("%d %b %Y %H:%M")
    if isinstance(cell, dt.date):
        return cell.strftime("%d %b %Y")
    if isinstance(cell, Percent):
        return f"{round(cell * 100, 6):.15g}%"
    if isinstance(cell, TimeOfDay):
        minutes = round(abs(cell) * 1440)
        return f"{'-' if cell < 0 else ''}{minutes // 60}:{minutes % 60:02}"
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
        return ("o" if isinstance(cell, CellObject) else "e") + cell.code
    return _NUMBER_KINDS.get(cell.__class__, "n") + repr(float(cell))


def text_of(cell: Cell) -> str | None:
    """A cell as text, without outer spaces; None where it is blank or holds nothing that can be seen."""
    if cell is None or (isinstance(cell, CellError) and not isinstance(cell, CellObject)):
        return None
    if isinstance(cell, str):
        return None if is_blank(cell) else cell.strip()
    return show(cell)


def blank(cell: Cell) -> bool:
    """Whether a cell holds nothing that can be seen."""
    return cell is None or (isinstance(cell, str) and is_blank(cell))


def means_nothing(text: str) -> bool:
    """Whether a text says that there is nothing to say: N/A, none, a dash."""
    return len(text) <= _LONGEST_NOTHING and fold(text).rstrip(".") in _NOTHING


def split_values(text: str | None) -> tuple[str, ...]:
    """The values of a text that holds several, separated by commas (or semicolons, or line breaks)."""
    if not text:
        return ()
    return tuple(v.strip() for v in _SEPARATORS.split(text) if not is_blank(v))


def read_date(cell: Cell, *, date_1904: bool = False, order: str = "") -> Reading:
    """A date. Text is read where there is one reading only; a two-way one is an error that says both.

    Args:
        cell: what stands there.
        date_1904: whether plain numbers count days from 1904.
        order: the setting `Date order`.
    """
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
    days = days_in_text(cell, order) if isinstance(cell, str) else ()
    if len(days) == 1:
        return Reading(days[0], "date-as-text", detail=show(days[0]))
    if len(days) == 2:
        return Reading(None, "not-a-date", usable=False, detail=f"{show(days[0])} or {show(days[1])}")
    return Reading(None, "not-a-date", usable=False)


def read_number(cell: Cell, unit: str = "") -> Reading:
    """A number as the person who typed it meant it.

    Rounding, currency and thousands change nothing. A number shown as per cent or as a time is read so where that is
    the column's unit, with a remark; elsewhere it can't be told what is meant.

    Args:
        cell: what stands there.
        unit: `PERCENT`, `HOURS`, or '' for another.
    """
    if isinstance(cell, bool):
        return Reading(None, "not-a-number", usable=False)
    if isinstance(cell, int | float):
        if not math.isfinite(cell):
            return Reading(None, "not-a-number", usable=False)
        if isinstance(cell, Percent | TimeOfDay):
            wanted, times = (PERCENT, 100) if isinstance(cell, Percent) else (HOURS, 24)
            if unit != wanted:
                return Reading(None, "wrong-unit", usable=False)
            number = round(float(cell) * times, 9)
            return Reading(number, "read-as-shown", detail=f"{show(number)} {unit}")
        return Reading(float(cell))
    return _number_in_text(cell, unit) if isinstance(cell, str) else Reading(None, "not-a-number", usable=False)


def _number_in_text(text: str, unit: str) -> Reading:
    plain = fold(text)
    number, said = plain, ""
    if found := _PERCENT_SIGN.match(plain):
        number, said = found[1], PERCENT
    elif found := _CLOCK.match(plain) or _HOURS_AND_MINUTES.match(plain):
        number, said = str(int(found[1]) + int(found[2]) / 60), HOURS
    elif found := _HOURS_WORD.match(plain):
        number, said = found[1], HOURS
    if not _NUMBER.match(number) or not any(c.isdigit() for c in number):
        return Reading(None, "not-a-number", usable=False)
    if said not in ("", unit):
        return Reading(None, "wrong-unit", usable=False)
    return Reading(round(float(number.replace(",", "")), 9), "number-as-text")


def _bounded(column: Column[Any], cell: Cell, *, whole: bool) -> Reading:
    read = read_number(cell, column.unit)
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
    """The function that reads a cell of `column`.

    References and lists come back as text; they are resolved afterwards, as what depends on a setting or another cell.
    """
    read = _typed_reader(column, date_1904=date_1904)

    def read_cell(cell: Cell) -> Reading:
        if blank(cell):
            return BLANK
        if isinstance(cell, CellError) and not isinstance(cell, CellObject):
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
