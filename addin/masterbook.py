"""Writes a new master workbook from its blueprint."""

from __future__ import annotations

import datetime as dt
import io
import itertools
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from addin.files import write_new
from workbook.blueprint import HEADER_ROW, LAYOUT_VERSION, WIDTHS, BookPlan, SheetPlan, TablePlan, list_name
from workbook.cells import Cell, CellError
from workbook.declare import Area, Column, Kind
from workbook.registers import COMPUTED

#: How far drop-downs and formats reach beneath a table, so that rows added later have them.
_ROOM = 5000
#: How many champions the Training overview has room for.
_OVERVIEW_ROWS = 40
_INK, _PAPER, _ACCENT = "#1F2A44", "#FFFFFF", "#1F5C7A"
_TABS = {
    Area.SETUP: "#5B6770",
    Area.PREPARE: "#1F5C7A",
    Area.SUPPORT: "#2E7D5B",
    Area.IMPROVE: "#8A5A00",
    Area.EVIDENCE: "#6A3D8F",
    Area.RESULTS: "#A12C3A",
}
#: Every generated file has the same bytes for the same input.
_CREATED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)


def write_master(path: Path, plan: BookPlan) -> None:
    """Writes the workbook to `path`, all at once.

    Raises:
        BookNotWritable: there is a file of that name, or the folder can't be written to. Nothing was written.
    """
    write_new(path, build_master(plan))


def build_master(plan: BookPlan) -> bytes:
    """The workbook's bytes: the same for the same plan on one installation."""
    content = io.BytesIO()
    _write(content, plan)
    return content.getvalue()


def _write(content: io.BytesIO, plan: BookPlan) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": plan.title, "subject": "Digital champions programme", "created": _CREATED})
    book.set_custom_property("Champions layout version", LAYOUT_VERSION, "text")
    pen = _Pen(book)
    for sheet in plan.sheets:
        pen.sheet(sheet)
    for name, refers in plan.names.items():
        book.define_name(name, f"={refers}")
    book.close()


