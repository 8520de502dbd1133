"""The tabs of an open workbook: shown, hidden and named otherwise when its changes are written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from addin.hosts.office import native
from addin.hosts.office.cell_links import links_to
from addin.hosts.office.formula_updates import formulas_of
from addin.lossless.formula import with_goals_renamed, with_sheet_renamed
from workbook.blueprint import SUMMARY_SHEETS
from workbook.model.cells import fold
from workbook.model.registers import BY_TABLE
from workbook.model.sheet_names import FORBIDDEN_SIGNS, forbidden, free_name

if TYPE_CHECKING:
    import xlwings

#: Their protection has no password, and is put back as it was.
_OURS = frozenset(map(fold, (*SUMMARY_SHEETS, *(register.sheet for register in BY_TABLE.values()))))


class Tabs:
    """What becomes of the tabs of an open workbook.

    Args:
        book: the workbook.
    """

    def __init__(self, book: xlwings.Book) -> None:
        self.book = book
        self._visible: dict[str, bool] = {}
        self._names: dict[str, str] = {}

    def actual(self, sheet: str) -> str:
        """The name that a sheet has until the changes are written.

        Args:
            sheet: the name that it will have, or has.
        """
        return next((old for old, new in self._names.items() if fold(new) == fold(sheet)), sheet)

    def sheet(self, name: str) -> xlwings.Sheet:
        """A sheet by the name that it had before the changes, whether it has another by now or not.

        Args:
            name: the one before the changes.
        """
        new = self._names.get(name, name)
        return self.book.sheets[new if new in self.book.sheet_names else name]

    def show(self, sheets: Iterable[str], seen: dict[str, bool]) -> list[str]:
        """Shows tabs; gives those that were hidden.

        Args:
            sheets: their names; those that are not there are passed over.
            seen: of the sheets that there will be, whether their tabs are to be seen.
        """
        shown = [sheet for sheet in sheets if seen.get(self.actual(sheet)) is False]
        self._visible |= dict.fromkeys(map(self.actual, shown), True)
        return shown

    def hide(self, sheet: str, seen: dict[str, bool]) -> str:
        """Hides a tab; where it stays, says why.

        Args:
            sheet: its name.
            seen: of the sheets that there will be, whether their tabs are to be seen.
        """
        visible, name = {name for name, is_seen in seen.items() if is_seen}, self.actual(sheet)
        if not visible - {name}:
            return "it is the only sheet that is to be seen"
        if name in visible:
            self._visible[name] = False
        return ""

    def now(self) -> dict[str, bool]:
        """Of the tabs that change, whether they will be seen."""
        return dict(self._visible)

    def rename(self, sheet: str, wanted: str, others: Iterable[str]) -> tuple[str, str]:
        """Gives a sheet another name; see `addin.hosts.apply.surface.Surface.rename_sheet`.

        Args:
            sheet: its name after the changes so far.
            wanted: the new one; it gets a number where another sheet has it.
            others: the names of all sheets.
        """
        name = self.actual(sheet)
        new = free_name(wanted, (self._names.get(known, known) for known in others if known != name))
        why = self._refused(new)
        if why:
            return sheet, why
        self._names[name] = new
        return new, ""

    def _refused(self, name: str) -> str:
        """Why the office program would not take a name; LibreOffice takes longer ones, and those that Excel keeps."""
        if native.has_fixed_sheets(self.book):
            return "the workbook's structure is protected"
        free = native.in_libreoffice(self.book) and not FORBIDDEN_SIGNS & set(name) and "'" not in (name[0], name[-1])
        return "" if free else forbidden(name)

    def write_names(self, back: list[Callable[[], Any]]) -> None:
        """Gives sheets their names; formulas follow in the office program, links by this.

        Args:
            back: gets what takes each step back.
        """
        for old, new in self._names.items():
            sheet = self.book.sheets[old]
            back.append(partial(setattr, sheet, "name", old))
            sheet.name = new
            for page in self.book.sheets:
                with suppress(Exception):  # a link that can't follow is no reason to lose what was written
                    _lead_to(page, old, new)

    def lead_to_new_names(self) -> None:
        """Has links, and the texts in formulas that lead somewhere, follow the names that sheets are given later."""
        for old, new in self._names.items():
            for page in self.book.sheets:
                _lead_to(page, old, new, with_goals_renamed)

    def rename_all(self) -> None:
        """Gives sheets their names; the formulas that refer to them follow in the office program."""
        for old, new in self._names.items():
            self.book.sheets[old].name = new

    def as_named_then(self, goal: str) -> str:
        """Where a link leads, by the names that sheets will have.

        Args:
            goal: as `'Orders'!A7`.
        """
        for old, new in self._names.items():
            goal = with_sheet_renamed(goal, old, new)
        return goal

    def as_led_then(self, formula: str) -> str:
        """A formula whose texts that lead somewhere follow, and whose references are as yet.

        Args:
            formula: with its equals sign.
        """
        for old, new in self._names.items():
            formula = with_goals_renamed(formula, old, new)
        return formula

    def write_visible(self) -> None:
        """Shows and hides tabs."""
        for name, visible in self._visible.items():
            self.sheet(name).visible = visible


def _lead_to(
    sheet: xlwings.Sheet, old: str, new: str, renamed: Callable[[str, str, str], str] = with_sheet_renamed
) -> None:
    """Has a sheet's links, and the texts in its formulas that lead somewhere, follow another sheet's new name."""
    links = links_to(sheet, old, new)
    texts = [(cell, text) for cell, text in formulas_of(sheet) if renamed(text, old, new) != text]
    if not links and not texts:
        return
    locked = native.is_protected(sheet)
    if locked and fold(sheet.name) not in {*_OURS, fold(old), fold(new)}:
        return
    if locked:
        native.unprotect(sheet)
    try:
        for put in links:
            put()
        for cell, text in texts:
            cell.formula = renamed(text, old, new)
    finally:
        if locked:
            native.protect(sheet)
