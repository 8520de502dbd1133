"""What to do this week: at most seven things, plainest first, each with its row.

Source: docs/contract/architecture-rules.md, `week`.

Order of worth: rows of entry sheets, which may change the rest; triggers that ask for action, errors that blind a rule,
late reviews, overdue actions, decisions without an update, sign-offs missing, supplier replies, then early warnings.
What has one root is told once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from workbook.answers.entering import Waiting, ready
from workbook.answers.proposals import actions_by_source, open_action
from workbook.answers.trigger_memory import acknowledged
from workbook.model.catalogue import BY_ID
from workbook.model.cells import fold, show
from workbook.model.days import days_in_text
from workbook.model.findings import Finding, Severity
from workbook.model.late_patterns import late
from workbook.model.light_dataclasses import dataclass
from workbook.model.registers import (
    BY_TABLE,
    Actions,
    BoardDecisions,
    ImprovementLog,
    StartSignOff,
    Triggers,
    UpdatesShared,
    WorkforcePlan,
)
from workbook.model.snapshot import Snapshot
from workbook.model.triggers import Result, Scope, ScopeKind, State
from workbook.model.view import View

if TYPE_CHECKING:
    from workbook.rules.reviews import Review

#: How many things one week holds.
LIMIT = 7
#: Somebody does it; one that is only proposed is nobody's yet.
_TAKEN_UP = ("Open", "In progress")
_ACTION_OPEN = ("Proposed", "Open", "In progress")


@dataclass(frozen=True)
class ToDo:
    """One thing to do.

    Attributes:
        table, id: the row it is about; a row without an id is named by its worksheet row.
        who: who does it, '' where nobody is named.
        due: by when; None where no day is set.
        what: one plain sentence.
        review: the review that it is; None for anything else.
    """

    table: str
    id: str
    who: str
    due: dt.date | None
    what: str
    review: Review | None = None

    def where(self, snapshot: Snapshot) -> str:
        """The sheet and the entry's id; the sheet alone where there is no such entry yet."""
        table, row_id = (self.review.entered_in, self.review.entry) if self.review else (self.table, self.id)
        register = BY_TABLE.get(table)
        named = register is not None and register.key is not None
        return f"{snapshot.sheet_of(table)} {row_id if named else ''}".strip()

    def as_json(self) -> dict[str, Any]:
        """The thing to do as one JSON object, dates in ISO 8601."""
        due = self.due.isoformat() if self.due else None
        return {"table": self.table, "id": self.id or None, "who": self.who, "due": due, "what": self.what}


def this_week(
    view: View, findings: Iterable[Finding], results: Iterable[Result], reviews: Iterable[Review], limit: int = LIMIT
) -> list[ToDo]:
    """At most `limit` things to do this week, the worthiest first.

    Args:
        view: the workbook as of a day.
        findings, results, reviews: what the checks, the triggers and the reviews say on that day.
        limit: how many at most.
    """
    return waiting(view, findings, results, reviews)[: max(limit, 0)]


def waiting(
    view: View, findings: Iterable[Finding], results: Iterable[Result], reviews: Iterable[Review]
) -> list[ToDo]:
    """All that waits to be done, the worthiest first; arguments as for `this_week`."""
    results = list(results)
    news, going = _news(view, results)
    raised = [*_triggers(view, news, State.RAISED), *_going_on(going)]
    candidates = (
        *_errors(findings),
        *_late_reviews(view, reviews),
        *_overdue_actions(view),
        *_decisions_without_update(view),
        *_missing_sign_offs(view),
        *_supplier_replies(view),
        *_triggers(view, results, State.WATCH),
    )
    told = {(todo.table, fold(todo.id)) for todo in raised}
    kept: dict[tuple[str, str], ToDo] = {}
    for todo in candidates:
        if (todo.table, fold(todo.id)) not in told:
            kept.setdefault((todo.table, fold(todo.id)), todo)
    return [*_to_enter(view), *raised, *kept.values()]


def _who(name: str, role: str) -> str:
    return f"{name} ({role[:1].lower()}{role[1:]})" if name else role


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text if text.endswith((".", "?", "!")) else text + "."


