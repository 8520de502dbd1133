"""What people wrote, as a document may quote it: without names where it leaves the organisation.

A text that may identify a person is left out and its row named, unless somebody looked at it and let it through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from workbook.documents.anonymous import without_names
from workbook.documents.declare import Document, Material, Withheld
from workbook.documents.words import NOT_RECORDED, text
from workbook.model.cells import fold
from workbook.model.declare import Column, Register
from workbook.model.errors import UnknownName
from workbook.model.findings import Finding
from workbook.model.registers import WorkforcePlan
from workbook.rules.checks.privacy import IDENTIFIABLE

LEFT_OUT = "Left out: the text may identify a person"
TO_LET_THROUGH = (
    "These texts may identify a person, so the documents that rest on them are not made. Tick those that you have "
    "looked at and want to let through, this once; Change history keeps that. To do without them, go on without a tick."
)


class Quotes:
    """How a document quotes the registers.

    Args:
        document: which one; where it leaves the organisation or goes to all staff, roles stand in place of names.
        material: what it is made from.
    """

    def __init__(self, document: Document, material: Material) -> None:
        outside = document.guarded
        self.named = material.names or not outside
        self.plain: Callable[[str], str] = (lambda words: words) if self.named else without_names(material.view)
        self.view = material.view
        self._guarded = guarded_cells(material) if outside else frozenset()

    def cell(self, row: Register, column: Column[Any], missing: str = NOT_RECORDED) -> str:
        """A cell's text as it may be quoted; where it may not, that it is left out, with its row's id."""
        if is_guarded(self._guarded, row, column):
            return f"{LEFT_OUT} ({row.id or f'row {row.sheet_row}'})."
        return self.plain(text(getattr(row, column.attr), missing))

    def words(self, row: Register, column: Column[Any], missing: str = NOT_RECORDED) -> str:
        """As `cell`, the names in it left as they are."""
        if is_guarded(self._guarded, row, column):
            return f"{LEFT_OUT} ({row.id or f'row {row.sheet_row}'})."
        return text(getattr(row, column.attr), missing)

    def champion(self, champion_id: str | None) -> str:
        """A champion by role and number; by name too where names are asked for."""
        if not champion_id:
            return NOT_RECORDED
        row = self.view.find(WorkforcePlan, champion_id)
        if self.named and row is not None and row.name:
            return f"{row.name} ({row.champion_id})"
        return f"Digital champion {champion_id}"


#: A cell by its table, its row's id or worksheet row, and its header.
Guarded = tuple[str, str, str]


def guarded_cells(material: Material) -> frozenset[Guarded]:
    """The cells that may identify a person and that nobody has let through."""
    let = {fold(row_id) for row_id in material.confirmed}
    return frozenset(
        (f.table, key, f.column)
        for f in material.findings
        if f.code == IDENTIFIABLE.code and (not f.id or fold(f.id) not in let)
        for key in (fold(f.id), f"row {f.row}")
        if key
    )


def withheld(material: Material, cells: Iterable[tuple[Register, Column[Any]]]) -> list[Withheld]:
    """Those of a document's cells that may identify a person and that nobody has let through.

    Args:
        material: what it is made from.
        cells: without whose texts it would say nothing.
    """
    guarded = guarded_cells(material)
    if not guarded:
        return []
    sheets = material.view.snapshot
    return [
        Withheld(sheets.sheet_of(row.register.table), row.id or f"row {row.sheet_row}", column.header)
        for row, column in cells
        if is_guarded(guarded, row, column)
    ]


def let_through(material: Material) -> list[Finding]:
    """What was found that may identify a person, and that somebody let through."""
    let = {fold(row_id) for row_id in material.confirmed}
    return [f for f in material.findings if f.code == IDENTIFIABLE.code and f.id and fold(f.id) in let]


def known_to_identify(findings: Sequence[Finding], ids: Iterable[str]) -> frozenset[str]:
    """The ids of rows to let through.

    Args:
        findings: what the checks found.
        ids: as a person names them.

    Raises:
        UnknownName: nothing that may identify a person was found in one of them.
    """
    found = {fold(f.id): f.id for f in findings if f.code == IDENTIFIABLE.code and f.id}
    wanted = [row_id.strip() for row_id in ids]
    for row_id in wanted:
        if fold(row_id) not in found:
            there = f"Found in: {', '.join(found.values())}." if found else "There is no such text in the workbook."
            raise UnknownName(f"Nothing that may identify a person was found in {row_id}.", next_step=there)
    return frozenset(found[fold(row_id)] for row_id in wanted)


def is_guarded(guarded: frozenset[Guarded], row: Register, column: Column[Any]) -> bool:
    """Whether a row's cell is among them."""
    keys = (fold(row.id or ""), f"row {row.sheet_row}")
    return any((row.register.table, key, column.header) in guarded for key in keys if key)
