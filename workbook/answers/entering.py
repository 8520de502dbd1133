"""Rows of the entry sheets, entered into the registers: what a check does with them, as one change set.

A whole row is added to its registers, and the row itself is marked with what it became. A later check that finds that
entry in its register clears the row; so nothing is cleared that is not known to stand there.

Source: docs/contract/registers.md, Entry sheets.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from workbook.model.cells import Cell, fold, show
from workbook.model.changes import AppendRows, Change, ChangeSet, SetCell
from workbook.model.declare import Column, Kind, Register
from workbook.model.light_dataclasses import dataclass, field, replace
from workbook.model.registers import BY_TABLE, History
from workbook.model.registers.entry import ALWAYS, AS_ABOVE, AS_NEWEST, BETWEEN, FILLS, FOR_EACH, Fill
from workbook.model.snapshot import CellProblem, Snapshot, TableData
from workbook.rules.checks.context import Context
from workbook.rules.checks.identify import masked
from workbook.rules.checks.ids import highest, prefix_and_width
from workbook.rules.checks.suggesting import NAMES, id_of
from workbook.rules.checks.writing import refs_of

_MARK = "entered_as"


@dataclass(frozen=True)
class Waiting:
    """A row of an entry sheet that is not entered.

    Attributes:
        table: the entry sheet's table.
        missing: the headers of the cells that are still blank; none where what it became is not in the register.
        became: the id that it became; '' where it was not entered yet.
        otherwise: the headers of the cells that differ from what it became; none where that is not there.
    """

    table: str
    sheet: str
    sheet_row: int
    missing: tuple[str, ...] = ()
    became: str = ""
    otherwise: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """Why it waits and what to do, in a sentence or two."""
        where = f"Row {self.sheet_row} of {self.sheet}"
        if self.became:
            if self.otherwise:
                return (
                    f"{where} was entered as {self.became}; in {', '.join(self.otherwise)} the two differ now. If the "
                    f"row is a new entry, clear its last cell; if you put {self.became} right, clear the row."
                )
            return (
                f"{where} was entered as {self.became}, which is not there any more. Clear its last cell to have it "
                "entered again, or clear the row."
            )
        cells = ", ".join(self.missing)
        return f"{where} waits: {cells} {'is' if len(self.missing) == 1 else 'are'} still blank."


@dataclass
class Entering:
    """What becomes of the entry sheets.

    Attributes:
        after: the workbook as it is read once the rows are entered.
        changes: marks and clears rows of entry sheets.
        rows: what is added to each register, in the order in which it is added.
        ids: what the rows became.
        coming: the rows that are entered.
        waiting: the rows that stay as they are.
    """

    after: Snapshot
    changes: list[Change] = field(default_factory=list)
    rows: dict[str, list[dict[str, Cell]]] = field(default_factory=dict)
    ids: list[str] = field(default_factory=list)
    coming: list[Waiting] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)

    @property
    def said(self) -> list[str]:
        """What was entered and what waits, each in a sentence; no more than a few rows are named."""
        number, words = len(self.ids), ", ".join(self.ids[:_NAMED])
        more = f" and {number - _NAMED} more" if number > _NAMED else ""
        told = [f"{number} {'row was' if number == 1 else 'rows were'} entered: {words}{more}."] if number else []
        told += [row.words for row in self.waiting[:_NAMED]]
        left = len(self.waiting) - _NAMED
        return [*told, f"So do {left} more."] if left > 0 else told


_NAMED = 3


def entered(snapshot: Snapshot) -> Entering:
    """What a check does with the rows of the entry sheets.

    Args:
        snapshot: the workbook; its entry sheets may be missing.
    """
    found = Entering(snapshot)
    for sheet, goals in FILLS.items():
        data = snapshot.tables.get(sheet.table)
        if data is not None and data.rows and all(goal.table in snapshot.tables for goal in goals):
            _enter(found, data, goals)
    return found


def ready(snapshot: Snapshot) -> list[Waiting]:
    """The rows of entry sheets that are in no register yet: those that the next check enters, and those that wait."""
    found = entered(snapshot)
    return sorted([*found.coming, *found.waiting], key=lambda row: (row.table, row.sheet_row))


def with_entries(entering: Entering, looked: ChangeSet) -> ChangeSet:
    """What a check writes, with the rows that it enters first; what it says of these goes in with them.

    Args:
        entering: what becomes of the entry sheets.
        looked: what the check of `entering.after` writes.
    """
    before = {table: len(entering.after.tables[table].rows) - len(rows) for table, rows in entering.rows.items()}
    places = {
        (table, row.ordinal): n
        for table, first in before.items()
        for n, row in enumerate(entering.after.tables[table].rows[first:])
    }
    rows = {table: [dict(row) for row in added] for table, added in entering.rows.items()}
    rest: list[Change] = []
    for change in looked.changes:
        n = places.get((change.row.table, change.row.ordinal)) if isinstance(change, SetCell) else None
        if isinstance(change, SetCell) and n is not None:
            rows[change.row.table][n][change.column] = change.value
        else:
            rest.append(change)
    appended = [AppendRows(table, tuple(added)) for table, added in rows.items()]
    return ChangeSet(looked.command, looked.fingerprint, (*appended, *entering.changes, *rest))


@dataclass(frozen=True)
class _Cell:
    """A cell of an entry sheet: what it means, what stands there, and what is wrong with it."""

    value: Any
    cell: Cell
    problem: CellProblem | None = None

    @property
    def blank(self) -> bool:
        return self.value is None and (self.problem is None or self.problem.usable)


_BLANK = _Cell(None, None)


class _Above(NamedTuple):
    """A cell that blank ones beneath it repeat, and the row that it stands in."""

    cell: _Cell
    ordinal: int


def _enter(found: Entering, data: TableData, goals: Fill) -> None:
    register = data.register
    mark = register.columns[register.row_type().positions[_MARK] - 3]
    first = next(iter(goals))
    refs = refs_of(data, {row.ordinal for row in data.rows})
    above: dict[Column[Any], _Above] = {}
    cleared: dict[int, list[SetCell]] = {}
    standing = _Standing(found.after, goals)
    for row, cells in _rows(data):
        above |= {c: _Above(cell, row.ordinal) for c, cell in cells.items() if c in AS_ABOVE and not cell.blank}
        became = cells[mark].value
        whole = {c: _meant(found.after, c, cell, above, goals) for c, cell in cells.items()}
        if became:
            typed = {c: whole[c] for c, cell in cells.items() if not cell.blank}
            otherwise = standing.otherwise(became, typed)
            if otherwise or found.after.find(first, became) is None:
                found.waiting.append(
                    Waiting(register.table, data.sheet, row.sheet_row, became=became, otherwise=otherwise)
                )
            else:
                held = [(c, cell.cell) for c, cell in cells.items() if cell.cell is not None]
                cleared[row.ordinal] = [SetCell(refs[row.ordinal], c.header, cell, None) for c, cell in held]
            continue
        must = (c for c in register.columns if c.required or c in AS_ABOVE or c in AS_NEWEST)
        missing = tuple(c.header for c in must if whole[c].blank)
        if missing:
            found.waiting.append(Waiting(register.table, data.sheet, row.sheet_row, missing))
            for column in AS_ABOVE & above.keys():  # what it is to say as the row above stays above it
                if cells[column].blank:
                    cleared.pop(above[column].ordinal, None)
            continue
        row_id = _add_all(found, goals, whole)
        found.ids.append(row_id)
        found.coming.append(Waiting(register.table, data.sheet, row.sheet_row))
        found.changes.append(SetCell(refs[row.ordinal], mark.header, None, row_id))
    found.changes += [change for changes in cleared.values() for change in changes]


class _Standing:
    """What the registers hold of rows that were entered: what was typed into such a row since would be lost with it.

    Args:
        snapshot: the workbook.
        goals: the registers to which a row went, and what was filled in there.
    """

    def __init__(self, snapshot: Snapshot, goals: Fill) -> None:
        self._snapshot, self._goals = snapshot, goals
        self._first = next(iter(goals))

    def otherwise(self, became: str, typed: Mapping[Column[Any], _Cell]) -> tuple[str, ...]:
        """The headers of the cells that say what neither stands in the registers nor stood there once.

        Args:
            became: the id that the row became.
            typed: the cells of the row in which something stands.
        """
        if self._snapshot.find(self._first, became) is None:
            return ()
        found = []
        for goal, filled in self._goals.items():
            rows = self._entered(goal, became)
            for to, column in filled.items():
                cell = typed.get(column)
                if cell is not None and not self._said(cell) & self._held(goal, to, rows):
                    found.append(column.header)
        return tuple(found)

    def _entered(self, goal: type[Register], became: str) -> list[Any]:
        key = goal.key if goal is self._first else next(c for c in goal.columns if c.target == self._first.table)
        rows = self._snapshot.rows(goal) if key is not None else ()
        return [row for row in rows if key is not None and fold(getattr(row, key.attr) or "") == fold(became)]

    @staticmethod
    def _said(cell: _Cell) -> set[str]:
        said = show(cell.value if cell.problem is None else cell.cell)
        return {fold(said), fold(masked(said))}

    def _held(self, goal: type[Register], column: Column[Any], rows: list[Any]) -> set[str]:
        """What stands in a column, and what stood there before it was put right."""
        ordinals, ids = {row.ordinal for row in rows}, {row.id for row in rows}
        held = {fold(show(getattr(row, column.attr))) for row in rows}
        problems = self._snapshot.tables[goal.table].problems
        held |= {fold(show(p.cell)) for p in problems if p.ordinal in ordinals and p.column is column}
        held |= self._stood(goal.table, column, ids)
        if column.kind is Kind.REFERENCE and column.target in NAMES:
            for meant in {getattr(row, column.attr) for row in rows} - {None}:
                names = self._stood(column.target, NAMES[column.target], {meant})
                held |= names | {fold(meant + BETWEEN + name) for name in names}
        return held

    def _stood(self, table: str, column: Column[Any], ids: set[Any]) -> set[str]:
        """What stood in cells of a column before it was changed."""
        return {
            fold(row.before or "")
            for row in self._snapshot.rows(History)
            if (row.in_table, row.in_column) == (table, column.header) and row.entry_id in ids
        }


def _rows(data: TableData) -> Iterator[tuple[Any, dict[Column[Any], _Cell]]]:
    """Each row of an entry sheet with its cells."""
    problems = {(p.ordinal, p.column): p for p in data.problems}
    spelt = {(r.ordinal, r.column): r.cell for r in data.respelt}
    for row in data.rows:
        cells = {}
        for column in data.register.columns:
            value, place = getattr(row, column.attr), (row.ordinal, column)
            problem = problems.get(place)
            cell = problem.cell if problem is not None else spelt.get(place, value)
            cells[column] = _Cell(value, cell, problem)
        yield row, cells


def _meant(
    snapshot: Snapshot,
    column: Column[Any],
    cell: _Cell,
    above: Mapping[Column[Any], _Above],
    goals: Fill,
) -> _Cell:
    """A cell, or what it says where it is blank; of a reference the id, where its name or a new id can mean but one."""
    if cell.blank and column in AS_ABOVE:
        cell = above[column].cell if column in above else _BLANK
    if cell.problem is not None and column.kind is Kind.REFERENCE:
        return _referring(snapshot, column, cell)
    if not cell.blank or column not in AS_NEWEST:
        return cell
    goal, attr = next((r, to.attr) for r, filled in goals.items() for to, c in filled.items() if c is column)
    said = [value for row in snapshot.rows(goal) if (value := getattr(row, attr)) is not None]
    return _Cell(said[-1], said[-1]) if said else _BLANK


def _referring(snapshot: Snapshot, column: Column[Any], cell: _Cell) -> _Cell:
    text = str(cell.cell)
    known = snapshot.find(BY_TABLE[column.target], text)
    if known is not None:
        return _Cell(known.id, cell.cell)
    meant = id_of(Context(snapshot, dt.date.max), column.target, text)
    return _Cell(meant.id, cell.cell) if meant is not None and meant.certain else cell


def _add_all(
    found: Entering,
    goals: Fill,
    cells: Mapping[Column[Any], _Cell],
) -> str:
    """Adds a row to each of its registers; the id that it got in the first."""
    first, row_id = next(iter(goals)), ""
    for goal, filled in goals.items():
        given = {column: cells[c] for column, c in filled.items()}
        given |= {column: _Cell(value, value) for column, value in ALWAYS.get(goal, {}).items()}
        if row_id:
            refer = next(c for c in goal.columns if c.target == first.table and c.kind is Kind.REFERENCE)
            given[refer] = _Cell(row_id, row_id)
        each = FOR_EACH.get(goal)
        for word in found.after.lists[each.target] if each is not None else ("",):
            added = _add(found, goal, given if each is None else {**given, each: _Cell(word, word)})
            row_id = row_id or added
    return row_id


def _add(found: Entering, goal: type[Register], given: Mapping[Column[Any], _Cell]) -> str:
    """Adds one row to a register, in `after` too; its id."""
    data = found.after.tables[goal.table]
    given = {**given, **_numbered(goal, data)}
    ordinal = data.total_rows
    values = [given[c].value if c in given else None for c in goal.columns]
    spoilt = [(c, p) for c, cell in given.items() if (p := cell.problem) is not None and not p.usable]
    bad = frozenset(c.attr for c, _ in spoilt)
    row: Any = goal.row_type()((data.header_row + 1 + ordinal, ordinal, bad, *values))
    problems = [CellProblem(ordinal, c, p.cell, p.code, p.usable, p.detail) for c, p in spoilt]
    grown = replace(
        data,
        rows=[*data.rows, row],
        problems=[*data.problems, *problems],
        total_rows=ordinal + 1,
        body_rows=max(data.body_rows, ordinal + 1),
    )
    found.after = replace(found.after, tables={**found.after.tables, goal.table: grown}, _index={})
    written = {c.header: cell.cell if c.attr in bad else cell.value for c, cell in given.items() if not cell.blank}
    found.rows.setdefault(goal.table, []).append(written)
    return str(row.id)


def _numbered(goal: type[Register], data: TableData) -> dict[Column[Any], _Cell]:
    """The next free id of a register."""
    key = goal.key
    form = prefix_and_width(key) if key is not None else None
    if key is None or form is None:
        return {}
    number = highest([*(row.id for row in data.rows), *data.spare_ids], form[0]) + 1
    row_id = f"{form[0]}{number:0{form[1]}d}"
    return {key: _Cell(row_id, row_id)}
