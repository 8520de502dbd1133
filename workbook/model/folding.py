"""What the eye takes for the same is the same (docs/contract/checks-and-triggers.md, "Reading values").

Characters without width, blanks of every kind, accents composed in two ways, look-alike hyphens and quotation marks are
folded wherever values, headers, ids, names and patterns are compared. What a person typed is kept as it is.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from workbook.model.late_patterns import late

#: Characters that take no room: joiners, marks of direction, soft hyphens, variation selectors, tags, C1 controls.
_UNSEEN = (
    "\u0080-\u0084\u0086-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
#: Blanks that Unicode does not count as such.
_BLANKS = "\u2800\u3164\uffa0"
_HYPHENS = "\u02d7\u058a\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d"
_SINGLE = "`\u00b4\u02b9\u02bb-\u02bd\u02c8\u02ca\u02cb\u2018-\u201b\u2032\u2035\uff07"
_DOUBLE = "\u02ba\u02dd\u02ee\u201c-\u201f\u2033\u2036\u3003\uff02"
_LOOKS = late(f"([{_UNSEEN}]+)|([{_BLANKS}])|([{_HYPHENS}])|([{_SINGLE}])|[{_DOUBLE}]")
_ANY_I = late("\u0131|i\u0307")
_LIKE = {1: "", 2: " ", 3: "-", 4: "'", None: '"'}


def eye(text: str) -> str:
    """A text as the eye sees it: nothing unseen in it, one form of each accent, hyphen, quotation mark and blank.

    Example:
        >>> eye("O\u2019Brien\u200b"), eye("SU\u20110001")
        ("O'Brien", 'SU-0001')
    """
    if text.isascii():
        return text.replace("`", "'") if "`" in text else text
    return _alike(unicodedata.normalize("NFKC", _alike(text)))


def _alike(text: str) -> str:
    return _LOOKS.sub(lambda found: _LIKE[found.lastindex], text)


def fold(text: str) -> str:
    """Text as compared: as the eye sees it, case and spaces folded."""
    if text.isascii():
        return " ".join((text.replace("`", "'") if "`" in text else text).split()).casefold()
    folded = " ".join(eye(text).split()).casefold()
    return folded if folded.isascii() else unicodedata.normalize("NFKC", folded)


def fold_all(texts: Sequence[str]) -> list[str]:
    """`fold` of each text; at once where none of them holds a space, as ids don't."""
    joined = "\n".join(texts)
    if joined.isascii() and "`" not in joined and joined.split() == list(texts):
        return joined.casefold().split()
    return [fold(text) for text in texts]


def signs(text: str) -> list[tuple[str, int, int]]:
    """A text sign by sign, each folded, with where it begins and ends; for finding a name in what people wrote.

    What takes no room, and an accent that is a character of its own, belongs to the sign before it. Of an i only the
    letter counts, with a dot or without: a name in Turkish capitals is the same name.

    Example:
        >>> signs("I\u2019e\u0301")
        [('i', 0, 1), ("'", 1, 2), ('é', 2, 4)]
    """
    if text.isascii():
        return [(sign, n, n + 1) for n, sign in enumerate(text.replace("`", "'").lower())]
    found, start = [], 0
    while start < len(text):
        end = start + 1
        while end < len(text) and not text[end].isascii() and _goes_on(text[start:end], text[end]):
            end += 1
        folded = eye(text[start:end]).casefold()
        found.append((_ANY_I.sub("i", unicodedata.normalize("NFKC", folded)), start, end))
        start = end
    return found


def _goes_on(sign: str, more: str) -> bool:
    """Whether a character belongs to the sign before it."""
    if unicodedata.combining(more) or not eye(more):
        return True
    return len(unicodedata.normalize("NFKC", sign + more)) == len(unicodedata.normalize("NFKC", sign))


def tidy(text: str) -> str:
    """An id or another word without inner meaning: as the eye sees it, without outer and doubled blanks."""
    return " ".join(eye(text).split())


def is_blank(text: str) -> bool:
    """Whether a text holds nothing that can be seen."""
    rest = text.strip()
    return not rest or (rest[0] > "\x7f" and rest[-1] > "\x7f" and not eye(rest).strip())
