"""A workbook as pandas frames: each register a frame, each column of its own type."""

import datetime as dt

import openpyxl
import pandas as pd
import pytest

from addin.analysis import frames
from workbook.model.errors import BookUnusable
from workbook.model.registers import COMPUTED, REGISTERS, SETUP, SupportLog

DAY = dt.date(2026, 6, 30)


@pytest.fixture(scope="module")
def whole(example):
    return frames(example)


def test_each_register_is_a_frame_and_so_are_findings_results_and_reviews(whole):
    named = [register.table for register in (*SETUP, *REGISTERS, *COMPUTED)]
    assert list(whole) == [*named, "findings", "trigger_results", "reviews"]
    for register in REGISTERS:
        assert list(whole[register.table].columns) == ["Sheet row", *register.headers()]


def test_columns_have_their_types(whole):
    log, brief = whole["SupportLog"], whole["TrainingMatrix"]
    assert log["Date"].dtype == "datetime64[ms]"
    assert log["Sheet row"].dtype == log["Confidence before"].dtype == "Int64"
    assert log["Support ID"].dtype == log["Champion ID"].dtype == log["What happened"].dtype == "string"
    assert brief["Required"].dtype == "boolean"
    assert whole["ImplementationPlan"]["Protected hours per week"].dtype == "Float64"


def test_choices_are_ordered_as_the_contract_has_them_and_lists_are_not(whole):
    outcome, shift = whole["SupportLog"]["Outcome"].cat, whole["SupportLog"]["Shift"].cat
    assert outcome.ordered
    assert tuple(outcome.categories) == SupportLog.outcome.choices
    assert not shift.ordered
    assert {"Early", "Late"} <= set(shift.categories)
    asks = whole["trigger_results"]["state"]
    assert (asks == "raised").sum() == (asks <= "raised").sum() > 0, "raised comes first"


def test_a_blank_is_missing_and_nothing_is_lost(whole):
    log = whole["SupportLog"]
    assert log["Confidence before"].isna().any()
    assert log["Confidence before"].notna().any()
    assert len(log) == log["Support ID"].nunique() > 200


def test_looked_at_from_an_earlier_day_what_happened_later_is_left_out(example, whole):
    then = frames(example, dt.date(2026, 4, 1))
    assert then["SupportLog"]["Date"].max() <= pd.Timestamp(2026, 4, 1) < whole["SupportLog"]["Date"].max()
    assert len(then["Services"]) == len(whole["Services"])


def test_an_empty_workbook_has_the_same_frames_without_rows(empty, whole):
    found = frames(empty)
    assert {name: list(frame.columns) for name, frame in found.items()} == {
        name: list(frame.columns) for name, frame in whole.items()
    }
    assert found["SupportLog"].dtypes.astype(str).to_dict() == whole["SupportLog"].dtypes.astype(str).to_dict()


def test_what_is_no_workbook_is_said_in_words(tmp_path):
    path = tmp_path / "notes.xlsx"
    path.write_text("not a workbook", encoding="utf-8")
    with pytest.raises(BookUnusable):
        frames(path)


def test_a_mistyped_year_far_away_is_a_day_like_any(example, tmp_path):
    book = openpyxl.load_workbook(example)
    sheet = book[SupportLog.sheet]
    at = next(cell.column for cell in sheet[5] if cell.value == SupportLog.date.header)
    sheet.cell(6, at).value = dt.date(9999, 12, 31)
    book.save(tmp_path / "far.xlsx")
    log = frames(tmp_path / "far.xlsx")["SupportLog"]
    assert log["Date"].iloc[0].year == 9999
    assert log["Date"].iloc[1].year == 2026
