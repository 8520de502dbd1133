"""Rules on what was decided and promised: F5 and F9."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from workbook.model.cells import fold, show, split_values
from workbook.model.registers import Actions, BoardDecisions, ImprovementLog, UpdatesShared
from workbook.model.triggers import Judgement, State
from workbook.model.view import View, group_by, newest
from workbook.rules.triggers.feedback_common import Case, count_rows, counted, ids, joined, judged, no_data
from workbook.rules.triggers.standing import standing

_NOT_HELPED = ("No change", "More confusion")

_Updates = Mapping[tuple[str, str], Sequence[UpdatesShared]]


class _Decided(NamedTuple):
    """A decision that asks for something, with the services that should hear of it."""

    decision: BoardDecisions
    services: Sequence[str]


def loop_not_closed(view: View, _scope: str) -> Judgement:
    """F5: a decision that staff were not told of in time, or an update that did not help."""
    decisions = view.usable(
        BoardDecisions,
        BoardDecisions.issue_id,
        BoardDecisions.services_affected,
        BoardDecisions.action_type,
        BoardDecisions.due_date,
    )
    shared = view.usable(UpdatesShared, UpdatesShared.decision_id, UpdatesShared.service)
    judged_on = (UpdatesShared.result, UpdatesShared.result_recorded_on)
    results = view.usable(UpdatesShared, UpdatesShared.decision_id, UpdatesShared.service, *judged_on)
    asking = [(d, _affected_services(view, d)) for d in decisions.rows if d.action_type != "No action"]
    placed = [_Decided(decision, services) for decision, services in asking if services is not None]
    unplaced = [decision for decision, services in asking if services is None]
    left_out = count_rows(decisions.left_out, results.left_out, unplaced)
    if not view.has_rows(BoardDecisions) and not view.has_rows(UpdatesShared):
        return no_data("No board decision and no shared update is entered yet", left_out)
    told, said = _by_decision(shared.rows), _by_decision(results.rows)
    cases = [case for d in placed for case in (*_untold(view, d, told), *_unhelpful(view, d, said))]
    days = view.days("F5", "Share within days")
    clear = (
        f"No decision is more than {counted(days, 'day')} past its due date without being shared, and no newest "
        "update says that it did not help"
    )
    stands = standing(view.as_of, [case.since for case in cases])
    return judged(State.RAISED, cases, clear=clear, left_out=left_out, remarks=stands)


def _affected_services(view: View, decision: BoardDecisions) -> Sequence[str] | None:
    """The services named; else the issue's; without an issue all in use. None where the issue's can't be read."""
    if decision.services_affected:
        return list(dict.fromkeys(split_values(decision.services_affected)))
    if decision.issue_id:
        issue = view.snapshot.find(ImprovementLog, decision.issue_id)
        return [issue.service] if issue is not None and issue.service else None
    return [service.service_code for service in view.services_in_use()]


def _by_decision(updates: Sequence[UpdatesShared]) -> _Updates:
    return group_by(updates, lambda u: (fold(u.decision_id), u.service))


def _untold(view: View, decided: _Decided, told: _Updates) -> Iterator[Case]:
    decision, services = decided
    due = decision.due_date
    if due is None or (view.as_of - due).days <= view.days("F5", "Share within days"):
        return
    missing = [s for s in services if not told.get((fold(decision.id), s))]
    if missing:
        names = [view.service_name(code) for code in missing]
        words = f"decision {decision.id} was due on {show(due)} and no update was shared with {joined(names)}"
        yield Case(words, [decision], due + dt.timedelta(days=view.days("F5", "Share within days") + 1))


def _unhelpful(view: View, decided: _Decided, said: _Updates) -> Iterator[Case]:
    decision, services = decided
    too_early = view.days("F5", "Too early days")
    for service in services:
        update = newest(said.get((fold(decision.id), service), ()), UpdatesShared.shared_on)
        if update is None:
            continue
        about = f"{update.id} on decision {decision.id} at {view.service_name(service)}"
        age = (view.as_of - update.shared_on).days
        if update.result in _NOT_HELPED:
            said_on = update.result_recorded_on or update.shared_on
            yield Case(f"update {about} says {update.result}", [decision, update], said_on)
        elif update.result == "Too early" and age > too_early:
            words = f"update {about} has said Too early for {counted(age, 'day')}"
            yield Case(words, [decision, update], update.shared_on + dt.timedelta(days=too_early + 1))


def actions_overdue_or_unproven(view: View, _scope: str) -> Judgement:
    """F9: actions that are overdue, or done with nothing that shows it."""
    actions = view.usable(Actions, Actions.due_date, Actions.status, Actions.evidence)
    left_out = count_rows(actions.left_out)
    if not view.has_rows(Actions):
        return no_data("The action log has no entry yet", left_out)
    found = {
        "overdue": [a for a in actions.rows if a.status not in ("Done", "Cancelled") and a.due_date < view.as_of],
        "done without evidence": [a for a in actions.rows if a.status == "Done" and not a.evidence],
    }
    cases = [Case(f"{counted(len(rows), 'action')} {what}: {ids(rows)}", rows) for what, rows in found.items() if rows]
    clear = "No action is overdue, and each that is done has its evidence"
    figures = (count_rows(*found.values()), 1)
    overdue, unproven = found.values()
    since = [*(a.due_date + dt.timedelta(days=1) for a in overdue), *(a.completed_on for a in unproven)]
    stands = standing(view.as_of, since)
    return judged(State.WATCH, cases, clear=clear, left_out=left_out, figures=figures, remarks=stands)


LOOP_RULES: dict[str, Callable[[View, str], Judgement]] = {
    "F5": loop_not_closed,
    "F9": actions_overdue_or_unproven,
}
