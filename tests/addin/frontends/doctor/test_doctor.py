"""champions doctor: what is wrong is told with what to do, and the support file tells nothing that anybody entered."""

from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.table import TableColumn

from addin.frontends.terminal import main
from addin.output.masterbook import write_master
from workbook.blueprint import plan_book
from workbook.example import simulate
from workbook.model.registers import BY_TABLE, SupportLog

MARK = "Zanzibar"


@pytest.fixture(scope="module")
def example(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("doctor") / "programme.xlsx"
    made = simulate(weeks=4)
    write_master(path, plan_book(made.tables, made.until))
    return path


def said(capsys, *words: str) -> tuple[int, str]:
    code = main(["doctor", *words])
    return code, capsys.readouterr().out


def test_a_sound_workbook_is_well(example, capsys):
    code, out = said(capsys, str(example))
    assert code == 0, out
    assert version("champion-workbook") in out
    assert "!!" not in out
    assert "The workbook" in out


def test_without_a_workbook_it_looks_at_the_program_alone(capsys):
    code, out = said(capsys)
    assert code == 0, out
    assert "The workbook" not in out
    assert "LibreOffice" in out, "on this system Excel does not run, and that is no fault"


def test_a_missing_or_older_library_is_told(monkeypatch, capsys):
    real = version

    def other(name: str) -> str:
        if name == "xlsxwriter":
            return "0.0.1"
        return real(name)

    monkeypatch.setattr("addin.frontends.doctor.program.version", other)
    code, out = said(capsys)
    assert code == 1
    assert "xlsxwriter is 0.0.1" in out
    assert "Install the program again" in out


def test_missing_templates_are_told(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr("addin.output.documents.places.template_dir", lambda: tmp_path)
    code, out = said(capsys)
    assert code == 1
    assert "Templates of documents are missing" in out


def test_a_file_that_is_no_workbook_is_told(tmp_path, capsys):
    path = tmp_path / "notes.xlsx"
    path.write_bytes(b"not a workbook")
    code, out = said(capsys, str(path))
    assert code == 1
    assert "What to do" in out


def test_a_lost_table_and_column_are_told(example, tmp_path, capsys):
    book = openpyxl.load_workbook(example)
    book.remove(book["Support log"])
    sheet = next(s for s in book if "TeamLeaderReviews" in s.tables)
    first = sheet[sheet.tables["TeamLeaderReviews"].ref.split(":")[0]]
    lost = first.offset(0, 2).value
    first.offset(0, 2).value = "Something else"
    sheet.tables["TeamLeaderReviews"].tableColumns[2].name = "Something else"
    path = tmp_path / "lost.xlsx"
    book.save(path)
    code, out = said(capsys, str(path))
    assert code == 1
    assert "SupportLog" in out
    assert lost in out
    assert "Something else" not in out


def test_a_path_that_excel_does_not_open_is_told(example, tmp_path, capsys):
    folder = tmp_path / ("f" * 110) / ("g" * 110)
    folder.mkdir(parents=True)
    path = folder / "programme.xlsx"
    path.write_bytes(example.read_bytes())
    code, out = said(capsys, str(path))
    assert code == 1
    assert "characters" in out


def planted(example: Path, folder: Path) -> tuple[Path, int]:
    """A workbook in which everything that people can write or name holds a mark; and how often."""
    book = openpyxl.load_workbook(example)
    count = 0
    for register in BY_TABLE.values():
        sheet = next((s for s in book if register.table in s.tables), None)
        if sheet is None:
            continue
        start, end = sheet.tables[register.table].ref.split(":")
        for row in sheet.iter_rows(min_row=sheet[start].row + 1, max_row=sheet[end].row):
            for cell in row:
                if isinstance(cell.value, str) and not cell.value.startswith("="):
                    cell.value = f"{MARK} {cell.value}"
                    count += 1
    support = next(s for s in book if SupportLog.table in s.tables)
    support["A1"].comment = Comment(f"{MARK} said so", MARK)
    table = support.tables[SupportLog.table]
    corner = support[table.ref.split(":")[1]]
    new = support.cell(support[table.ref.split(":")[0]].row, corner.column + 1, f"{MARK}'s column")
    table.tableColumns.append(TableColumn(id=len(table.tableColumns) + 1, name=new.value))
    table.ref = f"{table.ref.split(':')[0]}:{new.column_letter}{corner.row}"
    book.create_sheet(f"{MARK}'s sheet")["A1"] = MARK
    support.title = f"{MARK} log"
    book.properties.creator = MARK
    book.defined_names[MARK] = openpyxl.workbook.defined_name.DefinedName(MARK, attr_text="'Setup'!$A$1")
    path = folder / f"{MARK} programme.xlsx"
    book.save(path)
    return path, count


def test_the_support_file_holds_structure_and_never_content(example, tmp_path, monkeypatch, capsys):
    path, count = planted(example, tmp_path)
    assert count > 500
    monkeypatch.setattr("addin.frontends.terminal.doctor.user", lambda: MARK)
    monkeypatch.setenv("HOME", str(tmp_path / MARK))
    file = tmp_path / "support.txt"
    main(["doctor", str(path), "--support-file", str(file)])
    assert str(file) in capsys.readouterr().out
    text = file.read_text(encoding="utf-8")
    assert MARK.casefold() not in text.casefold()
    assert re.search(r"SupportLog: \d+ rows, header in row \d+, on another sheet than it was made on", text)
    assert "1 columns of people's own" in text
    assert version("xlwings") in text


def test_a_workbook_that_cant_be_read_still_gives_a_support_file(tmp_path, capsys):
    path = tmp_path / f"{MARK}.xlsx"
    path.write_bytes(b"not a workbook")
    file = tmp_path / "support.txt"
    assert main(["doctor", str(path), "--support-file", str(file)]) == 1
    text = file.read_text(encoding="utf-8")
    assert "can't be read: BookUnusable" in text
    assert MARK not in text


def test_a_support_file_replaces_nothing(tmp_path, capsys):
    file = tmp_path / "mine.txt"
    file.write_text("mine", encoding="utf-8")
    assert main(["doctor", "--support-file", str(file)]) == 2
    assert file.read_text(encoding="utf-8") == "mine"
