"""`champions undo` and `champions restore` as a manager uses them, on workbooks of LibreOffice too."""

import datetime as dt
import io
import json
import os
import re
import subprocess
import sys
import zipfile

import openpyxl
import pytest
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from addin.frontends.terminal import main
from addin.hosts.file.versions import kept_states
from addin.lossless.save import in_use
from tests.end_to_end.test_json_contract import AS_OF, programme
from tests.support.contract_builder import build
from tests.support.foreign_parts import IN_SHEETS, PARTS, add_foreign_parts
from tests.support.office import ROOT, convert

DAY = ("--as-of", AS_OF)


@pytest.fixture
def path(tmp_path):
    return build(tmp_path / "programme.xlsx", programme(), computed=True)


@pytest.fixture
def run(capsys):
    """Runs a command; gives what it says, both ways, after looking at its exit code."""

    def run(*words, code=0):
        capsys.readouterr()
        assert main([str(w) for w in words]) == code
        said = capsys.readouterr()
        assert (said.err == "") == (code != 2)
        return " ".join((said.out + said.err).split())

    return run


def texts(path):
    return {p.name for p in path.parent.iterdir()}


def test_check_undone_gives_the_very_file_back(path, run):
    before = path.read_bytes()
    run("check", path, *DAY, code=1)
    after = path.read_bytes()
    said = run("undo", path, "--dry-run")
    assert "The last run: check of" in said
    assert "to the byte" in said
    assert "Checks: what it held before that run" in said
    assert "SupportLog SU-0004, Check: “Date is 03/04/2026" in said
    assert path.read_bytes() == after
    assert "again as it was before that run, to the byte" in run("undo", path)
    assert path.read_bytes() == before
    assert "What check had written is there again" in run("undo", path)
    assert path.read_bytes() == after
    assert texts(path) == {"programme.xlsx", ".champions"}


def test_the_last_run_alone_is_taken_back(path, run):
    run("check", path, *DAY, code=1)
    checked = path.read_bytes()
    run("triggers", path, *DAY, code=1)
    assert "Taken back: triggers of" in run("undo", path)
    assert path.read_bytes() == checked


def in_another_program(path, table, header, row, value):
    """An entry made elsewhere; the whole file is written anew. Gives what stood there."""
    book = openpyxl.load_workbook(path)
    for sheet in book:
        if table in sheet.tables:
            top = sheet.tables[table].ref.partition(":")[0]
            start = sheet[top]
            headers = [c.value for c in sheet[start.row]]
            cell = sheet.cell(start.row + row, headers.index(header) + 1)
            was, cell.value = cell.value, value
            book.save(path)
            return was
    raise LookupError(table)


def findings(path, run):
    return json.loads(run("check", path, *DAY, "--no-write", "--json", code=1))["findings"]


def test_what_you_entered_since_stays(path, run):
    run("triggers", path, *DAY, code=1)
    in_another_program(path, "SupportLog", "Coaching given", 2, "Showed it once more.")
    said = run("undo", path, "--dry-run")
    assert "they would stay" in said
    assert "Triggers: now 0 rows" in said
    assert "What you changed since stays" in run("undo", path)
    book = openpyxl.load_workbook(path)
    assert in_another_program(path, "SupportLog", "Coaching given", 2, "x") == "Showed it once more."
    assert not [r for r in book["Triggers"].iter_rows(min_row=5, values_only=True) if any(r)]


def test_the_same_cell_changed_since_is_named_and_nothing_is_written(path, run):
    run("triggers", path, *DAY, code=1)
    assert in_another_program(path, "Actions", "Status", 2, "In progress") == "Proposed"
    before = path.read_bytes()
    for words in (("undo", path), ("undo", path, "--dry-run")):
        said = run(*words, code=2)
        assert "can't be taken back. Nothing was changed" in said
        assert "Status: The cell now holds “In progress”, not “Proposed”" in said
        assert "champions restore" in said
    assert path.read_bytes() == before


def test_nothing_to_take_back_and_nothing_to_bring_back(path, run):
    assert "no run to take back" in run("undo", path, code=2)
    assert "No earlier state" in run("restore", path, code=2)
    assert "No earlier state" in run("restore", path, "--list", code=2)
    assert "no workbook" in run("undo", path.with_name("missing.xlsx"), code=2)
    assert texts(path) == {"programme.xlsx"}


