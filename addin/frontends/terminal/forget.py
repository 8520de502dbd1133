"""champions forget."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from addin.frontends.person import user
from addin.frontends.terminal.session import busy
from addin.hosts.file.forgetting import Forgetting
from workbook.answers.forgetting import in_words
from workbook.model.errors import UnknownName

_WORDS = {
    "cells": "cells",
    "notes": "notes and comments",
    "names": "formulas, headers, shapes, names and charts",
    "properties": "properties of the file",
    "history": "entries of the history",
    "backups": "earlier states that are kept",
}


def run(options: argparse.Namespace) -> int:
    """Forgets a name. Exit 0 done, 1 something is left to look at or the answer was no, 2 no such name."""
    asks = sys.stdin.isatty() and sys.stderr.isatty() and not (options.json or options.yes or options.dry_run)
    if not (asks or options.yes or options.dry_run):
        raise UnknownName(
            "This can't be undone, and nobody can be asked here. Nothing was changed.",
            next_step="Look first with --dry-run; then add --yes.",
        )
    path = Path(options.workbook)
    with busy(f"Reading {path.name}, and the states of it that are kept"):
        found = Forgetting(path, options.name, getattr(options, "as") or "")
    if asks and (places := found.waits):
        words = f"{options.name} stands within other words too: {in_words(places)}. Replace it there as well?"
        if _asked(f"{words} (yes or no)"):
            found.take_all()
    if not options.json:
        _show(found, dry_run=options.dry_run)
    if asks and not _asked("This can't be undone. Replace it? (yes or no)"):
        sys.stderr.write("Nothing was changed.\n")
        return 1
    if not options.dry_run:
        with busy("Writing"):
            found.write(who=user())
    if options.json:
        from addin.frontends.terminal.show import json_out

        json_out(found.outcome.as_json())
    return int(bool(found.outcome.left))


def _asked(words: str) -> bool:
    from addin.frontends.safe_output import in_one_line

    sys.stderr.write(f"{in_one_line(words)} ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().casefold() in ("y", "yes")


def _show(found: Forgetting, *, dry_run: bool) -> None:
    from addin.frontends.terminal.show import console, heading, say

    page, outcome = console(), found.outcome
    heading(page, f"{found.one.name}: {outcome.number} {'would take' if dry_run else 'takes'} its place")
    for name, count in outcome.counts.items():
        if count:
            say(page, f"{count:,}  {_WORDS[name]}")
    if outcome.places:
        say(page, f"Where: {in_words(outcome.places, 20)}")
    if found.one.longer:
        say(page, f"Longer names stay as they are: {in_words(found.one.longer)}")
    for words in outcome.left:
        say(page, f"Look at this yourself: {words}.")
    if dry_run:
        say(page, "Nothing was changed.")
