"""Which formulas may give another result after a change."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from addin.lossless.edit.dependents import chart_references
from addin.lossless.formula.changed_cells import Changes, Place
from addin.lossless.formula.reference_shift import Growth
from addin.lossless.opc.bounds import MOST_FORMULAS
from addin.lossless.opc.cells import LAST_ROW, Area, CellXml
from addin.lossless.opc.errors import LosslessError
from addin.lossless.worksheet.rows import extent

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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
    changes = changes_of(book, areas)
    pages = {name: page for name, page in book.may_be_outdated() if page.has_formulas}
    many = {name: page for name, page in pages.items() if _has_very_many(page)}
    waiting = {
        name: (page, [_Computed.of(page, *place) for place in page.formula_cells() if not page.is_changed(*place)])
        for name, page in pages.items()
        if name not in many
    }
    for page in pages.values():
        page.outdated = {}
    found = True
    while found:
        found = False
        for name in _concerned_of_many(changes, many):
            many.pop(name).drop_results()
            found = True
        for name, (page, formulas) in waiting.items():
            rest = [f for f in formulas if not _marked(changes, name, page, f)]
            found = found or len(rest) < len(formulas)
            waiting[name] = page, rest


class _Computed(NamedTuple):
    """A formula, where it stands, and whether its last result is written down; `array` is what it fills besides."""

    row: int
    column: int
    text: str
    has_result: bool
    array: Area | None

    @classmethod
    def of(cls, page: Sheet, row: int, cell: CellXml) -> _Computed:
        array = next((a for a in page.arrays if (a.top, a.left) == (row, cell.column)), None)
        return cls(row, cell.column, page.formula(row, cell), b"<" in page.without_formula(cell), array)


def _has_very_many(page: Sheet) -> bool:
    """Whether a worksheet has more formulas than are looked through one by one."""
    return page.xml.count(b"<" + page.prefix + b"f", page.start, page.end) > MOST_FORMULAS


def _concerned_of_many(changes: Changes, many: Mapping[str, Sheet]) -> list[str]:
    """The worksheets of very many formulas on which some may give another result now; all of them are taken to.

    They are looked at by what they name, not cell by cell.
    """
    found = [n for n, page in many.items() if any(changes.concern_roughly(t, n) for t in page.kinds_of_formulas())]
    for name in found:
        changes.spread_everywhere(name)
    return found


def _marked(changes: Changes, name: str, page: Sheet, formula: _Computed) -> bool:
    if not changes.concern(formula.text, name, formula.row):
        return False
    changes.spread(name, formula.row, formula.column)
    if formula.has_result:
        page.outdated.setdefault(formula.row, set()).add(formula.column)
    if formula.array is not None:
        for row, column in page.written(formula.array):
            changes.spread(name, row, column)
            page.outdated.setdefault(row, set()).add(column)
    return True


def dependants(book: State) -> list[str]:
    """The worksheets with formulas that may give another result now, in the order of the tabs.

    Args:
        book: the workbook.
    """
    changes = changes_of(book, changed_areas(book))
    pages = {name: page for name in book.sheets if (page := book.glance(name)) is not None}
    many = {name: page for name, page in pages.items() if _has_very_many(page)}
    waiting = {name: formulas for name in book.sheets if name not in many and (formulas := _formulas(book, name))}
    found = set[str]()
    while True:
        fresh = {name for name in waiting if name not in found and _any_concerned(changes, name, waiting[name])}
        fresh.update(_concerned_of_many(changes, {n: page for n, page in many.items() if n not in found}))
        if not fresh:
            return [name for name in book.sheets if name in found]
        found |= fresh


def _any_concerned(changes: Changes, name: str, formulas: list[tuple[int, int, str]]) -> bool:
    concerned = [(row, column) for row, column, text in formulas if changes.concern(text, name, row)]
    for row, column in concerned:
        changes.spread(name, row, column)
    return bool(concerned)


def _formulas(book: State, sheet: str, *, strictly: bool = False) -> list[tuple[int, int, str]]:
    """Row, column and text of a worksheet's formulas; none where it can't be read, unless `strictly`."""
    try:
        page = book.glance(sheet)
        return list(page.formulas_now()) if page else []
    except LosslessError:
        if strictly:
            raise
        return []


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
        for r, column, text in _formulas(book, name, strictly=True):
            if tied(text, name):
                return f"the formula in {Area(r, column, r, column)} on the sheet “{name}”"
    for known in book.head.all_names():
        if tied(known.text, ""):
            return f"the name “{known.attrs.get('name', '')}”"
    return "a chart" if any(tied(text, "") for text in chart_references(book)) else ""
