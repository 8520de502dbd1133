"""What a plan of a workbook is made of: sheets, tables, cells, validations, formats and charts, as plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workbook.model.cells import Cell
from workbook.model.declare import Area, Column
from workbook.model.light_dataclasses import dataclass, field

Tables = Mapping[str, Sequence[Mapping[str, Cell]]]


@dataclass(frozen=True)
class Span:
    """A rectangle of cells, rows and columns counted from 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Formula:
    """A live formula.

    Attributes:
        text: with its `=`; structured references are `Table[Column]` alone.
        value: what it gives on the day the workbook is written, as Python computes it.
        array: it works on whole columns at once where older Excel would take single cells.
    """

    text: str
    value: Cell
    array: bool = False


@dataclass(frozen=True)
class Link:
    """A way to another place of the workbook."""

    sheet: str
    words: str
    place: str = "A1"


@dataclass(frozen=True)
class Put:
    """What stands in one cell; `across` of more than one joins it with those to its right (computed sheets only)."""

    row: int
    column: int
    content: Cell | Formula | Link
    style: str
    across: int = 1


@dataclass(frozen=True)
class Rule:
    """What Excel itself says of an entry before it is taken.

    Attributes:
        kind: any, list, date, whole, decimal or custom.
        choices: the words of a drop-down; or `low` a formula.
        low, high: the bounds, or for a drop-down and a custom rule `low` the formula.
        style: stop refuses, warning asks, '' never objects (a drop-down that only suggests).
        title, error: what is said of a wrong entry.
        hint_title, hint: what is said when the cell is chosen.
    """

    span: Span
    kind: str
    choices: tuple[str, ...] = ()
    low: str = ""
    high: str = ""
    style: str = "stop"
    title: str = ""
    error: str = ""
    hint_title: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Paint:
    """A look that cells take on while a formula holds; it is written for the first cell of the first span."""

    spans: tuple[Span, ...]
    formula: str
    look: str


@dataclass(frozen=True)
class Series:
    """One series of a chart; `look` names a declared fill or line. One without a name has no place in the legend."""

    name: str
    values: Span
    look: str


@dataclass(frozen=True)
class Chart:
    """A chart, with what it shows in words for those who can't see it.

    Attributes:
        title: its heading; '' where the cells above it say what it is.
        row, column: of the cell in whose corner it begins.
        right: how many pixels further to the right it begins.
        width, height: in pixels.
        sheet: where its figures stand; '' for the sheet it stands on.
        lines: lines over time instead of columns.
        stacked: columns of several series stand upon each other.
        highest, step: the end of the axis and the way from one mark to the next, where they are fixed.
    """

    title: str
    row: int
    column: int
    width: int
    height: int
    categories: Span
    series: tuple[Series, ...]
    words: str
    right: int = 0
    sheet: str = ""
    lines: bool = False
    stacked: bool = False
    highest: float | None = None
    step: float | None = None


@dataclass(frozen=True)
class TablePlan:
    """One table on a sheet.

    Attributes:
        column: where it begins, counted from 1.
        fields: the declared column of each header; None for `Check` and for plain headers.
        rows: one tuple a row, as long as `headers`.
        caption: one line above it.
        room: how many rows it holds at least; blank ones invite entries, and LibreOffice grows no table by itself.
        widths: of its columns, in figures.
        heads, bodies: the style of each header, and of the cells beneath it.
        filtered: whether its headings have buttons that filter and sort.
    """

    name: str
    column: int
    headers: tuple[str, ...]
    fields: tuple[Column[Any] | None, ...]
    rows: tuple[tuple[Cell, ...], ...] = ()
    caption: str = ""
    room: int = 1
    widths: tuple[float, ...] = ()
    heads: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    filtered: bool = True


@dataclass(frozen=True)
class SheetPlan:
    """One worksheet.

    Attributes:
        tables, puts, rules, paints, charts: what stands on it.
        widths, heights: of columns (figures of the normal font) and rows (points), counted from 1.
        fitted: the heights of rows whose text is wrapped; they change with the text.
        freeze: the rows and columns that stay in sight.
        scale, breaks, column_breaks: where set, the size of print in percent, and the rows and columns after which a
            page ends.
        columns, rows: the last column and row that are printed; 0 rows: as far as anything stands.
        pages_across, pages_down: how many pages wide and long it is printed; 0 as many as it takes.
        computed: only the program writes it; protected against slips, without a password.
        grid: whether the lines between cells are seen.
        long: whether it may be printed on several pages, one below the other; the headings stand on each.
        hidden: whether its tab is hidden at first.
        cursor: row and column of the cell that is chosen; 0 where it is the first cell that scrolls.
        portrait: whether it is printed upright.
        large: whether it is printed on A3, since on A4 its type would be too small to read.
        unseen: columns that are hidden: they hold what the page is reckoned from.
    """

    name: str
    area: Area
    purpose: str
    tables: tuple[TablePlan, ...] = ()
    puts: tuple[Put, ...] = ()
    rules: tuple[Rule, ...] = ()
    paints: tuple[Paint, ...] = ()
    charts: tuple[Chart, ...] = ()
    widths: Mapping[int, float] = field(default_factory=dict)
    heights: Mapping[int, float] = field(default_factory=dict)
    fitted: Mapping[int, float] = field(default_factory=dict)
    freeze: tuple[int, int] = (0, 0)
    scale: int = 0
    breaks: tuple[int, ...] = ()
    column_breaks: tuple[int, ...] = ()
    columns: int = 1
    rows: int = 0
    pages_across: int = 1
    pages_down: int = 0
    computed: bool = False
    grid: bool = True
    long: bool = False
    hidden: bool = False
    cursor: tuple[int, int] = (0, 0)
    portrait: bool = False
    large: bool = False
    unseen: tuple[int, ...] = ()


@dataclass(frozen=True)
class BookPlan:
    """The whole workbook: its sheets in order, the names that formulas and drop-downs use, and its title."""

    sheets: tuple[SheetPlan, ...]
    names: Mapping[str, str]
    title: str
