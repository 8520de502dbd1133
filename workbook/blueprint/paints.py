"""Looks that entries take on: missing, overdue, wrong, asking for action. They reach the rows added later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from workbook.blueprint.dues import Due, dues_of
from workbook.blueprint.formulas import AS_OF, at, wanted, words
from workbook.blueprint.layout import HEADER_ROW, LAST_ROW
from workbook.blueprint.plan import Paint, Span, TablePlan
from workbook.model.declare import Column, Kind, Register
from workbook.model.findings import SEVERITY_WORDS, Severity
from workbook.model.registers import Checks, ReviewsDue, Triggers
from workbook.model.triggers import STATE_WORDS, State


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


def entry_paints(register: type[Register], table: TablePlan) -> Iterator[Paint]:
    """What Excel shows of the entries of a register."""
    yield wanted_paint(register, table)
    places = {field: table.column + n for n, field in enumerate(table.fields) if field is not None}
    for due in dues_of(register):
        column = places[due.column]
        span = Span(HEADER_ROW + 1, column, LAST_ROW, column)
        yield Paint((span,), _overdue_formula(due, places), "late")
    check = table.column + len(table.headers) - 1
    if not register.checked:
        whole = Span(HEADER_ROW + 1, table.column, LAST_ROW, check)
        yield Paint((whole,), f"=LEN({at(HEADER_ROW + 1, check, 'c')})>0", "quiet")
        return
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


def result_paints(table: TablePlan) -> Iterator[Paint]:
    """What of a computed table asks for action."""
    asking: dict[Column[Any], str] = {
        Triggers.state: f"={words(STATE_WORDS[State.RAISED])}",
        Checks.severity: f"={words(SEVERITY_WORDS[Severity.ERROR])}",
        ReviewsDue.days_late: ">0",
    }
    for n, field in enumerate(table.fields):
        if field is not None and field in asking:
            span = Span(HEADER_ROW + 1, table.column + n, LAST_ROW, table.column + n)
            cell = at(span.top, span.left, "c")
            numeric = f"ISNUMBER({cell})," if field.kind is Kind.WHOLE else ""
            yield Paint((span,), f"=AND({numeric}{cell}{asking[field]})", "late")
