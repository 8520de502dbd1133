"""A workbook and a document that break no rule, and for each rule a change that breaks it."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from collections.abc import Callable

import docx
import xlsxwriter

Parts = dict[str, bytes]
_DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
SHEET, OTHER, BOOK, STYLES = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/workbook.xml", "xl/styles.xml"
TABLE, TYPES, DRAWING = "xl/tables/table1.xml", "[Content_Types].xml", "xl/drawings/drawing1.xml"
CHART, NOTES, BOXES = "xl/charts/chart1.xml", "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"
RELS = "xl/_rels/workbook.xml.rels"
DOC, NUMBERING = "word/document.xml", "word/numbering.xml"


def sound_workbook() -> bytes:
    """A workbook with something for every rule."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    day, bold = book.add_format({"num_format": "dd mmm yyyy"}), book.add_format({"bold": True, "bg_color": "#ffff00"})
    log, mine = book.add_worksheet("Log"), book.add_worksheet("Mine")
    columns = [
        {"header": "ID", "total_string": "All"},
        {"header": "Day"},
        {"header": "Number", "total_function": "sum"},
    ]
    data = [["a", 46000, 1], ["b", 46001, 2]]
    log.add_table("A3:C6", {"name": "Orders", "columns": columns, "data": data, "total_row": True})
    log.add_table("E3:F5", {"name": "Others", "columns": [{"header": "X"}, {"header": "Y"}]})
    log.write("B4", 46000, day)
    log.write("A1", "A title", bold)
    log.write("H1", "=TODAY()")
    log.write("H2", True)
    log.merge_range("J1:K2", "joined")
    log.merge_range("J3:K4", "too")
    log.data_validation(
        "A4", {"validate": "list", "source": ["a", "b"], "input_title": "Which", "input_message": "One"}
    )
    log.data_validation("B4", {"validate": "date", "criteria": "between", "minimum": "=1", "maximum": "=9"})
    log.conditional_format("C4:C5", {"type": "cell", "criteria": ">", "value": 1, "format": bold})
    log.conditional_format("C4:C5", {"type": "formula", "criteria": "=$C4>1", "format": bold})
    log.write_url("H3", "internal:Mine!A1", string="there", tip="Go")
    log.write_url("H4", "https://example.org/", string="out")
    log.write_comment("A4", "A remark")
    log.write_comment("B4", "Another")
    log.set_column("A:A", 20)
    log.set_column("B:B", 10)
    log.set_row(0, 30)
    log.freeze_panes(3, 1)
    log.set_header("&CTitle")
    log.set_h_pagebreaks([20])
    log.set_landscape()
    log.protect("secret")
    log.insert_image("M1", "x.png", {"image_data": io.BytesIO(base64.b64decode(_DOT)), "url": "https://example.org/x"})
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=Log!$C$4:$C$5"})
    chart.add_series({"values": "=Log!$B$4:$B$5"})
    log.insert_chart("M5", chart)
    log.add_sparkline("H5", {"range": "C4:C5"})
    mine.write("A1", '=SUM(Orders[Number])+_xlfn.IFNA(Log!C4,"none")')
    mine.write("A2", '=IF(A1>1,"yes","no")')
    mine.autofilter("A1:B5")
    mine.write_array_formula("C1:C2", "{=Log!C4:C5}")
    book.define_name("Numbers", "=Log!$C$4:$C$5")
    book.define_name("Mine!Local", "=Mine!$A$1")
    book.set_properties({"title": "Sound"})
    book.set_custom_property("Id", "1")
    book.set_custom_property("Version", "2")
    book.close()
    parts = parts_of(out.getvalue())
    _with_chain(parts)
    return whole(parts)


