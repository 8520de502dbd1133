"""champions explain."""

from __future__ import annotations

import argparse

from workbook.explain import explain, week_by_week

from addin.cli.session import open_session


def run(options: argparse.Namespace) -> int:
    """Shows a trigger's rule, thresholds and rows, and what would clear it."""
    from addin.cli.show import console

    session = open_session(options)
    trigger, _, scope = options.trigger.partition(":")
    explained = explain(session.snapshot, trigger, scope or None, session.as_of)
    page = console()
    _show_rule(page, explained)
    for one in explained.scopes:
        _show_scope(page, one)
        if options.week_by_week:
            weeks = week_by_week(session.snapshot, explained.trigger.id, one.result.scope.id, session.as_of)
            _show_weeks(page, weeks)
    return 0
