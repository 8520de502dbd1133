"""Rows picked and put together: those that a rule can read, the newest, groups."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Any, Generic, TypeVar

from workbook.model.declare import Column, Register
from workbook.model.light_dataclasses import dataclass

R = TypeVar("R", bound=Register)
K = TypeVar("K")


@dataclass(frozen=True)
class Usable(Generic[R]):
    """The rows of a register that a rule can read, and those it has to leave out."""

    rows: Sequence[R]
    left_out: Sequence[R] = ()

    def where(self, column: Column[Any], value: Any) -> Usable[R]:
        """The rows with this value. Rows left out whose value is unknown are counted wherever they may belong."""
        get = attrgetter(column.attr)
        rows = [row for row in self.rows if get(row) == value]
        return Usable(rows, [row for row in self.left_out if get(row) == value or get(row) is None])

    def between(self, column: Column[Any], first: dt.date, last: dt.date) -> Usable[R]:
        """The rows dated from `first` to `last`, both included; rows without a date are left out everywhere."""
        get = attrgetter(column.attr)
        rows = [row for row in self.rows if get(row) is not None and first <= get(row) <= last]
        return Usable(rows, [row for row in self.left_out if get(row) is None or first <= get(row) <= last])


def split_usable(rows: Iterable[R], columns: Sequence[Column[Any]]) -> tuple[list[R], list[R]]:
    """The rows whose columns can be read, required ones not blank; and the others."""
    attrs = frozenset(c.attr for c in columns)
    required = [c.attr for c in columns if c.required]
    # With one name attrgetter gives a value, with more a tuple; a tuple in which to look for None is wanted.
    get = attrgetter(*required, *required) if len(required) == 1 else attrgetter(*required) if required else _nothing
    readable: list[R] = []
    spoilt: list[R] = []
    for row in rows:
        if (row.bad and row.bad & attrs) or None in get(row):
            spoilt.append(row)
        else:
            readable.append(row)
    return readable, spoilt


def _nothing(_: object) -> tuple[object, ...]:
    return ()


def newest(rows: Sequence[R], *by: Column[Any]) -> R | None:
    """The newest row: the latest date, then the next column (a Version), then the later row."""

    def rank(row: R) -> tuple[Any, ...]:
        values = (getattr(row, c.attr) for c in by)
        return (*((v is not None, v) for v in values), row.ordinal)

    return max(rows, key=rank, default=None)


def group_by(rows: Iterable[R], key: Callable[[R], K]) -> dict[K, list[R]]:
    """The rows by key, keys in order of first appearance."""
    groups: dict[K, list[R]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups
