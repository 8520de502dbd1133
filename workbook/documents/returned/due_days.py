"""Days as people write them into minutes: “3rd of Dec”, “by 9 July”, “Thu 9 July”."""

from __future__ import annotations

import datetime as dt
import re

from workbook.model.cells import show
from workbook.model.days import days_in_text, why_no_day
from workbook.model.folding import fold

#: A day without a year is the next one after the meeting, or lies so far before it.
BEFORE_MEETING = dt.timedelta(days=31)
_LEAD = re.compile(r"(?:(?:due|by|on|before|until|no later than|not later than|date)[ :]+)+")
_NUMERIC = re.compile(r"(\d{1,2})[-/. ](\d{1,2})\.?\Z")


def day_in_words(text: str, meeting: dt.date, picked: dt.date | None = None) -> tuple[dt.date | None, str]:
    """The day that somebody wrote, and '' or why it can't be told.

    Args:
        text: the words on the page; they count, whatever a picker remembers.
        meeting: the day of the meeting.
        picked: what the date picker remembers: it only decides between two readings.

    Example:
        >>> day_in_words("by 3rd of Dec", dt.date(2026, 11, 20))[0]
        datetime.date(2026, 12, 3)
    """
    plain = _LEAD.sub("", fold(text)).rstrip(".")
    days = days_in_text(plain)
    if not days:
        days = _without_year(plain, meeting)
    if len(days) == 1:
        return days[0], ""
    if picked is not None and picked in days:
        return picked, ""
    if days:
        return None, f"It may be {' or '.join(show(day) for day in days)}."
    if "weekday" in why_no_day(plain) or _weekday_misfits(plain, meeting):
        return None, "The weekday that it names is not that day's."
    return None, "It is no day that can be told."


def _without_year(plain: str, meeting: dt.date) -> tuple[dt.date, ...]:
    """The days that are meant where the year is left out; two where day and month can be exchanged."""
    found = _NUMERIC.match(plain)
    texts = [plain]
    if found:
        texts = [f"{found[1]}/{found[2]}", f"{found[2]}/{found[1]}"]
    days = (_next(text, meeting, numeric=bool(found)) for text in texts)
    return tuple(dict.fromkeys(day for day in days if day is not None))


def _next(text: str, meeting: dt.date, *, numeric: bool) -> dt.date | None:
    first = meeting - BEFORE_MEETING
    for year in range(first.year, first.year + 10):  # the 29th of February comes at most eight years later
        day = _in_year(text, year, numeric=numeric)
        if day is not None and day >= first:
            return day
        if day is None and not numeric and _named_day(text, year) is not None:
            return None
    return None


def _in_year(text: str, year: int, *, numeric: bool) -> dt.date | None:
    if numeric:
        day, month = (int(part) for part in text.split("/"))
        try:
            return dt.date(year, month, day)
        except ValueError:
            return None
    days = days_in_text(f"{text} {year}")
    return days[0] if len(days) == 1 else None


def _named_day(text: str, year: int) -> dt.date | None:
    """The day without the weekday that is named."""
    rest = re.sub(r"\A[a-z]+day,? |\A(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)\.?,? ", "", text)
    if rest == text:
        return None
    days = days_in_text(f"{rest} {year}")
    return days[0] if len(days) == 1 and days[0].year == year else None


def _weekday_misfits(plain: str, meeting: dt.date) -> bool:
    return any(_named_day(plain, year) is not None for year in (meeting.year, meeting.year + 1))
