"""Acceptance of the rules about issues: F1, F2, F4, F6, F8, F10.

As docs/contract/checks-and-triggers.md, "Champion feedback", words them.
"""

from __future__ import annotations

import pytest

from tests.support.acceptance_cases import CLEAR, LACKING, RAISED, WATCH, case, dated, prove, prove_by_file
from tests.support.builders import day

F1, F2, F4, F6, F8, F10 = (f"F{n}:programme" for n in (1, 2, 4, 6, 8, 10))

CATEGORY, CATEGORISED, SAFE = "Category", "Categorised on", "Safe recording affected"
REPLY, REPLIED = "Reply due date", "Replied on"


def issue(raised, **cells):
    """An issue raised so many days from now; `repeat`, `closed` (days from now) and headers with underscores."""
    row = {"Raised on": day(raised), CATEGORISED: day(raised)}
    if "repeat" in cells:
        row["Repeat of"] = cells.pop("repeat")
    if "closed" in cells:
        on = cells.pop("closed")
        row |= {"Status": "Closed", "Closed on": day(on), "Resolution": "The form was changed."}
    return row | {header.replace("_", " "): value for header, value in cells.items()}


RECURRING = [
    case(
        "open 29 days with 1 repeat",
        F1,
        RAISED,
        evidence="IM-001 IM-002",
        ImprovementLog=[issue(-29), issue(-5, repeat="IM-001")],
    ),
    case("open 28 days with 1 repeat", F1, CLEAR, ImprovementLog=[issue(-28), issue(-5, repeat="IM-001")]),
    case("open 29 days with no repeat", F1, CLEAR, ImprovementLog=[issue(-29), issue(-5)]),
    case("the repeat is another's", F1, CLEAR, ImprovementLog=[issue(-29), issue(-9), issue(-5, repeat="IM-002")]),
    case("the repeat is later than as of", F1, CLEAR, ImprovementLog=[issue(-29), issue(1, repeat="IM-001")]),
    case("Repeat of in other case", F1, RAISED, ImprovementLog=[issue(-29), issue(-5, repeat=" im-001")]),
    case(
        "the repeat is closed, the issue is open",
        F1,
        RAISED,
        ImprovementLog=[issue(-29), issue(-9, repeat="IM-001", closed=-2)],
    ),
    *(
        case(f"{status} is open", F1, RAISED, ImprovementLog=[issue(-29, Status=status), issue(-5, repeat="IM-001")])
        for status in ("With supplier", "Action agreed")
    ),
    case(
        "closed later than as of is open",
        F1,
        RAISED,
        ImprovementLog=[issue(-40, closed=1), issue(-5, repeat="IM-001")],
    ),
    case(
        "threshold 60 open days",
        F1,
        CLEAR,
        thresholds={"F1: Open days": 60},
        ImprovementLog=[issue(-29), issue(-5, repeat="IM-001")],
    ),
    case(
        "threshold 2 repeats",
        F1,
        CLEAR,
        thresholds={"F1: Repeats": 2},
        ImprovementLog=[issue(-29), issue(-5, repeat="IM-001")],
    ),
    case(
        "threshold 2 repeats, met",
        F1,
        RAISED,
        thresholds={"F1: Repeats": 2},
        ImprovementLog=[issue(-29), issue(-5, repeat="IM-001"), issue(-4, repeat="IM-001")],
    ),
    case(
        "a repeat raised 28 days after its original's closing",
        F1,
        RAISED,
        evidence="IM-001 IM-002",
        ImprovementLog=[issue(-80, closed=-38), issue(-10, repeat="IM-001")],
    ),
    case(
        "a repeat raised 29 days after it",
        F1,
        CLEAR,
        ImprovementLog=[issue(-80, closed=-39), issue(-10, repeat="IM-001")],
    ),
    case(
        "a repeat raised on the day of it",
        F1,
        RAISED,
        ImprovementLog=[issue(-80, closed=-10), issue(-10, repeat="IM-001")],
    ),
    case("a repeat raised before it", F1, CLEAR, ImprovementLog=[issue(-80, closed=-10), issue(-20, repeat="IM-001")]),
    case(
        "stays raised even once the repeat is closed",
        F1,
        RAISED,
        ImprovementLog=[issue(-80, closed=-38), issue(-10, repeat="IM-001", closed=-1)],
    ),
    case(
        "threshold 7 days of reopening",
        F1,
        CLEAR,
        thresholds={"F1: Reopen days": 7},
        ImprovementLog=[issue(-80, closed=-38), issue(-10, repeat="IM-001")],
    ),
    case("one young issue", F1, CLEAR, ImprovementLog=[issue(-3)]),
    case("empty log", F1, LACKING),
    case("a log with later rows alone", F1, LACKING, ImprovementLog=[issue(1)]),
    case(
        "a field it does not read: Category",
        F1,
        RAISED,
        left_out=0,
        ImprovementLog=[issue(-29, Category="Luck"), issue(-5, repeat="IM-001")],
    ),
    case(
        "an unreadable date is left out",
        F1,
        CLEAR,
        left_out=1,
        ImprovementLog=[issue(-29), {"Raised on": "lately", "Repeat of": "IM-001"}],
    ),
]

