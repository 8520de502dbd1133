"""What the program remembers of triggers from run to run.

Source: docs/contract/checks-and-triggers.md, Memory and "How every rule is read".

The Triggers sheet keeps one row per trigger and scope: when it was first raised, last seen, how often, when it
cleared, and which action answers it. `remember` works out the sheet anew from the rows that stand there and the
results of this run, proposes an action for what is raised and has none, and replaces the reviews due. What a person
wrote is carried over untouched. A run as of an earlier day than the last one looks back without writing.

`Last seen on` is the day of the last run that saw the row as it says; once cleared, the last day it was raised.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from workbook.answers.proposals import actions_by_source, answered, open_action, proposals
from workbook.model.catalogue import TRIGGERS
from workbook.model.cell_address import entry_place
from workbook.model.cells import Cell, fold, show
from workbook.model.changes import AddTable, AppendRows, Change, ChangeSet, ReplaceTable
from workbook.model.declare import Register
from workbook.model.light_dataclasses import dataclass
from workbook.model.registers import Actions, ReviewsDue, Triggers
from workbook.model.snapshot import Snapshot
from workbook.model.triggers import STATE_WORDS, Evidence, Result, State
from workbook.model.view import View
from workbook.rules.reviews import Review, table_links, table_rows

#: A trigger that stopped being raised with no action taken and no review that considered it.
LAPSED = "Lapsed unanswered"
#: A trigger whose champion or service is no longer judged.
NO_LONGER_JUDGED = "No longer judged"

_RAISED, _WATCH = STATE_WORDS[State.RAISED], STATE_WORDS[State.WATCH]
_ORDER = (
    _RAISED,
    _WATCH,
    LAPSED,
    STATE_WORDS[State.NOT_ENOUGH_DATA],
    STATE_WORDS[State.CLEAR],
    NO_LONGER_JUDGED,
)
_CATALOGUE = {trigger.id: n for n, trigger in enumerate(TRIGGERS)}
#: Rows of evidence named in one cell, well within what a cell of Excel holds.
_SHOWN = 400
_CELL = 32_000


def remember(view: View, results: Sequence[Result], reviews: Iterable[Review]) -> ChangeSet:
    """What a run writes: the Triggers sheet, proposed actions, and the reviews due.

    Args:
        view: the workbook as of the day of the run.
        results: of every trigger and scope on that day.
        reviews: as of that day.

    Returns:
        Changes; none where the day is before that of the last run. Applied twice they give the same workbook.
    """
    snapshot = view.snapshot
    last_run = last_run_on(snapshot)
    if last_run is not None and view.as_of < last_run:
        return ChangeSet("triggers", snapshot.fingerprint, ())
    before = _remembered(snapshot)
    proposed = proposals(view, results, before)
    actions = _standing_actions(view, results, before)
    actions |= {key: str(row[Actions.action_id.header]) for key, row in proposed}
    rows = [_row(view, result, before.get(fold(result.key)), actions.get(result.key)) for result in results]
    judged = {fold(result.key) for result in results}
    rows += [_kept(view, row) for key, row in before.items() if key not in judged]
    rows.sort(key=_rank)
    links = _links(snapshot, rows, [str(row[Actions.action_id.header]) for _, row in proposed])
    changes = [
        *_replaced(snapshot, Triggers, tuple(_cells(row) for row in rows), links),
        *_replaced(snapshot, ReviewsDue, table_rows(reviews), table_links(snapshot, reviews)),
    ]
    if proposed:
        changes.append(AppendRows(Actions.table, tuple(row for _, row in proposed)))
    return ChangeSet("triggers", snapshot.fingerprint, tuple(changes))


def last_run_on(snapshot: Snapshot) -> dt.date | None:
    """The day of the last run that wrote the Triggers sheet; None before the first."""
    rows = snapshot.rows(Triggers)
    days = [day for row in rows for day in (row.last_seen_on, row.cleared_on, row.first_raised_on) if day is not None]
    return max(days, default=None)


def lapsed(snapshot: Snapshot) -> list[Triggers]:
    """The rows of the Triggers sheet that stopped being raised unanswered, for the governance review."""
    return [row for row in snapshot.rows(Triggers) if row.state and fold(row.state) == fold(LAPSED)]


def is_raised(row: Triggers) -> bool:
    """Whether the sheet says that the trigger was raised when it was last looked at."""
    return row.first_raised_on is not None and row.cleared_on is None


def _remembered(snapshot: Snapshot) -> dict[str, Triggers]:
    """The rows that stand there, by folded key; of two with one key the first."""
    found: dict[str, Triggers] = {}
    for row in snapshot.rows(Triggers):
        if row.result_key:
            found.setdefault(fold(row.result_key), row)
    return found


def _standing_actions(view: View, results: Iterable[Result], before: Mapping[str, Triggers]) -> dict[str, str]:
    """The action that stands for each result: the open one, else the one that the sheet names."""
    found = {}
    actions = actions_by_source(view.snapshot)
    for result in results:
        row = before.get(fold(result.key))
        action = open_action(actions.get(fold(result.key), ()))
        if action is not None and action.id:
            found[result.key] = action.id
        elif row is not None and row.action_id:
            found[result.key] = row.action_id
    return found


# -- one row ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Course:
    """How often and when a trigger was raised."""

    first: dt.date | None
    last_seen: dt.date
    times: int
    cleared: dt.date | None


def _course(row: Triggers | None, day: dt.date, *, raised: bool) -> _Course:
    if row is None or row.first_raised_on is None:
        return _Course(day, day, 1, None) if raised else _Course(None, day, 0, None)
    first, times = row.first_raised_on, row.times_raised or 1
    if raised:
        # Raised again on the very day it cleared: the day's entries were still being put right.
        again = row.cleared_on is not None and row.cleared_on < day
        return _Course(first, day, times + again, None)
    return _Course(first, row.last_seen_on or first, times, row.cleared_on or day)


def _row(view: View, result: Result, before: Triggers | None, action_id: str | None) -> Any:
    raised = result.state is State.RAISED
    course = _course(before, view.as_of, raised=raised)
    state = STATE_WORDS[result.state]
    if not raised and before is not None and course.first is not None and not answered(view, before):
        state = LAPSED
    evidence = evidence_text(result.evidence)
    values = {
        Triggers.result_key: result.key,
        Triggers.trigger: result.trigger,
        Triggers.title: result.title,
        Triggers.scope: result.scope.id,
        Triggers.state: state,
        Triggers.what_was_found: _fitting(result.summary + _voided(before, result, evidence)),
        Triggers.value: result.value,
        Triggers.threshold: _threshold_text(result),
        Triggers.evidence: evidence or None,
        Triggers.escalation: result.escalation,
        Triggers.owner: f"{result.owner_name} ({result.owner})" if result.owner_name else result.owner,
        Triggers.due_date: _due(before, result),
        Triggers.first_raised_on: course.first,
        Triggers.last_seen_on: course.last_seen,
        Triggers.times_raised: course.times,
        Triggers.cleared_on: course.cleared,
        Triggers.rules_version: result.rules_version,
        Triggers.action_id: action_id,
    }
    return Triggers.row_type()((0, 0, frozenset(), *(values.get(column) for column in Triggers.columns)))


def _kept(view: View, row: Triggers) -> Any:
    """A row whose champion or service is no longer judged: it stays, and no longer asks for action."""
    if is_raised(row):
        state = NO_LONGER_JUDGED if answered(view, row) else LAPSED
        return row.having(state=state, cleared_on=view.as_of)
    if row.state == LAPSED and answered(view, row):
        return row.having(state=NO_LONGER_JUDGED)
    return row if row.state == LAPSED else row.having(state=NO_LONGER_JUDGED)


def _due(before: Triggers | None, result: Result) -> dt.date | None:
    """The date by which to act: it is set once, when the trigger is raised, and does not move on with each run."""
    if result.due is None:
        return None
    same = before is not None and before.state == STATE_WORDS[result.state] and before.due_date is not None
    return before.due_date if same and before is not None else result.due


def _threshold_text(result: Result) -> str | None:
    parts = [show(result.threshold)] if result.threshold is not None else []
    parts += [f"changed: {', '.join(result.changed_thresholds)}"] if result.changed_thresholds else []
    return "; ".join(parts) or None


def _fitting(text: str) -> str:
    return text if len(text) <= _CELL else text[: _CELL - 1] + "…"


# -- evidence and acknowledgement ---------------------------------------------------------------------------------


def evidence_text(evidence: Sequence[Evidence]) -> str:
    """Evidence as it stands in a cell: `SupportLog SU-0001, SU-0002; StartSignOff SO-001`.

    Of a very long one the first rows are named; a fingerprint stands for all, so that a change can be seen.
    """
    by_table: dict[str, list[str]] = {}
    for item in evidence[:_SHOWN]:
        by_table.setdefault(item.table, []).append(item.id)
    text = "; ".join(f"{table} {', '.join(ids)}" for table, ids in by_table.items())
    if len(evidence) <= _SHOWN:
        return text
    digest = hashlib.blake2b("\x1f".join(sorted(e.id for e in evidence)).encode(), digest_size=4).hexdigest()
    return f"{text}; and {len(evidence) - _SHOWN} more (list {digest})"


def acknowledged(row: Triggers, result: Result) -> bool:
    """Whether a person has acknowledged what a result rests on: no evidence has come since."""
    return bool(row.acknowledged_by) and not _voided(row, result, evidence_text(result.evidence))


def _voided(before: Triggers | None, result: Result, evidence: str) -> str:
    """What is said of an acknowledgement given before the evidence that now stands; '' if it still holds.

    The person's own column stays as it is. The note stays until the person writes something else there.
    """
    if before is None or not before.acknowledged_by or result.state not in (State.RAISED, State.WATCH):
        return ""
    note = (
        f" Acknowledged by {before.acknowledged_by} before this evidence: please look again, "
        "then add today's date beside the name."
    )
    standing = (before.what_was_found or "").endswith(note)
    return note if standing or _pieces(evidence) - _pieces(before.evidence or "") else ""


def _pieces(evidence: str) -> set[tuple[str, str]]:
    """Evidence text as (table, id)."""
    found = set()
    for part in evidence.split("; "):
        table, _, ids = part.partition(" ")
        found |= {(table, piece.strip()) for piece in ids.split(",") if piece.strip()}
    return found


# -- the sheets ---------------------------------------------------------------------------------------------------


def _rank(row: Any) -> tuple[int, int, str]:
    state = _ORDER.index(row.state) if row.state in _ORDER else len(_ORDER)
    return state, _CATALOGUE.get(row.trigger, len(_CATALOGUE)), row.result_key


def _cells(row: Any) -> tuple[Cell, ...]:
    return tuple(getattr(row, column.attr) for column in Triggers.columns)


def _links(snapshot: Snapshot, rows: Sequence[Any], proposed: Sequence[str]) -> Mapping[tuple[int, str], str]:
    """Where the cells of the Triggers sheet lead: the key to the first row of evidence, the action to its row.

    Args:
        proposed: the ids of the actions that this run adds.
    """
    data = snapshot.tables.get(Actions.table)
    to_come = {action: data.total_rows + n for n, action in enumerate(proposed)} if data is not None else {}
    found: dict[tuple[int, str], str | None] = {}
    for n, row in enumerate(rows):
        table, _, ids = (row.evidence or "").partition(" ")
        first = ids.partition(",")[0].partition(";")[0].strip()
        found[n, Triggers.result_key.header] = entry_place(snapshot, table, first) if first else None
        action = row.action_id
        found[n, Triggers.action_id.header] = entry_place(snapshot, Actions.table, action, to_come) if action else None
    return {cell: place for cell, place in found.items() if place is not None}


def _replaced(
    snapshot: Snapshot,
    register: type[Register],
    rows: tuple[tuple[Cell, ...], ...],
    links: Mapping[tuple[int, str], str] | None = None,
) -> list[Change]:
    """A computed table with these rows: added where it is missing, left alone where it says so already.

    Where it stands, people's own columns are left to them: each cell of theirs follows its row.
    """
    data = snapshot.tables.get(register.table)
    if data is None:
        return [AddTable(register.table, register.sheet, register.headers(), rows)]
    ours = [(n, column) for n, column in enumerate(register.columns) if not column.person_owned]
    wanted = tuple(tuple(row[n] for n, _ in ours) for row in rows)
    stands = tuple(tuple(getattr(row, column.attr) for _, column in ours) for row in data.rows)
    if stands == wanted and not data.missing:
        return []
    return [ReplaceTable(register.table, tuple(column.header for _, column in ours), wanted, links or None)]
