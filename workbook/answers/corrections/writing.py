"""What corrections write, in one step: the cells, and what a check says of the entries afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from workbook.answers.corrections.declare import Correction
from workbook.answers.recording import looked_through
from workbook.model.changes import Change, ChangeSet, SetCell
from workbook.model.declare import Kind, gives_ids
from workbook.model.findings import Finding
from workbook.model.light_dataclasses import replace
from workbook.model.snapshot import Snapshot, TableData
from workbook.rules import checks
from workbook.rules.checks.writing import refs_of

#: As the change set of corrections is called, in History too.
COMMAND = "fix"


def fixed(snapshot: Snapshot, corrections: Sequence[Correction], as_of: dt.date) -> tuple[ChangeSet, list[Finding]]:
    """The changes that make corrections and bring the findings up to date, and the findings that are left.

    Args:
        snapshot: the workbook that the corrections were proposed for.
        corrections: those to be made.
        as_of: the day.

    Returns:
        No changes where there is no correction to be made.
    """
    after = corrected(snapshot, corrections)
    findings = checks.run(after, as_of)
    if not corrections:
        return ChangeSet(COMMAND, snapshot.fingerprint, ()), findings
    cells = [SetCell(c.row, c.column.header, c.before, c.after) for c in corrections]
    looked = looked_through(after, findings, as_of)
    return ChangeSet(COMMAND, snapshot.fingerprint, (*cells, *_addressed(snapshot, looked))), findings


def _addressed(snapshot: Snapshot, changes: ChangeSet) -> Iterator[Change]:
    """Changes whose rows are named as they are before the corrections: so a host finds them."""
    refs = {name: refs_of(data, {row.ordinal for row in data.rows}) for name, data in snapshot.tables.items()}
    for change in changes.changes:
        if isinstance(change, SetCell):
            ref = refs.get(change.row.table, {}).get(change.row.ordinal, change.row)
            yield replace(change, row=ref)
        else:
            yield change


def corrected(snapshot: Snapshot, corrections: Sequence[Correction]) -> Snapshot:
    """The workbook as it would be read once the corrections are made; its fingerprint stays the former one."""
    by_table: dict[str, list[Correction]] = {}
    for correction in corrections:
        by_table.setdefault(correction.row.table, []).append(correction)
    keys = {table: _renamed(made) for table, made in by_table.items()}
    tables = {
        name: _corrected_table(data, by_table.get(name, []), {t: ids for t, ids in keys.items() if ids})
        for name, data in snapshot.tables.items()
    }
    return replace(snapshot, tables=tables, _index={})


def _renamed(corrections: Sequence[Correction]) -> dict[str, str]:
    """The ids that are corrected, each with its new one."""
    return {c.row.id: str(c.after) for c in corrections if c.column.kind is Kind.ID and c.row.id}


def _corrected_table(
    data: TableData, corrections: Sequence[Correction], keys: Mapping[str, Mapping[str, str]]
) -> TableData:
    referring = [c for c in data.register.columns if c.target in keys]
    if not corrections and not referring:
        return data
    made: dict[int, dict[str, Any]] = {}
    for correction in corrections:
        made.setdefault(correction.row.ordinal, {})[correction.column.attr] = correction.value
    rows = []
    for row in data.rows:
        values = {c.attr: _following(getattr(row, c.attr), keys[c.target]) for c in referring} | made.get(
            row.ordinal, {}
        )
        rows.append(row.having(**values, bad=row.bad.difference(made.get(row.ordinal, ()))) if values else row)
    mended = {(c.row.ordinal, c.column) for c in corrections}
    return replace(
        data,
        rows=[row for row in rows if row.ordinal not in made or _holds_something(row)],
        problems=[p for p in data.problems if (p.ordinal, p.column) not in mended],
        respelt=[r for r in data.respelt if (r.ordinal, r.column) not in mended],
    )


def _following(value: Any, ids: Mapping[str, str]) -> Any:
    if not isinstance(value, str):
        return value
    return ", ".join(ids.get(part, part) for part in value.split(", "))


def _holds_something(row: Any) -> bool:
    """Whether a row is an entry still: one that holds only an id that the program gives is none."""
    return bool(row.bad) or any(
        getattr(row, c.attr) not in (None, False) for c in row.register.columns if not gives_ids(c)
    )