def _about(view: View, scope: Scope) -> str:
    """A champion or a service as people know it."""
    if scope.kind is ScopeKind.SERVICE:
        return view.service_name(scope.id)
    champion = view.find(WorkforcePlan, scope.id)
    return f"{champion.name}, {scope.id}" if champion is not None and champion.name else scope.id


def _found(view: View, result: Result) -> str:
    """The first thing that was found, where, and what is to be remarked on it; the rest is for `explain`."""
    first = result.finding.partition("; ")[0].partition(" (trends by")[0].partition(" Left out because")[0]
    about = _about(view, result.scope)
    known = result.scope.kind is not ScopeKind.SERVICE or about in first
    return " ".join([_sentence(first if known else f"{about}: {first}"), *result.remarks])


def _news(view: View, results: Sequence[Result]) -> tuple[list[Result], dict[str, tuple[Actions, list[Result]]]]:
    """The results without what is no news, and the open actions that take the place of what they answer.

    A raised trigger that a person has acknowledged comes again with new evidence, or after `Remind after days`. One
    with an action that somebody has taken up and that is not overdue is in good hands.
    """
    remembered = {fold(row.result_key): row for row in reversed(view.snapshot.rows(Triggers)) if row.result_key}
    actions = actions_by_source(view.snapshot)
    news: list[Result] = []
    going: dict[str, tuple[Actions, list[Result]]] = {}
    for result in results:
        action = open_action(actions.get(fold(result.key).replace(" ", ""), ()))
        if result.state is not State.RAISED:
            news.append(result)
        elif action is not None and action.status in _TAKEN_UP and action.due_date and action.due_date >= view.as_of:
            going.setdefault(action.id, (action, []))[1].append(result)
        elif not _rests(view, remembered.get(fold(result.key)), result):
            news.append(result)
    return news, going


def _rests(view: View, row: Triggers | None, result: Result) -> bool:
    """Whether a person has acknowledged just this, not too long ago.

    The day is the one that stands beside the name; where none does, the day on which it was first raised.
    """
    if row is None or not acknowledged(row, result):
        return False
    days = [found[0] for word in _DAY.findall(row.acknowledged_by or "") if len(found := days_in_text(word)) == 1]
    since = max(days, default=row.first_raised_on)
    return since is not None and (view.as_of - since).days < view.days("All", "Remind after days")


#: A day as people write it beside a name.
_DAY = late(r"\d{1,4}[-./ ](?:\d{1,2}|[A-Za-z]{3,9})[-./ ]\d{2,4}")


def _going_on(going: Mapping[str, tuple[Actions, list[Result]]]) -> Iterator[ToDo]:
    for action, answered in going.values():
        keys = ", ".join(result.key for result in answered)
        what = (
            f"Go on with what answers {keys}, due on {show(action.due_date)}: {_sentence(action.action or action.id)}"
        )
        yield ToDo(Actions.table, action.id or f"row {action.sheet_row}", action.owner or "", action.due_date, what)


def _triggers(view: View, results: Sequence[Result], state: State) -> Iterator[ToDo]:
    """Those in one state by due date; several scopes of one trigger are one thing to do."""
    asking = [r for r in results if r.state is state]
    groups: dict[str, list[Result]] = {}
    for result in asking:
        groups.setdefault(result.trigger, []).append(result)
    for group in sorted(groups.values(), key=lambda g: min((r.due or dt.date.max) for r in g)):
        first = group[0]
        others = "; ".join(_about(view, r.scope) for r in group[1:])
        also = f" The same for {others}." if others else ""
        action = _sentence(BY_ID[first.trigger].action or first.escalation)
        row = first.evidence[0] if first.evidence else None
        table, row_id = (row.table, row.id) if row else ("Triggers", first.key)
        who = ", ".join(dict.fromkeys(_who(r.owner_name, r.owner) for r in group))
        what = f"{_found(view, first)} {action}{also}".removesuffix(".")
        yield ToDo(table, row_id, who, first.due, f"{what} ({first.trigger}).")


