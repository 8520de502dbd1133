"""Importing from the terminal: in, set aside, mended, taken back, and the next month's list."""

import json
import shutil

import docx
import openpyxl
import pytest

from addin.frontends.terminal import main
from addin.hosts.file.host import ClosedHost
from addin.schema import FormOutput, ImportOutput
from tests.support.builders import BASE, PEOPLE, rows_like
from tests.support.contract_builder import build
from tests.support.intake import entry, text_of
from workbook.model.registers import History, ImportProblems, SupportLog

DAY = ("--as-of", "2026-06-30")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    names = ("Services", "WorkforcePlan", "RoleBriefs", "StartSignOff")
    tables = {name: rows_like(name, [{}]) for name in names} | {"People": PEOPLE}
    return build(tmp_path_factory.mktemp("made") / "book.xlsx", tables, computed=True)


@pytest.fixture
def book(made, tmp_path):
    return shutil.copy(made, tmp_path / "book.xlsx")


@pytest.fixture
def run(book, capsys):
    def run(*words, code=0):
        capsys.readouterr()
        found = main(["import", str(book), *map(str, words), *DAY])
        out = capsys.readouterr()
        assert found == code, out.err + out.out
        return out

    return run


def listed(path, rows):
    path.write_text(text_of(rows), encoding="utf-8", newline="")
    return path


def rows(book, register):
    return ClosedHost(book).read().rows(register)


def counts(out):
    said = json.loads(out.out)
    ImportOutput.model_validate_json(out.out)
    return said["counts"]


def test_a_month_of_lists(book, run, tmp_path, capsys):
    """Three logs and a form's export come in, bad rows are mended, undo takes it back, the next month adds the new."""
    before = book.read_bytes()
    logs = [listed(tmp_path / f"{name}.csv", [entry(Staff_member=f"Carer {name}")]) for name in ("Alpha", "Bravo")]
    own = build(tmp_path / "log.xlsx", {"SupportLog": [entry(Support_ID="SU-0001", Staff_member="Carer Own")]})
    bad = [entry(Staff_member="=1+1", Shift="Erly"), entry(Staff_member="Carer Last", Date="31/02/2026")]
    logs.append(listed(tmp_path / "form.csv", bad))
    out = run(*logs, own, "--into", "SupportLog", "--json", code=1)
    assert counts(out) == {"rows": 5, "added": 3, "already_there": 0, "set_aside": 2}
    assert [r.support_id for r in rows(book, SupportLog)] == ["SU-0001", "SU-0002", "SU-0003"]
    assert "there su-0001 of" in rows(book, History)[-1].origin

    mended = openpyxl.load_workbook(book)
    page = mended["Import problems"]
    for line in page.iter_rows():
        for cell in line:
            if isinstance(cell.value, str) and "Shift: " in cell.value:
                cell.value = cell.value.replace("Erly", "Early").replace("31/02/2026", "28 February 2026")
    mended.save(book)
    assert counts(run("--problems", "--json"))["added"] == 2
    assert not rows(book, ImportProblems)
    assert {r.staff_member for r in rows(book, SupportLog)} >= {"=1+1", "Carer Last"}

    held = book.read_bytes()
    assert counts(run(*logs, "--into", "Support log", "--json"))["already_there"] == 4
    assert book.read_bytes() == held, "nothing new: the file is not touched"
    listed(logs[0], [entry(Staff_member="Carer Alpha"), entry(Staff_member="Carer New")])
    assert counts(run(logs[0], "--into", "SupportLog", "--json"))["added"] == 1
    assert main(["undo", str(book)]) == 0
    assert book.read_bytes() == held
    assert before != held


def test_a_text_like_a_formula_stays_one_with_excels_mark(book, run, tmp_path):
    run(
        listed(tmp_path / "a.csv", [entry(What_happened=text) for text in ("=1+1", "+2", "-3", "@x")]),
        "--into",
        "SupportLog",
    )
    page = openpyxl.load_workbook(book)["Support log"]
    cells = [c for line in page.iter_rows() for c in line if c.value in {"=1+1", "+2", "-3", "@x"}]
    assert len(cells) == 4
    assert all(c.data_type in {"s", "inlineStr"} for c in cells)
    assert all(c.quotePrefix for c in cells)


