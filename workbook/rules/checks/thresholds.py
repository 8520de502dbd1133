"""The Thresholds table of an older workbook: rows that it lacks, and rows that stand at a default that is one no more.

A row whose Value equals its Default was nobody's choice, so the new default is offered; a person's own stays. Nothing
is changed unless the person says so: `taken` and `kept` are what the answers write.

Source: docs/contract/checks-and-triggers.md, Thresholds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from workbook.model.catalogue import RULES_VERSION, THRESHOLDS
from workbook.model.cells import Cell, fold, show
from workbook.model.changes import AppendRows, Change, RowRef, SetCell, row_digest
from workbook.model.findings import Finding, Severity
from workbook.model.registers import Thresholds
from workbook.model.snapshot import Snapshot
from workbook.model.triggers import Parameter
from workbook.rules.checks.context import Context
from workbook.rules.checks.declare import Check, Rule

NEW_DEFAULT = Check(
    code="new-default",
    severity=Severity.ADVICE,
    title="New default",
    rule=(
        "A threshold has the default of an earlier version of the rules, and nobody has changed it. It stays in force "
        "until somebody takes the new one."
    ),
    message="{value} is {old}, the default of an earlier version of the rules; by version {rules} it is {new}.",
    fix="Take the new defaults when Check entries asks, or type {new} under Value and Default. To keep {old}, type "
    "{new} under Default alone.",
)
CHECKS = (NEW_DEFAULT,)


class Outdated(NamedTuple):
    """A row of Thresholds that stands at a former default, and the parameter as it is now."""

    row: Thresholds
    parameter: Parameter

    @property
    def name(self) -> str:
        """The trigger and the parameter, such as S8 Days."""
        return f"{self.row.trigger} {self.row.parameter}"

    @property
    def words(self) -> str:
        """What the offer is, such as `S8 Days: 21 in place of 14`."""
        return f"{self.name}: {show(self.parameter.default)} in place of {show(self.row.value)}"


def outdated(snapshot: Snapshot) -> list[Outdated]:
    """The rows whose Value is their Default, where that is not the default any more."""
    known = {(fold(trigger), fold(p.name)): p for trigger, p in THRESHOLDS}
    found: dict[tuple[str, str], Outdated] = {}
    for row in snapshot.rows(Thresholds):
        key = fold(row.trigger or ""), fold(row.parameter or "")
        parameter = known.get(key)
        # Of two rows for one threshold the first that holds a number is in force.
        if parameter is None or row.value is None or key in found:
            continue
        found[key] = Outdated(row, parameter)
    return [one for one in found.values() if one.row.value == one.row.default != one.parameter.default]


def new_rows(snapshot: Snapshot) -> Iterator[Change]:
    """The thresholds that the table lacks, with their defaults, as rows at its end."""
    data = snapshot.tables.get(Thresholds.table)
    needed = {c.attr for c in (Thresholds.trigger, Thresholds.parameter, Thresholds.value)}
    if data is None or not needed <= data.positions.keys() or any(needed & row.bad for row in data.rows):
        return  # what can't be read may be the very row
    there = {(fold(row.trigger), fold(row.parameter)) for row in data.rows if row.trigger and row.parameter}
    known = [c for c in Thresholds.columns if c.attr in data.positions]
    lacking = [(t, p) for t, p in THRESHOLDS if (fold(t), fold(p.name)) not in there]
    rows: list[Mapping[str, Cell]] = []
    for trigger, p in lacking:
        cells: tuple[Cell, ...] = (trigger, p.name, p.default, p.unit, p.default, p.meaning)
        by_header = dict(zip(Thresholds.headers(), cells, strict=True))
        rows.append({c.header: by_header[c.header] for c in known})
    if rows:
        yield AppendRows(Thresholds.table, tuple(rows))


def taken(snapshot: Snapshot) -> list[Change]:
    """What taking the new defaults writes: Value and Default of each row that stands at a former one."""
    return [
        change for one in outdated(snapshot) for change in _set(one, Thresholds.value.header, Thresholds.default.header)
    ]


def kept(snapshot: Snapshot) -> list[Change]:
    """What keeping the former ones writes: the Default alone, so that the Value is a person's choice from now on."""
    return [change for one in outdated(snapshot) for change in _set(one, Thresholds.default.header)]


def _set(one: Outdated, *headers: str) -> Iterator[Change]:
    row = one.row
    digest = row_digest([getattr(row, column.attr) for column in Thresholds.columns])
    ref = RowRef(Thresholds.table, "", row.ordinal, digest)
    for header in headers:
        yield SetCell(ref, header, row.value, one.parameter.default)


def new_defaults(context: Context) -> Iterator[Finding]:
    """A finding for each row that stands at a former default."""
    for one in outdated(context.snapshot):
        yield NEW_DEFAULT.finding(
            Thresholds.table,
            row=one.row.sheet_row,
            row_id=one.name,
            column=Thresholds.value.header,
            value=one.name,
            old=show(one.row.value),
            new=show(one.parameter.default),
            rules=RULES_VERSION,
        )


RULES: tuple[Rule, ...] = (new_defaults,)
