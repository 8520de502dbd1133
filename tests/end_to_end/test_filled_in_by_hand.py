"""A manager who has never seen the workbook fills it in, in a real window, and finds what is missing and the picture.

What is typed here is what the headings, drop-downs and messages of the workbook suggest; nothing else is known of it.
"""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import warnings

import openpyxl
import pytest

from addin.hosts.file.host import ClosedHost
from tests.support.desk import Desk, need_desk
from workbook.model.registers import ImprovementLog, SupportLog, TrainingMatrix, WorkforcePlan

pytestmark = pytest.mark.libreoffice
TODAY = dt.date.today()
AGO = {days: (TODAY - dt.timedelta(days)).strftime("%d/%m/%Y") for days in (1, 2, 30, 40, 60)}


def champions(*words):
    return subprocess.run(
        [sys.executable, "-m", "addin.frontends.terminal", *words], capture_output=True, text=True, check=False
    )


def opened(path, **options):
    with warnings.catch_warnings():
        # openpyxl has no word for a print area of whole columns, which is what LibreOffice writes.
        warnings.filterwarnings("ignore", "Print area cannot be set")
        return openpyxl.load_workbook(path, **options)


def fill_in(desk):
    """Setup, a shift of one's own, a champion, a training record, a support entry and an issue."""
    desk.go("Setup", "D6")
    desk.enter("OAK", "Oak House")
    desk.choose(1)
    desk.enter("Mary Manager", "", AGO[30], "", "Yes")
    desk.go("Setup", "M6")
    desk.enter("Mary Manager", "Registered manager")
    desk.go("Lists", "E11")
    desk.enter("Twilight")
    desk.go("Workforce plan", "A6")
    desk.enter("DC-001", "Ann Champion", "Senior carer", "OAK", "Twilight", "", "Knows everyone.", "5", "4")
    desk.choose(1)
    desk.enter(AGO[60], "Active")
    desk.go("Training matrix", "B6")
    desk.choose(1)
    desk.choose(4)
    desk.enter("Yes", "Tom Trainer", "Internal", AGO[40])
    desk.go("Support log", "A6")
    desk.enter("SU-0001", AGO[1], "Early", "OAK", "DC-001", "Carer 3", "Care notes", "Logging in", "Forgot the PIN.")
    desk.go("Support log", "M6")
    desk.enter("No", "", "Resolved", "", "2", "4", "Yes")
    desk.go("Improvement log", "A6")
    desk.enter("IM-001", AGO[2], "DC-001", "OAK", "System issue", "Care notes", "PIN resets take a day.")


def test_a_newcomer_fills_it_in_and_sees_what_is_missing_and_the_whole_picture(tmp_path):
    need_desk()
    path = tmp_path / "programme.xlsx"
    assert champions("new", str(path)).returncode == 0
    with Desk(path) as desk:
        fill_in(desk)
        desk.go("Support log", "R7")
        assert desk.refused("9") == "Confidence after"
        desk.go("Workforce plan", "A7")
        assert desk.refused("DC-001") == "Champion ID"
        desk.go("Workforce plan", "E7")
        assert desk.refused("Dawn") == "Usual shift"
        desk.go("Support log", "B7")
        assert desk.refused("32/01/2026") == "Date"
        desk.save()
    _holds_what_was_typed(ClosedHost(path).read())
    _shows_what_is_missing_and_the_picture(opened(path, data_only=True))
    _program_goes_on_from_there(path)


def _holds_what_was_typed(snapshot):
    (champion,) = snapshot.rows(WorkforcePlan)
    assert (champion.champion_id, champion.identified_by, champion.status) == ("DC-001", "Mary Manager", "Active")
    assert champion.usual_shift == "Twilight", "the drop-down took the word that was added to its list"
    (training,) = snapshot.rows(TrainingMatrix)
    assert (training.champion_id, training.module) == ("DC-001", "Coaching colleagues")
    assert training.planned_on == TODAY - dt.timedelta(40)
    (support,) = snapshot.rows(SupportLog)
    assert (support.date, support.confidence_after) == (TODAY - dt.timedelta(1), 4)
    (issue,) = snapshot.rows(ImprovementLog)
    assert (issue.raised_by, issue.safe_recording_affected) == ("DC-001", None)


def _shows_what_is_missing_and_the_picture(book):
    assert book["Improvement log"]["D3"].value == "1 entry, 2 cells still to fill in"
    assert book["Training matrix"]["D3"].value == "1 entry, 1 overdue"
    assert book["Workforce plan"]["B3"].value == "Next ID: DC-002"
    listed = {row[1].value: [c.value for c in row[5:8]] for row in book["Start here"].iter_rows(min_row=24)}
    assert listed["Improvement log"] == [1, 2, 0]
    assert listed["Training matrix"] == [1, 0, 1]
    dashboard = {c.value: c for row in book["Dashboard"]["A5:M5"] for c in row if c.value}
    figures = {label: book["Dashboard"].cell(6, cell.column).value for label, cell in dashboard.items()}
    assert (figures["Champions acting"], figures["Training complete"]) == (1, "0 of 1")
    assert (figures["Open issues"], figures["Confidence after support"]) == (1, 4)


def _program_goes_on_from_there(path):
    """What LibreOffice saved is checked, and the blank id of the training record is given."""
    assert champions("check", str(path)).returncode == 1
    assert champions("triggers", str(path)).returncode in (0, 1)
    snapshot = ClosedHost(path).read()
    assert [row.training_id for row in snapshot.rows(TrainingMatrix)] == ["TR-001"]
    assert not {"Checks", "Triggers", "Protected time"} & snapshot.hidden
    week = opened(path)["Start here"]
    assert any(week.cell(row, 2).hyperlink for row in range(6, 13))
