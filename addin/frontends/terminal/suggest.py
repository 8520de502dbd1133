"""champions suggest."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from addin.frontends.terminal.session import Session, busy, open_session
from workbook.answers.suggestions import Suggestion, accepted, suggested
from workbook.model.cells import fold, show
from workbook.model.errors import UnknownName
from workbook.model.registers import BY_TABLE


def run(options: argparse.Namespace) -> int:
    """Suggests; writes what is accepted by name or by a yes. Exit 0, whatever is suggested."""
    asks = not options.json and not options.accept and sys.stdin.isatty() and sys.stderr.isatty()
    options.no_write = not (options.accept or asks)
    session = open_session(options)
    if options.accept:
        session.must_be_writable()
    with busy("Looking for entries that are alike"):
        found = suggested(session.view)
    taken = _named(found, options.accept)
    if options.json:
        from addin.frontends.terminal.show import json_out

        json_out({"suggestions": [s.as_json() for s in found]})
    else:
        _show(session, found)
    if asks:
        taken = _asked(found)
    if taken:
        session.write(lambda snapshot: accepted(snapshot, taken, session.as_of))
    if found and not options.json:
        _say_what_was_entered(taken, asked=asks)
    return 0


def _named(found: Sequence[Suggestion], ids: Sequence[str] | None) -> list[Suggestion]:
    """The suggestions for the named entries.

    Raises:
        UnknownName: nothing is suggested for one of them.
    """
    wanted = {fold(name) for name in ids or ()}
    strange = next((name for name in ids or () if fold(name) not in {fold(s.id) for s in found}), None)
    if strange is not None:
        raise UnknownName(
            f"Nothing is suggested for {strange}. Nothing was written.",
            next_step="What is suggested, and for which entries: champions suggest, without --accept.",
        )
    return [s for s in found if fold(s.id) in wanted]


def _asked(found: Sequence[Suggestion]) -> list[Suggestion]:
    """Asks about each; an empty line or anything but a yes leaves it, stop leaves the rest."""
    from addin.frontends.safe_output import in_one_line

    taken = []
    for one in found:
        sys.stderr.write(in_one_line(f"{one.id}, {one.column.header}: {one.value}? (yes, no or stop)") + " ")
        sys.stderr.flush()
        answer = sys.stdin.readline().strip().casefold()
        if answer == "stop":
            break
        if answer in ("y", "yes"):
            taken.append(one)
    return taken


def _show(session: Session, found: Sequence[Suggestion]) -> None:
    from addin.frontends.terminal.show import Shown, console, heading, say, table

    page = console()
    heading(page, f"Suggestions: {session.path.name}", f"As of {show(session.as_of)}.")
    if not found:
        say(page, "Nothing to suggest: no entry waits for one, or none is like what was confirmed before.")
        return
    rows = [
        (f"{BY_TABLE[s.table].sheet}: {s.id}", s.column.header, s.value, f"{round(s.score * 100)} %", s.reason)
        for s in found
    ]
    page.print(table([Shown(words) for words in ("Where", "Column", "Suggested", "How sure", "Why")], rows))


def _say_what_was_entered(taken: Sequence[Suggestion], *, asked: bool) -> None:
    """Once it is written, so that nothing is said that did not happen."""
    from addin.frontends.terminal.show import console, counted, say

    if taken:
        say(console(), f"Entered: {counted(len(taken), 'suggestion')}.")
    else:
        say(
            console(),
            "Nothing was written." if asked else "Nothing was written. To enter some: --accept, and their IDs.",
        )
