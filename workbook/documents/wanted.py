"""Decisions wanted of the board: the options for each matter, and what the registers recommend."""

from __future__ import annotations

from collections.abc import Sequence

from workbook.documents.declare import Material
from workbook.documents.issues import Family, Issues
from workbook.documents.matters import Matter
from workbook.documents.references import parse_reference
from workbook.documents.words import counted, day
from workbook.model.catalogue import BY_ID
from workbook.model.light_dataclasses import dataclass
from workbook.model.registers import BoardDecisions, ImprovementLog

#: What each category of issue asks for (article, example 3, step 4: the board's kinds of action).
REMEDIES = {
    "Training": "Agree refresher training on it, with an owner and a date",
    "Configuration": "Have the system configured anew, with an owner and a date",
    "Supplier support": "Engage the supplier, with a date for the reply",
    "Local practice": "Renew the guidance, with an owner and a date",
}
_UNSORTED = "Have the project lead say within a week what kind of issue it is, and decide on the remedy then"
_UNSHARED = "Tell staff in every service that it concerns; where it did not help, decide on another remedy"


@dataclass(frozen=True)
class Option:
    """One way to decide, and what follows from it."""

    letter: str
    words: str


@dataclass(frozen=True)
class Wanted:
    """A decision wanted.

    Attributes:
        anchor: the place in the document where it stands in full.
        ask: what is asked of the board, in a line.
        recommended: the letter of the option that is recommended, and why.
    """

    number: int
    anchor: str
    title: str
    ask: str
    why: str
    standing: str
    options: Sequence[Option]
    recommended: str
    rows: str
    seen: str


def wanted(material: Material, matters: Sequence[Matter]) -> list[Wanted]:
    """The matters as decisions to take, in their order."""
    issues = Issues(material.view)
    return [_wanted(material, issues, number, matter) for number, matter in enumerate(matters, start=1)]


def _wanted(material: Material, issues: Issues, number: int, matter: Matter) -> Wanted:
    reference = parse_reference(matter.reference)
    family = issues.family(reference.subject)
    remedy, why = _remedy(material, family, reference.triggers, reference.subject)
    return Wanted(
        number=number,
        anchor=f"decision_{number}",
        title=matter.title,
        ask=f"{remedy}.",
        why=f"{matter.raised_by}. {matter.found}".strip(),
        standing=matter.standing,
        options=[
            Option("A", f"{remedy}."),
            Option("B", _waiting(material, issues, family)),
            Option("C", "No action, with the reason and who disagrees in the minutes."),
        ],
        recommended=f"A: {why}",
        rows=matter.rows,
        seen=matter.seen,
    )


def _remedy(material: Material, family: Family | None, triggers: Sequence[str], subject: str) -> tuple[str, str]:
    """What to do, and why."""
    if family is not None:
        return _of_issue(family)
    if material.view.find(BoardDecisions, subject) is not None:
        return _UNSHARED, "a decision that staff don't know of, or that did not help, leaves the barrier in place."
    action = next((BY_ID[t].action for t in triggers if BY_ID[t].action), "")
    return (action or "Name an owner and a date for it").rstrip("."), "it is what the rule asks for."


def _of_issue(family: Family) -> tuple[str, str]:
    category = next((m.category for m in family.open if m.category), family.original.category)
    times = f", reported {len(family.members)} times" if len(family.members) > 1 else ""
    if category is None:
        return _UNSORTED, f"nobody has said yet what kind of issue it is{times}."
    safe = " Safe recording is affected." if _unsafe(family.members) else ""
    return REMEDIES[category], f"it is an issue of {category.lower()}{times}.{safe}"


def _unsafe(members: Sequence[ImprovementLog]) -> bool:
    return any(m.safe_recording_affected == "Yes" for m in members)


def _waiting(material: Material, issues: Issues, family: Family | None) -> str:
    meeting = material.view.next_board_meeting()
    later = "the meeting after this one" if meeting is None else f"a meeting after {day(meeting)}"
    if family is None or not family.open:
        return f"Ask for more evidence, and decide at {later}."
    age = max(issues.age(m) for m in family.open)
    return f"Ask for more evidence, and decide at {later}: it has been open for {counted(age, 'day')} by now."
