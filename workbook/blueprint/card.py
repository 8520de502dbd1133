"""Champion card: one page about one chosen champion, for supervision or an inspector. Live formulas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from workbook.blueprint.card_facts import Fact, facts
from workbook.blueprint.card_figures import BESIDE, KEY, ROW, Beside, Person, beside, of
from workbook.blueprint.figures import Figures
from workbook.blueprint.formulas import AS_OF, at, day_words, live, live_text, on, ref, words
from workbook.blueprint.glance import JUDGED, judged, judged_text
from workbook.blueprint.hints import list_name
from workbook.blueprint.layout import CARD_SHEET, HEADER_ROW
from workbook.blueprint.overview import MODULES, module_state, modules_column
from workbook.blueprint.plan import Formula, Paint, Put, Rule, SheetPlan, Span, Tables
from workbook.blueprint.refreshers import SOON
from workbook.blueprint.styles import required_head
from workbook.blueprint.tables import top_of
from workbook.model.cells import Cell, fold
from workbook.model.declare import Area, Column
from workbook.model.registers import Actions, TrainingMatrix, Triggers, WorkforcePlan
from workbook.model.registers.entry import BETWEEN

_PURPOSE = "Everything about one champion, for supervision or an inspector. Choose whom, and print it as it is."
_WIDTHS = (25.0, 18.0, 18.0, 18.0, 18.0, 19.0)
_COLUMNS = len(_WIDTHS)
#: Where a person chooses a champion.
CHOICE = (3, 3)
#: How many champions the drop-down holds, and how many actions the page.
NAMES, SHOWN = 120, 8
_OFFERED_AT, _ACTIONS_AT = BESIDE + 1, BESIDE + 2
_FACTS = HEADER_ROW + 1
_JUDGED = _FACTS + 9
_TRAINING = _JUDGED + 4
_ACTIONS = _TRAINING + MODULES + 3
_LAST = _ACTIONS + SHOWN + 2
_UNREAD = "An entry can't be read: press Check entries."
_OPEN = ("Proposed", "Open", "In progress")
_HEAD = required_head(Area.RESULTS)


def card_sheet(figures: Figures, given: Tables) -> SheetPlan:
    """The sheet Champion card.

    Args:
        figures: as Python reckons them; the first champion of the plan is shown until a person chooses another.
        given: the rows of each table.
    """
    first = figures.plan[0].champion_id if figures.plan else None
    person = Person(figures, first or "")
    lines = facts(person)
    blocks = (_above(person), _lines(lines), _triggers(person), _training(person), _actions(person))
    fitted = dict.fromkeys(range(_FACTS, _FACTS + len(lines)), 32.0)
    fitted |= dict.fromkeys(range(_ACTIONS + 2, _ACTIONS + 2 + SHOWN), 18.0)
    return SheetPlan(
        CARD_SHEET,
        Area.RESULTS,
        _PURPOSE,
        puts=(*top_of(CARD_SHEET, _PURPOSE), *(p for b in blocks for p in b), *_beside(person), *_offered(given)),
        rules=(_choice_rule(),),
        paints=tuple(_paints()),
        widths=dict(enumerate(_WIDTHS, start=1))
        | {_COLUMNS + 1: 3.0, BESIDE - 1: 40.0, BESIDE: 14.0, _OFFERED_AT: 30.0},
        heights={1: 30, 2: 18, 3: 22, 4: 16, HEADER_ROW: 30} | fitted,
        columns=_COLUMNS,
        rows=_LAST,
        pages_down=1,
        computed=True,
        grid=False,
        portrait=True,
        cursor=CHOICE,
        unseen=tuple(range(BESIDE - 1, _ACTIONS_AT + 1)),
    )


def champions_place() -> str:
    """The cells of the champions' ids with their names, filled and blank."""
    first, last = at(HEADER_ROW + 1, _OFFERED_AT, "rc"), at(HEADER_ROW + NAMES, _OFFERED_AT, "rc")
    return on(CARD_SHEET, f"{first}:{last}")


