"""A workbook being changed: the operations, and what is written of it."""

from __future__ import annotations

from typing import BinaryIO

from addin.lossless.edit import growth, removing, rename_sheet, resize_table, results
from addin.lossless.edit.dependents import follow_in_cells
from addin.lossless.edit.grafting import graft
from addin.lossless.edit.state import STYLES_TYPE, State
from addin.lossless.opc import parts
from addin.lossless.opc.cells import Edit, Value
from addin.lossless.opc.package import Content, write_package
from addin.lossless.worksheet.rows import content
from addin.lossless.worksheet.tables import Region


class Book(State):
    """A workbook, with changes that wait until it is written.

    >>> book = Book(Path("orders.xlsx").read_bytes())
    >>> orders = book.table("Orders")
    >>> book.value(orders.sheet, 2, 1)
    'Apples'
    >>> book.append_rows(orders, [{0: "Plums", 1: 7}], entries=2)
    4
    >>> sorted(book.finished())
    ['xl/tables/table1.xml', 'xl/workbook.xml', 'xl/worksheets/sheet1.xml']

    Args:
        data: the whole file.

    Raises:
        Damaged: it is not a whole workbook.
        Refused: it is one that can't be changed safely: encrypted, signed, shared or strict.
    """

    def set_cell(self, sheet: str, row: int, column: int, value: Value, *, like: tuple[int, int] | None = None) -> None:
        """Puts a value into a cell, which keeps its style.

        >>> book = Book(Path("orders.xlsx").read_bytes())
        >>> book.set_cell("Log", 2, 3, "paid", like=(2, 1))

        Args:
            sheet: the worksheet's name.
            row: its row, counted from 1.
            column: its column, counted from 1.
            value: None empties the cell.
            like: row and column of the cell that lends its style where there is no cell yet.

        Raises:
            Refused: the cell can't be changed safely, or can't hold the value.
        """
        page = self.sheet(sheet)
        lender = page.cell(*like) if like else None
        page.put(row, column, Edit(value, lender.style if lender else 0))

    def append_rows(self, region: Region, rows: growth.Rows, *, entries: int) -> int:
        """Adds rows below a table's last entry; see `growth.append_rows`.

        Args:
            region: the table, from `table`.
            rows: values by the table's columns, counted from 0.
            entries: how many rows below the header are in use, rows typed beneath the table included.

        Returns:
            The row of the first new one, counted from 1.

        Raises:
            Refused: something below the table stands in the way and can't be moved.
        """
        return growth.append_rows(self, region, rows, entries=entries)

    def replace_body(self, region: Region, body: growth.Body) -> None:
        """Replaces a table's entries; see `growth.replace_body`.

        Args:
            region: the table, from `table`.
            body: its new entries.

        Raises:
            Refused: something below the table stands in the way and can't be moved.
        """
        growth.replace_body(self, region, body)

    def add_column(self, region: Region, header: str) -> int:
        """Adds a column to a table; see `growth.add_column`.

        Args:
            region: the table, from `table`.
            header: a name that no other column of it has.

        Returns:
            Its number in the table, counted from 0.

        Raises:
            Refused: something stands to the right of the table.
        """
        return growth.add_column(self, region, header)

    def resize(self, region: Region, *, last_row: int, columns: int | None = None) -> None:
        """Makes a table end at another row or column; see `resize_table.resize`.

        Args:
            region: the table, from `table`.
            last_row: its new last row, counted from 1, without a totals row.
            columns: how many it has; None for as many as now.

        Raises:
            Refused: another table is in the way, or the totals row can't be moved safely.
        """
        resize_table.resize(self, region, last_row=last_row, columns=columns)

    def graft(self, other: State, sheet: str) -> None:
        """Takes a worksheet of another workbook over, as it looks there; see `grafting.graft`.

        Args:
            other: the workbook where it is, without changes that wait.
            sheet: its name, which it keeps.

        Raises:
            Refused: it can't be taken over whole and right; nothing was noted then.
        """
        graft(self, other, sheet)

    def remove_column(self, region: Region) -> None:
        """Takes a table's last column away; see `removing.remove_column`.

        Args:
            region: the table, from `table`.

        Raises:
            Refused: the column holds something, or is used by a filter or a formula.
        """
        removing.remove_column(self, region)

    def remove_table(self, region: Region) -> None:
        """Takes a table away; see `removing.remove_table`.

        Args:
            region: the table, from `table`.

        Raises:
            Refused: it holds something, or a formula uses it.
        """
        removing.remove_table(self, region)

    def remove_sheet(self, name: str, *, but: Region | None = None) -> None:
        """Takes a worksheet away with all that is its own; see `removing.remove_sheet`.

        Args:
            name: the worksheet's, as it is written in the workbook.
            but: the only table that may stand on it; None for any.

        Raises:
            Refused: something elsewhere uses it, or no other sheet is to be seen.
        """
        removing.remove_sheet(self, name, but=but)

    def rename_sheet(self, old: str, new: str) -> None:
        """Gives a worksheet another name; see `rename_sheet.rename_sheet`.

        Args:
            old: as it is written in the workbook.
            new: a name that no other sheet has.

        Raises:
            Refused: there is no such sheet, or another one has the new name.
        """
        rename_sheet.rename_sheet(self, old, new)

    # -- writing --------------------------------------------------------------------------------------------------

    def dependants(self) -> list[str]:
        """The worksheets with formulas that may give another result after the changes, in the order of the tabs."""
        return results.dependants(self)

    def finished(self) -> dict[str, Content | None]:
        """The new content of every part that changes; None for one that goes."""
        if not (self._open or self.changed):
            return {}
        follow_in_cells(self)
        results.mark_outdated(self)
        contents = dict(self.changed)
        edited = chain_breaks = self.new_formulas
        for part, page in self._open.items():
            new_cells = bool(page.edits or page.outdated or page.rewritten)
            if new_cells or page.deselected or not page.xml.endswith(page.tail):
                contents[part] = content(page)
            edited = edited or new_cells
            chain_breaks = chain_breaks or page.lost_formulas or page.new_formulas
        self._finish_styles(contents)
        if edited:
            self._finish_formulas(contents, chain_breaks=chain_breaks)
        return contents

    def _finish_styles(self, contents: dict[str, Content | None]) -> None:
        if self._styles is None or not self._styles.changed:
            return
        part = self._related("styles")
        if not part:
            part = self.free_name("xl/styles{}.xml")
            self.add_part(part, self._styles.xml, STYLES_TYPE)
            self.relate(self._part, "styles", part)
            contents.update(self.changed)
        contents[part] = self._styles.xml

    def _finish_formulas(self, contents: dict[str, Content | None], *, chain_breaks: bool) -> None:
        """Asks for recalculation; the order of calculation goes only if formulas came or went."""
        contents[self._part] = self.head.with_recalculation()
        chain = next((r for r in self.relations.values() if r.kind == "calcChain"), None)
        if not chain_breaks or chain is None:
            return
        where = self.relations_part(self._part)
        contents[chain.target] = None
        contents[where] = parts.without_relation(self.read(where), chain.id)
        contents[self.types_part] = parts.without_type(self.read(parts.TYPES_PART), chain.target)

    def write(self, out: BinaryIO) -> dict[str, Content | None]:
        """Writes the workbook with its changes, and gives what was meant for each changed part.

        Args:
            out: a file open for writing in bytes, at its beginning.

        Returns:
            The new content of each part that changed, by its name; None for one that went.

        Raises:
            Refused: the changes can't be written safely.
        """
        contents = self.finished()
        write_package(self.package, contents, out)
        return contents
