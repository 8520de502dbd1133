"""champions portfolio: many workbooks into one result, nobody named, and nothing that stops the whole."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile

import openpyxl
import pyarrow.parquet as pq
import pytest

from addin.frontends.terminal import main, portfolio
from addin.output.masterbook import write_master
from addin.output.write_file import NewFile
from addin.portfolio import page, workbook
from addin.portfolio import process as processes
from addin.portfolio.finding import Found, search
from addin.portfolio.keeping import Kept
from addin.portfolio.pool import Pool
from addin.portfolio.portfolio import gather
from addin.portfolio.problems import Problem, of_error
from addin.portfolio.process import Limits, Manner
from addin.portfolio.tables import problems_csv
from addin.schema import PUBLISHED
from tests.support.excel_limits import problems as against_excel
from workbook.blueprint import plan_book
from workbook.example import simulate

DAY = "2026-06-30"
OUTPUTS = ("portfolio.xlsx", "portfolio.html", "results.csv", "results.parquet", "problems.csv")


@pytest.fixture(scope="module")
def example():
    return simulate(weeks=4)


@pytest.fixture(scope="module")
def homes(example, tmp_path_factory):
    """A folder of workbooks: one with an id and an older copy of it, two without, a damaged and a foreign one."""
    folder = tmp_path_factory.mktemp("homes")
    plain = folder / "plain.xlsx"
    write_master(plain, plan_book(example.tables, example.until))
    (folder / "north").mkdir()
    shutil.copy(plain, folder / "north" / "plain.xlsx")
    own = folder / "own.xlsx"
    shutil.copy(plain, own)
    main(["triggers", str(own), "--as-of", DAY])
    shutil.copy(own, folder / "copy.xlsx")
    os.utime(folder / "copy.xlsx", (1, 1))
    (folder / "damaged.xlsx").write_bytes(plain.read_bytes()[:9000])
    (folder / "foreign.xlsx").write_text("no workbook", encoding="utf-8")
    (folder / "~$own.xlsx").write_text("A Planted User", encoding="utf-8")
    (folder / "notes.docx").write_text("x", encoding="utf-8")
    (folder / "round").symlink_to(folder, target_is_directory=True)
    return folder


@pytest.fixture(scope="module")
def ran(homes, tmp_path_factory):
    out = tmp_path_factory.mktemp("out")
    code = main(["portfolio", str(homes), "--out", str(out), "--as-of", DAY, "--workers", "2"])
    return code, out


def table(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def test_each_workbook_is_read_or_named_with_its_reason(ran):
    code, out = ran
    assert code == 1
    assert {row["file"] for row in table(out / "results.csv")} == {"own.xlsx", "plain.xlsx", "north/plain.xlsx"}
    found = {row["file"]: row for row in table(out / "problems.csv")}
    assert set(found) == {"copy.xlsx", "damaged.xlsx", "foreign.xlsx"}
    assert "older copy of own.xlsx" in found["copy.xlsx"]["message"]
    assert "damaged" in found["damaged.xlsx"]["message"]
    assert all(row["fix"] for row in found.values())


def opened(path):
    """All that an output says, opened as what it is."""
    if path.suffix == ".parquet":
        return json.dumps(pq.read_table(path).to_pylist())
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as package:
            return "\n".join(package.read(name).decode() for name in package.namelist())
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", OUTPUTS)
def test_nobody_is_named_and_no_path_is_told(ran, example, homes, name):
    people = {row["Person"] for row in example.tables["People"]} | {r["Name"] for r in example.tables["WorkforcePlan"]}
    people |= {row["Staff member"] for row in example.tables["SupportLog"]} | {"Planted User"}
    people |= {row["Champion ID"] for row in example.tables["WorkforcePlan"]}
    assert len(people) > 40
    said = opened(ran[1] / name)
    assert not [person for person in people if person in said]
    assert str(homes.parent) not in said


def test_excel_takes_the_workbook_and_links_are_relative(ran):
    data = (ran[1] / "portfolio.xlsx").read_bytes()
    assert against_excel(data) == []
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        sheets = package.read("xl/workbook.xml").decode()
        links = "".join(package.read(n).decode() for n in package.namelist() if n.endswith("sheet1.xml.rels"))
    for name in ("Overview", "Services", "Triggers", "Reviews late", "Outcomes", "Problems"):
        assert f'name="{name}"' in sheets
    assert "north/plain.xlsx" in links
    assert "file:///" not in links


def test_the_page_needs_nothing_else_and_has_a_table_for_each_chart(ran):
    page = opened(ran[1] / "portfolio.html")
    assert "http" not in page.replace("http-equiv", "")
    assert page.count("<svg") >= 1
    assert page.count("<table") >= page.count("<svg")


def test_parquet_and_csv_say_the_same(ran):
    rows = pq.read_table(ran[1] / "results.parquet").to_pylist()
    told = table(ran[1] / "results.csv")
    assert [r["measure"] for r in rows] == [r["measure"] for r in told]
    assert [r["value"] for r in rows] == [float(r["value"]) if r["value"] else None for r in told]
    withheld = [r for r in rows if r["withheld"]]
    assert all(r["value"] is r["numerator"] is r["denominator"] is None for r in withheld)


def test_a_second_run_reads_only_what_changed(homes, ran, tmp_path, capsys):
    out = tmp_path / "out"
    shutil.copytree(ran[1], out)
    some = tmp_path / "some"
    some.mkdir()
    shutil.copy(homes / "plain.xlsx", some)
    shutil.copy(homes / "own.xlsx", some / "new.xlsx")
    with (some / "new.xlsx").open("ab") as file:
        file.write(b"\0")
    capsys.readouterr()
    main(["portfolio", str(some), "--out", str(out), "--resume", "--json"])
    said = json.loads(capsys.readouterr().out)
    assert PUBLISHED["portfolio"].model_validate(said).model_dump(mode="json") == said
    assert said["as_of"] == DAY, "a run that goes on is of the same day"
    assert said["counts"]["found"] == 2
    assert said["counts"]["kept"] == 1


#: A process in place of ours: it dies of `killer`, once of `moody`, hangs on `endless`, and reads the others.
_STAND_IN = """
import json, os, sys, time, pathlib
for line in sys.stdin:
    job = json.loads(line)
    path = pathlib.Path(job["path"])
    if "killer" in path.name:
        os._exit(9)
    if "moody" in path.name and not path.with_suffix(".seen").exists():
        path.with_suffix(".seen").touch()
        os._exit(9)
    if "endless" in path.name:
        time.sleep(60)
    print(json.dumps({"read": {"digest": path.name, "lines": []}}), flush=True)
