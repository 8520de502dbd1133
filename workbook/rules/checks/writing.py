"""What a check writes: the Checks table, the `Check` column of each row, and ids for entries that have none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any

from workbook.model.catalogue import THRESHOLDS
from workbook.model.cell_address import column_place
from workbook.model.cells import LONGEST_TEXT, Cell, fold, fold_all, text_of
from workbook.model.changes import AddColumn, AddTable, Change, ChangeSet, ReplaceTable, RowRef, SetCell, row_digest
from workbook.model.declare import CHECK_HEADER
from workbook.model.findings import SEVERITY_WORDS, Finding, Severity
from workbook.model.registers import COMPUTED, LISTS, LISTS_SHEET, Checks, Thresholds
from workbook.model.sheet_names import with_sheets_renamed
from workbook.model.shown_sheets import with_filled_shown, with_goals_shown
from workbook.model.snapshot import Snapshot, TableData
from workbook.rules.checks.ids import BLANK_ID, highest, prefix_and_width
from workbook.rules.checks.thresholds import new_rows

#: So many signs of an id stand in a link, which Excel lets have 255, quotation marks counted twice.
_LONGEST_NAME = 60
#: A row's own fields before those of its columns.
_FIRST_VALUE = 3


def written(snapshot: Snapshot, findings: Sequence[Finding], *, ids: bool = True) -> tuple[Change, ...]:
    """The Checks table and the `Check` columns, where they say something else.

    Args:
        snapshot: the workbook that was checked.
        findings: all that was found in it.
        ids: whether entries without an id are given one.
    """
    found: list[Change] = list(_checks_table(snapshot, findings))
    by_table: dict[str, list[Finding]] = {}
    for finding in findings:
        by_table.setdefault(finding.table, []).append(finding)
    for data in snapshot.tables.values():
        if not data.register.computed:
            found += _of_table(data, by_table.get(data.register.table, ()), give_ids=ids)
    return tuple(found)


def changes(snapshot: Snapshot, findings: Sequence[Finding]) -> ChangeSet:
    """All that a check writes: the findings, blank ids, missing tables and thresholds, the sheets that these need.

    Args:
        snapshot: the workbook that was checked.
        findings: all that was found in it.
    """
    more = (*_missing_tables(snapshot), *new_rows(snapshot), *written(snapshot, findings))
    changed = ChangeSet("check", snapshot.fingerprint, more)
    return with_sheets_renamed(snapshot, with_goals_shown(snapshot, with_filled_shown(snapshot, changed)))


def _missing_tables(snapshot: Snapshot) -> Iterator[Change]:
    """The tables that a workbook can do without, added with their defaults."""
    rows = tuple((t, p.name, p.default, p.unit, p.default, p.meaning) for t, p in THRESHOLDS)
    if Thresholds.table in snapshot.missing:
        yield AddTable(Thresholds.table, Thresholds.sheet, Thresholds.headers(), rows)
    for declared in LISTS:
        if declared.table in snapshot.missing:
            values = tuple((value,) for value in declared.values)
            yield AddTable(declared.table, LISTS_SHEET, (declared.header,), values)
    for register in COMPUTED:
        if register.table in snapshot.missing and register is not Checks:
            yield AddTable(register.table, register.sheet, register.headers())


def listed(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that a person can do something about: blank ids are given by the run itself."""
    return [finding for finding in findings if finding.code != BLANK_ID.code]


def _checks_table(snapshot: Snapshot, findings: Sequence[Finding]) -> Iterator[Change]:
    findings = listed(findings)
    if Checks.table in snapshot.missing:
        # A new table takes no links; as `Go to` stays blank, the next check finds a difference and puts them in.
        yield AddTable(Checks.table, Checks.sheet, Checks.headers(), tuple(_line(snapshot, f, None) for f in findings))
        return
    places = _places(snapshot, findings)
    rows = tuple(_line(snapshot, finding, place) for finding, place in zip(findings, places, strict=True))
    if [_cells(row) for row in snapshot.rows(Checks)] != [_as_read(row) for row in rows]:
        links = {(n, Checks.go_to.header): place for n, place in enumerate(places) if place is not None}
        yield ReplaceTable(Checks.table, Checks.headers(), rows, links)


