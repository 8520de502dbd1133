"""Where a workbook names cells: formulas in cells and around them, tables, names, charts, and pivots' sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from addin.lossless.edit.dependents import chart_parts, shape_parts, shown_in
from addin.lossless.edit.state import State
from addin.lossless.formula.tags import formulas_in
from addin.lossless.opc.cells import Area
from addin.lossless.opc.markup import Element, plain, root


class Placed(NamedTuple):
    """A formula.

    Attributes:
        text: the formula.
        sheet: the worksheet that it stands on; '' for none.
        where: its place, in words.
    """

    text: str
    sheet: str
    where: str


def formulas_of(book: State, *, but: str) -> Iterator[Placed]:
    """All formulas of a workbook but those on one sheet, be it in cells or around them.

    Args:
        book: the workbook.
        but: the sheet that is left out; "" for none.
    """
    for name in book.sheets:
        if name != but:
            yield from _of_sheet(book, name)
    own = set(_parts_of(book, but)) if but else set[str]()
    number = [name for name, _ in book.head.sheets()].index(but) if but else None
    for known in book.head.all_names():
        if known.sheet is None or known.sheet != number:
            yield Placed(known.text, "", f"the name “{known.attrs.get('name', '')}”")
    for part in chart_parts(book):
        if part not in own:
            yield from (Placed(text, "", "a chart") for text in shown_in(plain(book.read(part))))
    for part in shape_parts(book):
        if part not in own:
            yield from (Placed(text, "", "a shape or control") for text in formulas_in(plain(book.read(part))))


def _of_sheet(book: State, name: str) -> Iterator[Placed]:
    page = book.look(name)
    for row, column, text in page.formulas_now():
        yield Placed(text, name, f"the formula in {Area(row, column, row, column)} on the sheet “{name}”")
    for text in formulas_in(page.tail):
        yield Placed(text, name, f"a format or validation on the sheet “{name}”")
    for table in book.tables().values():
        if table.sheet == name and table.part:
            for text in formulas_in(plain(book.read(table.part))):
                yield Placed(text, name, f"a column of the table “{table.name}”")


def _parts_of(book: State, sheet: str) -> Iterator[str]:
    """The parts that hang on a sheet."""
    waiting, seen = [book.sheets[sheet]], set[str]()
    while waiting:
        part = waiting.pop()
        if part not in seen and book.has(part):
            seen.add(part)
            yield part
            waiting += [r.target for r in book.relations_of(part)]


def pivot_sources(book: State) -> list[str]:
    """The parts that say what pivot tables are made of.

    Args:
        book: the workbook.
    """
    known = book.types().items()
    return [part for part, kind in known if kind.endswith("pivotCacheDefinition+xml") and book.has(part)]


def source_in(xml: bytes) -> Element | None:
    """Where a pivot table's source is named: cells of a sheet, or a table; None where it is elsewhere.

    Args:
        xml: the part that says what a pivot table is made of, in plain form.
    """
    source = root(xml).child("cacheSource")
    return source.child("worksheetSource") if source else None
