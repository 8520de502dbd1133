"""What identifies a person in free text: found, and masked.

Source: docs/contract/checks-and-triggers.md, identifiable-information.

Patterns are for the United Kingdom. An NHS number has to pass its Modulus 11 check, a postcode its postcode area;
ids of records, times, room numbers and versions are none of these.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from workbook.model.folding import eye
from workbook.model.late_patterns import late

_GAP = "[ .-]{0,3}"
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
    _Pattern("an e-mail address", late(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")),
    _Pattern(
        "a date of birth",
        late(
            rf"(?:\bdob\b|\bd\.o\.b\b\.?|\bdate of birth\b|\bbirth ?date\b|\bborn\b)[^\d\n]{{0,12}}?\b({_DAY})",
            re.IGNORECASE | re.ASCII,
        ),
        kept=0,
    ),
    _Pattern(
        "a National Insurance number",
        late(
            r"\b(?!BG|GB|KN|NK|NT|TN|ZZ)(?:[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]|QQ)"
            rf"{_GAP}\d\d{_GAP}\d\d{_GAP}\d\d{_GAP}[A-D]\b",
            re.IGNORECASE | re.ASCII,
        ),
    ),
    _Pattern(
        "a phone number",
        late(
            r"(?<![\w.])(?:(?:\+|00)44[ -]?(?:\(0\)[ -]?)?|\(?0\)?[ -]?)[1-35789](?:[ ().-]{0,3}\d){9}(?!\d)", re.ASCII
        ),
    ),
    _Pattern(
        "a phone number",
        late(r"(?:(?<![\d+])\+|(?<![\w.])00) ?[1-9](?:[ ().-]{0,3}\d){8,14}(?!\d)", re.ASCII),
    ),
    _Pattern("an NHS number", late(rf"(?<![\d.])\d{{3}}{_GAP}\d{{3}}{_GAP}\d{{4}}(?!\d)", re.ASCII), _is_nhs_number),
    _Pattern(
        "a postcode",
        late(r"\b(?:[A-Z]{1,2}\d[A-Z\d]?) {0,2}\d[ABD-HJLNP-UW-Z]{2}\b", re.IGNORECASE | re.ASCII),
        _is_postcode,
    ),
)
#: Characters as the scan sees them: a digit is 0, a letter that may end a postcode a, C (which ends none) c, else x.
_ENDS_POSTCODE = "ABDEFGHJLNPQRSTUWXYZ"
_CLASS_OF = {**dict.fromkeys(_ENDS_POSTCODE, ord("a")), "C": ord("c")}
_GAPS = b" ?().-"
_CLASSES = bytes(
    0 if n == 0 else ord("0") if chr(n).isdigit() else _CLASS_OF.get(chr(n).upper(), ord("x")) for n in range(256)
)
_BREAK = "\0"
_WORDS = (b"@", b"dob", b"d.o.b", b"born", b"birth")
#: The same for a single short text, looser still.
_MAYBE = late(r"@|[0-9][A-Za-z]{2}|(?:[0-9][^0-9]{0,4}){6}|dob|d\.o\.b|born|birth", re.IGNORECASE)


class Identified(NamedTuple):
    """A part of a text that may identify a person: what it looks like, and where it stands."""

    kind: str
    start: int
    end: int
    kept: int


def identified(text: str) -> list[Identified]:
    """What may identify a person in a text, in the order in which it stands there. No two overlap."""
    found: list[Identified] = []
    plain, places = _as_seen(text)
    for kind, regex, holds, kept in _PATTERNS:
        for match in regex.finditer(plain):
            start, end = match.span(match.re.groups)
            start, end = places[start], places[end - 1] + 1
            if holds(match[0]) and not any(start < f.end and f.start < end for f in found):
                found.append(Identified(kind, start, end, kept))
    return sorted(found, key=lambda f: f.start)


def _as_seen(text: str) -> tuple[str, Sequence[int]]:
    """A text as the eye sees it, and where each of its characters stands in the text."""
    if text.isascii():
        return text, range(len(text))
    seen = [(c, n) for n, char in enumerate(text) for c in eye(char)]
    return "".join(c for c, _ in seen), [n for _, n in seen]


def suspects(texts: Sequence[str]) -> set[int]:
    """Which of the texts, by index, `identified` may find something in; it finds nothing in the others.

    They are scanned as one text, with searches that cost next to nothing: a call for each would cost far more.
    """
    blob = _BREAK.join(text if text.isascii() else eye(text) for text in texts)
    if blob.count(_BREAK) != len(texts) - 1:
        return set(range(len(texts)))
    plain = blob.encode("ascii", "replace")
    small = plain.lower()
    classes, digits = plain.translate(_CLASSES), plain.translate(_CLASSES, _GAPS)
    found = [at for word in _WORDS for at in _everywhere(small, word)] + list(_everywhere(classes, b"0aa"))
    runs = [at for run in (b"000000000", b"000000a", b"000000c") for at in _everywhere(digits, run)]
    return _lines(small, found) | _lines(digits, runs)


def _lines(text: bytes, places: Iterable[int]) -> set[int]:
    """In which of the parts between breaks these places are."""
    found, line, last = set(), 0, 0
    for at in sorted(places):
        line += text.count(b"\0", last, at)
        last = at
        found.add(line)
    return found


def _everywhere(text: bytes, part: bytes) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def masked(text: str) -> str:
    """The text with all that may identify a person masked, such as "94• ••• ••••"."""
    if len(text) < 5 or not _MAYBE.search(eye(text)):
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