def _choice_rule() -> Rule:
    row, column = CHOICE
    return Rule(
        Span(row, column, row, column),
        "list",
        low=f"={list_name(WorkforcePlan.table, by_name=True)}",
        style="",
        title="Champion",
        hint_title="Champion",
        hint="Choose a champion, or type an ID or a name. Blank: the first of the Workforce plan.",
    )


def _above(person: Person) -> Iterator[Put]:
    yield Put(3, 2, "Champion", "right")
    first = at(HEADER_ROW + 1, _OFFERED_AT, "rc")
    named = f"{person.key}{BETWEEN}{person.row.name}" if person.row is not None and person.row.name else person.key
    yield Put(*CHOICE, Formula(live_text(first), named), "entry", across=2)
    none, choice = "No champion yet: enter the first on New champion.", at(*CHOICE, "rc")
    unknown = " is no champion of the Workforce plan. Choose one from the list."
    day = f'"As of "&{day_words(AS_OF)}&"."'
    text = f'IF({ROW}>0,{day},IF({KEY}="",{words(none)},{choice}&{words(unknown)}))'
    said = f"As of {person.as_of:%d/%m/%Y}." if person.row is not None else none
    yield Put(4, 1, Formula(live_text(text), said), "caption")
    name = f'IF({ROW}=0,"",{KEY}&" "&{of(WorkforcePlan.name)})'
    named = f"{person.key} {person.row.name or ''}" if person.row is not None else ""
    yield Put(HEADER_ROW, 1, Formula(live_text(name), named), "title")


def _lines(lines: Sequence[Fact]) -> Iterator[Put]:
    for row, fact in enumerate(lines, start=_FACTS):
        text = f'IF({ROW}=0,"",IFERROR({fact.text},{words(_UNREAD)}))'
        yield Put(row, 1, fact.label, "strong")
        yield Put(row, 2, Formula(live_text(text), fact.said), "line", across=_COLUMNS - 1)


def _triggers(person: Person) -> Iterator[Put]:
    run, seen = person.figures.last_run(), f"MAX({ref(Triggers.last_seen_on)})"
    text = f'IF({seen}=0,"Not judged yet","Judged on "&{day_words(seen)})'
    yield Put(_JUDGED, 1, "What the triggers say", "section")
    yield Put(_JUDGED + 1, 1, None, _HEAD)
    yield Put(
        _JUDGED + 2, 1, Formula(live_text(text), f"Judged on {run:%d/%m/%Y}" if run else "Not judged yet"), "line"
    )
    for column, (head, triggers) in enumerate(JUDGED, start=2):
        said = judged(person.figures, person.key, triggers) if person.row is not None else ""
        yield Put(_JUDGED + 1, column, head, _HEAD)
        found = live_text(f'IF({ROW}=0,"",{judged_text(KEY, triggers)})')
        yield Put(_JUDGED + 2, column, Formula(found, said), "line")


# -- training -----------------------------------------------------------------------------------------------------


def _training(person: Person) -> Iterator[Put]:
    known = person.figures.modules()
    more = f"There are more than {MODULES} modules: the rest is not shown."
    text = f'=IF(COUNTA({modules_column()})>{MODULES},{words(more)},"")'
    yield Put(_TRAINING, 1, "Training", "section")
    yield Put(_TRAINING, 3, Formula(text, more if len(known) > MODULES else ""), "caption")
    heads = ("Module", None, "State", "Planned for", "Completed on", "Refresher due")
    yield from (Put(_TRAINING + 1, n, head, _HEAD) for n, head in enumerate(heads, start=1))
    held = person.figures.training(person.key, known[:MODULES]) if person.row is not None else None
    for n in range(MODULES):
        row, module = _TRAINING + 2 + n, known[n] if n < len(known) else ""
        name = f'=IFERROR(INDEX({modules_column()},{n + 1})&"","")'
        yield Put(row, 1, Formula(name, module), "line", across=2)
        state = held.cells[n] if held is not None and n < len(held.cells) else ""
        yield Put(row, 3, Formula(live_text(_state(row)), state), "line")
        days = _days(person, module) if person.row is not None and module else ("", "", "")
        for column, text, day in zip((4, 5, 6), _day_texts(row), days, strict=True):
            yield Put(row, column, Formula(text, day, array=True), "line date")


