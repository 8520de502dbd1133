"""A new master workbook, as other programs see it."""

from __future__ import annotations

import io

import openpyxl
import pytest

from addin.masterbook import build_master, write_master
from tests.builders import BASE, PEOPLE, SETTINGS
from workbook.blueprint import HEADER_ROW, plan_book
from workbook.declare import Kind
from workbook.errors import BookNotWritable
from workbook.registers import COMPUTED, LISTS, REGISTERS, People, Services, SupportLog
from workbook.triggers.catalogue import THRESHOLDS


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
        cells = [row[0].value for row in sheet[table.ref]]
        assert cells == [declared.header, *declared.values]
    sheet, table = table_of(empty, "Thresholds")
    rows = [[c.value for c in row] for row in sheet[table.ref]][1:]
    assert [(r[0], r[1], r[2]) for r in rows] == [(t, p.name, p.default) for t, p in THRESHOLDS]


def test_drop_downs_stand_on_choices_lists_and_references(empty):
    sheet, _ = table_of(empty, "SupportLog")
    rules = {str(v.sqref).split(":")[0]: v for v in sheet.data_validations.dataValidation}
    first = HEADER_ROW + 1
    at = {c.attr: f"{openpyxl.utils.get_column_letter(n)}{first}" for n, c in enumerate(SupportLog.columns, start=1)}
    assert rules[at["workflow"]].formula1 == "choose_Workflows"
    assert rules[at["champion_id"]].formula1 == "choose_WorkforcePlan"
    assert rules[at["outcome"]].formula1 == '"Resolved,Escalated,Unresolved"'
    assert rules[at["date"]].type == "date"
    assert empty.defined_names["choose_Workflows"].attr_text == "Workflows[Workflows]"
    for column in SupportLog.columns:
        guarded = column.kind not in (Kind.TEXT, Kind.LONG_TEXT, Kind.ID, Kind.PERSON)
        assert (at[column.attr] in rules) == guarded, column.header


def test_every_link_of_start_here_leads_to_a_sheet(empty):
    places = {cell.hyperlink.location for row in empty["Start here"] for cell in row if cell.hyperlink}
    assert places == {f"'{name}'!A1" for name in empty.sheetnames if name != "Start here"}


def test_rows_are_written_as_what_they_are(filled):
    sheet, table = table_of(filled, "SupportLog")
    row = sheet[table.ref][1]
    assert row[0].value == "SU-0001"
    assert row[1].is_date
    assert row[1].number_format == "dd mmm yyyy"


def test_the_dashboard_counts_are_live_and_right(filled):
    sheet = filled["Dashboard"]
    lines = {row[0].value: row[1].value for row in sheet.iter_rows(min_row=HEADER_ROW + 1) if row[0].value}
    assert lines["Champions: Active"] == '=COUNTIF(WorkforcePlan[Status],"Active")'
    values = {
        r.label: r.value
        for r in next(s for s in plan_book({"WorkforcePlan": [BASE["WorkforcePlan"]]}).sheets if s.counts).counts
    }
    assert values["Champions: Active"] == 1
    assert values["Champions: Paused"] == 0


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


def test_it_is_valid_for_excel(tmp_path):
    from openxml_audit import OpenXmlValidator

    path = tmp_path / "new.xlsx"
    write_master(path, plan_book())
    assert not OpenXmlValidator().validate(path).errors


def test_an_empty_workbook_is_small():
    assert len(build_master(plan_book())) < 150_000
