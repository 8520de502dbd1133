"""Free text: what may identify a person, and text longer than a cell holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from workbook.model.declare import Column, Kind
from workbook.model.findings import Finding, Severity
from workbook.model.registers import Guidance, OutcomeMeasures, ProtectedTime, SupportLog
from workbook.rules.checks.context import Context
from workbook.rules.checks.declare import Check, Rule
from workbook.rules.checks.identify import identified, mask, suspects

#: What an Excel cell holds, in UTF-16 units, as Excel counts.
LONGEST = 32_767

IDENTIFIABLE = Check(
    code="identifiable-information",
    severity=Severity.WARNING,
    title="Identifies a person",
    rule="A text holds what looks like an NHS number, an e-mail address, a phone number, a postcode, a date of birth "
    "or a National Insurance number; the finding masks it.",
    message="{column} seems to hold {kinds}: {value}.",
    fix="Take it out. Where a person matters, use the record reference of the care system.",
)
TOO_LONG = Check(
    code="text-too-long",
    severity=Severity.ADVICE,
    title="Text too long",
    rule=f"A text is longer than the {LONGEST:,} characters that an Excel cell holds.",
    message=f"{{column}} has {{length}} characters. An Excel cell holds {LONGEST:,}; the rest can be lost.",
    fix="Shorten it, or keep the long text in a document and refer to it.",
)
CHECKS = (IDENTIFIABLE, TOO_LONG)
#: One-line texts in which people write sentences; the others hold names and references.
_SENTENCES = (
    ProtectedTime.reason_if_short,
    SupportLog.care_record_reference,
    Guidance.title,
    OutcomeMeasures.measure,
)


def identifiable(context: Context) -> Iterator[Finding]:
    """Texts that hold what may identify a person."""
    for data in context.tables():
        for column in data.register.columns:
            if (column.free or column in _SENTENCES) and context.has(column):
                yield from _identified_in(column, data.rows, context.values(column))


def _identified_in(column: Column[Any], rows: Sequence[Any], values: Sequence[str | None]) -> Iterator[Finding]:
    """Scans the whole column as one text: a call for each cell would cost more than all the other checks."""
    texts = [text or "" for text in values]
    for n in sorted(suspects(texts)):
        parts, row = identified(texts[n]), rows[n]
        if parts:
            yield IDENTIFIABLE.finding(
                column.table,
                row=row.sheet_row,
                row_id=row.id,
                column=column.header,
                value=", ".join(mask(texts[n], part) for part in parts),
                kinds=" and ".join(dict.fromkeys(part.kind for part in parts)),
            )


def too_long(context: Context) -> Iterator[Finding]:
    """Texts that are longer than a cell holds."""
    for data in context.tables():
        for column in data.register.columns:
            if column.kind in (Kind.TEXT, Kind.LONG_TEXT) and context.has(column):
                values = context.values(column)
                if max(map(len, filter(None, values)), default=0) * 2 > LONGEST:
                    yield from _too_long_in(column, data.rows, values)


def _too_long_in(column: Column[Any], rows: Sequence[Any], values: Sequence[str | None]) -> Iterator[Finding]:
    for row, text in zip(rows, values, strict=True):
        length = len(text.encode("utf-16-le", "surrogatepass")) // 2 if text else 0
        if text and length > LONGEST:
            yield TOO_LONG.finding(
                column.table,
                row=row.sheet_row,
                row_id=row.id,
                column=column.header,
                value=text[:300],
                length=f"{length:,}",
            )


RULES: tuple[Rule, ...] = (identifiable, too_long)
