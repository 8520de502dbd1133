"""Cells' values between Python and LibreOffice: days are numbers there, shown as days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

_DAY = 86_400
_FORMULA, _LITERAL = "=", "'"


class ErrorText(str):
    """An error value by Excel's name for it, such as #REF!."""

    __slots__ = ()


def read_block(answer: dict[str, Any], null_date: dt.datetime) -> list[list[Any]]:
    """A block as the agent read it: text, numbers, yes/no, moments, `ErrorText`, '' for blank.

    Args:
        answer: what the agent's operation `read` gave.
        null_date: the day that the spreadsheet counts from.
    """
    rows: list[list[Any]] = answer["rows"]
    for top, left, bottom, right in answer["logical"]:
        _each(rows, (top, left, bottom, right), bool)
    for area in answer["dates"]:
        _each(rows, area, lambda number: _moment(number, null_date))
    for row, column, code in answer["errors"]:
        rows[row][column] = ErrorText(code)
    return rows


def _each(rows: list[list[Any]], area: Sequence[int], change: Callable[[float], Any]) -> None:
    top, left, bottom, right = area
    for row in rows[top : bottom + 1]:
        for column in range(left, right + 1):
            if isinstance(row[column], int | float):
                row[column] = change(row[column])


def _moment(number: float, null_date: dt.datetime) -> Any:
    """The moment of a serial number, to the millisecond; the number where there is no such moment."""
    try:
        days, part = divmod(number, 1)
        return null_date + dt.timedelta(days=days, milliseconds=round(part * _DAY * 1000))
    except OverflowError:
        return number


def serial(value: dt.date, null_date: dt.datetime) -> float:
    """The serial number of a day or moment.

    >>> serial(dt.date(2026, 11, 5), dt.datetime(1899, 12, 30))
    46331.0

    Args:
        value: a time zone is left out of account.
        null_date: the day that the spreadsheet counts from.

    Returns:
        Days since then, the time of day as a fraction of a day.
    """
    if isinstance(value, dt.datetime):
        return (value.replace(tzinfo=None) - null_date) / dt.timedelta(days=1)
    return float((value - null_date.date()).days)


@dataclass
class Block:
    """A block to be written: what the agent's operation `write` takes."""

    rows: list[list[Any]]
    formulas: list[tuple[int, int, str]] = field(default_factory=list)
    dates: list[tuple[int, int, int, int]] = field(default_factory=list)
    times: list[tuple[int, int, int, int]] = field(default_factory=list)
    logical: list[tuple[int, int, int, int]] = field(default_factory=list)

    def as_arguments(self) -> dict[str, Any]:
        """The operation's arguments."""
        return {
            "rows": self.rows,
            "typed": self.formulas,
            "dates": self.dates,
            "times": self.times,
            "logical": self.logical,
        }


def write_block(rows: Iterable[Iterable[Any]], null_date: dt.datetime) -> Block:
    """Rows as they are written: text that begins with = is a formula, a leading apostrophe makes it text, as in Excel.

    Args:
        rows: values from Python; None and "" are blank.
        null_date: the day that the spreadsheet counts from.

    Raises:
        ValueError: the rows are not of one length.
    """
    given = [list(row) for row in rows]
    if len({len(row) for row in given}) > 1:
        raise ValueError("The rows are not of one length.")
    block = Block([[None] * len(row) for row in given])
    for column in range(len(given[0]) if given else 0):
        runs: dict[str, list[int]] = {"dates": [], "times": [], "logical": []}
        for n, row in enumerate(given):
            kind = _put(block, n, column, row[column], null_date)
            if kind:
                runs[kind].append(n)
        for kind, places in runs.items():
            getattr(block, kind).extend((first, column, last, column) for first, last in _runs(places))
    return block


def _put(block: Block, row: int, column: int, value: Any, null_date: dt.datetime) -> str:
    """Puts one value into the block; the kind of format that it needs, if any."""
    cells = block.rows[row]
    match value:
        case None | "":
            return ""
        case bool():
            cells[column] = float(value)
            return "logical"
        case dt.date():
            cells[column] = serial(value, null_date)
            return "dates"
        case dt.time():
            cells[column] = (value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6) / _DAY
            return "times"
        case dt.timedelta():
            cells[column] = value / dt.timedelta(days=1)
            return "times"
        case str() if value.startswith(_FORMULA) and len(value) > 1:
            block.formulas.append((row, column, value))
        case str():
            cells[column] = value.removeprefix(_LITERAL)
        case _:
            cells[column] = float(value)
    return ""


def _runs(places: Sequence[int]) -> list[tuple[int, int]]:
    """Places in order as runs without gaps."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and place == runs[-1][1] + 1:
            runs[-1] = runs[-1][0], place
        else:
            runs.append((place, place))
    return runs


def cleaned(
    data: Iterable[Iterable[Any]],
    datetime_builder: Callable[..., Any],
    empty_as: Any,
    number_builder: Callable[[float], Any] | None,
    err_to_str: bool | None,
) -> list[list[Any]]:
    """A block as xlwings hands it to a person: blanks, dates, numbers and errors as asked for.

    Args:
        data: as `read_block` gave it.
        datetime_builder: makes a moment of year, month, day and so on, by their names.
        empty_as: what stands for a blank cell.
        number_builder: makes something else of a number; None leaves it as it is.
        err_to_str: whether an error is given as its text; else it is None.
    """

    def one(cell: Any) -> Any:
        if isinstance(cell, ErrorText):
            return str(cell) if err_to_str else None
        if cell is None or cell == "":
            return empty_as
        if isinstance(cell, dt.datetime):
            return datetime_builder(
                year=cell.year,
                month=cell.month,
                day=cell.day,
                hour=cell.hour,
                minute=cell.minute,
                second=cell.second,
                microsecond=cell.microsecond,
                tzinfo=None,
            )
        if number_builder is not None and isinstance(cell, float):
            return number_builder(cell)
        return cell

    return [[one(cell) for cell in row] for row in data]