def _with_chain(parts: Parts) -> None:
    """An order of calculation, which XlsxWriter leaves to Excel."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/calcChain.xml"] = f'<calcChain xmlns="{main}"><c r="H1" i="1"/><c r="A1" i="2"/></calcChain>'.encode()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
    parts[TYPES] = parts[TYPES].replace(
        b"</Types>", f'<Override PartName="/xl/calcChain.xml" ContentType="{kind}"/></Types>'.encode()
    )
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
    parts[RELS] = parts[RELS].replace(
        b"</Relationships>",
        f'<Relationship Id="rId99" Type="{rel}" Target="calcChain.xml"/></Relationships>'.encode(),
    )


def sound_document() -> bytes:
    """A document with something for every rule."""
    out = io.BytesIO()
    document = docx.Document()
    document.add_heading("Minutes", 1)
    document.add_paragraph("A point", style="List Bullet")
    table = document.add_table(2, 2, style="Table Grid")
    table.cell(0, 0).text = "Item"
    document.add_picture(io.BytesIO(base64.b64decode(_DOT)))
    document.add_picture(io.BytesIO(base64.b64decode(_DOT)))
    document.save(out)
    parts = parts_of(out.getvalue())
    mark = b'<w:bookmarkStart w:id="5" w:name="here"/><w:bookmarkEnd w:id="5"/>'
    field = b'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    parts[DOC] = re.sub(rb"<w:sectPr", b"<w:p>" + mark + field + b"</w:p><w:sectPr", parts[DOC], count=1)
    return whole(parts)


def parts_of(data: bytes) -> Parts:
    """A file's parts, in order."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def whole(parts: Parts) -> bytes:
    """A file of parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


# -- ways to break ----------------------------------------------------------------------------------------------------

Break = Callable[[Parts], None]


def sub(part: str, old: str, new: str) -> Break:
    """The first text of a part that a pattern finds, otherwise."""

    def change(parts: Parts) -> None:
        before = parts[part].decode()
        after = re.sub(old, lambda m: m.expand(new), before, count=1, flags=re.DOTALL)
        assert after != before, f"{old} is not in {part}"
        parts[part] = after.encode()

    return change


def cell(xml: str) -> Break:
    """One more cell, in a row of its own on the second sheet."""
    return sub(OTHER, "</sheetData>", f'<row r="9">{xml}</row></sheetData>')


def formula(text: str) -> Break:
    """One more formula."""
    return cell(f'<c r="A9"><f>{text}</f><v>0</v></c>')


def tab(name: str) -> Break:
    """The second sheet called otherwise; what names it is called so too."""

    def change(parts: Parts) -> None:
        for part, content in parts.items():
            if part.endswith((".xml", ".rels")):
                parts[part] = content.replace(b"Mine!", f"'{name.replace(chr(39), chr(39) * 2)}'!".encode())
        parts[BOOK] = parts[BOOK].replace(b'name="Mine"', f'name="{name}"'.encode())

    return change


def many(part: str, old: str, xml: str, count: int) -> Break:
    """Very many elements before a tag."""
    return sub(part, old, "".join(xml.format(n=n) for n in range(count)) + old)


def name(xml: str) -> Break:
    """One more defined name."""
    return sub(BOOK, "</definedNames>", f"{xml}</definedNames>")


def validation(attributes: str = "", inside: str = "<formula1>1</formula1>", kind: str = "custom") -> Break:
    """One more validation."""
    xml = f'<dataValidation type="{kind}" sqref="Z1" {attributes}>{inside}</dataValidation></dataValidations>'
    count = sub(SHEET, 'dataValidations count="2"', 'dataValidations count="3"')
    return both(count, sub(SHEET, "</dataValidations>", xml))


def both(*changes: Break) -> Break:
    """One change after the other."""

    def change(parts: Parts) -> None:
        for single in changes:
            single(parts)

    return change


def twice(part: str) -> Break:
    """A part once more, in capitals."""

    def change(parts: Parts) -> None:
        parts[part.upper()] = parts[part]

    return change


def without(part: str) -> Break:
    """A part that is not there."""
    return lambda parts: parts.pop(part) and None


def at(part: str, content: bytes) -> Break:
    """One more part."""
    return lambda parts: parts.__setitem__(part, content)


_LONG = "x" * 256
_RULE = '<conditionalFormatting sqref="Z1"><cfRule type="{}" priority="{}">{}</cfRule></conditionalFormatting>'


def condition(kind: str = "expression", priority: int = 9, inside: str = "<formula>1</formula>") -> Break:
    """One more conditional format."""
    return sub(SHEET, "<dataValidations", _RULE.format(kind, priority, inside) + "<dataValidations")


BREAKS: dict[str, Break] = {
    # packages
    "readable": sub(SHEET, "</worksheet>", ""),
    "part-names-unique": twice("xl/styles.xml"),
    "content-types-given": at("xl/odd.thing", b""),
    "content-types-of-parts": sub(TYPES, "</Types>", '<Override PartName="/no.xml" ContentType="x/y"/></Types>'),
    "relationships-lead-to-parts": sub(RELS, 'Target="styles.xml"', 'Target="gone.xml"'),
    "relationship-ids-unique": sub(RELS, 'Id="rId2"', 'Id="rId1"'),
    "relationships-of-the-right-kind": sub(RELS, 'Target="styles.xml"', 'Target="theme/theme1.xml"'),
    "core-properties-dates": sub("docProps/core.xml", r"\d{4}-\d\d-\d\dT[\d:]+Z", "yesterday"),
    "custom-properties": sub("docProps/custom.xml", 'pid="3"', 'pid="2"'),
    "listed-parts": sub("docProps/app.xml", r'size="\d+" baseType="lpstr"', 'size="99" baseType="lpstr"'),
    # books
    "sheet-name-reserved": tab("hiSTory"),
    "sheet-name-length": tab("x" * 32),
    "sheet-name-signs": tab("a/b"),
    "sheet-name-apostrophe": tab("&apos;a"),
    "sheet-names-unique": tab("LOG"),
    "sheet-ids": sub(BOOK, 'sheetId="2"', 'sheetId="1"'),
    "sheets-have-parts": sub(BOOK, 'r:id="rId2"', 'r:id="rId77"'),
    "a-sheet-visible": both(
        sub(BOOK, 'sheetId="1"', 'sheetId="1" state="hidden"'), sub(BOOK, 'sheetId="2"', 'sheetId="2" state="hidden"')
    ),
    "tab-in-front": sub(BOOK, "<workbookView ", '<workbookView activeTab="7" '),
    "order-in-workbook": sub(BOOK, "(<workbookPr[^>]*>)(<bookViews>.*?</bookViews>)", r"\2\1"),
    "defined-name-syntax": name('<definedName name="A1">1</definedName>'),
    "defined-names-unique": name('<definedName name="NUMBERS">1</definedName>'),
    "defined-names-on-sheets": name('<definedName name="Odd" localSheetId="9">1</definedName>'),
    "defined-names-filled": name('<definedName name="Odd"></definedName>'),
    "calculation-chain": sub("xl/calcChain.xml", 'r="H1"', 'r="Z99"'),
    # formulas
    "formula-length": formula("1" + "+1" * 4096),
    "formula-nesting": formula("ABS(" * 65 + "1" + ")" * 65),
    "formula-arguments": formula(f"SUM({','.join('1' * 256)})"),
    "formula-texts": formula(f'LEN("{_LONG}")'),
    "formula-whole": formula("SUM(1"),
    "formula-prefix": formula("IFS(1,2)"),
    "formula-sheets": formula("Nowhere!A1"),
    "formula-tables": formula("SUM(Orders[Colour])"),
    "formula-this-row": formula("Orders[@Number]"),
    "validation-without-tables": validation(inside="<formula1>Orders[ID]</formula1>", kind="list"),
    "conditional-format-without-tables": condition(inside="<formula>COUNTA(Orders[ID])</formula>"),
    # tables
    "table-ids-unique": sub("xl/tables/table2.xml", ' id="2"', ' id="1"'),
    "table-names-unique": sub("xl/tables/table2.xml", 'displayName="Others"', 'displayName="orders"'),
    "table-name-syntax": sub("xl/tables/table2.xml", 'displayName="Others"', 'displayName="A 1"'),
    "table-size": sub("xl/tables/table2.xml", r'(<tableColumn id="2".*?/>)', ""),
    "table-column-ids": sub("xl/tables/table2.xml", '<tableColumn id="2"', '<tableColumn id="1"'),
    "table-headers-unique": sub("xl/tables/table2.xml", 'name="Y"', 'name="x"'),
    "table-headers-match": sub("xl/tables/table2.xml", 'name="Y"', 'name="Z"'),
    "table-headers-no-formulas": sub(SHEET, '(<c r="F3"[^>]*>)', r"\1<f>1</f>"),
    "tables-apart": sub("xl/tables/table2.xml", 'ref="E3:F5"', 'ref="C3:D5"'),
    "tables-without-merged-cells": sub(SHEET, 'ref="J1:K2"', 'ref="E4:F4"'),
    "table-filter": sub(TABLE, '<autoFilter ref="A3:C5"', '<autoFilter ref="A3:C6"'),
    "sheet-filter-apart": sub(SHEET, "<mergeCells", '<autoFilter ref="A3:C5"/><mergeCells'),
    "tables-listed": sub(SHEET, r'<tableParts count="2">(<tablePart [^>]*/>)', '<tableParts count="1">'),
    "order-in-table": sub(TABLE, "(<autoFilter[^>]*/>)(<tableColumns.*</tableColumns>)", r"\2\1"),
    "table-totals": sub(TABLE, 'totalsRowLabel="All"', 'totalsRowLabel="None"'),
    "table-style": sub(TABLE, "TableStyleMedium9", "NoSuchStyle"),
    # cells
    "cells-in-order": sub(SHEET, r'(<c r="A4".*?</c>)(<c r="B4".*?</c>)', r"\2\1"),
    "rows-in-order": sub(SHEET, '<row r="2"', '<row r="1"'),
    "cell-values": cell('<c r="A9"><v>1,5</v></c>'),
    "shared-texts": cell('<c r="A9" t="s"><v>9999</v></c>'),
    "cell-text-length": cell(f'<c r="A9" t="inlineStr"><is><t>{"x" * 32768}</t></is></c>'),
    "cell-styles": cell('<c r="A9" s="99"><v>1</v></c>'),
    "dates-in-range": sub(SHEET, r'(<c r="B4" s="\d+"><v>)46000', r"\g<1>-5"),
    "formula-groups": cell('<c r="A9"><f t="shared" si="5"/><v>1</v></c>'),
    # formats
    "order-in-styles": sub(STYLES, "(<fonts.*</fonts>)(<fills.*</fills>)", r"\2\1"),
    "style-counts": sub(STYLES, r'<cellXfs count="\d+"', '<cellXfs count="99"'),
    "style-indices": sub(STYLES, r'(<cellXfs.*)fontId="0"', r'\1fontId="99"'),
    "number-formats-known": sub(STYLES, r'(<cellXfs.*)numFmtId="164"', r'\1numFmtId="199"'),
    "number-format-codes": sub(STYLES, 'formatCode="[^"]*"', 'formatCode="0;0;0;0;0"'),
    "style-limits": many(STYLES, "</cellXfs>", "<xf/>", 65_491),
    "first-fills": sub(STYLES, 'patternType="gray125"', 'patternType="solid"'),
    "named-styles": sub(STYLES, r'(<cellStyle [^>]*)xfId="0"', r'\1xfId="9"'),
    "differing-formats": sub(SHEET, 'dxfId="0"', 'dxfId="99"'),
    "font-sizes": sub(STYLES, '<sz val="11"/>', '<sz val="500"/>'),
    # sheets
    "order-in-worksheet": sub(SHEET, "(<mergeCells.*?</mergeCells>)(.*)(<pageMargins)", r"\2\1\3"),
    "counts-in-worksheet": sub(SHEET, 'mergeCells count="2"', 'mergeCells count="3"'),
    "references-of-cells": sub(SHEET, 'dimension ref="[^"]*"', 'dimension ref="A0"'),
    "merged-cells-apart": sub(SHEET, 'ref="J3:K4"', 'ref="K2:L4"'),
    "columns": sub(SHEET, r'(<col min="1" max="1" width=")[\d.]+', r"\g<1>300"),
    "rows": sub(SHEET, 'ht="30"', 'ht="500"'),
    "validation-titles": validation(f'promptTitle="{"x" * 33}"'),
    "validation-prompts": validation(f'prompt="{_LONG}"'),
    "validation-errors": validation(f'error="{"x" * 226}"'),
    "validation-lists": validation(inside=f'<formula1>"{_LONG}"</formula1>', kind="list"),
    "validations-whole": validation(inside="", kind="list"),
    "validations-apart": both(validation(), sub(SHEET, 'sqref="Z1"', 'sqref="B4"')),
    "conditional-formats": condition(priority=0),
    "conditional-format-formulas": condition(inside="<formula>1</formula>" * 4),
    "hyperlinks-count": many(SHEET, "</hyperlinks>", '<hyperlink ref="Z{n}" location="Mine!A1"/>', 65_530),
    "hyperlinks-length": sub(SHEET, 'tooltip="Go"', f'tooltip="{_LONG}"'),
    "hyperlinks-lead-somewhere": sub(SHEET, 'location="Mine!A1"', 'location="Gone!A1"'),
    "views": sub(SHEET, "<sheetView ", '<sheetView zoomScale="500" '),
    "panes": sub(SHEET, 'ySplit="3"', 'ySplit="3.5"'),
    "headers-and-footers": sub(SHEET, "<oddHeader>", f"<oddHeader>{_LONG}"),
    "page-breaks": sub(SHEET, '<rowBreaks count="1"', '<rowBreaks count="5"'),
    "page-setup": sub(SHEET, "<pageSetup ", '<pageSetup scale="500" '),
    "code-names": sub(OTHER, "<dimension", '<sheetPr codeName="not a name"/><dimension'),
    "sparklines": sub(SHEET, "<xm:f>[^<]*</xm:f>", "<xm:f>Log!A1:B2</xm:f>"),
    "parts-of-worksheet": sub(SHEET, r'<drawing r:id="rId\d+"', '<drawing r:id="rId88"'),
    "protection": sub(SHEET, 'password="[^"]*"', 'password="no hash"'),
    # drawings
    "drawing-ids": sub(DRAWING, r'(<xdr:cNvPr id="2".*)<xdr:cNvPr id="3"', r'\1<xdr:cNvPr id="2"'),
    "drawing-anchors": sub(DRAWING, r"(<xdr:from><xdr:col>)\d+", r"\g<1>900"),
    "drawing-parts": sub(DRAWING, 'r:embed="rId[0-9]+"', 'r:embed="rId66"'),
    "chart-series": sub(CHART, '<c:idx val="1"/>', '<c:idx val="0"/>'),
    "chart-sources": sub(CHART, "<c:f>[^<]*</c:f>", "<c:f>Gone!A1</c:f>"),
    "chart-axes": sub(CHART, r'<c:axId val="\d+"/>', '<c:axId val="5"/>'),
    "comments": sub(NOTES, 'authorId="0"', 'authorId="7"'),
    "comment-shapes": sub(NOTES, 'ref="B4"', 'ref="B5"'),
    "vml-ids": sub(BOXES, 'id="_x0000_s1026"', 'id="_x0000_s1025"'),
    "vml-blocks": sub(BOXES, 'id="_x0000_s1026"', 'id="_x0000_s9999"'),
}


def shared_drawing(parts: Parts) -> None:
    """The second sheet shows the first one's drawing."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing"
    parts["xl/worksheets/_rels/sheet2.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{kind}" Target="../drawings/drawing1.xml"/></Relationships>'
    ).encode()
    sub(OTHER, "</worksheet>", '<drawing r:id="rId1"/></worksheet>')(parts)


