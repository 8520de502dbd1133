"""Which dates of the registers fall due, and what settles them: for formats, Start here and the Dashboard."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from workbook.blueprint.formulas import AS_OF, countifs, ref, words
from workbook.model.declare import Column, Register
from workbook.model.light_dataclasses import dataclass
from workbook.model.registers import (
    Actions,
    Guidance,
    ImplementationPlan,
    ImprovementLog,
    ReadinessLog,
    RoleBriefs,
    TeamLeaderReviews,
    TrainingMatrix,
)


@dataclass(frozen=True)
class Due:
    """A date by which something is to be done.

    Attributes:
        column: the date.
        words: what is overdue, in the plural.
        unless: (column, values): settled where the column holds one of them; without values, where it isn't blank.
        only: (column, value): counts only where the column holds it.
        per, newest: of several entries for the same `per`, only those count that none follows by `newest`.
    """

    column: Column[Any]
    words: str
    unless: tuple[tuple[Column[Any], tuple[str, ...]], ...] = ()
    only: tuple[tuple[Column[Any], str], ...] = ()
    per: tuple[Column[Any], ...] = ()
    newest: Column[Any] | None = None

    def formula(self) -> str:
        """How many are overdue, as a piece of a formula."""
        if self.newest is not None:
            return self._newest_formula(self.newest)
        return countifs((self.column, f'"<"&{AS_OF}'), *self._conditions())

    def _conditions(self) -> Iterable[tuple[Column[Any], str]]:
        for column, values in self.unless:
            yield from ((column, words(f"<>{value}")) for value in values) if values else ((column, '""'),)
        for column, value in self.only:
            yield column, words(value)

    def _newest_formula(self, newest: Column[Any]) -> str:
        same = [(column, ref(column)) for column in self.per]
        followed = countifs(*same, (newest, f'">"&{ref(newest)}'))
        settled = [f'({ref(column)}="")' for column, values in self.unless if not values]
        settled += [f"({ref(column)}={words(value)})" for column, value in self.only]
        due = f'({ref(self.column)}<>"")*({ref(self.column)}<{AS_OF})'
        return f"SUMPRODUCT({'*'.join([due, *settled, f'({followed}=0)'])})"

    def count(self, rows: Iterable[Any], as_of: dt.date) -> int:
        """How many are overdue, as Python reckons it."""
        rows = list(rows)
        return sum(self._is_overdue(row, rows, as_of) for row in rows)

    def _is_overdue(self, row: Any, rows: list[Any], as_of: dt.date) -> bool:
        day = getattr(row, self.column.attr)
        if day is None or day >= as_of:
            return False
        for column, values in self.unless:
            held = getattr(row, column.attr)
            if held in values if values else held is not None:
                return False
        if any(getattr(row, column.attr) != value for column, value in self.only):
            return False
        newest = self.newest
        return newest is None or not any(self._follows(other, row, newest) for other in rows)

    def _follows(self, other: Any, row: Any, newest: Column[Any]) -> bool:
        mine, theirs = getattr(row, newest.attr), getattr(other, newest.attr)
        same = all(getattr(row, c.attr) == getattr(other, c.attr) for c in self.per)
        return same and mine is not None and theirs is not None and theirs > mine


DUES: tuple[Due, ...] = (
    Due(
        RoleBriefs.review_due,
        "Role briefs to review",
        per=(RoleBriefs.champion_id,),
        newest=RoleBriefs.issued_on,
    ),
    Due(TrainingMatrix.planned_on, "Training not completed as planned", unless=((TrainingMatrix.completed_on, ()),)),
    Due(
        TrainingMatrix.refresher_due,
        "Training refreshers",
        per=(TrainingMatrix.champion_id, TrainingMatrix.module),
        newest=TrainingMatrix.completed_on,
    ),
    Due(
        ReadinessLog.recheck_due,
        "Readiness re-checks",
        per=(ReadinessLog.champion_id,),
        newest=ReadinessLog.checked_on,
    ),
    Due(ImplementationPlan.review_due, "Protected time to review", unless=((ImplementationPlan.ended_on, ()),)),
    Due(TeamLeaderReviews.due_date, "Team leaders' decisions", only=((TeamLeaderReviews.status, "Open"),)),
    Due(Guidance.review_due, "Guidance to review", unless=((Guidance.withdrawn_on, ()),)),
    Due(
        ImprovementLog.reply_due,
        "Supplier replies",
        unless=((ImprovementLog.replied_on, ()), (ImprovementLog.status, ("Closed",))),
    ),
    Due(Actions.due_date, "Actions", unless=((Actions.status, ("Done", "Cancelled")),)),
)


def dues_of(register: type[Register]) -> tuple[Due, ...]:
    """What may fall due in a register."""
    return tuple(due for due in DUES if due.column.table == register.table)
