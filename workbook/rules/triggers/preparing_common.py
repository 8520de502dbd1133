"""What the rules on preparing champions share: who is judged, and how reasons become one judgement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workbook.model.declare import Column
from workbook.model.light_dataclasses import dataclass
from workbook.model.registers import RoleBriefs, WorkforcePlan
from workbook.model.triggers import Judgement, State
from workbook.model.view import ACTING, View, newest


@dataclass(frozen=True)
class Champion:
    """The champion whom a rule judges.

    Attributes:
        row: on the workforce plan.
        who: name and id, for people.
        acting: status Signed off or Active.
        left_out: 1 where the status could not be read; the sign-off then tells whether the champion acts.
    """

    row: WorkforcePlan
    who: str
    acting: bool
    left_out: int


def champion_of(view: View, champion_id: str) -> Champion:
    """The champion with this id, as known on the day.

    Raises:
        KeyError: nobody on the plan has it.
    """
    row = view.find(WorkforcePlan, champion_id) or view.champion(champion_id)
    if row is None:
        raise KeyError(champion_id)
    who = f"{row.name} ({row.champion_id})" if row.name else row.champion_id
    if row.status is None:
        return Champion(row, who, view.signed_off(row.champion_id, view.as_of), 1)
    return Champion(row, who, row.status in ACTING, 0)


@dataclass(frozen=True)
class Reason:
    """One condition of a rule that holds, in words that follow the champion's name and a colon."""

    state: State
    words: str
    rows: Sequence[Any]


def combined(
    who: str,
    reasons: Sequence[Reason],
    *,
    clear: str = "",
    rows: Sequence[Any] = (),
    value: float | None = None,
    threshold: float | None = None,
    left_out: int = 0,
) -> Judgement:
    """The reasons as one judgement, as strong as the strongest of them.

    Args:
        who: whom or what the sentence is about.
        reasons: the conditions that hold; none means clear.
        clear, rows: what is said, and the rows it rests on, where none holds.
    """
    if not reasons:
        return Judgement(State.CLEAR, f"{who}: {clear}.", value, threshold, rows, left_out)
    state = State.RAISED if any(r.state is State.RAISED for r in reasons) else State.WATCH
    evidence = [row for reason in reasons for row in reason.rows]
    return Judgement(state, f"{who}: {'; '.join(r.words for r in reasons)}.", value, threshold, evidence, left_out)


def nothing_known(who: str, words: str, left_out: int) -> Judgement:
    """Too few entries to say."""
    return Judgement(State.NOT_ENOUGH_DATA, f"{who}: {words}.", left_out=left_out)


def newest_brief(view: View, champion_id: str, *columns: Column[Any]) -> tuple[RoleBriefs | None, int]:
    """A champion's newest role brief whose `columns` can be read or are blank, and how many briefs were left out.

    A blank responsibility is what the rules look for, so it is no reason to leave a brief out.
    """
    found = view.usable_by(RoleBriefs.champion_id, RoleBriefs)(champion_id)
    attrs = {RoleBriefs.version.attr, *(column.attr for column in columns)}
    rows = [row for row in found.rows if not row.bad & attrs]
    left_out = len(found.left_out) + len(found.rows) - len(rows)
    return newest(rows, RoleBriefs.issued_on, RoleBriefs.version), left_out


def listed(words: Sequence[str], at_most: int | None = None) -> str:
    """Words as people list them: `a, b and c`; beyond `at_most` the rest is counted.

    Example:
        >>> listed(["a", "b", "c"]), listed(["a", "b", "c"], at_most=1)
        ('a, b and c', 'a and 2 more')
    """
    shown = list(words)
    if at_most is not None and len(shown) > at_most:
        shown = [*shown[:at_most], f"{len(shown) - at_most} more"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def counted(count: int, word: str, plural: str = "") -> str:
    """A count with its noun: `1 week`, `3 weeks`."""
    return f"{count} {word if count == 1 else plural or word + 's'}"
