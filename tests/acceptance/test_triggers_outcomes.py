"""Acceptance of the rules about outcomes and answers (F3, F5, F7, F9, F11), as the contract words them.

See docs/contract/checks-and-triggers.md.
"""

from __future__ import annotations

import datetime as dt

import pytest

from tests.support.acceptance_cases import (
    CLEAR,
    ELM,
    LACKING,
    RAISED,
    TWO_SERVICES,
    WATCH,
    case,
    numbered,
    prove,
    prove_by_file,
    support,
)
from tests.support.builders import AS_OF, day

F3, F5, F7, F9, F11 = (f"F{n}:programme" for n in (3, 5, 7, 9, 11))


def satisfaction(**cells):
    """A measure of staff satisfaction with a target of 80."""
    return {"Kind": "Staff satisfaction", "Target": 80, **cells}


def reading(offset, value, **cells):
    """A reading so many days from now."""
    return {"Date": day(offset), "Value": value, **cells}


def weekly(*values, **cells):
    """One reading a week up to yesterday, oldest first."""
    return [reading(-1 - 7 * (len(values) - 1 - n), v, **cells) for n, v in enumerate(values)]


def concerns(*offsets, kind="Staff concern", **cells):
    """Issues raised so many days from now."""
    return [{"Raised on": day(n), "Kind": kind, **cells} for n in offsets]


#: Fifteen points, the last seven on the lower side of their mean; none is outside the limits.
SHIFT = (*(76, 84) * 8, *(79, 78) * 6)


def measured(*rows, measure=None, **more):
    """A measure of staff satisfaction and its readings."""
    return {"OutcomeMeasures": [measure or satisfaction()], "OutcomeReadings": list(rows), **more}


DISSATISFACTION = [
    case("below target", F3, RAISED, shows="OR-0001", **measured(reading(-3, 79))),
    case("at the target", F3, CLEAR, **measured(reading(-3, 80))),
    case("above target", F3, CLEAR, **measured(reading(-3, 90))),
    case("without a target", F3, CLEAR, **measured(reading(-3, 10), measure=satisfaction(Target=None))),
    case("another kind", F3, LACKING, **measured(reading(-3, 10), measure=satisfaction(Kind="System use"))),
    case("the newest reading", F3, CLEAR, **measured(reading(-3, 85), reading(-9, 60))),
    case("the newest reading is below", F3, RAISED, shows="OR-0001", **measured(reading(-3, 60), reading(-9, 85))),
    case("a reading later than as of", F3, CLEAR, **measured(reading(-3, 85), reading(1, 60))),
    case(
        "newest of each service",
        F3,
        RAISED,
        shows="OR-0002",
        **measured(reading(-3, 85), reading(-9, 60, Service=None)),
    ),
    case("signalled worsening, above target", F3, RAISED, **measured(*weekly(*SHIFT), measure=satisfaction(Target=50))),
    case("eleven points are no signal", F3, CLEAR, **measured(*weekly(*SHIFT[:-1]), measure=satisfaction(Target=50))),
    case(
        "signalled improvement",
        F3,
        CLEAR,
        **measured(*weekly(*SHIFT), measure=satisfaction(Target=None, **{"Better when": "Lower"})),
    ),
    case(
        "3 concerns",
        F3,
        RAISED,
        shows="IM-001 IM-002 IM-003",
        value=3,
        threshold=3,
        ImprovementLog=concerns(0, -9, -27),
    ),
    case("2 concerns", F3, CLEAR, ImprovementLog=concerns(0, -9)),
    case("3 concerns, one a day too early", F3, CLEAR, ImprovementLog=concerns(0, -9, -28)),
    case("3 concerns, one later than as of", F3, CLEAR, ImprovementLog=concerns(0, -9, 1)),
    case("3 issues, one no concern", F3, CLEAR, ImprovementLog=[*concerns(0, -9), *concerns(-1, kind="System issue")]),
    case(
        "3 concerns in two services",
        F3,
        CLEAR,
        Services=TWO_SERVICES,
        ImprovementLog=[*concerns(0, -9), *concerns(-1, Service="ELM")],
    ),
    case(
        "closed concerns count",
        F3,
        RAISED,
        ImprovementLog=concerns(0, -3, -9, Status="Closed", **{"Closed on": day(0)}),
    ),
    case("threshold 2 concerns", F3, RAISED, thresholds={"F3: Concerns": 2}, ImprovementLog=concerns(0, -9)),
    case("threshold window 7", F3, CLEAR, thresholds={"F3: Window days": 7}, ImprovementLog=concerns(0, -3, -7)),
    case("nothing to read", F3, LACKING),
]

