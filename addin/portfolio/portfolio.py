"""What all workbooks together give: read or kept, copies told, services compared.

What each gave is held packed, so that tens of thousands take little memory; outputs go through all of them once.
"""

from __future__ import annotations

import datetime as dt
import json
import zlib
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from addin.portfolio.finding import Found
from addin.portfolio.keeping import Kept
from addin.portfolio.pool import Engine
from addin.portfolio.problems import Problem, copy_of, unforeseen
from addin.portfolio.process import Outcome
from workbook.answers.portfolio import Kind, Line, from_json, trusted
from workbook.model.errors import BookNotWritable
from workbook.model.triggers import State
from workbook.rules.funnel import Funnel, funnel

#: zlib looks back so many bytes.
_WINDOW = 1 << 15


class Book(NamedTuple):
    """A workbook that was read.

    Attributes:
        own_id: its id, '' without one.
        packed: what it gave as JSON, compressed.
        like: what the first workbook gave; most words of the others are the same, and so take no room.
        compared: what is set beside that of others: each a measure and whether it is a share.
        counts: the numerator and denominator of each of these, one after the other.
    """

    found: Found
    own_id: str
    packed: bytes
    like: bytes
    compared: tuple[tuple[str, bool], ...]
    counts: array[float]


class Reading(NamedTuple):
    """What a workbook gave, unpacked.

    Attributes:
        told: the whole (`reading.read`).
        lines: its figures, each share and rate with the limits of its funnel.
    """

    found: Found
    told: dict[str, Any]
    lines: Sequence[Line]


@dataclass
class Portfolio:
    """Everything that the outputs show.

    Attributes:
        books: those that were read, by name.
        kept: how many workbooks were not read anew.
        funnels: by measure.
        names: whether names of who acts are in it.
    """

    as_of: str
    books: list[Book] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    found: int = 0
    kept: int = 0
    funnels: dict[str, Funnel] = field(default_factory=dict)
    names: bool = False

    @property
    def counts(self) -> dict[str, int]:
        """How many workbooks were found, read, a problem, and kept from an earlier run."""
        return {
            "found": self.found,
            "read": len(self.books),
            "problems": len(self.problems),
            "kept": self.kept,
        }

    def readings(self) -> Iterator[Reading]:
        """What each workbook gave, one after another, by name."""
        for book in self.books:
            told = json.loads(zlib.decompressobj(zdict=book.like).decompress(book.packed))
            yield Reading(book.found, told, [self._placed(trusted(line)) for line in told["lines"]])

    def _placed(self, line: Line) -> Line:
        found = self.funnels.get(line.measure)
        if found is None or line.kind not in (Kind.SHARE, Kind.RATE) or line.numerator is None or not line.denominator:
            return line
        lower, upper = found.limits(line.denominator)
        return line._replace(lower=lower, upper=upper, state=found.says(line.numerator, line.denominator))


def gather(
    books: Sequence[Found], engine: Engine, kept: Kept, problems: Sequence[Problem], step: Callable[[str], None]
) -> Portfolio:
    """Reads what is not kept yet, keeps it, and compares all.

    Args:
        books: the workbooks.
        engine: what reads them.
        kept: the results of earlier runs.
        problems: what went wrong before.
        step: called with each workbook's name when it is done.
    """
    whole = Portfolio(engine.manner.as_of, problems=list(problems), found=len(books), names=engine.manner.names)
    make = _Maker({book.name: n for n, book in enumerate(books, start=1)})
    read = _already_read(books, kept, make)
    whole.kept = len(read)
    for name in read:
        step(name)

    def tell(book: Found, outcome: Outcome) -> None:
        made = make(book, outcome) if not isinstance(outcome, Problem) else None
        if isinstance(outcome, Problem):
            whole.problems.append(outcome)
        elif made is None:
            whole.problems.append(unforeseen(book.name, "an answer of another form"))
        else:
            with suppress(BookNotWritable):  # a full disk costs a second run's time, not this one's result
                kept.keep(outcome, book.name)
            read[book.name] = made
        step(book.name)

    engine.run([book for book in books if book.name not in read], tell)
    whole.books = _without_copies([read[b.name] for b in books if b.name in read], whole.problems)
    whole.problems.sort()
    _compare(whole)
    return whole


