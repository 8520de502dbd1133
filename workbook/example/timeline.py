"""The days of the story.

The story is told for 20 weeks, its days counted from 0 to 140. A longer programme has more ordinary weeks in the
middle: what happens before `TURN` keeps its distance from the start, the rest its distance from the end. A shorter one
stops sooner.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

STORY_WEEKS = 20
TURN = 40
DAY = dt.timedelta(days=1)


class Timeline:
    """The calendar of one programme.

    Args:
        weeks: how many weeks staff are supported, 4 to 60.
        until: the last day.

    Raises:
        ValueError: `weeks` is out of range.
    """

    def __init__(self, weeks: int, until: dt.date) -> None:
        if not 4 <= weeks <= 60:
            raise ValueError(f"An example programme runs for 4 to 60 weeks, not {weeks}.")
        self.weeks, self.until = weeks, until
        self.start = until - dt.timedelta(weeks=weeks)

    def at(self, day: int) -> dt.date:
        """The date of a day of the story; negative days lie before the start."""
        if day < TURN or self.weeks <= STORY_WEEKS:
            return self.start + day * DAY
        return self.until - (STORY_WEEKS * 7 - day) * DAY

    def office(self, day: int) -> dt.date:
        """The same, moved on to a Monday where it falls on a weekend."""
        return working(self.at(day))

    def mondays(self, first: dt.date, last: dt.date) -> Iterator[dt.date]:
        """The Mondays from `first` to `last`, both included."""
        day = first + (-first.weekday() % 7) * DAY
        while day <= last:
            yield day
            day += 7 * DAY

    def every(self, days: int, first: dt.date) -> Iterator[dt.date]:
        """Every so many days from `first` to the end."""
        day = first
        while day <= self.until:
            yield day
            day += days * DAY

    def stretches(self, holds: Callable[[dt.date], bool]) -> Iterator[tuple[dt.date, dt.date]]:
        """First and last day of each run of days, from four weeks before the start, on which something holds."""
        begun: dt.date | None = None
        day = self.start - 28 * DAY
        while day <= self.until:
            now = holds(day)
            if now and begun is None:
                begun = day
            elif not now and begun is not None:
                yield begun, day - DAY
                begun = None
            day += DAY
        if begun is not None:
            yield begun, self.until


def working(day: dt.date) -> dt.date:
    """The day itself, or the Monday after a weekend."""
    return day + (7 - day.weekday()) * DAY if day.weekday() >= 5 else day
