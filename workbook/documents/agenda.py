"""The agenda of a board meeting: timed, numbered, chosen from what the registers bring before the board."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbook.documents.matters import Matter
from workbook.documents.words import counted
from workbook.model.catalogue import BY_ID
from workbook.model.light_dataclasses import dataclass

#: Minutes for a matter, and at most for all that one trigger brings.
_A_MATTER, _AT_MOST = 5, 20
#: So many matters are named in a line.
_NAMED = 5


@dataclass(frozen=True)
class AgendaItem:
    """One item: what it is, who leads it, for how many minutes, and after how many it begins."""

    number: int
    what: str
    who: str
    minutes: int
    begins: str


@dataclass(frozen=True)
class Business:
    """What there is to go through: how many of each."""

    arising: int
    overdue: int
    actions: int
    lapsed: int
    untold: int
    previous: str


def agenda(matters: Sequence[Matter], business: Business) -> list[AgendaItem]:
    """The items in their order, each with when it begins."""
    items: list[AgendaItem] = []
    spent = 0
    for number, (what, who, minutes) in enumerate(_items(matters, business), start=1):
        items.append(AgendaItem(number, what, who, minutes, f"{spent} min"))
        spent += minutes
    return items


def total_minutes(items: Sequence[AgendaItem]) -> str:
    """How long the meeting takes, in words."""
    hours, minutes = divmod(sum(i.minutes for i in items), 60)
    words = [counted(hours, "hour")] if hours else []
    return " and ".join([*words, *([counted(minutes, "minute")] if minutes else [])])


_Item = tuple[str, str, int]


def _items(matters: Sequence[Matter], business: Business) -> Iterator[_Item]:
    yield "Welcome, apologies, quorum and declarations of interest", "Chair", 5
    yield f"Minutes of the previous meeting. {business.previous}", "Chair", 5
    if business.arising:
        yield f"Matters arising: {counted(business.arising, 'earlier decision')}", "Chair", 10
    if business.actions:
        words = f"Action log: {counted(business.actions, 'action')}, {business.overdue} overdue"
        yield words, "Project lead", 10 if business.overdue else 5
    yield "Highlight report", "Project lead", 10
    yield from _for_decision(matters)
    if business.lapsed:
        words = f"{counted(business.lapsed, 'trigger')} that lapsed with no action and no review that considered them"
        yield words, "Quality lead", 5
    if business.untold:
        words = f"What champions tell staff: {counted(business.untold, 'decision')} not told everywhere"
        yield words, "Project lead", 5
    yield "Any other business and next meeting", "Chair", 5


def _for_decision(matters: Sequence[Matter]) -> Iterator[_Item]:
    groups: dict[str, list[Matter]] = {}
    for matter in matters:
        groups.setdefault(matter.leads, []).append(matter)
    for trigger, group in groups.items():
        title = f"{trigger} {BY_ID[trigger].title}" if trigger else "Issues past their age"
        ids = [m.seen.split(" · ")[0] for m in group[:_NAMED]]
        more = f" and {len(group) - _NAMED} more" if len(group) > _NAMED else ""
        words = f"For decision. {title}: {', '.join(ids)}{more}"
        yield words, "Quality lead", min(_A_MATTER * len(group), _AT_MOST)
