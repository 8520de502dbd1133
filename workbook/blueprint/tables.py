"""The sheets of the registers and of the tables that the program computes, each derived from its declaration."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from workbook.blueprint import HEADER_ROW
from workbook.blueprint.dues import Due, dues_of
from workbook.blueprint.formulas import AS_OF, at, ref, wanted
from workbook.blueprint.hints import entry_rule, heading_hint
from workbook.blueprint.model import Formula, Link, Paint, Put, Rule, SheetPlan, Span, TablePlan, Tables
from workbook.blueprint.styles import optional_head, required_head
from workbook.cells import Cell
from workbook.checks.ids import prefix_and_width
from workbook.declare import CHECK_HEADER, Area, Column, Kind, Register
from workbook.registers import LISTS_BY_TABLE, Checks, ReviewsDue, Triggers

#: How far drop-downs and formats reach, so that rows added later have them.
LAST_ROW = 20_000
START_SHEET = "Start here"
#: Characters that a page of landscape A4 holds before its text gets small, and that a sheet may hold in one page.
_PAGE = 250

#: How wide a column of each kind is, in characters; wider where a heading or a choice needs it.
WIDTHS: Mapping[Kind, int] = {
    Kind.ID: 13,
    Kind.TEXT: 22,
    Kind.LONG_TEXT: 42,
    Kind.DATE: 14,
    Kind.CHOICE: 14,
    Kind.YES_NO: 12,
    Kind.SCORE: 13,
    Kind.NUMBER: 12,
    Kind.WHOLE: 12,
    Kind.REFERENCE: 13,
    Kind.PERSON: 20,
    Kind.LIST: 12,
}
_CHECK_WIDTH, _LONGEST_CHOICE = 44, 25
#: Sentences that the program writes are longer than most that people do.
_SENTENCES = 60
#: A heading needs room for the button that filters, and a drop-down for the one that opens it.
_BUTTON = 3
#: How many letters of running text stand where one figure would: widths are counted in figures.
_NARROW = 1.18
_BODY: Mapping[Kind, str] = {
    Kind.DATE: "date",
    Kind.NUMBER: "number",
    Kind.WHOLE: "number",
    Kind.SCORE: "number",
    Kind.LONG_TEXT: "long text",
}
#: Rows that stand ready in a new table.
ROOM = 25
LEGEND = "Dark headings must be filled in, light ones may stay blank. A dashed yellow cell waits for an entry."
COMPUTED_LEGEND = "The program writes this sheet; nothing here is typed."


def rows_from(given: Tables, table: str, headers: Sequence[str]) -> tuple[tuple[Cell, ...], ...]:
    """The rows of a table, in the order of its headers."""
    return tuple(tuple(row.get(h) for h in headers) for row in given.get(table, ()))


def table_of(register: type[Register], given: Tables, *, column: int = 1, caption: str = "") -> TablePlan:
    """The table of a register, with the widths and styles that its columns' kinds ask for."""
    headers = (*register.headers(), *([CHECK_HEADER] if register.checked else []))
    fields: tuple[Column[Any] | None, ...] = (*register.columns, *([None] if register.checked else []))
    return TablePlan(
        register.table,
        column,
        headers,
        fields,
        rows_from(given, register.table, headers),
        caption,
        1 if register.computed else ROOM,
        tuple(width_of(h, f, computed=register.computed) for h, f in zip(headers, fields, strict=True)),
        tuple(_head(register, f) for f in fields),
        tuple(_body(register, f) for f in fields),
    )


def width_of(header: str, field: Column[Any] | None, *, computed: bool = False) -> float:
    """How wide a column is, in characters."""
    if field is None:
        return _CHECK_WIDTH
    longest_word = max(len(word) for word in header.split())
    offered = LISTS_BY_TABLE[field.target].values if field.kind is Kind.LIST else field.choices
    longest_choice = min(_LONGEST_CHOICE, max((len(choice) for choice in offered), default=0))
    usual = _SENTENCES if computed and field.kind is Kind.LONG_TEXT else WIDTHS[field.kind]
    return max(usual, longest_word + _BUTTON, longest_choice + _BUTTON)


def _head(register: type[Register], field: Column[Any] | None) -> str:
    if field is None:
        return optional_head(Area.RESULTS)
    if register.computed:
        return optional_head(register.area) if field.person_owned else required_head(register.area)
    return required_head(register.area) if field.required else optional_head(register.area)


def _body(register: type[Register], field: Column[Any] | None) -> str:
    if field is not None and register.computed and field.person_owned:
        return "unlocked"
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
        paints=tuple(_paints(register, table)),
        freeze=(HEADER_ROW, 1),
    )


def computed_sheet(register: type[Register], given: Tables) -> SheetPlan:
    """The sheet of a table that the program computes."""
    table = table_of(register, given, caption=COMPUTED_LEGEND)
    mark = tuple(_marks(table))
    return sheet_of(
        register.sheet,
        register.area,
        register.purpose,
        (table,),
        paints=mark,
        freeze=(HEADER_ROW, 1),
        computed=True,
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
) -> SheetPlan:
    """A sheet with tables side by side, its title, purpose and the way back above them."""
    widths = {t.column + n: w for t in tables for n, w in enumerate(t.widths)}
    columns = max(t.column + len(t.headers) - 1 for t in tables)
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
        heights={1: 30, 2: 18, 3: 18, 4: 16, HEADER_ROW: 15 * _head_lines(tables) + 4},
        fitted=_fitted(tables),
        freeze=freeze,
        columns=columns,
        pages_across=-(-int(sum(widths.values())) // _PAGE),
        computed=computed,
    )


