"""A worksheet called otherwise, and all that names it: formulas, names, links, charts, controls, pivots, properties."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from addin.lossless.edit.dependents import chart_parts, follow_in_cells, shape_parts
from addin.lossless.edit.formula_places import pivot_sources
from addin.lossless.edit.row_shift import rewritten
from addin.lossless.edit.state import State
from addin.lossless.formula.formulas import with_sheet_renamed
from addin.lossless.formula.tags import with_formulas
from addin.lossless.opc.cells import Edit, Formula
from addin.lossless.opc.errors import Refused
from addin.lossless.opc.markup import ATTRIBUTES, attributes, escaped, plain, root, with_attribute
from addin.lossless.opc.part_names import relations_part
from addin.lossless.opc.part_text import unescaped

_CHART_TEXTS = re.compile(rb"(<((?:\w+:)?(?:f|sqref))(?:\s[^<>]*)?>)([^<]+)(?=</\2\s*>)")
#: [Book.xlsx]Sheet!Pivot, as a pivot's chart names what it shows.
_PIVOT_NAME = re.compile(rb"(<((?:\w+:)?name)>(?:\[[^\]<]*\])?)([^<]+)(?=</\2\s*>)")
_VML_FORMULAS = re.compile(rb"(<(x:Fmla\w+)>)([^<]+)(?=</\2\s*>)")
_SOURCES = re.compile(rb"<(?:\w+:)?(?:worksheetSource|dataRef|rangeSet)(?=\s)%b\s*/?>" % ATTRIBUTES)
_TITLES = re.compile(rb"(<((?:\w+:)?lpstr)>)([^<]+)(?=</\2\s*>)")


def rename_sheet(book: State, old: str, new: str) -> None:
    """Gives a worksheet another name; what refers to it follows, and no result changes by it.

    Args:
        book: the workbook.
        old: the sheet's name, as it is written in the workbook.
        new: one that no other sheet has.

    Raises:
        Refused: there is no such sheet, or another one has the new name.
    """
    known = [name for name, _ in book.head.sheets()]
    if old not in book.sheets:
        raise Refused(f"The workbook has no worksheet “{old}”.")
    if new.casefold() in {name.casefold() for name in known if name != old}:
        raise Refused(f"The workbook has a sheet “{new}” already.")
    follow_in_cells(book)  # what grew so far is known by the old name

    def change(text: str) -> str:
        return with_sheet_renamed(text, old, new)

    source = partial(_with_source, old=old, new=new)
    for name in book.sheets:
        _in_cells(book, name, old, change)
        _beside_cells(book, name, lambda xml: source(with_formulas(xml, change)))
    _in_parts(book, change)
    for part in pivot_sources(book):
        _put(book, part, source)
    book.rename_names(change)
    _in_titles(book, change, old, new)
    book.call_sheet(old, new)


def _in_cells(book: State, name: str, old: str, change: Callable[[str], str]) -> None:
    page = book.glance(name)
    if page is None:
        return
    cells = rewritten(page, lambda text, _: change(text), but_arrays=False) if _may_name(page.xml, old) else None
    if cells is not None:
        book.sheet(name).rewrite(cells)
    for edits in page.edits.values():
        for column, edit in edits.items():
            if isinstance(edit.value, Formula):
                new = change(edit.value.text)
                edits[column] = Edit(edit.value.changed(new), edit.style, edit.restyle)
                page.changes += 1


def _may_name(xml: bytes, sheet: str) -> bool:
    """Whether the name of a sheet may stand in a worksheet: reading very many formulas takes long."""
    if not sheet.isascii() or not sheet.replace(" ", "").isalnum():
        return True
    return re.search(re.escape(sheet.encode()), xml, re.IGNORECASE) is not None


def _beside_cells(book: State, name: str, change: Callable[[bytes], bytes]) -> None:
    now = book.look(name).tail
    new = change(now)
    if new != now:
        book.sheet(name).tail = new


def _in_parts(book: State, change: Callable[[str], str]) -> None:
    tables = [t.part for t in book.tables().values() if t.part]
    for part in {*shape_parts(book), *tables}:
        _put(book, part, partial(with_formulas, change=change))
    for part in chart_parts(book):
        for texts in (_CHART_TEXTS, _PIVOT_NAME):
            _put(book, part, partial(_with_texts, texts=texts, change=change))
    for part in _drawings_of_old(book):
        _put(book, part, partial(_with_texts, texts=_VML_FORMULAS, change=change))
    for part in [*book.sheets.values(), *shape_parts(book)]:
        where = relations_part(part)
        if book.has(where):
            _put(book, where, partial(_with_goals, change=change))


def _drawings_of_old(book: State) -> Iterator[str]:
    """The parts of drawings in the older markup, which controls and notes have."""
    for part in book.sheets.values():
        yield from (r.target for r in book.relations_of(part) if r.kind == "vmlDrawing" and book.has(r.target))


def _put(book: State, part: str, change: Callable[[bytes], bytes]) -> None:
    xml = plain(book.read(part))
    new = change(xml)
    if new != xml:
        book.changed[part] = new


def _with_texts(xml: bytes, *, texts: re.Pattern[bytes], change: Callable[[str], str]) -> bytes:
    return texts.sub(lambda m: m[1] + escaped(change(unescaped(m[3]))), xml)


def _with_goals(xml: bytes, *, change: Callable[[str], str]) -> bytes:
    """Relationships whose links lead to places in this workbook, as a picture's may."""
    for e in reversed(root(xml).named("Relationship")):
        goal = e.attrs.get("Target", "")
        if goal.startswith("#") and change(goal[1:]) != goal[1:]:
            tag = with_attribute(e.tag, "Target", f"#{change(goal[1:])}")
            xml = xml[: e.start] + tag + xml[e.open_end :]
    return xml


def _with_source(xml: bytes, *, old: str, new: str) -> bytes:
    """A part that says what a pivot table or a consolidation is made of."""

    def renamed(m: re.Match[bytes]) -> bytes:
        attrs = attributes(m[0])
        elsewhere = any(name.endswith(":id") for name in attrs)
        here = attrs.get("sheet", "").casefold() == old.casefold() and not elsewhere
        return with_attribute(m[0], "sheet", new) if here else m[0]

    return _SOURCES.sub(renamed, xml)


def _in_titles(book: State, change: Callable[[str], str], old: str, new: str) -> None:
    """What the file's properties list as its parts: sheets, and names that belong to sheets."""

    def titled(text: str) -> str:
        return new if text == old else change(text)

    for relation in book.relations_of(""):
        if relation.kind == "extended-properties" and book.has(relation.target):
            _put(book, relation.target, partial(_with_texts, texts=_TITLES, change=titled))
