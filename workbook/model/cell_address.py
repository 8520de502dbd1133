"""Where an entry stands, as Excel names a cell: `'Support log'!A38`, the goal of a link."""

from __future__ import annotations

from collections.abc import Mapping

from workbook.model.late_patterns import late
from workbook.model.registers import BY_TABLE
from workbook.model.snapshot import Snapshot, TableData

#: How a row without an id is named: by its worksheet row.
_BY_ROW = late(r"row (\d+)\Z")


def letters(column: int) -> str:
    """The letters of a worksheet's column, counted from 1."""
    found = ""
    while column:
        column, digit = divmod(column - 1, 26)
        found = chr(ord("A") + digit) + found
    return found


def quoted(sheet: str) -> str:
    """A sheet's name as it stands before a cell's."""
    return "'" + sheet.replace("'", "''") + "'"


def column_place(snapshot: Snapshot, table: str, header: str = "") -> str | None:
    """A column of the worksheet, `'Sheet'!B`; the table's first where it has no such header; None without the table."""
    data = _data(snapshot, table)
    if data is None:
        return None
    at = (data.column_at(header) or 0) if header else 0
    return f"{quoted(data.sheet)}!{letters(data.first_column + at)}"


def entry_place(snapshot: Snapshot, table: str, row_id: str, to_come: Mapping[str, int] | None = None) -> str | None:
    """The first cell of an entry; of the table's first row where the entry is not known; None without the table.

    Args:
        snapshot: the workbook.
        table: the table's name in the contract.
        row_id: the entry's id, or `row 12` for a worksheet row.
        to_come: where entries will stand that are about to be written, by id, counted from 0 below the header.
    """
    column, data = column_place(snapshot, table), _data(snapshot, table)
    if column is None or data is None:
        return None
    return f"{column}{_row(snapshot, data, table, row_id, to_come or {})}"


def free_place(snapshot: Snapshot, table: str) -> str | None:
    """The first cell of the first free row of a table; None without the table."""
    column, data = column_place(snapshot, table), snapshot.tables.get(table)
    if column is None or data is None:
        return None
    return f"{column}{max((row.sheet_row for row in data.rows), default=data.header_row) + 1}"


def _row(snapshot: Snapshot, data: TableData, table: str, row_id: str, to_come: Mapping[str, int]) -> int:
    by_row = _BY_ROW.match(row_id)
    if by_row:
        return int(by_row[1])
    if row_id in to_come:
        return data.header_row + 1 + to_come[row_id]
    row = snapshot.find(BY_TABLE[table], row_id) if table in BY_TABLE else None
    return int(row.sheet_row) if row is not None else data.header_row + 1


def _data(snapshot: Snapshot, table: str) -> TableData | None:
    return snapshot.tables.get(table) or snapshot.list_tables.get(table)