RISK, CARE, AUDIT = "Affects risk management", "Affects care evidence", "Affects audit quality"


def audit(offset, concern="Yes", **cells):
    """A reading of an audit so many days from now."""
    return {"Date": day(offset), "Evidence source": "Audits", "Concern raised": concern, **cells}


def reviewed(*, issue_cells=None, **cells):
    """One open issue and one quality review of it."""
    row = {header.replace("_", " "): value for header, value in cells.items()}
    return {"ImprovementLog": [issue_cells or issue(-20)], "QualityReviews": [row]}


def measure(kind="Record completion", better="Higher", **cells):
    """A measure without a target."""
    return {"Kind": kind, "Better when": better, "Target": None, **cells}


def readings(*values, last=-1, step=7, **cells):
    """One reading a week up to `last`, oldest first."""
    first = last - step * (len(values) - 1)
    return [{"Date": day(first + n * step), "Value": v, **cells} for n, v in enumerate(values)]


#: Sixteen points about 80 with a wide spread, on which each signal is set. None signals by itself.
CALM = (76, 84) * 8
SHIFT = (*CALM, *(79, 78) * 6)
FALL = (*CALM, 89, 88, 87, 86, 85, 84, 83, 82, 81)
DROP = (*(81, 79) * 10, 60)
NEAR_LIMIT = (*CALM, 80, 62, 62)


def series(*values, kind="Record completion", better="Higher", **more):
    """A measure and its readings."""
    return {"OutcomeMeasures": [measure(kind, better)], "OutcomeReadings": readings(*values), **more}


