"""Start here: this week's list, how to fill the workbook in, and all sheets in the order of the work."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import Any

from workbook.answers.week import LIMIT
from workbook.blueprint.formulas import AS_OF, SETTING, VALUE, at, begun, countifs, live, live_text, on, ref, words
from workbook.blueprint.layout import HEADER_ROW, START_SHEET
from workbook.blueprint.plan import Formula, Link, Paint, Put, Rule, SheetPlan, Span, TablePlan, Tables
from workbook.blueprint.standing import Standing, numbers
from workbook.blueprint.styles import band, required_head
from workbook.blueprint.tables import rows_from
from workbook.blueprint.widths import height_of
from workbook.model.cell_address import quoted
from workbook.model.cells import Cell
from workbook.model.declare import Area, Register
from workbook.model.findings import SEVERITY_WORDS, Severity
from workbook.model.guide import (
    ALWAYS,
    ANY_TIME,
    EVERYONE,
    FIRST_RUN,
    FIRST_THINGS,
    GROUPS,
    HIDDEN,
    HOW_TO,
    NOT_YET,
    READERS,
    STAGES,
    STEPS,
    First,
    Shown,
    Step,
)
from workbook.model.registers import (
    LISTS_SHEET,
    REGISTERS,
    Checks,
    People,
    Programme,
    ReviewsDue,
    Services,
    ThisWeek,
    Triggers,
)
from workbook.model.triggers import STATE_WORDS, State

_WIDTHS = (6.0, 25.0, 74.0, 26.0, 15.0, 8.5, 8.5, 9.0)
_MARK, _SHEET, _WHAT, _WHO, _WHEN, _ENTRIES, _WANTED, _OVERDUE = range(1, 9)
_HEADS = ("Yours", "Sheet", "What it is for", "Who", "When", "Entries", "To fill in", "Overdue")
_HOW_TO = HEADER_ROW + LIMIT + 2
_HELP = _HOW_TO + len(HOW_TO) + 1
_CHOOSE = _HELP + 2
_HEAD = _CHOOSE + 2
_FIRST = _HEAD + 1
#: What stands beside the first things to do.
_DONE, _NEXT = "✓ done", "← next"
_PURPOSE = "What to do this week, how to fill the workbook in, and the way to each sheet, in the order of the work."


def _area(step: Step) -> Area:
    if step.register is not None:
        return step.register.area
    return Area.SETUP if step.sheet == LISTS_SHEET else Area.RESULTS


def _layout() -> tuple[dict[Area, int], dict[Step, int]]:
    """The worksheet row of each group and of each line beneath it."""
    groups: dict[Area, int] = {}
    lines: dict[Step, int] = {}
    row = _FIRST
    for area, steps in groupby(STEPS, key=_area):
        groups[area] = row
        for step in steps:
            row += 1
            lines[step] = row
        row += 1
    return groups, lines


_GROUPS, _LINES = _layout()
_LAST = max(_LINES.values())


def numbers_at(register: type[Register]) -> tuple[str, str, str]:
    """Where a register's entries, missing cells and overdue stand, as other sheets refer to them."""
    row = next(row for step, row in _LINES.items() if step.register is register)
    entries, wanted, overdue = (on(START_SHEET, at(row, c, "rc")) for c in (_ENTRIES, _WANTED, _OVERDUE))
    return entries, wanted, overdue


def start_sheet(
    sheets: Mapping[str, SheetPlan], given: Tables, standings: Mapping[str, Standing], places: Mapping[str, int]
) -> SheetPlan:
    """The sheet Start here.

    Args:
        sheets: all others by name.
        given: the rows of each table.
        standings: how far each register is, by table.
        places: the first column of each table.
    """
    week, goals = _week(given, places)
    ticks = list(_ticks(given)) if goals and not _has_entries(given) else []
    puts = [Put(1, 1, START_SHEET, "title"), Put(2, 1, _PURPOSE, "purpose"), Put(3, 1, _now(given), "tool")]
    puts += [*_week_head(given, ticks), *goals, *ticks, *_guidance(given), *_choosing()]
    puts += [Put(_HEAD, n, head, _head(n)) for n, head in enumerate(_HEADS, start=1)]
    for area, row in _GROUPS.items():
        puts += [Put(row, n, GROUPS[area] if n == 1 else None, band(area)) for n in range(1, len(_HEADS) + 1)]
    for step, row in _LINES.items():
        puts += _line(row, step, sheets, standings, places)
    heights = {1: 30, 2: 20, 3: 20, 4: 24, HEADER_ROW: 20, _HOW_TO: 22, _CHOOSE: 22, _HEAD: 34}
    return SheetPlan(
        START_SHEET,
        Area.SETUP,
        _PURPOSE,
        (week,),
        puts=tuple(puts),
        rules=tuple(_choices()),
        paints=tuple(_paints(sheets)),
        widths=dict(enumerate(_WIDTHS, start=1)),
        fitted=_fitted(puts, week),
        heights=heights,
        columns=len(_HEADS),
        rows=_LAST,
        scale=76,
        breaks=(_CHOOSE - 1,),
        grid=False,
    )


