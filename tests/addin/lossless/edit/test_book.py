"""Every kind of change, over workbooks of several programs: what is not touched stays, what is reads as meant."""

import datetime as dt
import io
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from addin.lossless import Book, Damaged, Refused
from addin.lossless.edit.growth import Body, add_table
from addin.lossless.opc.package import Package
from tests.support.lossless import making

CORPUS = Path(__file__).parents[5] / "shared" / "corpus"
DAY = dt.date(2026, 6, 30)


def set_cell(book, sheet="Log"):
    book.set_cell(sheet, 3, 3, "changed <&> \u05e9\u05dc\u05d5\u05dd \U0001f600 ")


def append(book):
    book.append_rows(book.table("orders"), [{0: "B1", 1: DAY, 2: "new"}, {0: "B2"}], entries=3)


def shrink(book):
    book.replace_body(book.table("Orders"), Body((0, 1, 2), [("Z", DAY, 7)], 3, links={(0, 2): "'Mine'!A1"}))


def column(book):
    book.add_column(book.table("Orders"), "Check")


def table(book):
    add_table(book, "Found", "Found", ("What", "When"), [("x", DAY), ("y", dt.datetime(2026, 6, 30, 12, 30))])


def properties(book):
    book.set_properties({"Own id": "\u00e9 & 1"})


CHANGES = [set_cell, append, shrink, column, table, properties]


@pytest.fixture(
    params=["xlsxwriter", "xlsxwriter 1904", "openpyxl", pytest.param("libreoffice", marks=pytest.mark.libreoffice)]
)
def data(request, tmp_path):
    if request.param == "libreoffice":
        return converted(making.by_xlsxwriter(), tmp_path)
    if request.param == "openpyxl":
        return making.by_openpyxl()
    return making.by_xlsxwriter(**({"date_1904": True} if "1904" in request.param else {}))


def converted(data, folder):
    """The same workbook opened and saved again by LibreOffice."""
    soffice = shutil.which("soffice")
    if soffice is None:
        if os.environ.get("CHAMPIONS_REQUIRE_ALL"):
            pytest.fail("LibreOffice is required here and not installed.")
        pytest.skip("LibreOffice is not installed.")
    (folder / "in").mkdir()
    (folder / "in" / "book.xlsx").write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"]
    subprocess.run(
        [*command, str(folder), str(folder / "in" / "book.xlsx")], check=True, capture_output=True, timeout=120
    )
    return (folder / "book.xlsx").read_bytes()


@pytest.mark.parametrize("change", CHANGES)
def test_untouched_parts_keep_their_compressed_bytes(data, change):
    data = making.with_parts(data, making.ODD_PARTS)
    book = Book(data)
    change(book)
    meant = book.finished()
    result = Package(making.written(book))
    for name, entry in book.package.entries.items():
        if name not in meant:
            assert result.raw(name) == book.package.raw(name)
            assert (result.entries[name].date, result.entries[name].crc) == (entry.date, entry.crc)
    assert set(making.ODD_PARTS) <= set(result.entries)
    with zipfile.ZipFile(io.BytesIO(making.written(book))) as package:
        assert package.testzip() is None


@pytest.mark.parametrize("change", CHANGES)
def test_openpyxl_and_calamine_agree_on_every_cell(data, change):
    book = Book(data)
    change(book)
    result = making.written(book)
    for sheet in book.sheets:
        if sheet != "Mine":
            assert making.grid(making.seen_by_openpyxl(result, sheet)) == making.grid(
                making.seen_by_calamine(result, sheet)
            )


def test_a_set_cell_keeps_its_style_and_all_others_their_value(data):
    before = making.grid(making.seen_by_openpyxl(data, "Log"))
    book = Book(data)
    book.set_cell("Log", 2, 2, dt.date(2027, 1, 2))
    result = making.written(book)
    expected = [list(r) for r in before]
    expected[1][1] = dt.date(2027, 1, 2)
    assert making.grid(making.seen_by_openpyxl(result, "Log")) == expected
    old, new = (openpyxl.load_workbook(io.BytesIO(d))["Log"]["B2"] for d in (data, result))
    assert (new.number_format, new.fill.fgColor.rgb) == (old.number_format, old.fill.fgColor.rgb)


