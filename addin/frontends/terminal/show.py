"""What people see in a terminal: tables that fit, colour only on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from workbook.model.light_dataclasses import dataclass

if TYPE_CHECKING:
    from rich.console import Console

    from addin.frontends.status_line import Point

#: How many lines a list shows unless all are asked for.
MOST = 40
_PIPED_WIDTH = 140


@dataclass(frozen=True)
class Shown:
    """A column of a table: its heading, and how it may shrink."""

    heading: str
    narrow: bool = False


def console(stream: TextIO | None = None) -> Console:
    """The terminal, or a plain page of fixed width where the output goes to a file or another program.

    It writes behind the door, since colours are signs that a terminal obeys; so each piece is cleaned before.

    Args:
        stream: where it goes; standard output without.
    """
    from rich.console import Console
    from rich.segment import Segment

    from addin.frontends.safe_output import behind, shown

    class Page(Console):
        def render(self, *what: Any, **more: Any) -> Iterator[Segment]:
            for piece in super().render(*what, **more):
                yield piece if piece.control else Segment(shown(piece.text), piece.style)

    out = behind(stream or sys.stdout)
    if out.isatty():
        return Page(file=out, highlight=False)
    return Page(file=out, highlight=False, width=_PIPED_WIDTH, no_color=True, force_terminal=False)


def _words(words: str) -> Any:
    """Words as rich measures and prints them, their brackets taken as they are."""
    from rich.text import Text

    from addin.frontends.safe_output import shown

    return Text(shown(words))


def table(columns: Sequence[Shown], rows: Sequence[Sequence[str]], styles: Sequence[str] = ()) -> Any:
    """A table of texts; `styles` colours each row."""
    from rich import box
    from rich.table import Table

    made = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for column in columns:
        made.add_column(column.heading, overflow="fold", no_wrap=column.narrow)
    for n, row in enumerate(rows):
        made.add_row(*(_words(cell) for cell in row), style=styles[n] if styles else None)
    return made


def heading(page: Console, words: str, detail: str = "") -> None:
    """A heading, with a line of detail beneath it."""
    page.print()
    page.print(_words(" ".join(words.split("\n"))), style="bold")
    if detail:
        page.print(_words(detail))


def say(page: Console, words: str) -> None:
    """A paragraph."""
    page.print(_words(words))


def points(page: Console, found: Sequence[Point]) -> None:
    """What was looked at, one line each; what is not well with what to do about it."""
    for point in found:
        say(page, f"{'ok' if point.well else '!!'}  {point.words}")
        if not point.well and point.mend:
            say(page, f"    What to do: {point.mend}")
        if point.in_terminal:
            say(page, f"    In a terminal: {point.in_terminal}")


def json_out(value: Any) -> None:
    """One JSON object on standard output, and nothing else there."""
    import json

    from addin.frontends.safe_output import escaped

    # dumps is several times as fast as dump
    sys.stdout.write(escaped(json.dumps(value, ensure_ascii=False, allow_nan=False)))
    sys.stdout.write("\n")


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: 1 entry, 2 entries."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def from_here(path: Path) -> Path:
    """A path as a person would type it: from the folder they are in, where it lies within that."""
    try:
        whole, here = path.resolve(), Path.cwd()
    except OSError:  # the folder they were in is gone
        return path
    return whole.relative_to(here) if whole.is_relative_to(here) else path