def _head(column: int) -> str:
    return required_head(Area.SETUP, figures=column in (_MARK, _ENTRIES, _WANTED, _OVERDUE))


def _fitted(puts: Sequence[Put], week: TablePlan) -> dict[int, float]:
    """The heights of the lines, a little more than their texts need; and of this week's list."""
    found: dict[int, float] = dict.fromkeys(_LINES.values(), height_of((), ()) + 3)
    for put in puts:
        if put.row in found and isinstance(put.content, str):
            found[put.row] = max(found[put.row], height_of((put.content,), (_WIDTHS[put.column - 1],)) + 3)
    for n, row in enumerate(week.rows, start=HEADER_ROW + 1):
        found[n] = height_of(row, week.widths) + 3
    return found


# -- this week ----------------------------------------------------------------------------------------------------


def _week(given: Tables, places: Mapping[str, int]) -> tuple[TablePlan, list[Put]]:
    """This week's list, and the links that stand in it before the first run."""
    headers = ThisWeek.headers()
    rows, goals = rows_from(given, ThisWeek.table, headers), list[Put]()
    if not rows:
        first = (FIRST_RUN,) if _has_entries(given) else FIRST_THINGS
        rows = tuple((n, _name(f), f.what, f.who, None) for n, f in enumerate(first, start=1))
        goals = [
            Put(HEADER_ROW + n, _SHEET, Link(goal.sheet, _name(f), _goal(goal, places)), "goal")
            for n, f in enumerate(first, start=1)
            if (goal := f.entered_on or f.register) is not None
        ]
    head = required_head(Area.SETUP)
    table = TablePlan(
        ThisWeek.table,
        1,
        headers,
        ThisWeek.columns,
        rows,
        room=LIMIT,
        widths=_WIDTHS[: len(headers)],
        heads=(required_head(Area.SETUP, figures=True), *[head] * (len(headers) - 1)),
        bodies=("number", "goal", "text", "text", "date"),
        filtered=False,
    )
    return table, goals


def _name(first: First) -> str:
    goal = first.entered_on or first.register
    return goal.sheet if goal is not None else ""


def _goal(register: type[Register], places: Mapping[str, int]) -> str:
    """The first field to fill in: of the settings the first value."""
    return at(HEADER_ROW + 1, places[register.table] + (register is Programme))


def _has_entries(given: Tables) -> bool:
    return any(given.get(r.table) for r in REGISTERS)


def _ticks(given: Tables) -> Iterator[Put]:
    """Beside each of the first things whether it is done, as it is typed; until a run writes this week's list."""
    run = f"MAX({ref(Triggers.last_seen_on)})"
    so_far = 0
    for n, register in enumerate(f.register for f in FIRST_THINGS if f.register is not None):
        done, is_done = _done(register, given)
        above = f"{at(HEADER_ROW, _ENTRIES, 'rc')}:{at(HEADER_ROW + n, _ENTRIES)}"
        turn = f'COUNTIF({above},"{_DONE}")={n}'
        said = _DONE if is_done else _NEXT if so_far == n else ""
        so_far += is_done
        text = live_text(f'IF({run}>0,"",IF({done},"{_DONE}",IF({turn},"{_NEXT}","")))')
        yield Put(HEADER_ROW + 1 + n, _ENTRIES, Formula(text, said), "tool")


def _done(register: type[Register], given: Tables) -> tuple[str, bool]:
    """Whether the first thing to do in a register is done: as a formula, and of what is given."""
    if register is not Programme:
        return f"{begun(register)}>0", any(map(_is_begun(register), given.get(register.table, ())))
    label = words(Programme.provider_name.header)
    named = f"IFERROR(LEN(INDEX({Programme.table}[{VALUE}],MATCH({label},{Programme.table}[{SETTING}],0))),0)>0"
    settings = {r[SETTING]: r[VALUE] for r in given.get(Programme.table, ())}
    parts = [_done(r, given) for r in (Services, People)]
    text = f"AND({named},{','.join(formula for formula, _ in parts)})"
    return text, bool(settings.get(Programme.provider_name.header)) and all(done for _, done in parts)


