"""What the page is answered: the same as in the terminal, in words where it can't be done."""

import json
import subprocess
import sys

import pytest

from addin.frontends import answer_tables
from addin.frontends.page import desk as desks
from addin.frontends.page.desk import Desk
from addin.frontends.page.words import page_words
from addin.frontends.terminal import main
from tools.page import PAGE, project_wheel
from workbook.commands import COMMANDS_BY_NAME
from workbook.rules import checks

GIVEN = {
    "name": "example.xlsx",
    "day": "2026-06-30",
    "today": "2026-06-30",
    "who": "Tester",
    "when": "2026-06-30T09:14:00+01:00",
}


def ask(desk, do, data=None, **more):
    return json.loads(desk.ask(json.dumps({**GIVEN, "do": do, **more}), data))


@pytest.fixture(scope="module")
def opened():
    told = []
    desk = Desk(told.append)
    return desk, ask(desk, "example"), told


def test_the_example_is_read_without_writing_and_goes_on_in_words(opened):
    desk, answer, told = opened
    assert not answer["undo"]
    assert answer["day_shown"] == "30 Jun 2026"
    assert [name for name, found in answer["sections"].items() if not found["rows"]] == []
    assert len(answer["sections"]["week"]["rows"]) == 7
    assert {"Reading example.xlsx", "Checking entries", "Computing triggers"} <= set(told)
    assert desk.content[:2] == b"PK"


def test_check_triggers_and_take_back_go_like_the_terminals(opened, tmp_path, capsys):
    desk, first, _ = opened
    before = desk.content
    path = tmp_path / "example.xlsx"
    path.write_bytes(before)
    main(["check", str(path), "--as-of", GIVEN["day"], "--no-write", "--json"])
    said = json.loads(capsys.readouterr().out)
    messages = [row[3] for row in first["sections"]["check"]["rows"]]
    assert messages == [finding["message"] for finding in said["findings"]][: desks.MOST_LINES]
    assert ask(desk, "triggers")["written"]
    assert desk.content != before
    ask(desk, "undo")
    assert desk.content == before


def test_a_trigger_is_explained_with_its_rule_and_rows(opened):
    desk, first, _ = opened
    key = first["sections"]["triggers"]["keys"][0]
    answer = ask(desk, "explain", trigger=key)
    assert answer["lines"][1].startswith("Cleared when: ")
    assert any(part["title"].startswith(f"{key}: ") and part["rows"] for part in answer["parts"])
    assert ask(desk, "explain", trigger="Z9")["error"]["what"]


def test_reviews_are_given_as_a_calendar(opened):
    desk, first, _ = opened
    text = ask(desk, "calendar")["text"]
    assert text.startswith("BEGIN:VCALENDAR")
    assert text.count("BEGIN:VEVENT") <= len(first["sections"]["reviews"]["rows"])


def test_a_day_that_has_not_come_writes_nothing(opened):
    desk = opened[0]
    before = desk.content
    answer = ask(desk, "triggers", day="2026-07-09")
    assert answer["error"]["what"] == "09 Jul 2026 has not come yet: today is 30 Jun 2026. Nothing was written."
    assert desk.content == before


def test_a_file_that_is_no_workbook_leaves_the_one_that_is_open(opened):
    desk = opened[0]
    before = desk.content
    answer = ask(desk, "open", b"", name="empty.xlsx")
    assert answer["error"]["where"] == "empty.xlsx"
    assert desk.content == before
    assert ask(Desk(print), "check")["error"]["what"] == "No workbook is open on this page."


@pytest.mark.parametrize(("fault", "words"), [(KeyError("x"), "did not foresee"), (MemoryError(), "enough memory")])
def test_a_fault_is_told_without_a_traceback(opened, monkeypatch, fault, words):
    def broken(*_):
        raise fault

    monkeypatch.setattr(checks, "run", broken)
    assert words in ask(opened[0], "look")["error"]["what"]


def test_a_table_that_is_long_says_how_much_more_there_is(monkeypatch):
    table = answer_tables.AnswerTable(("", "Two"), [(str(n), "") for n in range(5)])
    assert desks._table(table, first="Number", most=3) == {
        "headings": ("Number", "Two"),
        "rows": [("0", ""), ("1", ""), ("2", "")],
        "more": 2,
    }


def test_labels_are_the_commands_own():
    face = (PAGE / "page.html").read_text(encoding="utf-8")
    words = page_words()
    for name in ("check", "triggers", "week", "reviews", "undo", "new"):
        assert f"{{{{{name}.label}}}}" in face
        assert words[f"{name}.label"] == COMMANDS_BY_NAME[name].label
        assert f">{COMMANDS_BY_NAME[name].label}<" not in face, "a label is never typed again"
    assert "innerHTML" not in (PAGE / "page.js").read_text(encoding="utf-8")


def test_what_is_packed_into_the_page_is_enough_and_needs_no_library_that_is_not(tmp_path):
    packed = tmp_path / "packed.zip"
    packed.write_bytes(project_wheel())
    code = (
        "import sys, json; sys.path.insert(0, sys.argv[1])\n"
        "absent = ('lxml', 'docx', 'docxtpl', 'jinja2', 'pydantic', 'rich', 'matplotlib', 'rapidfuzz')\n"
        "sys.modules.update(dict.fromkeys(absent))\n"
        "from addin.frontends.page import desk\n"
        "assert desk.__file__.startswith(sys.argv[1])\n"
        "one = desk.Desk(lambda words: None)\n"
        "for do in ('new', 'example', 'check', 'triggers', 'undo', 'calendar'):\n"
        "    answer = json.loads(one.ask(json.dumps({**json.loads(sys.argv[2]), 'do': do})))\n"
        "    assert 'error' not in answer, answer\n"
    )
    subprocess.run([sys.executable, "-c", code, str(packed), json.dumps(GIVEN)], check=True, cwd=tmp_path)
