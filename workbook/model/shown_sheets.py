"""Which sheets' tabs are hidden in a new workbook, and which a run shows because they are needed now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from workbook.model.changes import AppendRows, ChangeSet, ReplaceTable, ShowSheets
from workbook.model.guide import STEPS, Shown, Step
from workbook.model.light_dataclasses import replace
from workbook.model.registers import Services
from workbook.model.snapshot import Snapshot


def hidden_at_first(snapshot: Snapshot, as_of: dt.date) -> frozenset[str]:
    """The sheets whose tabs are hidden in a new workbook.

    Args:
        snapshot: what the workbook holds from the beginning.
        as_of: the day.
    """
    live = _is_live(snapshot, as_of)
    seen = {_sheet(step) for step in STEPS if _is_seen(step, snapshot, live=live)}
    return frozenset(_sheet(step) for step in STEPS) - seen


def _is_seen(step: Step, snapshot: Snapshot, *, live: bool) -> bool:
    if step.shown in (Shown.AT_ONCE, Shown.ON_DEMAND):
        return step.shown is Shown.AT_ONCE
    filled = bool(snapshot.rows(step.filled_with))
    return filled or (live and step.shown is Shown.LIVE)


def _sheet(step: Step) -> str:
    return step.sheet or (step.register.sheet if step.register is not None else "")


def _is_live(snapshot: Snapshot, as_of: dt.date) -> bool:
    """Whether a service in use has gone live."""
    rows = snapshot.rows(Services)
    return any(s.in_use is not False and s.go_live is not None and s.go_live <= as_of for s in rows)


def with_filled_shown(snapshot: Snapshot, changes: ChangeSet) -> ChangeSet:
    """The changes, and the hidden sheets shown whose tables get their first rows by them.

    A sheet that a person hides again stays hidden.
    """
    return _showing(snapshot, changes, set(_first_filled(snapshot, changes)))


def with_live_shown(snapshot: Snapshot, changes: ChangeSet, as_of: dt.date, last_run: dt.date | None) -> ChangeSet:
    """The changes, and the hidden sheets of a live service shown, if the first went live since the last run."""
    since = _is_live(snapshot, as_of) and not (last_run is not None and _is_live(snapshot, last_run))
    return _showing(snapshot, changes, {_sheet(s) for s in STEPS if s.shown is Shown.LIVE} if since else set())


def with_goals_shown(snapshot: Snapshot, changes: ChangeSet) -> ChangeSet:
    """The changes, and the hidden sheets shown that their links lead to: a link to a hidden one leads elsewhere."""
    goals = {goal for c in changes.changes if isinstance(c, ReplaceTable) for goal in (c.links or {}).values()}
    return _showing(snapshot, changes, {_sheet_of(goal) for goal in goals})


def _sheet_of(goal: str) -> str:
    """The sheet of a cell as Excel names it: `'Support log'!A38`."""
    return goal.rpartition("!")[0].removeprefix("'").removesuffix("'").replace("''", "'")


def all_shown(snapshot: Snapshot) -> ChangeSet:
    """Every hidden sheet of ours shown; sheets that people made and hid stay hidden."""
    ours = {_sheet(step) for step in STEPS} | {data.sheet for data in snapshot.tables.values()}
    shown = tuple(sorted(ours & snapshot.hidden))
    return ChangeSet("sheets", snapshot.fingerprint, (ShowSheets(shown),) if shown else ())


def _first_filled(snapshot: Snapshot, changes: ChangeSet) -> Iterator[str]:
    filled = {c.table for c in changes.changes if isinstance(c, AppendRows | ReplaceTable) and c.rows}
    for step in STEPS:
        data = snapshot.tables.get(step.filled_with.table)
        if step.shown in (Shown.LIVE, Shown.FILLED) and step.filled_with.table in filled and data and not data.rows:
            yield step.sheet or data.sheet


def _showing(snapshot: Snapshot, changes: ChangeSet, sheets: set[str]) -> ChangeSet:
    """Only with other changes: nothing is written for the sake of a tab."""
    known = {sheet for c in changes.changes if isinstance(c, ShowSheets) for sheet in c.sheets}
    shown = tuple(sorted((sheets & snapshot.hidden) - known))
    if not shown or not changes:
        return changes
    return replace(changes, changes=(*changes.changes, ShowSheets(shown)))
