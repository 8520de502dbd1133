"""Cells of a list as the register wants them: days, several answers in one, names in place of ids, decimal commas."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from workbook.intake.dates import day_read, is_two_way, order_of
from workbook.intake.matching import SourceMap
from workbook.model.cells import Cell, blank, text_of
from workbook.model.declare import Column, Kind
from workbook.model.folding import fold
from workbook.model.light_dataclasses import dataclass
from workbook.model.registers import BY_TABLE, People, Services, WorkforcePlan
from workbook.model.snapshot import Snapshot

_TEXTS = frozenset({Kind.TEXT, Kind.LONG_TEXT})
_NUMBERS = frozenset({Kind.NUMBER, Kind.WHOLE, Kind.SCORE})
_PARTS = re.compile("[;\n\uff1b]")
_COMMA = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:\.\d{3})+),\d+\Z")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+\Z")


def is_free(column: Column[Any]) -> bool:
    """Whether what people wrote stays to the letter."""
    return column.kind in _TEXTS and not column.target


@dataclass(frozen=True)
class Names:
    """What names stand for in a workbook.

    Args:
        snapshot: the workbook.
    """

    snapshot: Snapshot

    @cached_property
    def people(self) -> Mapping[str, str]:
        """Everybody whom the workbook names, folded, by its spelling."""
        rows = self.snapshot.rows
        names: list[str | None] = [*(r.person for r in rows(People)), *(r.name for r in rows(WorkforcePlan))]
        names += [n for r in rows(Services) for n in (r.registered_manager, r.team_leader)]
        return {fold(name): name for name in reversed(names) if name}

    def ids(self, table: str) -> Mapping[str, str]:
        """The ids of a table's rows by the one name that people call each by; a name that two rows have is none."""
        target = BY_TABLE.get(table)
        label = next((c for c in target.columns if c.label), None) if target is not None else None
        if target is None or label is None:
            return {}
        named = [(fold(getattr(r, label.attr) or ""), r.id) for r in self.snapshot.rows(target) if r.id]
        times = Counter(name for name, _ in named)
        return {name: row_id for name, row_id in named if name and times[name] == 1}


@dataclass(frozen=True)
class Reader:
    """Brings the cells of a list's columns to what the register's columns hold.

    Args:
        names: what names stand for.
        mapping: what the mapping file says.
        separator: of a text file.
        dates: the order of day and month that a person named; '' for none.
        dotted: the order of dotted days, as the workbook's setting says.
    """

    names: Names
    mapping: SourceMap
    separator: str = ""
    dates: str = ""
    dotted: str = ""

    def column(self, column: Column[Any], cells: Sequence[Cell]) -> list[Cell]:
        """The cells of one column that holds no days.

        Args:
            column: ours.
            cells: theirs.
        """
        if column.kind is Kind.DATE:
            return self.days(column, cells, self.dates)
        cells = self._translated(column, cells)
        if is_free(column):
            return list(cells)
        return _each(cells, self._reader(column, cells))

    def days(self, column: Column[Any], cells: Sequence[Cell], order: str) -> list[Cell]:
        """The cells of a column of days, read by an order of day and month; '' for none."""
        named, dotted = bool(self.dates), self.dotted
        cells = self._translated(column, cells)
        return _each(cells, lambda cell: day_read(_alone(cell), order, named=named, dotted=dotted))

    def order(self, cells: Sequence[Cell], others: Iterable[Sequence[Cell]]) -> str:
        """The order of day and month of a column: as a person named it, else as the list itself tells it."""
        return self.dates or order_of(cells, others)

    def two_way(self, cells: Iterable[Cell]) -> str:
        """The first text of a column whose day and month can be exchanged; '' for none."""
        return next((c for c in cells if isinstance(c, str) and is_two_way(c)), "")

    def _translated(self, column: Column[Any], cells: Sequence[Cell]) -> Sequence[Cell]:
        said = self.mapping.values.get(column)
        return [said.get(fold(text_of(c) or ""), c) for c in cells] if said else cells

    def _reader(self, column: Column[Any], cells: Sequence[Cell]) -> Callable[[Cell], Cell]:
        if column.kind in _NUMBERS and self.separator == ";":
            commas = any(isinstance(c, str) and _is_decimal(c) for c in cells)
            return lambda cell: _with_point(_alone(cell)) if commas else _alone(cell)
        if column.kind in _NUMBERS:
            return _alone
        words = dict(self.names.ids(column.target)) if column.target in BY_TABLE else {}
        if column.kind is Kind.PERSON:
            words |= self.names.people
        said = self.mapping.values.get(column, {})
        return lambda cell: _answers(cell, words, said, several=column.separated)


def _each(cells: Sequence[Cell], read: Callable[[Cell], Cell]) -> list[Cell]:
    """What is read of each cell; of cells that are alike, once."""
    keys = [(c.__class__, c) for c in cells]
    known = {key: None if blank(key[1]) else read(key[1]) for key in dict.fromkeys(keys)}
    return [known[key] for key in keys]


def _alone(cell: Cell) -> Cell:
    """An answer without what forms put after it: the mark between several, though it stands alone."""
    if not isinstance(cell, str):
        return cell
    parts = _parts(cell)
    return parts[0] if len(parts) == 1 else cell


def _answers(cell: Cell, words: Mapping[str, str], said: Mapping[str, str], *, several: bool) -> Cell:
    """An answer, or several where the column takes several, as the workbook spells them."""
    if not isinstance(cell, str):
        return cell
    parts = _parts(cell)
    if several:
        parts = [part for p in parts for part in ([p] if fold(p) in words else p.split(","))]
    elif len(parts) != 1:
        return cell
    told = [said.get(fold(part), part.strip()) for part in parts if not blank(part)]
    return ", ".join(dict.fromkeys(words.get(fold(part), part) for part in told)) or None


def _parts(text: str) -> list[str]:
    plain = text.strip()
    if plain.startswith("[") and plain.endswith("]"):
        try:
            values = json.loads(plain)
        except (ValueError, RecursionError):
            values = None
        if isinstance(values, list) and values and all(isinstance(v, str) for v in values):
            return values
    return [part.strip() for part in _PARTS.split(plain) if part.strip()]


def _is_decimal(text: str) -> bool:
    plain = text.strip()
    return bool(_COMMA.match(plain)) and not _THOUSANDS.match(plain)


def _with_point(cell: Cell) -> Cell:
    if isinstance(cell, str) and _COMMA.match(cell.strip()):
        return cell.strip().replace(".", "").replace(",", ".")
    return cell
