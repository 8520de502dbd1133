"""What each command may change in a workbook: a record of a run that names anything else was not written by one.

A record lies beside the workbook, where others may write. It is believed as far as the command that it names could have
done what it takes back, and no further.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import assert_never

from workbook.model.cells import LONGEST_TEXT, Cell, CellError, fold
from workbook.model.changes import (
    AddColumn,
    AddSheet,
    AddTable,
    AppendRows,
    Change,
    RemoveColumn,
    RemoveRows,
    RemoveSheet,
    RemoveTable,
    RenameSheet,
    ReplaceTable,
    RowRef,
    SetCell,
    ShowSheets,
)
from workbook.model.declare import CHECK_HEADER
from workbook.model.guide import OWN_SHEETS
from workbook.model.late_patterns import late
from workbook.model.light_dataclasses import dataclass
from workbook.model.registers import (
    BY_TABLE,
    COMPUTED,
    LISTS_BY_TABLE,
    OPTIONAL,
    REGISTERS,
    SETUP,
    SUMMARIES,
    Actions,
    BoardDecisions,
    Checks,
    Documents,
    History,
    ImportProblems,
    Meetings,
    Programme,
    ReviewsDue,
    Thresholds,
    Triggers,
)
from workbook.model.registers.entry import FILLS

#: How taking back names itself: the undo of an undo is a redo.
UNDO, REDO = "undo of ", "redo of "
_OURS = frozenset(r.table for r in (*COMPUTED, *SUMMARIES))
_MOST_ROWS, _LONGEST_TAB = 1_048_576, 31
_ERRORS = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!", "#CALC!"}
_PLACE = late(r"'(?:[^'\[\]:*?/\\]|''){1,62}'!\$?[A-Z]{1,3}\$?[0-9]{1,7}")
_FIRST_DAY = dt.date(1900, 1, 1)


@dataclass(frozen=True)
class Writes:
    """What a command may change.

    Attributes:
        replaces: the tables whose rows it puts there anew.
        appends: the tables that it adds rows to.
        adds: the tables that it adds where they are missing.
        marks: whether it fills the `Check` columns in, and gives blank ids.
        corrects: whether it puts other values into cells of people's registers.
        settles: the tables in which it puts another number for a number.
        enters: the tables whose rows it marks as entered elsewhere, and clears.
        widens: whether it adds to any table the declared columns that it lacks, and our sheets without a table.
    """

    replaces: frozenset[str] = frozenset()
    appends: frozenset[str] = frozenset()
    adds: frozenset[str] = frozenset()
    marks: bool = False
    corrects: bool = False
    settles: frozenset[str] = frozenset()
    enters: frozenset[str] = frozenset()
    widens: bool = False


#: By the name that a change set bears.
WRITES = {
    "fix": Writes(
        replaces=frozenset({Checks.table}),
        appends=frozenset({Thresholds.table}),
        adds=OPTIONAL,
        marks=True,
        corrects=True,
    ),
    "check": Writes(
        replaces=frozenset({Checks.table}),
        appends=frozenset({Thresholds.table, *(goal.table for goals in FILLS.values() for goal in goals)}),
        adds=OPTIONAL,
        marks=True,
        settles=frozenset({Thresholds.table}),
        enters=frozenset(sheet.table for sheet in FILLS),
    ),
    "triggers": Writes(
        replaces=frozenset({Triggers.table, ReviewsDue.table, Checks.table, *(r.table for r in SUMMARIES)}),
        appends=frozenset({Actions.table}),
        adds=frozenset({Triggers.table, ReviewsDue.table, Checks.table}),
        marks=True,
    ),
    "documents": Writes(appends=frozenset({Documents.table}), adds=frozenset({Documents.table, History.table})),
    "read-minutes": Writes(
        appends=frozenset({Meetings.table, BoardDecisions.table, Actions.table}),
        adds=frozenset({History.table}),
        corrects=True,
    ),
    "import": Writes(
        replaces=frozenset({ImportProblems.table}),
        appends=frozenset({ImportProblems.table, *(r.table for r in (*SETUP, *REGISTERS))}),
        adds=frozenset({ImportProblems.table, History.table}),
    ),
    "suggest": Writes(
        replaces=frozenset({Checks.table, ImportProblems.table}),
        appends=frozenset({Thresholds.table}),
        adds=OPTIONAL,
        marks=True,
        corrects=True,
    ),
    "upgrade": Writes(
        appends=frozenset({Thresholds.table, Programme.table}),
        adds=frozenset({*BY_TABLE, *LISTS_BY_TABLE}),
        marks=True,
        widens=True,
    ),
    "restore": Writes(),
    "sheets": Writes(),
}


def taking_back(command: str) -> str:
    """The name of taking a command back: the undo of an undo is a redo.

    Example:
        >>> taking_back("check"), taking_back("undo of check")
        ('undo of check', 'redo of check')
    """
    for start, other in ((UNDO, REDO), (REDO, UNDO)):
        if command.startswith(start):
            return other + command.removeprefix(start)
    return UNDO + command


def undeclared(
    command: str,
    changes: Sequence[Change],
    added: Iterable[RowRef] = (),
    strangers: AbstractSet[str] = frozenset(),
    *,
    bodies: bool = False,
) -> Change | RowRef | None:
    """The first of a run's inverse changes that its command never makes; None where there is none.

    Args:
        command: the command that the run names, perhaps as its undo or redo.
        changes: what is said to take the run back.
        added: the rows that the run is said to have added.
        strangers: the worksheets that hold no table of ours; `OWN_SHEETS` may be among them.
        bodies: whether the record itself says what replaced tables held before.
    """
    plain = command
    while plain.startswith((UNDO, REDO)):
        plain = plain.removeprefix(UNDO).removeprefix(REDO)
    known = WRITES.get(plain, Writes())
    rows = list(added)
    for ref in rows:
        if ref.table not in known.appends:
            return ref
    fresh = set(rows)
    return next(
        (
            c
            for c in changes
            if not (_is_plain_body(c) if bodies else _is_bodiless(c)) or not _is_declared(known, c, fresh, strangers)
        ),
        None,
    )


def _is_declared(known: Writes, change: Change, fresh: AbstractSet[RowRef], strangers: AbstractSet[str]) -> bool:
    match change:
        case SetCell():
            return is_plain(change.expected) and is_plain(change.value) and _may_set(known, change, fresh)
        case ReplaceTable(table, headers):
            return table in known.replaces | known.adds and _are_its(table, headers)
        case AddTable(table, sheet, headers):
            return _may_add(known, table, sheet, headers)
        case RemoveTable(table, sheet, headers, _):
            return _may_add(known, table, sheet, headers)
        case AddColumn(table, header) | RemoveColumn(table, header):
            return _may_widen(known, table, header)
        case AppendRows() | RemoveRows():
            return _may_lengthen(known, change)
        case AddSheet(sheet, _) | RemoveSheet(sheet, _):
            return known.widens and sheet in OWN_SHEETS
        case ShowSheets(sheets, _):
            return not set(sheets) & strangers - OWN_SHEETS and all(map(_is_tab, sheets))
        case RenameSheet(sheet, name):
            return sheet not in strangers and _is_tab(name)
        case _:
            assert_never(change)


def _is_bodiless(change: Change) -> bool:
    if isinstance(change, ReplaceTable):
        return not change.rows and not change.links
    return not isinstance(change, AddTable) or not change.rows


def _is_plain_body(change: Change) -> bool:
    """Whether a table's rows and links are such as a workbook holds: a link leads to a cell of this very workbook."""
    if not isinstance(change, ReplaceTable | AddTable):
        return True
    width, count = len(change.headers), len(change.rows)
    if count > _MOST_ROWS or any(len(row) != width or not all(map(is_plain, row)) for row in change.rows):
        return False
    links = (change.links or {}) if isinstance(change, ReplaceTable) else {}
    return all(
        0 <= n < count and header in change.headers and _PLACE.fullmatch(goal) for (n, header), goal in links.items()
    )