def test_appended_rows_lie_in_the_table_and_take_the_style_of_the_last(data):
    book = Book(data)
    append(book)
    sheet = openpyxl.load_workbook(io.BytesIO(making.written(book)))["Log"]
    assert sheet.tables["Orders"].ref == "A1:C6"
    assert [c.value for c in sheet[5]] == ["B1", dt.datetime(2026, 6, 30), "new"]
    assert sheet["B5"].number_format == sheet["B4"].number_format
    assert sheet.tables["Orders"].autoFilter is None or sheet.tables["Orders"].autoFilter.ref == "A1:C6"


def test_validations_and_formats_grow_with_the_table():
    book = Book(making.by_xlsxwriter())
    append(book)
    sheet = openpyxl.load_workbook(io.BytesIO(making.written(book)))["Log"]
    assert [str(v.sqref) for v in sheet.data_validations.dataValidation] == ["A2:A6"]
    assert [str(c.sqref) for c in sheet.conditional_formatting] == ["B2:B6"]


def test_rows_typed_beneath_are_taken_into_the_table():
    typed = openpyxl.load_workbook(io.BytesIO(making.by_openpyxl()))
    typed["Log"].append(["A4", None, "typed"])
    out = io.BytesIO()
    typed.save(out)
    book = Book(out.getvalue())
    book.append_rows(book.table("Orders"), [{0: "B1"}], entries=4)
    sheet = openpyxl.load_workbook(io.BytesIO(making.written(book)))["Log"]
    assert sheet.tables["Orders"].ref == "A1:C6"
    assert [sheet["A5"].value, sheet["A6"].value] == ["A4", "B1"]


def test_a_shorter_body_clears_what_it_leaves_and_links():
    book = Book(making.by_xlsxwriter())
    shrink(book)
    sheet = openpyxl.load_workbook(io.BytesIO(making.written(book)))["Log"]
    assert sheet.tables["Orders"].ref == "A1:C2"
    assert [sheet["A3"].value, sheet["B4"].value] == [None, None]
    assert sheet["C2"].hyperlink.location == "'Mine'!A1"


def test_a_persons_column_stays_with_its_row():
    book = Book(making.by_openpyxl())
    book.replace_body(book.table("Orders"), Body((0, 1), [("A2", None), ("new", None), ("A1", None)], 3, (1, None, 0)))
    assert making.grid(making.seen_by_openpyxl(making.written(book), "Log"))[1:] == [
        ["A2", None, "y & z"],
        ["new"],
        ["A1", None, "first"],
    ]


def test_an_added_column_and_a_second_table_beside():
    book = Book(making.by_openpyxl())
    column(book)
    add_table(book, "Small", "Log", ("Only",), [(1,)])
    sheet = openpyxl.load_workbook(io.BytesIO(making.written(book)))["Log"]
    assert (sheet.tables["Orders"].ref, sheet.tables["Small"].ref) == ("A1:D4", "F1:F2")
    assert (sheet["D1"].value, sheet["F2"].value) == ("Check", 1)


@pytest.mark.parametrize("text", ["_x0041_", "a\x0bb", " two  spaces ", "line\nbreak", "\r", "\ud800", "]]>", "&amp;"])
def test_texts_come_back_as_they_were(text):
    book = Book(making.by_openpyxl())
    book.set_cell("Log", 9, 9, text)
    again = Book(making.written(book))
    assert again.value("Log", 9, 9) == text.replace("\ud800", "\ufffd")


@pytest.mark.parametrize("value", ["x" * 32_768, float("nan"), float("inf")])
def test_what_does_not_fit_is_refused(value):
    book = Book(making.by_openpyxl())
    book.set_cell("Log", 9, 9, value)
    with pytest.raises(Refused):
        making.written(book)


