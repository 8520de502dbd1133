"""champions history."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from addin.frontends.terminal.session import Session, open_session, tell
from addin.hosts.file.history import Told, look
from workbook.model import history
from workbook.model.errors import UnknownName
from workbook.model.history import Entry


def run(options: argparse.Namespace) -> int:
    """Shows what was done to the workbook. Exit 0 done, 1 what is kept beside it is not whole."""
    options.no_write = True
    session = open_session(options)
    told = look(session.path.resolve(), session.snapshot)
    found, whole = _asked(session, told.entries, options.id), told.verdict.broken_at is None
    if options.json:
        from addin.frontends.terminal.show import json_out

        listed = [entry.as_json() for entry in found]
        json_out({"whole": whole, "broken_at": told.verdict.broken_at, "entries": listed})
    elif options.verify:
        _say_whether_whole(session, told)
    else:
        _show(session, found, options)
    if not whole and not options.json and not options.verify:
        place = f"from entry {told.verdict.broken_at:,} on"
        tell(f"What is kept beside the workbook is not whole, {place}. {told.verdict.why}")
    if told.remark and (options.json or not options.verify):
        tell(told.remark)
    return int(options.verify and not whole)


def _say_whether_whole(session: Session, told: Told) -> None:
    from addin.frontends.terminal.show import console, counted, heading, say

    page, found = console(), told.verdict
    heading(page, f"Change history: {session.path.name}")
    if found.broken_at is None:
        say(page, f"Whole: {counted(len(told.entries), 'entry', 'entries')}, none missing or changed.")
    else:
        say(page, f"Not whole, from entry {found.broken_at:,} on. {found.why}")
        say(
            page,
            "The file that keeps it was changed, in the folder .champions beside the workbook. A copy of that folder "
            "from before, if there is one, shows what stood there.",
        )
    if found.erased:
        say(page, f"The words of {counted(found.erased, 'entry', 'entries')} were erased for good, as a person asked.")
    if told.remark:
        say(page, told.remark)


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
