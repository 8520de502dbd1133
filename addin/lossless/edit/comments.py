"""Comments of a worksheet: where they are, and moving them with the rows they belong to."""

from __future__ import annotations

import re
from collections.abc import Mapping

from addin.lossless.edit.state import State
from addin.lossless.opc.cells import Area
from addin.lossless.opc.markup import plain, with_attribute

Spot = tuple[int, int]
_COMMENT = re.compile(rb"""<(?:\w+:)?(?:comment|threadedComment)\s[^<>]*?\bref=["'](\$?[A-Z]+\$?\d+)["'][^<>]*>""")
_NOTE = re.compile(rb"<(?:\w+:)?ClientData\b.*?</(?:\w+:)?ClientData>", re.DOTALL)
_NOTE_ROW, _NOTE_COLUMN = (re.compile(rb"(<(?:\w+:)?%b>\s*)(\d+)(\s*</)" % word) for word in (b"Row", b"Column"))
#: Where a note's box stands: column, row and distances of its first corner, then of its last.
_NOTE_BOX = re.compile(rb"(<(?:\w+:)?Anchor>)([\s\d,]+)(?=</)")


def spots(book: State, sheet: str) -> set[Spot]:
    """Row and column of every commented cell.

    Args:
        book: the workbook.
        sheet: the worksheet's name.
    """
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
    """Moves comments, and the notes that show them, to other cells.

    Args:
        book: the workbook.
        sheet: the worksheet's name.
        moves: where a comment goes, by where it is: rows and columns counted from 1.
    """
    if not moves:
        return

    def comment(m: re.Match[bytes]) -> bytes:
        area = Area.parse(m[1].decode())
        to = moves.get((area.top, area.left)) if area is not None else None
        return with_attribute(m[0], "ref", str(Area(*to, *to))) if to else m[0]

    def note(m: re.Match[bytes]) -> bytes:
        row, column = _NOTE_ROW.search(m[0]), _NOTE_COLUMN.search(m[0])
        to = moves.get((int(row[2]) + 1, int(column[2]) + 1)) if row and column else None
        if to is None or row is None or column is None:
            return m[0]
        by = to[0] - int(row[2]) - 1, to[1] - int(column[2]) - 1
        moved = _NOTE_BOX.sub(lambda box: box[1] + _moved_box(box[2], *by), m[0])
        moved = _NOTE_ROW.sub(rb"\g<1>%d\g<3>" % (to[0] - 1), moved)
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


def _moved_box(box: bytes, down: int, right: int) -> bytes:
    """The corners of a note's box as far away from its cell as they were, if there is room."""
    places = [int(n) for n in box.split(b",") if n.strip()]
    if len(places) != 8:
        return box
    right, down = max(-places[0], right), max(-places[2], down)
    for n, by in ((0, right), (2, down), (4, right), (6, down)):
        places[n] += by
    return ", ".join(map(str, places)).encode()
