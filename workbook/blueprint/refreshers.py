"""Which refreshers are late or soon due, line by line of Programme at a glance.

Beside the page stands for each champion and module when it was last passed, so that no row of the Training matrix is
compared with all others: with a hundred champions that would be felt at each entry.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from workbook.blueprint.figures import Figures
from workbook.blueprint.formulas import AS_OF, at, countifs, live, live_text, ref, words
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
    yield Put(row, left - 1, "Champion ID", style)
    counts = ("Late", f"Within {SOON} days", "Other modules: late", f"Other modules: within {SOON} days")
    yield from (Put(row, left + MODULES + n, head, style) for n, head in enumerate(counts))
    modules, module = f"{at(row, left, 'rc')}:{at(row, left + MODULES - 1, 'rc')}", ref(_M.module)
    beyond = f'SUMPRODUCT(({ref(_M.refresher_due)}<>"")*(COUNTIF({modules},{module})=0))'
    listed = known[:MODULES]
    number = sum(r.refresher_due is not None and r.module not in listed for r in figures.snapshot.rows(_M))
    yield Put(row - 1, left, Formula(live(beyond), number), "line count")


def beside(row: int, head: int, left: int, key: str, champion: str, figures: Figures) -> Iterator[Put]:
    """What stands beside a champion's line: when each module was last passed, and how many refreshers are due.

    Args:
        row: the line's.
        head: the headings'.
        left: the first column.
        key: a piece of a formula: the champion's id, '' on a service's line.
        champion: the id; '' on other lines.
        figures: as Python reckons them.
    """
    known = figures.modules()[:MODULES]
    yield Put(row, left - 1, Formula(live_text(key), champion), "line")
    key = at(row, left - 1, "c")
    for m in range(MODULES):
        module, completed = at(head, left + m, "r"), ref(_M.completed_on)
        mine = f"({ref(_M.champion_id)}={key})*({ref(_M.module)}={module})*({ref(_M.result)}={words(PASSED)})"
        newest = f"MAX(IF({mine}*ISNUMBER({completed})*({completed}<={AS_OF}),{completed},0))"
        day = _last_passed(figures, champion, known[m]) if champion and m < len(known) else None
        number = (day - dt.date(1899, 12, 30)).days if day else 0
        text = f'=IF(OR({key}="",{module}=""),0,{newest})'
        yield Put(row, left + m, Formula(text, number, array=True), "line count")
    for n, which in enumerate(("late", "soon")):
        number = counted(figures, champion)[n] if champion else 0
        mine, others = _counts(key, which, row, head, left, at(row, left + MODULES + 2 + n, "c"))
        yield Put(row, left + MODULES + n, Formula(live(mine), number, array=True), "line count")
        number = counted(figures, champion, beyond=known)[n] if champion else 0
        yield Put(row, left + MODULES + 2 + n, Formula(live(others), number), "line count")


def _last_passed(figures: Figures, champion: str, module: str) -> dt.date | None:
    rows = (r for r in _mine(figures, champion) if r.module == module)
    return max((d for r in rows if (d := _passed_on(r, figures.as_of)) is not None), default=None)


def _passed_on(row: TrainingMatrix, as_of: dt.date) -> dt.date | None:
    day = row.completed_on
    return day if row.result == PASSED and day is not None and day <= as_of else None


def _mine(figures: Figures, champion: str) -> Sequence[TrainingMatrix]:
    mine = fold(champion)
    return [r for r in figures.snapshot.rows(TrainingMatrix) if fold(r.champion_id or "") == mine]


def _counts(key: str, which: str, row: int, head: int, left: int, more: str) -> tuple[str, str]:
    """How many refreshers count; one that was passed again since does not, nor a row twice.

    The second formula counts those of modules without a column, which are few: it stands in the cell `more`.
    """
    due, champion, module = ref(_M.refresher_due), ref(_M.champion_id), ref(_M.module)
    modules = f"{at(head, left, 'rc')}:{at(head, left + MODULES - 1, 'rc')}"
    passed = f"{at(row, left, 'c')}:{at(row, left + MODULES - 1, 'c')}"
    when = f"({due}<{AS_OF})" if which == "late" else f"({due}>={AS_OF})*({due}<={AS_OF}+{SOON})"
    stands = f'(({ref(_M.result)}={words(PASSED)})+({ref(_M.result)}=""))'
    mine = f'({champion}={key})*({due}<>"")*{when}*{stands}'
    others = f"{mine}*(COUNTIF({modules},{module})=0)"
    some = countifs((_M.champion_id, key), (_M.refresher_due, f'"<"&({AS_OF}+{SOON + 1})'))
    none = f'{key}="",0,IF({of_judged((WorkforcePlan.champion_id, key))}*{some}=0,0'
    marks = _marks(mine, modules, passed)
    told = f"SUM((FREQUENCY({marks},{marks})>0)*1)-(MIN({marks})=0)*1+{more}"
    rest = f"IF({at(head - 1, left, 'rc')}=0,0,{_of_others(key, others)})"
    return f"IF({none},{told}))", f"IF({none},{rest}))"


def _marks(mine: str, modules: str, passed: str) -> str:
    """For each row that counts a number, the same for the same row typed twice; 0 for all others.

    A table of rows by modules, summed up by row: looking each row's module up would take a hundred times as long.
    """
    due, module, completed = ref(_M.refresher_due), ref(_M.module), ref(_M.completed_on)
    stays = f'((({completed}="")+({completed}>={passed}))>0)'
    days = f"IF(ISNUMBER({due}),{due},0)*100000+IF(ISNUMBER({completed}),{completed},0)"
    each = f'{mine}*({module}={modules})*({modules}<>"")*{stays}*(COLUMN({modules})*10000000000+{days})'
    return f"MMULT({each},TRANSPOSE(COLUMN({modules})^0))"


def _alike(key: str) -> str:
    """How many rows are the same as each, at least 1."""
    same = ((_M.champion_id, key), (_M.module, ref(_M.module)), (_M.completed_on, ref(_M.completed_on)))
    alike = countifs(*same, (_M.refresher_due, ref(_M.refresher_due)))
    return f"({alike}+({alike}=0))"


def _of_others(key: str, others: str) -> str:
    """The same of modules without a column beside the page, which are few: each compared with all."""
    same = ((_M.champion_id, key), (_M.module, ref(_M.module)))
    after, by_now = f'">"&{ref(_M.completed_on)}', f'"<="&{AS_OF}'
    newer = ((_M.result, words(PASSED)), (_M.completed_on, after), (_M.completed_on, by_now))
    return f"ROUND(SUMPRODUCT({others}*({countifs(*same, *newer)}=0)/{_alike(key)}),0)"


def counted(figures: Figures, champion: str, beyond: Sequence[str] = ()) -> tuple[int, int]:
    """How many refreshers of a champion are late, and how many soon due; of other modules than those named."""
    judged = {fold(r.champion_id) for r in figures.plan if r.champion_id and r.status not in NOT_JUDGED}
    if fold(champion) not in judged:
        return 0, 0
    rows = [r for r in _mine(figures, champion) if r.module not in beyond]
    passed = [r for r in rows if _passed_on(r, figures.as_of) is not None]
    standing = [r for r in rows if r.result in (PASSED, None) and not any(_follows(o, r) for o in passed)]
    due = [d for _, _, d in {(r.module, r.completed_on, r.refresher_due) for r in standing} if d is not None]
    late = sum(d < figures.as_of for d in due)
    return late, sum(figures.as_of <= d <= figures.as_of + dt.timedelta(SOON) for d in due)


def _follows(other: TrainingMatrix, row: TrainingMatrix) -> bool:
    dates = other.completed_on, row.completed_on
    return other.module == row.module and dates[0] is not None and dates[1] is not None and dates[0] > dates[1]
