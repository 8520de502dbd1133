"""champions sheets."""

from __future__ import annotations

import argparse

from addin.frontends.terminal.session import busy, open_session
from workbook.model.changes import ShowSheets
from workbook.model.shown_sheets import all_shown


def run(options: argparse.Namespace) -> int:
    """Shows every hidden sheet of ours."""
    from addin.frontends.terminal.show import console, say

    session = open_session(options)
    changes = all_shown(session.snapshot)
    with busy("Writing"):
        session.write(lambda _: changes)
    shown = [sheet for c in changes.changes if isinstance(c, ShowSheets) for sheet in c.sheets]
    words = f"Shown: {', '.join(shown)}." if shown else "Every sheet of the programme is shown already."
    say(console(), words)
    return 0
