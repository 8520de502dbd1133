"""Small workbooks of other formats, written here byte by byte: .xls, .xlsb and .ods hold one sheet of texts."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

Rows = Sequence[Sequence[str]]
_SECTOR, _END, _FREE, _OF_FAT = 512, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def xls(rows: Rows, sheet: str = "Log") -> bytes:
    """An .xls workbook (BIFF8 in a compound file; [MS-XLS] 2.4, [MS-CFB] 2)."""
    body = _biff(0x0809, struct.pack("<4H2L", 0x0600, 0x0010, 0, 0, 0, 0))
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            body += _biff(0x0204, struct.pack("<4HB", r, c, 0, len(text), 1) + text.encode("utf-16-le"))
    body += _biff(0x000A, b"")
    head = _biff(0x0809, struct.pack("<4H2L", 0x0600, 0x0005, 0, 0, 0, 0)) + _biff(0x0042, struct.pack("<H", 1200))
    name = struct.pack("<BB", len(sheet), 1) + sheet.encode("utf-16-le")
    start = len(head) + 4 + 6 + len(name) + 4
    head += _biff(0x0085, struct.pack("<LBB", start, 0, 0) + name) + _biff(0x000A, b"")
    return _compound("Workbook", head + body)


def _biff(kind: int, data: bytes) -> bytes:
    return struct.pack("<2H", kind, len(data)) + data


def _compound(name: str, stream: bytes) -> bytes:
    """A compound file with one stream, large enough to need no mini stream."""
    stream = stream.ljust(max(4096, -(-len(stream) // _SECTOR) * _SECTOR), b"\0")
    count = len(stream) // _SECTOR
    fat = [_OF_FAT, _END, *range(3, count + 2), _END]
    table = struct.pack(f"<{_SECTOR // 4}L", *fat, *[_FREE] * (_SECTOR // 4 - len(fat)))
    folder = _entry("Root Entry", 5, _END, 0, child=1) + _entry(name, 2, 2, len(stream))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(24, b"\0")
    head += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9L", 0, 1, 1, 0, 4096, _END, 0, _END, 0) + struct.pack("<109L", 0, *[_FREE] * 108)
    return head + table + folder.ljust(_SECTOR, b"\0") + stream


def _entry(name: str, kind: int, start: int, size: int, child: int = _FREE) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    return (
        raw.ljust(64, b"\0")
        + struct.pack("<HBB3L", len(raw), kind, 1, _FREE, _FREE, child)
        + bytes(36)
        + struct.pack("<LQ", start, size)
    )


def xlsb(rows: Rows, sheet: str = "Log") -> bytes:
    """An .xlsb workbook ([MS-XLSB] 2.4)."""
    book = _record(143) + _record(156, struct.pack("<2L", 0, 1) + _wide("rId1") + _wide(sheet)) + _record(144)
    size = struct.pack("<4L", 0, len(rows) - 1, 0, max(map(len, rows)) - 1)
    page = _record(129) + _record(148, size) + _record(145)
    for r, row in enumerate(rows):
        page += _record(0, struct.pack("<2LH3xL", r, 0, 300, 0))
        for c, text in enumerate(row):
            page += _record(6, struct.pack("<2L", c, 0) + _wide(text))
    page += _record(146) + _record(130)
    space = "http://schemas.openxmlformats.org/package/2006"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{space}/content-types"/>',
        "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{space}/relationships"><Relationship Id="rId1" '
        f'Type="{kind}" Target="worksheets/sheet1.bin"/></Relationships>',
        "xl/workbook.bin": _record(131) + book + _record(132),
        "xl/worksheets/sheet1.bin": page,
    }
    return _packed(parts)


def _record(kind: int, data: bytes = b"") -> bytes:
    return _number(kind) + _number(len(data)) + data


def _number(value: int) -> bytes:
    low, high = value & 0x7F, value >> 7
    return bytes((low | 0x80, high)) if high else bytes((low,))


def _wide(text: str) -> bytes:
    return struct.pack("<L", len(text)) + text.encode("utf-16-le")


def ods(rows: Rows, sheet: str = "Log") -> bytes:
    """An .ods workbook (OpenDocument 1.2); a text that is a day of ISO 8601 is a date cell."""
    space = "urn:oasis:names:tc:opendocument:xmlns"
    lines = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    content = (
        f'<office:document-content xmlns:office="{space}:office:1.0" xmlns:table="{space}:table:1.0" '
        f'xmlns:text="{space}:text:1.0" office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="{escape(sheet)}">{lines}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f'<manifest:manifest xmlns:manifest="{space}:manifest:1.0"><manifest:file-entry manifest:full-path="/" '
        f'manifest:media-type="{kind}"/></manifest:manifest>'
    )
    return _packed({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def _ods_cell(text: str) -> str:
    if text[:4].isdecimal() and text[4:5] == "-":
        kind = f'office:value-type="date" office:date-value="{text}"'
    else:
        kind = 'office:value-type="string"'
    return f"<table:table-cell {kind}><text:p>{escape(text)}</text:p></table:table-cell>"


def _packed(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()
