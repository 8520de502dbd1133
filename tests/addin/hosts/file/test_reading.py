"""Workbooks as other programs write them, read as they stand."""

import datetime as dt
import os
import re
import shutil
import subprocess
import zipfile

import openpyxl
import pytest
import xlsxwriter
from openpyxl.packaging.custom import StringProperty

from addin.hosts.file.reading import read_workbook
from tests.support.builders import rows_of
from tests.support.contract_builder import REGISTERS, build
from workbook.model.cells import CellError, Percent, TimeOfDay
from workbook.model.errors import BookUnusable
from workbook.model.reading import read_book

ENTRY = {
    "Support ID": "SU-0001",
    "Date": dt.date(2026, 6, 29),
    "Staff member": "Carer One",
    "What happened": "Could not find the care plan 🙂 \u200fשלום\u200f e\u0301",
    "Confidence before": 3,
}
ALL = {"Programme", "Services", "People", "Thresholds", *REGISTERS}


def read(path):
    book = read_workbook(path)
    return book, {t.table: t for t in book.tables}


def change(path, edit):
    book = openpyxl.load_workbook(path)
    edit(book)
    book.save(path)


def rewrite(path, edit):
    """Writes the package again with each part's name and bytes as `edit` gives them."""
    with zipfile.ZipFile(path) as package:
        parts = [edit(name, package.read(name)) for name in package.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts:
            package.writestr(name, data)


@pytest.fixture
def path(tmp_path):
    return build(tmp_path / "book.xlsx", {"SupportLog": [ENTRY, {**ENTRY, "Support ID": "SU-0002"}]})


def cell(table, header, row=0):
    return rows_of(table)[row][table.headers.index(header)]


def test_a_workbook_from_the_contract_alone_is_read_whole(path):
    book, tables = read(path)
    assert set(tables) >= ALL
    log = tables["SupportLog"]
    assert log.headers == (*REGISTERS["SupportLog"][1], "Check")
    assert (log.sheet, log.header_row, log.first_column, log.body_rows, log.named) == ("Support log", 4, 1, 2, True)
    assert cell(log, "Date") == dt.date(2026, 6, 29)
    assert type(cell(log, "Date")) is dt.date
    assert cell(log, "What happened") == ENTRY["What happened"]
    assert cell(log, "Confidence before") == 3
    assert cell(log, "Comment" if "Comment" in log.headers else "Shift") is None
    assert rows_of(tables["Meetings"]) == []
    assert rows_of(tables["Workflows"])[0] == ["Care notes"]
    assert book.name == "book.xlsx"
    assert not book.date_1904


def test_the_snapshot_of_it_has_the_entries_and_misses_only_what_is_computed(path):
    snapshot = read_book(read_workbook(path))
    assert [row.id for row in snapshot.rows(snapshot.tables["SupportLog"].register)] == ["SU-0001", "SU-0002"]
    assert set(snapshot.missing) == {"Checks", "Triggers", "ReviewsDue", "Documents", "History", "ImportProblems"}


def test_input_tables_alone_are_enough(tmp_path):
    path = build(tmp_path / "book.xlsx", lists=False, leave_out=["Thresholds"])
    assert set(read(path)[1]) == ALL - {"Thresholds"}


def test_error_values_and_formulas_are_seen(path):
    def edit(book):
        sheet = book["Support log"]
        sheet["C5"] = "#REF!"
        sheet["C5"].data_type = "e"
        sheet["I6"] = '="a"&"b"'
        sheet["Z90"] = "=1+1"

    change(path, edit)
    log = read(path)[1]["SupportLog"]
    assert rows_of(log)[0][2] == CellError("#REF!")
    assert log.formulas == {(1, 8)}


def test_an_error_in_the_last_row_of_a_table_is_not_cut_off(tmp_path):
    path = build(tmp_path / "book.xlsx", {"SupportLog": [ENTRY, {}]})

    def edit(book):
        book["Support log"]["B6"] = "#N/A"
        book["Support log"]["B6"].data_type = "e"

    change(path, edit)
    assert rows_of(read(path)[1]["SupportLog"])[1][1] == CellError("#N/A")


def test_tables_are_found_by_name_whatever_the_sheet_is_called_and_in_any_case(tmp_path):
    path = build(tmp_path / "book.xlsx", {"SupportLog": [ENTRY]}, sheet_names={"Support log": "Renamed"})
    rewrite(path, lambda name, data: (name, data.replace(b'"SupportLog"', b'"SUPPORTLOG"')))
    log = read(path)[1]["SupportLog"]
    assert (log.sheet, log.named, cell(log, "Support ID")) == ("Renamed", True, "SU-0001")


@pytest.mark.parametrize("header_row", [1, 4, 30])
def test_tables_that_lost_their_names_are_found_by_sheet_and_header(tmp_path, header_row):
    path = build(
        tmp_path / "book.xlsx",
        {"SupportLog": [ENTRY], "People": [{"Person": "Project Lead One", "Role": "Project lead"}]},
        named=False,
        header_row=header_row,
        sheet_names={"Support log": "SUPPORT LOG"},
    )
    tables = read(path)[1]
    assert set(tables) >= ALL
    assert not tables["SupportLog"].named
    assert tables["SupportLog"].header_row == header_row
    assert cell(tables["SupportLog"], "Support ID") == "SU-0001"
    assert cell(tables["People"], "Role") == "Project lead"
    assert rows_of(tables["Services"]) == []
    assert tables["Programme"].headers == ("Setting", "Value")
    assert rows_of(tables["Shifts"])[-1] == ["Weekend"]


def test_a_renamed_table_keeps_its_own_range(path):
    rewrite(path, lambda name, data: (name, data.replace(b'"SupportLog"', b'"Table7"')))
    log = read(path)[1]["SupportLog"]
    assert (log.named, log.body_rows, len(rows_of(log))) == (False, 2, 2)


def test_without_name_and_without_sheet_a_table_is_not_guessed(tmp_path):
    path = build(tmp_path / "book.xlsx", {"SupportLog": [ENTRY]}, named=False, sheet_names={"Support log": "Sheet9"})
    assert "SupportLog" not in read(path)[1]


def test_rows_typed_directly_beneath_are_entries_and_those_after_a_gap_are_not(path):
    def edit(book):
        book["Support log"]["A7"] = "SU-0003"
        book["Support log"]["A9"] = "a note"

    change(path, edit)
    log = read(path)[1]["SupportLog"]
    assert [row[0] for row in rows_of(log)] == ["SU-0001", "SU-0002", "SU-0003"]
    assert log.body_rows == 2


def test_a_totals_row_is_no_entry_and_nothing_beneath_it_is(path):
    def edit(book):
        sheet = book["Support log"]
        table = sheet.tables["SupportLog"]
        table.ref = table.ref.replace("6", "7")
        table.totalsRowCount = 1
        sheet["A7"], sheet["A8"] = "Total", "a note"

    change(path, edit)
    log = read(path)[1]["SupportLog"]
    assert ([row[0] for row in rows_of(log)], log.body_rows) == (["SU-0001", "SU-0002"], 2)


def test_a_million_blank_formatted_rows_are_no_entries(tmp_path):
    path = tmp_path / "book.xlsx"
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("Support log")
    shaded = book.add_format({"bg_color": "#eeeeee"})
    sheet.write_row(0, 0, REGISTERS["SupportLog"][1])
    sheet.write_row(1, 0, ["SU-0001"])
    for row in range(2, 1_048_576):
        sheet.set_row(row, None, shaded)
    book.close()
    table = b'<table xmlns="x" id="1" name="SupportLog" displayName="SupportLog" ref="A1:S1048576"/>'
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/tables/table1.xml", table)
        package.writestr(
            "xl/worksheets/_rels/sheet1.xml.rels",
            '<Relationships><Relationship Id="r" Type="x/table" Target="../tables/table1.xml"/></Relationships>',
        )
    log = read(path)[1]["SupportLog"]
    assert (log.named, len(rows_of(log)), log.body_rows) == (True, 1, 1_048_575)


@pytest.mark.parametrize("far", ["XFD6", "A1048576", "XFD1048576"])
def test_a_stray_entry_far_away_does_no_harm(path, far):
    def edit(book):
        book["Support log"][far] = "stray"

    change(path, edit)
    assert [row[0] for row in rows_of(read(path)[1]["SupportLog"])] == ["SU-0001", "SU-0002"]


def test_times_and_midnights_have_one_form(path):
    def edit(book):
        sheet = book["Support log"]
        sheet["B5"] = dt.datetime(2026, 6, 29)
        sheet["C5"] = dt.time(12)
        sheet["D5"] = dt.timedelta(days=1, hours=6)
        sheet["E5"] = dt.datetime(2026, 6, 29, 14, 30)
        sheet["F5"] = True
        sheet["G5"] = "29/06/2026"

    change(path, edit)
    row = rows_of(read(path)[1]["SupportLog"])[0]
    assert row[1:7] == [dt.date(2026, 6, 29), 0.5, 1.25, dt.datetime(2026, 6, 29, 14, 30), True, "29/06/2026"]


def test_days_counted_from_1904_are_the_same_days(tmp_path, path):
    def edit(book):
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
        book["Support log"]["B5"] = dt.date(2026, 6, 29)

    change(path, edit)
    book, tables = read(path)
    assert book.date_1904
    assert cell(tables["SupportLog"], "Date") == dt.date(2026, 6, 29)


def test_custom_properties_are_read(path):
    change(path, lambda book: book.custom_doc_props.append(StringProperty(name="Layout version", value="3")))
    assert read(path)[0].properties == {"Layout version": "3"}


def test_two_tables_of_ours_with_one_name_are_refused_and_people_s_own_are_not(path):
    rewrite(path, lambda name, data: (name, data.replace(b'"ConfidenceTracker"', b'"Mine"')))
    rewrite(path, lambda name, data: (name, data.replace(b'"ImprovementLog"', b'"mine"')))
    assert [t.sheet for t in read_workbook(path).tables if t.table == "SupportLog"] == ["Support log"]
    rewrite(path, lambda name, data: (name, data.replace(b'"Mine"', b'"supportlog"')))
    with pytest.raises(BookUnusable, match=r"Support log.*Confidence tracker"):
        read_workbook(path)


def _odd_names(name, data):
    if name.startswith("xl/worksheets/sheet"):
        name = name.replace("/sheet", "/Blatt ").upper()
    elif name == "xl/_rels/workbook.xml.rels":
        data = re.sub(rb'Target="/?(?:xl/)?worksheets/sheet', b'Target="/XL/charts/../WORKSHEETS/blatt%20', data)
    return name.replace("_rels/sheet", "_rels/Blatt "), data


def _prefixed(name, data):
    if name.startswith("xl/worksheets/sheet"):
        data = re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", data).replace(b"xmlns=", b"xmlns:x=", 1)
    return name, data


def _without_positions(name, data):
    if name.startswith("xl/worksheets/sheet"):
        data = re.sub(rb'<row r="[0-9]+"', b"<row", data)
    return name, data


@pytest.mark.parametrize("edit", [_odd_names, _prefixed])
def test_other_ways_to_write_the_same_package_are_read(path, edit):
    def spoil(book):
        book["Support log"]["C5"] = "#REF!"
        book["Support log"]["C5"].data_type = "e"

    change(path, spoil)
    before = read(path)[1]
    rewrite(path, edit)
    assert read(path)[1] == before


def test_rows_without_their_number_are_read(tmp_path):
    path = build(tmp_path / "book.xlsx", {"SupportLog": [ENTRY]}, header_row=1)
    rewrite(path, _without_positions)
    assert cell(read(path)[1]["SupportLog"], "Support ID") == "SU-0001"


def test_a_macro_workbook_is_read(path):
    other = path.with_suffix(".xlsm")
    shutil.copy(path, other)
    assert "SupportLog" in read(other)[1]


def test_a_long_log_keeps_every_row_in_its_place(tmp_path):
    rows = [{"Support ID": f"SU-{n:04d}", "What happened": "x" * 2000} for n in range(3000)]
    del rows[1500]["Support ID"], rows[1500]["What happened"]
    log = read(build(tmp_path / "book.xlsx", {"SupportLog": rows}))[1]["SupportLog"]
    assert [row[0] for row in rows_of(log)] == [row.get("Support ID") for row in rows]


@pytest.mark.libreoffice
@pytest.mark.skipif(
    shutil.which("soffice") is None and not os.environ.get("CHAMPIONS_REQUIRE_ALL"),
    reason="LibreOffice is not installed",
)
def test_libreoffice_saves_what_is_read_the_same(tmp_path, path):
    out = tmp_path / "out"
    home = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", home, "--headless", "--convert-to", "xlsx", "--outdir", str(out), str(path)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    before, after = read_book(read_workbook(path)), read_book(read_workbook(out / path.name))
    assert after.fingerprint == before.fingerprint


def _put_cell(path, sheet, old, new):
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    where = next(n for n, d in parts.items() if n.startswith("xl/worksheets/") and re.search(old, d))
    parts[where] = re.sub(old, new, parts[where], count=1)
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)


