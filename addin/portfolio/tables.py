"""The results for analysts: a row per workbook, service and measure, as CSV and, where pyarrow is there, parquet."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from typing import Any

from addin.output.csv_file import csv_bytes
from addin.portfolio.portfolio import Portfolio
from addin.portfolio.problems import Problem
from workbook.model.catalogue import RULES_VERSION

COLUMNS = (
    "file",
    "workbook_id",
    "service",
    "phase",
    "measure",
    "value",
    "numerator",
    "denominator",
    "lower",
    "upper",
    "state",
    "as_of",
    "rules",
    "withheld",
)
_NUMBERS = frozenset({"value", "numerator", "denominator", "lower", "upper"})


def rows(whole: Portfolio) -> list[tuple[Any, ...]]:
    """The results in the order of `COLUMNS`, by file and as each workbook has them.

    Args:
        whole: all workbooks.
    """
    return [
        (
            book.found.name,
            book.told["workbook_id"],
            line.service,
            line.phase,
            line.measure,
            *(None if n is None else float(n) for n in _figures(line)),
            line.state,
            whole.as_of,
            RULES_VERSION,
            line.withheld,
        )
        for book in whole.books
        for line in book.lines
    ]


def _figures(line: Any) -> tuple[float | None, ...]:
    return line.value, line.numerator, line.denominator, line.lower, line.upper


def results_csv(whole: Portfolio) -> bytes:
    """`results.csv`: what is withheld is empty, and says so in its last column.

    Args:
        whole: all workbooks.
    """
    return csv_bytes(COLUMNS, rows(whole))


def problems_csv(problems: Iterable[Problem]) -> bytes:
    """`problems.csv`: a row for each file or folder that could not be used.

    Args:
        problems: what could not be used.
    """
    return csv_bytes(Problem._fields, problems)


def has_parquet() -> bool:
    """Whether the library for parquet is there."""
    return find_spec("pyarrow") is not None


def results_parquet(whole: Portfolio) -> bytes:
    """`results.parquet`: the same bytes for the same results.

    Args:
        whole: all workbooks.

    Raises:
        ImportError: pyarrow is not there.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {name: pa.float64() if name in _NUMBERS else pa.string() for name in COLUMNS}
    kinds["withheld"] = pa.bool_()
    columns = zip(*rows(whole), strict=True) if whole.books else ([] for _ in COLUMNS)
    arrays = [pa.array(list(column), kind) for column, kind in zip(columns, kinds.values(), strict=True)]
    buffer = pa.BufferOutputStream()
    pq.write_table(pa.table(arrays, names=list(COLUMNS)), buffer)
    return bytes(buffer.getvalue())
