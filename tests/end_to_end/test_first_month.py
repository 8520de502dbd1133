"""From an empty workbook to a board's decision, as a manager without IT goes: typed, pressed, taken back."""

from __future__ import annotations

import datetime as dt

import openpyxl
import pytest

from addin.hosts.file.host import ClosedHost
from addin.output.masterbook import write_master
from tests.addin.frontends.buttons.test_pressing import PretendedFront, WindowHost, press
from tests.support.builders import BASE, PEOPLE, SETTINGS
from workbook.blueprint import plan_book
from workbook.model.registers import Actions, Checks, History, SupportLog, Triggers, WorkforcePlan

DAY = dt.date(2026, 6, 29)
#: Ten entries as they are typed: an ID is left to the program, and some are typed as people type them.
ENTRIES = [
    {"Date": "29/06/2026"},
    {"Champion ID": "Champion Alpha"},
    {"Champion ID": "DC-2", "Staff member": "Carer Two"},
    {"Outcome": "resovled", "Staff member": "Carer Three"},
    {"Workflow": "care notes", "Staff member": "Carer Four"},
    {"Guidance followed": "N/A", "Staff member": "Carer Five"},
    {"Coaching given": "none", "Staff member": "Carer Six"},
    {"Date": "03/04/2026", "Staff member": "Carer Seven"},
    {"Service": "Oak House", "Staff member": "Carer Eight"},
    {"Staff member": "Carer Nine"},
]


def typed(path, **tables):
    """Types rows beneath the headings, as a person does in the first free row."""
    snapshot = ClosedHost(path).read()
    book = openpyxl.load_workbook(path)
    for table, rows in tables.items():
        data = snapshot.tables[table]
        for n, row in enumerate(rows, start=len(data.rows)):
            for header, value in row.items():
                at = data.column_at(header)
                book[data.sheet].cell(data.header_row + 1 + n, data.first_column + at).value = value
    for label, row in snapshot.setting_rows.items():
        book["Setup"].cell(row, 2).value = SETTINGS.get(label)
    book.save(path)


@pytest.fixture
def front(tmp_path):
    path = tmp_path / "programme.xlsx"
    write_master(path, plan_book())
    second = {"Champion ID": "DC-002", "Name": "Champion Beta"}
    prepared = ("RoleBriefs", "TrainingMatrix", "ReadinessLog", "ImplementationPlan", "ProtectedTime", "StartSignOff")
    typed(
        path,
        Services=[BASE["Services"]],
        People=PEOPLE,
        WorkforcePlan=[BASE["WorkforcePlan"], BASE["WorkforcePlan"] | second],
        Guidance=[BASE["Guidance"]],
        SupportLog=[BASE["SupportLog"] | {"Support ID": None} | entry for entry in ENTRIES],
        **{table: [BASE[table]] for table in prepared},
    )
    front = PretendedFront(path)
    front.host = WindowHost(path)
    return front


def must_be_mended(front):
    return [(row.in_column, row.entry_id) for row in front.host.read().rows(Checks) if row.severity == "Must be mended"]


def support(front):
    return [tuple(row) for row in front.host.read().rows(SupportLog)]


def ticked(question):
    return [n for n in range(len(question.lines)) if n not in question.unticked]


def test_from_an_empty_workbook_to_a_decision_and_back(front):
    press(front, "check")
    assert [row.support_id for row in front.host.read().rows(SupportLog)] == [f"SU-{n:04d}" for n in range(1, 11)]
    wrong = must_be_mended(front)
    assert {column for column, _ in wrong} >= {"Date", "Champion ID", "Outcome", "Service"}
    before = support(front)

    class Choosing(list):
        def append(self, question):
            super().append(question)
            front.chooses = ticked(question)

    front.questions = Choosing()
    press(front, "fix")
    (question,) = front.questions
    assert len(question.lines) == 8
    assert len(question.unticked) == 1, "“none” may be an answer"
    left = [("Champion ID", "SU-0003"), ("Date", "SU-0008")]
    assert must_be_mended(front) == left, "no sign-off yet; and 03/04/2026 is left to the person"
    fixed = front.host.read()
    rows = {row.support_id: row for row in fixed.rows(SupportLog)}
    assert rows["SU-0001"].date == DAY
    assert [rows[f"SU-000{n}"].champion_id for n in (2, 3)] == ["DC-001", "DC-002"]
    assert (rows["SU-0004"].outcome, rows["SU-0009"].service) == ("Resolved", "OAK")
    assert {row.command for row in fixed.rows(History) if row.in_column == "Outcome"} == {"fix"}
    after = support(front)

    press(front, "undo")
    assert (support(front), must_be_mended(front)) == (before, wrong), "taken back in one step"
    press(front, "undo")
    assert support(front) == after, "and there again"

    press(front, "triggers")
    raised = [row for row in front.host.read().rows(Triggers) if row.state == "Action needed"]
    assert any(row.trigger == "P1" and row.scope == "DC-002" for row in raised), "nobody gave them a role brief"
    assert front.host.read().rows(Actions), "an action is proposed"
    meeting = BASE["Meetings"] | {"Meeting ID": None, "Held on": DAY}
    decision = BASE["BoardDecisions"] | {"Decision ID": None, "Issue ID": None, "Trigger": "P1:DC-002"}
    typed(front.path, Meetings=[meeting | {"Meeting ID": "MT-001"}], BoardDecisions=[decision])
    press(front, "check")
    assert must_be_mended(front) == left

    front.questions, front.chooses = [], [0]
    held = front.path.read_bytes()
    press(front, "restore")
    (question,) = front.questions
    assert "Fix for me" in " ".join(question.lines)
    assert front.path.read_bytes() == held
    assert ClosedHost(front.opened[-1]).read().rows(WorkforcePlan), "the earlier state is a workbook of its own"
    assert front.said == []