def _to_enter(view: View) -> Iterator[ToDo]:
    """Rows of the entry sheets that are in no register yet."""
    found: dict[str, list[Waiting]] = {}
    for waits in ready(view.snapshot):
        found.setdefault(waits.table, []).append(waits)
    for table, rows in found.items():
        number = "1 row waits" if len(rows) == 1 else f"{len(rows)} rows wait"
        held = [row for row in rows if row.missing or row.became]
        what = f"{number} to be entered: press Check entries." + (f" {held[0].words}" if held else "")
        yield ToDo(table, f"row {rows[0].sheet_row}", "", None, what)


def _errors(findings: Iterable[Finding]) -> Iterator[ToDo]:
    """Errors of one kind in one column are mended together."""
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        if finding.severity is Severity.ERROR:
            groups.setdefault((finding.code, finding.table, finding.column), []).append(finding)
    for group in sorted(groups.values(), key=lambda g: (g[0].row is not None, -len(g))):
        first = group[0]
        row_id = first.id or (f"row {first.row}" if first.row is not None else "")
        more = f" There are {len(group)} such entries." if len(group) > 1 else ""
        what = " ".join(_sentence(words) for words in (first.message, first.fix) if words)
        yield ToDo(first.table, row_id, "", None, f"{what}{more}")


def _late_reviews(view: View, reviews: Iterable[Review]) -> Iterator[ToDo]:
    late = sorted((r for r in reviews if r.days_late > 0), key=lambda r: -r.days_late)
    for review in late:
        where = f" for {view.service_name(review.service)}" if review.service else ""
        days = "1 day" if review.days_late == 1 else f"{review.days_late} days"
        what = f"Do the review “{review.name}”{where}: it is {days} late."
        yield ToDo(
            "ReviewsDue",
            f"{review.name}{f' {review.service}' if review.service else ''}",
            _who(review.owner_name, review.owner),
            review.next_due,
            what,
            review,
        )


def _overdue_actions(view: View) -> Iterator[ToDo]:
    usable = view.usable(Actions, Actions.status, Actions.due_date).rows
    overdue = [a for a in usable if a.status in _ACTION_OPEN and a.due_date < view.as_of]
    for action in sorted(overdue, key=lambda a: a.due_date):
        days = (view.as_of - action.due_date).days
        ago = "yesterday" if days == 1 else f"{days} days ago"
        due = f"{show(action.due_date)}, {ago}"
        what = f"Finish the action that was due on {due}: {_sentence(action.action or action.id)}"
        yield ToDo(Actions.table, action.id or f"row {action.sheet_row}", action.owner or "", action.due_date, what)


def _decisions_without_update(view: View) -> Iterator[ToDo]:
    told = {fold(u.decision_id) for u in view.rows(UpdatesShared) if u.decision_id}
    usable = view.usable(BoardDecisions, BoardDecisions.action_type, BoardDecisions.due_date).rows
    for decision in usable:
        due = decision.due_date
        if decision.action_type != "No action" and due and due < view.as_of and fold(decision.id) not in told:
            what = f"Share with staff what the board decided: {_sentence(decision.decision or decision.id)}"
            row_id = decision.id or f"row {decision.sheet_row}"
            yield ToDo(BoardDecisions.table, row_id, decision.owner or "", due, what)


def _missing_sign_offs(view: View) -> Iterator[ToDo]:
    known = {s.champion_id for s in view.rows(StartSignOff) if s.decision == "Signed off"}
    role, name = view.holder("Project lead")
    for champion in view.acting_champions():
        if champion.champion_id not in known:
            what = f"Sign off {champion.name or champion.champion_id} as a champion, or pause them until it is done."
            yield ToDo(WorkforcePlan.table, champion.champion_id, _who(name, role), None, what)


def _supplier_replies(view: View) -> Iterator[ToDo]:
    usable = view.usable(ImprovementLog, ImprovementLog.status, ImprovementLog.reply_due, ImprovementLog.replied_on)
    role, name = view.holder("Project lead")
    for issue in usable.rows:
        due = issue.reply_due
        if due and due < view.as_of and issue.replied_on is None and issue.status != "Closed":
            what = f"Ask the supplier for the reply that was due on {show(due)}: {_sentence(issue.description or '')}"
            yield ToDo(ImprovementLog.table, issue.id or f"row {issue.sheet_row}", _who(name, role), due, what)
