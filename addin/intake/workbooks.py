"""Workbooks: Excel's of every age, LibreOffice's, and those that are ours."""

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from addin.hosts.file.hidden_cells import hidden_cells
from addin.hosts.file.reading import read_workbook
from addin.hosts.table_assembly import canonical_cell
from addin.intake.looking import ABOVE, Looking, SheetsFit, best_row, matches_of
from workbook.intake.headers import form_columns
from workbook.intake.source import OUR_WORKBOOK, WORKBOOK, Source, SourceRow
from workbook.model.cells import Cell, blank, text_of
from workbook.model.declare import Register
from workbook.model.errors import BookUnusable, SourceUnusable
from workbook.model.folding import fold, tidy
from workbook.model.light_dataclasses import dataclass
from workbook.model.raw import RawBook, RawTable
from workbook.model.registers import BY_TABLE
from workbook.model.snapshot import ID_PROPERTY

#: What a workbook may take up once unpacked; a list of a hundred thousand rows stays far below.
_MOST_UNPACKED = 512 << 20
_PIECE = 1 << 20
_SAVE_AS = "Open it in Excel or LibreOffice, save it as an Excel workbook (.xlsx), and import that."
_SAMPLE = 20
#: What zipfile says of a package that is damaged, cut off or locked.
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, ValueError, KeyError),
    *(NotImplementedError, RuntimeError, OverflowError),
)


@dataclass(frozen=True)
class _Part:
    """A part of a workbook that may be the list: a table, or what stands on a sheet."""

    name: str
    sheet: str
    header_row: int
    first_column: int
    headers: tuple[str, ...]
    rows: Sequence[tuple[int, Sequence[Cell]]]
    matches: int


def read_book_source(path: Path, data: bytes, looking: Looking) -> Source:
    """A list in a workbook: the table of the register's name, else what looks most like it.

    Raises:
        SourceUnusable: it is no workbook, is locked by a password, or more than one sheet may be meant.
    """
    _refuse_others(path, data)
    ours = _our_book(path, data)
    if ours is not None and (found := _ours(path, ours, looking)) is not None:
        return found
    book = _opened(path, data)
    part = _chosen(path, _parts(path, book, looking), looking)
    headers, hidden = part.headers, hidden_cells(path, data, part.sheet)
    lines = ((n, hidden.row(n, part.first_column, list(cells))) for n, cells in part.rows)
    rows = [SourceRow(n, _padded(cells, len(headers)), _beyond(cells, len(headers))) for n, cells in lines]
    kind, technical = form_columns(headers, [row.cells for row in rows[:_SAMPLE]])
    return Source(path.name, kind or WORKBOOK, headers, rows, "", "", part.sheet, part.header_row, technical=technical)