def _is_begun(register: type[Register]) -> Callable[[Mapping[str, Cell]], bool]:
    headers = [c.header for c in register.columns if c.required]
    return lambda row: any(row.get(h) not in (None, "") for h in headers)


def _week_head(given: Tables, ticks: Sequence[Put]) -> Iterator[Put]:
    run = f"MAX({ref(Triggers.last_seen_on)})"
    days = [d for row in given.get(Triggers.table, ()) if (d := row.get(Triggers.last_seen_on.header))]
    last = max(days, default=None)  # type: ignore[type-var] # the column holds dates alone
    if ticks:
        span = f"{at(HEADER_ROW + 1, _ENTRIES)}:{at(HEADER_ROW + len(ticks), _ENTRIES)}"
        first = f'"First things to do: "&COUNTIF({span},"{_DONE}")&" of {len(ticks)} done"'
        done = sum(isinstance(p.content, Formula) and p.content.value == _DONE for p in ticks)
        said = f"First things to do: {done} of {len(ticks)} done"
    else:
        first, said = '"First things to do"', "First things to do"
    yield Put(4, 1, Formula(live_text(f'IF({run}=0,{first},"This week")'), "This week" if last else said), "section")
    yield Put(4, _WHO, Formula(live_text(f'IF({run}=0,"","Computed on")'), "Computed on" if last else ""), "right")
    yield Put(4, _WHEN, Formula(f'=IF({live(run).removeprefix("=")}=0,"",{run})', last or ""), "day")


def _now(given: Tables) -> Formula:
    """One line that says what asks for attention, from the sheets that the program computes."""
    asked, mend, late = STATE_WORDS[State.RAISED], SEVERITY_WORDS[Severity.ERROR], '">0"'
    pieces = (
        (countifs((Triggers.state, words(asked))), "triggers that ask for action"),
        (countifs((Checks.severity, words(mend))), "entries that must be mended"),
        (countifs((ReviewsDue.days_late, late)), "late reviews"),
    )
    never = "Nothing looked through yet: press Check entries, then Compute triggers."
    run = f"COUNTA({ref(Triggers.result_key)})+COUNTA({ref(Checks.code)})"
    text = '"Now: "&' + '&", "&'.join(f'{count}&" {what}"' for count, what in pieces) + '&"."'
    counts = (
        _count(given, Triggers.state, lambda v: v == asked),
        _count(given, Checks.severity, lambda v: v == mend),
        _count(given, ReviewsDue.days_late, lambda v: isinstance(v, int) and v > 0),
    )
    said = ", ".join(f"{n} {what}" for n, (_, what) in zip(counts, pieces, strict=True))
    ran = _count(given, Triggers.result_key, bool) + _count(given, Checks.code, bool)
    return Formula(live_text(f"IF({run}=0,{words(never)},{text})"), f"Now: {said}." if ran else never)


def _count(given: Tables, column: Any, says: Any) -> int:
    return sum(bool(says(row.get(column.header))) for row in given.get(column.table, ()))


# -- guidance -----------------------------------------------------------------------------------------------------


def _guidance(given: Tables) -> Iterator[Put]:
    yield Put(_HOW_TO, 1, "How to fill it in", "section")
    for n, line in enumerate(HOW_TO, start=1):
        yield Put(_HOW_TO + n, 1, n, "step")
        yield Put(_HOW_TO + n, 2, line, "purpose")
    yield Put(_HELP, 2, _help(given), "purpose")


def _help(given: Tables) -> Formula:
    label = words(Programme.contact_email.header)
    found = f'IFERROR(INDEX({Programme.table}[{VALUE}],MATCH({label},{Programme.table}[{SETTING}],0))&"","")'
    lead = "Help: choose a heading, and it says what belongs beneath it. Or ask your project lead"
    said = next((r[VALUE] for r in given.get(Programme.table, ()) if r[SETTING] == Programme.contact_email.header), "")
    return Formula(f'="{lead}"&IF({found}="",""," ("&{found}&")")&"."', f"{lead}{f' ({said})' if said else ''}.")


# -- all sheets ---------------------------------------------------------------------------------------------------


def _choosing() -> Iterator[Put]:
    yield Put(_CHOOSE, 1, "All sheets", "section")
    yield Put(_CHOOSE, _WHAT, "Mark those for this role and stage:", "right")
    yield Put(_CHOOSE, _WHO, EVERYONE, "entry")
    yield Put(_CHOOSE, _WHEN, ANY_TIME, "entry")
    yield Put(_CHOOSE + 1, 1, HIDDEN, "caption")


