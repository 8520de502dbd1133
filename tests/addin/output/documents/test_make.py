import datetime as dt
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import docx
import pytest

import addin
import workbook
from addin.frontends.terminal import main
from addin.hosts.memory import MemoryBook, MemoryHost
from addin.output.documents import write
from addin.output.documents.make import make_documents
from addin.output.documents.places import output_folder, template_dir
from addin.output.documents.write import write_document
from tests.support.builders import AS_OF, apart, book, raw_book
from tests.support.documents_programme import busy_book, material
from workbook.documents.calling import called_for, chosen
from workbook.documents.register import Entry, entered
from workbook.model.changes import AddTable, AppendRows
from workbook.model.errors import BookBusy, BookNotWritable, TemplateMistake, UnknownName
from workbook.model.findings import Finding, Severity
from workbook.model.registers import History


def run(tmp_path, found=None, **more):
    found = found or material()
    return make_documents(found, called_for(found), tmp_path / "book.xlsx", made_on=dt.date(2026, 7, 1), **more)


def test_documents_are_named_by_day_id_and_scope(tmp_path):
    run(tmp_path)
    assert sorted(p.name for p in (tmp_path / "Documents").iterdir()) == [
        "2026-06-30 board-minutes programme.docx",
        "2026-06-30 board-paper programme.docx",
        "2026-06-30 governance-review programme.docx",
        "2026-06-30 guidance-note OAK.docx",
        "2026-06-30 role-brief DC-003.docx",
        "2026-06-30 staff-update programme.docx",
        "2026-06-30 start-pack programme.docx",
        "2026-06-30 supplier-letter programme.docx",
        "2026-06-30 support-review ELM.docx",
        "2026-06-30 support-review OAK.docx",
    ]


def test_an_existing_file_is_never_replaced(tmp_path):
    first = run(tmp_path).written[0].path
    first.write_bytes(b"signed by hand")
    second = run(tmp_path).written[0].path
    assert first.read_bytes() == b"signed by hand"
    assert second.name == first.stem + " (2).docx"
    assert run(tmp_path).written[0].path.name == first.stem + " (3).docx"
    assert not list(first.parent.glob("*.tmp"))


@pytest.mark.parametrize("why", [PermissionError, NotImplementedError])
def test_a_name_taken_meanwhile_is_left_alone_without_hard_links(tmp_path, monkeypatch, why):
    def refuse(*_):
        raise why

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    first = run(tmp_path).written[0].path
    assert run(tmp_path).written[0].path != first
    docx.Document(str(first))


def test_a_mistake_in_one_template_leaves_no_document(tmp_path):
    (tmp_path / "Templates").mkdir()
    page = docx.Document()
    page.add_paragraph("{{ no_such_name }}")
    page.save(str(tmp_path / "Templates" / "board-minutes.docx"))
    with pytest.raises(TemplateMistake):
        run(tmp_path)
    assert not (tmp_path / "Documents").exists()


def test_a_folder_that_is_a_file_is_said(tmp_path):
    (tmp_path / "Documents").write_text("in the way")
    with pytest.raises(BookNotWritable, match="can't be written to"):
        run(tmp_path)


def test_the_setting_and_the_option_choose_the_folder(tmp_path):
    snapshot = book(settings={"Documents folder": "papers\\board"})
    assert output_folder(snapshot, tmp_path).folder == tmp_path / "papers/board"
    assert output_folder(snapshot, tmp_path, tmp_path / "x").folder == tmp_path / "x"
    goes = output_folder(book(settings={"Documents folder": "https://example.org/x"}), tmp_path)
    assert goes.folder == tmp_path / "Documents"
    assert "web address" in goes.note
    assert goes.wanted is None


