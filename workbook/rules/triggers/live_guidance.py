"""Rule S2, conflicting advice.

Source: docs/contract/checks-and-triggers.md, "Live support"; article, operational example 2: what can go wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from workbook.model.cells import fold
from workbook.model.registers import Guidance, Services, SupportLog
from workbook.model.triggers import Judgement, State
from workbook.model.view import Usable, View, group_by
from workbook.rules.triggers.live_entries import has_entries, needs_in, service_name, too_few, window_words
from workbook.rules.triggers.live_needs import theme_words
from workbook.rules.triggers.preparing_common import counted, listed

_Theme = tuple[str, str]
#: The ids (folded) of the guidance in force for an entry's workflow and need on its day.
_InForce = Callable[[SupportLog], set[str]]


class _Conflict(NamedTuple):
    """The entries of one workflow and need that conflict: here, and in other services."""

    here: Sequence[SupportLog]
    elsewhere: Sequence[SupportLog]


def conflicting_advice(view: View, service: str) -> Judgement:
    """S2: two champions followed different guidance, or one followed it and another none while it was in force."""
    days = view.days("S2", "Window days")
    entries = _guided_needs(view, service, days)
    guidance = view.usable(Guidance, Guidance.workflow, Guidance.support_need, Guidance.withdrawn_on)
    left_out = len(entries.left_out) + len(guidance.left_out)
    if not has_entries(view, service):
        return too_few(view, service, "entries in the support log", left_out)
    in_force = _in_force(guidance.rows)
    sides = {theme: _conflicting(group, in_force) for theme, group in _by_theme(entries.rows).items()}
    sides = {theme: rows for theme, rows in sides.items() if rows}
    others = _by_theme(_entries_elsewhere(view, service, days)) if sides else {}
    conflicts = [_with_others(rows, others.get(theme, ()), in_force) for theme, rows in sides.items()]
    clear = f"No two champions in {service_name(view, service)} gave different advice on the same need"
    return Judgement(
        State.RAISED if conflicts else State.CLEAR,
        _words(view, conflicts, days) if conflicts else f"{clear} {window_words(days)}.",
        value=len(conflicts),
        rows=[e for c in conflicts for e in (*c.here, *c.elsewhere)],
        left_out=left_out,
    )


def _guided_needs(view: View, service: str, days: int) -> Usable[SupportLog]:
    return needs_in(view, service, days, SupportLog.workflow, SupportLog.champion_id, SupportLog.guidance_followed)


def _by_theme(entries: Sequence[SupportLog]) -> Mapping[_Theme, Sequence[SupportLog]]:
    return group_by(entries, lambda e: (e.workflow, e.support_need))


def _in_force(guidance: Sequence[Guidance]) -> _InForce:
    """Guidance without a need serves every need of its workflow; the day it is withdrawn no longer counts."""
    of_workflow = group_by(guidance, lambda g: g.workflow)

    def ids(entry: SupportLog) -> set[str]:
        return {
            fold(g.id)
            for g in of_workflow.get(entry.workflow, ())
            if g.support_need in (None, entry.support_need)
            and g.approved_on <= entry.date
            and (g.withdrawn_on is None or entry.date < g.withdrawn_on)
        }

    return ids


def _conflicting(entries: Sequence[SupportLog], in_force: _InForce) -> list[SupportLog]:
    """The entries of one workflow and need that another champion's entry contradicts, in the order given."""
    followed = {(e.champion_id, fold(e.guidance_followed)) for e in entries if e.guidance_followed}
    keeping = {e.champion_id for e in entries if e.guidance_followed and fold(e.guidance_followed) in in_force(e)}
    passing = {e.champion_id for e in entries if not e.guidance_followed and in_force(e)}

    def contradicted(entry: SupportLog) -> bool:
        who = entry.champion_id
        if not entry.guidance_followed:
            return bool(keeping - {who}) and bool(in_force(entry))
        own = fold(entry.guidance_followed)
        if any(champion != who and guidance != own for champion, guidance in followed):
            return True
        return bool(passing - {who}) and own in in_force(entry)

    return [e for e in entries if contradicted(e)]


def _entries_elsewhere(view: View, service: str, days: int) -> list[SupportLog]:
    others = [s.service_code for s in view.snapshot.rows(Services) if s.service_code not in (None, service)]
    return [e for other in dict.fromkeys(others) for e in _guided_needs(view, other, days).rows]


def _with_others(here: Sequence[SupportLog], others: Sequence[SupportLog], in_force: _InForce) -> _Conflict:
    both = _conflicting([*here, *others], in_force)
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
