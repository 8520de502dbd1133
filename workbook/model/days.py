"""Days in texts: read where one reading fits, whatever time and zone follow.

Source: docs/contract/checks-and-triggers.md, "Reading values".
"""

from __future__ import annotations

import datetime as dt

from workbook.model.folding import fold
from workbook.model.late_patterns import late

#: The values of the setting `Date order`; blank: dotted dates are day first, other two-way ones can't be read.
DAY_FIRST, MONTH_FIRST = "Day first", "Month first"

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
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = late(r"(mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? +")
_TIME = late(
    r"(?:[t ]|,? +(?:at )?)"
    r"(?:\d{1,2}[:.]\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?[ap]\.?m\.?)?|\d{1,2} ?[ap]\.?m\.?|\d{4}(?:\d\d)?(?=z?\Z))"
    r"(?: ?(?:z|utc|gmt|bst))?(?: ?[+-]\d{1,2}(?::?\d{2})?)?(?: \([a-z ]+\))?\Z"
)
_ZONE = late(r"(?<=\d)(?: ?z| ?utc|[+-]\d{2}:\d{2})\Z")
_ISO = late(r"(\d{4}) ?[-/. ] ?(\d{1,2}) ?[-/. ] ?(\d{1,2})\.?\Z")
_BASIC = late(r"((?:19|20)\d\d)(\d\d)(\d\d)\Z")
_NUMERIC = late(r"(\d{1,2}) ?([-/. ]) ?(\d{1,2}) ?\2 ?(\d{4}|\d{2})\.?\Z")
_ORDINAL = r"(\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(\d{4}|'?\d{2})"
_DAY_MONTH = late(rf"{_ORDINAL}[-/., ]*(?:of )?([a-z]{{3,9}})\.?[-/, ]*{_YEAR}\.?\Z")
_MONTH_DAY = late(rf"([a-z]{{3,9}})[-/., ]*{_ORDINAL}(?:[-/, ]+|\. ?){_YEAR}\Z")
_YEAR_MONTH = late(r"(\d{4})[-/. ]([a-z]{3,9})\.?[-/. ](\d{1,2})\Z")
_NO_YEAR = late(rf"(?:{_ORDINAL}[-/., ]*(?:of )?([a-z]{{3,9}})\.?|([a-z]{{3,9}})\.?[- ]*{_ORDINAL})\Z")
_NO_YEAR_EITHER = late(r"\d{1,2}[-/.]\d{1,2}\.?\Z")


def days_in_text(text: str, order: str = "") -> tuple[dt.date, ...]:
    """The days that a text may mean: none, one, or two where day and month can be exchanged.

    A weekday that is named has to fit. A zone changes no day: it is the day as written.

    Args:
        text: such as 13/04/2026, 1.11.26, Fri 6th Nov 2026 at 9:14 am, 2026-02-18T09:14:33Z.
        order: `DAY_FIRST` or `MONTH_FIRST` where that is known.

    Example:
        >>> days_in_text("13/04/2026"), len(days_in_text("03/04/2026")), days_in_text("31/02/2026")
        ((datetime.date(2026, 4, 13),), 2, ())
    """
    plain = fold(text)
    found = _WEEKDAY.match(plain)
    rest = plain[found.end() :] if found else plain
    days = _days_of(rest, order)
    return tuple(day for day in days if _WEEKDAYS[day.weekday()].startswith(found[1][:3])) if found else days


def why_no_day(text: str) -> str:
    """Why a text that looks like a date is none, as it goes on after "which"; '' where there is no more to say."""
    plain = fold(text)
    found = _WEEKDAY.match(plain)
    rest = plain[found.end() :] if found else plain
    if found and _days_of(rest, ""):
        return "names a weekday that is not that day's"
    whole = _NO_YEAR.match(rest)
    if _NO_YEAR_EITHER.match(rest) or (whole and (whole[2] or whole[3]) in _MONTHS):
        return "has no year"
    return ""


def _days_of(plain: str, order: str) -> tuple[dt.date, ...]:
    for text in (plain, _TIME.sub("", plain), _ZONE.sub("", plain)):
        if days := _day_alone(text, order):
            return days
    return ()


def _day_alone(plain: str, order: str) -> tuple[dt.date, ...]:
    if m := _ISO.match(plain) or _BASIC.match(plain):
        return _days((int(m[1]), int(m[2]), int(m[3])))
    if m := _NUMERIC.match(plain):
        year, first, second = _year(m[4]), int(m[1]), int(m[3])
        days = {DAY_FIRST: _days((year, second, first)), MONTH_FIRST: _days((year, first, second))}
        likely = order or (DAY_FIRST if m[2] == "." else "")
        if likely and days[likely]:
            return days[likely]
        return tuple(dict.fromkeys((*days[DAY_FIRST], *days[MONTH_FIRST])))
    if m := _DAY_MONTH.match(plain):
        return _named(m[3], m[2], m[1])
    if m := _MONTH_DAY.match(plain):
        return _named(m[3], m[1], m[2])
    if m := _YEAR_MONTH.match(plain):
        return _named(m[1], m[2], m[3])
    return ()


def _named(year: str, month: str, day: str) -> tuple[dt.date, ...]:
    return _days((_year(year), _MONTHS[month], int(day))) if month in _MONTHS else ()


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits.removeprefix("'"))


def _days(candidate: tuple[int, int, int]) -> tuple[dt.date, ...]:
    try:
        return (dt.date(*candidate),)
    except ValueError:
        return ()
