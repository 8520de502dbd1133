"""Whether the day of a run can be believed: what triggers are remembered by must not be led astray by a wrong clock.

What a run remembers of triggers holds from its day on, and an earlier day looks back without writing. One run of a day
far in the future would so end all remembering, in silence.
"""

from __future__ import annotations

import datetime as dt

from workbook.answers.trigger_memory import last_run_on
from workbook.model.cells import show
from workbook.model.declare import Kind
from workbook.model.registers import BY_TABLE, COMPUTED, SUMMARIES
from workbook.model.snapshot import Snapshot

#: A day that lies further than this after everything in the workbook is asked about.
FAR = dt.timedelta(days=366)
_OURS = frozenset(r.table for r in (*COMPUTED, *SUMMARIES))


def newest_event(snapshot: Snapshot) -> dt.date | None:
    """The last day on which anything that people entered happened; due dates and the like don't count.

    Returns:
        None where nothing is entered with a day.
    """
    days = []
    for table, data in snapshot.tables.items():
        register = BY_TABLE.get(table)
        if register is None or table in _OURS:
            continue
        columns = [c for c in register.columns if c.kind is Kind.DATE and c.event and c.attr in data.positions]
        days += [day for c in columns for row in data.rows if (day := getattr(row, c.attr)) is not None]
    return max(days, default=None)


def said_of_far_ahead(snapshot: Snapshot, as_of: dt.date) -> str:
    """That a day lies more than a year after everything in the workbook, in words; '' where it doesn't."""
    newest = newest_event(snapshot)
    last_run = last_run_on(snapshot)
    known = max((day for day in (newest, last_run) if day is not None), default=None)
    if newest is None or known is None or as_of - known <= FAR:
        return ""
    return (
        f"This computer's clock says {show(as_of)}, more than a year after everything in the workbook, whose newest "
        f"entry is of {show(newest)}."
    )


def said_of_looking_back(snapshot: Snapshot, as_of: dt.date) -> str:
    """That a run only looked back, since a later one remembered triggers already, in words; '' where it didn't."""
    last_run = last_run_on(snapshot)
    if last_run is None or as_of >= last_run:
        return ""
    words = (
        f"The sheet Triggers says how things stood on {show(last_run)}. This run looked back from {show(as_of)}; "
        "nothing was written."
    )
    if (last_run - as_of).days > 1:
        words += " If that day has not come yet, Check entries says how to fix it."
    return words