AUDIT_CONCERNS = [
    *(
        case(f"{header}, {severity}", F2, RAISED, shows="QR-001", **reviewed(**{header: "Yes", "Severity": severity}))
        for header in (RISK, CARE, AUDIT)
        for severity in ("Medium", "High")
    ),
    case("affected, Low", F2, CLEAR, **reviewed(**{RISK: "Yes", CARE: "Yes", AUDIT: "Yes", "Severity": "Low"})),
    case("none affected, High", F2, CLEAR, **reviewed(Severity="High")),
    case(
        "the issue is Closed",
        F2,
        CLEAR,
        **reviewed(issue_cells=issue(-20, closed=-1), **{RISK: "Yes", "Severity": "High"}),
    ),
    case(
        "the issue is closed later than as of",
        F2,
        RAISED,
        **reviewed(issue_cells=issue(-20, closed=1), **{RISK: "Yes", "Severity": "High"}),
    ),
    case(
        "reviewed later than as of",
        F2,
        CLEAR,
        ImprovementLog=[issue(-20)],
        QualityReviews=[{}, {RISK: "Yes", "Severity": "High", "Reviewed on": day(1)}],
    ),
    case(
        "any quality review counts, not only the newest",
        F2,
        RAISED,
        shows="QR-001",
        ImprovementLog=[issue(-40)],
        QualityReviews=[{"Reviewed on": day(-30), RISK: "Yes", "Severity": "High"}, {"Reviewed on": day(-3)}],
    ),
    case(
        "the newest Audits reading raises a concern",
        F2,
        RAISED,
        evidence="OR-0001",
        OutcomeMeasures=[{}],
        OutcomeReadings=[audit(-3)],
    ),
    case("long ago, but the newest", F2, RAISED, OutcomeMeasures=[{}], OutcomeReadings=[audit(-300)]),
    case("the newest raises none", F2, CLEAR, OutcomeMeasures=[{}], OutcomeReadings=[audit(-3, "No"), audit(-9)]),
    case("the newest does not say", F2, CLEAR, OutcomeMeasures=[{}], OutcomeReadings=[audit(-9), audit(-3, None)]),
    case(
        "a newer one is later than as of", F2, RAISED, OutcomeMeasures=[{}], OutcomeReadings=[audit(-9), audit(1, "No")]
    ),
    case(
        "a newer reading from elsewhere is no audit",
        F2,
        RAISED,
        OutcomeMeasures=[{}],
        OutcomeReadings=[audit(-9), {"Date": day(-3), "Concern raised": "No"}],
    ),
    case(
        "a concern from elsewhere",
        F2,
        CLEAR,
        OutcomeMeasures=[{}],
        OutcomeReadings=[{"Date": day(-3), "Concern raised": "Yes"}],
    ),
    case(
        "newest of each measure",
        F2,
        RAISED,
        evidence="OR-0001",
        OutcomeMeasures=[{}, {"Measure": "Notes with a signature"}],
        OutcomeReadings=[audit(-9), audit(-3, "No", **{"Measure ID": "OM-02"})],
    ),
    case(
        "newest of each service",
        F2,
        RAISED,
        evidence="OR-0001",
        OutcomeMeasures=[{}],
        OutcomeReadings=[audit(-9), audit(-3, "No", Service=None)],
    ),
    case("12 on the worse side", F2, RAISED, shows="OR-0028", **series(*SHIFT)),
    case("11 on the worse side", F2, CLEAR, **series(*SHIFT[:-1])),
    case("12 on the better side", F2, CLEAR, **series(*SHIFT, better="Lower")),
    case("12 on the worse side of another kind", F2, CLEAR, **series(*SHIFT, kind="System use")),
    case("12 on the worse side, the newest point is back", F2, CLEAR, **series(*SHIFT, 84)),
    case("9 points falling", F2, RAISED, shows="OR-0025", **series(*FALL)),
    case("8 points falling", F2, CLEAR, **series(*FALL[:-1])),
    case("9 points falling where lower is better", F2, CLEAR, **series(*FALL, better="Lower")),
    case("a point outside the limits", F2, RAISED, shows="OR-0021", **series(*DROP)),
    case("a point within the limits", F2, CLEAR, **series(*DROP[:-1], 76)),
    case("a point outside the limits, the better way", F2, CLEAR, **series(*DROP, better="Lower")),
    case("a point outside the limits, then one within", F2, CLEAR, **series(*DROP, 80)),
    case("2 of 3 near a limit", F2, RAISED, **series(*NEAR_LIMIT)),
    case("a slow drift", F2, WATCH, says=("drifts slowly", "EWMA"), **series(*CALM, *(74, 68) * 4)),
    case("a slow drift the better way", F2, CLEAR, **series(*CALM, *(92, 86) * 4)),
    case("a slow drift, threshold 0", F2, CLEAR, thresholds={"Trends: Drift limit": 0}, **series(*CALM, *(74, 68) * 4)),
    case("1 of 3 near a limit", F2, CLEAR, **series(*NEAR_LIMIT[:-2], 80, 62)),
    case("worsening up where lower is better", F2, RAISED, **series(*(160 - v for v in SHIFT), better="Lower")),
    case(
        "11 points are few",
        F2,
        RAISED,
        says=("only 11 readings: a fall would have to be very large to show",),
        **series(*(81, 79) * 5, 60),
    ),
    case("21 points are not", F2, RAISED, silent_on=("only",), **series(*DROP)),
    case(
        "points of two services are two series",
        F2,
        CLEAR,
        OutcomeMeasures=[measure()],
        OutcomeReadings=[*readings(*SHIFT[:20], Service=None), *readings(*SHIFT[20:])],
    ),
    case(
        "in date order, not in the rows'",
        F2,
        CLEAR,
        OutcomeMeasures=[measure()],
        OutcomeReadings=[{"Date": day(-1 - 7 * n), "Value": v} for n, v in enumerate(SHIFT)],
    ),
    case("nothing to read", F2, LACKING),
]

