"""How the rules on live support read the Support log: by service and window, in one pass for all of them."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any, NamedTuple

from workbook.model.cells import fold
from workbook.model.declare import Column
from workbook.model.registers import SupportLog
from workbook.model.registers.lists import NONE_SEEN
from workbook.model.triggers import Judgement, State
from workbook.model.view import Usable, View, group_by, split_usable


class _Log(NamedTuple):
    """The Support log up to the day: by service (None where that is unknown), and the entries without a day.

    The entries of a service are in the order of their days, with these days beside.
    """

    by_service: dict[str | None, list[SupportLog]]
    days: dict[str | None, list[dt.date]]
    undated: list[SupportLog]

    def between(self, service: str | None, first: dt.date, last: dt.date) -> list[SupportLog]:
        """The entries of a service from `first` to `last`, in worksheet order."""
        days = self.days.get(service, ())
        found = self.by_service.get(service, [])[bisect_left(days, first) : bisect_right(days, last)]
        return sorted(found, key=_ORDINAL)


_ORDINAL = attrgetter("ordinal")


def _split(view: View) -> _Log:
    day = attrgetter(SupportLog.date.attr)
    by_service = group_by(sorted(view.rows(SupportLog), key=day), attrgetter(SupportLog.service.attr))
    days = {service: list(map(day, entries)) for service, entries in by_service.items()}
    return _Log(by_service, days, [e for e in view.snapshot.rows(SupportLog) if e.date is None])


def has_entries(view: View, service: str) -> bool:
    """Whether the Support log holds any entry of the service up to the day."""
    return service in view.once(_split).by_service


def entries_in(
    view: View,
    service: str,
    *columns: Column[Any],
    first: dt.date | None = None,
    last: dt.date | None = None,
    wanted: Callable[[SupportLog], bool] | None = None,
) -> Usable[SupportLog]:
    """The entries of a service that a rule can read, and those that it has to leave out.

    Args:
        view: the workbook as of a day.
        service: a Service code.
        columns: what the rule reads beside the date and the service; required ones must not be blank.
        first, last: the days between which it looks, both included; open where None.
        wanted: leaves out of both what the rule doesn't look at; cells that can't be read are None to it.
    """
    log = view.once(_split)
    low, high = first or dt.date.min, last or dt.date.max
    placed, unplaced = log.between(service, low, high), log.between(None, low, high)
    unplaced += [e for e in log.undated if e.service in (None, service)]
    if wanted is not None:
        placed = [e for e in placed if wanted(e)]
        unplaced = [e for e in unplaced if wanted(e)]
    readable, spoilt = split_usable(placed, columns)
    return Usable(readable, [*spoilt, *unplaced])


def needs_in(view: View, service: str, days: int, *columns: Column[Any]) -> Usable[SupportLog]:
    """The entries with a need of the window of `days` that ends on the day, as `entries_in`."""
    first, last = view.window(days)
    none_seen = observation_words(view)
    return entries_in(
        view,
        service,
        SupportLog.support_need,
        *columns,
        first=first,
        last=last,
        wanted=lambda e: e.support_need not in none_seen,
    )


def observation_words(view: View) -> frozenset[str]:
    """`None seen` as the list of support needs spells it; such an entry enters no rule about needs."""
    return spelled(view, (NONE_SEEN,))


def spelled(view: View, needs: Iterable[str]) -> frozenset[str]:
    """Support needs as this workbook's list spells them."""
    wanted = {fold(n) for n in needs}
    return frozenset(n for n in view.snapshot.lists["SupportNeeds"] if fold(n) in wanted)


def service_name(view: View, service: str) -> str:
    """The name of a service as people know it; its code where it has none."""
    return view.service_name(service)


def window_words(days: int) -> str:
    """A window in words, such as 'in the last 14 days'."""
    return f"in the last {days} days" if days != 1 else "today"


def too_few(view: View, service: str, what: str, left_out: int, threshold: float | None = None) -> Judgement:
    """Nothing to judge by: the log that the rule reads holds nothing for the service."""
    words = f"{service_name(view, service)} has no {what} yet."
    return Judgement(State.NOT_ENOUGH_DATA, words, threshold=threshold, left_out=left_out)
