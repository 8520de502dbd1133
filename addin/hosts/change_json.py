"""Changes as JSON, so that a later process can take a run back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any, assert_never

from workbook.model.cells import Cell, CellError
from workbook.model.changes import (
    AddColumn,
    AddSheet,
    AddTable,
    AppendRows,
    Change,
    RemoveColumn,
    RemoveRows,
    RemoveSheet,
    RemoveTable,
    RenameSheet,
    ReplaceTable,
    RowRef,
    SetCell,
    ShowSheets,
)

#: What reading raises of a text that is no record.
NO_RECORD = (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError, OverflowError)


def change_as_json(change: Change) -> dict[str, Any]:
    """A change of an inverse change set as what JSON holds.

    >>> change_as_json(AddColumn("Actions", "Check"))
    {'kind': 'add column', 'table': 'Actions', 'header': 'Check'}

    Args:
        change: of any kind.

    Returns:
        What `change_from_json` takes.
    """
    match change:
        case SetCell(row, column, expected, value):
            cells = {"expected": _cell_as_json(expected), "value": _cell_as_json(value)}
            return {"row": ref_as_json(row), "column": column, **cells}
        case ReplaceTable(table, headers, rows, links):
            leads = [[n, header, goal] for (n, header), goal in (links or {}).items()]
            body = [list(map(_cell_as_json, row)) for row in rows]
            return {"table": table, "headers": list(headers), "rows": body, "links": leads}
        case AddTable(table, sheet, headers, rows):
            body = [list(map(_cell_as_json, row)) for row in rows]
            return {"kind": "add table", "table": table, "sheet": sheet, "headers": list(headers), "rows": body}
        case RemoveTable(table, sheet, headers, made_with):
            words = {"table": table, "sheet": sheet, "headers": list(headers), "made with": made_with}
            return {"kind": "remove table", **words}
        case AddColumn(table, header) | RemoveColumn(table, header):
            kind = "add column" if isinstance(change, AddColumn) else "remove column"
            return {"kind": kind, "table": table, "header": header}
        case AppendRows(table, new):
            filled = [{h: _cell_as_json(v) for h, v in row.items()} for row in new]
            return {"kind": "append rows", "table": table, "rows": filled}
        case RemoveRows(table, count):
            return {"kind": "remove rows", "table": table, "rows": count}
        case AddSheet() | RemoveSheet():
            return _of_sheet(change)
        case ShowSheets() | RenameSheet():
            return _of_tabs(change)
        case _:
            assert_never(change)


def _of_tabs(change: ShowSheets | RenameSheet) -> dict[str, Any]:
    if isinstance(change, RenameSheet):
        return {"kind": "rename sheet", "sheet": change.sheet, "name": change.name}
    return {"kind": "show sheets", "sheets": list(change.sheets), "hide": change.hide}


def _of_sheet(change: AddSheet | RemoveSheet) -> dict[str, Any]:
    if isinstance(change, AddSheet):
        return {"kind": "add sheet", "sheet": change.sheet, "shown": change.shown}
    return {"kind": "remove sheet", "sheet": change.sheet, "made with": change.made_with}


def change_from_json(data: Mapping[str, Any]) -> Change:
    """The change that `change_as_json` was given.

    >>> change_from_json({"kind": "add column", "table": "Actions", "header": "Check"})
    AddColumn(table='Actions', header='Check')

    Args:
        data: as `change_as_json` gave it.

    Raises:
        KeyError, TypeError, ValueError, IndexError, AttributeError: this is none.
    """
    return _READERS[data.get("kind", "replace table" if "table" in data else "set cell")](data)


def _set_cell(data: Mapping[str, Any]) -> Change:
    cells = (_cell_from_json(data["expected"]), _cell_from_json(data["value"]))
    return SetCell(ref_from_json(data["row"]), str(data["column"]), *cells)


def _replace_table(data: Mapping[str, Any]) -> Change:
    links = {(int(n), str(header)): str(goal) for n, header, goal in data.get("links", ())}
    return ReplaceTable(str(data["table"]), _texts(data["headers"]), _body(data.get("rows", ())), links or None)


def _texts(data: Sequence[Any]) -> tuple[str, ...]:
    return tuple(map(str, data))


def _body(data: Sequence[Any]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(tuple(map(_cell_from_json, row)) for row in data)


def _append_rows(data: Mapping[str, Any]) -> Change:
    rows = tuple({str(h): _cell_from_json(v) for h, v in row.items()} for row in data["rows"])
    return AppendRows(str(data["table"]), rows)


def _add_table(data: Mapping[str, Any]) -> Change:
    return AddTable(str(data["table"]), str(data["sheet"]), _texts(data["headers"]), _body(data["rows"]))


def _remove_table(data: Mapping[str, Any]) -> Change:
    return RemoveTable(str(data["table"]), str(data["sheet"]), _texts(data["headers"]), str(data["made with"]))


_READERS: Mapping[str, Callable[[Mapping[str, Any]], Change]] = {
    "set cell": _set_cell,
    "replace table": _replace_table,
    "append rows": _append_rows,
    "remove rows": lambda data: RemoveRows(str(data["table"]), int(data["rows"])),
    "add column": lambda data: AddColumn(str(data["table"]), str(data["header"])),
    "remove column": lambda data: RemoveColumn(str(data["table"]), str(data["header"])),
    "add table": _add_table,
    "remove table": _remove_table,
    "add sheet": lambda data: AddSheet(str(data["sheet"]), bool(data["shown"])),
    "remove sheet": lambda data: RemoveSheet(str(data["sheet"]), str(data["made with"])),
    "show sheets": lambda data: ShowSheets(_texts(data["sheets"]), bool(data["hide"])),
    "rename sheet": lambda data: RenameSheet(str(data["sheet"]), str(data["name"])),
}


def ref_as_json(ref: RowRef) -> list[Any]:
    """Where a row is, as what JSON holds.

    >>> ref_as_json(RowRef("Actions", "AC-0001", 0))
    ['Actions', 'AC-0001', 0, '']

    Args:
        ref: the row.
    """
    return [ref.table, ref.id, ref.ordinal, ref.digest]


def ref_from_json(data: Sequence[Any]) -> RowRef:
    """Where a row is, as `ref_as_json` was given it.

    Args:
        data: as `ref_as_json` gave it.

    Raises:
        TypeError, ValueError, IndexError, KeyError: this is none.
    """
    return RowRef(str(data[0]), str(data[1]), int(data[2]), str(data[3]))


def _cell_as_json(cell: Cell) -> Any:
    if isinstance(cell, dt.datetime):
        return {"moment": cell.isoformat()}
    if isinstance(cell, dt.date):
        return {"day": cell.isoformat()}
    if isinstance(cell, CellError):
        return {"error": cell.code}
    return cell


def _cell_from_json(data: Any) -> Cell:
    if isinstance(data, dict):
        kind, text = next(iter(data.items()))
        if kind == "moment":
            return dt.datetime.fromisoformat(text)
        return dt.date.fromisoformat(text) if kind == "day" else CellError(str(text))
    if data is None or isinstance(data, bool | int | float | str):
        return data
    raise TypeError("no cell holds this")
