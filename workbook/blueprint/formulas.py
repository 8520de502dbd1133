"""Pieces of formulas. Structured references are `Table[Column]` alone: Excel 2016 and LibreOffice 7.4 both read it."""

from __future__ import annotations

from typing import Any

from workbook.blueprint.plan import Span
from workbook.model.cell_address import letters
from workbook.model.declare import Column, Kind, Register
from workbook.model.registers import REGISTERS
from workbook.rules.checks.ids import prefix_and_width

#: Tables whose ids stand on other sheets.
_REFERRED_TO = frozenset(c.target for r in REGISTERS for c in r.columns if c.kind is Kind.REFERENCE)
#: The headings of the table of settings.
SETTING, VALUE = "Setting", "Value"
#: The name of the day that figures are as of.
AS_OF = "as_of"
#: What a chart draws nothing for.
NO_POINT = "#N/A"


def ref(column: Column[Any]) -> str:
    """A whole column of a table."""
    return f"{column.table}[{column.header}]"


def live(number: str) -> str:
    """A formula for a number that is reckoned anew whenever the workbook is opened.

    LibreOffice takes over the numbers that stand in a file, save those that depend on the day; but our own writing, and
    other programs', changes tables without reckoning. Excel reckons all.
    """
    return f"={number}" if AS_OF in number else f"={number}+0*{AS_OF}"


def live_text(text: str) -> str:
    """The same for a text."""
    return f"={text}&LEFT({AS_OF},0)"


def words(text: str) -> str:
    """A text within a formula."""
    return '"' + text.replace('"', '""') + '"'


def day_words(day: str) -> str:
    """A day in words, such as 30/06/2026. No TEXT: its letters for days and years differ with the language."""
    return f'RIGHT("0"&DAY({day}),2)&"/"&RIGHT("0"&MONTH({day}),2)&"/"&YEAR({day})'


def countifs(*conditions: tuple[Column[Any] | str, str]) -> str:
    """How many rows fulfil all conditions; each a column and a criterion, itself a piece of a formula."""
    pairs = (f"{c if isinstance(c, str) else ref(c)},{criterion}" for c, criterion in conditions)
    return f"COUNTIFS({','.join(pairs)})"


def sumifs(column: Column[Any], *conditions: tuple[Column[Any], str]) -> str:
    """The sum of a column over the rows that fulfil all conditions."""
    return f"SUMIFS({ref(column)},{','.join(f'{ref(c)},{criterion}' for c, criterion in conditions)})"


def at(row: int, column: int, fixed: str = "") -> str:
    """A cell; `fixed` may hold `r` and `c` for what stays when it is copied."""
    return f"{'$' if 'c' in fixed else ''}{letters(column)}{'$' if 'r' in fixed else ''}{row}"


def across(span: Span) -> str:
    """A rectangle of cells, fixed."""
    return f"{at(span.top, span.left, 'rc')}:{at(span.bottom, span.right, 'rc')}"


def on(sheet: str, place: str) -> str:
    """A place on another sheet."""
    return f"'{sheet}'!{place}"


def begun(register: type[Register]) -> str:
    """How many rows of a register have something in a column that must be filled in."""
    filled = "+".join(f'({ref(c)}<>"")' for c in register.columns if c.required)
    return f"SUMPRODUCT(--({filled}>0))"


def wanted(register: type[Register]) -> tuple[Column[Any], ...]:
    """The columns that a person must fill in.

    The program gives blank ids; but one that other sheets refer to is wanted at once, or these could not be filled in.
    """
    key = register.key if register.table not in _REFERRED_TO else None
    return tuple(c for c in register.columns if c.required and not (c is key and prefix_and_width(c)))
