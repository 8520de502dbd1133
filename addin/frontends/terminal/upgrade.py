"""champions upgrade."""

from __future__ import annotations

import argparse

from addin.frontends.terminal.session import Session, busy, open_session
from workbook.answers.upgrade import Upgrade, upgraded
from workbook.blueprint.layout import LAYOUT_VERSION


def run(options: argparse.Namespace) -> int:
    """Adds what an older workbook lacks. Exit 0 nothing is left, 1 something is to be looked at."""
    options.no_write = options.dry_run
    session = open_session(options)
    session.must_be_writable()
    found = upgraded(session.snapshot, LAYOUT_VERSION)
    if not options.dry_run and found.changes:
        with busy("Writing"):
            session.write(lambda _: found.changes)
    if options.json:
        from addin.frontends.terminal.show import json_out

        steps = [step.as_json() for step in found.steps]
        json_out({"from": found.was, "to": found.to, "dry_run": options.dry_run, "changes": steps})
    else:
        _show(session, found, dry_run=options.dry_run)
    return int(bool(found.left))


def _show(session: Session, found: Upgrade, *, dry_run: bool) -> None:
    from addin.frontends.terminal.show import console, heading, say

    page = console()
    heading(page, f"Upgrade: {session.path.name}", "Nothing was written." if dry_run else "")
    added = [step for step in found.steps if step not in found.left]
    if not found.steps:
        say(page, f"It lacks nothing: it is of layout {found.to}.")
    if added:
        say(page, "Would be added:" if dry_run else "Added:")
    for step in added:
        say(page, f"  {step.words}")
    if found.left:
        say(page, "Please look:")
    for step in found.left:
        say(page, f"  {step.words}")
    if added and not dry_run:
        say(page, f'To take it back: champions undo "{session.path}"')
