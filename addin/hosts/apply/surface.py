"""What carrying out a change set asks of a workbook, be it a file, one that is open, or one in memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from workbook.model.cells import Cell
from workbook.model.light_dataclasses import dataclass, field


@dataclass
class Region:
    """Where a table stands.

    Attributes:
        name: the table's name; that of the contract where it lost its own.
        sheet: the worksheet's name.
        header_row, first_column, columns: its header cells; rows and columns count from 1.
        last_row: its last row, without a totals row; at least the one below the header.
    """

    name: str
    sheet: str
    header_row: int
    first_column: int
    columns: int
    last_row: int


@dataclass(frozen=True)
class Body:
    """A table's new entries.

    Attributes:
        columns: which of the table's columns are replaced, counted from 0.
        rows: their cells, in the order of `columns`.
        entries: how many entries the table holds now, rows typed beneath it included.
        kept: for each row, the entry (counted from 0) whose cells in the other columns it keeps; None for a new row.
        links: where cells lead, by row and column of the table counted from 0, such as "'Orders'!A7".
    """

    columns: Sequence[int]
    rows: Sequence[Sequence[Cell]]
    entries: int
    kept: Sequence[int | None] = ()
    links: Mapping[tuple[int, int], str] = field(default_factory=dict)


class Surface(Protocol):
    """A workbook that changes are put into. What can't be changed safely is refused, by the host's own error."""

    def region(self, table: str) -> Region:
        """Where a table stands, by its name.

        Args:
            table: as the contract calls it.
        """

    def value(self, sheet: str, row: int, column: int) -> Cell:
        """What a cell holds before the changes; rows and columns count from 1.

        Args:
            sheet: the worksheet's name.
            row, column: counted from 1.
        """

    def links(self, region: Region) -> Mapping[tuple[int, int], str]:
        """Where the cells of a table lead, by row below the header and column of the table, both from 0.

        Args:
            region: the table, from `region`.
        """

    def set_cell(self, sheet: str, row: int, column: int, value: Cell, *, like: tuple[int, int] | None) -> None:
        """Puts a value into a cell; `like` is the cell that lends its style where there is none yet.

        Args:
            sheet: the worksheet's name.
            row, column: counted from 1.
            value: None empties the cell.
            like: row and column of the cell that lends its style where there is no cell yet.
        """

    def append_rows(self, region: Region, rows: Sequence[Mapping[int, Cell]], *, entries: int) -> None:
        """Adds rows, by column of the table, below the last of its entries, and has the table hold them.

        Args:
            region: the table, which says its new end afterwards.
            rows: cells by the table's columns, counted from 0.
            entries: how many rows below the header are in use, rows typed beneath the table included.
        """

    def replace_body(self, region: Region, body: Body) -> None:
        """Replaces a table's entries.

        Args:
            region: the table, which says its new end afterwards.
            body: the new entries.
        """

    def add_column(self, region: Region, header: str) -> None:
        """Adds a column at the right of a table.

        Args:
            region: the table, which says its new width afterwards.
            header: a name that no other column of it has.
        """

    def resize(self, region: Region, last_row: int) -> None:
        """Has a table end at another row.

        Args:
            region: the table, which says its new end afterwards.
            last_row: counted from 1, without a totals row.
        """

    def remove_column(self, region: Region, header: str) -> str:
        """Takes a table's last column away; where it stays, says why: “it holds something in B4”.

        Args:
            region: the table, which says its new width afterwards.
            header: of its last column.
        """

    def add_table(self, name: str, sheet: str, headers: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
        """Adds a table: on a new sheet, or on one that is there, beside what stands on it.

        Args:
            name: the table's.
            sheet: the worksheet's.
            headers: the columns' names.
            rows: the cells of each entry, in the order of the columns.

        Returns:
            `sheet_digest` of what a new sheet holds beside the table; '' where the sheet was there.
        """

    def remove_table(self, region: Region, made_with: str) -> tuple[str, str]:
        """Takes a table away whose rows are blank, and its sheet where that holds just what it was `made_with`.

        Args:
            region: the table.
            made_with: what `add_table` gave when its sheet was made; "" where the sheet was there before.

        Returns:
            Why the table stays, and why its sheet does; '' where it goes. With `made_with` blank the sheet stays, and
            there is no need to say so.
        """

    def add_sheet(self, sheet: str, *, shown: bool) -> tuple[str, str]:
        """Adds one of our sheets without a table, as a new workbook has it.

        Args:
            sheet: its name.
            shown: whether its tab is seen.

        Returns:
            `sheet_digest` of what it holds, and why it was not added: “its formulas use “Actions”, which isn't there”.
            Both '' where it is there already.
        """

    def remove_sheet(self, sheet: str, made_with: str) -> tuple[bool, str]:
        """Takes a sheet away that holds just what it was `made_with`.

        Args:
            sheet: its name.
            made_with: what `add_sheet` gave.

        Returns:
            Whether its tab was seen, and why the sheet stays; '' where it goes.
        """

    def show_sheets(self, sheets: Iterable[str]) -> Sequence[str]:
        """Shows the tabs of worksheets; gives those that were hidden.

        Args:
            sheets: their names; those that are not there are passed over.
        """

    def hide_sheet(self, sheet: str) -> str:
        """Hides the tab of a worksheet that is there; where it stays, says why: “no other sheet is to be seen”.

        Args:
            sheet: its name.
        """

    def rename_sheet(self, sheet: str, name: str) -> tuple[str, str]:
        """Gives a worksheet another name; all that refers to it follows.

        Args:
            sheet: its name as it is.
            name: the wanted one.

        Returns:
            The name that it has then, with a number where another sheet has that name; and why it keeps its own: “the
            workbook's structure is protected”, '' where it doesn't.
        """

    def set_properties(self, values: Mapping[str, str]) -> None:
        """Sets custom properties of the workbook.

        Args:
            values: texts by name.
        """

    def dependants(self, ours: Iterable[str]) -> tuple[str, ...]:
        """People's own worksheets whose formulas may give another result now; `ours` are not among them.

        Args:
            ours: the worksheets that belong to the program.
        """
