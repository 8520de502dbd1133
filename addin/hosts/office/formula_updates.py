"""Formulas of an open workbook that cover a table's column from end to end follow it when it ends at another row.

Excel lets many of them follow by itself; those that it has changed cover something else by now and are left alone.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from addin.hosts.office import native
from addin.lossless.formula import Growth, Shift

if TYPE_CHECKING:
    import xlwings


def following(
    book: xlwings.Book, growths: Sequence[Growth], shifts: Sequence[Shift] = (), *, opened: Container[str] = ()
) -> Iterator[tuple[xlwings.Range, str]]:
    """The cells whose formulas follow, with their new formulas; on protected sheets none does.

    Args:
        book: the workbook.
        growths: what became of its tables, in order.
        shifts: what is still to move before the formulas are written, in order; the cells are those where the
            formulas stand then.
        opened: sheets whose protection does not count.
    """
    for sheet in book.sheets if growths else ():
        if sheet.name not in opened and native.is_protected(sheet):
            continue
        for cell, text in formulas_of(sheet):
            if _followed(text, growths, sheet.name) == text:
                continue  # the cell's place, which takes a while to be told, is not needed
            row, column = cell.row, cell.column
            moved = text
            for shift in shifts:
                moved = shift.formula(moved, sheet.name)
            new = _followed(moved, growths, sheet.name, (row, column))
            if new != moved:
                yield _moved(sheet, cell, shifts), new


def _moved(sheet: xlwings.Sheet, cell: xlwings.Range, shifts: Sequence[Shift]) -> xlwings.Range:
    """The cell where a cell stands after all has moved."""
    before = place = cell.row, cell.column
    for shift in shifts:
        if shift.sheet.casefold() == sheet.name.casefold():
            place = shift.spot(*place)
    return cell if place == before else sheet.range(place)


def _followed(text: str, growths: Sequence[Growth], sheet: str, at: tuple[int, int] | None = None) -> str:
    for growth in growths:
        text = growth.formula(text, sheet, at)
    return text


def formulas_of(sheet: xlwings.Sheet) -> Iterator[tuple[xlwings.Range, str]]:
    """The cells of a sheet that hold formulas, with these.

    Args:
        sheet: of an open workbook.
    """
    areas: Any = sheet.used_range.get_special_cells("formulas")
    for area in areas:
        texts = area.formula
        lines = texts if isinstance(texts, tuple | list) else ((texts,),)
        flat = [text for line in lines for text in (line if isinstance(line, tuple | list) else (line,))]
        yield from ((cell, str(text)) for cell, text in zip(area, flat, strict=True))
