"""Workbooks written in unusual but right ways, and those that can't be changed safely."""

import datetime as dt
import io
import re
import zipfile

import openpyxl
import pytest
import xlsxwriter

from addin.lossless import Book, Refused
from addin.lossless.edit.growth import Body, add_table
from tests.support.lossless import making

SHEET, TABLE = "xl/worksheets/sheet1.xml", "xl/tables/table1.xml"


def append(book):
    book.append_rows(book.table("Orders"), [{0: "B1", 2: "new"}], entries=3)
    return making.written(book)


def every_part_prefixed(data):
    """All of the workbook's own parts with a prefix on every element."""

    def prefixed(xml):
        xml = re.sub(rb"<(/?)(?=[A-Za-z]+[ >/])", rb"<\1q:", xml)
        return xml.replace(b"xmlns=", b"xmlns:q=", 1)

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
    ours = re.compile(r"xl/(workbook|styles|sharedStrings|worksheets/sheet\d|tables/table\d)\.xml|.*\.rels|\[.*")
    for name in filter(ours.fullmatch, names):
        data = making.with_changed(data, name, prefixed)
    return data


def moved(data, names):
    """The package with parts under other names, which all that leads to them is told."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith(".rels") or name == "[Content_Types].xml":
                for before, (_, written) in names.items():
                    for target in (f"../{before.removeprefix('xl/')}", f"/{before}", before.removeprefix("xl/")):
                        content = content.replace(f'"{target}"'.encode(), f'"/{written}"'.encode())
            where = name
            for before, (after, _) in names.items():
                folder, _, last = before.rpartition("/")
                new_folder, _, new_last = after.rpartition("/")
                where = where.replace(f"{folder}/_rels/{last}.rels", f"{new_folder}/_rels/{new_last}.rels")
                where = after if where == before else where
            new.writestr(where, content)
    return out.getvalue()


def test_prefixes_on_every_element_of_every_part():
    book = Book(every_part_prefixed(making.by_xlsxwriter()))
    book.add_column(book.table("Orders"), "Note")
    add_table(book, "Found", "Found", ("What",), [("x",)])
    result = append(book)
    assert making.grid(making.seen_by_calamine(result, "Log"))[4] == ["B1", None, "new"]
    assert making.grid(making.seen_by_calamine(result, "Found")) == [["What"], ["x"]]
    again = Book(result)
    assert again.table("Orders").area.full == "A1:D5"
    assert again.value("Mine", 2, 1) is None


def test_parts_with_odd_names_and_absolute_or_escaped_targets():
    names = {
        SHEET: ("xl/worksheets/My Log.XML", "xl/worksheets/My%20Log.XML"),
        TABLE: ("odd/\u00e4 table.xml", "odd/%C3%A4%20table.xml"),
    }
    data = moved(making.by_xlsxwriter(), names)
    result = append(Book(data))
    assert Book(result).table("orders").area.full == "A1:C5"
    assert [Book(result).value("Log", 5, column) for column in (1, 2, 3)] == ["B1", None, "new"]
    with zipfile.ZipFile(io.BytesIO(data)) as was, zipfile.ZipFile(io.BytesIO(result)) as now:
        assert was.namelist() == now.namelist()


def test_a_workbook_in_shared_mode_is_refused():
    with pytest.raises(Refused, match="shared workbook"):
        Book(making.with_parts(making.by_openpyxl(), {"xl/revisions/revisionHeaders.xml": b"<headers/>"}))


def test_a_workbook_in_the_strict_form_is_refused():
    def strict(xml):
        return xml.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        )

    with pytest.raises(Refused, match="strict"):
        Book(making.with_changed(making.by_openpyxl(), "xl/workbook.xml", strict))


def with_array():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("Log")
    columns = [{"header": h} for h in making.HEADERS]
    sheet.add_table("A1:C4", {"name": "Orders", "columns": columns, "data": [["a", 1, "x"], ["b", 2], ["c", 3]]})
    sheet.write_array_formula("E2:E4", "{=B2:B4*2}", None, 2)
    sheet.merge_range("G2:H3", "together")
    book.close()
    return out.getvalue()


def test_a_workbook_without_styles_gets_one_part_of_them_however_often_it_is_finished():
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(making.by_openpyxl())) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if name != "xl/styles.xml":
                content = re.sub(rb"<[^<>]*styles[^<>]*/>", b"", old.read(name))
                new.writestr(name, content)
    book = Book(out.getvalue())
    book.set_cell("Mine", 9, 9, dt.date(2026, 6, 30))
    assert book.finished().keys() == book.finished().keys()
    again = Book(making.written(book))
    assert again.value("Mine", 9, 9) == dt.date(2026, 6, 30)
    assert [name for name in again.package.entries if "styles" in name] == ["xl/styles.xml"]


def test_an_array_formula_beside_a_table_stays_whole_when_rows_are_added():
    result = append(Book(with_array()))
    sheet = openpyxl.load_workbook(io.BytesIO(result))["Log"]
    assert (sheet["E2"].value.ref, sheet["E2"].value.text) == ("E2:E4", "=B2:B4*2")
    assert [str(r) for r in sheet.merged_cells.ranges] == ["G2:H3"]
    assert sheet["A5"].value == "B1"


@pytest.mark.parametrize(("row", "column", "place"), [(3, 5, "E3"), (2, 5, "E2"), (3, 8, "H3")])
def test_a_cell_within_an_array_formula_or_merged_cells_is_refused(row, column, place):
    data = with_array()
    book = Book(data)
    with pytest.raises(Refused, match=place):
        book.set_cell("Log", row, column, "mine")
    assert making.written(book) == making.written(Book(data))


def test_merged_cells_within_a_tables_entries_are_not_torn():
    data = making.with_changed(
        with_array(), SHEET, lambda x: x.replace(b'<mergeCell ref="G2:H3"/>', b'<mergeCell ref="B3:C3"/>')
    )
    book = Book(data)
    with pytest.raises(Refused, match=r"C3 lies within B3:C3"):
        book.replace_body(book.table("Orders"), Body((0, 1, 2), [("z", 1, "y"), ("z", 2, "y")], 3))


def test_newer_validations_and_formats_grow_with_the_table_too():
    newer = (
        b'<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
        b'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}">'
        b'<x14:dataValidations count="1"><x14:dataValidation type="list"><x14:formula1><xm:f>Mine!$A$1:$A$3</xm:f>'
        b"</x14:formula1><xm:sqref>C2:C4</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>"
    )
    data = making.with_changed(
        making.by_xlsxwriter(), SHEET, lambda x: x.replace(b"</worksheet>", newer + b"</worksheet>")
    )
    with zipfile.ZipFile(io.BytesIO(append(Book(data)))) as package:
        sheet = package.read(SHEET)
    assert newer.replace(b"C2:C4", b"C2:C5") in sheet


def test_threaded_comments_move_with_their_row():
    uri = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    part, kind = "xl/threadedComments/threadedComment1.xml", "application/vnd.ms-excel.threadedcomments+xml"
    talk = b'<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
    talk += b'<threadedComment ref="A3" id="{1}"><text>Why?</text></threadedComment></ThreadedComments>'
    data = making.with_related(making.by_xlsxwriter(), SHEET, part, uri, talk, kind)
    book = Book(data)
    body = Body((0,), [("A3",), ("A2",)], 3, kept=(2, 1))
    book.replace_body(book.table("Orders"), body)
    assert book.read(part) == talk, "its entry stands where it stood"
    book = Book(data)
    book.replace_body(book.table("Orders"), Body((0,), [("A2",)], 3, kept=(1,)))
    assert b'ref="A2"' in book.read(part)