def test_a_folder_elsewhere_waits_for_the_persons_yes(tmp_path):
    (tmp_path / "mine").mkdir()
    snapshot = book(settings={"Documents folder": str(tmp_path / "theirs")})
    asked = []

    def answer(yes):
        return lambda folder: asked.append(folder) or yes

    goes = output_folder(snapshot, tmp_path / "mine", may=answer(False))
    assert goes.folder == tmp_path / "mine" / "Documents"
    assert goes.wanted == tmp_path / "theirs"
    assert "outside the workbook's folder" in goes.note
    assert output_folder(snapshot, tmp_path / "mine", may=answer(True)).folder == tmp_path / "theirs"
    assert asked == [tmp_path / "theirs"] * 2
    output_folder(book(settings={"Documents folder": "//server/x"}), tmp_path / "mine", may=answer(True))
    output_folder(book(settings={"Documents folder": "papers"}), tmp_path / "mine", may=answer(True))
    assert len(asked) == 2, "nobody is asked about a place that is never gone to, or that is within the folder"


def test_a_usual_folder_that_leads_elsewhere_is_not_followed_unasked(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "theirs").mkdir()
    (tmp_path / "mine" / "Documents").symlink_to(tmp_path / "theirs", target_is_directory=True)
    with pytest.raises(BookNotWritable, match="leads to another place"):
        output_folder(book(), tmp_path / "mine")
    goes = output_folder(book(), tmp_path / "mine", may=lambda folder: folder == tmp_path / "theirs")
    assert goes.folder == tmp_path / "theirs"


def test_what_was_not_followed_is_told_with_what_was_made(tmp_path):
    (tmp_path / "mine").mkdir()
    found = material(busy_book(settings={"Documents folder": "../theirs"}))
    made = run(tmp_path / "mine", found)
    assert any("outside the workbook's folder" in note for note in made.notes)
    assert made.wanted == tmp_path / "theirs"
    assert {w.path.parent for w in made.written} == {tmp_path / "mine" / "Documents"}
    assert not (tmp_path / "theirs").exists()


def test_what_was_written_is_entered_with_its_hash(tmp_path):
    found = material()
    made = run(tmp_path, found)
    change = entered(found.view.snapshot, made.entries).changes[0]
    assert isinstance(change, AppendRows)
    row = dict(change.rows[2])
    assert row == {
        "Document": "board-minutes",
        "Scope": "programme",
        "As of": dt.date(2026, 6, 30),
        "Made on": dt.date(2026, 7, 1),
        "File": "Documents/2026-06-30 board-minutes programme.docx",
        "Workbook fingerprint": found.view.snapshot.fingerprint,
        "File hash": hashlib.sha256(made.written[2].path.read_bytes()).hexdigest(),
    }


def test_a_workbook_without_the_register_gets_it(tmp_path):
    found = material(busy_book(leave_out=("Documents",)))
    (change,) = entered(found.view.snapshot, run(tmp_path, found).entries).changes
    assert isinstance(change, AddTable)
    assert [row[:2] for row in change.rows] == [
        ("governance-review", "programme"),
        ("board-paper", "programme"),
        ("board-minutes", "programme"),
        ("start-pack", "programme"),
        ("role-brief", "DC-003"),
        ("support-review", "OAK"),
        ("support-review", "ELM"),
        ("guidance-note", "OAK"),
        ("staff-update", "programme"),
        ("supplier-letter", "programme"),
    ]
    assert not entered(found.view.snapshot, ())


def test_each_document_says_why_it_is_or_is_not_called_for():
    calls = {c.document.id: c for c in called_for(material())}
    assert calls["board-minutes"].called
    assert calls["board-minutes"].reason == "The board meets on 03 Jul 2026."
    quiet = {c.document.id: c for c in called_for(material(book(Services=[])))}
    assert not quiet["board-minutes"].called
    assert "No board meeting is due" in quiet["board-minutes"].reason


def test_only_chooses_and_an_unknown_document_is_said():
    calls = chosen(material(book(Services=[])), ["Board-Minutes"])
    assert [c.document.id for c in calls if c.called] == ["board-minutes"]
    with pytest.raises(UnknownName, match="board-notes"):
        chosen(material(), ["board-notes"])


def test_file_names_are_allowed_everywhere():
    from workbook.documents.catalogue import BY_ID
    from workbook.model.triggers import Scope, ScopeKind

    stem = write.file_stem("2026-06-30", BY_ID["board-minutes"], Scope(ScopeKind.SERVICE, 'A/B:"C"?.'))
    assert stem == "2026-06-30 board-minutes A-B-C-"


