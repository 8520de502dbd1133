"""Entries in the making: they point at one another as objects, and get their ids when all are known."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any, cast

from workbook.example.planted import Row
from workbook.model.cells import Cell
from workbook.model.declare import Register


class Draft:
    """One entry: its register, and its values by attribute. A value may be another draft, or several."""

    __slots__ = ("id", "register", "values")

    def __init__(self, register: type[Register], values: Mapping[str, Any]) -> None:
        unknown = set(values) - {c.attr for c in register.columns}
        if unknown:
            raise KeyError(f"{register.table} has no {sorted(unknown)}")
        self.register = register
        self.values = dict(values)
        self.id = ""

    def __getitem__(self, attr: str) -> Any:
        return self.values.get(attr)

    def date(self) -> dt.date | None:
        """When it happened."""
        event = self.register.event()
        value = self.values.get(event.attr) if event is not None else None
        return value.date() if isinstance(value, Draft) else cast("dt.date | None", value)


class Drafts:
    """All entries of a programme."""

    def __init__(self) -> None:
        self._drafts: dict[type[Register], list[Draft]] = {}

    def add(self, register: type[Register], **values: Any) -> Draft:
        """A new entry.

        Raises:
            KeyError: the register has no such column.
        """
        draft = Draft(register, values)
        self._drafts.setdefault(register, []).append(draft)
        return draft

    def of(self, register: type[Register]) -> list[Draft]:
        """The entries of a register, as added."""
        return self._drafts.get(register, [])

    def finish(self, registers: Iterable[type[Register]], until: dt.date) -> dict[str, list[Row]]:
        """The rows of each register as people would have them on a day: what comes later is left out.

        Ids follow the order of the dates. Entries that are left out keep the id ''.
        """
        kept = {register: self._kept(register, until) for register in registers}
        for register, drafts in kept.items():
            _number(register, drafts)
        return {register.table: [_row(draft, until) for draft in drafts] for register, drafts in kept.items()}

    def _kept(self, register: type[Register], until: dt.date) -> list[Draft]:
        drafts = [draft for draft in self.of(register) if _happened(draft, until)]
        if register.event() is not None:
            drafts.sort(key=lambda draft: draft.date() or until)
        return drafts


def _happened(draft: Draft, until: dt.date) -> bool:
    day = draft.date()
    if day is not None and day > until:
        return False
    needed = (draft.values.get(c.attr) for c in draft.register.columns if c.required)
    return all(_happened(other, until) for other in needed if isinstance(other, Draft))


def _number(register: type[Register], drafts: list[Draft]) -> None:
    key = register.key
    if key is None:
        return
    shape = re.match(r"(\w+-)\\d\{(\d),\}\Z", key.pattern)
    for n, draft in enumerate(drafts, start=1):
        draft.id = f"{shape[1]}{n:0{shape[2]}d}" if shape else draft.values[key.attr]


def _row(draft: Draft, until: dt.date) -> Row:
    values = dict(draft.values)
    key = draft.register.key
    if key is not None:
        values[key.attr] = draft.id
    for column in draft.register.columns:
        value = values.get(column.attr)
        if column.later and isinstance(value, dt.date) and value > until:
            values.update({column.attr: None, **dict(column.pending)})
    return {column.header: _cell(values.get(column.attr)) for column in draft.register.columns}


def _cell(value: Any) -> Cell:
    if isinstance(value, Draft):
        return value.id or None
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, tuple | list):
        parts = [part.id if isinstance(part, Draft) else str(part) for part in value]
        return ", ".join(part for part in parts if part) or None
    return cast("Cell", value)
