"""Where our tables stand in a workbook: by their names, or else by their sheet and header row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from workbook.model.cells import Cell, fold, text_of
from workbook.model.light_dataclasses import dataclass
from workbook.model.raw import Elsewhere, RawTable
from workbook.model.registers import BY_TABLE, LISTS_BY_TABLE, LISTS_SHEET, REGISTERS, Programme

#: A header row is looked for this far down.
HEADER_ROWS = 40
LAST_ROW = 1_048_576
#: Said where a workbook holds none of our tables, with what to do.
NO_TABLES = (
    "None of the programme's tables is in this workbook.",
    "Choose the master workbook of your champions programme, or make one: New workbook",
)
#: A table with this part of a register's columns, and at least so many, is taken for a copy of it.
_ALIKE, _FEWEST_ALIKE = 0.8, 4
_NAMES = {fold(name): name for name in (*BY_TABLE, *LISTS_BY_TABLE)}


@dataclass(frozen=True, slots=True)
class ListObject:
    """A table as the workbook declares it; rows and columns counted from 1, the range without its totals.

    Attributes:
        name: its name, as people see it.
        top, left, bottom, right: its range, header included, totals rows left out.
        header: whether its first row is a header.
        totals: whether totals rows follow.
        columns: the names of its columns.
    """

    name: str
    top: int
    left: int
    bottom: int
    right: int
    header: bool
    totals: bool
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet: its name, the part of the file that holds it (its name again where it is open), its tables."""

    name: str
    part: str
    tables: tuple[ListObject, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """One of our tables: its name in the contract, its sheet, and its range.

    Attributes:
        last_row: where its own range ends; None where it has no range of its own.
        ends_before: the worksheet row at which the next thing beneath it begins; 0 for none.
        beneath: whether rows typed beneath it are entries.
        room: how many columns to its right are looked at for entries; 0 where people enter nothing by rows.
    """

    table: str
    sheet: Sheet
    header_row: int
    first_column: int
    width: int
    last_row: int | None
    ends_before: int
    beneath: bool
    columns: tuple[str, ...]
    named: bool
    room: int = 0


def is_ours(name: str) -> bool:
    """Whether a table's name is one of the contract's.

    >>> is_ours("actions"), is_ours("Table1")
    (True, False)

    Args:
        name: as the workbook has it; case does not count.
    """
    return fold(name) in _NAMES


def find_named(sheets: Sequence[Sheet]) -> list[Found]:
    """Our tables that carry their names, in the order of the sheets; of two with one name the first.

    >>> table = ListObject("actions", 1, 1, 9, 3, header=True, totals=False, columns=("Action ID", "Action", "Owner"))
    >>> [(found.table, found.width) for found in find_named([Sheet("Actions", "", (table,))])]
    [('Actions', 3)]

    Args:
        sheets: all of the workbook, in the order of the tabs.
    """
    found: dict[str, Found] = {}
    for sheet in sheets:
        for table in sheet.tables:
            name = _NAMES.get(fold(table.name))
            if name is not None and name not in found:
                found[name] = _as_found(name, sheet, table, named=True)
    return list(found.values())


def find_renamed(sheets: Sequence[Sheet], ours: Sequence[Found]) -> list[Found]:
    """The tables of other names whose columns are nearly those of a register: renamed ones, and copies.

    Args:
        sheets: all sheets.
        ours: the tables that were found, by their sheet and header row too.
    """
    found, known = [], {(one.sheet.name, one.header_row, one.first_column) for one in ours}
    for sheet in sheets:
        for table in sheet.tables:
            name = "" if fold(table.name) in _NAMES else _register_like(table.columns)
            if name and (sheet.name, table.top, table.left) not in known:
                found.append(_as_found(name, sheet, table, named=False))
    return found


def find_copied(sheet: Sheet, top: Sequence[Sequence[Cell]]) -> Found | None:
    """The first header row on a sheet that is nearly that of a register, where no table stands: a copied sheet.

    Args:
        sheet: a sheet that holds no table of ours.
        top: its first rows, from cell A1.
    """
    for number, row in enumerate(top, start=1):
        texts = [fold(text_of(cell) or "") for cell in row]
        for table in sheet.tables:
            if table.top <= number <= table.bottom:
                texts[table.left - 1 : table.right] = [""] * len(texts[table.left - 1 : table.right])
        for start, end in _runs(texts, frozenset()):
            name = _register_like(texts[start:end])
            if name:
                return Found(name, sheet, number, start + 1, end - start, None, 0, True, (), named=False)
    return None


def _register_like(columns: Sequence[str]) -> str:
    """The register of which these are nearly all columns; '' for none."""
    there = {fold(column) for column in columns}
    if len(there) < _FEWEST_ALIKE:
        return ""
    alike = {r.table: len(there & _declared(r.table)) / len(r.columns) for r in REGISTERS}
    best = max(alike, key=alike.__getitem__)
    return best if alike[best] >= _ALIKE else ""


def as_elsewhere(found: Found, cells: RawTable) -> Elsewhere:
    """A renamed table or a copy, as a host hands it over.

    Args:
        found: where it stands.
        cells: what it holds.
    """
    name = next((t.name for t in found.sheet.tables if _stands_there(found, t)), "")
    return Elsewhere(found.table, name, found.sheet.name, cells.height, cells)


def _stands_there(found: Found, table: ListObject) -> bool:
    return (found.last_row, found.first_column) == (table.bottom, table.left)


def _as_found(name: str, sheet: Sheet, table: ListObject, *, named: bool) -> Found:
    below = [
        other.top
        for other in sheet.tables
        if other.top > table.bottom and other.left <= table.right and other.right >= table.left
    ]
    return Found(
        table=name,
        sheet=sheet,
        header_row=table.top if table.header else table.top - 1,
        first_column=table.left,
        width=table.right - table.left + 1,
        last_row=table.bottom,
        ends_before=min(below, default=0),
        beneath=not table.totals,
        columns=table.columns,
        named=named,
        room=room_beside(name, table.right, table.right - table.left + 1, _left_ends(sheet, table.top, table.bottom)),
    )


def _left_ends(sheet: Sheet, top: int, bottom: int) -> list[int]:
    return [other.left for other in sheet.tables if other.top <= bottom and other.bottom >= top]


def room_beside(name: str, right: int, width: int, others: Iterable[int]) -> int:
    """How many columns right of a table are looked at: as many as it has, to the next table.

    >>> room_beside("Actions", 3, 3, [6]), room_beside("Thresholds", 3, 3, [])
    (2, 0)

    Args:
        name: the table's name in the contract.
        right, width: its last column, and how many it has.
        others: the first columns of the tables in the same rows.
    """
    if name not in BY_TABLE or not BY_TABLE[name].checked:
        return 0
    return min([width, *(left - right - 1 for left in others if left > right)])


def wanted_on(sheet: str, found: Sequence[Found]) -> list[str]:
    """The tables that have not been found by name and belong on a sheet called `sheet`.

    >>> wanted_on("Actions", [])
    ['Actions']

    Args:
        sheet: the worksheet's name.
        found: the tables that were found by name.
    """
    known = {f.table for f in found}
    title = fold(sheet)
    return [name for name in _by_sheet().get(title, ()) if name not in known]


@cache
def _by_sheet() -> dict[str, list[str]]:
    """The tables that belong on each sheet, by its folded name, former ones among them."""
    found: dict[str, list[str]] = {}
    for name, register in BY_TABLE.items():
        for title in {fold(register.sheet), fold(register.former_sheet)}:
            found.setdefault(title, []).append(name)
    found.setdefault(fold(LISTS_SHEET), []).extend(LISTS_BY_TABLE)
    return found


def find_unnamed(sheet: Sheet, wanted: Sequence[str], top: Sequence[Sequence[Cell]]) -> Iterator[Found]:
    """The wanted tables on a sheet whose header row is recognised.

    Args:
        sheet: the sheet.
        wanted: the tables' names in the contract.
        top: the first rows of the sheet, from cell A1.
    """
    rows = [_free_headers(sheet, n, row) for n, row in enumerate(top, start=1)]
    for name in wanted:
        declared = _declared(name)
        others = _others(wanted, declared)
        best: tuple[int, int, int, int] | None = None
        for number, headers in enumerate(rows, start=1):
            span = _best_span(headers, declared, others)
            if span is not None and (best is None or span[0] > best[0]):
                best = (span[0], number, span[1], span[2])
        if best is not None:
            yield _found_at(name, sheet, best[1], best[2] + 1, best[3] - best[2])


def _found_at(name: str, sheet: Sheet, row: int, left: int, width: int) -> Found:
    for table in sheet.tables:
        if table.header and table.top == row and table.left <= left <= table.right:
            return _as_found(name, sheet, table, named=False)
    room = room_beside(name, left + width - 1, width, _left_ends(sheet, row, LAST_ROW))
    return Found(name, sheet, row, left, width, None, 0, beneath=True, columns=(), named=False, room=room)


@cache
def _declared(name: str) -> frozenset[str]:
    if name == Programme.table:
        return frozenset({"setting", "value"})
    if name in LISTS_BY_TABLE:
        return frozenset({fold(LISTS_BY_TABLE[name].header)})
    return frozenset(fold(h) for h in BY_TABLE[name].headers())


def _others(wanted: Sequence[str], declared: frozenset[str]) -> frozenset[str]:
    """Headers that belong to another table of the same sheet alone."""
    return frozenset(h for name in wanted for h in _declared(name)) - declared


def _free_headers(sheet: Sheet, number: int, row: Sequence[Cell]) -> list[str]:
    """A row as folded texts, blank where a table of ours that was found by name stands."""
    texts = [fold(text_of(cell) or "") for cell in row]
    for table in sheet.tables:
        if fold(table.name) in _NAMES and table.top <= number <= table.bottom:
            texts[table.left - 1 : table.right] = [""] * len(texts[table.left - 1 : table.right])
    return texts


def _best_span(headers: Sequence[str], declared: frozenset[str], others: frozenset[str]) -> tuple[int, int, int] | None:
    """The stretch of a row that is the header of a table: how many columns match, where it begins and ends."""
    best: tuple[int, int, int] | None = None
    for start, end in _runs(headers, others):
        matches = len(declared.intersection(headers[start:end]))
        if 2 * matches >= len(declared) and (best is None or matches > best[0]):
            best = (matches, start, end)
    return best


def _runs(headers: Sequence[str], others: frozenset[str]) -> Iterator[tuple[int, int]]:
    start = None
    for n, header in enumerate((*headers, "")):
        inside = bool(header) and header not in others
        if inside and start is None:
            start = n
        elif not inside and start is not None:
            yield start, n
            start = None
