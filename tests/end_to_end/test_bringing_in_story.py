"""Two months of lists, as a manager brings them into the example: in, mended, told, taken back; a leaver forgotten."""

from __future__ import annotations

import datetime as dt
import html
import io
import json
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from addin.frontends.terminal import main
from addin.hosts.file.host import ClosedHost
from tests.support.contract_builder import build
from tests.support.intake import entry, text_of
from workbook.model.registers import History, ImportProblems, Services, SupportLog, WorkforcePlan

DAY = ("--as-of", "2026-06-30")
NEXT = ("--as-of", "2026-07-31")
LEAVER, CORRECTED = "Carer Leaving Lima", "Corrected by hand."
#: What Microsoft Forms puts before the questions.
OWN = ("ID", "Start time", "Completion time", "Email", "Name")


@dataclass
class Desk:
    """A workbook, the lists beside it in a folder of their own, and a person who types commands."""

    book: Path
    lists: Path
    capsys: Any

    def told(self, command: str, *words: object, code: int = 0) -> Any:
        """What a command answers as JSON."""
        self.capsys.readouterr()
        found = main([command, str(self.book), *map(str, words), "--json"])
        out = self.capsys.readouterr()
        assert found == code, out.out + out.err
        return json.loads(out.out)

    def counted(self, *words: object, code: int = 0) -> tuple[int, ...]:
        """What an import counts: added, there already, set aside; together the rows."""
        counts = self.told("import", *words, code=code)["counts"]
        found = counts["added"], counts["already_there"], counts["set_aside"]
        assert counts["rows"] == sum(found)
        return found

    def rows(self, register: Any) -> Any:
        return ClosedHost(self.book).read().rows(register)

    def undo(self) -> None:
        assert main(["undo", str(self.book)]) == 0


