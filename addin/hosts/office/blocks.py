"""Changed cells as rectangles, each written in one go."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from addin.hosts.office import cell_links
from workbook.model.cells import Cell, CellError, show
from workbook.model.light_dataclasses import dataclass

if TYPE_CHECKING:
    import xlwings


@dataclass(frozen=True)
class Block:
    """Cells that are written in one go: the places of its first and last cell, and its values."""

    first: tuple[int, int]
    last: tuple[int, int]
    rows: list[list[Cell]]


def blocks(cells: Mapping[tuple[int, int], Cell], between: Mapping[tuple[int, int], Cell]) -> list[Block]:
    """Cells as rectangles that leave no other cell changed.

    Args:
        cells: what is to be written, by row and column.
        between: other cells that may be written again, as they are, to make one rectangle of several.
    """
    by_column: dict[int, list[int]] = {}
    for row, column in sorted(cells):
        by_column.setdefault(column, []).append(row)
    runs: dict[tuple[int, int], list[int]] = {}
    for column, places in sorted(by_column.items()):
        for run in _runs(places, {row for row, at in between if at == column}):
            runs.setdefault(run, []).append(column)
    found = []
    for (first, last), columns in runs.items():
        for left, right in _runs(columns, frozenset()):
            across, down = range(left, right + 1), range(first, last + 1)
            values = [[cells.get((row, column), between.get((row, column))) for column in across] for row in down]
            found.append(Block((first, left), (last, right), values))
    return sorted(found, key=lambda block: block.first)


def _runs(places: Sequence[int], bridges: Container[int]) -> list[tuple[int, int]]:
    """Places in order as runs, over gaps that have a bridge at every place."""
    runs, first = [], places[0]
    for one, other in pairwise(places):
        if not all(place in bridges for place in range(one + 1, other)):
            runs.append((first, one))
            first = other
    return [*runs, (first, places[-1])]


def written(value: Cell) -> Any:
    """A cell as xlwings takes it: text is marked as such, or Excel would make a day of “May 2026”.

    Args:
        value: in canonical form.
    """
    if isinstance(value, CellError):
        return f"={value.code}"
    return cell_links.text_typed(value)


def write_links(cells: xlwings.Range, block: Block, links: Mapping[tuple[int, int], str]) -> None:
    """Gives the cells of a block the links that lead from them.

    Args:
        cells: the block on its sheet.
        block: what they hold.
        links: where cells lead, as `'Orders'!A7`, by row and column of the worksheet, counted from 1.
    """
    (top, left), found, words = block.first, [], []
    for (row, column), goal in links.items():
        n, at = row - top, column - left
        if 0 <= n < len(block.rows) and 0 <= at < len(block.rows[0]):
            found.append((n, at, goal))
            words.append(show(block.rows[n][at]))
    if found:
        cell_links.write_links(cells, found, words)