def top_of(name: str, purpose: str, left: int = 1) -> tuple[Put, ...]:
    """Title, purpose and the way back to Start here; beside a first column that stays in sight and is printed anew."""
    return (
        Put(1, left, name, "title"),
        Put(2, left, purpose, "purpose"),
        Put(3, 1, Link(START_SHEET, f"← {START_SHEET}"), "link"),
    )


def _head_lines(tables: Iterable[TablePlan]) -> int:
    return max(_lines(h, w - _BUTTON) for t in tables for h, w in zip(t.headers, t.widths, strict=True))


def _lines(text: str, width: float) -> int:
    """The lines that a text takes where only whole words are wrapped."""
    lines, room = 1, width
    for word in text.split():
        if len(word) > room and room < width:
            lines, room = lines + 1, width
        room -= len(word) + 1
    return lines


def height_of(lines: int) -> float:
    """The height of a row with so many lines, in points; Excel allows no more than 409."""
    return min(409.0, 15.0 * lines)


def lines_of(text: str, width: float) -> int:
    """The lines of a wrapped text in a column of that width; letters are a little narrower than figures."""
    return sum(_lines(part, width * _NARROW) for part in text.split("\n"))


def _fitted(tables: Iterable[TablePlan]) -> dict[int, float]:
    """The heights of the rows that need more than one line."""
    lines: dict[int, int] = {}
    for table in tables:
        for n, row in enumerate(table.rows, start=HEADER_ROW + 1):
            for cell, width in zip(row, table.widths, strict=True):
                if isinstance(cell, str) and len(cell) > width:
                    lines[n] = max(lines.get(n, 1), lines_of(cell, width))
    return {row: height_of(n) for row, n in lines.items() if n > 1}


def _column_span(table: TablePlan, n: int) -> Span:
    column = table.column + n
    return Span(HEADER_ROW + 1, column, LAST_ROW, column)


def rules_of(table: TablePlan) -> Iterator[Rule]:
    """What Excel says of a table's headings and entries."""
    for n, field in enumerate(table.fields):
        if field is None:
            continue
        column = table.column + n
        yield heading_hint(field, Span(HEADER_ROW, column, HEADER_ROW, column))
        rule = entry_rule(field, _column_span(table, n))
        if rule is not None:
            yield rule


def wanted_paint(register: type[Register], table: TablePlan) -> Paint:
    """What must be filled in and is blank, in a row that is begun."""
    must = set(wanted(register))
    numbers = [n for n, field in enumerate(table.fields) if field in must]
    spans = tuple(_runs(table, numbers))
    row = HEADER_ROW + 1
    last = table.column + len(register.columns) - 1
    first = spans[0]
    formula = f'=AND({at(row, first.left)}="",COUNTA({at(row, table.column, "c")}:{at(row, last, "c")})>0)'
    return Paint(spans, formula, "wanted")


def _runs(table: TablePlan, numbers: Sequence[int]) -> Iterator[Span]:
    """Neighbouring columns as one span."""
    begin = end = numbers[0]
    for n in [*numbers[1:], None]:
        if n == end + 1:
            end = n
            continue
        yield Span(HEADER_ROW + 1, table.column + begin, LAST_ROW, table.column + end)
        if n is not None:
            begin = end = n


def _paints(register: type[Register], table: TablePlan) -> Iterator[Paint]:
    yield wanted_paint(register, table)
    places = {field: table.column + n for n, field in enumerate(table.fields) if field is not None}
    for due in dues_of(register):
        column = places[due.column]
        span = Span(HEADER_ROW + 1, column, LAST_ROW, column)
        yield Paint((span,), _overdue_formula(due, places), "late")
    check = table.column + len(table.headers) - 1
    spans = tuple(Span(HEADER_ROW + 1, c, LAST_ROW, c) for c in (table.column, check))
    yield Paint(spans, f"=LEN({at(HEADER_ROW + 1, check, 'c')})>0", "wrong")


def _overdue_formula(due: Due, places: Mapping[Column[Any], int]) -> str:
    row = HEADER_ROW + 1
    cell = at(row, places[due.column], "c")
    parts = [f"ISNUMBER({cell})", f"{cell}<{AS_OF}"]
    for column, values in due.unless:
        held = at(row, places[column], "c")
        parts += [f'{held}<>"{value}"' for value in values] or [f'{held}=""']
    parts += [f'{at(row, places[column], "c")}="{value}"' for column, value in due.only]
    if due.newest is not None:
        ranges = [(c, at(row, places[c], "c")) for c in due.per]
        newest = at(row, places[due.newest], "c")
        pairs = [f"{_whole(places[c])},{cell}" for c, cell in ranges] + [f'{_whole(places[due.newest])},">"&{newest}']
        parts.append(f"COUNTIFS({','.join(pairs)})=0")
    return f"=AND({','.join(parts)})"


def _whole(column: int) -> str:
    return f"{at(HEADER_ROW + 1, column, 'rc')}:{at(LAST_ROW, column, 'rc')}"


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


def _marks(table: TablePlan) -> Iterator[Paint]:
    """What of a computed table asks for action."""
    wanted_at: dict[Column[Any], str] = {
        Triggers.state: '="Action needed"',
        Checks.severity: '="Must be mended"',
        ReviewsDue.days_late: ">0",
    }
    for n, field in enumerate(table.fields):
        if field is not None and field in wanted_at:
            span = _column_span(table, n)
            cell = at(span.top, span.left, "c")
            numeric = f"ISNUMBER({cell})," if field.kind is Kind.WHOLE else ""
            yield Paint((span,), f"=AND({numeric}{cell}{wanted_at[field]})", "late")
