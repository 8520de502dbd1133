"""champions week."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from addin.frontends.terminal.session import Session, open_session
from workbook.answers.week import LIMIT, ToDo, waiting
from workbook.model.cells import show as shown_cell
from workbook.rules import checks, triggers
from workbook.rules.reviews import reviews


def run(options: argparse.Namespace) -> int:
    """Shows at most seven things to do this week."""
    session = open_session(options)
    todo = to_do(session)
    if options.json:
        from addin.frontends.terminal.show import json_out

        first = [t.as_json() for t in todo[:LIMIT]]
        json_out({"workbook": str(session.path), "as_of": session.as_of.isoformat(), "todo": first})
    else:
        show(session, todo)
    return 0


def to_do(session: Session) -> Sequence[ToDo]:
    """All that waits to be done, computed from the workbook as it stands."""
    view = session.view
    findings = checks.run(session.snapshot, session.as_of)
    return waiting(view, findings, triggers.evaluate(view), reviews(view))


def show(session: Session, todo: Sequence[ToDo]) -> None:
    """The first of them, plainest first, and how many more there are."""
    from addin.frontends.answer_tables import week_table
    from addin.frontends.terminal.show import Shown, console, counted, heading, say, table

    page = console()
    heading(page, f"This week, from {shown_cell(session.as_of)}: {session.path.name}")
    if not todo:
        say(page, "Nothing is waiting for you.")
        return
    headings, rows = week_table(session.snapshot, todo[:LIMIT])
    page.print(table([Shown(words, narrow=not n) for n, words in enumerate(headings)], rows))
    if len(todo) > LIMIT:
        more = counted(len(todo) - LIMIT, "more thing waits", "more things wait")
        say(page, f"{more}; once these are done, ask again. champions triggers and champions check show everything.")
