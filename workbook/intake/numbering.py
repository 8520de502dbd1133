"""Ids of entries that come in, and references of another workbook to its own ids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from workbook.intake.remembered import Remembered, book_mark
from workbook.intake.source import OUR_WORKBOOK, Source
from workbook.intake.values import Names
from workbook.model.cells import Cell, split_values, text_of
from workbook.model.declare import Column, Register
from workbook.model.folding import fold, tidy
from workbook.model.snapshot import ID_PROPERTY, Snapshot
from workbook.rules.checks.ids import highest, prefix_and_width


class Numbers:
    """Gives a register's next free ids.

    Args:
        snapshot: the workbook.
        register: whose ids; of one whose ids people make up, none are given.
    """

    def __init__(self, snapshot: Snapshot, register: type[Register]) -> None:
        key, data = register.key, snapshot.tables.get(register.table)
        self._form = prefix_and_width(key) if key is not None else None
        held = [*(row.id for row in snapshot.rows(register)), *(data.spare_ids if data is not None else ())]
        self._last = highest(held, self._form[0]) if self._form is not None else 0

    def keep_clear_of(self, ids: Iterable[str]) -> None:
        """Gives none of these, which entries bring along."""
        if self._form is not None:
            self._last = max(self._last, highest(ids, self._form[0]))

    def next(self) -> str:
        """The next free id; '' where people make them up."""
        if self._form is None:
            return ""
        self._last += 1
        return f"{self._form[0]}{self._last:0{self._form[1]}d}"


def is_another_workbook(snapshot: Snapshot, source: Source) -> bool:
    """Whether a source's ids are those of another workbook, and name nothing in this one."""
    return source.kind == OUR_WORKBOOK and (
        not source.book_id or source.book_id != snapshot.properties.get(ID_PROPERTY, "")
    )


class Elsewhere:
    """What the ids of another workbook are in this one.

    Args:
        names: what names stand for in this workbook.
        known: what this workbook remembers.
        source: the other one.
        register: where its entries go.
        own: by the folded id there, the id that its entry gets here.
    """

    def __init__(
        self, names: Names, known: Remembered, source: Source, register: type[Register], own: Mapping[str, str]
    ) -> None:
        self._names, self._known, self._source, self._register, self._own = names, known, source, register, own
        self.book = book_mark(known.salt, source.book_id or source.file)

    def column(self, column: Column[Any], cells: Sequence[Cell]) -> list[Cell]:
        """The cells of a column that refers to rows, as ids of this workbook; what is not here names its file."""
        theirs = self._source.own.get(column.target, {})
        if not theirs and column.target != self._register.table:
            return list(cells)
        return [self._cell(column, cell, theirs) for cell in cells]

    def _cell(self, column: Column[Any], cell: Cell, theirs: Mapping[str, str]) -> Cell:
        text = text_of(cell)
        if text is None:
            return cell
        parts = split_values(text) if column.separated else (text,)
        return ", ".join(self._id(column, part, theirs) for part in parts)

    def _id(self, column: Column[Any], text: str, theirs: Mapping[str, str]) -> str:
        there = fold(tidy(text))
        if column.target == self._register.table and there in self._own:
            return self._own[there]
        if there not in theirs:
            return text
        row_id = self._known.were.get((self.book, column.target, there)) or self._names.ids(column.target).get(
            fold(theirs[there])
        )
        return row_id or f"{text} of {self._source.file}"
