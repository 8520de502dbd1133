"""What follows a table when it grows or shrinks: the ranges of charts and defined names that cover its columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from addin.lossless import parts
from addin.lossless.cells import Area
from addin.lossless.formulas import grown
from addin.lossless.markup import escaped, plain, unescaped

if TYPE_CHECKING:
    from addin.lossless.book import Book

_CHART_TYPES = ("drawingml.chart+xml", "chartex+xml")
#: A chart's reference, with the values that it last showed.
_SHOWN = re.compile(
    rb"(<((?:\w+:)?)f(?:\s[^<>]*)?>)([^<]*)(</\2f\s*>)(\s*<\2(num|str|multiLvlStr)Cache>.*?</\2\6Cache>)?", re.DOTALL
)


def follow(book: Book, sheet: str, old: Area, bottom: int) -> None:
    """Lets charts and names follow a table whose last row is another now.

    Args:
        book: the workbook.
        sheet: the table's worksheet.
        old: the table's cells as they were, from its header down.
        bottom: its last row now.
    """

    def moved(text: str) -> str:
        for top in (old.top, old.top + 1):
            before = Area(top, old.left, old.bottom, old.right)
            text = grown(text, sheet, before, Area(top, old.left, bottom, old.right))
        return text

    if bottom == old.bottom:
        return
    book.rename_names(moved)
    for part in chart_parts(book):
        xml = plain(book.read(part))
        new = _SHOWN.sub(lambda m: _shown(m, moved(unescaped(m[3]))), xml)
        if new != xml:
            book.changed[part] = new


def _shown(match: re.Match[bytes], text: str) -> bytes:
    if text == unescaped(match[3]):
        return match[0]
    return match[1] + escaped(text) + match[4]


def chart_parts(book: Book) -> list[str]:
    """The parts of all charts."""
    known = parts.types(book.read(parts.TYPES_PART)).items()
    return [part for part, kind in known if kind.endswith(_CHART_TYPES) and book.has(part)]


def chart_references(book: Book) -> list[str]:
    """All that charts show, as formulas."""
    return [text for part in chart_parts(book) for text in shown_in(plain(book.read(part)))]


def shown_in(xml: bytes) -> list[str]:
    """What a chart's part shows, as formulas."""
    return [unescaped(m[3]) for m in _SHOWN.finditer(xml)]
