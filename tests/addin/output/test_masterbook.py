"""A new master workbook, as other programs see it."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from addin.output.masterbook import build_master, write_master
from tests.support.builders import BASE, PEOPLE, SETTINGS
from workbook.blueprint import HEADER_ROW, LAST_ROW, LAYOUT_VERSION, plan_book
from workbook.example import simulate
from workbook.model.catalogue import THRESHOLDS
from workbook.model.declare import Kind
from workbook.model.errors import BookNotWritable
from workbook.model.registers import COMPUTED, LISTS, REGISTERS, Actions, People, Services, SupportLog


@pytest.fixture(scope="module")
def empty():
    return openpyxl.load_workbook(io.BytesIO(build_master(plan_book())))


@pytest.fixture(scope="module")
def filled():
    tables = {name: [row] for name, row in BASE.items()} | {"People": PEOPLE}
    tables["Programme"] = [{"Setting": k, "Value": v} for k, v in SETTINGS.items()]
    return openpyxl.load_workbook(io.BytesIO(build_master(plan_book(tables))))


def table_of(book, name):
    return next((s, s.tables[t]) for s in book for t in s.tables if t == name)


def test_every_table_stands_on_its_sheet_with_its_headers(empty):
    for register in (Services, People, *REGISTERS, *COMPUTED):
        sheet, table = table_of(empty, register.table)
        assert sheet.title == register.sheet
        headers = list(register.headers()) + (["Check"] if register.checked else [])
        assert [c.name for c in table.tableColumns] == headers
    assert empty.sheetnames[0] == "Start here"
    assert {"Dashboard", "Training overview"} <= set(empty.sheetnames)


def test_lists_and_thresholds_begin_with_their_defaults(empty):
    for declared in LISTS:
        sheet, table = table_of(empty, declared.table)
        cells = [row[0].value for row in sheet[table.ref] if row[0].value]
        assert cells == [declared.header, *declared.values]
    sheet, table = table_of(empty, "Thresholds")
    rows = [[c.value for c in row] for row in sheet[table.ref]][1:]
    assert [(r[0], r[1], r[2]) for r in rows] == [(t, p.name, p.default) for t, p in THRESHOLDS]


def rules_at(sheet, row):
    """The data validations of a worksheet row, by column letter."""
    found = {}
    for rule in sheet.data_validations.dataValidation:
        for area in rule.sqref.ranges:
            if area.min_row <= row <= area.max_row:
                found |= {get_column_letter(c): rule for c in range(area.min_col, area.max_col + 1)}
    return found


def columns_of(register):
    return {c.attr: get_column_letter(n) for n, c in enumerate(register.columns, start=1)}


def test_every_column_of_every_register_is_guarded_as_its_kind_asks(empty):
    expected = {
        Kind.CHOICE: "list",
        Kind.YES_NO: "list",
        Kind.LIST: "list",
        Kind.REFERENCE: "list",
        Kind.PERSON: "list",
        Kind.DATE: "date",
        Kind.SCORE: "whole",
        Kind.WHOLE: "whole",
        Kind.NUMBER: "decimal",
        Kind.ID: "custom",
    }
    for register in REGISTERS:
        sheet, _ = table_of(empty, register.table)
        for row in (HEADER_ROW + 1, LAST_ROW):
            rules, at = rules_at(sheet, row), columns_of(register)
            for column in register.columns:
                rule = rules.get(at[column.attr])
                wanted = None if column.separated else expected.get(column.kind)
                if column.monday:
                    wanted = "custom"
                assert (rule.type if rule else None) == wanted or (wanted is None and rule.type is None), column


def test_drop_downs_stand_on_choices_lists_and_references(empty):
    sheet, _ = table_of(empty, "SupportLog")
    rules, at = rules_at(sheet, HEADER_ROW + 1), columns_of(SupportLog)
    assert rules[at["workflow"]].formula1 == "choose_Workflows"
    assert rules[at["champion_id"]].formula1 == "choose_WorkforcePlan"
    assert rules[at["outcome"]].formula1 == '"Resolved,Escalated,Unresolved"'
    score = rules[at["confidence_after"]]
    assert (score.formula1, score.formula2) == ("1", "5")
    assert "Workflows[Workflows]" in empty.defined_names["choose_Workflows"].attr_text
    named = {r.formula1 for s in empty for r in s.data_validations.dataValidation if r.type == "list"}
    assert {n for n in named if n.startswith("choose_")} <= set(empty.defined_names)


def test_a_wrong_entry_is_told_what_to_type_and_names_only_suggest(empty):
    for register in REGISTERS:
        sheet, _ = table_of(empty, register.table)
        rules, at = rules_at(sheet, HEADER_ROW + 1), columns_of(register)
        for column in register.columns:
            rule = rules.get(at[column.attr])
            if rule is None or rule.type is None:
                continue
            assert bool(rule.showErrorMessage) == (column.kind is not Kind.PERSON), column
            if column.kind is not Kind.PERSON:
                assert len(rule.error) > 12
                assert rule.errorTitle == column.header[:32]


def test_every_heading_says_what_belongs_beneath_it(empty):
    for register in (Services, People, *REGISTERS):
        sheet, table = table_of(empty, register.table)
        rules = rules_at(sheet, HEADER_ROW)
        heads = sheet[table.ref][0]
        for column, cell in zip(register.columns, heads, strict=False):
            said = rules[cell.column_letter].prompt
            assert said.startswith("Must be filled in." if column.required else "May stay blank."), column


def test_every_link_of_start_here_leads_to_a_sheet(empty):
    places = [cell.hyperlink.location for row in empty["Start here"] for cell in row if cell.hyperlink]
    sheets = {place.rpartition("!")[0].strip("'") for place in places}
    shown = {sheet.title for sheet in empty if sheet.sheet_state == "visible"}
    assert sheets == shown - {"Start here"}, "in LibreOffice a link to a hidden sheet leads to another one"
    for sheet in empty:
        back = {cell.hyperlink.location for row in sheet["A1:A4"] for cell in row if cell.hyperlink}
        assert back == (set() if sheet.title == "Start here" else {"'Start here'!A1"})


def test_rows_are_written_as_what_they_are(filled):
    sheet, table = table_of(filled, "SupportLog")
    row = sheet[table.ref][1]
    assert row[0].value == "SU-0001"
    assert row[1].is_date
    assert row[1].number_format == "dd mmm yyyy"


def test_the_same_plan_gives_the_same_bytes():
    assert build_master(plan_book()) == build_master(plan_book())


def test_a_text_that_looks_like_a_formula_or_a_link_stays_a_text():
    entry = {
        **BASE["SupportLog"],
        "What happened": "=1+1",
        "Coaching given": "https://example.org is blocked",
        "Advice given": "{=x}",
    }
    book = openpyxl.load_workbook(io.BytesIO(build_master(plan_book({"SupportLog": [entry]}))))
    sheet, table = table_of(book, "SupportLog")
    cells = {c.value: c for c in sheet[table.ref][1]}
    assert cells["=1+1"].data_type == "s"
    assert cells["https://example.org is blocked"].hyperlink is None


def test_an_existing_file_is_never_replaced(tmp_path):
    path = tmp_path / "mine.xlsx"
    path.write_bytes(b"mine")
    with pytest.raises(BookNotWritable, match="already"):
        write_master(path, plan_book())
    assert path.read_bytes() == b"mine"
    assert [p.name for p in tmp_path.iterdir()] == ["mine.xlsx"]


@pytest.mark.parametrize("example", [False, True])
def test_it_is_valid_for_excel(tmp_path, example):
    from openxml_audit import OpenXmlValidator

    path = tmp_path / "new.xlsx"
    made = simulate(weeks=6) if example else None
    write_master(path, plan_book(made.tables, made.until) if made else plan_book())
    found = OpenXmlValidator().validate(path)
    assert (found.error_count, found.warning_count) == (0, 0), found.errors


def test_rows_grow_with_their_texts_and_headings_stay_as_they_are(tmp_path):
    """A height marked as a person's own would never change, in Excel or in LibreOffice."""
    entry = {**BASE["SupportLog"], "What happened": "A long story of a screen that locked. " * 9}
    rows = rows_of_sheet(build_master(plan_book({"SupportLog": [entry]})), "Support log")
    assert float(rows[HEADER_ROW + 1]["ht"]) >= 15 * 6
    assert "customHeight" not in rows[HEADER_ROW + 1]
    assert rows[HEADER_ROW]["customHeight"] == "1"


