"""For how long something has stood that is no news any more: F5, F9 and S4."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from workbook.model.cells import show


def standing(as_of: dt.date, since: Iterable[dt.date | None]) -> tuple[str, ...]:
    """For how long the oldest of what holds has stood, as a remark; none for what came up a day ago at most.

    Args:
        as_of: the day.
        since: the first day on which each of them held; None where it is not known.
    """
    days = list(since)
    known = [day for day in days if day is not None and (as_of - day).days > 1]
    if not known:
        return ()
    first = min(known)
    what = "It has stood" if len(days) == 1 else "The oldest of these has stood"
    return (f"{what} for {(as_of - first).days} days, since {show(first)}.",)
