"""Ids: blank, malformed, twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from workbook.model.cells import fold
from workbook.model.declare import Column, Register
from workbook.model.findings import Finding, Severity
from workbook.model.folding import eye
from workbook.model.late_patterns import late
from workbook.rules.checks.context import Context
from workbook.rules.checks.declare import Check, Rule

BLANK_ID = Check(
    code="blank-id",
    severity=Severity.ADVICE,
    title="No id yet",
    rule="An entry has no id; the program gives it the next free one.",
    message="This entry has no {column} yet.",
    fix="Check entries gives it the next free one.",
)
MALFORMED_ID = Check(
    code="malformed-id",
    severity=Severity.ERROR,
    title="Id of the wrong form",
    rule="An id does not have the form of its table, such as DC-001.",
    message="{column} is {value}, which does not have the form {form}.",
    fix="{meant}, or leave it blank and Check entries gives one.",
)
DUPLICATE_ID = Check(
    code="duplicate-id",
    severity=Severity.ERROR,
    title="Id used twice",
    rule="Two entries of a table have the same id; found on the second and later ones.",
    message="{column} {value} is used twice: it already stands in row {first}.",
    fix="Give this entry an id of its own, or clear its {column} and Check entries gives the next free one.",
)
CHECKS = (BLANK_ID, MALFORMED_ID, DUPLICATE_ID)
_ID = late(r"([A-Za-z]+)[\s.:/_-]*0*(\d{1,9})\Z")
_FORM = late(r"([A-Z]+-)\\d\{(\d+),\}\Z")


def prefix_and_width(column: Column[Any]) -> tuple[str, int] | None:
    """The prefix and the number of digits of a table's ids; None where people make them up, as service codes."""
    match = _FORM.match(column.pattern)
    return (match[1], int(match[2])) if match else None


def highest(ids: Iterable[str], prefix: str) -> int:
    """The highest number among ids of one form; 0 for none."""
    ends = (i[len(prefix) :] for i in ids if i.upper().startswith(prefix))
    return max((int(end) for end in ends if end.isdecimal() and len(end) < 12), default=0)


def id_meant(key: Column[Any], text: str) -> str:
    """An id in the form of its table: DC-001 for DC-01 or dc 1; '' where the text is none."""
    form, match = prefix_and_width(key), _ID.fullmatch(eye(text).strip())
    if form is None or match is None or f"{match[1].upper()}-" != form[0]:
        return ""
    return f"{form[0]}{int(match[2]):0{form[1]}d}"


def _form(column: Column[Any]) -> str:
    parts = prefix_and_width(column)
    return f"{parts[0]}{'1':0>{parts[1]}}" if parts else "two to six capital letters, such as OAK"


def ids(context: Context) -> Iterator[Finding]:
    """Ids that are blank, malformed or used before."""
    for data in context.tables():
        key = data.register.key
        if key is not None and context.has(key):
            yield from _ids_of(context, data.register, key)


def _ids_of(context: Context, register: type[Register], key: Column[Any]) -> Iterator[Finding]:
    values, rows = context.values(key), context.snapshot.rows(register)
    full = re.compile(key.pattern).fullmatch
    odd, known = {v for v in values if v is not None and not full(v)}, set(values)
    for row in context.rows_with(key, odd):
        form, meant = _form(key), id_meant(key, row.id)
        words = {"form": form, "meant": f"Type it as {meant if meant and meant not in known else form}"}
        yield MALFORMED_ID.finding(
            key.table, row=row.sheet_row, row_id=row.id, column=key.header, value=row.id, **words
        )
    if None in values and prefix_and_width(key):
        for row in context.rows_with(key, (None,)):
            if key.attr not in row.bad:
                yield BLANK_ID.finding(key.table, row=row.sheet_row, column=key.header)
    if not odd and len(set(values)) == len(values):
        return
    first: dict[str, int] = {}
    for row, value in zip(rows, values, strict=True):
        if value is not None and first.setdefault(fold(value), row.sheet_row) != row.sheet_row:
            where = str(first[fold(value)])
            yield DUPLICATE_ID.finding(
                key.table, row=row.sheet_row, row_id=value, column=key.header, value=value, first=where
            )


RULES: tuple[Rule, ...] = (ids,)
