"""A workbook on a day, column by column, as checks read it. Nothing is computed before a check asks for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from functools import cached_property
from operator import itemgetter
from typing import Any, TypeVar, cast

from workbook.model.cells import fold
from workbook.model.declare import Column, Register
from workbook.model.light_dataclasses import dataclass, field
from workbook.model.registers import BY_TABLE, REGISTERS, SETUP, People, Programme, Services, WorkforcePlan
from workbook.model.snapshot import Snapshot, TableData
from workbook.model.view import View

R = TypeVar("R", bound=Register)
K = TypeVar("K")


@dataclass
class Context:
    """What a check sees.

    Args:
        snapshot: the workbook.
        as_of: the day.
    """

    snapshot: Snapshot
    as_of: dt.date
    _values: dict[Column[Any], Sequence[Any]] = field(default_factory=dict, repr=False)
    _maps: dict[Column[Any], dict[str, Any]] = field(default_factory=dict, repr=False)
    _once: dict[Hashable, Any] = field(default_factory=dict, repr=False)

    @cached_property
    def view(self) -> View:
        """The workbook as rules read it on the day."""
        return View(self.snapshot, self.as_of)

    def tables(self) -> Iterator[TableData]:
        """The tables that people fill in, one entry a row, in the contract's order; those that are there."""
        for register in (*SETUP, *REGISTERS):
            data = self.snapshot.tables.get(register.table)
            if data is not None and register is not Programme:
                yield data

    def has(self, *columns: Column[Any]) -> bool:
        """Whether all these columns are there. What a missing column would say is one finding, not one a row."""
        for column in columns:
            data = self.snapshot.tables.get(column.table)
            if data is None or column.attr not in data.positions:
                return False
        return True

    def values(self, column: Column[Any]) -> Sequence[Any]:
        """The values of a column, one for each row of its table."""
        known = self._values.get(column)
        if known is None:
            rows: Sequence[Any] = self.snapshot.rows(BY_TABLE[column.table])
            at = BY_TABLE[column.table].row_type().positions[column.attr]
            known = self._values[column] = list(map(itemgetter(at), rows))
        return known

    def once(self, key: Hashable, make: Callable[[], K]) -> K:
        """What a function gives for this workbook, computed on first use: very many cells may ask for the same."""
        if key not in self._once:
            self._once[key] = make()
        return cast("K", self._once[key])

    def rows_with(self, column: Column[Any], wanted: Collection[Any]) -> Iterator[Any]:
        """The rows whose value of `column` is one of `wanted`."""
        if wanted:
            for row, value in zip(self.snapshot.rows(BY_TABLE[column.table]), self.values(column), strict=True):
                if value in wanted:
                    yield row

    def by_id(self, column: Column[Any]) -> dict[str, Any]:
        """The values of a column by the id of the row, as references spell it; the first row with an id counts."""
        known = self._maps.get(column)
        if known is None:
            key = BY_TABLE[column.table].key
            ids = self.values(key) if key is not None else ()
            pairs = zip(reversed(ids), reversed(self.values(column)), strict=False)
            known = self._maps[column] = {i: v for i, v in pairs if i}
        return known

    @cached_property
    def people(self) -> dict[str, str]:
        """The names in People and in the workforce plan, folded, as they are spelt there."""
        names = (*self.values(People.person), *self.values(WorkforcePlan.name))
        return {fold(name): name for name in reversed(names) if name}

    @cached_property
    def leaders(self) -> dict[str, str]:
        """The names of the services' managers and leaders, folded, as they are spelt there."""
        names = (*self.values(Services.registered_manager), *self.values(Services.team_leader))
        return {fold(name): name for name in reversed(names) if name}

    @cached_property
    def champion_names(self) -> dict[str, str]:
        """The name of each champion, folded, by Champion ID."""
        return {i: fold(name) for i, name in self.by_id(WorkforcePlan.name).items() if name}
