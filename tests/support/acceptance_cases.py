"""Cases of the rules as the specification words them: a workbook, a day, and what one result must say.

The cases were written from docs/contract/ alone. Each names in its id the words it tests.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from addin.hosts.file.reading import read_workbook
from tests.support.builders import AS_OF, day, raw_book, rows_of, view_of
from tests.support.contract_builder import REGISTERS, SETUP, build
from workbook.model.raw import RawBook
from workbook.model.reading import read_book
from workbook.model.triggers import Result
from workbook.model.view import View
from workbook.rules.triggers import evaluate

RAISED, WATCH, CLEAR, LACKING = "raised", "watch", "clear", "not enough data"
#: Where the specification leaves open whether it is clear or lacks data.
SILENT = "neither raised nor watch"

ELM = {
    "Service code": "ELM",
    "Service name": "Elm Lodge",
    "Registered manager": "Manager Elm",
    "Team leader": "Leader Elm",
}
TWO_SERVICES = [{}, ELM]
#: A second champion of the same service, with another job role.
BETA = {"Champion ID": "DC-002", "Name": "Champion Beta", "Job role": "Nurse"}
TWO_CHAMPIONS = [{}, BETA]
PREPARING = {"WorkforcePlan": [{"Status": "Preparing"}], "StartSignOff": []}


@dataclass(frozen=True)
class Case:
    """What one result must say of one workbook."""

    id: str
    key: str
    state: str
    evidence: str | None = None
    shows: str = ""
    value: float | None = None
    threshold: float | None = None
    left_out: int | None = None
    says: tuple[str, ...] = ()
    silent_on: tuple[str, ...] = ()
    as_of: dt.date = AS_OF
    book: Mapping[str, Any] = field(default_factory=dict)

    def raw(self) -> RawBook:
        """The workbook as a host would hand it over."""
        return raw_book(**self.book)

    def view(self) -> View:
        """The workbook on the day of the case."""
        return view_of(read_book(self.raw()), self.as_of)


_MEANT = frozenset(("evidence", "shows", "value", "threshold", "left_out", "says", "silent_on", "as_of"))


def case(words: str, key: str, state: str, **more: Any) -> Any:
    """One case; `more` holds what the result must say besides, and the tables of the workbook."""
    meant = {k: v for k, v in more.items() if k in _MEANT}
    if "thresholds" in more:
        more["thresholds"] = {tuple(k.split(": ")): v for k, v in more["thresholds"].items()}
    made = Case(words, key, state, book={k: v for k, v in more.items() if k not in _MEANT}, **meant)
    return pytest.param(made, id=f"{key}: {words} -> {state}")


def results(view: View) -> dict[str, Result]:
    """All results by key; each key once."""
    found = evaluate(view)
    doubled = [k for k, n in Counter(r.key for r in found).items() if n > 1]
    assert not doubled, doubled
    return {r.key: r for r in found}


def prove(given: Case) -> None:
    """The result of the case's key says what the case says."""
    result = results(given.view())[given.key]
    allowed = (CLEAR, LACKING) if given.state == SILENT else (given.state,)
    assert result.state.value in allowed, result.summary
    ids = {e.id for e in result.evidence}
    if given.evidence is not None:
        assert ids == set(given.evidence.split()), result.summary
    assert set(given.shows.split()) <= ids, (ids, result.summary)
    for said, meant in (
        (result.value, given.value),
        (result.threshold, given.threshold),
        (result.left_out, given.left_out),
    ):
        assert meant is None or said == pytest.approx(meant), result.summary
    summary = result.summary.casefold()
    assert all(word.casefold() in summary for word in given.says), result.summary
    assert not any(word.casefold() in summary for word in given.silent_on), result.summary


def prove_by_file(given: Case, folder: Path) -> None:
    """The same workbook, written with openpyxl and read from the file, gives the same results, all of them."""
    raw = given.raw()
    tables: dict[str, Any] = {}
    for table in raw.tables:
        if table.table in SETUP or table.table in REGISTERS or table.table in given.book.get("lists", ()):
            rows = [zip(table.headers, row, strict=True) for row in rows_of(table)]
            tables[table.table] = [{h: v for h, v in row if h} for row in rows]
    path = build(folder / "case.xlsx", tables)
    from_file = View(read_book(read_workbook(path)), given.as_of)
    ours = {k: r.as_json() | {"left_out": r.left_out} for k, r in results(given.view()).items()}
    theirs = {k: r.as_json() | {"left_out": r.left_out} for k, r in results(from_file).items()}
    assert theirs == ours


def support(*offsets: int, **cells: Any) -> list[dict[str, Any]]:
    """One support entry for each offset from `AS_OF`, alike but for the date."""
    return [{"Date": day(n), **_headers(cells)} for n in offsets]


def dated(header: str, *offsets: int, **cells: Any) -> list[dict[str, Any]]:
    """One row for each offset from `AS_OF` under the header."""
    return [{header: day(n), **_headers(cells)} for n in offsets]


_SHORT = {
    "staff": "Staff member",
    "need": "Support need",
    "flow": "Workflow",
    "champion": "Champion ID",
    "followed": "Guidance followed",
    "service": "Service",
    "shift": "Shift",
    "seen": "Workaround seen",
    "happened": "What happened",
    "coaching": "Coaching given",
    "outcome": "Outcome",
    "before": "Confidence before",
    "after": "Confidence after",
    "helped": "Support helped",
    "of": "Support ID",
    "result": "Result",
    "kind": "Kind",
}


def _headers(cells: Mapping[str, Any]) -> dict[str, Any]:
    return {_SHORT[k]: v for k, v in cells.items()}


def numbered(rows: list[dict[str, Any]], header: str = "Staff member", stem: str = "Carer ") -> list[dict[str, Any]]:
    """The rows, each with another name under the header."""
    return [{**row, header: f"{stem}{n}"} for n, row in enumerate(rows, start=1)]
