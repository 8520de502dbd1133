"""Documents that the page makes, and minutes that it reads back: those of the program, also without lxml."""

import datetime as dt
import hashlib
import json
import subprocess
import sys
import zipfile
from io import BytesIO

import pytest

from addin.frontends.page.desk import Desk
from addin.frontends.terminal import main
from addin.hosts.file.bytes_host import BytesHost
from addin.output.documents.engine import render
from addin.output.documents.places import Template, template_dir
from addin.output.masterbook import build_master
from tests.support.documents_programme import material
from tests.support.page_desk import GIVEN, ask, filled_in, papers_of, parts
from tools.page import project_wheel
from workbook.blueprint import plan_book
from workbook.documents.catalogue import BY_ID
from workbook.documents.quoting import TO_LET_THROUGH
from workbook.example import simulate
from workbook.model.changes import ChangeSet, RowRef, SetCell
from workbook.model.registers import BoardDecisions, Documents, History, ImprovementLog

MEETING = {"day": "2026-07-09", "today": "2026-07-09"}
#: With lists, charts, controls, a table of contents, and references.
SOME = ["governance-review", "board-minutes"]
NUMBER = "Ring the daughter on 07700 900123."


@pytest.fixture(scope="module")
def made():
    """A small example with the documents that are due: the workbook before and after, answer, documents, the desk."""
    desk = Desk(lambda _: None)
    example = simulate(weeks=8, until=dt.date.fromisoformat(GIVEN["day"]))
    ask(desk, "open", build_master(plan_book(example.tables, example.until)))
    ask(desk, "triggers")
    before = desk.content
    answer = ask(desk, "documents", only=[])
    return before, desk.content, answer, papers_of(desk), desk


@pytest.fixture
def desk(made):
    """A desk with the documents entered."""
    fresh = Desk(lambda _: None)
    ask(fresh, "open", made[1])
    return fresh


@pytest.fixture(scope="module")
def minutes(made):
    """The board's minutes, filled in."""
    return filled_in(next(content for name, content in made[3].items() if "board-minutes" in name))


def decisions(desk):
    return [d.decision for d in BytesHost("example.xlsx", desk.content).read().rows(BoardDecisions)]


def test_all_that_are_due_are_entered_and_given_one_by_one_or_together(made):
    before, after, answer, papers, desk = made
    names = [row[2] for row in answer["made"]["rows"]]
    assert answer["written"]
    assert list(papers) == names
    assert len({row[0] for row in answer["made"]["rows"]}) > 6
    assert any("not made" in line for line in answer["made"]["lines"])
    entries = BytesHost("example.xlsx", after).read().rows(Documents)[-len(names) :]
    assert [(e.file, e.file_hash) for e in entries] == [
        (f"Documents/{name}", hashlib.sha256(papers[name]).hexdigest()) for name in names
    ]
    assert ask(desk, "document", number=2)["file"] == names[2]
    assert desk.given == papers[names[2]]
    assert len(papers_of(desk)) == len(names), "they stay until others are made"
    fresh = Desk(lambda _: None)
    ask(fresh, "open", before)
    assert ask(fresh, "document", number=0)["error"]


def test_one_that_is_asked_for_is_the_terminals_and_is_taken_back(made, tmp_path):
    desk = Desk(lambda _: None)
    ask(desk, "open", made[0])
    book = tmp_path / "example.xlsx"
    book.write_bytes(made[0])
    main(["documents", str(book), "--only", "board-minutes", "--as-of", GIVEN["day"]])
    (theirs,) = (tmp_path / "Documents").iterdir()
    ask(desk, "documents", only=["board-minutes"])
    assert papers_of(desk) == {theirs.name: theirs.read_bytes()}
    ask(desk, "undo")
    assert desk.content == made[0]
    assert ask(desk, "documents", only=["poem"])["error"]["what"] == "There is no document “poem”."


def test_texts_that_may_identify_a_person_are_asked_about_first(made):
    host = BytesHost("example.xlsx", made[0])
    snapshot, header = host.read(), ImprovementLog.description.header
    rows = [
        (RowRef(ImprovementLog.table, row.id, row.ordinal), row.description) for row in snapshot.rows(ImprovementLog)
    ]
    cells = tuple(SetCell(at, header, before, NUMBER) for at, before in rows)
    host.apply(
        ChangeSet("a test", snapshot.fingerprint, cells), who="Tester", when=dt.datetime.fromisoformat(GIVEN["when"])
    )
    desk = Desk(lambda _: None)
    ask(desk, "open", host.data)
    before = desk.content
    offer = ask(desk, "documents", only=["supplier-letter"])
    assert offer["lines"] == [TO_LET_THROUGH]
    assert {tick["ticked"] for tick in offer["ticks"]} == {False}
    assert desk.content == before
    none = ask(desk, "agree", chosen=[])
    assert (none["made"]["rows"], none["written"]) == ([], False)
    assert offer["ticks"][0]["words"] in " ".join(none["made"]["lines"])
    assert ask(desk, "document", number=-1)["error"]["what"] == "No document is there to be saved."
    ask(desk, "documents", only=["supplier-letter"])
    assert len(ask(desk, "agree", chosen=list(range(len(offer["ticks"]))))["made"]["rows"]) == 1
    history = BytesHost("x.xlsx", desk.content).read().rows(History)
    kept = [h.entry_id for h in history if "let through" in (h.after or "")]
    assert sorted(kept) == sorted(tick["words"].split(",")[0] for tick in offer["ticks"])


