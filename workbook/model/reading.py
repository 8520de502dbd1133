"""From what a host read to a `Snapshot`.

Tables come one by one and in any order. Each is turned into columns at once, so that its raw cells can be let go;
lists and references are resolved when all are known.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import repeat
from typing import Any, cast

from workbook.model.catalogue import THRESHOLDS
from workbook.model.cells import (
    Cell,
    Percent,
    Reading,
    TimeOfDay,
    blank,
    canonical,
    fold,
    fold_all,
    means_nothing,
    reader_for,
    split_values,
    text_of,
)
from workbook.model.copied_tables import Originals
from workbook.model.declare import CHECK_HEADER, Column, Kind, ListTable, Register, gives_ids
from workbook.model.folding import is_blank, tidy
from workbook.model.late_reading import Columns, respelt, settle
from workbook.model.light_dataclasses import replace
from workbook.model.matching_headers import match_headers
from workbook.model.raw import RawBook, RawTable
from workbook.model.registers import BY_TABLE, COMPUTED, ENTRY_SHEETS, LISTS, LISTS_BY_TABLE, REGISTERS, SETUP
from workbook.model.registers.setup import Programme, Thresholds
from workbook.model.snapshot import CellProblem, Respelt, Snapshot, TableData, Threshold

#: Columns whose every cell may be different: a table of readings by cell would only cost.
_VARIED = frozenset({Kind.ID, Kind.TEXT, Kind.LONG_TEXT})
_FREE = frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.PERSON})
_ALIKE = frozenset({bool, Percent, TimeOfDay})
#: No text that says nothing is longer.
_SHORT = 20
SAYS_NOTHING = Reading(None, "says-nothing")
_SETTING, _VALUE = "Setting", "Value"


def read_book(book: RawBook) -> Snapshot:
    """The snapshot of a workbook.

    Args:
        book: its tables as the host read them; an iterator is consumed.
    """
    builder = _Builder(date_1904=book.date_1904)
    originals = Originals(book.elsewhere)
    for table in book.tables:
        originals.see(table)
        builder.add(table)
    book = replace(book, elsewhere=originals.compared())
    return builder.finish(book)


class _Builder:
    def __init__(self, *, date_1904: bool) -> None:
        self.date_1904 = date_1904
        self.tables: dict[str, Columns] = {}
        self.lists: dict[str, tuple[str, ...]] = {}
        self.list_tables: dict[str, TableData] = {}
        self.programme: tuple[Programme, dict[str, int], TableData] | None = None

    def add(self, raw: RawTable) -> None:
        """Reads one table; a second one of the same name is passed over."""
        if raw.table in LISTS_BY_TABLE:
            self._add_list(LISTS_BY_TABLE[raw.table], raw)
        elif raw.table == Programme.table:
            self.programme = self.programme or _read_programme(raw, date_1904=self.date_1904)
        elif raw.table not in self.tables:
            self.tables[raw.table] = _read_columns(BY_TABLE[raw.table], raw, date_1904=self.date_1904)

    def _add_list(self, declared: ListTable, raw: RawTable) -> None:
        texts = list(map(text_of, raw.columns[0])) if raw.columns else []
        self.lists[declared.table] = tuple(dict.fromkeys(t for t in texts if t))
        digest = _digest([declared.header, *(t or "" for t in texts)])
        self.list_tables[declared.table] = _table_data(Programme, raw, {}, digest)

    def finish(self, book: RawBook) -> Snapshot:
        lists = {x.table: self.lists.get(x.table) or x.values for x in LISTS}
        self._resolve(lists)
        settings, setting_rows = _no_settings(), dict[str, int]()
        if self.programme is not None:
            settings, setting_rows, _ = self.programme
        settle(self.tables, settings.date_order or "", date_1904=self.date_1904)
        tables = {name: _with_rows(columns) for name, columns in self.tables.items()}
        if self.programme is not None:
            tables[Programme.table] = self.programme[2]
        order = [r.table for r in (*SETUP, *REGISTERS)]
        found = {**tables, **self.list_tables}
        quick = [r.table for r in ENTRY_SHEETS]
        prints = [f"{n}:{found[n].fingerprint}" for n in (*order, *quick, *LISTS_BY_TABLE) if n in found]
        known = [*order, *LISTS_BY_TABLE, *(r.table for r in COMPUTED)]
        return Snapshot(
            name=book.name,
            fingerprint=_digest(prints),
            tables=tables,
            missing=tuple(n for n in known if n not in found),
            lists=lists,
            list_tables=self.list_tables,
            programme=settings,
            setting_rows=setting_rows,
            thresholds=_thresholds(tables.get(Thresholds.table)),
            properties=dict(book.properties),
            date_1904=self.date_1904,
            hidden=book.hidden,
            elsewhere=book.elsewhere,
            sheets=book.sheets,
        )

    def _resolve(self, lists: dict[str, tuple[str, ...]]) -> None:
        """Replaces list values and references by the spelling of their list or table."""
        words: dict[str, dict[str, str]] = {name: {fold(v): v for v in values} for name, values in lists.items()}
        for name, columns in self.tables.items():
            key = columns.data.register.key
            if key is not None:
                ids = [v for v in reversed(columns.values[key.attr]) if v]
                words[name] = dict(zip(fold_all(ids), ids, strict=True))
        for columns in self.tables.values():
            for column in columns.data.register.columns:
                if column.target and column.attr in columns.data.positions:
                    resolve_column(columns, column, words.get(column.target))


def resolve_column(columns: Columns, column: Column[Any], words: dict[str, str] | None) -> None:
    """Resolves one column in place. A whole missing target table is one finding, not one for each reference."""
    if words is None:
        return
    code = "not-in-list" if column.kind is Kind.LIST else "unknown-reference"
    values = columns.values[column.attr]
    resolved = {v: _resolved(v, words, separated=column.separated) for v in set(values) if v is not None}
    nothing = {v for v, (_, unknown) in resolved.items() if unknown and not column.required and means_nothing(v)}
    resolved |= {None: (None, ()), **dict.fromkeys(nothing, (None, ()))}
    if nothing:
        _note_nothing(columns, column, nothing)
    if any(unknown for _, unknown in resolved.values()):
        for n, value in enumerate(values):
            usable = resolved[value][0] is not None
            for unknown in resolved[value][1]:
                columns.data.problems.append(CellProblem(columns.ordinals[n], column, value, code, usable, unknown))
    known = {value: found for value, (found, _) in resolved.items()}
    found = columns.values[column.attr] = list(map(known.__getitem__, values))
    columns.data.respelt += respelt(column, columns.ordinals, values, found)


def _note_nothing(columns: Columns, column: Column[Any], nothing: set[str]) -> None:
    for n, value in enumerate(columns.values[column.attr]):
        if value in nothing:
            columns.data.problems.append(CellProblem(columns.ordinals[n], column, value, SAYS_NOTHING.code, True, ""))


def _resolved(value: str, words: dict[str, str], *, separated: bool) -> tuple[str | None, tuple[str, ...]]:
    """The known values, None if there is none, and the unknown: of several in a cell one bad one spoils no other."""
    parts = split_values(value) if separated else (value,)
    unknown = tuple(part for part in parts if fold(part) not in words)
    known = [words[fold(part)] for part in parts if fold(part) in words]
    return ", ".join(known) or None, unknown


def _read_columns(register: type[Register], raw: RawTable, *, date_1904: bool) -> Columns:
    positions, missing, unknown, doubled = match_headers(register, raw.headers)
    keep, spare_ids = _entries(register, raw, positions)
    values: dict[str, list[Any]] = {}
    problems: list[CellProblem] = []
    spelt: list[Respelt] = []
    digest = hashlib.blake2b(digest_size=16)
    for column in register.columns:
        if column.attr not in positions:
            values[column.attr] = [None] * len(keep)
            continue
        column_cells = raw.columns[positions[column.attr]]
        if len(keep) < raw.height:
            column_cells = [column_cells[n] for n in keep]
        values[column.attr], canon = read_column(column, column_cells, keep, problems, date_1904=date_1904)
        spelt += respelt(column, keep, column_cells, values[column.attr])
        digest.update("\x1e".join((column.header, *canon)).encode("utf-8", "surrogatepass"))
    data = _table_data(register, raw, positions, digest.hexdigest(), missing, unknown, doubled)
    data.problems, data.spare_ids, data.respelt = problems, spare_ids, spelt
    check = next((i for i, h in enumerate(raw.headers) if fold(h) == fold(CHECK_HEADER)), None)
    if check is not None and register.checked:
        data.check = {n: text_of(cell) or "" for n, cell in enumerate(raw.columns[check]) if not blank(cell)}
    return Columns(data, values, keep)


def read_column(
    column: Column[Any], cells: Sequence[Cell], ordinals: list[int], problems: list[CellProblem], *, date_1904: bool
) -> tuple[list[Any], Iterable[str]]:
    """The values of one column, and each cell as it enters the fingerprint; what can't be read goes to `problems`."""
    if not cells:
        return [], ()
    read = reader_for(column, date_1904=date_1904)
    kinds = set(map(type, cells))
    if column.kind in _VARIED and kinds <= {str, type(None)}:
        return _read_texts(column, cast("Sequence[str | None]", cells), ordinals, problems)
    # True is the key 1 in Python, and 75% the key 0.75.
    keys: Sequence[Any] = cells if kinds.isdisjoint(_ALIKE) else [(c.__class__, c) for c in cells]
    distinct = dict(zip(keys, cells, strict=True))
    readings = {key: _lenient(column, cell, read(cell)) for key, cell in distinct.items()}
    if any(r.code for r in readings.values()):
        for n, (key, cell) in enumerate(zip(keys, cells, strict=True)):
            found = readings[key]
            if found.code:
                problems.append(CellProblem(ordinals[n], column, cell, found.code, found.usable, found.detail))
    texts = {key: canonical(cell) for key, cell in distinct.items()}
    if column.kind in _VARIED:
        texts = {key: text.removeprefix("s") for key, text in texts.items()}
    values_of = {key: found.value for key, found in readings.items()}
    return list(map(values_of.__getitem__, keys)), map(texts.__getitem__, keys)


