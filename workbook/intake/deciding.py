"""What becomes of each row of one list: it comes in, is there already, or is set aside."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any

from workbook.intake.headers import fold_header
from workbook.intake.judging import Candidate, judge, problem_of
from workbook.intake.lines import as_lines
from workbook.intake.numbering import Elsewhere, is_another_workbook
from workbook.intake.outcomes import (
    ADDED,
    ASIDE,
    OTHERWISE,
    RAGGED,
    SAME_AS_ROW,
    THERE,
    FileReport,
    Problem,
    RowOutcome,
)
from workbook.intake.source import WEB_FORM, Source, SourceRow, as_came, digest, mark_of
from workbook.intake.values import Names
from workbook.intake.wishes import Intake
from workbook.model.cells import Cell, show, split_values
from workbook.model.declare import CHECK_HEADER, Column, gives_ids
from workbook.model.folding import fold, is_blank, tidy
from workbook.model.light_dataclasses import dataclass
from workbook.rules.checks.reading import UNKNOWN_REFERENCE


@dataclass
class Entry:
    """A list whose columns are known.

    Attributes:
        cells: of each column of ours, as the register wants them.
        columns: the place of each in the list.
    """

    source: Source
    report: FileReport
    cells: dict[Column[Any], list[Cell]]
    columns: Mapping[Column[Any], int]


@dataclass
class Row:
    """One row on its way."""

    row: SourceRow
    candidate: Candidate
    mark: str
    form: str
    number: str
    place: int = 0
    file: str = ""
    given: bool = False
    there: str = ""
    outcome: str = ADDED
    id: str = ""
    problems: tuple[Problem, ...] = ()


class Deciding:
    """Decides about one list, and notes in the intake what is to be written.

    Args:
        intake: the run.
        entry: the list.
    """

    def __init__(self, intake: Intake, entry: Entry) -> None:
        self.intake, self.entry, self.source = intake, entry, entry.source
        self.register, self.known = intake.wish.register, intake.known
        self.snapshot, self.key = intake.view.snapshot, intake.wish.register.key
        self.elsewhere = is_another_workbook(self.snapshot, self.source)
        self._names = Names(self.snapshot)
        self._book = ""

    def run(self) -> FileReport:
        """What became of the list."""
        rows = self._rows()
        before = {mark: list(ids) for (table, mark), ids in self.known.ids.items() if table == self.register.table}
        seen: dict[str, list[int]] = {}
        for row in rows:
            earlier = seen.setdefault(row.mark, [])
            self._decide(row, before.get(row.mark, ()), earlier)
            earlier.append(row.row.number)
        self._set_dangling_aside(rows)
        self._commit(rows)
        self.entry.report.rows = [RowOutcome(r.row.number, r.outcome, r.id, r.problems) for r in rows]
        return self.entry.report

    # -- reading --------------------------------------------------------------------------------------------------

    def _rows(self) -> list[Row]:
        """The rows, read, each with an id that may be its own."""
        numbers, there, given = self._provisional()
        candidates = judge(self.snapshot, self.register, self.entry.cells, self.intake.view.as_of)
        heads = [fold_header(h) for h in self.source.headers]
        check = fold(CHECK_HEADER)
        salt, made = self.known.salt, []
        for n, (row, candidate) in enumerate(zip(self.source.rows, candidates, strict=True)):
            own, beyond = row.came or (row.cells, row.beyond)
            cells = [(h, c) for h, c in zip(heads, own, strict=True) if h != check]
            mark = mark_of(salt, (*cells, *(("", c) for c in beyond)))
            made.append(Row(row, candidate, mark, self._form(row), numbers[n], n, self.source.file, given[n], there[n]))
        return made

    def _form(self, row: SourceRow) -> str:
        """By what an answer of a form is known again, though it was changed since."""
        if self.source.kind != WEB_FORM or not as_came(row.cells[0]):
            return ""
        return digest(self.known.salt, f"form\x1f{as_came(row.cells[0])}\x1f{as_came(row.cells[1])}")

    def _provisional(self) -> tuple[list[str], list[str], list[bool]]:
        """An id for each row, until it is known which of them come in; what its id is in another workbook."""
        count, cells = len(self.source.rows), self.entry.cells
        if self.key is None or not (gives_ids(self.key) or self.key in cells):
            return [""] * count, [""] * count, [False] * count
        held = [tidy(show(c)) for c in cells.get(self.key, [None] * count)]
        there = held if self.elsewhere else [""] * count
        if not gives_ids(self.key):
            return held, there, [True] * count
        given = [bool(i) and not self.elsewhere for i in held]
        self.intake.numbers.keep_clear_of(i for i, own in zip(held, given, strict=True) if own)
        numbers = copy.copy(self.intake.numbers)
        ids = [i if own else numbers.next() for i, own in zip(held, given, strict=True)]
        cells[self.key] = list(ids)
        if self.elsewhere:
            self._translate({fold(i): own for i, own in reversed(list(zip(held, ids, strict=True))) if i})
        return ids, there, given

    def _translate(self, own: Mapping[str, str]) -> None:
        """References to rows of another workbook become references to what these are here."""
        elsewhere = Elsewhere(self._names, self.known, self.source, self.register, own)
        self._book = elsewhere.book
        for column, cells in self.entry.cells.items():
            if column.target:
                self.entry.cells[column] = elsewhere.column(column, cells)

    # -- deciding -------------------------------------------------------------------------------------------------

    def _decide(self, row: Row, before: Sequence[str], earlier: Sequence[int]) -> None:
        if len(earlier) < len(before):
            row.outcome, row.id = THERE, before[len(earlier)]
        elif earlier:
            self.set_aside(row, same_as(earlier[0]))
        elif row.form and (known := self.known.forms.get((self.register.table, row.form))):
            self._compare(row, known[1], "This answer came before, and says otherwise now")
        elif row.given and row.number and self.snapshot.find(self.register, row.number) is not None:
            self._compare(row, row.number, f"{row.number} is there and says otherwise")
        elif row.candidate.problems or any(not is_blank(show(c)) for c in row.row.beyond):
            ragged = () if not any(show(c) for c in row.row.beyond) else (_ragged(row.row),)
            self.set_aside(row, *ragged, *row.candidate.problems)
        else:
            found = self._equal().get(self._key_of(row.candidate.values))
            if found is not None and not (row.form and self._answered(found)):
                row.outcome, row.id = THERE, found

    def _answered(self, row_id: str) -> bool:
        """Whether an entry came of another answer of a form: two people may say the same."""
        table = self.register.table
        return any(known[1] == row_id for (name, _), known in self.known.forms.items() if name == table)

    @staticmethod
    def set_aside(row: Row, *problems: Problem) -> None:
        """Keeps a row out."""
        row.outcome, row.id, row.problems = ASIDE, "", tuple(dict.fromkeys(problems))

    def _compare(self, row: Row, row_id: str, words: str) -> None:
        """There already, if it says the same as the entry with its id; else set aside, never overwritten."""
        there = self.snapshot.find(self.register, row_id)
        columns = self._compared()
        differing = [
            c for c in columns if there is None or _plain(getattr(there, c.attr)) != _plain(row.candidate.values[c])
        ]
        if not differing:
            row.outcome, row.id = THERE, row_id
            return
        names = ", ".join(c.header for c in differing)
        fix = (
            f"What is there stays. Put {row_id or 'it'} right by hand in {self.register.sheet} where it should change."
        )
        self.set_aside(row, Problem(OTHERWISE, differing[0].header, row_id, f"{words} in {names}.", fix))

    def _compared(self) -> tuple[Column[Any], ...]:
        return tuple(c for c in self.register.columns if c in self.entry.cells and c is not self.key)

    def _equal(self) -> dict[tuple[Any, ...], str]:
        """The entries of the workbook by what they hold in the list's columns."""
        columns = self._compared()
        known = self.intake.equal.get(columns)
        if known is None:
            known = self.intake.equal[columns] = {}
            for there in self.snapshot.rows(self.register):
                if not there.bad:
                    known.setdefault(tuple(_plain(getattr(there, c.attr)) for c in columns), there.id)
        return known

    def _key_of(self, values: Mapping[Column[Any], Any]) -> tuple[Any, ...]:
        return tuple(_plain(values[c]) for c in self._compared())

    def _set_dangling_aside(self, rows: Sequence[Row]) -> None:
        """Sets rows aside that refer to rows of the same list which do not come in."""
        own = [c for c in self.entry.cells if c.target == self.register.table]
        by_number = {row.number: row for row in reversed(rows) if row.number}
        again = bool(own)
        while again:
            again = False
            for row in rows:
                for column in own if row.outcome == ADDED else ():
                    lost = [i for i in split_values(row.candidate.values[column]) if self._is_lost(by_number.get(i), i)]
                    if lost and row.outcome == ADDED:
                        self.set_aside(row, _lost(self.register.sheet, column, lost[0]))
                        again = True

    def _is_lost(self, target: Row | None, row_id: str) -> bool:
        return target is not None and target.outcome == ASIDE and self.snapshot.find(self.register, row_id) is None

    # -- what is written ------------------------------------------------------------------------------------------

    def _commit(self, rows: Sequence[Row]) -> None:
        self.intake.problems.begin_file()
        for row in rows:
            if row.outcome == ADDED:
                row.id = row.number if row.given else self.intake.numbers.next()
        final = {row.number: row.id for row in reversed(rows) if row.number and row.outcome != ASIDE}
        for row in rows:
            if row.outcome == ADDED:
                self._add(row, final)
            elif row.outcome == ASIDE:
                self._put_aside(row)
        now_in = {r.row.number: self._shown(r) for r in rows if r.outcome != ASIDE}
        self.intake.problems.put_right(self.register, self.source.file, now_in)

    def _add(self, row: Row, final: Mapping[str, str]) -> None:
        cells = dict(row.candidate.cells)
        for column, cell in row.candidate.cells.items():
            if column.target == self.register.table and cell is not None:
                parts = split_values(show(cell))
                cells[column] = ", ".join(final.get(i, i) for i in parts)
        if self.key is not None and row.id:
            cells[self.key] = row.id
        was = f"{fold(row.there)} of {self._book}" if row.there else ""
        origin = self.known.origin(row.file, row.row.number, row.mark, row.form, was)
        written = {c.header: cells[c] for c in self.register.columns if c in cells and cells[c] is not None}
        self.intake.rows.append((written, origin))
        table = self.register.table
        self.known.ids.setdefault((table, row.mark), []).append(row.id)
        if row.form:
            self.known.forms[table, row.form] = row.mark, row.id
        if row.there:
            self.known.were[self._book, table, fold(row.there)] = row.id
        for columns, known in self.intake.equal.items():
            if columns == self._compared():
                known.setdefault(self._key_of(row.candidate.values), row.id)

    def _put_aside(self, row: Row) -> None:
        place = {c: n for c, n in self.entry.columns.items() if c is not self.key or not gives_ids(c)}
        cells = [(c.header, cell) for c, cell in self._shown(row).items()]
        used = set(place.values())
        left = [
            (h, c) for n, (h, c) in enumerate(zip(self.source.headers, row.row.cells, strict=True)) if n not in used
        ]
        left += [("", c) for c in row.row.beyond]
        reason = "\n".join(problem.words for problem in row.problems)
        self.intake.problems.add(
            self.register, self.source.file, row.row.number, reason, as_lines(cells, left), row.mark, row.form
        )

    def _shown(self, row: Row) -> dict[Column[Any], Cell]:
        """The cells of a row as people see them; an id only if it came with it."""
        columns = (c for c in self.register.columns if c in self.entry.cells and (c is not self.key or row.given))
        return {c: self.entry.cells[c][row.place] for c in columns}


def _plain(value: Any) -> Any:
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def same_as(row: int) -> Problem:
    """What is said of a row that is the same as an earlier one."""
    return Problem(
        SAME_AS_ROW,
        "",
        "",
        f"This is to the letter the same as row {row} of the same list.",
        "If it is one entry that came twice, delete this line. If both happened, change a word in one of them.",
    )


def _ragged(row: SourceRow) -> Problem:
    value = ", ".join(show(c) for c in row.beyond if show(c))[:80]
    return Problem(
        RAGGED,
        "",
        value,
        "The row has more cells than there are headings, so that it can't be told which is which.",
        "Often a comma within a text is the reason: put the text in quotation marks in the source, and import again.",
    )


def _lost(sheet: str, column: Column[Any], row_id: str) -> Problem:
    found = UNKNOWN_REFERENCE.finding(
        column.table,
        column=column.header,
        value=row_id,
        detail=row_id,
        target=sheet,
        what_to_do="It names a row of the same list that was set aside itself: put that right first.",
    )
    return problem_of(found)
