"""What takes the last press back, kept between presses: each is a process of its own, and a macro empties Excel's list.

One file for each workbook, in the person's own state folder: it holds what the press wrote and replaced, so nobody else
may read it. It goes when it is used, and with the first press a week later.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from workbook.cells import Cell, CellError
from workbook.changes import AddColumn, Change, ChangeSet, ReplaceTable, RowRef, SetCell

_WEEK = 7 * 24 * 3600.0
_LONGEST = 32 << 20


class LastPress:
    """What takes the last press on one workbook back.

    Args:
        folder: where such files are kept.
        book: what names the workbook, the same at each press.
    """

    def __init__(self, folder: Path, book: str) -> None:
        self._place = folder / f"{hashlib.blake2b(book.encode('utf-8', 'replace'), digest_size=12).hexdigest()}.json"

    def keep(self, inverse: ChangeSet) -> None:
        """Keeps changes; those of an earlier press go. Where nothing can be kept there is nothing to take back."""
        self.forget()
        text = json.dumps(_as_json(inverse), ensure_ascii=False)
        if len(text) > _LONGEST:
            return
        with suppress(OSError):
            self._place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            _sweep(self._place.parent)
            handle = os.open(self._place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8", errors="surrogatepass") as file:
                file.write(text)

    def read(self) -> ChangeSet | None:
        """The changes; None where there are none, or none that can be read."""
        with suppress(OSError, ValueError, KeyError, TypeError, IndexError):
            return _from_json(json.loads(self._place.read_text(encoding="utf-8", errors="surrogatepass")))
        return None

    def forget(self) -> None:
        """There is nothing to take back any more."""
        with suppress(OSError):
            self._place.unlink()


def _sweep(folder: Path) -> None:
    for place in folder.glob("*.json"):
        if time.time() - place.stat().st_mtime > _WEEK:
            place.unlink(missing_ok=True)


def _as_json(changes: ChangeSet) -> dict[str, Any]:
    return {
        "command": changes.command,
        "fingerprint": changes.fingerprint,
        "changes": [_change_as_json(c) for c in changes.changes],
    }


def _from_json(data: Mapping[str, Any]) -> ChangeSet:
    return ChangeSet(
        str(data["command"]), str(data["fingerprint"]), tuple(_change_from_json(c) for c in data["changes"])
    )


def _change_as_json(change: Change) -> dict[str, Any]:
    match change:
        case SetCell(row, column, expected, value):
            ref = [row.table, row.id, row.ordinal, row.digest]
            return {"row": ref, "column": column, "expected": _cell(expected), "value": _cell(value)}
        case ReplaceTable(table, headers, rows, links):
            leads = [[n, header, to] for (n, header), to in (links or {}).items()]
            return {"table": table, "headers": headers, "rows": [list(map(_cell, row)) for row in rows], "links": leads}
        case AddColumn(table, header):
            return {"table": table, "header": header}
        case _:
            raise TypeError(f"No inverse holds {type(change).__name__}.")


def _change_from_json(data: Mapping[str, Any]) -> Change:
    if "row" in data:
        table, row_id, ordinal, digest = data["row"]
        ref = RowRef(str(table), str(row_id), int(ordinal), str(digest))
        return SetCell(ref, str(data["column"]), _read(data["expected"]), _read(data["value"]))
    if "header" in data:
        return AddColumn(str(data["table"]), str(data["header"]))
    rows = tuple(tuple(map(_read, row)) for row in data["rows"])
    links = {(int(n), str(header)): str(to) for n, header, to in data["links"]}
    return ReplaceTable(str(data["table"]), tuple(map(str, data["headers"])), rows, links or None)


def _cell(cell: Cell) -> Any:
    if isinstance(cell, dt.datetime):
        return {"moment": cell.isoformat()}
    if isinstance(cell, dt.date):
        return {"day": cell.isoformat()}
    if isinstance(cell, CellError):
        return {"error": cell.code}
    return cell


def _read(data: Any) -> Cell:
    if isinstance(data, dict):
        kind, text = next(iter(data.items()))
        if kind == "moment":
            return dt.datetime.fromisoformat(text)
        return dt.date.fromisoformat(text) if kind == "day" else CellError(str(text))
    if data is None or isinstance(data, bool | int | float | str):
        return data
    raise TypeError("no cell holds this")
