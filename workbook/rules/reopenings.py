"""Issues that were closed and opened again, as the change history shows them.

Source: docs/contract/checks-and-triggers.md, F1; docs/contract/history.md.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from itertools import groupby

from workbook.model.cells import fold
from workbook.model.days import days_in_text
from workbook.model.history_standing import NOT_DONE, TAKEN_BACK
from workbook.model.light_dataclasses import dataclass, field
from workbook.model.permitted_changes import UNDO
from workbook.model.registers import History, ImprovementLog
from workbook.model.view import View

CLOSED = "Closed"
_STATUS, _CLOSED_ON, _ID = (
    c.header for c in (ImprovementLog.status, ImprovementLog.closed_on, ImprovementLog.issue_id)
)
#: The status within the words of a row that was added.
_STATUS_OF_ROW = re.compile(rf"(?:\A|; ){_STATUS}: ([^;]+)")


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
        gone: the words of its row, from the day it was taken away until an issue of that id is there again.
    """

    status: list[tuple[dt.date, History]] = field(default_factory=list)
    closed_on: list[tuple[dt.date, History]] = field(default_factory=list)
    gone: str | None = None


def reopenings(view: View) -> Mapping[str, Sequence[Reopening]]:
    """The reopenings up to the view's day, by the issue's folded id.

    What was taken back or never done does not count, nor a status that was changed back on the day of its entry: an
    issue is as the day leaves it. One that was given another id takes its past along; one that got the id of another
    issue, which was taken away, does not take over that one's.

    Args:
        view: the workbook on a day.
    """
    told = {issue: _reopened(found) for issue, found in _by_issue(view).items()}
    return {issue: found for issue, found in told.items() if found}


def _by_issue(view: View) -> Mapping[str, _Told]:
    found: dict[str, _Told] = {}
    there = {fold(issue.id) for issue in view.snapshot.rows(ImprovementLog) if issue.id}
    ours = [row for row in view.snapshot.rows(History) if row.in_table == ImprovementLog.table and row.entry_id]
    for row in sorted(ours, key=lambda r: (r.when or "")[:19]):
        day = _day((row.when or "")[:10])
        if day is None or day > view.as_of or (row.command or "").endswith((TAKEN_BACK, NOT_DONE)):
            continue
        if row.in_column == _ID:
            former = fold(row.before or "")
            if former in found and former not in there:
                found[fold(row.after or "")] = found.pop(former)
            continue
        told = found.setdefault(fold(row.entry_id or ""), _Told())
        if row.in_column == _CLOSED_ON:
            _take(told.closed_on, day, row)
        elif row.in_column == _STATUS:
            _take(told.status, day, row)
        elif not row.in_column:
            _take_row(told, day, row)
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


def _take_row(told: _Told, day: dt.date, row: History) -> None:
    """A row that was taken away or added: put back as it was it is the same issue, else another one."""
    if not row.after:
        told.gone = row.before or ""
        _take(told.status, day, row)
    elif told.gone == row.after:
        told.gone, told.status = None, [one for one in told.status if one[1].in_column or one[1].after]
    else:
        if told.gone is not None:
            told.gone, told.status, told.closed_on = None, [], []
        _take(told.status, day, row)


def _reopened(told: _Told) -> list[Reopening]:
    found = []
    stood, shut = "", None
    for day, rows in groupby(told.status, key=lambda one: one[0]):
        changes = [row for _, row in rows]
        first = changes[0]
        began = (fold(first.before or "") or stood) if first.in_column else ""
        ended = next((text for row in reversed(changes) if (text := _status_after(row))), began)
        if began == fold(CLOSED) != ended:
            found.append(Reopening(day, _said(told, day), shut))
        if ended != fold(CLOSED):
            shut = None
        elif began != ended:
            shut = day
        stood = ended
    return found


def _status_after(row: History) -> str:
    """The status that a change left, folded; '' where it left none."""
    if row.in_column:
        return fold(row.after or "")
    held = _STATUS_OF_ROW.search(row.after or "")
    return fold(held[1]) if held else ""


def _said(told: _Told, day: dt.date) -> dt.date | None:
    """The day that stood in `Closed on` on a day, if it was taken out then or later."""
    days = [_day(row.before or "") for at, row in told.closed_on if at >= day]
    return next((closed for closed in days if closed is not None and closed <= day), None)


def _day(text: str) -> dt.date | None:
    found = days_in_text(text)
    return found[0] if len(found) == 1 else None
