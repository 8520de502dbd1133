"""The AppleScript that a Mac's Excel runs at a press, for the interpreter that it starts."""

from __future__ import annotations

from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from addin.isolated import PRESS, start_line

#: Its file in the folder that Excel may run scripts from.
SCRIPT = "champions.applescript"


def script_text(python: Path, logs: Path) -> bytes:
    """The script's source: ASCII, whatever letters the paths hold.

    Args:
        python: the interpreter that it starts.
        logs: the folder of the log that Python's own errors go to.
    """
    text = files("addin.frontends.ribbon").joinpath(SCRIPT).read_text(encoding="ascii")
    known = {
        "VERSION": version("champion-workbook"),
        "PYTHON": _quoted(str(python)),
        "LOGS": _quoted(str(logs)),
        "ERRORS": _quoted(str(logs / "press.log")),
        "START": " ".join(start_line("", PRESS)[1:]),
    }
    for name, value in known.items():
        text = text.replace(f"{{{{{name}}}}}", value)
    return text.encode("ascii")


def _quoted(text: str) -> str:
    """A text as AppleScript writes it: within quotation marks, or sign by sign where it is not ASCII."""
    if text.isascii() and text.isprintable():
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f"(string id {{{', '.join(str(ord(sign)) for sign in text)}}})"
