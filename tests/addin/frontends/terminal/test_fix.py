"""champions fix, on a file: what it lists, writes and leaves, and that it is taken back whole."""

from __future__ import annotations

import datetime as dt
import json

import openpyxl
import pytest

from addin.frontends.terminal import main
from addin.hosts.file.host import ClosedHost
from addin.output.masterbook import write_master
from addin.schema import PUBLISHED
from workbook.blueprint import plan_book
from workbook.example import simulate
from workbook.model.registers import Checks, History, SupportLog

DAY = dt.date(2026, 6, 24)
TYPED = {
    SupportLog.date: "24/06/2026",
    SupportLog.outcome: "resovled",
    SupportLog.guidance_followed: "n/a",
    SupportLog.coaching_given: "none",
    SupportLog.champion_id: "DC-1",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("fix") / "programme.xlsx"
    example = simulate(weeks=4)
    write_master(path, plan_book(example.tables, example.until))
    book = openpyxl.load_workbook(path)
    sheet = book[SupportLog.sheet]
    header = next(r for r in range(1, 12) if sheet.cell(r, 1).value == SupportLog.support_id.header)
    at = {sheet.cell(header, c).value: c for c in range(1, sheet.max_column + 1)}
    for column, typed in TYPED.items():
        for row in (header + 1, header + 5):  # the first row shows its own formats, the others those of the first
            sheet.cell(row, at[column.header]).value = typed
    book.save(path)
    return path.read_bytes()


@pytest.fixture
def path(made, tmp_path):
    path = tmp_path / "programme.xlsx"
    path.write_bytes(made)
    return path


def entry(path):
    return ClosedHost(path).read().rows(SupportLog)[4]


def test_it_puts_right_what_is_certain_and_leaves_the_rest(path, capsys):
    before = path.read_bytes()
    assert main(["fix", str(path), "--dry-run"]) == 1
    assert path.read_bytes() == before
    assert main(["fix", str(path)]) == 1, "“none” may be an answer"
    said = capsys.readouterr().out
    assert "Left to you: 2" in said
    row = entry(path)
    assert (row.date, row.outcome, row.champion_id) == (DAY, "Resolved", "DC-001")
    snapshot = ClosedHost(path).read()
    assert not [p for p in snapshot.tables[SupportLog.table].problems if not p.usable]
    assert {(h.command, h.entry_id) for h in snapshot.rows(History)} == {("fix", "SU-0001"), ("fix", "SU-0005")}
    assert not [c for c in snapshot.rows(Checks) if c.entry_id == row.id and c.severity == "Must be mended"]
    sheet = openpyxl.load_workbook(path)[SupportLog.sheet]
    days = [cell for line in sheet.iter_rows() for cell in line if cell.value == dt.datetime(2026, 6, 24)]
    assert len([cell for cell in days if cell.is_date]) >= 2, "both are shown as dates"
    assert main(["undo", str(path)]) == 0
    assert path.read_bytes() == before


def test_all_of_it_or_one_sort_or_one_entry(path, capsys):
    assert main(["fix", str(path), "--only", "blanks", "--proposed"]) == 1
    row = entry(path)
    assert (row.guidance_followed, row.outcome) == (None, None)
    assert main(["fix", str(path), "--only", "su-0005"]) == 1
    assert entry(path).outcome == "Resolved"
    assert main(["fix", str(path), "--proposed"]) == 0
    assert main(["fix", str(path)]) == 0
    assert "Nothing to put right" in capsys.readouterr().out
    assert main(["fix", str(path), "--only", "SU-9999"]) == 2
    assert "no sort of mistake" in capsys.readouterr().err


def test_the_json_is_as_published(path, capsys):
    assert main(["fix", str(path), "--json", "--dry-run"]) == 1
    said = PUBLISHED["fix"].model_validate_json(capsys.readouterr().out)
    assert (said.counts.certain, said.counts.proposed, said.counts.made) == (8, 2, 8)
    assert main(["fix", str(path), "--json"]) == 1
    again = json.loads(capsys.readouterr().out)
    assert again["corrections"][0].keys() == said.corrections[0].model_dump().keys()
