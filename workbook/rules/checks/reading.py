"""Cells that could not be read, or were read with a remark: types, lists, references, required entries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from workbook.model.cells import read_date, show
from workbook.model.days import why_no_day
from workbook.model.declare import Column, Kind, gives_ids
from workbook.model.findings import Finding, Severity
from workbook.model.light_dataclasses import replace
from workbook.model.registers import Programme
from workbook.model.snapshot import CellProblem, TableData
from workbook.rules.checks.context import Context
from workbook.rules.checks.declare import Check, Rule
from workbook.rules.checks.suggesting import meant_choice, meant_reference

_AS_DATE = "Type it again as day/month/year."

REQUIRED_BLANK = Check(
    code="required-blank",
    severity=Severity.ERROR,
    title="Blank, but needed",
    rule="A column that every entry must fill in is blank.",
    message="{column} is blank.",
    fix="Fill in {column}.",
)
NOT_A_DATE = Check(
    code="not-a-date",
    severity=Severity.ERROR,
    title="Not a date",
    rule="A date column holds something that is no date, or a text whose day and month can be exchanged.",
    message="{column} is {value}, which {why}.",
    fix="{again}",
)
DATE_AS_TEXT = Check(
    code="date-as-text",
    severity=Severity.ADVICE,
    title="Date typed as text",
    rule="A date is stored as text; it is read, as there is one reading only.",
    message="{column} is stored as the text {value} and was read as {detail}.",
    fix=_AS_DATE,
)
DATE_AS_NUMBER = Check(
    code="date-as-number",
    severity=Severity.ADVICE,
    title="Date shown as a number",
    rule="A date column holds a plain number, which is read as Excel counts days.",
    message="{column} shows the number {value} and was read as {detail}.",
    fix="Give the cell a date format, or type it again as day/month/year.",
)
NOT_A_NUMBER = Check(
    code="not-a-number",
    severity=Severity.ERROR,
    title="Not a number",
    rule="A number column holds something else; a threshold like that is passed over and the default serves.",
    message="{column} is {value}, which is not a number.",
    fix="Type a number, in figures.",
)
NUMBER_AS_TEXT = Check(
    code="number-as-text",
    severity=Severity.ADVICE,
    title="Number stored as text",
    rule="A number is stored as text; it is read as a number.",
    message="{column} is the number {value} stored as text.",
    fix="Type it again as a number.",
)
READ_AS_SHOWN = Check(
    code="read-as-shown",
    severity=Severity.ADVICE,
    title="Number typed as per cent or as a time",
    rule="A number is shown as 75% in a column of percentages, or as 3:00 in a column of hours; it is read as seen.",
    message="{column} shows {value} and was read as {detail}.",
    fix="To be sure, give the cell the number format General and type the number alone.",
)
WRONG_UNIT = Check(
    code="wrong-unit",
    severity=Severity.ERROR,
    title="Shown as another kind of number",
    rule="A number is shown as per cent or as a time where neither is meant, so that it can't be told what it is.",
    message="{column} shows {seen}, but another kind of number is wanted here.",
    fix="Give the cell the number format General, and type the number alone.",
)
SAYS_NOTHING = Check(
    code="says-nothing",
    severity=Severity.ADVICE,
    title="N/A in place of a blank",
    rule="A cell that may stay blank holds N/A, none, a dash or the like; it is read as blank.",
    message="{column} is {value}, which was read as blank.",
    fix="Leave the cell blank.",
)
NOT_WHOLE = Check(
    code="not-a-whole-number",
    severity=Severity.ERROR,
    title="Not a whole number",
    rule="A count, a version or a score has a fraction.",
    message="{column} is {value}, which is not a whole number.",
    fix="Type a whole number.",
)
OUT_OF_RANGE = Check(
    code="out-of-range",
    severity=Severity.ERROR,
    title="Out of range",
    rule="A number is outside what it can be: scores 1 to 5, hours and counts 0 or more, hours per week at most 60, "
    "percent 0 to 100.",
    message="{column} is {value}, but it has to be {range}.",
    fix="Correct {column}.",
)
NOT_IN_LIST = Check(
    code="not-in-list",
    severity=Severity.ERROR,
    title="Not in the list",
    rule="A value is not one of those to choose from; case and spaces do not matter.",
    message="{column} is {detail}, which is not in the list.",
    fix="{meant}Choose one of: {choices}.",
)
UNKNOWN_REFERENCE = Check(
    code="unknown-reference",
    severity=Severity.ERROR,
    title="Refers to nothing",
    rule="An id, a service code, a person or a trigger is named that does not exist.",
    message="{column} names {detail}, which is not in {target}.",
    fix="{what_to_do}",
)
ERROR_VALUE = Check(
    code="excel-error-value",
    severity=Severity.ERROR,
    title="Excel error",
    rule="A cell shows an error of Excel, such as #REF! or #N/A.",
    message="{column} shows the error {value}.",
    fix="Type the value again in place of the formula.",
)
#: The same where no formula stands: so LibreOffice, and Excel on a Mac, tell a picture or a data type in a cell.
ERROR_TYPED = replace(
    ERROR_VALUE,
    fix="Type the value again. If Excel shows a picture or a data type in this cell, nothing is wrong: what read the "
    "workbook can't tell it from an error. Check the saved file, or in Excel on Windows, to be sure.",
)
FORMULA = Check(
    code="formula-where-entry-expected",
    severity=Severity.WARNING,
    title="Formula in place of an entry",
    rule="A column that people fill in holds a formula; its value is used.",
    message="{column} holds a formula. Its value, {value}, was used.",
    fix="Type the value itself: a formula can change when rows are sorted.",
)

CHECKS = (
    REQUIRED_BLANK,
    NOT_A_DATE,
    DATE_AS_TEXT,
    DATE_AS_NUMBER,
    NOT_A_NUMBER,
    NUMBER_AS_TEXT,
    READ_AS_SHOWN,
    WRONG_UNIT,
    SAYS_NOTHING,
    NOT_WHOLE,
    OUT_OF_RANGE,
    NOT_IN_LIST,
    UNKNOWN_REFERENCE,
    ERROR_VALUE,
    FORMULA,
)
_BY_CODE = {check.code: check for check in CHECKS}
#: What stands in the place of a picture or a data type, for a program that knows none.
_OBJECTS_CODE = "#VALUE!"
#: The header under which the settings' values stand.
VALUE_HEADER = "Value"


def unreadable(context: Context) -> Iterator[Finding]:
    """The cells of every register that could not be read, or were read with a remark."""
    for data in context.tables():
        if data.problems:
            ids = {row.ordinal: row.id for row in data.rows}
            for problem in data.problems:
                row = data.header_row + 1 + problem.ordinal
                yield _finding(context, data, problem, row=row, row_id=ids.get(problem.ordinal, ""))


def unreadable_settings(context: Context) -> Iterator[Finding]:
    """The same of the settings on Setup: each is a row of its own, known by its label."""
    data = context.snapshot.tables.get(Programme.table)
    if data is None:
        return
    for problem in data.problems:
        label = problem.column.header
        found = _finding(context, data, problem, row=context.snapshot.setting_rows.get(label), row_id=label)
        yield replace(found, column=VALUE_HEADER)


def _finding(context: Context, data: TableData, problem: CellProblem, *, row: int | None, row_id: str) -> Finding:
    check, value = _BY_CODE[problem.code], show(problem.cell)
    if check is ERROR_VALUE and value == _OBJECTS_CODE and not _has_formula(data, problem):
        check = ERROR_TYPED
    table, header = data.register.table, problem.column.header
    same = check.code, table, header, problem.detail, type(problem.cell), problem.cell

    def worded() -> Finding:  # the same entry may stand in very many cells
        return check.finding(table, row=None, row_id="", column=header, value=value, **_words(context, problem))

    found = context.once(same, worded)
    return replace(found, row=row, id=row_id)


def _has_formula(data: TableData, problem: CellProblem) -> bool:
    return (problem.ordinal, data.positions.get(problem.column.attr, -1)) in data.formulas


def _words(context: Context, problem: CellProblem) -> dict[str, str]:
    """What a finding's words need besides the column and the value."""
    column, detail = problem.column, problem.detail
    if problem.code == NOT_A_DATE.code:
        if detail:
            return {"why": f"can be read as {detail}", "again": f"Type it as {detail}, whichever is meant."}
        text = problem.cell if isinstance(problem.cell, str) else ""
        return {"why": why_no_day(text) or "is not a date", "again": _AS_DATE}
    if problem.code == DATE_AS_NUMBER.code:
        detail = show(read_date(problem.cell, date_1904=context.snapshot.date_1904).value)
    if problem.code == WRONG_UNIT.code:
        return {"seen": show(problem.cell)}
    words = {"detail": detail or show(problem.cell), "target": context.snapshot.sheet_of(column.target)}
    if problem.code == OUT_OF_RANGE.code:
        words["range"] = range_of(column.minimum, column.maximum)
    if problem.code == NOT_IN_LIST.code:
        words["choices"] = _choices(context, column)
        meant = meant_choice(words["detail"], offered(context, column))
        words["meant"] = f"Did you mean {meant}? " if meant else ""
    if problem.code == UNKNOWN_REFERENCE.code:
        words["what_to_do"] = meant_reference(context, column.target, words["detail"]) or to_correct(**words)
    return words


