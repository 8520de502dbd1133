"""What the page is answered: the same as in the terminal, in words where it can't be done."""

import json

import pytest

from addin.frontends import answer_tables
from addin.frontends.page.desk import Desk
from addin.frontends.page.shown import MOST_LINES, shown_table
from addin.frontends.page.words import page_words
from addin.frontends.terminal import main
from addin.hosts.file.bytes_host import BytesHost
from tests.support.builders import PEOPLE, rows_like
from tests.support.contract_builder import build
from tests.support.intake import entry, text_of
from tests.support.page_desk import GIVEN, ask
from tools.page import PAGE
from workbook.commands import COMMANDS_BY_NAME
from workbook.intake.problem_rows import called
from workbook.model.registers import SupportLog
from workbook.rules import checks


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
    assert messages == [finding["message"] for finding in said["findings"]][:MOST_LINES]
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


def test_plain_mistakes_are_offered_and_only_what_is_ticked_is_put_right(opened):
    """As `champions fix` does; nothing is written before the yes, and it is taken back."""
    desk, _, _ = opened
    before = desk.content
    offer = ask(desk, "fix")
    assert offer["title"] == COMMANDS_BY_NAME["fix"].label
    assert [t["ticked"] for t in offer["ticks"]] == sorted((t["ticked"] for t in offer["ticks"]), reverse=True)
    assert desk.content == before
    number = len(offer["ticks"])
    assert number
    assert ask(desk, "agree", chosen=[0])["written"]
    assert len(ask(desk, "fix")["ticks"]) == number - 1
    assert not ask(desk, "agree", chosen=[])["written"]
    assert ask(desk, "agree", chosen=[0])["error"]["what"] == "Nothing is offered on this page any more."
    ask(desk, "undo")
    assert desk.content == before


def test_a_list_is_shown_as_it_would_come_in_and_written_on_a_yes(tmp_path, capsys):
    """Counts, rows set aside and entries are those of `champions import`; so is the way by the import problems."""
    names = ("Services", "WorkforcePlan", "RoleBriefs", "StartSignOff")
    tables = {name: rows_like(name, [{}]) for name in names} | {"People": PEOPLE}
    book = build(tmp_path / "book.xlsx", tables, computed=True)
    data = text_of([entry(), entry(Date="31.02.2026")]).encode()
    (tmp_path / "log.csv").write_bytes(data)
    desk = Desk(lambda _: None)
    ask(desk, "open", book.read_bytes(), name="book.xlsx")
    offer = ask(desk, "import", data, list="../../log.csv", into="", dates="")
    assert desk.content == book.read_bytes()
    main(["import", str(book), str(tmp_path / "log.csv"), "--into", "Support log", "--as-of", GIVEN["day"], "--json"])
    said = json.loads(capsys.readouterr().out)
    (part,) = offer["parts"]
    assert offer["lines"] == [f"Where the entries go: {called(SupportLog)}."]
    assert part["title"] == "log.csv"
    assert part["rows"] == [
        [str(r["row"]), f"{p['message']} {p['fix']}"] for r in said["files"][0]["rows"] for p in r["problems"]
    ]
    assert said["counts"] == {"rows": 2, "added": 1, "already_there": 0, "set_aside": 1}
    assert "1 would come in" in part["lines"][-1]
    assert ask(desk, "agree", chosen=[])["written"]
    assert len(BytesHost("book.xlsx", desk.content).read().rows(SupportLog)) == 1
    again = ask(desk, "import", data, list="log.csv", into=SupportLog.table, dates="dmy")
    assert (again["confirm"], again["lines"][-1]) == ("", "There is nothing new to write.")
    assert ask(desk, "import")["parts"], "what was set aside is gone through"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"Monday;Tuesday\n1;2\n"])
def test_what_is_no_list_is_refused_and_nothing_is_offered(opened, data):
    assert ask(opened[0], "import", data, list="rota.csv", into="", dates="")["error"]["next"]
    assert ask(opened[0], "agree", chosen=[])["error"]


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
    assert shown_table(table, first="Number", most=3) == {
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
