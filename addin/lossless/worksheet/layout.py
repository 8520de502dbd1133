"""What stands around a worksheet's cells: its extent, merged cells, links, and ranges that grow with a table."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from addin.lossless.formula.reference_shift import Shift
from addin.lossless.opc.cells import LAST_ROW, Area
from addin.lossless.opc.markup import ATTRIBUTES, RELATIONSHIPS, Element, attributes, elements, escaped, with_attribute

#: The order that the format asks of a worksheet's elements after its cells.
_ORDER = [
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
]
_DIMENSION = re.compile(rb"""<(?:\w+:)?dimension\s[^<>]*?ref\s*=\s*["']([A-Z0-9:$]+)["'][^<>]*>""")
_WITH_REF = re.compile(
    rb"<(?:\w+:)?(mergeCell|hyperlink|autoFilter|sortState|sortCondition|cellWatch)"
    rb"(?=\s)%b\s*/?>" % ATTRIBUTES
)
_SQREF = re.compile(rb"""(\ssqref\s*=\s*)("[^"<]*"|'[^'<]*')|(<\w+:sqref>)([^<]*)(?=</)""")


@lru_cache(maxsize=4)
def _parts(tail: bytes) -> tuple[Element, ...]:
    """What follows the cells; asked for again and again while a sheet is changed."""
    return tuple(elements(tail, 0, tail.rindex(b"</")))


def _find(tail: bytes, local: str) -> Element | None:
    if local.encode() not in tail:
        return None
    return next((e for e in _parts(tail) if e.local == local), None)


def _inserted(tail: bytes, local: str, new: bytes) -> bytes:
    """The tail with an element put where the format wants it."""
    rank = _ORDER.index(local)
    for part in _parts(tail):
        if part.local in _ORDER and _ORDER.index(part.local) > rank:
            return tail[: part.start] + new + tail[part.start :]
        if part.local == "AlternateContent" and rank < _ORDER.index("oleObjects"):
            return tail[: part.start] + new + tail[part.start :]
    end = tail.rindex(b"</")
    return tail[:end] + new + tail[end:]


def with_dimension(head: bytes, changed: Area) -> bytes:
    """The head with the sheet's extent widened over the changed cells.

    Args:
        head: what stands before the cells.
        changed: the cells.
    """
    m = _DIMENSION.search(head)
    area = Area.parse(m[1].decode()) if m else None
    if m is None or area is None:
        return head
    wide = Area(
        min(area.top, changed.top),
        min(area.left, changed.left),
        max(area.bottom, changed.bottom),
        max(area.right, changed.right),
    )
    return head if wide == area else head[: m.start()] + with_attribute(m[0], "ref", str(wide)) + head[m.end() :]


def moved_dimension(head: bytes, shift: Shift) -> bytes:
    """The head with the sheet's extent as it is after cells have moved down.

    Args:
        head: what stands before the cells.
        shift: the cells of this sheet that move.
    """
    m = _DIMENSION.search(head)
    area = Area.parse(m[1].decode()) if m else None
    if area is None or area.bottom < shift.top:
        return head
    return with_dimension(head, Area(area.top, area.left, min(area.bottom + shift.by, LAST_ROW), area.right))


def has(tail: bytes, local: str) -> bool:
    """Whether there is an element of this name.

    Args:
        tail: what follows the cells.
        local: the element's name without a prefix.
    """
    return _find(tail, local) is not None


def merged(tail: bytes) -> list[Area]:
    """The merged cells.

    Args:
        tail: what follows the cells.
    """
    holder = _find(tail, "mergeCells")
    areas = (Area.parse(e.attrs.get("ref", "")) for e in (holder.children if holder else ()))
    return [a for a in areas if a is not None]


def grown(tail: bytes, table: Area, bottom: int, totals: int = 0) -> bytes:
    """The tail with the ranges that covered the last row of a table's columns reaching down to `bottom`.

    These are the ranges of validations, conditional formats, protected ranges and ignored errors. Those that end with a
    totals row beneath end with it afterwards.

    Args:
        tail: what follows the cells.
        table: its cells as they were, without a totals row.
        bottom: its new last row, counted from 1.
        totals: how many totals rows stand beneath.
    """

    def stretch(match: re.Match[bytes]) -> bytes:
        if match[2] is not None:
            quote = match[2][:1]
            return match[1] + quote + _stretched(match[2][1:-1], table, bottom, totals) + quote
        return match[3] + _stretched(match[4], table, bottom, totals)

    tail = _with_filter(tail, table, bottom)
    return _SQREF.sub(stretch, tail) if bottom > table.bottom else tail


def _with_filter(tail: bytes, table: Area, bottom: int) -> bytes:
    """The tail with the sheet's own filter reaching to `bottom` where it is that of a range used as a table."""
    found = _find(tail, "autoFilter")
    if found is None or Area.parse(found.attrs.get("ref", "")) != table:
        return tail
    new = Area(table.top, table.left, bottom, table.right)
    return tail[: found.start] + with_attribute(found.tag, "ref", new.full) + tail[found.open_end :]


def moved(tail: bytes, shift: Shift) -> bytes:
    """The tail with all ranges where they are after cells have moved down.

    Args:
        tail: what follows the cells.
        shift: the cells of this sheet that move.
    """

    def ranges(m: re.Match[bytes]) -> bytes:
        if m[2] is not None:
            quote = m[2][:1]
            return m[1] + quote + shift.ranges(m[2][1:-1].decode()).encode() + quote
        return m[3] + shift.ranges(m[4].decode()).encode()

    def element(m: re.Match[bytes]) -> bytes:
        name = "r" if m[1] == b"cellWatch" else "ref"
        ref = attributes(m[0]).get(name, "")
        return with_attribute(m[0], name, shift.ranges(ref)) if shift.ranges(ref) != ref else m[0]

    tail = _WITH_REF.sub(element, _SQREF.sub(ranges, tail))
    breaks = _find(tail, "rowBreaks")
    for e in reversed(breaks.children if breaks and shift.whole_rows else ()):
        row = e.number("id", 0)
        if row + 1 >= shift.top:  # the page that begins below a break begins with the same row
            tail = tail[: e.start] + with_attribute(e.tag, "id", str(row + shift.by)) + tail[e.open_end :]
    return tail


def _stretched(ranges: bytes, table: Area, bottom: int, totals: int) -> bytes:
    made = []
    for ref in ranges.decode("utf-8", "surrogateescape").split():
        area = Area.parse(ref)
        if area is not None and area.bottom == table.bottom + totals and _covers_last_row(area, table):
            made.append(str(Area(area.top, area.left, bottom + totals, area.right)))
        elif area is not None and _covers_last_row(area, table) and area.bottom < bottom:
            area = Area(area.top, area.left, bottom, area.right)
            made.append(str(area))
        else:
            made.append(ref)
    return " ".join(made).encode("utf-8", "surrogateescape")


def _covers_last_row(area: Area, table: Area) -> bool:
    within = table.left <= area.left and area.right <= table.right
    return within and area.top <= table.bottom <= area.bottom


def links(tail: bytes) -> dict[str, str]:
    """Where the cells with a link within the workbook lead, by place (`B2`).

    >>> links(b'<hyperlinks><hyperlink ref="B2" location="Log!A7"/></hyperlinks></worksheet>')
    {'B2': 'Log!A7'}

    Args:
        tail: what follows the cells.
    """
    holder = _find(tail, "hyperlinks")
    found = holder.children if holder else []
    return {e.attrs["ref"]: e.attrs["location"] for e in found if "location" in e.attrs and "ref" in e.attrs}


def linked(tail: bytes) -> list[Area]:
    """The cells with a link of any kind.

    Args:
        tail: what follows the cells.
    """
    holder = _find(tail, "hyperlinks")
    areas = (Area.parse(e.attrs.get("ref", "")) for e in (holder.children if holder else ()))
    return [a for a in areas if a is not None]


def with_moved_links(tail: bytes, moves: Mapping[tuple[int, int], tuple[int, int]]) -> bytes:
    """The tail with the links of some cells moved to others.

    Args:
        tail: what follows the cells.
        moves: the cell that a link goes to, by the one it is in: rows and columns counted from 1.
    """
    holder = _find(tail, "hyperlinks")
    for e in reversed(holder.children if holder else ()):
        area = Area.parse(e.attrs.get("ref", ""))
        to = moves.get((area.top, area.left)) if area is not None and str(area) == str(area).partition(":")[0] else None
        if to is not None:
            tail = tail[: e.start] + with_attribute(e.tag, "ref", str(Area(*to, *to))) + tail[e.open_end :]
    return tail


def with_links(tail: bytes, prefix: bytes, drop: Sequence[Area], add: Sequence[tuple[str, str]]) -> bytes:
    """The tail with the links in some areas taken away and others added.

    Args:
        tail: what follows the cells.
        prefix: of the main namespace.
        drop: areas whose links go.
        add: place and target, such as ("J6", "'Support log'!A7").
    """
    new = b"".join(b'<%bhyperlink ref="%b" location="%b"/>' % (prefix, r.encode(), escaped(to)) for r, to in add)
    holder = _find(tail, "hyperlinks")
    if holder is None:
        whole = b"<%bhyperlinks>%b</%bhyperlinks>" % (prefix, new, prefix)
        return _inserted(tail, "hyperlinks", whole) if add else tail
    kept = [e.outer for e in holder.children if not _in_any(e.attrs.get("ref", ""), drop)]
    if len(kept) == len(holder.children) and not add:
        return tail
    inside = b"".join(kept) + new
    return tail[: holder.start] + (holder.with_inside(inside) if inside else b"") + tail[holder.end :]


def _in_any(ref: str, areas: Sequence[Area]) -> bool:
    place = Area.parse(ref)
    return place is not None and any(a.holds(place.top, place.left) for a in areas)


def with_table_part(tail: bytes, prefix: bytes, relation: str) -> bytes:
    """The tail with one more table named, by the id of its relationship.

    Args:
        tail: what follows the cells.
        prefix: of the main namespace, with its colon; b"" for none.
        relation: the id of the sheet's relationship to the table's part.
    """
    part = b'<%btablePart xmlns:r="%b" r:id="%b"/>' % (prefix, RELATIONSHIPS.encode(), relation.encode())
    holder = _find(tail, "tableParts")
    if holder is None:
        return _inserted(tail, "tableParts", b'<%btableParts count="1">%b</%btableParts>' % (prefix, part, prefix))
    whole = holder.with_inside(holder.inside + part)
    end = whole.index(b">") + 1
    counted = with_attribute(whole[:end], "count", str(len(holder.children) + 1)) + whole[end:]
    return tail[: holder.start] + counted + tail[holder.end :]


def without_table_part(tail: bytes, relation: str) -> bytes:
    """The tail without a table, named by the id of its relationship.

    Args:
        tail: what follows the cells.
        relation: the id of the sheet's relationship to the table's part.
    """
    holder = _find(tail, "tableParts")
    for e in holder.children if holder else ():
        if any(key.endswith(":id") and value == relation for key, value in e.attrs.items()):
            left = len(holder.children) - 1 if holder else 0
            if not left or holder is None:
                return tail[: holder.start] + tail[holder.end :] if holder else tail
            tag = with_attribute(holder.tag, "count", str(left))
            return tail[: holder.start] + tag + tail[holder.open_end : e.start] + tail[e.end :]
    return tail