def _already_read(books: Sequence[Found], kept: Kept, make: _Maker) -> dict[str, Book]:
    """The workbooks of which an earlier run kept what they gave, by name."""
    read = {}
    for book in books:
        told = kept.find(book.path, book.name)
        made = make(book, told) if told is not None else None
        if made is not None:
            read[book.name] = made
    return read


class _Maker:
    """Makes books of what workbooks gave; alike lists of measures are held once.

    Args:
        number: of each workbook by its name, which it is called by where its name tells of somebody.
    """

    def __init__(self, number: Mapping[str, int]) -> None:
        self._number = number
        self._like = b""
        self._lists: dict[tuple[tuple[str, bool], ...], tuple[tuple[str, bool], ...]] = {}

    def __call__(self, found: Found, told: dict[str, Any]) -> Book | None:
        """The book; None if that is no result of a workbook."""
        try:
            lines = [from_json(line) for line in told["lines"]]
        except (KeyError, TypeError, ValueError):
            return None
        if not _is_whole(told):
            return None
        if told["names_somebody"]:
            found = Found(found.path, f"workbook {self._number[found.name]}", discreet=True)
        counted = [x for x in lines if x.kind in (Kind.SHARE, Kind.RATE) and x.numerator is not None and x.denominator]
        compared = tuple((x.measure, x.kind is Kind.SHARE) for x in counted)
        counts = array("d", [n for x in counted for n in (x.numerator or 0, x.denominator or 0)])
        plain = json.dumps(told, separators=(",", ":")).encode()
        self._like = self._like or plain[-_WINDOW:]
        packer = zlib.compressobj(zdict=self._like)
        packed = packer.compress(plain) + packer.flush()
        return Book(found, told["workbook_id"], packed, self._like, self._lists.setdefault(compared, compared), counts)


def _is_whole(told: dict[str, Any]) -> bool:
    """Whether a result has all that the outputs show: one that was kept may have been spoilt."""
    try:
        for t in told["triggers"]:
            State(t["state"])
            _ = t["due"] is None or dt.date.fromisoformat(t["due"])
        for r in told["late"]:
            _ = r["next_due"] is None or dt.date.fromisoformat(r["next_due"])
        texts = [told["workbook_id"]]
        texts += [t[key] for t in told["triggers"] for key in ("trigger", "service", "role")]
        texts += [r[key] for r in told["late"] for key in ("review", "service", "role")]
        numbers = [told["findings"]["error"], *(r["days_late"] for r in told["late"])]
        whole = isinstance(told["names_somebody"], bool)
    except (KeyError, TypeError, ValueError):
        return False
    return whole and all(isinstance(x, str) for x in texts) and all(type(n) is int for n in numbers)


def _without_copies(books: Sequence[Book], problems: list[Problem]) -> list[Book]:
    """Of workbooks with one id the one saved last; those without an id are never copies."""
    newest: dict[str, Book] = {}
    for book in books:
        if book.own_id and (book.own_id not in newest or _saved(book) > _saved(newest[book.own_id])):
            newest[book.own_id] = book
    taken = []
    for book in books:
        other = newest.get(book.own_id, book)
        if other is book:
            taken.append(book)
        else:
            problems.append(copy_of(book.found.name, other.found.name))
    return taken


def _saved(book: Book) -> float:
    try:
        return book.found.path.stat().st_mtime
    except OSError:
        return 0.0


def _compare(whole: Portfolio) -> None:
    """The funnel of each share and rate."""
    by_measure: dict[tuple[str, bool], list[tuple[float, float]]] = {}
    for book in whole.books:
        for n, compared in enumerate(book.compared):
            by_measure.setdefault(compared, []).append((book.counts[2 * n], book.counts[2 * n + 1]))
    for (measure, share), counts in by_measure.items():
        found = funnel(counts, share=share)
        if found is not None:
            whole.funnels[measure] = found
