"""Takes the command lines that xlwings' VBA makes apart, as Windows and a Mac's shell would, and runs them here."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
#: Put in place of `addin.live` in the process that a click starts: it notes what was pressed and who called.
_RECORDER = """
import json, os, sys, types
def press(pressed):
    with open(os.environ["CHAMPIONS_RECORD"], "a", encoding="utf-8") as record:
        record.write(json.dumps({"pressed": pressed, "arguments": sys.argv, "path": sys.path}) + "\\n")
live = types.ModuleType("addin.live")
live.press = press
import addin
addin.live = live
sys.modules["addin.live"] = live
"""


@dataclass(frozen=True)
class Started:
    """A command line taken apart: the program, its arguments, and the folder it was started in."""

    program: str
    arguments: list[str]
    folder: str


def on_windows(command: str) -> Started:
    """What cmd.exe makes of xlwings' line: change of drive, change of folder, then Python with its errors in a log."""
    whole = re.fullmatch(r'cmd\.exe /C (?:(\w:) & )?(?:cd|pushd) "([^"]*)" & (.*) 2> "([^"]*)" ?', command)
    assert whole, command
    words = windows_arguments(whole[3])
    assert len(command) < 8191, "longer than cmd.exe takes"
    return Started(words[0], words[1:], whole[2])


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


def on_mac(task: tuple[str, str, str]) -> Started:
    """What xlwings' AppleScript has the shell run, by the very lines of the script that it ships."""
    file, handler, parameter = task
    assert (file, handler) == (f"xlwings-{version('xlwings')}.applescript", "VbaHandler")
    script = (Path(find_spec("xlwings").origin).parent / file).read_text(encoding="utf-8")
    names = re.search(r"set \{([^}]*)\} to SplitString", script)[1].split(", ")
    values = dict(zip(names, parameter.split("|"), strict=True))
    expression = re.search(r"set ShellCommand to (.*?)\n\ttry", script, re.DOTALL)[1].replace("¬", "")
    line = ""
    for piece in re.findall(r'"(?:[^"\\]|\\.)*"|\w+', expression):
        line += re.sub(r"\\(.)", r"\1", piece[1:-1]) if piece[0] == '"' else values[piece]
    words = shlex.split(line)
    assert words[-1] == "&", "it must go on by itself"
    assert words[-3] == "/dev/null"
    assert words[-2].startswith("2>")
    return Started(words[0], words[1:-4], values["PythonInterpreter"])


def run_here(started: Started, folder: Path) -> dict[str, object]:
    """Runs it with this Python instead of the program, and gives what reached `addin.live.press`."""
    (folder / "sitecustomize.py").write_text(_RECORDER, encoding="utf-8")
    record = folder / "pressed.jsonl"
    record.unlink(missing_ok=True)
    environment = os.environ | {"PYTHONPATH": f"{folder}{os.pathsep}{ROOT}", "CHAMPIONS_RECORD": str(record)}
    done = subprocess.run(
        [sys.executable, *started.arguments],
        env=environment,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    (line,) = record.read_text(encoding="utf-8").splitlines()
    return json.loads(line)
