"""Copies of a register: which of their entries the register itself lacks, so that none is lost with a copy."""

from __future__ import annotations

from collections.abc import Sequence

from workbook.model.cells import Cell, canonical, fold, text_of
from workbook.model.folding import tidy
from workbook.model.light_dataclasses import replace
from workbook.model.raw import Elsewhere, RawTable
from workbook.model.registers import BY_TABLE

_Entry = tuple[str, frozenset[tuple[str, str]]]


class Originals:
    """The registers of which a workbook holds copies, and what stands in them.

    Args:
        elsewhere: the copies, as a host read them.
    """

    def __init__(self, elsewhere: Sequence[Elsewhere]) -> None:
        self._copies = elsewhere
        self._wanted = {other.table for other in elsewhere if other.cells is not None}
        self._entries: dict[str, list[_Entry]] = {}

    def see(self, raw: RawTable) -> None:
        """Keeps what the entries of a register say, if there is a copy of it."""
        if raw.table in self._wanted:
            self._entries.setdefault(raw.table, _entries(raw))

    def compared(self) -> tuple[Elsewhere, ...]:
        """The copies with what they hold that the register does not, without their cells."""
        return tuple(self._compared(other) for other in self._copies)

    def _compared(self, other: Elsewhere) -> Elsewhere:
        if other.cells is None:
            return other
        there = _entries(other.cells)
        known = self._entries.get(other.table)
        if known is None:
            return replace(other, rows=len(there), cells=None)
        ids, contents = {row_id for row_id, _ in known if row_id}, {said for _, said in known}
        new = [said for row_id, said in there if (row_id not in ids if row_id else said not in contents)]
        changed = [said for row_id, said in there if row_id in ids and said not in contents]
        return replace(other, rows=len(there), cells=None, lacking=len(new), differing=len(changed))


def _entries(raw: RawTable) -> list[_Entry]:
    """Each entry's id, folded, and what it says beside; rows without anything, or with an id alone, are none."""
    register = BY_TABLE[raw.table]
    declared = {fold(spelt): c.attr for c in register.columns for spelt in (*c.also, c.header)}
    named = [(declared[fold(h)], n) for n, h in enumerate(raw.headers) if fold(h) in declared]
    key = register.key.attr if register.key is not None else ""
    found = []
    for n in range(raw.height):
        row = {attr: raw.columns[at][n] for attr, at in named}
        row_id = fold(tidy(text_of(row.pop(key, None)) or ""))
        said = frozenset((attr, _said(cell)) for attr, cell in row.items() if cell is not False and _said(cell))
        if said:
            found.append((row_id, said))
    return found


def _said(cell: Cell) -> str:
    text = text_of(cell)
    return fold(text) if isinstance(cell, str) and text else canonical(cell)
