"""Entry sheets: tables in which people write quickly, and whose rows the next check enters into the registers.

A row stays where it was written until a check finds what it became in its register; only then is it cleared
(docs/contract/registers.md, Entry sheets).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from workbook.model.declare import DATE, TEXT, Area, Column, Register
from workbook.model.light_dataclasses import replace
from workbook.model.registers.prepare import ImplementationPlan, RoleBriefs, TrainingMatrix, WorkforcePlan
from workbook.model.registers.support import SupportLog

T = TypeVar("T")


def like(column: Column[T], **more: Any) -> Column[T]:
    """A column that is read and filled in as one of a register; what only a register needs is left out."""
    plain: dict[str, Any] = {"event": False, "start": "", "label": False, "pending": (), "also": (), "synonyms": ()}
    return replace(column, **{**plain, **more})


_ABOVE = "Blank: as in the row above."
_BY_NAME = "Choose by name, or type the name. Blank: as in the row above."
_ENTERED_AS = "The program writes here what the row became. The check after that clears the row."
_BRIEF = "Blank: as in the newest role brief."


class QuickSupport(
    Register,
    sheet="Quick entry",
    area=Area.SUPPORT,
    purpose="Support noted in a hurry, one row each. The next check enters each whole row into the Support log.",
    source="article, example 2, steps 1 and 2",
    checked=False,
):
    date = like(SupportLog.date, required=False, note=_ABOVE)
    shift = like(SupportLog.shift, required=False, note=_ABOVE)
    service = like(SupportLog.service, required=False, note=_ABOVE)
    champion_id = like(SupportLog.champion_id, required=False, note=_BY_NAME)
    staff_member = like(SupportLog.staff_member)
    workflow = like(SupportLog.workflow)
    support_need = like(SupportLog.support_need)
    what_happened = like(SupportLog.what_happened)
    workaround_seen = like(SupportLog.workaround_seen)
    workaround_detail = like(SupportLog.workaround_detail)
    outcome = like(SupportLog.outcome)
    entered_as = TEXT.optional("Entered as", note=_ENTERED_AS)


class NewChampions(
    Register,
    sheet="New champion",
    area=Area.PREPARE,
    purpose="One row for each new champion. The next check writes the plan, the role brief, the training planned and "
    "the protected time from it.",
    source="article, example 1, steps 1 to 5",
    checked=False,
):
    name = like(WorkforcePlan.name)
    job_role = like(WorkforcePlan.job_role)
    service = like(WorkforcePlan.service)
    usual_shift = like(WorkforcePlan.usual_shift)
    rationale = like(WorkforcePlan.rationale)
    workflow_understanding = like(WorkforcePlan.workflow_understanding)
    technology_confidence = like(WorkforcePlan.technology_confidence)
    identified_by = like(WorkforcePlan.identified_by)
    identified_on = like(WorkforcePlan.identified_on)
    hours_per_week = like(ImplementationPlan.hours_per_week)
    support_arrangements = like(ImplementationPlan.support_arrangements)
    confirmed_by = like(ImplementationPlan.confirmed_by)
    confirmed_on = like(ImplementationPlan.confirmed_on)
    brief_issued_by = like(RoleBriefs.issued_by, header="Role brief issued by")
    brief_issued_on = like(RoleBriefs.issued_on, header="Role brief issued on")
    peer_support = like(RoleBriefs.peer_support, required=False, note=_BRIEF)
    issue_reporting = like(RoleBriefs.issue_reporting, required=False, note=_BRIEF)
    correct_workflows = like(RoleBriefs.correct_workflows, required=False, note=_BRIEF)
    training_planned_on = DATE.optional(
        "Training planned for",
        future=True,
        note="For every training module; change single ones in the Training matrix.",
    )
    mentor = like(ImplementationPlan.mentor)
    entered_as = TEXT.optional("Entered as", note=_ENTERED_AS)


#: What each register's columns are filled from: columns of the entry sheet.
Fill = Mapping[type[Register], Mapping[Column[Any], Column[Any]]]
#: By entry sheet the registers that a row of it goes to, the one that gives the row its id first; for each the columns
#: that are filled from the row: those of the register, with the row's.
FILLS: Mapping[type[Register], Fill] = {
    NewChampions: {
        WorkforcePlan: {
            WorkforcePlan.column(c.header): c
            for c in NewChampions.columns[: NewChampions.columns.index(NewChampions.hours_per_week)]
        },
        RoleBriefs: {
            RoleBriefs.peer_support: NewChampions.peer_support,
            RoleBriefs.issue_reporting: NewChampions.issue_reporting,
            RoleBriefs.correct_workflows: NewChampions.correct_workflows,
            RoleBriefs.issued_by: NewChampions.brief_issued_by,
            RoleBriefs.issued_on: NewChampions.brief_issued_on,
        },
        ImplementationPlan: {
            ImplementationPlan.hours_per_week: NewChampions.hours_per_week,
            ImplementationPlan.support_arrangements: NewChampions.support_arrangements,
            ImplementationPlan.mentor: NewChampions.mentor,
            ImplementationPlan.confirmed_by: NewChampions.confirmed_by,
            ImplementationPlan.confirmed_on: NewChampions.confirmed_on,
        },
        TrainingMatrix: {TrainingMatrix.planned_on: NewChampions.training_planned_on},
    },
    QuickSupport: {
        SupportLog: {SupportLog.column(c.header): c for c in QuickSupport.columns if c is not QuickSupport.entered_as}
    },
}
#: What each register gets besides, whatever the row says.
ALWAYS: Mapping[type[Register], Mapping[Column[Any], Any]] = {
    WorkforcePlan: {WorkforcePlan.status: "Preparing"},
    RoleBriefs: {RoleBriefs.version: 1},
    TrainingMatrix: {TrainingMatrix.required: True},
}
#: Registers that get one row for each word of a list, in this column.
FOR_EACH: Mapping[type[Register], Column[Any]] = {TrainingMatrix: TrainingMatrix.module}
#: Between an id and a name, where a drop-down offers both.
BETWEEN = " · "
#: References whose drop-down offers ids with names, and for which a name will do: no formula reckons with them.
BY_NAME: frozenset[Column[Any]] = frozenset({QuickSupport.champion_id})
#: Where a blank cell says what stands in the row above, or in the newest row of the register.
AS_ABOVE: frozenset[Column[Any]] = frozenset(c for c in QuickSupport.columns if c.note in (_ABOVE, _BY_NAME))
AS_NEWEST: frozenset[Column[Any]] = frozenset(c for c in NewChampions.columns if c.note == _BRIEF)
