"""Acceptance of S1 to S6; S7 to S10 stand beside.

As docs/contract/checks-and-triggers.md, "Live support", words them.
"""

from __future__ import annotations

import pytest

from tests.support.acceptance_cases import (
    BETA,
    CLEAR,
    LACKING,
    RAISED,
    TWO_CHAMPIONS,
    TWO_SERVICES,
    WATCH,
    case,
    numbered,
    prove,
    prove_by_file,
    support,
)
from tests.support.builders import day

S1, S2, S3, S4, S5, S6 = (f"S{n}:OAK" for n in range(1, 7))

THREE = numbered(support(0, -1, -13))
REPEATED = [
    case(
        "3 times, 3 staff, 3 dates",
        S1,
        RAISED,
        evidence="SU-0001 SU-0002 SU-0003",
        value=3,
        threshold=3,
        SupportLog=THREE,
    ),
    case("2 times", S1, CLEAR, SupportLog=THREE[:2]),
    case("the 14th day back is out", S1, CLEAR, SupportLog=numbered(support(0, -1, -14))),
    case(
        "2 staff suffice", S1, RAISED, SupportLog=[*support(0, -1, staff="Carer One"), *support(-2, staff="Carer Two")]
    ),
    case("1 staff", S1, CLEAR, SupportLog=support(0, -1, -2)),
    case(
        "staff compared with case and spaces folded",
        S1,
        CLEAR,
        SupportLog=[
            *support(0, staff="Carer One"),
            *support(-1, staff="CARER  one "),
            *support(-2, staff=" carer One"),
        ],
    ),
    case(
        "names that differ in a digit",
        S1,
        RAISED,
        SupportLog=[*support(0, -1, staff="Carer 1"), *support(-2, staff="Carer 2")],
    ),
    case("2 dates suffice", S1, RAISED, SupportLog=numbered(support(0, 0, -1))),
    case("1 date", S1, CLEAR, SupportLog=numbered(support(-1, -1, -1, -1))),
    case("not the same need", S1, CLEAR, SupportLog=[*THREE[:2], *support(-3, staff="Carer 9", need="Logging in")]),
    case("not the same workflow", S1, CLEAR, SupportLog=[*THREE[:2], *support(-3, staff="Carer 9", flow="Tasks")]),
    case(
        "workflow and need in other case",
        S1,
        RAISED,
        SupportLog=[*THREE[:2], *support(-3, flow="CARE notes", need=" finding  the record")],
    ),
    case("None seen is an observation", S1, CLEAR, SupportLog=numbered(support(0, -1, -2, -3, need="None seen"))),
    case("later than as of", S1, CLEAR, SupportLog=[*THREE[:2], *support(1, staff="Carer 9")]),
    case(
        "per service",
        S1,
        CLEAR,
        Services=TWO_SERVICES,
        SupportLog=[*THREE[:2], *support(-3, staff="Carer 9", service="ELM")],
    ),
    case(
        "the other service",
        "S1:ELM",
        RAISED,
        Services=TWO_SERVICES,
        SupportLog=numbered(support(0, -1, -2, service="elm")),
    ),
    case("empty log", S1, LACKING),
    case("log empty in its scope", "S1:ELM", LACKING, Services=TWO_SERVICES, SupportLog=THREE),
    case("log with later rows alone", S1, LACKING, SupportLog=support(1, 2)),
    case("an empty window of a log in use", S1, CLEAR, SupportLog=support(-60)),
    case("threshold Count 2", S1, RAISED, threshold=2, thresholds={"S1: Count": 2}, SupportLog=THREE[:2]),
    case("threshold Count 4", S1, CLEAR, thresholds={"S1: Count": 4}, SupportLog=THREE),
    case(
        "threshold Window days 15",
        S1,
        RAISED,
        thresholds={"S1: Window days": 15},
        SupportLog=numbered(support(0, -1, -14)),
    ),
    case(
        "threshold Window days 7", S1, CLEAR, thresholds={"S1: Window days": 7}, SupportLog=numbered(support(0, -1, -7))
    ),
    case(
        "threshold Different staff 1", S1, RAISED, thresholds={"S1: Different staff": 1}, SupportLog=support(0, -1, -2)
    ),
    case("threshold Different staff 4", S1, CLEAR, thresholds={"S1: Different staff": 4}, SupportLog=THREE),
    case(
        "threshold Different dates 1",
        S1,
        RAISED,
        thresholds={"S1: Different dates": 1},
        SupportLog=numbered(support(0, 0, 0)),
    ),
    case(
        "threshold as text that is no number",
        S1,
        RAISED,
        threshold=3,
        thresholds={"S1: Count": "lots"},
        SupportLog=THREE,
    ),
    case(
        "two themes, one result",
        S1,
        RAISED,
        evidence="SU-0001 SU-0002 SU-0003 SU-0004 SU-0005 SU-0006",
        SupportLog=[*THREE, *numbered(support(-1, -2, -3, flow="Tasks"))],
    ),
    case(
        "evidence is the theme's alone",
        S1,
        RAISED,
        evidence="SU-0002 SU-0003 SU-0004",
        SupportLog=[*support(-1, flow="Tasks"), *THREE],
    ),
    case(
        "an unknown workflow is left out",
        S1,
        CLEAR,
        left_out=1,
        SupportLog=[*THREE[:2], *support(-3, flow="Singing", staff="Carer 9")],
    ),
    case(
        "an unreadable date is left out",
        S1,
        CLEAR,
        left_out=1,
        SupportLog=[*THREE[:2], {"Date": "soon", "Staff member": "Carer 9"}],
    ),
    case(
        "a field it does not read: Outcome",
        S1,
        RAISED,
        left_out=0,
        SupportLog=[*THREE[:2], *support(-3, outcome="Fine")],
    ),
    case(
        "a field it does not read: Champion ID",
        S1,
        RAISED,
        left_out=0,
        SupportLog=[*THREE[:2], *support(-3, champion="DC-999")],
    ),
    case(
        "a field it does not read: Workaround seen",
        S1,
        RAISED,
        left_out=0,
        SupportLog=[*THREE[:2], *support(-3, seen="maybe")],
    ),
    case(
        "a date as text with one reading",
        S1,
        RAISED,
        left_out=0,
        SupportLog=[*THREE[:2], {"Date": "25/06/2026", "Staff member": "Carer 9"}],
    ),
    case(
        "rate per shift observed",
        S1,
        RAISED,
        says=("1 a shift over 3 shifts observed",),
        SupportLog=THREE,
        ProtectedTime=[{"Shifts observed": 3}],
    ),
]

