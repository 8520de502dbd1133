"""Risks and escalations that follow from the registers, for the board and for governance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from workbook.documents.declare import Material
from workbook.documents.issues import CLOSED, Issues
from workbook.documents.words import counted, day, rows_in_words, scope_in_words, service_name
from workbook.model.cells import fold, split_values
from workbook.model.findings import Severity
from workbook.model.light_dataclasses import dataclass
from workbook.model.registers import ImprovementLog, QualityReviews, SupportLog
from workbook.model.triggers import State, evidence_of
from workbook.model.view import View
from workbook.rules.reviews import GOVERNANCE

#: Escalated support is listed for as long as one governance round.
ESCALATED_DAYS = 28


@dataclass(frozen=True)
class Risk:
    """One risk or escalation: what it is, the rows that show it, and to whom it goes."""

    risk: str
    where: str
    since: str
    rows: str
    goes_to: str


def risks(material: Material, issues: Issues) -> list[Risk]:
    """Every risk that the workbook knows of, gravest kind first."""
    view = material.view
    return [
        *_recording(view),
        *_quality(view, issues),
        *_unprepared(material),
        *_escalated(view),
        *_oversight(material),
        *_data(material),
    ]


def _recording(view: View) -> Iterator[Risk]:
    for issue in view.rows(ImprovementLog):
        if issue.status != CLOSED and issue.safe_recording_affected == "Yes":
            yield Risk(
                risk=f"Safe recording is affected: {issue.description or 'no description'}",
                where=service_name(view, issue.service),
                since=day(issue.raised_on),
                rows=rows_in_words(evidence_of([issue])),
                goes_to="Project board" if issue.category != "Supplier support" else "Project board and supplier",
            )


def _quality(view: View, issues: Issues) -> Iterator[Risk]:
    effects = {
        "care evidence": QualityReviews.care_evidence.attr,
        "risk management": QualityReviews.risk_management.attr,
        "audit quality": QualityReviews.audit_quality.attr,
    }
    for family in issues.all():
        if not family.open:
            continue
        for review in issues.quality_reviews(family):
            hit = [words for words, attr in effects.items() if getattr(review, attr)]
            if hit and review.severity in ("Medium", "High"):
                yield Risk(
                    risk=f"{review.severity} effect on {', '.join(hit)}: {review.finding or 'no finding'}",
                    where=service_name(view, family.original.service),
                    since=day(review.reviewed_on),
                    rows=rows_in_words(evidence_of([review, *family.open])),
                    goes_to="Quality lead and project board",
                )


def _unprepared(material: Material) -> Iterator[Risk]:
    for result in material.in_state(State.RAISED):
        if result.trigger in ("P4", "P5"):
            yield Risk(
                risk=f"{result.trigger} {result.title}: {result.summary}",
                where=scope_in_words(material.view, result),
                since=day(material.view.as_of),
                rows=rows_in_words(result.evidence),
                goes_to=result.owner,
            )


def _escalated(view: View) -> Iterator[Risk]:
    """Support that was escalated or stayed unresolved lately and that no issue links."""
    linked = {fold(i) for issue in view.rows(ImprovementLog) for i in split_values(issue.linked_support)}
    first = view.as_of - dt.timedelta(days=ESCALATED_DAYS - 1)
    by_service: dict[str, list[SupportLog]] = {}
    for entry in view.rows(SupportLog):
        if entry.outcome in ("Escalated", "Unresolved") and entry.date >= first and fold(entry.id) not in linked:
            by_service.setdefault(entry.service or "", []).append(entry)
    for service, entries in by_service.items():
        yield Risk(
            risk=f"{counted(len(entries), 'support entry', 'support entries')} escalated or unresolved, with no issue",
            where=service_name(view, service),
            since=day(min(e.date for e in entries)),
            rows=rows_in_words(evidence_of(entries)),
            goes_to="Project lead",
        )


def _oversight(material: Material) -> Iterator[Risk]:
    for review in material.reviews:
        if review.days_late > 0 and review.review == GOVERNANCE:
            yield Risk(
                risk=f"{review.name} is {counted(review.days_late, 'day')} late",
                where=service_name(material.view, review.service),
                since=day(review.next_due),
                rows=review.proof,
                goes_to=review.owner,
            )


def _data(material: Material) -> Iterator[Risk]:
    errors = [f for f in material.findings if f.severity is Severity.ERROR]
    if errors:
        yield Risk(
            risk=f"{counted(len(errors), 'entry that must', 'entries that must')} be mended may mislead a rule",
            where="Whole programme",
            since=day(material.view.as_of),
            rows="The sheet Checks",
            goes_to="Project lead",
        )
