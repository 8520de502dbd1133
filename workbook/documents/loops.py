"""What became of the board's decisions: who was told, and whether it helped."""

from __future__ import annotations

from collections.abc import Sequence

from workbook.documents.words import day, listed, service_name
from workbook.model.cells import fold, split_values
from workbook.model.registers import BoardDecisions, ImprovementLog, UpdatesShared
from workbook.model.view import View, group_by

NO_ACTION = "No action"


def affected_services(view: View, decision: BoardDecisions) -> list[str]:
    """The codes of the services that a decision affects: those named, else its issue's, without an issue all."""
    if decision.services_affected:
        return list(dict.fromkeys(split_values(decision.services_affected)))
    issue = view.snapshot.find(ImprovementLog, decision.issue_id)
    if issue is not None and issue.service:
        return [issue.service]
    return [s.service_code for s in view.services_in_use()]


def updates_on(view: View, decision: BoardDecisions) -> Sequence[UpdatesShared]:
    """The updates shared on a decision, in the order of the register."""
    return view.once(_updates).get(fold(decision.id), ())


def _updates(view: View) -> dict[str, list[UpdatesShared]]:
    return group_by((u for u in view.rows(UpdatesShared) if u.decision_id), lambda u: fold(u.decision_id))


def untold_services(view: View, decision: BoardDecisions) -> list[str]:
    """The affected services to which no update was shared; none for a decision that asks for nothing."""
    if decision.action_type == NO_ACTION:
        return []
    told = {u.service for u in updates_on(view, decision)}
    return [code for code in affected_services(view, decision) if code not in told]


def progress(view: View, decision: BoardDecisions) -> str:
    """What became of a decision, in a sentence."""
    untold = untold_services(view, decision)
    parts = [
        f"{service_name(view, u.service)} told on {day(u.shared_on)} ({(u.result or 'no result').lower()})"
        for u in updates_on(view, decision)
    ]
    if untold:
        parts.append(f"not yet shared with {listed(service_name(view, code) for code in untold)}")
    words = "; ".join(parts) or "no action was agreed"
    late = untold and decision.due_date is not None and decision.due_date < view.as_of
    return f"{'Overdue: ' if late else ''}{words}." if late else f"{words[:1].upper()}{words[1:]}."