def test_templates_are_found_in_a_checkout_and_in_an_installed_package(tmp_path):
    assert (template_dir() / "board-minutes.docx").is_file()
    for package in (addin, workbook):
        source = Path(package.__file__).parent
        shutil.copytree(source, tmp_path / source.name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(template_dir(), tmp_path / "addin" / "output" / "documents" / "templates")
    code = "from addin.output.documents.places import template_dir; print(template_dir())"
    found = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert Path(found.stdout.strip()) == (tmp_path / "addin" / "output" / "documents" / "templates").resolve()


def test_where_the_second_can_not_be_written_the_first_is_named(tmp_path, monkeypatch):
    real, calls = write_document, []

    def write(content, folder, stem, ending):
        calls.append(stem)
        if len(calls) == 2:
            raise BookNotWritable("There is no room.", where=str(folder), next_step="Make some.")
        return real(content, folder, stem, ending)

    monkeypatch.setattr("addin.output.documents.make.write_document", write)
    with pytest.raises(BookNotWritable) as refused:
        run(tmp_path)
    (there,) = (tmp_path / "Documents").iterdir()
    assert there.name in refused.value.what
    assert str(there.parent) in refused.value.what


def test_where_entering_them_fails_the_files_are_named(tmp_path, monkeypatch, capsys):
    assert main(["demo", str(tmp_path / "demo")]) == 0
    (book_path,) = (tmp_path / "demo").glob("*.xlsx")
    there = set((tmp_path / "demo").rglob("*.docx"))
    words = ["documents", str(book_path), "--only", "board-minutes", "--as-of", "2026-06-30"]

    def busy(*_args, **_more):
        raise BookBusy("The workbook is open in Excel.", where=str(book_path), next_step="Close it there.")

    with monkeypatch.context() as patched:
        patched.setattr("addin.hosts.file.host.ClosedHost.apply", busy)
        capsys.readouterr()
        assert main(words) == 2
    (made,) = set((tmp_path / "demo").rglob("*.docx")) - there
    said = " ".join(capsys.readouterr().err.split())
    assert f"not entered in the register: {made.name}" in said
    assert main(words) == 0
    assert "not entered in the register" not in capsys.readouterr().err, "nothing failed"


@pytest.mark.parametrize("later", [False, True])
def test_nothing_is_let_through_where_no_history_keeps_it(tmp_path, monkeypatch, capsys, later):
    path = tmp_path / "book.xlsx"
    main(["new", str(path), "--example"])
    before = path.read_bytes()
    if later:
        monkeypatch.setattr("addin.hosts.apply.newer_layout.is_newer", lambda *_: True)
    words = [] if later else ["--no-write"]
    assert main(["documents", str(path), "--as-of", "2026-06-30", "--confirm", "IM-001", *words]) == 2
    assert later or "Change history keeps which texts were let through" in capsys.readouterr().err
    assert [p.name for p in tmp_path.iterdir()] == ["book.xlsx"]
    assert path.read_bytes() == before


@pytest.mark.parametrize(("document", "notes"), [("supplier-letter", 1), ("board-minutes", 0)])
def test_a_text_that_was_let_through_is_kept_in_the_change_history(document, notes):
    host = MemoryHost(MemoryBook.of(apart(raw_book(ImprovementLog=[{}]))))
    snapshot = host.read()
    let = Finding(
        "identifiable-information", Severity.WARNING, "ImprovementLog", "IM-001", 6, "Description", "", "", ""
    )
    entry = Entry(document, "programme", AS_OF, AS_OF, "Documents/a.docx", "0")
    host.apply(entered(snapshot, [entry], [let]), who="Quality Lead One", when=dt.datetime(2026, 7, 1, tzinfo=dt.UTC))
    noted = [row for row in host.read().rows(History) if row.entry_id == "IM-001"]
    assert len(noted) == notes
    for row in noted:
        assert (row.command, row.in_column, row.origin) == ("documents", "Description", "Documents/a.docx")
        assert "let through" in row.after
