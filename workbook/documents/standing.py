"""How the programme stands and stood: by part of the framework, in words and never by colour."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from workbook.documents.declare import Material
from workbook.documents.words import counted, day
from workbook.model.catalogue import BY_ID
from workbook.model.light_dataclasses import dataclass
from workbook.model.triggers import FEEDBACK, LIVE, PREPARING, Part, Result, State
from workbook.model.view import View
from workbook.rules.triggers import evaluate

ON_TRACK, ATTENTION, OFF_TRACK, UNKNOWN = "On track", "Needs attention", "Off track", "Not known yet"
PARTS = (PREPARING, LIVE, FEEDBACK)


@dataclass(frozen=True)
class StatusLine:
    """One part of the programme: how it stands, how it stood, and why."""

    part: str
    now: str
    before: str
    why: str


def status_lines(material: Material, since: dt.date | None) -> list[StatusLine]:
    """A line for each part of the framework.

    Args:
        material: what it is made from.
        since: the day to compare with, such as the last meeting's; None for none.
    """
    earlier = evaluate(View(material.view.snapshot, since)) if since is not None else None
    return [
        StatusLine(
            part=part.title,
            now=state_of(material.results, part),
            before=f"{state_of(earlier, part)} on {day(since)}" if earlier is not None else "No earlier meeting",
            why=_why(material.results, earlier, part),
        )
        for part in PARTS
    ]


def state_of(results: Sequence[Result], part: Part) -> str:
    """Off track where a trigger of the part asks for action, needs attention where one warns."""
    states = {r.state for r in _of(results, part)}
    if State.RAISED in states:
        return OFF_TRACK
    if State.WATCH in states:
        return ATTENTION
    return ON_TRACK if State.CLEAR in states else UNKNOWN


def _of(results: Sequence[Result], part: Part) -> list[Result]:
    return [r for r in results if BY_ID[r.trigger].part is part]


def _why(now: Sequence[Result], earlier: Sequence[Result] | None, part: Part) -> str:
    raised = [r for r in _of(now, part) if r.state is State.RAISED]
    warned = sum(r.state is State.WATCH for r in _of(now, part))
    words = f"{counted(len(raised), 'trigger asks', 'triggers ask')} for action, {counted(warned, 'early warning')}"
    if earlier is None:
        return f"{words}."
    before = {r.key for r in _of(earlier, part) if r.state is State.RAISED}
    keys = {r.key for r in raised}
    return f"{words}; {len(keys - before)} new and {len(before - keys)} gone since."
