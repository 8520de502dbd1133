"""Who fills in which sheet, and when: what Start here tells, in the order of the work."""

from __future__ import annotations

import enum
from collections.abc import Mapping

from workbook.model.declare import Area, Register
from workbook.model.light_dataclasses import dataclass
from workbook.model.registers import (
    LISTS_SHEET,
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
    NewChampions,
    OutcomeMeasures,
    OutcomeReadings,
    People,
    Programme,
    ProtectedTime,
    QualityReviews,
    QuickSupport,
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
from workbook.model.registers.setup import ROLES

EVERYONE, ANY_TIME = "Everyone", "Any time"
BEFORE, AFTER, ALWAYS = "Before go-live", "After go-live", "Always"
CHAMPION = "Champion"
#: What may be chosen on Start here.
READERS = (EVERYONE, CHAMPION, *ROLES)
STAGES = (ANY_TIME, BEFORE, AFTER)
#: What each group of sheets is for.
GROUPS: Mapping[Area, str] = {
    Area.SETUP: "Setup: who you are",
    Area.PREPARE: "Prepare: choosing champions and making them ready",
    Area.SUPPORT: "Support: champions beside staff",
    Area.IMPROVE: "Improve: from feedback to a decision and back",
    Area.EVIDENCE: "Evidence: is it working",
    Area.RESULTS: "Results: what follows from the entries",
}


class Shown(enum.Enum):
    """From when on the tab of a sheet is seen; before, it is hidden, so that nobody is met by thirty of them."""

    AT_ONCE = "at once"
    LIVE = "once a service is live, or something stands there"
    #: A sheet without a table of its own: once the triggers have been computed.
    FILLED = "once something stands there"
    ON_DEMAND = "when a person shows it"


@dataclass(frozen=True)
class Step:
    """One line of Start here.

    Attributes:
        register: the table; None for sheets that have none of their own.
        who: who fills it in, or reads it, named by role.
        when: the stage at which it is used.
        sheet: the sheet's name where there is no table, or several.
        shown: from when on the sheet's tab is seen.
    """

    register: type[Register] | None
    who: str
    when: str
    sheet: str = ""
    shown: Shown = Shown.AT_ONCE

    @property
    def filled_with(self) -> type[Register]:
        """The table whose first rows show the sheet: its own, or that of the triggers which it sums up."""
        return self.register if self.register is not None else Triggers


def _live(register: type[Register], who: str, when: str = AFTER) -> Step:
    return Step(register, who, when, shown=Shown.LIVE)


def _filled(register: type[Register], who: str) -> Step:
    return Step(register, who, ALWAYS, shown=Shown.FILLED)


STEPS: tuple[Step, ...] = (
    Step(Programme, "Project lead", BEFORE),
    Step(Services, "Project lead", BEFORE),
    Step(People, "Project lead, Administrator", BEFORE),
    Step(None, "Project lead", ALWAYS, LISTS_SHEET),
    Step(Thresholds, "Project lead, Quality lead", ALWAYS, shown=Shown.ON_DEMAND),
    Step(NewChampions, "Registered manager, Project lead", BEFORE),
    Step(WorkforcePlan, "Registered manager", BEFORE),
    Step(RoleBriefs, "Project lead", BEFORE),
    Step(TrainingMatrix, "Project lead, Trainer", BEFORE),
    Step(ReadinessLog, "Quality lead", BEFORE),
    Step(ImplementationPlan, "Registered manager", BEFORE),
    _live(ProtectedTime, "Champion, Team leader"),
    Step(StartSignOff, "Project lead", BEFORE),
    _live(QuickSupport, "Champion"),
    Step(SupportLog, "Champion", AFTER),
    _live(ConfidenceTracker, "Champion"),
    _live(TeamLeaderReviews, "Team leader"),
    _live(ManagerReviews, "Registered manager"),
    _live(Guidance, "Quality lead", ALWAYS),
    Step(ImprovementLog, "Champion, Project lead", AFTER),
    _live(QualityReviews, "Quality lead"),
    _live(Meetings, "Board chair, Administrator", ALWAYS),
    _live(BoardDecisions, "Board chair, Administrator", ALWAYS),
    Step(Actions, "Project lead, Team leader, Registered manager", ALWAYS),
    _live(UpdatesShared, "Champion"),
    Step(OutcomeMeasures, "Quality lead, Project lead", BEFORE),
    _live(OutcomeReadings, "Quality lead"),
    Step(None, "Everyone", ALWAYS, "Dashboard"),
    Step(None, "Project lead, Trainer", ALWAYS, "Training overview"),
    Step(None, "Board chair, Project lead", ALWAYS, "Programme at a glance", shown=Shown.FILLED),
    Step(None, "Registered manager, Project lead", ALWAYS, "Champion card", shown=Shown.FILLED),
    _filled(Checks, "Everyone"),
    _filled(Triggers, "Project lead, Team leader, Board chair"),
    _filled(ReviewsDue, "Project lead, Quality lead, Team leader, Registered manager"),
    _filled(Documents, "Administrator"),
    _filled(History, "Administrator"),
    _filled(ImportProblems, "Administrator"),
    Step(None, "Quality lead", ALWAYS, "Dashboard data", shown=Shown.ON_DEMAND),
)
#: The sheets of ours that hold no table: a run may show and hide them as it does tables' sheets.
OWN_SHEETS = frozenset(step.sheet for step in STEPS if step.sheet)


@dataclass(frozen=True)
class First:
    """One of the first things to do in a new workbook, told on Start here until a run writes this week's list.

    Attributes:
        register: where it is done once something stands there.
        entered_on: the table in which it is written, where that is another.
    """

    register: type[Register] | None
    what: str
    who: str
    entered_on: type[Register] | None = None


FIRST_THINGS: tuple[First, ...] = (
    First(Programme, "Say who you are, which services take part, and who holds which role.", "Project lead"),
    First(WorkforcePlan, "Choose your champions, and write down why.", "Registered manager", NewChampions),
    First(RoleBriefs, "Give each champion a role brief, and have it acknowledged.", "Project lead"),
    First(ImplementationPlan, "Promise each champion protected time every week.", "Registered manager"),
    First(TrainingMatrix, "Plan each champion's training, one row for each module.", "Project lead"),
    First(OutcomeMeasures, "Say what will be measured, and where it begins.", "Quality lead"),
    First(StartSignOff, "Sign each champion off once they are ready, before the first support.", "Project lead"),
)
#: What stands there in a workbook that has entries already.
FIRST_RUN = First(None, "Press Check entries, then Compute triggers: this week's list will stand here.", "Project lead")

#: How to fill the workbook in, as the newcomer needs it.
HOW_TO = (
    "Write in the first free row beneath the headings. Dark headings must be filled in, light ones may stay blank.",
    "Choose from the drop-downs, type dates as day/month/year. The next free ID stands above the headings.",
    "A dashed yellow cell waits for an entry; a bold red date is overdue; the column Check says what is wrong.",
    "The Dashboard shows the whole programme on one screen. Its figures follow your entries as you type them.",
)
HIDDEN = (
    "Sheets that you don't need yet are hidden. They appear when they are needed; the button All sheets shows "
    "them at once. Without the buttons, right-click any tab below and choose Unhide (in LibreOffice: Show Sheet)."
)
#: What stands after the name of a sheet that is hidden at first, until a run needs it.
NOT_YET = " (when needed)"
