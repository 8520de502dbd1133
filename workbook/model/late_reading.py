"""What can be read only once the whole workbook is known: dates by a setting, numbers by the unit in another cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from workbook.model.cells import Cell, Reading, fold, read_date, read_number
from workbook.model.declare import HOURS, PERCENT, Column, Kind
from workbook.model.snapshot import CellProblem, Respelt, TableData

#: Columns whose cells are read as a word that is known.
_WORDS = frozenset({Kind.ID, Kind.CHOICE, Kind.LIST, Kind.REFERENCE})


class Columns:
    """A table between reading and resolving: one list of values per column."""

    def __init__(self, data: TableData, values: dict[str, list[Any]], ordinals: list[int]) -> None:
        self.data, self.values, self.ordinals = data, values, ordinals


def respelt(
    column: Column[Any], ordinals: Sequence[int], cells: Sequence[Cell], values: Sequence[Any]
) -> list[Respelt]:
    """The texts among the cells that are read as a word but not written as it.

    Args:
        ordinals: of the cells' rows.
        values: what each cell was read as.
    """
    trios = zip(ordinals, cells, values, strict=True)
    if column.kind is Kind.YES_NO:
        answers = ("Yes", "No")
        return [Respelt(n, column, c) for n, c, v in trios if v is not None and type(c) is str and c not in answers]
    if column.kind not in _WORDS and not column.target:
        return []
    return [Respelt(n, column, c) for n, c, v in trios if c != v and v is not None and type(c) is str]


def settle(tables: Mapping[str, Columns], date_order: str, *, date_1904: bool) -> None:
    """Reads once more, in place, the cells that could not be read without knowing more.

    Args:
        tables: the tables, lists and references resolved.
        date_order: the setting `Date order`.
        date_1904: whether plain numbers count days from 1904.
    """
    for columns in tables.values():
        readers: dict[int, Callable[[CellProblem], Reading]] = {}
        for n, problem in enumerate(columns.data.problems):
            if problem.code in ("not-a-date", "date-as-text") and problem.column.kind is Kind.DATE and date_order:
                readers[n] = partial(_dated, date_order, date_1904)
            elif problem.code == "wrong-unit" and problem.column.unit_in:
                readers[n] = partial(_measured, columns, tables)
        if readers:
            _read_again(columns, readers)


def _read_again(columns: Columns, readers: Mapping[int, Callable[[CellProblem], Reading]]) -> None:
    place = {ordinal: n for n, ordinal in enumerate(columns.ordinals)}
    for n, read in readers.items():
        problem = columns.data.problems[n]
        found = read(problem)
        columns.values[problem.column.attr][place[problem.ordinal]] = found.value
        columns.data.problems[n] = problem._replace(code=found.code, usable=found.usable, detail=found.detail)


def _dated(order: str, date_1904: bool, problem: CellProblem) -> Reading:  # noqa: FBT001 - filled in by partial
    return read_date(problem.cell, date_1904=date_1904, order=order)


def _measured(columns: Columns, tables: Mapping[str, Columns], problem: CellProblem) -> Reading:
    return read_number(problem.cell, _unit_of(columns, tables, problem.column, problem.ordinal))


def _unit_of(columns: Columns, tables: Mapping[str, Columns], column: Column[Any], ordinal: int) -> str:
    """The unit of a row's number, which the row itself or the row it refers to says; '' for another."""
    register = columns.data.register
    first = register.column(column.unit_in[0])
    value = columns.values[first.attr][columns.ordinals.index(ordinal)]
    if len(column.unit_in) > 1:
        target = tables.get(first.target)
        key = target.data.register.key if target is not None else None
        if target is None or key is None or value not in target.values[key.attr]:
            return ""
        said = target.data.register.column(column.unit_in[1])
        value = target.values[said.attr][target.values[key.attr].index(value)]
    words = fold(value or "")
    return PERCENT if words.startswith(("percent", "per cent", "%")) else HOURS if words.startswith("hour") else ""
