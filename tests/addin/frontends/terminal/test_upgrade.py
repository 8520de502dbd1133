"""champions upgrade: a workbook of layout 1 gets what it lacks, and keeps all that is its owner's."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import PatternFill

from addin.frontends.terminal import main
from addin.hosts.file.host import ClosedHost
from addin.lossless import Book
from addin.schema import PUBLISHED
from tests.support.excel_limits import problems
from workbook.blueprint import LAYOUT_VERSION
from workbook.model.registers import BoardDecisions, History, OutcomeMeasures, Programme, Thresholds
from workbook.model.snapshot import LAYOUT_PROPERTY

#: The workbook as it was given out with layout 1.
OLD = Path(__file__).resolve().parents[3] / "support" / "older" / "layout_1.xlsx"


@pytest.fixture
def path(tmp_path):
    return Path(shutil.copy(OLD, tmp_path / "programme.xlsx"))


@pytest.fixture
def upgrade(path, capsys):
    def run(*words, code=0):
        capsys.readouterr()
        found = main(["upgrade", str(path), "--json", *words])
        out = capsys.readouterr()
        assert found == code, out.err + out.out
        return json.loads(out.out) if out.out else out.err

    return run


def cells(path, sheet):
    return [[c.value for c in row] for row in openpyxl.load_workbook(path)[sheet].iter_rows()]


def marked(path, layout):
    book = Book(path.read_bytes())
    book.set_properties({LAYOUT_PROPERTY: layout})
    with path.open("r+b") as file:
        book.write(file)
        file.truncate()


def test_it_adds_what_is_lacking_and_undo_takes_it_back(path, upgrade):
    before = path.read_bytes()
    shown = upgrade("--dry-run")
    PUBLISHED["upgrade"].model_validate_json(json.dumps(shown))
    assert path.read_bytes() == before
    done = upgrade()
    assert (done["from"], done["to"], done["changes"]) == ("1", LAYOUT_VERSION, shown["changes"])
    kinds = {(step["kind"], step["table"], step["column"]) for step in done["changes"]}
    assert {
        ("column", BoardDecisions.table, "Follows on"),
        ("column", OutcomeMeasures.table, "Limits anew from"),
        ("column", History.table, "Source"),
        ("setting", Programme.table, "Date order"),
        ("table", "AwayReasons", None),
    } <= kinds
    assert ("sheet", None, None) in kinds
    after = ClosedHost(path).read()
    assert after.properties[LAYOUT_PROPERTY] == LAYOUT_VERSION
    assert "AwayReasons" in after.list_tables
    assert after.tables[History.table].sheet == History.sheet
    assert "Date order" in after.setting_rows
    assert after.sheets >= {"Programme at a glance", "Champion card"}
    assert problems(path.read_bytes()) == [], "the old one had a sheet name that Excel keeps for itself"
    assert upgrade()["changes"] == [], "twice does nothing"
    assert main(["undo", str(path)]) == 0
    assert path.read_bytes() == before


def test_an_owners_sheets_values_and_colours_stay(path, upgrade):
    book = openpyxl.load_workbook(path)
    book.create_sheet("My notes")["B2"] = "=1+1"
    lists = book["Lists"]
    lists.cell(6, 1).value, lists.cell(6, 1).fill = "Sheltered housing", PatternFill("solid", fgColor="00FF00")
    book.save(path)
    before = cells(path, "My notes"), cells(path, "Lists")
    upgrade()
    after = openpyxl.load_workbook(path)
    assert cells(path, "My notes") == before[0]
    assert [row[: len(before[1][0])] for row in cells(path, "Lists")][: len(before[1])] == before[1]
    assert after["Lists"].cell(6, 1).fill.fgColor.rgb == "0000FF00"


def test_a_heading_that_was_renamed_is_named_and_not_guessed_at(path, upgrade, capsys):
    book = openpyxl.load_workbook(path)
    sheet = book[BoardDecisions.sheet]
    at = next(c for row in sheet.iter_rows(max_row=8) for c in row if c.value == BoardDecisions.owner.header)
    at.value = "Owners"
    table = sheet.tables[BoardDecisions.table]
    next(c for c in table.tableColumns if c.name == BoardDecisions.owner.header).name = "Owners"
    book.save(path)
    done = upgrade(code=1)
    (step,) = [step for step in done["changes"] if step["kind"] == "renamed"]
    assert step["column"] == BoardDecisions.owner.header
    assert "Owners" in step["words"]
    data = ClosedHost(path).read().tables[BoardDecisions.table]
    assert BoardDecisions.owner.header not in data.headers
    assert "Champion card" not in Book(path.read_bytes()).sheets, "its formulas need every column"
    assert main(["upgrade", str(path)]) == 1
    assert "Please look" in capsys.readouterr().out


def test_a_workbook_that_says_no_layout_is_looked_at_all_the_same(path, upgrade):
    book = openpyxl.load_workbook(path)
    del book.custom_doc_props[LAYOUT_PROPERTY]
    book.save(path)
    done = upgrade("--dry-run")
    assert done["from"] is None
    assert any(step["column"] == "Follows on" for step in done["changes"])


def test_no_other_command_sets_the_layout(path):
    assert main(["check", str(path), "--as-of", "2026-06-30"]) in {0, 1}
    assert ClosedHost(path).read().properties[LAYOUT_PROPERTY] == "1"


def test_a_later_layout_is_read_by_every_command_and_written_by_none(path, upgrade, tmp_path, capsys):
    marked(path, "99")
    before = path.read_bytes()
    words = upgrade(code=2)
    assert "layout 99" in words
    assert "newest version" in words
    list_file = tmp_path / "list.csv"
    list_file.write_text("Name\nOak House\n", encoding="utf-8")
    accept = ["suggest", "--accept", "SU-0001"]
    for command in (
        ["fix"],
        accept,
        ["import", str(list_file), "--into", "Services"],
        ["read-minutes", str(list_file)],
    ):
        assert main([command[0], str(path), *command[1:]]) == 2
        assert "layout 99" in capsys.readouterr().err
    for command in ("check", "triggers"):
        assert main([command, str(path), "--as-of", "2026-06-30"]) in {0, 1}
        assert "Nothing was written" in capsys.readouterr().err
    assert main(["history", str(path)]) == 0
    assert path.read_bytes() == before


def test_the_old_workbook_is_the_older_one():
    snapshot = ClosedHost(OLD).read()
    assert snapshot.properties[LAYOUT_PROPERTY] == "1"
    assert snapshot.tables[History.table].sheet == "History"
    assert len(snapshot.rows(Thresholds)) > 10
