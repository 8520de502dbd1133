"""The master workbook opened and saved again by LibreOffice: what stays, and what it is known to lose.

Known to be lost: the tables' style and their filter's looks, panes that stay in sight (opened without a window), the
colour of a protected sheet's tab, and drop-downs further than some thousand rows beneath the last entry.
"""

from __future__ import annotations

import warnings

import openpyxl
import pytest

from addin.output.masterbook import build_master
from tests.support.office import convert
from workbook.blueprint import HEADER_ROW, LAST_ROW, plan_book
from workbook.example import simulate

pytestmark = pytest.mark.libreoffice


def opened(path):
    with warnings.catch_warnings():
        # openpyxl has no word for a print area of whole columns, which is what LibreOffice writes.
        warnings.filterwarnings("ignore", "Print area cannot be set")
        return openpyxl.load_workbook(path)


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    folder = tmp_path_factory.mktemp("saved")
    path = folder / "programme.xlsx"
    example = simulate(weeks=6)
    path.write_bytes(build_master(plan_book(example.tables, example.until)))
    (folder / "again").mkdir()
    return opened(path), opened(convert(path, folder / "again"))


def test_sheets_names_and_tables_stay(both):
    ours, saved = both
    assert saved.sheetnames == ours.sheetnames
    assert set(saved.defined_names) == set(ours.defined_names)
    for page in ours:
        again = saved[page.title]
        assert again.sheet_state == page.sheet_state
        assert tables(again) == tables(page)


def tables(page):
    return {name: (t.ref, [c.name for c in t.tableColumns]) for name, t in dict.items(page.tables)}


def test_drop_downs_and_messages_stay_for_the_entries_and_hundreds_to_come(both):
    ours, saved = both
    for page in ours:
        was, now = rules(page), rules(saved[page.title])
        assert now.keys() == was.keys(), page.title
        for place, (rule, until) in was.items():
            assert now[place][0] == rule, (page.title, place)
            assert now[place][1] >= min(until, HEADER_ROW + 500)


def rules(page):
    """Each rule by where it begins: what it says, and its last row."""
    found = {}
    for r in page.data_validations.dataValidation:
        (area,) = r.sqref.ranges
        told = r.showErrorMessage and (r.error, r.errorTitle)
        formulas = (r.formula1, r.formula2 if r.type in ("date", "whole", "decimal") else None) if r.type else ()
        found[area.coord.partition(":")[0]] = ((r.type, formulas, told, r.promptTitle, r.prompt), area.max_row)
    return found


def test_looks_reach_the_rows_to_come_as_before(both):
    ours, saved = both
    for page in ours:
        assert looks(saved[page.title]) == looks(page), page.title
    assert any(f":A{LAST_ROW}" in place for place, _ in looks(saved["Support log"]))


def looks(page):
    return sorted((str(k.sqref), r.formula[0]) for k in page.conditional_formatting for r in k.rules)


def test_protection_links_charts_print_and_joined_cells_stay(both):
    ours, saved = both
    for page in ours:
        again = saved[page.title]
        assert again.protection.sheet == page.protection.sheet
        assert len(again._charts) == len(page._charts)
        assert again.print_title_rows == page.print_title_rows
        assert (again.page_setup.orientation == "landscape") == (page.page_setup.orientation == "landscape")
        assert {str(r) for r in again.merged_cells.ranges} == {str(r) for r in page.merged_cells.ranges}
        assert {(k.ref, k.location) for k in again._hyperlinks} == {(k.ref, k.location) for k in page._hyperlinks}
