"""What people typed, added or emptied between two runs: the workbook compared with how the last run left it.

Rows are known again by what they hold, then by their ids, then by what most of their cells hold: so sorting, inserting
and deleting rows, and ids that are blank or stand twice, make no entry of their own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from workbook.model.cells import fold, show
from workbook.model.declare import CHECK_HEADER
from workbook.model.light_dataclasses import dataclass
from workbook.model.registers import BY_TABLE, Programme
from workbook.model.snapshot import Snapshot, TableData

#: A value that more rows hold tells none of them apart.
_COMMON = 20
_FORMULA = "(a formula)"


@dataclass(frozen=True, slots=True)
class Contents:
    """What people filled into a table, as texts.

    Attributes:
        headers: of its declared columns.
        rows: a text for each header.
        ordinals: where each row stands, from 0; blank for how a former run left it.
    """

    headers: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    ordinals: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Typed:
    """One thing that people did; its fields as of `workbook.model.history.Entry`.

    Attributes:
        ordinal: where the row stands now, from 0; -1 where it is gone.
    """

    table: str
    id: str
    column: str
    before: str
    after: str
    ordinal: int = -1


def contents(snapshot: Snapshot) -> dict[str, Contents]:
    """What people filled in, by table; computed tables are left out.

    Args:
        snapshot: the workbook.
    """
    found = {name: _of_table(data) for name, data in snapshot.tables.items() if not data.register.computed}
    for name in snapshot.list_tables:
        found[name] = Contents(("Value",), [(text,) for text in snapshot.lists.get(name, ())])
    if Programme.table in snapshot.tables:
        said = [(c.header, show(getattr(snapshot.programme, c.attr))) for c in Programme.columns]
        found[Programme.table] = Contents(("Setting", "Value"), said, range(len(said)))
    return found


def _of_table(data: TableData) -> Contents:
    columns = [c for c in data.register.columns if c.attr in data.positions and fold(c.header) != fold(CHECK_HEADER)]
    at = {row.ordinal: n for n, row in enumerate(data.rows)}
    raw: dict[str, dict[int, str]] = defaultdict(dict)
    for respelt in data.respelt:
        raw[respelt.column.attr][respelt.ordinal] = respelt.cell
    for problem in data.problems:
        raw[problem.column.attr][problem.ordinal] = show(problem.cell)
    places = {n: c.attr for c in columns for n in [data.positions[c.attr]]}
    for ordinal, n in data.formulas:
        if n in places:
            raw[places[n]][ordinal] = _FORMULA
    texts = []
    for column in columns:
        values = [_shown(getattr(row, column.attr)) for row in data.rows]
        for ordinal, text in raw[column.attr].items():
            if ordinal in at:
                values[at[ordinal]] = text
        texts.append(values)
    rows = list(zip(*texts, strict=True)) if texts else []
    return Contents(tuple(c.header for c in columns), rows, list(at))


def _shown(value: Any) -> str:
    return value if value.__class__ is str else show(value)


def typed(before: Mapping[str, Contents], after: Mapping[str, Contents]) -> list[Typed]:
    """What people did between two states.

    Args:
        before: by table, how the last run left it.
        after: the same as it is now.
    """
    found: list[Typed] = []
    for table, old in before.items():
        if table in after:
            found += _in_table(table, old, after[table])
        elif old.rows:
            found.append(Typed(table, "", "", f"The table, with {len(old.rows):,} entries", ""))
    return found


def _in_table(table: str, old: Contents, new: Contents) -> Iterator[Typed]:
    gone = [h for h in old.headers if h not in new.headers]
    for header in gone:
        at = old.headers.index(header)
        if any(row[at] for row in old.rows):
            yield Typed(table, "", header, "The column", "")
    headers = tuple(h for h in old.headers if h in new.headers)
    added = tuple(h for h in new.headers if h not in old.headers)
    were = _columns(old, (*headers,), ())
    are = _columns(new, headers, added)
    names = (*headers, *added)
    ids = _Ids(table, names)
    pairs, lost, fresh = _matched([(*row, *[""] * len(added)) for row in were], are, ids.at)
    ordinals = new.ordinals or range(len(are))
    for n, m in pairs:
        was = (*were[n], *[""] * len(added))
        row_id = ids.of(are[m]) or ids.of(was)
        for header, b, a in zip(names, was, are[m], strict=True):
            if b != a:
                yield Typed(table, row_id, header, b, a, ordinals[m])
    for n in lost:
        yield Typed(table, ids.of(were[n]), "", _words(headers, were[n]), "")
    for m in fresh:
        yield Typed(table, ids.of(are[m]), "", "", _words(names, are[m]), ordinals[m])


class _Ids:
    """Where a table's rows bear their ids; the settings bear their names."""

    def __init__(self, table: str, headers: Sequence[str]) -> None:
        register = BY_TABLE.get(table)
        key = register.key.header if register is not None and register.key is not None else ""
        wanted = "Setting" if table == Programme.table else key
        self.at = headers.index(wanted) if wanted in headers else None

    def of(self, row: Sequence[str]) -> str:
        return row[self.at] if self.at is not None and self.at < len(row) else ""