GUIDES = [{}, {"Title": "Another way"}]


def followed(*pairs, **cells):
    """One entry for each (offset, champion, guidance)."""
    return [row for n, who, what in pairs for row in support(n, champion=who, followed=what, **cells)]


A, B = "DC-001", "DC-002"


def advice(words, state, *pairs, key=S2, cells=None, **more):
    """A case of S2: two champions and two guides unless others are given."""
    more.setdefault("Guidance", GUIDES)
    more.setdefault("WorkforcePlan", TWO_CHAMPIONS)
    return case(words, key, state, SupportLog=followed(*pairs, **(cells or {})), **more)


def one_guide(**cells):
    """The one approved guide with other cells."""
    return [{k.replace("_", " "): v for k, v in cells.items()}]


OTHER_NEED = "Logging in"
CONFLICTING = [
    advice("two champions, different guidance", RAISED, (-1, A, "GU-001"), (-2, B, "GU-002"), shows="SU-0001 SU-0002"),
    advice("one champion, different guidance", CLEAR, (-1, A, "GU-001"), (-2, A, "GU-002")),
    advice("one champion in other case", CLEAR, (-1, A, "GU-001"), (-2, "dc-001", "GU-002")),
    advice("two champions, the same guidance", CLEAR, (-1, A, "GU-001"), (-2, B, "GU-001")),
    advice("the same guidance in other case", CLEAR, (-1, A, "GU-001"), (-2, B, "gu-001 ")),
    advice("28 days", RAISED, (0, A, "GU-001"), (-27, B, "GU-002")),
    advice("the 28th day back is out", CLEAR, (0, A, "GU-001"), (-28, B, "GU-002")),
    advice("threshold 14 days", CLEAR, (0, A, "GU-001"), (-14, B, "GU-002"), thresholds={"S2: Window days": 14}),
    case(
        "not the same need",
        S2,
        CLEAR,
        WorkforcePlan=TWO_CHAMPIONS,
        Guidance=GUIDES,
        SupportLog=[*followed((-1, A, "GU-001")), *followed((-2, B, "GU-002"), need=OTHER_NEED)],
    ),
    case(
        "not the same workflow",
        S2,
        CLEAR,
        WorkforcePlan=TWO_CHAMPIONS,
        Guidance=GUIDES,
        SupportLog=[*followed((-1, A, "GU-001")), *followed((-2, B, "GU-002"), flow="Tasks")],
    ),
    advice("None seen", CLEAR, (-1, A, "GU-001"), (-2, B, "GU-002"), cells={"need": "None seen"}),
    advice("later than as of", CLEAR, (-1, A, "GU-001"), (1, B, "GU-002")),
    advice(
        "one in force, another's blank",
        WATCH,
        (-1, A, "GU-001"),
        (-2, B, None),
        Guidance=[{}],
        shows="SU-0001 SU-0002",
    ),
    advice("one in force, his own blank", CLEAR, (-1, A, "GU-001"), (-2, A, None), Guidance=[{}]),
    advice("all blank", CLEAR, (-1, A, None), (-2, B, None), Guidance=[{}]),
    advice(
        "blank on the day it was withdrawn",
        CLEAR,
        (-9, A, "GU-001"),
        (-5, B, None),
        Guidance=one_guide(Withdrawn_on=day(-5)),
    ),
    advice(
        "blank on the day before it was withdrawn",
        WATCH,
        (-9, A, "GU-001"),
        (-6, B, None),
        Guidance=one_guide(Withdrawn_on=day(-5)),
    ),
    advice(
        "blank before it was approved", CLEAR, (-1, A, "GU-001"), (-6, B, None), Guidance=one_guide(Approved_on=day(-5))
    ),
    advice(
        "blank on the day it was approved",
        WATCH,
        (-1, A, "GU-001"),
        (-5, B, None),
        Guidance=one_guide(Approved_on=day(-5)),
    ),
    advice(
        "withdrawal later than as of", WATCH, (-1, A, "GU-001"), (0, B, None), Guidance=one_guide(Withdrawn_on=day(1))
    ),
    advice(
        "the one followed was not in force",
        CLEAR,
        (-1, A, "GU-001"),
        (-2, B, None),
        Guidance=[{"Withdrawn on": day(-40)}, {}],
    ),
    advice(
        "guidance without a need serves every need",
        WATCH,
        (-1, A, "GU-001"),
        (-2, B, None),
        cells={"need": OTHER_NEED},
        Guidance=one_guide(Support_need=None),
    ),
    advice("guidance for another need", CLEAR, (-1, A, None), (-2, B, None), cells={"need": OTHER_NEED}, Guidance=[{}]),
    advice("unknown guidance is left out", CLEAR, (-1, A, "GU-001"), (-2, B, "GU-999"), left_out=1),
    advice("empty log", LACKING, Guidance=[]),
    *(
        case(
            f"the same across services as evidence: {followed_there} at Elm Lodge",
            S2,
            RAISED,
            shows=shows,
            silent_on=silent_on,
            Services=TWO_SERVICES,
            WorkforcePlan=[{}, BETA, {"Champion ID": "DC-003", "Name": "Champion Gamma", "Service": "ELM"}],
            Guidance=GUIDES,
            SupportLog=[
                *followed((-1, A, "GU-001"), (-2, B, "GU-002")),
                *followed((-3, "DC-003", followed_there), service="ELM", need=need),
            ],
        )
        for followed_there, need, shows, silent_on in (
            ("GU-002", "Finding the record", "SU-0001 SU-0002 SU-0003", ()),
            ("GU-001", "Logging in", "SU-0001 SU-0002", ("ELM", "Elm Lodge")),
        )
    ),
    case(
        "per service",
        S2,
        CLEAR,
        Services=TWO_SERVICES,
        WorkforcePlan=[{}, BETA | {"Service": "ELM"}, {"Champion ID": "DC-003"}],
        Guidance=GUIDES,
        SupportLog=[
            *followed((-1, A, "GU-001"), (-2, "DC-003", "GU-001")),
            *followed((-2, B, "GU-001"), service="ELM"),
        ],
    ),
]