"""


def test_a_workbook_that_kills_or_never_ends_costs_its_own_line(tmp_path, monkeypatch):
    script = tmp_path / "stand_in.py"
    script.write_text(_STAND_IN, encoding="utf-8")

    def started(_):
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "encoding": "utf-8"}
        return subprocess.Popen([sys.executable, "-I", str(script)], **pipes)

    monkeypatch.setattr(processes.ReadingProcess, "_new_process", started)
    names = ["a", "killer", "b", "endless", "c", "moody", "d"]
    books = [Found(tmp_path / f"{name}.xlsx", name) for name in names]
    told = {}
    Pool(2, Manner(DAY, limits=Limits(seconds=1.5))).run(
        books, lambda book, outcome: told.setdefault(book.name, outcome)
    )
    assert set(told) == set(names)
    assert {name for name, outcome in told.items() if isinstance(outcome, Problem)} == {"killer", "endless"}
    assert (told["killer"].code, told["endless"].code) == ("killed", "too-long")
    assert "3 times" in told["killer"].message


def test_a_kept_result_is_not_used_for_other_bytes_or_another_day(tmp_path):
    book = tmp_path / "book.xlsx"
    book.write_bytes(b"one")
    kept = Kept(tmp_path, DAY, names=False)
    kept.keep({"digest": "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed", "lines": []}, "book.xlsx")
    assert kept.find(book, "book.xlsx") is not None
    assert kept.find(book, "Jo's book.xlsx") is None, "its name may tell of somebody in it"
    assert Kept(tmp_path, "2026-07-01", names=False).find(book, "book.xlsx") is None
    assert Kept(tmp_path, DAY, names=True).find(book, "book.xlsx") is None
    book.write_bytes(b"two")
    assert kept.find(book, "book.xlsx") is None


def test_a_kept_result_that_was_spoilt_is_read_anew(homes, tmp_path, capsys):
    some = tmp_path / "some"
    some.mkdir()
    shutil.copy(homes / "plain.xlsx", some)
    run = ["portfolio", str(some), "--out", str(tmp_path / "out"), "--as-of", DAY, "--json"]
    assert main(run) == 0
    before = (tmp_path / "out" / "results.csv").read_bytes()
    (kept,) = (tmp_path / "out" / ".kept").glob("??/*.json")
    for spoilt in ({"lines": [["x"]]}, {"lines": [[1] * 11]}, {"triggers": None, "lines": 3}, {"workbook_id": None}):
        sound = json.loads(kept.read_text())
        kept.write_text(json.dumps({**sound, **spoilt}))
        (tmp_path / "out" / ".kept" / "last-run.json").write_text("[]")
        capsys.readouterr()
        assert main(run) == 0
        assert json.loads(capsys.readouterr().out)["counts"]["kept"] == 0
        assert (tmp_path / "out" / "results.csv").read_bytes() == before


def test_what_is_no_file_is_named_and_holds_nobody_up(tmp_path, capsys):
    os.mkfifo(tmp_path / "pipe.xlsx")
    (tmp_path / "round.xlsx").symlink_to("round.xlsx")
    (tmp_path / "nowhere.xlsx").symlink_to("gone.xlsx")
    (tmp_path / "folder.xlsx").mkdir()
    assert main(["portfolio", str(tmp_path), "--out", str(tmp_path / "out"), "--as-of", DAY]) == 2
    told = {row["file"]: row["code"] for row in table(tmp_path / "out" / "problems.csv")}
    assert told == {"pipe.xlsx": "no-file", "round.xlsx": "no-file", "nowhere.xlsx": "gone"}


def test_of_many_rows_those_that_matter_most_are_shown_and_the_rest_is_told(homes, tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    monkeypatch.setattr(page, "MOST_ROWS", 3)
    some = tmp_path / "some"
    some.mkdir()
    shutil.copy(homes / "plain.xlsx", some)
    main(["portfolio", str(some), "--out", str(tmp_path / "out"), "--as-of", DAY])
    book = openpyxl.load_workbook(tmp_path / "out" / "portfolio.xlsx")
    assert book["Services"].max_row == 4 + 3
    assert "These are 3 of " in book["Services"]["A2"].value
    assert "The first 3 of " in (tmp_path / "out" / "portfolio.html").read_text(encoding="utf-8")
    states = [row[3].value for row in book["Triggers"].iter_rows(min_row=5)]
    assert states == sorted(states, key=lambda s: s != "Action needed")
    assert len(table(tmp_path / "out" / "results.csv")) > 3, "all figures stand there"


def test_a_file_called_like_a_formula_is_harmless(tmp_path):
    problem = Problem("=cmd|'/c calc'!A0.xlsx", "gone", "-1+1", "@x")
    (row,) = list(csv.reader(io.StringIO(problems_csv([problem]).decode("utf-8-sig"))))[1:]
    assert [cell[0] for cell in row] == ["'", "g", "'", "'"]


def test_lists_and_what_is_not_there(homes, tmp_path):
    (homes / "list.txt").write_text("own.xlsx\n\nnorth\nmissing.xlsx\n", encoding="utf-8")
    found = search([str(homes / "list.txt"), str(homes / "own.xlsx"), str(tmp_path / "nowhere")])
    (homes / "list.txt").unlink()
    assert [book.name for book in found.books] == ["own.xlsx", "plain.xlsx"]
    assert [(p.file, p.code) for p in found.problems] == [("missing.xlsx", "not-there"), ("nowhere", "not-there")]


def test_lists_that_name_one_another_and_names_that_are_too_long_come_to_an_end(homes, tmp_path):
    (tmp_path / "a.txt").write_text(f"b.txt\na.txt\n{homes / 'plain.xlsx'}\n{'x' * 300}.xlsx\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("a.txt\n", encoding="utf-8")
    found = search([str(tmp_path / "a.txt")])
    assert [book.name for book in found.books] == ["plain.xlsx"]
    assert [p.code for p in found.problems] == ["no-file"]


def test_names_that_are_no_text_or_look_like_formulas_stop_nothing(homes, tmp_path):
    some = tmp_path / "some"
    some.mkdir()
    names = [b"\xff.xlsx", b"\xfe.xlsx", b"=1+1.xlsx", b"a\x1b[2Jb.xlsx", b"<script>.xlsx", "\u202excod.xlsx".encode()]
    for name in names:
        shutil.copy(homes / "plain.xlsx", os.fsencode(some) + b"/" + name)
    out = tmp_path / "out"
    assert main(["portfolio", str(some), "--out", str(out), "--as-of", DAY]) == 0
    files = {row["file"] for row in table(out / "results.csv")}
    assert files == {"�.xlsx", "�.xlsx (2)", "'=1+1.xlsx", "a�[2Jb.xlsx", "<script>.xlsx", "�xcod.xlsx"}
    book = openpyxl.load_workbook(out / "portfolio.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert {c.value for c in cells if c.hyperlink} == {"=1+1.xlsx", "<script>.xlsx"}
    assert "<script>.xlsx" not in (out / "portfolio.html").read_text(encoding="utf-8")
    assert against_excel((out / "portfolio.xlsx").read_bytes()) == []


def test_nothing_to_read_ends_with_2_and_leaves_a_result(tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    assert main(["portfolio", str(tmp_path / "empty"), "--out", str(tmp_path / "out"), "--as-of", DAY]) == 2
    assert (tmp_path / "out" / "portfolio.xlsx").exists()
    assert "No workbook was found" in capsys.readouterr().out
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for out in (tmp_path / "file", tmp_path / "file" / "within", tmp_path / ("x" * 300)):
        assert main(["portfolio", str(tmp_path / "empty"), "--out", str(out)]) == 2
        assert "folder" in capsys.readouterr().err


def test_names_need_a_person_who_says_yes(homes, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    assert main(["portfolio", str(homes), "--out", str(tmp_path / "out"), "--names"]) == 2
    assert "when a person says yes" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_what_stood_in_the_folder_is_kept_and_is_no_workbook_to_read(homes, tmp_path, capsys):
    out = tmp_path / "homes"
    out.mkdir()
    shutil.copy(homes / "plain.xlsx", out)
    (out / "results.csv").write_text("my own", encoding="utf-8")
    run = ["portfolio", str(out), "--out", str(out), "--as-of"]
    assert main([*run, DAY]) == 0
    (former,) = (out / ".champions").iterdir()
    assert [p.name for p in former.iterdir()] == ["results.csv"]
    assert (former / "results.csv").read_text(encoding="utf-8") == "my own"
    assert "are kept in .champions/" in capsys.readouterr().err
    made = (out / "portfolio.xlsx").read_bytes()
    assert main([*run, DAY]) == 0, "its own result is not one of the workbooks"
    assert list((out / ".champions").iterdir()) == [former], "the same again replaces nothing"
    assert (out / "portfolio.xlsx").read_bytes() == made


def test_a_full_disk_at_the_end_keeps_what_was_read(homes, tmp_path, monkeypatch, capsys):
    whole = NewFile.write

    def full(new, content):
        if new.path.name == "portfolio.xlsx":
            raise OSError(errno.ENOSPC, "No space left on device")
        return whole(new, content)

    some = tmp_path / "some"
    some.mkdir()
    shutil.copy(homes / "plain.xlsx", some)
    monkeypatch.setattr(NewFile, "write", full)
    run = ["portfolio", str(some), "--out", str(tmp_path / "out"), "--as-of", DAY, "--json"]
    assert main(run) == 2
    assert "--resume goes on" in capsys.readouterr().err
    assert not [p for p in (tmp_path / "out").iterdir() if p.is_file()], (
        "nothing half-written is left, nothing replaced"
    )
    monkeypatch.undo()
    assert main(run) == 0
    assert json.loads(capsys.readouterr().out)["counts"]["kept"] == 1


def test_two_runs_into_one_folder_wait_for_each_other(homes, tmp_path, capsys):
    out = tmp_path / "out"
    with portfolio._alone(out):
        assert main(["portfolio", str(homes), "--out", str(out)]) == 2
    assert "another run writes into this folder" in capsys.readouterr().err


def test_many_other_files_and_a_folder_that_vanishes(tmp_path, monkeypatch):
    for n in range(10_000):
        (tmp_path / f"note {n}.docx").touch()
    for name in "abc":
        (tmp_path / f"{name}.xlsx").touch()
    (tmp_path / "gone").mkdir()
    walk = os.walk

    def vanishing(folder, **more):
        for here, folders, files in walk(folder, **more):
            if "gone" in folders:
                (tmp_path / "gone").rmdir()
            yield here, folders, files

    monkeypatch.setattr("addin.portfolio.finding.os.walk", vanishing)
    found = search([str(tmp_path)])
    assert [book.name for book in found.books] == ["a.xlsx", "b.xlsx", "c.xlsx"]
    assert [(p.file, p.code) for p in found.problems] == [("gone", "folder")]


@pytest.mark.parametrize(
    ("error", "code"), [(PermissionError(13, "/home/jo"), "no-leave"), (FileNotFoundError(2, "/home/jo"), "gone")]
)
def test_a_file_that_may_not_be_read_says_so_without_its_path(error, code):
    told = of_error("north.xlsx", error)
    assert told.code == code
    assert "jo" not in told.message + told.fix


def test_of_copies_saved_by_clocks_that_differ_one_is_taken_and_the_other_named(homes, tmp_path):
    later = (homes / "own.xlsx").stat().st_mtime + 10 * 365 * 86400
    for name, moment in (("a.xlsx", later), ("b.xlsx", later)):
        shutil.copy(homes / "own.xlsx", tmp_path / name)
        os.utime(tmp_path / name, (moment, moment))
    books = search([str(tmp_path)]).books
    whole = gather(books, Pool(1, Manner(DAY)), Kept(tmp_path / "out", DAY, names=False), [], lambda _: None)
    assert [b.found.name for b in whole.books] == ["a.xlsx"]
    assert [(p.file, p.code) for p in whole.problems] == [("b.xlsx", "copy")]
