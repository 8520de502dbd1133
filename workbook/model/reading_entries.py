"""Entries that are to come into a workbook, read as they would be if they stood in it already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workbook.model.cells import Cell, fold
from workbook.model.declare import Column, Register
from workbook.model.late_reading import Columns, settle
from workbook.model.light_dataclasses import replace
from workbook.model.reading import read_column, resolve_column
from workbook.model.registers import BY_TABLE
from workbook.model.snapshot import CellProblem, Snapshot

#: Rows carry these before the values of their columns.
FIRST_VALUE = 3


def with_entries(snapshot: Snapshot, register: type[Register], cells: Mapping[Column[Any], Sequence[Cell]]) -> Snapshot:
    """The workbook as if entries stood at the end of a register; only their cells are among its problems.

    Lists and references are resolved by what the workbook holds, and by the entries themselves.

    Args:
        snapshot: the workbook.
        register: where the entries go; the workbook has it.
        cells: of each column that the entries fill in, one for each entry; at least one column.
    """
    data = snapshot.tables[register.table]
    count = len(next(iter(cells.values())))
    ordinals = list(range(data.total_rows, data.total_rows + count))
    problems: list[CellProblem] = []
    values: dict[str, list[Any]] = {}
    for column in register.columns:
        values[column.attr] = [None] * count
        if column in cells:
            read, _ = read_column(column, cells[column], ordinals, problems, date_1904=False)
            values[column.attr] = list(read)
    fresh = Columns(replace(data, problems=problems, formulas=frozenset()), values, ordinals)
    for column in cells:
        if column.target:
            resolve_column(fresh, column, _words(snapshot, register, column, values))
    _settle_units(snapshot, fresh, cells)
    return _joined(snapshot, fresh, cells)


def _words(
    snapshot: Snapshot, register: type[Register], column: Column[Any], values: Mapping[str, Sequence[Any]]
) -> dict[str, str] | None:
    """What a column may name, folded, as it is spelt."""
    if column.target in snapshot.lists:
        return {fold(v): v for v in snapshot.lists[column.target]}
    target = BY_TABLE[column.target]
    if target.table not in snapshot.tables or target.key is None:
        return None
    words = {fold(row.id): row.id for row in reversed(snapshot.rows(target)) if row.id}
    if target is register:
        words |= {fold(v): v for v in values[target.key.attr] if v and fold(v) not in words}
    return words


def _settle_units(snapshot: Snapshot, fresh: Columns, cells: Mapping[Column[Any], Sequence[Cell]]) -> None:
    """Numbers whose unit another cell says, be it of the row that the entry refers to."""
    tables = {fresh.data.register.table: fresh}
    for column in cells:
        first = fresh.data.register.column(column.unit_in[0]) if column.unit_in else None
        if first is not None and first.target in snapshot.tables:
            target = BY_TABLE[first.target]
            rows = snapshot.rows(target)
            held = {c.attr: [getattr(row, c.attr) for row in rows] for c in target.columns}
            quiet = replace(snapshot.tables[target.table], problems=[])
            tables[target.table] = Columns(quiet, held, [row.ordinal for row in rows])
    settle(tables, "", date_1904=False)


def _joined(snapshot: Snapshot, fresh: Columns, cells: Mapping[Column[Any], Sequence[Cell]]) -> Snapshot:
    data, register = fresh.data, fresh.data.register
    spoilt: dict[int, set[str]] = {}
    for problem in data.problems:
        if not problem.usable:
            spoilt.setdefault(problem.ordinal, set()).add(problem.column.attr)
    make = register.row_type()
    columns = zip(*(fresh.values[c.attr] for c in register.columns), strict=True)
    rows = [
        make((data.header_row + 1 + n, n, frozenset(spoilt.get(n, ())), *row))
        for n, row in zip(fresh.ordinals, columns, strict=True)
    ]
    data.rows = [*snapshot.rows(register), *rows]
    data.total_rows += len(rows)
    data.positions = {**{c.attr: -1 for c in cells}, **data.positions}
    data.check = None
    quiet = {name: replace(d, problems=[], formulas=frozenset()) for name, d in snapshot.tables.items()}
    return replace(snapshot, tables={**quiet, register.table: data}, _index={})
