"""Names that were forgotten: by what they are known again, so that a list does not bring them back.

A salted digest of the folded name stands in the workbook with the number that took the name's place; the name does not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from workbook.intake.source import Source, SourceRow, digest
from workbook.model.folding import fold
from workbook.model.light_dataclasses import dataclass, field, replace

#: The workbook's properties that hold them: this and the number.
PROPERTY = "Champions forgotten "
_WORD = re.compile(r"[^\s\u200b]+")
_EDGE = '.,;:!?()[]{}"“”„«»'
_OWN = re.compile(r"['’ʼ]s\Z")


@dataclass(frozen=True)
class ForgottenNames:
    """The names that a workbook has forgotten.

    Attributes:
        salt: of their digests; '' where there are none.
        numbers: by how many words a name has and by its digest, the number in its place.
    """

    salt: str = ""
    numbers: Mapping[tuple[int, str], str] = field(default_factory=dict)

    def number_of(self, name: str) -> str:
        """The number that took a name's place; '' for a name that was not forgotten."""
        words = fold(name).split()
        return self.numbers.get((len(words), digest(self.salt, " ".join(words))), "") if words else ""

    def replaced(self, text: str) -> str:
        """A text without forgotten names. One of a single word is known as the whole text alone.

        Args:
            text: of a cell.
        """
        if not self.numbers:
            return text
        if number := self.number_of(text):
            return number
        for count in sorted({n for n, _ in self.numbers if n > 1}, reverse=True):
            text = self._within(text, count)
        return text

    def _within(self, text: str, count: int) -> str:
        words, at, made, last = list(_WORD.finditer(text)), 0, list[str](), 0
        while at + count <= len(words):
            start, end = words[at].start(), words[at + count - 1].end()
            while start < end and text[start] in _EDGE:
                start += 1
            while end > start and text[end - 1] in _EDGE:
                end -= 1
            if own := _OWN.search(text[start:end]):
                end -= len(own[0])
            number = self.number_of(text[start:end])
            if number:
                made += [text[last:start], number]
                last = end
            at += count if number else 1
        return "".join([*made, text[last:]])


def forgotten_names(properties: Mapping[str, str]) -> ForgottenNames:
    """The names that a workbook has forgotten, by its properties; what is no such property is passed over.

    Args:
        properties: the workbook's own.
    """
    found: dict[tuple[int, str], str] = {}
    salt = ""
    for key, value in properties.items():
        parts = value.split(":")
        if key.startswith(PROPERTY) and len(parts) == 3 and parts[1].isdecimal():
            salt = salt or parts[0]
            if parts[0] == salt:
                found[int(parts[1]), parts[2]] = key.removeprefix(PROPERTY)
    return ForgottenNames(salt, found)


def property_of(name: str, number: str, salt: str) -> tuple[str, str]:
    """The property that remembers a forgotten name.

    Args:
        name: as it stood.
        number: what takes its place.
        salt: of the workbook's forgotten names, 16 signs.
    """
    words = fold(name).split()
    return f"{PROPERTY}{number}", f"{salt}:{len(words)}:{digest(salt, ' '.join(words))}"


def without_forgotten(source: Source, names: ForgottenNames) -> tuple[Source, int]:
    """A list without the names that were forgotten, and how many of its cells held one.

    By what a row is known again stays what it was: each row keeps its cells as they came.

    Args:
        source: the list.
        names: those that were forgotten.
    """
    if not names.numbers:
        return source, 0
    count, rows = 0, list[SourceRow]()
    for row in source.rows:
        cells, beyond = (
            tuple(names.replaced(c) if isinstance(c, str) else c for c in held) for held in (row.cells, row.beyond)
        )
        changed = sum(a != b for a, b in zip((*row.cells, *row.beyond), (*cells, *beyond), strict=True))
        count += changed
        rows.append(replace(row, cells=cells, beyond=beyond, came=(row.cells, row.beyond)) if changed else row)
    return replace(source, rows=rows), count
