"""Acceptance of P1 to P8 as docs/contract/checks-and-triggers.md, "Preparing champions", words them."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.support.acceptance_cases import (
    BETA,
    CLEAR,
    LACKING,
    PREPARING,
    RAISED,
    SILENT,
    TWO_CHAMPIONS,
    TWO_SERVICES,
    WATCH,
    case,
    prove,
    prove_by_file,
    support,
)
from tests.support.builders import day

P1, P2, P3, P4, P5, P6, P7 = (f"P{n}:DC-001" for n in range(1, 8))
P8 = "P8:OAK"


def brief(issued: int, **cells):
    """A brief issued so many days from now, not acknowledged and without a word on its being clear."""
    return {
        "Issued on": day(issued),
        "Acknowledged on": None,
        "Responsibilities clear": None,
        **{k.replace("_", " "): v for k, v in cells.items()},
    }


ACK, IS_CLEAR = "Acknowledged on", "Responsibilities clear"

UNCLEAR_RESPONSIBILITIES = [
    case("sound brief", P1, CLEAR),
    case("no role brief, raised when acting", P1, RAISED, RoleBriefs=[]),
    case(
        "no role brief, Signed off is acting too", P1, RAISED, RoleBriefs=[], WorkforcePlan=[{"Status": "Signed off"}]
    ),
    case("no role brief, watch before sign-off", P1, WATCH, RoleBriefs=[], **PREPARING),
    case(
        "no role brief of Proposed", P1, WATCH, RoleBriefs=[], WorkforcePlan=[{"Status": "Proposed"}], StartSignOff=[]
    ),
    case(
        "another champion's brief is none of his",
        P1,
        RAISED,
        WorkforcePlan=TWO_CHAMPIONS,
        RoleBriefs=[{"Champion ID": "DC-002"}],
    ),
    case("brief issued after the day does not exist", P1, RAISED, RoleBriefs=[{"Issued on": day(1), ACK: None}]),
    *(
        case(f"newest lacks {header}", P1, RAISED, evidence="RB-001", RoleBriefs=[{header: blank}])
        for header, blank in (
            ("Peer support", None),
            ("Issue reporting", None),
            ("Promoting correct workflows", None),
            ("Role boundaries", None),
            ("Peer support", "   "),
            ("Role boundaries", " "),
        )
    ),
    case("one word is not lacking", P1, CLEAR, RoleBriefs=[{"Peer support": "Helps.", "Role boundaries": "Peers."}]),
    case("a word that says nothing is lacking", P1, RAISED, RoleBriefs=[{"Role boundaries": "None."}]),
    case("lacks one before sign-off too", P1, RAISED, RoleBriefs=[{"Issue reporting": None}], **PREPARING),
    case(
        "newest: latest date, the older one lacks",
        P1,
        CLEAR,
        RoleBriefs=[{"Issued on": day(-30)}, {"Issued on": day(-90), "Version": 5, "Peer support": None}],
    ),
    case(
        "newest: latest date, the newer one lacks",
        P1,
        RAISED,
        evidence="RB-001",
        RoleBriefs=[{"Issued on": day(-30), "Peer support": None}, {"Issued on": day(-90), "Version": 5}],
    ),
    case(
        "newest: same date, higher Version",
        P1,
        CLEAR,
        RoleBriefs=[{"Version": 2}, {"Version": 1, "Peer support": None}],
    ),
    case(
        "newest: same date, Version 10 is higher than 9",
        P1,
        RAISED,
        evidence="RB-001",
        RoleBriefs=[{"Version": 10, "Peer support": None}, {"Version": 9}],
    ),
    case(
        "newest: same date and Version, the later row",
        P1,
        RAISED,
        evidence="RB-002",
        RoleBriefs=[{}, {"Peer support": None}],
    ),
    case("7 days old and not acknowledged", P1, CLEAR, RoleBriefs=[brief(-7)]),
    case("8 days old and not acknowledged", P1, RAISED, evidence="RB-001", RoleBriefs=[brief(-8)]),
    case("8 days old, not acknowledged though clear", P1, RAISED, RoleBriefs=[brief(-8, Responsibilities_clear="Yes")]),
    case("acknowledged later than as of", P1, RAISED, RoleBriefs=[brief(-8, **{ACK: day(1), IS_CLEAR: "Yes"})]),
    case("a late acknowledgement cures", P1, CLEAR, RoleBriefs=[brief(-60, **{ACK: day(0), IS_CLEAR: "Yes"})]),
    case("clear Partly", P1, RAISED, evidence="RB-001", RoleBriefs=[{IS_CLEAR: "Partly"}]),
    case("clear No, whatever its age", P1, RAISED, RoleBriefs=[brief(-1, **{ACK: day(-1), IS_CLEAR: "No"})]),
    case("clear 'no' in other case", P1, RAISED, RoleBriefs=[{IS_CLEAR: " no "}]),
    case("clear blank after 7 days", P1, RAISED, RoleBriefs=[brief(-8, **{ACK: day(-8)})]),
    case("clear blank at 7 days", P1, CLEAR, RoleBriefs=[brief(-7, **{ACK: day(-7)})]),
    case("threshold 14", P1, CLEAR, RoleBriefs=[brief(-14)], thresholds={"P1: Acknowledge within days": 14}),
    case("threshold 3", P1, RAISED, RoleBriefs=[brief(-4)], thresholds={"P1: Acknowledge within days": 3}),
    case("a field the rule does not read", P1, CLEAR, left_out=0, RoleBriefs=[{"Review due date": "soon"}]),
    case("reference in other case", P1, CLEAR, RoleBriefs=[{"Champion ID": " dc-001 "}]),
]


def module(name="Enhanced system use", **cells):
    """A required row of a module with neither a plan nor a result."""
    nothing = {"Planned date": None, "Completed on": None, "Result": None, "Refresher due date": None, "Evidence": None}
    return {**nothing, "Module": name, **{k.replace("_", " "): v for k, v in cells.items()}}


def passed(on: int, refresher: int | None = None, **cells):
    return module(
        Completed_on=day(on), Result="Passed", **{"Refresher due date": None if refresher is None else day(refresher)}
    ) | {k.replace("_", " "): v for k, v in cells.items()}


INCOMPLETE_TRAINING = [
    case("passed", P2, CLEAR),
    case(
        "not passed, planned date past",
        P2,
        RAISED,
        evidence="TR-001",
        TrainingMatrix=[module(Planned_date=day(-1))],
        **PREPARING,
    ),
    case("not passed, planned today", P2, CLEAR, TrainingMatrix=[module(Planned_date=day(0))], **PREPARING),
    case("not passed, no planned date", P2, CLEAR, TrainingMatrix=[module()], **PREPARING),
    case("not passed, planned ahead, acting", P2, RAISED, TrainingMatrix=[module(Planned_date=day(30))]),
    case(
        "not passed, planned ahead, not acting", P2, CLEAR, TrainingMatrix=[module(Planned_date=day(30))], **PREPARING
    ),
    case("Needs more practice is not Passed", P2, RAISED, TrainingMatrix=[passed(-20, Result="Needs more practice")]),
    case("Not assessed is not Passed", P2, RAISED, TrainingMatrix=[passed(-20, Result="Not assessed")]),
    case(
        "not required", P2, CLEAR, TrainingMatrix=[{}, module("Data protection", Required="No", Planned_date=day(-9))]
    ),
    case(
        "a later pass cures",
        P2,
        CLEAR,
        TrainingMatrix=[passed(-20, Result="Needs more practice", **{"Planned date": day(-20)}), passed(-5)],
    ),
    case(
        "no row Passed: a row not required may hold the pass",
        P2,
        CLEAR,
        TrainingMatrix=[module(Planned_date=day(-20)), passed(-5, Required="No")],
    ),
    case("passed later than as of", P2, RAISED, TrainingMatrix=[passed(1, **{"Planned date": day(-1)})]),
    case(
        "per module: the pass of another does not help",
        P2,
        RAISED,
        evidence="TR-002",
        TrainingMatrix=[{}, module("Data protection", Planned_date=day(-3))],
    ),
    case(
        "any required row's planned date past counts for its module",
        P2,
        RAISED,
        TrainingMatrix=[module(Planned_date=day(-3)), module(Planned_date=day(20))],
        **PREPARING,
    ),
    case(
        "the planned date of a row not required does not count",
        P2,
        CLEAR,
        TrainingMatrix=[module(Planned_date=day(-3), Required="No"), module(Planned_date=day(20))],
        **PREPARING,
    ),
    case("modules in other case are one", P2, CLEAR, TrainingMatrix=[module("ENHANCED  system use"), passed(-3)]),
    case("newest pass's refresher overdue", P2, RAISED, evidence="TR-001", TrainingMatrix=[passed(-400, -1)]),
    case("refresher overdue before sign-off too", P2, RAISED, TrainingMatrix=[passed(-400, -1)], **PREPARING),
    case("refresher due today", P2, CLEAR, TrainingMatrix=[passed(-400, 0)]),
    case("older pass's refresher overdue", P2, CLEAR, TrainingMatrix=[passed(-20, 300), passed(-400, -1)]),
    case("newest pass without refresher", P2, CLEAR, TrainingMatrix=[passed(-400, -1), passed(-20)]),
    case(
        "newest pass, not the newest row",
        P2,
        RAISED,
        shows="TR-001",
        TrainingMatrix=[passed(-400, -1), passed(-20, 300, Result="Needs more practice")],
    ),
    case("acting with no required module at all", P2, RAISED, TrainingMatrix=[{"Required": "No"}]),
    case(
        "acting with no row while another has",
        P2,
        RAISED,
        WorkforcePlan=TWO_CHAMPIONS,
        TrainingMatrix=[{"Champion ID": "DC-002"}],
    ),
    case("no required module, not acting", P2, CLEAR, TrainingMatrix=[{"Required": "No"}], **PREPARING),
    case("no row at all, not acting", P2, LACKING, TrainingMatrix=[], **PREPARING),
    case("a field the rule does not read", P2, CLEAR, left_out=0, TrainingMatrix=[{"Trainer type": "Robot"}]),
    case(
        "a field the rule reads",
        P2,
        CLEAR,
        left_out=1,
        TrainingMatrix=[{}, module("Data protection", Required="Perhaps", Planned_date=day(-3))],
    ),
]

MONDAY = dt.date(2026, 6, 22)


def weeks(*hours, last=MONDAY, **cells):
    """Hours given in the weeks up to `last`, newest first; None for a week without an entry."""
    return [
        {"Week commencing": last - dt.timedelta(weeks=n), "Hours given": given, **cells}
        for n, given in enumerate(hours)
        if given is not None
    ]


HOURS = "Protected hours per week"
PROTECTED_TIME = [
    case("given what was promised", P3, CLEAR, ProtectedTime=weeks(4, 4, 4)),
    case("no commitment, raised when acting", P3, RAISED, ImplementationPlan=[], ProtectedTime=weeks(4, 4, 4)),
    case("no commitment, watch before sign-off", P3, WATCH, ImplementationPlan=[], **PREPARING),
    case("no commitment and no entry when acting", P3, RAISED, ImplementationPlan=[]),
    case("Ended on today no longer counts", P3, RAISED, ImplementationPlan=[{"Ended on": day(0)}]),
    case(
        "Ended on tomorrow counts", P3, CLEAR, ImplementationPlan=[{"Ended on": day(1)}], ProtectedTime=weeks(4, 4, 4)
    ),
    case("confirmed later than as of", P3, RAISED, ImplementationPlan=[{"Confirmed on": day(1)}]),
    case("exactly 2 hours", P3, CLEAR, ImplementationPlan=[{HOURS: 2}], ProtectedTime=weeks(2, 2, 2)),
    case("less than 2 hours", P3, RAISED, shows="IP-001", value=1.9, threshold=2, ImplementationPlan=[{HOURS: 1.9}]),
    case("less than 2 hours before sign-off", P3, RAISED, ImplementationPlan=[{HOURS: 1.5}], **PREPARING),
    case("those in force add up", P3, CLEAR, ImplementationPlan=[{HOURS: 1}, {HOURS: 1}], ProtectedTime=weeks(2, 2, 2)),
    case(
        "those in force add up to too little",
        P3,
        RAISED,
        shows="IP-001 IP-002",
        value=1.5,
        ImplementationPlan=[{HOURS: 1}, {HOURS: 0.5}],
    ),
    case("one ended does not add", P3, RAISED, ImplementationPlan=[{"Ended on": day(-10)}, {HOURS: 1.5}]),
    case("threshold 5 hours", P3, RAISED, thresholds={"P3: Minimum hours": 5}, ProtectedTime=weeks(4, 4, 4)),
    case("exactly 75 percent", P3, CLEAR, ProtectedTime=weeks(3, 3, 3)),
    case("below 75 percent", P3, RAISED, shows="PT-001 PT-002 PT-003", ProtectedTime=weeks(3, 3, 2.9)),
    case("below 75 percent, before sign-off too", P3, RAISED, ProtectedTime=weeks(1, 1, 1), **PREPARING),
    case("only weeks with an entry", P3, CLEAR, ProtectedTime=weeks(3, None, 3, 3)),
    case("fewer than 3 entries", P3, SILENT, ProtectedTime=weeks(0, 0)),
    case("no entry", P3, SILENT),
    case("fewer than 3 entries in the last 8 full weeks", P3, SILENT, ProtectedTime=weeks(0, 0, *[None] * 6, 0, 0)),
    case(
        "fewer than 3 entries, other conditions judged",
        P3,
        RAISED,
        ImplementationPlan=[{HOURS: 1}],
        ProtectedTime=weeks(1),
    ),
    case("the running week is not full", P3, CLEAR, ProtectedTime=weeks(0, 3, 3, 3, last=dt.date(2026, 6, 29))),
    case("the ninth week back is out", P3, CLEAR, ProtectedTime=weeks(3, 3, 3, *[None] * 5, 0)),
    case("the eighth week back is in", P3, RAISED, ProtectedTime=weeks(3, 3, *[None] * 5, 2)),
    case(
        "on a Monday last week is full",
        P3,
        RAISED,
        as_of=dt.date(2026, 6, 29),
        ProtectedTime=weeks(0, 4, 4, None),
    ),
    case(
        "on a Sunday this week is not full",
        P3,
        CLEAR,
        as_of=dt.date(2026, 6, 28),
        ProtectedTime=weeks(0, 4, 4, 4),
    ),
    case(
        "on a Sunday the four weeks reach further back",
        P3,
        RAISED,
        as_of=dt.date(2026, 6, 28),
        ProtectedTime=weeks(None, 4, 4, None, 0),
    ),
    case(
        "hours committed are those in force on each week's Monday",
        P3,
        CLEAR,
        ImplementationPlan=[
            {HOURS: 2, "Ended on": dt.date(2026, 6, 9)},
            {HOURS: 10, "Confirmed on": dt.date(2026, 6, 9)},
        ],
        ProtectedTime=weeks(10, 10, 2),
    ),
    case(
        "a commitment confirmed on the Monday is in force on it",
        P3,
        RAISED,
        ImplementationPlan=[
            {HOURS: 2, "Ended on": dt.date(2026, 6, 8)},
            {HOURS: 10, "Confirmed on": dt.date(2026, 6, 8)},
        ],
        ProtectedTime=weeks(10, 10, 2),
    ),
    case(
        "a week with two entries is committed once",
        P3,
        CLEAR,
        ProtectedTime=[*weeks(2, 4), {"Week commencing": MONDAY, "Hours given": 2}],
    ),
    case(
        "threshold 100 percent",
        P3,
        RAISED,
        thresholds={"P3: Minimum share percent": 100},
        ProtectedTime=weeks(4, 4, 3.9),
    ),
    case("threshold 2 entries", P3, RAISED, thresholds={"P3: Minimum entries": 2}, ProtectedTime=weeks(1, 1)),
    case("threshold 6 weeks", P3, RAISED, thresholds={"P3: Weeks": 6}, ProtectedTime=weeks(3, 3, None, None, 0)),
    case("hours that are no number are left out", P3, CLEAR, left_out=1, ProtectedTime=weeks("some", 4, 4, 4)),
    case("hours as text are read", P3, RAISED, left_out=0, ProtectedTime=weeks("1", "1", "1")),
    case(
        "a field the rule does not read",
        P3,
        RAISED,
        left_out=0,
        ProtectedTime=weeks(1, 1, 1, **{"Shifts observed": "many"}),
    ),
    case(
        "another champion's hours",
        P3,
        SILENT,
        WorkforcePlan=TWO_CHAMPIONS,
        ProtectedTime=weeks(0, 0, 0, **{"Champion ID": "DC-002"}),
    ),
]

STANDARDS, ROUTES, EXPECTATIONS = "Recording standards", "Escalation routes", "Governance expectations"
GOVERNANCE = [
    case("all secure", P4, CLEAR),
    *(
        case(f"Not yet in {h}", P4, RAISED, evidence="RC-001", ReadinessLog=[{h: "Not yet"}])
        for h in (STANDARDS, ROUTES, EXPECTATIONS)
    ),
    case("Not yet before sign-off too", P4, RAISED, ReadinessLog=[{ROUTES: "Not yet"}], **PREPARING),
    case("Not yet in Care workflows is another's matter", P4, CLEAR, ReadinessLog=[{"Care workflows": "Not yet"}]),
    case(
        "Not yet in Assistive technology is another's matter",
        P4,
        CLEAR,
        ReadinessLog=[{"Assistive technology": "Not yet"}],
    ),
    case("Developing in one", P4, CLEAR, ReadinessLog=[{STANDARDS: "Developing"}]),
    case(
        "Developing in two",
        P4,
        RAISED,
        evidence="RC-001",
        ReadinessLog=[{STANDARDS: "Developing", ROUTES: "Developing"}],
    ),
    case(
        "Developing in one of the three and another",
        P4,
        CLEAR,
        ReadinessLog=[{STANDARDS: "Developing", "Care workflows": "Developing"}],
    ),
    case("threshold 1", P4, RAISED, thresholds={"P4: Developing areas": 1}, ReadinessLog=[{STANDARDS: "Developing"}]),
    case(
        "threshold 3",
        P4,
        CLEAR,
        thresholds={"P4: Developing areas": 3},
        ReadinessLog=[{STANDARDS: "Developing", ROUTES: "Developing"}],
    ),
    case("no check at all when acting", P4, RAISED, ReadinessLog=[]),
    case(
        "no check of his own when acting",
        P4,
        RAISED,
        WorkforcePlan=TWO_CHAMPIONS,
        ReadinessLog=[{"Champion ID": "DC-002"}],
    ),
    case("no check, not acting", P4, LACKING, ReadinessLog=[], **PREPARING),
    case("checked later than as of", P4, RAISED, ReadinessLog=[{"Checked on": day(1)}]),
    case("re-check overdue", P4, RAISED, evidence="RC-001", ReadinessLog=[{"Re-check due date": day(-1)}]),
    case("re-check due today", P4, CLEAR, ReadinessLog=[{"Re-check due date": day(0)}]),
    case(
        "re-check done: the newest check has none due",
        P4,
        CLEAR,
        ReadinessLog=[{"Re-check due date": day(-30)}, {"Checked on": day(-40)}],
    ),
    case("newest: the older says Not yet", P4, CLEAR, ReadinessLog=[{"Checked on": day(-9)}, {ROUTES: "Not yet"}]),
    case(
        "newest: the newer says Not yet",
        P4,
        RAISED,
        evidence="RC-001",
        ReadinessLog=[{"Checked on": day(-9), ROUTES: "Not yet"}, {}],
    ),
    case("newest: same day, the later row", P4, CLEAR, ReadinessLog=[{ROUTES: "Not yet"}, {}]),
    case("Outcome alone is no reason", P4, CLEAR, ReadinessLog=[{"Outcome": "Further preparation"}]),
    case(
        "a field the rule does not read",
        P4,
        RAISED,
        left_out=0,
        ReadinessLog=[{"Outcome": "Perhaps", ROUTES: "Not yet"}],
    ),
    case(
        "an unusable check is left out",
        P4,
        CLEAR,
        left_out=1,
        ReadinessLog=[{}, {"Checked on": day(-3), ROUTES: "A bit"}],
    ),
]


def signed(on: int, decision="Signed off"):
    return {"Reviewed on": day(on), "Decision": decision}


STARTED = [
    case("support after sign-off", P5, CLEAR, SupportLog=[{}]),
    case("the same day counts as signed off", P5, CLEAR, SupportLog=support(-9), StartSignOff=[signed(-9)]),
    case("support the day before", P5, RAISED, evidence="SU-0001", SupportLog=support(-10), StartSignOff=[signed(-9)]),
    case("no sign-off at all", P5, RAISED, evidence="SU-0001", SupportLog=support(-10), StartSignOff=[]),
    case(
        "another champion's sign-off",
        P5,
        RAISED,
        WorkforcePlan=TWO_CHAMPIONS,
        SupportLog=support(-1),
        StartSignOff=[{"Champion ID": "DC-002"}],
    ),
    case("Not yet", P5, RAISED, SupportLog=support(-1), StartSignOff=[signed(-9, "Not yet")]),
    case("Reassign", P5, RAISED, SupportLog=support(-1), StartSignOff=[signed(-9, "Reassign")]),
    case(
        "Not yet before Signed off",
        P5,
        CLEAR,
        SupportLog=support(-1),
        StartSignOff=[signed(-9), signed(-20, "Not yet")],
    ),
    case(
        "the latest on or before that day",
        P5,
        RAISED,
        evidence="SU-0002 SU-0003 SO-002",
        SupportLog=support(-11, -10, -6, -5),
        StartSignOff=[signed(-30), signed(-10, "Not yet"), signed(-5)],
    ),
    case(
        "same day, the later row counts",
        P5,
        RAISED,
        SupportLog=support(-1),
        StartSignOff=[signed(-9), signed(-9, "Not yet")],
    ),
    case(
        "whatever the status",
        P5,
        RAISED,
        WorkforcePlan=[{"Status": "Preparing"}],
        SupportLog=support(-1),
        StartSignOff=[],
    ),
    case(
        "support later than as of",
        P5,
        CLEAR,
        SupportLog=[*support(-1), *support(1)],
        StartSignOff=[signed(-9), signed(1, "Not yet")],
    ),
    case("a decision that can't be read", P5, LACKING, left_out=1, SupportLog=[{}], StartSignOff=[signed(-9, "Aye")]),
    case(
        "a date that can't be read",
        P5,
        LACKING,
        left_out=1,
        SupportLog=[{}],
        StartSignOff=[{"Reviewed on": "03/04/2026"}],
    ),
    case(
        "support before a sign-off whose decision can't be read",
        P5,
        RAISED,
        evidence="SU-0001",
        left_out=1,
        SupportLog=support(-10, -8),
        StartSignOff=[signed(-9, "Aye")],
    ),
    case(
        "a second sign-off that can't be read",
        P5,
        CLEAR,
        left_out=1,
        SupportLog=[{}],
        StartSignOff=[signed(-9), {"Reviewed on": "soon", "Decision": "Not yet"}],
    ),
    case("neither support nor sign-off", P5, LACKING, SupportLog=[], StartSignOff=[]),
    case("no window: support long ago", P5, RAISED, evidence="SU-0001", SupportLog=support(-300, -1)),
    case(
        "another champion's support",
        P5,
        CLEAR,
        WorkforcePlan=TWO_CHAMPIONS,
        SupportLog=[{}, *support(-1, champion="DC-002")],
    ),
]

UNDERSTANDING, TECHNOLOGY = "Care workflow understanding", "Technology confidence"
WEAK = [
    case("4 and 4", P6, CLEAR),
    case("score 2", P6, WATCH, evidence="DC-001", WorkforcePlan=[{UNDERSTANDING: 2, TECHNOLOGY: 2}]),
    case("score 3", P6, CLEAR, WorkforcePlan=[{UNDERSTANDING: 3, TECHNOLOGY: 3}]),
    case("technology 2 above it", P6, WATCH, evidence="DC-001", WorkforcePlan=[{UNDERSTANDING: 3, TECHNOLOGY: 5}]),
    case("technology 1 above it", P6, CLEAR, WorkforcePlan=[{UNDERSTANDING: 4, TECHNOLOGY: 5}]),
    case("technology below it", P6, CLEAR, WorkforcePlan=[{UNDERSTANDING: 5, TECHNOLOGY: 1}]),
    case("Care workflows Not yet", P6, WATCH, evidence="RC-001", ReadinessLog=[{"Care workflows": "Not yet"}]),
    case(
        "Assistive technology Not yet", P6, WATCH, evidence="RC-001", ReadinessLog=[{"Assistive technology": "Not yet"}]
    ),
    case(
        "Developing", P6, CLEAR, ReadinessLog=[{"Care workflows": "Developing", "Assistive technology": "Developing"}]
    ),
    case("Not yet in another area", P6, CLEAR, ReadinessLog=[{ROUTES: "Not yet"}]),
    case("the newest check", P6, CLEAR, ReadinessLog=[{"Care workflows": "Not yet"}, {"Checked on": day(-2)}]),
    case(
        "threshold 3",
        P6,
        WATCH,
        thresholds={"P6: Understanding at most": 3},
        WorkforcePlan=[{UNDERSTANDING: 3, TECHNOLOGY: 3}],
    ),
    case(
        "threshold gap 3",
        P6,
        CLEAR,
        thresholds={"P6: Technology gap": 3},
        WorkforcePlan=[{UNDERSTANDING: 3, TECHNOLOGY: 5}],
    ),
    case("a score as text is read", P6, WATCH, left_out=0, WorkforcePlan=[{UNDERSTANDING: "2"}]),
    case("scores out of range, a sound check", P6, CLEAR, left_out=1, WorkforcePlan=[{UNDERSTANDING: 9}]),
    case(
        "scores out of range, a check that says Not yet",
        P6,
        WATCH,
        evidence="RC-001",
        left_out=1,
        WorkforcePlan=[{TECHNOLOGY: 0}],
        ReadinessLog=[{"Care workflows": "Not yet"}],
    ),
    case(
        "neither scores nor a check that can be read",
        P6,
        LACKING,
        left_out=1,
        ReadinessLog=[],
        WorkforcePlan=[{UNDERSTANDING: "good"}],
    ),
    case("no check of readiness yet", P6, WATCH, ReadinessLog=[], WorkforcePlan=[{UNDERSTANDING: 1}]),
]

BOUNDARIES = "Role boundaries"
UNCLEAR_BOUNDARIES = [
    case("five words", P7, CLEAR, RoleBriefs=[{BOUNDARIES: "Never records care for others"}]),
    case("four words", P7, WATCH, evidence="RB-001", RoleBriefs=[{BOUNDARIES: "Never records for others"}]),
    case("blank", P7, WATCH, evidence="RB-001", RoleBriefs=[{BOUNDARIES: None}]),
    case("spaces alone are blank", P7, WATCH, RoleBriefs=[{BOUNDARIES: "    "}]),
    case("more spaces are not more words", P7, WATCH, RoleBriefs=[{BOUNDARIES: "Never   records  for \n others"}]),
    case("threshold 3", P7, CLEAR, thresholds={"P7: Minimum words": 3}, RoleBriefs=[{BOUNDARIES: "None at all"}]),
    case("the newest brief", P7, CLEAR, RoleBriefs=[{BOUNDARIES: None}, {"Version": 2}]),
    case("without a brief", P7, LACKING, RoleBriefs=[]),
    case(
        "with another's brief alone", P7, LACKING, WorkforcePlan=TWO_CHAMPIONS, RoleBriefs=[{"Champion ID": "DC-002"}]
    ),
]

EARLY = {"Usual shift": "Early", "Other shifts covered": None}
COVER = [
    case("every shift covered", P8, CLEAR, SupportLog=[{}]),
    case(
        "a shift in its support log uncovered",
        P8,
        WATCH,
        shows="SU-0001",
        WorkforcePlan=[EARLY],
        SupportLog=support(-1, shift="Night"),
    ),
    case("covered by usual shift", P8, CLEAR, WorkforcePlan=[EARLY], SupportLog=support(-1)),
    case(
        "covered by other shifts, comma separated",
        P8,
        CLEAR,
        WorkforcePlan=[EARLY | {"Other shifts covered": "late ,NIGHT"}],
        SupportLog=support(-1, shift="Night"),
    ),
    case(
        "a shift seen later than as of",
        P8,
        CLEAR,
        WorkforcePlan=[EARLY],
        SupportLog=[*support(-1), *support(1, shift="Night")],
    ),
    case(
        "a shift of a plan row, whatever its status",
        P8,
        WATCH,
        evidence="DC-002",
        WorkforcePlan=[EARLY, BETA | EARLY | {"Usual shift": "Night", "Status": "Stepped down"}],
    ),
    case(
        "an other shift of a plan row, whatever its status",
        P8,
        WATCH,
        WorkforcePlan=[EARLY, BETA | EARLY | {"Other shifts covered": "Weekend", "Status": "Paused"}],
    ),
    case("a Preparing champion does not cover", P8, WATCH, WorkforcePlan=[EARLY, BETA | {"Status": "Preparing"}]),
    case("Signed off is acting", P8, CLEAR, WorkforcePlan=[EARLY, BETA | {"Status": "Signed off"}]),
    case("a service with none at all", "P8:ELM", WATCH, Services=TWO_SERVICES),
    case("its only champion is paused", P8, WATCH, WorkforcePlan=[{"Status": "Paused"}]),
    case(
        "a champion of another service does not cover",
        "P8:ELM",
        WATCH,
        Services=TWO_SERVICES,
        SupportLog=support(-1, service="ELM", shift="Night"),
        WorkforcePlan=[{}, BETA | EARLY | {"Service": "ELM"}],
    ),
    case(
        "a shift of another service is not seen",
        P8,
        CLEAR,
        Services=TWO_SERVICES,
        WorkforcePlan=[EARLY, BETA | {"Service": "ELM"}],
    ),
    case(
        "two acting, one job role",
        P8,
        WATCH,
        shows="DC-001 DC-002",
        WorkforcePlan=[{}, BETA | {"Job role": "care assistant"}],
    ),
    case("two acting, two job roles", P8, CLEAR, WorkforcePlan=TWO_CHAMPIONS),
    case(
        "three acting, two job roles",
        P8,
        CLEAR,
        WorkforcePlan=[{}, {"Name": "Champion Gamma"}, BETA | {"Champion ID": "DC-003"}],
    ),
    case(
        "two of one job role, one of them preparing",
        P8,
        CLEAR,
        WorkforcePlan=[{}, BETA | {"Job role": "Care assistant", "Status": "Preparing"}],
    ),
    case("one acting is no mix to judge", P8, CLEAR),
    case("service code in other case", P8, CLEAR, WorkforcePlan=[{"Service": "oak"}]),
]

ALL = [
    *UNCLEAR_RESPONSIBILITIES,
    *INCOMPLETE_TRAINING,
    *PROTECTED_TIME,
    *GOVERNANCE,
    *STARTED,
    *WEAK,
    *UNCLEAR_BOUNDARIES,
    *COVER,
]


@pytest.mark.parametrize("given", ALL)
def test_rules_of_preparing(given):
    prove(given)


@pytest.mark.slow
@pytest.mark.parametrize("given", ALL[::7])
def test_rules_of_preparing_from_a_file(given, tmp_path):
    prove_by_file(given, tmp_path)