def entries(*after, since=-1, staff=None):
    """Entries with quick feedback, oldest first, one a day up to `since`; each of another staff unless named."""
    rows = []
    for n, score in enumerate(after):
        name = staff or f"Carer {n + 1}"
        rows += support(since - len(after) + 1 + n, staff=name, before=1, after=score, helped="Yes")
    return rows


def tracked(*after, staff="Carer One", first=-20, service="OAK"):
    """Support entries and their rows in the tracker, oldest first."""
    days = [first + n for n in range(len(after))]
    log = [row for n in days for row in support(n, staff=staff, service=service)]
    tracker = [
        {"Support ID": f"SU-{n + 1:04d}", "Date": day(d), "Staff member": staff, "Confidence after": score}
        for n, (d, score) in enumerate(zip(days, after, strict=True))
    ]
    return {"SupportLog": log, "ConfidenceTracker": tracker}


def one(*after, **cells):
    """Entries of one staff member with quick feedback."""
    return entries(*after, staff="Carer One", **cells)


LOW_CONFIDENCE = [
    case("last 2 scores at most 2", S3, RAISED, shows="CF-0001 CF-0002", **tracked(2, 2)),
    case("last score 3", S3, CLEAR, **tracked(2, 2, 3)),
    case("last but one 3", S3, CLEAR, **tracked(1, 3, 1)),
    case("last 2 of three", S3, RAISED, shows="CF-0002 CF-0003", **tracked(5, 2, 1)),
    case("last 2 of the last 56 days", S3, RAISED, **tracked(2, 2, first=-55)),
    case("the first of the last 2 a day too old", S3, CLEAR, **tracked(2, 2, first=-56)),
    case(
        "last 2, threshold 130 days",
        S3,
        RAISED,
        thresholds={"S3: Scores within days": 130},
        **tracked(2, 2, first=-120),
    ),
    case("1 score, fewer than the minimum", S3, LACKING, **tracked(2)),
    case("no feedback at all", S3, LACKING, SupportLog=[{}]),
    case("the quick way counts", S3, RAISED, shows="SU-0001 SU-0002", SupportLog=one(2, 2)),
    case("the quick way, last is 3", S3, CLEAR, SupportLog=one(2, 2, 3)),
    case(
        "the tracker's row goes before the quick way",
        S3,
        CLEAR,
        SupportLog=one(2, 2),
        ConfidenceTracker=[{"Support ID": "SU-0002", "Date": day(-1), "Confidence after": 4}],
    ),
    case(
        "the tracker's row goes before the quick way, and is low",
        S3,
        RAISED,
        shows="CF-0001",
        SupportLog=one(2, 5),
        ConfidenceTracker=[{"Support ID": "su-0002", "Date": day(-1), "Confidence after": 1}],
    ),
    case(
        "a tracker's row later than as of does not exist",
        S3,
        RAISED,
        SupportLog=one(2, 2),
        ConfidenceTracker=[{"Support ID": "SU-0002", "Date": day(1), "Confidence after": 5}],
    ),
    case(
        "staff folded",
        S3,
        RAISED,
        SupportLog=[*support(-3, staff="Carer One", after=2), *support(-2, staff=" carer  ONE", after=1)],
    ),
    case(
        "staff that differ in a digit",
        S3,
        LACKING,
        SupportLog=[*support(-3, staff="Carer 1", after=2), *support(-2, staff="Carer 2", after=1)],
    ),
    case(
        "by date, not by row",
        S3,
        CLEAR,
        SupportLog=[*support(-1, staff="C", after=4), *support(-9, -8, staff="C", after=1)],
    ),
    case(
        "same day, the later row is newer",
        S3,
        CLEAR,
        SupportLog=[*support(-2, -1, staff="C", after=1), *support(-1, staff="C", after=4)],
    ),
    case("threshold score 1", S3, CLEAR, thresholds={"S3: Score at most": 1}, SupportLog=one(2, 2)),
    case("threshold score 3", S3, RAISED, thresholds={"S3: Score at most": 3}, SupportLog=one(3, 3)),
    case("threshold 3 running", S3, CLEAR, thresholds={"S3: Scores running": 3}, SupportLog=one(3, 2, 2)),
    case("threshold 3 running, met", S3, RAISED, thresholds={"S3: Scores running": 3}, SupportLog=one(2, 2, 2)),
    case("threshold 3 running, 2 scores", S3, LACKING, thresholds={"S3: Scores running": 3}, SupportLog=one(2, 2)),
    case("median 2 of 5", S3, RAISED, value=2, threshold=2.5, SupportLog=entries(2, 2, 2, 4, 4)),
    case("median 2.5 of 6", S3, RAISED, value=2.5, SupportLog=entries(2, 2, 2, 3, 3, 3)),
    case("median 3 of 5", S3, CLEAR, SupportLog=entries(1, 2, 3, 3, 3)),
    case("4 scores", S3, LACKING, SupportLog=entries(1, 1, 1, 1)),
    case(
        "5 scores, the first on the 14th day",
        S3,
        RAISED,
        SupportLog=[*entries(2, 2, 2, 2), *support(-13, staff="C", after=2)],
    ),
    case(
        "5 scores, the first a day too early",
        S3,
        LACKING,
        SupportLog=[*entries(2, 2, 2, 2), *support(-14, staff="C", after=2)],
    ),
    case("threshold median 3", S3, RAISED, thresholds={"S3: Median at most": 3}, SupportLog=entries(1, 2, 3, 3, 3)),
    case(
        "threshold minimum scores 4", S3, RAISED, thresholds={"S3: Minimum scores": 4}, SupportLog=entries(1, 1, 1, 1)
    ),
    case(
        "threshold window 15",
        S3,
        RAISED,
        thresholds={"S3: Window days": 15},
        SupportLog=[*entries(2, 2, 2, 2), *support(-14, staff="C", after=2)],
    ),
    case("per service", S3, LACKING, Services=TWO_SERVICES, **tracked(1, 1, service="ELM")),
    case("the other service", "S3:ELM", RAISED, Services=TWO_SERVICES, **tracked(1, 1, service="ELM")),
    case(
        "fields it does not read",
        S3,
        RAISED,
        left_out=0,
        SupportLog=support(-9, -8),
        ConfidenceTracker=[
            {"Date": day(-9), "Confidence after": 1, "Confidence before": 9},
            {"Support ID": "SU-0002", "Date": day(-8), "Confidence after": 2, "Support helped": "A bit"},
        ],
    ),
    case(
        "a score out of range is left out",
        S3,
        CLEAR,
        left_out=1,
        SupportLog=support(-9, -8, -7),
        ConfidenceTracker=[
            {"Date": day(-9), "Confidence after": 3},
            {"Support ID": "SU-0002", "Date": day(-8), "Confidence after": 4},
            {"Support ID": "SU-0003", "Date": day(-7), "Confidence after": 0},
        ],
    ),
]

