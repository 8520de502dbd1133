"""What stands below a table of an open workbook moves down, as by Insert cells, to make room for the table's rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addin.hosts.apply.surface import Region
from addin.hosts.office.references import texts_of
from addin.lossless.formula import Shift, columns_moving
from addin.lossless.opc import LAST_COLUMN
from workbook.model.errors import BookNotWritable
from workbook.model.light_dataclasses import dataclass

if TYPE_CHECKING:
    import xlwings


@dataclass(frozen=True)
class Room:
    """Blank cells that are put in.

    Attributes:
        first, rows: the first row, and how many.
        columns: the first and last column; None for whole rows.
    """

    first: int
    rows: int
    columns: tuple[int, int] | None

    def make(self, sheet: xlwings.Sheet) -> None:
        """Puts them in; what stands there moves down.

        Args:
            sheet: where the table stands.
        """
        self._cells(sheet).insert("down")

    def undo(self, sheet: xlwings.Sheet) -> None:
        """Takes them out again.

        Args:
            sheet: where the table stands.
        """
        self._cells(sheet).delete("up")

    def shift(self, sheet: str) -> Shift:
        """What moves, as a rule for places and formulas.

        Args:
            sheet: the worksheet's name.
        """
        left, right = self.columns or (1, LAST_COLUMN)
        return Shift(sheet, self.first, left, right, self.rows)

    def _cells(self, sheet: xlwings.Sheet) -> xlwings.Range:
        last = self.first + self.rows - 1
        if self.columns is None:
            return sheet.range(f"{self.first}:{last}")
        left, right = self.columns
        return sheet.range((self.first, left), (last, right))


def room_below(sheet: xlwings.Sheet, region: Region, first: int, last: int) -> Room | None:
    """The room that a table needs so that a blank row parts its last row from what stands below; None where it has it.

    Args:
        sheet: where the table stands.
        region: the table, as it is.
        first, last: the rows that come.

    Raises:
        BookNotWritable: another table stands there, which can't be moved.
    """
    columns = range(region.first_column, region.first_column + region.columns)
    top, others = max(first, region.last_row + 1), []
    for table in sheet.tables:
        if table.name.casefold() != region.name.casefold():
            others.append(table)
        elif table.show_totals:
            top, last = top + 1, last + 1
    below = [(row, column) for row, column, _ in texts_of(sheet, top)]
    taken = min((row for row, column in below if column in columns), default=None)
    if taken is None or taken > last + 1:
        return None
    moving = columns_moving([p for p in below if p[0] >= taken], (), columns[0], columns[-1])
    for table in others:
        _refuse_if_met(table, region, taken, moving)
    return Room(taken, last + 2 - taken, moving)


def _refuse_if_met(table: xlwings.main.Table, region: Region, first: int, columns: tuple[int, int] | None) -> None:
    cells = table.range
    beside = columns is not None and (cells.column > columns[1] or cells.last_cell.column < columns[0])
    if cells.last_cell.row >= first and not beside:
        raise BookNotWritable(
            f"There is no room below the table {region.name}: the table {table.name} is in the way.",
            where=region.sheet,
            next_step="Move it to another place, then press again. Nothing was written.",
        )
