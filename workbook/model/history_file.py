"""The lines of the history that is kept beside a workbook: how they hang together, and where they don't.

Source: docs/contract/history.md. Each line holds a digest of its salt and its values, and a link over the former link
and that digest. So values and salt can be erased while the links still hold.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from workbook.model.history import Entry, entry_of
from workbook.model.light_dataclasses import dataclass, replace

FORMAT = 1
#: The workbook's property that holds its place in the history: chain, number and link of its last entry.
LINK_PROPERTY = "Champions history"
_VALUES = tuple(Entry.__slots__)
_MOST_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Head:
    """The first line: whose history it is.

    Attributes:
        book: the workbook's own id.
        chain: given when the history was begun; another beginning has another.
        begun: the moment, as it is written.
    """

    book: str
    chain: str
    begun: str

    @property
    def link(self) -> str:
        """What the first entry's link rests on."""
        return _digest("head", self.book, self.chain, self.begun)

    def text(self) -> str:
        """It as a line of the file."""
        told = {"history": FORMAT, "book": self.book, "chain": self.chain, "begun": self.begun, "link": self.link}
        return json.dumps(told, ensure_ascii=False)

    @classmethod
    def of(cls, text: str) -> Head | None:
        """The first line read; None where it is none.

        Args:
            text: of the line.
        """
        found = _object(text)
        if found.get("history") != FORMAT:
            return None
        head = cls(*(str(found.get(name, "")) for name in ("book", "chain", "begun")))
        return head if head.link == found.get("link") else None


@dataclass(frozen=True, slots=True)
class Line:
    """One entry in the file.

    Attributes:
        number: from 1, without a gap.
        state: of a whole state that was brought back, the place in the history that its workbook holds; None for any
            other entry.
        salt: '' where it was erased: the values can't be compared any more then.
    """

    number: int
    entry: Entry
    salt: str
    digest: str
    link: str
    state: str | None = None

    def text(self) -> str:
        """It as a line of the file."""
        told: dict[str, Any] = {"number": self.number}
        told |= {name: getattr(self.entry, name) for name in _VALUES if name != "source" or self.entry.source}
        if self.state is not None:
            told["state"] = self.state
        return json.dumps(
            told | {"salt": self.salt or None, "digest": self.digest, "link": self.link}, ensure_ascii=False
        )

    @property
    def is_as_written(self) -> bool:
        """Whether its values are those that its digest is of; yes where they were erased."""
        return not self.salt or self.digest == _digest_of(self.salt, self.number, self.entry, self.state)

    def place(self, head: Head) -> Place:
        """The place after it.

        Args:
            head: of its history.
        """
        return Place(head.chain, self.number, self.link)

    def erased(self, **values: str) -> Line:
        """It with other values and without its salt; the links after it still hold.

        Args:
            values: what stands in place of fields of the entry.
        """
        return replace(self, entry=replace(self.entry, **values), salt="")

    @classmethod
    def of(cls, text: str) -> Line | None:
        """A line read; None where it is none.

        Args:
            text: of the line.
        """
        found = _object(text)
        number, state = found.get("number"), found.get("state")
        texts = {n: found.get(n, "") for n in (*_VALUES, "digest", "link")}
        if type(number) is not int or not all(isinstance(t, str) for t in texts.values()):
            return None
        if not isinstance(state, str | None) or not isinstance(found.get("salt"), str | None):
            return None
        return cls(number, entry_of(texts), found.get("salt") or "", texts["digest"], texts["link"], state)


@dataclass(frozen=True, slots=True)
class Place:
    """How far a history goes: what a workbook holds of it."""

    chain: str
    number: int
    link: str

    def text(self) -> str:
        """It as the workbook's property."""
        return f"{self.chain}:{self.number}:{self.link}"

    @classmethod
    def of(cls, text: str | None) -> Place | None:
        """What a workbook's property says; None where it has none, or says nothing of the kind.

        Args:
            text: the property.
        """
        chain, _, rest = (text or "").partition(":")
        number, _, link = rest.partition(":")
        is_number = number.isascii() and number.isdecimal() and len(number) <= _MOST_DIGITS
        return cls(chain, int(number), link) if chain and link and is_number else None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether lines hang together.

    Attributes:
        broken_at: the number of the first entry that is missing or not as it was written; None where all are whole.
        why: what is wrong with it, in words.
        erased: how many entries had values erased.
    """

    broken_at: int | None = None
    why: str = ""
    erased: int = 0


def place_of(head: Head, lines: Sequence[Line]) -> Place:
    """The place after the last of a history's lines.

    Args:
        head: its first line.
        lines: its entries.
    """
    return lines[-1].place(head) if lines else Place(head.chain, 0, head.link)


def further(
    place: Place, entries: Iterable[Entry], *, state: str | None = None, salted: Iterable[str] | None = None
) -> list[Line]:
    """The lines of further entries.

    Args:
        place: where the history ends so far.
        entries: what was done since.
        state: of a whole state that was brought back, the place that its workbook holds.
        salted: the salts; hard to guess ones by default.
    """
    number, link, salts = place.number, place.link, iter(salted) if salted is not None else None
    lines = []
    for entry in entries:
        number += 1
        salt = next(salts) if salts is not None else secrets.token_hex(8)
        digest = _digest_of(salt, number, entry, state)
        link = _digest(link, digest)
        lines.append(Line(number, entry, salt, digest, link, state))
    return lines


def verdict(head: Head, lines: Iterable[Line | None], covered: Place | None) -> Verdict:
    """Whether a history is whole, as far as a workbook holds it, and what follows hangs together.

    Args:
        head: its first line.
        lines: all others in their order; None for one that can't be read.
        covered: the place that the workbook holds; None where it holds none.
    """
    number, link, erased = 0, head.link, 0
    reached = covered is None or (covered.number, covered.link) == (0, head.link)
    for line in lines:
        number += 1
        wrong = _wrong(line, number, link)
        if wrong:
            # beyond what the workbook holds, an end that was cut off is a run that died while it wrote
            return Verdict(None, "", erased) if reached and line is None else Verdict(number, wrong, erased)
        if line is not None:
            link, erased = line.link, erased + (not line.salt)
            if covered is not None and number == covered.number:
                if link != covered.link:
                    return Verdict(number, "It is another than the workbook holds.", erased)
                reached = True
    if not reached:
        return Verdict(number + 1, "It is missing: the end of the file was cut off.", erased)
    return Verdict(None, "", erased)


def _wrong(line: Line | None, number: int, link: str) -> str:
    if line is None:
        return "It can't be read."
    if line.number != number:
        return f"It is missing: entry {line.number} stands in its place."
    if line.link != _digest(link, line.digest):
        return "It does not follow from the one before it."
    return "" if line.is_as_written else "It was changed after it was written."


def _object(text: str) -> Mapping[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _digest_of(salt: str, number: int, entry: Entry, state: str | None) -> str:
    values = [salt, number, *(getattr(entry, name) for name in _VALUES), state]
    return _digest(json.dumps(values, ensure_ascii=False, separators=(",", ":")))


def _digest(*parts: str) -> str:
    return hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
