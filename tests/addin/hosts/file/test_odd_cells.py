"""A cell that no office program would write is a finding at that cell, or nothing; the workbook is read."""

import datetime as dt
import re
import threading
import zipfile

import pytest

from addin.hosts.file import prefetch
from addin.hosts.file.reading import read_workbook
from addin.lossless import Book, ErrorValue
from tests.support.builders import rows_of
from tests.support.contract_builder import build
from workbook.model.cells import CellError
from workbook.model.errors import BookUnusable

ENTRY = {
    "Support ID": "SU-0001",
    "Date": dt.date(2026, 6, 29),
    "Staff member": "Carer One",
    "What happened": "A note.",
    "Confidence before": 3,
}
#: A cell as it is written, and what it is taken for.
ODD = {
    '<c r="{}" t="e"><v>#SPILL!</v></c>': CellError("#SPILL!"),
    '<c r="{}" t="e"><v>#GETTING_DATA</v></c>': CellError("#GETTING_DATA"),
    '<c r="{}" t="n"><v>1,5</v></c>': "1,5",
    '<c r="{}"><v>abc</v></c>': "abc",
    '<c r="{}" t="n"><v> 5 </v></c>': 5,
    '<c r="{}"><v> 5 </v></c>': " 5 ",
    '<c r="{}"><v>1_000</v></c>': "1_000",
    '<c r="{}"><v>\uff11</v></c>': "\uff11",
    '<c r="{}"><v>nan</v></c>': "nan",
    '<c r="{}" t="b"><v>2</v></c>': "2",
    '<c r="{}" t="b"><v>TRUE</v></c>': True,
    '<c r="{}" t="s"><v>99999</v></c>': CellError("#VALUE!"),
    '<c r="{}" t="d"><v>2026-13-45</v></c>': "2026-13-45",
    '<c r="{}" t="new"><v>hello</v></c>': "hello",
    '<c r="{}" t=""><v>5</v></c>': "5",
    '<c r="{}"><v>7</v><extLst><ext uri="x"/></extLst></c>': 7,
    '<c r="{}" t="n"><v>1,5</v><zz/></c>': "1,5",
    '<c r="{}" t="inlineStr"><is><r><t>a</t></r><r><t>&amp;b</t></r><rPh><t>c</t></rPh></is><zz/></c>': "a&b",
}


def sheet_of(path, table):
    book = Book(path.read_bytes())
    region = book.table(table)
    return book.sheets[region.sheet], region


def put(path, cell, header="Confidence before"):
    """Puts a cell, as it is written, in the place of one of the first entry."""
    part, region = sheet_of(path, "SupportLog")
    from addin.lossless.opc.cells import letters

    place = f"{letters(region.first_column + region.headers.index(header))}{region.header_row + 1}"
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    new, count = re.subn(
        rb'<c r="%b"(?: [^>]*)?(?:/>|>.*?</c>)' % place.encode(),
        lambda _: cell.format(place).encode(),
        parts[part],
        count=1,
        flags=re.DOTALL,
    )
    assert count == 1
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in (parts | {part: new}).items():
            package.writestr(name, content)
    return place


def read(path, header="Confidence before"):
    tables = {t.table: t for t in read_workbook(path).tables}
    log = tables["SupportLog"]
    return rows_of(log)[0][log.headers.index(header)], rows_of(log)


@pytest.fixture
def path(tmp_path):
    return build(tmp_path / "book.xlsx", {"SupportLog": [ENTRY, {**ENTRY, "Support ID": "SU-0002"}]})


@pytest.mark.parametrize(("cell", "value"), ODD.items())
def test_an_odd_cell_is_taken_as_its_text_or_as_an_error_and_all_others_are_as_they_were(path, cell, value):
    _, before = read(path)
    place = put(path, cell)
    held, after = read(path)
    assert (held, type(held)) == (value, type(value)) or (isinstance(value, int) and held == value)
    changed = [
        (a, b) for one, other in zip(before, after, strict=True) for a, b in zip(one, other, strict=True) if a != b
    ]
    assert changed == [(3, value)]
    # the writer sees the same, so that what is written fits what was read
    book = Book(path.read_bytes())
    page = book.sheet(book.table("SupportLog").sheet)
    column = next(
        c.column for c in page.cells(book.table("SupportLog").header_row + 1) if f'r="{place}"' in str(c.attrs)
    )
    seen = page.value(book.table("SupportLog").header_row + 1, column)
    assert seen == (ErrorValue(value.code) if isinstance(value, CellError) else value)


