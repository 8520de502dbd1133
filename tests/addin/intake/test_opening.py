"""Lists as they come: whatever their encoding, separator or name; and what is no list is refused in words."""

import datetime as dt
import io
import zipfile

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900
from openpyxl.worksheet.table import Table

from addin.intake.looking import Looking
from addin.intake.opening import read_source
from tests.support.contract_builder import build
from tests.support.intake import SOUND, entry, text_of
from tests.support.office import need_corpus
from tests.support.old_workbooks import ods, xls, xlsb
from workbook.intake.headers import LONGEST, headers_in_words
from workbook.intake.source import OUR_WORKBOOK, SHEET_FORM, WEB_FORM
from workbook.model.cells import CellError, Percent, show
from workbook.model.errors import SourceUnusable
from workbook.model.registers import SupportLog

ROWS = [entry(What_happened="Costs £20 – “naïve”"), entry(Coaching_given="a; b, c | d")]


def read(path, content, **looking):
    if content is not None:
        path.write_bytes(content)
    return read_source(path, Looking(SupportLog, **looking))


def texts(source):
    at = source.headers.index("What happened")
    return [row.cells[at] for row in source.rows]


@pytest.mark.parametrize(
    ("codec", "bom", "separator", "encoding"),
    [
        ("utf-8", b"\xef\xbb\xbf", ",", "UTF-8 with BOM"),
        ("utf-8", b"", ";", "UTF-8"),
        ("cp1252", b"", ",", "Windows-1252"),
        ("cp1252", b"", ";", "Windows-1252"),
        ("utf-16-le", b"\xff\xfe", "\t", "UTF-16"),
        ("utf-16-be", b"\xfe\xff", "\t", "UTF-16"),
        ("utf-16-le", b"", "\t", "UTF-16"),
        ("utf-8", b"", "|", "UTF-8"),
    ],
)
def test_a_text_file_is_read_whatever_it_is_written_in(tmp_path, codec, bom, separator, encoding):
    text = text_of(ROWS, separator)
    source = read(tmp_path / "list.dat", bom + text.encode(codec))
    assert (source.encoding, source.separator, source.header_row) == (encoding, separator, 1)
    assert texts(source) == [row["What happened"] for row in ROWS]
    assert [row.number for row in source.rows] == [2, 3]
    assert bool(source.remarks) == (encoding == "Windows-1252")


@pytest.mark.parametrize("start", ["sep=;\r\n", "\ufeffsep=;\r\n", '\ufeff"sep=;"\n'])
def test_a_line_that_names_the_separator_is_obeyed_and_is_no_row(tmp_path, start):
    source = read(tmp_path / "list.csv", (start + text_of(ROWS, ";")).encode())
    assert (source.separator, source.header_row, source.rows[0].number) == (";", 1, 2)


@pytest.mark.parametrize("start", ["sep=\r\n", 'sep="\r\n'])
def test_a_line_that_names_no_separator_is_passed_over(tmp_path, start):
    source = read(tmp_path / "list.csv", f"{start}Date,Champion ID\r\n2026-06-01,DC-001\r\n".encode())
    assert source.headers == ("Date", "Champion ID")
    assert len(source.rows) == 1


def test_lines_that_end_as_on_an_old_mac(tmp_path):
    source = read(tmp_path / "list.csv", text_of(ROWS).replace("\r\n", "\r").encode("cp1252"))
    assert len(source.rows) == 2


def test_lines_above_the_headings_and_blank_ones_are_counted_and_left_out(tmp_path):
    above = "Report of June,,,\r\nMade by the learning system\r\n\r\n"
    source = read(tmp_path / "list.csv", (above + text_of(ROWS).replace("\r\n", "\r\n\r\n", 2)).encode())
    assert source.header_row == 4
    assert [row.number for row in source.rows] == [6, 8]


def test_what_stands_beyond_the_headings_is_kept_apart(tmp_path):
    lines = text_of([entry()]).splitlines()
    source = read(tmp_path / "list.csv", f"{lines[0]}\r\n{lines[1]},one too many\r\n{lines[1]},,\r\n".encode())
    assert [row.beyond for row in source.rows] == [("one too many",), ()]


def test_line_breaks_and_quotation_marks_within_a_cell_stay(tmp_path):
    text = 'He said "no",\r\nthen\nyes'
    assert texts(read(tmp_path / "list.csv", text_of([entry(What_happened=text)]).encode())) == [text]


def test_headings_alone_are_a_list_without_entries(tmp_path):
    assert not read(tmp_path / "list.csv", text_of([entry()]).splitlines()[0].encode()).rows


