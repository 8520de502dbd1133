"""The command line as a person meets it."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from addin.frontends.terminal import main
from addin.frontends.terminal.show import from_here
from workbook.commands import COMMANDS


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c.name)
def test_every_command_is_there_and_its_help_says_what_was_declared(command, capsys):
    assert callable(importlib.import_module(f"addin.frontends.terminal.{command.name.replace('-', '_')}").run)
    with pytest.raises(SystemExit) as ended:
        main([command.name, "--help"])
    assert ended.value.code == 0
    said = " ".join(capsys.readouterr().out.split())
    assert command.summary in said
    assert " ".join(command.detail.split()) in said
    for argument in command.arguments:
        assert (argument.name if argument.name.startswith("--") else argument.metavar) in said
    for example in command.examples:
        assert example in said
    for _, meaning in command.exits:
        assert meaning in said


def test_without_a_command_it_says_what_there_is(capsys):
    assert main([]) == 0
    said = capsys.readouterr().out
    assert all(command.name in said for command in COMMANDS)


@pytest.mark.parametrize(
    "words",
    [
        ["chekc", "x.xlsx"],
        ["check"],
        ["check", "x.xlsx", "--as-of", "31/02/2026"],
        ["new", "x.xlsx", "--weeks", "some"],
    ],
)
def test_a_mistyped_command_ends_with_2_and_says_where_help_is(words, capsys):
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "--help" in said.err


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--weeks", "3", "3 is not from 4 to 60"),
        ("--weeks", "61", "61 is not from 4 to 60"),
        ("--weeks", "-1", "-1 is not from 4 to 60"),
        ("--weeks", "1e308", "1e308 is not a whole number"),
        ("--weeks", "3.5", "3.5 is not a whole number"),
        ("--seed", "one", "one is not a whole number"),
        ("--until", "0001-01-01", "the year of 0001-01-01 is not from 1910"),
        ("--until", "9999-12-31", "the year of 9999-12-31 is not from 1910"),
    ],
)
def test_an_example_of_another_length_is_refused_in_words(option, value, said, tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["new", str(tmp_path / "a.xlsx"), "--example", option, value])
    assert ended.value.code == 2
    assert said in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("command", ["check", "triggers", "week", "reviews", "documents"])
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1899-12-31"])
def test_a_day_that_no_workbook_is_about_is_refused_in_words(command, day, tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        main([command, str(tmp_path / "a.xlsx"), "--as-of", day])
    assert ended.value.code == 2
    assert f"the year of {day} is not from 1910" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--dry-run", "--", "--"], ["--", "--"], ["--yes", "--json", "--", "--"]])
def test_a_name_of_two_hyphens_is_refused_in_words(words, tmp_path, capsys):
    (tmp_path / "book.xlsx").write_bytes(b"")
    assert main(["forget", str(tmp_path / "book.xlsx"), *words]) == 2
    assert "What to do:" in capsys.readouterr().err


@pytest.mark.slow
def test_paths_are_told_from_where_the_person_is(tmp_path, monkeypatch, capsys):
    there = tmp_path / "here" / "demo"
    there.parent.mkdir()
    monkeypatch.chdir(there.parent)
    assert main(["demo", "demo"]) == 0
    said = capsys.readouterr().out
    assert str(tmp_path) not in said.replace("\n", "")
    assert "  demo/Documents/" in said
    monkeypatch.chdir(tmp_path.parent)
    assert from_here(there) == Path(tmp_path.name, "here", "demo")
    monkeypatch.chdir(there)
    assert from_here(there.parent) == there.parent, "what lies above is named whole"


def test_a_fault_of_ours_gives_words_a_log_and_no_traceback(monkeypatch, tmp_path, capsys):
    def broken(options):
        raise RuntimeError("Carer One's entry")

    monkeypatch.setattr("addin.frontends.terminal.check.run", broken)
    monkeypatch.setattr("platformdirs.user_log_dir", lambda *a, **k: str(tmp_path))
    assert main(["check", "x.xlsx"]) == 3
    said = capsys.readouterr().err
    assert "Traceback" not in said
    assert str(tmp_path) in said
    log = (tmp_path / "faults.log").read_text(encoding="utf-8")
    assert "RuntimeError" in log
    assert "Carer One" not in log, "the log holds no entries"


def test_new_adds_the_ending_and_says_what_next(tmp_path, capsys):
    assert main(["new", str(tmp_path / "programme")]) == 0
    assert (tmp_path / "programme.xlsx").exists()
    assert "Start here" in capsys.readouterr().out