SAFELY = "Configuration"
BARRIERS = [
    case(
        "Configuration and Yes",
        F4,
        RAISED,
        evidence="IM-001",
        ImprovementLog=[issue(-3, **{CATEGORY: SAFELY, SAFE: "Yes"})],
    ),
    case("Yes in other case", F4, RAISED, ImprovementLog=[issue(-3, **{CATEGORY: "configuration ", SAFE: "YES"})]),
    *(
        case(f"safe recording {answer}", F4, CLEAR, ImprovementLog=[issue(-3, **{CATEGORY: SAFELY, SAFE: answer})])
        for answer in ("No", "Not known")
    ),
    *(
        case(f"category {other}", F4, CLEAR, ImprovementLog=[issue(-3, **{CATEGORY: other, SAFE: "Yes"})])
        for other in ("Training", "Supplier support", "Local practice", None)
    ),
    *(
        case(
            f"status {status}", F4, RAISED, ImprovementLog=[issue(-3, Status=status, **{CATEGORY: SAFELY, SAFE: "Yes"})]
        )
        for status in ("With supplier", "Action agreed")
    ),
    case("Closed", F4, CLEAR, ImprovementLog=[issue(-9, closed=-1, **{CATEGORY: SAFELY, SAFE: "Yes"})]),
    case(
        "closed later than as of", F4, RAISED, ImprovementLog=[issue(-9, closed=1, **{CATEGORY: SAFELY, SAFE: "Yes"})]
    ),
    case(
        "categorised later than as of",
        F4,
        CLEAR,
        ImprovementLog=[issue(-9, **{CATEGORY: SAFELY, SAFE: "Yes", CATEGORISED: day(1)})],
    ),
    case("raised later than as of", F4, CLEAR, ImprovementLog=[issue(-9), issue(1, **{CATEGORY: SAFELY, SAFE: "Yes"})]),
    case("no window", F4, RAISED, ImprovementLog=[issue(-400, **{CATEGORY: SAFELY, SAFE: "Yes"})]),
    case(
        "unreadable answer is left out",
        F4,
        CLEAR,
        left_out=1,
        ImprovementLog=[issue(-3), issue(-3, **{CATEGORY: SAFELY, SAFE: "Perhaps"})],
    ),
    case("empty log", F4, LACKING),
]

REPEAT = [issue(-60), issue(-40, repeat="IM-001")]


def boards(*offsets, kind="Project board"):
    """Meetings held so many days from now."""
    return dated("Held on", *offsets, kind=kind)


def decided(meeting, about, **cells):
    """A decision of a meeting about an issue."""
    return {"Meeting ID": meeting, "Issue ID": about, **cells}


UNCHANGED = [
    case(
        "a repeat, and 2 meetings without decision",
        F6,
        WATCH,
        shows="IM-001 IM-002",
        ImprovementLog=REPEAT,
        Meetings=boards(-50, -20),
    ),
    case("1 meeting", F6, CLEAR, ImprovementLog=REPEAT, Meetings=boards(-50)),
    case("no meeting since", F6, CLEAR, ImprovementLog=REPEAT, Meetings=boards(-61, -80)),
    case(
        "a meeting on the day it was raised is not since", F6, CLEAR, ImprovementLog=REPEAT, Meetings=boards(-60, -20)
    ),
    case("a meeting on the day after is", F6, WATCH, ImprovementLog=REPEAT, Meetings=boards(-59, -20)),
    case("a meeting later than as of", F6, CLEAR, ImprovementLog=REPEAT, Meetings=boards(-20, 1)),
    case(
        "a governance meeting is no board meeting",
        F6,
        CLEAR,
        ImprovementLog=REPEAT,
        Meetings=[*boards(-50), *boards(-20, kind="Implementation governance")],
    ),
    case(
        "since the original was raised, not the repeat",
        F6,
        WATCH,
        ImprovementLog=[issue(-60), issue(-2, repeat="IM-001")],
        Meetings=boards(-50, -20),
    ),
    *(
        case(
            f"a decision on the {which}",
            F6,
            CLEAR,
            ImprovementLog=REPEAT,
            Meetings=boards(-50, -20),
            BoardDecisions=[decided("MT-002", about)],
        )
        for which, about in (("original", "IM-001"), ("repeat", "im-002"))
    ),
    case(
        "a decision on another issue",
        F6,
        WATCH,
        ImprovementLog=[*REPEAT, issue(-9)],
        Meetings=boards(-50, -20),
        BoardDecisions=[decided("MT-002", "IM-003")],
    ),
    case(
        "a decision of a meeting later than as of",
        F6,
        WATCH,
        ImprovementLog=REPEAT,
        Meetings=boards(-50, -20, 1),
        BoardDecisions=[decided("MT-003", "IM-001")],
    ),
    case("no repeat", F6, CLEAR, ImprovementLog=[issue(-60)], Meetings=boards(-50, -20)),
    case(
        "threshold 3 meetings",
        F6,
        CLEAR,
        thresholds={"F6: Meetings": 3},
        ImprovementLog=REPEAT,
        Meetings=boards(-50, -20),
    ),
    case("nothing to read", F6, LACKING),
]

