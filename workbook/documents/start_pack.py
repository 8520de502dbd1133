"""What the champion start pack holds (start-pack): who waits to start, and what still stands against it."""

from __future__ import annotations

from collections.abc import Sequence

from workbook.documents.champion_card import brief_words, protected_words, readiness_words
from workbook.documents.declare import About, Document, Material
from workbook.documents.raised import TriggerLine, trigger_lines
from workbook.documents.readiness import training_words
from workbook.documents.references import tag
from workbook.documents.words import about, counted, day, listed, service_name, text
from workbook.model.cells import show
from workbook.model.light_dataclasses import dataclass
from workbook.model.registers import TrainingMatrix, WorkforcePlan
from workbook.model.triggers import PREPARING, PROGRAMME_SCOPE, Result, Scope, ScopeKind, State
from workbook.model.view import ACTING, View

#: So many champions have a part of their own; further ones a line.
IN_FULL, IN_LINES = 8, 60
_ASKING = (State.RAISED, State.WATCH)
FIELDS = ("decision", "conditions", "signed", "signed-on")


@dataclass(frozen=True)
class Candidate:
    """One champion who waits to start.

    Attributes:
        ready: whether anything stands against a start, in a sentence.
        field: the tags of the places to fill in, by name.
    """

    name: str
    service: str
    job: str
    scores: str
    rationale: str
    brief: str
    training: str
    readiness: str
    protected: str
    triggers: Sequence[TriggerLine]
    ready: str
    field: dict[str, str]


@dataclass(frozen=True)
class ServiceReadiness:
    """P8 of a service: whether its champions cover it."""

    service: str
    go_live: str
    state: str
    found: str


@dataclass(frozen=True)
class StartPack:
    """The context of the template start-pack."""

    about: About
    brief: Sequence[str]
    services: Sequence[ServiceReadiness]
    candidates: Sequence[Candidate]
    further: Sequence[Candidate]
    more: str
    rules: Sequence[TriggerLine]


def waiting_to_start(view: View) -> list[WorkforcePlan]:
    """The champions who are proposed or preparing, and those who act without a start sign-off."""
    return [
        c for c in view.judged_champions() if c.status not in ACTING or not view.signed_off(c.champion_id, view.as_of)
    ]


def start_pack(document: Document, material: Material, _scope: Scope = PROGRAMME_SCOPE) -> StartPack:
    """The pack for the project lead's start sign-off."""
    view = material.view
    found = [_candidate(material, c) for c in waiting_to_start(view)]
    free = [c.name for c in found if not c.triggers]
    preparing = [r for r in material.results if r.escalation == PREPARING.escalation]
    asking = [r for r in preparing if r.state in _ASKING]
    return StartPack(
        about=about(document, material),
        brief=[
            f"{counted(len(found), 'champion waits', 'champions wait')} to start.",
            f"Nothing stands against the start of: {listed(free[:6])}{_others(len(free) - 6)}."
            if free
            else "Something still stands against the start of each of them.",
        ]
        if found
        else ["No champion waits to start."],
        services=[_service(view, r) for r in preparing if r.trigger == "P8"],
        candidates=found[:IN_FULL],
        further=found[IN_FULL : IN_FULL + IN_LINES],
        more=f"{counted(len(found) - IN_FULL - IN_LINES, 'more champion')}: sheet Workforce plan."
        if len(found) > IN_FULL + IN_LINES
        else "",
        rules=list({line.trigger: line for line in trigger_lines(view, asking)}.values()),
    )


def _others(number: int) -> str:
    return f" and {counted(number, 'other')}" if number > 0 else ""


def _candidate(material: Material, champion: WorkforcePlan) -> Candidate:
    view, who = material.view, champion.champion_id
    asking = [r for r in material.in_state(*_ASKING) if r.scope == Scope(ScopeKind.CHAMPION, who)]
    raised = [r.trigger for r in asking if r.state is State.RAISED]
    against = f"Action needed first: {listed(raised)}." if raised else f"Look at: {listed(r.trigger for r in asking)}."
    return Candidate(
        name=f"{who} {champion.name or ''}".strip(),
        service=service_name(view, champion.service),
        job=text(champion.job_role),
        scores=f"Care workflow understanding {show(champion.workflow_understanding) or 'not scored'}, technology "
        f"confidence {show(champion.technology_confidence) or 'not scored'} (of 5)",
        rationale=text(champion.rationale),
        brief=brief_words(view, who),
        training=_training(view, who),
        readiness=readiness_words(view, who),
        protected=protected_words(view, who),
        triggers=trigger_lines(view, asking),
        ready=against if asking else "Nothing stands against a start.",
        field={name.replace("-", "_"): tag(name, who) for name in FIELDS},
    )


def _training(view: View, who: str) -> str:
    """How much of the required training is passed, and what is missing with the day it is planned for."""
    rows = view.usable_by(TrainingMatrix.champion_id, TrainingMatrix)(who).rows
    passed = {r.module for r in rows if r.result == "Passed"}
    missing = {r.module: r.planned_on for r in rows if r.required and r.module and r.module not in passed}
    words = training_words(view, who)
    if not missing:
        return f"{words}."
    named = (
        f"{module} ({f'planned {day(planned)}' if planned else 'not planned'})" for module, planned in missing.items()
    )
    return f"{words}. Missing: {listed(named)}."


def _service(view: View, result: Result) -> ServiceReadiness:
    (line,) = trigger_lines(view, [result])
    service = next((s for s in view.services_in_use() if s.service_code == result.scope.id), None)
    return ServiceReadiness(line.scope, day(service.go_live if service is not None else None), line.state, line.found)
