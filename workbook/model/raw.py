"""What a host hands over: the tables of a workbook as they stand, cell by cell, before anything is understood."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from workbook.model.cells import Cell
from workbook.model.light_dataclasses import dataclass, field


@dataclass(slots=True)
class RawTable:
    """One table as it stands in the workbook.

    Attributes:
        table: its name in the contract (the host matches names with case folded).
        sheet: the name of the worksheet it was found on.
        header_row, first_column: where its header begins, counted from 1.
        headers: the header cells as text, '' for a blank one.
        columns: the cells of each header's column from the first row below it, all of one length. Rows typed directly
            beneath the table, without a gap, follow those within it. Trailing blank rows are cut off.
        body_rows: how many rows the table's own range holds; what follows was typed beneath it.
        named: found by its table name; False where it was recognised by its sheet and header row.
        formulas: (row counted from 0, index into `headers`) of the cells that hold a formula.
        beside: what stands just right of it, from the next column on, by worksheet row; formulas are left out.
        beneath: what stands beneath the blank rows that end it, in its own columns, by worksheet row; the same.
    """

    table: str
    sheet: str
    header_row: int
    first_column: int
    headers: tuple[str, ...]
    columns: Sequence[Sequence[Cell]]
    body_rows: int
    named: bool = True
    formulas: frozenset[tuple[int, int]] = frozenset()
    beside: Mapping[int, tuple[Cell, ...]] = field(default_factory=dict)
    beneath: Mapping[int, tuple[Cell, ...]] = field(default_factory=dict)

    @property
    def height(self) -> int:
        """How many rows there are, those typed beneath the table among them."""
        return len(self.columns[0]) if self.columns else 0


def columns_of(rows: Sequence[Sequence[Cell]], width: int) -> list[list[Cell]]:
    """Rows of `width` cells, turned into columns."""
    return [[row[n] for row in rows] for n in range(width)]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Entries with the columns of one of ours that are not that table: a renamed one, or a copy.

    Attributes:
        table: the name in the contract of the table that it looks like.
        name, sheet: what it is called ('' where only its headings are there), and where it stands.
        rows: how many entries it has.
        cells: as a host read them; a snapshot has none.
        lacking: how many of the entries the register itself lacks; None where that was not compared.
        differing: how many stand in the register with other contents.
    """

    table: str
    name: str
    sheet: str
    rows: int
    cells: RawTable | None = None
    lacking: int | None = None
    differing: int = 0


@dataclass(slots=True)
class RawBook:
    """A workbook as a host read it.

    Attributes:
        name: the file's name, without its folder.
        tables: the tables of ours that were found. An iterator is consumed once, so that a large table's cells can be
            let go before the next is read.
        date_1904: whether plain numbers count days from 1904.
        properties: the workbook's own custom properties (layout version, workbook id).
        hidden: the worksheets whose tabs are hidden.
        elsewhere: tables that look like ours under another name, or on a sheet that is not theirs.
        sheets: the names of all worksheets.
    """

    name: str
    tables: Iterable[RawTable]
    date_1904: bool = False
    properties: Mapping[str, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    elsewhere: tuple[Elsewhere, ...] = ()
    sheets: frozenset[str] = frozenset()
