"""Lists for tests of importing: entries by header, as a text file or as a source that was read already."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from tests.support.builders import book, view_of
from workbook.intake.matching import NO_MAP, Asking
from workbook.intake.outcomes import ASIDE
from workbook.intake.proposing import bring_in
from workbook.intake.source import CSV, Source, SourceRow
from workbook.intake.wishes import Wish
from workbook.model.changes import AppendRows
from workbook.model.registers import History, SupportLog

SALT = "0123456789abcdef"
SOUND: dict[str, Any] = {
    "Date": "2026-06-25",
    "Shift": "Early",
    "Service": "OAK",
    "Champion ID": "DC-001",
    "Staff member": "Carer Two",
    "Workflow": "Care notes",
    "Support need": "Finding the record",
    "What happened": "Could not find the plan.",
    "Workaround seen": "No",
    "Outcome": "Resolved",
}


def entry(**given: Any) -> dict[str, Any]:
    """A sound support entry but for what is given; underscores stand for blanks."""
    return SOUND | {k.replace("_", " "): v for k, v in given.items()}


def text_of(rows: Sequence[Mapping[str, Any]], separator: str = ",", headers: Sequence[str] = ()) -> str:
    """Entries as a text file."""
    heads = list(headers or dict.fromkeys(h for row in rows for h in row))
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator)
    writer.writerow(heads)
    writer.writerows([["" if row.get(h) is None else row[h] for h in heads] for row in rows])
    return out.getvalue()


def source_of(rows: Sequence[Mapping[str, Any]], **more: Any) -> Source:
    """Entries as a list that was read."""
    heads = tuple(dict.fromkeys(h for row in rows for h in row))
    lines = more.pop("lines", None) or [
        SourceRow(n, tuple(row.get(h) for h in heads)) for n, row in enumerate(rows, start=2)
    ]
    return Source(**{"file": "list.csv", "kind": CSV, "headers": heads, "rows": lines} | more)


def ratio(one: str, other: str) -> float:
    """How alike two headers are."""
    from rapidfuzz.fuzz import ratio as alike

    return alike(one, other)


def brought(rows, snapshot=None, *, register=SupportLog, mapping=NO_MAP, take=None, **wish):
    """The report of bringing a list in, and the changes."""
    source = rows if isinstance(rows, Source) else source_of(rows)
    asking = Asking(ratio) if take is None else Asking(ratio, take)
    view = view_of(snapshot if snapshot is not None else book())
    (report,), changes = bring_in(view, Wish(register, SALT, asking=asking, **wish), [(source, mapping)])
    return report, changes


def written(changes, table="SupportLog"):
    """The rows that changes add to a table."""
    return [row for c in changes.changes if isinstance(c, AppendRows) and c.table == table for row in c.rows]


def codes(report):
    """What keeps the rows out, by row."""
    return {row.row: [p.code for p in row.problems] for row in report.rows if row.outcome == ASIDE}


def remembering(changes, register=SupportLog, **tables):
    """A workbook after changes: its rows, and the history that remembers them."""
    rows, history = [], []
    for change in changes.changes:
        if isinstance(change, AppendRows) and change.table == register.table:
            rows += change.rows
            key = register.key.header
            history += [
                {
                    "When": "2026-06-30",
                    "Command": "import",
                    "Table": register.table,
                    "ID": row.get(key),
                    "Source": origin,
                }
                for row, origin in zip(change.rows, change.origins, strict=True)
            ]
    problems = written(changes, "ImportProblems")
    named = {History.table: history, "ImportProblems": problems} | tables
    return book(**{register.table: [*rows], **named})
