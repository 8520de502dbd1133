"""Draws the sheets of a blueprint with XlsxWriter. What stands where is decided there; here it is only written."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from addin.output.masterbook.charts import add_chart
from addin.output.masterbook.page import Page
from workbook.blueprint import HEADER_ROW, palette
from workbook.blueprint.formulas import across, at
from workbook.blueprint.plan import Formula, Link, Paint, Put, Rule, SheetPlan, Span, TablePlan
from workbook.blueprint.styles import LOOKS, STYLES, Style
from workbook.model.cells import Cell, CellError

_A4, _A3 = 9, 8
#: A print area down to the last row of all prints what is filled, and grows with it.
_ROWS = 1_048_576
#: How many columns the ground above a table takes: more than a screen shows. As the format of whole rows LibreOffice
#: would note it in each of 16,384 columns, and take half as long again to open the workbook.
_GROUND = 100
#: What stays possible on a sheet that only the program writes.
_OPEN_ON_COMPUTED = {
    "autofilter": True,
    "sort": True,
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
}
_WHOLE = {"whole": "integer"}


class Pen:
    """Writes sheets into a workbook, with one set of formats."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self._formats = {name: book.add_format(_format(style)) for name, style in STYLES.items()}
        self._ground = {"type": "formula", "criteria": "=1", "format": book.add_format({"bg_color": palette.PAPER})}
        self._looks = {name: book.add_format(_look(style)) for name, style in LOOKS.items()}

    def sheet(self, plan: SheetPlan) -> None:
        """Writes one sheet.

        Args:
            plan: what stands on it.
        """
        page = self.book.add_worksheet(plan.name, worksheet_class=Page)
        self._page(page, plan)
        bodies = {t.column + n: body for t in plan.tables for n, body in enumerate(t.bodies)}
        for column, width in plan.widths.items():
            style = self._beneath(bodies[column]) if column in bodies else None
            page.set_column(column - 1, column - 1, width, style, {"hidden": column in plan.unseen})
        for row, height in plan.heights.items():
            page.set_row(row - 1, height)
        for row, height in plan.fitted.items():
            page.fit_row(row - 1, height)
        for table in plan.tables:
            self._table(page, table)
        for put in plan.puts:
            self._put(page, put)
        for rule in plan.rules:
            _add_rule(page, rule)
        for paint in plan.paints:
            self._paint(page, paint)
        if plan.grid:
            # No lines between cells where nothing is entered: they would run through the texts.
            page.conditional_format(0, 0, HEADER_ROW - 2, _GROUND - 1, self._ground)
        for chart in plan.charts:
            add_chart(self.book, page, chart)

    def _beneath(self, name: str) -> Any:
        """The format of the cells beneath a table: as within it, without the line, for rows yet to come."""
        key = f"{name} beneath"
        if key not in self._formats:
            self._formats[key] = self.book.add_format(_format(replace(STYLES[name], lined=False)))
        return self._formats[key]

    def _page(self, page: Any, plan: SheetPlan) -> None:
        """How the sheet stands on the screen and on paper."""
        page.set_tab_color(palette.DARK[plan.area])
        if not plan.portrait:
            page.set_landscape()
        page.set_paper(_A3 if plan.large else _A4)
        page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        if plan.scale:
            page.set_print_scale(plan.scale)
            page.set_h_pagebreaks(list(plan.breaks))
            page.set_v_pagebreaks(list(plan.column_breaks))
        else:
            page.fit_to_pages(plan.pages_across, plan.pages_down)
        self.book.define_name(
            f"'{plan.name}'!_xlnm.Print_Area", f"='{plan.name}'!{across(Span(1, 1, plan.rows or _ROWS, plan.columns))}"
        )
        page.set_footer("&L&A&C&F&RPage &P of &N")
        page.hide_gridlines(1 if plan.grid else 2)
        rows, columns = plan.freeze
        if rows or columns:
            page.freeze_panes(rows, columns)
            row, column = plan.cursor if plan.cursor[0] else (rows + 1, 1)
            page.set_selection(row - 1, column - 1, row - 1, column - 1)
        if plan.long:
            # Headings alone: repeated columns make LibreOffice take twice as long to open the workbook.
            page.repeat_rows(rows - 1)
        if plan.hidden:
            page.hide()
        if plan.computed:
            page.protect("", _OPEN_ON_COMPUTED)

    def _table(self, page: Any, plan: TablePlan) -> None:
        first, top = plan.column - 1, HEADER_ROW - 1
        bottom, last = top + max(1, plan.room, len(plan.rows)), first + len(plan.headers) - 1
        columns = [
            {"header": h, "header_format": self._formats[head]}
            for h, head in zip(plan.headers, plan.heads, strict=True)
        ]
        options = {"name": plan.name, "columns": columns, "style": "Table Style Light 1", "banded_rows": False}
        page.add_table(top, first, bottom, last, {**options, "autofilter": plan.filtered})
        styles = [self._formats[body] for body in plan.bodies]
        blank = ((None,) * len(plan.headers),)
        for n, row in enumerate(plan.rows or blank, start=top + 1):
            for column, (cell, style) in enumerate(zip(row, styles, strict=True), start=first):
                _write(page, n, column, cell, style)

    def _put(self, page: Any, put: Put) -> None:
        row, column, style = put.row - 1, put.column - 1, self._formats[put.style]
        if put.across > 1:
            page.merge_range(row, column, row, column + put.across - 1, "", style)
        content = put.content
        if isinstance(content, Link):
            page.write_url(row, column, f"internal:'{content.sheet}'!{content.place}", style, content.words)
        elif not isinstance(content, Formula):
            _write(page, row, column, content, style)
        elif content.array:
            page.write_array_formula(row, column, row, column, f"{{{content.text}}}", style, _cached(content.value))
        else:
            page.write_formula(row, column, content.text, style, _cached(content.value))

    def _paint(self, page: Any, paint: Paint) -> None:
        options: dict[str, Any] = {"type": "formula", "criteria": paint.formula, "format": self._looks[paint.look]}
        if len(paint.spans) > 1:
            options["multi_range"] = " ".join(_range(span) for span in paint.spans)
        page.conditional_format(*_corners(paint.spans[0]), options)


