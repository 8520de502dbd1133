"""Triggers: does the governance framework ask for action (docs/contract/checks-and-triggers.md, Triggers)?

Declarations are in `catalogue`, rules in `rules`, which is loaded when they are evaluated; this evaluates them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from workbook.model.catalogue import RULES_VERSION, TRIGGERS
from workbook.model.cells import show
from workbook.model.triggers import PROGRAMME_SCOPE, Judgement, Result, Scope, ScopeKind, State, Trigger, evidence_of

if TYPE_CHECKING:
    from workbook.model.view import View


def evaluate(view: View, triggers: Iterable[Trigger] = TRIGGERS) -> list[Result]:
    """Exactly one result per trigger and scope, in the catalogue's and then the worksheet's order.

    Args:
        view: the workbook as of a day.
        triggers: those to evaluate; all by default.
    """
    from workbook.rules.triggers.rules import RULES

    return [
        _result(view, trigger, scope, RULES[trigger.id](view, scope.id))
        for trigger in triggers
        for scope in scopes(view, trigger.scope)
    ]


def scopes(view: View, kind: ScopeKind) -> Sequence[Scope]:
    """What a trigger of this kind is judged for on the day."""
    if kind is ScopeKind.CHAMPION:
        return [Scope(kind, row.champion_id) for row in view.judged_champions()]
    if kind is ScopeKind.SERVICE:
        return [Scope(kind, row.service_code) for row in view.services_in_use()]
    return [PROGRAMME_SCOPE]


def _result(view: View, trigger: Trigger, scope: Scope, judged: Judgement) -> Result:
    role, name = view.holder(trigger.part.owner_role, _service_of(view, scope))
    asks = judged.state in (State.RAISED, State.WATCH)
    summary = " ".join([judged.summary, *judged.remarks])
    if judged.left_out:
        summary += f" Left out because a field could not be read: {_entries(judged.left_out)}."
    return Result(
        trigger=trigger.id,
        title=trigger.title,
        state=judged.state,
        scope=scope,
        value=judged.value,
        threshold=judged.threshold,
        window_days=view.days(trigger.id, trigger.window) if trigger.window else None,
        evidence=evidence_of(judged.rows),
        summary=summary,
        escalation=trigger.part.escalation,
        owner=role,
        owner_name=name,
        due=_due(view, trigger) if asks else None,
        rules_version=RULES_VERSION,
        changed_thresholds=tuple(
            f"{name} {show(t.value)} (default {show(t.default)})" for name, t in view.changed_thresholds(trigger.id)
        ),
        left_out=judged.left_out,
        remarks=judged.remarks,
    )


def _service_of(view: View, scope: Scope) -> str | None:
    if scope.kind is ScopeKind.SERVICE:
        return scope.id
    if scope.kind is ScopeKind.CHAMPION:
        champion = view.champion(scope.id)
        return champion.service if champion is not None else None
    return None


def _due(view: View, trigger: Trigger) -> dt.date:
    soon = view.as_of + dt.timedelta(days=view.days("All", "Due in days"))
    return (view.next_board_meeting() or soon) if trigger.part.due_at_board else soon


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count} entries"
