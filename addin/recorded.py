"""Changes as JSON, so that a later process can take a run back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from workbook.cells import Cell, CellError
from workbook.changes import Change, ReplaceTable, RowRef, SetCell


def change_as_json(change: Change) -> dict[str, Any]:
    """A change of an inverse change set as what JSON holds.

    Raises:
        TypeError: no inverse holds changes of this kind.
    """
    match change:
        case SetCell(row, column, expected, value):
            cells = {"expected": _cell_as_json(expected), "value": _cell_as_json(value)}
            return {"row": ref_as_json(row), "column": column, **cells}
        case ReplaceTable(table, headers, rows, links):
            leads = [[n, header, goal] for (n, header), goal in (links or {}).items()]
            body = [list(map(_cell_as_json, row)) for row in rows]
            return {"table": table, "headers": list(headers), "rows": body, "links": leads}
        case _:
            raise TypeError(f"No inverse holds {type(change).__name__}.")


def change_from_json(data: Mapping[str, Any]) -> Change:
    """The change that `change_as_json` was given.

    Raises:
        KeyError, TypeError, ValueError, IndexError: this is none.
    """
    if "table" not in data:
        cells = (_cell_from_json(data["expected"]), _cell_from_json(data["value"]))
        return SetCell(ref_from_json(data["row"]), str(data["column"]), *cells)
    rows = tuple(tuple(map(_cell_from_json, row)) for row in data.get("rows", ()))
    links = {(int(n), str(header)): str(goal) for n, header, goal in data.get("links", ())}
    return ReplaceTable(str(data["table"]), tuple(map(str, data["headers"])), rows, links or None)


def ref_as_json(ref: RowRef) -> list[Any]:
    """Where a row is, as what JSON holds."""
    return [ref.table, ref.id, ref.ordinal, ref.digest]


def ref_from_json(data: Sequence[Any]) -> RowRef:
    """Where a row is, as `ref_as_json` was given it."""
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
