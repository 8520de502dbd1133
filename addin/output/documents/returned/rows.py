"""A Word file that came back, as rows: a row is the unit, whatever became of its controls."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from addin.output.documents.carriers import NUMBER, REFERENCE, WORKBOOK, digests_in
from addin.output.documents.returned.opening import open_minutes
from addin.output.documents.returned.texts import W, pieces, seen, unseen
from workbook.documents.references import code_of, place_of, split_marks
from workbook.documents.returned.declare import Cell, ReturnedDocument, Row

#: The field of the hidden paragraph that says what the document is.
_IDENTITY = "document"
_BEFORE = 2


def read_minutes(path: Path) -> ReturnedDocument:
    """What a filled-in document says.

    Args:
        path: the file.

    Raises:
        MinutesUnusable: it is no Word document, or can't be read at all.
    """
    opened = open_minutes(path)
    properties = _properties(opened.custom)
    rows = tuple(_rows(opened.document))
    identities = list(_identities(opened.document, opened.core, properties))
    references = {
        name.removeprefix(REFERENCE): value for name, value in properties.items() if name.startswith(REFERENCE)
    }
    for mark in (mark for row in rows for mark in row.marks):
        place = place_of(mark)
        if place is not None and place.reference:
            references.setdefault(code_of(place.reference), place.reference)
    return ReturnedDocument(
        file=path.name,
        rows=rows,
        prose=tuple(_prose(opened.document)),
        comments=tuple(_comments(opened.comments)),
        recovered=opened.recovered,
        properties=properties,
        workbook_ids=tuple(dict.fromkeys(book for _, book in identities if book)),
        numbers=tuple(dict.fromkeys(number for number, _ in identities if number)),
        references=references,
        digests=digests_in(properties),
    )


def _rows(root: Any) -> Iterator[Row]:
    for number, table in enumerate(root.iter(f"{W}tbl"), start=1):
        own = [row for row in table.iter(f"{W}tr") if next(row.iterancestors(f"{W}tbl")) is table]
        headers: tuple[str, ...] = ()
        before = _words_before(table)
        for n, row in enumerate(own, start=1):
            found = _row(row, number, n, headers, before)
            if n == 1:
                headers = tuple(cell.accepted for cell in found.cells)
                found = _row(row, number, n, headers, before)
            yield found


def _row(row: Any, table: int, number: int, headers: tuple[str, ...], before: str) -> Row:
    gone, new = _is_changed(row, "del"), _is_changed(row, "ins")
    cells = [c for c in row.iter(f"{W}tc") if next(c.iterancestors(f"{W}tr")) is row]
    hidden = unseen((p for c in cells for p in pieces(c)), deleted=True)
    return Row(
        table=table,
        number=number,
        headers=headers,
        cells=tuple(_cell(c, gone=gone, new=new) for c in cells),
        before=before,
        tags=tuple(e.get(f"{W}val") or "" for e in _own(row, "tag")),
        marks=tuple(split_marks(hidden)[0]),
        bookmarks=tuple(e.get(f"{W}name") or "" for e in _own(row, "bookmarkStart")),
    )


def _own(row: Any, name: str) -> Iterator[Any]:
    """The elements of a row that belong to no row of a table within it; a control around the row is its own too."""
    for element in row.iter(f"{W}{name}"):
        if next(element.iterancestors(f"{W}tr")) is row:
            yield element
    around = row.getparent()
    while around is not None and around.tag in {f"{W}sdtContent", f"{W}sdt"}:
        if around.tag == f"{W}sdt":
            yield from around.findall(f"{W}sdtPr/{W}{name}")
        around = around.getparent()


def _is_changed(row: Any, how: str) -> bool:
    if row.find(f"{W}trPr/{W}{how}") is not None:
        return True
    parent = row.getparent()
    return parent is not None and parent.tag == f"{W}{how}"


def _cell(cell: Any, *, gone: bool, new: bool) -> Cell:
    found = list(pieces(cell))
    rest = split_marks(unseen(found))[1]
    dates = [e.get(f"{W}fullDate") for e in cell.iter(f"{W}date")]
    return Cell(
        accepted="" if gone else seen(found, accepted=True),
        rejected="" if new else seen(found, accepted=False),
        hidden="" if gone else rest,
        picked=next((day for day in map(_day, dates) if day is not None), None),
    )


def _day(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def _words_before(table: Any) -> str:
    """The words of the paragraphs in front of a table."""
    top = table
    while top.getparent() is not None and top.getparent().tag in {f"{W}sdtContent", f"{W}sdt"}:
        top = top.getparent()
    words: list[str] = []
    for before in top.itersiblings(preceding=True):
        if before.tag == f"{W}tbl" or len(words) >= _BEFORE:
            break
        if before.tag in {f"{W}p", f"{W}sdt"}:
            words.append(seen(pieces([before]), accepted=True))
    return "\n".join(reversed(words))


def _prose(root: Any) -> Iterator[str]:
    for paragraph in root.iter(f"{W}p"):
        if next(paragraph.iterancestors(f"{W}tbl"), None) is None:
            text = seen(pieces([paragraph]), accepted=True)
            if text:
                yield text


def _comments(root: Any) -> Iterator[str]:
    for comment in root.iter(f"{W}comment") if root is not None else ():
        text = seen(pieces(comment), accepted=True)
        if text:
            yield text


def _properties(xml: bytes) -> dict[str, str]:
    """Custom properties by name; none where they are damaged."""
    if not xml:
        return {}
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    root = etree.fromstring(xml, parser)
    if root is None:
        return {}
    return {e.get("name") or "": "".join(map(str, e.itertext())).strip() for e in root if isinstance(e.tag, str)}


def _identities(document: Any, core: bytes, properties: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Number and workbook by each of the three carriers."""
    yield properties.get(NUMBER, ""), properties.get(WORKBOOK, "")
    for paragraph in document.iter(f"{W}p"):
        for mark in split_marks(unseen(pieces([paragraph]), deleted=True))[0]:
            place = place_of(mark)
            if place is not None and place.field == _IDENTITY:
                number, _, rest = place.reference.partition(":")
                yield number, rest.partition(":")[0]
    found = re.search(rb"<(?:\w+:)?identifier[^>]*>([^<]*)<", core)
    if found:
        words = found[1].decode("utf-8", "replace").split()
        yield (words[2] if len(words) > 2 else ""), (words[3] if len(words) > 3 else "")
