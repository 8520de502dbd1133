"""The period that a governance document looks back on."""

from __future__ import annotations

import datetime as dt

from workbook.documents.words import day
from workbook.model.light_dataclasses import dataclass
from workbook.model.registers import Meetings, TeamLeaderReviews
from workbook.model.view import View, newest

#: Where no earlier review is recorded, or the last one was only days ago.
FIRST_PERIOD, SHORTEST = 28, 14


@dataclass(frozen=True)
class Period:
    """From `first` to `last`, both included."""

    first: dt.date
    last: dt.date
    reason: str

    def holds(self, value: dt.date) -> bool:
        """Whether a day lies in it."""
        return self.first <= value <= self.last

    @property
    def words(self) -> str:
        """The period in a sentence."""
        return f"{day(self.first)} to {day(self.last)}, {self.reason}."


def period_of(view: View) -> Period:
    """Since the last implementation governance meeting before the day; at least 14 days, without one 28."""
    held = [m for m in view.rows(Meetings) if m.kind == "Implementation governance" and m.held_on < view.as_of]
    last = newest(held, Meetings.held_on)
    if last is None:
        return Period(view.window(FIRST_PERIOD)[0], view.as_of, f"the last {FIRST_PERIOD} days: no earlier review")
    since = last.held_on + dt.timedelta(days=1)
    shortest = view.window(SHORTEST)[0]
    if since <= shortest:
        return Period(since, view.as_of, f"since meeting {last.id} on {day(last.held_on)}")
    return Period(shortest, view.as_of, f"the last {SHORTEST} days; meeting {last.id} was on {day(last.held_on)}")


def since_board_meeting(view: View, previous: Meetings | None) -> Period:
    """Since the board met last; without a meeting the last 28 days."""
    if previous is None:
        return Period(view.window(FIRST_PERIOD)[0], view.as_of, f"the last {FIRST_PERIOD} days: no earlier meeting")
    since = previous.held_on + dt.timedelta(days=1)
    return Period(since, view.as_of, f"since meeting {previous.id} on {day(previous.held_on)}")


def since_review(view: View, service: str) -> Period:
    """Since the last review of a service by its team leader; at least 14 days, without one 28."""
    held = [r for r in view.rows(TeamLeaderReviews) if r.service == service and r.reviewed_on < view.as_of]
    last = newest(held, TeamLeaderReviews.reviewed_on)
    if last is None:
        return Period(view.window(FIRST_PERIOD)[0], view.as_of, f"the last {FIRST_PERIOD} days: no earlier review")
    since = min(last.reviewed_on + dt.timedelta(days=1), view.window(SHORTEST)[0])
    held_on = f"the last review, {last.id}, was on {day(last.reviewed_on)}"
    return Period(since, view.as_of, f"at least {SHORTEST} days; {held_on}")