def range_of(low: float | None, high: float | None) -> str:
    """A range in words, such as "from 0 to 60"."""
    if low is None or high is None:
        return f"{show(low)} or more" if low is not None else f"at most {show(high)}"
    return f"from {show(low)} to {show(high)}"


def to_correct(detail: str, target: str) -> str:
    """What to do where nobody can tell what was meant."""
    return f"Correct it, or add {detail} to {target}."


def offered(context: Context, column: Column[Any]) -> Sequence[str]:
    """The words that a column offers."""
    if column.kind is Kind.YES_NO:
        return ("Yes", "No")
    return column.choices if column.kind is not Kind.LIST else context.snapshot.lists[column.target]


def _choices(context: Context, column: Column[Any]) -> str:
    if column.kind is Kind.YES_NO:
        return "Yes, No"
    if column.kind is not Kind.LIST:
        return ", ".join(column.choices)
    return ", ".join(context.snapshot.lists[column.target]) + " (the Lists sheet holds this list)"


def blank(context: Context) -> Iterator[Finding]:
    """Required cells that are blank. A column that is not there is one finding of its own, not one a row."""
    for data in context.tables():
        for column in data.register.columns:
            if column.required and column.attr in data.positions and not gives_ids(column):
                yield from _blank_cells(context, data, column)


