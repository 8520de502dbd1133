"""What people and other programs put into workbooks, put into one by hand: slicers, pivots, sparklines, macros …

`add_foreign_parts` takes a workbook without them and gives one with all of them: on a sheet of the person's own, and,
as far as these can stand there, on a sheet that the program writes to.
"""

from __future__ import annotations

import io
import re
import zipfile

_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MS = "http://schemas.microsoft.com/office"
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_X14 = f'xmlns:x14="{_MS}/spreadsheetml/2009/9/main" xmlns:xm="{_MS}/excel/2006/main"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"

#: part: (content type, content)
PARTS = {
    "xl/vbaProject.bin": ("application/vnd.ms-office.vbaProject", bytes(range(256)) * 40),
    "xl/printerSettings/printerSettings9.bin": (f"{_SPREADSHEET}.printerSettings", b"\0P\0r\0i" * 90),
    "customUI/customUI14.xml": (
        "application/xml",
        (
            f'<customUI xmlns="{_MS}/2009/07/customui"><ribbon><tabs><tab id="mine" label="Mine"/></tabs></ribbon>'
            "</customUI>"
        ),
    ),
    "customXml/item9.xml": ("application/xml", "<mine><kept>yes</kept></mine>"),
    "xl/slicerCaches/slicerCache1.xml": (
        "application/vnd.ms-excel.slicerCache+xml",
        f'{_HEAD}<slicerCacheDefinition xmlns="{_MS}/spreadsheetml/2009/9/main" name="Slicer_Mine" sourceName="Mine"/>',
    ),
    "xl/slicers/slicer1.xml": (
        "application/vnd.ms-excel.slicer+xml",
        (
            f'{_HEAD}<slicers xmlns="{_MS}/spreadsheetml/2009/9/main"><slicer name="Mine" cache="Slicer_Mine" '
            'rowHeight="241300"/></slicers>'
        ),
    ),
    "xl/pivotCache/pivotCacheDefinition1.xml": (
        f"{_SPREADSHEET}.pivotCacheDefinition+xml",
        (
            f'{_HEAD}<pivotCacheDefinition {_MAIN} refreshOnLoad="1" recordCount="0"><cacheSource type="worksheet">'
            '<worksheetSource ref="A1:A2" sheet="Mine"/></cacheSource><cacheFields count="1"><cacheField name="Number" '
            'numFmtId="0"><sharedItems/></cacheField></cacheFields></pivotCacheDefinition>'
        ),
    ),
    "xl/pivotTables/pivotTable1.xml": (
        f"{_SPREADSHEET}.pivotTable+xml",
        (
            f'{_HEAD}<pivotTableDefinition {_MAIN} name="Mine" cacheId="77" dataCaption="Values"><location ref="G3:H5" '
            'firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/><pivotFields count="1"><pivotField/></pivotFields>'
            "</pivotTableDefinition>"
        ),
    ),
    "xl/persons/person.xml": (
        "application/vnd.ms-excel.person+xml",
        (
            f'{_HEAD}<personList xmlns="{_MS}/spreadsheetml/2018/threadedcomments"><person displayName="Manager" '
            'id="{00000000-0000-0000-0000-000000000001}" userId="manager" providerId="None"/></personList>'
        ),
    ),
    "xl/threadedComments/threadedComment1.xml": (
        "application/vnd.ms-excel.threadedcomments+xml",
        (
            f'{_HEAD}<ThreadedComments xmlns="{_MS}/spreadsheetml/2018/threadedcomments"><threadedComment ref="B5" '
            'dT="2026-06-30T09:00:00.00" personId="{00000000-0000-0000-0000-000000000001}" '
            'id="{00000000-0000-0000-0000-000000000002}"><text>Please look at this.</text></threadedComment>'
            "</ThreadedComments>"
        ),
    ),
}
_SPARKLINES = (
    f'<ext uri="{{05C60535-1F16-4fd2-B633-F4F36F0B64E0}}" {_X14}><x14:sparklineGroups><x14:sparklineGroup '
    'type="column"><x14:sparklines><x14:sparkline><xm:f>Mine!A1:A2</xm:f><xm:sqref>AZ1</xm:sqref></x14:sparkline>'
    "</x14:sparklines></x14:sparklineGroup></x14:sparklineGroups></ext>"
)
_FORMATS = (
    f'<ext uri="{{78C0D931-6437-407d-A8EE-F0AAD7539E65}}" {_X14}><x14:conditionalFormattings>'
    '<x14:conditionalFormatting><x14:cfRule type="dataBar" id="{00000000-0000-0000-0000-000000000003}">'
    '<x14:dataBar minLength="0" maxLength="100"><x14:cfvo type="autoMin"/><x14:cfvo type="autoMax"/></x14:dataBar>'
    "</x14:cfRule><xm:sqref>AZ1:AZ9</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext>"
)
_SLICERS = (
    f'<ext uri="{{A8765BA9-456A-4dab-B4F3-ACF838C121DE}}" {_X14} xmlns:r="{_REL}"><x14:slicerList>'
    '<x14:slicer r:id="rIdSlicer"/></x14:slicerList></ext>'
)
#: What must stand in the sheets afterwards, byte for byte.
IN_SHEETS = (_SPARKLINES, _FORMATS, _SLICERS)


