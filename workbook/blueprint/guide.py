"""Who fills in which sheet, and when: what Start here tells, in the order of the work."""

from __future__ import annotations

from dataclasses import dataclass

from workbook.declare import Register
from workbook.registers import (
    Actions,
    BoardDecisions,
    Checks,
    ConfidenceTracker,
    Documents,
    Guidance,
    History,
    ImplementationPlan,
    ImportProblems,
    ImprovementLog,
    ManagerReviews,
    Meetings,
    OutcomeMeasures,
    OutcomeReadings,
    People,
    Programme,
    ProtectedTime,
    QualityReviews,
    ReadinessLog,
    ReviewsDue,
    RoleBriefs,
    Services,
    StartSignOff,
    SupportLog,
    TeamLeaderReviews,
    Thresholds,
    TrainingMatrix,
    Triggers,
    UpdatesShared,
    WorkforcePlan,
)
from workbook.registers.setup import ROLES

EVERYONE, ANY_TIME = "Everyone", "Any time"
BEFORE, AFTER, ALWAYS = "Before go-live", "After go-live", "Always"
CHAMPION = "Champion"
#: What may be chosen on Start here.
READERS = (EVERYONE, CHAMPION, *ROLES)
STAGES = (ANY_TIME, BEFORE, AFTER)


@dataclass(frozen=True)
class Step:
    """One line of Start here.

    Attributes:
        register: the table; None for sheets that have none of their own.
        sheet: the sheet's name where there is no table, or several.
        who: who fills it in, or reads it, named by role.
        when: the stage at which it is used.
    """

    register: type[Register] | None
    who: str
    when: str
    sheet: str = ""


STEPS: tuple[Step, ...] = (
    Step(Programme, "Project lead", BEFORE),
    Step(Services, "Project lead", BEFORE),
    Step(People, "Project lead, Administrator", BEFORE),
    Step(None, "Project lead", ALWAYS, "Lists"),
    Step(Thresholds, "Project lead, Quality lead", ALWAYS),
    Step(WorkforcePlan, "Registered manager", BEFORE),
    Step(RoleBriefs, "Project lead", BEFORE),
    Step(TrainingMatrix, "Project lead, Trainer", BEFORE),
    Step(ReadinessLog, "Quality lead", BEFORE),
    Step(ImplementationPlan, "Registered manager", BEFORE),
    Step(ProtectedTime, "Champion, Team leader", AFTER),
    Step(StartSignOff, "Project lead", BEFORE),
    Step(SupportLog, "Champion", AFTER),
    Step(ConfidenceTracker, "Champion", AFTER),
    Step(TeamLeaderReviews, "Team leader", AFTER),
    Step(ManagerReviews, "Registered manager", AFTER),
    Step(Guidance, "Quality lead", ALWAYS),
    Step(ImprovementLog, "Champion, Project lead", AFTER),
    Step(QualityReviews, "Quality lead", AFTER),
    Step(Meetings, "Board chair, Administrator", ALWAYS),
    Step(BoardDecisions, "Board chair, Administrator", ALWAYS),
    Step(Actions, "Project lead, Team leader, Registered manager", ALWAYS),
    Step(UpdatesShared, "Champion", AFTER),
    Step(OutcomeMeasures, "Quality lead, Project lead", BEFORE),
    Step(OutcomeReadings, "Quality lead", AFTER),
    Step(None, "Everyone", ALWAYS, "Dashboard"),
    Step(None, "Project lead, Trainer", ALWAYS, "Training overview"),
    Step(Checks, "Everyone", ALWAYS),
    Step(Triggers, "Project lead, Team leader, Board chair", ALWAYS),
    Step(ReviewsDue, "Project lead, Quality lead, Team leader, Registered manager", ALWAYS),
    Step(Documents, "Administrator", ALWAYS),
    Step(History, "Administrator", ALWAYS),
    Step(ImportProblems, "Administrator", ALWAYS),
)

#: How to fill the workbook in, as the newcomer needs it.
FIRST_STEPS = (
    "1.  Begin on Setup: who you are, your services, and who holds which role. Then go down the list below.",
    "2.  On every sheet, dark headings must be filled in. Choose from the drop-downs; type dates as day/month/year.",
    "3.  Write in the first free row beneath the headings. Leave the ID blank, or type the next one, shown above.",
    "4.  A dashed yellow cell waits for an entry; a bold red date is overdue; the column Check says what is wrong.",
    "5.  Look at the Dashboard for the picture of the programme, at Checks and Triggers for what asks for action.",
)
