"""Issues by category and age, and their effect on care evidence, risk management and audit quality."""

from __future__ import annotations

from collections.abc import Sequence

from workbook.documents.issues import CLOSED, Issues, standing
from workbook.documents.words import listed, text
from workbook.model.light_dataclasses import dataclass
from workbook.model.registers import ImprovementLog, QualityReviews
from workbook.model.view import View, newest

#: The last day of each band of age; the last band has none.
BANDS = (14, 28, 56)
UNCATEGORISED = "Not categorised"
EFFECTS = {
    "Care evidence": QualityReviews.care_evidence,
    "Risk management": QualityReviews.risk_management,
    "Audit quality": QualityReviews.audit_quality,
}


@dataclass(frozen=True)
class AgeLine:
    """Open issues of one category, by age in days."""

    category: str
    to_14: int
    to_28: int
    to_56: int
    older: int
    total: int


@dataclass(frozen=True)
class EffectLine:
    """Open issues whose newest quality review says that something is affected, by severity."""

    effect: str
    low: int
    medium: int
    high: int
    issues: str


@dataclass(frozen=True)
class EffectRow:
    """The newest quality review of one open issue."""

    issue: str
    review: str
    affects: str
    severity: str
    finding: str
    standing: str


def age_lines(view: View) -> list[AgeLine]:
    """A line for each category of the contract, those not categorised, and all."""
    still = [m for m in view.rows(ImprovementLog) if m.status != CLOSED]
    lines = [
        _ages(view, category, [m for m in still if (m.category or UNCATEGORISED) == category])
        for category in (*ImprovementLog.category.choices, UNCATEGORISED)
    ]
    return [*lines, _ages(view, "All", still)]


def _ages(view: View, category: str, rows: Sequence[ImprovementLog]) -> AgeLine:
    ages = [(view.as_of - m.raised_on).days for m in rows]
    first, second, third = BANDS
    return AgeLine(
        category=category,
        to_14=sum(age <= first for age in ages),
        to_28=sum(first < age <= second for age in ages),
        to_56=sum(second < age <= third for age in ages),
        older=sum(age > third for age in ages),
        total=len(rows),
    )


def _newest_reviews(issues: Issues) -> list[QualityReviews]:
    """The newest quality review of each issue that is not closed; a repeat has its own beside its original's."""
    found = []
    for issue in (m for family in issues.all() for m in family.open):
        rows = issues.view.usable_by(QualityReviews.issue_id, QualityReviews)(issue.issue_id).rows
        review = newest(rows, QualityReviews.reviewed_on)
        if review is not None:
            found.append(review)
    return found


def effect_lines(issues: Issues) -> list[EffectLine]:
    """For each of the three effects, how many open issues have it, by severity."""
    reviews = _newest_reviews(issues)
    return [_effect(name, [r for r in reviews if getattr(r, c.attr)]) for name, c in EFFECTS.items()]


def _effect(name: str, hit: Sequence[QualityReviews]) -> EffectLine:
    low, medium, high = (sum(r.severity == s for r in hit) for s in ("Low", "Medium", "High"))
    return EffectLine(name, low, medium, high, listed(text(r.issue_id) for r in hit) or "None")


def effect_rows(issues: Issues) -> list[EffectRow]:
    """The newest quality review of each open issue, worst first."""
    rank = {"High": 0, "Medium": 1, "Low": 2}
    return [_row(issues, r) for r in sorted(_newest_reviews(issues), key=lambda r: rank.get(r.severity or "", 3))]


def _row(issues: Issues, review: QualityReviews) -> EffectRow:
    family = issues.family(review.issue_id)
    return EffectRow(
        issue=text(review.issue_id),
        review=text(review.id),
        affects=", ".join(name for name, c in EFFECTS.items() if getattr(review, c.attr)) or "None of the three",
        severity=text(review.severity),
        finding=text(review.finding),
        standing=standing(issues, family) if family is not None else "",
    )
