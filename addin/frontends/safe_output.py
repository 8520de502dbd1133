"""The doors to the terminal: what comes out of cells, file names and lock files must not steer it.

Everything that is written to standard output or the error output passes here: tables, errors, argparse's messages, what
libraries write. Each sign that a terminal obeys, or that turns the order of what is read, is shown as �. The colours of
our own tables come from rich, which is given cleaned words and the stream behind the door.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO

#: What stands for a sign that is not let through.
INSTEAD = "\ufffd"
#: Controls (C0, DEL, C1) but for the tab and the line's end; other ends of lines; marks, embeddings, overrides and
#: isolates of direction; the deprecated format signs; notes between lines; halves of surrogate pairs; the language tag.
_STEERS = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f"
    "\ufff9-\ufffb\ud800-\udfff\U000e0001]"
)


def shown(text: str) -> str:
    """A text as a terminal may have it; of a Windows line end its own part is left out."""
    return _STEERS.sub(INSTEAD, text.replace("\r\n", "\n"))


def in_one_line(text: str) -> str:
    """A name or place that must not make lines of its own, which could pass for ours."""
    return shown(re.sub(r"[\r\n\t]+", INSTEAD, text))


def escaped(json_text: str) -> str:
    """JSON of the same value, in which what steers a terminal stands as escapes."""
    return _STEERS.sub(_escape, json_text) if _STEERS.search(json_text) else json_text


def _escape(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[n : n + 4]}" for n in range(0, len(units), 4))


class Door:
    """A stream that lets through only what steers nothing.

    Args:
        behind: the process's own stream; its other methods and attributes are those of the door too.
    """

    def __init__(self, behind: TextIO) -> None:
        self.behind = behind

    def write(self, text: str) -> int:
        """Writes a text; gives the number of signs that were asked for."""
        self.behind.write(shown(text))
        return len(text)

    def writelines(self, lines: Any) -> None:
        """Writes several texts."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.behind, name)


def behind(stream: Any) -> Any:
    """The stream behind a door, for what we write ourselves to steer the terminal; a stream without one itself."""
    return stream.behind if isinstance(stream, Door) else stream


@contextmanager
def doors() -> Iterator[None]:
    """Puts a door before standard output and the error output."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (_door(stream) for stream in before)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def _door(stream: Any) -> Any:
    return stream if stream is None or isinstance(stream, Door) else Door(stream)