MET, OTHER_SERVICE = "Held on", "ELM"


def decision(due, **cells):
    """A decision of the meeting sixty days ago about the issue of Oak House."""
    return {"Due date": None if due is None else day(due), **{k.replace("_", " "): v for k, v in cells.items()}}


def update(shared, result="Better system use", **cells):
    """An update shared so many days from now, its result recorded the same day."""
    on = day(shared)
    return {
        "Shared on": on,
        "Result": result,
        "Result recorded on": on,
        **{k.replace("_", " "): v for k, v in cells.items()},
    }


def loop(words, state, decisions, updates=(), **more):
    """A case of F5 with one board meeting sixty days ago, and an issue of Oak House."""
    base = {
        "Meetings": [{MET: day(-60)}],
        "ImprovementLog": [{"Raised on": day(-70)}],
        "BoardDecisions": decisions,
        "UpdatesShared": updates,
    }
    return case(words, F5, state, **{**base, **more})


ALL_SERVICES = {"Issue ID": None, "Services affected": None}
NOT_CLOSED = [
    loop("due 15 days ago, nothing shared", RAISED, [decision(-15)], evidence="BD-001"),
    loop("due 14 days ago, nothing shared", CLEAR, [decision(-14)]),
    loop("due 15 days ago, shared", CLEAR, [decision(-15)], [update(-1)]),
    loop("shared later than as of", RAISED, [decision(-15)], [update(1)]),
    loop(
        "shared another decision",
        RAISED,
        [decision(-15), decision(9)],
        [update(-1, Decision_ID="BD-002")],
        shows="BD-001",
    ),
    loop("no due date", CLEAR, [decision(None)]),
    loop("No action", CLEAR, [decision(-15, Action_type="No action")]),
    loop(
        "No action with More confusion", CLEAR, [decision(-15, Action_type="No action")], [update(-1, "More confusion")]
    ),
    loop("the service of the issue", RAISED, [decision(-15)], [update(-1, Service="ELM")], Services=TWO_SERVICES),
    loop("the service of the issue alone", CLEAR, [decision(-15)], [update(-1)], Services=TWO_SERVICES),
    loop(
        "services affected go before the issue's",
        CLEAR,
        [decision(-15, Services_affected="elm")],
        [update(-1, Service="ELM")],
        Services=TWO_SERVICES,
    ),
    loop(
        "one of two services affected has no update",
        RAISED,
        [decision(-15, Services_affected="OAK, ELM")],
        [update(-1)],
        Services=TWO_SERVICES,
        says=("Elm Lodge",),
        silent_on=("Oak House",),
    ),
    loop("without an issue all", RAISED, [decision(-15, **ALL_SERVICES)], [update(-1)], Services=TWO_SERVICES),
    loop(
        "without an issue all, shared in all",
        CLEAR,
        [decision(-15, **ALL_SERVICES)],
        [update(-1), update(-1, Service="ELM")],
        Services=TWO_SERVICES,
    ),
    loop(
        "all are the services in use",
        CLEAR,
        [decision(-15, **ALL_SERVICES)],
        [update(-1)],
        Services=[{}, {**ELM, "In use": "No"}],
    ),
    loop("the newest says No change", RAISED, [decision(9)], [update(-1, "No change")], shows="UP-001"),
    loop("the newest says More confusion", RAISED, [decision(9)], [update(-1, "More confusion")], shows="UP-001"),
    loop("the newest says Less confusion", CLEAR, [decision(9)], [update(-1, "Less confusion")]),
    loop("an older one says No change", CLEAR, [decision(9)], [update(-1), update(-9, "No change")]),
    loop("the newest, not the last row", RAISED, [decision(9)], [update(-1, "No change"), update(-9)]),
    loop(
        "the newest of each affected service",
        RAISED,
        [decision(9, Services_affected="OAK, ELM")],
        [update(-9, "No change"), update(-1, Service="ELM")],
        Services=TWO_SERVICES,
        shows="UP-001",
    ),
    loop(
        "a service that is not affected",
        CLEAR,
        [decision(9)],
        [update(-1, "No change", Service="ELM")],
        Services=TWO_SERVICES,
    ),
    loop("Too early for 28 days", CLEAR, [decision(9)], [update(-28, "Too early")]),
    loop("Too early for 29 days", RAISED, [decision(9)], [update(-29, "Too early")], shows="UP-001"),
    loop(
        "a result recorded later counts as Too early",
        CLEAR,
        [decision(9)],
        [update(-9, "More confusion", Result_recorded_on=day(1))],
    ),
    loop(
        "a result recorded later counts as Too early, for 29 days",
        RAISED,
        [decision(9)],
        [update(-29, "Better system use", Result_recorded_on=day(1))],
    ),
    loop("a decision of a meeting later than as of", LACKING, [decision(-15)], Meetings=[{MET: day(1)}]),
    loop("threshold 30 days", CLEAR, [decision(-30)], thresholds={"F5: Share within days": 30}),
    loop("threshold 7 days", RAISED, [decision(-8)], thresholds={"F5: Share within days": 7}),
    loop("no decision", LACKING, []),
]