def test_the_longest_text_fits():
    book = Book(making.by_openpyxl())
    book.set_cell("Log", 9, 9, "x" * 32_767)
    assert len(Book(making.written(book)).value("Log", 9, 9)) == 32_767


def test_recalculation_is_asked_for_and_cached_values_of_others_stay():
    book = Book(making.by_xlsxwriter())
    set_cell(book)
    result = making.written(book)
    assert openpyxl.load_workbook(io.BytesIO(result)).calculation.fullCalcOnLoad
    assert openpyxl.load_workbook(io.BytesIO(result), data_only=True)["Mine"]["A1"].value == 138000


# -- forms that other programs write --------------------------------------------------------------------------------

SHEET = "xl/worksheets/sheet1.xml"


def prefixed(xml):
    xml = (
        xml.replace(b"</", b"\0")
        .replace(b"<?", b"\1")
        .replace(b"<", b"<x:")
        .replace(b"\0", b"</x:")
        .replace(b"\1", b"<?")
    )
    return xml.replace(b"xmlns=", b"xmlns:x=")


FORMS = {
    "prefixes": prefixed,
    "no places": lambda x: __import__("re").sub(rb'(<(?:c|row)) r="[A-Z0-9]+"', rb"\1", x),
    "single quotes": lambda x: x.replace(b'"', b"'"),
    "comments": lambda x: x.replace(b"<sheetData>", b'<!-- <sheetData> --><sheetData><!-- <row r="9"> -->'),
    "utf-16": lambda x: x.decode().replace("utf-8", "utf-16").replace("UTF-8", "utf-16").encode("utf-16"),
    "greater-than in an attribute": lambda x: x.replace(b"<row ", b'<row o:odd="a>b" ').replace(
        b"<worksheet ", b'<worksheet xmlns:o="urn:odd" '
    ),
    "attributes the other way": lambda x: __import__("re").sub(rb'<c (r="\w+") (s="\d+")', rb"<c \2 \1", x),
}


@pytest.mark.parametrize("form", FORMS)
def test_other_forms_of_the_same_sheet(form):
    book = Book(making.with_changed(making.by_xlsxwriter(), SHEET, FORMS[form]))
    assert book.value("Log", 3, 3) == "y & z"
    book.set_cell("Log", 3, 3, "changed")
    append(book)
    result = making.written(book)
    assert making.grid(making.seen_by_openpyxl(result, "Log"))[2:5] == [
        ["A2", dt.date(2026, 6, 2), "changed"],
        ["A3", dt.date(2026, 6, 3)],
        ["B1", DAY, "new"],
    ]


def test_cdata_is_read_and_kept():
    def change(xml):
        return xml.replace(b"<v>", b"<v><![CDATA[", 1).replace(b"</v>", b"]]></v>", 1)

    book = Book(making.with_changed(making.by_openpyxl(), SHEET, change))
    assert book.value("Log", 1, 1) == "ID"
    book.set_cell("Log", 3, 3, "changed")
    assert making.grid(making.seen_by_openpyxl(making.written(book), "Log"))[0] == list(making.HEADERS)


@pytest.mark.parametrize(
    "change",
    [
        lambda x: x.replace(b"spreadsheetml/2006/main", b"x").replace(
            b"http://schemas.openxmlformats.org/x", b"http://purl.oclc.org/ooxml/spreadsheetml/main"
        ),
        lambda x: x.replace(b"<row ", b'<row xmlns="urn:other" ', 1),
    ],
)
def test_forms_that_are_refused(change):
    book = Book(making.with_changed(making.by_openpyxl(), SHEET, change))
    with pytest.raises(Refused):
        set_cell(book)


@pytest.mark.parametrize("data", [b"", b"a,b\n1,2\n", making.by_openpyxl()[:-30], making.by_openpyxl()[:3000]])
def test_files_that_are_not_whole(data):
    with pytest.raises(Damaged):
        Book(data)


def test_a_signed_workbook_is_refused():
    with pytest.raises(Refused, match="signed"):
        Book(making.with_parts(making.by_openpyxl(), {"_xmlsignatures/origin.sigs": b""}))


