"""Dates: in the future, out of order, not a Monday; figures outside what their unit allows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple

from workbook.model.cells import show
from workbook.model.declare import Column, Kind, Register
from workbook.model.findings import Finding, Severity
from workbook.model.registers import (
    BY_TABLE,
    Actions,
    BoardDecisions,
    ConfidenceTracker,
    ImprovementLog,
    ManagerReviews,
    Meetings,
    OutcomeMeasures,
    OutcomeReadings,
    QualityReviews,
    ReadinessLog,
    StartSignOff,
    SupportLog,
    TeamLeaderReviews,
    Triggers,
    UpdatesShared,
    WorkforcePlan,
)
from workbook.rules.checks.context import Context
from workbook.rules.checks.declare import Check, Rule
from workbook.rules.checks.reading import OUT_OF_RANGE, range_of

IN_FUTURE = Check(
    code="date-in-future",
    severity=Severity.ERROR,
    title="Date in the future",
    rule="Something is recorded as done on a day that has not come yet.",
    message="{column} is {value}, which is after {today}.",
    fix="Correct the date, or fill it in once it has happened.",
)
ORDER = Check(
    code="date-order",
    severity=Severity.ERROR,
    title="Dates out of order",
    rule="Something is dated before what has to come first: an acknowledgement before its issue, a review before what "
    "it reviews, a sign-off before the readiness check.",
    message="{column} is {value}, which is before {before} ({other}).",
    fix="Correct whichever of the two dates is wrong.",
)
NOT_MONDAY = Check(
    code="not-a-monday",
    severity=Severity.ADVICE,
    title="Not a Monday",
    rule="A week is named by a day that is not its Monday.",
    message="{column} is {value}, a {weekday}. It has to be a Monday.",
    fix="Type the Monday of that week: {monday}.",
)
REMEMBERED_AHEAD = Check(
    code="remembered-in-future",
    severity=Severity.ERROR,
    title="Triggers remembered of a day that has not come",
    rule="The sheet Triggers was written on a day that has not come yet, as by a clock that was wrong. Until that day "
    "each run only looks back.",
    message="{column} is {value}, which is after {today}: until then triggers are not remembered.",
    fix="Clear the days after today in the columns First raised on, Last seen on and Cleared on, then compute the "
    "triggers again. Or open the workbook as it was before: Bring back.",
)
CHECKS = (IN_FUTURE, ORDER, NOT_MONDAY, REMEMBERED_AHEAD)


def _report(check: Check, row: Any, column: Column[Any], **words: str) -> Finding:
    value = show(getattr(row, column.attr))
    return check.finding(column.table, row=row.sheet_row, row_id=row.id, column=column.header, value=value, **words)


def in_future(context: Context) -> Iterator[Finding]:
    """Days that have not come yet, where only a past day makes sense."""
    for data in context.tables():
        for column in data.register.columns:
            if column.kind is Kind.DATE and not column.future and context.has(column):
                later = {v for v in set(context.values(column)) if v is not None and v > context.as_of}
                for row in context.rows_with(column, later):
                    yield _report(IN_FUTURE, row, column, today=show(context.as_of))


def remembered_ahead(context: Context) -> Iterator[Finding]:
    """Days of the sheet Triggers after tomorrow, one finding a row: tomorrow has come elsewhere on earth."""
    last = context.as_of + dt.timedelta(days=1) if context.as_of < dt.date.max else context.as_of
    for row in context.snapshot.rows(Triggers):
        for column in (Triggers.last_seen_on, Triggers.cleared_on, Triggers.first_raised_on):
            day = getattr(row, column.attr)
            if day is not None and day > last:
                yield _report(REMEMBERED_AHEAD, row, column, today=show(context.as_of))
                break


def not_mondays(context: Context) -> Iterator[Finding]:
    """Weeks that do not begin on a Monday."""
    for data in context.tables():
        for column in data.register.columns:
            if column.monday:
                others = {v for v in set(context.values(column)) if v is not None and v.weekday()}
                for row in context.rows_with(column, others):
                    day: dt.date = getattr(row, column.attr)
                    monday = show(day - dt.timedelta(days=day.weekday()))
                    yield _report(NOT_MONDAY, row, column, weekday=f"{day:%A}", monday=monday)


def within_rows(context: Context) -> Iterator[Finding]:
    """Dates before the date of the same row that comes first."""
    for data in context.tables():
        for column in data.register.columns:
            if column.start:
                start = data.register.column(column.start)
                pairs = zip(context.values(column), context.values(start), data.rows, strict=True)
                for value, first, row in pairs:
                    if value is not None and first is not None and value < first:
                        yield _report(ORDER, row, column, before=start.header, other=show(first))


class _After(NamedTuple):
    """`column` comes after `first`, a date of the row that `reference` names."""

    column: Column[Any]
    reference: Column[Any]
    first: Column[Any]
    words: str


_ORDERS = (
    _After(ReadinessLog.checked_on, ReadinessLog.champion_id, WorkforcePlan.identified_on, "the champion was chosen"),
    _After(StartSignOff.reviewed_on, StartSignOff.champion_id, WorkforcePlan.identified_on, "the champion was chosen"),
    _After(ConfidenceTracker.date, ConfidenceTracker.support_id, SupportLog.date, "the support it is about"),
    _After(QualityReviews.reviewed_on, QualityReviews.issue_id, ImprovementLog.raised_on, "the issue was raised"),
    _After(ImprovementLog.raised_on, ImprovementLog.repeat_of, ImprovementLog.raised_on, "the issue that it repeats"),
    _After(BoardDecisions.due_date, BoardDecisions.meeting_id, Meetings.held_on, "the meeting that decided it"),
)


def across_tables(context: Context) -> Iterator[Finding]:
    """Dates before the date of the row they refer to."""
    for column, reference, first, words in _ORDERS:
        if not context.has(column, reference, first):
            continue
        dates = context.by_id(first)
        rows = context.snapshot.rows(BY_TABLE[column.table])
        for row, value, target in zip(rows, context.values(column), context.values(reference), strict=True):
            earliest = dates.get(target) if target is not None else None
            if value is not None and earliest is not None and value < earliest:
                yield _report(ORDER, row, column, before=words, other=show(earliest))


def after_meetings(context: Context) -> Iterator[Finding]:
    """Updates shared before the board met; decisions on an issue that was not raised yet."""
    held, raised = context.by_id(Meetings.held_on), context.by_id(ImprovementLog.raised_on)
    meeting_of = context.by_id(BoardDecisions.meeting_id)
    for update in context.snapshot.rows(UpdatesShared):
        met = held.get(meeting_of.get(update.decision_id) or "")
        if met is not None and update.shared_on is not None and update.shared_on < met:
            words = {"before": "the meeting that decided it", "other": show(met)}
            yield _report(ORDER, update, UpdatesShared.shared_on, **words)
    for decision in context.snapshot.rows(BoardDecisions):
        met, day = held.get(decision.meeting_id), raised.get(decision.issue_id or "")
        if met is not None and day is not None and met < day:
            words = {"before": f"issue {decision.issue_id} was raised", "other": show(day)}
            found = _report(ORDER, decision, BoardDecisions.meeting_id, **words)
            yield found


def signed_off_before_check(context: Context) -> Iterator[Finding]:
    """Sign-offs that no readiness check came before, though there is one later."""
    first: dict[str, dt.date] = {}
    for check in context.snapshot.rows(ReadinessLog):
        if check.champion_id and check.checked_on:
            first[check.champion_id] = min(check.checked_on, first.get(check.champion_id, check.checked_on))
    for row in context.snapshot.rows(StartSignOff):
        day = first.get(row.champion_id)
        if row.decision == "Signed off" and day is not None and row.reviewed_on and row.reviewed_on < day:
            words = {"before": "the readiness check", "other": show(day)}
            yield _report(ORDER, row, StartSignOff.reviewed_on, **words)


#: The date of what an action may come from.
_SOURCES: tuple[tuple[type[Register], Column[Any]], ...] = (
    (TeamLeaderReviews, TeamLeaderReviews.reviewed_on),
    (ManagerReviews, ManagerReviews.reviewed_on),
    (StartSignOff, StartSignOff.reviewed_on),
    (Meetings, Meetings.held_on),
)


def actions(context: Context) -> Iterator[Finding]:
    """Actions raised before the review, the sign-off or the meeting that they come from."""
    days = {row_id: day for _, column in _SOURCES for row_id, day in context.by_id(column).items()}
    held = context.by_id(Meetings.held_on)
    days |= {decision: held.get(met) for decision, met in context.by_id(BoardDecisions.meeting_id).items() if met}
    for row in context.snapshot.rows(Actions):
        day = days.get(row.origin) if row.origin else None
        if day is not None and row.raised_on is not None and row.raised_on < day:
            yield _report(ORDER, row, Actions.raised_on, before=f"{row.origin}, its source", other=show(day))


def figures(context: Context) -> Iterator[Finding]:
    """Percentages outside 0 to 100, and counts or days below 0, in outcome measures and their readings."""
    for measure in context.snapshot.rows(OutcomeMeasures):
        for column in (OutcomeMeasures.baseline_value, OutcomeMeasures.target):
            yield from _bounded(measure, column, measure.unit)
    units = context.by_id(OutcomeMeasures.unit)
    for reading in context.snapshot.rows(OutcomeReadings):
        yield from _bounded(reading, OutcomeReadings.value, units.get(reading.measure_id))


def _bounded(row: Any, column: Column[Any], unit: str | None) -> Iterator[Finding]:
    value, high = getattr(row, column.attr), 100 if unit == "Percent" else None
    if value is None or unit not in ("Percent", "Count", "Days"):
        return
    if value < 0 or (high is not None and value > high):
        yield _report(OUT_OF_RANGE, row, column, range=range_of(0, high))


RULES: tuple[Rule, ...] = (
    in_future,
    remembered_ahead,
    not_mondays,
    within_rows,
    across_tables,
    after_meetings,
    signed_off_before_check,
    actions,
    figures,
)
