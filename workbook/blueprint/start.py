"""Start here: the work in order, with ways to each sheet, who does it, and how far it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workbook.blueprint.dues import dues_of
from workbook.blueprint.formulas import at, begun, countifs, live, live_text, on, ref, wanted, words
from workbook.blueprint.guide import (
    ALWAYS,
    ANY_TIME,
    EVERYONE,
    FIRST_STEPS,
    READERS,
    STAGES,
    STEPS,
    Step,
)
from workbook.blueprint.model import Formula, Link, Paint, Put, Rule, SheetPlan, Span, Tables
from workbook.blueprint.styles import required_head
from workbook.blueprint.tables import START_SHEET, height_of, lines_of
from workbook.cells import Cell
from workbook.declare import Area, Register
from workbook.findings import SEVERITY_WORDS, Severity
from workbook.registers import Checks, Programme, ReviewsDue, Thresholds, Triggers
from workbook.snapshot import Snapshot
from workbook.triggers.declare import STATE_WORDS, State

SETTING, VALUE = "Setting", "Value"
_HEADS = ("Yours", "Part", "Sheet", "Entries", "Still to fill in", "Overdue", "What it is for", "When", "Who")
_WIDTHS = (8, 11, 24, 10, 10, 10, 86, 16, 48)
_MARK, _PART, _SHEET, _ENTRIES, _WANTED, _OVERDUE, _WHAT, _WHEN, _WHO = range(1, 10)
_FIRST_STEP, _NOW, _HELP, _CHOOSE, _HEAD = 4, 10, 11, 13, 14
_FIRST = _HEAD + 1
_PURPOSE = "The work in order. Follow a link to its sheet; every sheet leads back here."


@dataclass(frozen=True)
class Standing:
    """How far a register is: entries, cells still to fill in, and what is overdue; None where it doesn't apply."""

    entries: int
    wanted: int | None = None
    overdue: int | None = None


def standing(register: type[Register], given: Tables, snapshot: Snapshot, as_of: dt.date) -> Standing:
    """How far a register is, as Python reckons it."""
    rows = given.get(register.table, ())
    if register is Programme:
        said = {str(r[SETTING]): r[VALUE] for r in rows}
        return Standing(sum(map(_is_filled, said.values())), sum(not _is_filled(said.get(h)) for h in _settings()))
    if register.computed or register is Thresholds:
        return Standing(sum(_is_filled(r.get(register.columns[0].header)) for r in rows))
    must = [c.header for c in register.columns if c.required]
    started = [r for r in rows if any(_is_filled(r.get(h)) for h in must)]
    blank = sum(not _is_filled(r.get(c.header)) for r in started for c in wanted(register))
    overdue = sum(due.count(snapshot.rows(register), as_of) for due in dues_of(register))
    return Standing(len(started), blank, overdue if dues_of(register) else None)


def _is_filled(cell: Cell) -> bool:
    return cell is not None and cell != ""


def _settings() -> tuple[str, ...]:
    return tuple(c.header for c in Programme.columns if c.required)


def status_of(register: type[Register], now: Standing) -> Formula:
    """The line above a register that says how far it is, taken from Start here."""
    row = _FIRST + next(n for n, step in enumerate(STEPS) if step.register is register)
    entries, blank, late = (on(START_SHEET, at(row, c, "rc")) for c in (_ENTRIES, _WANTED, _OVERDUE))
    parts = [
        f'IF({entries}=0,"No entries yet",{entries}&IF({entries}=1," entry"," entries"))',
        f'IF({blank}=0,"",", "&{blank}&IF({blank}=1," cell"," cells")&" still to fill in")',
    ]
    if now.overdue is not None:
        parts.append(f'IF({late}=0,"",", "&{late}&" overdue")')
    said = [_counted(now.entries, "entry", "entries") if now.entries else "No entries yet"]
    if now.wanted:
        said.append(f"{_counted(now.wanted, 'cell', 'cells')} still to fill in")
    if now.overdue:
        said.append(f"{now.overdue} overdue")
    return Formula(f"={'&'.join(parts)}", ", ".join(said))


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


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
    last = _FIRST + len(STEPS) - 1
    puts = [
        Put(1, 1, START_SHEET, "title"),
        Put(2, 1, _PURPOSE, "purpose"),
        *(Put(_FIRST_STEP + n, 1, words_, "purpose") for n, words_ in enumerate(FIRST_STEPS)),
        Put(_NOW, 1, _now(given), "tool"),
        Put(_HELP, 1, _help(given), "purpose"),
        *_choosing(),
        *(Put(_HEAD, n, head, required_head(Area.SETUP)) for n, head in enumerate(_HEADS, start=1)),
    ]
    for n, step in enumerate(STEPS):
        puts += _line(_FIRST + n, step, sheets, standings, places)
    return SheetPlan(
        START_SHEET,
        Area.SETUP,
        _PURPOSE,
        puts=tuple(puts),
        rules=tuple(_choices()),
        paints=tuple(_paints(last)),
        widths=dict(enumerate(_WIDTHS, start=1)),
        fitted=_fitted(puts),
        heights={1: 30, 2: 20, _NOW: 22, _CHOOSE: 20, _HEAD: 34},
        columns=len(_HEADS),
        grid=False,
    )


def _fitted(puts: Sequence[Put]) -> dict[int, float]:
    lines: dict[int, int] = {}
    for put in puts:
        if put.row >= _FIRST and isinstance(put.content, str):
            lines[put.row] = max(lines.get(put.row, 1), lines_of(put.content, _WIDTHS[put.column - 1]))
    return {row: height_of(n) + 3 for row, n in lines.items()}


