"""What all workbooks together give: read or kept, copies told, services compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from addin.portfolio.finding import Found
from addin.portfolio.keeping import Kept
from addin.portfolio.pool import Engine
from addin.portfolio.problems import Problem, copy_of
from addin.portfolio.process import Outcome
from workbook.answers.portfolio import Kind, Line, from_json
from workbook.model.errors import BookNotWritable
from workbook.rules.funnel import Funnel, funnel


@dataclass(frozen=True)
class Book:
    """A workbook that was read.

    Attributes:
        told: what it gave (`reading.read`).
        lines: the same as lines.
    """

    found: Found
    told: dict[str, Any]
    lines: Sequence[Line]


@dataclass
class Portfolio:
    """Everything that the outputs show.

    Attributes:
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
    anew = []
    read: dict[str, dict[str, Any]] = {}
    for book in books:
        told = kept.find(book.path)
        if told is None:
            anew.append(book)
        else:
            read[book.name] = told
            whole.kept += 1
            step(book.name)

    def tell(book: Found, outcome: Outcome) -> None:
        if isinstance(outcome, Problem):
            whole.problems.append(outcome)
        else:
            with suppress(BookNotWritable):  # a full disk costs a second run's time, not this one's result
                kept.keep(outcome)
            read[book.name] = outcome
        step(book.name)

    engine.run(anew, tell)
    whole.books = _without_copies([_book(b, read[b.name]) for b in books if b.name in read], whole.problems)
    whole.problems.sort()
    _compare(whole)
    return whole


def _book(found: Found, told: dict[str, Any]) -> Book:
    return Book(found, told, [from_json(line) for line in told["lines"]])


def _without_copies(books: Sequence[Book], problems: list[Problem]) -> list[Book]:
    """Of workbooks with one id the one saved last; those without an id are never copies."""
    newest: dict[str, Book] = {}
    for book in books:
        own_id = book.told["workbook_id"]
        if own_id and (own_id not in newest or _saved(book) > _saved(newest[own_id])):
            newest[own_id] = book
    taken = []
    for book in books:
        other = newest.get(book.told["workbook_id"], book)
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
    """Gives each share and rate its funnel's limits, and says where it lies."""
    by_measure: dict[str, list[Line]] = {}
    for book in whole.books:
        for line in book.lines:
            if line.kind in (Kind.SHARE, Kind.RATE) and line.denominator is not None and line.numerator is not None:
                by_measure.setdefault(line.measure, []).append(line)
    for measure, lines in by_measure.items():
        counts = [(line.numerator or 0, line.denominator or 0) for line in lines]
        found = funnel(counts, share=lines[0].kind is Kind.SHARE)
        if found is not None:
            whole.funnels[measure] = found
    whole.books = [replace(book, lines=[_placed(whole, line) for line in book.lines]) for book in whole.books]


def _placed(whole: Portfolio, line: Line) -> Line:
    found = whole.funnels.get(line.measure)
    if found is None or line.kind not in (Kind.SHARE, Kind.RATE) or line.numerator is None or not line.denominator:
        return line
    lower, upper = found.limits(line.denominator)
    return replace(line, lower=lower, upper=upper, state=found.says(line.numerator, line.denominator))
