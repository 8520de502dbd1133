"""Tables: where they stand, and their own parts."""

from __future__ import annotations

from collections.abc import Iterable

from addin.lossless.opc.bounds import refuse_wide
from addin.lossless.opc.cells import Area
from addin.lossless.opc.errors import Damaged, Refused
from addin.lossless.opc.markup import (
    MAIN,
    Element,
    escaped,
    first_tag,
    plain,
    prefix_of,
    replaced,
    root,
    with_attribute,
)


class Region:  # noqa: PLW1641 - it changes, so it has no hash
    """A table, or a range with a header row that is used as one.

    >>> Region("Log", header_row=1, first_column=1, columns=3, last_row=4).area
    Area(top=1, left=1, bottom=4, right=3)

    Attributes:
        sheet: the worksheet's name.
        header_row, first_column, columns: its header cells; rows and columns count from 1.
        last_row: its last row, without a totals row; at least the one below the header.
        name: the table's name; '' for a plain range.
        part: the table's own part; '' for a plain range.
        headers: the columns' names, where there is a table part.
        totals: how many totals rows stand beneath `last_row`.
        has_header: whether its heading is shown; where it isn't, `header_row` is the row above, which may be anybody's.
    """

    def __init__(
        self,
        sheet: str,
        header_row: int,
        first_column: int,
        columns: int,
        last_row: int,
        name: str = "",
        part: str = "",
        headers: tuple[str, ...] = (),
        totals: int = 0,
        *,
        has_header: bool = True,
    ) -> None:
        self.sheet, self.header_row, self.first_column = sheet, header_row, first_column
        self.columns, self.last_row, self.name, self.part = columns, last_row, name, part
        self.headers, self.totals, self.has_header = headers, totals, has_header

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Region) and vars(self) == vars(other)

    def __repr__(self) -> str:
        return f"Region({', '.join(f'{name}={value!r}' for name, value in vars(self).items())})"

    @property
    def area(self) -> Area:
        """Header and body, without a totals row."""
        return Area(self.header_row, self.first_column, self.last_row, self.first_column + self.columns - 1)

    @property
    def whole(self) -> Area:
        """All its cells, a totals row included."""
        return Area(self.header_row, self.first_column, self.last_row + self.totals, self.last_column)

    @property
    def last_column(self) -> int:
        """The number of its last column."""
        return self.first_column + self.columns - 1


def read_table(xml: bytes, sheet: str, part: str) -> Region:
    """The table that a table part describes.

    Args:
        xml: the table's part.
        sheet: the worksheet that it stands on.
        part: the part's name.

    Raises:
        Damaged: the part has no range, or is not well-formed.
        Refused: it has more columns than a worksheet.
    """
    top = root(plain(xml))
    prefix_of(top)
    area = Area.parse(top.attrs.get("ref", ""))
    if area is None:
        raise Damaged(f"The table part {part} has no range.")
    has_header = top.attrs.get("headerRowCount", "1") != "0"
    if not has_header:
        area = Area(area.top - 1, area.left, area.bottom, area.right)
    totals = top.number("totalsRowCount", 0)
    holder = top.child("tableColumns")
    headers = tuple(c.attrs.get("name", "") for c in (holder.children if holder else ()))
    refuse_wide(len(headers))
    return Region(
        sheet=sheet,
        header_row=area.top,
        first_column=area.left,
        columns=area.right - area.left + 1,
        last_row=max(area.bottom - totals, area.top + 1),
        name=top.attrs.get("displayName") or top.attrs.get("name", ""),
        part=part,
        headers=headers,
        totals=totals,
        has_header=has_header,
    )


def resized(xml: bytes, old: Area, new: Area, totals: int) -> bytes:
    """A table part whose range, filter and sort order follow the table.

    Args:
        xml: the part.
        old: its cells as they were, without a totals row.
        new: its cells as they are.
        totals: how many totals rows stand beneath.
    """
    xml = plain(xml)
    for element in _with_ref(root(xml)):
        area = Area.parse(element.attrs.get("ref", ""))
        if area is None or not old.bottom <= area.bottom <= old.bottom + totals:
            continue
        right = new.right if area.right == old.right else area.right
        bottom = new.bottom + area.bottom - old.bottom
        tag = with_attribute(element.tag, "ref", Area(area.top, area.left, bottom, right).full)
        xml = xml[: element.start] + tag + xml[element.open_end :]
    return xml


def with_entries(xml: bytes) -> bytes:
    """A table part whose first row is not only there to type into, or not there at all.

    Args:
        xml: the table's part.
    """
    xml = plain(xml)
    top = root(xml)
    if top.attrs.get("headerRowCount", "1") != "0":
        for element in _with_ref(top):
            area = Area.parse(element.attrs.get("ref", ""))
            if area is not None and element.local in {"table", "autoFilter"} and area.top == area.bottom:
                tag = with_attribute(element.tag, "ref", Area(area.top, area.left, area.top + 1, area.right).full)
                xml = xml[: element.start] + tag + xml[element.open_end :]
    top = first_tag(xml)
    return xml[: top.start] + with_attribute(top.tag, "insertRow", None) + xml[top.open_end :]


