"""Actions that triggers propose, and whether anybody answered a trigger.

Source: docs/contract/checks-and-triggers.md, Memory.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from workbook.model.catalogue import BY_ID
from workbook.model.cells import Cell, fold, split_values
from workbook.model.declare import Column
from workbook.model.folding import tidy
from workbook.model.late_patterns import late
from workbook.model.registers import (
    Actions,
    BoardDecisions,
    Guidance,
    Services,
    TeamLeaderReviews,
    Triggers,
    WorkforcePlan,
)
from workbook.model.snapshot import Snapshot
from workbook.model.triggers import Result, ScopeKind, State
from workbook.model.view import View

#: An action with one of these still stands; with one of the second, somebody has taken it up.
OPEN = ("Proposed", "Open", "In progress")
TAKEN = ("Open", "In progress", "Done")
_NUMBER = late(r"AC-(\d{3,9})\Z", re.IGNORECASE)


def names(text: str | None, key: str) -> bool:
    """Whether a text such as `S1:OAK, S4:OAK` names the trigger and scope `key`, case and spaces folded."""
    return any(_plain(part) == _plain(key) for part in split_values(text))


def _plain(key: str) -> str:
    return fold(key).replace(" ", "")


def actions_by_source(snapshot: Snapshot) -> Mapping[str, Sequence[Actions]]:
    """The actions, by each trigger and scope (folded) that their Source names, in worksheet order."""
    found: dict[str, list[Actions]] = {}
    for row in snapshot.rows(Actions):
        for source in split_values(row.origin):
            found.setdefault(_plain(source), []).append(row)
    return found


def open_action(actions: Sequence[Actions]) -> Actions | None:
    """The newest of a trigger's actions that is not closed yet."""
    return next((row for row in reversed(actions) if row.status in OPEN), None)


def answered(view: View, row: Triggers) -> bool:
    """Whether, since it was raised, an action was taken or a review considered it.

    An action still only proposed, or cancelled, is none. A board decision or guidance that names the trigger is one.
    """
    since = _raised_since(view.snapshot, row)
    if since is None:
        return False
    key = row.result_key
    if any(names(a.origin, key) and a.status in TAKEN and a.raised_on >= since for a in view.rows(Actions)):
        return True
    naming: tuple[tuple[type[Any], Column[Any]], ...] = (
        (TeamLeaderReviews, TeamLeaderReviews.triggers_considered),
        (BoardDecisions, BoardDecisions.trigger),
        (Guidance, Guidance.origin),
    )
    for register, column in naming:
        for entry in view.rows(register):
            day = view.event_date(entry)
            if day is not None and day >= since and names(getattr(entry, column.attr), key):
                return True
    return False


def _raised_since(snapshot: Snapshot, row: Triggers) -> dt.date | None:
    """When it was raised the last time: the day its action was proposed, else the first time it was raised."""
    action = snapshot.find(Actions, row.action_id)
    if action is not None and action.raised_on is not None:
        return action.raised_on
    return row.first_raised_on


def proposals(
    view: View, results: Iterable[Result], before: Mapping[str, Triggers]
) -> list[tuple[str, Mapping[str, Cell]]]:
    """One proposed action, by key, for each raised trigger that has no open one.

    A proposal that a person cancelled is not made again while the trigger stays raised.

    Args:
        before: the rows of the Triggers sheet, by folded key.
    """
    data = view.snapshot.tables.get(Actions.table)
    if data is None or Actions.origin.attr not in data.positions:
        return []
    known = [column for column in Actions.columns if column.attr in data.positions]
    number = _last_number(view.snapshot)
    actions = actions_by_source(view.snapshot)
    made: list[tuple[str, Mapping[str, Cell]]] = []
    for result in results:
        standing = actions.get(fold(result.key), ())
        if result.state is not State.RAISED or _stands(standing, before.get(fold(result.key))):
            continue
        number += 1
        values = _values(view, result, f"AC-{number:03d}")
        made.append((result.key, {c.header: values[c.attr] for c in known if c.attr in values}))
    return made


def _stands(actions: Sequence[Actions], row: Triggers | None) -> bool:
    """Whether one of a trigger's actions is open, or the one proposed for this very raising was cancelled."""
    if open_action(actions) is not None:
        return True
    raised = row is not None and row.first_raised_on is not None and row.cleared_on is None
    return raised and bool(actions) and actions[-1].status == "Cancelled"


def _values(view: View, result: Result, action_id: str) -> dict[str, Cell]:
    words = BY_ID[result.trigger].action or result.escalation
    about = _scope_name(view, result)
    return {
        Actions.action_id.attr: action_id,
        Actions.origin.attr: result.key,
        Actions.action.attr: f"{about}: {words}" if about else words,
        Actions.owner.attr: result.owner_name or result.owner,
        Actions.raised_on.attr: view.as_of,
        Actions.due_date.attr: result.due,
        Actions.status.attr: OPEN[0],
    }


def _scope_name(view: View, result: Result) -> str:
    code = result.scope.id
    if result.scope.kind is ScopeKind.CHAMPION:
        champion = view.find(WorkforcePlan, code)
        return f"{champion.name} ({code})" if champion is not None and champion.name else code
    if result.scope.kind is ScopeKind.SERVICE:
        service = view.find(Services, code)
        return f"{service.name} ({code})" if service is not None and service.name else code
    return ""


def _last_number(snapshot: Snapshot) -> int:
    """The highest number of an action, also of one that only the Triggers sheet still names."""
    actions = snapshot.tables.get(Actions.table)
    spare = actions.spare_ids if actions is not None else ()
    held = [row.action_id for row in snapshot.rows(Actions)] + [row.action_id for row in snapshot.rows(Triggers)]
    matches = (_NUMBER.match(tidy(i)) for i in (*spare, *held) if i)
    return max((int(m[1]) for m in matches if m), default=0)