def _texts(column: Column[Any], cells: Sequence[str | None]) -> list[str | None]:
    """The values of a column that holds texts alone."""
    if "".join(filter(None, cells)).isascii():
        return [(c.strip() or None) if c else None for c in cells]
    values = list(map(text_of, cells))
    return [tidy(v) if v else v for v in values] if column.kind is Kind.ID else values


def _lenient(column: Column[Any], cell: Cell, read: Reading) -> Reading:
    """A reading, for which N/A and the like in an optional cell is blank; lists and references are resolved first."""
    if column.required or column.target or not isinstance(cell, str) or not means_nothing(cell):
        return read
    said = read.value is not None if column.kind in _FREE else not read.usable
    return SAYS_NOTHING if said and not BY_TABLE[column.table].computed else read


def _read_texts(
    column: Column[Any], cells: Sequence[str | None], ordinals: list[int], problems: list[CellProblem]
) -> tuple[list[Any], Iterable[str]]:
    """A column that holds texts alone: its values, and each cell as it enters the fingerprint."""
    values = _texts(column, cells)
    canon = [c.strip() if c else "" for c in cells]
    if not column.required and not BY_TABLE[column.table].computed:
        for n, value in enumerate(values):
            if value is not None and len(value) < _SHORT and means_nothing(value):
                values[n] = None
                problems.append(CellProblem(ordinals[n], column, value, SAYS_NOTHING.code, True, ""))
    return values, canon