def test_numbers_shown_as_per_cent_or_as_times_are_told_apart(path):
    def edit(book):
        log = book["Support log"]
        at = {cell.value: cell.column for cell in log[4]}
        for row, (value, code) in enumerate(((3, "0%"), (0.125, "h:mm"), (0.75, '0"%"'), (2.6, "0")), start=5):
            log.cell(row, at["Support ID"]).value = f"SU-000{row}"
            cell = log.cell(row, at["Confidence before"])
            cell.value, cell.number_format = value, code

    change(path, edit)
    table = read(path)[1]["SupportLog"]
    cells = table.columns[table.headers.index("Confidence before")][:4]
    assert list(map(type, cells)) == [Percent, TimeOfDay, float, float]
    assert cells == [3, 0.125, 0.75, 2.6]


def test_error_cells_without_a_value_are_each_an_error(path):
    change(path, lambda book: [book["Support log"].cell(5, column, "#REF!") for column in (9, 10)])
    _put_cell(path, "Support log", rb'<c r="I5"([^>]*)t="e"[^>]*>.*?</c>', rb'<c r="I5"\1t="e"/>')
    table = read(path)[1]["SupportLog"]
    assert [str(table.columns[n][0]) for n in (8, 9)] == ["#VALUE!", "#REF!"]