class _Pen:
    """Writes sheets, with one set of formats."""

    def __init__(self, book: Any) -> None:
        self.book = book
        make = book.add_format
        self.title = make({"bold": True, "font_size": 16, "font_color": _INK})
        self.plain = make({"font_color": _INK, "text_wrap": True, "valign": "top"})
        self.purpose = make({"font_color": _INK, "italic": True})
        self.header = make(
            {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": _ACCENT, "font_color": _PAPER}
        )
        self.link = make({"font_color": "#0B4F9E", "underline": 1, "valign": "top"})
        self.formats = {
            Kind.DATE: make({"num_format": "dd mmm yyyy", "valign": "top", "align": "left"}),
            Kind.NUMBER: make({"num_format": "General", "valign": "top", "align": "left"}),
            Kind.LONG_TEXT: self.plain,
        }
        self.body = make({"valign": "top", "align": "left", "text_wrap": True})
        self.flag = make({"bg_color": "#FBE3D6", "font_color": "#7A1F10"})

    def sheet(self, plan: SheetPlan) -> None:
        page = self.book.add_worksheet(plan.name)
        page.set_tab_color(_TABS[plan.area])
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.set_footer("&L&A&CPage &P of &N")
        page.hide_gridlines(2)
        page.write_string(0, 0, plan.name, self.title)
        page.write_string(1, 0, plan.purpose, self.purpose)
        if plan.links:
            self._contents(page, plan)
        elif plan.counts:
            self._counts(page, plan)
        elif plan.grid:
            self._overview(page, plan)
        for table in plan.tables:
            self._table(page, table)
        for row, lines in enumerate(_lines(plan.tables), start=HEADER_ROW):
            if lines > 1:
                page.set_row(row, min(409, 15 * lines))
        if plan.tables:
            page.set_row(HEADER_ROW - 1, 33)
            page.freeze_panes(HEADER_ROW, 1 if len(plan.tables) == 1 else 0)
            page.repeat_rows(HEADER_ROW - 1)

    def _table(self, page: Any, plan: TablePlan) -> None:
        first, top = plan.column - 1, HEADER_ROW - 1
        bottom = top + max(1, len(plan.rows))
        columns = [{"header": h, "header_format": self.header} for h in plan.headers]
        last = first + len(plan.headers) - 1
        page.add_table(
            top, first, bottom, last, {"name": plan.name, "columns": columns, "style": "Table Style Light 1"}
        )
        for n, (header, field) in enumerate(zip(plan.headers, plan.fields, strict=True)):
            page.set_column(first + n, first + n, _width(header, field, plan))
            style = self.formats.get(field.kind, self.body) if field is not None else self.body
            for row in range(max(1, len(plan.rows))):
                _write_cell(page, top + 1 + row, first + n, plan.rows[row][n] if plan.rows else None, style)
            if field is not None:
                self._validate(page, field, top + 1, first + n)
            if header == "Check":
                area = (top + 1, first + n, top + _ROOM, first + n)
                page.conditional_format(*area, {"type": "no_blanks", "format": self.flag})

    def _validate(self, page: Any, field: Column[Any], row: int, column: int) -> None:
        rule = _validation(field)
        if rule is None or field.separated or field.table in _COMPUTED_TABLES:
            return
        message = field.note or ""
        extra = {"input_title": field.header[:32], "input_message": message[:255]} if message else {}
        page.data_validation(row, column, row + _ROOM - 1, column, {**rule, **extra, "ignore_blank": True})

    def _contents(self, page: Any, plan: SheetPlan) -> None:
        page.write_string(
            1, 0, "The work in order. Follow a link to its sheet; run Check when you are done.", self.purpose
        )
        page.set_column(0, 0, 14)
        page.set_column(1, 1, 24)
        page.set_column(2, 2, 90)
        for n, words in enumerate(("Part", "Sheet", "What it is for")):
            page.write_string(HEADER_ROW - 1, n, words, self.header)
        for n, (area, name, purpose) in enumerate(plan.links, start=HEADER_ROW):
            page.write_string(n, 0, area, self.plain)
            page.write_url(n, 1, f"internal:'{name}'!A1", self.link, name)
            page.write_string(n, 2, purpose, self.plain)
        page.freeze_panes(HEADER_ROW, 0)

    def _counts(self, page: Any, plan: SheetPlan) -> None:
        page.set_column(0, 0, 34)
        page.set_column(1, 1, 12)
        for n, words in enumerate(("What", "How many")):
            page.write_string(HEADER_ROW - 1, n, words, self.header)
        for n, count in enumerate(plan.counts, start=HEADER_ROW):
            page.write_string(n, 0, count.label, self.plain)
            page.write_formula(n, 1, count.formula, self.body, count.value)

    def _overview(self, page: Any, plan: SheetPlan) -> None:
        """Formulas for more champions and modules than there are, so that new ones appear by themselves."""
        page.set_column(0, len(plan.grid[0]) + 1, 18)
        page.set_row(HEADER_ROW - 1, 33)
        top = HEADER_ROW - 1
        columns = len(plan.grid[0]) + 2
        for c in range(columns):
            text = plan.grid[0][c] if c < len(plan.grid[0]) else ""
            if c == 0:
                page.write_string(top, 0, text, self.header)
            else:
                formula = f'=IFERROR(INDEX(TrainingModules[Training modules],{c})&"","")'
                page.write_formula(top, c, formula, self.header, text)
        for r in range(1, _OVERVIEW_ROWS + 1):
            known = plan.grid[r] if r < len(plan.grid) else ()
            self._overview_row(page, top + r, r, columns, known)
        page.freeze_panes(HEADER_ROW, 1)

    def _overview_row(self, page: Any, row: int, n: int, columns: int, known: tuple[str, ...]) -> None:
        champion = f'=IFERROR(INDEX(WorkforcePlan[Champion ID],{n})&"","")'
        page.write_formula(row, 0, champion, self.body, known[0] if known else "")
        for c in range(1, columns):
            letter = chr(ord("A") + c)
            counted = (
                f"COUNTIFS(TrainingMatrix[Champion ID],$A{row + 1},TrainingMatrix[Module],{letter}${HEADER_ROW},"
                'TrainingMatrix[Result],"Passed")'
            )
            formula = f'=IF(OR($A{row + 1}="",{letter}${HEADER_ROW}=""),"",IF({counted}>0,"Passed",""))'
            page.write_formula(row, c, formula, self.body, known[c] if c < len(known) else "")


def _lines(tables: Sequence[TablePlan]) -> list[int]:
    """How many lines each row needs for its longest text."""
    widths = [[_width(h, f, t) for h, f in zip(t.headers, t.fields, strict=True)] for t in tables]
    return [
        max(
            _wrapped(cell, width)
            for cells, of in zip(rows, widths, strict=True)
            for cell, width in zip(cells, of, strict=False)
        )
        for rows in itertools.zip_longest(*(t.rows for t in tables), fillvalue=())
    ]


def _wrapped(cell: Cell, width: float) -> int:
    """The lines of a text in a column of that width; words rarely fill a line to its end."""
    if not isinstance(cell, str):
        return 1
    return sum(max(1, math.ceil(len(line) * 1.08 / width)) for line in cell.split("\n"))


def _write_cell(page: Any, row: int, column: int, cell: Cell, style: Any) -> None:
    if cell is None:
        page.write_blank(row, column, None, style)
    elif isinstance(cell, bool):
        page.write_string(row, column, "Yes" if cell else "No", style)
    elif isinstance(cell, int | float):
        page.write_number(row, column, cell, style)
    elif isinstance(cell, dt.date):
        page.write_datetime(row, column, cell, style)
    else:
        page.write_string(row, column, cell.code if isinstance(cell, CellError) else cell, style)


def _width(header: str, field: Column[Any] | None, plan: TablePlan) -> float:
    if field is not None:
        longest_word = max(len(word) for word in header.split())
        return max(WIDTHS[field.kind], longest_word + 4)
    longest = max((len(str(row[plan.headers.index(header)] or "")) for row in plan.rows), default=0)
    return min(46, max(24, len(header) + 4, longest + 2))


def _validation(field: Column[Any]) -> dict[str, Any] | None:
    """The rule that Excel itself applies to a cell, with the words it shows."""
    title = field.header[:32]
    if field.kind is Kind.CHOICE:
        return {"validate": "list", "source": list(field.choices), **_stop(title, "Choose one of the values offered.")}
    if field.kind is Kind.YES_NO:
        return {"validate": "list", "source": ["Yes", "No"], **_stop(title, "Choose Yes or No.")}
    if field.kind in (Kind.LIST, Kind.REFERENCE):
        words = "Choose one of the values offered. They come from the table " + field.target + "."
        return {"validate": "list", "source": f"={list_name(field.target)}", **_stop(title, words)}
    if field.kind is Kind.DATE:
        bounds = {"minimum": dt.date(2000, 1, 1), "maximum": dt.date(2100, 1, 1)}
        return {"validate": "date", "criteria": "between", **bounds, **_stop(title, "Type a date as day/month/year.")}
    if field.kind in (Kind.SCORE, Kind.WHOLE, Kind.NUMBER):
        low, high = field.minimum, field.maximum
        kind = "decimal" if field.kind is Kind.NUMBER else "integer"
        if low is None:
            low = -1_000_000
        bounds_of = {"minimum": low, "maximum": high if high is not None else 1_000_000}
        words = f"Type a {'' if kind == 'decimal' else 'whole '}number{_range(field)}."
        return {"validate": kind, "criteria": "between", **bounds_of, **_stop(title, words)}
    return None


def _range(field: Column[Any]) -> str:
    if field.maximum is not None:
        return f" from {field.minimum or 0:g} to {field.maximum:g}"
    return f" of {field.minimum:g} or more" if field.minimum is not None else ""


def _stop(title: str, words: str) -> dict[str, str]:
    return {"error_title": title, "error_message": words, "error_type": "stop"}


_COMPUTED_TABLES = frozenset(r.table for r in COMPUTED)
