"""The sheets of the registers and of the tables that the program computes, each derived from its declaration."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from workbook.blueprint.formulas import AS_OF, ref
from workbook.blueprint.hints import entry_rule, heading_hint
from workbook.blueprint.layout import HEADER_ROW, LAST_ROW, START_SHEET
from workbook.blueprint.paints import entry_paints, result_paints
from workbook.blueprint.plan import Formula, Link, Paint, Put, Rule, SheetPlan, Span, TablePlan, Tables
from workbook.blueprint.styles import STYLES, Style, optional_head, required_head
from workbook.blueprint.widths import head_height, height_of, width_of
from workbook.model.cells import Cell
from workbook.model.declare import CHECK_HEADER, Area, Column, Kind, Register
from workbook.model.registers import Checks, History, ReviewsDue, Triggers
from workbook.rules.checks.ids import prefix_and_width

#: Figures beyond which a register's columns are narrowed; and what a page of landscape A4 holds at half the size.
_PAGE, _HALF_SIZE = 345, 299
_BODY: Mapping[Kind, str] = {
    Kind.DATE: "date",
    Kind.NUMBER: "number",
    Kind.WHOLE: "number",
    Kind.SCORE: "number",
}
#: The last column on paper, where what follows is the program's own or a person's note.
_PRINTED: Mapping[type[Register], Column[Any]] = {Triggers: Triggers.due_date}
#: Rows that stand ready in a new table.
ROOM = 25
LEGEND = "Dark headings must be filled in, light ones may stay blank. A dashed yellow cell waits for an entry."
COMPUTED_LEGEND = "The program writes this sheet; nothing here is typed."
_LEGENDS: Mapping[type[Register], str] = {
    Checks: "The program writes this sheet; nothing here is typed. Go to leads to the cell.",
    Triggers: "The program writes the dark columns; the light ones at the end are yours. Key leads to the first row of "
    "evidence, Action ID to the action.",
}
#: Computed tables that grow beyond a page.
_LONG = frozenset({Checks, Triggers, History, ReviewsDue})
#: Cells that lead somewhere.
_LEADING = frozenset({Checks.go_to, Triggers.result_key, Triggers.action_id})


def rows_from(given: Tables, table: str, headers: Sequence[str]) -> tuple[tuple[Cell, ...], ...]:
    """The rows of a table, in the order of its headers."""
    return tuple(tuple(row.get(h) for h in headers) for row in given.get(table, ()))


def table_of(register: type[Register], given: Tables, *, column: int = 1, caption: str = "") -> TablePlan:
    """The table of a register, with the widths and styles that its columns' kinds ask for."""
    headers = (*register.headers(), *([CHECK_HEADER] if register.checked else []))
    fields: tuple[Column[Any] | None, ...] = (*register.columns, *([None] if register.checked else []))
    heads = tuple(_head(register, f) for f in fields)
    return TablePlan(
        register.table,
        column,
        headers,
        fields,
        rows_from(given, register.table, headers),
        caption,
        1 if register.computed else ROOM,
        _widths(headers, fields, heads),
        heads,
        tuple(_body(register, f) for f in fields),
    )


def _widths(headers: Sequence[str], fields: Sequence[Column[Any] | None], heads: Sequence[str]) -> tuple[float, ...]:
    """How wide the columns are: narrower where they would not fit on one page."""
    columns = list(zip(headers, fields, (STYLES[head] for head in heads), strict=True))
    widths = tuple(width_of(*column) for column in columns)
    if sum(w for w, f in zip(widths, fields, strict=True) if f is not None) <= _PAGE:
        return widths
    return tuple(width_of(*column, narrow=True) for column in columns)


def _printed(register: type[Register], table: TablePlan) -> int:
    """The last column on paper: the column Check is for the screen."""
    last = _PRINTED.get(register, register.columns[-1])
    return table.column + table.fields.index(last)


def _head(register: type[Register], field: Column[Any] | None) -> str:
    if field is None:
        return optional_head(Area.RESULTS)
    must = not field.person_owned if register.computed else field.required
    head = required_head if must else optional_head
    return head(register.area, figures=_BODY.get(field.kind) == "number")


def _body(register: type[Register], field: Column[Any] | None) -> str:
    if field is not None and register.computed and field.person_owned:
        return "unlocked"
    if field in _LEADING:
        return "goal"
    return _BODY.get(field.kind, "text") if field is not None else "text"


def register_sheet(register: type[Register], given: Tables, status: Formula) -> SheetPlan:
    """The sheet of a register: its table, with all that helps to fill it in."""
    table = table_of(register, given, caption=LEGEND)
    next_id = _next_id(register, table)
    tools = [Put(3, 2, next_id, "tool")] if next_id else []
    tools.append(Put(3, 4 if next_id else 2, status, "tool"))
    return sheet_of(
        register.sheet,
        register.area,
        register.purpose,
        (table,),
        puts=tools,
        rules=tuple(rules_of(table)),
        paints=tuple(entry_paints(register, table)),
        freeze=(HEADER_ROW, 1),
        long=True,
        printed=_printed(register, table),
    )


