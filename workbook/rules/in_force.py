"""When guidance was in force: from its approval until it was withdrawn or a newer version replaced it.

Source: spec 1-registers, Approved guidance; spec 2-checks, S2 and `guidance-not-in-force`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from workbook.model.cells import fold
from workbook.model.registers import Guidance


class InForce(NamedTuple):
    """The days on which one guidance counted.

    Attributes:
        guidance: its row.
        first: the day of its approval.
        until: the first day that no longer counts; `dt.date.max` while it stands.
        replaced_by: the id of the newer version that took its place; '' where none did before it was withdrawn.
    """

    guidance: Guidance
    first: dt.date
    until: dt.date
    replaced_by: str

    def on(self, day: dt.date) -> bool:
        """Whether it counted on a day."""
        return self.first <= day < self.until


def in_force(rows: Iterable[Guidance]) -> Mapping[str, InForce]:
    """The days of each guidance that has an id, by that id, folded; of two the first. One without a day is never early.

    A version is replaced by one of the same workflow, need and title with a higher number, from the day on which that
    was approved.
    """
    known = [g for g in rows if g.id]
    versions: dict[tuple[str | None, str | None, str], list[Guidance]] = {}
    for g in known:
        versions.setdefault(_kind(g), []).append(g)
    return {fold(g.id): _days(g, versions[_kind(g)]) for g in reversed(known)}


def _kind(guidance: Guidance) -> tuple[str | None, str | None, str]:
    return guidance.workflow, guidance.support_need, fold(guidance.title or "")


def _days(guidance: Guidance, versions: Iterable[Guidance]) -> InForce:
    first = guidance.approved_on or dt.date.min
    newer = [
        (v.approved_on, v.id)
        for v in versions
        if (v.version or 0) > (guidance.version or 0) and v.title and (v.approved_on or dt.date.min) >= first
    ]
    day, by = min(newer, default=(dt.date.max, ""))
    withdrawn = guidance.withdrawn_on or dt.date.max
    if withdrawn <= day:
        return InForce(guidance, first, withdrawn, "")
    return InForce(guidance, first, day, by)
