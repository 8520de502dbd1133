"""A trigger: support that comes to no end asks for action."""

from tests.support.additions.addition import VERSIONS, Addition, Edit, after, all_of, before, instead, new, raised, told

DECLARED = """    Trigger(
        id="S11",
        title="Unresolved support",
        part=LIVE,
        scope=ScopeKind.SERVICE,
        rule="At least {Count} entries of the last {Window days} days were left unresolved.",
        clears="Fewer unresolved entries within the window.",
        action="See with the champions what keeps support from being finished.",
        source="Article, example 2, governance: unresolved support.",
        parameters=(
            Parameter("Count", 4, "entries", "How many unresolved entries ask for action."),
            Parameter("Window days", 14, "days", "How many days back to look, the day itself included."),
        ),
        window="Window days",
    ),
)
"""
RULE = '''

def unresolved_support(view: View, service: str) -> Judgement:
    """S11: entries were left unresolved."""
    count, days = view.threshold("S11", "Count"), view.days("S11", "Window days")
    first, last = view.window(days)
    found = entries_in(view, service, SupportLog.outcome, first=first, last=last)
    if not has_entries(view, service):
        return too_few(view, service, _ENTRIES, len(found.left_out), count)
    left = [e for e in found.rows if e.outcome == "Unresolved"]
    asks = len(left) >= count
    return Judgement(
        State.RAISED if asks else State.CLEAR,
        f"{counted(len(left), 'entry', 'entries')} unresolved in {service_name(view, service)} {window_words(days)}.",
        value=len(left),
        threshold=count,
        rows=left if asks else (),
        left_out=len(found.left_out),
    )
'''
CASES = """UNRESOLVED = [
    case("4 unresolved", "S11:OAK", RAISED, value=4, SupportLog=support(0, -1, -2, -13, outcome="Unresolved")),
    case("3 unresolved", "S11:OAK", CLEAR, SupportLog=support(0, -1, -2, outcome="Unresolved")),
    case("the 14th day back is out", "S11:OAK", CLEAR, SupportLog=support(0, -1, -2, -14, outcome="Unresolved")),
]

"""
EPISODE = '''"""S11: four times support comes to no end."""

from __future__ import annotations

from workbook.example.episodes.common import entry, free_staff
from workbook.example.support import Log
from workbook.example.timeline import DAY


def happens(log: Log) -> None:
    """In home care, within four days."""
    by, first = log.world.champions["Champion Golf"], log.world.near(100)
    for n, staff in enumerate(free_staff(log, by.person.home, 4)):
        left = entry(log, by, first + n * DAY, staff, ("Care notes", "Finding the record"), "It stayed open.")
        left.values["outcome"] = "Unresolved"
    log.world.plant("S11", by.person.home, first + 3 * DAY, first + 13 * DAY, "Four entries left unresolved.")
'''
WORDS = "- S11 Unresolved support (at least [4] entries in [14] days left unresolved: raised)\n"


def declared(old: str) -> str:
    """Puts the declaration at the end of the catalogue's tuple."""
    return old.rstrip().removesuffix(")") + DECLARED


CASES_OF_ALL, RULES_OF_ALL = (
    "tests/acceptance/test_every_trigger.py",
    "tests/workbook/rules/triggers/test_every_rule.py",
)
FOLDER = "workbook/rules/triggers/"
PLANTED = "tests/workbook/example/test_planted.py::test_every_trigger_is_planted_and_comes_up_over_20_weeks[7]"

TRIGGER = Addition(
    kind="a trigger",
    edits=(
        Edit("workbook/model/catalogue/live.py", declared, RULES_OF_ALL, "workbook/model/catalogue/"),
        Edit(f"{FOLDER}live_practice.py", lambda old: old + RULE, RULES_OF_ALL, FOLDER),
        Edit(
            "workbook/rules/triggers/live.py",
            all_of(
                after("hidden_workarounds, ", "unresolved_support, "),
                after('    "S10": mostly_technical,\n', '    "S11": unresolved_support,\n'),
            ),
            RULES_OF_ALL,
            FOLDER,
        ),
        Edit(
            "docs/contract/checks-and-triggers.md",
            before("\n### Champion feedback", WORDS),
            RULES_OF_ALL,
        ),
        Edit("workbook/model/catalogue/__init__.py", raised("RULES_VERSION"), VERSIONS),
        Edit(
            "tests/acceptance/test_triggers_live.py",
            all_of(before("ALL = [", CASES), instead("*QUESTIONS]", "*QUESTIONS, *UNRESOLVED]")),
            CASES_OF_ALL,
            "tests/acceptance/",
        ),
        Edit("workbook/example/episodes/unresolved_support.py", new(EPISODE), PLANTED, "workbook/example/episodes/"),
        Edit(
            "workbook/example/episodes/__init__.py",
            all_of(
                before("    workarounds,\n", "    unresolved_support,\n"),
                after("    slips.happens,\n", "    unresolved_support.happens,\n"),
            ),
            PLANTED,
            "workbook/example/episodes/",
        ),
        told("Rules version 2026.3: support that comes to no end asks for action (S11)."),
    ),
    version="RULES_VERSION",
    more=("tests/acceptance/test_triggers_live.py",),
)
