"""Answers as tables of plain texts, the same in a terminal and on the page in a browser."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from workbook.answers.explain import Explanation, RowShown, ThresholdShown
from workbook.answers.week import ToDo
from workbook.documents.returned.declare import ENTRY_WORDS, ReadEntry
from workbook.model.cells import show
from workbook.model.findings import SEVERITY_WORDS, Finding
from workbook.model.snapshot import Snapshot
from workbook.model.triggers import STATE_WORDS, Result
from workbook.rules.reviews import Review


class AnswerTable(NamedTuple):
    """Headings, and rows of as many texts."""

    headings: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


def findings_table(snapshot: Snapshot, findings: Iterable[Finding]) -> AnswerTable:
    """Findings, in the order they have."""
    return AnswerTable(
        ("", "Where", "Column", "What is wrong", "What to do"),
        [(SEVERITY_WORDS[f.severity], place_of(snapshot, f), f.column, f.message, f.fix) for f in findings],
    )


def place_of(snapshot: Snapshot, finding: Finding) -> str:
    """Where a finding is, for people: the sheet, the id and the worksheet row."""
    row = f"row {finding.row}" if finding.row is not None else ""
    return " ".join(part for part in (snapshot.sheet_of(finding.table), finding.id, row) if part)


def triggers_table(results: Iterable[Result]) -> AnswerTable:
    """Triggers with what was found."""
    return AnswerTable(
        ("", "Trigger", "What was found", "Who", "By"),
        [(STATE_WORDS[r.state], r.key, f"{r.title}. {r.summary}", _who(r), show(r.due)) for r in results],
    )


def _who(result: Result) -> str:
    return f"{result.owner_name} ({result.owner})" if result.owner_name else result.owner


def reviews_table(due: Iterable[Review]) -> AnswerTable:
    """Reviews with when they are due."""
    rows = [
        (
            r.name,
            r.service or "All",
            r.owner_name or r.owner,
            show(r.last_done),
            show(r.next_due),
            str(r.days_late or ""),
            r.proof,
        )
        for r in due
    ]
    return AnswerTable(("Review", "Service", "Who", "Last done", "Next due", "Days late", "What proves it"), rows)


def week_table(snapshot: Snapshot, todo: Iterable[ToDo]) -> AnswerTable:
    """Things to do, numbered."""
    return AnswerTable(
        ("", "What to do", "Who", "By", "Where"),
        [(str(n), t.what, t.who, show(t.due), t.where(snapshot)) for n, t in enumerate(todo, start=1)],
    )


def rule_words(explained: Explanation) -> tuple[str, str, str, str]:
    """A trigger's name, its rule, what clears it, and where both go to and come from."""
    trigger = explained.trigger
    return (
        f"{trigger.id} {trigger.title}",
        explained.rule,
        f"Cleared when: {explained.clears}",
        f"Escalation: {trigger.part.escalation}. Source: {trigger.source.rstrip('.')}.",
    )


def thresholds_table(thresholds: Iterable[ThresholdShown]) -> AnswerTable:
    """The thresholds that a trigger goes by."""
    return AnswerTable(
        ("Threshold", "In force", "Default", "Unit", "What it means"),
        [(t.name, show(t.value), show(t.default), t.unit, t.meaning) for t in thresholds],
    )


def evidence_table(rows: Sequence[RowShown]) -> AnswerTable:
    """The rows that a trigger rests on."""
    return AnswerTable(
        ("Row", "Sheet", "What stands there"),
        [(r.id or f"row {r.sheet_row}", r.sheet, "; ".join(f"{h}: {text}" for h, text in r.cells)) for r in rows],
    )


def minutes_tables(entries: Sequence[ReadEntry]) -> list[tuple[str, AnswerTable]]:
    """What was read of minutes, by what becomes of it: a heading with the number, and the entries."""
    found = []
    for state, words in ENTRY_WORDS.items():
        rows = [(e.place, _goes(e), e.text, f"{e.message} {e.fix}".strip()) for e in entries if e.state == state]
        if rows:
            found.append((f"{words}: {len(rows)}", AnswerTable(("Where", "Goes to", "Words", "To know"), rows)))
    return found


def _goes(entry: ReadEntry) -> str:
    if not entry.id:
        return entry.field
    value = entry.value if entry.value != entry.text else ""
    return f"{entry.id} {entry.column}" + (f": {value}" if value else "")