def _line(snapshot: Snapshot, finding: Finding, place: str | None) -> tuple[Cell, ...]:
    data = snapshot.tables.get(finding.table)
    name = finding.id if len(finding.id) <= _LONGEST_NAME else f"{finding.id[:_LONGEST_NAME]}…"
    where = f"{data.sheet if data else LISTS_SHEET} {name or f'row {finding.row}'}"
    return (
        SEVERITY_WORDS[finding.severity],
        where if place else None,
        finding.message,
        finding.fix,
        finding.column or None,
        finding.value or None,
        snapshot.sheet_of(finding.table),
        finding.id or None,
        finding.row,
        finding.code,
    )


def _cells(row: Any) -> tuple[Cell, ...]:
    """A row's values, without where it stands."""
    return tuple(row)[_FIRST_VALUE:]


def _as_read(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    return tuple(text_of(cell) if isinstance(cell, str) else cell for cell in row)


def _places(snapshot: Snapshot, findings: Sequence[Finding]) -> list[str | None]:
    """The cell of each finding as Excel names it, `'Sheet'!B7`; None where it is about no cell."""
    columns: dict[tuple[str, str], str | None] = {}
    found: list[str | None] = []
    for finding in findings:
        key = (finding.table, finding.column)
        if key not in columns:
            columns[key] = column_place(snapshot, *key)
        column = columns[key]
        found.append(f"{column}{finding.row}" if column is not None and finding.row is not None else None)
    return found


def _of_table(data: TableData, findings: Iterable[Finding], *, give_ids: bool) -> Iterator[Change]:
    ids = list(_blank_ids(data)) if give_ids else []
    checked = data.register.checked and (data.check is not None or data.named)
    texts = _texts(findings) if checked else {}
    there = (data.check or {}) if checked else {}
    wanted = {row.ordinal: texts[row.sheet_row] for row in data.rows if row.sheet_row in texts} if texts else {}
    differing = sorted(n for n in {*there, *wanted} if there.get(n) != wanted.get(n))
    if not ids and not differing:
        return
    refs = refs_of(data, {*differing, *(row.ordinal for row, _ in ids)})
    for row, row_id in ids:
        yield SetCell(refs[row.ordinal], row.register.key.header, None, row_id)
    if data.check is None and wanted:
        yield AddColumn(data.register.table, CHECK_HEADER)
    for n in differing:
        if n in refs or n < data.body_rows:  # a row that was emptied keeps no finding
            ref = refs.get(n) or RowRef(data.register.table, "", n)
            yield SetCell(ref, CHECK_HEADER, there.get(n), wanted.get(n))


def _texts(findings: Iterable[Finding]) -> dict[int, str]:
    """What stands in the Check column, by worksheet row."""
    said: dict[int, list[str]] = {}
    for finding in findings:
        if finding.row is not None and finding.severity is not Severity.ADVICE:
            said.setdefault(finding.row, []).append(f"{finding.message} {finding.fix}")
    return {row: "\n".join(dict.fromkeys(words))[:LONGEST_TEXT] for row, words in said.items()}


def refs_of(data: TableData, ordinals: Container[int]) -> Mapping[int, RowRef]:
    """How rows are addressed: by id, or, where that is blank or doubled, by ordinal and digest."""
    table = data.register.table
    times = Counter(fold_all([row.id for row in data.rows]))
    return {
        row.ordinal: RowRef(table, row.id, row.ordinal)
        if row.id and times[fold(row.id)] == 1
        else RowRef(table, row.id, row.ordinal, row_digest(_cells(row)))
        for row in data.rows
        if row.ordinal in ordinals
    }


def _blank_ids(data: TableData) -> Iterator[tuple[Any, str]]:
    """The rows without an id, each with the one it is given."""
    key = data.register.key
    form = prefix_and_width(key) if key is not None else None
    if key is None or form is None or key.attr not in data.positions:
        return
    blank = [row for row in data.rows if not row.id and key.attr not in row.bad]
    prefix, width = form
    number = highest([*(row.id for row in data.rows), *data.spare_ids], prefix) if blank else 0
    for row in blank:
        number += 1
        yield row, f"{prefix}{number:0{width}d}"
