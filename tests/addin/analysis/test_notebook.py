"""The notebook in docs: it runs from top to bottom, answers its five questions, and names nobody."""

import json
import re
import tempfile

import pytest

from tools.notebook import NOTEBOOK, code_cells, printed, stored
from workbook.example import simulate

TEXT = NOTEBOOK.read_text(encoding="utf-8")
BOOK = json.loads(TEXT)
QUESTION = re.compile(r"## (\d)\. .+\?\n\n\S.+", re.DOTALL)
PATHS = re.compile(r"""(?:^|[\s"'(=])(?:/[a-z]\w*/|~/|[A-Z]:[\\/]|\\\\\w)|file://""", re.MULTILINE)


@pytest.fixture(scope="module")
def space():
    """The namespace in which the cells run."""
    return {}


@pytest.fixture(scope="module")
def told(space):
    """What each code cell prints."""
    return printed(BOOK, space)


@pytest.fixture(scope="module")
def answers(told):
    """What the cell after each question prints, by the question's number."""
    of_cell = dict(zip((id(cell) for cell in code_cells(BOOK)), told, strict=True))
    found = {}
    for cell, after in zip(BOOK["cells"], BOOK["cells"][1:], strict=False):
        asked = QUESTION.fullmatch("".join(cell["source"])) if cell["cell_type"] == "markdown" else None
        if asked:
            found[int(asked[1])] = of_cell[id(after)]
    return found


def test_every_cell_runs_and_prints_just_what_is_stored(told):
    assert [stored(cell) for cell in code_cells(BOOK)] == told, "Run: python tools/notebook.py"


def test_each_of_five_questions_has_a_table_and_a_sentence(answers):
    assert list(answers) == [1, 2, 3, 4, 5]
    for number, answer in answers.items():
        rows = [line for line in answer.splitlines() if re.search(r"\S {2,}\S", line)]
        assert len(rows) >= 3, f"question {number} has no table:\n{answer}"
        assert "Empty DataFrame" not in answer
        assert answer.rstrip().endswith("."), f"question {number} is not read off:\n{answer}"


def test_the_answers_tell_what_the_example_planted(answers):
    assert "Tasks: Recording on time" in answers[1]
    assert "Only 4 readings" in answers[4]
    assert re.search(r"F4 Configuration barrier.*the programme.* raised\n", answers[5])
    assert re.search(r"P5 Started before sign-off.*a champion.* clear\n", answers[5])


def test_nobody_is_named(told):
    tables = simulate(weeks=52).tables
    names = {row["Name"] for row in tables["WorkforcePlan"]} | {row["Staff member"] for row in tables["SupportLog"]}
    names |= {row["Champion ID"] for row in tables["WorkforcePlan"]} | {row["Person"] for row in tables["People"]}
    printed_text = "\n".join(told)
    assert len(names) > 30
    assert [name for name in names if name and re.search(rf"\b{re.escape(str(name))}\b", printed_text)] == []


@pytest.mark.parametrize(("people", "shown"), [(4, "fewer than 5"), (5, "5")])
def test_few_staff_are_not_counted(told, space, people, shown):
    asked = space["asked"][space["asked"]["Service"] == "RIV"]
    some = asked["Staff member"].drop_duplicates().head(people)
    tracker = space["book"]["ConfidenceTracker"]
    fewer = tracker[tracker["Feedback ID"].isin(asked.loc[asked["Staff member"].isin(some), "Feedback ID"])]
    question = next(cell for cell in code_cells(BOOK) if "ConfidenceTracker" in "".join(cell["source"]))
    [answer] = printed({"cells": [question]}, space | {"book": space["book"] | {"ConfidenceTracker": fewer}})
    [row] = [line for line in answer.splitlines() if line.startswith("Riverside Home Care  ")]
    assert re.fullmatch(rf"Riverside Home Care +\d+ +{shown}( .*)?", row)
    assert bool(re.search(r"\d\.\d", row)) == (people >= 5), "nor is their mean told"


def test_no_path_of_a_machine_stands_in_it():
    everything = "\n".join("".join(cell["source"]) for cell in BOOK["cells"])
    everything += "\n".join(stored(cell) for cell in code_cells(BOOK))
    assert PATHS.findall(everything) == []
    assert tempfile.gettempdir() not in TEXT
    assert len(TEXT) < 40_000


@pytest.mark.parametrize("path", ["read /home/somebody/a.xlsx", '"/tmp/a"', r"C:\Users\a", r"\\server\a", "file:///a"])
def test_the_look_for_paths_finds_them(path):
    assert PATHS.search(path)


@pytest.mark.parametrize(
    "text", ['Path(folder) / "example.xlsx"', "14.0 // 7", "31/03/2026", "frames(path, as_of=day)"]
)
def test_and_takes_nothing_else_for_one(text):
    assert not PATHS.search(text)
