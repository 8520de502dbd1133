"""A workbook as plain tables for analysis: every register, the findings, the triggers' results and the reviews."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from workbook.model.declare import Column, Kind, Register
from workbook.model.findings import Finding, Severity
from workbook.model.registers import COMPUTED, REGISTERS, SETUP, Programme
from workbook.model.snapshot import Snapshot
from workbook.model.triggers import Evidence, Result, ScopeKind, State
from workbook.model.view import View
from workbook.rules import checks, triggers
from workbook.rules.reviews import Review, reviews

#: The column that says on which row of its worksheet an entry stands.
SHEET_ROW = "Sheet row"
#: What Excel takes for the beginning of a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


class ExtractColumn(NamedTuple):
    """A column of values of one kind.

    Attributes:
        name: its header.
        kind: what it holds; a `DATE` is a day, a `SCORE` and a `WHOLE` whole numbers, a `NUMBER` any, a `YES_NO` a
            truth value, all others texts. None stands for blank, and for what could not be read.
        choices: the words that it may hold, in the contract's or the list's order; () where it may hold any.
        ordered: whether that order means something: choices are, lists that people extend are not.
    """

    name: str
    kind: Kind
    choices: tuple[str, ...] = ()
    ordered: bool = False


class ExtractTable(NamedTuple):
    """A table: its name, its columns, and its rows in their order."""

    name: str
    columns: tuple[ExtractColumn, ...]
    rows: Sequence[tuple[Any, ...]]


def extract(snapshot: Snapshot, as_of: dt.date, *, until: bool = False) -> list[ExtractTable]:
    """Every register, then `findings`, `trigger_results` and `reviews` on a day.

    Args:
        snapshot: the workbook.
        as_of: the day on which triggers and reviews are judged.
        until: leave out of the registers what happened after that day, as the rules do
            (docs/contract/checks-and-triggers.md, How every rule is read); else they are whole.
    """
    view = View(snapshot, as_of)
    return [
        *_registers(snapshot, view if until else snapshot),
        _findings(checks.run(snapshot, as_of)),
        _results(triggers.evaluate(view)),
        _reviews(reviews(view)),
    ]


def _registers(snapshot: Snapshot, source: Snapshot | View) -> Iterator[ExtractTable]:
    yield _register(Programme, snapshot, [(None, None, None, *_settings(snapshot))])
    for register in (*SETUP, *REGISTERS, *COMPUTED):
        if register is not Programme:
            yield _register(register, snapshot, source.rows(register))


def _settings(snapshot: Snapshot) -> Iterator[Any]:
    return (getattr(snapshot.programme, column.attr) for column in Programme.columns)


def _register(register: type[Register], snapshot: Snapshot, rows: Sequence[Any]) -> ExtractTable:
    columns = (ExtractColumn(SHEET_ROW, Kind.WHOLE), *(_column(c, snapshot) for c in register.columns))
    return ExtractTable(register.table, columns, [(row[0], *row[3:]) for row in rows])


def _column(column: Column[Any], snapshot: Snapshot) -> ExtractColumn:
    if column.kind is Kind.LIST and not column.separated:
        return ExtractColumn(column.header, column.kind, snapshot.lists.get(column.target, ()))
    return ExtractColumn(column.header, column.kind, column.choices, ordered=bool(column.choices))


def _text(name: str) -> ExtractColumn:
    return ExtractColumn(name, Kind.TEXT)


def _one_of(name: str, words: Iterable[str]) -> ExtractColumn:
    return ExtractColumn(name, Kind.CHOICE, tuple(words), ordered=True)


def _findings(found: Iterable[Finding]) -> ExtractTable:
    columns = (
        _text("code"),
        _one_of("severity", Severity),
        _text("table"),
        _text("id"),
        ExtractColumn("row", Kind.WHOLE),
        *(_text(name) for name in ("column", "value", "message", "fix")),
    )
    return ExtractTable("findings", columns, [tuple(one.as_json().values()) for one in found])


def _results(found: Iterable[Result]) -> ExtractTable:
    columns = (
        _text("trigger"),
        _text("title"),
        _one_of("state", State),
        _one_of("scope_kind", ScopeKind),
        _text("scope"),
        ExtractColumn("value", Kind.NUMBER),
        ExtractColumn("threshold", Kind.NUMBER),
        ExtractColumn("window_days", Kind.WHOLE),
        *(_text(name) for name in ("evidence", "summary", "escalation", "owner")),
        ExtractColumn("due", Kind.DATE),
    )
    rows = [
        (
            *(one.trigger, one.title, one.state.value, one.scope.kind.value, one.scope.id),
            *(one.value, one.threshold, one.window_days, _named(one.evidence)),
            *(one.summary, one.escalation, one.owner, one.due),
        )
        for one in found
    ]
    return ExtractTable("trigger_results", columns, rows)


def _reviews(found: Iterable[Review]) -> ExtractTable:
    columns = (
        *(_text(name) for name in ("review", "service", "owner")),
        ExtractColumn("last_done", Kind.DATE),
        ExtractColumn("next_due", Kind.DATE),
        ExtractColumn("days_late", Kind.WHOLE),
        *(_text(name) for name in ("proof", "evidence")),
    )
    rows = [
        (
            *(one.name, one.service or None, one.owner, one.last_done, one.next_due, one.days_late),
            *(one.proof, _named(one.evidence)),
        )
        for one in found
    ]
    return ExtractTable("reviews", columns, rows)


def _named(evidence: Iterable[Evidence]) -> str | None:
    return "; ".join(f"{one.table} {one.id}" for one in evidence) or None


def harmless(text: str) -> str:
    """A text so that Excel, opening a CSV file, takes it for no formula: a mark is put before it.

    `without_mark` takes it off again. A text that begins with marks and then like a formula gets one more.
    """
    return f"'{text}" if text.lstrip("'").startswith(FORMULA_SIGNS) else text


def without_mark(text: str) -> str:
    """The text that `harmless` made harmless."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(FORMULA_SIGNS) else text
