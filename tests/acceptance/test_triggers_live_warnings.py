"""Acceptance of S7 to S10, the early warnings of docs/contract/checks-and-triggers.md, "Live support"."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.support.acceptance_cases import (
    BETA,
    CLEAR,
    LACKING,
    TWO_CHAMPIONS,
    TWO_SERVICES,
    WATCH,
    case,
    prove,
    prove_by_file,
    support,
)
from tests.support.builders import day

S7, S8, S9, S10 = (f"S{n}:OAK" for n in range(7, 11))

#: Quick feedback: the entry has its feedback on its own day.
QUICK = {"before": 3, "after": 4, "helped": "Yes"}


def evidenced(*offsets, **cells):
    """Entries with coaching and feedback."""
    return support(*offsets, **QUICK, **cells)


def bare(*offsets, **cells):
    """Entries with feedback and no word of coaching."""
    return support(*offsets, **QUICK, coaching=None, **cells)


def feedback(of, on, **cells):
    """A row of the confidence tracker."""
    return {"Support ID": of, "Date": day(on), **cells}


#: A share of so few entries is judged only where the threshold says so.
FEW = {"S7: Minimum entries": 1}
SEVEN = evidenced(*range(-7, 0))
NOT_EVIDENCED = [
    case("coaching and feedback", S7, CLEAR, SupportLog=SEVEN),
    case("3 of 10 without coaching", S7, CLEAR, SupportLog=[*SEVEN, *bare(-1, -2, -3)]),
    case(
        "4 of 11 without coaching",
        S7,
        WATCH,
        shows="SU-0008 SU-0009 SU-0010 SU-0011",
        threshold=30,
        SupportLog=[*SEVEN, *bare(-1, -2, -3, -4)],
    ),
    case("coaching of spaces alone", S7, WATCH, thresholds=FEW, SupportLog=support(-1, **QUICK, coaching="  ")),
    case("no feedback within 7 days", S7, WATCH, thresholds=FEW, evidence="SU-0001", SupportLog=support(-8)),
    case("feedback may still come, on the 7th day too", S7, CLEAR, SupportLog=support(-6, -7)),
    case("feedback on the 7th day", S7, CLEAR, SupportLog=support(-9), ConfidenceTracker=[feedback("SU-0001", -2)]),
    case(
        "feedback on the 8th day",
        S7,
        WATCH,
        thresholds=FEW,
        SupportLog=support(-9),
        ConfidenceTracker=[feedback("SU-0001", -1)],
    ),
    case(
        "feedback later than as of",
        S7,
        WATCH,
        thresholds=FEW,
        SupportLog=support(-8),
        ConfidenceTracker=[feedback("SU-0001", 1)],
    ),
    case(
        "feedback of another entry",
        S7,
        WATCH,
        thresholds=FEW,
        SupportLog=support(-9),
        ConfidenceTracker=[feedback("SU-0002", -8)],
    ),
    case("quick feedback counts", S7, CLEAR, SupportLog=evidenced(-20)),
    case("the 28th day back is in", S7, WATCH, thresholds=FEW, SupportLog=support(-27)),
    case("a day too early", S7, CLEAR, SupportLog=[*support(-28), *evidenced(-1)]),
    case("None seen is no problem solved", S7, CLEAR, SupportLog=[*SEVEN, *bare(-1, -2, -3, -4, need="None seen")]),
    case(
        "None seen is none of the entries",
        S7,
        WATCH,
        thresholds=FEW,
        SupportLog=[*bare(-1), *evidenced(-2, -3, need="None seen")],
    ),
    case("an entry lacking both counts once", S7, CLEAR, SupportLog=[*SEVEN, *support(-8, -9, -10, coaching=None)]),
    case(
        "threshold 40 percent", S7, CLEAR, thresholds={"S7: Share percent": 40}, SupportLog=[*SEVEN, *bare(*[-1] * 4)]
    ),
    case(
        "threshold 14 days for feedback", S7, CLEAR, thresholds={"S7: Feedback within days": 14}, SupportLog=support(-8)
    ),
    case("threshold window 7", S7, CLEAR, thresholds={"S7: Window days": 7}, SupportLog=[*bare(-7), *evidenced(-1)]),
    case("of another service", S7, CLEAR, Services=TWO_SERVICES, SupportLog=[*SEVEN, *bare(-1, service="ELM")]),
    case("empty log", S7, LACKING),
    *(
        case(f"{outcome} and no issue links it after 7 days", S7, WATCH, shows="SU-0008", SupportLog=[*SEVEN, *rows])
        for outcome in ("Escalated", "Unresolved")
        for rows in (evidenced(-8, outcome=outcome), evidenced(-55, outcome=outcome))
    ),
    case("4 of 9 without coaching, fewer than the minimum", S7, CLEAR, SupportLog=[*SEVEN[:5], *bare(-1, -2, -3, -4)]),
    case("Unresolved, 56 days old", S7, CLEAR, SupportLog=evidenced(-56, -1, outcome="Unresolved")[:1]),
    case(
        "Unresolved, threshold 300 days",
        S7,
        WATCH,
        thresholds={"S7: Unlinked within days": 301},
        SupportLog=evidenced(-300, outcome="Unresolved"),
    ),
    case(
        "Unresolved, threshold 14 days for the issue",
        S7,
        CLEAR,
        thresholds={"S7: Link within days": 14},
        SupportLog=evidenced(-14, outcome="Unresolved"),
    ),
    case("Unresolved, 6 days old", S7, CLEAR, SupportLog=evidenced(-6, outcome="Unresolved")),
    case("Resolved, unlinked", S7, CLEAR, SupportLog=evidenced(-20)),
    case(
        "Unresolved, linked",
        S7,
        CLEAR,
        SupportLog=evidenced(-8, outcome="Unresolved"),
        ImprovementLog=[{"Raised on": day(-3), "Linked support": "SU-0009, su-0001"}],
    ),
    case(
        "Unresolved, another is linked",
        S7,
        WATCH,
        shows="SU-0001",
        SupportLog=evidenced(-8, -1, outcome="Unresolved"),
        ImprovementLog=[{"Raised on": day(-3), "Linked support": "SU-0002, SU-00011"}],
    ),
    case(
        "Unresolved, linked by an issue later than as of",
        S7,
        WATCH,
        SupportLog=evidenced(-8, outcome="Unresolved"),
        ImprovementLog=[{"Raised on": day(1), "Linked support": "SU-0001"}],
    ),
]

#: A week of Protected time in which nothing was observed.
IDLE = {"Week commencing": dt.date(2026, 6, 22), "Shifts observed": 0}


def observed(offset, shifts=2, **cells):
    """A week of Protected time whose Monday is so many days from now."""
    return {"Week commencing": day(offset), "Shifts observed": shifts, **cells}


QUIET = [
    case("a support entry on the 21st day", S8, CLEAR, SupportLog=support(-20)),
    case("a support entry a day too early", S8, WATCH, shows="DC-001", SupportLog=support(-21)),
    case("an observation is a shift observed", S8, CLEAR, SupportLog=support(-3, need="None seen")),
    case("a shift observed in protected time", S8, CLEAR, SupportLog=support(-60), ProtectedTime=[observed(-8)]),
    case("no shift observed in protected time", S8, WATCH, SupportLog=support(-60), ProtectedTime=[IDLE]),
    case("shifts observed blank", S8, WATCH, SupportLog=support(-60), ProtectedTime=[observed(-8, None)]),
    case("a week whose Monday is too early", S8, WATCH, ProtectedTime=[observed(-22)]),
    case(
        "a week whose Monday is the 21st day",
        S8,
        CLEAR,
        as_of=dt.date(2026, 6, 28),
        ProtectedTime=[{"Week commencing": dt.date(2026, 6, 8), "Shifts observed": 1}],
    ),
    case(
        "a week whose Monday is the 22nd day",
        S8,
        WATCH,
        as_of=dt.date(2026, 6, 29),
        ProtectedTime=[{"Week commencing": dt.date(2026, 6, 8), "Shifts observed": 1}],
    ),
    case("an issue raised", S8, CLEAR, SupportLog=support(-60), ImprovementLog=[{"Raised on": day(-20)}]),
    case(
        "an issue raised a day too early", S8, WATCH, SupportLog=support(-60), ImprovementLog=[{"Raised on": day(-21)}]
    ),
    case(
        "another's support",
        S8,
        WATCH,
        shows="DC-002",
        silent_on=("Champion Alpha",),
        WorkforcePlan=TWO_CHAMPIONS,
        SupportLog=support(-1),
    ),
    case(
        "not acting: Preparing",
        S8,
        CLEAR,
        WorkforcePlan=[{}, BETA | {"Status": "Preparing"}],
        SupportLog=support(-1),
    ),
    case("not acting: Paused", S8, CLEAR, WorkforcePlan=[{}, BETA | {"Status": "Paused"}], SupportLog=support(-1)),
    case("Signed off is acting", S8, WATCH, WorkforcePlan=[{"Status": "Signed off"}], SupportLog=support(-60)),
    case(
        "a champion of another service",
        S8,
        CLEAR,
        Services=TWO_SERVICES,
        WorkforcePlan=[{}, BETA | {"Service": "ELM"}],
        SupportLog=support(-1),
    ),
    case("a support entry later than as of", S8, WATCH, SupportLog=support(-60, 1)),
    case("threshold 7 days", S8, WATCH, thresholds={"S8: Days": 7}, SupportLog=support(-7)),
    case("threshold 28 days", S8, CLEAR, thresholds={"S8: Days": 28}, SupportLog=support(-27)),
    case("all logs empty", S8, LACKING),
]


def no(*offsets, **cells):
    """Entries with the quick feedback that support did not help."""
    return support(*offsets, **{**QUICK, "helped": "No"}, **cells)


def review(offset, **cells):
    """A manager's review so many days from now."""
    return {"Reviewed on": day(offset), "Period start": day(offset - 9), "Period end": day(offset - 1), **cells}


