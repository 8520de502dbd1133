"""What is told of a worksheet's cells by a glance at how they are written."""

from __future__ import annotations

import re

from addin.lossless.opc.cells import number_of
from addin.lossless.opc.errors import Damaged
from addin.lossless.opc.markup import attributes, first_tag, prefix_of

#: The place of a cell, where it is the first of its attributes and none of them is doubled.
_PLAIN_PLACE = re.compile(rb'\s+r="([A-Z]{1,3})(\d{1,7})"(?![^>]*\sr=)')
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})\Z")


def column_of(attrs: bytes, row: int, last: int) -> int:
    """The column of a cell by its attributes; the next one after the last where they hold no place.

    Args:
        attrs: as they are written.
        row: that it stands in, counted from 1.
        last: the column of the cell before, 0 for none.

    Raises:
        Damaged: it stands elsewhere, or not behind that cell.
    """
    plain_place = _PLAIN_PLACE.match(attrs)
    if plain_place is not None and int(plain_place[2]) == row and number_of(plain_place[1].decode()) > last:
        return number_of(plain_place[1].decode())
    place = attributes(attrs).get("r")
    if place is None:
        return last + 1
    parts = _PLACE.match(place)
    if parts is None or int(parts[2]) != row or number_of(parts[1]) <= last:
        raise Damaged(f"A worksheet's cells are out of order in row {row}.")
    return number_of(parts[1])


def may_have_formulas(xml: bytes, prefix: bytes | None = None) -> bool:
    """Whether a worksheet seems to hold formulas; it is only searched, not read.

    Args:
        xml: the whole part in plain form.
        prefix: of the main namespace, where that is known.
    """
    mark = b"<" + (prefix_of(first_tag(xml)) if prefix is None else prefix) + b"f"
    at = xml.find(mark)
    while at >= 0:
        if xml[at + len(mark) : at + len(mark) + 1] in b"> /\t\r\n":
            return True
        at = xml.find(mark, at + 1)
    return False
