"""A record of the last run that others wrote: nothing in it is done that its command would not have done itself."""

import hashlib
import json
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest

from addin.frontends.terminal import main
from addin.hosts.file.host import ClosedHost
from addin.hosts.file.run_record import record_path
from addin.hosts.file.undo import look
from addin.hosts.file.versions import kept_states
from addin.lossless import digest_of
from tests.support.builders import BASE
from tests.support.contract_builder import build
from tests.support.killing import a_programme
from workbook.model.registers import Actions, Thresholds

AS_OF = ("--as-of", "2026-06-30")
FEW = ("Services", "People", "SupportLog", "Actions")
ROW, ACTION = ["SupportLog", "SU-0001", 0, ""], ["Actions", "AC-001", 0, ""]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    few = {name: rows for name, rows in a_programme().items() if name in FEW}
    build(folder / "book.xlsx", few, computed=True, lists=False, leave_out=set(BASE) - set(FEW))
    assert main(["check", str(folder / "book.xlsx"), *AS_OF]) == 1
    return folder


@pytest.fixture
def book(made, tmp_path):
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path / "book.xlsx"


def forge(path, changes, **more):
    """Puts changes into the record of the last run, with a digest that fits, as after another change elsewhere."""
    place = record_path(path)
    data = json.loads(place.read_text())
    data["runs"][0] |= {"changes": changes, "after": "0" * 32, **more}
    runs = json.dumps(data["runs"], ensure_ascii=False)[1:-1].encode("utf-8", "surrogatepass")
    digest = hashlib.blake2b(runs, digest_size=16).hexdigest().encode()
    place.write_bytes(b'{"format": 1, "digest": "' + digest + b'", "runs": [' + runs + b"]}")


def cell(column, expected, value, row=ROW):
    return {"row": row, "column": column, "expected": expected, "value": value}


def table(kind, name, **more):
    return {"kind": kind, "table": name, **more}


FORGED = {
    "an entry": [cell("Staff member", "Carer 1", "Carer 9")],
    "an entry emptied": [cell("Staff member", "Carer 1", None)],
    "an id for another": [cell("Support ID", "SU-0001", "SU-0009")],
    "a number as an id": [cell("Support ID", "SU-0001", 7)],
    "a check of endless size": [cell("Check", None, float("inf"))],
    "a check of many digits": [cell("Check", None, 10**400)],
    "a check that XML can't hold": [cell("Check", None, "a\0b")],
    "a check of half a character": [cell("Check", None, "a\ud800")],
    "a check too long": [cell("Check", None, "x" * 40_000)],
    "a check that is a day": [cell("Check", None, {"day": "0001-01-01"})],
    "a check that is an error": [cell("Check", None, {"error": "#EVIL<"})],
    "an action of a check": [cell("Status", "Open", None, ACTION)],
    "a person's own table": [cell("Check", None, "x", ["Mine", "a", 0, ""])],
    "a setting": [cell("Value", "x", None, ["Programme", "Programme name", 0, ""])],
    "rows": [table("remove rows", "SupportLog", rows=2)],
    "rows without end": [table("remove rows", "SupportLog", rows=10**9)],
    "fewer than no rows": [table("remove rows", "SupportLog", rows=-5)],
    "rows of the checks": [table("remove rows", "Checks", rows=1)],
    "blank rows": [table("append rows", "SupportLog", rows=[{}])],
    "new entries": [table("append rows", "SupportLog", rows=[{"Staff member": "x"}])],
    "a column of people's": [table("remove column", "SupportLog", header="Staff member")],
    "a column of nobody's": [table("add column", "SupportLog", header="a\nb]'#")],
    "a register": [
        table("remove table", "SupportLog", sheet="Support log", headers=["Staff member"], **{"made with": ""})
    ],
    "a table that was there before": [
        table("remove table", "Checks", sheet="Checks", headers=["Code"], **{"made with": ""})
    ],
    "a register's rows": [{"table": "SupportLog", "headers": ["Staff member"], "rows": [], "links": []}],
    "a link": [{"table": "Checks", "headers": ["Code"], "rows": [], "links": [[0, "Code", "http://evil/"]]}],
    "a body": [{"table": "Checks", "headers": ["Code"], "rows": [["evil"]], "links": []}],
    "a table named as a cell": [table("add table", "A1", sheet="New", headers=["a"], rows=[])],
    "a sheet that none can be": [table("add table", "Triggers", sheet="a/b[c]", headers=["Key"], rows=[])],
    "a column twice": [table("add table", "Triggers", sheet="New", headers=["Key", "Key"], rows=[])],
    "a person's own tab": [{"kind": "show sheets", "sheets": ["My notes"], "hide": True}],
    "a tab of any name": [{"kind": "rename sheet", "sheet": "Support log", "name": "a:b"}],
    "a person's own sheet": [{"kind": "rename sheet", "sheet": "My notes", "name": "Yours"}],
}


def entries(path):
    book = openpyxl.load_workbook(path)
    return {s.title: [[c.value for c in r] for r in s.iter_rows()] for s in book.worksheets}


