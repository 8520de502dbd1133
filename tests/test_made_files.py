"""All that we make or leave, as Excel's own limits and other people's programs see it."""

from __future__ import annotations

import functools
import json
import shutil
import subprocess

import openpyxl
import pytest
from python_calamine import load_workbook

from addin.frontends.ribbon.names import SHEET
from tests.support.excel_limits import problems
from tests.support.made_files import ROOT, make_files
from tests.support.office import REQUIRED

READERS = ROOT / "tests" / "support" / "other_readers"


pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return make_files(tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="module")
def workbooks(files):
    read = {"Champions", "empty", "example documents", "older check"}
    return [path for path in files if path.stem in read]


@pytest.fixture(scope="module")
def read(workbooks):
    """What exceljs and SheetJS see in each workbook: sheets, tables, and the cells that hold something."""
    missing = "node" if shutil.which("node") is None else ""
    if not missing and not (READERS / "node_modules" / "exceljs").is_dir():
        missing = "exceljs (npm ci in tests/support/other_readers)"
    if missing and REQUIRED:
        pytest.fail(f"{missing} is required here and is not installed.")
    if missing:
        pytest.skip(f"{missing} is not installed on this machine.")
    told = subprocess.run(
        ["node", str(READERS / "read.js"), *map(str, workbooks)], check=True, capture_output=True, timeout=600
    )
    return json.loads(told.stdout)


def test_excel_would_take_all_of_them(files):
    assert {path.suffix for path in files} == {".xlsx", ".xlam", ".docx"}
    found = {path.stem: problems(path.read_bytes()) for path in files}
    former = [found.pop(name) for name in ("older", "older undo")]
    assert [[p.rule for p in some] for some in former] == [["sheet-name-reserved"]] * 2, "undo brings the name back"
    assert {name: some for name, some in found.items() if some} == {}


@pytest.mark.parametrize("reader", ["exceljs", "SheetJS"])
def test_other_programs_read_every_sheet_and_text(reader, read, workbooks):
    for path in workbooks:
        seen = read[str(path)][reader]
        assert "error" not in seen, (path.name, seen)
        assert {name: set(map(_lines, texts)) for name, texts in seen["sheets"].items()} == _texts(path), path.name


@functools.cache
def _texts(path):
    """The texts of each sheet that no formula gives, as openpyxl reads them; an add-in, which it does not, calamine."""
    if path.suffix == ".xlam":
        return {SHEET: {text for row in load_workbook(path).get_sheet_by_name(SHEET).to_python() for text in row}}
    book = openpyxl.load_workbook(path)
    cells = {sheet.title: (cell for row in sheet for cell in row) for sheet in book}
    return {name: {_lines(c.value) for c in every if c.data_type == "s" and c.value} for name, every in cells.items()}


def _lines(text):
    return text.replace("\r\n", "\n").replace("_x000a_", "\n")


def test_exceljs_finds_every_table(read, workbooks):
    for path in workbooks:
        known = load_workbook(path, load_tables=True).table_names if path.suffix == ".xlsx" else []
        assert sorted(read[str(path)]["exceljs"]["tables"]) == sorted(known), path.name
