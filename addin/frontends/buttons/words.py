"""The short messages of the buttons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbook.model.cells import show
from workbook.model.triggers import STATE_WORDS

if TYPE_CHECKING:
    from workbook.answers.explain import Explanation


def counted(number: int, word: str, many: str = "") -> str:
    """A number with its noun: 1 error, 2 errors, no error."""
    plural = many or (word.replace("piece", "pieces", 1) if word.startswith("piece") else f"{word}s")
    return f"{number or 'no'} {plural if number > 1 else word}"


def lines(told: Sequence[str], more: int) -> str:
    """Lines of a message, and how many more there are."""
    return "\n".join((*told, *([f"… and {more} more"] if more > 0 else [])))


def said_of_explanation(explained: Explanation, most: int) -> str:
    """A trigger's rule, what it says of each scope, and the rows that it rests on."""
    trigger = explained.trigger
    parts = [f"{trigger.id} {trigger.title}", explained.rule, f"Cleared when: {explained.clears}"]
    for one in explained.scopes:
        rows = [f"  {r.id or f'row {r.sheet_row}'} on {r.sheet}: {_cells(r.cells)}" for r in one.rows[:most]]
        told = f"{one.result.key}: {STATE_WORDS[one.result.state]}. {one.result.summary}"
        parts.append(lines([told, *rows], len(one.rows) - most))
    return "\n\n".join(parts)


def _cells(cells: Sequence[tuple[str, str]]) -> str:
    return "; ".join(show(text) for _, text in cells[:4])
