"""Takes what the add-in's VBA starts apart, as Windows and a Mac do it, and runs it here."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from addin.frontends.ribbon.mac_script import SCRIPT, script_text


def windows_arguments(line: str) -> list[str]:
    """A command line as the C runtime of Windows takes it apart ("Parsing C command-line arguments")."""
    words: list[str] = []
    word, quoted, begun, at = "", False, False, 0
    while at < len(line):
        slashes = len(line) - at - len(line[at:].lstrip("\\"))
        at += slashes
        if at < len(line) and line[at] == '"':
            word += "\\" * (slashes // 2)
            begun = True
            if slashes % 2:
                word += '"'
            else:
                quoted = not quoted
        else:
            word += "\\" * slashes
            if at < len(line) and (quoted or not line[at].isspace()):
                word, begun = word + line[at], True
            elif begun or word:
                words, word, begun = [*words, word], "", False
        at += 1
    return [*words, word] if begun or word else words


def mac_shell_line(task: tuple[str, str, str], python: Path, logs: Path) -> str:
    """What the AppleScript has the shell run, by the very lines that are installed."""
    file, handler, parameter = task
    assert (file, handler) == (SCRIPT, "press")
    script = script_text(python, logs).decode("ascii")
    assert re.search(r"set pieces to splitAt\(parameter, \"\|\"\)", script)
    known = {f"item {n} of pieces": piece for n, piece in enumerate(parameter.split("|"), start=1)}
    known |= {name: _text(value) for name, value in re.findall(r"set (python|logFolder|errorLog) to (.*)", script)}
    expression = re.search(r"do shell script (.*)", script)[1]
    line = ""
    for piece in re.split(r" & (?=quoted form|\")", expression):
        quoted = re.fullmatch(r"quoted form of \(?(.*?)\)?", piece)
        line += _shell_quoted(known[quoted[1]]) if quoted else _text(piece)
    return line


def _text(literal: str) -> str:
    """A text as AppleScript writes it."""
    signs = re.fullmatch(r"\(string id \{([\d, ]+)\}\)", literal)
    if signs:
        return "".join(chr(int(number)) for number in signs[1].split(", "))
    assert re.fullmatch(r'"(?:[^"\\]|\\.)*"', literal), literal
    return re.sub(r"\\(.)", r"\1", literal[1:-1])


def _shell_quoted(text: str) -> str:
    """As AppleScript's `quoted form of`."""
    return "'" + text.replace("'", "'\\''") + "'"


def run_by_shell(line: str, folder: Path) -> None:
    """Runs a line as `do shell script` does, and waits for what it left behind."""
    done = subprocess.run(
        ["/bin/sh", "-c", f"{line}\nwait"], cwd=folder, capture_output=True, timeout=60, check=False, env=os.environ
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
