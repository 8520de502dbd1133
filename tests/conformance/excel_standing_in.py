"""A stand-in for Excel: LibreOffice behind xlwings' interface, with Excel's ways of taking what is typed.

What Excel makes of a text that is put into a cell: https://support.microsoft.com/office/excel-specifications-and-limits
and the pages on Range.Value, Range.Formula, Range.PrefixCharacter and Range.HasFormula of its object model. It is asked
in xlwings' way on a Mac, which this computer can answer.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from addin.calc import books, engine, ranges, sheets, tables
from addin.hosts.office import host

_DAY_AND_MONTH = re.compile(r"(\d{1,2})[-/](\d{1,2})(?:[-/](\d{4}))?")
_MONTH_AND_YEAR = re.compile(r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*[ -](\d{4})")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
#: The longest text within a formula, and the longest formula.
_LONGEST_WORD, _LONGEST_FORMULA = 255, 8192
_WORDS = re.compile(r'"((?:[^"]|"")*)"')


class Refused(Exception):
    """Excel's “There's a problem with this formula”."""


def taken(cell: Any) -> Any:
    """What Excel makes of something that is put into a cell, as LibreOffice's engine is to be given it."""
    if not isinstance(cell, str) or not cell or cell.startswith("'"):
        return cell
    if cell.startswith("="):
        return _formula(cell)
    text = cell.strip(" ")
    if text.upper() in ("TRUE", "FALSE"):
        return text.upper() == "TRUE"
    if text in _ERRORS:
        return f"={text}"
    number = _number(text)
    if number is not None:
        return number
    if text[:1] in ("+", "-", "@"):
        return _formula(f"={text}")
    return cell


def _number(text: str) -> Any:
    with_share = text.removesuffix("%").replace(",", "")
    if re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", with_share):
        return float(with_share) / (100 if text.endswith("%") else 1)
    day = _DAY_AND_MONTH.fullmatch(text)
    month = _MONTH_AND_YEAR.fullmatch(text)
    try:
        if day:
            return dt.datetime(int(day[3] or 2026), int(day[2]), int(day[1]))
        return dt.datetime(int(month[2]), _MONTHS.index(month[1]) + 1, 1) if month else None
    except ValueError:
        return None


def _formula(text: str) -> str:
    words = [word.replace('""', '"') for word in _WORDS.findall(text)]
    bare = _WORDS.sub("0", text)
    if len(text) > _LONGEST_FORMULA or any(len(word) > _LONGEST_WORD for word in words) or '"' in bare:
        raise Refused(text)
    if not re.match(r"=[#\w(+$'-]", bare) or "@" in bare:
        raise Refused(text)
    return text


class _Told(int):
    """An answer in the way of AppleScript."""

    def get(self) -> bool:
        return bool(self)


@contextmanager
def standing_in() -> Iterator[None]:
    """LibreOffice answers as Excel would, for as long as this lasts."""
    with TemporaryDirectory() as state, pytest.MonkeyPatch.context() as patch:
        patch.setattr("platformdirs.user_state_dir", lambda *_, **__: state)
        as_given, typed, protected, read_only = (
            ranges.Range.raw_value,
            ranges.Range.formula,
            sheets.Sheet.protected,
            books.Book.read_only,
        )

        def put(self: Any, value: Any) -> None:
            if isinstance(value, list | tuple):
                rows = value if value and isinstance(value[0], list | tuple) else [value]
                as_given.__set__(self, [[taken(cell) for cell in row] for row in rows])
            else:
                as_given.__set__(self, taken(value))

        def told(self: Any) -> Any:
            """Excel tells a text as it is seen, whatever it looks like."""
            rows = typed.__get__(self)
            if isinstance(rows, tuple):
                return tuple(tuple(text.removeprefix("'") for text in row) for row in rows)
            return rows.removeprefix("'")

        read_open = host.read_open

        def read_at_once(book: Any) -> Any:
            """Reads as from Excel; what LibreOffice is asked of each sheet and table it is asked but once."""
            with book.impl.surveyed():
                return read_open(book)

        patch.setattr(host, "read_open", read_at_once)
        patch.setattr(engine.Engine, "name", "excel")
        patch.setattr(ranges.Range, "raw_value", property(as_given.fget, put))
        patch.setattr(ranges.Range, "formula", property(told, put))
        patch.setattr(sheets.Sheet, "protect_contents", property(lambda s: _Told(protected.__get__(s))), raising=False)
        patch.setattr(sheets.Sheet, "protect_worksheet", lambda s, **_: s.protect(), raising=False)
        patch.setattr(books.Book, "read_only", property(lambda s: _Told(read_only.__get__(s))))
        patch.setattr(books.Book, "FullName", property(lambda s: s.place), raising=False)
        patch.setattr(books.Book, "protect_structure", _Told(False), raising=False)
        patch.setattr(tables.Table, "api", property(lambda s: s))
        patch.setattr(tables.Table, "unlist", lambda s: s.delete(), raising=False)
        yield