USE, QUALITY = "System use improving", "Record quality improving"
NOT_HELPING = [
    case("No 2 times", S9, WATCH, shows="SU-0001 SU-0002", SupportLog=no(-1, -13)),
    case("No once", S9, CLEAR, SupportLog=no(-1)),
    case("No 2 times, one a day too early", S9, CLEAR, SupportLog=no(-1, -14)),
    case("Unsure is not No", S9, CLEAR, SupportLog=support(-1, -2, **{**QUICK, "helped": "Unsure"})),
    case(
        "No 2 times in the tracker",
        S9,
        WATCH,
        shows="CF-0001 CF-0002",
        SupportLog=support(-20, -20),
        ConfidenceTracker=[feedback(f"SU-000{n}", -1, **{"Support helped": "No"}) for n in (1, 2)],
    ),
    case(
        "No in the tracker a day too early",
        S9,
        CLEAR,
        SupportLog=support(-20, -20),
        ConfidenceTracker=[feedback(f"SU-000{n}", -13 - n + 1, **{"Support helped": "No"}) for n in (1, 2)],
    ),
    case(
        "the tracker's row goes before the quick way",
        S9,
        CLEAR,
        SupportLog=no(-1, -2),
        ConfidenceTracker=[feedback("SU-0001", -1, **{"Support helped": "Yes"})],
    ),
    case("of another service", S9, CLEAR, Services=TWO_SERVICES, SupportLog=[*no(-1), *no(-2, service="ELM")]),
    case("threshold 3", S9, CLEAR, thresholds={"S9: Count": 3}, SupportLog=no(-1, -2)),
    case("threshold window 28", S9, WATCH, thresholds={"S9: Window days": 28}, SupportLog=no(-1, -27)),
    *(
        case("the newest two reviews say No to either", S9, WATCH, shows="MR-001 MR-002", ManagerReviews=reviews)
        for reviews in (
            [review(-21, **{USE: "No"}), review(-7, **{USE: "No"})],
            [review(-21, **{QUALITY: "No"}), review(-7, **{USE: "No"})],
            [review(-210, **{QUALITY: "No"}), review(-100, **{QUALITY: "No"})],
        )
    ),
    case("one review says No to both", S9, CLEAR, ManagerReviews=[review(-7, **{USE: "No", QUALITY: "No"})]),
    case(
        "Too early is not No", S9, CLEAR, ManagerReviews=[review(-21, **{USE: "Too early"}), review(-7, **{USE: "No"})]
    ),
    case(
        "not running: the one between says Yes",
        S9,
        CLEAR,
        ManagerReviews=[review(-7, **{USE: "No"}), review(-14), review(-21, **{USE: "No"})],
    ),
    case(
        "the newest, not the last row",
        S9,
        WATCH,
        shows="MR-002 MR-003",
        ManagerReviews=[review(-60), review(-7, **{USE: "No"}), review(-21, **{USE: "No"})],
    ),
    case(
        "the newest says Yes",
        S9,
        CLEAR,
        ManagerReviews=[review(-30, **{USE: "No"}), review(-21, **{USE: "No"}), review(-7)],
    ),
    case(
        "reviews of two services",
        S9,
        CLEAR,
        Services=TWO_SERVICES,
        ManagerReviews=[review(-21, Service="ELM", **{USE: "No"}), review(-7, **{USE: "No"})],
    ),
    case("reviewed later than as of", S9, CLEAR, ManagerReviews=[review(-7, **{USE: "No"}), review(1, **{USE: "No"})]),
    case("no feedback and no review", S9, LACKING),
]


