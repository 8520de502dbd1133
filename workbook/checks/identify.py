"""What identifies a person in free text: found, and masked (spec 2-checks, identifiable-information).

Patterns are for the United Kingdom. An NHS number has to pass its Modulus 11 check, a postcode its postcode area;
ids of records, times, room numbers and versions are none of these.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

_GAP = "[ \u00a0\u2010-\u2013.-]?"
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DAY = (
    r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2} ?[-/. ] ?\d{1,2} ?[-/. ] ?(?:\d{4}|\d{2})"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[ -](?:of )?{_MONTH}(?:,?[ -]\d{{2,4}})?"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{2,4}})?|(?:{_MONTH} )?(?:19|20)\d\d)\b"
)
_AREA_NAMES = """
AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK
FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG
NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR
TS TW UB W WA WC WD WF WN WR WS WV YO ZE
"""
_AREAS = frozenset(_AREA_NAMES.split())


def _is_nhs_number(found: str) -> bool:
    digits = [int(c) for c in found if c.isdigit()]
    if len(set(digits)) == 1:
        return False
    check = 11 - sum(d * w for d, w in zip(digits, range(10, 1, -1), strict=False)) % 11
    return check != 10 and check % 11 == digits[9]


def _is_postcode(found: str) -> bool:
    area = re.match("[A-Za-z]+", found)
    ordinal = re.search(r"\d(?:st|nd|rd|th)\Z", found)
    return area is not None and area[0].upper() in _AREAS and ordinal is None


def _always(_: str) -> bool:
    return True


class _Pattern(NamedTuple):
    kind: str
    regex: re.Pattern[str]
    holds: Callable[[str], bool] = _always
    kept: int = 2


_PATTERNS = (
    _Pattern("an e-mail address", re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")),
    _Pattern(
        "a date of birth",
        re.compile(
            rf"(?:\bd\.?o\.?b\b\.?|\bdate of birth\b|\bbirth ?date\b|\bborn\b)[^\d\n]{{0,12}}?\b({_DAY})", re.IGNORECASE
        ),
        kept=0,
    ),
    _Pattern(
        "a National Insurance number",
        re.compile(
            r"\b(?!BG|GB|KN|NK|NT|TN|ZZ)(?:[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]|QQ)"
            rf"{_GAP}\d\d{_GAP}\d\d{_GAP}\d\d{_GAP}[A-D]\b",
            re.IGNORECASE,
        ),
    ),
    _Pattern(
        "a phone number",
        re.compile(r"(?<![\w.])(?:(?:\+|00)44[ -]?(?:\(0\)[ -]?)?|\(?0)[1-35789](?:[ ().-]{0,2}\d){9}(?!\d)"),
    ),
    _Pattern("an NHS number", re.compile(rf"(?<![\d.])\d{{3}}{_GAP}\d{{3}}{_GAP}\d{{4}}(?!\d)"), _is_nhs_number),
    _Pattern(
        "a postcode",
        re.compile(r"\b(?:[A-Z]{1,2}\d[A-Z\d]?) ?\d[ABD-HJLNP-UW-Z]{2}\b", re.IGNORECASE),
        _is_postcode,
    ),
)
#: Starts with a digit, so that a scan of a whole column passes over all else in no time.
_DIGITS = re.compile(
    r"\d(?:[A-Za-z\d]? ?\d[A-Za-z]{2}\b|(?:[ \u00a0\u2010-\u2013().-]{0,2}\d){8}"
    rf"|\d{_GAP}\d\d{_GAP}\d\d{_GAP}[A-Da-d]\b)"
)
_BIRTH = ("dob", "DOB", "Dob", "DoB", "d.o.b", "D.O.B", "D.o.b", "born", "Born", "BORN", "birth", "Birth", "BIRTH")


class Identified(NamedTuple):
    """A part of a text that may identify a person: what it looks like, and where it stands."""

    kind: str
    start: int
    end: int
    kept: int


def identified(text: str) -> list[Identified]:
    """What may identify a person in a text, in the order in which it stands there. No two overlap."""
    found: list[Identified] = []
    for kind, regex, holds, kept in _PATTERNS:
        for match in regex.finditer(text):
            start, end = match.span(match.re.groups)
            if holds(match[0]) and not any(start < f.end and f.start < end for f in found):
                found.append(Identified(kind, start, end, kept))
    return sorted(found, key=lambda f: f.start)


def suspects(blob: str) -> Iterator[int]:
    """Positions in a long text near which `identified` may find something; elsewhere it finds nothing."""
    for match in _DIGITS.finditer(blob):
        yield match.start()
    for word in ("@", *_BIRTH):
        at = blob.find(word)
        while at >= 0:
            yield at
            at = blob.find(word, at + 1)


def masked(text: str) -> str:
    """The text with all that may identify a person masked, such as "94• ••• ••••"."""
    if len(text) < 5 or not any(c.isdigit() or c == "@" for c in text):
        return text
    for found in reversed(identified(text)):
        text = text[: found.start] + mask(text, found) + text[found.end :]
    return text


def mask(text: str, found: Identified) -> str:
    """One part of a text, masked but for its first letters or digits."""
    left, out = found.kept, ""
    for c in text[found.start : found.end]:
        out += "•" if c.isalnum() and left <= 0 else c
        left -= c.isalnum()
    return out
