"""What a list is looked through for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from workbook.intake.headers import LONGEST, fold_header
from workbook.intake.matching import NO_MAP, SourceMap, known_words
from workbook.model.declare import Register
from workbook.model.errors import SourceUnusable
from workbook.model.light_dataclasses import dataclass

#: So many lines may stand above the headers.
ABOVE = 20


class SheetsFit(SourceUnusable):
    """More than one sheet of a workbook may be the list.

    Args:
        file: the workbook's name.
        sheets: those that fit equally well.
    """

    def __init__(self, file: str, sheets: tuple[str, ...]) -> None:
        super().__init__(
            f"The sheets {' and '.join(sheets)} fit equally well.",
            where=file,
            next_step="Save the one that is meant as a workbook of its own, and import that.",
            in_terminal="Or say which is meant with --sheet.",
        )
        self.sheets = sheets


@dataclass(frozen=True)
class Looking:
    """What a list is looked through for.

    Attributes:
        register: where its entries go.
        mapping: what the mapping file says.
        sheet: the sheet that a person named; '' for none.
        header_row, encoding, separator: as the mapping file says; 0 and '' where it does not.
    """

    register: type[Register]
    mapping: SourceMap = NO_MAP
    sheet: str = ""
    header_row: int = 0
    encoding: str = ""
    separator: str = ""

    @cached_property
    def words(self) -> frozenset[str]:
        """The headers, folded, that are a column's of the register."""
        return known_words(self.register, self.mapping)


def best_row(rows: Sequence[Sequence[object]], looking: Looking) -> tuple[int, int]:
    """Of the first rows the one that looks most like the headers, and how many of its cells are such."""
    counts = [matches_of(row, looking) for row in rows[: ABOVE + 1]]
    if counts and max(counts) > 0:
        return counts.index(max(counts)), max(counts)
    first = next((n for n, row in enumerate(rows[: ABOVE + 1]) if any(str(c or "").strip() for c in row)), 0)
    return first, 0


def matches_of(row: Sequence[object], looking: Looking) -> int:
    """How many cells of a row are a header of the register's."""
    return len({h for c in row if isinstance(c, str) and len(c) < LONGEST and (h := fold_header(c))} & looking.words)


def likeness(one: str, other: str) -> float:
    """How alike two headers are, from 0 to 100: the share of letters that both have in one order."""
    from rapidfuzz.fuzz import ratio

    return ratio(one, other)
