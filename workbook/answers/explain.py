"""Why a trigger says what it says: the rule, its thresholds, the rows, what would clear it, and how it went over time.

Source: docs/contract/architecture-rules.md, `explain`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from workbook.model.catalogue import BY_ID
from workbook.model.cells import fold, show
from workbook.model.declare import Register
from workbook.model.errors import UnknownName
from workbook.model.late_patterns import late
from workbook.model.light_dataclasses import dataclass
from workbook.model.registers import BY_TABLE, REGISTERS
from workbook.model.snapshot import Snapshot
from workbook.model.triggers import Evidence, Result, State, Trigger
from workbook.model.view import View
from workbook.rules.triggers import evaluate, scopes

_WEEK = dt.timedelta(days=7)
#: How many cells of a row of evidence are shown.
_MAIN_CELLS = 8
#: The declarations write headers as `Repeat of`; people read them in quotation marks.
_QUOTED = late(r"`([^`]*)`")


class ThresholdShown(NamedTuple):
    """A threshold in force, its default, and what it means."""

    name: str
    value: float
    default: float
    unit: str
    meaning: str


class RowShown(NamedTuple):
    """A row of evidence: where it is, and its main cells as people see them, as (header, text)."""

    table: str
    id: str
    sheet: str
    sheet_row: int
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ScopeExplained:
    """What the trigger says of one scope, with the rows that it rests on."""

    result: Result
    rows: tuple[RowShown, ...]


@dataclass(frozen=True)
class Explanation:
    """A trigger in full.

    Attributes:
        trigger: the declaration.
        rule, clears: when it is raised and what would clear it, thresholds filled in.
        thresholds: those in force with their defaults.
        scopes: its state in each scope asked for.
    """

    trigger: Trigger
    rule: str
    clears: str
    thresholds: tuple[ThresholdShown, ...]
    scopes: tuple[ScopeExplained, ...]


class WeekShown(NamedTuple):
    """What a trigger said on one day."""

    date: dt.date
    state: State
    value: float | None
    summary: str


def explain(snapshot: Snapshot, trigger_id: str, scope_id: str | None, as_of: dt.date) -> Explanation:
    """Why a trigger says what it says on a day.

    Args:
        snapshot: the workbook.
        trigger_id: such as S1, in any case.
        scope_id: a Champion ID, a Service code or "programme"; None for every scope.
        as_of: the day.

    Raises:
        UnknownName: there is no such trigger, or it is not judged for this scope.
    """
    trigger, view = _trigger(trigger_id), View(snapshot, as_of)
    wanted = None if scope_id is None else _scope(view, trigger, scope_id)
    results = [r for r in evaluate(view, (trigger,)) if wanted in (None, r.scope.id)]
    thresholds = tuple(
        ThresholdShown(p.name, view.threshold(trigger.id, p.name), p.default, p.unit, p.meaning)
        for p in trigger.parameters
    )
    return Explanation(
        trigger,
        _filled(trigger.rule, thresholds),
        _filled(trigger.clears, thresholds),
        thresholds,
        tuple(ScopeExplained(r, _rows(view, r.evidence)) for r in results),
    )


def week_by_week(
    snapshot: Snapshot, trigger_id: str, scope_id: str, as_of: dt.date, weeks: int | None = None
) -> list[WeekShown]:
    """What a trigger said on the same weekday of each week up to a day, the oldest first.

    Args:
        snapshot: the workbook.
        trigger_id, scope_id, as_of: as for `explain`; the scope must be judged on the last day.
        weeks: how many; all back to the first entry if None. Weeks when the scope was not judged are left out.

    Raises:
        UnknownName: as for `explain`.
    """
    trigger = _trigger(trigger_id)
    wanted = _scope(View(snapshot, as_of), trigger, scope_id)
    if weeks is None:
        weeks = (as_of - _first_entry(snapshot, as_of)).days // 7 + 1
    shown: list[WeekShown] = []
    for day in (as_of - n * _WEEK for n in reversed(range(weeks))):
        results = evaluate(View(snapshot, day), (trigger,))
        shown += [WeekShown(day, r.state, r.value, r.summary) for r in results if r.scope.id == wanted]
    return shown


def _trigger(name: str) -> Trigger:
    found = BY_ID.get(name.strip().upper())
    if found is None:
        raise _unknown("trigger", name, BY_ID)
    return found


def _scope(view: View, trigger: Trigger, name: str) -> str:
    known = [s.id for s in scopes(view, trigger.scope)]
    for scope in known:
        if fold(scope) == fold(name):
            return scope
    raise _unknown(f"{trigger.scope.value} for {trigger.id}", name, known)


def _unknown(what: str, name: str, known: Iterable[str]) -> UnknownName:
    import difflib

    names = list(known)
    by_fold = {fold(n): n for n in names}
    close = [by_fold[n] for n in difflib.get_close_matches(fold(name), by_fold, n=3, cutoff=0.5)]
    if close:
        step = f"Did you mean {' or '.join(close)}?"
    else:
        step = f"Known: {', '.join(names)}." if names else "None is judged on this day."
    return UnknownName(f"There is no {what} called “{name}”.", next_step=step)


def _filled(words: str, thresholds: Iterable[ThresholdShown]) -> str:
    for threshold in thresholds:
        words = words.replace(f"{{{threshold.name}}}", show(threshold.value))
    return _QUOTED.sub(r"“\1”", words)


def _rows(view: View, evidence: Sequence[Evidence]) -> tuple[RowShown, ...]:
    by_row = {e.table: {r.sheet_row: r for r in view.snapshot.rows(BY_TABLE[e.table])} for e in evidence if _by_row(e)}
    rows = []
    for one in evidence:
        register = BY_TABLE[one.table]
        row = by_row[one.table].get(int(one.id[4:])) if _by_row(one) else view.snapshot.find(register, one.id)
        if row is not None:
            rows.append(_shown(view.snapshot, register, row))
    return tuple(rows)


def _by_row(evidence: Evidence) -> bool:
    return evidence.id.startswith("row ") and evidence.id[4:].isdigit()


def _shown(snapshot: Snapshot, register: type[Register], row: Register) -> RowShown:
    filled = [(c.header, show(getattr(row, c.attr))) for c in register.columns if c is not register.key]
    cells = tuple((header, text) for header, text in filled if text)[:_MAIN_CELLS]
    return RowShown(register.table, row.id, snapshot.tables[register.table].sheet, row.sheet_row, cells)


def _first_entry(snapshot: Snapshot, as_of: dt.date) -> dt.date:
    """The earliest day of any entry that rules read as an event; the day itself where there is none."""
    first = as_of
    for register in REGISTERS:
        event = register.event()
        if event is not None:
            days = (getattr(row, event.attr) for row in snapshot.rows(register))
            first = min([first, *(d for d in days if isinstance(d, dt.date))])
    return first
