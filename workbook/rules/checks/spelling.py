"""Names that differ by spelling only.

Two names are variants if they are the same but for accents, punctuation and inner spaces, or if all their words are
equal but one, and those two share their first letter, hold no digit, and are one edit apart (a letter more, less or
other, or two neighbours exchanged), the longer having at least four letters. Names that differ in a digit are
different people; so are "Carer A" and "Carer B".
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from workbook.model.late_patterns import late

_DIGITS = late(r"\d+")
_SHORTEST = 4


def variants(names: Iterable[str], known: Iterable[str]) -> dict[str, list[str]]:
    """For each of `names`, those of `known` that it may be a misspelling of; names without any are left out.

    Args:
        names: folded, each once.
        known: folded; a name does not count as a variant of itself.

    Nearly linear in the number of names: only names that share all words but one are compared, and of those only
    words that become equal by leaving out one letter.
    """
    spellings = Spellings(known)
    found = ((name, spellings.near(name)) for name in names)
    return {name: alike for name, alike in found if alike}


class Spellings:
    """Names, to be asked of many others which of them each may be a misspelling of.

    Args:
        known: folded.
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._index: dict[tuple[str, ...], list[str]] = {}
        for name in known:
            for key in _keys(name):
                self._index.setdefault(key, []).append(name)

    def near(self, name: str) -> list[str]:
        """Those that a name may be a misspelling of; it is none of itself.

        Args:
            name: folded.
        """
        found = {other: None for key in _keys(name) for other in self._index.get(key, ()) if other != name}
        return [other for other in found if are_variants(name, other)]


def _keys(name: str) -> Iterator[tuple[str, ...]]:
    """What two variants have in common at least one of."""
    bare = _bare(name)
    if bare:
        yield ("", bare)
    words = name.split(" ")
    for n, word in enumerate(words):
        if len(word) < _SHORTEST - 1 or any(c.isdigit() for c in word):
            continue
        rest = (str(n), *words[:n], "", *words[n + 1 :])
        yield (*rest, word)
        for i in range(1, len(word)):
            yield (*rest, word[:i] + word[i + 1 :])


def are_variants(one: str, other: str) -> bool:
    """Whether two folded names that are not equal differ by spelling only."""
    if _DIGITS.findall(one) != _DIGITS.findall(other):
        return False
    if _bare(one) and _bare(one) == _bare(other):
        return True
    ours, theirs = one.split(" "), other.split(" ")
    if len(ours) != len(theirs):
        return False
    differing = [(a, b) for a, b in zip(ours, theirs, strict=True) if a != b]
    return len(differing) == 1 and _are_word_variants(*differing[0])


def _are_word_variants(a: str, b: str) -> bool:
    if a[0] != b[0] or max(len(a), len(b)) < _SHORTEST or any(c.isdigit() for c in a + b):
        return False
    return _one_edit(a, b)


def _one_edit(a: str, b: str) -> bool:
    """Whether one letter more, less or other, or an exchange of two neighbours, makes `a` into `b`."""
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    a, b = a[start:], b[start:]
    if len(a) == len(b):
        return a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return longer[1:] == shorter


def _bare(name: str) -> str:
    """The letters and digits of a name, without accents."""
    if name.isascii():
        return "".join(filter(str.isalnum, name))
    return "".join(c for c in unicodedata.normalize("NFKD", name) if c.isalnum())
