"""Entries typed outside a table: just right of it, or beneath blank rows under it. Nothing reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workbook.model.cell_address import letters
from workbook.model.cells import Cell, blank, fold, reader_for, split_values, text_of
from workbook.model.declare import Column, Kind, gives_ids
from workbook.model.findings import Finding, Severity
from workbook.model.light_dataclasses import replace
from workbook.model.registers import BY_TABLE, LISTS_BY_TABLE
from workbook.model.snapshot import Snapshot, TableData
from workbook.rules.checks.context import Context
from workbook.rules.checks.declare import Check, Rule

BENEATH_GAP = Check(
    code="entries-beneath-gap",
    severity=Severity.WARNING,
    title="Entries beneath a gap",
    rule="Rows beneath a table look like entries, but blank rows or its totals stand between; nothing reads them.",
    message="{count} beneath the table {table} (sheet {sheet}), from row {first} on, but blank rows or totals stand "
    "between. Not read.",
    fix="Cut them, and paste them as rows of the table, directly beneath its last entry: no entry is lost.",
)
BESIDE = Check(
    code="entries-beside-table",
    severity=Severity.WARNING,
    title="Entries beside the table",
    rule="Cells just right of a table look like entries of its rows, or like whole entries; nothing reads them.",
    message="{count} just right of the table {table} (sheet {sheet}), from cell {first} on. Not read, and they don't "
    "move with the table's rows.",
    fix="Cut them and paste them into the column where they belong. If it is a column of your own, drag the corner of "
    "the table to the right over it and give it a header: no entry is lost.",
)
CHECKS = (BENEATH_GAP, BESIDE)
#: The same where whole entries stand there.
_WHOLE = replace(BESIDE, fix=BENEATH_GAP.fix)
_FREE = frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.PERSON})
_FEWEST, _FEWEST_NARROW = 3, 2
#: What a person writes over a key or a sum, not over entries.
_NO_ENTRIES = frozenset({"key", "legend", "note", "notes", "total", "totals", "sum", "count", "average"})
_BOTH = frozenset({"yes", "no", "y", "n", "true", "false", "x", "✓", "✔"})


def outside(context: Context) -> Iterator[Finding]:
    """Entries right of the tables that people fill in by rows, and beneath them."""
    for table in context.tables():
        if table.register.checked and (table.beside or table.beneath):
            entry = _Entry(context.snapshot, table)
            yield from _beneath(table, entry)
            yield from _beside(table, entry)


def _beneath(table: TableData, entry: _Entry) -> Iterator[Finding]:
    found = [row for row, cells in table.beneath.items() if entry.fits(cells)]
    if found:
        words = "1 row looks like an entry" if len(found) == 1 else f"{len(found)} rows look like entries"
        name = table.register.table
        yield BENEATH_GAP.finding(name, row=found[0], count=words, sheet=table.sheet, first=str(found[0]))


def _beside(table: TableData, entry: _Entry) -> Iterator[Finding]:
    rows = {row: cells for row, cells in table.beside.items() if row > table.header_row}
    column = letters(table.first_column + len(table.headers))
    whole = [row for row, cells in rows.items() if entry.fits(cells) or entry.fits((None, *cells))]
    check, found, one, more = _WHOLE, whole, "1 whole entry stands", "whole entries stand"
    if not whole:
        entries = {row.sheet_row for row in table.rows}
        values = {row: cells[0] for row, cells in rows.items() if row in entries and not _empty(cells[0])}
        header = table.beside.get(table.header_row, (None,))[0]
        found = list(values) if entry.continued(text_of(header) or "", list(values.values())) else []
        check, one, more = BESIDE, "1 value stands", "values stand"
    if found:
        words = one if len(found) == 1 else f"{len(found)} {more}"
        place = f"{column}{found[0]}"
        name = table.register.table
        yield check.finding(name, row=found[0], count=words, sheet=table.sheet, first=place)


class _Entry:
    """What an entry of a table looks like.

    Args:
        snapshot: the workbook, whose lists and ids say what is known.
        table: the table.
    """

    def __init__(self, snapshot: Snapshot, table: TableData) -> None:
        self._snapshot, self._table = snapshot, table
        declared = {c.attr: c for c in table.register.columns}
        self._columns = [(declared[attr], n) for attr, n in table.positions.items()]
        telling = sum(column.required and column.kind not in _FREE for column, _ in self._columns)
        self._fewest = max(_FEWEST_NARROW, min(_FEWEST, telling))

    def fits(self, cells: Sequence[Cell]) -> bool:
        """Whether cells, from the table's first column on, look like an entry: enough of them fit their columns."""
        said = [self._fit(column, cells[n]) for column, n in self._columns if n < len(cells)]
        right, wrong = said.count(True), said.count(False)
        return right >= self._fewest and right > wrong

    def _fit(self, column: Column[object], cell: Cell) -> bool | None:
        """Whether a cell says what its column asks for; None where it is blank or any text would do."""
        if _empty(cell) or (column.kind in _FREE and not column.target):
            return None
        if column.target:
            parts = split_values(text_of(cell)) if column.separated else (text_of(cell) or "",)
            return any(self._known(column.target, part) for part in parts)
        if column.kind is Kind.ID:
            return re.fullmatch(column.pattern, text_of(cell) or "") is not None if gives_ids(column) else None
        return reader_for(column, date_1904=self._snapshot.date_1904)(cell).value is not None

    def _known(self, target: str, word: str) -> bool:
        if target in LISTS_BY_TABLE:
            return fold(word) in {fold(value) for value in self._snapshot.lists[target]}
        return target in BY_TABLE and self._snapshot.find(BY_TABLE[target], word) is not None

    def continued(self, header: str, cells: Sequence[Cell]) -> bool:
        """Whether the column beside a table goes on with its rows, and is no note, key or sum.

        Args:
            header: what stands beside the table's headers.
            cells: what stands beside its entries.
        """
        if fold(header) in _NO_ENTRIES:
            return False
        if fold(header) in {fold(c.header) for c in self._table.missing}:
            return bool(cells)
        values = [cell for cell in cells if fold(text_of(cell) or "") not in _NO_ENTRIES]
        if len(values) < 2:
            return False
        words = [fold(cell) for cell in values if isinstance(cell, str)]
        again = len(set(words)) < len(words) or (bool(words) and _BOTH.issuperset(words))
        many = 2 * len(values) >= len(self._table.rows) and (bool(header) or len(values) > _FEWEST)
        return 2 * len(words) < len(values) or (len(words) == len(values) and again) or many


def _empty(cell: Cell) -> bool:
    return blank(cell) or cell is False


RULES: tuple[Rule, ...] = (outside,)
