"""champions remind."""

from __future__ import annotations

import argparse
from pathlib import Path

from addin.frontends.terminal.session import Session, busy, open_session
from addin.output.calendar_file import calendar_in, write_calendar
from addin.output.documents.write import safe_name, write_document
from addin.output.paths import named_in
from workbook.documents.declare import Material
from workbook.documents.reminders import Reminder, draft, reminders
from workbook.model.errors import BookNotWritable
from workbook.rules import checks
from workbook.rules.reviews import reviews

FOLDER = "Reminders"


def run(options: argparse.Namespace) -> int:
    """Writes drafts of e-mails, one a person, and the calendar of reviews. Nothing is sent."""
    session = open_session(options)
    folder = Path(options.out) if options.out else _usual(session)
    with busy("Looking at what is due"):
        due = reviews(session.view)
        findings = checks.run(session.snapshot, session.as_of)
        found = reminders(Material(session.view, findings=findings, reviews=due))
    name = session.snapshot.programme.programme_name or ""
    paths = []
    for reminder in found:
        stem = f"{session.as_of.isoformat()} {safe_name(reminder.person)}"
        made = draft(reminder, name, session.as_of)
        paths.append(write_document(made, folder, stem, ".eml")[0])
    path = calendar_in(folder, session.snapshot)
    write_calendar(path, due, session.snapshot, session.as_of)
    _show(found, paths, path)
    return 0


def _usual(session: Session) -> Path:
    named = named_in(FOLDER, session.path.resolve().parent)
    if named.path is None or named.outside:
        raise BookNotWritable(
            f"The folder {FOLDER} beside the workbook leads to another place; nothing was written there.",
            where=str(named.path or FOLDER),
            next_step=f"Make another folder {FOLDER}.",
            in_terminal="choose a folder with --out.",
        )
    return named.path


def _show(found: list[Reminder], paths: list[Path], calendar_at: Path) -> None:
    from addin.frontends.terminal.show import console, counted, heading, say

    page = console()
    heading(page, "Reminders", "Drafts only: nothing was sent. Open each in your mail program, look at it, send it.")
    if not found:
        say(page, "Nobody has anything overdue or due this week.")
    for reminder, path in zip(found, paths, strict=True):
        said = f"{len(reminder.overdue)} overdue, {len(reminder.this_week)} due this week"
        to = "" if reminder.address else " No e-mail address that can be used stands in People: add it in the draft."
        say(page, f"{reminder.person}: {said}.{to}\n  {path}")
    say(page, f"Calendar of reviews: {calendar_at}")
    if found:
        say(page, f"{counted(len(found), 'person', 'people')} to remind.")
