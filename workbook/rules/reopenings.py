"""Issues that were closed and opened again, as the change history shows them.

Source: docs/contract/checks-and-triggers.md, F1; docs/contract/history.md.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from workbook.model.cells import fold
from workbook.model.days import days_in_text
from workbook.model.history_standing import NOT_DONE, TAKEN_BACK
from workbook.model.permitted_changes import UNDO
from workbook.model.registers import History, ImprovementLog
from workbook.model.view import View

CLOSED = "Closed"
_STATUS, _CLOSED_ON = ImprovementLog.status.header, ImprovementLog.closed_on.header


@dataclass(frozen=True, slots=True)
class Reopening:
    """An issue's status that went from Closed to another one.

    Attributes:
        day: of the entry that shows it.
        said: the day of closing that `Closed on` said until then; None where the history does not tell it.
        entered: the day of the entry that closed it; None where the history has none.
    """

    day: dt.date
    said: dt.date | None
    entered: dt.date | None


@dataclass
class _Told:
    """What the history tells of one issue, in its order.

    Attributes:
        status: changes of its status; a row that was added is one from nothing.
        closed_on: days that were taken out of its `Closed on`, or replaced there.
    """

    status: list[tuple[dt.date, History]] = field(default_factory=list)
    closed_on: list[tuple[dt.date, History]] = field(default_factory=list)


def reopenings(view: View) -> Mapping[str, Sequence[Reopening]]:
    """The reopenings up to the view's day, by the issue's folded id.

    What was taken back or never done does not count, nor a status that was changed again on the day of its entry.

    Args:
        view: the workbook on a day.
    """
    told = {issue: _reopened(found) for issue, found in _by_issue(view).items()}
    return {issue: found for issue, found in told.items() if found}


def _by_issue(view: View) -> Mapping[str, _Told]:
    found: dict[str, _Told] = {}
    ours = [row for row in view.snapshot.rows(History) if row.in_table == ImprovementLog.table and row.entry_id]
    for row in sorted(ours, key=lambda r: (r.when or "")[:19]):
        day = _day((row.when or "")[:10])
        if day is None or day > view.as_of or (row.command or "").endswith((TAKEN_BACK, NOT_DONE)):
            continue
        told = found.setdefault(fold(row.entry_id or ""), _Told())
        if row.in_column == _CLOSED_ON:
            _take(told.closed_on, day, row)
        elif row.in_column == _STATUS or not row.in_column:
            _take(told.status, day, row)
    return found


def _take(told: list[tuple[dt.date, History]], day: dt.date, row: History) -> None:
    """Adds a change; one that takes another back goes with it."""
    if not (row.command or "").startswith(UNDO):
        told.append((day, row))
        return
    for n in reversed(range(len(told))):
        if (told[n][1].before, told[n][1].after) == (row.after, row.before):
            del told[n]
            return


def _reopened(told: _Told) -> list[Reopening]:
    found = []
    former: tuple[dt.date, History] | None = None
    for day, row in told.status:
        was, then = fold(row.before or ""), fold(row.after or "")
        opened = bool(row.in_column) and was == fold(CLOSED) != then and bool(then)
        if opened and (former is None or former[0] != day):
            found.append(Reopening(day, _said(told, day), former[0] if former and _closes(former[1]) else None))
        former = day, row
    return found


def _closes(row: History) -> bool:
    """Whether a change closed an issue, or added it as a closed one."""
    after = row.after or ""
    return fold(after) == fold(CLOSED) if row.in_column else f"{_STATUS}: {CLOSED}" in after


def _said(told: _Told, day: dt.date) -> dt.date | None:
    """The day that stood in `Closed on` on a day, if it was taken out then or later."""
    days = [_day(row.before or "") for at, row in told.closed_on if at >= day]
    return next((closed for closed in days if closed is not None and closed <= day), None)


def _day(text: str) -> dt.date | None:
    found = days_in_text(text)
    return found[0] if len(found) == 1 else None
