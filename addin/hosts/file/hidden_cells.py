"""What calamine hides of a sheet that is not ours: errors, and numbers that are shown as per cent or as a time."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from xml.parsers.expat import ExpatError

from addin.hosts.file.container import XlsxReader
from addin.hosts.file.formats import formats_that_matter
from addin.hosts.file.reading import read_frame
from addin.hosts.file.scan import scan_rows, scan_sheet
from addin.hosts.number_formats import as_shown
from addin.lossless.opc import LosslessError
from workbook.model.cells import Cell, CellError
from workbook.model.errors import BookUnusable

_USUAL = b'<c r="'


class HiddenCells:
    """What stands in some cells of a sheet, as a person sees it.

    Args:
        errors: the codes of those that show an error, by row and column, counted from 1.
        formats: the number formats of those that are shown as per cent or as a time.
    """

    def __init__(self, errors: Mapping[tuple[int, int], str], formats: Mapping[tuple[int, int], str]) -> None:
        self._errors, self._formats = errors, formats
        self._rows = {row for row, _ in (*errors, *formats)}

    def row(self, number: int, first_column: int, cells: list[Cell]) -> list[Cell]:
        """The cells of a row, with what was hidden.

        Args:
            number: of the row, from 1.
            first_column: of the first cell, from 1.
            cells: as calamine gives them.
        """
        if number not in self._rows:
            return cells
        return [self._cell((number, first_column + n), cell) for n, cell in enumerate(cells)]

    def _cell(self, place: tuple[int, int], cell: Cell) -> Cell:
        if place in self._errors:
            return CellError(self._errors[place])
        if place in self._formats and isinstance(cell, int | float) and not isinstance(cell, bool):
            return as_shown(float(cell), self._formats[place])
        return cell


def hidden_cells(path: Path, data: bytes, sheet: str) -> HiddenCells:
    """What is hidden on a sheet; nothing where the file is of another form.

    Args:
        path: the file, for its name.
        data: its content.
        sheet: its name.
    """
    with suppress(BookUnusable, LosslessError, ExpatError), XlsxReader(path, data) as package:
        book = read_frame(package)
        formats = formats_that_matter(package, book.styles)
        part = next((s.part for s in book.sheets if s.name == sheet), None)
        if part is not None:
            content = package.read(part)
            found = scan_rows(content, formats) if _USUAL in content else scan_sheet(content, formats)[0]
            return HiddenCells(found.errors, {place: formats[style] for place, style in found.styles.items()})
    return HiddenCells({}, {})
