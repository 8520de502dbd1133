"""Recommendations that follow from the rules; each names its reason and its rows, none is free invention."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbook.documents.declare import Material
from workbook.documents.log import ActionLine
from workbook.documents.words import counted, listed, owner_in_words, rows_in_words, scope_in_words
from workbook.model.catalogue import BY_ID
from workbook.model.findings import Severity
from workbook.model.light_dataclasses import dataclass
from workbook.model.triggers import FEEDBACK, Result, State


@dataclass(frozen=True)
class Recommendation:
    """What is recommended, to whom, why, and the rows behind it."""

    number: int
    what: str
    who: str
    why: str
    rows: str


def recommendations(material: Material, actions: Sequence[ActionLine]) -> list[Recommendation]:
    """In the order of urgency: raised feedback triggers, other raised triggers, warnings, evidence, oversight."""
    found = [
        *(_of_result(r) for r in material.in_state(State.RAISED) if r.escalation == FEEDBACK.escalation),
        *_by_trigger(material),
        *(_of_result(r) for r in material.in_state(State.WATCH) if r.escalation == FEEDBACK.escalation),
        *_evidence(actions),
        *_oversight(material),
        *_data(material),
    ]
    return [Recommendation(n, *parts) for n, parts in enumerate(found, start=1)]


_Parts = tuple[str, str, str, str]


def _of_result(result: Result) -> _Parts:
    trigger = BY_ID[result.trigger]
    what = trigger.action or result.escalation
    return what, owner_in_words(result), f"{result.trigger} {result.title}. {result.summary}", _rows(result)


def _rows(result: Result) -> str:
    return rows_in_words(result.evidence)


def _by_trigger(material: Material) -> Iterator[_Parts]:
    """One recommendation for each P and S trigger, however many champions or services it is raised for."""
    raised = [r for r in material.in_state(State.RAISED) if r.escalation != FEEDBACK.escalation]
    for trigger in dict.fromkeys(r.trigger for r in raised):
        group = [r for r in raised if r.trigger == trigger]
        where = listed(dict.fromkeys(scope_in_words(material.view, r) for r in group))
        rows = tuple(dict.fromkeys(e for r in group for e in r.evidence))
        what = BY_ID[trigger].action or group[0].escalation
        who = listed(dict.fromkeys(owner_in_words(r) for r in group))
        yield what, who, f"{trigger} {group[0].title}: raised for {where}.", rows_in_words(rows)


def _evidence(actions: Sequence[ActionLine]) -> Iterator[_Parts]:
    unproven = [a for a in actions if a.unproven]
    if unproven:
        yield (
            "Record what shows that each action was done, or open it again.",
            listed(dict.fromkeys(a.owner for a in unproven)),
            f"{counted(len(unproven), 'action')} done with nothing that shows it.",
            f"Actions {', '.join(a.id for a in unproven)}",
        )


def _oversight(material: Material) -> Iterator[_Parts]:
    late = [r for r in material.reviews if r.days_late > 0]
    for name in dict.fromkeys(r.name for r in late):
        group = [r for r in late if r.name == name]
        worst = max(r.days_late for r in group)
        yield (
            f"Hold the overdue reviews: {name[:1].lower()}{name[1:]}.",
            listed(dict.fromkeys(r.owner_name or r.owner for r in group)),
            f"{counted(len(group), 'review')} late, by up to {counted(worst, 'day')}.",
            "; ".join(dict.fromkeys(r.proof for r in group)),
        )


def _data(material: Material) -> Iterator[_Parts]:
    errors = sum(f.severity is Severity.ERROR for f in material.findings)
    if errors:
        yield (
            "Mend the entries that the checks name, so that no rule is misled.",
            material.view.holder("Project lead")[1] or "Project lead",
            f"{counted(errors, 'entry', 'entries')} must be mended.",
            "The sheet Checks",
        )
