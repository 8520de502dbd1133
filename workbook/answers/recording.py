"""What a run of the triggers writes: its memory, this week's list on Start here, the Dashboard's chart, the findings.

The list and the chart are written where a workbook has their tables, and are added to none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

from workbook.answers.trigger_memory import last_run_on, remember
from workbook.answers.week import ToDo, this_week
from workbook.model.cell_address import entry_place
from workbook.model.cells import Cell
from workbook.model.changes import Change, ChangeSet, ReplaceTable
from workbook.model.declare import Column, Register
from workbook.model.findings import Finding
from workbook.model.registers import ReviewsDue, RunCharts, RunPoints, ThisWeek, Triggers
from workbook.model.sheet_names import with_sheets_renamed
from workbook.model.shown_sheets import with_filled_shown, with_goals_shown, with_live_shown
from workbook.model.snapshot import Snapshot
from workbook.model.triggers import Result
from workbook.model.view import View
from workbook.rules import checks
from workbook.rules.reviews import Review, entered_at
from workbook.rules.run_charts import run_charts

NOTHING = "Nothing is waiting for you this week."
#: Tables whose rows this very run may move, with what names a row of theirs.
_MOVING: Mapping[type[Register], tuple[Column[str | None] | Column[str], ...]] = {
    Triggers: (Triggers.result_key,),
    ReviewsDue: (ReviewsDue.review, ReviewsDue.service),
}


def record(view: View, results: Sequence[Result], reviews: Iterable[Review]) -> ChangeSet:
    """All that a run writes.

    Args:
        view: the workbook as of the day of the run.
        results: of every trigger and scope on that day.
        reviews: as of that day.

    Returns:
        Changes; none where the day is before that of the last run. Applied twice they give the same workbook.
    """
    due = list(reviews)
    remembered = remember(view, results, due)
    last_run = last_run_on(view.snapshot)
    if last_run is not None and view.as_of < last_run:
        return remembered
    findings = checks.run(view.snapshot, view.as_of)
    # Ids are left to a check: actions that the run proposes take the next free ones.
    found = checks.written(view.snapshot, findings, ids=False)
    more = (*_week(view, results, due, remembered, findings), *_charts(view), *found)
    changes = remembered + ChangeSet(remembered.command, remembered.fingerprint, more)
    changes = with_live_shown(view.snapshot, changes, view.as_of, last_run)
    changes = with_goals_shown(view.snapshot, with_filled_shown(view.snapshot, changes))
    return with_sheets_renamed(view.snapshot, changes)


def looked_through(
    snapshot: Snapshot, findings: Sequence[Finding], as_of: dt.date, answer: Sequence[Change] = ()
) -> ChangeSet:
    """What a check writes, and the sheets shown that a service needs which went live since the triggers' last run.

    Args:
        snapshot: the workbook that was checked.
        findings: all that was found in it.
        as_of: the day.
        answer: what the person's answer to an offer of new defaults writes.
    """
    changes = checks.changes(snapshot, findings)
    changes += ChangeSet(changes.command, changes.fingerprint, tuple(answer))
    return with_live_shown(snapshot, changes, as_of, last_run_on(snapshot))


def _week(
    view: View,
    results: Sequence[Result],
    reviews: Sequence[Review],
    written: ChangeSet,
    findings: Sequence[Finding],
) -> Iterator[Change]:
    snapshot = view.snapshot
    if ThisWeek.table not in snapshot.tables:
        return
    todo = this_week(view, findings, results, reviews)
    moved = {register.table: _ordinals(snapshot, register, written) for register in _MOVING}
    places = [
        entered_at(snapshot, t.review) if t.review else entry_place(snapshot, t.table, t.id, moved.get(t.table))
        for t in todo
    ]
    rows = tuple(_line(snapshot, n, t) for n, t in enumerate(todo, start=1)) or ((1, None, NOTHING, None, None),)
    links = {(n, ThisWeek.where.header): place for n, place in enumerate(places) if place is not None}
    yield from _replaced(snapshot, ThisWeek, rows, links)


def _line(snapshot: Snapshot, number: int, todo: ToDo) -> tuple[Cell, ...]:
    return (number, todo.where(snapshot), todo.what, todo.who or None, todo.due)


def _ordinals(snapshot: Snapshot, register: type[Register], written: ChangeSet) -> dict[str, int]:
    """Where each row of a computed table stands after the run, by what names it."""
    columns = _MOVING[register]
    at = [register.columns.index(c) for c in columns]
    new = [c for c in written.changes if isinstance(c, ReplaceTable) and c.table == register.table]
    if new:
        names = [[row[n] for n in at] for row in new[-1].rows]
    else:
        names = [[getattr(row, c.attr) for c in columns] for row in snapshot.rows(register)]
    return {" ".join(str(part) for part in parts if part): n for n, parts in enumerate(names)}


def _charts(view: View) -> Iterator[Change]:
    if not {RunCharts.table, RunPoints.table} & view.snapshot.tables.keys():
        return
    charts, points = run_charts(view)
    for register, rows in ((RunCharts, charts), (RunPoints, points)):
        yield from _replaced(view.snapshot, register, rows)


def _replaced(
    snapshot: Snapshot,
    register: type[Register],
    rows: tuple[tuple[Cell, ...], ...],
    links: Mapping[tuple[int, str], str] | None = None,
) -> Iterator[Change]:
    """A table with these rows, where it is there and says something else."""
    data = snapshot.tables.get(register.table)
    if data is None:
        return
    stands = [tuple(getattr(row, column.attr) for column in register.columns) for row in data.rows]
    if stands != list(rows):
        yield ReplaceTable(register.table, register.headers(), rows, links or None)
