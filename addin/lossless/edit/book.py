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

    Args:
        data: the whole file.

    Raises:
        Damaged: it is not a whole workbook.
        Refused: it is one that can't be changed safely: encrypted, signed, shared or strict.
    """

    def set_cell(self, sheet: str, row: int, column: int, value: Value, *, like: tuple[int, int] | None = None) -> None:
        """Puts a value into a cell, which keeps its style.

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
        """Adds rows below a table's last entry; see `growth.append_rows`."""
        return growth.append_rows(self, region, rows, entries=entries)

    def replace_body(self, region: Region, body: growth.Body) -> None:
        """Replaces a table's entries; see `growth.replace_body`."""
        growth.replace_body(self, region, body)

    def add_column(self, region: Region, header: str) -> int:
        """Adds a column to a table; see `growth.add_column`."""
        return growth.add_column(self, region, header)

    def resize(self, region: Region, *, last_row: int, columns: int | None = None) -> None:
        """Makes a table end at another row or column; see `resize_table.resize`."""
        resize_table.resize(self, region, last_row=last_row, columns=columns)

    def graft(self, other: State, sheet: str) -> None:
        """Takes a worksheet of another workbook over, as it looks there; see `grafting.graft`."""
        graft(self, other, sheet)

    def remove_column(self, region: Region) -> None:
        """Takes a table's last column away; see `removing.remove_column`."""
        removing.remove_column(self, region)

    def remove_table(self, region: Region) -> None:
        """Takes a table away; see `removing.remove_table`."""
        removing.remove_table(self, region)

    def remove_sheet(self, name: str, *, but: Region | None = None) -> None:
        """Takes a worksheet away with all that is its own; see `removing.remove_sheet`."""
        removing.remove_sheet(self, name, but=but)

    def rename_sheet(self, old: str, new: str) -> None:
        """Gives a worksheet another name; see `rename_sheet.rename_sheet`."""
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
        """Writes the workbook with its changes, and gives what was meant for each changed part."""
        contents = self.finished()
        write_package(self.package, contents, out)
        return contents
