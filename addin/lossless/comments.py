"""Comments of a worksheet: where they are, and moving them with the rows they belong to."""

from __future__ import annotations

import re
from collections.abc import Mapping

from addin.lossless.cells import Area
from addin.lossless.markup import plain, with_attribute
from addin.lossless.state import State

Spot = tuple[int, int]
_COMMENT = re.compile(rb"""<(?:\w+:)?(?:comment|threadedComment)\s[^<>]*?\bref=["'](\$?[A-Z]+\$?\d+)["'][^<>]*>""")
_NOTE = re.compile(rb"<(?:\w+:)?ClientData\b.*?</(?:\w+:)?ClientData>", re.DOTALL)
_NOTE_ROW, _NOTE_COLUMN = (re.compile(rb"(<(?:\w+:)?%b>\s*)(\d+)(\s*</)" % word) for word in (b"Row", b"Column"))


def spots(book: State, sheet: str) -> set[Spot]:
    """Row and column of every commented cell."""
    found = set()
    for part in _parts(book, sheet, "comments", "threadedComment"):
        for m in _COMMENT.finditer(plain(book.read(part))):
            area = Area.parse(m[1].decode())
            if area is not None:
                found.add((area.top, area.left))
    return found


def _parts(book: State, sheet: str, *kinds: str) -> list[str]:
    return [r.target for r in book.relations_of(book.sheets[sheet]) if r.kind in kinds and book.has(r.target)]


def move(book: State, sheet: str, moves: Mapping[Spot, Spot]) -> None:
    """Moves comments, and the notes that show them, to other cells."""
    if not moves:
        return

    def comment(m: re.Match[bytes]) -> bytes:
        area = Area.parse(m[1].decode())
        to = moves.get((area.top, area.left)) if area is not None else None
        return with_attribute(m[0], "ref", str(Area(*to, *to))) if to else m[0]

    def note(m: re.Match[bytes]) -> bytes:
        row, column = _NOTE_ROW.search(m[0]), _NOTE_COLUMN.search(m[0])
        to = moves.get((int(row[2]) + 1, int(column[2]) + 1)) if row and column else None
        if to is None:
            return m[0]
        moved = _NOTE_ROW.sub(rb"\g<1>%d\g<3>" % (to[0] - 1), m[0])
        return _NOTE_COLUMN.sub(rb"\g<1>%d\g<3>" % (to[1] - 1), moved)

    for pattern, change, kinds in (
        (_COMMENT, comment, ("comments", "threadedComment")),
        (_NOTE, note, ("vmlDrawing",)),
    ):
        for part in _parts(book, sheet, *kinds):
            xml = book.read(part) if pattern is _NOTE else plain(book.read(part))
            new = pattern.sub(change, xml)
            if new != xml:
                book.changed[part] = new
