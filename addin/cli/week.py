"""champions week."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from addin.cli.session import Session, open_session
from workbook import checks, triggers
from workbook.cells import show as shown_cell
from workbook.reviews import reviews
from workbook.week import ToDo, this_week


def run(options: argparse.Namespace) -> int:
    """Shows at most seven things to do this week."""
    session = open_session(options)
    todo = to_do(session)
    if options.json:
        from addin.cli.show import json_out

        json_out(
            {"workbook": str(session.path), "as_of": session.as_of.isoformat(), "todo": [t.as_json() for t in todo]}
        )
    else:
        show(session, todo)
    return 0


def to_do(session: Session) -> Sequence[ToDo]:
    """The things to do, computed from the workbook as it stands."""
    view = session.view
    findings = checks.run(session.snapshot, session.as_of)
    return this_week(view, findings, triggers.evaluate(view), reviews(view))


def show(session: Session, todo: Sequence[ToDo]) -> None:
    """The list, plainest first."""
    from addin.cli.show import Shown, console, heading, say, table

    page = console()
    heading(page, f"This week, from {shown_cell(session.as_of)}: {session.path.name}")
    if not todo:
        say(page, "Nothing is waiting for you.")
        return
    columns = [Shown("", narrow=True), *map(Shown, ("What to do", "Who", "By", "Where"))]
    rows = [(str(n), t.what, t.who, shown_cell(t.due), f"{t.table} {t.id}") for n, t in enumerate(todo, start=1)]
    page.print(table(columns, rows))
