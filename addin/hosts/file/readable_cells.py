"""Cells that calamine can't take, written so that it can: one of them must not keep a whole workbook from being read.

Other programs write error codes that are newer than the seven of old, numbers with a decimal comma or with blanks
around, yes-or-no cells that hold a 2, the number of a text that isn't there, types that nobody knows. Such a cell comes
as its text, or as an error, so that it is a finding at that cell, and nothing where it stands outside our tables.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from addin.hosts.file.scan import CellSeen, Place, column_number, walk
from addin.lossless.opc import UNKNOWN_ERROR, answer_in, index_in, number_in
from workbook.model.late_patterns import late

#: The last day that Excel knows, as a number.
_LAST_DAY = 2_958_465
_HEAD, _TAIL = b"<worksheet><sheetData>", b"</sheetData></worksheet>"
#: Rows and cells as Excel writes them, with nothing in them that must be taken apart.
_USUAL = late(
    rb'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="([0-9]+)")?(?: t="([A-Za-z]+)")?(?:/>|><v>([ !-%\'-;=?-~]*)</v></c>)'
    rb'|(<row r="[0-9]{1,7}"(?: spans="[0-9: ]*")?(?: s="[0-9]+")?(?: customFormat="1")?(?: ht="[0-9.]+")?'
    rb'(?: customHeight="1")?(?: x14ac:dyDescent="[0-9.]+")?>)|(</row>)'
)


def mended(data: bytes, texts: int) -> tuple[bytes, dict[Place, str]]:
    """A sheet, or some of its rows, as calamine takes it, and the cells that are errors.

    Args:
        data: the sheet, well-formed.
        texts: how many texts the workbook's cells share.
    """
    from addin.lossless.opc import letters

    errors: dict[Place, str] = {}
    made: list[str] = ["<worksheet><sheetData>"]
    row = 0
    judged: dict[tuple[str | None, str, str | None, str | None], tuple[str, str]] = {}

    def seen(cell: CellSeen) -> None:
        nonlocal row
        alike = cell[2:6]
        if (judgement := judged.get(alike)) is None:
            error = _error(cell, texts)
            judgement = judged[alike] = error, "" if error else _written(cell)
        error, written = judgement
        if error:
            errors[cell.row, cell.column] = error
            return
        if not written:
            return
        if cell.row != row:
            made.append(f'{"</row>" if row else ""}<row r="{cell.row}">')
            row = cell.row
        made.append(f'<c r="{letters(cell.column)}{cell.row}"{written}</c>')

    if not walk_usual(data, seen):
        walk(data, seen)
    made.append(f"{'</row>' if row else ''}</sheetData></worksheet>")
    return "".join(made).encode("utf-8", "replace"), errors


def walk_usual(data: bytes, seen: Callable[[CellSeen], None]) -> bool:
    """What `walk` does, many times faster, where rows and cells are written as Excel writes them.

    Args:
        data: rows, as they are handed to calamine.
        seen: told of each cell; of none where this gives up.

    Returns:
        Whether it could; otherwise `walk` must.
    """
    if not data.startswith(_HEAD) or not data.endswith(_TAIL):
        return False
    cells: list[CellSeen] = []
    at, end, within = len(_HEAD), len(data) - len(_TAIL), False
    for found in _USUAL.finditer(data, at, end):
        column, row, style, kind, value, begun, ended = found.groups()
        if found.start() != at or within is bool(begun):
            return False
        at = found.end()
        if column is None:
            within = not ended
            continue
        texts = [None if part is None else part.decode("ascii") for part in (kind, value)]
        place = int(row), column_number(column.decode("ascii"))
        cells.append(
            CellSeen(*place, texts[0], (style or b"").decode("ascii"), texts[1], None, None, has_formula=False)
        )
    if at != end or within:
        return False
    for cell in cells:
        seen(cell)
    return True


def _error(cell: CellSeen, texts: int) -> str:
    """The error that a cell comes as; '' where it is none."""
    value = (cell.value or "").strip()
    if cell.kind == "e":
        return value or UNKNOWN_ERROR
    if cell.kind == "s" and value:
        index = index_in(value)
        return UNKNOWN_ERROR if index is None or index >= texts else ""
    return ""


def _written(cell: CellSeen) -> str:
    """A cell from its type on to its end; '' where it holds nothing."""
    if cell.kind == "inlineStr" or (cell.value is None and cell.text is not None):
        return _text(cell.text or "")
    value = cell.value or ""
    if not value:
        return ' t="str"><v></v>' if cell.kind == "str" and cell.value is not None else ""
    if cell.kind == "s":
        return f' t="s"><v>{index_in(value)}</v>'
    if cell.kind == "b":
        answer = answer_in(value)
        return _text(value) if answer is None else f' t="b"><v>{int(answer)}</v>'
    if cell.kind == "d":
        return f' t="d"><v>{value}</v>' if _is_moment(value) else _text(value)
    number = number_in(value, cell.kind)
    if number is None:
        return _text(value)
    style = f' s="{cell.style}"' if cell.style.isdecimal() and 0 <= number <= _LAST_DAY else ""
    return f"{style}><v>{value.strip()}</v>"


def _text(text: str) -> str:
    from html import escape

    return f' t="inlineStr"><is><t xml:space="preserve">{escape(text, quote=False)}</t></is>' if text else ""


def _is_moment(text: str) -> bool:
    try:
        dt.datetime.fromisoformat(text)
    except ValueError:
        return False
    return "&" not in text