def test_a_time_longer_than_any_is_a_number(path):
    with zipfile.ZipFile(path) as package:
        styles = package.read("xl/styles.xml").decode()
    xfs = re.search(r"<cellXfs[^>]*>(.*?)</cellXfs>", styles, re.DOTALL)[1]
    count = len(re.findall(r"<xf ", xfs))
    new = styles.replace("</cellXfs>", '<xf numFmtId="46" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>')
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in (parts | {"xl/styles.xml": new.encode()}).items():
            package.writestr(name, content)
    put(path, f'<c r="{{}}" s="{count}"><v>1e300</v></c>')
    assert read(path)[0] == 1e300


def test_an_odd_cell_on_a_sheet_that_is_none_of_ours_is_nothing(path):
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    rows = "".join(f'<row r="{n}">{cell.format(f"A{n}")}</row>' for n, cell in enumerate(ODD, 1))
    office = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    head = b'<sheet xmlns:q="%b" name="Own" sheetId="990" q:id="rOwn"/>' % office
    kind = office + b"/worksheet"
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"</sheets>", head + b"</sheets>")
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="rOwn" Type="%b" Target="/xl/worksheets/own.xml"/></Relationships>' % kind,
    )
    parts["xl/worksheets/own.xml"] = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f"{rows}</sheetData></worksheet>"
    ).encode()
    before = read(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    assert read(path) == before


def test_what_is_no_xml_is_damage_still(path):
    put(path, '<c r="{}" t="str"><v>&nothing;</v></c>')
    with pytest.raises(BookUnusable, match="damaged"):
        read(path)


def test_without_a_thread_to_be_had_the_workbook_is_read(path, monkeypatch):
    def none(_):
        raise RuntimeError("can't start new thread")

    whole = read(path)
    monkeypatch.setattr(threading.Thread, "start", none)
    assert list(prefetch.one_ahead(lambda n: n * 2, [1, 2, 3])) == [2, 4, 6]
    assert read(path) == whole


@pytest.mark.parametrize("fault", [ValueError, IndexError, KeyError, RuntimeError])
def test_a_fault_of_our_own_is_never_called_damage(path, monkeypatch, fault):
    def fail(*_, **__):
        raise fault("ours")

    monkeypatch.setattr("addin.hosts.file.reading.as_table", fail)
    with pytest.raises(fault):
        read(path)


@pytest.mark.parametrize("body", ["<sheetData/>", "<sheetData></sheetData>", '<sheetData><row r="1"/></sheetData>'])
def test_a_blank_sheet_with_the_name_of_a_register_is_no_damage(tmp_path, body):
    path = build(tmp_path / "book.xlsx", {"SupportLog": [ENTRY]}, leave_out={"Actions"})
    import openpyxl

    book = openpyxl.load_workbook(path)
    if "Actions" not in book.sheetnames:
        book.create_sheet("Actions")
    book.save(path)
    part = Book(path.read_bytes()).sheets["Actions"]
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts[part] = (
        f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{body}</worksheet>'.encode()
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    tables = {t.table: t for t in read_workbook(path).tables}
    assert "SupportLog" in tables
    assert "Actions" not in tables


def test_two_tables_of_one_name_are_told(path):
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    part = next(n for n, c in parts.items() if n.startswith("xl/tables/") and b'displayName="People"' in c)
    parts[part] = parts[part].replace(b'displayName="People"', b'displayName="SUPPORTLOG"')
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    with pytest.raises(BookUnusable, match="Two tables are called") as caught:
        read(path)
    assert "Table Name" in caught.value.next_step
