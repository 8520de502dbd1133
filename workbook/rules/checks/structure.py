"""Tables and columns: missing, renamed, doubled; entries beneath a table; thresholds that nothing reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbook.model.cells import fold
from workbook.model.declare import Column
from workbook.model.findings import Finding, Severity
from workbook.model.late_patterns import late
from workbook.model.light_dataclasses import replace
from workbook.model.raw import Elsewhere
from workbook.model.registers import BY_TABLE, LISTS_BY_TABLE, LISTS_SHEET, OPTIONAL, Thresholds
from workbook.model.snapshot import TableData
from workbook.rules.checks.context import Context
from workbook.rules.checks.declare import Check, Rule

MISSING_TABLE = Check(
    code="missing-table",
    severity=Severity.ERROR,
    title="Table missing",
    rule="A table is not in the workbook; a hint only where it is a list, the thresholds or a computed table.",
    message="The table {table} (sheet {sheet}) is not in this workbook.",
    fix="{next}",
)
MISSING_COLUMN = Check(
    code="missing-column",
    severity=Severity.ERROR,
    title="Column missing",
    rule="A table lacks a column, and no header looks like it.",
    message="The table {table} (sheet {sheet}) has no column {column}.",
    fix="Add a column with the header {column}, exactly as written here.",
)
RENAMED_COLUMN = Check(
    code="renamed-column",
    severity=Severity.ERROR,
    title="Column renamed",
    rule="A table lacks a column, and another header looks like it.",
    message="The table {table} (sheet {sheet}) has no column {column}, but one named {value}, which looks like it.",
    fix="If it is the same column, change its header from {value} back to {column}.",
)
DUPLICATE_COLUMN = Check(
    code="duplicate-column",
    severity=Severity.ERROR,
    title="Column twice",
    rule="A header stands twice in a table; only the first of the two columns is read.",
    message="The table {table} (sheet {sheet}) has the column {column} twice. Only the first one is read.",
    fix="Move the entries into the first of the two columns and delete the other.",
)
ROWS_BENEATH = Check(
    code="rows-beneath-table",
    severity=Severity.ADVICE,
    title="Entries beneath the table",
    rule="Rows were typed directly beneath a table; they are read as entries.",
    message="{count} typed beneath the table {table} (sheet {sheet}), not within it. They were read as entries.",
    fix="Drag the corner of the table down over them.",
)
NAME_LOST = Check(
    code="table-name-lost",
    severity=Severity.ADVICE,
    title="Table name lost",
    rule="A table lost its name and was recognised by its sheet and header row.",
    message="On the sheet {sheet} the table {table} has lost its name. It was recognised by its header row.",
    fix="Mark the entries with their headers, choose Format as Table, and name the table {table}.",
)
ENTRIES_ELSEWHERE = Check(
    code="entries-elsewhere",
    severity=Severity.WARNING,
    title="Entries on a copy",
    rule="Another table, or entries under its headings, has the columns of a register, as a copied sheet leaves it; "
    "nothing reads it.",
    message="{value} on the sheet {other} has the columns of {sheet}, and is not read. {count}.",
    fix="Copy the entries that {sheet} lacks, paste them as values beneath its last row, and delete the sheet {other}.",
)
UNKNOWN_THRESHOLD = Check(
    code="unknown-threshold",
    severity=Severity.WARNING,
    title="Unknown threshold",
    rule="A row of the thresholds names a trigger or a parameter that does not exist; nothing reads it.",
    message="No trigger has the threshold {value}. Nothing reads this row; the default serves.",
    fix="Correct Trigger and Parameter as the reference page has them, or delete the row.",
)
CHECKS = (
    MISSING_TABLE,
    MISSING_COLUMN,
    RENAMED_COLUMN,
    DUPLICATE_COLUMN,
    ROWS_BENEATH,
    NAME_LOST,
    ENTRIES_ELSEWHERE,
    UNKNOWN_THRESHOLD,
)
_ADDED = "Defaults serve until then, and Check entries adds it."
_RESTORE = "Put it back from an earlier copy of this workbook. A table is known by its name, not by its sheet."
#: Said where a copy holds nothing of its own.
_NEEDLESS = replace(
    ENTRIES_ELSEWHERE, severity=Severity.ADVICE, fix="Nothing on it is needed: delete the sheet {other}."
)
#: Said where the entries are there under their headings alone.
_UNNAMED = replace(
    MISSING_TABLE,
    fix="The headings on the sheet {other} are its own. Mark them with the entries beneath, choose Format as Table, "
    "and name the table {table}: no entry is lost. Don't use an earlier copy.",
)
#: Said in place of the usual advice where the table is there under another name.
_RENAMED = replace(
    MISSING_TABLE,
    fix="The table {value} on the sheet {other} has its columns. If it is the same, click into it, choose Table "
    "Design and change its name from {value} to {table}: no entry is lost. Don't use an earlier copy.",
)
_WORDS = late(r"[^\W_]+")


def missing_tables(context: Context) -> Iterator[Finding]:
    """Tables of the contract that are not there."""
    renamed = {other.table: other for other in context.snapshot.elsewhere}
    for table in context.snapshot.missing:
        optional = table in OPTIONAL
        sheet = BY_TABLE[table].sheet if table in BY_TABLE else LISTS_SHEET
        other = renamed.get(table)
        if other is not None:
            check = _RENAMED if other.name else _UNNAMED
            yield check.finding(table, value=other.name, other=other.sheet, sheet=sheet)
        else:
            words = _ADDED if optional else _RESTORE
            yield MISSING_TABLE.at(Severity.ADVICE if optional else None).finding(table, sheet=sheet, next=words)


def copies(context: Context) -> Iterator[Finding]:
    """Entries that look like those of a register that is there too."""
    for other in context.snapshot.elsewhere:
        data = context.snapshot.tables.get(other.table)
        if data is not None:
            needed = other.lacking is None or other.lacking + other.differing > 0
            yield (ENTRIES_ELSEWHERE if needed else _NEEDLESS).finding(
                other.table,
                value=f"The table {other.name}" if other.name else "What stands under the headings",
                sheet=data.sheet,
                other=other.sheet,
                count=_lacking(other, data.sheet),
            )


def _lacking(other: Elsewhere, sheet: str) -> str:
    """What a copy holds that the register does not, in words."""
    if other.lacking is None:
        return f"It has {_rows(other.rows)}"
    words = f"{_rows(other.lacking)} of it {'is' if other.lacking == 1 else 'are'} missing from {sheet}"
    if not other.lacking:
        words = f"None of its {_rows(other.rows)} is missing from {sheet}"
    if other.differing:
        words += f", and {_rows(other.differing)} {'says' if other.differing == 1 else 'say'} something else there"
    return words


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count} rows"


def columns(context: Context) -> Iterator[Finding]:
    """Columns that are missing, renamed or there twice."""
    for table, data in context.snapshot.tables.items():
        severity = Severity.ADVICE if table in OPTIONAL else None
        looks_like = _alike(data.missing, data.unknown)
        for column in data.missing:
            other = looks_like.get(column.header, "")
            check = RENAMED_COLUMN if other else MISSING_COLUMN
            yield check.at(severity).finding(table, column=column.header, value=other, sheet=data.sheet)
        for header in data.doubled:
            yield DUPLICATE_COLUMN.at(severity).finding(table, column=header, sheet=data.sheet)


def _alike(missing: Sequence[Column[object]], unknown: Sequence[str]) -> dict[str, str]:
    """For each missing header the unknown one that looks most like it, each used once."""
    pairs = sorted(((-_likeness(c.header, u), c.header, u) for c in missing for u in unknown), key=lambda p: p[0])
    found: dict[str, str] = {}
    for likeness, header, other in pairs:
        if likeness <= -0.7 and header not in found and other not in found.values():
            found[header] = other
    return found


def _likeness(header: str, other: str) -> float:
    """From 0 (nothing in common) to 1 (the same words)."""
    from difflib import SequenceMatcher

    ours, theirs = _WORDS.findall(fold(header)), _WORDS.findall(fold(other))
    if not ours or not theirs:
        return 0.0
    if set(ours) <= set(theirs) or set(theirs) <= set(ours):
        return 0.8 + 0.2 * min(len(ours), len(theirs)) / max(len(ours), len(theirs))
    return SequenceMatcher(None, "".join(ours), "".join(theirs), autojunk=False).ratio()


def places(context: Context) -> Iterator[Finding]:
    """Tables that are known by their header row alone, and entries beneath a table."""
    for table, data in {**context.snapshot.tables, **context.snapshot.list_tables}.items():
        if not data.named:
            yield NAME_LOST.finding(table, sheet=data.sheet)
        if table in LISTS_BY_TABLE or not data.register.computed:
            yield from _beneath(table, data)


def _beneath(table: str, data: TableData) -> Iterator[Finding]:
    count = sum(row.ordinal >= data.body_rows for row in data.rows) if data.rows else data.total_rows - data.body_rows
    if count > 0:
        words = "1 row was" if count == 1 else f"{count} rows were"
        yield ROWS_BENEATH.finding(table, row=data.header_row + 1 + data.body_rows, sheet=data.sheet, count=words)


def thresholds(context: Context) -> Iterator[Finding]:
    """Rows of the thresholds that no trigger reads."""
    known = {(fold(trigger), fold(parameter)) for trigger, parameter in context.snapshot.thresholds}
    triggers = {trigger for trigger, _ in known}
    for row in context.snapshot.rows(Thresholds):
        if not row.trigger or not row.parameter or (fold(row.trigger), fold(row.parameter)) in known:
            continue
        column = Thresholds.parameter if fold(row.trigger) in triggers else Thresholds.trigger
        yield UNKNOWN_THRESHOLD.finding(
            Thresholds.table,
            row=row.sheet_row,
            row_id=f"{row.trigger} {row.parameter}",
            column=column.header,
            value=f"{row.trigger} {row.parameter}",
        )


RULES: tuple[Rule, ...] = (missing_tables, copies, columns, places, thresholds)
