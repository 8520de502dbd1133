"""Workbooks that contradict themselves, as `tests.support.fuzzing` found them: refused in words, whatever is asked."""

import re

import pytest

from addin.lossless import Book, Damaged, Refused
from addin.lossless.edit.growth import add_table
from tests.support.lossless import making

SHEET, TABLE, STYLES, BOOK = "xl/worksheets/sheet1.xml", "xl/tables/table1.xml", "xl/styles.xml", "xl/workbook.xml"


def broken(part, before, after):
    def change(xml):
        made = re.sub(before, after, xml, count=1)
        assert made != xml
        return made

    return making.with_changed(making.by_xlsxwriter(), part, change)


def everything(data):
    book = Book(data)
    book.set_properties({"Own id": "1"})
    add_table(book, "OurFindings", "Our findings", ("A", "B"), [(1, "x")])
    region = book.table("Orders")
    book.append_rows(region, [{0: "A4"}], entries=3)
    book.add_column(region, "Ours")
    for row in range(1, 6):
        book.value("Log", row, 1)
    return making.written(book)


def test_a_sheet_that_leads_nowhere_lends_a_new_one_neither_its_name_nor_its_place():
    data = broken("xl/_rels/workbook.xml.rels", rb'Id="rId2"', b'Id="other"')
    book = Book(data)
    add_table(book, "OurFindings", "Our findings", ("A", "B"), [(1, "x")])
    again = Book(making.written(book))
    assert (list(again.sheets), again.head.sheets()[1][0]) == (["Log", "Our findings"], "Mine")
    with pytest.raises(Refused, match="a sheet “Mine” already"):
        add_table(Book(data), "OurFindings", "Mine", ("A", "B"), [(1, "x")])


def test_an_encoding_that_is_none():
    with pytest.raises(Damaged, match="encoding"):
        everything(broken(SHEET, b"UTF-8|utf-8", b"undefined"))


def test_a_table_that_does_not_name_its_columns():
    book = Book(broken(TABLE, rb"<tableColumns.*</tableColumns>", b'<tableColumns count="0"/>'))
    with pytest.raises(Refused, match="list of columns is not whole"):
        book.remove_column(book.table("Orders"))


def test_a_sound_one_is_changed():
    assert Book(everything(making.by_xlsxwriter())).table("Orders").last_row == 5


@pytest.mark.parametrize(
    ("part", "before", "after"),
    [
        (STYLES, rb'numFmtId="\d+"', b'numFmtId="B9:A1"'),
        (STYLES, rb"<(\w+)>", b"<\x9e>"),
        (BOOK, rb'sheetId="1"', b'sheetId="visible"'),
        (TABLE, rb' id="1"', b' id="-1e-400"'),
        (TABLE, rb"<tableColumn id=\"1\"", b'<tableColumn id="99999999999999999999999"'),
        (TABLE, rb'totalsRowShown="0"', b'totalsRowCount="1.5"'),
        (SHEET, rb'<row r="2"', b'<row r="\xc2\xb2"'),
        (SHEET, rb'<row r="2"', b'<row r="-2"'),
        (SHEET, rb'<row r="2"', b'<row r="' + b"9" * 5000 + b'"'),
        (SHEET, rb"</sheetData>.*", b"</sheetData>"),
    ],
)
def test_numbers_and_tags_that_are_none(part, before, after):
    with pytest.raises(Damaged) as caught:
        everything(broken(part, re.compile(before, re.DOTALL), after))
    assert caught.value.reason.endswith(".")


def test_tags_within_tags_without_end():
    nested = b"<a>" * 200_000 + b"</a>" * 200_000 + b"<fonts "
    with pytest.raises((Damaged, Refused)) as caught:
        everything(broken(STYLES, re.compile(rb"<fonts "), nested))
    assert caught.value.reason.endswith(".")


@pytest.mark.parametrize(("longer", "sound"), [(0, True), (1, False)])
def test_an_entry_that_reaches_past_the_table_of_contents(longer, sound):
    data = bytearray(making.by_xlsxwriter())
    at = data.rfind(b"PK\1\2") + 30  # where the last entry says how long its further fields are
    data[at : at + 2] = (int.from_bytes(data[at : at + 2], "little") + longer).to_bytes(2, "little")
    if sound:
        assert everything(bytes(data))
        return
    with pytest.raises(Damaged, match="table of contents"):
        Book(bytes(data))


@pytest.mark.parametrize("size", [b"1e999", b"nan", b"-1e999", b"none"])
def test_a_font_or_column_of_no_size_is_taken_as_an_ordinary_one(size):
    data = broken(STYLES, rb'<sz val="\d+"', b'<sz val="%b"' % size)
    data = making.with_changed(
        data,
        SHEET,
        lambda xml: xml.replace(
            b"<sheetData>", b'<cols><col min="1" max="%b" width="%b"/></cols><sheetData>' % (size, size)
        ),
    )
    assert Book(everything(data)).value("Log", 5, 1) == "A4"
