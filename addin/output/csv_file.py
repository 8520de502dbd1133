"""CSV that Excel opens by a double click: UTF-8, and no text is taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from workbook.answers.extract import harmless


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A table as CSV: days as 2026-06-30, blanks empty.

    Args:
        header: the columns' names.
        rows: a value a column; texts, numbers, days, truth values and None.
    """
    return b"\xef\xbb\xbf" + csv_lines([header]) + csv_lines(rows)


def csv_lines(rows: Iterable[Sequence[Any]]) -> bytes:
    """Further lines of a table as `csv_bytes` begins it.

    Args:
        rows: a value a column.
    """
    text = io.StringIO(newline="")
    csv.writer(text).writerows([_written(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


#: Names, states and days come thousands of times.
_harmless = lru_cache(maxsize=4096)(harmless)


def _written(cell: Any) -> Any:
    if isinstance(cell, float):
        return repr(cell).removesuffix(".0")
    return _harmless(cell) if isinstance(cell, str) else cell
