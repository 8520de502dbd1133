"""Lists with several columns for each thing, such as a progress report, as one entry for each person and thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbook.intake.headers import fold_header
from workbook.intake.matching import SourceMap
from workbook.intake.source import Source, SourceRow
from workbook.model.cells import Cell, blank
from workbook.model.light_dataclasses import replace


def melted(source: Source, mapping: SourceMap) -> Source:
    """A wide list as a long one, where the mapping file says so; else the list as it is.

    What the mapping file names stays with each entry; the other columns are taken in turn, as many at a time as
    `then` has, and the first heading among them names the thing.
    """
    if mapping.module is None or not mapping.then:
        return source
    folded = [fold_header(h) for h in source.headers]
    kept = [n for n, h in enumerate(folded) if (h in mapping.columns and folded.index(h) == n) or n in source.technical]
    others = [n for n in range(len(source.headers)) if n not in kept]
    width = len(mapping.then)
    groups = [others[n : n + width] for n in range(0, len(others), width)]
    named = [(next((source.headers[n] for n in group if source.headers[n]), ""), group) for group in groups]
    headers = [source.headers[n] for n in kept] + [c.header for c in (mapping.module, *mapping.then)]
    rows = [entry for row in source.rows for entry in _entries(row, kept, named, width)]
    technical = frozenset(kept.index(n) for n in source.technical)
    return replace(source, headers=tuple(headers), rows=rows, technical=technical)


def _entries(
    row: SourceRow, kept: Sequence[int], named: Sequence[tuple[str, Sequence[int]]], width: int
) -> Iterator[SourceRow]:
    own = tuple(row.cells[n] for n in kept)
    found = False
    for thing, group in named:
        cells: tuple[Cell, ...] = tuple(row.cells[n] for n in group)
        if not all(blank(c) for c in cells):
            found = True
            yield SourceRow(row.number, (*own, thing, *cells, *(None,) * (width - len(cells))), row.beyond)
    if not found and not all(blank(c) for c in own):
        yield SourceRow(row.number, (*own, *(None,) * (width + 1)), row.beyond)