def _range(span: Span) -> str:
    return f"{at(span.top, span.left)}:{at(span.bottom, span.right)}"


def _corners(span: Span) -> tuple[int, int, int, int]:
    return span.top - 1, span.left - 1, span.bottom - 1, span.right - 1


def _write(page: Any, row: int, column: int, cell: Cell, style: Any) -> None:
    if cell is None or cell == "":
        page.write_blank(row, column, None, style)
    elif isinstance(cell, bool):
        page.write_string(row, column, "Yes" if cell else "No", style)
    elif isinstance(cell, int | float):
        page.write_number(row, column, cell, style)
    elif isinstance(cell, dt.date):
        page.write_datetime(row, column, cell, style)
    else:
        page.write_string(row, column, cell.code if isinstance(cell, CellError) else cell, style)


def _cached(value: Cell) -> Any:
    """A formula's value as the file holds it: dates as the days they count."""
    if isinstance(value, dt.date):
        return (dt.date(value.year, value.month, value.day) - dt.date(1899, 12, 30)).days
    return "" if value is None else value


def _add_rule(page: Any, rule: Rule) -> None:
    options: dict[str, Any] = {"validate": _WHOLE.get(rule.kind, rule.kind), "ignore_blank": True}
    if rule.kind == "list":
        options["source"] = list(rule.choices) if rule.choices else rule.low
    elif rule.kind == "custom":
        options["value"] = rule.low
    elif rule.kind != "any":
        options |= {"criteria": "between", "minimum": rule.low, "maximum": rule.high}
    if rule.style and rule.kind != "any":
        options |= {"error_type": rule.style, "error_title": rule.title, "error_message": rule.error}
    else:
        options["show_error"] = False
    if rule.hint:
        options |= {"input_title": rule.hint_title, "input_message": rule.hint}
    page.data_validation(*_corners(rule.span), options)


def _format(style: Style) -> dict[str, Any]:
    options: dict[str, Any] = {
        "font_color": style.ink,
        "font_size": style.size,
        "align": style.across,
        "valign": style.down,
        "bold": style.bold,
        "italic": style.italic,
        "underline": int(style.underline),
        "text_wrap": style.wrap,
        "locked": style.locked,
        "indent": style.indent,
    }
    return options | _ground(style)


def _look(style: Style) -> dict[str, Any]:
    options: dict[str, Any] = {"font_color": style.ink} if style.ink else {}
    options |= {name: True for name in ("bold", "italic") if getattr(style, name)}
    if style.underline:
        options["underline"] = 1
    return options | _ground(style)


def _ground(style: Style) -> dict[str, Any]:
    options: dict[str, Any] = {"bg_color": style.fill} if style.fill else {}
    if style.number:
        options["num_format"] = style.number
    if style.lined:
        options |= {"bottom": 1, "bottom_color": palette.LINE}
    if style.dashed:
        options |= {"border": 3, "border_color": palette.WANTED_LINE}
    return options
