"""Which refreshers are late or soon due, line by line of Programme at a glance.

Beside the page stands for each champion and module when it was last passed, so that no row of the Training matrix is
compared with all others: with a hundred champions that would be felt at each entry.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from workbook.blueprint.figures import Figures
from workbook.blueprint.formulas import AS_OF, at, countifs, live, ref, words
from workbook.blueprint.overview import MODULES, modules_column
from workbook.blueprint.plan import Formula, Put
from workbook.blueprint.styles import required_head
from workbook.model.cells import fold
from workbook.model.declare import Area, Column
from workbook.model.registers import TrainingMatrix, WorkforcePlan
from workbook.model.view import NOT_JUDGED

#: Within how many days training is soon due.
SOON = 30
PASSED = "Passed"
_M = TrainingMatrix


def of_judged(*conditions: tuple[Column[Any] | str, str]) -> str:
    """How many rows of the plan, of champions who are judged, fulfil all conditions."""
    judged = [(WorkforcePlan.status, words(f"<>{status}")) for status in NOT_JUDGED]
    return countifs(*conditions, *judged)


def heads(row: int, left: int, figures: Figures) -> Iterator[Put]:
    """The headings beside the page: the modules, and the two counts.

    Args:
        row: the headings'.
        left: the first column.
        figures: as Python reckons them.
    """
    known, style = figures.modules(), required_head(Area.RESULTS)
    for m in range(MODULES):
        name = f'=IFERROR(INDEX({modules_column()},{m + 1})&"","")'
        yield Put(row, left + m, Formula(name, known[m] if m < len(known) else ""), style)
    yield Put(row, left + MODULES, "Late", style)
    yield Put(row, left + MODULES + 1, f"Within {SOON} days", style)


def beside(row: int, head: int, left: int, key: str, champion: str, figures: Figures) -> Iterator[Put]:
    """What stands beside a champion's line: when each module was last passed, and how many refreshers are due.

    Args:
        row: the line's.
        head: the headings'.
        left: the first column.
        key: the cell with the champion's id, or a piece of a formula that is '' on a service's line.
        champion: the id; '' on other lines.
        figures: as Python reckons them.
    """
    known = figures.modules()[:MODULES]
    for m in range(MODULES):
        module, completed = at(head, left + m, "r"), ref(_M.completed_on)
        mine = f"({ref(_M.champion_id)}={key})*({ref(_M.module)}={module})*({ref(_M.result)}={words(PASSED)})"
        newest = f"MAX(IF({mine}*ISNUMBER({completed})*({completed}<={AS_OF}),{completed},0))"
        day = _last_passed(figures, champion, known[m]) if champion and m < len(known) else None
        number = (day - dt.date(1899, 12, 30)).days if day else 0
        yield Put(row, left + m, Formula(f'=IF(OR({key}="",{module}=""),0,{newest})', number, array=True), "line count")
    for n, which in enumerate(("late", "soon")):
        number = counted(figures, champion)[n] if champion else 0
        text = live(_count(key, which, row, head, left))
        yield Put(row, left + MODULES + n, Formula(text, number, array=True), "line count")


def _last_passed(figures: Figures, champion: str, module: str) -> dt.date | None:
    rows = (r for r in _mine(figures, champion) if r.module == module)
    return max((d for r in rows if (d := _passed_on(r, figures.as_of)) is not None), default=None)


def _passed_on(row: TrainingMatrix, as_of: dt.date) -> dt.date | None:
    day = row.completed_on
    return day if row.result == PASSED and day is not None and day <= as_of else None


def _mine(figures: Figures, champion: str) -> Sequence[TrainingMatrix]:
    mine = fold(champion)
    return [r for r in figures.snapshot.rows(TrainingMatrix) if fold(r.champion_id or "") == mine]


def _count(key: str, which: str, row: int, head: int, left: int) -> str:
    """How many refreshers count; one that was passed again since does not, nor a row twice."""
    due, champion = ref(_M.refresher_due), ref(_M.champion_id)
    module, completed = ref(_M.module), ref(_M.completed_on)
    modules = f"{at(head, left, 'rc')}:{at(head, left + MODULES - 1, 'rc')}"
    passed = f"{at(row, left, 'c')}:{at(row, left + MODULES - 1, 'c')}"
    when = f"({due}<{AS_OF})" if which == "late" else f"({due}>={AS_OF})*({due}<={AS_OF}+{SOON})"
    stands = f'(({ref(_M.result)}={words(PASSED)})+({ref(_M.result)}=""))'
    mine = f'({champion}={key})*({due}<>"")*{when}*{stands}'
    stays = f'((({completed}="")+({completed}>=SUMIF({modules},{module},{passed})))>0)'
    listed = f"{mine}*(COUNTIF({modules},{module})>0)*{stays}"
    mark = f"MATCH({module},{modules},0)*10000000000+{due}*100000+{completed}"
    marks = f'IF({listed},IFERROR({mark},0),"")'
    others = f"{mine}*(COUNTIF({modules},{module})=0)"
    some = countifs((_M.champion_id, key), (_M.refresher_due, f'"<"&({AS_OF}+{SOON + 1})'))
    judged = of_judged((WorkforcePlan.champion_id, key))
    told = f"IFERROR(SUM((FREQUENCY({marks},{marks})>0)*1),0)+IF(SUM({others})=0,0,{_of_others(key, others)})"
    return f'IF({key}="",0,IF({judged}*{some}=0,0,{told}))'


def _of_others(key: str, others: str) -> str:
    """The same of modules without a column beside the page, which are few: each compared with all."""
    same = ((_M.champion_id, key), (_M.module, ref(_M.module)))
    after, by_now = f'">"&{ref(_M.completed_on)}', f'"<="&{AS_OF}'
    newer = ((_M.result, words(PASSED)), (_M.completed_on, after), (_M.completed_on, by_now))
    alike = countifs(*same, (_M.completed_on, ref(_M.completed_on)), (_M.refresher_due, ref(_M.refresher_due)))
    return f"ROUND(SUM({others}*({countifs(*same, *newer)}=0)/({alike}+({alike}=0))),0)"


def counted(figures: Figures, champion: str) -> tuple[int, int]:
    """How many refreshers of a champion are late, and how many soon due."""
    judged = {fold(r.champion_id) for r in figures.plan if r.champion_id and r.status not in NOT_JUDGED}
    if fold(champion) not in judged:
        return 0, 0
    rows = _mine(figures, champion)
    passed = [r for r in rows if _passed_on(r, figures.as_of) is not None]
    standing = [r for r in rows if r.result in (PASSED, None) and not any(_follows(o, r) for o in passed)]
    due = [d for _, _, d in {(r.module, r.completed_on, r.refresher_due) for r in standing} if d is not None]
    late = sum(d < figures.as_of for d in due)
    return late, sum(figures.as_of <= d <= figures.as_of + dt.timedelta(SOON) for d in due)


def _follows(other: TrainingMatrix, row: TrainingMatrix) -> bool:
    dates = other.completed_on, row.completed_on
    return other.module == row.module and dates[0] is not None and dates[1] is not None and dates[0] > dates[1]