@pytest.mark.parametrize(
    "heads", ["ID,Start time,Completion time,Email,Name", "Id;Startzeit;Fertigstellungszeit;E-Mail;Name"]
)
def test_a_form_is_known_in_any_language(tmp_path, heads):
    separator = ";" if ";" in heads else ","
    lines = text_of([entry()], separator).splitlines()
    own = separator.join(["1", "6/25/26 9:00:01", "6/25/26 9:04:05", "anonymous", ""])
    source = read(tmp_path / "form.csv", f"{heads}{separator}{lines[0]}\n{own}{separator}{lines[1]}\n".encode())
    assert source.kind == WEB_FORM
    assert source.technical == frozenset(range(5))


def test_a_form_of_the_other_kind_is_known(tmp_path):
    lines = text_of([entry()]).splitlines()
    text = f'"Timestamp","Email Address",{lines[0]}\n"2026/06/25 3:04:05 PM GMT+1","a@b.example",{lines[1]}\n'
    source = read(tmp_path / "answers.csv", text.encode())
    assert (source.kind, source.technical) == (SHEET_FORM, frozenset({0, 1}))


def package(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


BOOK = package(**{"[Content_Types].xml": "x", "xl/workbook.xml": "<workbook/>"})


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\r\n\r\n", "empty"),
        (BOOK[:60], "damaged or cut off"),
        (BOOK, "damaged or cut off"),
        (BOOK.replace(b"\xb3", b"\xff"), "damaged or cut off"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 9, "damaged or cut off"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "Word document"),
        (package(**{"word/document.xml": "x"}), "Word document"),
        (package(**{"notes.txt": "x"}), "packed folder"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"%PDF-1.7", "PDF"),
        (b"\r\n<!DOCTYPE html><table>", "web page"),
        (b"<html xmlns:o='urn'><table>", "web page"),
        (b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>", "2003"),
        (b"Date,Shift\n2026-06-25,Ear\0ly\n", "NUL"),
        ("Date,What happened\n1,naïve\n".encode() + "2,naïve\n".encode("cp1252"), "Part of it is UTF-8"),
        ("Date,What happened\n1,naïve – \n2,naï".encode()[:-1], "Part of it is UTF-8"),
        (b"Date,What happened\n1,\x81\x8d\n", "can't be read"),
        (b'Date,What happened\n1,"never closed\n2,x\n3,y\n', "opens in row 2"),
    ],
    ids=lambda given: given if isinstance(given, str) else "given",  # the bytes of a package hold the moment
)
def test_what_is_no_list_is_refused_with_what_it_is(tmp_path, content, words, capfd):
    with pytest.raises(SourceUnusable, match=words):
        read(tmp_path / "list.csv", content)
    assert not capfd.readouterr().err


def test_a_folder_and_a_missing_file_are_refused(tmp_path):
    with pytest.raises(SourceUnusable, match="folder"):
        read(tmp_path, None)
    with pytest.raises(SourceUnusable, match="no such file"):
        read(tmp_path / "none.csv", None)


def test_a_file_that_swells_beyond_measure_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("addin.intake.workbooks._MOST_UNPACKED", 1 << 20)
    with pytest.raises(SourceUnusable, match="unpacked"):
        read(tmp_path / "list.xlsx", package(**{"xl/workbook.xml": "x", "xl/worksheets/sheet1.xml": b"0" * (2 << 20)}))


def test_a_line_of_ten_megabytes_is_read(tmp_path):
    source = read(tmp_path / "list.csv", text_of([entry(What_happened="x" * 10_000_000)]).encode())
    assert len(texts(source)[0]) == 10_000_000


def workbook(path, rows, *, top=1, left=1, sheet="Sheet1", table="", totals=False, book=None):
    made = book or Workbook()
    page = made.active if book is None else made.create_sheet(sheet)
    page.title = sheet
    heads = list(rows[0])
    for n, line in enumerate([heads, *(list(r.values()) for r in rows)]):
        for at, cell in enumerate(line):
            page.cell(top + n, left + at, cell)
    if table:
        last = top + len(rows) + totals
        where = f"{page.cell(top, left).coordinate}:{page.cell(last, left + len(heads) - 1).coordinate}"
        named = Table(displayName=table, ref=where, totalsRowCount=1 if totals else None)
        if totals:
            page.cell(last, left, "Total")
        page.add_table(named)
    made.save(path)
    return made


def test_a_table_anywhere_is_found_and_its_totals_row_is_no_entry(tmp_path):
    path = tmp_path / "list.xlsx"
    workbook(path, ROWS, top=7, left=3, sheet="Answers", table="Answers1", totals=True)
    source = read(path, None)
    assert (source.sheet, source.header_row, [r.number for r in source.rows]) == ("Answers", 7, [8, 9])
    assert texts(source) == [row["What happened"] for row in ROWS]


