"""How alike two texts are by the words that both have, rare words counting more than common ones.

Source: Manning, Raghavan and Schütze, Introduction to Information Retrieval, 2008: inverse document frequencies
(chapter 6) for two texts, naive Bayes over the words that are there (chapter 13) for a text and a class. Endings are
cut off as plainly as English allows.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from workbook.model.folding import fold
from workbook.model.late_patterns import late

_WORD = late(r"[^\W\d_]{3,}")
#: Words that say nothing of what a text is about.
_SILENT = frozenset(
    (
        *("the", "and", "was", "were", "had", "has", "have", "for", "with", "that", "which", "who"),
        *("whom", "this", "these", "those", "their", "them", "they", "there", "then", "than", "from", "into"),
        *("onto", "out", "over", "under", "again", "after", "before", "because", "although", "though", "still", "not"),
        *("did", "does", "done", "could", "would", "should", "can", "may", "might", "been", "being", "are"),
        *("but", "her", "his", "she", "him", "you", "your", "all", "any", "some", "one", "two"),
        *("three", "what", "when", "where", "how", "why", "its", "also", "only", "other", "another", "same"),
        *("such", "very", "much", "many", "more", "most", "about", "asked"),
    )
)
_ENDINGS = ("ations", "ation", "ingly", "ings", "ing", "edly", "ies", "ed", "es", "ly", "s", "e")
_SHORTEST = 3


def stems(text: str) -> list[str]:
    """The words of a text that say something, without their endings.

    Example:
        >>> stems("The medicines were signed late.")
        ['medicin', 'sign', 'late']
    """
    return [_stem(w) for w in _WORD.findall(fold(text)) if w not in _SILENT]


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > _SHORTEST:
            cut = word[: -len(ending)]
            return cut[:-1] if len(cut) > _SHORTEST + 1 and cut[-1] == cut[-2] and cut[-1] not in "ls" else cut
    return word


class Likeness:
    """Texts that others are compared with.

    Args:
        texts: as words, in their order.
    """

    def __init__(self, texts: Sequence[Iterable[str]]) -> None:
        counted = [Counter(words) for words in texts]
        self._total = len(counted)
        self._times = Counter(word for words in counted for word in words)
        self._held: dict[str, list[tuple[int, float]]] = {}
        for place, words in enumerate(counted):
            for word, weight in self._weights(words).items():
                self._held.setdefault(word, []).append((place, weight))

    def of(self, words: Iterable[str]) -> dict[int, float]:
        """How alike a text is to each of the texts that share a word with it, from 0 to 1."""
        found: dict[int, float] = {}
        for word, weight in self._weights(Counter(words)).items():
            for place, other in self._held.get(word, ()):
                found[place] = found.get(place, 0.0) + weight * other
        return found

    def telling(self, words: Iterable[str], places: Iterable[int]) -> list[str]:
        """The words that a text shares with some of the texts, the rarest first."""
        wanted = set(places)
        shared = {w for w in words if any(place in wanted for place, _ in self._held.get(w, ()))}
        return sorted(shared, key=lambda w: (self._times[w], w))

    def _weights(self, words: Mapping[str, int]) -> dict[str, float]:
        raw = {w: (1 + math.log(n)) * math.log(1 + self._total / (1 + self._times[w])) for w, n in words.items()}
        length = math.sqrt(sum(x * x for x in raw.values())) or 1.0
        return {w: x / length for w, x in raw.items()}


class Classes:
    """Texts whose class was confirmed, and how strongly each word speaks for each class.

    Args:
        texts: as words, each with its class.
    """

    #: So many texts weigh as much as what is known of all classes together.
    _PRIOR = 8

    def __init__(self, texts: Sequence[tuple[Iterable[str], str]]) -> None:
        self._total = len(texts)
        self._sizes = Counter(name for _, name in texts)
        self._times: Counter[str] = Counter()
        self._of: dict[str, Counter[str]] = {}
        for words, name in texts:
            held = set(words)
            self._times.update(held)
            self._of.setdefault(name, Counter()).update(held)

    def best(self, words: Iterable[str]) -> tuple[str, float]:
        """The likeliest class of a text, and how likely, from 0 to 1; '' and 0 where no word is known."""
        known = {w for w in words if self._times[w]}
        if not known:
            return "", 0.0
        said = {
            name: math.log(size / self._total) + sum(self.weight(w, name) for w in known)
            for name, size in self._sizes.items()
        }
        most = max(said.values())
        name = max(sorted(said), key=lambda n: said[n])
        return name, 1 / sum(math.exp(value - most) for value in said.values())

    def knows(self, word: str) -> bool:
        """Whether a word stands in one of the texts."""
        return bool(self._times[word])

    def weight(self, word: str, name: str) -> float:
        """How strongly a known word speaks for a class; below 0 it speaks against it."""
        share = self._times[word] / self._total
        return math.log((self._of[name][word] + self._PRIOR * share) / (self._sizes[name] + self._PRIOR) / share)
