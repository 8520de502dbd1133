"""The matters that wait for the board, each with the reference of its decision block (docs/contract/documents.md).

A matter is an issue with its repeats, a decision whose loop is not closed, or a trigger that is about no single row.
However many triggers point at it, it is one matter and one decision.
"""

from __future__ import annotations

from collections.abc import Iterable

from workbook.documents.declare import Material
from workbook.documents.issues import Issues, decided_so_far, issue_story, issue_title, standing
from workbook.documents.references import BLOCK, BLOCK_FIELDS, ROW, Reference, seen_reference, tag
from workbook.documents.words import NOT_RECORDED, counted, day, rows_in_words, scope_in_words, service_name, text
from workbook.model.cells import fold
from workbook.model.light_dataclasses import dataclass, field
from workbook.model.registers import Actions, BoardDecisions, ImprovementLog, QualityReviews, UpdatesShared
from workbook.model.triggers import FEEDBACK, Evidence, Result, Scope, ScopeKind, State, evidence_of
from workbook.model.view import View

#: Early warnings that only the board can answer: no change, lost confidence, a silent supplier, no evidence.
BOARD_WATCHES = frozenset({"F6", "F7", "F10", "F11"})
LOOP = "F5"
#: What each decides on its own, not issue by issue.
WHOLE = frozenset({"F3", "F7", "F11"})
SETTLED = ("Done", "Cancelled")


@dataclass(frozen=True)
class Tags:
    """The references of the rows of one decision block; `row` where it is a row of the table of further matters."""

    row: str
    block: str
    decision: str
    rationale: str
    against: str
    action: str
    owner: str
    due: str
    services: str


@dataclass(frozen=True)
class Matter:
    """One decision block: why the matter is here, and where the decision goes.

    Attributes:
        seen: its reference in small print, with signs by which a slip of the pen shows.
        leads: the first trigger that asks for it; '' where none does.
    """

    number: int
    reference: str
    seen: str
    leads: str
    title: str
    story: str
    raised_by: str
    found: str
    rows: str
    standing: str
    earlier: str
    asks: str
    tags: Tags


@dataclass
class _Draft:
    """A matter while triggers are still being gathered for it."""

    subject: str = ""
    results: list[Result] = field(default_factory=list)

    def reference(self) -> Reference:
        scope = self.results[0].scope.id if self.results else ""
        return Reference(tuple(r.trigger for r in self.results), scope, self.subject)


def open_matters(material: Material) -> list[Matter]:
    """Every matter that waits for the board: those of triggers first, in the framework's order, then aged issues."""
    view, issues = material.view, Issues(material.view)
    drafts: dict[str, _Draft] = {}
    for result in material.results:
        if _for_board(view, result):
            for subject in _subjects(view, issues, result):
                draft = drafts.setdefault(fold(subject) or result.key, _Draft(subject))
                draft.results.append(result)
    for subject in _aged(view, issues):
        drafts.setdefault(fold(subject), _Draft(subject))
    return [_matter(view, issues, number, draft) for number, draft in enumerate(drafts.values(), start=1)]


def is_board_trigger(result: Result) -> bool:
    """Whether the framework sends this trigger to the board."""
    return result.escalation == FEEDBACK.escalation


def _for_board(view: View, result: Result) -> bool:
    """Raised feedback triggers, warnings that the board alone can answer, others whose action is overdue."""
    if is_board_trigger(result):
        return result.state is State.RAISED or (result.state is State.WATCH and result.trigger in BOARD_WATCHES)
    return result.state is State.RAISED and bool(overdue_actions(view, result.key))


def overdue_actions(view: View, origin: str) -> list[Actions]:
    """The actions of a trigger or decision that should have been done by now."""
    rows = (a for a in view.rows(Actions) if fold(a.origin or "") == fold(origin) and a.status not in SETTLED)
    return [a for a in rows if a.due_date is not None and a.due_date < view.as_of]


def _subjects(view: View, issues: Issues, result: Result) -> list[str]:
    """The issues or decisions that a result rests on; '' for the trigger itself, where it is about more than those."""
    if not is_board_trigger(result) or result.trigger in WHOLE:
        return [""]
    found: dict[str, None] = {}
    for evidence in result.evidence:
        found[_subject(view, issues, evidence, loop=result.trigger == LOOP)] = None
    found.pop("-", None)
    return list(found) or [""]


