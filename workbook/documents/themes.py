"""Themes of support in a period: confirmed by people in workflow and need, never guessed from free text."""

from __future__ import annotations

from collections.abc import Sequence

from workbook.documents.period import Period
from workbook.documents.words import NOT_RECORDED, counted, day, listed, service_name, text
from workbook.model.cells import fold, show
from workbook.model.light_dataclasses import dataclass
from workbook.model.registers import ManagerReviews, SupportLog, TeamLeaderReviews
from workbook.model.view import View, group_by, median, needs_seen

#: So many themes are shown; the rest are counted.
SHOWN = 12


@dataclass(frozen=True)
class Theme:
    """One workflow and need: how often, whom it touched, and whether confidence rose where both scores are known."""

    theme: str
    count: int
    staff: int
    services: str
    workarounds: int
    confidence: str


@dataclass(frozen=True)
class Said:
    """A review of the period and what it found."""

    id: str
    who: str
    found: str
    decided: str


def themes(view: View, period: Period) -> list[Theme]:
    """The themes of the period, the most frequent first."""
    entries = [e for e in needs_seen(view.rows(SupportLog)) if period.holds(e.date) and e.workflow and e.support_need]
    groups = group_by(entries, lambda e: (e.workflow, e.support_need))
    found = [_theme(view, f"{w}: {n[:1].lower()}{n[1:]}", rows) for (w, n), rows in groups.items()]
    return sorted(found, key=lambda t: -t.count)[:SHOWN]


def _theme(view: View, name: str, rows: Sequence[SupportLog]) -> Theme:
    scored = [r for r in rows if r.confidence_before is not None and r.confidence_after is not None]
    confidence = "No scores"
    if scored:
        before = median([r.confidence_before for r in scored if r.confidence_before is not None])
        after = median([r.confidence_after for r in scored if r.confidence_after is not None])
        confidence = f"{show(before)} to {show(after)} ({counted(len(scored), 'score')})"
    return Theme(
        theme=name,
        count=len(rows),
        staff=len({fold(r.staff_member) for r in rows if r.staff_member}),
        services=listed(dict.fromkeys(service_name(view, r.service) for r in rows)),
        workarounds=sum(r.workaround_seen is True for r in rows),
        confidence=confidence,
    )


def theme_counts(view: View, period: Period, shown: Sequence[Theme]) -> str:
    """How many entries there were, and how many of them the themes shown hold."""
    entries = [e for e in view.rows(SupportLog) if period.holds(e.date)]
    needs = len(needs_seen(entries))
    held = sum(t.count for t in shown)
    words = f"{counted(len(entries), 'support entry', 'support entries')} in the period, {needs} with a need."
    return f"{words} The {counted(len(shown), 'theme')} below hold {held} of them." if shown else words


def said_in_reviews(view: View, period: Period) -> list[Said]:
    """What team leaders and registered managers recorded in the period."""
    leaders = [
        Said(
            id=r.id or NOT_RECORDED,
            who=f"Team leader, {service_name(view, r.service)}, {day(r.reviewed_on)}",
            found=text(r.themes_seen),
            decided=listed(d for d in (r.decision, r.also_decided) if d),
        )
        for r in view.rows(TeamLeaderReviews)
        if period.holds(r.reviewed_on)
    ]
    managers = [
        Said(
            id=r.id or NOT_RECORDED,
            who=f"Registered manager, {service_name(view, r.service)}, {day(r.reviewed_on)}",
            found=f"{text(r.finding)} System use improving: {r.system_use_improving}; "
            f"record quality improving: {r.record_quality_improving}.",
            decided=text(r.decision, "No decision"),
        )
        for r in view.rows(ManagerReviews)
        if period.holds(r.reviewed_on)
    ]
    return [*leaders, *managers]