def test_a_cleared_sheet_is_a_missing_table(path):
    def edit(book):
        page = book["Support log"]
        del page.tables["SupportLog"]
        page.delete_rows(1, page.max_row)
        page["A1"].font = openpyxl.styles.Font(bold=True)

    change(path, edit)
    assert "SupportLog" in read_book(read_workbook(path)).missing


@pytest.mark.parametrize(("sheet", "name"), [("Support log 2026", "Table1"), ("Log", "SupportLog_1")])
def test_a_table_of_another_name_is_seen_by_its_columns(path, sheet, name):
    def edit(book):
        page = book["Support log"]
        table = page.tables.pop("SupportLog")
        table.name = table.displayName = name
        page.add_table(table)
        page.title = sheet
        book.create_sheet("Else").append(["One", "Two", "Three", "Four"])

    change(path, edit)
    found = read_workbook(path).elsewhere
    assert [(other.table, other.name, other.sheet) for other in found] == [("SupportLog", name, sheet)]


def test_a_table_known_by_its_sheet_is_no_copy_of_itself(path):
    def edit(book):
        page = book["Support log"]
        table = page.tables.pop("SupportLog")
        table.name = table.displayName = "Table1"
        page.add_table(table)

    change(path, edit)
    raw = read_workbook(path)
    assert not raw.elsewhere
    assert next(t for t in raw.tables if t.table == "SupportLog").named is False


def test_a_damaged_sheet_of_a_persons_own_stands_in_nobodys_way(path):
    change(path, lambda book: book.create_sheet("Mine").append(["One", "Two"]))
    before = read_book(read_workbook(path)).fingerprint
    part = f"xl/worksheets/sheet{len(openpyxl.load_workbook(path).sheetnames)}.xml"
    for damage in (b"<row", b"<sheetData><row r='x'><c></sheetData>", b""):
        rewrite(path, lambda name, data, damage=damage: (name, damage if name == part else data))
        assert read_book(read_workbook(path)).fingerprint == before


def test_a_workbook_that_a_label_encrypts_is_told_apart(tmp_path):
    path = tmp_path / "labelled.xlsx"
    names = "".join(("EncryptedPackage", "DRMEncryptedDataSpace")).encode("utf-16-le")
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + names)
    with pytest.raises(BookUnusable, match="sensitivity label"):
        read_workbook(path)
    path.write_bytes(path.read_bytes().replace("DRMEncrypted".encode("utf-16-le"), b""))
    with pytest.raises(BookUnusable, match="password"):
        read_workbook(path)
