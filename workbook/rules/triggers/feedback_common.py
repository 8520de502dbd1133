"""What the rules on champion feedback share: how the cases found become one judgement in one sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from workbook.model.declare import Register
from workbook.model.light_dataclasses import dataclass
from workbook.model.triggers import Judgement, State

#: More cases than this are counted rather than told, so that the summary stays one readable sentence.
TOLD = 4


@dataclass(frozen=True)
class Case:
    """Something that holds: in words without a full stop, with the rows it rests on and the first day it held."""

    words: str
    rows: Sequence[Any]
    since: dt.date | None = None


def judged(
    state: State,
    cases: Sequence[Case],
    *,
    clear: str,
    left_out: int,
    figures: tuple[float, float] | None = None,
    note: str = "",
    remarks: tuple[str, ...] = (),
) -> Judgement:
    """The cases as one judgement.

    Args:
        state: what one case is enough for.
        cases: all that hold; none means clear.
        clear: what is said where none holds, without a full stop.
        left_out: how many entries could not be read.
        figures: the measured value and what it was held against; by default the number of cases, and 1.
        note: what the sentence says in brackets at its end, '' for nothing.
        remarks: as of a `Judgement`.
    """
    value, threshold = figures or (len(cases), 1)
    ending = f" ({note})." if note else "."
    if not cases:
        return Judgement(State.CLEAR, clear + ending, value, threshold, left_out=left_out, remarks=remarks)
    told = [case.words for case in cases[:TOLD]]
    if len(cases) > TOLD:
        told.append(f"and {len(cases) - TOLD} more like this")
    rows = [row for case in cases for row in case.rows]
    return Judgement(state, _sentence("; ".join(told)) + ending, value, threshold, rows, left_out, remarks)


def no_data(words: str, left_out: int) -> Judgement:
    """Too few entries to say: none of the logs that the rule reads has an entry up to the day."""
    return Judgement(State.NOT_ENOUGH_DATA, f"{words}.", left_out=left_out)


def count_rows(*groups: Iterable[Register]) -> int:
    """How many different entries there are in the groups together."""
    return len({(row.register.table, row.sheet_row) for group in groups for row in group})


def ids(rows: Sequence[Register]) -> str:
    """The rows' ids as people list them; many are cut short by their number."""
    names = [row.id or f"row {row.sheet_row}" for row in rows]
    if len(names) > TOLD + 1:
        names = [*names[:TOLD], f"{len(names) - TOLD} more"]
    return joined(names)


def joined(words: Sequence[str]) -> str:
    """Words as people list them: `a, b and c`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def counted(count: int, word: str) -> str:
    """A count with its noun: `1 issue`, `3 issues`."""
    return f"{count} {word}{'' if count == 1 else 's'}"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
