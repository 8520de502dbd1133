"""Which column of a list is which of ours."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from workbook.intake.headers import fold_header
from workbook.intake.source import WEB_FORM, Source
from workbook.model.declare import CHECK_HEADER, Column, Register
from workbook.model.folding import fold
from workbook.model.light_dataclasses import dataclass, field

#: How a column was found, best first.
BY_MAP, SAME, QUESTION, SYNONYM, SIMILAR, PROPOSED = (
    "mapping file",
    "same",
    "question",
    "synonym",
    "similar",
    "proposed",
)
LEFT, OF_FORM, TIME_OF_FORM, WIDE = "left over", "form", "time of the form", "wide"
#: Within our tables two headers come as near as 86; one mistyped letter stays at 92 and more.
_TAKEN, _AHEAD, _NEAR = 92.0, 5.0, 70.0


@dataclass(frozen=True)
class SourceMap:
    """What a mapping file says, understood.

    Attributes:
        name: of the mapping file.
        columns: our column for each header as folded; None for one that is left out.
        constants: our column, and what it holds in every entry.
        values: by our column, what a value of theirs is with us, theirs folded.
        module, then: of a list with several columns for each thing: our column that takes the thing's name, and those
            that take the columns of each thing in turn.
        dates: the order of day, month and year; '' where it is not said.
    """

    name: str = ""
    columns: Mapping[str, Column[Any] | None] = field(default_factory=dict)
    constants: Mapping[Column[Any], str] = field(default_factory=dict)
    values: Mapping[Column[Any], Mapping[str, str]] = field(default_factory=dict)
    module: Column[Any] | None = None
    then: tuple[Column[Any], ...] = ()
    dates: str = ""


NO_MAP = SourceMap()


@dataclass(frozen=True)
class Match:
    """What a column of the list was taken for.

    Attributes:
        place: the column's place in the list, from 0; -1 for what the mapping file adds.
        column: ours; None where it goes nowhere.
        near: what it may be, where it only is similar.
    """

    place: int
    header: str
    column: Column[Any] | None
    how: str
    score: float | None = None
    near: Column[Any] | None = None


@dataclass(frozen=True)
class Matched:
    """All columns of a list, and the headers that stand there twice and go into a column of ours."""

    matches: tuple[Match, ...]
    twice: tuple[str, ...] = ()

    def columns(self) -> dict[Column[Any], int]:
        """The place of each column of ours that the list fills in."""
        return {m.column: m.place for m in self.matches if m.column is not None and m.place >= 0}


def _unlike(one: str, other: str) -> float:
    return 100.0 if one == other else 0.0


def _no(_: Match) -> bool:
    return False


@dataclass
class Asking:
    """Who is asked about columns that are only similar.

    Attributes:
        ratio: how alike two headers are, from 0 to 100; by itself, only those that are equal.
        take: whether one that is proposed is meant; by itself, none is.
    """

    ratio: Callable[[str, str], float] = _unlike
    take: Callable[[Match], bool] = _no


def known_words(register: type[Register], mapping: SourceMap = NO_MAP) -> frozenset[str]:
    """Every header, folded, that is a column's of the register: by it the header row of a list is found."""
    words = {fold_header(w) for c in register.columns for w in (c.header, *c.also, c.asks, *c.synonyms) if w}
    return frozenset({*words, *mapping.columns})


def match_columns(register: type[Register], source: Source, mapping: SourceMap, asking: Asking) -> Matched:
    """Which column is which, in the order: mapping file, same header, question, synonym, similar.

    Args:
        register: where the entries go.
        source: the list.
        mapping: what the mapping file says.
        asking: who is asked about what is only similar.
    """
    free = [
        n
        for n, h in enumerate(source.headers)
        if n not in source.technical and (fold_header(h) or "" in mapping.columns)
    ]
    found: dict[int, Match] = {}
    twice: list[str] = []
    for how, words in _stages(register, source, mapping):
        twice += _take_stage(register, source, found, free, how, words)
    left = [n for n in free if n not in found]
    for match in _similar(register, source, found, left, asking):
        taken = match.how == SIMILAR or asking.take(match)
        found[match.place] = (
            match if not taken else Match(match.place, match.header, match.near, match.how, match.score)
        )
    matches = tuple(found.get(n) or _left(source, n) for n in range(len(source.headers)))
    return Matched(matches, tuple(dict.fromkeys(twice)))


