"""The action log as documents show it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from workbook.documents.words import counted, day, text
from workbook.model.light_dataclasses import dataclass
from workbook.model.registers import Actions
from workbook.model.view import View

SETTLED = ("Done", "Cancelled")


@dataclass(frozen=True)
class ActionLine:
    """One action.

    Attributes:
        status: with how late it is, where it is.
        evidence: what shows that it was done; says so where nothing does.
        overdue: whether it should have been done by now.
        unproven: whether it is done with nothing that shows it.
    """

    id: str
    action: str
    source: str
    owner: str
    due: str
    status: str
    evidence: str
    overdue: bool
    unproven: bool


def action_log(view: View, since: dt.date | None) -> list[ActionLine]:
    """What is still to do, overdue first, then what was settled after `since` or is done without evidence.

    Args:
        view: the workbook on the day.
        since: the last meeting; None for all that was ever settled.
    """
    rows = [a for a in view.rows(Actions) if _belongs(a, since)]
    return [_line(view, a) for a in sorted(rows, key=lambda a: (a.status in SETTLED, a.due_date or dt.date.max))]


def _belongs(action: Actions, since: dt.date | None) -> bool:
    if action.status not in SETTLED or since is None or _unproven(action):
        return True
    return (action.completed_on or action.due_date or since) > since


def is_overdue(view: View, action: Actions) -> bool:
    """Whether an action is not settled and was due before the day."""
    return action.status not in SETTLED and action.due_date is not None and action.due_date < view.as_of


def _unproven(action: Actions) -> bool:
    return action.status == "Done" and not action.evidence


def _line(view: View, action: Actions) -> ActionLine:
    overdue = is_overdue(view, action)
    status = text(action.status)
    if overdue:
        status = f"{status}, overdue by {counted((view.as_of - action.due_date).days, 'day')}"
    elif action.completed_on is not None:
        status = f"{status} on {day(action.completed_on)}"
    return ActionLine(
        id=action.id or f"Row {action.sheet_row}",
        action=text(action.action),
        source=text(action.origin),
        owner=text(action.owner),
        due=day(action.due_date, "No date"),
        status=status,
        evidence=text(action.evidence, "None recorded" if action.status == "Done" else ""),
        overdue=overdue,
        unproven=_unproven(action),
    )


def action_counts(lines: Sequence[ActionLine]) -> str:
    """How many there are, and how many of them need a word."""
    overdue, unproven = sum(a.overdue for a in lines), sum(a.unproven for a in lines)
    return f"{counted(len(lines), 'action')}: {overdue} overdue, {unproven} done without evidence."


def actions_needing_a_word(view: View) -> list[ActionLine]:
    """Every action overdue or done without evidence, overdue first."""
    return [line for line in action_log(view, None) if line.overdue or line.unproven]
