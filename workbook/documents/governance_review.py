"""What the implementation governance review holds (docs/contract/documents.md, governance-review)."""

from __future__ import annotations

from collections.abc import Sequence

from workbook.documents.activity_figures import activity_figures
from workbook.documents.declare import About, Document, Material
from workbook.documents.figures import Figure, Outcome, figures, outcome_series, outcomes
from workbook.documents.front import (
    ACTIONS,
    ISSUES,
    QUALITY,
    TRIGGERS,
    Brief,
    Front,
    front,
    outcomes_in_brief,
)
from workbook.documents.highlight import more_of
from workbook.documents.issues import Issues
from workbook.documents.issues_report import AgeLine, EffectLine, EffectRow, age_lines, effect_lines, effect_rows
from workbook.documents.log import ActionLine, actions_needing_a_word
from workbook.documents.period import Period, period_of
from workbook.documents.quality import data_quality
from workbook.documents.raised import TriggerLine, state_counts, trigger_lines
from workbook.documents.readiness import ReadinessLine, ServiceLine, readiness_lines, service_lines
from workbook.documents.recommendations import Recommendation, recommendations
from workbook.documents.references import tag
from workbook.documents.risks import Risk, risks
from workbook.documents.standing import status_lines
from workbook.documents.themes import Said, Theme, said_in_reviews, theme_counts, themes
from workbook.documents.words import about, counted, day
from workbook.model.findings import Severity
from workbook.model.light_dataclasses import dataclass
from workbook.model.registers import Triggers
from workbook.model.triggers import FEEDBACK, State
from workbook.rules.reviews import GOVERNANCE

_ASKING = (State.RAISED, State.WATCH)

#: So many charts are drawn; the table beside has every figure.
CHARTS = 8
#: So many recommendations are named on the first page, so many risks are shown.
WANTED_FIRST, RISKS_SHOWN = 6, 8
FIELDS = ("quality-lead", "quality-lead-on", "board", "board-on", "comments")


@dataclass(frozen=True)
class LapsedLine:
    """A trigger that stopped being raised with no action taken and no review that considered it."""

    key: str
    title: str
    found: str
    first: str
    last: str


@dataclass(frozen=True)
class GovernanceReview:
    """The context of the template governance-review.

    Attributes:
        wanted: the first recommendations, as they stand on the first page.
        feedback: F1 to F11, whatever their state; `others`: P and S results that ask for action.
        field: the tags of the sign-off's places, by name.
    """

    about: About
    front: Front
    period: str
    quality: Sequence[str]
    services: Sequence[ServiceLine]
    readiness: Sequence[ReadinessLine]
    themes: Sequence[Theme]
    theme_counts: str
    reviews: Sequence[Said]
    ages: Sequence[AgeLine]
    issue_counts: str
    effects: Sequence[EffectLine]
    effect_rows: Sequence[EffectRow]
    feedback: Sequence[TriggerLine]
    feedback_counts: str
    others: Sequence[TriggerLine]
    others_counts: str
    lapsed: Sequence[LapsedLine]
    outcomes: Sequence[Outcome]
    figures: Sequence[Figure]
    actions: Sequence[ActionLine]
    action_counts: str
    recommendations: Sequence[Recommendation]
    wanted: Sequence[Recommendation]
    wanted_more: str
    risks: Sequence[Risk]
    risks_more: str
    field: dict[str, str]


def governance_review(document: Document, material: Material) -> GovernanceReview:
    """The review of the period that ends on the day."""
    view, period = material.view, period_of(material.view)
    issues, series = Issues(view), outcome_series(view)
    feedback = [r for r in material.results if r.escalation == FEEDBACK.escalation]
    others = [r for r in material.results if r.escalation != FEEDBACK.escalation]
    actions = actions_needing_a_word(view)
    found, asked, risky = themes(view, period), recommendations(material, actions), risks(material, issues)
    return GovernanceReview(
        about=about(document, material),
        front=front(
            material, _purpose(asked), "Quality lead", _meeting(material), _brief(material, issues, period, actions)
        ),
        period=period.words,
        quality=data_quality(material),
        services=service_lines(material),
        readiness=readiness_lines(material),
        themes=found,
        theme_counts=theme_counts(view, period, found),
        reviews=said_in_reviews(view, period),
        ages=age_lines(view),
        issue_counts=_issue_counts(issues, period),
        effects=effect_lines(issues),
        effect_rows=effect_rows(issues),
        feedback=trigger_lines(view, feedback),
        feedback_counts=state_counts(feedback),
        others=trigger_lines(view, [r for r in others if r.state in _ASKING]),
        others_counts=state_counts(others),
        lapsed=[_lapsed(row) for row in material.lapsed],
        outcomes=outcomes(series, view),
        figures=[*activity_figures(view), *figures(series, view)][:CHARTS],
        actions=actions,
        action_counts=_action_counts(actions),
        recommendations=asked,
        wanted=asked[:WANTED_FIRST],
        wanted_more=f"{len(asked) - WANTED_FIRST} more under Recommendations." if len(asked) > WANTED_FIRST else "",
        risks=risky[:RISKS_SHOWN],
        risks_more=more_of(len(risky), risky[:RISKS_SHOWN], "risk", "Improvement log"),
        field={name.replace("-", "_"): tag(name) for name in FIELDS},
    )


def _purpose(asked: Sequence[Recommendation]) -> str:
    if asked:
        return f"For assurance, and for decision on {counted(len(asked), 'recommendation')}"
    return "For assurance: the rules give no reason for a recommendation"


def _meeting(material: Material) -> str:
    board = material.view.snapshot.programme.board_name or "Project board"
    dates = [r.next_due for r in material.reviews if r.review == GOVERNANCE and r.next_due is not None]
    when = f"due on {day(min(dates))}" if dates else "date to be set"
    return f"Implementation governance, {when}; then {board}"


def _brief(material: Material, issues: Issues, period: Period, actions: Sequence[ActionLine]) -> list[Brief]:
    words = "; ".join(f"{line.part.lower()} {line.now.lower()}" for line in status_lines(material, None))
    raised = counted(len(material.in_state(State.RAISED)), "trigger asks", "triggers ask")
    return [
        Brief(f"How it stands: {words}. {raised} for action.", TRIGGERS),
        Brief(_issue_counts(issues, period), ISSUES),
        Brief(_action_counts(actions), ACTIONS),
        outcomes_in_brief(material.view),
        Brief(_to_mend(material), QUALITY),
    ]


def _to_mend(material: Material) -> str:
    errors = sum(f.severity is Severity.ERROR for f in material.findings)
    if not errors:
        return "The checks found no entry that must be mended."
    return f"{counted(errors, 'entry', 'entries')} must be mended before single figures are relied on."


def _issue_counts(issues: Issues, period: Period) -> str:
    members = [m for family in issues.all() for m in family.members]
    still = sum(len(family.open) for family in issues.all())
    raised = sum(period.holds(m.raised_on) for m in members)
    closed = sum(period.holds(m.closed_on) for m in members if m.closed_on is not None)
    return f"{counted(still, 'issue')} open; {raised} raised and {closed} closed in the period."


def _action_counts(actions: Sequence[ActionLine]) -> str:
    overdue, unproven = sum(a.overdue for a in actions), sum(a.unproven for a in actions)
    return f"{counted(unproven, 'action')} done without evidence, {overdue} overdue."


def _lapsed(row: Triggers) -> LapsedLine:
    return LapsedLine(
        key=row.result_key or "",
        title=row.title or "",
        found=row.what_was_found or "",
        first=day(row.first_raised_on),
        last=day(row.last_seen_on),
    )
