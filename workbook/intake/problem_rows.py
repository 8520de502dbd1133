"""The table Import problems: what is set aside goes there once, and leaves when it is put right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from workbook.intake.lines import from_lines, with_line
from workbook.intake.remembered import Remembered
from workbook.model.cells import Cell, show
from workbook.model.changes import AddTable, AppendRows, Change, ReplaceTable
from workbook.model.declare import Column, Register
from workbook.model.errors import SourceUnusable
from workbook.model.folding import fold
from workbook.model.registers import REGISTERS, SETUP, ImportProblems, Programme
from workbook.model.snapshot import Snapshot

#: What entries are brought into, and how many of these stand on each sheet.
TAKEN = tuple(r for r in (*SETUP, *REGISTERS) if r is not Programme)
_SHARED = Counter(r.sheet for r in TAKEN)


def register_named(name: str) -> type[Register] | None:
    """The table that entries can be brought into, by its own name or its sheet's; None for no such."""
    named = [r for r in TAKEN if fold(name) == fold(r.table)]
    return next(iter(named or [r for r in TAKEN if fold(name) == fold(called(r))]), None)


def called(register: type[Register]) -> str:
    """What people know a register as: its sheet; where several stand on one sheet, its own name."""
    return register.sheet if _SHARED[register.sheet] == 1 else register.table


def needs_register(name: str | None) -> type[Register]:
    """The table that entries can be brought into, by its own name or its sheet's.

    Raises:
        SourceUnusable: none is named, or there is no such.
    """
    tables = ", ".join(f'"{called(r)}"' for r in TAKEN)
    if not name:
        raise SourceUnusable("It is not said where the entries go.", next_step=f"Add --into with one of: {tables}.")
    found = register_named(name)
    if found is None:
        raise SourceUnusable(
            f"There is no register {name} that entries can be brought into.", next_step=f"Choose one of: {tables}."
        )
    return found


class ProblemRows:
    """What stands among the import problems, and what a run changes there.

    Args:
        snapshot: the workbook.
        known: what it remembers.
    """

    def __init__(self, snapshot: Snapshot, known: Remembered) -> None:
        self._snapshot, self._known = snapshot, known
        self.rows: Sequence[ImportProblems] = snapshot.rows(ImportProblems)
        self._gone: set[int] = set()
        self._reasons: dict[int, str] = {}
        self._entries: dict[int, str] = {}
        self._fresh: list[dict[str, Cell]] = []
        self._there = Counter(known.aside)
        self._seen: Counter[tuple[str, str]] = Counter()

    def begin_file(self) -> None:
        """Another file begins: equal lines are counted within one."""
        self._seen.clear()

    def add(self, register: type[Register], file: str, row: int, reason: str, lines: str, mark: str, form: str) -> None:
        """Sets an entry aside, once."""
        into = self._snapshot.sheet_of(register.table)
        key = into, mark
        self._seen[key] += 1
        if self._there[key] >= self._seen[key]:
            return
        self._there[key] += 1
        cells: Sequence[Cell] = (file, row, into, reason, lines, self._known.mark(mark, form))
        self._fresh.append(dict(zip(ImportProblems.headers(), cells, strict=True)))

    def put_right(self, register: type[Register], file: str, now_in: Mapping[int, Mapping[Column[Any], Cell]]) -> None:
        """Takes lines away whose row of the source was put right there and is in by now.

        A line leaves only if the row differs from it in nothing but what was wrong with it: files of one name may hold
        other entries.

        Args:
            register: where the entries went.
            file: the source's name.
            now_in: the cells of each of its rows that is in, by its number.
        """
        for n, line in enumerate(self.rows):
            cells = now_in.get(line.source_row if line.source_row is not None else -1)
            if cells is None or fold(line.source_file or "") != fold(file) or self.register_of(line) is not register:
                continue
            then = from_lines(register, line.entry or "")
            wrong = {c for c in register.columns if any(w.startswith(f"{c.header} ") for w in _lines(line.reason))}
            columns = {c for c in {*then, *cells} if show(then.get(c)) != show(cells.get(c)).strip()}
            if then and columns <= wrong and columns:
                self._gone.add(n)

    def take_away(self, place: int) -> None:
        """Takes a line away whose entry came in."""
        self._gone.add(place)

    def say(self, place: int, reason: str) -> None:
        """Says anew what keeps the entry of a line out."""
        if fold(self.rows[place].reason or "") != fold(reason):
            self._reasons[place] = reason

    def fill_in(self, place: int, column: Column[Any], value: str) -> None:
        """Puts a value into the entry of a line, in the place of what stands there for the column."""
        register = self.register_of(self.rows[place])
        if register is not None:
            before = self._entries.get(place, self.rows[place].entry or "")
            self._entries[place] = with_line(register, before, column, value)

    def register_of(self, line: ImportProblems) -> type[Register] | None:
        """Where the entry of a line should go."""
        return register_named(line.into or "")

    def changes(self) -> Iterator[Change]:
        """What is to be written."""
        headers = ImportProblems.headers()
        if ImportProblems.table not in self._snapshot.tables:
            if self._fresh:
                rows = tuple(tuple(row[h] for h in headers) for row in self._fresh)
                yield AddTable(ImportProblems.table, ImportProblems.sheet, headers, rows)
        elif self._gone or self._reasons or self._entries:
            stay = tuple(self._cells(n) for n in range(len(self.rows)) if n not in self._gone)
            yield ReplaceTable(
                ImportProblems.table, headers, (*stay, *(tuple(row[h] for h in headers) for row in self._fresh))
            )
        elif self._fresh:
            yield AppendRows(ImportProblems.table, tuple(self._fresh))

    def _cells(self, place: int) -> tuple[Cell, ...]:
        """A line as it stands, be it nonsense."""
        line = self.rows[place]
        odd = {
            p.column: p.cell
            for p in self._snapshot.tables[ImportProblems.table].problems
            if p.ordinal == line.ordinal and not p.usable
        }
        held: list[Cell] = [odd.get(c, getattr(line, c.attr)) for c in ImportProblems.columns]
        if place in self._reasons:
            held[ImportProblems.columns.index(ImportProblems.reason)] = self._reasons[place]
        if place in self._entries:
            held[ImportProblems.columns.index(ImportProblems.entry)] = self._entries[place]
        return tuple(held)


def _lines(text: str | None) -> list[str]:
    return (text or "").split("\n")
