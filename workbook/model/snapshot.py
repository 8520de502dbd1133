"""The workbook as understood at one moment: typed rows, settings, thresholds, lists, and what could not be read.

Everything the program computes is a pure function of a `Snapshot` and a day. The fingerprint covers the fields that
people fill in, not the `Check` columns or the computed tables, or our own writing would make itself stale.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeVar, cast

from workbook.model.cells import Cell, fold
from workbook.model.declare import Area, Column, Register
from workbook.model.light_dataclasses import dataclass, field
from workbook.model.raw import Elsewhere
from workbook.model.registers import BY_TABLE, Programme

R = TypeVar("R", bound=Register)
#: The workbook's properties that hold its own id, and the version of its layout.
ID_PROPERTY = "Champions workbook id"
LAYOUT_PROPERTY = "Champions layout version"


class CellProblem(NamedTuple):
    """A cell that could not be read, or was read with a remark (`usable`)."""

    ordinal: int
    column: Column[Any]
    cell: Cell
    code: str
    usable: bool
    detail: str


class Respelt(NamedTuple):
    """A cell that is read as a known word, though it is written in another way: case, unseen characters, spaces."""

    ordinal: int
    column: Column[Any]
    cell: str


@dataclass(slots=True)
class TableData:
    """One table, read. Row `ordinal` n stands on worksheet row `header_row + 1 + n`.

    Attributes:
        rows: the entries; rows that are blank throughout are none.
        positions: the index in `headers` of each declared column that is there, by attribute.
        missing: declared columns whose header is not there.
        unknown: headers that are not declared (people's own columns).
        doubled: declared headers that stand twice; the first serves.
        respelt: the cells that are read as a known word and written otherwise.
        spare_ids: the ids of rows that hold nothing else; such rows are no entries.
        beside, beneath: see `workbook.model.raw.RawTable`.
        check: what stands in the `Check` column, by ordinal; None where the table has no such column.
    """

    register: type[Register]
    sheet: str
    header_row: int
    first_column: int
    headers: tuple[str, ...]
    rows: Sequence[Any]
    body_rows: int
    total_rows: int
    named: bool
    positions: Mapping[str, int]
    missing: tuple[Column[Any], ...]
    unknown: tuple[str, ...]
    doubled: tuple[str, ...]
    problems: list[CellProblem]
    formulas: frozenset[tuple[int, int]]
    fingerprint: str
    check: Mapping[int, str] | None = None
    spare_ids: tuple[str, ...] = ()
    respelt: list[Respelt] = field(default_factory=list)
    beside: Mapping[int, tuple[Cell, ...]] = field(default_factory=dict)
    beneath: Mapping[int, tuple[Cell, ...]] = field(default_factory=dict)

    def column_at(self, header: str) -> int | None:
        """The index in `headers` of a column, though the workbook may use another spelling that the contract allows."""
        wanted = fold(header)
        exact = next((n for n, h in enumerate(self.headers) if fold(h) == wanted), None)
        if exact is not None:
            return exact
        return next((self.positions.get(c.attr) for c in self.register.columns if fold(c.header) == wanted), None)


class Threshold(NamedTuple):
    """A parameter of a trigger: the value in force and the default."""

    value: float
    default: float

    @property
    def changed(self) -> bool:
        """Whether a person set another value than the default."""
        return self.value != self.default


@dataclass(slots=True)
class Snapshot:
    """A workbook at one moment.

    Attributes:
        name: the workbook's file name.
        fingerprint: of all that people fill in, as 32 hexadecimal digits.
        tables: the tables found, by the contract's name. Lists are in `lists` alone.
        missing: the contract's tables that are not there, in the contract's order.
        lists: the values of each list, defaults where its table is missing or empty.
        list_tables: where each list that was found stands.
        programme: the settings, as one row of `Programme`.
        setting_rows: the worksheet row of each setting found, by its label.
        thresholds: by (trigger, parameter), both as declared.
        properties: the workbook's custom properties.
        hidden: the worksheets whose tabs are hidden.
        elsewhere: tables that look like ours under another name; nothing reads them.
        sheets: the names of all worksheets.
    """

    name: str
    fingerprint: str
    tables: Mapping[str, TableData]
    missing: tuple[str, ...]
    lists: Mapping[str, tuple[str, ...]]
    list_tables: Mapping[str, TableData]
    programme: Programme
    setting_rows: Mapping[str, int]
    thresholds: Mapping[tuple[str, str], Threshold]
    properties: Mapping[str, str]
    date_1904: bool = False
    hidden: frozenset[str] = frozenset()
    elsewhere: tuple[Elsewhere, ...] = ()
    sheets: frozenset[str] = frozenset()
    _index: dict[str, dict[str, Any]] = field(default_factory=dict)

    def rows(self, register: type[R]) -> Sequence[R]:
        """All entries of a register in worksheet order, whatever their date; none where the table is missing."""
        data = self.tables.get(register.table)
        return cast("Sequence[R]", data.rows) if data is not None else ()

    def sheet_of(self, table: str) -> str:
        """A table as people know it: its sheet; on the sheets Setup and Lists, which hold several, its name."""
        register, data = BY_TABLE.get(table), self.tables.get(table)
        if register is None or register.area is Area.SETUP:
            return table
        return register.sheet if data is None else data.sheet

    def find(self, register: type[R], row_id: str | None) -> R | None:
        """The first entry with this id, case and spaces folded."""
        if not row_id:
            return None
        index = self._index.get(register.table)
        if index is None:
            index = {}
            for row in self.rows(register):
                if row.id:
                    index.setdefault(fold(row.id), row)
            self._index[register.table] = index
        return cast("R | None", index.get(fold(row_id)))


def is_newer(snapshot: Snapshot, version: str) -> bool:
    """Whether a workbook is of a later layout than a program knows.

    Args:
        snapshot: the workbook.
        version: the layout that the program knows.
    """
    said = snapshot.properties.get(LAYOUT_PROPERTY, "").strip()
    return said.isascii() and said.isdecimal() and int(said[:9]) > int(version)


def own_id(snapshot: Snapshot, who: str, when: dt.datetime) -> str:
    """The workbook's own id; where it has none, the one that a run of this person at this moment gives it.

    No other workbook gets that: it is of the moment and of what the workbook holds. What a run makes before it writes
    can so name the workbook that it came from.
    """
    text = f"{when.isoformat()} {who} {snapshot.name} {snapshot.fingerprint}"
    given = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()
    return snapshot.properties.get(ID_PROPERTY) or given
