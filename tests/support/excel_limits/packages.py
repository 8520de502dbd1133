"""Rules of the package that every Office file is: parts, relationships, content types, properties."""

from __future__ import annotations

import re
from collections import Counter

from tests.support.excel_limits.declare import Applies, rule

_OPC = "ECMA-376 Part 2, Open Packaging Conventions: "
#: What a relationship of a kind must lead to, by the end of its content type.
_KINDS = {
    "worksheet": "worksheet+xml",
    "chartsheet": "chartsheet+xml",
    "styles": "styles+xml",
    "sharedStrings": "sharedStrings+xml",
    "table": "table+xml",
    "drawing": "drawing+xml",
    "chart": "chart+xml",
    "comments": "comments+xml",
    "vmlDrawing": "vmlDrawing",
    "calcChain": "calcChain+xml",
    "core-properties": "core-properties+xml",
    "extended-properties": "extended-properties+xml",
    "custom-properties": "custom-properties+xml",
    "vbaProject": "vbaProject",
    "numbering": "numbering+xml",
    "header": "header+xml",
    "footer": "footer+xml",
}
_VT = "{http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes}"
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?\Z")


@rule(_OPC + "part names are equal without regard to case (6.3.5)", Applies.PACKAGE)
def part_names_unique(package):
    """Names that differ in case alone are one and the same part."""
    for name, count in Counter(name.lower() for name in package.names).items():
        if count > 1:
            yield name, f"{count} parts of this name"


@rule(_OPC + "each part has a content type (7.2)", Applies.PACKAGE)
def content_types_given(package):
    """Office calls a file damaged that has a part without one."""
    for name in package.names:
        if name != "[Content_Types].xml" and not package.type_of(name):
            yield name, "no content type"


@rule(_OPC + "one Override for a part, of a part that is there (7.2.3)", Applies.PACKAGE)
def content_types_of_parts(package):
    """An override of a part that is not there, or two of one."""
    top = package.xml("[Content_Types].xml")
    given = [e.get("PartName", "").lower() for e in top if "PartName" in e.attrib]
    there = {f"/{name}".lower() for name in package.names}
    for name, count in Counter(given).items():
        if count > 1:
            yield name, "two content types"
        elif name not in there:
            yield name, "a content type of a part that is not there"


@rule(_OPC + "a relationship leads to a part (6.5)", Applies.PACKAGE)
def relationships_lead_to_parts(package):
    """Targets within the package exist."""
    for owner in ("", *package.names):
        for rel in package.rels(owner):
            if not rel.outside and rel.target not in {".", ""} and not package.has(rel.target):
                yield owner, f"{rel.id} leads to {rel.target}, which is not there"


@rule(_OPC + "ids of relationships are unique (6.5.3.4)", Applies.PACKAGE)
def relationship_ids_unique(package):
    """No id twice in one part's relationships."""
    for owner in ("", *package.names):
        for rel_id, count in Counter(rel.id for rel in package.rels(owner)).items():
            if count > 1:
                yield owner, f"{rel_id} stands {count} times"


@rule("ECMA-376 Part 1, 12 and 15: a relationship's kind and its part's content type belong together", Applies.PACKAGE)
def relationships_of_the_right_kind(package):
    """What a relationship leads to is what its kind says."""
    for owner in ("", *package.names):
        for rel in package.rels(owner):
            wanted = _KINDS.get(rel.kind)
            if wanted and not rel.outside and package.has(rel.target):
                kind = package.type_of(rel.target)
                if not kind.lower().endswith(wanted.lower()):
                    yield owner, f"{rel.id} is a {rel.kind}, and leads to {kind or 'nothing known'}"


@rule("ECMA-376 Part 1, 22.2; Part 2, 8.3: dates of core properties are W3CDTF", Applies.PACKAGE)
def core_properties_dates(package):
    """Excel repairs a file whose moments of creation or change can't be read."""
    for rel in package.rels(""):
        if rel.kind == "core-properties" and package.has(rel.target):
            names = Counter(e.tag for e in package.xml(rel.target))
            for e in package.xml(rel.target):
                if e.tag.endswith(("}created", "}modified")) and not _MOMENT.match(e.text or ""):
                    yield rel.target, f"{e.text!r} is no moment"
                if names[e.tag] > 1:
                    yield rel.target, f"{e.tag.rpartition('}')[2]} stands twice"


@rule("ECMA-376 Part 1, 22.3.2.2: pid begins at 2, and is unique, as names are", Applies.PACKAGE)
def custom_properties(package):
    """Numbers and names of custom properties."""
    for rel in package.rels(""):
        if rel.kind == "custom-properties" and package.has(rel.target):
            pids = [int(e.get("pid", "0")) for e in package.xml(rel.target)]
            names = [e.get("name", "").casefold() for e in package.xml(rel.target)]
            for word, items in (("pid", pids), ("name", names)):
                if len(set(items)) < len(items):
                    yield rel.target, f"a {word} stands twice"
            if any(pid < 2 for pid in pids):
                yield rel.target, "a pid below 2"
            if any(not 0 < len(name) <= 255 for name in names):
                yield rel.target, "a name that is blank or longer than 255"


@rule("ECMA-376 Part 1, 22.2.2.27 (TitlesOfParts): a vector's size is the number of its items", Applies.PACKAGE)
def listed_parts(package):
    """The list of titles in the extended properties is as long as it says."""
    for rel in package.rels(""):
        if rel.kind == "extended-properties" and package.has(rel.target):
            for vector in package.xml(rel.target).iter(f"{_VT}vector"):
                if int(vector.get("size", "-1")) != len(vector):
                    yield rel.target, f"a list of {vector.get('size')} has {len(vector)} items"
