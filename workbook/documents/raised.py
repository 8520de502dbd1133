"""Results of triggers as documents show them: the rule, what was found, the very rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from workbook.documents.words import counted, day, owner_in_words, rows_in_words, rule_in_words, scope_in_words
from workbook.model.light_dataclasses import dataclass
from workbook.model.triggers import STATE_WORDS, Result
from workbook.model.view import View


@dataclass(frozen=True)
class TriggerLine:
    """One result of a trigger."""

    key: str
    trigger: str
    title: str
    scope: str
    state: str
    rule: str
    found: str
    rows: str
    escalation: str
    owner: str
    due: str


def trigger_lines(view: View, results: Iterable[Result]) -> list[TriggerLine]:
    """A line for each result, in the order given."""
    return [_line(view, r) for r in results]


def _line(view: View, result: Result) -> TriggerLine:
    changed = f" Changed thresholds: {'; '.join(result.changed_thresholds)}." if result.changed_thresholds else ""
    return TriggerLine(
        key=result.key,
        trigger=result.trigger,
        title=result.title,
        scope=scope_in_words(view, result),
        state=STATE_WORDS[result.state],
        rule=rule_in_words(view, result.trigger) + changed,
        found=result.summary,
        rows=rows_in_words(result.evidence),
        escalation=result.escalation,
        owner=owner_in_words(result),
        due=day(result.due, ""),
    )


def state_counts(results: Sequence[Result]) -> str:
    """How many results are in each state, in the words people see."""
    parts = [f"{sum(r.state is state for r in results)} {words.lower()}" for state, words in STATE_WORDS.items()]
    return f"{counted(len(results), 'result')}: {', '.join(parts)}."