@pytest.fixture
def desk(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("getpass.getuser", lambda: "manager")
    home, lists = tmp_path / "home", tmp_path / "lists"
    home.mkdir()
    lists.mkdir()
    book = home / "programme.xlsx"
    assert main(["new", str(book), "--example", "--weeks", "4"]) == 0
    return Desk(book, lists, capsys)


@pytest.fixture
def spelt(desk):
    """Makes an entry of the example's own champions and services, by number."""
    snapshot = ClosedHost(desk.book).read()
    champions = [c for c in snapshot.rows(WorkforcePlan) if c.status == "Active"]
    codes = {s.service_code: s.name for s in snapshot.rows(Services)}

    def spelt(number, *, by_name=False, **given):
        who = champions[number % len(champions)]
        names = {"Champion_ID": who.name, "Service": codes[who.service]}
        ids = {"Champion_ID": who.champion_id, "Service": who.service}
        said = {"What_happened": f"Asked about list {number}."} | (names if by_name else ids) | given
        return entry(**said)

    return spelt


def logs_of(desk, spelt):
    """Three champions' logs: Excel's list in UTF-8, a continental one, and a champion's own workbook."""
    first, second, third = (desk.lists / name for name in ("alpha.csv", "bravo.csv", "log.xlsx"))
    rows = [spelt(0, Staff_member="Carer Golf"), spelt(1, Staff_member=LEAVER)]
    first.write_bytes(text_of(rows).encode("utf-8-sig"))
    rows = [spelt(2, Date="25.06.2026", Staff_member="Carer Zoë", What_happened="Paid £20, to the letter.")]
    second.write_bytes(f"sep=;\r\n{text_of(rows, ';')}".encode("cp1252"))
    build(third, {"SupportLog": [spelt(3, Support_ID="SU-0001", Staff_member="Carer Kilo")]})
    return first, second, third


def export_of(desk, questions, answers):
    """The form's download: all answers so far, its own columns first, questions as the form asks them."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([*OWN, *(f"{q['question']}\u00a0" for q in questions)])
    for number, answer in enumerate(answers, start=1):
        at = dt.datetime(2026, 6, 26, 9, number)
        sheet.append([number, at, at, "anonymous", None, *(answer.get(q["column"]) for q in questions)])
    path = desk.lists / "answers.xlsx"
    book.save(path)
    return path


def edit(desk, *changes):
    """A person opens the workbook and types: (sheet, column's letter, a text of the row, what stands, what then)."""
    book = openpyxl.load_workbook(desk.book)
    for sheet, letter, of_row, before, after in changes:
        lines = [line for line in book[sheet].iter_rows() if any(of_row in str(c.value) for c in line)]
        (cell,) = [c for line in lines for c in line if c.column_letter == letter and before in str(c.value)]
        cell.value = cell.value.replace(before, after)
    book.save(desk.book)


def standing(folder, name):
    """Where a name stands in any file of a folder, and in any part of a file that is a package; and in file names."""
    wanted = re.compile(r"\s+".join(map(re.escape, name.split())), re.IGNORECASE)
    found = []
    for path in folder.rglob("*"):
        if not path.is_file():
            continue
        content = path.read_bytes()
        held = {"": content}
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(io.BytesIO(content)) as package:
                held = {part: package.read(part) for part in package.namelist()}
        for part, data in held.items():
            text = html.unescape(data.decode("utf-8", "replace")).replace("\\u00a0", " ")
            if any(wanted.search(said) for said in (text, re.sub(r"<[^>]*>", "", text), path.name, part)):
                found.append(f"{path.name} {part}")
    return found


def june_of(spelt):
    """What the form was answered in June; two answers can't be read."""
    return [
        spelt(4, by_name=True, Staff_member="Carer November", Shift="Early;"),
        spelt(5, by_name=True, Staff_member=LEAVER, Shift="Erly"),
        spelt(6, by_name=True, Staff_member="Carer Papa", Outcome="Mended"),
    ]


def comes_in(desk, lists, questions):
    """June's lists come in but for two rows; gives the entries that are new."""
    before, there = desk.book.read_bytes(), {row.support_id for row in desk.rows(SupportLog)}
    assert desk.counted(*lists, "--into", "Support log", "--dry-run", *DAY, code=1) == (5, 0, 2)
    assert desk.book.read_bytes() == before
    said = desk.told("import", *lists, "--into", "Support log", *DAY, code=1)["files"]
    assert said[-1]["source"]["kind"] == "Microsoft Forms"
    columns = [c["column"] for c in said[-1]["columns"] if c["column"]]
    assert columns == [q["column"] for q in questions], "what the form asks comes back by itself"
    came = [row for row in desk.rows(SupportLog) if row.support_id not in there]
    assert [row.staff_member for row in came] == ["Carer Golf", LEAVER, "Carer Zoë", "Carer Kilo", "Carer November"]
    assert (came[2].date, came[2].what_happened) == (dt.date(2026, 6, 25), "Paid £20, to the letter.")
    assert len(desk.rows(ImportProblems)) == 2
    return came


def is_mended(desk, golf):
    """Both rows are put right on Import problems, and an entry by hand; history says who; undo takes it back."""
    edit(
        desk,
        ("Import problems", "E", "Carer Leaving", "Erly", "Early"),
        ("Import problems", "E", "Carer Papa", "Mended", "Resolved"),
        ("Support log", "I", "Carer Golf", "Asked about list 0.", CORRECTED),
    )
    typed_in = desk.book.read_bytes()
    assert desk.counted("--problems", *DAY) == (2, 0, 0)
    assert not desk.rows(ImportProblems)
    mended, ids = desk.book.read_bytes(), {row.support_id for row in desk.rows(SupportLog)}
    told = desk.told("history", "--verify")
    assert told["whole"]
    brought = [e for e in told["entries"] if e["command"] == "import" and e["table"] == "SupportLog" and e["after"]]
    assert len({e["id"] for e in brought} & ids) == 7
    assert {e["who"] for e in brought} == {"manager"}
    (typed,) = [e for e in told["entries"] if e["command"] == "typed"]
    place = (golf, "What happened", "Asked about list 0.", CORRECTED)
    assert (typed["id"], typed["column"], typed["before"], typed["after"]) == place
    assert typed["who"] is None, "whoever presses next is not blamed"
    desk.undo()
    assert desk.book.read_bytes() == typed_in
    assert desk.told("history", "--verify")["whole"]
    desk.undo()
    assert desk.book.read_bytes() == mended


def next_month_comes(desk, lists, golf):
    """The same lists and one answer more: that alone is new, and what was corrected stays so."""
    held = {row.support_id for row in desk.rows(SupportLog)}
    assert desk.counted(*lists, "--into", "SupportLog", *NEXT) == (1, 7, 0)
    assert [r.staff_member for r in desk.rows(SupportLog) if r.support_id not in held] == ["Carer Quebec"]
    assert [r.what_happened for r in desk.rows(SupportLog) if r.support_id == golf] == [CORRECTED]
    after = desk.book.read_bytes()
    assert desk.counted(*lists, "--into", "SupportLog", *NEXT) == (0, 8, 0)
    assert desk.book.read_bytes() == after, "nothing new: the file is not touched"


def is_forgotten(desk):
    """A leaver's name is found nowhere in the workbook nor beside it; gives the number in its place."""
    home = desk.book.parent
    assert {where.split()[0] for where in standing(home, LEAVER)} > {desk.book.name, f"{desk.book.name}.history.jsonl"}
    number = desk.told("forget", LEAVER.upper(), "--yes")["number"]
    assert standing(home, LEAVER) == []
    assert [row.staff_member for row in desk.rows(SupportLog)].count(number) == 2
    assert any(number in (row.after or "") for row in desk.rows(History))
    assert desk.told("history", "--verify")["whole"]
    return number


def test_two_months_of_lists(desk, spelt):
    logs, june = logs_of(desk, spelt), june_of(spelt)
    questions = desk.told("form", "--into", "SupportLog")["questions"]
    golf = comes_in(desk, [*logs, export_of(desk, questions, june)], questions)[0].support_id
    is_mended(desk, golf)
    july = [*june, spelt(7, by_name=True, Date="2026-07-10", Staff_member="Carer Quebec")]
    next_month_comes(desk, [*logs, export_of(desk, questions, july)], golf)
    number = is_forgotten(desk)

    july.append(spelt(8, by_name=True, Date="2026-07-20", Staff_member=LEAVER.replace(" ", "  ")))
    assert desk.counted(export_of(desk, questions, july), "--into", "SupportLog", *NEXT) == (1, 4, 0)
    assert [row.staff_member for row in desk.rows(SupportLog)].count(number) == 3
    assert standing(desk.book.parent, LEAVER) == [], "nor does a later export bring her back"