CHECKED = [{}]
UNCATEGORISED = {CATEGORY: None, "Categorised by": None, CATEGORISED: None}
LATE = [
    case("categorised and checked", F8, CLEAR, ImprovementLog=[issue(-60)], QualityReviews=CHECKED),
    case("14 days without category", F8, CLEAR, ImprovementLog=[issue(-14, **UNCATEGORISED)], QualityReviews=CHECKED),
    case(
        "15 days without category",
        F8,
        WATCH,
        evidence="IM-001",
        ImprovementLog=[issue(-15, **UNCATEGORISED)],
        QualityReviews=CHECKED,
    ),
    case("14 days unchecked", F8, CLEAR, ImprovementLog=[issue(-14)]),
    case("15 days unchecked", F8, WATCH, evidence="IM-001", ImprovementLog=[issue(-15)]),
    case(
        "late categorising cures",
        F8,
        CLEAR,
        ImprovementLog=[issue(-60, **{CATEGORISED: day(-1)})],
        QualityReviews=CHECKED,
    ),
    case("late checking cures", F8, CLEAR, ImprovementLog=[issue(-60)], QualityReviews=[{"Reviewed on": day(0)}]),
    case(
        "categorised later than as of",
        F8,
        WATCH,
        ImprovementLog=[issue(-60, **{CATEGORISED: day(1)})],
        QualityReviews=CHECKED,
    ),
    case("checked later than as of", F8, WATCH, ImprovementLog=[issue(-60)], QualityReviews=[{"Reviewed on": day(1)}]),
    case("closed issues count", F8, WATCH, ImprovementLog=[issue(-60, closed=-9)]),
    case(
        "another issue's check",
        F8,
        WATCH,
        evidence="IM-002",
        ImprovementLog=[issue(-60), issue(-60)],
        QualityReviews=CHECKED,
    ),
    case("threshold 28 days", F8, CLEAR, thresholds={"F8: Within days": 28}, ImprovementLog=[issue(-28)]),
    case("empty log", F8, LACKING),
]

SUPPLIER = [
    case("reply due yesterday", F10, WATCH, evidence="IM-001", ImprovementLog=[issue(-20, **{REPLY: day(-1)})]),
    case("reply due today", F10, CLEAR, ImprovementLog=[issue(-20, **{REPLY: day(0)})]),
    case("no reply due", F10, CLEAR, ImprovementLog=[issue(-20)]),
    case("replied", F10, CLEAR, ImprovementLog=[issue(-20, **{REPLY: day(-5), REPLIED: day(-1)})]),
    case("replied later than as of", F10, WATCH, ImprovementLog=[issue(-20, **{REPLY: day(-5), REPLIED: day(1)})]),
    case("Closed", F10, CLEAR, ImprovementLog=[issue(-20, closed=-1, **{REPLY: day(-5)})]),
    case("closed later than as of", F10, WATCH, ImprovementLog=[issue(-20, closed=1, **{REPLY: day(-5)})]),
    case("With supplier", F10, WATCH, ImprovementLog=[issue(-20, Status="With supplier", **{REPLY: day(-5)})]),
    case("empty log", F10, LACKING),
]

ALL = [*RECURRING, *AUDIT_CONCERNS, *BARRIERS, *UNCHANGED, *LATE, *SUPPLIER]


@pytest.mark.parametrize("given", ALL)
def test_rules_about_issues(given):
    prove(given)


@pytest.mark.slow
@pytest.mark.parametrize("given", ALL[::7])
def test_rules_about_issues_from_a_file(given, tmp_path):
    prove_by_file(given, tmp_path)