def sifts(xml: bytes, column: int) -> bool:
    """Whether a table is filtered or sorted by a column, counted from 0.

    Args:
        xml: the table's part.
        column: counted from 0.
    """
    top = root(plain(xml))
    table = Area.parse(top.attrs.get("ref", ""))
    for e in _with_ref(top):
        if any(f.number("colId", -1) == column for f in e.named("filterColumn")):
            return True
        area = Area.parse(e.attrs.get("ref", ""))
        if e.local == "sortCondition" and table and area and area.left <= table.left + column <= area.right:
            return True
    return False


def calculated(xml: bytes) -> dict[int, str]:
    """The formulas of the table's calculated columns, by column counted from 0.

    Args:
        xml: the table's part.
    """
    holder = root(plain(xml)).child("tableColumns")
    found = enumerate(holder.children if holder else ())
    formulas = ((n, c.child("calculatedColumnFormula")) for n, c in found)
    return {n: f.text for n, f in formulas if f is not None and f.attrs.get("array") not in {"1", "true"}}


def _with_ref(top: Element) -> list[Element]:
    """The elements that hold the table's range, last first, so that places before them stay right."""
    found = [top]
    for child in top.children:
        if child.local in {"autoFilter", "sortState"}:
            found += [child, *child.named("sortState")]
    for state in [e for e in found if e.local == "sortState"]:
        found += state.named("sortCondition")
    return sorted(found, key=lambda e: -e.start)


def with_column(xml: bytes, header: str) -> bytes:
    """A table part with one more column at its end.

    Args:
        xml: the table's part.
        header: the column's name, as its header cell holds it.

    Raises:
        Refused: there is one of this name.
    """
    xml = plain(xml)
    top = root(xml)
    p = prefix_of(top)
    holder = top.child("tableColumns")
    if holder is None:
        raise Damaged("A table part has no columns.")
    if any(c.attrs.get("name", "").casefold() == header.casefold() for c in holder.children):
        raise Refused(f"The table has a column “{header}” already.")
    number = max((c.number("id", 0) for c in holder.children), default=0) + 1
    new = b'<%btableColumn id="%d" name="%b"/>' % (p, number, _column_name(header))
    whole = holder.with_inside(holder.inside + new)
    end = whole.index(b">") + 1
    return replaced(holder, with_attribute(whole[:end], "count", str(len(holder.children) + 1)) + whole[end:])


def without_last_column(xml: bytes) -> bytes:
    """A table part without its last column.

    Args:
        xml: the table's part.

    Raises:
        Damaged: it has no columns.
    """
    xml = plain(xml)
    holder = root(xml).child("tableColumns")
    if holder is None or not holder.children:
        raise Damaged("A table part has no columns.")
    last = holder.children[-1]
    tag = with_attribute(holder.tag, "count", str(len(holder.children) - 1))
    return xml[: holder.start] + tag + xml[holder.open_end : last.start] + xml[last.end :]


def _column_name(header: str) -> bytes:
    """A header as a table part holds it: line breaks are written as _x000a_."""
    return escaped(header.replace("\r", "").replace("\n", "\x00")).replace(b"\x00", b"_x000a_")


def next_id(parts: Iterable[bytes]) -> int:
    """A number that none of these table parts has.

    Args:
        parts: as they are written.
    """
    return max((first_tag(plain(xml)).number("id", 0) for xml in parts), default=0) + 1


def names_in(xml: bytes) -> set[str]:
    """What a table is called, with case folded: to people, and to programs, which may be something else.

    Args:
        xml: the table's part.
    """
    attrs = first_tag(plain(xml)).attrs
    return {attrs[key].casefold() for key in ("name", "displayName") if attrs.get(key)}


def new_table(number: int, name: str, area: Area, headers: tuple[str, ...], for_programs: str = "") -> bytes:
    """The part of a new table, in a quiet standard style; `for_programs` is its name to programs, if another.

    Args:
        number: its id, which no other table of the workbook has.
        name: the one that people see.
        area: its cells, header included.
        headers: the columns' names.
        for_programs: the name that programs know it by; the same as people's where it is "".
    """
    columns = b"".join(b'<tableColumn id="%d" name="%b"/>' % (n, _column_name(h)) for n, h in enumerate(headers, 1))
    ref = area.full.encode()
    return (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        b'<table xmlns="%b" id="%d" name="%b" displayName="%b" ref="%b" totalsRowShown="0">'
        b'<autoFilter ref="%b"/><tableColumns count="%d">%b</tableColumns>'
        b'<tableStyleInfo name="TableStyleMedium2" showFirstColumn="0" showLastColumn="0" '
        b'showRowStripes="1" showColumnStripes="0"/></table>'
    ) % (MAIN.encode(), number, escaped(for_programs or name), escaped(name), ref, ref, len(headers), columns)
