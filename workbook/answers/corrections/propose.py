"""Which cells of a workbook hold a plain mistake, and what belongs there."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from workbook.answers.corrections.cells import (
    FIRST_DAY,
    Meant,
    day_of_two,
    day_shown_as_number,
    day_typed_as_text,
    monday_of,
    name_spelt,
    number_typed_as_text,
    says_nothing,
    spelt,
    without_unseen,
)
from workbook.answers.corrections.declare import Correction, Sort
from workbook.model.cells import Cell, fold, split_values
from workbook.model.changes import RowRef
from workbook.model.declare import Column, Kind
from workbook.model.late_patterns import late
from workbook.model.registers import REGISTERS, SETUP, People, Thresholds, WorkforcePlan
from workbook.model.snapshot import CellProblem, Snapshot, TableData
from workbook.rules.checks.context import Context
from workbook.rules.checks.ids import id_meant
from workbook.rules.checks.reading import offered
from workbook.rules.checks.spelling import variants
from workbook.rules.checks.suggesting import id_of, meant_choice
from workbook.rules.checks.writing import refs_of

_FREE = frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.PERSON})
_BETWEEN = late("([,;\n\uff0c\uff1b\u3001])")
_NAMED_IN_PLACE = "A name stands in place of the ID."
_LIKE_A_NAME = "It differs from a known name by its spelling only. Other people may have it."


def proposed(snapshot: Snapshot, as_of: dt.date) -> list[Correction]:
    """The corrections of all entries, in the order in which these stand.

    Formulas and settings are left alone.

    Args:
        snapshot: the workbook.
        as_of: the day; one after it has not come.
    """
    book = _Book(Context(snapshot, as_of))
    tables = (data for data in book.context.tables() if data.register is not Thresholds)
    found = [c for data in tables for c in _Table(book, data).corrections()]
    return [c for c in found if c.after != c.before or type(c.after) is not type(c.before)]


class _Book:
    """What is known of the whole workbook."""

    def __init__(self, context: Context) -> None:
        self.context, self.as_of = context, context.as_of

    @cached_property
    def words(self) -> Counter[str]:
        """In how many lists of choices each word stands, folded: a word of another list is no misspelling."""
        registers = (*SETUP, *REGISTERS)
        choices = {c.choices for r in registers for c in r.columns if c.choices}
        lists = (*choices, *(tuple(v) for v in self.context.snapshot.lists.values()))
        return Counter(word for some in lists for word in {fold(w) for w in some})

    @cached_property
    def names(self) -> dict[str, str]:
        """The names of the people and the champions, folded, of those that are spelt in one way."""
        spelt_as: dict[str, set[str]] = {}
        for name in (*self.context.values(People.person), *self.context.values(WorkforcePlan.name)):
            if name:
                spelt_as.setdefault(fold(name), set()).add(name)
        return {folded: names.pop() for folded, names in spelt_as.items() if len(names) == 1}

    @cached_property
    def misspelt(self) -> Mapping[str, list[str]]:
        """For each name of nobody known, folded, the known ones that it may be."""
        columns = [c for data in self.context.tables() for c in data.register.columns if c.kind is Kind.PERSON]
        typed = {fold(n) for c in columns for n in self.context.values(c) if n}
        known = [*self.context.people, *self.context.leaders]
        return variants(sorted(typed.difference(self.context.people)), known)

    @cached_property
    def keys(self) -> dict[str, dict[str, str]]:
        """By table, the ids that are in need of a correction, each with the right one."""
        found = {}
        for data in self.context.tables():
            key = data.register.key
            if key is not None and key.attr in data.positions:
                ids = self._corrected_ids(key)
                if ids:
                    found[data.register.table] = ids
        return found

    def _corrected_ids(self, key: Column[Any]) -> dict[str, str]:
        values = [v for v in self.context.values(key) if v]
        fits, times = re.compile(key.pattern).fullmatch, Counter(map(fold, values))
        found = {}
        for value in {v for v in values if not fits(v)}:
            upper, meant = value.upper(), id_meant(key, value)
            after = upper if fits(upper) else meant if meant and not self._is_named(key, value) else ""
            free = times[fold(after)] == (1 if fold(after) == fold(value) else 0)
            if after and times[fold(value)] == 1 and free:
                found[value] = after
        return found

    def _is_named(self, key: Column[Any], value: str) -> bool:
        """Whether an entry of the workbook names this id."""
        columns = (c for data in self.context.tables() for c in data.register.columns)
        texts = (c for c in columns if c.target == key.table or c.kind in (Kind.TEXT, Kind.LONG_TEXT))
        wanted = fold(value)
        return any(v and wanted in fold(str(v)) for c in texts for v in self.context.values(c))

    def word(self, column: Column[Any], text: str) -> str:
        """A text as its list or table spells it; '' where it is not there."""
        word = self._known(column.target).get(fold(text), "")
        return self.keys.get(column.target, {}).get(word, word)

    def _known(self, target: str) -> dict[str, str]:
        snapshot = self.context.snapshot
        if target in snapshot.lists:
            return {fold(w): w for w in snapshot.lists[target]}
        data = snapshot.tables.get(target)
        key = data.register.key if data is not None else None
        return {fold(i): i for i in reversed(self.context.values(key)) if i} if key is not None else {}


class _Table:
    """One table, and the corrections of its cells: at most one of a cell."""

    def __init__(self, book: _Book, data: TableData) -> None:
        self._book, self._data, self._context = book, data, book.context
        self._found: dict[tuple[int, str], tuple[Cell, Meant]] = {}
        self._rows: dict[int, Any] = {row.ordinal: row for row in data.rows}

    def corrections(self) -> Iterator[Correction]:
        """The corrections, by row and column."""
        for problem in self._data.problems:
            meant = self._of_problem(problem)
            if meant is not None:
                self._take(problem.ordinal, problem.column, problem.cell, meant)
        self._take_respelt()
        self._take_ids()
        self._take_persons()
        self._take_texts()
        self._take_weeks()
        columns = {c.attr: n for n, c in enumerate(self._data.register.columns)}
        refs = refs_of(self._data, {ordinal for ordinal, _ in self._found})
        for ordinal, attr in sorted(self._found, key=lambda k: (k[0], columns[k[1]])):
            yield self._made(refs[ordinal], self._data.register.columns[columns[attr]])

    def _made(self, ref: RowRef, column: Column[Any]) -> Correction:
        before, meant = self._found[ref.ordinal, column.attr]
        value: Any = meant.after
        if column.kind is Kind.YES_NO:
            value = None if value is None else value == "Yes"
        elif column.separated and isinstance(value, str):
            value = ", ".join(split_values(value))
        sheet, row = self._data.sheet, self._data.header_row + 1 + ref.ordinal
        return Correction(meant.sort, ref, sheet, row, column, before, meant.after, value, meant.reason, meant.certain)

    def _take(self, ordinal: int, column: Column[Any], before: Cell, meant: Meant) -> None:
        at = self._data.positions.get(column.attr, -1)
        if ordinal in self._rows and at >= 0 and (ordinal, at) not in self._data.formulas:
            self._found.setdefault((ordinal, column.attr), (before, meant))

    # -- what could not be read, or was read with a remark ----------------------------------------------------------

    def _of_problem(self, problem: CellProblem) -> Meant | None:
        read: Callable[[CellProblem, str], Meant | None] | None = {
            "date-as-text": self._day,
            "date-as-number": self._day,
            "not-a-date": self._one_day_of_two,
            "number-as-text": self._number,
            "says-nothing": self._nothing,
            "not-in-list": self._word,
            "unknown-reference": self._word,
        }.get(problem.code)
        text = problem.cell if isinstance(problem.cell, str) else ""
        return read(problem, text) if read is not None else None

    def _day(self, problem: CellProblem, _text: str) -> Meant | None:
        day = getattr(self._rows.get(problem.ordinal), problem.column.attr, None)
        if not isinstance(day, dt.date):
            return None
        as_of, future = self._book.as_of, problem.column.future
        if problem.code == "date-as-number":
            return day_shown_as_number(day, as_of, future=future)
        return day_typed_as_text(day, as_of, future=future)

    def _one_day_of_two(self, problem: CellProblem, text: str) -> Meant | None:
        return day_of_two(text, self._book.as_of, future=problem.column.future) if problem.detail else None

    def _number(self, problem: CellProblem, text: str) -> Meant | None:
        number = getattr(self._rows.get(problem.ordinal), problem.column.attr, None)
        return number_typed_as_text(number, text) if number is not None and text else None

    def _nothing(self, problem: CellProblem, text: str) -> Meant | None:
        return says_nothing(text, free=problem.column.kind in _FREE) if text else None

    def _word(self, problem: CellProblem, text: str) -> Meant | None:
        column = problem.column
        if not text:
            return None
        if column.separated:
            return self._several(column, text)
        return self._one_word(column, text)

    def _one_word(self, column: Column[Any], text: str) -> Meant | None:
        if column.target and column.target not in self._context.snapshot.lists:
            found = id_of(self._context, column.target, text)
            if found is None:
                return None
            after = self._book.word(column, found.id)
            reason = f"It stands for {after}." if any(map(str.isdigit, text)) else _NAMED_IN_PLACE
            return Meant(Sort.NAMES, after, reason, found.certain)
        word = meant_choice(text, offered(self._context, column))
        if not word:
            return None
        sure = not self._book.words[fold(text)]
        return Meant(Sort.CHOICES, word, "It is one letter away from this choice, and from no other.", sure)

    def _several(self, column: Column[Any], text: str) -> Meant | None:
        """Several values in a cell, of which each that is not right is corrected; None where one can't be."""
        parts, sorts, sure, reason = [], set[Sort](), True, ""
        for part in _BETWEEN.split(text):
            word, bare = self._book.word(column, part), part.strip()
            if not bare or _BETWEEN.fullmatch(part) or word == bare:
                parts.append(part)
                continue
            meant = spelt(word) if word else self._one_word(column, bare)
            if meant is None:
                return None
            sorts.add(meant.sort)
            sure, reason = sure and meant.certain, meant.reason
            parts.append(part.replace(bare, str(meant.after)))
        if not sorts:
            return None
        return Meant(max(sorts, key=list(Sort).index), "".join(parts).strip(), reason, sure)

    # -- what was read without a remark -----------------------------------------------------------------------------

    def _take_respelt(self) -> None:
        for ordinal, column, cell in self._data.respelt:
            row = self._rows.get(ordinal)
            if row is None or column.kind is Kind.ID:
                continue
            value = getattr(row, column.attr)
            if column.separated:
                meant = self._several(column, cell)
            elif column.kind is Kind.YES_NO:
                meant = spelt("Yes" if value else "No")
            else:
                meant = spelt(self._book.word(column, value) if column.target else value)
            if meant is not None and value is not None:
                self._take(ordinal, column, cell, meant)

    def _take_ids(self) -> None:
        key = self._data.register.key
        if key is None or key.attr not in self._data.positions:
            return
        corrected = self._book.keys.get(self._data.register.table, {})
        cells = {r.ordinal: r.cell for r in self._data.respelt if r.column is key}
        times = Counter(fold(row.id) for row in self._data.rows)
        for row in self._data.rows:
            if row.id in corrected:
                after = corrected[row.id]
                same = fold(after) == fold(row.id)
                meant = spelt(after) if same else Meant(Sort.IDS, after, "An ID in the form of its table.", True)
                self._take(row.ordinal, key, cells.get(row.ordinal, row.id), meant)
            elif row.ordinal in cells and times[fold(row.id)] == 1 and re.fullmatch(key.pattern, row.id):
                self._take(row.ordinal, key, cells[row.ordinal], spelt(row.id))

    def _take_persons(self) -> None:
        for column in self._data.register.columns:
            if column.kind is not Kind.PERSON:
                continue
            for row in self._data.rows:
                name = getattr(row, column.attr)
                meant = self._person(name) if name else None
                if meant is not None:
                    self._take(row.ordinal, column, name, meant)

    def _person(self, name: str) -> Meant | None:
        folded = fold(name)
        if folded in self._context.people:
            return name_spelt(name, self._book.names[folded]) if folded in self._book.names else None
        champion = self._context.snapshot.find(WorkforcePlan, name)
        if champion is not None and champion.name:
            return Meant(Sort.NAMES, champion.name, "An ID stands in place of the name.", True)
        known = self._book.misspelt.get(folded, [])
        spelt_as = {**self._context.leaders, **self._context.people}
        return Meant(Sort.NAMES, spelt_as[known[0]], _LIKE_A_NAME, False) if len(known) == 1 else None

    def _take_texts(self) -> None:
        """Short texts that hold characters nobody sees."""
        for column in self._data.register.columns:
            if column.kind is not Kind.TEXT or column.target:
                continue
            for row in self._data.rows:
                text = getattr(row, column.attr)
                if text and not text.isascii() and without_unseen(text) != text:
                    self._take(row.ordinal, column, text, spelt(" ".join(without_unseen(text).split())))

    def _take_weeks(self) -> None:
        for column in self._data.register.columns:
            if not column.monday:
                continue
            days = {n: self._day_now(row, column) for n, row in self._rows.items()}
            weeks = Counter(self._week(self._rows[n], day) for n, day in days.items() if day is not None)
            for ordinal, day in days.items():
                if day is not None and day.weekday():
                    row = self._rows[ordinal]
                    self._take_week(row, column, monday_of(day, alone=weeks[self._week(row, day)] == 1))

    def _take_week(self, row: Any, column: Column[Any], meant: Meant) -> None:
        place = row.ordinal, column.attr
        if isinstance(meant.after, dt.date) and meant.after >= FIRST_DAY:
            before, first = self._found.pop(place, (getattr(row, column.attr), meant))
            self._take(row.ordinal, column, before, meant._replace(certain=meant.certain and first.certain))

    def _day_now(self, row: Any, column: Column[Any]) -> dt.date | None:
        """The day of a cell once it is corrected."""
        found = self._found.get((row.ordinal, column.attr))
        day = found[1].after if found is not None else getattr(row, column.attr)
        return day if isinstance(day, dt.date) else None

    def _week(self, row: Any, day: dt.date) -> tuple[Any, ...]:
        """Whose week it is: two entries of one must not become the same."""
        whose: Sequence[Any] = [getattr(row, c.attr) for c in row.register.columns if c.target]
        return (*whose, day - dt.timedelta(days=day.weekday()))
