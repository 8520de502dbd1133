"""Which formulas may give another result after a change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addin.lossless.edit.dependents import chart_references, follow_in_cells
from addin.lossless.edit.pending import Concerned
from addin.lossless.formula.changed_cells import Changes, Place
from addin.lossless.formula.formula_index import Computed, FormulaIndex
from addin.lossless.formula.reference_shift import Growth
from addin.lossless.opc.bounds import MOST_FORMULAS
from addin.lossless.opc.cells import LAST_ROW, Area
from addin.lossless.opc.errors import LosslessError
from addin.lossless.worksheet.rows import extent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from addin.lossless.edit.state import State
    from addin.lossless.worksheet.sheet import Sheet


def changes_of(book: State, areas: Mapping[str, Iterable[Area]]) -> Changes:
    """Changed areas together with what formulas call by name.

    Args:
        book: the workbook.
        areas: the changed cells, by worksheet.
    """
    places = {
        name: Place(t.sheet.casefold(), t.area, tuple(h.casefold() for h in t.headers))
        for name, t in book.tables().items()
    }
    changed = {sheet: list(found) for sheet, found in areas.items()}
    return Changes(changed, places, book.names(), book.grafted)


def changed_areas(book: State) -> dict[str, list[Area]]:
    """What has been changed on each worksheet so far.

    Args:
        book: the workbook.
    """
    changed = ((name, [*page.settled, *extent(page.edits)]) for name, page in book.opened())
    return {name: areas for name, areas in changed if areas}


def mark_outdated(book: State) -> None:
    """Marks the formulas whose last results may no longer hold, those that follow from others included.

    Args:
        book: the workbook; its worksheets' `outdated` name the cells afterwards.
    """
    areas = changed_areas(book)
    if not areas and not book.grafted:
        return
    pages = {name: page for name, page in book.may_be_outdated() if page.has_formulas}
    for page in pages.values():
        page.outdated = {}
    known = book.concerned
    if known is None or known.sheets != (*pages,) or known.counts != _all_that_counts(book, areas):
        search = _Search(changes_of(book, areas))
        search.add(pages)
        known = Concerned((*pages,), (), tuple(search.found()))
    for name, formula in known.found:
        page = pages[name]
        if formula is None:
            page.drop_results()
            continue
        if formula.has_result:
            page.outdated.setdefault(formula.row, set()).add(formula.column)
        for row, column in formula.filled:
            page.outdated.setdefault(row, set()).add(column)


def dependants(book: State) -> list[str]:
    """The worksheets with formulas that may give another result now, in the order of the tabs.

    Args:
        book: the workbook; formulas that follow tables have followed afterwards.
    """
    follow_in_cells(book)
    areas = changed_areas(book)
    search = _Search(changes_of(book, areas))
    outdated = {name: page for name, page in book.may_be_outdated() if page.has_formulas and _is_readable(page)}
    search.add(outdated)
    found = list(search.found())
    book.concerned = Concerned((*outdated,), _all_that_counts(book, areas), tuple(found))
    others = {name: page for name in book.sheets if name not in outdated and (page := book.glance(name)) is not None}
    search.add({name: page for name, page in others.items() if _is_readable(page)})
    names = {name for name, _ in (*found, *search.found())}
    return [name for name in book.sheets if name in names]


def _is_readable(page: Sheet) -> bool:
    try:
        return _has_very_many(page) or page.computed is not None
    except LosslessError:
        return False


def _all_that_counts(book: State, areas: Mapping[str, list[Area]]) -> tuple[object, ...]:
    """What tells which formulas are concerned: while it is the same, the same ones are."""
    tables = tuple((t.sheet, t.area, t.headers) for t in book.tables().values())
    pages = tuple((name, page, page.changes) for name, page in book.opened() if page.changes)
    return areas, tables, pages, book.head.xml, dict(book.sheets), dict(book.grafted)


class _Search:
    """Looks for the formulas that may give another result after changes, and those that follow from them.

    Args:
        changes: what has changed.
    """

    def __init__(self, changes: Changes) -> None:
        self._changes, self._index = changes, FormulaIndex(changes)
        self._many: dict[str, Sheet] = {}

    def add(self, pages: Mapping[str, Sheet]) -> None:
        """Has the formulas of further worksheets looked at.

        Args:
            pages: the worksheets, by name.
        """
        for name, page in pages.items():
            if _has_very_many(page):
                self._many[name] = page
            else:
                self._index.add(name, list(page.computed_now()))

    def found(self) -> Iterator[tuple[str, Computed | None]]:
        """The formulas, each once, with their worksheets; None stands for all of one that has very many."""
        while True:
            yield from self._index.concerned()
            whole = [name for name, page in self._many.items() if self._may_concern(name, page)]
            for name in whole:
                del self._many[name]
                self._changes.spread_everywhere(name)
                yield name, None
            if not whole:
                return

    def _may_concern(self, name: str, page: Sheet) -> bool:
        """Whether what a worksheet of very many formulas names has changed; they aren't looked at cell by cell."""
        return any(self._changes.concern_roughly(text, name) for text in page.kinds_of_formulas)


def _has_very_many(page: Sheet) -> bool:
    """Whether a worksheet has more formulas than are looked through one by one."""
    return page.xml.count(b"<" + page.prefix + b"f", page.start, page.end) > MOST_FORMULAS


def _formulas(book: State, sheet: str) -> list[tuple[int, int, str]]:
    """Row, column and text of a worksheet's formulas."""
    page = book.glance(sheet)
    return list(page.formulas_now()) if page else []


def ties_of(book: State, growth: Growth) -> str:
    """Where the totals row of a table that grows is named by its place: a cell, a name or a chart; '' where nowhere.

    What covers it before and after, or follows the table, is no tie, nor are whole columns.

    Args:
        book: the workbook.
        growth: how the table is to grow or shrink.
    """
    old = growth.old
    row = Area(old.bottom + 1, old.left, old.bottom + growth.totals, old.right)
    first, last = sorted((old.bottom, growth.bottom))
    changes = changes_of(book, {growth.sheet: [row]})

    def covers(area: Area) -> bool:
        return area.bottom == LAST_ROW or (area.top <= first + 1 and area.bottom >= last + growth.totals)

    def tied(text: str, own: str) -> bool:
        return all(changes.concern_closely(t, own, covers) for t in (text, growth.formula(text, own)))

    for name in book.sheets:
        for r, column, text in _formulas(book, name):
            if tied(text, name):
                return f"the formula in {Area(r, column, r, column)} on the sheet “{name}”"
    for known in book.head.all_names():
        if tied(known.text, ""):
            return f"the name “{known.attrs.get('name', '')}”"
    return "a chart" if any(tied(text, "") for text in chart_references(book)) else ""
