"""champions explain."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from addin.frontends.answer_tables import evidence_table, rule_words, thresholds_table
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
    name, rule, clears, escalation = rule_words(explained)
    heading(page, name, f"{rule}\n{clears}")
    say(page, escalation)
    if explained.thresholds:
        headings, rows = thresholds_table(explained.thresholds)
        changed = ["yellow" if t.value != t.default else "" for t in explained.thresholds]
        page.print(table(list(map(Shown, headings)), rows, changed))


def _show_scope(page: Console, one: ScopeExplained) -> None:
    heading(page, f"{one.result.key}: {STATE_WORDS[one.result.state]}", one.result.summary)
    if not one.rows:
        return
    shown = one.rows[:_ROWS]
    headings, rows = evidence_table(shown)
    columns = [Shown(words, narrow=n < 2) for n, words in enumerate(headings)]
    page.print(table(columns, rows))
    if len(one.rows) > len(shown):
        say(page, f"… and {counted(len(one.rows) - len(shown), 'more row')}.")


def _show_weeks(page: Console, weeks: Sequence[WeekShown]) -> None:
    columns = [Shown("On", narrow=True), Shown("State", narrow=True), Shown("Value", narrow=True), Shown("Found")]
    rows = [(shown_cell(w.date), STATE_WORDS[w.state], shown_cell(w.value), w.summary) for w in weeks]
    page.print(table(columns, rows))
