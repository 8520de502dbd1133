"""What the page offers before it writes: plain mistakes to put right, and lists to bring in."""

from __future__ import annotations

import datetime as dt
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from addin.frontends.answer_tables import AnswerTable
from addin.frontends.page.shown import Offer, shown_table
from addin.intake.gathering import by_fit, gathered
from addin.intake.looking import likeness
from workbook.answers.corrections import fixed, proposed
from workbook.commands import COMMANDS_BY_NAME
from workbook.intake.matching import Asking
from workbook.intake.mending import take_mended
from workbook.intake.outcomes import FileReport
from workbook.intake.problem_rows import TAKEN, called, needs_register
from workbook.intake.proposing import bring_in as brought_in
from workbook.intake.said import aside_of, said_of_columns, said_of_counts, said_of_source
from workbook.intake.wishes import Wish
from workbook.model.changes import ChangeSet
from workbook.model.registers import SupportLog
from workbook.model.snapshot import Snapshot
from workbook.model.view import View

_TO_FIX = "These entries can be put right. Take the tick away from what should stay."
_UNSURE = "What may be right as it is has no tick, and stands last."
_NOTHING_TO_FIX = "Nothing that could be put right for you."
_NOTHING_NEW = "There is nothing new to write."


def fix(snapshot: Snapshot, as_of: dt.date) -> Offer:
    """Plain mistakes, what is certain with a tick; ticks are what is put right.

    Args:
        snapshot: the workbook.
        as_of: the day.
    """
    found = sorted(proposed(snapshot, as_of), key=lambda c: not c.certain)
    ticks = [(c.line if c.certain else f"{c.line}? {c.reason}", c.certain) for c in found]
    lines = [_TO_FIX, *([_UNSURE] if any(not c.certain for c in found) else [])] if found else [_NOTHING_TO_FIX]
    title = COMMANDS_BY_NAME["fix"].label
    return Offer(
        title, lines, lambda chosen: fixed(snapshot, [found[n] for n in chosen], as_of)[0], "Fix" * bool(found), ticks
    )


def bring_in(view: View, given: Mapping[str, Any], data: bytes | None) -> Offer:
    """What would become of each row of a list, or of what was put right among the import problems.

    Args:
        view: the workbook on the day.
        given: `into`, the register by its name, '' for the one that fits best; `list`, the file's name; `dates`: dmy,
            mdy or '' where it is not said.
        data: the list; None for the import problems.

    Raises:
        SourceUnusable: the list can't be used.
    """
    if data is None:
        return _offer(*take_mended(view, Wish(SupportLog, secrets.token_hex(8))))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, Path(given["list"]).name)
        path.write_bytes(data)
        fitting = by_fit([r for r in TAKEN if r.table in view.snapshot.tables], path)
        register = needs_register(given["into"] or fitting[0].table)
        source = gathered(Path(folder, "workbook"), register, path)
    wish = Wish(register, secrets.token_hex(8), given["dates"], asking=Asking(likeness))
    offer = _offer(*brought_in(view, wish, [source]))
    return replace(offer, lines=[f"Where the entries go: {called(register)}.", *offer.lines])


def _offer(reports: list[FileReport], changes: ChangeSet) -> Offer:
    lines = [] if changes else [_NOTHING_NEW]
    title = COMMANDS_BY_NAME["import"].label.rstrip("…")
    return Offer(title, lines, lambda _: changes, "Bring in" * bool(changes), parts=[_told(r) for r in reports])


def _told(report: FileReport) -> dict[str, Any]:
    """One list: how it is read, its counts, and the rows that are set aside."""
    rows = [(str(row.row), " ".join(p.words for p in row.problems)) for row in aside_of([report])]
    head = [said_of_source(report)] if report.matches else []
    lines = [*head, *said_of_columns(report), said_of_counts(report, done=False)]
    table = shown_table(AnswerTable(("Row", "Why it is set aside, and what to do"), rows))
    return {"title": report.source.file, "caption": "Set aside", "lines": lines, **table}
