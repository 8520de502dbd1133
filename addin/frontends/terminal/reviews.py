"""champions reviews."""

from __future__ import annotations

import argparse
from pathlib import Path

from addin.frontends.terminal.session import open_session
from addin.output.calendar_file import write_calendar
from workbook.model.cells import show as shown_cell
from workbook.rules.reviews import by_urgency, reviews


def run(options: argparse.Namespace) -> int:
    """Shows which reviews are due or late; writes them as a calendar if asked."""
    session = open_session(options)
    due = reviews(session.view)
    if options.ics:
        write_calendar(Path(options.ics), due, session.snapshot, session.as_of)
    if options.json:
        from addin.frontends.terminal.show import json_out

        json_out(
            {"workbook": str(session.path), "as_of": session.as_of.isoformat(), "reviews": [r.as_json() for r in due]}
        )
        return 0
    from addin.frontends.terminal.show import console, heading, say
    from addin.frontends.terminal.triggers import review_table

    page = console()
    heading(page, f"Reviews on {shown_cell(session.as_of)}: {session.path.name}")
    page.print(review_table(by_urgency(due)))
    if options.ics:
        say(page, f"Calendar written: {options.ics}")
    return 0
