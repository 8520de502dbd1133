"""One answer for reader and writer: which part a name means, and packages in which programs would differ."""

import io
import re
import struct
import zipfile

import pytest

from addin.lossless import Book, Damaged
from addin.lossless.opc.package import Package
from addin.lossless.opc.part_names import part_key, target_of
from tests.support.lossless import making
from tests.support.lossless.names import SAME_PART, SHEET, members, packed, with_two_names


@pytest.mark.parametrize("other", SAME_PART)
def test_two_names_that_mean_one_part_are_refused(other):
    assert part_key(other) == part_key(SHEET)
    with pytest.raises(Damaged, match="mean the same") as caught:
        Package(with_two_names(other))
    assert "Save as" in caught.value.next_step


@pytest.mark.parametrize(
    "other", ["xl/worksheets/sheet1.xml.bak", "xl/worksheets/sheet1", "worksheets/sheet1.xml", "xl/"]
)
def test_names_that_only_look_alike_are_two(other):
    assert part_key(other) != part_key(SHEET)
    assert other in Package(packed([*members(making.by_xlsxwriter()), (other, b"")])).entries


@pytest.mark.parametrize(
    ("part", "target", "whole"),
    [
        ("xl/workbook.xml", "worksheets/sheet1.xml", SHEET),
        ("xl/workbook.xml", "/xl/worksheets/sheet1.xml", SHEET),
        ("xl/tables/x.xml", "..\\worksheets\\sheet1.xml#A1", SHEET),
        ("", "xl/%77orkbook.xml", "xl/workbook.xml"),
        ("xl/workbook.xml", "../../../../etc/x", "etc/x"),
    ],
)
def test_where_a_relationship_leads(part, target, whole):
    assert target_of(part, target) == whole


@pytest.mark.parametrize("change", [str.upper, str.title, lambda name: name.replace("l", "L")])
def test_parts_in_another_case_are_found_and_written_back_under_their_own_names(change):
    plain = making.by_xlsxwriter()
    data = packed([(change(name), content) for name, content in members(plain)])
    book = Book(data)
    assert list(book.tables()) == ["orders"]
    book.set_cell("Log", 2, 3, "ours")
    book.append_rows(book.table("Orders"), [{0: "A4"}], entries=3)
    book.add_column(book.table("Orders"), "Ours")
    made = making.written(book)
    assert set(Package(made).entries) == set(Package(data).entries)
    again = Book(made)
    assert (again.value("Log", 2, 3), again.value("Log", 5, 1), again.value("Log", 1, 4)) == ("ours", "A4", "Ours")


def test_a_sheet_removed_from_a_package_in_another_case_leaves_nothing_of_itself():
    data = packed([(name.upper(), content) for name, content in members(making.by_openpyxl())])
    book = Book(data)
    book.remove_sheet("Mine")
    made = Package(making.written(book))
    assert not [name for name in made.entries if "SHEET2" in name]
    assert b"sheet2" not in made.read("[Content_Types].xml").lower()


def local_name_changed(data):
    at = data.index(SHEET.encode())
    return data[:at] + b"xl/worksheets/sheet9.xml" + data[at + len(SHEET) :]


def laid_over(data):
    first, second = (at for at in positions(data, b"PK\1\2")[:2])
    return data[: second + 42] + data[first + 42 : first + 46] + data[second + 46 :]


def positions(data, mark):
    found, at = [], data.find(mark)
    while at >= 0:
        found.append(at)
        at = data.find(mark, at + 1)
    return found


def with_a_further_name(data):
    """Info-ZIP's further field for a name in Unicode, which newer programs go by."""
    parts, out = members(data), io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in parts:
            info = zipfile.ZipInfo(name)
            if name == SHEET:
                told = struct.pack("<BL", 1, 0) + b"xl/worksheets/sheet9.xml"
                info.extra = struct.pack("<2H", 0x7075, len(told)) + told
            package.writestr(info, content)
    return out.getvalue()


@pytest.mark.parametrize("change", [local_name_changed, laid_over, with_a_further_name])
def test_entries_in_which_programs_would_differ_are_refused(change):
    sound = making.by_xlsxwriter()
    Package(sound)
    with pytest.raises(Damaged) as caught:
        Package(change(sound))
    assert caught.value.reason.endswith(".")


@pytest.mark.parametrize("size", [1, 7, 1000, 1 << 20])
def test_a_part_read_in_pieces_is_the_part(size):
    data = making.by_xlsxwriter()
    with Package(data).stream(SHEET) as stream:
        pieces = list(iter(lambda: stream.read(size), b""))
    assert b"".join(pieces) == dict(members(data))[SHEET]
    assert all(len(piece) == size for piece in pieces[:-1])


def test_a_part_whose_checksum_is_wrong_is_damage_at_its_end():
    data = bytearray(making.by_xlsxwriter())
    at = data.find(b"PK\1\2", data.rfind(SHEET.encode()) - 60)
    data[at + 16] ^= 1
    stream = Package(bytes(data)).stream(SHEET)
    with pytest.raises(Damaged, match="checksum"):
        list(iter(lambda: stream.read(500), b""))


def test_a_new_table_takes_a_name_that_no_other_has():
    data = making.with_changed(
        making.by_xlsxwriter(), "xl/tables/table1.xml", lambda xml: xml.replace(b' name="Orders"', b' name="oURs"', 1)
    )
    from addin.lossless.edit.growth import add_table

    book = Book(data)
    add_table(book, "Ours", "Ours", ("A",), [("x",)])
    made = making.written(book)
    new = Package(made).read("xl/tables/table2.xml")
    assert b' name="Ours_1" displayName="Ours"' in new
    assert set(Book(made).tables()) == {"orders", "ours"}


def test_a_defined_name_keeps_a_table_from_being_called_so():
    from addin.lossless import Refused
    from addin.lossless.edit.growth import add_table

    data = making.with_changed(
        making.by_xlsxwriter(),
        "xl/workbook.xml",
        lambda xml: xml.replace(
            b"<calcPr", b'<definedNames><definedName name="OURS">Log!$A$1</definedName></definedNames><calcPr'
        ),
    )
    with pytest.raises(Refused, match="has a name") as caught:
        add_table(Book(data), "Ours", "Ours", ("A",), [("x",)])
    assert "Name Manager" in caught.value.next_step


def test_an_empty_list_of_cell_formats_is_refused_in_words():
    from addin.lossless import Refused

    data = making.with_changed(
        making.by_xlsxwriter(),
        "xl/styles.xml",
        lambda xml: re.sub(rb"<cellXfs.*</cellXfs>", b'<cellXfs count="0"/>', xml, flags=re.DOTALL),
    )
    with pytest.raises(Refused, match="list of cell formats is empty"):
        Book(data).set_cell("Log", 2, 3, "ours")


def test_a_table_whose_content_type_is_wrong_keeps_its_number():
    """Programs go by the sheet's relationship: a new table must not get the number that this one has."""
    from addin.lossless.edit.growth import add_table

    data = making.with_changed(
        making.by_xlsxwriter(), "[Content_Types].xml", lambda xml: xml.replace(b"table+xml", b"styles+xml")
    )
    book = Book(data)
    add_table(book, "Ours", "Ours", ("A",), [("x",)])
    made = Package(making.written(book))
    numbers = [re.search(rb'<table [^>]*?\bid="(\d+)"', made.read(f"xl/tables/table{n}.xml"))[1] for n in (1, 2)]
    assert numbers == [b"1", b"2"]