def _state(row: int) -> str:
    return module_state(KEY, at(row, 1, "c"))


def _day_texts(row: int) -> tuple[str, str, str]:
    """Planned, completed, and the refresher that the newest completion asks for."""
    module, completed = at(row, 1, "c"), at(row, 5, "c")
    matrix = TrainingMatrix
    mine = f"({ref(matrix.champion_id)}={KEY})*({ref(matrix.module)}={module})"

    def last(column: Column[Any], only: str = "1") -> str:
        days = ref(column)
        found = f"MAX(IF({mine}*{only}*ISNUMBER({days}),{days},0))"
        return f'IF(OR({ROW}=0,{module}=""),"",IF({found}=0,"",{found}))'

    due = last(matrix.refresher_due, f"({ref(matrix.completed_on)}={completed})")
    planned = f'=IF({completed}="",{last(matrix.planned_on)},"")'
    return planned, f"={last(matrix.completed_on)}", f'=IF({completed}="","",{due})'


def _days(person: Person, module: str) -> tuple[Cell, Cell, Cell]:
    rows = [r for r in person.mine(TrainingMatrix) if r.module == module]
    completed = max((r.completed_on for r in rows if r.completed_on), default=None)
    if completed is None:
        return max((r.planned_on for r in rows if r.planned_on), default=""), "", ""
    due = max((r.refresher_due for r in rows if r.completed_on == completed and r.refresher_due), default="")
    return "", completed, due


# -- actions ------------------------------------------------------------------------------------------------------


def _actions(person: Person) -> Iterator[Put]:
    mine, found = _mine(), _open(person)
    count = f"IF({ROW}=0,0,SUMPRODUCT(--({mine}>0)))"
    number = at(_ACTIONS, _ACTIONS_AT, "rc")
    more = f'=IF({number}>{SHOWN},{number}-{SHOWN}&" more on the sheet Actions","")'
    yield Put(_ACTIONS, 1, "Open actions", "section")
    yield Put(_ACTIONS, _ACTIONS_AT, Formula(f"={count}+0*{AS_OF}", len(found)), "line")
    said = f"{len(found) - SHOWN} more on the sheet Actions" if len(found) > SHOWN else ""
    yield Put(_ACTIONS, 3, Formula(more, said), "caption")
    heads = ("Action ID", "Action", None, None, "Due", "Status")
    yield from (Put(_ACTIONS + 1, n, head, _HEAD) for n, head in enumerate(heads, start=1))
    for n in range(SHOWN):
        row, one = _ACTIONS + 2 + n, found[n] if n < len(found) else None
        at_row = at(row, _ACTIONS_AT, "rc")
        numbers = f"ROW({ref(Actions.status)})-MIN(ROW({ref(Actions.status)}))+1"
        place = f"=IF({ROW}=0,0,IFERROR(SMALL(IF({mine}>0,{numbers}),{n + 1}),0))+0*{AS_OF}"
        yield Put(row, _ACTIONS_AT, Formula(place, one.ordinal + 1 if one else 0, array=True), "line")
        cells = (
            (1, Actions.action_id, (one.id or "") if one else "", 1),
            (2, Actions.action, (one.action or "") if one else "", 3),
            (6, Actions.status, (one.status or "") if one else "", 1),
        )
        for column, field, value, across in cells:
            text = live_text(f'IF({at_row}=0,"",{of(field, at_row)}&"")')
            yield Put(row, column, Formula(text, value), "line", across=across)
        due = of(Actions.due_date, at_row)
        text = f'=IF({at_row}=0,"",IF({due}="","",{due}))'
        yield Put(row, 5, Formula(text, (one.due_date or "") if one else ""), "line date")