BYPASSING = [
    case(
        "1 workaround",
        S4,
        RAISED,
        evidence="SU-0001",
        value=1,
        threshold=1,
        silent_on=("repeat",),
        SupportLog=support(0, seen="Yes"),
    ),
    case("none", S4, CLEAR, SupportLog=support(0)),
    case("on the 14th day", S4, RAISED, SupportLog=support(-13, seen="Yes")),
    case("a day too early", S4, CLEAR, SupportLog=support(-14, seen="Yes")),
    case(
        "2 in the same workflow are repeated",
        S4,
        RAISED,
        evidence="SU-0001 SU-0002",
        says=("repeat",),
        SupportLog=support(-1, -2, seen="Yes"),
    ),
    case(
        "2 in different workflows are not",
        S4,
        RAISED,
        silent_on=("repeat",),
        SupportLog=[*support(-1, seen="Yes"), *support(-1, seen="Yes", flow="Tasks")],
    ),
    case(
        "threshold repeat 3",
        S4,
        RAISED,
        silent_on=("repeat",),
        thresholds={"S4: Repeat count": 3},
        SupportLog=support(-1, -2, seen="Yes"),
    ),
    case("threshold count 2", S4, CLEAR, thresholds={"S4: Count": 2}, SupportLog=support(-1, seen="Yes")),
    case("threshold window 28", S4, RAISED, thresholds={"S4: Window days": 28}, SupportLog=support(-27, seen="Yes")),
    case("seen while observing", S4, RAISED, SupportLog=support(-1, seen="Yes", need="None seen")),
    case("later than as of", S4, CLEAR, SupportLog=[*support(-1), *support(1, seen="Yes")]),
    case(
        "of another service",
        S4,
        CLEAR,
        Services=TWO_SERVICES,
        SupportLog=[*support(-1), *support(-1, seen="Yes", service="ELM")],
    ),
    case(
        "an answer that is none is left out",
        S4,
        CLEAR,
        left_out=1,
        SupportLog=[*support(-1), *support(-1, seen="Perhaps")],
    ),
    case("empty log", S4, LACKING),
    case("a yes in other case", S4, RAISED, SupportLog=support(-1, seen=" YES")),
]


