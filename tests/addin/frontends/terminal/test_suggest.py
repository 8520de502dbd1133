"""champions suggest: nothing is written before it is accepted, and undo takes that back."""

from __future__ import annotations

import io
import json
import sys

import openpyxl
import pytest

from addin.frontends.terminal.main import main
from addin.hosts.file.host import ClosedHost
from addin.output.masterbook import write_master
from addin.schema import SuggestOutput
from workbook.blueprint import plan_book
from workbook.example import simulate
from workbook.model.registers import SupportLog


@pytest.fixture
def example(tmp_path):
    """The example, with the support need of its first entry typed otherwise: others say the same words."""
    path = tmp_path / "example.xlsx"
    made = simulate()
    write_master(path, plan_book(made.tables, made.until))
    book = openpyxl.load_workbook(path)
    sheet = book[SupportLog.sheet]
    at = {cell.value: cell.column for cell in sheet[5]}
    texts = [sheet.cell(row, at["What happened"]).value for row in range(6, 200)]
    row = next(n for n, text in enumerate(texts) if texts.count(text) > 1)
    sheet.cell(6 + row, at["Support need"]).value = "Trouble"
    book.save(path)
    return path, sheet.cell(6 + row, at["Support ID"]).value


def need(path, entry):
    return next(r for r in ClosedHost(path).read().rows(SupportLog) if r.id == entry).support_need


def test_what_is_accepted_is_entered_and_taken_back(example, capsys):
    path, entry = example
    before = path.read_bytes()
    assert main(["suggest", str(path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    SuggestOutput.model_validate(told)
    (one,) = [s for s in told["suggestions"] if s["id"] == entry]
    assert one["score"] > 0.8
    assert main(["suggest", str(path)]) == 0
    assert "Nothing was written" in capsys.readouterr().out
    assert path.read_bytes() == before
    assert main(["suggest", str(path), "--accept", entry.lower()]) == 0
    assert "Entered: 1 suggestion." in capsys.readouterr().out
    assert need(path, entry) == one["value"]
    assert main(["undo", str(path)]) == 0
    assert path.read_bytes() == before


class Terminal(io.StringIO):
    """Somebody at a terminal."""

    def isatty(self):
        return True


@pytest.mark.parametrize(("answer", "last"), [("yes", "Entered: 1 suggestion."), ("no", "Nothing was written.")])
def test_who_is_asked_is_told_afterwards_what_was_done(answer, last, example, capsys, monkeypatch):
    path, _ = example
    before = path.read_bytes()
    monkeypatch.setattr(sys, "stdin", Terminal(f"{answer}\nstop\n"))
    monkeypatch.setattr(sys, "stderr", Terminal())
    assert main(["suggest", str(path)]) == 0
    said = capsys.readouterr().out
    assert said.count("Nothing was written") == (answer == "no")
    assert said.rstrip().endswith(last)
    assert (path.read_bytes() == before) == (answer == "no")


def test_an_entry_for_which_nothing_is_suggested(example, capsys):
    path, _ = example
    before = path.read_bytes()
    assert main(["suggest", str(path), "--accept", "SU-0000"]) == 2
    assert "Nothing is suggested for SU-0000" in capsys.readouterr().err
    assert path.read_bytes() == before
