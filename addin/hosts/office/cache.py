"""What a process that stays between presses remembers: an unchanged workbook is neither understood nor checked anew.

Only the last few workbooks are kept, and only as long as the process lives. What is remembered is compared cell by cell
with what the office program holds now, so that nothing outdated is ever used.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from workbook.model.findings import Finding
from workbook.model.raw import RawBook, RawTable
from workbook.model.reading import read_book
from workbook.model.snapshot import Snapshot
from workbook.rules import checks

_MOST = 2


class _Read(NamedTuple):
    """A workbook as it was read, and what was understood."""

    book: RawBook
    tables: list[RawTable]
    snapshot: Snapshot


class _Checked(NamedTuple):
    """What was found in a workbook that stood as `standing` says."""

    standing: object
    findings: Sequence[Finding]


_read: list[_Read] = []
_checked: list[_Checked] = []


def understood(book: RawBook, tables: list[RawTable]) -> Snapshot:
    """The snapshot of a workbook: the one made before, where every cell is as it was then.

    Args:
        book: as the host read it; its `tables` are not looked at.
        tables: its tables.
    """
    for known in _read:
        if _same(known, book, tables):
            return known.snapshot
    whole = RawBook(book.name, tables, book.date_1904, book.properties, book.hidden, book.elsewhere, book.sheets)
    snapshot = read_book(whole)
    _read.insert(0, _Read(whole, tables, snapshot))
    del _read[_MOST:]
    return snapshot


def findings_of(snapshot: Snapshot, as_of: dt.date) -> Sequence[Finding]:
    """The findings of a workbook on a day: those found before, where all that they depend on is the same.

    Args:
        snapshot: of the workbook as it is.
        as_of: the day.
    """
    standing = _standing(snapshot, as_of)
    for known in _checked:
        if known.standing == standing:
            return known.findings
    findings = tuple(checks.run(snapshot, as_of))
    _checked.insert(0, _Checked(standing, findings))
    del _checked[_MOST:]
    return findings


def _same(known: _Read, book: RawBook, tables: list[RawTable]) -> bool:
    """Whether two readings hold the same; in Python 1, 1.0 and True are equal, in a cell they are not."""
    if (known.book.name, known.book.date_1904) != (book.name, book.date_1904) or known.tables != tables:
        return False
    if (known.book.properties, known.book.hidden, known.book.elsewhere, known.book.sheets) != (
        book.properties,
        book.hidden,
        book.elsewhere,
        book.sheets,
    ):
        return False
    return all(
        list(map(type, mine)) == list(map(type, theirs))
        for one, other in zip(known.tables, tables, strict=True)
        for mine, theirs in zip(one.columns, other.columns, strict=True)
    )


def _standing(snapshot: Snapshot, as_of: dt.date) -> object:
    """All that findings depend on: what people filled in, by its fingerprint, and where it stands."""
    tables = [
        (name, t.sheet, t.header_row, t.first_column, t.headers, t.body_rows, t.total_rows, t.named, t.formulas)
        for name, t in (*snapshot.tables.items(), *snapshot.list_tables.items())
        if not t.register.computed
    ]
    outside = [(name, t.beside, t.beneath) for name, t in snapshot.tables.items()]
    shapes = [(name, t.headers, t.named) for name, t in snapshot.tables.items() if t.register.computed]
    return (
        snapshot.fingerprint,
        as_of,
        snapshot.missing,
        snapshot.elsewhere,
        snapshot.date_1904,
        tables,
        outside,
        shapes,
    )