def _blank_cells(context: Context, data: TableData, column: Column[Any]) -> Iterator[Finding]:
    if None not in context.values(column):
        return
    for row in context.rows_with(column, (None,)):
        if column.attr not in row.bad:
            yield REQUIRED_BLANK.finding(data.register.table, row=row.sheet_row, row_id=row.id, column=column.header)


def formulas(context: Context) -> Iterator[Finding]:
    """Formulas in columns that people fill in."""
    for data in context.tables():
        if not data.formulas:
            continue
        rows = {row.ordinal: row for row in data.rows}
        columns = {data.positions[c.attr]: c for c in data.register.columns if c.attr in data.positions}
        for ordinal, position in data.formulas:
            row, column = rows.get(ordinal), columns.get(position)
            if row is not None and column is not None:
                value = show(getattr(row, column.attr)) or "blank"
                yield FORMULA.finding(
                    data.register.table, row=row.sheet_row, row_id=row.id, column=column.header, value=value
                )


def setting_formulas(context: Context) -> Iterator[Finding]:
    """Formulas in place of a setting."""
    data = context.snapshot.tables.get(Programme.table)
    if data is None or not data.formulas:
        return
    with_formula = {data.header_row + 1 + ordinal for ordinal, _ in data.formulas}
    for column in Programme.columns:
        row = context.snapshot.setting_rows.get(column.header)
        if row in with_formula:
            value = show(getattr(context.snapshot.programme, column.attr)) or "blank"
            yield FORMULA.finding(Programme.table, row=row, row_id=column.header, column=VALUE_HEADER, value=value)


RULES: tuple[Rule, ...] = (unreadable, unreadable_settings, blank, formulas, setting_formulas)