def rows_of_sheet(content, name):
    number = [s.name for s in plan_book().sheets].index(name) + 1
    xml = zipfile.ZipFile(io.BytesIO(content)).read(f"xl/worksheets/sheet{number}.xml").decode()
    rows = (dict(re.findall(r'(\w+)="([^"]*)"', tag)) for tag in re.findall(r"<row ([^>]*)>", xml))
    return {int(row["r"]): row for row in rows}


def test_tabs_that_are_not_needed_yet_are_hidden_and_the_first_is_in_sight(empty):
    hidden = {s.name for s in plan_book().sheets if s.hidden}
    assert {sheet.title for sheet in empty if sheet.sheet_state != "visible"} == hidden
    assert empty.active.title == "Start here"


def test_every_sheet_is_set_up_for_paper(empty):
    planned = plan_book().sheets
    upright, large = ({s.name for s in planned if s.portrait}, {s.name for s in planned if s.large})
    assert SupportLog.sheet in large
    assert Actions.sheet not in large
    for sheet in empty:
        assert (sheet.page_setup.orientation == "landscape") == (sheet.title not in upright)
        assert sheet.page_setup.paperSize == (8 if sheet.title in large else 9), "A3 where A4 were too small to read"
        assert sheet.oddFooter.left.text == "&A"
        assert "&P" in sheet.oddFooter.right.text
        fitted = bool(sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage)
        assert fitted or sheet.page_setup.scale
        assert f"'{sheet.title}'!$A$1:" in sheet.print_area or f"{sheet.title}!$A$1:" in sheet.print_area
    for register in REGISTERS:
        assert empty[register.sheet].print_title_rows == f"${HEADER_ROW}:${HEADER_ROW}"