def needs(technical, others, other="Finding the record", **cells):
    """So many entries about logging in and devices by turns, so many others."""
    rows = [
        r for n in range(technical) for r in support(-n, need=("Logging in", "Device or connection")[n % 2], **cells)
    ]
    return [*rows, *(r for n in range(others) for r in support(-n, need=other, **cells))]


TECHNICAL = [
    case("5 of 10", S10, CLEAR, SupportLog=needs(5, 5)),
    case("6 of 11", S10, WATCH, value=100 * 6 / 11, threshold=50, SupportLog=needs(6, 5)),
    case("9 of 9", S10, CLEAR, SupportLog=needs(9, 0)),
    case("10 of 10", S10, WATCH, value=100, SupportLog=needs(10, 0)),
    case("None seen is none of the 10", S10, CLEAR, SupportLog=needs(9, 5, other="None seen")),
    case("None seen is none of the share", S10, WATCH, SupportLog=needs(10, 20, other="None seen")),
    case("on the 28th day", S10, WATCH, SupportLog=[*needs(9, 0), *support(-27, need="Logging in")]),
    case("a day too early", S10, CLEAR, SupportLog=[*needs(9, 0), *support(-28, need="Logging in")]),
    case("later than as of", S10, CLEAR, SupportLog=[*needs(9, 0), *support(1, need="Logging in")]),
    case("needs in other case", S10, WATCH, SupportLog=support(*range(-9, 1), need="logging  IN")),
    case(
        "of another service", S10, CLEAR, Services=TWO_SERVICES, SupportLog=[*needs(9, 0), *needs(1, 0, service="ELM")]
    ),
    case("threshold 40 percent", S10, WATCH, thresholds={"S10: Share percent": 40}, SupportLog=needs(5, 5)),
    case("threshold 60 percent", S10, CLEAR, thresholds={"S10: Share percent": 60}, SupportLog=needs(6, 4)),
    case("threshold 5 entries", S10, WATCH, thresholds={"S10: Minimum entries": 5}, SupportLog=needs(5, 0)),
    case("threshold window 7", S10, CLEAR, thresholds={"S10: Window days": 7}, SupportLog=needs(10, 0)),
    case("empty log", S10, LACKING),
]

ALL = [*NOT_EVIDENCED, *QUIET, *NOT_HELPING, *TECHNICAL]


@pytest.mark.parametrize("given", ALL)
def test_warnings_of_live_support(given):
    prove(given)


@pytest.mark.slow
@pytest.mark.parametrize("given", ALL[::7])
def test_warnings_of_live_support_from_a_file(given, tmp_path):
    prove_by_file(given, tmp_path)
