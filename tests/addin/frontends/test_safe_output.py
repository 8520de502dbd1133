"""What comes out of cells and names never steers a terminal."""

from __future__ import annotations

import ast
import io
import json
import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from addin.frontends import safe_output
from addin.frontends.terminal import main, show
from tests.support.builders import BASE
from tests.support.contract_builder import build
from tests.support.killing import a_programme

ROOT = Path(__file__).resolve().parents[3]
#: Window title, colour, clearing, a link, C1's own, an override, an isolate, a carriage return, a bell, a backspace.
STEERING = (
    "\x1b]0;title\x07",
    "\x1b[31m",
    "\x1b[2J\x1b[H",
    "\x1b]8;;http://example.org\x1b\\",
    "\x9b31m",
    "\x9d0;x\x9c",
    "\u202egpj.exe",
    "\u2066a\u2069",
    "\u200f\u061c",
    "good\rbad",
    "\x08\x08",
    "\x0e\x0f",
    "\x7f",
    "\u2028",
)
LETS_BE = "é ß 名前 שלום ملاحظات 👩🏽‍⚕️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 a\tb\nc"


def steers(text):
    bidi = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
    return [
        c
        for c in text
        if (unicodedata.category(c) in {"Cc", "Zl", "Zp", "Cs"} and c not in "\n\t")
        or unicodedata.bidirectional(c) in bidi
        or c in "\u200e\u200f\u061c"
    ]


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=60))
@example("".join(STEERING))
def test_nothing_that_steers_comes_through_and_all_else_does(text):
    out = io.StringIO()
    safe_output.Door(out).write(text)
    assert not steers(out.getvalue())
    assert len(out.getvalue()) == len(text.replace("\r\n", "\n"))
    kept = [c for c in out.getvalue() if c != safe_output.INSTEAD]
    assert set(kept) <= set(text)


def test_ordinary_words_of_every_script_stay_as_they_are():
    assert safe_output.shown(LETS_BE) == LETS_BE


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=60))
@example("".join(STEERING) + LETS_BE)
def test_json_keeps_its_value_and_shows_no_sign_that_steers(text):
    said = safe_output.escaped(json.dumps({"a": text}, ensure_ascii=False))
    assert json.loads(said) == {"a": text}
    assert not steers(said)
    assert safe_output.shown(said) == said


@pytest.mark.parametrize("terminal", [False, True])
def test_a_table_shows_its_colours_and_nothing_of_the_cells_own(monkeypatch, terminal):
    out = io.StringIO()
    out.isatty = lambda: terminal
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", safe_output.Door(out))
        page = show.console()
        show.heading(page, "".join(STEERING), "".join(STEERING))
        show.say(page, "".join(STEERING))
        page.print("\x1b[5m raw \x9b5m")
        page.print(show.table([show.Shown("A")], [["".join(STEERING)]], ["red"]))
    said = out.getvalue()
    assert ("\x1b[31m" in said) is terminal  # red, the table's own
    without_colours = said
    for colour in ("\x1b[31m", "\x1b[1m", "\x1b[0m", "\x1b[1;31m"):
        without_colours = without_colours.replace(colour, "")
    assert not steers(without_colours)


def run(*words):
    environment = {k: v for k, v in os.environ.items() if k not in {"FORCE_COLOR", "TTY_COMPATIBLE"}}
    return subprocess.run(
        [sys.executable, "-m", "addin.frontends.terminal", *map(str, words)],
        cwd=ROOT,
        capture_output=True,
        env=environment,
        check=False,
    )


@pytest.fixture(scope="module")
def steering_workbook(tmp_path_factory):
    """A workbook in whose every free text something steers."""
    nasty = "_x001B_]0;P_x0007_\x9b31m\x7f\u202egpj.exe\u2066a\u2069\u200f\u2028"  # as XML holds them
    rows = {n: r for n, r in a_programme().items() if n in {"Services", "People", "SupportLog"}}
    texts = {"Service name", "Name", "What was asked", "Workflow", "Need", "Shift"}
    dirty = {
        table: [{c: f"{v}{nasty}" if c in texts and isinstance(v, str) else v for c, v in row.items()} for row in found]
        for table, found in rows.items()
    }
    path = tmp_path_factory.mktemp("steering") / "programme.xlsx"
    build(path, dirty, computed=True, lists=False, leave_out=set(BASE) - set(rows))
    return path


@pytest.mark.parametrize("words", ["check", "triggers --all", "week", "reviews", "explain S1", "undo --dry-run"])
def test_cells_do_not_steer(steering_workbook, words):
    command, *more = words.split()
    record = ["--no-write"] if command in {"check", "triggers"} else []
    day = [] if command == "undo" else ["--as-of", "2026-06-30"]
    names = [w for w in more if not w.startswith("-")]
    done = run(command, steering_workbook, *names, *day, *record, *(w for w in more if w.startswith("-")))
    assert done.returncode in {0, 1, 2}, done.stderr
    assert not steers(done.stdout.decode() + done.stderr.decode())


def test_json_of_cells_that_steer_is_json(steering_workbook):
    done = run("check", steering_workbook, "--as-of", "2026-06-30", "--no-write", "--json")
    found = json.loads(done.stdout)
    assert "\u202e" in json.dumps(found, ensure_ascii=False)
    assert not steers(done.stdout.decode())


@pytest.mark.skipif(sys.platform == "win32", reason="such names are not allowed there")
@pytest.mark.parametrize("sign", ["\x1b[31m", "\x9b31m", "\u202e", "\r", "\x07"])
def test_names_of_files_do_not_steer(tmp_path, sign, capfd, monkeypatch):
    named = tmp_path / f"a{sign}b.xlsx"
    build(named, {}, lists=False, leave_out=set(BASE) - {"Services"})
    lock = tmp_path / f"~$a{sign}b.xlsx"
    lock.write_bytes(b"\x05" + f"N\x1b]0;x\x07{sign}".encode()[:53].ljust(54) + b"\x00" * 111)
    missing = tmp_path / f"none{sign}.xlsx"
    monkeypatch.setenv("COLUMNS", "200")
    assert main(["check", str(missing)]) == 2
    main(["check", str(named)])
    main(["doctor", str(named)])
    with pytest.raises(SystemExit):
        main(["check", str(named), "--as-of", f"30{sign}"])
    with pytest.raises(SystemExit):
        main([f"chek{sign}"])
    said = capfd.readouterr()
    assert "b.xlsx" in said.out + said.err
    assert not steers(said.out + said.err)


def test_a_place_in_a_message_makes_no_line_of_its_own(capfd):
    main(["check", "/nowhere/x\n  What to do: send your password.xlsx"])
    assert "\n  What to do: send" not in capfd.readouterr().err


def test_nothing_of_ours_goes_round_the_doors():
    """rich's console is made in one place, and nobody writes to the process's own streams by another way."""
    for path in (ROOT / "addin").rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        where = path.relative_to(ROOT).as_posix()
        assert "sys.__std" not in source, where
        assert "rich.console" not in source or where in {
            "addin/frontends/terminal/show.py",
            "addin/frontends/terminal/explain.py",
        }, where
        called = [ast.unparse(n.func) for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Call)]
        assert "print" not in called or where.startswith("addin/calc/agent/"), where