def test_a_row_that_is_mended_in_the_source_leaves_the_problems(book, run, tmp_path):
    path = listed(tmp_path / "a.csv", [entry(Shift="Erly"), entry(Outcome="Fine")])
    run(path, "--into", "SupportLog", code=1)
    listed(path, [entry(), entry(Outcome="Fine")])
    run(path, "--into", "SupportLog", code=1)
    assert [r.source_row for r in rows(book, ImportProblems)] == [3]
    listed(path, [entry(Staff_member="Another"), entry(Staff_member="Somebody")])
    run(path, "--into", "SupportLog")
    assert [r.source_row for r in rows(book, ImportProblems)] == [3], "another entry in that row mends nothing"


def test_a_workbook_without_a_history_remembers_all_the_same(tmp_path, capsys):
    tables = {name: rows_like(name, [{}]) for name in ("Services", "WorkforcePlan")} | {"People": PEOPLE}
    book = build(tmp_path / "book.xlsx", tables)
    path = listed(tmp_path / "a.csv", [entry(), entry(Shift="Erly")])
    assert main(["import", str(book), str(path), "--into", "SupportLog", *DAY]) == 1
    assert main(["import", str(book), str(path), "--into", "SupportLog", *DAY]) == 1
    assert len(rows(book, SupportLog)) == len(rows(book, ImportProblems)) == 1
    assert [r.command for r in rows(book, History)] == ["import"]
    assert main(["undo", str(book)]) == 0
    assert main(["import", str(book), str(path), "--into", "SupportLog", *DAY]) == 1


def test_setup_is_taken_too(book, run, tmp_path):
    run(listed(tmp_path / "p.csv", [{"Person": "Trainer Two", "Role": "Trainer"}]), "--into", "People")
    run(
        listed(tmp_path / "s.csv", [BASE["Services"] | {"Service code": "ELM", "Service name": "Elm"}]),
        "--into",
        "Services",
    )
    run(listed(tmp_path / "a.csv", [entry(Service="Elm")]), "--into", "SupportLog")
    assert rows(book, SupportLog)[-1].service == "ELM"


def test_a_dry_run_writes_nothing(book, run, tmp_path):
    before = book.read_bytes()
    out = run(listed(tmp_path / "a.csv", [entry(), entry(Shift="Erly")]), "--into", "SupportLog", "--dry-run", code=1)
    assert "would come in" in out.out
    assert book.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["a.csv"], "not said where"),
        (["a.csv", "--into", "Nonsense"], "no register Nonsense"),
        (["a.csv", "--into", "Suport log"], '"Support log"'),
        (["a.csv", "--into", "Checks"], "no register Checks"),
        (["a.csv", "--into", "Programme"], "no register Programme"),
        (["--into", "SupportLog"], "No file is named"),
        (["a.csv", "--problems"], "takes no files"),
        (["book.xlsx", "--into", "SupportLog"], "the workbook itself"),
        (["none.csv", "--into", "SupportLog"], "no such file"),
        (["a.csv", "b.csv", "--into", "SupportLog"], "No column for"),
        (["a.csv", "--into", "SupportLog", "--map", "none.json"], "no such mapping file"),
    ],
)
def test_what_can_not_be_used_is_said_and_nothing_is_written(book, run, tmp_path, monkeypatch, words, said):
    monkeypatch.chdir(tmp_path)
    listed(tmp_path / "a.csv", [entry()])
    listed(tmp_path / "b.csv", [{"Date": "2026-06-25"}])
    before = book.read_bytes()
    out = run(*words, code=2)
    assert said in out.err
    assert "Traceback" not in out.err
    assert book.read_bytes() == before


