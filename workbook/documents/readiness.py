"""Readiness of services and champions, from the registers of Prepare."""

from __future__ import annotations

from workbook.documents.declare import Material
from workbook.documents.words import NOT_RECORDED, day, listed, service_name, text
from workbook.model.light_dataclasses import dataclass
from workbook.model.registers import ReadinessLog, RoleBriefs, TrainingMatrix, WorkforcePlan
from workbook.model.triggers import Result, ScopeKind, State
from workbook.model.view import ACTING, View, newest


@dataclass(frozen=True)
class ServiceLine:
    """One service: its phase, champions, and what its triggers ask."""

    name: str
    phase: str
    go_live: str
    acting: str
    concerns: str


@dataclass(frozen=True)
class ReadinessLine:
    """One champion: how far prepared."""

    name: str
    service: str
    status: str
    brief: str
    training: str
    readiness: str
    concerns: str


def service_lines(material: Material) -> list[ServiceLine]:
    """Every service in use, in the order of the workbook."""
    view = material.view
    return [
        ServiceLine(
            name=service_name(view, s.service_code),
            phase=view.phase(s),
            go_live=day(s.go_live),
            acting=f"{len(view.acting_champions(s.service_code))} of {_planned(view, s.service_code)}",
            concerns=_asked(material, ScopeKind.SERVICE, s.service_code),
        )
        for s in view.services_in_use()
    ]


def _planned(view: View, service: str) -> int:
    return len(view.champions_of(service))


def readiness_lines(material: Material) -> list[ReadinessLine]:
    """Every champion who is judged, in the order of the workforce plan."""
    return [_line(material, c) for c in material.view.judged_champions()]


def _line(material: Material, champion: WorkforcePlan) -> ReadinessLine:
    view, who = material.view, champion.champion_id
    brief = newest(view.usable_by(RoleBriefs.champion_id, RoleBriefs)(who).rows, RoleBriefs.issued_on)
    check = newest(view.usable_by(ReadinessLog.champion_id, ReadinessLog)(who).rows, ReadinessLog.checked_on)
    signed = view.newest_sign_off(who, view.as_of)
    status = text(champion.status)
    if champion.status in ACTING and not view.signed_off(who, view.as_of):
        status = f"{status}, without sign-off"
    elif signed is not None:
        status = f"{status}; {(signed.decision or '').lower()} {day(signed.reviewed_on)}"
    return ReadinessLine(
        name=f"{who} {champion.name or ''}".strip(),
        service=service_name(view, champion.service),
        status=status,
        brief="None" if brief is None else f"Clear: {(brief.clear or 'not said').lower()}",
        training=training_words(view, who),
        readiness="No check" if check is None else f"{check.outcome or NOT_RECORDED} {day(check.checked_on)}",
        concerns=_asked(material, ScopeKind.CHAMPION, who),
    )


def training_words(view: View, champion: str) -> str:
    """How many of the required modules are passed."""
    rows = view.usable_by(TrainingMatrix.champion_id, TrainingMatrix)(champion).rows
    required = {r.module for r in rows if r.required and r.module}
    passed = {r.module for r in rows if r.result == "Passed"}
    return f"{len(required & passed)} of {len(required)} passed" if required else "None required"


def _asked(material: Material, kind: ScopeKind, scope: str) -> str:
    """The triggers that ask something of a scope: those raised, then early warnings."""

    def of(state: State) -> list[Result]:
        return [r for r in material.in_state(state) if r.scope == (kind, scope)]

    parts = [f"{word}: {listed(r.trigger for r in of(state))}" for state, word in _WORDS if of(state)]
    return "; ".join(parts) or "None"


_WORDS = ((State.RAISED, "Action needed"), (State.WATCH, "Early warning"))
