"""What was put right among the import problems, taken in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workbook.intake.deciding import Deciding, Entry, Row, same_as
from workbook.intake.lines import from_lines, is_cut
from workbook.intake.matching import NO_MAP
from workbook.intake.outcomes import ADDED, ASIDE, THERE, FileReport, Problem, RowOutcome
from workbook.intake.proposing import changes_of
from workbook.intake.remembered import MARK
from workbook.intake.source import PROBLEMS, Source, SourceRow
from workbook.intake.values import Names, Reader
from workbook.intake.wishes import Intake, Wish, start
from workbook.model.cells import Cell
from workbook.model.changes import ChangeSet
from workbook.model.declare import Column, Register
from workbook.model.light_dataclasses import replace
from workbook.model.registers import ImportProblems
from workbook.model.view import View
from workbook.rules.checks.reading import UNKNOWN_REFERENCE

_CUT = Problem(
    "text-too-long",
    "",
    "",
    "The entry is longer than a cell, and was cut.",
    "Put it right in the source, which has the whole, and import that again.",
)


def take_mended(view: View, wish: Wish) -> tuple[list[FileReport], ChangeSet]:
    """What becomes of every line of the import problems, and the changes that take in what was put right.

    Args:
        view: the workbook on the day.
        wish: what a person asks for; its register does not matter.
    """
    intake = start(view, wish)
    by_register: dict[type[Register] | None, list[int]] = {}
    for n, line in enumerate(intake.problems.rows):
        by_register.setdefault(intake.problems.register_of(line), []).append(n)
    outcomes: dict[int, RowOutcome] = {}
    intakes = [intake]
    for register, places in by_register.items():
        if register is None or register.table not in view.snapshot.tables:
            outcomes |= {n: _unknown(intake, n) for n in places}
            continue
        part = replace(start(view, replace(wish, register=register)), problems=intake.problems, known=intake.known)
        outcomes |= _Mending(part, register, places).outcomes()
        intakes.append(part)
    return _reports(intake, outcomes), changes_of(intakes)


def _unknown(intake: Intake, place: int) -> RowOutcome:
    line = intake.problems.rows[place]
    found = UNKNOWN_REFERENCE.finding(
        ImportProblems.table,
        column=ImportProblems.into.header,
        value=line.into or "",
        detail=line.into or "nothing",
        target="the tables of this workbook",
        what_to_do="Type the name of the sheet that the entry should go to.",
    )
    problem = Problem(found.code, found.column, found.value, found.message, found.fix)
    return RowOutcome(line.source_row or 0, ASIDE, "", (problem,))


def _reports(intake: Intake, outcomes: dict[int, RowOutcome]) -> list[FileReport]:
    """The outcomes by the files that the lines came from."""
    found: dict[str, FileReport] = {}
    for n, line in enumerate(intake.problems.rows):
        name = line.source_file or PROBLEMS
        report = found.setdefault(name, FileReport(Source(name, PROBLEMS, (), ())))
        report.rows.append(outcomes[n])
    return list(found.values())


class _Mending(Deciding):
    """Decides about the lines of one register.

    Args:
        places: of the lines among the import problems.
    """

    def __init__(self, intake: Intake, register: type[Register], places: Sequence[int]) -> None:
        self.places = places
        self.lines = [intake.problems.rows[n] for n in places]
        entries = [from_lines(register, line.entry or "") for line in self.lines]
        rows = [
            SourceRow(line.source_row or 0, tuple(e.get(c) for c in register.columns))
            for line, e in zip(self.lines, entries, strict=True)
        ]
        source = Source(PROBLEMS, PROBLEMS, register.headers(), rows)
        reader = Reader(Names(intake.view.snapshot), NO_MAP, dotted=intake.view.snapshot.programme.date_order or "")
        cells: dict[Column[Any], list[Cell]] = {
            c: reader.column(c, [row.cells[n] for row in rows]) for n, c in enumerate(register.columns)
        }
        places_of = {c: n for n, c in enumerate(register.columns)}
        super().__init__(intake, Entry(source, FileReport(source), cells, places_of))

    def outcomes(self) -> dict[int, RowOutcome]:
        """What became of each line, by its place."""
        return dict(zip(self.places, self.run().rows, strict=True))

    def _rows(self) -> list[Row]:
        rows = super()._rows()
        for row, line in zip(rows, self.lines, strict=True):
            found = MARK.match(line.mark or "")
            if found:
                row.mark, row.form = found[2], found[3] or ""
            row.file = line.source_file or PROBLEMS
        return rows

    def _decide(self, row: Row, before: Sequence[str], earlier: Sequence[int]) -> None:  # noqa: ARG002 - each line is of its own
        if is_cut(self.lines[row.place].entry or ""):
            self.set_aside(row, _CUT)
            return
        super()._decide(row, (), ())
        if row.outcome == THERE and before and not row.form and not row.given:
            self.set_aside(row, same_as(row.row.number))

    def _put_aside(self, row: Row) -> None:
        self.intake.problems.say(self.places[row.place], "\n".join(p.words for p in row.problems))

    def _commit(self, rows: Sequence[Row]) -> None:
        super()._commit(rows)
        for row in rows:
            if row.outcome in (ADDED, THERE):
                self.intake.problems.take_away(self.places[row.place])
