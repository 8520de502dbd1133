"""The workbook open in a real window of LibreOffice, and every button pressed with the mouse: a manager's afternoon."""

from __future__ import annotations

import os
import signal

import pytest

from tests.support.toolbar_desk import example_on_a_desk
from workbook.documents.catalogue import BY_ID, DOCUMENTS
from workbook.model.cell_address import letters
from workbook.model.registers import Checks, Documents, ReviewsDue, SupportLog, Triggers

pytestmark = pytest.mark.libreoffice
#: A number as the health service gives them to people, which must not stand in an entry.
WRONG = "Helped with the chart of resident 943 476 5919."
MENDED = "Helped with a resident's chart."
HEADER = 5
#: The line of the minutes in the menu beside Make documents; the first is of all that are called for.
MINUTES = DOCUMENTS.index(BY_ID["board-minutes"]) + 2
ENTRY = HEADER + 1


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    with example_on_a_desk(tmp_path_factory.mktemp("live")) as opened:
        yield opened


def pressed(desk, label):
    """Presses a button, and gives what it says when it is done."""
    desk.ready()
    desk.click(label)
    said = desk.message()
    desk.ready()
    return said


def table(desk, register):
    """The rows of a register's sheet in front, by header, each with the number of its row."""
    seen = desk.seen()
    assert seen["sheet"] == register.sheet
    headers = seen["rows"][HEADER - 1]
    rows = enumerate(seen["rows"][HEADER:], start=HEADER + 1)
    return [{**dict(zip(headers, row, strict=True)), "": n} for n, row in rows if any(row)]


def place(register, column):
    return letters(register.columns.index(column) + 1)


def about_the_number(desk):
    """The findings about a person's number in what happened."""
    happened = SupportLog.what_happened.header
    return [
        row
        for row in table(desk, Checks)
        if row[Checks.in_column.header] == happened and "NHS" in row[Checks.what_is_wrong.header]
    ]


def test_a_wrong_entry_is_found_reached_by_its_link_and_mended(desk):
    assert "please look" in pressed(desk, "Check entries")
    assert about_the_number(desk) == []
    cell = f"{place(SupportLog, SupportLog.what_happened)}{ENTRY}"
    desk.go(SupportLog.sheet, cell)
    desk.type(WRONG)  # no Return: what is being typed is taken when the button is pressed
    pressed(desk, "Check entries")
    (finding,) = about_the_number(desk)
    assert finding[Checks.entry_row.header] == ENTRY

    link = f"{place(Checks, Checks.go_to)}{finding['']}"
    desk.go(Checks.sheet, link)
    desk.follow(link)
    reached = desk.wait_until(lambda seen: seen["sheet"] == SupportLog.sheet)
    assert reached["cell"].endswith(cell[0] + f"${ENTRY}"), "the link leads to the very cell"

    desk.type(MENDED)
    desk.press("Return", wait=0.3)
    pressed(desk, "Check entries")
    assert about_the_number(desk) == []


def test_one_service_is_checked_from_the_menu_beside_the_button(desk):
    desk.ready()
    desk.choose_beside("Check entries", 2)
    assert desk.message().strip().startswith("OAK: ")
    assert desk.seen()["sheet"] == Checks.sheet


def test_triggers_are_computed_and_explained(desk):
    assert "for action" in pressed(desk, "Compute triggers")
    first = table(desk, Triggers)[0]
    assert desk.seen()["cell"].endswith(f"$A${first['']}")
    told = pressed(desk, "Explain")
    assert first[Triggers.result_key.header] in told
    assert "Cleared when" in told


def test_what_waits_is_said(desk):
    assert "1. " in pressed(desk, "This week")
    assert "late" in pressed(desk, "Reviews due")
    assert desk.seen()["sheet"] == ReviewsDue.sheet
    desk.click("Bring back")
    (offered,) = desk.wait_until(lambda seen: bool(seen["messages"]))["messages"]
    assert "before Check entries" in offered, "each press keeps the workbook as it was"
    desk.press("Escape")
    desk.ready()
    assert pressed(desk, "Is all well?")


def test_the_minutes_are_made_and_the_entry_taken_back(desk):
    desk.ready()
    desk.choose_beside("Make documents", MINUTES)
    said = desk.message()
    (made,) = (desk.path.parent / "Documents").glob("*minutes*.docx")
    assert made.name in said
    desk.close_shown(made.name)
    desk.ready()
    desk.go(Documents.sheet, "A6")
    assert [row[Documents.document.header] for row in table(desk, Documents)] == ["board-minutes"]
    assert "Taken back: Make documents" in pressed(desk, "Take back")
    assert desk.seen()["sheet"] != Documents.sheet, "hidden again, which it is only without an entry"
    assert made.exists(), "documents that a run made stay"


def test_the_workbook_on_the_disk_is_left_to_the_person(desk):
    before = desk.path.stat().st_mtime_ns
    pressed(desk, "Check entries")
    assert desk.path.stat().st_mtime_ns == before


def test_one_process_does_press_after_press_and_killed_the_next_press_has_another(desk):
    pressed(desk, "This week")
    before = desk.stays
    pressed(desk, "This week")
    assert desk.stays == before
    os.kill(before, signal.SIGKILL)
    assert "1. " in pressed(desk, "This week")
    assert desk.stays != before


# The last one: the window that it opens stays.
def test_a_new_workbook_opens(desk):
    desk.ready()
    desk.click("New workbook")
    desk.wait_until(lambda seen: "Champion programme" in seen["title"] and bool(seen["buttons"]))
    desk.ready()
    assert desk.seen()["sheet"] == "Start here"
