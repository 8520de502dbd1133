"""What an older workbook lacks of today's layout, and what adds it.

Source: docs/contract/registers.md, Older workbooks. Tables and columns are looked at, not the version's number alone.
Nothing is renamed or taken away, and no value is touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from workbook.model.catalogue import THRESHOLDS
from workbook.model.cells import Cell, fold
from workbook.model.changes import AddColumn, AddSheet, AddTable, AppendRows, Change, ChangeSet
from workbook.model.declare import CHECK_HEADER
from workbook.model.guide import STEPS, Shown
from workbook.model.light_dataclasses import dataclass
from workbook.model.registers import COMPUTED, LISTS, LISTS_SHEET, REGISTERS, SETUP, Programme, Thresholds
from workbook.model.sheet_names import with_sheets_renamed
from workbook.model.snapshot import LAYOUT_PROPERTY, Snapshot, TableData
from workbook.rules.checks.thresholds import new_rows

COMMAND = "upgrade"
#: The two columns of the settings.
SETTING, VALUE = "Setting", "Value"
#: How like a header must be to ours to be pointed out, of 1.
_LIKE = 0.6


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that is added, or that is left to a person: kind `renamed`.

    Attributes:
        kind: table, column, setting, threshold, sheet, layout or renamed.
        table, column: what it is about; '' for none.
        words: the same for people.
    """

    kind: str
    table: str
    column: str
    words: str

    def as_json(self) -> dict[str, Any]:
        """The step as `champions upgrade --json` gives it."""
        return {"kind": self.kind, "table": self.table or None, "column": self.column or None, "words": self.words}


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What brings a workbook to a layout.

    Attributes:
        was: the layout that it says it has; None where it says none.
        to: the layout that it gets.
        steps: what is added, and what is left to a person.
        changes: what adds it.
    """

    was: str | None
    to: str
    steps: tuple[Step, ...]
    changes: ChangeSet

    @property
    def left(self) -> tuple[Step, ...]:
        """What a person must look at."""
        return tuple(step for step in self.steps if step.kind == "renamed")


def upgraded(snapshot: Snapshot, version: str) -> Upgrade:
    """What a workbook lacks, and what adds it.

    Args:
        snapshot: the workbook.
        version: the layout of today.
    """
    found = [*_tables(snapshot), *_columns(snapshot), *_settings(snapshot), *_thresholds(snapshot)]
    if not any(step.kind == "renamed" for step, _ in found):
        found += _sheets(snapshot)
    was = snapshot.properties.get(LAYOUT_PROPERTY)
    plain = ChangeSet(COMMAND, snapshot.fingerprint, tuple(change for _, change in found if change is not None))
    changes = with_sheets_renamed(snapshot, plain)
    steps = [step for step, _ in found]
    steps += [
        Step("sheet", "", "", f"{words[:1].upper()}{words[1:]}.") for words in changes.describe()[len(plain.changes) :]
    ]
    if was != version:
        steps.append(Step("layout", "", "", f"The workbook says from now on that it is of layout {version}."))
        changes = ChangeSet(COMMAND, snapshot.fingerprint, changes.changes, layout=version)
    return Upgrade(was, version, tuple(steps), changes)


Found = Iterator[tuple[Step, Change | None]]


def _tables(snapshot: Snapshot) -> Found:
    alike = {other.table: other for other in snapshot.elsewhere}
    for register in (*SETUP, *REGISTERS, *COMPUTED):
        if register.table not in snapshot.missing or register is Programme:
            continue
        other = alike.get(register.table)
        if other is not None:
            name = f"the table {other.name}" if other.name else "a list without a table's name"
            words = (
                f"The table {register.table} is missing; {name} on the sheet {other.sheet} looks like it. If it is the "
                f"one, call it {register.table} (Table Design, Table Name), then upgrade again. Nothing was added."
            )
            yield Step("renamed", register.table, "", words), None
            continue
        rows = tuple((t, p.name, p.default, p.unit, p.default, p.meaning) for t, p in THRESHOLDS)
        body = rows if register is Thresholds else ()
        words = f"The table {register.table}, on the sheet {register.sheet}."
        yield (
            Step("table", register.table, "", words),
            AddTable(register.table, register.sheet, _headers(register), body),
        )
    for declared in LISTS:
        if declared.table in snapshot.missing:
            values = tuple((value,) for value in declared.values)
            step = Step("table", declared.table, "", f"The list {declared.header}, on the sheet {LISTS_SHEET}.")
            yield step, AddTable(declared.table, LISTS_SHEET, (declared.header,), values)


def _sheets(snapshot: Snapshot) -> Found:
    """The sheets without a table that only new workbooks have: their formulas need every table and column."""
    there = {fold(sheet) for sheet in snapshot.sheets}
    for step in STEPS:
        if step.register is None and step.shown is Shown.FILLED and fold(step.sheet) not in there:
            shown = bool(snapshot.rows(step.filled_with))
            yield Step("sheet", "", "", f"The sheet {step.sheet}."), AddSheet(step.sheet, shown)


def _headers(register: Any) -> tuple[str, ...]:
    return (*register.headers(), *([CHECK_HEADER] if register.checked else []))


def _columns(snapshot: Snapshot) -> Found:
    for name, data in snapshot.tables.items():
        if data.register is Programme:
            continue
        sheet = snapshot.sheet_of(name)
        for header in _lacking(data):
            near = _like(header, data.unknown)
            if near:
                words = (
                    f"{sheet} has no column {header}; its column {near} looks like it. If it is the one, give it the "
                    f"heading {header}; if not, add the column yourself. Nothing was added."
                )
                yield Step("renamed", name, header, words), None
            else:
                yield Step("column", name, header, f"{sheet}: the column {header}."), AddColumn(name, header)


def _lacking(data: TableData) -> Iterator[str]:
    yield from (c.header for c in data.register.columns if c.attr not in data.positions)
    if data.register.checked and fold(CHECK_HEADER) not in {fold(h) for h in data.headers}:
        yield CHECK_HEADER


def _like(header: str, others: Iterable[str]) -> str:
    """The header that looks most like ours; '' where none does."""
    import difflib

    by_fold = {fold(other): other for other in others}
    close = difflib.get_close_matches(fold(header), by_fold, n=1, cutoff=_LIKE)
    if not close:
        ours = fold(header)
        close = [name for name in by_fold if len(name) > 2 and (name in ours or ours in name)][:1]
    return by_fold[close[0]] if close else ""


def _settings(snapshot: Snapshot) -> Found:
    if Programme.table not in snapshot.tables:
        return
    for column in Programme.columns:
        if column.header not in snapshot.setting_rows:
            row: dict[str, Cell] = {SETTING: column.header}
            if column.default is not None:
                row[VALUE] = column.default
            step = Step("setting", Programme.table, column.header, f"The setting {column.header}.")
            yield step, AppendRows(Programme.table, (row,))


def _thresholds(snapshot: Snapshot) -> Found:
    for change in new_rows(snapshot):
        if not isinstance(change, AppendRows):
            continue
        for row in change.rows:
            name = f"{row[Thresholds.trigger.header]} {row[Thresholds.parameter.header]}"
            step = Step("threshold", Thresholds.table, name, f"The threshold {name}, at its default.")
            yield step, AppendRows(change.table, (row,))
