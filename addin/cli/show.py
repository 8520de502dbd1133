"""What people see in a terminal: tables that fit, colour only on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

    from addin.points import Point

#: How many lines a list shows unless all are asked for.
MOST = 40
_PIPED_WIDTH = 140


@dataclass(frozen=True)
class Shown:
    """A column of a table: its heading, and how it may shrink."""

    heading: str
    narrow: bool = False


def console() -> Console:
    """The terminal, or a plain page of fixed width where the output goes to a file or another program."""
    from rich.console import Console

    if sys.stdout.isatty():
        return Console(highlight=False)
    return Console(highlight=False, width=_PIPED_WIDTH, no_color=True, force_terminal=False)


def table(columns: Sequence[Shown], rows: Sequence[Sequence[str]], styles: Sequence[str] = ()) -> Any:
    """A table of texts; `styles` colours each row."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    made = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for column in columns:
        made.add_column(column.heading, overflow="fold", no_wrap=column.narrow)
    for n, row in enumerate(rows):
        made.add_row(*(Text(cell) for cell in row), style=styles[n] if styles else None)
    return made


def heading(page: Console, words: str, detail: str = "") -> None:
    """A heading, with a line of detail beneath it."""
    from rich.text import Text

    page.print()
    page.print(Text(words, style="bold"))
    if detail:
        page.print(Text(detail))


def say(page: Console, words: str) -> None:
    """A paragraph, its brackets taken as they are."""
    from rich.text import Text

    page.print(Text(words))


def points(page: Console, found: Sequence[Point]) -> None:
    """What was looked at, one line each; what is not well with what to do about it."""
    for point in found:
        say(page, f"{'ok' if point.well else '!!'}  {point.words}")
        if not point.well and point.mend:
            say(page, f"    What to do: {point.mend}")


def json_out(value: Any) -> None:
    """One JSON object on standard output, and nothing else there."""
    import json

    # dumps is several times as fast as dump
    sys.stdout.write(json.dumps(value, ensure_ascii=False, allow_nan=False))
    sys.stdout.write("\n")


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: 1 entry, 2 entries."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
