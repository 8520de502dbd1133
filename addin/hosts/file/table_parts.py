"""The tables that a workbook's file declares."""

from __future__ import annotations

from collections.abc import Iterator

from addin.hosts.file.container import XlsxReader
from addin.hosts.file.scan import place_of
from addin.hosts.table_discovery import ListObject
from addin.lossless.opc import refuse_wide

#: No count of rows has more digits.
_LONGEST = 7


def list_objects(package: XlsxReader, part: str) -> Iterator[ListObject]:
    """The tables that a sheet's part declares.

    Args:
        package: the file.
        part: the name of the sheet's part.

    Raises:
        BookUnusable: a table's part is too large.
        Damaged: a table says no range.
    """
    for relation in package.relations(part):
        if relation.kind == "table" and relation.target in package:
            elements = package.elements(relation.target)
            if elements and elements[0].name == "table":
                refuse_wide(sum(e.name == "tableColumn" for e in elements))
                columns = tuple(e.attributes.get("name", "") for e in elements if e.name == "tableColumn")
                yield _list_object(elements[0].attributes, columns)


def _list_object(there: dict[str, str], columns: tuple[str, ...]) -> ListObject:
    first, _, last = there.get("ref", "").partition(":")
    (top, left), (bottom, right) = place_of(first), place_of(last or first)
    totals = _count(there.get("totalsRowCount"), 0)
    header = _count(there.get("headerRowCount"), 1) > 0
    name = there.get("displayName") or there.get("name", "")
    return ListObject(name, top, left, bottom - totals, max(left, right), header, totals > 0, columns)


def _count(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) <= _LONGEST else default