def _mine() -> str:
    """Which actions are open and the champion's own, or asked for by a trigger about the champion."""
    owner, origin, status = ref(Actions.owner), ref(Actions.origin), ref(Actions.status)
    own = f'({owner}={of(WorkforcePlan.name)})*({owner}<>"")+({owner}={KEY})'
    asked = f'(RIGHT({origin},LEN({KEY})+1)=":"&{KEY})'
    unsettled = "+".join(f"({status}={words(s)})" for s in _OPEN)
    return f"({own}+{asked})*({unsettled})"


def _open(person: Person) -> list[Actions]:
    if person.row is None:
        return []
    names = {fold(person.key), fold(person.row.name or person.key)}
    end = f":{fold(person.key)}"
    return [
        a
        for a in person.figures.snapshot.rows(Actions)
        if a.status in _OPEN and (fold(a.owner or "") in names or fold(a.origin or "").endswith(end))
    ]


# -- what stands beside the page ----------------------------------------------------------------------------------


def _beside(person: Person) -> Iterator[Put]:
    yield Put(HEADER_ROW, BESIDE - 1, "What the page is reckoned from", _HEAD)
    for which, text, value, array in beside(person, at(*CHOICE, "rc")):
        formula = live_text(text) if which is Beside.KEY else live(text)
        yield Put(which.row, BESIDE - 1, which.value, "line")
        yield Put(which.row, BESIDE, Formula(formula, value, array=array), "line")


def _offered(given: Tables) -> Iterator[Put]:
    """Each champion's id with the name, in the order of the workforce plan."""
    ids, names = ref(WorkforcePlan.champion_id), ref(WorkforcePlan.name)
    rows = [
        (r.get(WorkforcePlan.champion_id.header), r.get(WorkforcePlan.name.header))
        for r in given.get(WorkforcePlan.table, ())
    ]
    yield Put(HEADER_ROW, _OFFERED_AT, "Champions", _HEAD)
    for n in range(NAMES):
        row_id, name = (f"INDEX({column},{n + 1})" for column in (ids, names))
        text = f'IFERROR(IF({row_id}="","",{row_id}&IF({name}="","","{BETWEEN}"&{name})),"")'
        said = BETWEEN.join(str(part) for part in rows[n] if part) if n < len(rows) and rows[n][0] else ""
        yield Put(HEADER_ROW + 1 + n, _OFFERED_AT, Formula(live_text(text), said), "line")


def _paints() -> Iterator[Paint]:
    first, due = _TRAINING + 2, at(_TRAINING + 2, _COLUMNS, "c")
    refreshers = Span(first, _COLUMNS, first + MODULES - 1, _COLUMNS)
    yield Paint((refreshers,), f"=AND(ISNUMBER({due}),{due}<{AS_OF})", "late")
    yield Paint((refreshers,), f"=AND(ISNUMBER({due}),{due}<={AS_OF}+{SOON})", "soon")
    states = Span(first, 3, first + MODULES - 1, 3)
    state = at(first, 3, "c")
    yield Paint((states,), f'={state}="Passed"', "well")
    yield Paint((states,), f'={state}="Overdue"', "late")
    dues = Span(_ACTIONS + 2, 5, _ACTIONS + 1 + SHOWN, 5)
    day = at(dues.top, 5, "c")
    yield Paint((dues,), f"=AND(ISNUMBER({day}),{day}<{AS_OF})", "late")
    judged_ = Span(_JUDGED + 2, 2, _JUDGED + 2, _COLUMNS)
    yield Paint((judged_,), f'={at(judged_.top, 2)}="Action needed"', "asks")