def _columns(table: Contents, headers: Sequence[str], added: Sequence[str]) -> list[tuple[str, ...]]:
    names = (*headers, *added)
    if names == table.headers:
        return list(table.rows)
    at = [table.headers.index(h) for h in names]
    return [tuple(row[n] for n in at) for row in table.rows]


def _words(headers: Sequence[str], row: Sequence[str]) -> str:
    return "; ".join(f"{h}: {text}" for h, text in zip(headers, row, strict=True) if text)


Pairs = list[tuple[int, int]]


def _matched(
    were: Sequence[tuple[str, ...]], are: Sequence[tuple[str, ...]], id_at: int | None
) -> tuple[Pairs, list[int], list[int]]:
    """Which rows differ and are the same entry, which are gone, and which are new; unchanged ones are left out."""
    surplus = Counter(were)
    surplus.subtract(are)
    lost = _those(were, surplus, 1)
    fresh = _those(are, surplus, -1)
    pairs: Pairs = []
    if id_at is not None:
        for same in _by_id(were, are, lost, fresh, id_at):
            pairs += [(same[0][0], same[1][0])] if len(same[0]) == len(same[1]) == 1 else _most_alike(were, are, *same)
        lost, fresh = _left(lost, fresh, pairs)
    more = _most_alike(were, are, lost, fresh)
    return sorted([*pairs, *more], key=lambda pair: pair[1]), *_left(lost, fresh, more)


def _those(rows: Sequence[tuple[str, ...]], surplus: Mapping[tuple[str, ...], int], sign: int) -> list[int]:
    """The rows that one side has more of than the other: the last of equal ones."""
    left = {row: count * sign for row, count in surplus.items() if count * sign > 0}
    found = []
    for n in range(len(rows) - 1, -1, -1):
        if left.get(rows[n], 0) > 0:
            left[rows[n]] -= 1
            found.append(n)
    return found[::-1]


def _left(lost: Sequence[int], fresh: Sequence[int], pairs: Pairs) -> tuple[list[int], list[int]]:
    old, new = {n for n, _ in pairs}, {m for _, m in pairs}
    return [n for n in lost if n not in old], [m for m in fresh if m not in new]


def _by_id(
    were: Sequence[tuple[str, ...]], are: Sequence[tuple[str, ...]], lost: Sequence[int], fresh: Sequence[int], at: int
) -> Iterator[tuple[list[int], list[int]]]:
    """The rows of each id on both sides."""
    old, new = defaultdict(list), defaultdict(list)
    for n in lost:
        old[fold(were[n][at])].append(n)
    for m in fresh:
        new[fold(are[m][at])].append(m)
    for name, some in old.items():
        if name and name in new:
            yield some, new[name]


def _most_alike(
    were: Sequence[tuple[str, ...]], are: Sequence[tuple[str, ...]], lost: Sequence[int], fresh: Sequence[int]
) -> Pairs:
    """Pairs the rows that share most; those of one id in any case, others where they share at least half."""
    if len(lost) == 1 and len(fresh) == 1 and _half(were[lost[0]], are[fresh[0]]):
        return [(lost[0], fresh[0])]
    votes: Counter[tuple[int, int]] = Counter()
    for at in range(len(were[lost[0]]) if lost and fresh else 0):
        by_text = defaultdict(list)
        for n in lost:
            if were[n][at]:
                by_text[were[n][at]].append(n)
        for m in fresh:
            holders = by_text.get(are[m][at], ())
            if 0 < len(holders) <= _COMMON:
                votes.update((n, m) for n in holders)
    pairs, old, new = [], set(), set()
    for (n, m), _ in sorted(votes.items(), key=lambda vote: (-vote[1], abs(vote[0][0] - vote[0][1]), vote[0])):
        if n not in old and m not in new and _half(were[n], are[m]):
            pairs.append((n, m))
            old.add(n)
            new.add(m)
    return pairs


def _half(was: Sequence[str], now: Sequence[str]) -> bool:
    """Whether at least half of what either row holds stands in both."""
    same = sum(bool(b) and b == a for b, a in zip(was, now, strict=True))
    return 2 * same >= min(sum(map(bool, was)), sum(map(bool, now))) > 0
