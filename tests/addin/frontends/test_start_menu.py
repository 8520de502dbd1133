"""The start menu's "New programme workbook"."""

from __future__ import annotations

import openpyxl
import pytest

from addin.frontends import start_menu
from workbook.model.errors import BookNotWritable


@pytest.fixture
def told(monkeypatch, tmp_path):
    said = []
    monkeypatch.setattr(start_menu, "_tell", said.append)
    monkeypatch.setattr("platformdirs.user_documents_dir", lambda: str(tmp_path))
    return said


def test_it_writes_a_workbook_under_a_name_that_is_free(told, tmp_path):
    (tmp_path / "Champion programme.xlsx").write_bytes(b"mine")
    assert start_menu.main() == 0
    assert "Start here" in openpyxl.load_workbook(tmp_path / "Champion programme 2.xlsx", read_only=True).sheetnames
    assert (tmp_path / "Champion programme.xlsx").read_bytes() == b"mine"
    assert "Champion programme 2.xlsx" in told[0]


def test_what_can_be_mended_is_told_in_words(told, monkeypatch):
    def refuse(folder):
        raise BookNotWritable("The disk is full.", next_step="Make room.")

    monkeypatch.setattr(start_menu, "new_workbook", refuse)
    assert start_menu.main() == 2
    assert told == ["The disk is full.\n\nMake room."]


def test_a_fault_of_ours_names_the_log(told, monkeypatch, tmp_path):
    monkeypatch.setattr("platformdirs.user_log_dir", lambda *a, **k: str(tmp_path))
    monkeypatch.setattr(start_menu, "new_workbook", lambda folder: 1 / 0)
    assert start_menu.main() == 3
    assert "faults.log" in told[0]