def _line(
    row: int,
    step: Step,
    sheets: Mapping[str, SheetPlan],
    standings: Mapping[str, Standing],
    places: Mapping[str, int],
) -> Iterator[Put]:
    register = step.register
    sheet = sheets[register.sheet if register is not None else step.sheet]
    several = len(sheet.tables) > 1 and register is not None
    name = f"{sheet.name}: {register.table}" if several and register is not None else sheet.name
    purpose = register.purpose if register is not None else sheet.purpose
    place = at(5, places[register.table]) if several and register is not None else "A1"
    yield Put(row, _MARK, _mark(row), "line middle")
    yield Put(row, _PART, sheet.area.value, "line")
    yield Put(row, _SHEET, Link(sheet.name, name, place), "line link")
    yield Put(row, _WHAT, purpose, "line note")
    yield Put(row, _WHO, step.who, "line")
    yield Put(row, _WHEN, step.when, "line")
    cells = _numbers(register, standings[register.table]) if register is not None else (None, None, None)
    for column, cell in zip((_ENTRIES, _WANTED, _OVERDUE), cells, strict=True):
        yield Put(row, column, cell, "line number")


def _mark(row: int) -> Formula:
    reader, stage = at(_CHOOSE, _SHEET, "rc"), at(_CHOOSE, _WHEN, "rc")
    who, when = at(row, _WHO), at(row, _WHEN)
    mine = f'OR({reader}="",{reader}={words(EVERYONE)},{who}={words(EVERYONE)},ISNUMBER(SEARCH({reader},{who})))'
    now = f'OR({stage}="",{stage}={words(ANY_TIME)},{when}={words(ALWAYS)},{when}={stage})'
    return Formula(f'=IF(AND({mine},{now}),"●","")', "●")


def _numbers(register: type[Register], now: Standing) -> Sequence[Formula | None]:
    if register is Programme:
        entries = live(f"COUNTA({Programme.table}[{VALUE}])")
        listed = ",".join(words(h) for h in _settings())
        filled = f'COUNTIFS({Programme.table}[{SETTING}],{{{listed}}},{Programme.table}[{VALUE}],"<>")'
        return Formula(entries, now.entries), Formula(live(f"SUMPRODUCT(--({filled}=0))"), now.wanted), None
    if now.wanted is None:
        return Formula(live(f"COUNTA({ref(register.columns[0])})"), now.entries), None, None
    must = wanted(register)
    filled = "+".join(f"COUNTA({ref(c)})" for c in must)
    entries = begun(register)
    late = "+".join(due.formula() for due in dues_of(register))
    return (
        Formula(live(entries), now.entries),
        Formula(live(f"MAX(0,{entries}*{len(must)}-({filled}))"), now.wanted),
        Formula(f"={late}", now.overdue) if late else None,
    )


def _now(given: Tables) -> Formula:
    """One line that says what asks for attention, from the sheets that the program computes."""
    asked, mend, late = STATE_WORDS[State.RAISED], SEVERITY_WORDS[Severity.ERROR], '">0"'
    pieces = (
        (countifs((Triggers.state, words(asked))), "triggers that ask for action"),
        (countifs((Checks.severity, words(mend))), "entries that must be mended"),
        (countifs((ReviewsDue.days_late, late)), "late reviews"),
    )
    text = '"Now: "&' + '&", "&'.join(f'{count}&" {what}"' for count, what in pieces) + '&"."'
    counts = (
        _count(given, Triggers.state, lambda v: v == asked),
        _count(given, Checks.severity, lambda v: v == mend),
        _count(given, ReviewsDue.days_late, lambda v: isinstance(v, int) and v > 0),
    )
    said = ", ".join(f"{n} {what}" for n, (_, what) in zip(counts, pieces, strict=True))
    return Formula(live_text(text), f"Now: {said}.")


def _count(given: Tables, column: Any, says: Any) -> int:
    return sum(bool(says(row.get(column.header))) for row in given.get(column.table, ()))


def _help(given: Tables) -> Formula:
    label = words(Programme.contact_email.header)
    found = f'IFERROR(INDEX({Programme.table}[{VALUE}],MATCH({label},{Programme.table}[{SETTING}],0))&"","")'
    lead = "Help: ask your project lead"
    said = next((r[VALUE] for r in given.get(Programme.table, ()) if r[SETTING] == Programme.contact_email.header), "")
    tail = ". A cell tells what belongs into it when you choose its heading."
    return Formula(
        f'="{lead}"&IF({found}="",""," ("&{found}&")")&{words(tail)}', f"{lead}{f' ({said})' if said else ''}{tail}"
    )


def _choosing() -> Iterator[Put]:
    yield Put(_CHOOSE, 1, "Mark the sheets for:", "tool")
    yield Put(_CHOOSE, _SHEET, EVERYONE, "entry")
    yield Put(_CHOOSE, _WHAT, "at this stage:", "right")
    yield Put(_CHOOSE, _WHEN, ANY_TIME, "entry")


def _choices() -> Iterator[Rule]:
    told = {"hint_title": "Your sheets", "hint": "Choose, and the dots in the first column mark your sheets."}
    for column, choices in ((_SHEET, READERS), (_WHEN, STAGES)):
        span = Span(_CHOOSE, column, _CHOOSE, column)
        yield Rule(span, "list", choices=choices, title="Your sheets", error="Choose one of the words offered.", **told)


def _paints(last: int) -> Iterator[Paint]:
    quiet = (Span(_FIRST, _PART, last, _PART), Span(_FIRST, _WHAT, last, _WHO))
    yield Paint(quiet, f'={at(_FIRST, _MARK, "c")}=""', "quiet")
    for column, look in ((_WANTED, "wanted"), (_OVERDUE, "late")):
        cell = at(_FIRST, column)
        yield Paint((Span(_FIRST, column, last, column),), f"=AND(ISNUMBER({cell}),{cell}>0)", look)