def _left(source: Source, place: int) -> Match:
    return Match(place, source.headers[place], None, OF_FORM if place in source.technical else LEFT)


def _stages(
    register: type[Register], source: Source, mapping: SourceMap
) -> Iterable[tuple[str, Mapping[str, Column[Any] | None]]]:
    columns = register.columns
    yield BY_MAP, mapping.columns
    yield SAME, {fold_header(h): c for c in reversed(columns) for h in (*reversed(c.also), c.header)}
    yield QUESTION, {fold_header(c.asks): c for c in columns if c.asks}
    yield SYNONYM, {fold_header(s): c for c in columns for s in c.synonyms}
    if source.kind == WEB_FORM:
        own = {fold_header(source.headers[n]) for n in source.technical}
        yield QUESTION, {f"{word}{n}": c for c in columns for n in range(1, 4) for word in own & _words(c)}


def _words(column: Column[Any]) -> set[str]:
    return {fold_header(w) for w in (column.header, *column.also, column.asks, *column.synonyms) if w}


def _take_stage(
    register: type[Register],
    source: Source,
    found: dict[int, Match],
    free: Sequence[int],
    how: str,
    words: Mapping[str, Column[Any] | None],
) -> list[str]:
    """Takes what a stage knows; gives the headers that two columns have and that go into one of ours."""
    taken = {m.column for m in found.values() if m.column is not None}
    heads = {n: fold_header(source.headers[n]) for n in free if n not in found}
    claims: dict[Column[Any], list[int]] = {}
    for n, head in heads.items():
        if head not in words:
            continue
        column = words[head]
        if column is None:
            found[n] = Match(n, source.headers[n], None, how)
        elif column not in taken and column in register.columns:
            claims.setdefault(column, []).append(n)
    twice = []
    for column, places in claims.items():
        if len(places) > 1 and len({heads[n] for n in places}) < len(places):
            twice.append(source.headers[places[0]])
        if len(places) == 1 or how != SYNONYM:
            found[places[0]] = Match(places[0], source.headers[places[0]], column, how)
    return twice


def _similar(
    register: type[Register], source: Source, found: Mapping[int, Match], left: Sequence[int], asking: Asking
) -> list[Match]:
    """The columns that look like one of ours: taken where nearly the same, else only proposed."""
    taken = {m.column for m in found.values() if m.column is not None}
    columns = [c for c in register.columns if c not in taken]
    made: list[Match] = []
    if not left or not columns:
        return made
    ratio, doubtful = asking.ratio, {fold_header(s) for c in register.columns for s in c.synonyms}
    for n in left:
        head = fold_header(source.headers[n])
        if head == fold(CHECK_HEADER) or not head:
            continue
        scores = sorted(
            ((max(ratio(head, w) for w in _words(c)), -at, c) for at, c in enumerate(columns)), reverse=True
        )
        best, second = scores[0], scores[1][0] if len(scores) > 1 else 0.0
        sure = best[0] >= _TAKEN and best[0] - second >= _AHEAD and head not in doubtful
        if sure or best[0] >= _NEAR or _within(head, best[2]):
            made.append(
                Match(n, source.headers[n], None, SIMILAR if sure else PROPOSED, round(best[0], 1), near=best[2])
            )
            continue
        inside = next((c for c in columns if _within(head, c)), None)
        if inside is not None:
            made.append(Match(n, source.headers[n], None, PROPOSED, round(best[0], 1), near=inside))
    return _one_each(made)


def _within(head: str, column: Column[Any]) -> bool:
    """Whether one header stands within the other, word by word."""
    return any(f" {head} " in f" {word} " or f" {word} " in f" {head} " for word in _words(column))


def _one_each(made: Sequence[Match]) -> list[Match]:
    """Of several that look like one column of ours, the likeliest."""
    best: dict[Column[Any], Match] = {}
    for match in sorted(made, key=lambda m: -(m.score or 0)):
        if match.near is not None:
            best.setdefault(match.near, match)
    return sorted(best.values(), key=lambda m: m.place)