@pytest.mark.parametrize("table", ["", "Figures"])
def test_per_cent_is_what_a_person_sees_and_an_error_is_one(tmp_path, table):
    path = tmp_path / "list.xlsx"
    made = workbook(path, [{"Date": "2026-06-25", "Shift": 0.75, "Outcome": "x"}], top=3, left=2, table=table)
    made.active["C4"].number_format = "0%"
    made.active["D4"].value, made.active["D4"].data_type = "#N/A", "e"
    made.save(path)
    (row,) = read(path, None).rows
    assert row.cells == ("2026-06-25", Percent(0.75), CellError("#N/A"))
    assert isinstance(row.cells[1], Percent)


def test_a_bare_sheet_is_found_beneath_what_stands_above(tmp_path):
    path = tmp_path / "list.xlsx"
    made = workbook(path, [{"Nothing": "of ours"}], sheet="Notes")
    workbook(path, ROWS, top=5, sheet="List", book=made)
    source = read(path, None)
    assert (source.sheet, source.header_row, len(source.rows)) == ("List", 5, 2)


def test_two_sheets_that_fit_equally_ask_which(tmp_path):
    path = tmp_path / "list.xlsx"
    workbook(path, ROWS, sheet="June", book=workbook(path, ROWS, sheet="May"))
    with pytest.raises(SourceUnusable, match="May and June fit equally"):
        read(path, None)
    assert read(path, None, sheet="june").sheet == "June"
    with pytest.raises(SourceUnusable, match="no sheet July"):
        read(path, None, sheet="July")


def test_a_champions_own_log_is_read_as_a_workbook_of_ours(tmp_path):
    path = build(
        tmp_path / "log.xlsx",
        {
            "SupportLog": [SOUND | {"Support ID": "SU-0001"}],
            "WorkforcePlan": [{"Champion ID": "DC-001", "Name": "Champion Alpha"}],
        },
    )
    source = read(path, None)
    assert (source.kind, source.sheet, len(source.rows)) == (OUR_WORKBOOK, "Support log", 1)
    assert source.own["WorkforcePlan"] == {"dc-001": "Champion Alpha"}


@pytest.mark.corpus
def test_every_foreign_workbook_is_read_or_says_why_not():
    said = {}
    for path in sorted(need_corpus().rglob("*.xls*")):
        try:
            said[path.name] = len(read_source(path, Looking(SupportLog)).rows)
        except SourceUnusable as error:
            said[path.name] = error.what
    assert "password" in said["pass_protected.xlsx"]
    assert said["deaths.xlsx"] > 0
    assert said["WithTable.xlsx"] > 0


@pytest.mark.parametrize("made", [xls, xlsb, ods])
def test_workbooks_of_other_formats_are_read_whatever_their_name(tmp_path, made):
    rows = [["Date", "What happened"], ["2026-06-25", "=lost & füund"]]
    source = read(tmp_path / "log.csv", made(rows))
    assert (source.sheet, source.headers, source.header_row) == ("Log", ("Date", "What happened"), 1)
    day, happened = source.rows[0].cells
    assert show(day) == ("25 Jun 2026" if made is ods else "2026-06-25")
    assert happened == "=lost & füund", "to the letter, and no formula"
    with pytest.raises(SourceUnusable):
        read(tmp_path / "cut.csv", made(rows)[:700])


@pytest.mark.parametrize("epoch", [CALENDAR_WINDOWS_1900, CALENDAR_MAC_1904], ids=["1900", "1904"])
def test_days_of_a_workbook_that_counts_from_1904(tmp_path, epoch):
    book = Workbook()
    book.epoch = epoch
    book.active.append(["Date", "What happened"])
    book.active.append([dt.date(2026, 6, 25), "x"])
    book.save(tmp_path / "list.xlsx")
    (row,) = read(tmp_path / "list.xlsx", None).rows
    assert row.cells == (dt.date(2026, 6, 25), "x")


def test_a_heading_of_ten_million_signs_is_cut_and_the_others_are_found(tmp_path):
    head, line, *_ = text_of([entry()]).splitlines()
    source = read(tmp_path / "list.csv", f"{'y' * 10_000_000},{head}\n1,{line}\n".encode())
    assert len(source.headers[0]) == LONGEST
    assert headers_in_words([source.headers[0], "Shift"]) == f"{'y' * 59}…, Shift"
    assert headers_in_words(["a"] * 14).endswith("a and 2 more")
