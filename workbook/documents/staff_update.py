"""What champions share with staff after decisions (staff-update): what was said, decided, and changes."""

from __future__ import annotations

from collections.abc import Sequence

from workbook.documents.declare import About, Document, Material, Withheld
from workbook.documents.loops import affected_services, untold_services
from workbook.documents.quoting import Quotes, withheld
from workbook.documents.words import about, counted, day, listed, service_name, text
from workbook.model.light_dataclasses import dataclass
from workbook.model.registers import BoardDecisions, ImprovementLog
from workbook.model.triggers import PROGRAMME_SCOPE, Scope
from workbook.model.view import View

#: So many decisions are told in one update, the newest first.
SHOWN = 10


@dataclass(frozen=True)
class Told:
    """One decision in the order in which staff ask: what we said, what was decided, what changes, when, whom to ask."""

    title: str
    said: str
    decided: str
    why: str
    changes: str
    when: str
    services: str
    ask: str


@dataclass(frozen=True)
class StaffUpdate:
    """The context of the template staff-update."""

    about: About
    intro: str
    decisions: Sequence[Told]
    more: str


def waiting_decisions(view: View) -> list[BoardDecisions]:
    """The decisions that staff in some affected service have not heard of, the newest first."""
    return [d for d in reversed(view.rows(BoardDecisions)) if untold_services(view, d)]


def staff_update(document: Document, material: Material, _scope: Scope = PROGRAMME_SCOPE) -> StaffUpdate:
    """What staff have not been told of yet."""
    view = material.view
    waiting = waiting_decisions(view)
    number = counted(len(waiting), "decision")
    return StaffUpdate(
        about=about(document, material),
        intro=f"You told the digital champions what gets in the way of good records. The board has made {number} on it."
        if waiting
        else "There is no decision that you have not heard of.",
        decisions=[_told(view, Quotes(document, material), d) for d in waiting[:SHOWN]],
        more=f"{counted(len(waiting) - SHOWN, 'earlier decision')} follow in the next update."
        if len(waiting) > SHOWN
        else "",
    )


def withheld_decisions(_document: Document, material: Material) -> list[Withheld]:
    """The decisions that may identify a person: an update says them, or nothing."""
    shown = waiting_decisions(material.view)[:SHOWN]
    return withheld(material, [(decision, BoardDecisions.decision) for decision in shown])


def _told(view: View, quotes: Quotes, decision: BoardDecisions) -> Told:
    issue = view.find(ImprovementLog, decision.issue_id)
    codes = affected_services(view, decision)
    champions = [
        c.name or c.champion_id for code in untold_services(view, decision) for c in view.acting_champions(code)
    ]
    return Told(
        title=(issue.workflow if issue is not None and issue.workflow else "")
        or text(decision.action_type, "Decision"),
        said=_BROUGHT if issue is None else quotes.words(issue, ImprovementLog.description, _BROUGHT),
        decided=text(decision.decision),
        why=quotes.words(decision, BoardDecisions.rationale, ""),
        changes=_CHANGES.get(decision.action_type or "", "Your champion will say what it means for your work."),
        when=f"By {day(decision.due_date)}" if decision.due_date is not None else "The date is not set yet.",
        services=listed(service_name(view, code) for code in codes),
        ask=listed(dict.fromkeys(champions)) or "Your team leader",
    )


_BROUGHT = "Champions brought this to the board."
_CHANGES = {
    "Updated guidance": "There is new guidance. Follow it from the day your champion shows it to you.",
    "Configuration change": "The system is changed. Work as agreed until then, and say if it is still in your way.",
    "Refresher training": "There is training. Your team leader agrees a time with you.",
    "Supplier engagement": "The supplier is asked to act. Go on reporting each time it happens.",
    "Role reassignment": "Another champion will support you. Your team leader says who.",
    "No action": "Nothing changes for now.",
}
