"""Which header of a table is which of a register's columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workbook.model.cells import fold
from workbook.model.declare import CHECK_HEADER, Column, Register


def match_headers(
    register: type[Register], headers: Sequence[str]
) -> tuple[dict[str, int], tuple[Column[Any], ...], tuple[str, ...], tuple[str, ...]]:
    """Which header is which column.

    Args:
        register: the table's.
        headers: as they stand in the workbook.

    Returns:
        Positions by attribute, missing columns, unknown and doubled headers.
    """
    declared_ones = register.headers()
    if tuple(headers) in (declared_ones, (*declared_ones, CHECK_HEADER)):
        return {c.attr: n for n, c in enumerate(register.columns)}, (), (), ()
    return match_any_headers(register, headers)


def match_any_headers(
    register: type[Register], headers: Sequence[str]
) -> tuple[dict[str, int], tuple[Column[Any], ...], tuple[str, ...], tuple[str, ...]]:
    """What `match_headers` gives; it looks at every header, in whatever order and spelling.

    Args:
        register, headers: as there.
    """
    where: dict[str, list[int]] = {}
    for n, header in enumerate(headers):
        where.setdefault(fold(header), []).append(n)
    spelt = {c.attr: next((h for h in map(fold, (c.header, *c.also)) if h in where), "") for c in register.columns}
    positions = {attr: where[header][0] for attr, header in spelt.items() if header}
    missing = tuple(c for c in register.columns if c.attr not in positions and not c.newer)
    declared = {*spelt.values(), fold(CHECK_HEADER)}
    unknown = tuple(h for h in headers if (name := fold(h)) and name not in declared)
    doubled = tuple(c.header for c in register.columns if spelt[c.attr] and len(where[spelt[c.attr]]) > 1)
    return positions, missing, unknown, doubled
