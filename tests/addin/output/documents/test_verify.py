"""Documents are found as they were made, or it is said what became of them."""

import dataclasses
import hashlib
import os

import pytest

from addin.frontends.terminal.main import main
from addin.hosts.file.host import ClosedHost
from addin.output.documents.verify import Looking
from tests.addin.output.documents.test_returned import DECISION, Copy
from tests.support.builders import AS_OF, book
from workbook.documents.verifying import Registered, Standing, registered, said_of
from workbook.documents.words import document_number
from workbook.model.registers import History

DAY = "2026-06-30"
ONLY = ("staff-update", "governance-review", "board-minutes")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A workbook with three documents made from it."""
    folder = tmp_path_factory.mktemp("made")
    main(["new", str(folder / "book.xlsx"), "--example"])
    main(["documents", str(folder / "book.xlsx"), "--as-of", DAY, "--only", *ONLY])
    return folder


@pytest.fixture
def programme(made, tmp_path):
    """A copy of it in a folder of its own."""
    (tmp_path / "Documents").mkdir()
    for path in (made / "book.xlsx", *(made / "Documents").iterdir()):
        (tmp_path / path.relative_to(made)).write_bytes(path.read_bytes())
    return tmp_path


def looked(folder, *more):
    snapshot = ClosedHost(folder / "book.xlsx").read()
    entries = registered(snapshot)
    looking = Looking(folder, [folder / "Documents", *more], lambda _: False, entries)
    return {e.title: (looking.at(e), said_of(e, looking.at(e))) for e in entries}


def one(folder, kind):
    return next((folder / "Documents").glob(f"*{kind}*"))


def test_documents_that_nobody_touched_are_not_named(programme):
    found = looked(programme)
    assert {on_disk.standing for on_disk, _ in found.values()} == {Standing.AS_MADE}
    assert [title for title, (_, said) in found.items() if said] == ["Project board minutes"]


def test_changed_moved_and_missing_documents_are_told_apart(programme):
    with one(programme, "staff-update").open("ab") as stream:
        stream.write(b" ")
    one(programme, "governance-review").rename(programme / "for the board.docx")
    one(programme, "board-minutes").unlink()
    found = looked(programme)
    assert "Changed since" in found["Staff update"][1]
    assert "Moved to for the board.docx" in found["Implementation governance review"][1]
    assert found["Project board minutes"][0].standing is Standing.MISSING
    assert "Missing" in found["Project board minutes"][1]
    assert "Never read back" in found["Project board minutes"][1]


def test_one_that_was_moved_and_changed_is_known_by_its_name(programme):
    path = one(programme, "staff-update")
    (programme / "Documents" / "old").mkdir()
    path = path.rename(programme / "Documents" / "old" / path.name)
    path.write_bytes(b"other")
    assert "old/2026-06-30 staff-update programme.docx, and changed" in looked(programme)["Staff update"][1]


@pytest.mark.parametrize("read", [False, True])
def test_minutes_that_were_filled_in_are_named_until_they_are_read_back(programme, read, capsys):
    path = one(programme, "board-minutes")
    copied = Copy(path.read_bytes())
    copied.type("champions:date", "30 June 2026")
    copied.type(DECISION, "Ask the supplier for a fix.")
    copied.save(path)
    if read:
        main(["read-minutes", str(programme / "book.xlsx"), str(path), "--as-of", DAY])
    capsys.readouterr()
    assert main(["documents", str(programme / "book.xlsx"), "--verify"]) == int(not read)
    assert ("Never read back" in " ".join(capsys.readouterr().out.split())) is not read
    sources = {row.origin for row in ClosedHost(programme / "book.xlsx").read().rows(History) if row.origin}
    assert bool(sources) is read


@pytest.mark.parametrize(("entry", "read"), [("BD-001", True), ("BD-077", False)])
def test_minutes_of_a_meeting_with_a_reference_of_its_own_are_known_by_what_came_of_them(entry, read):
    row = {"Document": "board-minutes", "Scope": "programme", "As of": AS_OF, "Workbook fingerprint": "f"}
    source = f"Minutes {document_number('board-minutes', 'programme', AS_OF, 'f')}"
    came = {"When": "x", "Command": "read-minutes", "Table": "BoardDecisions", "ID": entry, "Source": source}
    found = registered(book(Documents=[row], BoardDecisions=[{}], History=[came]))
    assert [e.read_back for e in found] == [read]


def entry_at(path):
    return Registered("Staff update", "programme", None, str(path), "0" * 64, comes_back=False, read_back=False)


def test_no_place_outside_the_workbooks_folder_is_looked_at_without_a_yes(tmp_path):
    outside = tmp_path / "elsewhere"
    outside.mkdir()
    (outside / "a.docx").write_bytes(b"x")
    home = tmp_path / "home"
    home.mkdir()
    entry = entry_at(outside / "a.docx")
    assert Looking(home, [], lambda _: False).at(entry).standing is Standing.NOT_SEEN
    assert "outside the workbook's folder" in said_of(entry, Looking(home, [], lambda _: False).at(entry))
    assert Looking(home, [outside], lambda _: False).at(entry).standing is Standing.CHANGED
    assert Looking(home, [], lambda folder: folder == outside).at(entry).standing is Standing.CHANGED


def test_a_deleted_document_has_not_moved_to_the_place_of_another(tmp_path):
    folder = tmp_path / "Documents"
    folder.mkdir()
    gone, there = entry_at("Documents/a.docx"), entry_at("./Documents/b.docx")
    digest = hashlib.sha256(b"same").hexdigest()
    gone, there = (dataclasses.replace(entry, file_hash=digest) for entry in (gone, there))
    (folder / "b.docx").write_bytes(b"same")

    def looking():
        return Looking(tmp_path, [folder], lambda _: False, [gone, there])

    assert looking().at(there).standing is Standing.AS_MADE
    assert looking().at(gone).standing is Standing.MISSING
    (folder / "c.docx").write_bytes(b"same")
    assert looking().at(gone).place == "Documents/c.docx"


def test_one_of_the_same_name_at_the_place_of_another_is_not_taken_for_it(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    (tmp_path / "two" / "a.docx").write_bytes(b"x")
    gone, there = entry_at("one/a.docx"), entry_at("two/a.docx")
    looking = Looking(tmp_path, [tmp_path / "one", tmp_path / "two"], lambda _: False, [gone, there])
    assert looking.at(gone).standing is Standing.MISSING


def test_the_whole_register_counts_though_only_some_are_looked_at(programme, capsys):
    path = one(programme, "staff-update")
    words = ["documents", str(programme / "book.xlsx"), "--as-of", DAY, "--only", "staff-update"]
    assert main(words) == 0
    (second,) = set((programme / "Documents").glob("*staff-update*")) - {path}
    second.write_bytes(path.read_bytes())
    path.unlink()
    capsys.readouterr()
    assert main(["documents", str(programme / "book.xlsx"), "--verify", "--only", "staff-update"]) == 1
    said = " ".join(capsys.readouterr().out.split())
    assert "Missing" in said
    assert "Moved" not in said


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system knows no pipes")
def test_what_is_no_file_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.docx")
    assert Looking(tmp_path, [], lambda _: False).at(entry_at("a.docx")).standing is Standing.NOT_SEEN
    assert Looking(tmp_path, [], lambda _: False).at(entry_at("//other/a.docx")).standing is Standing.NOT_SEEN


def test_an_unknown_document_is_refused(programme, capsys):
    assert main(["documents", str(programme / "book.xlsx"), "--verify", "--only", "staff"]) == 2
    assert "no document “staff”" in capsys.readouterr().err
