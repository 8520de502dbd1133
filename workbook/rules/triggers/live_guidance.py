"""Rule S2, conflicting advice.

Source: docs/contract/checks-and-triggers.md, "Live support"; article, operational example 2: what can go wrong.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from workbook.model.cells import fold
from workbook.model.light_dataclasses import dataclass
from workbook.model.registers import Guidance, Services, SupportLog
from workbook.model.triggers import Judgement, State
from workbook.model.view import Usable, View, group_by
from workbook.rules.in_force import InForce, in_force
from workbook.rules.triggers.live_entries import has_entries, needs_in, service_name, too_few, window_words
from workbook.rules.triggers.live_needs import theme_words
from workbook.rules.triggers.preparing_common import counted, listed

_Theme = tuple[str, str]
#: The entries of one workflow and need that another champion's entry contradicts, in the order given.
_Contradicting = Callable[[Sequence[SupportLog]], list[SupportLog]]


class _Conflict(NamedTuple):
    """The entries of one workflow and need that conflict: here, and in other services."""

    here: Sequence[SupportLog]
    elsewhere: Sequence[SupportLog]


def conflicting_advice(view: View, service: str) -> Judgement:
    """S2: two champions followed different guidance in force; a watch: one followed it and another none."""
    days = view.days("S2", "Window days")
    entries = _guided_needs(view, service, days)
    guidance = view.usable(Guidance, Guidance.workflow, Guidance.support_need, Guidance.withdrawn_on)
    left_out = len(entries.left_out) + len(guidance.left_out)
    if not has_entries(view, service):
        return too_few(view, service, "entries in the support log", left_out)
    themes = _by_theme(entries.rows)
    rules = _Rules(in_force(guidance.rows), *view.window(days))
    for state, contradicting in ((State.RAISED, rules.two_ways), (State.WATCH, rules.one_and_none)):
        sides = {theme: rows for theme, group in themes.items() if (rows := contradicting(group))}
        if sides:
            others = _by_theme(_entries_elsewhere(view, service, days))
            conflicts = [_with_others(rows, others.get(theme, ()), contradicting) for theme, rows in sides.items()]
            rows = [e for c in conflicts for e in (*c.here, *c.elsewhere)]
            return Judgement(state, _words(view, conflicts, days), len(conflicts), rows=rows, left_out=left_out)
    clear = f"No two champions in {service_name(view, service)} gave different advice on the same need"
    return Judgement(State.CLEAR, f"{clear} {window_words(days)}.", value=0, left_out=left_out)


def _guided_needs(view: View, service: str, days: int) -> Usable[SupportLog]:
    return needs_in(view, service, days, SupportLog.workflow, SupportLog.champion_id, SupportLog.guidance_followed)


def _by_theme(entries: Sequence[SupportLog]) -> Mapping[_Theme, Sequence[SupportLog]]:
    return group_by(entries, lambda e: (e.workflow, e.support_need))


@dataclass(frozen=True)
class _Rules:
    """What contradicts what, by the guidance in force and the window's first and last day."""

    guidance: Mapping[str, InForce]
    first: dt.date
    last: dt.date

    def two_ways(self, entries: Sequence[SupportLog]) -> list[SupportLog]:
        """The entries that followed guidance while another champion followed another, both in force on one day.

        What was not in force on the entry's own day is told of by the check, not here.
        """
        followed = {e.ordinal: self._followed(e) for e in entries}
        pairs = {(e.champion_id, one.guidance.id): one for e in entries if (one := followed[e.ordinal])}

        def contradicted(entry: SupportLog) -> bool:
            own = followed[entry.ordinal]
            return own is not None and any(
                who != entry.champion_id and other is not own and self._together(own, other)
                for (who, _), other in pairs.items()
            )

        return [e for e in entries if contradicted(e)]

    def one_and_none(self, entries: Sequence[SupportLog]) -> list[SupportLog]:
        """The entries that followed the guidance in force while another champion's names none, and these."""
        keeping = {e.champion_id for e in entries if self._keeps(e)}
        if not keeping:
            return []
        passing = {e.champion_id for e in entries if not e.guidance_followed and self._due(e)}
        return [
            e
            for e in entries
            if (self._keeps(e) and passing - {e.champion_id})
            or (not e.guidance_followed and keeping - {e.champion_id} and self._due(e))
        ]

    def _followed(self, entry: SupportLog) -> InForce | None:
        one = self.guidance.get(fold(entry.guidance_followed)) if entry.guidance_followed else None
        return one if one is not None and one.on(entry.date) else None

    def _together(self, one: InForce, other: InForce) -> bool:
        first, until = max(one.first, other.first, self.first), min(one.until, other.until)
        return first < until and first <= self.last

    def _due(self, entry: SupportLog) -> bool:
        """Whether guidance for the entry's workflow and need was in force on its day."""
        return any(_serves(g.guidance, entry) and g.on(entry.date) for g in self.guidance.values())

    def _keeps(self, entry: SupportLog) -> bool:
        one = self._followed(entry)
        return one is not None and _serves(one.guidance, entry)


def _serves(guidance: Guidance, entry: SupportLog) -> bool:
    """Guidance without a need serves every need of its workflow."""
    return guidance.workflow == entry.workflow and guidance.support_need in (None, entry.support_need)


def _entries_elsewhere(view: View, service: str, days: int) -> list[SupportLog]:
    others = [s.service_code for s in view.snapshot.rows(Services) if s.service_code not in (None, service)]
    return [e for other in dict.fromkeys(others) for e in _guided_needs(view, other, days).rows]


def _with_others(here: Sequence[SupportLog], others: Sequence[SupportLog], contradicting: _Contradicting) -> _Conflict:
    both = contradicting([*here, *others])
    return _Conflict(here, [e for e in both if e.service != here[0].service])


def _words(view: View, conflicts: Sequence[_Conflict], days: int) -> str:
    first = conflicts[0]
    champions = list(dict.fromkeys(e.champion_id for e in first.here))
    guidance = list(dict.fromkeys(e.guidance_followed for e in first.here if e.guidance_followed))
    ways = listed(guidance)
    if any(not e.guidance_followed for e in first.here):
        ways += " or none"
    words = f"{listed(champions)} followed {ways} on “{theme_words(first.here[0])}” {window_words(days)}"
    services = [service_name(view, code) for code in dict.fromkeys(e.service for e in first.elsewhere)]
    if services:
        words += f", and so did others in {listed(services)}"
    if conflicts[1:]:
        words += f"; {counted(len(conflicts) - 1, 'other need')} with conflicting advice"
    return words + "."