def _subject(view: View, issues: Issues, evidence: Evidence, *, loop: bool) -> str:
    """What one row points to: an id, '' for the trigger as a whole, '-' for a row that is there beside others."""
    table, row_id = evidence
    if loop:
        update = view.find(UpdatesShared, row_id) if table == UpdatesShared.table else None
        return row_id if table == BoardDecisions.table else (update.decision_id if update is not None else "-")
    if table == QualityReviews.table:
        review = view.find(QualityReviews, row_id)
        table, row_id = ImprovementLog.table, review.issue_id if review is not None else ""
    if table == ImprovementLog.table:
        family = issues.family(row_id)
        return family.id if family is not None else row_id
    return "-" if table in ("Meetings", BoardDecisions.table, UpdatesShared.table) else ""


def _aged(view: View, issues: Issues) -> Iterable[str]:
    """Issues open longer than F1 allows on which nothing was decided, or whose decision is past its date."""
    limit = view.days("F1", "Open days")
    for family in issues.all():
        if any(issues.age(m) > limit for m in family.open):
            waiting = [d for d in issues.decisions(family) if d.due_date is None or d.due_date >= view.as_of]
            if not waiting:
                yield family.id


def _matter(view: View, issues: Issues, number: int, draft: _Draft) -> Matter:
    reference = str(draft.reference())
    title, story, state, earlier = _described(view, issues, draft)
    rows = tuple(dict.fromkeys(e for r in draft.results for e in _rows_about(view, issues, r, draft.subject)))
    family = issues.family(draft.subject)
    if not rows and family is not None:
        rows = evidence_of(family.members)
    return Matter(
        number=number,
        reference=reference,
        seen=seen_reference(draft.reference()),
        leads=draft.results[0].trigger if draft.results else "",
        title=title,
        story=story,
        raised_by="; ".join(f"{r.trigger} {r.title}" for r in draft.results) or "Its age: no trigger asks for it",
        found=" ".join(r.summary for r in draft.results),
        rows=rows_in_words(rows),
        standing=state,
        earlier=earlier,
        asks="; ".join(dict.fromkeys(r.escalation for r in draft.results)) or FEEDBACK.escalation,
        tags=tags_of(reference),
    )


def tags_of(reference: str) -> Tags:
    """The references of a decision block's rows."""
    return Tags(tag(ROW, reference), tag(BLOCK, reference), *(tag(name, reference) for name in BLOCK_FIELDS))


def _rows_about(view: View, issues: Issues, result: Result, subject: str) -> list[Evidence]:
    """The rows of a result that concern one matter: a trigger may have raised several."""
    loop = result.trigger == LOOP
    about = [e for e in result.evidence if _subject(view, issues, e, loop=loop) == subject]
    return about or list(result.evidence)


def _described(view: View, issues: Issues, draft: _Draft) -> tuple[str, str, str, str]:
    """Title, story, standing and earlier decisions of a matter."""
    family = issues.family(draft.subject)
    if family is not None:
        earlier = decided_so_far(issues.decisions(family))
        return issue_title(view, family), issue_story(issues, family), standing(issues, family), earlier
    decision = view.find(BoardDecisions, draft.subject)
    if decision is not None:
        return _loop(view, decision)
    result = draft.results[0]
    title = f"{draft.subject} {result.title}".strip()
    if result.scope.kind is not ScopeKind.PROGRAMME:
        title = f"{title}: {scope_in_words(view, result)}"
    late = overdue_actions(view, result.key)
    story = f"{_actions(late)} Asked of {result.owner.lower()}." if late else f"{result.summary}"
    return title, story, f"Due {day(result.due)}", _decided_on(view, result.scope, result)


def _actions(late: list[Actions]) -> str:
    words = "; ".join(f"{a.id} {a.action} (due {day(a.due_date)})" for a in late)
    return f"{counted(len(late), 'action')} overdue: {words}."


def _decided_on(view: View, scope: Scope, result: Result) -> str:
    key = f"{result.trigger}:{scope.id}"
    rows = [d for d in view.rows(BoardDecisions) if fold(key) in map(fold, (d.trigger or "").split(","))]
    return decided_so_far(rows)


def _loop(view: View, decision: BoardDecisions) -> tuple[str, str, str, str]:
    updates = [u for u in view.rows(UpdatesShared) if fold(u.decision_id or "") == fold(decision.id)]
    told = "; ".join(f"{service_name(view, u.service)} on {day(u.shared_on)}: {u.result}" for u in updates)
    story = f"{decision.decision} Shared with staff: {told or 'not yet'}."
    owner = text(decision.owner, NOT_RECORDED)
    state = f"Due {day(decision.due_date)}, owner {owner}"
    later = [d for d in view.rows(BoardDecisions) if fold(d.follows_on or "") == fold(decision.id)]
    return f"{decision.id} Did the decision reach staff and help?", story, state, decided_so_far([decision, *later])