def test_a_password_is_refused():
    with pytest.raises(Refused, match="password"):
        Book(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))


def test_other_cells_of_a_shared_formula_keep_it_when_its_first_cell_is_overwritten():
    def share(xml):
        new = (
            b'<c r="E2"><f t="shared" ref="E2:E3" si="0">D2+1</f><v>1</v></c></row>',
            b'<c r="E3"><f t="shared" si="0"/><v>1</v></c></row>',
        )
        head, second, third, rest = xml.split(b"</row>", 3)
        return head + b"</row>" + second + new[0] + third + new[1] + rest

    data = making.with_changed(making.by_openpyxl(), SHEET, share)
    book = Book(data)
    book.set_cell("Log", 2, 5, "x")
    sheet = openpyxl.load_workbook(io.BytesIO(making.written(book)))["Log"]
    assert (sheet["E2"].value, sheet["E3"].value) == ("x", "=D3+1")
    book = Book(data)
    book.set_cell("Log", 2, 5, "x")
    book.set_cell("Log", 3, 5, "y")
    assert b"<f" not in Package(making.written(book)).read(SHEET)


def test_merged_cells_are_refused_but_for_the_first():
    merged = openpyxl.load_workbook(io.BytesIO(making.by_openpyxl()))
    merged["Log"].merge_cells("E2:F3")
    out = io.BytesIO()
    merged.save(out)
    book = Book(out.getvalue())
    book.set_cell("Log", 2, 5, "fine")
    with pytest.raises(Refused, match="merged"):
        book.set_cell("Log", 3, 6, "lost")


