"""How the parts of a package hang together: relationships, content types, the workbook's sheets, custom properties."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from addin.lossless.opc.errors import Damaged, Refused
from addin.lossless.opc.markup import RELATIONSHIPS, Element, escaped, plain, prefix_of, root, with_attribute
from addin.lossless.opc.part_names import part_key, target_of

TYPES_PART = "[Content_Types].xml"
ROOT_RELATIONS = "_rels/.rels"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VARIANTS = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_CUSTOM_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True)
class Relation:
    """A relationship of a part: what kind, and to which part (none where it leads out of the package)."""

    id: str
    kind: str
    target: str


@dataclass(frozen=True)
class Name:
    """A defined name.

    Attributes:
        attrs: its attributes but for the sheet it belongs to.
        text: what it stands for.
        sheet: the number of the sheet it belongs to, in the order of the tabs from 0; None for the whole workbook's.
    """

    attrs: Mapping[str, str]
    text: str
    sheet: int | None

    @property
    def name(self) -> str:
        """The name with case folded."""
        return self.attrs.get("name", "").casefold()


def relations_part(part: str) -> str:
    """The name of the part that holds another's relationships."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", name + ".rels")


def relations(xml: bytes, part: str) -> list[Relation]:
    """The relationships of `part` within the package, targets as part names."""
    found = []
    for e in root(plain(xml)).named("Relationship"):
        if e.attrs.get("TargetMode") == "External":
            continue
        kind = e.attrs.get("Type", "").rpartition("/")[2]
        found.append(Relation(e.attrs.get("Id", ""), kind, target_of(part, e.attrs.get("Target", ""))))
    return found


def relative(target: str, part: str) -> str:
    """A part's name as relationships of another give it; Excel writes it so, and some programs read no other way."""
    return posixpath.relpath(target, posixpath.dirname(part) or ".")


def retargeted(xml: bytes, part: str, moved: Callable[[str], str]) -> bytes:
    """The relationships of `part`, leading within the package to where `moved` says."""
    xml = plain(xml)
    targets = {r.id: r.target for r in relations(xml, part)}
    for e in reversed(root(xml).named("Relationship")):
        old = targets.get(e.attrs.get("Id", ""))
        new = moved(old) if old is not None and e.attrs.get("TargetMode") != "External" else old
        if new is not None and new != old:
            xml = xml[: e.start] + with_attribute(e.tag, "Target", relative(new, part)) + xml[e.open_end :]
    return xml


def ids_named(xml: bytes) -> set[str]:
    """The ids of relationships that a part may name."""
    return {m.decode() for m in re.findall(rb"[\"'](rId[0-9]+)[\"']", xml)}


def with_relation(xml: bytes | None, kind: str, target: str, named: Collection[str] = ()) -> tuple[bytes, str]:
    """Relationships with one more, and its id.

    Args:
        xml: the relationships so far; None for none.
        kind: a whole URI.
        target: as `relative` gives it.
        named: ids that are not to be given.
    """
    xml = plain(xml) if xml else _HEAD + b'<Relationships xmlns="%b"/>' % _PACKAGE_RELATIONS.encode()
    top = root(xml)
    taken = {*(e.attrs.get("Id") for e in top.children), *named}
    new_id = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
    p = prefix_of(top, _PACKAGE_RELATIONS)
    values = (p, new_id.encode(), kind.encode(), escaped(target))
    return _with_child(top, b'<%bRelationship Id="%b" Type="%b" Target="%b"/>' % values), new_id


def without_relation(xml: bytes, relation: str) -> bytes:
    """Relationships without one."""
    xml = plain(xml)
    for e in root(xml).children:
        if e.attrs.get("Id") == relation:
            return xml[: e.start] + xml[e.end :]
    return xml


def types(xml: bytes) -> dict[str, str]:
    """The content type of each part that has one of its own."""
    found = root(plain(xml)).named("Override")
    return {e.attrs.get("PartName", "").lstrip("/"): e.attrs.get("ContentType", "") for e in found}


def type_of(xml: bytes, part: str) -> str:
    """The content type of a part: its own, else that of its ending; '' if there is none."""
    top = root(plain(xml))
    for e in top.named("Override"):
        if part_key(e.attrs.get("PartName", "")) == part_key(part):
            return e.attrs.get("ContentType", "")
    ending = part.rpartition(".")[2].casefold()
    found = (e for e in top.named("Default") if e.attrs.get("Extension", "").casefold() == ending)
    return next((e.attrs.get("ContentType", "") for e in found), "")


def with_type(xml: bytes, part: str, kind: str) -> bytes:
    """The content types with one more part."""
    top = root(plain(xml))
    p = prefix_of(top, _TYPES)
    return _with_child(top, b'<%bOverride PartName="/%b" ContentType="%b"/>' % (p, escaped(part), kind.encode()))


