"""An entry as lines that a person can read and mend: `Header: value`, one for each column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from workbook.intake.headers import fold_header
from workbook.model.cells import LONGEST_TEXT, Cell, show
from workbook.model.declare import Column, Register

#: What stands at the end of an entry that is longer than a cell.
CUT = "… (cut here: a cell holds no more. The source has the whole; put it right there and import it again.)"
#: What goes nowhere stands beneath this line.
LEFT_OVER = "Not for this register:"
_NEXT = "\n  "


def as_lines(cells: Iterable[tuple[str, Cell]], left: Iterable[tuple[str, Cell]] = ()) -> str:
    """An entry as lines; blank cells have none. Further lines of a text are indented by two blanks.

    Args:
        cells: by our headers.
        left: by theirs, what goes into no column of ours.
    """
    rest = [_line(header or "(no heading)", cell) for header, cell in left if show(cell)]
    text = "\n".join(
        [*(_line(header, cell) for header, cell in cells if show(cell)), *([LEFT_OVER, *rest] if rest else [])]
    )
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - len(CUT) - 1] + "\n" + CUT


def _line(header: str, cell: Cell) -> str:
    return f"{header}: {show(cell).replace(chr(10), _NEXT)}"


def is_cut(text: str) -> bool:
    """Whether an entry's end is missing."""
    return text.rstrip().endswith(CUT)


def from_lines(register: type[Register], text: str) -> dict[Column[Any], Cell]:
    """What a person made of an entry's lines; lines that name no column of the register are of the line before."""
    words = _headers(register)
    found: dict[Column[Any], list[str]] = {}
    current: list[str] | None = None
    for line in text.replace("\r\n", "\n").split("\n"):
        if line.strip() == LEFT_OVER:
            break
        header, colon, rest = line.partition(":")
        column = words.get(fold_header(header)) if colon and not line.startswith("  ") else None
        if column is not None and column not in found:
            current = found[column] = [rest.removeprefix(" ")]
        elif current is not None:
            current.append(line.removeprefix("  "))
    return {column: text for column, lines in found.items() if (text := "\n".join(lines).strip())}


def with_line(register: type[Register], text: str, column: Column[Any], value: str) -> str:
    """An entry with another value for a column: in the place of what is read of it, else above what goes nowhere."""
    words, seen = _headers(register), set[Column[Any]]()
    lines, made, dropping = text.replace("\r\n", "\n").split("\n"), list[str](), False
    fresh = f"{column.header}: {value}"
    for n, line in enumerate(lines):
        if line.strip() == LEFT_OVER:
            return "\n".join([*made, *([] if column in seen else [fresh]), *lines[n:]])
        header, colon, _ = line.partition(":")
        named = words.get(fold_header(header)) if colon and not line.startswith("  ") else None
        if named is not None and named not in seen:
            seen.add(named)
            dropping = named is column
            made.append(fresh if dropping else line)
        elif not dropping:
            made.append(line)
    return "\n".join(made if column in seen else [*made, fresh])


def _headers(register: type[Register]) -> Mapping[str, Column[Any]]:
    return {fold_header(h): c for c in reversed(register.columns) for h in (*c.also, c.header)}
