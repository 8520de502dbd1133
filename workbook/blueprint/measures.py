"""The Dashboard's figures as formulas; `figures` reckons the same in Python.

`service` is the cell that holds a service's code; without it the whole programme is meant.
"""

from __future__ import annotations

from workbook.blueprint import overview
from workbook.blueprint.figures import ACTING, LATELY
from workbook.blueprint.formulas import AS_OF, countifs, ref, sumifs, words
from workbook.model.declare import Column
from workbook.model.registers import (
    LISTS_BY_TABLE,
    ConfidenceTracker,
    ImplementationPlan,
    ImprovementLog,
    ProtectedTime,
    SupportLog,
    Triggers,
    WorkforcePlan,
)
from workbook.model.registers.lists import NONE_SEEN
from workbook.model.triggers import STATE_WORDS, State

_LATELY = (f"({AS_OF}-{LATELY - 1})", AS_OF)
_SCORES: dict[str, tuple[Column[int | None], Column[int]]] = {
    "before": (SupportLog.confidence_before, ConfidenceTracker.confidence_before),
    "after": (SupportLog.confidence_after, ConfidenceTracker.confidence_after),
}


def with_status(statuses: tuple[str, ...], service: str = "") -> str:
    """Champions with one of these statuses."""
    here = ((WorkforcePlan.service, service),) if service else ()
    return f"({'+'.join(countifs((WorkforcePlan.status, words(s)), *here) for s in statuses)})"


def acting(service: str = "") -> str:
    """Champions signed off or active."""
    return with_status(ACTING, service)


def trained(service: str = "") -> str:
    """Acting champions whose required training is complete."""
    here = ((overview.SERVICE, service),) if service else ()
    counted = (countifs((overview.STATUS, words(s)), (overview.STATE, '"Complete"'), *here) for s in ACTING)
    return f"({'+'.join(counted)})"


def protected(service: str = "") -> str:
    """Of the hours promised for the last four full weeks with an entry, the share that was given."""
    week, monday = ref(ProtectedTime.week_commencing), f"({AS_OF}-WEEKDAY({AS_OF},2)+1)"
    champion = ProtectedTime.champion_id
    seen = f"({week}>={monday}-28)*({week}<{monday})"
    if service:
        seen += f"*({countifs((WorkforcePlan.champion_id, ref(champion)), (WorkforcePlan.service, service))}>0)"
    plan = ImplementationPlan
    mine = ((plan.champion_id, ref(champion)), (plan.confirmed_on, f'"<="&{week}'))
    promised = sumifs(plan.hours_per_week, *mine)
    ended = sumifs(plan.hours_per_week, *mine, (plan.ended_on, f'"<="&{week}'))
    given = f"SUMPRODUCT({seen},{ref(ProtectedTime.hours_given)})"
    return f'IFERROR({given}/SUMPRODUCT({seen}*({promised}-{ended})),"–")'


def support(first: str, last: str, service: str = "") -> str:
    """Support entries from one day to another."""
    here = ((SupportLog.service, service),) if service else ()
    return countifs((SupportLog.date, f'">="&{first}'), (SupportLog.date, f'"<="&{last}'), *here)


def a_week(service: str = "") -> str:
    """Support entries a week, lately."""
    return f"{support(*_LATELY, service)}/{LATELY // 7}"


def confidence(which: str, service: str = "", *, first: str = _LATELY[0], last: str = _LATELY[1]) -> str:
    """The mean of the scores before or after support, from the support log and the confidence tracker."""
    quick, tracked = _SCORES[which]
    days = ((SupportLog.date, f'">="&{first}'), (SupportLog.date, f'"<="&{last}'))
    here = ((SupportLog.service, service),) if service else ()
    asked = ((ConfidenceTracker.date, f'">="&{first}'), (ConfidenceTracker.date, f'"<="&{last}'))
    total, number = sumifs(quick, *days, *here), countifs((quick, '">0"'), *days, *here)
    if not service:
        total += f"+{sumifs(tracked, *asked)}"
        number += "+" + countifs((tracked, '">0"'), *asked)
    else:
        date, scores = ref(ConfidenceTracker.date), ref(tracked)
        by = countifs((WorkforcePlan.champion_id, ref(ConfidenceTracker.recorded_by)), (WorkforcePlan.service, service))
        rows = f"({date}>={first})*({date}<={last})*({by}>0)"
        total += f"+SUMPRODUCT({rows},{scores})"
        number += f"+SUMPRODUCT({rows}*ISNUMBER({scores}))"
    return f'IFERROR(({total})/({number}),"–")'


def _needs_listed() -> str:
    declared = LISTS_BY_TABLE[SupportLog.support_need.target]
    return f"{declared.table}[{declared.header}]"


def need_key(rank: int = 1, service: str = "") -> str:
    """How often the need of a rank was seen lately, less a millionth of its row: equals keep the list's order."""
    listed = _needs_listed()
    here = ((SupportLog.service, service),) if service else ()
    days = ((SupportLog.date, f'">="&{_LATELY[0]}'), (SupportLog.date, f'"<="&{_LATELY[1]}'))
    seen = countifs((SupportLog.support_need, listed), *days, *here)
    counted = f'({listed}<>{words(NONE_SEEN)})*({listed}<>"")*{seen}'
    return f"SUMPRODUCT(LARGE({counted}-(ROW({listed})-MIN(ROW({listed}))+1)/1000000,{rank}))"


def need_name(key: str) -> str:
    """The name of the need that a key stands for."""
    place = f"ROUND((ROUND({key},0)-{key})*1000000,0)"
    return f'IFERROR(IF(ROUND({key},0)=0,"–",INDEX({_needs_listed()},{place})),"–")'


def open_since(youngest: int = 0, service: str = "") -> str:
    """Issues not closed that are at least so many days old."""
    return by_age(youngest, None, service)


def by_age(youngest: int, oldest: int | None, service: str = "") -> str:
    """Issues not closed, by their age in days."""
    here = ((ImprovementLog.service, service),) if service else ()
    ages = [(ImprovementLog.raised_on, f'"<="&({AS_OF}-{youngest})')]
    ages += [(ImprovementLog.raised_on, f'">="&({AS_OF}-{oldest})')] if oldest is not None else []
    return countifs(*ages, (ImprovementLog.status, '"<>Closed"'), *here)


def asking(service: str = "") -> str:
    """Triggers that ask for action; those of a service's champions are the service's."""
    raised = words(STATE_WORDS[State.RAISED])
    if not service:
        return countifs((Triggers.state, raised))
    champions = countifs((WorkforcePlan.champion_id, ref(Triggers.scope)), (WorkforcePlan.service, service))
    theirs = f"SUMPRODUCT(({ref(Triggers.state)}={raised})*({champions}>0))"
    return f"({countifs((Triggers.state, raised), (Triggers.scope, service))}+{theirs})"