#: The Sundays of the fifteen full weeks before `AS_OF`, oldest first.
SUNDAYS = [dt.date(2026, 6, 28) - dt.timedelta(weeks=n) for n in range(14, -1, -1)]
CONFIDENCE = {"Kind": "Staff confidence", "Target": None}


def rated(*scores, shifted=0):
    """Three entries in each full week, rated alike, so that the week's median is the score."""
    rows = []
    for sunday, score in zip(SUNDAYS[-len(scores) :], scores, strict=True):
        offset = (sunday - AS_OF).days - 3 + shifted
        rows += numbered(support(offset, offset, offset, before=1, after=score, helped="Yes"))
    return rows


LOSING = [
    case(
        "worsening of a Staff confidence measure",
        F7,
        WATCH,
        **measured(*weekly(*SHIFT), measure=satisfaction(**CONFIDENCE)),
    ),
    case("eleven points", F7, CLEAR, **measured(*weekly(*SHIFT[:-1]), measure=satisfaction(**CONFIDENCE))),
    case(
        "another kind", F7, CLEAR, SupportLog=rated(4), **measured(*weekly(*SHIFT), measure=satisfaction(Target=None))
    ),
    case(
        "improving",
        F7,
        CLEAR,
        **measured(*weekly(*SHIFT), measure=satisfaction(**CONFIDENCE, **{"Better when": "Lower"})),
    ),
    case("worsening of the weekly mean", F7, WATCH, SupportLog=rated(*(5, 4) * 4, *(3, 2) * 3, 3)),
    case("the weeks before", F7, CLEAR, SupportLog=rated(*(5, 4) * 7)),
    case("improving mean", F7, CLEAR, SupportLog=rated(*(2, 3) * 4, *(4, 5) * 3, 4)),
    case("the running week is not full", F7, CLEAR, SupportLog=rated(*[4] * 13, 2, shifted=5)),
    case("the last full week", F7, WATCH, SupportLog=rated(*[4] * 13, 2)),
    case("a week of two scores has no mean that is judged", F7, CLEAR, SupportLog=rated(*[4] * 13, 2)[:-1]),
    case(
        "threshold 2 scores",
        F7,
        WATCH,
        thresholds={"F7: Minimum scores": 2},
        SupportLog=rated(*[4] * 13, 2)[:-1],
    ),
    case("low from the start is no worsening", F7, CLEAR, SupportLog=rated(*(2, 1) * 7, 2)),
    case(
        "one series for the programme",
        F7,
        WATCH,
        Services=TWO_SERVICES,
        SupportLog=[
            {**row, "Service": ("OAK", "ELM")[n % 2]} for n, row in enumerate(rated(*(5, 4) * 4, *(3, 2) * 3, 3))
        ],
    ),
    case("nothing to read", F7, LACKING),
]


def action(due=9, **cells):
    """An action raised sixty days ago."""
    return {"Raised on": day(-60), "Due date": day(due), **{k.replace("_", " "): v for k, v in cells.items()}}