def computed_sheet(register: type[Register], given: Tables) -> SheetPlan:
    """The sheet of a table that the program computes."""
    table = table_of(register, given, caption=_LEGENDS.get(register, COMPUTED_LEGEND))
    return sheet_of(
        register.sheet,
        register.area,
        register.purpose,
        (table,),
        paints=tuple(result_paints(table)),
        freeze=(HEADER_ROW, 1),
        computed=True,
        long=register in _LONG,
        printed=_printed(register, table),
    )


def sheet_of(
    name: str,
    area: Area,
    purpose: str,
    tables: tuple[TablePlan, ...],
    *,
    puts: Iterable[Put] = (),
    rules: tuple[Rule, ...] = (),
    paints: tuple[Paint, ...] = (),
    freeze: tuple[int, int] = (0, 0),
    computed: bool = False,
    long: bool = False,
    more: Mapping[int, float] | None = None,
    printed: int = 0,
) -> SheetPlan:
    """A sheet with tables side by side, its title, purpose and the way back above them.

    Args:
        more: the widths of columns beyond the tables.
        printed: the last column on paper; 0 for all.
    """
    widths = {t.column + n: w for t in tables for n, w in enumerate(t.widths)}
    widths |= more or {}
    columns, on_paper = max(widths), printed or max(widths)
    widths |= {c: 3 for c in range(1, columns) if c not in widths}
    left = 2 if freeze[1] == 1 else 1
    captions = [Put(4, max(left, t.column), t.caption, "caption") for t in tables if t.caption]
    return SheetPlan(
        name,
        area,
        purpose,
        tables,
        (*top_of(name, purpose, left), *captions, *puts),
        rules,
        paints,
        widths=widths,
        heights={1: 30, 2: 18, 3: 18, 4: 16, HEADER_ROW: head_height(_heads(tables))},
        fitted=_fitted(tables),
        freeze=freeze,
        columns=on_paper,
        large=sum(w for c, w in widths.items() if c <= on_paper) > _HALF_SIZE,
        computed=computed,
        long=long,
    )


def top_of(name: str, purpose: str, left: int = 1) -> tuple[Put, ...]:
    """Title, purpose and the way back to Start here; beside a first column that stays in sight."""
    return (
        Put(1, left, name, "title"),
        Put(2, left, purpose, "purpose"),
        Put(3, 1, Link(START_SHEET, f"← {START_SHEET}"), "link"),
    )


def _heads(tables: Iterable[TablePlan]) -> Iterator[tuple[str, float, Style]]:
    for table in tables:
        for header, width, head in zip(table.headers, table.widths, table.heads, strict=True):
            yield header, width, STYLES[head]


def _fitted(tables: Iterable[TablePlan]) -> dict[int, float]:
    """The heights of the rows that need more than one line."""
    found: dict[int, float] = {}
    for table in tables:
        for n, row in enumerate(table.rows, start=HEADER_ROW + 1):
            found[n] = max(found.get(n, 0.0), height_of(row, table.widths))
    return {row: height for row, height in found.items() if height > height_of((), ())}


def column_span(table: TablePlan, n: int) -> Span:
    """The cells of a column, down to the rows to come."""
    column = table.column + n
    return Span(HEADER_ROW + 1, column, LAST_ROW, column)


def rules_of(table: TablePlan) -> Iterator[Rule]:
    """What Excel says of a table's headings and entries."""
    for n, field in enumerate(table.fields):
        if field is None:
            continue
        column = table.column + n
        yield heading_hint(field, Span(HEADER_ROW, column, HEADER_ROW, column))
        rule = entry_rule(field, column_span(table, n))
        if rule is not None:
            yield rule


def _next_id(register: type[Register], table: TablePlan) -> Formula | None:
    """The next free id, one above the highest: what Check gives to a row whose id is blank."""
    key = register.key
    form = prefix_and_width(key) if key is not None else None
    if key is None or form is None:
        return None
    prefix, width = form
    numbers = f"IFERROR(VALUE(MID({ref(key)},{len(prefix) + 1},9)),0)"
    text = f'="Next ID: {prefix}"&TEXT(MAX({numbers})+1+0*{AS_OF},"{"0" * width}")'
    taken = [m[1] for row in table.rows if (m := re.fullmatch(rf"{prefix}(\d+)", str(row[0])))]
    return Formula(text, f"Next ID: {prefix}{max(map(int, taken), default=0) + 1:0{width}d}", array=True)
