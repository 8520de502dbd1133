"""The questions of a form for a register: what people know, never what the program gives."""

from __future__ import annotations

import enum
from collections import Counter
from typing import Any

from workbook.model.declare import Column, Kind, Register, gives_ids
from workbook.model.folding import fold
from workbook.model.light_dataclasses import dataclass
from workbook.model.registers import BY_TABLE, Services, WorkforcePlan
from workbook.model.snapshot import Snapshot

#: Champions who support nobody any more are not asked for.
_GONE = frozenset({"Reassigned", "Stepped down"})


class Answer(enum.StrEnum):
    """The kind of answer that a form's question takes."""

    CHOICE = "choice"
    TEXT = "text"
    LONG_TEXT = "long text"
    DATE = "date"
    NUMBER = "number"
    RATING = "rating"
    YES_NO = "yes/no"


_ANSWERS = {
    Kind.CHOICE: Answer.CHOICE,
    Kind.LIST: Answer.CHOICE,
    Kind.YES_NO: Answer.YES_NO,
    Kind.DATE: Answer.DATE,
    Kind.NUMBER: Answer.NUMBER,
    Kind.WHOLE: Answer.NUMBER,
    Kind.SCORE: Answer.RATING,
    Kind.LONG_TEXT: Answer.LONG_TEXT,
}


@dataclass(frozen=True)
class Question:
    """One question of a form.

    Attributes:
        column: the header of the column that the answer goes to.
        question: as the form asks it.
        kind: of the answer.
        required: whether it must be answered.
        choices: what may be chosen.
        several: whether more than one may be chosen.
        note: what helps to answer it.
    """

    column: str
    question: str
    kind: Answer
    required: bool
    choices: tuple[str, ...] = ()
    several: bool = False
    note: str = ""


def questions(snapshot: Snapshot, register: type[Register]) -> list[Question]:
    """The questions for a register, its choices from the workbook's own lists, champions and services by name.

    An export of a form that asks them is imported without a mapping file.

    Args:
        snapshot: the workbook.
        register: where the answers will go.
    """
    return [_question(snapshot, column) for column in register.columns if not gives_ids(column)]


def _question(snapshot: Snapshot, column: Column[Any]) -> Question:
    choices = _choices(snapshot, column)
    kind = _ANSWERS.get(column.kind, Answer.TEXT)
    if column.target:
        kind = Answer.CHOICE if choices else Answer.TEXT
    return Question(
        column=column.header,
        question=column.asks or column.header,
        kind=kind,
        required=column.required,
        choices=choices,
        several=column.separated and bool(choices),
        note=column.note,
    )


def _choices(snapshot: Snapshot, column: Column[Any]) -> tuple[str, ...]:
    if column.kind is Kind.YES_NO:
        return ("Yes", "No")
    if column.kind is Kind.SCORE:
        return tuple(str(n) for n in range(int(column.minimum or 1), int(column.maximum or 5) + 1))
    if column.target in snapshot.lists:
        return tuple(snapshot.lists[column.target])
    return _named(snapshot, BY_TABLE[column.target]) if column.target in BY_TABLE else column.choices


def _named(snapshot: Snapshot, target: type[Register]) -> tuple[str, ...]:
    """The rows of a table by name; one whose name another has too, by its id."""
    label = next((c for c in target.columns if c.label), None)
    if label is None:
        return ()
    rows = [row for row in snapshot.rows(target) if row.id and not _is_over(row)]
    times = Counter(fold(getattr(row, label.attr) or "") for row in snapshot.rows(target))
    return tuple(name if (name := getattr(row, label.attr)) and times[fold(name)] == 1 else row.id for row in rows)


def _is_over(row: Any) -> bool:
    if row.register is Services:
        return row.in_use is False
    return row.register is WorkforcePlan and row.status in _GONE