def _refuse_others(path: Path, data: bytes) -> None:
    """Refuses other documents and locked ones by what they hold, and what would swell beyond measure."""
    what = ""
    if not data.startswith(b"PK"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise _locked(path)
        what = "a Word document" if "WordDocument".encode("utf-16-le") in data else ""
    else:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as package:
                names = set(package.namelist())
                what = _other_document(package, names)
                if not what:
                    _refuse_swollen(path, package)
        except _BROKEN as error:
            raise _damaged(path) from error
    if what:
        raise SourceUnusable(f"This is {what}, not a list that can be read.", where=path.name, next_step=_SAVE_AS)


def _other_document(package: zipfile.ZipFile, names: set[str]) -> str:
    if "word/document.xml" in names:
        return "a Word document"
    if "ppt/presentation.xml" in names:
        return "a presentation"
    if "mimetype" in names:
        kind = package.read("mimetype")[:200].decode("ascii", "replace")
        return "" if "spreadsheet" in kind else "another kind of document"
    return "" if any(n.startswith("xl/") for n in names) else "a packed folder"


def _refuse_swollen(path: Path, package: zipfile.ZipFile) -> None:
    """Unpacks to nowhere and counts: what the parts say of their own size is not believed."""
    room = _MOST_UNPACKED
    for entry in package.infolist():
        if not entry.filename.endswith((".xml", ".bin", ".rels", ".vml")):
            continue
        with package.open(entry) as stream:
            while piece := stream.read(_PIECE):
                room -= len(piece)
                if room < 0:
                    raise SourceUnusable(
                        "The file would take up far more room once unpacked than a list does.",
                        where=path.name,
                        next_step="If you don't know who made it, don't use it.",
                    )


def _locked(path: Path) -> SourceUnusable:
    return SourceUnusable(
        "The file is locked by a password.",
        where=path.name,
        next_step="Open it, take the password off (File, Info, Protect), save it, and import it again.",
    )


def _damaged(path: Path) -> SourceUnusable:
    return SourceUnusable(
        "The file is damaged or cut off, and can't be read.", where=path.name, next_step="Export the list again."
    )


# -- workbooks of ours ------------------------------------------------------------------------------------------------


def _our_book(path: Path, data: bytes) -> RawBook | None:
    """A workbook that holds a table of ours; None for another."""
    with suppress(BookUnusable):
        return read_workbook(path, data)
    return None


def _ours(path: Path, book: RawBook, looking: Looking) -> Source | None:
    """The table of the register in a workbook of ours, with the ids that its other tables hold."""
    wanted: RawTable | None = None
    own: dict[str, dict[str, str]] = {}
    try:
        for table in book.tables:
            register = BY_TABLE.get(table.table)
            if register is not None and register.key is not None:
                own[register.table] = _ids(register, table)
            if register is looking.register and (not looking.sheet or fold(looking.sheet) == fold(table.sheet)):
                wanted = table
    except BookUnusable as error:
        raise SourceUnusable(error.what, where=path.name, next_step=error.next_step) from error
    if wanted is None:
        return None
    rows = [
        SourceRow(wanted.header_row + 1 + n, cells)
        for n, cells in enumerate(zip(*wanted.columns, strict=True))
        if not all(blank(c) or c is False for c in cells)
    ]
    kind, technical = form_columns(wanted.headers, [row.cells for row in rows[:_SAMPLE]])
    return Source(
        file=path.name,
        kind=kind or OUR_WORKBOOK,
        headers=wanted.headers,
        rows=rows,
        sheet=wanted.sheet,
        header_row=wanted.header_row,
        book_id=book.properties.get(ID_PROPERTY, ""),
        own=own,
        technical=technical,
    )


def _ids(register: type[Register], table: RawTable) -> dict[str, str]:
    """The ids of a table, folded, each with the name beside it."""
    places = {fold(h): n for n, h in reversed(list(enumerate(table.headers)))}
    label = next((c for c in register.columns if c.label), None)
    key_at = places.get(fold(register.key.header)) if register.key is not None else None
    label_at = places.get(fold(label.header)) if label is not None else None
    if key_at is None:
        return {}
    names: Sequence[Cell] = table.columns[label_at] if label_at is not None else [None] * table.height
    pairs = zip(table.columns[key_at], names, strict=True)
    return {fold(tidy(text)): text_of(name) or "" for cell, name in pairs if (text := text_of(cell))}


# -- any other ---------------------------------------------------------------------------------------------------------


@contextmanager
def _quietly() -> Iterator[None]:
    """Without what calamine itself prints of a file that it gives up on: our words say it."""
    try:
        kept = os.dup(2)
    except OSError:  # a program without an error output
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _opened(path: Path, data: bytes) -> Any:
    from python_calamine import CalamineError, load_workbook

    try:
        with _quietly():
            return load_workbook(io.BytesIO(data), load_tables=data.startswith(b"PK") and b"xl/tables/" in data)
    except BaseException as error:
        if "assword" in type(error).__name__ + str(error):
            raise _locked(path) from error
        if isinstance(error, CalamineError | ValueError | OSError) or type(error).__name__ == "PanicException":
            raise _damaged(path) from error
        raise


def _parts(path: Path, book: Any, looking: Looking) -> list[_Part]:
    """Everything in a workbook that may be the list."""
    parts: list[_Part] = []
    grids: dict[str, tuple[int, int, list[list[Any]]]] = {}
    for sheet in book.sheet_names:
        if not looking.sheet or fold(sheet) == fold(looking.sheet):
            grids[sheet] = _grid(path, book, sheet)
    if looking.sheet and not grids:
        raise SourceUnusable(
            f"There is no sheet {looking.sheet}; there are {', '.join(book.sheet_names)}.",
            where=path.name,
            in_terminal="Name one of them with --sheet.",
        )
    with_tables: set[str] = set()
    for table in _tables(book):
        if table.sheet in grids and table.start is not None:
            part = _of_table(table, grids[table.sheet], looking)
            parts.append(part)
            if part.matches:
                with_tables.add(table.sheet)
    parts += [_of_sheet(s, grid, looking) for s, grid in grids.items() if s not in with_tables and grid[2]]
    return parts


def _grid(path: Path, book: Any, sheet: str) -> tuple[int, int, list[list[Any]]]:
    """The corner of what stands on a sheet, counted from 1, and its values."""
    from python_calamine import CalamineError

    try:
        with _quietly():
            page = book.get_sheet_by_name(sheet)
            return (1, 1, []) if page.start is None else (page.start[0] + 1, page.start[1] + 1, page.to_python())
    except BaseException as error:
        if isinstance(error, CalamineError | OverflowError) or type(error).__name__ == "PanicException":
            raise _damaged(path) from error
        raise


def _tables(book: Any) -> list[Any]:
    try:
        names = book.table_names
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        return []  # formats that know no tables, or a workbook without
    found = []
    for name in names:
        with suppress(Exception):
            found.append(book.get_table_by_name(name))
    return found


def _of_table(table: Any, grid: tuple[int, int, list[list[Any]]], looking: Looking) -> _Part:
    """A table as its workbook declares it; a totals row is none of its rows."""
    top, left, values = grid
    headers = tuple(str(c).strip() for c in table.columns)
    first, last, at = table.start[0] + 1, table.end[0] + 1, table.start[1] + 1 - left
    rows = []
    for number in range(first, last + 1):
        line = values[number - top] if 0 <= number - top < len(values) else []
        cells = [canonical_cell(c) for c in line[at : at + len(headers)]]
        if any(not blank(c) for c in cells):
            rows.append((number, cells))
    return _Part(table.name, table.sheet, first - 1, left + at, headers, rows, matches_of(headers, looking))


def _of_sheet(sheet: str, grid: tuple[int, int, list[list[Any]]], looking: Looking) -> _Part:
    """What stands on a bare sheet, its headers among the first rows."""
    top, left, values = grid
    if looking.header_row:
        at = min(max(0, looking.header_row - top), len(values) - 1)
        matches = matches_of(values[at], looking)
    else:
        at, matches = best_row(values[: ABOVE + 1], looking)
    headers = [text_of(canonical_cell(c)) or "" for c in values[at]]
    while headers and not headers[-1]:
        headers.pop()
    lines = ((top + n, [canonical_cell(c) for c in line]) for n, line in enumerate(values[at + 1 :], start=at + 1))
    rows = [(number, cells) for number, cells in lines if any(not blank(c) for c in cells)]
    return _Part("", sheet, top + at, left, tuple(headers), rows, matches)


def _chosen(path: Path, parts: Sequence[_Part], looking: Looking) -> _Part:
    """The part that is meant: by the register's name, else the one whose headers fit best."""
    if not parts:
        raise SourceUnusable("The workbook is empty.", where=path.name, next_step="Export the list again.")
    named = [p for p in parts if fold(p.name) == fold(looking.register.table)]
    if named:
        return named[0]
    best = max(p.matches for p in parts)
    fitting = [p for p in parts if p.matches == best]
    if len(fitting) > 1 and len({p.sheet for p in fitting}) > 1:
        if best == 0:
            return max(fitting, key=lambda p: len(p.rows))
        raise SheetsFit(path.name, tuple(dict.fromkeys(p.sheet for p in fitting)))
    return fitting[0]


def _padded(cells: Sequence[Cell], width: int) -> tuple[Cell, ...]:
    return (*cells[:width], *(None,) * (width - len(cells)))


def _beyond(cells: Sequence[Cell], width: int) -> tuple[Cell, ...]:
    return tuple(c for c in cells[width:] if not blank(c))