DONE = {"Status": "Done", "Completed on": day(-1)}
ACTIONS = [
    *(
        case(f"overdue, {status}", F9, WATCH, evidence="AC-001", Actions=[action(-1, Status=status), action()])
        for status in ("Proposed", "Open", "In progress")
    ),
    case("due today", F9, CLEAR, Actions=[action(0)]),
    case("Cancelled", F9, CLEAR, Actions=[action(-9, Status="Cancelled")]),
    case("Done without evidence", F9, WATCH, evidence="AC-001", Actions=[action(**DONE)]),
    case("Done, evidence of spaces alone", F9, WATCH, Actions=[action(**DONE, Evidence_of_completion="  ")]),
    case("Done with evidence", F9, CLEAR, Actions=[action(-9, **DONE, Evidence_of_completion="Seen on the form.")]),
    case(
        "completed later than as of, overdue",
        F9,
        WATCH,
        Actions=[action(-9, Status="Done", Completed_on=day(1), Evidence_of_completion="Seen on the form.")],
    ),
    case("completed later than as of, not due", F9, CLEAR, Actions=[action(9, Status="Done", Completed_on=day(1))]),
    case("raised later than as of", F9, CLEAR, Actions=[action(), {**action(-1), "Raised on": day(1)}]),
    case("empty log", F9, LACKING),
]

PARTS = ("Preparing champions", "Live support", "Champion feedback")


def three_parts(*newest, **cells):
    """A measure of each part with one reading so many days from now; none where it is None."""
    return {
        "OutcomeMeasures": [{"Belongs to": part, "Kind": "Other", **cells} for part in PARTS],
        "OutcomeReadings": [
            reading(n, 80, **{"Measure ID": f"OM-0{i}"}) for i, n in enumerate(newest, 1) if n is not None
        ],
    }


MEASURED = three_parts(-1, -1, -1)
EVIDENCED = [
    case("all three parts", F11, CLEAR, **MEASURED),
    case("the newest reading is 27 days old", F11, CLEAR, **three_parts(-1, -27, -1)),
    case(
        "the newest reading is 28 days old",
        F11,
        WATCH,
        says=("Live support",),
        silent_on=PARTS[::2],
        **three_parts(-1, -28, -1),
    ),
    case("no reading", F11, WATCH, says=("Champion feedback",), silent_on=PARTS[:2], **three_parts(-1, -1, None)),
    case("a reading later than as of", F11, WATCH, **three_parts(-1, -1, 1)),
    *(
        case(
            f"no measure of {missing}",
            F11,
            WATCH,
            says=(missing,),
            silent_on=tuple(p for p in PARTS if p != missing),
            OutcomeMeasures=[m for m in MEASURED["OutcomeMeasures"] if m["Belongs to"] != missing],
            OutcomeReadings=[reading(-1, 80, **{"Measure ID": f"OM-0{i}"}) for i in (1, 2)],
        )
        for missing in PARTS
    ),
    case(
        "a measure without a baseline",
        F11,
        WATCH,
        says=("Champion feedback",),
        OutcomeMeasures=[
            *MEASURED["OutcomeMeasures"][:2],
            {"Belongs to": PARTS[2], "Baseline value": None, "Baseline date": None},
        ],
        OutcomeReadings=MEASURED["OutcomeReadings"],
    ),
    case(
        "a baseline later than as of",
        F11,
        WATCH,
        OutcomeMeasures=[*MEASURED["OutcomeMeasures"][:2], {"Belongs to": PARTS[2], "Baseline date": day(1)}],
        OutcomeReadings=MEASURED["OutcomeReadings"],
    ),
    case(
        "two measures of a part, one of them read",
        F11,
        CLEAR,
        OutcomeMeasures=[*MEASURED["OutcomeMeasures"], {"Belongs to": PARTS[0]}],
        OutcomeReadings=MEASURED["OutcomeReadings"],
    ),
    case("threshold 60 days", F11, CLEAR, thresholds={"F11: Days": 60}, **three_parts(-59, -59, -59)),
    case("nothing to read", F11, LACKING),
]

ALL = [*DISSATISFACTION, *NOT_CLOSED, *LOSING, *ACTIONS, *EVIDENCED]


@pytest.mark.parametrize("given", ALL)
def test_rules_about_outcomes_and_answers(given):
    prove(given)


@pytest.mark.slow
@pytest.mark.parametrize("given", ALL[::7])
def test_rules_about_outcomes_and_answers_from_a_file(given, tmp_path):
    prove_by_file(given, tmp_path)
