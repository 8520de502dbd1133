"""How the parts of a package hang together: relationships and content types; and the parts that are simplest."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple

from addin.lossless.opc.markup import escaped, plain, prefix_of, root, with_attribute, with_child
from addin.lossless.opc.part_names import part_key, target_of

TYPES_PART = "[Content_Types].xml"
ROOT_RELATIONS = "_rels/.rels"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VARIANTS = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_CUSTOM_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class Relation(NamedTuple):
    """A relationship of a part: what kind, and to which part (none where it leads out of the package)."""

    id: str
    kind: str
    target: str


def relations(xml: bytes, part: str) -> list[Relation]:
    """The relationships of `part` within the package, targets as part names.

    Args:
        xml: the part that holds them.
        part: the name of the part that they belong to; "" for the package itself.
    """
    found = []
    for e in root(plain(xml)).named("Relationship"):
        if e.attrs.get("TargetMode") == "External":
            continue
        kind = e.attrs.get("Type", "").rpartition("/")[2]
        found.append(Relation(e.attrs.get("Id", ""), kind, target_of(part, e.attrs.get("Target", ""))))
    return found


def relative(target: str, part: str) -> str:
    """A part's name as relationships of another give it; Excel writes it so, and some programs read no other way.

    >>> relative("xl/tables/table1.xml", "xl/worksheets/sheet1.xml")
    '../tables/table1.xml'

    Args:
        target: the name of the part that is led to.
        part: the name of the part that leads there.
    """
    return posixpath.relpath(target, posixpath.dirname(part) or ".")


def retargeted(xml: bytes, part: str, moved: Callable[[str], str]) -> bytes:
    """The relationships of `part`, leading within the package to where `moved` says.

    Args:
        xml: the part that holds them.
        part: the name of the part that they belong to.
        moved: gives a part's new name by its old one.
    """
    xml = plain(xml)
    targets = {r.id: r.target for r in relations(xml, part)}
    for e in reversed(root(xml).named("Relationship")):
        old = targets.get(e.attrs.get("Id", ""))
        new = moved(old) if old is not None and e.attrs.get("TargetMode") != "External" else old
        if new is not None and new != old:
            xml = xml[: e.start] + with_attribute(e.tag, "Target", relative(new, part)) + xml[e.open_end :]
    return xml


def ids_named(xml: bytes) -> set[str]:
    """The ids of relationships that a part may name.

    Args:
        xml: a part as written.
    """
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
    return with_child(top, b'<%bRelationship Id="%b" Type="%b" Target="%b"/>' % values), new_id


def without_relation(xml: bytes, relation: str) -> bytes:
    """Relationships without one.

    Args:
        xml: the part that holds them.
        relation: the id of the one that goes.
    """
    xml = plain(xml)
    for e in root(xml).children:
        if e.attrs.get("Id") == relation:
            return xml[: e.start] + xml[e.end :]
    return xml


def types(xml: bytes) -> dict[str, str]:
    """The content type of each part that has one of its own.

    Args:
        xml: the part `[Content_Types].xml`.
    """
    found = root(plain(xml)).named("Override")
    return {e.attrs.get("PartName", "").lstrip("/"): e.attrs.get("ContentType", "") for e in found}


def type_of(xml: bytes, part: str) -> str:
    """The content type of a part: its own, else that of its ending; '' if there is none.

    Args:
        xml: the part `[Content_Types].xml`.
        part: the name of a part.
    """
    top = root(plain(xml))
    for e in top.named("Override"):
        if part_key(e.attrs.get("PartName", "")) == part_key(part):
            return e.attrs.get("ContentType", "")
    ending = part.rpartition(".")[2].casefold()
    found = (e for e in top.named("Default") if e.attrs.get("Extension", "").casefold() == ending)
    return next((e.attrs.get("ContentType", "") for e in found), "")


def with_type(xml: bytes, part: str, kind: str) -> bytes:
    """The content types with one more part.

    Args:
        xml: the part `[Content_Types].xml`.
        part: the new part's name.
        kind: its whole content type.
    """
    top = root(plain(xml))
    p = prefix_of(top, _TYPES)
    return with_child(top, b'<%bOverride PartName="/%b" ContentType="%b"/>' % (p, escaped(part), kind.encode()))


def without_type(xml: bytes, part: str) -> bytes:
    """The content types without a part.

    Args:
        xml: the part `[Content_Types].xml`.
        part: the name of the part that goes.
    """
    xml = plain(xml)
    for e in root(xml).named("Override"):
        if part_key(e.attrs.get("PartName", "")) == part_key(part):
            return xml[: e.start] + xml[e.end :]
    return xml


def read_properties(xml: bytes) -> dict[str, str]:
    """The custom document properties, as text.

    Args:
        xml: the part `docProps/custom.xml`.
    """
    return {e.attrs.get("name", ""): e.children[0].text for e in root(plain(xml)).named("property") if e.children}


def with_properties(xml: bytes | None, values: Mapping[str, str]) -> bytes:
    """The custom properties with some set as text.

    Args:
        xml: the part `docProps/custom.xml`; None where there is none yet.
        values: by name; the case of names does not count.
    """
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
        xml = xml[: old.start] + new + xml[old.end :] if old else with_child(top, new)
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
