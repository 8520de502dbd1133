"""champions history."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from addin.frontends.terminal.session import Session, open_session
from workbook.model import history
from workbook.model.errors import UnknownName
from workbook.model.history import Entry


def run(options: argparse.Namespace) -> int:
    """Shows what was done to the workbook."""
    options.no_write = True
    session = open_session(options)
    found = _asked(session, history.entries(session.snapshot), options.id)
    if options.json:
        from addin.frontends.terminal.show import json_out

        json_out({"whole": True, "broken_at": None, "entries": [entry.as_json() for entry in found]})
    else:
        _show(session, found, options)
    return 0


def _asked(session: Session, entries: Sequence[Entry], row_id: str | None) -> Sequence[Entry]:
    """The entries that concern an id, if one is asked for.

    Raises:
        UnknownName: there is no such id, and never was.
    """
    if row_id is None:
        return entries
    found = [entry for entry in entries if entry.is_about(row_id)]
    if not found and not history.knows(session.snapshot, row_id):
        raise UnknownName(
            f"No entry has the ID {row_id}, and none is remembered.",
            where=session.path.name,
            next_step="Look at the entry in the workbook: its ID stands in its first column.",
        )
    return found


def _show(session: Session, found: Sequence[Entry], options: argparse.Namespace) -> None:
    from addin.frontends.terminal.show import MOST, Shown, console, counted, heading, say, table

    page = console()
    about = f" of {options.id}" if options.id else ""
    heading(page, f"Change history{about}: {session.path.name}", "The newest first." if found else "")
    if not found:
        say(page, "Nothing is remembered yet." if not options.id else "Nothing was changed in it.")
        return
    newest = found[::-1] if options.all else found[: -MOST - 1 : -1]
    headings = [Shown("When"), Shown("Who"), Shown("What"), Shown("Where"), Shown("Stood there"), Shown("Then")]
    page.print(table(headings, [_line(session, entry) for entry in newest]))
    if len(newest) < len(found):
        say(page, f"… and {counted(len(found) - len(newest), 'older entry', 'older entries')}. Show all with --all.")


def _line(session: Session, entry: Entry) -> tuple[str, ...]:
    place = " ".join(part for part in (session.snapshot.sheet_of(entry.table), entry.id) if part)
    where = f"{place}, {entry.column}" if entry.column else place
    before = entry.before or ("" if not entry.column else "(blank)")
    after = entry.after or ("(taken away)" if not entry.column and entry.before else "(blank)" if entry.column else "")
    return entry.when, entry.who, entry.command, where, before, after
