"""Formulas of an open workbook that cover a table's column from end to end follow it when it ends at another row.

Excel lets many of them follow by itself; those that it has changed cover something else by now and are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from addin.live import native
from addin.lossless.shifts import Growth

if TYPE_CHECKING:
    import xlwings


def following(book: xlwings.Book, growths: Sequence[Growth]) -> Iterator[tuple[xlwings.Range, str]]:
    """The cells whose formulas follow, with their new formulas; on protected sheets none does.

    Args:
        book: the workbook, its tables resized.
        growths: what became of them, in order.
    """
    for sheet in book.sheets if growths else ():
        if native.is_protected(sheet):
            continue
        for cell, text in formulas_of(sheet):
            if _followed(text, growths, sheet.name) == text:
                continue  # the cell's place, which takes a while to be told, is not needed
            new = _followed(text, growths, sheet.name, (cell.row, cell.column))
            if new != text:
                yield cell, new


def _followed(text: str, growths: Sequence[Growth], sheet: str, at: tuple[int, int] | None = None) -> str:
    for growth in growths:
        text = growth.formula(text, sheet, at)
    return text


def formulas_of(sheet: xlwings.Sheet) -> Iterator[tuple[xlwings.Range, str]]:
    """The cells of a sheet that hold formulas, with these."""
    areas: Any = sheet.used_range.get_special_cells("formulas")
    for area in areas:
        texts = area.formula
        lines = texts if isinstance(texts, tuple | list) else ((texts,),)
        flat = [text for line in lines for text in (line if isinstance(line, tuple | list) else (line,))]
        yield from ((cell, str(text)) for cell, text in zip(area, flat, strict=True))