def test_earlier_states_are_listed_and_brought_back(path, run):
    new = path.read_bytes()
    run("check", path, *DAY, code=1)
    run("triggers", path, *DAY, code=1)
    now = path.read_bytes()
    said = run("restore", path, "--list")
    assert "2 earlier states kept" in said
    assert said.index("triggers") < said.index("check")
    assert path.read_bytes() == now
    said = run("restore", path, "2")
    assert "Brought back: programme.xlsx as it was on" in said
    assert "before check" in said
    assert path.read_bytes() == new
    assert "already" in run("restore", path, "3")
    run("undo", path)
    assert path.read_bytes() == now
    assert "There is no state 9" in run("restore", path, "9", code=2)
    assert "neither a number" in run("restore", path, "soon", code=2)
    today = dt.datetime.now(dt.UTC).astimezone().date().isoformat()
    assert "states of" in run("restore", path, today, code=2)


def test_a_deleted_or_damaged_workbook_comes_back(path, run):
    run("check", path, *DAY, code=1)
    path.write_bytes(path.read_bytes()[:3000])
    said = run("check", path, *DAY, code=2)
    assert f'champions restore "{path}" --list' in said
    assert "Brought back" in run("restore", path)
    run("check", path, *DAY, code=1)
    path.unlink()
    assert "champions restore" in run("check", path, *DAY, code=2)
    assert "Brought back" in run("restore", path)
    run("check", path, *DAY, code=1)


def test_a_persons_own_sheets_that_use_what_was_written_are_named(path, capsys):
    book = openpyxl.load_workbook(path)
    book.create_sheet("My sums")["A1"] = "=COUNTA(Checks[Code])"
    book.create_sheet("My notes")["A1"] = "=1+1"
    book.save(path)
    main(["check", str(path), *DAY, "--json"])
    said = capsys.readouterr()
    assert json.loads(said.out)["counts"]["error"]
    assert "Your own sheets that use what was written: My sums." in said.err


def test_open_in_an_office_program_nothing_is_written(path, run):
    run("check", path, *DAY, code=1)
    before = path.read_bytes()
    path.with_name(".~lock.programme.xlsx#").write_text(",Manager Oak,host,")
    for words in (("undo", path), ("restore", path)):
        said = run(*words, code=2)
        assert "open in LibreOffice (by Manager Oak)" in said
        assert "Nothing was changed" in said
    assert path.read_bytes() == before


def test_a_workbook_that_is_only_in_the_cloud(path, run, monkeypatch):
    run("check", path, *DAY, code=1)
    monkeypatch.setattr(in_use, "is_away", lambda info: True)
    for words in (("check", path), ("undo", path), ("restore", path)):
        assert "only in the cloud" in run(*words, code=2)


@pytest.mark.skipif(sys.platform == "win32", reason="the system's limit on file sizes is not on Windows")
def test_a_full_disk(path):
    before = path.read_bytes()
    words = ["check", str(path), *DAY]
    code = (
        "import resource, signal, sys; from addin.frontends.terminal import main, check;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (2000, -1));"
        f"sys.exit(main({words!r}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 2
    assert "not enough room on the disk" in done.stderr
    assert path.read_bytes() == before
    assert texts(path) <= {"programme.xlsx", ".champions"}


def test_two_runs_at_once_leave_one_sound_workbook(path, run):
    command = [sys.executable, "-m", "addin.frontends.terminal", "check", str(path), *DAY]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) for _ in range(4)]
    said = [process.communicate(timeout=120)[1].decode() for process in both]
    codes = [process.returncode for process in both]
    assert 1 in codes, said
    assert set(codes) <= {1, 2}
    for code, words in zip(codes, said, strict=True):
        stale = ("is writing into", "changed after", "by another program", "The cell now holds")
        assert code == 1 or any(s in words for s in stale), words
        assert code == 1 or "What to do" in words, words
    assert texts(path) == {"programme.xlsx", ".champions"}
    before = path.read_bytes()
    run("check", path, *DAY, code=1)
    assert path.read_bytes() == before, "what the others would have written is there"


def decorated(path):
    """A workbook with what people put in: a picture, a comment, a hidden sheet, formulas and formats of their own."""
    from matplotlib import image
    from openpyxl.comments import Comment
    from openpyxl.drawing.image import Image
    from openpyxl.styles import Font, PatternFill

    build(path, programme(), computed=True)
    drawing = io.BytesIO()
    image.imsave(drawing, [[(1.0, 0.0, 0.0), (0.0, 0.0, 1.0)]], format="png")
    book = openpyxl.load_workbook(path)
    mine = book.create_sheet("My notes")
    mine["A1"], mine["A2"] = 20, "=A1*2"
    mine["A2"].font, mine["A1"].fill = Font(bold=True, color="FF0000"), PatternFill("solid", fgColor="FFFF00")
    mine["B1"].comment = Comment("Ask the board.", "Manager")
    mine.add_image(Image(drawing), "D4")
    book.create_sheet("Hidden")["A1"] = "='My notes'!A2+1"
    book["Hidden"].sheet_state = "hidden"
    book["Support log"]["B5"].comment = Comment("Seen.", "Manager")
    book.save(path)
    return path


def parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.mark.libreoffice
def test_a_workbook_of_libreoffice_comes_through_all_of_it(tmp_path, run):
    (tmp_path / "by").mkdir()
    path = convert(decorated(tmp_path / "programme.xlsx"), tmp_path / "by")
    original = path.read_bytes()
    kept = parts(original)
    theirs = {n for n in kept if "media" in n or "drawing" in n.lower() or "comments" in n or "theme" in n}
    assert any("media" in n for n in theirs), "the picture came through LibreOffice"
    assert any("comments" in n for n in theirs)
    names = openpyxl.load_workbook(path).sheetnames
    places = {f"xl/worksheets/sheet{names.index(name) + 1}.xml" for name in ("My notes", "Hidden")}
    assert places <= set(kept)
    for command in ("check", "triggers"):
        before = path.read_bytes()
        run(command, path, *DAY, code=1)
        now = parts(path.read_bytes())
        assert {n: now.get(n) for n in theirs | places} == {n: kept[n] for n in theirs | places}
        assert set(kept) <= set(now)
        run("undo", path)
        assert path.read_bytes() == before
        run("undo", path)
        assert parts(path.read_bytes()) == now
    assert "Brought back" in run("restore", path, str(len(kept_states(path))))
    assert path.read_bytes() == original
    run("undo", path)
    saved_again = convert(path, tmp_path)
    run("check", saved_again, *DAY, code=1)


def sheet_part(path, name):
    book = openpyxl.load_workbook(path)
    return f"xl/worksheets/sheet{book.sheetnames.index(name) + 1}.xml"


@pytest.fixture
def full(tmp_path):
    """A workbook with macros and all that hands put in, by openpyxl and beyond; and the parts that must stay."""
    path = decorated(tmp_path / "plain.xlsx")
    own, other, hidden = (sheet_part(path, name) for name in ("My notes", "Support log", "Hidden"))
    full = tmp_path / "programme.xlsm"
    full.write_bytes(add_foreign_parts(path.read_bytes(), own, other))
    path.unlink()
    theirs = {n for n in parts(full.read_bytes()) if n in PARTS or "drawing" in n or "media" in n or "comment" in n}
    return full, theirs | {own, hidden}, other


def test_a_workbook_full_of_other_programs_parts_comes_through_all_of_it(full, run):
    path, theirs, other = full
    original = path.read_bytes()
    kept = parts(original)
    assert len(theirs) >= 15
    for command in ("check", "triggers"):
        before = path.read_bytes()
        run(command, path, *DAY, code=1)
        now = parts(path.read_bytes())
        assert {n: now.get(n) for n in theirs} == {n: kept[n] for n in theirs}
        for words in IN_SHEETS:
            assert any(words in now[n].decode() for n in now if n.startswith("xl/worksheets/sheet"))
        for part in (n for n in kept if n.endswith(".rels")):
            relations = re.findall(r"<Relationship [^>]*>", kept[part].decode())
            assert all(r in now[part].decode() for r in relations)
        assert now[other] != kept[other], "it stays in a sheet that was written to as well"
        run("undo", path)
        assert path.read_bytes() == before
    run("check", path, *DAY, code=1)
    numbers = [n for n, state in enumerate(kept_states(path), start=1) if state.path.read_bytes() == original]
    run("restore", path, numbers[0])
    assert path.read_bytes() == original


@pytest.mark.libreoffice
def test_a_workbook_full_of_other_programs_parts_opens_afterwards(full, run, tmp_path):
    path, *_ = full
    run("check", path, *DAY, code=1)
    run("triggers", path, *DAY, code=1)
    (tmp_path / "by").mkdir()
    again = convert(path, tmp_path / "by", "xlsx")
    book = CalamineWorkbook.from_path(again)
    assert book.get_sheet_by_name("My notes").to_python()[1][0] == 40
    assert len(book.get_sheet_by_name("Triggers").to_python()) > 10
    assert "Hidden" in {s.name for s in book.sheets_metadata if s.visible is SheetVisibleEnum.Hidden}


@pytest.mark.libreoffice
def test_after_libreoffice_saved_it_again_the_run_can_be_taken_back(tmp_path, run):
    path = build(tmp_path / "programme.xlsx", programme(), computed=True)
    run("triggers", path, *DAY, code=1)
    (tmp_path / "by").mkdir()
    saved = convert(path, tmp_path / "by")
    os.replace(saved, path)  # noqa: PTH105 - what saving in LibreOffice does
    assert "What you changed since stays" in run("undo", path)
    said = json.loads(run("triggers", path, *DAY, "--json", "--no-write", code=1))
    assert said["results"]
    book = openpyxl.load_workbook(path)
    assert not [r for r in book["Triggers"].iter_rows(min_row=5, values_only=True) if any(r)]
