"""champions history: who changed what, and when."""

from __future__ import annotations

import json

import openpyxl
import pytest

from addin.frontends.terminal import main
from addin.schema import PUBLISHED
from tests.support.builders import rows_like
from tests.support.contract_builder import build


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    tables = {"Services": rows_like("Services", [{}]), "Actions": rows_like("Actions", [{"Status": "open"}, {}])}
    path = build(tmp_path_factory.mktemp("history") / "book.xlsx", tables, computed=True)
    assert main(["fix", str(path), "--proposed", "--as-of", "2026-06-30"]) in {0, 1}
    return path.read_bytes()


@pytest.fixture
def path(made, tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(made)
    return path


def told(capsys, *words, code=0):
    capsys.readouterr()
    found = main(["history", *map(str, words)])
    out = capsys.readouterr()
    assert found == code, out.out + out.err
    return out


def test_it_says_who_changed_what_and_what_stood_there(path, capsys):
    found = json.loads(told(capsys, path, "--json").out)
    PUBLISHED["history"].model_validate_json(json.dumps(found))
    (entry,) = [e for e in found["entries"] if e["column"] == "Status"]
    assert (entry["command"], entry["table"], entry["before"], entry["after"]) == ("fix", "Actions", "open", "Open")
    assert entry["who"]
    assert entry["when"]
    words = told(capsys, path, "--all").out
    assert "AC-001, Status" in words
    assert "open" in words


def test_it_tells_of_one_entry_and_says_when_there_is_none(path, capsys):
    assert json.loads(told(capsys, path, "--json", "--id", "ac-001").out)["entries"]
    assert json.loads(told(capsys, path, "--json", "--id", "AC-002").out)["entries"] == []
    assert "Nothing was changed" in told(capsys, path, "--id", "AC-002").out
    assert "AC-999" in told(capsys, path, "--id", "AC-999", code=2).err


def test_it_writes_nothing(path, capsys):
    before = path.read_bytes(), sorted(path.parent.rglob("*"))
    told(capsys, path)
    assert (path.read_bytes(), sorted(path.parent.rglob("*"))) == before


def test_a_line_that_somebody_added_is_not_shown_without_a_word(path, capsys):
    book = openpyxl.load_workbook(path)
    (status,) = [cell for row in book["Actions"].iter_rows() for cell in row if cell.value == "Open"][:1]
    status.value = "open"
    book.save(path)
    assert main(["fix", str(path), "--proposed", "--as-of", "2026-06-30"]) in {0, 1}
    beside = path.parent / ".champions" / "book.xlsx.history.jsonl"
    last = json.loads(beside.read_text(encoding="utf-8").splitlines()[-1])
    added = last | {"number": last["number"] + 1, "who": "Somebody", "digest": "x", "link": "y"}
    with beside.open("a", encoding="utf-8") as file:
        file.write(f"{json.dumps(added)}\n")
    assert f"not whole, from entry {added['number']} on" in told(capsys, path).err
    assert "not whole" in told(capsys, path, "--id", "AC-001").err
