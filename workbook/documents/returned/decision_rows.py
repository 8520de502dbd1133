"""The decisions and actions that minutes hold: their rows in the registers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from workbook.documents.loops import NO_ACTION
from workbook.documents.references import SPARE, Reference, parse_reference
from workbook.documents.returned.due_days import day_in_words
from workbook.documents.returned.ledger import Ledger, Value
from workbook.documents.returned.understand import ActionWords, Filled, Words
from workbook.documents.returned.values import choice_in_words, name_in_words, services_in_words
from workbook.model.cells import LONGEST_TEXT, Cell, show
from workbook.model.folding import fold
from workbook.model.registers import Actions, BoardDecisions, ImprovementLog
from workbook.model.registers.improve import ACTION_TYPES

_CLOSED = "Closed"
#: What says what a decision is about.
_ABOUT = (BoardDecisions.issue_id, BoardDecisions.trigger, BoardDecisions.follows_on)


class DecisionRows(Ledger):
    """Reads what the minutes say of decisions and actions."""

    def enter_block(self, filled: Filled, reference: str) -> None:
        decision = filled.words("decision", reference)
        if decision is None or len(decision.text) > LONGEST_TEXT:
            self._block_waits(filled, reference, decision)
            return
        about = Reference() if reference.startswith(SPARE) else parse_reference(reference)
        issue, follows_on, problem = self._subject(about)
        due, due_problem = self._due(filled.words("due", reference), reference)
        if problem or due_problem:
            self.tell(
                decision, "decision", f"The decision is not written: {problem or due_problem}", reference=reference
            )
            return
        trigger = about.keys[0] if about.keys else None
        values = [
            Value(BoardDecisions.decision, decision.text, decision, "decision"),
            *self._decision_values(filled, reference),
        ]
        if due is not None:
            values.append(due)
        fixed: dict[str, Cell] = {
            BoardDecisions.meeting_id.header: self.meeting,
            BoardDecisions.issue_id.header: issue,
            BoardDecisions.trigger.header: trigger,
            BoardDecisions.follows_on.header: follows_on,
        }
        waiting = self._waiting_decision(filled, fixed, decision)
        if waiting is not None:
            self._agree(waiting, values, decision, reference)
            return
        known = self._known_decision(filled, fixed, decision)
        if known is not None:
            self.correct(BoardDecisions, known, values, reference)
            if any(c.row.table == BoardDecisions.table and c.row.id == known.id for c in self.reading.cells):
                self._late_action(known, decision, values, reference)
            return
        decision_id = self.ids.next(BoardDecisions)
        self.add(
            BoardDecisions, decision_id, {BoardDecisions.decision_id.header: decision_id, **fixed}, values, reference
        )
        self._action_of(decision_id, decision, {v.field: v.value for v in values}, reference)

    def _agree(self, waiting: dict[str, Cell], values: list[Value], decision: Words, reference: str) -> None:
        row_id = show(waiting[BoardDecisions.decision_id.header])
        self.agree(BoardDecisions, row_id, waiting, values, reference)
        if next(self._actions_of(row_id), None) is None:
            held = {
                "action": waiting.get(BoardDecisions.action_type.header),
                "owner": waiting.get(BoardDecisions.owner.header),
                "due": waiting.get(BoardDecisions.due_date.header),
            }
            self._action_of(row_id, decision, held, reference)

    def _late_action(self, known: BoardDecisions, decision: Words, values: list[Value], reference: str) -> None:
        """The action that a decision asks for once a corrected copy gives it an owner and a date."""
        if next(self._actions_of(known.id or ""), None) is None:
            held = {"action": known.action_type, "owner": known.owner, "due": known.due_date}
            self._action_of(known.id or "", decision, held | {v.field: v.value for v in values}, reference)

    def _block_waits(self, filled: Filled, reference: str, decision: Words | None) -> None:
        for place, words in filled.places.items():
            if place.reference == reference:
                too_long = decision is not None and words is decision
                message = (
                    "It is longer than a cell can be."
                    if too_long
                    else "It waits: the decision of this block is not read."
                )
                self.tell(words, place.field, message, reference=reference)

    def _subject(self, about: Reference) -> tuple[str | None, str | None, str]:
        """The issue that a block is about and the decision that it follows on, or why no decision on it can stand."""
        if not about.subject:
            return None, None, ""
        earlier = self.view.snapshot.find(BoardDecisions, about.subject)
        if earlier is not None:
            return earlier.issue_id, earlier.decision_id, ""
        issue = self.view.snapshot.find(ImprovementLog, about.subject)
        if issue is None:
            return None, None, f"{about.subject} is no longer in the workbook."
        if issue.status == _CLOSED:
            return None, None, f"{about.subject} is closed by now."
        return issue.issue_id, None, ""

    def _due(self, words: Words | None, reference: str) -> tuple[Value | None, str]:
        if words is None or self.day is None:
            return None, ""
        day, why = day_in_words(words.text, self.day, words.picked)
        if day is not None and day < self.day:
            return None, f"its due date {show(day)} lies before the meeting."
        if day is None:
            self.tell(words, "due", why, reference=reference)
            return None, ""
        return Value(BoardDecisions.due_date, day, words, "due"), ""

    def _decision_values(self, filled: Filled, reference: str) -> Iterator[Value]:
        for name, column in (("rationale", BoardDecisions.rationale), ("against", BoardDecisions.views_against)):
            words = filled.words(name, reference)
            if words is not None and len(words.text) > LONGEST_TEXT:
                self.tell(words, name, "It is longer than a cell can be.", reference=reference)
            elif words is not None:
                yield Value(column, words.text, words, name)
        action = filled.words("action", reference)
        choice, why = choice_in_words(action.text, ACTION_TYPES) if action is not None else (None, "")
        if action is None or choice is None:
            where = action or filled.places_or_blank("decision", reference)
            self.tell(where, "action", why or "No action type is chosen: the cell stays blank.", reference=reference)
        else:
            yield Value(BoardDecisions.action_type, choice, action, "action")
        owner = filled.words("owner", reference)
        if owner is not None:
            yield from self.named(BoardDecisions.owner, owner, "owner", reference)
        services = filled.words("services", reference)
        if services is not None:
            codes, why = services_in_words(self.view, services.text)
            if codes:
                yield Value(BoardDecisions.services_affected, codes, services, "services")
            elif why:
                self.tell(services, "services", why, reference=reference)

    def _waiting_decision(self, filled: Filled, fixed: Mapping[str, Cell], decision: Words) -> dict[str, Cell] | None:
        """The decision that another file of this run gave for this very block; None for none."""
        like = [r for r in self.known.get(BoardDecisions.table, ()) if all(r.get(h) == v for h, v in fixed.items())]
        worded = [r for r in like if fold(show(r.get(BoardDecisions.decision.header))) == fold(decision.text)]
        return next(iter(worded or (like if _alone(filled, fixed) else ())), None)

    def _known_decision(self, filled: Filled, fixed: Mapping[str, Cell], decision: Words) -> BoardDecisions | None:
        """The decision that this very block gave before; None for none."""
        like = [row for row in self.view.snapshot.rows(BoardDecisions) if _is_like(row, fixed)]
        same = [row for row in like if _follows(row, fixed)]
        unsaid = [row for row in like if row.follows_on is None]  # as an earlier version wrote them
        worded = [row for row in (*same, *unsaid) if fold(row.decision or "") == fold(decision.text)]
        if worded:
            return worded[0]
        return same[0] if same and _alone(filled, fixed) else None

    def _action_of(self, decision_id: str, decision: Words, values: Mapping[str, Cell], reference: str) -> None:
        """The action that a decision asks for: it has an action type other than none, an owner and a date."""
        action, owner, due = values.get("action"), values.get("owner"), values.get("due")
        if action is None or action == NO_ACTION or owner is None or due is None:
            return
        self._add_action(decision_id, decision, owner, due, reference)

    def enter_action(self, words: ActionWords) -> None:
        if not words.action.text:
            self.tell(words.owner if words.owner.text else words.due, "action", "The row names no action.")
            return
        owner, why = name_in_words(self.view, words.owner.text) if words.owner.text else (None, "")
        if why:
            self.tell(words.owner, "owner", f"{why} The owner stays blank.")
        due, why = (
            day_in_words(words.due.text, self.day or self.view.as_of, words.due.picked)
            if words.due.text
            else (None, "")
        )
        if due is not None and self.day is not None and due < self.day:
            due, why = None, "It lies before the meeting."
        if why:
            self.tell(words.due, "due", f"{why} The due date stays blank.")
        if not self._is_known(words, owner, due):
            self._add_action(self.meeting, words.action, owner, due, "")

    def _is_known(self, words: ActionWords, owner: Cell, due: Cell) -> bool:
        """Whether an action is there already; an owner or a day that a corrected copy gives it is proposed."""
        values = [Value(Actions.action, words.action.text, words.action, "action")]
        values += [Value(Actions.owner, owner, words.owner, "owner")] if owner is not None else []
        values += [Value(Actions.due_date, due, words.due, "due")] if due is not None else []
        text, wanted = fold(words.action.text), (Actions.origin.header, Actions.action.header)
        for row in self.view.snapshot.rows(Actions):
            if (fold(row.origin or ""), fold(row.action or "")) == (fold(self.meeting), text):
                self.correct(Actions, row, values, "")
                return True
        for waiting in (*self.known.get(Actions.table, ()), *self.reading.rows.get(Actions.table, ())):
            if [fold(show(waiting.get(header))) for header in wanted] == [fold(self.meeting), text]:
                self.agree(Actions, show(waiting.get(Actions.action_id.header)), waiting, values, "")
                return True
        return False

    def _actions_of(self, origin: str) -> Iterator[str]:
        for row in self.view.snapshot.rows(Actions):
            if fold(row.origin or "") == fold(origin):
                yield row.action or ""
        for waiting in (*self.known.get(Actions.table, ()), *self.reading.rows.get(Actions.table, ())):
            if waiting.get(Actions.origin.header) == origin:
                yield show(waiting.get(Actions.action.header))

    def _add_action(self, origin: str, action: Words, owner: Cell, due: Cell, reference: str) -> None:
        action_id = self.ids.next(Actions)
        row: dict[str, Cell] = {
            Actions.action_id.header: action_id,
            Actions.origin.header: origin,
            Actions.owner.header: owner,
            Actions.raised_on.header: self.day,
            Actions.due_date.header: due,
            Actions.status.header: "Open",
        }
        self.add(Actions, action_id, row, [Value(Actions.action, action.text, action, "action")], reference)


def _alone(filled: Filled, fixed: Mapping[str, Cell]) -> bool:
    """Whether no other block of the minutes is about the same matter, so that other words correct the former ones."""
    about_something = any(fixed[column.header] for column in _ABOUT)
    return about_something and sum(_points_to(other, fixed) for other in filled.blocks()) == 1


def _follows(row: BoardDecisions, fixed: Mapping[str, Cell]) -> bool:
    """Whether a row follows on the same decision, or on none where none is asked for."""
    return fold(row.follows_on or "") == fold(show(fixed[BoardDecisions.follows_on.header]))


def _is_like(row: BoardDecisions, fixed: Mapping[str, Cell]) -> bool:
    return all(
        fold(show(getattr(row, column.attr))) == fold(show(fixed[column.header]))
        for column in (BoardDecisions.meeting_id, BoardDecisions.issue_id, BoardDecisions.trigger)
    )


def _points_to(reference: str, fixed: Mapping[str, Cell]) -> bool:
    about = Reference() if reference.startswith(SPARE) else parse_reference(reference)
    subject = fixed[BoardDecisions.follows_on.header] or fixed[BoardDecisions.issue_id.header] or ""
    return (about.keys[0] if about.keys else None) == fixed[BoardDecisions.trigger.header] and (
        about.subject in (subject, "")
    )
