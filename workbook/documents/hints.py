"""The words that stand in a place until somebody fills it in, and how they are taken out of what comes back.

They are known by their letters alone: neither a style nor a flag says that a place is blank, since Word and Writer keep
both on text that people typed.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from workbook.model.folding import eye

CHOOSE = "Choose"
PICK = "Choose a date"
_START = "To fill in: "
#: A hint that somebody typed into is taken for one where both its halves have so many letters.
_HALF = 4


def fill_in(label: str) -> str:
    """The hint of a place that takes words.

    Example:
        >>> fill_in("Views against, or none")
        'To fill in: views against, or none'
    """
    return f"{_START}{label[:1].lower()}{label[1:]}"


def without_hints(text: str, hints: Iterable[str]) -> str:
    """What somebody typed, without the hint that they typed beside, into or over; their words are kept as they are.

    Args:
        text: all that stands in the place.
        hints: what may have stood there before, the longest first.
    """
    known = tuple(hints)
    for hint in known:
        place = _found(text, hint)
        if place >= 0:
            return _joined(text[:place], text[place + len(hint) :])
    for hint in known:
        taken = _split_out(text, hint)
        if taken is not None:
            return taken
    return text.strip()


def rest_of_hint(text: str) -> bool:
    """Whether words still begin or end with what looks like a piece of a hint."""
    return _found(text, _START.strip()) >= 0


@lru_cache(maxsize=2048)  # the same few hints are looked for in every place
def _alike(text: str) -> str:
    """The text with quotation marks and hyphens of one form, sign by sign, so that places stay the same."""
    return "".join(e if len(e := eye(sign)) == 1 else sign for sign in text).casefold()


def _found(text: str, hint: str) -> int:
    plain = _alike(text)
    # Casefolding can lengthen a letter; then places would not fit, and the text is looked at as it is.
    return (plain if len(plain) == len(text) else text).find(_alike(hint) if len(plain) == len(text) else hint)


def _joined(before: str, after: str) -> str:
    head, tail = before.strip(), after.strip()
    if not head or not tail:
        return head or tail
    return head + ("\n" if before.endswith("\n") or after.startswith("\n") else " ") + tail


def _split_out(text: str, hint: str) -> str | None:
    """The text without a hint that was cut in two around or within it; None where no such hint is there."""
    for cut in range(len(hint) - _HALF, _HALF - 1, -1):
        head, tail = hint[:cut], hint[cut:]
        if min(_letters(head), _letters(tail)) < _HALF:
            continue
        first = _found(text, head)
        last = _found(text[first + len(head) :], tail) if first >= 0 else -1
        if last >= 0:
            start = first + len(head)
            middle = text[start : start + last]
            return _joined(_joined(text[:first], middle), text[start + last + len(tail) :])
    return None


@lru_cache(maxsize=2048)
def _letters(text: str) -> int:
    return sum(sign.isalpha() for sign in text)
