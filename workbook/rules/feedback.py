"""What staff said of the support: scores and answers, from the Confidence tracker and the quick columns.

The three last columns of the Support log are the quick way (docs/contract/registers.md): filled there they count as
feedback of that day, unless the Confidence tracker holds a row for the entry.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import NamedTuple

from workbook.model.cells import fold
from workbook.model.registers import ConfidenceTracker, SupportLog
from workbook.model.view import View


class Feedback(NamedTuple):
    """One answer of a staff member.

    Attributes:
        date: the day it was given.
        staff: the name as typed, '' where it can't be read; `staff_key` is the name as compared.
        service: the Service code of the support entry; None where that can't be read.
        before, after: the confidence, 1 to 5; None where it is blank or can't be read.
        helped: Yes, No, Unsure, or None.
        row: the row it stands in, as evidence.
    """

    date: dt.date
    staff: str
    staff_key: str
    service: str | None
    before: int | None
    after: int | None
    helped: str | None
    row: ConfidenceTracker | SupportLog


class FeedbackSet(NamedTuple):
    """The answers that a rule can read, in no promised order, and the rows that it has to leave out."""

    rows: Sequence[Feedback]
    left_out: Sequence[ConfidenceTracker | SupportLog] = ()


class _Gathered(NamedTuple):
    """All feedback up to the day by service (None where that is unknown), and the rows whose day is unknown."""

    by_service: dict[str | None, list[Feedback]]
    undated: list[tuple[str | None, ConfidenceTracker | SupportLog]]


def after_scores(view: View, service: str | None = None) -> FeedbackSet:
    """All scores after support up to the day.

    Args:
        view: the workbook as of a day.
        service: a Service code; None for the whole programme.
    """
    return _answers_to(view, service, SupportLog.confidence_after.attr)


def helped_answers(view: View, service: str | None = None) -> FeedbackSet:
    """All answers to whether the support helped, up to the day; `service` as for `after_scores`."""
    return _answers_to(view, service, SupportLog.support_helped.attr)


def newest_first(feedback: Iterable[Feedback], at_most: int | None = None) -> list[Feedback]:
    """The latest day first; on one day the tracker before the quick columns, then the later row."""
    scores = list(feedback)
    if at_most is not None and len(scores) > at_most > 0:
        last = sorted([f.date for f in scores], reverse=True)[at_most - 1]
        scores = [f for f in scores if f.date >= last]
    return sorted(scores, key=lambda f: (f.date, _is_tracked(f.row), f.row.ordinal), reverse=True)[:at_most]


def tracked_entries(view: View) -> dict[str, list[ConfidenceTracker]]:
    """The tracker's rows up to the day by the Support ID of the entry they are about, as that entry spells it."""
    return view.once(_tracked_entries)


def gave_quick_feedback(entry: SupportLog) -> bool:
    """Whether any of an entry's three quick columns is filled."""
    answers = (entry.confidence_after, entry.support_helped, entry.confidence_before)
    return answers != (None, None, None)


def _answers_to(view: View, service: str | None, attr: str) -> FeedbackSet:
    """The feedback that answers one question; both tables call its column the same."""
    gathered = view.once(_gather)
    get = attrgetter(attr)
    rows: list[Feedback] = []
    left_out = [r for s, r in gathered.undated if service is None or s in (None, service)]
    for place, group in gathered.by_service.items():
        if service is None or place == service:
            rows += [f for f in group if get(f.row) is not None]
            left_out += [f.row for f in group if get(f.row) is None and _was_asked(f.row, attr)]
        elif place is None:
            left_out += [f.row for f in group if get(f.row) is not None or _was_asked(f.row, attr)]
    return FeedbackSet(rows, left_out)


def _was_asked(row: ConfidenceTracker | SupportLog, attr: str) -> bool:
    """Whether there should be an answer: always in the tracker; in the Support log a blank cell is none."""
    return _is_tracked(row) or attr in row.bad


def _is_tracked(row: ConfidenceTracker | SupportLog) -> bool:
    return row.register is ConfidenceTracker


def _gather(view: View) -> _Gathered:
    keys: dict[str | None, str] = {None: ""}
    by_service: dict[str | None, list[Feedback]] = {}
    tracked = view.once(_tracked_entries)
    entry_of = {e.support_id: e for e in view.snapshot.rows(SupportLog) if e.support_id in tracked}
    for row in view.rows(ConfidenceTracker):
        entry = entry_of.get(row.support_id)
        place = entry.service if entry is not None else None
        by_service.setdefault(place, []).append(_feedback(row, row.date, place, keys))
    for entry in view.rows(SupportLog):
        if (gave_quick_feedback(entry) or entry.bad & _QUICK) and entry.support_id not in tracked:
            by_service.setdefault(entry.service, []).append(_feedback(entry, entry.date, entry.service, keys))
    return _Gathered(by_service, _undated(view))


_QUICK = frozenset(
    {SupportLog.confidence_before.attr, SupportLog.confidence_after.attr, SupportLog.support_helped.attr}
)


def _undated(view: View) -> list[tuple[str | None, ConfidenceTracker | SupportLog]]:
    found: list[tuple[str | None, ConfidenceTracker | SupportLog]] = []
    for row in view.snapshot.rows(ConfidenceTracker):
        if row.date is None:
            entry = view.snapshot.find(SupportLog, row.support_id)
            found.append((entry.service if entry is not None else None, row))
    found += [(e.service, e) for e in view.snapshot.rows(SupportLog) if e.date is None and gave_quick_feedback(e)]
    return found


def _feedback(
    row: ConfidenceTracker | SupportLog, date: dt.date, service: str | None, keys: dict[str | None, str]
) -> Feedback:
    staff = row.staff_member
    key = keys.get(staff)
    if key is None:
        key = keys[staff] = fold(staff)
    return Feedback(
        date, staff or "", key, service, row.confidence_before, row.confidence_after, row.support_helped, row
    )


def _tracked_entries(view: View) -> dict[str, list[ConfidenceTracker]]:
    found: dict[str, list[ConfidenceTracker]] = {}
    for row in view.rows(ConfidenceTracker):
        if row.support_id:
            found.setdefault(row.support_id, []).append(row)
    return found
