"""champions explain."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from addin.frontends.terminal.session import open_session
from addin.frontends.terminal.show import Shown, console, counted, heading, say, table
from workbook.answers.explain import Explanation, ScopeExplained, WeekShown, explain, week_by_week
from workbook.model.cells import show as shown_cell
from workbook.model.triggers import STATE_WORDS

if TYPE_CHECKING:
    from rich.console import Console

#: Rows of evidence shown for each scope.
_ROWS = 30


def run(options: argparse.Namespace) -> int:
    """Shows a trigger's rule, thresholds and rows, and what would clear it."""
    session = open_session(options)
    trigger, _, scope = options.trigger.partition(":")
    explained = explain(session.snapshot, trigger, scope or None, session.as_of)
    page = console()
    _show_rule(page, explained)
    for one in explained.scopes:
        _show_scope(page, one)
        if options.week_by_week:
            scope_id = one.result.scope.id
            _show_weeks(page, week_by_week(session.snapshot, explained.trigger.id, scope_id, session.as_of))
    return 0


def _show_rule(page: Console, explained: Explanation) -> None:
    trigger = explained.trigger
    heading(page, f"{trigger.id} {trigger.title}", f"{explained.rule}\nCleared when: {explained.clears}")
    say(page, f"Escalation: {trigger.part.escalation}. Source: {trigger.source.rstrip('.')}.")
    if explained.thresholds:
        columns = list(map(Shown, ("Threshold", "In force", "Default", "Unit", "What it means")))
        rows = [(t.name, shown_cell(t.value), shown_cell(t.default), t.unit, t.meaning) for t in explained.thresholds]
        changed = ["yellow" if t.value != t.default else "" for t in explained.thresholds]
        page.print(table(columns, rows, changed))


def _show_scope(page: Console, one: ScopeExplained) -> None:
    heading(page, f"{one.result.key}: {STATE_WORDS[one.result.state]}", one.result.summary)
    if not one.rows:
        return
    shown = one.rows[:_ROWS]
    columns = [Shown("Row", narrow=True), Shown("Sheet", narrow=True), Shown("What stands there")]
    rows = [(r.id or f"row {r.sheet_row}", r.sheet, "; ".join(f"{h}: {text}" for h, text in r.cells)) for r in shown]
    page.print(table(columns, rows))
    if len(one.rows) > len(shown):
        say(page, f"… and {counted(len(one.rows) - len(shown), 'more row')}.")


def _show_weeks(page: Console, weeks: Sequence[WeekShown]) -> None:
    columns = [Shown("On", narrow=True), Shown("State", narrow=True), Shown("Value", narrow=True), Shown("Found")]
    rows = [(shown_cell(w.date), STATE_WORDS[w.state], shown_cell(w.value), w.summary) for w in weeks]
    page.print(table(columns, rows))
