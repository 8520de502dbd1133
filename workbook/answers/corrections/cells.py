"""What belongs into one cell: pure readings of what stands there, and how sure they are."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from workbook.answers.corrections.declare import Sort
from workbook.model.cells import Cell, fold, show
from workbook.model.days import days_in_text
from workbook.model.late_patterns import late

#: Texts that say that nothing belongs here; others that are read as blank, such as None or TBC, may be an answer.
_NOTHING = frozenset(("n/a", "na", "n.a", "n\\a", "n / a", "#n/a", "not applicable", "-", "--", "---"))
#: Of these, one that may also be a name or initials.
_INITIALS = "na"
#: So many years around the day a date may lie that nobody doubts.
_YEARS_BACK, _YEARS_AHEAD, _NUMBER_YEARS = 25, 10, 3
#: The first day that Excel knows.
FIRST_DAY = dt.date(1900, 1, 1)
_FRIDAY = 4
_THOUSANDS = ","
#: Characters that nobody sees and no language needs.
_UNSEEN = late("[\u00ad\u200b\u2060\ufeff]")


class Meant(NamedTuple):
    """What belongs into a cell."""

    sort: Sort
    after: Cell
    reason: str
    certain: bool


def says_nothing(text: str, *, free: bool) -> Meant:
    """Blank, for a text that says nothing.

    Args:
        free: whether the cell may hold any text.
    """
    plain = fold(text).rstrip(".")
    sure = plain in _NOTHING and not (free and plain == _INITIALS)
    return Meant(Sort.BLANKS, None, "A cell where nothing is to be said stays blank.", sure)


def day_typed_as_text(day: dt.date, as_of: dt.date, *, future: bool) -> Meant | None:
    """The day that a text means by its one reading.

    Args:
        future: whether the day may lie after `as_of`.
    """
    if day < FIRST_DAY:
        return None
    near = as_of.year - _YEARS_BACK <= day.year <= as_of.year + _YEARS_AHEAD
    sure = near and (future or day <= as_of)
    return Meant(Sort.DATES, day, "A date typed as text can be read in one way only.", sure)


def day_shown_as_number(day: dt.date, as_of: dt.date, *, future: bool) -> Meant:
    """The day that a plain number stands for: sure only near the day, since 30626 may be the 30th of June 2026."""
    near = abs(day.year - as_of.year) <= _NUMBER_YEARS
    sure = near and (future or day <= as_of)
    return Meant(Sort.DATES, day, "The number is a date that lost its date format.", sure)


def day_of_two(text: str, as_of: dt.date, *, future: bool) -> Meant | None:
    """Of two days that a text may mean, the one that has come; only where the other has not and may not."""
    past = [day for day in days_in_text(text) if FIRST_DAY <= day <= as_of]
    if future or len(past) != 1:
        return None
    return Meant(Sort.DATES, past[0], "It can be read in two ways, and the other one has not come yet.", False)


def monday_of(day: dt.date, *, alone: bool) -> Meant:
    """The Monday of a day's week; not sure on weekends, from which some count the next week.

    Args:
        alone: whether no other entry is of this week.
    """
    monday = day - dt.timedelta(days=day.weekday())
    return Meant(Sort.WEEKS, monday, f"A week is named by its Monday; {show(day)} is a {day:%A}.", _is_sure(day, alone))


def _is_sure(day: dt.date, alone: bool) -> bool:  # noqa: FBT001 - as the caller has it
    return alone and day.weekday() <= _FRIDAY


def number_typed_as_text(number: float, text: str) -> Meant:
    """The number of a text; not sure with a comma, which some write for a point."""
    after = int(number) if float(number).is_integer() else number
    return Meant(Sort.NUMBERS, after, "A number stored as text.", _THOUSANDS not in fold(text))


def spelt(word: str) -> Meant:
    """A word as its list has it, for a text that differs from it by case, spaces or unseen characters alone."""
    return Meant(Sort.SPELLING, word, "The same word, as it is spelt elsewhere.", True)


def name_spelt(text: str, known: str) -> Meant | None:
    """A name as the people are entered, where it differs by spaces, unseen characters, or capitals throughout."""
    if text == known:
        return None
    if " ".join(without_unseen(text).split()) == known:
        return spelt(known)
    if text in (text.lower(), text.upper()) and known not in (known.lower(), known.upper()):
        return spelt(known)
    return None


def without_unseen(text: str) -> str:
    """A short text without characters that nobody sees."""
    return _UNSEEN.sub("", text)