def without_type(xml: bytes, part: str) -> bytes:
    """The content types without a part."""
    xml = plain(xml)
    for e in root(xml).named("Override"):
        if part_key(e.attrs.get("PartName", "")) == part_key(part):
            return xml[: e.start] + xml[e.end :]
    return xml


def _with_child(parent: Element, new: bytes) -> bytes:
    return parent.xml[: parent.start] + parent.with_inside(parent.inside + new) + parent.xml[parent.end :]


class BookPart:
    """The workbook part: sheets by name, the date system, recalculation.

    Raises:
        Refused: it is in the strict form.
        Damaged: it has no sheets.
    """

    def __init__(self, xml: bytes) -> None:
        self.xml = plain(xml)
        self.top = root(self.xml)
        self.prefix = prefix_of(self.top)
        holder = self.top.child("sheets")
        if holder is None:
            raise Damaged("The workbook has no worksheets.")
        self._holder = holder
        settings = self.top.child("workbookPr")
        self.date_1904 = settings is not None and settings.attrs.get("date1904", "0") in {"1", "true"}

    def sheets(self) -> list[tuple[str, str]]:
        """Each sheet's name and the id of its relationship, in the order of the tabs."""
        return [(e.attrs.get("name", ""), _relation_id(e.attrs)) for e in self._holder.children]

    def names(self) -> dict[str, str]:
        """What each defined name stands for; of names that are local to sheets, the last."""
        return {e.attrs.get("name", ""): e.text for e in self._names()}

    def _names(self) -> list[Element]:
        holder = self.top.child("definedNames")
        return holder.named("definedName") if holder else []

    def with_sheet_renamed(self, old: str, new: str) -> bytes:
        """The part with a sheet called otherwise; what refers to it is left to the caller."""
        sheet = next(e for e in self._holder.children if e.attrs.get("name") == old)
        return self.xml[: sheet.start] + with_attribute(sheet.tag, "name", new) + self.xml[sheet.open_end :]

    def with_names(self, change: Callable[[str], str]) -> bytes:
        """The part with what its names stand for rewritten."""
        xml = self.xml
        for e in reversed(self._names()):
            new = change(e.text)
            if new != e.text:
                xml = xml[: e.open_end] + escaped(new) + xml[e.close :]
        return xml

    def state(self, sheet: str) -> str:
        """Whether a sheet's tab is `visible`, `hidden` or `veryHidden`."""
        found = (e for e in self._holder.children if e.attrs.get("name") == sheet)
        return next((e.attrs.get("state", "visible") for e in found), "visible")

    def all_names(self) -> list[Name]:
        """The defined names, those of single sheets too."""
        found = []
        for e in self._names():
            attrs = {k: v for k, v in e.attrs.items() if k != "localSheetId" and ":" not in k}
            number = e.attrs.get("localSheetId", "")
            found.append(Name(attrs, e.text, int(number) if number.isdecimal() else None))
        return found

    def with_new_names(self, names: Iterable[Name], sheet: int) -> bytes:
        """The part with more names; those that belong to a sheet belong to the one with this number."""
        new = b"".join(self._name(name, sheet) for name in names)
        holder = self.top.child("definedNames")
        if holder is not None:
            return _with_child(holder, new)
        whole = b"<%bdefinedNames>%b</%bdefinedNames>" % (self.prefix, new, self.prefix) if new else b""
        at = self._after("functionGroups", "externalReferences")
        return self.xml[:at] + whole + self.xml[at:]

    def _name(self, name: Name, sheet: int) -> bytes:
        tag = b"<%bdefinedName>" % self.prefix
        for key, value in name.attrs.items():
            tag = with_attribute(tag, key, value)
        if name.sheet is not None:
            tag = with_attribute(tag, "localSheetId", str(sheet))
        return tag + escaped(name.text) + b"</%bdefinedName>" % self.prefix

    def _after(self, *kinds: str) -> int:
        """The place after the sheets and elements of these kinds."""
        return [e.end for e in self.top.children if e.local in {"sheets", *kinds}][-1]

    def with_sheet(self, name: str, relation: str, state: str = "visible") -> bytes:
        """The part with one more sheet at the end."""
        number = max((e.number("sheetId", 0) for e in self._holder.children), default=0) + 1
        shown = b"" if state == "visible" else b' state="%b"' % escaped(state)
        values = (self.prefix, escaped(name), number, shown, RELATIONSHIPS.encode(), relation.encode())
        new = b'<%bsheet name="%b" sheetId="%d"%b xmlns:r="%b" r:id="%b"/>' % values
        return _with_child(self._holder, new)

    def without_sheet(self, name: str) -> bytes:
        """The part without a sheet and the names that are its own.

        Raises:
            Refused: no other sheet is to be seen.
        """
        sheet, number, front = self._leaving(name)

        def without(n: int) -> int:
            n = front if n == number else n
            return n - (n > number)

        cuts = [(sheet.start, sheet.end, b""), *self._views(without)]
        for e in self._names():
            owner = e.attrs.get("localSheetId", "")
            if owner == str(number):
                cuts.append((e.start, e.end, b""))
            elif owner.isdecimal():
                cuts.append((e.start, e.open_end, with_attribute(e.tag, "localSheetId", str(without(int(owner))))))
        xml = self._cut(cuts)
        return re.sub(rb"<(?:\w+:)?definedNames(?:\s[^<>]*)?>\s*</(?:\w+:)?definedNames\s*>", b"", xml)

    def with_sheet_hidden(self, name: str) -> bytes:
        """The part with a sheet's tab hidden; the one before it comes to the front where it was there.

        Raises:
            Refused: no other sheet is to be seen.
        """
        sheet, number, front = self._leaving(name)
        views = self._views(lambda n: front if n == number else n)
        return self._cut([(sheet.start, sheet.open_end, with_attribute(sheet.tag, "state", "hidden")), *views])

    def _leaving(self, name: str) -> tuple[Element, int, int]:
        """A sheet that will not be seen any more, its number, and that of the one seen in its place."""
        sheets = self._holder.children
        number = next(n for n, e in enumerate(sheets) if e.attrs.get("name") == name)
        seen = [n for n, e in enumerate(sheets) if e.attrs.get("state", "visible") == "visible" and n != number]
        if not seen:
            raise Refused("it is the only sheet that is to be seen")
        return sheets[number], number, max((n for n in seen if n < number), default=seen[0])

    def _views(self, moved: Callable[[int], int]) -> list[tuple[int, int, bytes]]:
        """The windows' tags, for the sheets' new numbers."""
        found = []
        views = self.top.child("bookViews")
        for e in views.named("workbookView") if views else ():
            tag = e.tag
            for attr in ("activeTab", "firstSheet"):
                if attr in e.attrs:
                    tag = with_attribute(tag, attr, str(moved(e.number(attr, 0))))
            found.append((e.start, e.open_end, tag))
        return found

    def _cut(self, cuts: Iterable[tuple[int, int, bytes]]) -> bytes:
        xml = self.xml
        for start, end, new in sorted(cuts, reverse=True):
            xml = xml[:start] + new + xml[end:]
        return xml

    def with_sheets_shown(self, wanted: Callable[[str], bool]) -> tuple[bytes, list[str]]:
        """The part with hidden sheets shown, and the names of those that were hidden."""
        xml, shown = self.xml, list[str]()
        for e in reversed(self._holder.children):
            name = e.attrs.get("name", "")
            if wanted(name) and e.attrs.get("state", "visible") != "visible":
                tag = with_attribute(e.tag, "state", None)
                xml = xml[: e.start] + tag + xml[e.open_end :]
                shown.insert(0, name)
        return xml, shown

    def with_recalculation(self) -> bytes:
        """The part asking for all formulas to be computed when it is opened."""
        known = self.top.child("calcPr")
        if known is not None:
            tag = with_attribute(known.tag, "fullCalcOnLoad", "1")
            return self.xml[: known.start] + tag + self.xml[known.open_end :]
        at = self._after("functionGroups", "externalReferences", "definedNames")
        return self.xml[:at] + b'<%bcalcPr fullCalcOnLoad="1"/>' % self.prefix + self.xml[at:]