def _may_widen(known: Writes, table: str, header: str) -> bool:
    if fold(header) == fold(CHECK_HEADER) and known.marks:
        return table in BY_TABLE and table not in _OURS
    if not _are_its(table, (header,)):
        return False
    return known.widens or table in known.replaces | known.appends & known.adds or _is_newer(known, table, header)


def _is_newer(known: Writes, table: str, header: str) -> bool:
    """Whether a command that adds rows to a table may find it without a column, as an earlier version made it."""
    columns = BY_TABLE[table].columns if table in known.appends and table in BY_TABLE else ()
    return any(c.newer and fold(c.header) == fold(header) for c in columns)


def _may_lengthen(known: Writes, change: AppendRows | RemoveRows) -> bool:
    """Blank rows at a table's end come and go; what stands in them is set cell by cell."""
    if isinstance(change, RemoveRows):
        count, blank = change.rows, True
    else:
        count, blank = len(change.rows), not any(change.rows)
    return change.table in known.appends and blank and 0 < count < _MOST_ROWS


def _may_add(known: Writes, table: str, sheet: str, headers: Sequence[str]) -> bool:
    return table in known.adds and _is_tab(sheet) and _are_its(table, headers)


def _may_set(known: Writes, change: SetCell, fresh: AbstractSet[RowRef]) -> bool:
    table = change.row.table
    register = BY_TABLE.get(table)
    if register is None:
        return False
    before, after = change.value, change.expected
    if table in known.appends and _are_its(table, (change.column,)):
        if after is None or (before is None and change.row in fresh):
            return True
        if table in known.settles and isinstance(before, int | float) and isinstance(after, int | float):
            return True
        if known.corrects:
            return register.key is not None and fold(change.column) != fold(register.key.header)
    if table in known.enters:
        return (before is None) != (after is None) and _are_its(table, (change.column,))
    if table in _OURS:
        return False
    if known.marks and fold(change.column) == fold(CHECK_HEADER):
        return isinstance(before, str | None) and isinstance(after, str | None)
    if known.marks and register.key is not None and fold(change.column) == fold(register.key.header):
        # an id is given where there was none, and taken back; or its form is corrected
        given = (before is None) != (after is None)
        return (given or known.corrects) and isinstance(before, str | None) and isinstance(after, str | None)
    return known.corrects and _are_its(table, (change.column,))