def test_the_mapping_file_is_begun_even_where_a_column_is_missing(book, run, tmp_path):
    path, begun = listed(tmp_path / "b.csv", [{"When": "2026-06-25", "Odd": 1}]), tmp_path / "map.json"
    run(path, "--into", "SupportLog", "--save-map", begun, code=2)
    assert json.loads(begun.read_text())["columns"] == {"When": "Date", "Odd": None}


def test_problems_edited_to_nonsense_stay_and_say_why(book, run, tmp_path):
    run(
        listed(tmp_path / "a.csv", [entry(Shift="Erly"), entry(Outcome="Fine"), entry(Outcome="Odd")]),
        "--into",
        "SupportLog",
        code=1,
    )
    edited = openpyxl.load_workbook(book)
    page = edited["Import problems"]
    lines = [line for line in page.iter_rows() if line[0].value == "a.csv"]
    lines[0][2].value, lines[0][1].value = "Nowhere", "three"
    lines[1][4].value = "no lines of ours"
    edited.save(book)
    out = json.loads(run("--problems", "--json", code=1).out)
    assert out["counts"] == {"rows": 3, "added": 0, "already_there": 0, "set_aside": 3}
    assert out["into"] is None
    kept = [
        line[1].value
        for line in openpyxl.load_workbook(book)["Import problems"].iter_rows()
        if line[0].value == "a.csv"
    ]
    assert kept == ["three", 3, 4]


def test_the_questions_of_a_form_as_words_json_and_a_word_file(book, tmp_path, capsys):
    capsys.readouterr()
    out = tmp_path / "form.docx"
    assert main(["form", str(book), "--into", "Support log", "--json", "--out", str(out)]) == 0
    said = capsys.readouterr().out
    FormOutput.model_validate_json(said)
    asked = [q["question"] for q in json.loads(said)["questions"]]
    words = [p.text for p in docx.Document(str(out)).paragraphs]
    assert all(any(question in line for line in words) for question in asked)
    assert any("people who receive care" in line for line in words)
    assert "Champion Alpha" in words
    assert main(["form", str(book), "--into", "SupportLog"]) == 0
    assert asked[0] in capsys.readouterr().out
    assert main(["form", str(book), "--into", "SupportLog", "--out", str(out)]) == 2, "no file is replaced"
    assert main(["form", str(book), "--into", "Nonsense"]) == 2


def test_what_undo_took_back_beside_later_typing_comes_in_again(book, run, tmp_path):
    path = listed(tmp_path / "a.csv", [entry(), entry(Shift="Erly")])
    run(path, "--into", "SupportLog", code=1)
    typed = openpyxl.load_workbook(book)
    typed["Actions"].cell(60, 40, "a person's note")
    typed.save(book)
    assert main(["undo", str(book)]) == 0
    assert not rows(book, SupportLog)
    assert not rows(book, ImportProblems)
    assert counts(run(path, "--into", "SupportLog", "--json", code=1))["added"] == 1


@pytest.mark.parametrize("lock", ["~$book.xlsx", ".~lock.book.xlsx#"])
def test_a_workbook_that_is_open_elsewhere_is_left_alone(book, run, tmp_path, lock):
    (tmp_path / lock).write_bytes(b"\x05Other" + b" " * 60 if lock.startswith("~") else b",other,host,,;")
    before = book.read_bytes()
    out = run(listed(tmp_path / "a.csv", [entry()]), "--into", "SupportLog", code=2)
    assert "open" in out.err
    assert book.read_bytes() == before


def test_stopping_half_way_leaves_the_workbook_as_it_was(book, tmp_path, monkeypatch, capsys):
    def stopped(*_args, **_more):
        raise KeyboardInterrupt

    before = book.read_bytes()
    monkeypatch.setattr("addin.hosts.apply.apply_changes.Applying.run", stopped)
    path = listed(tmp_path / "a.csv", [entry()])
    assert main(["import", str(book), str(path), "--into", "SupportLog", *DAY]) == 130
    assert book.read_bytes() == before
