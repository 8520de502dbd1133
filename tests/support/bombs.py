"""Small files that would become large: `made(kind, sound)`, each kind a workbook of at most 5 MB.

What is counted in bytes looks harmless; it is what the bytes become (elements, cells, objects) that takes the memory
and the time.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Iterable

Parts = dict[str, bytes]
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
#: No file that is tried here is larger.
LARGEST = 5 << 20


def noisy(unit: bytes, size: int) -> bytes:
    """Pieces that hold a random number each, so that they pack no better than a program's own do."""
    rng = random.Random(1)
    return b"".join(unit % b"%08x" % rng.getrandbits(32) for _ in range(size // len(unit)))


def _part_of(parts: Parts, table: bytes) -> str:
    """The sheet on which a table stands."""
    found = next(n for n, x in parts.items() if n.startswith("xl/tables/") and b'displayName="%b"' % table in x)
    rels = next(n for n, x in parts.items() if "worksheets/_rels" in n and found.rpartition("/")[2].encode() in x)
    return "xl/worksheets/" + rels.rpartition("/")[2].removesuffix(".rels")


def _table_of(parts: Parts, table: bytes) -> str:
    return next(n for n, x in parts.items() if n.startswith("xl/tables/") and b'displayName="%b"' % table in x)


def _put(parts: Parts, part: str, before: bytes, new: bytes) -> None:
    assert before in parts[part], (part, before)
    parts[part] = parts[part].replace(before, new + before, 1)


def _after_cells(parts: Parts, new: bytes) -> None:
    part = _part_of(parts, b"SupportLog")
    parts[part] = parts[part].replace(b"</sheetData>", b"</sheetData>" + new, 1)


def _rows(parts: Parts, rows: Iterable[bytes]) -> None:
    _put(parts, _part_of(parts, b"SupportLog"), b"</sheetData>", b"".join(rows))


def _strings(parts: Parts, unit: bytes, size: int) -> None:
    parts["xl/sharedStrings.xml"] = b'<sst xmlns="%b">' % _MAIN.encode() + noisy(unit, size) + b"</sst>"
    if b"sharedStrings" not in parts["xl/_rels/workbook.xml.rels"]:
        relation = f'<Relationship Id="rS" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        _put(parts, "xl/_rels/workbook.xml.rels", b"</Relationships>", relation.encode())
        kind = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_KIND}.sharedStrings+xml"/>'
        _put(parts, "[Content_Types].xml", b"</Types>", kind.encode())


def _many_strings(parts: Parts) -> None:
    _strings(parts, b"<si><t>%s</t></si>", 12 << 20)


def _long_strings(parts: Parts) -> None:
    _strings(parts, b"<si><t>%s" + b"a" * 1500 + b"</t></si>", 300 << 20)


def _rich_strings(parts: Parts) -> None:
    _strings(parts, b"<si>" + b"<r><t>%s</t></r>" % b"%s" + b"<r><t/></r>" * 150 + b"</si>", 60 << 20)


def _elements_in(part: str, before: bytes, size: int) -> Callable[[Parts], None]:
    def change(parts: Parts) -> None:
        _put(parts, part, before, b"<extLst>" + noisy(b'<a b="%s"/>' + b"<a/>" * 300, size) + b"</extLst>")

    return change


def _attributes(parts: Parts) -> None:
    more = b"".join(b' a%d="1"' % n for n in range(500_000))
    parts["xl/workbook.xml"] = re.sub(rb"<workbookPr", b"<workbookPr" + more, parts["xl/workbook.xml"], count=1)


def _nested(parts: Parts) -> None:
    _put(parts, "xl/workbook.xml", b"</workbook>", b"<extLst>" + b"<a>" * 900_000 + b"</a>" * 900_000 + b"</extLst>")


def _nested_beside_cells(parts: Parts) -> None:
    _after_cells(parts, b"<extLst>" + b"<a>" * 900_000 + b"</a>" * 900_000 + b"</extLst>")


def _merged(parts: Parts) -> None:
    refs = (b'<mergeCell ref="CA%d:CB%d"/>' % (n, n) for n in range(1, 700_000))
    _after_cells(parts, b"<mergeCells>" + b"".join(refs) + b"</mergeCells>")


def _merged_wide(parts: Parts) -> None:
    refs = (b'<mergeCell ref="CA%d:XFD%d"/>' % (n, n + 900) for n in range(100, 900_000, 901))
    _after_cells(parts, b"<mergeCells>" + b"".join(refs) + b"</mergeCells>")


def _validations(parts: Parts) -> None:
    rule = b'<dataValidation type="list" sqref="CA%d"><formula1>"a,b"</formula1></dataValidation>'
    rules = b"".join(rule % n for n in range(1, 300_000))
    _after_cells(parts, b"<dataValidations>" + rules + b"</dataValidations>")


def _validated_areas(parts: Parts) -> None:
    areas = b" ".join(b"CA%d" % n for n in range(1, 1_000_000, 2))
    _after_cells(parts, b'<dataValidations><dataValidation type="whole" sqref="%b"/></dataValidations>' % areas)


def _conditions(parts: Parts) -> None:
    rule = b'<conditionalFormatting sqref="CA%d"><cfRule type="expression" priority="%d"><formula>A1</formula></cfRule>'
    rules = b"".join(rule % (n, n) + b"</conditionalFormatting>" for n in range(1, 300_000))
    _after_cells(parts, rules)


def _links(parts: Parts) -> None:
    _after_cells(
        parts,
        b"<hyperlinks>"
        + b"".join(b'<hyperlink ref="CA%d" location="A1"/>' % n for n in range(1, 600_000))
        + b"</hyperlinks>",
    )


def _styles(parts: Parts) -> None:
    xf = b'<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    _put(parts, "xl/styles.xml", b"</cellXfs>", xf * 600_000)


def _number_formats(parts: Parts) -> None:
    formats = b"".join(b'<numFmt numFmtId="%d" formatCode="0.%d"/>' % (n, n) for n in range(1000, 400_000))
    parts["xl/styles.xml"] = re.sub(
        rb"<fonts", b'<numFmts count="9">' + formats + b"</numFmts><fonts", parts["xl/styles.xml"], count=1
    )


def _names(parts: Parts) -> None:
    names = b"".join(b'<definedName name="n%d">Setup!$A$%d</definedName>' % (n, n) for n in range(1, 300_000))
    xml = re.sub(rb"<definedNames.*?</definedNames>", b"", parts["xl/workbook.xml"], flags=re.DOTALL)
    parts["xl/workbook.xml"] = xml.replace(b"</sheets>", b"</sheets><definedNames>" + names + b"</definedNames>")


def _names_upon_names(parts: Parts) -> None:
    names = b"".join(b'<definedName name="n%d">n%d+n%d</definedName>' % (n, n + 1, n + 2) for n in range(1, 20_000))
    xml = re.sub(rb"<definedNames.*?</definedNames>", b"", parts["xl/workbook.xml"], flags=re.DOTALL)
    parts["xl/workbook.xml"] = xml.replace(b"</sheets>", b"</sheets><definedNames>" + names + b"</definedNames>")
    _rows(parts, (b'<row r="%d"><c r="CA%d"><f>n1</f><v>1</v></c></row>' % (n, n) for n in range(900, 3000)))


def _sheets(parts: Parts) -> None:
    count = 15_000
    entries = (b'<sheet name="s%d" sheetId="%d" r:id="rX%d"/>' % (n, n + 900, n) for n in range(count))
    _put(parts, "xl/workbook.xml", b"</sheets>", b"".join(entries))
    relation = b'<Relationship Id="rX%d" Type="' + _OFFICE.encode() + b'/worksheet" Target="worksheets/x%d.xml"/>'
    _put(parts, "xl/_rels/workbook.xml.rels", b"</Relationships>", b"".join(relation % (n, n) for n in range(count)))
    for n in range(count):
        parts[f"xl/worksheets/x{n}.xml"] = b'<worksheet xmlns="%b"><sheetData/></worksheet>' % _MAIN.encode()


def _relations(parts: Parts) -> None:
    relation = b'<Relationship Id="rX%d" Type="urn:x" Target="x%d.xml"/>'
    new = b"".join(relation % (n, n) for n in range(400_000))
    _put(parts, "xl/_rels/workbook.xml.rels", b"</Relationships>", new)


def _types(parts: Parts) -> None:
    _put(
        parts,
        "[Content_Types].xml",
        b"</Types>",
        b"".join(b'<Override PartName="/x%d.xml" ContentType="a/b"/>' % n for n in range(400_000)),
    )


def _table_columns(parts: Parts) -> None:
    columns = b"".join(b'<tableColumn id="%d" name="q%d"/>' % (n, n) for n in range(99, 300_000))
    _put(parts, _table_of(parts, b"SupportLog"), b"</tableColumns>", columns)


def _column_bands(parts: Parts) -> None:
    part = _part_of(parts, b"SupportLog")
    xml = re.sub(rb"<cols>.*?</cols>", b"", parts[part], flags=re.DOTALL)
    bands = b"".join(b'<col min="%d" max="%d" width="9"/>' % (n, n) for n in range(1, 600_000))
    parts[part] = xml.replace(b"<sheetData>", b"<cols>" + bands + b"</cols><sheetData>", 1)


def _far_cells(parts: Parts) -> None:
    _rows(parts, (b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (n, n) for n in range(900, 600_000)))


def _far_apart(parts: Parts) -> None:
    _rows(parts, (b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(900, 1_048_576, 19)))


def _formulas(parts: Parts) -> None:
    _rows(
        parts,
        (b'<row r="%d"><c r="CA%d"><f>SUM(A1:A%d)</f><v>1</v></c></row>' % (n, n, n) for n in range(900, 200_000)),
    )


def _formulas_upon_formulas(parts: Parts) -> None:
    row = b'<row r="%d"><c r="CA%d"><f>CA%d+COUNTA(SupportLog[Date])</f><v>1</v></c></row>'
    _rows(parts, (row % (n, n, n + 1) for n in range(900, 60_000)))


def _long_formula(parts: Parts) -> None:
    _rows(parts, [b'<row r="900"><c r="CA900"><f>' + b"1+" * 2_000_000 + b"1</f><v>1</v></c></row>"])


def _deep_formula(parts: Parts) -> None:
    _rows(parts, [b'<row r="900"><c r="CA900"><f>' + b"(" * 400_000 + b"1" + b")" * 400_000 + b"</f></c></row>"])


def _shared_formulas(parts: Parts) -> None:
    first = b'<row r="900"><c r="CA900"><f t="shared" ref="CA900:CA200000" si="0">A900+1</f><v>1</v></c></row>'
    row = b'<row r="%d"><c r="CA%d"><f t="shared" si="0"/><v>1</v></c></row>'
    _rows(parts, [first, *(row % (n, n) for n in range(901, 200_000))])


def _errors(parts: Parts) -> None:
    _rows(parts, (b'<row r="%d"><c r="A%d" t="e"><v>#N/A</v></c></row>' % (n, n) for n in range(900, 500_000)))


def _odd_cells(parts: Parts) -> None:
    _rows(parts, (b'<row r="%d"><c r="A%d" t="n"><v>1,5</v></c></row>' % (n, n) for n in range(900, 400_000)))


def _texts_in_cells(parts: Parts) -> None:
    unit = b'<row r="9"><c r="A9" t="inlineStr"><is><t>%s' + b"a" * 1500 + b"</t></is></c></row>"
    _rows(parts, [noisy(unit, 300 << 20)])


def _blank_rows(parts: Parts) -> None:
    _rows(parts, (b'<row r="%d" ht="15" customHeight="1"/>' % n for n in range(900, 1_048_576)))


def _comments(parts: Parts) -> None:
    part = _part_of(parts, b"SupportLog")
    rels = part.replace("worksheets/", "worksheets/_rels/") + ".rels"
    relation = f'<Relationship Id="rC" Type="{_OFFICE}/comments" Target="/xl/comments99.xml"/>'
    _put(parts, rels, b"</Relationships>", relation.encode())
    notes = b"".join(b'<comment ref="CA%d" authorId="0"><text><t/></text></comment>' % n for n in range(1, 300_000))
    parts["xl/comments99.xml"] = b'<comments xmlns="%b"><authors/><commentList>%b</commentList></comments>' % (
        _MAIN.encode(),
        notes,
    )


def _properties(parts: Parts) -> None:
    name = next((n for n in parts if n.endswith("custom.xml")), "")
    if name:
        entry = b'<property fmtid="x" pid="%d" name="p%d"><vt:lpwstr>1</vt:lpwstr></property>'
        _put(parts, name, b"</Properties>", b"".join(entry % (n, n) for n in range(50, 300_000)))


KINDS: dict[str, Callable[[Parts], None]] = {
    "many shared texts": _many_strings,
    "long shared texts": _long_strings,
    "shared texts of many runs": _rich_strings,
    "elements in the workbook's part": _elements_in("xl/workbook.xml", b"</workbook>", 30 << 20),
    "elements in the styles": _elements_in("xl/styles.xml", b"</styleSheet>", 30 << 20),
    "attributes": _attributes,
    "nested elements": _nested,
    "nested elements beside cells": _nested_beside_cells,
    "merged cells": _merged,
    "merged cells over many rows": _merged_wide,
    "validations": _validations,
    "areas of a validation": _validated_areas,
    "conditional formats": _conditions,
    "links": _links,
    "styles": _styles,
    "number formats": _number_formats,
    "names": _names,
    "names upon names": _names_upon_names,
    "sheets": _sheets,
    "relationships": _relations,
    "content types": _types,
    "columns of a table": _table_columns,
    "bands of columns": _column_bands,
    "cells far to the right": _far_cells,
    "cells far apart": _far_apart,
    "formulas": _formulas,
    "formulas upon formulas": _formulas_upon_formulas,
    "a long formula": _long_formula,
    "a deep formula": _deep_formula,
    "shared formulas": _shared_formulas,
    "errors": _errors,
    "odd cells": _odd_cells,
    "texts in cells": _texts_in_cells,
    "blank rows": _blank_rows,
    "comments": _comments,
    "properties": _properties,
}


def made(kind: str, sound: bytes) -> bytes:
    """A workbook with one thing in it very often."""
    with zipfile.ZipFile(io.BytesIO(sound)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    KINDS[kind](parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    data = out.getvalue()
    assert len(data) <= LARGEST, (kind, len(data))
    return data
