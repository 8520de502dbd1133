"""What follows a table that grows or shrinks: charts, names and formulas that cover its columns from end to end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from addin.lossless.edit.row_shift import rewritten
from addin.lossless.edit.state import State
from addin.lossless.formula.reference_shift import Growth, Growths
from addin.lossless.formula.tags import with_formulas
from addin.lossless.opc.cells import Edit, Formula
from addin.lossless.opc.markup import escaped, plain
from addin.lossless.opc.part_text import unescaped

_CHART_TYPES = ("drawingml.chart+xml", "chartex+xml")
_SPARKLINES = re.compile(rb"<((?:\w+:)?sparklineGroups)(?:\s[^<>]*)?>.*?</\1\s*>", re.DOTALL)
#: A chart's reference (sqref of all, where some are filtered away), with the values that it last showed.
_SHOWN = re.compile(
    rb"(<((?:\w+:)?(?:f|sqref))(?:\s[^<>]*)?>)([^<]*)(</\2\s*>)"
    rb"(\s*<((?:\w+:)?(?:num|str|multiLvlStr)Cache)>.*?</\6>)?",
    re.DOTALL,
)


def follow(book: State, growth: Growth) -> None:
    """Lets charts and names follow a table.

    Args:
        book: the workbook.
        growth: how the table grew or shrank.
    """
    book.rename_names(lambda text: growth.formula(text, ""))
    ends = re.compile(rb"(?:%d|%d)(?![0-9])|&#" % (growth.old.bottom, growth.old.bottom + growth.totals))
    for part in chart_parts(book):
        xml = plain(book.read(part))
        if not ends.search(xml):
            continue
        new = _SHOWN.sub(lambda m: _shown(m, growth.shown(unescaped(m[3]))), xml)
        if new != xml:
            book.changed[part] = new


def follow_in_cells(book: State) -> None:
    """Lets formulas on worksheets follow the tables that grew since this was last done, in the order in which they did.

    Those beside cells do so too: of validations, conditional formats, sparklines, tables' columns and controls.

    Args:
        book: the workbook; its list of growths is empty afterwards.
    """
    growths, book.growths = book.growths, []
    if not growths:
        return
    all_of_them = Growths(growths)
    bottoms = b"|".join({b"%d" % (growth.old.bottom + n) for growth in growths for n in (0, growth.totals)})
    ends = re.compile(rb":\$?[A-Za-z]{1,3}\$?(?:%b)(?![0-9])" % bottoms)
    for name in book.sheets:
        follows = partial(all_of_them.formula, own=name)
        page = book.glance(name)
        cells = rewritten(page, follows, all_of_them.concern) if page is not None and ends.search(page.xml) else None
        if cells is not None:
            book.sheet(name).rewrite(cells)
        _follow_around(book, name, growths, ends)
    _follow_in_parts(book, growths)
    for name, page in book.opened():
        for row, edits in page.edits.items():
            for column, edit in edits.items():
                if isinstance(edit.value, Formula):
                    text = all_of_them.formula(edit.value.text, (row, column), name)
                    edits[column] = Edit(edit.value.changed(text), edit.style, edit.restyle)


def _follow_around(book: State, name: str, growths: Sequence[Growth], ends: re.Pattern[bytes]) -> None:
    """Lets follow what stands around a worksheet's cells."""
    known = dict(book.opened()).get(name)
    xml = known.tail if known else book.around(name)
    if not ends.search(xml, xml.rfind(b"sheetData") + 1):
        return
    page = known or book.look(name)
    tail = _beside_cells(page.tail, growths, name)
    if tail != page.tail:
        book.sheet(name).tail = tail


def _follow_in_parts(book: State, growths: Sequence[Growth]) -> None:
    """Lets follow what tables fill into their columns, and what shapes and controls show."""
    tables = {t.part: t.sheet for t in book.tables().values() if t.part}
    for part, own in {**shape_parts(book), **tables}.items():
        xml = plain(book.read(part))
        new = _beside_cells(xml, growths, own)
        if new != xml:
            book.changed[part] = new


def _beside_cells(xml: bytes, growths: Sequence[Growth], own: str) -> bytes:
    """What stands beside a sheet's cells, or in a table's part or a drawing's, with formulas that follow."""
    if b"sparklineGroups" not in xml:
        return with_formulas(xml, partial(Growths(growths).fixed, own=own))
    for growth in growths:
        by_column = partial(growth.columns, own=own)
        xml = _SPARKLINES.sub(lambda m, change=by_column: with_formulas(m[0], change), xml)  # type: ignore[misc]
        xml = with_formulas(xml, partial(growth.fixed, own=own))
    return xml


def _shown(match: re.Match[bytes], text: str) -> bytes:
    if text == unescaped(match[3]):
        return match[0]
    return match[1] + escaped(text) + match[4]


def chart_parts(book: State) -> list[str]:
    """The parts of all charts.

    Args:
        book: the workbook.
    """
    known = book.types().items()
    return [part for part, kind in known if kind.endswith(_CHART_TYPES) and book.has(part)]


def shape_parts(book: State) -> dict[str, str]:
    """The parts of drawings and forms' controls, with the worksheets that they stand on; '' for none.

    Args:
        book: the workbook.
    """
    owners = [(part, name, {"drawing", "ctrlProp"}) for name, part in book.sheets.items()]
    owners += [(part, "", {"chartUserShapes"}) for part in chart_parts(book)]
    found = ((r, name, kinds) for part, name, kinds in owners for r in book.relations_of(part))
    return {r.target: name for r, name, kinds in found if r.kind in kinds and book.has(r.target)}


def chart_references(book: State) -> list[str]:
    """All that charts show, as formulas.

    Args:
        book: the workbook.
    """
    return [text for part in chart_parts(book) for text in shown_in(plain(book.read(part)))]


def shown_in(xml: bytes) -> list[str]:
    """What a chart's part shows, as formulas.

    Args:
        xml: the chart's part in plain form.
    """
    return [unescaped(m[3]) for m in _SHOWN.finditer(xml)]
