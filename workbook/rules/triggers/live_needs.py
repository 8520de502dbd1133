"""Rules on what support was needed: S1 repeated needs, S6 repeated questions, S10 mostly technical.

Source: docs/contract/checks-and-triggers.md, "Live support"; article, operational example 2.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from workbook.model.cells import fold, show
from workbook.model.light_dataclasses import dataclass
from workbook.model.registers import ProtectedTime, SupportLog
from workbook.model.registers.lists import TECHNICAL_NEEDS
from workbook.model.triggers import Judgement, State
from workbook.model.view import View, group_by
from workbook.rules.chances import chance_of_repeats, how_often, period_of
from workbook.rules.triggers.live_entries import (
    entries_in,
    has_entries,
    needs_in,
    observation_words,
    service_name,
    spelled,
    too_few,
    window_words,
)
from workbook.rules.triggers.preparing_common import counted

_ENTRIES = "entries in the support log"


@dataclass(frozen=True)
class _Theme:
    """The entries of one workflow and support need."""

    entries: Sequence[SupportLog]

    @property
    def staff(self) -> int:
        return len({fold(e.staff_member) for e in self.entries})

    @property
    def dates(self) -> int:
        return len({e.date for e in self.entries})

    @property
    def words(self) -> str:
        return theme_words(self.entries[0])


def theme_words(entry: SupportLog) -> str:
    """The workflow and the need of an entry, such as 'Care notes: Finding the record'."""
    return f"{entry.workflow}: {entry.support_need}"


def repeated_needs(view: View, service: str) -> Judgement:
    """S1: one need in one workflow comes again, from different staff and on different days."""
    count, days = view.threshold("S1", "Count"), view.days("S1", "Window days")
    staff, dates = view.threshold("S1", "Different staff"), view.threshold("S1", "Different dates")
    found = needs_in(view, service, days, SupportLog.workflow, SupportLog.staff_member)
    if not has_entries(view, service):
        return too_few(view, service, _ENTRIES, len(found.left_out), count)
    themes = [_Theme(g) for g in group_by(found.rows, lambda e: (e.workflow, e.support_need)).values()]
    themes.sort(key=lambda t: -len(t.entries))
    repeated = [t for t in themes if len(t.entries) >= count and t.staff >= staff and t.dates >= dates]
    most = max((len(t.entries) for t in repeated or themes), default=0)
    needed = count + _extra(view, len(found.rows))
    beyond = [t for t in repeated if len(t.entries) >= needed]
    words = (
        f"No need came {int(count)} times from {int(staff)} staff on {int(dates)} days {window_words(days)}; "
        f"the most frequent came {counted(most, 'time')}."
    )
    if repeated:
        words = _repeated_words(beyond or repeated, days, shifts_observed(view, service, days))
    repeated = beyond or repeated
    return Judgement(
        State.RAISED if beyond else State.WATCH if repeated else State.CLEAR,
        words,
        value=most,
        threshold=needed,
        rows=[e for t in repeated for e in t.entries],
        left_out=len(found.left_out),
        remarks=_remarks(len(found.rows), most, needed, days, raised=bool(beyond)) if repeated else (),
    )


def _remarks(entries: int, times: int, needed: float, days: int, *, raised: bool) -> tuple[str, ...]:
    """What would ask for action, and how often some need comes so many times by chance."""
    asking = (
        () if raised else (f"Among {counted(entries, 'entry', 'entries')} {int(needed)} times would ask for action.",)
    )
    return (*asking, *_by_chance(entries, (times,) if raised else (times, times + 1), days))


def _by_chance(entries: int, counts: Sequence[int], days: int) -> tuple[str, ...]:
    period = period_of(days)
    chances = [(n, chance_of_repeats(entries, n)) for n in counts]
    said = [f"{n} times by chance {how_often(p, period)}" for n, p in chances if p is not None]
    if not said:
        return ()
    told = ", ".join([said[0], *(words.replace(" by chance", "") for words in said[1:])])
    return (f"With {counted(entries, 'entry', 'entries')} in a {period} some need comes {told}.",)


def _extra(view: View, entries: int) -> int:
    """How many times more a need has to come, by how much was asked at all."""
    free, each = view.threshold("S1", "Entries without extra"), view.threshold("S1", "Entries per extra count")
    return math.ceil((entries - free) / each) if each > 0 and entries > free else 0


def _repeated_words(repeated: Sequence[_Theme], days: int, shifts: int) -> str:
    first = repeated[0]
    n = len(first.entries)
    words = f"“{first.words}” came {counted(n, 'time')} {window_words(days)}, "
    words += f"from {counted(first.staff, 'person', 'people')} on {counted(first.dates, 'date')}"
    over = counted(shifts, "shift")
    rate = f", {show(round(n / shifts, 1))} a shift over {over} observed" if shifts else ", no shift observed"
    others = repeated[1:]
    also = "; also " + ", ".join(f"“{t.words}” {counted(len(t.entries), 'time')}" for t in others) if others else ""
    return words + rate + also + "."


def shifts_observed(view: View, service: str, days: int) -> int:
    """Shifts observed in the window: as counted in Protected time, and each that an entry `None seen` tells of."""
    first, last = view.window(days)
    counts = [
        week.shifts_observed or 0
        for champion in view.champions_of(service)
        for week in view.once(_weeks_observed).get(champion.champion_id, ())
        if first <= week.week_commencing <= last
    ]
    none_seen = observation_words(view)
    seen = entries_in(view, service, first=first, last=last, wanted=lambda e: e.support_need in none_seen).rows
    return sum(counts) + len({(e.champion_id, e.date, e.shift) for e in seen})


def _weeks_observed(view: View) -> dict[str, list[ProtectedTime]]:
    weeks = view.usable(ProtectedTime, ProtectedTime.champion_id, ProtectedTime.shifts_observed)
    return group_by(weeks.rows, lambda week: week.champion_id)


def repeated_questions(view: View, service: str) -> Judgement:
    """S6: one member of staff asks the same thing again."""
    count, days = view.threshold("S6", "Count"), view.days("S6", "Window days")
    found = needs_in(view, service, days, SupportLog.workflow, SupportLog.staff_member)
    if not has_entries(view, service):
        return too_few(view, service, _ENTRIES, len(found.left_out), count)
    groups = group_by(found.rows, lambda e: (fold(e.staff_member), e.workflow, e.support_need)).values()
    asked = sorted((g for g in groups if len(g) >= count), key=len, reverse=True)
    most = max(map(len, groups), default=0)
    summary = f"Nobody asked the same thing {counted(int(count), 'time')} {window_words(days)}."
    if asked:
        first = asked[0]
        summary = f"{first[0].staff_member} needed help with “{theme_words(first[0])}” {counted(len(first), 'time')} "
        summary += window_words(days)
        summary += f"; {counted(len(asked) - 1, 'other repeated question')}." if asked[1:] else "."
    return Judgement(
        State.WATCH if asked else State.CLEAR,
        summary,
        value=most,
        threshold=count,
        rows=[e for g in asked for e in g],
        left_out=len(found.left_out),
    )


def mostly_technical(view: View, service: str) -> Judgement:
    """S10: champions are asked about logging in and devices more than about recording care."""
    share, minimum = view.threshold("S10", "Share percent"), view.threshold("S10", "Minimum entries")
    days = view.days("S10", "Window days")
    found = needs_in(view, service, days)
    if not has_entries(view, service):
        return too_few(view, service, _ENTRIES, len(found.left_out), share)
    words = spelled(view, TECHNICAL_NEEDS)
    technical = [e for e in found.rows if e.support_need in words]
    total = len(found.rows)
    percent = 100 * len(technical) / total if total else None
    watch = percent is not None and total >= minimum and percent > share
    summary = f"{len(technical)} of {counted(total, 'entry', 'entries')} {window_words(days)} in "
    summary += f"{service_name(view, service)} were about logging in or a device"
    summary += f" ({percent:.0f}%)" if percent is not None else ""
    summary += f"; judged from {counted(int(minimum), 'entry', 'entries')} on." if total < minimum else "."
    return Judgement(
        State.WATCH if watch else State.CLEAR,
        summary,
        value=percent,
        threshold=share,
        rows=technical if watch else (),
        left_out=len(found.left_out),
    )
