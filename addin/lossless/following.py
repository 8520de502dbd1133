"""What follows a table that grows or shrinks: charts, names and formulas that cover its columns from end to end."""

from __future__ import annotations

import re
from functools import partial

from addin.lossless import parts
from addin.lossless.cells import Edit, Formula
from addin.lossless.markup import escaped, plain, unescaped
from addin.lossless.moving_rows import rewritten
from addin.lossless.shifts import Growth
from addin.lossless.state import State

_CHART_TYPES = ("drawingml.chart+xml", "chartex+xml")
#: A chart's reference, with the values that it last showed.
_SHOWN = re.compile(
    rb"(<((?:\w+:)?)f(?:\s[^<>]*)?>)([^<]*)(</\2f\s*>)(\s*<\2(num|str|multiLvlStr)Cache>.*?</\2\6Cache>)?", re.DOTALL
)


def follow(book: State, growth: Growth) -> None:
    """Lets charts and names follow a table."""
    book.rename_names(lambda text: growth.formula(text, ""))
    for part in chart_parts(book):
        xml = plain(book.read(part))
        new = _SHOWN.sub(lambda m: _shown(m, growth.formula(unescaped(m[3]), "")), xml)
        if new != xml:
            book.changed[part] = new


def follow_in_cells(book: State) -> None:
    """Lets formulas in cells follow the tables that grew since this was last done, in the order in which they did."""
    growths, book.growths = book.growths, []
    if not growths:
        return

    def follows(text: str, at: tuple[int, int], own: str) -> str:
        for growth in growths:
            text = growth.formula(text, own, at)
        return text

    bottoms = b"|".join(sorted({b"%d" % growth.old.bottom for growth in growths}))
    ends = re.compile(rb":\$?[A-Za-z]{1,3}\$?(?:%b)(?![0-9])" % bottoms)
    for name in book.sheets:
        page = book.glance(name)
        cells = rewritten(page, partial(follows, own=name)) if page is not None and ends.search(page.xml) else None
        if cells is not None:
            book.sheet(name).rewrite(cells)
    for name, page in book.opened():
        for row, edits in page.edits.items():
            for column, edit in edits.items():
                if isinstance(edit.value, Formula):
                    edits[column] = Edit(
                        Formula(follows(edit.value.text, (row, column), name)), edit.style, edit.restyle
                    )


def _shown(match: re.Match[bytes], text: str) -> bytes:
    if text == unescaped(match[3]):
        return match[0]
    return match[1] + escaped(text) + match[4]


def chart_parts(book: State) -> list[str]:
    """The parts of all charts."""
    known = parts.types(book.read(parts.TYPES_PART)).items()
    return [part for part, kind in known if kind.endswith(_CHART_TYPES) and book.has(part)]


def chart_references(book: State) -> list[str]:
    """All that charts show, as formulas."""
    return [text for part in chart_parts(book) for text in shown_in(plain(book.read(part)))]


def shown_in(xml: bytes) -> list[str]:
    """What a chart's part shows, as formulas."""
    return [unescaped(m[3]) for m in _SHOWN.finditer(xml)]
