"""champions fix."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from addin.frontends.terminal.session import Session, busy, open_session
from workbook.answers.corrections import Correction, Sort, fixed, proposed
from workbook.model.cells import fold, show
from workbook.model.errors import UnknownName


def run(options: argparse.Namespace) -> int:
    """Puts plain mistakes right. Exit 0 nothing is left that could be, 1 something is."""
    options.no_write = options.dry_run
    session = open_session(options)
    if not options.dry_run:
        session.must_be_writable()
    with busy("Looking for mistakes"):
        found = proposed(session.snapshot, session.as_of)
    asked = _asked(found, options.only)
    made = [c for c in asked if c.certain or options.proposed]
    if options.json:
        from addin.frontends.terminal.show import json_out

        json_out(_as_json(session, found, made, dry_run=options.dry_run))
    else:
        _show(session, asked, made, dry_run=options.dry_run)
    if not options.dry_run and made:
        with busy("Writing"):
            session.write(lambda snapshot: fixed(snapshot, made, session.as_of)[0])
    return int(len(made) < len(found) or (options.dry_run and bool(made)))


def _asked(found: Sequence[Correction], only: Sequence[str] | None) -> list[Correction]:
    """Those of the named sorts, and of the named entries.

    Raises:
        UnknownName: one is neither a sort nor an entry with something to put right.
    """
    if not only:
        return list(found)
    wanted = {fold(name) for name in only}
    known = {fold(c.row.id) for c in found} | {sort.value for sort in Sort}
    strange = next((name for name in only if fold(name) not in known), None)
    if strange is not None:
        raise UnknownName(
            f"{strange} is no sort of mistake, and no entry with this ID holds anything to put right.",
            next_step=f"Sorts: {', '.join(Sort)}. What could be put right: champions fix, with --dry-run.",
        )
    return [c for c in found if c.sort.value in wanted or fold(c.row.id) in wanted]


def _as_json(
    session: Session, found: Sequence[Correction], made: Sequence[Correction], *, dry_run: bool
) -> dict[str, Any]:
    return {
        "workbook": str(session.path),
        "fingerprint": session.snapshot.fingerprint,
        "as_of": session.as_of.isoformat(),
        "dry_run": dry_run,
        "counts": {
            "certain": sum(c.certain for c in found),
            "proposed": sum(not c.certain for c in found),
            "made": len(made),
        },
        "corrections": [c.as_json() | {"made": c in made} for c in found],
    }


def _show(session: Session, asked: Sequence[Correction], made: Sequence[Correction], *, dry_run: bool) -> None:
    from addin.frontends.terminal.show import Shown, console, heading, say, table

    page = console()
    heading(page, f"Plain mistakes: {session.path.name}", "Nothing was written." if dry_run else "")
    if not asked:
        say(page, "Nothing to put right.")
        return
    left = [c for c in asked if c not in made]
    headings = [Shown(words) for words in ("Where", "Stands there", "Belongs there", "Why")]
    for words, some in (("Put right" if not dry_run else "Would be put right", made), ("Left to you", left)):
        if some:
            say(page, f"{words}: {len(some):,}")
            page.print(table(headings, [(c.place, show(c.before), show(c.after) or "(blank)", c.reason) for c in some]))
    if left:
        say(page, "What is left to you may be right as it is. To put it right too, add --proposed.")
