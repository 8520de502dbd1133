"""What champions are to tell staff, and how it will be seen whether confusion becomes less (article, example 3)."""

from __future__ import annotations

import datetime as dt

from workbook.documents.loops import affected_services, untold_services
from workbook.documents.words import NOT_RECORDED, counted, day, listed, service_name, text
from workbook.model.light_dataclasses import dataclass
from workbook.model.registers import BoardDecisions, ImprovementLog, SupportLog
from workbook.model.view import View, needs_seen

#: The days over which support is counted, before and after staff are told.
CHECK_DAYS = 28


@dataclass(frozen=True)
class Telling:
    """A decision that staff have not heard of everywhere: what to say, where, who says it, and how to check."""

    id: str
    message: str
    services: str
    champions: str
    by: str
    check: str


def tellings(view: View) -> list[Telling]:
    """One for each decision with an affected service that has not been told."""
    return [_telling(view, d) for d in view.rows(BoardDecisions) if untold_services(view, d)]


def _telling(view: View, decision: BoardDecisions) -> Telling:
    services = untold_services(view, decision)
    champions = [c for code in services for c in view.acting_champions(code)]
    limit = dt.timedelta(days=view.days("F5", "Share within days"))
    return Telling(
        id=decision.id or NOT_RECORDED,
        message=text(decision.decision),
        services=listed(service_name(view, code) for code in services),
        champions=listed(f"{c.champion_id} {c.name or ''}".strip() for c in champions) or "No acting champion",
        by=day(decision.due_date + limit) if decision.due_date is not None else "No date",
        check=_check(view, decision),
    )


def _check(view: View, decision: BoardDecisions) -> str:
    """How it will be checked: today's figure for the issue's workflow, to be counted again."""
    issue = view.find(ImprovementLog, decision.issue_id)
    if issue is None or issue.workflow is None:
        return f"Record the result on the sheet Updates shared; look again {CHECK_DAYS} days after staff were told."
    first, last = view.window(CHECK_DAYS)
    codes = set(affected_services(view, decision))
    seen = [
        e
        for e in needs_seen(view.rows(SupportLog))
        if e.workflow == issue.workflow and e.service in codes and first <= e.date <= last
    ]
    number = counted(len(seen), "support need", "support needs")
    return (
        f"{number} with {issue.workflow.lower()} in the last {CHECK_DAYS} days there. Count again {CHECK_DAYS} days "
        "after staff were told, and record the result on the sheet Updates shared."
    )
