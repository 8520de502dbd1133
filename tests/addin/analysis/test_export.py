"""champions export: the same tables as files, which other programs read and `import` takes back as they were."""

import csv
import json
import sys

import openpyxl
import pandas as pd
import pytest

from addin.analysis import frames
from addin.frontends.terminal import main
from addin.schema import PUBLISHED
from workbook.model.registers import SupportLog

DAY = ["--as-of", "2026-06-30"]


def exported(book, out, *words):
    assert main(["export", str(book), "--out", str(out), *words]) == 0
    return out


def read(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def odd(example, tmp_path):
    """The example with a text that Excel would take for a formula."""
    book = openpyxl.load_workbook(example)
    sheet = book[SupportLog.sheet]
    headers = {cell.value: cell.column for cell in sheet[5]}
    cell = sheet.cell(6, headers[SupportLog.what_happened.header])
    cell.value, cell.data_type = "=SUM(1,2) was in the note", "s"
    path = tmp_path / "odd.xlsx"
    book.save(path)
    return path


def test_csv_has_a_file_a_table_with_the_workbooks_own_headers(example, tmp_path):
    before = example.read_bytes()
    out = exported(example, tmp_path / "out")
    rows = read(out / "SupportLog.csv")
    assert list(rows[0]) == ["Sheet row", *SupportLog.headers()]
    assert rows[0]["Support ID"] == "SU-0001"
    assert rows[0]["Date"] == "2026-02-18"
    assert {p.stem for p in out.iterdir()} == set(frames(example))
    assert example.read_bytes() == before


def test_no_text_is_a_formula_in_excel_and_import_takes_it_back_as_it_was(odd, tmp_path, capsys):
    out = exported(odd, tmp_path / "out")
    assert read(out / "SupportLog.csv")[0]["What happened"] == "'=SUM(1,2) was in the note"
    assert main(["import", str(odd), str(out / "SupportLog.csv"), "--into", "SupportLog", "--json", *DAY]) == 0
    counts = json.loads(capsys.readouterr().out.split("\n", 2)[2])["counts"]
    assert counts["already_there"] == counts["rows"] > 200


def test_json_is_what_its_schema_says_and_has_every_row(example, tmp_path):
    out = exported(example, tmp_path / "out", "--format", "json", *DAY)
    written = json.loads((out / "export.json").read_text(encoding="utf-8"))
    assert PUBLISHED["export"].model_validate(written).model_dump(mode="json") == written
    rows = {table["name"]: len(table["rows"]) for table in written["tables"]}
    assert rows["SupportLog"] == len(frames(example)["SupportLog"])


def test_parquet_gives_the_same_frames(example, tmp_path):
    out = exported(example, tmp_path / "out", "--format", "parquet")
    for name in ("SupportLog", "ImprovementLog", "trigger_results", "Checks"):
        pd.testing.assert_frame_equal(pd.read_parquet(out / f"{name}.parquet"), frames(example)[name])


def test_a_folder_that_holds_an_export_is_left_as_it_is(example, tmp_path, capsys):
    out = exported(example, tmp_path / "out")
    (out / "Actions.csv").write_text("mine", encoding="utf-8")
    (out / "SupportLog.csv").unlink()
    assert main(["export", str(example), "--out", str(out)]) == 2
    assert "holds an export already" in capsys.readouterr().err
    assert (out / "Actions.csv").read_text(encoding="utf-8") == "mine"
    assert not (out / "SupportLog.csv").exists()


@pytest.mark.parametrize("library", ["pandas", "pyarrow"])
def test_without_the_library_parquet_says_what_to_install_and_csv_needs_it_not(
    library, example, tmp_path, capsys, monkeypatch
):
    monkeypatch.setitem(sys.modules, library, None)
    assert main(["export", str(example), "--out", str(tmp_path / "a"), "--format", "parquet"]) == 2
    assert "champion-workbook[analysis]" in capsys.readouterr().err
    assert not (tmp_path / "a").exists()
    exported(example, tmp_path / "b")
