"""The contract between the workbook, the people who fill it in, and every program that reads it."""

from __future__ import annotations

from workbook.model.declare import Area, ListTable, Register
from workbook.model.registers.entry import NewChampions, QuickSupport
from workbook.model.registers.evidence import OutcomeMeasures, OutcomeReadings
from workbook.model.registers.improve import (
    Actions,
    BoardDecisions,
    ImprovementLog,
    Meetings,
    QualityReviews,
    UpdatesShared,
)
from workbook.model.registers.lists import LISTS, LISTS_SHEET
from workbook.model.registers.prepare import (
    ImplementationPlan,
    ProtectedTime,
    ReadinessLog,
    RoleBriefs,
    StartSignOff,
    TrainingMatrix,
    WorkforcePlan,
)
from workbook.model.registers.results import (
    Checks,
    Documents,
    History,
    ImportProblems,
    ReviewsDue,
    RunCharts,
    RunPoints,
    ThisWeek,
    Triggers,
)
from workbook.model.registers.setup import People, Programme, Services, Thresholds
from workbook.model.registers.support import ConfidenceTracker, Guidance, ManagerReviews, SupportLog, TeamLeaderReviews

#: The tables people fill in, in the order of the work. `Programme` holds one setting a row, the others one entry.
SETUP: tuple[type[Register], ...] = (Programme, Services, People, Thresholds)
REGISTERS: tuple[type[Register], ...] = (
    WorkforcePlan,
    RoleBriefs,
    TrainingMatrix,
    ReadinessLog,
    ImplementationPlan,
    ProtectedTime,
    StartSignOff,
    SupportLog,
    ConfidenceTracker,
    TeamLeaderReviews,
    ManagerReviews,
    Guidance,
    ImprovementLog,
    QualityReviews,
    Meetings,
    BoardDecisions,
    Actions,
    UpdatesShared,
    OutcomeMeasures,
    OutcomeReadings,
)
#: The tables the program computes.
COMPUTED: tuple[type[Register], ...] = (Checks, Triggers, ReviewsDue, Documents, History, ImportProblems)

#: What stands behind Start here and the Dashboard: filled in where it is there, missed nowhere.
SUMMARIES: tuple[type[Register], ...] = (ThisWeek, RunCharts, RunPoints)

#: Tables in which people write quickly, and whose rows a check enters into registers: missed nowhere.
ENTRY_SHEETS: tuple[type[Register], ...] = (QuickSupport, NewChampions)

#: Without one of these a workbook can still be used: defaults serve, and the program adds them.
OPTIONAL: frozenset[str] = frozenset(
    {Thresholds.table, *(x.table for x in LISTS), *(r.table for r in (*COMPUTED, *SUMMARIES, *ENTRY_SHEETS))}
)

BY_TABLE: dict[str, type[Register]] = {r.table: r for r in (*SETUP, *REGISTERS, *ENTRY_SHEETS, *COMPUTED, *SUMMARIES)}
LISTS_BY_TABLE: dict[str, ListTable] = {x.table: x for x in LISTS}

__all__ = [
    "BY_TABLE",
    "COMPUTED",
    "ENTRY_SHEETS",
    "LISTS",
    "LISTS_BY_TABLE",
    "LISTS_SHEET",
    "OPTIONAL",
    "REGISTERS",
    "SETUP",
    "SUMMARIES",
    "Actions",
    "Area",
    "BoardDecisions",
    "Checks",
    "ConfidenceTracker",
    "Documents",
    "Guidance",
    "History",
    "ImplementationPlan",
    "ImportProblems",
    "ImprovementLog",
    "ManagerReviews",
    "Meetings",
    "NewChampions",
    "OutcomeMeasures",
    "OutcomeReadings",
    "People",
    "Programme",
    "ProtectedTime",
    "QualityReviews",
    "QuickSupport",
    "ReadinessLog",
    "ReviewsDue",
    "RoleBriefs",
    "RunCharts",
    "RunPoints",
    "Services",
    "StartSignOff",
    "SupportLog",
    "TeamLeaderReviews",
    "ThisWeek",
    "Thresholds",
    "TrainingMatrix",
    "Triggers",
    "UpdatesShared",
    "WorkforcePlan",
]
