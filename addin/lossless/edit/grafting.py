"""A worksheet of another workbook taken over whole: its cells and styles, tables, drawings, comments and names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from addin.lossless.edit.state import State
from addin.lossless.formula.shapes import uses
from addin.lossless.formula.tags import formulas_in
from addin.lossless.opc import parts
from addin.lossless.opc.cells import Area
from addin.lossless.opc.errors import Damaged, Refused
from addin.lossless.opc.markup import (
    ATTRIBUTES,
    attributes,
    first_tag,
    plain,
    prefix_of,
    root,
    with_attribute,
    with_prefix,
    without_attribute,
)
from addin.lossless.opc.workbook_part import Name
from addin.lossless.worksheet import layout, tables
from addin.lossless.worksheet.cell_marks import may_have_formulas
from addin.lossless.worksheet.merge_styles import Merging

#: What a worksheet has for itself alone. Other parts, such as pivot tables, belong to the workbook too.
ITS_OWN = frozenset(
    {"table", "drawing", "image", "chart", "chartUserShapes", "chartStyle", "chartColorStyle"}
    | {"comments", "vmlDrawing", "printerSettings", "hyperlink", "customProperty"}
)
_LAID_OVER = re.compile(rb"""(\s\w*[dD]xfId\s*=\s*["'])(\d+)(?=["'])""")
_NAMED_STYLES = ("headerRowCellStyle", "dataCellStyle", "totalsRowCellStyle")


def graft(book: State, other: State, sheet: str) -> None:
    """Takes a worksheet of another workbook over, as the last tab.

    It looks as it does there, but for the colours of the theme and the standard style, which are those of the workbook
    that it comes into. Names that its formulas use come with it where the workbook has none of them.

    Args:
        book: the workbook that it comes into.
        other: the workbook where it is, without changes that wait.
        sheet: its name, which it keeps.

    Raises:
        Refused: it can't be taken over whole and right; nothing was noted then.
    """
    page = other.sheet(sheet)
    carried = list(_carried(other, other.sheets[sheet]))
    _refuse(book, other, sheet, carried)
    names = _names(book, other, sheet, carried)
    work = _Graft(book, other)
    new = work.carry(other.sheets[sheet])
    work.finish()
    book.place_sheet(sheet, new, other.head.state(sheet), names)
    came = {n.name for n in names}
    for relation in book.relations_of(new):
        if relation.kind == "table":
            region = tables.read_table(book.read(relation.target), sheet, relation.target)
            book.tables()[region.name.casefold()] = region
            came.add(region.name.casefold())
    book.grafted[sheet] = frozenset(came)
    _drop_lost_links(book, sheet)
    book.outdate([sheet])
    book.new_formulas = book.new_formulas or may_have_formulas(page.xml)


def _drop_lost_links(book: State, sheet: str) -> None:
    """Takes links away that lead to a sheet of the other workbook which didn't come along."""
    known = {name.casefold() for name, _ in book.head.sheets()} | {None}
    page = book.sheet(sheet)
    goals = ((Area.parse(ref), uses(goal)) for ref, goal in layout.links(page.tail).items())
    lost = [place for place, used in goals if place and {ref.sheet for ref in used.cells} - known]
    if lost:
        page.tail = layout.with_links(page.tail, page.prefix, lost, ())


def _carried(other: State, part: str, known: set[str] | None = None) -> Iterator[str]:
    """A part and all that it needs.

    Raises:
        Refused: something belongs to the workbook as well.
    """
    known = set() if known is None else known
    known.add(part)
    yield part
    for relation in other.relations_of(part):
        if relation.target in known or not other.has(relation.target):
            continue
        if relation.kind not in ITS_OWN:
            raise Refused(f"The sheet holds what can't be taken to another workbook: {relation.kind}.")
        yield from _carried(other, relation.target, known)


def _refuse(book: State, other: State, sheet: str, carried: list[str]) -> None:
    where = f"The sheet “{sheet}” can't be taken over"
    if sheet.casefold() in {name.casefold() for name, _ in book.head.sheets()}:
        raise Refused(f"The workbook has a sheet “{sheet}” already.")
    if book.date_1904 != other.date_1904:
        raise Refused(f"{where}: the two workbooks count their days from different years.")
    taken = {*book.tables(), *(n.name for n in book.head.all_names())}
    for table in _tables(other, carried):
        if table.name.casefold() in taken:
            raise Refused(f"{where}: the workbook has a table or a name “{table.name}” already.")
    if re.search(rb"<[^<>]*\svm=", other.sheet(sheet).xml):
        raise Refused(f"{where}: it holds pictures or data types within cells.")


def _tables(other: State, carried: list[str]) -> list[tables.Region]:
    return [t for t in other.tables().values() if t.part in carried]


def _names(book: State, other: State, sheet: str, carried: list[str]) -> list[Name]:
    """The names that come with a sheet: its own, and those of the workbook that its formulas use and that are new.

    Raises:
        Refused: a formula uses what isn't there.
    """
    number = [name for name, _ in other.head.sheets()].index(sheet)
    every = other.head.all_names()
    own = [n for n in every if n.sheet == number]
    known = {n.name for n in book.head.all_names() if n.sheet is None}
    offered = {n.name: n for n in every if n.sheet is None and n.name not in known}
    sheets = {name.casefold() for name, _ in book.head.sheets()} | {sheet.casefold(), "*"}
    held = {*book.tables(), *(t.name.casefold() for t in _tables(other, carried)), ""}
    found: dict[str, Name] = {}
    waiting = [text for part in carried if _is_xml_of_cells(part) for text in _formulas(other, part)]
    waiting += [n.text for n in own]
    while waiting:
        used = uses(waiting.pop())
        missing = [r.sheet for r in used.cells if r.sheet is not None and r.sheet not in sheets]
        missing += [c.table for c in used.tables if c.table not in held]
        if missing:
            raise Refused(
                f"The sheet “{sheet}” can't be taken over: its formulas use “{missing[0]}”, which isn't there."
            )
        fresh = (used.names & offered.keys()) - found.keys()
        found |= {n: offered[n] for n in sorted(fresh)}
        waiting += [offered[n].text for n in fresh]
    return [*own, *found.values()]


def _is_xml_of_cells(part: str) -> bool:
    return "/charts/" not in part and part.endswith(".xml")


def _formulas(other: State, part: str) -> Iterator[str]:
    return formulas_in(plain(other.read(part)))


class _Graft:
    """Parts copied from one workbook into another, under free names."""

    def __init__(self, book: State, other: State) -> None:
        self.book, self.other = book, other
        self.styles = Merging(book.styles, other.styles)
        self._types = other.read(parts.TYPES_PART)
        self._new: dict[str, str] = {}
        self._texts: dict[bytes, bytes] = {}

    def carry(self, part: str) -> str:
        """Copies a part with all that it needs, and gives its new name."""
        if part in self._new:
            return self._new[part]
        stem, dot, ending = part.rpartition(".")
        pattern = re.sub(r"\d*\Z", "", stem).replace("{", "(").replace("}", ")")
        new = self._new[part] = self.book.free_name(f"{pattern}{{}}{dot}{ending}", first=int(stem[-1:].isdigit()))
        kind = parts.type_of(self._types, part)
        content = self.other.read(part)
        if kind.endswith("worksheet+xml"):
            content = self._page(plain(content))
        elif kind.endswith("spreadsheetml.table+xml"):
            content = self._table(plain(content))
        self.book.add_part(new, content, kind)
        where = self.other.relations_part(part)
        if self.other.has(where):
            leads = parts.retargeted(self.other.read(where), part, self._moved)
            self.book.changed[self.book.relations_part(new)] = leads
        return new

    def _moved(self, target: str) -> str:
        return self.carry(target) if self.other.has(target) else target

    def finish(self) -> None:
        """Adds the styles that were used."""
        self.styles.finish()

    def _table(self, xml: bytes) -> bytes:
        tag = first_tag(xml)
        new = with_attribute(tag.tag, "id", str(self.book.next_table_id()))
        name = tag.attrs.get("displayName") or tag.attrs.get("name", "")
        new = with_attribute(new, "name", self.book.free_table_name(name))
        for name in _NAMED_STYLES:
            new = with_attribute(new, name, None)
        return self._laid_over(xml[: tag.start] + new + xml[tag.open_end :])

    def _laid_over(self, xml: bytes) -> bytes:
        return _LAID_OVER.sub(lambda m: m[1] + str(self.styles.differential(int(m[2]))).encode(), xml)

    def _page(self, xml: bytes) -> bytes:
        p = prefix_of(first_tag(xml))
        xml = re.sub(rb"<%b(?:row|col)(?=\s)%b\s*/?>" % (p, ATTRIBUTES), lambda m: self._band(m[0]), xml)
        cell = re.compile(rb"(<%bc(?=[\s/>])%b\s*)(?:/>|>(.*?)</%bc\s*>)" % (p, ATTRIBUTES, p), re.DOTALL)
        xml = self._laid_over(cell.sub(lambda m: self._cell(m, p), xml))
        return _alone(xml)

    def _band(self, tag: bytes) -> bytes:
        """The start of a row, or the element of columns, in the styles here."""
        for name in ("s", "style"):
            style = attributes(tag).get(name)
            if style is not None and style.isdecimal():
                tag = with_attribute(tag, name, str(self.styles.cell(int(style))))
        return tag

    def _cell(self, m: re.Match[bytes], p: bytes) -> bytes:
        """A cell in the styles here, its text carried within it."""
        attrs, inside = attributes(m[2]), m[3]
        tag = self._band(with_attribute(m[1].rstrip() + b">", "cm", None))
        if inside is None:
            return tag[:-1] + b"/>"
        if attrs.get("t") == "s":
            tag, inside = with_attribute(tag, "t", "inlineStr"), self._text(inside, p)
        return tag + inside + b"</%bc>" % p

    def _text(self, inside: bytes, p: bytes) -> bytes:
        """A shared text, as a cell holds its own."""
        if inside not in self._texts:
            number = root(b"<c>" + inside + b"</c>").child("v")
            item = root(self.other.strings.item(_index(number.text))) if number else None
            q = item.name.encode().removesuffix(b"si") if item else b""
            self._texts[inside] = with_prefix(item.inside, q, p) if item else b""
        return b"<%bis>%b</%bis>" % (p, self._texts[inside], p)


def _index(text: str) -> int:
    if not text.strip().isdecimal():
        raise Damaged("A cell names a text that is not in the workbook.")
    return int(text)


def _alone(xml: bytes) -> bytes:
    """A worksheet without what ties it to the windows, macros and views of its workbook."""
    xml = without_attribute(without_attribute(xml, "sheetPr", "codeName"), "sheetView", "tabSelected")
    return re.sub(rb"<((?:\w+:)?customSheetViews)(?:\s[^<>]*)?>.*?</\1\s*>", b"", xml, flags=re.DOTALL)
