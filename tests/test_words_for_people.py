"""Whoever presses buttons reads no words of the terminal: those stand where a terminal alone shows them."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from workbook.command_declaration import screen_tip
from workbook.commands import BUTTONS, COMMANDS

ROOT = Path(__file__).resolve().parent.parent
_COMMAND = re.compile(
    rf"\bchampions ({'|'.join(c.name for c in COMMANDS)}|--)|(?<![\w-])--[a-z]{{2}}|\b[Ii]n a terminal\b|"
    r"\bthe terminal\b|\bthe command champions\b|\bpip install --upgrade"
)
#: Where words are for a terminal alone: its commands, Import and portfolio, which have no button, and how programs are
#: started.
_TERMINALS = (
    "addin/frontends/terminal/",
    "addin/portfolio/",
    "addin/intake/",
    "workbook/intake/",
    "workbook/command",
    "addin/schema/",
)
_LINES = (
    "addin/calc/launch.py",
    "addin/frontends/toolbar/extension",
    "addin/press.py",
    "addin/frontends/interpreter.py",
)
#: What looks like one and is none: an example's words, a style's names, a command's arguments by their names.
_NAMES = (
    "workbook/example/",
    "addin/frontends/buttons/office_app.py",
    "addin/frontends/page/desk.py",
    "addin/output/documents/page.py",
    "addin/output/documents/svg.py",
)


def texts(source: str) -> list[tuple[int, str]]:
    """The texts of a module but its docstrings and what is passed on as `in_terminal`."""
    tree = ast.parse(source)
    left_out: set[int] = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            left_out.add(id(body[0].value))
        if isinstance(node, ast.keyword) and node.arg == "in_terminal":
            left_out |= {id(n) for n in ast.walk(node.value)}
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in ("_BY_COMMAND", "_BY_PIP", "see"):
            left_out |= {id(n) for n in ast.walk(node.value)}
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in left_out
    ]


@pytest.mark.slow
def test_no_text_outside_the_terminal_names_its_commands():
    found = []
    for path in sorted((*ROOT.glob("addin/**/*.py"), *ROOT.glob("workbook/**/*.py"))):
        name = path.relative_to(ROOT).as_posix()
        if not name.startswith((*_TERMINALS, *_LINES, *_NAMES)):
            found += [f"{name}:{n}: {t}" for n, t in texts(path.read_text("utf-8")) if _COMMAND.search(t)]
    assert found == []


def test_neither_do_the_ribbons_own_words():
    for name in ("vba/Champions.bas", "vba/ThisWorkbook.cls", "champions.applescript"):
        lines = (ROOT / "addin/frontends/ribbon" / name).read_text("utf-8").splitlines()
        assert [x for x in lines if not x.lstrip().startswith(("'", "--")) and _COMMAND.search(x)] == [], name


@pytest.mark.parametrize("command", BUTTONS, ids=lambda c: c.name)
def test_neither_does_a_screen_tip(command):
    assert not _COMMAND.search(screen_tip(command))


def test_the_look_for_such_words_finds_them():
    lines = ('"""champions check."""', 'g("run champions check", in_terminal="champions undo")', 'h("use --out")')
    source = "\n    ".join(("def f():", *lines))
    assert [text for _, text in texts(source) if _COMMAND.search(text)] == ["run champions check", "use --out"]
