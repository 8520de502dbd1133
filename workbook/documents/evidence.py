"""Which rows of which register are evidence of what: the declared table behind the inspection evidence pack.

A row stands under a category only by a line here: register, column, condition, category, and the statements of each
framework that it speaks to.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from workbook.documents.frameworks import (
    KEY_LINES,
    OBSERVATION,
    OUTCOMES,
    PROCESSES,
    QUALITY_STATEMENTS,
    STAFF_FEEDBACK,
)
from workbook.documents.words import counted
from workbook.model.declare import Column, Kind, Register
from workbook.model.light_dataclasses import dataclass
from workbook.model.registers import (
    BY_TABLE,
    Actions,
    BoardDecisions,
    ConfidenceTracker,
    Guidance,
    ImprovementLog,
    ManagerReviews,
    Meetings,
    OutcomeReadings,
    ProtectedTime,
    QualityReviews,
    ReadinessLog,
    RoleBriefs,
    StartSignOff,
    SupportLog,
    TeamLeaderReviews,
    TrainingMatrix,
    UpdatesShared,
)
from workbook.model.registers.lists import NONE_SEEN
from workbook.model.view import View

Condition = Callable[[Any], bool]


@dataclass(frozen=True)
class Source:
    """One kind of evidence.

    Attributes:
        column: of the register, looked at by `condition`; a blank cell never belongs.
        one, many: what so many rows show, after their number.
        original: where the original lies.
        statements: those of each framework that it speaks to, by the framework's name.
    """

    column: Column[Any]
    condition: Condition
    category: str
    one: str
    many: str
    original: str
    statements: dict[str, tuple[str, ...]]

    @property
    def register(self) -> type[Register]:
        """The register that it looks at."""
        return BY_TABLE[self.column.table]

    def rows(self, view: View) -> list[Register]:
        """The rows of the day that belong, in the order of the worksheet."""
        get = self.column.attr
        return [r for r in view.rows(self.register) if getattr(r, get) is not None and self.condition(getattr(r, get))]

    def shows(self, number: int) -> str:
        """What so many rows show."""
        return counted(number, self.one, self.many)


def any_of(*values: str) -> Condition:
    """The cell says one of these."""
    return lambda value: value in values


def other_than(*values: str) -> Condition:
    """The cell says something else."""
    return lambda value: value not in values


def filled(value: object) -> bool:
    """Something stands there."""
    return value not in (None, "", False)


def some(value: float) -> bool:
    """A number above zero."""
    return value > 0


def _both(quality: tuple[str, ...], lines: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    return {QUALITY_STATEMENTS.name: quality, KEY_LINES.name: lines}


_STAFFING = _both(("Safe and effective staffing",), ("Safe staffing",))
_TEAMS = _both(("How staff, teams and services work together", "Learning culture"), ("Safety culture",))
_WELLBEING = _both(("Workforce wellbeing and enablement",), ("Workforce equity and culture",))
_VOICE = _both(("Freedom to speak up", "Learning culture"), ("Safety culture", "Workforce equity and culture"))
_LEADERS = _both(("Capable, compassionate and inclusive leaders",), ("Capable and compassionate leaders",))
_GUIDANCE = _both(("Delivering evidence-based care and treatment",), ("Evidence-based care and equitable outcomes",))
_GOVERNANCE = _both(("Governance, management and sustainability",), ("Governance and management",))
_LEARNING = _both(("Learning, improvement and innovation",), ("Improvement, innovation and learning",))
_RESULTS = _both(
    ("Monitoring and improving outcomes", "Learning, improvement and innovation"),
    ("Evidence-based care and equitable outcomes", "Improvement, innovation and learning"),
)

SOURCES: tuple[Source, ...] = (
    Source(
        ConfidenceTracker.support_helped,
        filled,
        STAFF_FEEDBACK,
        "answer of staff on whether support helped, with confidence before and after",
        "answers of staff on whether support helped, with confidence before and after",
        "Sheet Confidence tracker",
        _WELLBEING,
    ),
    Source(
        TeamLeaderReviews.themes_seen,
        filled,
        STAFF_FEEDBACK,
        "review of support themes by a team leader",
        "reviews of support themes by team leaders",
        "Sheet Team leader reviews; the team leader's notes",
        _LEADERS,
    ),
    Source(
        ManagerReviews.evidence_source,
        any_of("Feedback"),
        STAFF_FEEDBACK,
        "registered manager's review that rests on feedback",
        "registered managers' reviews that rest on feedback",
        "Sheet Manager reviews",
        _LEADERS,
    ),
    Source(
        ImprovementLog.kind,
        any_of("Staff concern"),
        STAFF_FEEDBACK,
        "concern of staff, raised through a champion",
        "concerns of staff, raised through champions",
        "Sheet Improvement log",
        _VOICE,
    ),
    Source(
        OutcomeReadings.evidence_source,
        any_of("Feedback"),
        STAFF_FEEDBACK,
        "reading of an outcome from feedback",
        "readings of outcomes from feedback",
        "Sheet Outcome readings; the survey or notes that it names",
        _RESULTS,
    ),
    Source(
        SupportLog.support_need,
        any_of(NONE_SEEN),
        OBSERVATION,
        "observation of practice in which no need was seen",
        "observations of practice in which no need was seen",
        "Sheet Support log",
        _TEAMS,
    ),
    Source(
        ProtectedTime.shifts_observed,
        some,
        OBSERVATION,
        "week in which a champion observed shifts",
        "weeks in which champions observed shifts",
        "Sheet Protected time; the rota",
        _STAFFING,
    ),
    Source(
        ManagerReviews.evidence_source,
        any_of("Staff practice"),
        OBSERVATION,
        "registered manager's review that rests on staff practice",
        "registered managers' reviews that rest on staff practice",
        "Sheet Manager reviews",
        _LEADERS,
    ),
    Source(
        OutcomeReadings.evidence_source,
        any_of("Staff practice"),
        OBSERVATION,
        "reading of an outcome from staff practice",
        "readings of outcomes from staff practice",
        "Sheet Outcome readings",
        _RESULTS,
    ),
    Source(
        SupportLog.support_need,
        other_than(NONE_SEEN),
        PROCESSES,
        "entry in the champions' log of a need, what was done, and how it ended",
        "entries in the champions' log of a need, what was done, and how it ended",
        "Sheet Support log; the care record that it refers to",
        _TEAMS,
    ),
    Source(
        RoleBriefs.acknowledged_on,
        filled,
        PROCESSES,
        "role brief that the champion acknowledged",
        "role briefs that champions acknowledged",
        "Sheet Role briefs; the signed brief in the staff file",
        _STAFFING,
    ),
    Source(
        TrainingMatrix.result,
        any_of("Passed"),
        PROCESSES,
        "module of enhanced training passed",
        "modules of enhanced training passed",
        "Sheet Training matrix; the certificate in the staff file",
        _STAFFING,
    ),
    Source(
        ReadinessLog.outcome,
        any_of("Ready"),
        PROCESSES,
        "readiness check that found a champion ready",
        "readiness checks that found champions ready",
        "Sheet Readiness log",
        _STAFFING,
    ),
    Source(
        StartSignOff.decision,
        any_of("Signed off"),
        PROCESSES,
        "start sign-off of a champion",
        "start sign-offs of champions",
        "Sheet Start sign-off",
        _STAFFING,
    ),
    Source(
        ProtectedTime.hours_given,
        some,
        PROCESSES,
        "week in which a champion was given protected time",
        "weeks in which champions were given protected time",
        "Sheet Protected time; the rota",
        _WELLBEING,
    ),
    Source(
        Guidance.summary,
        filled,
        PROCESSES,
        "approved guidance on a workflow",
        "approved guidances on workflows",
        "Sheet Approved guidance; the guidance itself",
        _GUIDANCE,
    ),
    Source(
        ImprovementLog.kind,
        any_of("System issue", "Workflow barrier"),
        PROCESSES,
        "system issue or workflow barrier found and followed up",
        "system issues and workflow barriers found and followed up",
        "Sheet Improvement log; the supplier's reference where it names one",
        _LEARNING,
    ),
    Source(
        QualityReviews.finding,
        filled,
        PROCESSES,
        "audit of what an issue does to care evidence, risk management and audit quality",
        "audits of what issues do to care evidence, risk management and audit quality",
        "Sheet Quality reviews; the quality lead's audit",
        _GOVERNANCE,
    ),
    Source(
        ManagerReviews.evidence_source,
        any_of("Audits"),
        PROCESSES,
        "registered manager's review that rests on audits",
        "registered managers' reviews that rest on audits",
        "Sheet Manager reviews; the audit",
        _LEADERS,
    ),
    Source(
        Meetings.minutes_reference,
        filled,
        PROCESSES,
        "meeting with minutes",
        "meetings with minutes",
        "The minutes, under the reference on the sheet Meetings",
        _GOVERNANCE,
    ),
    Source(
        BoardDecisions.decision,
        filled,
        PROCESSES,
        "decision of the board",
        "decisions of the board",
        "Sheet Board decisions; the minutes of the meeting",
        _GOVERNANCE,
    ),
    Source(
        Actions.evidence,
        filled,
        PROCESSES,
        "action with evidence that it was done",
        "actions with evidence that they were done",
        "Sheet Actions; what its evidence names",
        _GOVERNANCE,
    ),
    Source(
        ManagerReviews.evidence_source,
        any_of("Care records"),
        OUTCOMES,
        "registered manager's review that rests on care records",
        "registered managers' reviews that rest on care records",
        "Sheet Manager reviews; the care records",
        _RESULTS,
    ),
    Source(
        OutcomeReadings.evidence_source,
        any_of("Care records", "Audits"),
        OUTCOMES,
        "reading of an outcome from care records or audits",
        "readings of outcomes from care records or audits",
        "Sheet Outcome readings; the report that it comes from",
        _RESULTS,
    ),
    Source(
        UpdatesShared.result,
        other_than("Too early"),
        OUTCOMES,
        "decision shared with staff and its effect recorded",
        "times that a decision was shared with staff and its effect recorded",
        "Sheet Updates shared",
        _LEARNING,
    ),
)


def day_of(view: View, row: Register) -> dt.date | None:
    """The day on which a row happened; where the register has no event date, its first date that is filled in."""
    found = view.event_date(row)
    if found is not None:
        return found
    dates = (getattr(row, c.attr) for c in row.register.columns if c.kind is Kind.DATE and c.later)
    return next((d for d in dates if d is not None), None)


def span_of(view: View, rows: Sequence[Register]) -> tuple[dt.date, dt.date] | None:
    """The first and the last day of rows; None where none is dated."""
    days = [d for row in rows if (d := day_of(view, row)) is not None]
    return (min(days), max(days)) if days else None