def _are_its(table: str, headers: Sequence[str]) -> bool:
    """Whether a table has these columns by its declaration, none of them twice."""
    if table in BY_TABLE:
        declared = {fold(c.header) for c in BY_TABLE[table].columns if not c.person_owned or table not in _OURS}
    elif table in LISTS_BY_TABLE:
        declared = {fold(LISTS_BY_TABLE[table].header)}
    else:
        return False
    folded = [fold(h) for h in headers]
    return set(folded) <= declared and len(set(folded)) == len(folded)


def _is_tab(name: str) -> bool:
    return 0 < len(name) <= _LONGEST_TAB and is_plain(name) and not set(name) & set("[]:*?/\\")


def is_plain(cell: Cell) -> bool:
    """Whether a cell of a workbook can hold this as it is."""
    match cell:
        case None | bool():
            return True
        case int() | float():
            return abs(cell) < 1e308 and math.isfinite(cell)
        case str():
            return len(cell) <= LONGEST_TEXT and not any(map(_is_unfit, cell))
        case dt.datetime():
            return cell.tzinfo is None and cell.date() >= _FIRST_DAY
        case dt.date():
            return cell >= _FIRST_DAY
        case CellError(code):
            return code in _ERRORS


def _is_unfit(sign: str) -> bool:
    """Whether XML can't hold a character."""
    return (sign < " " and sign not in "\t\n\r") or "\ud800" <= sign <= "\udfff" or sign in "\ufffe\uffff"
