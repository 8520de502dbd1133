"""What people use in an open workbook, so that nothing is taken away under their hands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from addin.hosts.apply.surface import Region
from workbook.model.cells import fold
from workbook.model.changes import sheet_digest

if TYPE_CHECKING:
    import xlwings


def formula_with(book: xlwings.Book, word: str, *, but: str = "") -> str:
    """Where a formula or a name holds a word, in words; '' where none does.

    Args:
        book: the workbook.
        word: in whatever case.
        but: a sheet whose formulas are left out; "" for none.
    """
    wanted = word.casefold()
    for sheet in book.sheets:
        if sheet.name != but:
            for row, column, text in texts_of(sheet):
                if text.startswith("=") and wanted in text.casefold():
                    place = sheet.range((row, column)).get_address(False, False)
                    return f"the formula in {place} on the sheet “{sheet.name}”"
    found = (name.name for name in book.names if wanted in str(name.refers_to).casefold())
    return next((f"the name “{name}”" for name in found), "")


def why_sheet_stays(sheet: xlwings.Sheet, region: Region, made_with: str) -> str:
    """Why a sheet that was made for a table can't go; '' where it can.

    Args:
        sheet: of an open workbook.
        region: the table that it was made for.
        made_with: the digest of what it held beside the table then.
    """
    beside = [(row, column, text) for row, column, text in texts_of(sheet) if not _within(region, row, column)]
    if sheet_digest(beside) != made_with:
        return "something was put there since"
    if not any(other.visible for other in sheet.book.sheets if fold(other.name) != fold(sheet.name)):
        return "it is the only sheet that is to be seen"
    used = formula_with(sheet.book, sheet.name, but=sheet.name) or formula_with(sheet.book, f"{region.name}[")
    return f"it is used by {used}" if used else ""


def _within(region: Region, row: int, column: int) -> bool:
    columns = range(region.first_column, region.first_column + region.columns)
    return row >= region.header_row and column in columns


def texts_of(sheet: xlwings.Sheet, first: int = 1) -> Iterator[tuple[int, int, str]]:
    """Row, column and text of the cells from a row on that hold something; of formulas theirs.

    Args:
        sheet: of an open workbook.
        first: the first row, counted from 1.
    """
    used = sheet.used_range
    top, end = max(first, used.row), used.last_cell
    if top <= end.row:
        cells = sheet.range((top, used.column), (end.row, end.column))
        for row, line in enumerate(as_rows(cells.formula, cells.shape), start=top):
            yield from ((row, column, str(text)) for column, text in enumerate(line, start=used.column) if text)


def places_of(cells: xlwings.Range, kind: Any, value: Any = None) -> Iterator[tuple[int, int]]:
    """Row and column within a block, from 0, of its cells of a kind, as `Range.get_special_cells` names kinds.

    Args:
        cells: the block.
        kind: such as `formulas` or `constants`.
        value: such as `errors`; None for any.
    """
    areas: Any = cells.get_special_cells(kind, value)
    height, width = cells.shape
    for area in areas:  # of a single cell, Excel tells those of the whole sheet
        down, across = area.shape
        top, left = area.row - cells.row, area.column - cells.column
        inside = range(max(left, 0), min(left + across, width))
        yield from ((n, at) for n in range(max(top, 0), min(top + down, height)) for at in inside)


def typed_again(cells: xlwings.Range) -> list[list[Any]]:
    """What must be typed into a block so that it holds what it does now: texts are marked, whatever they look like.

    Args:
        cells: the block.
    """
    typed = [list(row) for row in as_rows(cells.formula, cells.shape)]
    values = cells.options(ndim=2, empty="").value
    computed = set(places_of(cells, "formulas"))
    for n, row in enumerate(values):
        for at, value in enumerate(row):
            if isinstance(value, str) and value and (n, at) not in computed:
                typed[n][at] = f"'{value}"
    return typed


def as_rows(formulas: Any, shape: tuple[int, int]) -> Sequence[Sequence[Any]]:
    """Formulas as rows, however many cells there are: of one cell they come bare, of one row or column maybe flat.

    Args:
        formulas: as `Range.formula` gives them.
        shape: how many rows and columns the range has.
    """
    if shape == (1, 1) and not isinstance(formulas, tuple | list):
        return [[formulas]]
    if formulas and isinstance(formulas[0], tuple | list):
        return list(formulas)
    return [formulas] if shape[0] == 1 else [[text] for text in formulas]
