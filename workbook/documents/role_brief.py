"""What a champion's role brief holds (role-brief): what they answer for, what not, and who stands behind them."""

from __future__ import annotations

from collections.abc import Sequence

from workbook.documents.declare import About, Document, Material
from workbook.documents.references import tag
from workbook.documents.words import NOT_RECORDED, about, day, service_name, text
from workbook.model.cells import show
from workbook.model.light_dataclasses import dataclass
from workbook.model.registers import ImplementationPlan, RoleBriefs, WorkforcePlan
from workbook.model.triggers import Scope
from workbook.model.view import View, newest

#: What stands in a brief that is still to be agreed.
_TO_AGREE = "To be agreed with the champion, and entered on the sheet Role briefs."
#: Whom a champion goes to, in this order, and with what.
_ROUTES = (
    ("Team leader", "A repeated question, conflicting advice, or a colleague who works around the agreed way"),
    ("Registered manager", "Anything that may harm a person who draws on care, at once"),
    ("Project lead", "A system issue or workflow barrier, by the improvement log; lack of protected time"),
)


@dataclass(frozen=True)
class Route:
    """Whom a champion goes to, and with what."""

    who: str
    what: str


@dataclass(frozen=True)
class Responsibility:
    """One of the three responsibilities."""

    title: str
    words: str


@dataclass(frozen=True)
class RoleBrief:
    """The context of the template role-brief."""

    about: About
    champion: str
    job: str
    service: str
    shifts: str
    version: str
    responsibilities: Sequence[Responsibility]
    boundaries: str
    protected: str
    support: str
    mentor: str
    reports_to: str
    routes: Sequence[Route]
    field: dict[str, str]


def newest_brief(view: View, champion: str) -> RoleBriefs | None:
    """The newest role brief of a champion."""
    return newest(view.usable_by(RoleBriefs.champion_id, RoleBriefs)(champion).rows, RoleBriefs.issued_on)


def role_brief(document: Document, material: Material, scope: Scope) -> RoleBrief:
    """The brief of one champion; what the registers don't hold yet is left to be agreed."""
    view, who = material.view, scope.id
    champion = view.find(WorkforcePlan, who)
    brief = newest_brief(view, who)
    plans = view.usable_by(ImplementationPlan.champion_id, ImplementationPlan)(who).rows
    plan = newest([p for p in plans if p.ended_on is None or p.ended_on > view.as_of], ImplementationPlan.confirmed_on)
    name = f"{(champion.name if champion is not None else '') or ''} ({who})".strip()
    return RoleBrief(
        about=about(document, material, name, who),
        champion=name,
        job=text(champion.job_role if champion is not None else None),
        service=service_name(view, champion.service) if champion is not None else NOT_RECORDED,
        shifts=_shifts(champion),
        version=_version(brief),
        responsibilities=_responsibilities(brief),
        boundaries=text(brief.boundaries if brief is not None else None, _TO_AGREE),
        protected=_protected(plan),
        support=text(plan.support_arrangements if plan is not None else None, _TO_AGREE),
        mentor=text(plan.mentor if plan is not None else None, "Nobody is named yet."),
        reports_to=text(brief.reports_to if brief is not None else None, "Nobody is named yet."),
        routes=[Route(_who(view, role, champion), what) for role, what in _ROUTES],
        field={name: tag(name.replace("_", "-"), who) for name in ("champion", "signed_on", "manager", "manager_on")},
    )


def _protected(plan: ImplementationPlan | None) -> str:
    if plan is None:
        return "Not agreed yet. No champion starts without protected time."
    agreed = f"agreed on {day(plan.confirmed_on)} by {text(plan.confirmed_by)}"
    return f"{show(plan.hours_per_week)} hours each week, {agreed}."


def _shifts(champion: WorkforcePlan | None) -> str:
    if champion is None or not champion.usual_shift:
        return NOT_RECORDED
    others = f"; also {champion.other_shifts}" if champion.other_shifts else ""
    return f"{champion.usual_shift}{others}"


def _version(brief: RoleBriefs | None) -> str:
    if brief is None:
        return "First version, not issued yet."
    review = f" To be looked at again by {day(brief.review_due)}." if brief.review_due else ""
    return f"Version {show(brief.version)}, issued on {day(brief.issued_on)} by {text(brief.issued_by)}.{review}"


def _responsibilities(brief: RoleBriefs | None) -> list[Responsibility]:
    columns = (RoleBriefs.peer_support, RoleBriefs.issue_reporting, RoleBriefs.correct_workflows)
    return [
        Responsibility(c.header, text(getattr(brief, c.attr) if brief is not None else None, _TO_AGREE))
        for c in columns
    ]


def _who(view: View, role: str, champion: WorkforcePlan | None) -> str:
    held, name = view.holder(role, champion.service if champion is not None else None)
    return f"{name} ({held.lower()})" if name else held