@pytest.mark.parametrize("changes", FORGED.values(), ids=FORGED)
def test_what_the_command_never_does_is_refused(book, capsys, changes):
    own = openpyxl.load_workbook(book)
    own.create_sheet("My notes")
    own.save(book)
    forge(book, changes)
    before = book.read_bytes()
    assert main(["undo", str(book)]) == 2
    assert "foresee" not in capsys.readouterr().err
    assert book.read_bytes() == before


@pytest.mark.parametrize(
    "more",
    [
        {"added": [ROW]},
        {"command": "restore"},
        {"command": "nothing of ours"},
        {"command": "undo of " * 50 + "restore"},
        {"book": ""},
        {"book": "another"},
    ],
    ids="-".join,
)
def test_what_fits_the_command_is_refused_beneath_another_name(book, more):
    forge(book, json.loads(record_path(book).read_text())["runs"][0]["changes"], **more)
    before = book.read_bytes()
    assert main(["undo", str(book)]) == 2
    assert book.read_bytes() == before


def test_the_record_as_it_was_written_is_believed(book):
    forge(book, json.loads(record_path(book).read_text())["runs"][0]["changes"])
    assert main(["undo", str(book)]) == 0


@pytest.mark.parametrize(
    "text", [b"[" * 300_000, b"\0" * 100, b'{"format": 1e999}', b"x" * 50_000_000, b"{}", b"\xff\xfe"]
)
def test_what_is_no_record_is_none(book, text):
    record_path(book).write_bytes(text)
    assert main(["undo", str(book)]) == 2
    assert main(["check", str(book), *AS_OF]) == 1


def test_what_each_command_writes_is_what_it_declares(tmp_path, capsys):
    """Whatever the commands write can be taken back, and that again, after another change elsewhere."""
    folder = tmp_path / "demo"
    assert main(["demo", str(folder)]) == 0
    (book,) = folder.glob("*.xlsx")
    for words in (["documents", "--only", "board-minutes"], ["triggers", "--as-of", "2026-07-07"], ["check"]):
        main([words[0], str(book), *words[1:]])
        for _ in ("taken back", "made again"):
            _touch(book)
            outlook = look(book)
            assert outlook.exact is None
            assert not outlook.obstacles, (words, outlook.run.command, outlook.obstacles)
            assert main(["undo", str(book)]) == 0, capsys.readouterr().err


def _touch(book: Path) -> None:
    """Another program saved it: the same parts, another file."""
    parts = {}
    with zipfile.ZipFile(book) as package:
        parts = {i: package.read(i) for i in package.infolist()}
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for info, data in parts.items():
            package.writestr(info.filename, data + (b"<!-- -->" if info.filename == "xl/workbook.xml" else b""))


def changes_of(book: Path) -> list:
    return json.loads(record_path(book).read_text())["runs"][0]["changes"]


def refused(book: Path, capsys, words: str) -> None:
    before = book.read_bytes()
    assert main(["undo", str(book)]) == 2
    assert words in capsys.readouterr().err
    assert book.read_bytes() == before


def test_an_entry_that_was_there_before_is_not_believed_to_be_the_runs(book, capsys):
    """Rows of Actions are what triggers may add; this one is a person's."""
    assert main(["triggers", str(book), *AS_OF]) in {0, 1}
    run = json.loads(record_path(book).read_text())["runs"][0]
    (title,) = {row.action for row in ClosedHost(book).read().rows(Actions) if row.id == "AC-001"}
    forge(book, [*run["changes"], cell("Action", title, None, ACTION)], added=[*run["added"], ACTION])
    refused(book, capsys, "did not do")
    forge(book, run["changes"], added=run["added"])
    assert main(["undo", str(book)]) == 0, "as it was written it is believed"


def test_a_cell_is_not_believed_to_have_held_what_it_did_not(book, capsys):
    true = next(c for c in changes_of(book) if c.get("column") == "Check")
    rows = [c for c in changes_of(book) if Thresholds.table in str(c)]  # those that the run added go only with it
    forge(book, [true | {"value": "All is well."}])
    refused(book, capsys, "did not do")
    forge(book, [true, *rows])
    assert main(["undo", str(book)]) == 0


def test_without_the_former_file_nothing_is_believed(book, capsys):
    forge(book, changes_of(book))
    for state in kept_states(book):
        state.path.unlink()
    refused(book, capsys, "not kept any more")


@pytest.mark.parametrize("renamed", [False, True], ids=["under its own name", "as a state of this one"])
def test_another_workbooks_kept_file_is_not_put_in_its_place(book, capsys, renamed):
    other = book.with_name("other.xlsx")
    few = {name: rows for name, rows in a_programme().items() if name in FEW}
    build(other, few, computed=True, lists=False, leave_out=set(BASE) - set(FEW))
    for command in ("check", "triggers"):
        main([command, str(other), *AS_OF])
    theirs, ours = kept_states(other)[0], kept_states(book)[0]
    backup = theirs.path
    if renamed:
        backup = ours.path.with_name(ours.path.name.replace("before check", "before triggers"))
        shutil.copy(theirs.path, backup)
    now = digest_of(book.read_bytes())
    forge(book, changes_of(book), former=digest_of(theirs.path.read_bytes()), after=now, backup=backup.name)
    refused(book, capsys, "not kept any more")