def told(text, header="What happened", seen="No"):
    return [{"Date": day(-1), header: text, "Workaround seen": seen}]


HIDDEN = [
    *(
        case(f"speaks of: {text}", S5, WATCH, evidence="SU-0001", SupportLog=told(text))
        for text in (
            "Kept paper notes during the round.",
            "It was on paper first.",
            "She said she would write it up later.",
            "Used SOMEONE ELSE'S LOGIN to save time.",
            "Used someone else’s login to save time.",
            "Sent it by messaging app.",
            "Copy and paste from yesterday.",
            "Entered from memory at the end.",
        )
    ),
    case("in Coaching given", S5, WATCH, SupportLog=told("Said why not to keep paper notes.", "Coaching given")),
    case("in Advice given", S5, WATCH, SupportLog=told("Asked to stop the copy and paste.", "Advice given")),
    case("Workaround seen Yes", S5, CLEAR, SupportLog=told("Kept paper notes.", seen="Yes")),
    case("nothing of it", S5, CLEAR, SupportLog=[{}]),
    case("part of another word", S5, CLEAR, SupportLog=told("Filed the paperwork on papers of two kinds.")),
    case("the 28th day back is in", S5, WATCH, SupportLog=[{"Date": day(-27), "What happened": "Kept paper notes."}]),
    case("a day too early", S5, CLEAR, SupportLog=[{"Date": day(-28), "What happened": "Kept paper notes."}]),
    case(
        "threshold 301 days",
        S5,
        WATCH,
        thresholds={"S5: Window days": 301},
        SupportLog=[{"Date": day(-300), "What happened": "Kept paper notes."}],
    ),
    case("later than as of", S5, CLEAR, SupportLog=[{}, {"Date": day(1), "What happened": "Kept paper notes."}]),
    case(
        "a phrase added to the list",
        S5,
        WATCH,
        lists={"HiddenWorkaroundPhrases": ["whiteboard"]},
        SupportLog=told("Wrote it on the Whiteboard."),
    ),
    case(
        "a phrase not on the list",
        S5,
        CLEAR,
        lists={"HiddenWorkaroundPhrases": ["whiteboard"]},
        SupportLog=told("Kept paper notes."),
    ),
    case(
        "of another service",
        S5,
        CLEAR,
        Services=TWO_SERVICES,
        SupportLog=[{}, {"Service": "ELM", "What happened": "Kept paper notes."}],
    ),
    case("empty log", S5, LACKING),
]

