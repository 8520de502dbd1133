"""Support needs and repeated issues that are suggested, each with the confirmed entries that it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from workbook.answers.suggestions.words import Classes, Likeness, stems
from workbook.intake.lines import from_lines
from workbook.intake.problem_rows import register_named
from workbook.model.cells import Cell, fold, show
from workbook.model.changes import RowRef
from workbook.model.declare import Column
from workbook.model.light_dataclasses import dataclass, field
from workbook.model.registers import ImportProblems, ImprovementLog, SupportLog
from workbook.model.view import View
from workbook.rules.checks.writing import refs_of

#: Beneath these nothing is said. Found with the example's entries, each left out in turn, and not with the texts that
#: suggestions are measured by (docs/contract/suggestions.md).
LEAST_NEED, LEAST_REPEAT = 0.8, 0.25
_EXACT = 1.0
#: So many entries speak for a need, and so many words are told.
_SPEAK, _TOLD = 3, 4


@dataclass(frozen=True)
class Suggestion:
    """A value for one cell.

    Attributes:
        row: whose cell it is; None for a line of the import problems.
        place: of that line among the import problems, from 0; -1 for none.
        before: what the cell holds.
        score: from 0 to 1; 1 where an entry with the same words was confirmed.
        reason: why, in a sentence.
        rests_on: the ids of the entries that it rests on.
    """

    table: str
    id: str
    column: Column[Any]
    value: str
    score: float
    reason: str
    rests_on: tuple[str, ...]
    row: RowRef | None = None
    sheet_row: int = 0
    place: int = -1
    before: Cell = None

    def as_json(self) -> dict[str, Any]:
        """The suggestion as the JSON contract has it (docs/contract/suggestions.md)."""
        return {
            "table": self.table,
            "id": self.id,
            "column": self.column.header,
            "value": self.value,
            "score": round(self.score, 2),
            "reason": self.reason,
            "from": list(self.rests_on),
        }


def suggested(view: View) -> list[Suggestion]:
    """All suggestions for a workbook on a day, in the order in which the entries stand.

    Args:
        view: the workbook; what is dated later counts for nothing.
    """
    return [*_needs(view), *_repeats(view)]


@dataclass
class _Needs:
    """The confirmed support needs."""

    view: View
    rows: list[SupportLog] = field(default_factory=list)
    exact: dict[tuple[str, str], list[SupportLog]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        need = SupportLog.support_need
        kept = self.view.usable(SupportLog, SupportLog.date, SupportLog.workflow, need, SupportLog.what_happened)
        for row in kept.rows:
            self.rows.append(row)
            self.exact.setdefault((row.workflow or "", fold(row.what_happened or "")), []).append(row)
        self.words = [set(_words(r.workflow, r.what_happened)) for r in self.rows]
        self.classes = Classes([(w, r.support_need or "") for w, r in zip(self.words, self.rows, strict=True)])

    def of(self, workflow: str, happened: str, more: str) -> tuple[str, float, str, tuple[str, ...]] | None:
        """The need, how sure it is, why, and the entries that it rests on; None where nothing is like it."""
        same = self.exact.get((workflow, fold(happened)), []) if happened else []
        if same and len({r.support_need for r in same}) == 1:
            ids = tuple(r.id for r in same[:_SPEAK])
            return same[0].support_need or "", _EXACT, f"The same words stand in {_and(ids)}.", ids
        words = _words(workflow, happened, more)
        need, score = self.classes.best(words)
        if score < LEAST_NEED:
            return None
        telling = [w for w in dict.fromkeys(words) if self._speaks(w, need) > 0]
        alike = {n: sum(self._speaks(w, need) for w in telling if w in held) for n, held in enumerate(self.words)}
        of_need = [n for n, row in enumerate(self.rows) if row.support_need == need and alike[n] > 0]
        ids = tuple(self.rows[n].id for n in sorted(of_need, key=lambda n: (-alike[n], n))[:_SPEAK])
        said = sorted((w for w in telling if not w.startswith(_MARK)), key=lambda w: -self._speaks(w, need))[:_TOLD]
        if not ids or not said:
            return None
        return need, min(score, 0.99), f"Like {_and(ids)}; words that speak for it: {', '.join(said)}.", ids

    def _speaks(self, word: str, need: str) -> float:
        return self.classes.weight(word, need) if self.classes.knows(word) else 0.0


#: Before the name of a workflow among the words of a text.
_MARK = "\x1f"


def _words(workflow: str | None, *texts: str | None) -> list[str]:
    return [f"{_MARK}{workflow}", *stems(" ".join(t for t in texts if t))]


def _and(ids: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(ids[:-1]), ids[-1]])) if ids else ""


def _needs(view: View) -> Iterator[Suggestion]:
    """For each support entry, and each import problem that goes there, without a need that is in the list."""
    data = view.snapshot.tables.get(SupportLog.table)
    if data is None:
        return
    column, known = SupportLog.support_need, None
    odd = {p.ordinal: p.cell for p in data.problems if p.column is column and not p.usable}
    open_rows = [r for r in data.rows if r.support_need is None and (r.date is None or r.date <= view.as_of)]
    refs = refs_of(data, {r.ordinal for r in open_rows})
    for row in open_rows:
        known = known or _Needs(view)
        typed = odd.get(row.ordinal)
        found = known.of(row.workflow or "", row.what_happened or "", show(typed))
        if found is not None:
            value, score, reason, ids = found
            yield Suggestion(
                *(SupportLog.table, row.id or f"row {row.sheet_row}", column, value, score, reason, ids),
                row=refs[row.ordinal],
                sheet_row=row.sheet_row,
                before=typed,
            )
    yield from _needs_of_problems(view, known)


def _needs_of_problems(view: View, known: _Needs | None) -> Iterator[Suggestion]:
    needs = {fold(v) for v in view.snapshot.lists["SupportNeeds"]}
    for place, line in enumerate(view.snapshot.rows(ImportProblems)):
        if register_named(line.into or "") is not SupportLog:
            continue
        cells = {c: show(v) for c, v in from_lines(SupportLog, line.entry or "").items()}
        typed = cells.get(SupportLog.support_need, "")
        if fold(typed) in needs:
            continue
        known = known or _Needs(view)
        happened = cells.get(SupportLog.what_happened, "")
        workflow = _as_listed(view, cells.get(SupportLog.workflow, ""))
        found = known.of(workflow, happened, typed)
        if found is not None:
            value, score, reason, ids = found
            row_id = f"{line.source_file}, row {line.source_row}"
            yield Suggestion(
                *(ImportProblems.table, row_id, SupportLog.support_need, value, score, reason, ids),
                place=place,
                sheet_row=line.sheet_row,
                before=typed or None,
            )


def _as_listed(view: View, workflow: str) -> str:
    return next((w for w in view.snapshot.lists["Workflows"] if fold(w) == fold(workflow)), workflow)


def _repeats(view: View) -> Iterator[Suggestion]:
    """For each issue that repeats none, an earlier one that says the same."""
    rows = list(view.usable(ImprovementLog, ImprovementLog.raised_on, ImprovementLog.description).rows)
    data = view.snapshot.tables.get(ImprovementLog.table)
    if data is None or len(rows) < 2:
        return
    refs = refs_of(data, {r.ordinal for r in rows})
    texts = [_words(r.workflow, r.description) for r in rows]
    likeness = Likeness(texts)
    for n, row in enumerate(rows):
        if row.repeat_of is not None or "repeat_of" in row.bad:
            continue
        alike = {p: s for p, s in likeness.of(texts[n]).items() if _earlier(rows, p, n)}
        best = max(alike, key=lambda p: (alike[p], -p), default=None)
        if best is None or alike[best] < LEAST_REPEAT:
            continue
        same = fold(rows[best].description or "") == fold(row.description or "")
        told = [w for w in likeness.telling(texts[n], [best]) if not w.startswith(_MARK)][:_TOLD]
        goal = _first_of(rows, rows[best])
        reason = "It says the same to the letter." if same else f"Words alike: {', '.join(told)}."
        if told or same:
            yield Suggestion(
                *(ImprovementLog.table, row.id, ImprovementLog.repeat_of, goal, _EXACT if same else alike[best]),
                *(reason, tuple(dict.fromkeys((goal, rows[best].id)))),
                row=refs[row.ordinal],
                sheet_row=row.sheet_row,
            )


def _earlier(rows: Sequence[ImprovementLog], one: int, other: int) -> bool:
    """Whether an issue was raised before another, or stands above it on one day."""
    first, second = rows[one].raised_on, rows[other].raised_on
    return first is not None and second is not None and (first, one) < (second, other)


def _first_of(rows: Sequence[ImprovementLog], row: ImprovementLog) -> str:
    """The issue that a repeated one repeats; itself where it repeats none."""
    by_id: Mapping[str, ImprovementLog] = {r.id: r for r in rows}
    seen: set[str] = set()
    while row.repeat_of in by_id and row.id not in seen:
        seen.add(row.id)
        row = by_id[row.repeat_of or ""]
    return row.id