def test_a_streamed_package_with_data_descriptors_and_zip64_fields():
    class Pipe(io.BytesIO):
        def seekable(self):
            return False

        def tell(self):
            raise OSError

        def seek(self, *_):
            raise OSError

    out = Pipe()
    with (
        zipfile.ZipFile(io.BytesIO(making.by_openpyxl())) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            with new.open(info.filename, "w", force_zip64=True) as part:
                part.write(old.read(info))
    book = Book(out.getvalue())
    set_cell(book)
    assert making.seen_by_openpyxl(making.written(book), "Mine")


# -- the corpus -------------------------------------------------------------------------------------------------------


def corpus():
    return sorted(p for p in CORPUS.rglob("*.xls*")) if CORPUS.is_dir() else []


@pytest.mark.corpus
@pytest.mark.parametrize("path", corpus() or [None], ids=lambda p: p.name if p else "none")
def test_foreign_files_are_changed_without_loss_or_refused_whole(path):
    if path is None:
        if os.environ.get("CHAMPIONS_REQUIRE_ALL"):
            pytest.fail("The foreign files are required here.")
        pytest.skip("The foreign files are not here.")
    if path.name in {"pass_protected.xlsx", "protected_passtika.xlsx"}:
        with pytest.raises(Refused, match="password"):
            Book(path.read_bytes())
        return
    book = Book(path.read_bytes())
    sheet = next(iter(book.sheets))
    bottom = max(book.sheet(sheet).numbers, default=0)
    book.set_cell(sheet, bottom + 2, 1, "ours")
    add_table(book, "OurFindings", "Our findings", ("A", "B"), [(1, DAY)])
    book.set_properties({"Own id": "1"})
    meant, result = book.finished(), Package(making.written(book))
    assert all(result.raw(n) == book.package.raw(n) for n in book.package.entries if n not in meant)
    again = Book(making.written(book))
    assert again.value(sheet, bottom + 2, 1) == "ours"
    assert again.value("Our findings", 2, 2) == DAY
    old = making.grid(making.seen_by_calamine(path.read_bytes(), sheet))
    assert making.grid(making.seen_by_calamine(making.written(book), sheet))[: len(old)] == old


def test_a_hidden_sheet_is_shown_and_nothing_else_of_the_workbook_part_changes():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    for name in ("One", "Two & 2", "Three"):
        page = book.add_worksheet(name)
        if name != "One":
            page.hide()
    book.close()
    opened = Book(out.getvalue())
    before = opened.package.read("xl/workbook.xml")
    assert opened.show_sheets(["two & 2", "One", "absent"]) == ["Two & 2"]
    after = zipfile.ZipFile(io.BytesIO(making.written(opened))).read("xl/workbook.xml")
    cut = re.compile(rb"<calcPr[^>]*>")
    shown = b'<sheet name="Two &amp; 2" sheetId="2" r:id="rId2"/>'
    assert cut.sub(b"", after) == cut.sub(b"", before.replace(shown.replace(b" r:id", b' state="hidden" r:id'), shown))


def with_tabs(*hidden, front="One"):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    for name in ("One", "Two", "Three"):
        page = book.add_worksheet(name)
        page.write("A1", name)
        if name == front:
            page.activate()
        if name in hidden:
            page.hide()
    book.close()
    return out.getvalue()


def test_a_tab_is_hidden_and_nothing_else_of_the_workbook_changes():
    data = with_tabs()
    opened = Book(data)
    opened.hide_sheet("Two")
    after = making.written(opened)
    files = [zipfile.ZipFile(io.BytesIO(d)) for d in (data, after)]
    assert re.sub(rb' state="hidden"', b"", files[1].read("xl/workbook.xml")) == files[0].read("xl/workbook.xml")
    assert all(f.read(n) == files[0].read(n) for f in files for n in files[0].namelist() if n != "xl/workbook.xml")
    assert [s.sheet_state for s in openpyxl.load_workbook(io.BytesIO(after))] == ["visible", "hidden", "visible"]


def test_a_tab_in_front_is_hidden_and_the_one_before_it_comes_to_the_front():
    opened = Book(with_tabs("Two", front="Three"))
    opened.hide_sheet("Three")
    book = openpyxl.load_workbook(io.BytesIO(making.written(opened)))
    assert book.active.title == "One"
    assert not book["Three"].sheet_view.tabSelected
    assert book["Three"]["A1"].value == "Three"


def test_the_last_tab_to_be_seen_stays():
    opened = Book(with_tabs("Two", "Three"))
    with pytest.raises(Refused, match="the only sheet"):
        opened.hide_sheet("One")
    opened.hide_sheet("Two")
    assert not opened.changed


def test_where_nothing_is_hidden_nothing_is_written():
    opened = Book(making.by_openpyxl())
    assert opened.show_sheets(["Log"]) == []
    assert not opened.changed


TABLED = (
    ("G2", "=Log!A2&K1"),
    ("H2", 1),
    ("I2", 2),
    ("G3", 3),
    ("G4", 4),
    ("H3", 71),
    ("I3", 72),
    ("H4", 73),
    ("I4", 74),
)


@pytest.mark.parametrize(("corner", "left"), [("=Log!A2&K1", [None] * 4), ("=K1&K2", [71, 72, 73, 74])])
def test_a_what_if_table_shows_no_result_that_may_no_longer_hold(corner, left):
    """Its first cell says what it is computed of; the others hold nothing but their last results."""
    book = openpyxl.Workbook()
    book.active.title = "Log"
    book["Log"]["A2"] = "A1"
    sheet = book.create_sheet("What if")
    for place, value in (*TABLED, ("G2", corner)):
        sheet[place] = value
    out = io.BytesIO()
    book.save(out)
    table = rb'<c r="H3"\1><f t="dataTable" ref="H3:I4" dt2D="1" dtr="1" r1="K1" r2="K2"/><v>71</v></c>'
    cell = re.compile(rb'<c r="H3"([^>]*)><v>71</v></c>')
    data = making.with_changed(out.getvalue(), "xl/worksheets/sheet2.xml", lambda xml: cell.sub(table, xml))
    changed = Book(data)
    changed.set_cell("Log", 2, 1, "B1")
    changed.outdate(changed.sheets)
    shown = openpyxl.load_workbook(io.BytesIO(making.written(changed)), data_only=True)["What if"]
    assert [shown[place].value for place in ("H3", "I3", "H4", "I4")] == left