def _relation_id(attrs: Mapping[str, str]) -> str:
    return next((v for k, v in attrs.items() if k.endswith(":id")), "")


def read_properties(xml: bytes) -> dict[str, str]:
    """The custom document properties, as text."""
    return {e.attrs.get("name", ""): e.children[0].text for e in root(plain(xml)).named("property") if e.children}


def with_properties(xml: bytes | None, values: Mapping[str, str]) -> bytes:
    """The custom properties with some set as text."""
    if xml is None:
        xml = _HEAD + b'<Properties xmlns="%b" xmlns:vt="%b"/>' % (_CUSTOM.encode(), _VARIANTS.encode())
    xml = plain(xml)
    for name, value in values.items():
        top = root(xml)
        old = next((e for e in top.named("property") if e.attrs.get("name", "").casefold() == name.casefold()), None)
        number = max([1, *(e.number("pid", 1) for e in top.children)]) + 1
        pid = old.number("pid", 2) if old else number
        fields = (_CUSTOM_FORMAT.encode(), pid, escaped(name), _VARIANTS.encode(), escaped(value))
        new = b'<%bproperty fmtid="%b" pid="%d" name="%b"><vt:lpwstr xmlns:vt="%b">%b</vt:lpwstr></%bproperty>' % (
            prefix_of(top, _CUSTOM),
            *fields,
            prefix_of(top, _CUSTOM),
        )
        xml = xml[: old.start] + new + xml[old.end :] if old else _with_child(top, new)
    return xml


def new_sheet() -> bytes:
    """An empty worksheet whose first rows stay in view."""
    return (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        b'<dimension ref="A1"/><sheetViews><sheetView workbookViewId="0"/></sheetViews>'
        b'<sheetFormatPr defaultRowHeight="15"/><sheetData/>'
        b'<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/></worksheet>'
    )
