"""What the letter to the care system's supplier holds (supplier-letter): barriers, their effect, and what is asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from workbook.documents.declare import About, Document, Material, Withheld
from workbook.documents.issues import Family, Issues
from workbook.documents.quoting import Quotes, withheld
from workbook.documents.references import tag
from workbook.documents.words import about, counted, day, listed, text
from workbook.model.light_dataclasses import dataclass
from workbook.model.registers import ImprovementLog, People
from workbook.model.triggers import PROGRAMME_SCOPE, Scope, State
from workbook.model.view import View

#: A reply is asked for within so many days, where the log names no day.
REPLY_WITHIN = dt.timedelta(days=14)
ASKS = ("F1", "F4")
_SUPPLIER, _CONFIGURATION = "Supplier support", "Configuration"
#: So many barriers stand in one letter, the oldest first.
SHOWN = 12


@dataclass(frozen=True)
class Barrier:
    """One barrier, as the supplier needs it."""

    number: str
    what: str
    effect: str
    age: str
    theirs: str
    asked: str
    by: str


@dataclass(frozen=True)
class SupplierLetter:
    """The context of the template supplier-letter."""

    about: About
    to: str
    day: str
    opening: str
    barriers: Sequence[Barrier]
    more: str
    reply_by: str
    answer_to: str
    field: dict[str, str]


def barriers_for_supplier(material: Material) -> list[Family]:
    """The open issues that the supplier can fix: theirs by category, and those that F1 and F4 rest on."""
    issues = Issues(material.view)
    raised = {
        row_id
        for result in material.in_state(State.RAISED)
        if result.trigger in ASKS
        for table, row_id in result.evidence
        if table == ImprovementLog.table
    }
    found = [
        family
        for family in issues.all()
        if family.open
        and any(
            m.category == _SUPPLIER
            or m.status == "With supplier"
            or (m.id in raised and m.category in (_CONFIGURATION, None))
            for m in family.open
        )
    ]
    return sorted(found, key=lambda f: min(m.raised_on for m in f.open))


def withheld_descriptions(_document: Document, material: Material) -> list[Withheld]:
    """The barriers' descriptions that may identify a person: the letter is about nothing else."""
    families = barriers_for_supplier(material)[:SHOWN]
    return withheld(material, [(family.original, ImprovementLog.description) for family in families])


def supplier_letter(document: Document, material: Material, _scope: Scope = PROGRAMME_SCOPE) -> SupplierLetter:
    """The letter, with nobody's name but the supplier's own contact's."""
    view = material.view
    families, plain, issues = barriers_for_supplier(material), Quotes(document, material).plain, Issues(view)
    head = about(document, material)
    contacts = [row.person for row in view.snapshot.rows(People) if row.role == "Supplier contact"]
    reply_by = view.as_of + REPLY_WITHIN
    return SupplierLetter(
        about=head,
        to=contacts[0] if contacts else "The customer support manager",
        day=head.day,
        opening=_opening(head.care_system, len(families)),
        barriers=[_barrier(view, issues, family, plain, reply_by) for family in families[:SHOWN]],
        more=f"{counted(len(families) - SHOWN, 'further barrier')} are on our log; we send them on request."
        if len(families) > SHOWN
        else "",
        reply_by=day(reply_by),
        answer_to=head.contact or "your usual contact with us",
        field={name: tag(name.replace("_", "-")) for name in ("signed_by", "signed_on")},
    )


def _opening(system: str, number: int) -> str:
    if not number:
        return "At present there is no open barrier that needs your help."
    words = f"Staff who record care in {system} have met {counted(number, 'barrier')} that need your help."
    return f"{words} Each is described below with its effect, its age and what we ask of you."


def _barrier(view: View, issues: Issues, family: Family, plain: Callable[[str], str], reply_by: dt.date) -> Barrier:
    first, oldest = family.original, min(family.open, key=lambda m: m.raised_on)
    dates = [m.reply_due for m in family.open if m.reply_due is not None and m.reply_due >= view.as_of]
    late = [
        m.reply_due
        for m in family.open
        if m.reply_due is not None and m.reply_due < view.as_of and m.replied_on is None
    ]
    asked = "Tell us the cause, what you will change, and when."
    if late:
        asked = f"Your reply was due on {day(min(late))}. {asked}"
    return Barrier(
        number=first.id,
        what=f"{text(first.workflow, 'Care recording')}. {plain(text(first.description))}",
        effect=_effect(issues, family),
        age=f"{counted(issues.age(oldest), 'day')}, since {day(oldest.raised_on)}"
        + (f"; reported {len(family.members)} times" if len(family.members) > 1 else ""),
        theirs=text(first.supplier_reference, "Not given yet"),
        asked=asked,
        by=day(min(dates, default=reply_by)),
    )


def _effect(issues: Issues, family: Family) -> str:
    """Whether safe recording suffers, and what the quality reviews found affected; never their own words."""
    reviews = issues.quality_reviews(family)
    touched = [
        words
        for words, hit in (
            ("care evidence", any(r.care_evidence for r in reviews)),
            ("risk management", any(r.risk_management for r in reviews)),
            ("audit quality", any(r.audit_quality for r in reviews)),
        )
        if hit
    ]
    safe = any(m.safe_recording_affected == "Yes" for m in family.members)
    parts = ["Safe recording is affected." if safe else "No effect on safe recording is known."]
    if touched:
        parts.append(f"Our quality review found {listed(touched)} affected.")
    return " ".join(parts)