def add_foreign_parts(data: bytes, own: str, other: str) -> bytes:
    """Puts everything in.

    Args:
        data: the workbook.
        own: the part of the person's own sheet.
        other: the part of a sheet that the program writes to.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        held = {name: package.read(name) for name in package.namelist()}
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, (kind, _) in PARTS.items())
    _put(held, "[Content_Types].xml", "</Types>", overrides)
    _put(held, "[Content_Types].xml", "</Types>", "", macros=True)
    _relate(held, "_rels/.rels", "customUI/customUI14.xml", f"{_MS}/2007/relationships/ui/extensibility")
    book = "xl/_rels/workbook.xml.rels"
    _relate(held, book, "xl/vbaProject.bin", f"{_MS}/2006/relationships/vbaProject")
    _relate(held, book, "xl/slicerCaches/slicerCache1.xml", f"{_MS}/2007/relationships/slicerCache")
    _relate(held, book, "xl/persons/person.xml", f"{_MS}/2017/10/relationships/person")
    _relate(held, book, "customXml/item9.xml", f"{_REL}/customXml")
    _relate(held, book, "xl/pivotCache/pivotCacheDefinition1.xml", f"{_REL}/pivotCacheDefinition", "rIdPivot")
    caches = f'<pivotCaches><pivotCache xmlns:r="{_REL}" cacheId="77" r:id="rIdPivot"/></pivotCaches>'
    _put(held, "xl/workbook.xml", "</workbook>", caches)
    _relate(held, _of(own), "xl/pivotTables/pivotTable1.xml", f"{_REL}/pivotTable")
    _relate(held, "xl/pivotTables/_rels/pivotTable1.xml.rels", "xl/pivotCache/pivotCacheDefinition1.xml",
            f"{_REL}/pivotCacheDefinition")  # fmt: skip
    _relate(held, _of(own), "xl/printerSettings/printerSettings9.bin", f"{_REL}/printerSettings")
    _relate(
        held, _of(other), "xl/threadedComments/threadedComment1.xml", f"{_MS}/2017/10/relationships/threadedComment"
    )
    _relate(held, _of(other), "xl/slicers/slicer1.xml", f"{_MS}/2007/relationships/slicer", "rIdSlicer")
    _put(held, own, "</worksheet>", f"<extLst>{_SPARKLINES}</extLst>")
    _put(held, other, "</worksheet>", f"<extLst>{_FORMATS}{_SLICERS}</extLst>")
    held |= {name: content if isinstance(content, bytes) else content.encode() for name, (_, content) in PARTS.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in held.items():
            package.writestr(name, content)
    return out.getvalue()


def _of(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels"


def _put(held: dict[str, bytes], part: str, before: str, words: str, *, macros: bool = False) -> None:
    text = held[part].decode()
    assert before in text
    if macros:
        text = text.replace(f"{_SPREADSHEET}.sheet.main+xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml")
    held[part] = text.replace(before, words + before).encode()


def _relate(held: dict[str, bytes], where: str, target: str, kind: str, key: str = "") -> None:
    empty = (
        f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    )
    text = held.get(where, empty.encode()).decode()
    if text.endswith("/>"):
        text = re.sub(r"/>\Z", "></Relationships>", text)
    key = key or f"rIdMine{text.count('<Relationship ')}"
    line = f'<Relationship Id="{key}" Type="{kind}" Target="/{target}"/>'
    held[where] = text.replace("</Relationships>", f"{line}</Relationships>").encode()