BREAKS["drawings-apart"] = shared_drawing

#: The same of documents.
DOCUMENT_BREAKS: dict[str, Break] = {
    "cells-end-with-paragraphs": sub(DOC, "(<w:tc>.*?)<w:p>.*?</w:p></w:tc>", r"\1</w:tc>"),
    "tables-whole": sub(DOC, "<w:tblGrid>.*?</w:tblGrid>", ""),
    "section-ends-body": sub(DOC, "</w:body>", "<w:p/></w:body>"),
    "bookmarks": sub(DOC, '<w:bookmarkEnd w:id="5"/>', ""),
    "picture-ids": sub(DOC, '<wp:docPr id="2"', '<wp:docPr id="1"'),
    "lists-known": sub(DOC, "<w:pPr>", '<w:pPr><w:numPr><w:numId w:val="999"/></w:numPr>'),
    "lists-whole": sub(NUMBERING, r'(<w:num [^>]*>\s*<w:abstractNumId w:val=")\d+', r"\g<1>999"),
    "styles-known": sub(DOC, 'w:pStyle w:val="[^"]*"', 'w:pStyle w:val="NoSuch"'),
    "relationships-named": sub(DOC, 'r:embed="rId[0-9]+"', 'r:embed="rId555"'),
    "fields-end": sub(DOC, '<w:r><w:fldChar w:fldCharType="end"/></w:r>', ""),
}
