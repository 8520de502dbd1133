"""Mistakes as people make them in entries, and odd entries that are none: drawn from a seed, with what is right."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

from workbook.example import simulate
from workbook.model.declare import Column, Kind
from workbook.model.raw import RawBook, RawTable, columns_of
from workbook.model.registers import (
    BY_TABLE,
    COMPUTED,
    LISTS,
    REGISTERS,
    SETUP,
    SUMMARIES,
    Programme,
    Services,
    WorkforcePlan,
)

UNSEEN = ("\u200b", "\ufeff", "\u00ad", "\u2060")
LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Cell(NamedTuple):
    """A cell of a workbook: its table, row (from 0) and column."""

    table: str
    row: int
    column: str


class Planted(NamedTuple):
    """What was put into a cell, what had stood there, and what the sort of change is called."""

    cell: Cell
    typed: Any
    right: Any
    sort: str


@cache
def _example() -> Any:
    return simulate(weeks=8)


class Sheaf:
    """An example programme whose cells can be changed, as a host would hand it over."""

    def __init__(self, seed: int) -> None:
        made = _example()
        self.until = made.until
        self.random = random.Random(seed)
        self.rows = {table: [dict(row) for row in rows] for table, rows in made.tables.items()}
        self.planted: dict[Cell, Planted] = {}
        self.formulas: dict[str, set[tuple[int, int]]] = {}
        for mistake in made.mistakes:  # those that the example makes itself are taken out
            key = BY_TABLE[mistake.table].key
            rows = self.rows[mistake.table]
            self.rows[mistake.table] = [r for r in rows if key is None or r.get(key.header) != mistake.id]
        self.names = {r["Champion ID"]: r["Name"] for r in self.rows[WorkforcePlan.table]}
        self.services = {r["Service code"]: r["Service name"] for r in self.rows[Services.table]}

    def raw(self) -> RawBook:
        """The workbook as it is now."""
        tables = []
        names = [r.table for r in (*SETUP, *REGISTERS, *COMPUTED, *SUMMARIES)]
        for name in names:
            headers = ("Setting", "Value") if name == Programme.table else BY_TABLE[name].headers()
            rows = [[row.get(h) for h in headers] for row in self.rows.get(name, [])]
            made = RawTable(name, BY_TABLE[name].sheet, 5, 1, headers, columns_of(rows, len(headers)), len(rows))
            tables.append(replace(made, formulas=frozenset(self.formulas.get(name, ()))))
        for x in LISTS:
            made = RawTable(x.table, "Lists", 5, 1, (x.header,), [list(x.values)], len(x.values))
            tables.append(made)
        return RawBook("mistakes.xlsx", tables)

    def cells(self, fits: Callable[[Column[Any], Any], bool]) -> list[tuple[Cell, Column[Any]]]:
        """The cells, by column and value, that nothing was planted in yet."""
        return [
            (cell, column)
            for register in REGISTERS
            for n, row in enumerate(self.rows.get(register.table, []))
            for column in register.columns
            if fits(column, row.get(column.header))
            and (cell := Cell(register.table, n, column.header)) not in self.planted
        ]

    def plant(self, cell: Cell, typed: Any, sort: str) -> None:
        """Puts something into a cell."""
        row = self.rows[cell.table][cell.row]
        self.planted[cell] = Planted(cell, typed, row.get(cell.column), sort)
        row[cell.column] = typed


def _typo(some: random.Random, word: str) -> str:
    """A word with one slip of the fingers after its first letter."""
    at = some.randrange(1, len(word))
    slips = (
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + some.choice(LETTERS) + word[at + 1 :],
        word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :] if at > 1 else word + word[-1],
        word[:at] + some.choice(LETTERS) + word[at:],
    )
    return some.choice(slips)


def _cased(some: random.Random, word: str) -> str:
    wrong = [w for w in (word.lower(), word.upper(), word.swapcase(), word.title()) if w != word]
    return some.choice(wrong) if wrong else word


def _unseen(some: random.Random, word: str) -> str:
    at = some.randrange(0, len(word) + 1)
    return some.choice((word[:at] + some.choice(UNSEEN) + word[at:], f" {word}", f"{word}\u00a0", f"{word}  "))


def _day_text(some: random.Random, day: dt.date) -> Any:
    forms = [f"{day.day} {day:%B %Y}", f"{day:%a} {day.day} {day:%b %Y}", f"{day:%d.%m.%Y}", day.isoformat()]
    forms += [f"{day:%B} {day.day}, {day.year}", f"{day:%d-%b-%y}", (day - dt.date(1899, 12, 30)).days]
    if day.day > 12:
        forms += [f"{day:%d/%m/%Y}", f"{day:%m/%d/%Y}", f"{day.day}/{day.month}/{day:%y}"]
    return some.choice(forms)


def _two_way(_: random.Random, day: dt.date) -> str:
    return f"{day:%m/%d/%Y}"


def _number_text(some: random.Random, number: float) -> str:
    text = f"{number:g}"
    return some.choice((text, f" {text}", f"{text}.0" if "." not in text else text, f"{text}\u200b"))


def _id_form(some: random.Random, row_id: str) -> str:
    prefix, _, digits = row_id.partition("-")
    number = str(int(digits))
    forms = (f"{prefix}{digits}", f"{prefix} {digits}", f"{prefix}-{number}", f"{prefix.lower()}-{digits}")
    return some.choice((*forms, f"{prefix}_{digits}", f"{prefix}\u2011{digits}", f"{prefix.lower()} {number}"))


_WORDS = (Kind.CHOICE, Kind.LIST)


def _is_word(column: Column[Any], value: Any) -> bool:
    return column.kind in _WORDS and isinstance(value, str) and not column.separated


def _is_ref(column: Column[Any], value: Any) -> bool:
    return column.kind is Kind.REFERENCE and isinstance(value, str) and not column.separated and "-" in value


Make = Callable[[Sheaf, Any], Any]
#: Each sort: which cells, what is typed in their place. Those that start with ? can't be certain.
MISTAKES: dict[str, tuple[Callable[[Column[Any], Any], bool], Make]] = {
    "case": (_is_word, lambda s, v: _cased(s.random, v)),
    "unseen": (lambda c, v: _is_word(c, v) or _is_ref(c, v), lambda s, v: _unseen(s.random, v)),
    "?typo": (_is_word, lambda s, v: _typo(s.random, v)),
    "day": (lambda c, v: c.kind is Kind.DATE and isinstance(v, dt.date), lambda s, v: _day_text(s.random, v)),
    "?two-way": (
        lambda c, v: c.kind is Kind.DATE and isinstance(v, dt.date) and v.day <= 12 and v.day != v.month,
        lambda s, v: _two_way(s.random, v),
    ),
    "nothing": (
        lambda c, v: v is None and not c.required and c.kind not in (Kind.TEXT, Kind.LONG_TEXT),
        lambda s, _: s.random.choice(("N/A", "n/a", "N/A.", "-", "--", "not applicable", "\u2013")),
    ),
    "?perhaps nothing": (
        lambda c, v: v is None and not c.required,
        lambda s, _: s.random.choice(("None", "TBC", "?", "nil", "na")),
    ),
    "week": (
        lambda c, v: c.monday and isinstance(v, dt.date),
        lambda s, v: v + dt.timedelta(days=s.random.randrange(1, 5)),
    ),
    "?weekend": (
        lambda c, v: c.monday and isinstance(v, dt.date),
        lambda s, v: v + dt.timedelta(days=s.random.choice((-2, -1))),
    ),
    "number": (
        lambda c, v: c.kind in (Kind.SCORE, Kind.WHOLE, Kind.NUMBER) and type(v) in (int, float),
        lambda s, v: _number_text(s.random, v),
    ),
    "yes or no": (
        lambda c, v: c.kind is Kind.YES_NO and v in ("Yes", "No", True, False),
        lambda s, v: (
            s.random.choice(("y", "YES", "yes ", "Y"))
            if v in ("Yes", True)
            else s.random.choice(("n", "NO", "no", " No\u200b"))
        ),
    ),
    "id form": (_is_ref, lambda s, v: _id_form(s.random, v)),
    "name": (
        lambda c, v: c.target == WorkforcePlan.table and isinstance(v, str),
        lambda s, v: s.random.choice((s.names[v], s.names[v].upper(), f"{v} {s.names[v]}", f"{s.names[v]} ({v})")),
    ),
    "service": (
        lambda c, v: c.target == Services.table and isinstance(v, str) and not c.separated,
        lambda s, v: s.random.choice((s.services[v], v.lower())),
    ),
    "?name of a person": (
        lambda c, v: c.kind is Kind.PERSON and isinstance(v, str) and len(v) > 5,
        lambda s, v: _typo(s.random, v),
    ),
    "person in capitals": (
        lambda c, v: c.kind is Kind.PERSON and isinstance(v, str),
        lambda s, v: s.random.choice((v.upper(), v.lower(), v.replace(" ", "  "), f"{v[:2]}\u200b{v[2:]}")),
    ),
}

#: Odd entries that are right: which cells, and what is typed.
ODD: dict[str, tuple[Callable[[Column[Any], Any], bool], Make]] = {
    "a long text": (
        lambda c, v: c.kind is Kind.LONG_TEXT and isinstance(v, str) and not c.target,
        lambda s, v: s.random.choice(
            (
                f"N/A in the morning. {v}",
                f"{v} \U0001f468\u200d\U0001f469\u200d\U0001f467",
                f"03/04/2026: {v}",
                f"Resovled, as she wrote. {v}",
                v.upper(),
                v.lower(),
                f"DC-01 and DC 002 said: {v}",
                f"None of the residents. {v}",
                "TRUE",
                "4",
                "31/02/2026",
            )
        ),
    ),
    "a short text": (
        lambda c, v: c.kind is Kind.TEXT and not c.target and not c.required and not c.separated,
        lambda s, _: s.random.choice(
            (
                "00123",
                "03/04/2026",
                "1e5",
                "DC-01",
                "yes",
                "early",
                "Na",
                "No. 7",
                "N/A-17",
                "\u00c9lodie",
                "13/04",
                "=",
            )
        ),
    ),
    "a staff member": (
        lambda c, v: c.attr == "staff_member" and isinstance(v, str),
        lambda s, _: s.random.choice(
            (
                "Siobh\u00e1n O\u2019Brien",
                "Mar\u00eda Jos\u00e9 de la Cruz",
                "van der Berg",
                "Bank staff 7",
                "Agency 12",
                "NG",
                "Night",
                "\u0410\u043d\u043d\u0430",
                "Carer 001",
                "Mr. Early",
                "May June",
            )
        ),
    ),
    "a tick": (
        lambda c, v: c.kind is Kind.YES_NO and v in ("Yes", "No", True, False),
        lambda s, v: v in ("Yes", True),
    ),
    "a moment": (
        lambda c, v: c.kind is Kind.DATE and isinstance(v, dt.date) and not c.monday,
        lambda s, v: dt.datetime(v.year, v.month, v.day, s.random.randrange(24), 30),
    ),
    "several": (
        lambda c, v: c.separated and isinstance(v, str) and "," in v,
        lambda s, v: s.random.choice((v.replace(", ", ","), v.replace(", ", "; "), v.replace(", ", " , "), f"{v},")),
    ),
    "a number": (
        lambda c, v: c.kind in (Kind.SCORE, Kind.WHOLE, Kind.NUMBER) and type(v) in (int, float),
        lambda s, v: float(v),
    ),
    "another Monday": (
        lambda c, v: c.monday and isinstance(v, dt.date),
        lambda s, v: v - dt.timedelta(weeks=s.random.randrange(0, 3)),
    ),
    "another choice": (
        lambda c, v: c.kind is Kind.CHOICE and isinstance(v, str),
        lambda s, v: v,
    ),
}


def planted(kinds: dict[str, tuple[Callable[[Column[Any], Any], bool], Make]], seed: int, each: int) -> Sheaf:
    """A programme with so many cells of each kind changed."""
    sheaf = Sheaf(seed)
    for sort, (fits, make) in kinds.items():
        cells = sheaf.cells(fits)
        sheaf.random.shuffle(cells)
        for cell, _ in cells[:each]:
            before = sheaf.rows[cell.table][cell.row].get(cell.column)
            sheaf.plant(cell, make(sheaf, before), sort)
    return sheaf


__all__ = ["MISTAKES", "ODD", "Cell", "Planted", "Sheaf", "planted"]
