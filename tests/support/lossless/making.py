"""Workbooks for the tests of writing, by other programs than ours, and ways to look at the result."""

import datetime as dt
import io
import zipfile
import zlib

import openpyxl
import xlsxwriter
from python_calamine import CalamineWorkbook

from addin.lossless import Book

HEADERS = ("ID", "Day", "Text")
ROWS = (("A1", dt.date(2026, 6, 1), "first"), ("A2", dt.date(2026, 6, 2), "y & z"), ("A3", dt.date(2026, 6, 3), ""))
ODD_PARTS = {
    "xl/slicers/slicer1.xml": b"<slicers/>",
    "customXml/item1.xml": b"<mine>yes</mine>",
    "xl/vbaProject.bin": bytes(range(256)) * 9,
    "xl/printerSettings/printerSettings1.bin": b"\0\1\2" * 50,
    "custom/\u00e4\u00f6 \u20ac.txt": b"not ours",
}


def by_xlsxwriter(**options):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, options)
    day = book.add_format({"num_format": "dd/mm/yyyy", "bg_color": "#ffff00"})
    sheet = book.add_worksheet("Log")
    sheet.add_table(0, 0, len(ROWS), 2, {"name": "Orders", "columns": [{"header": h} for h in HEADERS]})
    for n, (key, when, text) in enumerate(ROWS, 1):
        sheet.write(n, 0, key)
        sheet.write_datetime(n, 1, dt.datetime.combine(when, dt.time()), day)
        sheet.write(n, 2, text)
    sheet.data_validation("A2:A4", {"validate": "length", "criteria": "<", "value": 9})
    sheet.conditional_format("B2:B4", {"type": "no_blanks", "format": day})
    sheet.write_comment("A2", "A person's remark")
    other = book.add_worksheet("Mine")
    other.write_formula("A1", "=SUM(Log!B2:B4)", None, 138000)
    other.write("B1", "theirs")
    book.close()
    return out.getvalue()


def by_openpyxl():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Log"
    sheet.append(HEADERS)
    for row in ROWS:
        sheet.append(row)
    table = openpyxl.worksheet.table.Table(displayName="Orders", ref="A1:C4")
    sheet.add_table(table)
    book.create_sheet("Mine")["A1"] = "=SUM(Log!B2:B4)"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_parts(data, parts):
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def with_changed(data, part, change):
    """The package with one part rewritten by `change`."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info, change(content) if info.filename == part else content)
    return out.getvalue()


PIVOT = "xl/pivotCache/pivotCacheDefinition1.xml"


def with_pivot(data, source):
    """The package with a pivot table's source, such as `sheet="Log" ref="A6:B8"`, hung on the workbook by its type."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.pivotCacheDefinition+xml"
    xml = f'<pivotCacheDefinition xmlns="{main}"><cacheSource><worksheetSource {source}/></cacheSource>'
    named = f'<Override PartName="/{PIVOT}" ContentType="{kind}"/></Types>'.encode()
    typed = with_changed(data, "[Content_Types].xml", lambda types: types.replace(b"</Types>", named))
    return with_parts(typed, {PIVOT: f"{xml}</pivotCacheDefinition>".encode()})


def written(book: Book) -> bytes:
    out = io.BytesIO()
    book.write(out)
    return out.getvalue()


def seen_by_openpyxl(data, sheet):
    return [list(row) for row in openpyxl.load_workbook(io.BytesIO(data))[sheet].iter_rows(values_only=True)]


def seen_by_calamine(data, sheet):
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def normal(value):
    """A cell as both readers would give it."""
    if value is None or value == "":
        return None
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def grid(rows):
    """Rows without blank ends, normalised."""
    made = [[normal(c) for c in row] for row in rows]
    for row in made:
        while row and row[-1] is None:
            row.pop()
    while made and not made[-1]:
        made.pop()
    return made


OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NO_RELATIONS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)


def with_related(data, owner, part, kind, content, content_type=None):
    """The package with one more part, which `owner` names by a relationship of a kind (a whole URI or its end)."""
    folder, _, name = owner.rpartition("/")
    where = f"{folder}/_rels/{name}.rels".lstrip("/")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        known = where in package.namelist()
    data = with_parts(data, {part: content} if known else {part: content, where: NO_RELATIONS})
    uri = kind if "://" in kind else f"{OFFICE}/{kind}"
    new = (
        f'<Relationship Id="rIdOf{zlib.crc32(part.encode())}" Type="{uri}" Target="/{part}"/></Relationships>'.encode()
    )
    data = with_changed(data, where, lambda x: x.replace(b"</Relationships>", new))
    if content_type is None:
        return data
    override = f'<Override PartName="/{part}" ContentType="{content_type}"/></Types>'.encode()
    return with_changed(data, "[Content_Types].xml", lambda x: x.replace(b"</Types>", override))