def test_minutes_made_after_a_question_are_this_workbooks_however_long_the_answer_took():
    """A workbook without an id gets the one that the minutes carry."""
    example = simulate(weeks=8, until=dt.date.fromisoformat(GIVEN["day"]))
    issues = [{**row, ImprovementLog.description.header: NUMBER} for row in example.tables[ImprovementLog.table]]
    plan = plan_book({**example.tables, ImprovementLog.table: issues}, example.until)
    desk = Desk(lambda _: None)
    ask(desk, "open", build_master(plan))
    offer = ask(desk, "documents", only=["supplier-letter", "board-minutes"])
    assert offer["ticks"]
    ask(desk, "agree", chosen=list(range(len(offer["ticks"]))), when="2026-06-30T09:20:00+01:00")
    minutes = next(content for name, content in papers_of(desk).items() if "board-minutes" in name)
    assert "error" not in ask(desk, "minutes", filled_in(minutes), file="minutes.docx", **MEETING)


def test_minutes_are_shown_then_written_on_a_yes_and_taken_back(desk, minutes):
    before, known = desk.content, decisions(desk)
    offer = ask(desk, "minutes", minutes, file="../minutes.docx", **MEETING)
    assert offer["confirm"]
    assert any("Ask for a fix." in row for part in offer["parts"] for row in part["rows"])
    assert desk.content == before
    assert ask(desk, "agree", chosen=[], **MEETING)["written"]
    assert decisions(desk) == [*known, "Ask for a fix."]
    again = ask(desk, "minutes", minutes, file="minutes.docx", **MEETING)
    assert (again["confirm"], again["lines"]) == ("", ["There is nothing new to write."])
    ask(desk, "undo")
    assert desk.content == before


def test_minutes_that_do_not_say_whose_they_are_are_asked_about(desk):
    kind, path = BY_ID["board-minutes"], template_dir() / "board-minutes.docx"
    nobodys = render(kind, kind.contents(kind, material()), Template(path, path.read_bytes(), ours=True))
    offer = ask(desk, "minutes", filled_in(nobodys), file="minutes.docx", **MEETING)
    assert offer["lines"][-1] == "Are these the minutes of this workbook?"
    read = ask(desk, "agree", chosen=[], **MEETING)
    assert any("Ask for a fix." in row for part in read["parts"] for row in part["rows"])
    assert ask(desk, "agree", chosen=[], **MEETING)["written"]


@pytest.mark.parametrize("kind", ["no document", "another document", "another workbook", "empty"])
def test_what_is_no_minutes_of_this_workbook_is_refused_in_words(desk, made, minutes, kind):
    if kind == "another workbook":
        ask(desk, "new")
        ask(desk, "check")
    other = next(content for name, content in made[3].items() if "board-paper" in name)
    data = {"no document": b"%PDF", "another document": other, "another workbook": minutes, "empty": b""}[kind]
    before = desk.content
    refused = ask(desk, "minutes", data, file="minutes.docx", **MEETING)["error"]
    assert "minutes.docx" in refused["what"]
    assert desk.content == before


def test_what_is_packed_makes_documents_as_lxml_does_and_reads_the_same_minutes(made, minutes, tmp_path):
    """The oracle of lxml's stand-in is lxml. tests/end_to_end/test_page.py compares every document in the browser."""
    with zipfile.ZipFile(BytesIO(project_wheel())) as packed:
        packed.extractall(tmp_path / "packed")
    for name, content in (("book", made[1]), ("minutes", minutes)):
        (tmp_path / name).write_bytes(content)
    code = (
        "import sys, json, pathlib\n"
        "sys.path.insert(0, 'packed')\n"
        "sys.modules.update(dict.fromkeys(('pydantic', 'rich', 'matplotlib', 'rapidfuzz')))\n"
        "import lxml\n"
        "from addin.frontends.page import desk\n"
        "assert 'packed' in desk.__file__ and 'packed' in lxml.__file__\n"
        "given, of_minutes, ids = map(json.loads, sys.argv[1:])\n"
        "one = desk.Desk(lambda words: None)\n"
        "def ask(do, data=None, **more):\n"
        "    answer = json.loads(one.ask(json.dumps({**given, 'do': do, **more}), data))\n"
        "    assert 'error' not in answer, answer\n"
        "    return answer\n"
        "for do in ('new', 'triggers', 'calendar'):\n"
        "    ask(do)\n"
        "ask('open', pathlib.Path('book').read_bytes())\n"
        "read = ask('minutes', pathlib.Path('minutes').read_bytes(), file='minutes.docx', **of_minutes)\n"
        "made = ask('documents', only=ids)\n"
        "ask('document', number=-1)\n"
        "pathlib.Path('papers').write_bytes(one.given)\n"
        "pathlib.Path('answers').write_text(json.dumps([read, made]))\n"
    )
    given = [json.dumps(words) for words in (GIVEN, MEETING, SOME)]
    subprocess.run([sys.executable, "-c", code, *given], check=True, cwd=tmp_path)
    here = Desk(lambda _: None)
    ask(here, "open", made[1])
    read, done = json.loads((tmp_path / "answers").read_text())
    assert read == ask(here, "minutes", minutes, file="minutes.docx", **MEETING)
    assert done == ask(here, "documents", only=SOME)
    assert len(done["made"]["rows"]) == len(SOME)
    ours, theirs = parts((tmp_path / "papers").read_bytes()), papers_of(here)
    assert list(ours) == list(theirs)
    for name in ours:
        assert ours[name] == theirs[name] or parts(ours[name]) == parts(theirs[name]), name
