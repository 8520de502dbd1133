"""champions read-minutes."""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from addin.frontends.answer_tables import minutes_tables
from addin.frontends.terminal.session import Session, busy, open_session
from addin.output.documents.returned.files import File, opened
from workbook.documents.returned.declare import CONFLICT, NOT_READ, PENDING, STATES, ReadEntry
from workbook.documents.returned.ledger import Reading
from workbook.documents.returned.proposing import read_into

_UNWELL = {PENDING, CONFLICT, NOT_READ}


def run(options: argparse.Namespace) -> int:
    """Brings filled-in minutes into the workbook. Exit 0 all read, 1 something not, 2 no file can be used."""
    options.no_write = options.dry_run
    session = open_session(options)
    if not options.dry_run:
        session.must_be_writable()
    with busy("Reading the minutes"):
        files = [_opened(session, Path(name), anyway=options.of_this_workbook) for name in options.minutes]
        usable = [f.document for f in files if f.document is not None]
        readings, changes = read_into(session.view, usable, accept_pending=options.accept_pending)
    if options.json:
        from addin.frontends.terminal.show import json_out

        json_out(as_json(session, files, readings, dry_run=options.dry_run))
    else:
        show(files, readings, dry_run=options.dry_run)
    if not options.dry_run:
        session.write(lambda _: changes)
    if not usable:
        return 2
    unwell = any(e.state in _UNWELL for r in readings for e in r.entries)
    return int(unwell or len(usable) < len(files) or any(f.state == "recovered" for f in files))


def _opened(session: Session, path: Path, *, anyway: bool) -> File:
    """One file; one that no longer says whose it is only where somebody says that it is this workbook's."""

    def unknown(words: str) -> str:
        return "" if anyway else f"{words} If it is this one's, add --of-this-workbook."

    return opened(session.snapshot, path, unknown)


def as_json(session: Session, files: Sequence[File], readings: Sequence[Reading], *, dry_run: bool) -> dict[str, Any]:
    """The JSON contract of `read-minutes --json`."""
    counts = dict.fromkeys((*STATES, "comments"), 0)
    for reading in readings:
        for name, number in reading.counts().items():
            counts[name] += number
    return {
        "workbook": str(session.path),
        "fingerprint": session.snapshot.fingerprint,
        "dry_run": dry_run,
        "files": [
            {
                "file": str(f.path),
                "document": f.document.numbers[0] if f.document is not None and f.document.numbers else "",
                "state": f.state,
                "message": f.message,
            }
            for f in files
        ],
        "counts": counts,
        "entries": [_entry(reading, entry) for reading in readings for entry in reading.entries],
    }


def _entry(reading: Reading, entry: ReadEntry) -> dict[str, Any]:
    return {"file": reading.document.file} | dataclasses.asdict(entry)


def show(files: Sequence[File], readings: Sequence[Reading], *, dry_run: bool) -> None:
    """What was read of each file, by what becomes of it."""
    from addin.frontends.terminal.show import Shown, console, heading, say, table

    page = console()
    for file in files:
        if file.message:
            say(page, file.message)
    for reading in readings:
        entries = reading.entries
        heading(page, f"Minutes: {reading.document.file}", "Nothing was written." if dry_run else "")
        if not entries:
            say(page, "Nothing was filled in.")
        for words, found in minutes_tables(entries):
            say(page, words)
            page.print(table([Shown(heading) for heading in found.headings], found.rows))
        for comment in reading.document.comments:
            say(page, f"Comment at the margin, not read as an entry: {comment}")