def _choices() -> Iterator[Rule]:
    told = {"hint_title": "Your sheets", "hint": "Choose, and the dots in the first column mark your sheets."}
    for column, choices in ((_WHO, READERS), (_WHEN, STAGES)):
        span = Span(_CHOOSE, column, _CHOOSE, column)
        yield Rule(span, "list", choices=choices, title="Your sheets", error="Choose one of the words offered.", **told)


def _sheet(step: Step) -> str:
    return step.sheet or (step.register.sheet if step.register is not None else "")


def _line(
    row: int,
    step: Step,
    sheets: Mapping[str, SheetPlan],
    standings: Mapping[str, Standing],
    places: Mapping[str, int],
) -> Iterator[Put]:
    register = step.register
    sheet = sheets[_sheet(step)]
    several = len(sheet.tables) > 1 and register is not None
    name = f"{sheet.name}: {register.table}" if several and register is not None else sheet.name
    place = "A1" if register is None or register.computed else _goal(register, places)
    yield Put(row, _MARK, _mark(row), "line middle")
    if sheet.hidden:
        yield Put(row, _SHEET, _link_to_come(step, sheet, name, place), "line not yet")
    else:
        yield Put(row, _SHEET, Link(sheet.name, name, place), "line link")
    yield Put(row, _WHAT, register.purpose if register is not None else sheet.purpose, "line note")
    yield Put(row, _WHO, step.who, "line note")
    yield Put(row, _WHEN, step.when, "line note")
    cells = numbers(register, standings[register.table]) if register is not None else (None, None, None)
    for column, cell in zip((_ENTRIES, _WANTED, _OVERDUE), cells, strict=True):
        yield Put(row, column, cell, "line count")


def _link_to_come(step: Step, sheet: SheetPlan, name: str, place: str) -> Formula | str:
    """The name of a hidden sheet, which becomes a link once a run has shown the sheet: before, it would lead elsewhere.

    A run shows what it fills, and what a service needs that is live by then (`workbook.model.shown_sheets`).
    """
    hidden = f"{name}{NOT_YET}"
    if step.shown is Shown.ON_DEMAND:
        return hidden
    rows = f'SUMPRODUCT(--({ref(step.filled_with.columns[0])}<>""))'
    if step.shown is Shown.LIVE:
        run, lives = f"MAX({ref(Triggers.last_seen_on)})", ref(Services.go_live)
        rows += f'+SUMPRODUCT(({lives}<>"")*({lives}<={run})*({ref(Services.in_use)}<>"No"))'
    goal = words(f"#{quoted(sheet.name)}!{place}")
    return Formula(f"=IF({rows}+0*{AS_OF}>0,HYPERLINK({goal},{words(name)}),{words(hidden)})", hidden)


def _mark(row: int) -> Formula:
    reader, stage = at(_CHOOSE, _WHO, "rc"), at(_CHOOSE, _WHEN, "rc")
    who, when = at(row, _WHO), at(row, _WHEN)
    mine = f'OR({reader}="",{reader}={words(EVERYONE)},{who}={words(EVERYONE)},ISNUMBER(SEARCH({reader},{who})))'
    now = f'OR({stage}="",{stage}={words(ANY_TIME)},{when}={words(ALWAYS)},{when}={stage})'
    return Formula(f'=IF(AND({mine},{now}),"●","")', "●")


def _paints(sheets: Mapping[str, SheetPlan]) -> Iterator[Paint]:
    hidden = [row for step, row in _LINES.items() if sheets[_sheet(step)].hidden]
    rows = [(first + 1, last) for first, last in _stretches()]
    quiet = tuple(Span(first, _WHAT, last, _WHEN) for first, last in rows)
    yield Paint(quiet, f'={at(rows[0][0], _MARK, "c")}=""', "quiet")
    if hidden:
        names = tuple(Span(row, _SHEET, row, _SHEET) for row in hidden)
        shown = f"RIGHT({at(hidden[0], _SHEET)},{len(NOT_YET)})<>{words(NOT_YET)}"
        yield Paint(names, f"={shown}", "appeared")
    for column, look in ((_WANTED, "wanted"), (_OVERDUE, "late")):
        cell = at(rows[0][0], column)
        spans = tuple(Span(first, column, last, column) for first, last in rows)
        yield Paint(spans, f"=AND(ISNUMBER({cell}),{cell}>0)", look)


def _stretches() -> Iterator[tuple[int, int]]:
    """The row of each group and the last line beneath it."""
    heads = [*_GROUPS.values(), _LAST + 1]
    yield from ((first, following - 1) for first, following in pairwise(heads))
