"""The vocabulary in which triggers are declared, and what evaluating one gives."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Sequence
from typing import Any, NamedTuple

from workbook.model.light_dataclasses import dataclass, field


class State(enum.StrEnum):
    """What a trigger says of its scope. An empty log is never reported as clear."""

    RAISED = "raised"
    WATCH = "watch"
    CLEAR = "clear"
    NOT_ENOUGH_DATA = "not enough data"


#: The words people see (docs/contract/checks-and-triggers.md, Triggers).
STATE_WORDS = {
    State.RAISED: "Action needed",
    State.WATCH: "Early warning",
    State.CLEAR: "No concern found",
    State.NOT_ENOUGH_DATA: "Too few entries to say",
}


class ScopeKind(enum.StrEnum):
    """What a trigger is about."""

    CHAMPION = "champion"
    SERVICE = "service"
    PROGRAMME = "programme"


class Scope(NamedTuple):
    """One thing a trigger is about: a Champion ID, a Service code, or "programme"."""

    kind: ScopeKind
    id: str


PROGRAMME_SCOPE = Scope(ScopeKind.PROGRAMME, "programme")


@dataclass(frozen=True)
class Part:
    """A part of the framework (an operational example of the article) with the escalation it names."""

    title: str
    escalation: str
    owner_role: str
    due_at_board: bool = False


PREPARING = Part("Preparing champions", "Further preparation, or role reassignment", "Project lead")
LIVE = Part("Live support", "Team leader review and standardised guidance", "Team leader")
FEEDBACK = Part("Champion feedback", "Project board review and supplier engagement", "Board chair", due_at_board=True)


@dataclass(frozen=True)
class Parameter:
    """One row of the Thresholds table."""

    name: str
    default: float
    unit: str
    meaning: str


@dataclass(frozen=True)
class Trigger:
    """A governance trigger.

    Attributes:
        warns_only: an early warning: its strongest state is `State.WATCH`.
        rule: when it is raised, as one or two sentences for people; `{Window days}` and the like stand for thresholds.
        clears: what would clear it, for people.
        action: the words of the action proposed when it is raised.
        source: the article step or the spec section that it serves.
        window: the parameter that holds its window in days, or ''.
    """

    id: str
    title: str
    part: Part
    scope: ScopeKind
    rule: str
    clears: str
    source: str
    parameters: tuple[Parameter, ...] = ()
    warns_only: bool = False
    action: str = ""
    window: str = ""


class Evidence(NamedTuple):
    """A row that a result rests on."""

    table: str
    id: str


def evidence_of(rows: Sequence[Any]) -> tuple[Evidence, ...]:
    """The rows as evidence, each once, in the order given. A row without an id is named by its worksheet row."""
    return tuple(dict.fromkeys(Evidence(r.register.table, r.id or f"row {r.sheet_row}") for r in rows))


@dataclass(frozen=True)
class Judgement:
    """What a rule says of one scope.

    Attributes:
        state: raised, watch, clear or not enough data.
        summary: one sentence of what was found, for people.
        value, threshold: the measured figure and what it was held against, where the rule has them.
        rows: the rows it rests on.
        left_out: how many entries a field of which could not be read were left out.
        remarks: sentences that stand beside the summary wherever it is told: how likely it is by chance, and for how
            long it has stood.
    """

    state: State
    summary: str
    value: float | None = None
    threshold: float | None = None
    rows: Sequence[Any] = ()
    left_out: int = 0
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """What a trigger says of one scope on one day, with all that people and machines need to act on it.

    The summary holds the remarks, too; `finding` is the summary without them.
    """

    trigger: str
    title: str
    state: State
    scope: Scope
    value: float | None
    threshold: float | None
    window_days: int | None
    evidence: tuple[Evidence, ...]
    summary: str
    escalation: str
    owner: str
    owner_name: str
    due: dt.date | None
    rules_version: str
    changed_thresholds: tuple[str, ...] = field(default=())
    left_out: int = 0
    remarks: tuple[str, ...] = ()

    @property
    def finding(self) -> str:
        """What was found, without the remarks."""
        words = self.summary
        for remark in self.remarks:
            words = words.replace(f" {remark}", "", 1)
        return words

    @property
    def key(self) -> str:
        """The key of its row on the Triggers sheet, such as S1:OAK."""
        return f"{self.trigger}:{self.scope.id}"

    def as_json(self) -> dict[str, Any]:
        """The result as the JSON contract has it (docs/contract/architecture-rules.md)."""
        return {
            "trigger": self.trigger,
            "title": self.title,
            "state": self.state.value,
            "scope": {"kind": self.scope.kind.value, "id": self.scope.id},
            "value": self.value,
            "threshold": self.threshold,
            "window_days": self.window_days,
            "evidence": [{"table": e.table, "id": e.id} for e in self.evidence],
            "summary": self.summary,
            "escalation": self.escalation,
            "owner": self.owner,
            "due": self.due.isoformat() if self.due else None,
        }