def _entries(
    register: type[Register], raw: RawTable, positions: Mapping[str, int]
) -> tuple[list[int], tuple[str, ...]]:
    """The ordinals of the rows that are entries, and the ids of those that are none.

    A row that holds only unticked boxes (FALSE), or only an id that the program gives, is no entry.
    """
    key = register.key
    given = re.compile(key.pattern).fullmatch if key is not None and gives_ids(key) and key.attr in positions else None
    others = [raw.columns[n] for attr, n in positions.items() if given is None or key is None or attr != key.attr]
    keep = _not_blank(raw, others)
    if given is None or key is None or len(keep) == raw.height:
        return keep, ()
    ids = raw.columns[positions[key.attr]]
    typed = {n: tidy(text_of(ids[n]) or "") for n in set(range(raw.height)).difference(keep)}
    entries = [n for n, text in typed.items() if text and not given(text)]
    return sorted((*keep, *entries)), tuple(text for n, text in sorted(typed.items()) if text and given(text))


def _not_blank(raw: RawTable, columns: Sequence[Sequence[Cell]]) -> list[int]:
    """The ordinals of the rows with an entry in one of the columns."""
    empty = list(range(raw.height))
    for cells in columns:
        empty = [n for n in empty if _holds_nothing(cells[n])]
        if not empty:
            return list(range(raw.height))
    return sorted(set(range(raw.height)).difference(empty))


def _holds_nothing(cell: Cell) -> bool:
    if isinstance(cell, str):
        return not "!" <= cell[:1] <= "~" and is_blank(cell)
    return cell is None or cell is False


