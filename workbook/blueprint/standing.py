"""How far each register is: entries, cells still to fill in, what is overdue; as formulas and as Python reckons it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from workbook.blueprint.dues import dues_of
from workbook.blueprint.formulas import SETTING, VALUE, begun, live, ref, wanted, words
from workbook.blueprint.plan import Formula, Tables
from workbook.model.cells import Cell
from workbook.model.declare import Register
from workbook.model.light_dataclasses import dataclass
from workbook.model.registers import Programme, Thresholds
from workbook.model.snapshot import Snapshot


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


def numbers(register: type[Register], now: Standing) -> Sequence[Formula | None]:
    """Entries, cells still to fill in, and what is overdue, as formulas; None where it doesn't apply."""
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


def status_of(now: Standing, places: Sequence[str]) -> Formula:
    """The line above a register that says how far it is.

    Args:
        now: as Python reckons it.
        places: where Start here has the register's entries, missing cells and overdue.
    """
    entries, blank, late = places
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
