"""Several changes as one step: all or nothing, whoever dies, and nothing that was switched off stays so."""

from __future__ import annotations

import ast
import contextlib
import os
import signal
import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest

from addin.calc import NotDone, agent, undo_step
from addin.calc.agent.protocol import CHANGING
from addin.calc.client import Client

pytestmark = pytest.mark.libreoffice

OPERATIONS = Path(agent.__file__).parent / "operations"


def health(book):
    """What must be as it was: drawing, computing, the sheets' protection, and the steps that can be undone."""
    do = book.api.do
    protected = [sheet.api.protected for sheet in book.sheets]
    return do("screen_locked"), book.impl.automatic, protected, do("undo_titles"), do("book")["modified"]


def test_what_can_be_gathered_are_operations():
    found = set()
    for place in OPERATIONS.glob("*.py"):
        for node in ast.parse(place.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and any(
                getattr(d, "id", "") == "operation" for d in node.decorator_list
            ):
                found.add(node.name)
    assert found >= CHANGING


def test_what_is_read_within_is_as_it_was_and_all_is_there_afterwards(sheet):
    sheet["A1"].value = "before"
    with undo_step(sheet.book, "Step"):
        sheet["A1"].value = "after"
        added = sheet.book.sheets.add("Extra", after=sheet)
        added["B2"].value = [[1, "=B2*2"]]
        added.tables.add(source=added["B2:C3"], name="Things")
        assert sheet["A1"].value == "before"
        assert sheet.book.sheet_names == [sheet.name]
    assert sheet["A1"].value == "after"
    assert sheet.book.sheets["Extra"].tables["Things"].range.address == "$B$2:$C$3"
    assert sheet.book.sheets["Extra"]["C2"].value == 2
    assert sheet.book.api.do("undo_titles") == ["Step", "Input"]
    sheet.book.impl.undo()
    assert (sheet["A1"].value, sheet.book.sheet_names) == ("before", [sheet.name])


#: What is done before something fails.
_FIRST = (
    ("unprotect_sheet", {}),
    ("write", {"area": (0, 0, 0, 0), "rows": [["after"]]}),
    ("set_property", {"name": "Mark", "text": "set"}),
    ("add_sheet", {"name": "Extra", "beside": "Sheet1", "after": True}),
)


def _on(sheet, do):
    return {"sheet": sheet.name} if do in {"unprotect_sheet", "write"} else {}


def test_one_that_fails_leaves_nothing_and_nothing_can_be_made_again(sheet):
    sheet["A1"].value = "before"
    sheet.api.protect()
    before = health(sheet.book)
    for first in ((), _FIRST):
        steps = [*first, ("add_sheet", {"name": sheet.name, "beside": sheet.name, "after": True})]
        with pytest.raises(NotDone, match="already"):
            sheet.book.api.do("together", title="Step", steps=[(do, named | _on(sheet, do)) for do, named in steps])
        assert health(sheet.book) == before
        assert (sheet["A1"].value, sheet.book.sheet_names) == ("before", [sheet.name])
        assert sheet.book.api.do("properties") == {}
        with pytest.raises(NotDone):
            sheet.book.impl.redo()


def test_an_error_within_writes_nothing(sheet):
    def fail():
        with undo_step(sheet.book, "Step"):
            sheet["A1"].value = "never"
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert sheet["A1"].value is None
    assert sheet.book.api.do("undo_titles") == []


def test_only_what_changes_a_spreadsheet_can_be_a_step(sheet):
    for word in ("close_book", "save_book", "together", "nothing"):
        with pytest.raises(NotDone, match=word):
            sheet.book.api.do("together", title="Step", steps=[[word, {}]])


def test_a_request_that_is_not_whole_does_nothing(app, sheet):
    client = app.impl.client
    before = health(sheet.book)
    with contextlib.closing(Client(client.address, token_of(app))) as dying:
        message = b'{"do":"together","with":{}}'
        dying._pipe.sendall(struct.pack(">I", len(message)) + message[:-5])
    assert health(sheet.book) == before


def token_of(app):
    return app.impl.office.token


_DYING = """
import sys, time
from addin.calc.client import Client
client = Client(sys.argv[1], sys.argv[2])
uid, sheet = sys.argv[3], sys.argv[4]
rows = [["x"] * 20] * 200
while True:
    steps = [["write", {"sheet": sheet, "area": [0, n * 20, 199, n * 20 + 19], "rows": rows}] for n in range(10)]
    print("now", flush=True)
    client.do("together", uid=uid, title="Step", steps=steps)
    client.do("together", uid=uid, title="Back", steps=[["clear", {"sheet": sheet, "area": [0, 0, 199, 199]}]])
"""


def test_a_caller_that_is_killed_leaves_all_or_nothing(app, sheet):
    words = [sys.executable, "-c", _DYING, app.impl.client.address, token_of(app), sheet.book.impl.uid, sheet.name]
    left = set()
    for n in range(6):
        with subprocess.Popen(words, stdout=subprocess.PIPE) as dying:
            dying.stdout.readline()
            time.sleep(0.03 * n)
            os.kill(dying.pid, signal.SIGKILL)
        filled = {cell for row in sheet["A1:GR200"].value for cell in row}
        assert filled in ({"x"}, {None})
        left |= filled
        locked, automatic, _, titles, _ = health(sheet.book)
        assert (locked, automatic) == (False, True)
        if titles:
            sheet.book.impl.undo()
            sheet.book.impl.redo()
        sheet["A1:GR200"].clear_contents()


def test_what_a_caller_stopped_goes_on_when_it_ends(app, sheet):
    other = Client(app.impl.client.address, token_of(app))
    other.do("lock_screen", uid=sheet.book.impl.uid, locked=True)
    other.do("status", uid=sheet.book.impl.uid, words="Working")
    assert sheet.book.api.do("screen_locked")
    other.close()
    until = time.monotonic() + 10
    while sheet.book.api.do("screen_locked") and time.monotonic() < until:
        time.sleep(0.02)
    assert not sheet.book.api.do("screen_locked")


def test_nothing_is_done_where_a_sheet_was_changed_since_it_was_read(sheet):
    sheet["A1"].value = [["Id", "Name"], ["A", 1]]
    table = sheet.tables.add(source=sheet["A1:B2"], name="Things")
    changes = (
        lambda: setattr(sheet["D9"], "value", "typed"),
        lambda: setattr(sheet["D9"], "formula", '="typed"'),
        lambda: table.resize(sheet["A1:B3"]),
        lambda: setattr(sheet, "name", "Another"),
    )
    for change in changes:
        known = sheet.book.impl.standing
        change()
        with pytest.raises(NotDone) as told, sheet.book.impl.undo_step("Step", standing=known):
            sheet["A9"].value = "never"
        assert told.value.kind == "Changed"
        assert sheet["A9"].value is None
    with sheet.book.impl.undo_step("Step", standing=sheet.book.impl.standing):
        sheet["A9"].value = "written"
    assert sheet["A9"].value == "written"


def test_how_it_and_every_other_spreadsheet_compute_stays(app, sheet):
    other = app.books.add()
    other.impl.automatic = False
    with undo_step(sheet.book, "Step"):
        sheet["A1"].value = [[1, "=A1+1"]]
    assert (sheet.book.impl.automatic, other.impl.automatic) == (True, False)
    assert sheet["B1"].value == 2
    sheet.book.impl.automatic = False
    with undo_step(sheet.book, "Step"):
        sheet["A1"].value = 5
    assert (sheet.book.impl.automatic, other.impl.automatic) == (False, False)
    other.close()