def test_the_file_says_what_it_is():
    package = zipfile.ZipFile(io.BytesIO(build_master(plan_book())))
    core, custom = (package.read(f"docProps/{name}.xml").decode() for name in ("core", "custom"))
    assert "<dc:language>en-GB</dc:language>" in core
    assert "<dc:title>Digital champions programme</dc:title>" in core
    assert f'name="Champions layout version"><vt:lpwstr>{LAYOUT_VERSION}<' in custom


def test_charts_say_what_they_show_to_those_who_do_not_see_them():
    package = zipfile.ZipFile(io.BytesIO(build_master(plan_book())))
    drawings = [package.read(n).decode() for n in package.namelist() if n.startswith("xl/drawings/drawing")]
    told = re.findall(r'descr="([^"]*)"', "".join(drawings))
    assert len(told) == 3
    assert all(len(words) > 60 for words in told)


def test_no_formula_is_kept_from_older_excel(empty):
    """Functions that came later are written with a prefix, and Excel 2016 shows an error in their place."""
    assert not [n for n, d in empty.defined_names.items() if "_xlfn" in d.attr_text]
    content = zipfile.ZipFile(io.BytesIO(build_master(plan_book())))
    assert not [n for n in content.namelist() if b"_xlfn" in content.read(n) or b"_xlws" in content.read(n)]


def test_an_empty_workbook_is_small():
    assert len(build_master(plan_book())) <= 220_000