def _with_rows(columns: Columns) -> TableData:
    """Makes the row objects. A row knows which of its attributes could not be read."""
    data = columns.data
    spoilt: dict[int, set[str]] = {}
    for problem in data.problems:
        if not problem.usable:
            spoilt.setdefault(problem.ordinal, set()).add(problem.column.attr)
    nothing = frozenset[str]()
    bad: Iterable[frozenset[str]] = repeat(nothing)
    if spoilt:
        bad = [frozenset(spoilt[n]) if n in spoilt else nothing for n in columns.ordinals]
    sheet_rows = [data.header_row + 1 + n for n in columns.ordinals]
    make = cast("Callable[[tuple[Any, ...]], Any]", data.register.row_type())
    data.rows = list(map(make, zip(sheet_rows, columns.ordinals, bad, *columns.values.values(), strict=False)))
    data.problems.sort(key=lambda p: p.ordinal)
    columns.values.clear()
    return data


def _table_data(
    register: type[Register],
    raw: RawTable,
    positions: dict[str, int],
    fingerprint: str,
    missing: tuple[Column[Any], ...] = (),
    unknown: tuple[str, ...] = (),
    doubled: tuple[str, ...] = (),
) -> TableData:
    return TableData(
        register=register,
        sheet=raw.sheet,
        header_row=raw.header_row,
        first_column=raw.first_column,
        headers=raw.headers,
        rows=(),
        body_rows=raw.body_rows,
        total_rows=raw.height,
        named=raw.named,
        positions=positions,
        missing=missing,
        unknown=unknown,
        doubled=doubled,
        problems=[],
        formulas=raw.formulas,
        fingerprint=fingerprint,
        beside=raw.beside,
        beneath=raw.beneath,
    )


def _no_settings() -> Programme:
    row = Programme.row_type()((0, 0, frozenset(), *(c.default for c in Programme.columns)))
    return cast("Programme", row)


def _read_programme(raw: RawTable, *, date_1904: bool) -> tuple[Programme, dict[str, int], TableData]:
    """The settings: one worksheet row each, read as the column of `Programme` with that header."""
    labels = {fold(h): i for i, h in reversed(list(enumerate(raw.headers)))}
    at, value_at = labels.get(fold(_SETTING), 0), labels.get(fold(_VALUE), min(1, len(raw.headers) - 1))
    cells: dict[str, tuple[int, Cell]] = {}
    pairs = zip(raw.columns[at], raw.columns[value_at], strict=True) if raw.columns else ()
    for n, (label_cell, value_cell) in enumerate(pairs):
        label = text_of(label_cell)
        if label:
            cells.setdefault(fold(label), (n, value_cell))
    data = _table_data(Programme, raw, {}, "")
    values, rows = [], {}
    for column in Programme.columns:
        ordinal, cell = cells.get(fold(column.header), (-1, None))
        reading = _lenient(column, cell, reader_for(column, date_1904=date_1904)(cell))
        if ordinal >= 0:
            rows[column.header] = raw.header_row + 1 + ordinal
        if reading.code:
            problem = CellProblem(ordinal, column, cell, reading.code, reading.usable, reading.detail)
            data.problems.append(problem)
        elif reading.value is None and column.required and column.default is None:
            data.problems.append(CellProblem(ordinal, column, None, "required-blank", False, ""))
        values.append(column.default if reading.value is None else reading.value)
    data.fingerprint = _digest(f"{k}\x1f{canonical(cell)}" for k, (_, cell) in sorted(cells.items()))
    row_of = Programme.row_type()((raw.header_row, 0, frozenset(), *values))
    return cast("Programme", row_of), rows, data


def _thresholds(data: TableData | None) -> dict[tuple[str, str], Threshold]:
    """The thresholds in force: what the table says where it is a known parameter with a number, else the default."""
    said: dict[tuple[str, str], float] = {}
    for row in data.rows if data is not None else ():
        if row.value is not None and row.trigger and row.parameter:
            said.setdefault((fold(row.trigger), fold(row.parameter)), row.value)
    found = {}
    for trigger, parameter in THRESHOLDS:
        value = said.get((fold(trigger), fold(parameter.name)), parameter.default)
        found[trigger, parameter.name] = Threshold(value, parameter.default)
    return found


def _digest(parts: Iterable[str]) -> str:
    text = "\x1e".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(text, digest_size=16).hexdigest()