QUESTIONS = [
    case(
        "the same staff, workflow and need 2 times", S6, WATCH, evidence="SU-0001 SU-0002", SupportLog=support(0, -13)
    ),
    case("once", S6, CLEAR, SupportLog=support(0)),
    case("a day too early", S6, CLEAR, SupportLog=support(0, -14)),
    case("on one day", S6, WATCH, SupportLog=support(-1, -1)),
    case("other staff", S6, CLEAR, SupportLog=numbered(support(0, -1))),
    case("staff folded", S6, WATCH, SupportLog=[*support(0), *support(-1, staff=" carer  one ")]),
    case("staff that differ in a digit", S6, CLEAR, SupportLog=[*support(0, staff="12"), *support(-1, staff="13")]),
    case("another need", S6, CLEAR, SupportLog=[*support(0), *support(-1, need="Logging in")]),
    case("another workflow", S6, CLEAR, SupportLog=[*support(0), *support(-1, flow="Tasks")]),
    case("None seen", S6, CLEAR, SupportLog=support(0, -1, need="None seen")),
    case("threshold 3", S6, CLEAR, thresholds={"S6: Count": 3}, SupportLog=support(0, -1)),
    case("threshold window 15", S6, WATCH, thresholds={"S6: Window days": 15}, SupportLog=support(0, -14)),
    case("later than as of", S6, CLEAR, SupportLog=support(0, 1)),
    case("of another service", S6, CLEAR, Services=TWO_SERVICES, SupportLog=[*support(0), *support(-1, service="ELM")]),
    case("empty log", S6, LACKING),
]

ALL = [*REPEATED, *CONFLICTING, *LOW_CONFIDENCE, *BYPASSING, *HIDDEN, *QUESTIONS]


@pytest.mark.parametrize("given", ALL)
def test_rules_of_live_support(given):
    prove(given)


@pytest.mark.slow
@pytest.mark.parametrize("given", ALL[::7])
def test_rules_of_live_support_from_a_file(given, tmp_path):
    prove_by_file(given, tmp_path)
