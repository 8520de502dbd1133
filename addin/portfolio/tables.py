"""The results for analysts: a row per workbook, service and measure, as CSV and, where pyarrow is there, parquet."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from typing import Any, Protocol

from addin.output.csv_file import csv_bytes, csv_lines
from addin.portfolio.portfolio import Reading
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
#: So many rows or more are written at once.
_GROUP = 20_000


class Writes(Protocol):
    """Where bytes go, one after another."""

    closed: bool

    def write(self, content: bytes, /) -> int:
        """Takes the next bytes."""

    def flush(self) -> None:
        """Hands on what was taken."""


class Output(Protocol):
    """One of the outputs, as all workbooks come by once."""

    def take(self, reading: Reading) -> None:
        """Takes what a workbook gave."""

    def finish(self) -> None:
        """Writes what is left to be written."""


def rows(reading: Reading, as_of: str) -> list[tuple[Any, ...]]:
    """A workbook's results in the order of `COLUMNS`.

    Args:
        reading: what it gave.
        as_of: the day, in ISO 8601.
    """
    return [
        (
            reading.found.name,
            reading.told["workbook_id"],
            line.service,
            line.phase,
            line.measure,
            *(None if n is None else float(n) for n in line[4:9]),
            line.state,
            as_of,
            RULES_VERSION,
            line.withheld,
        )
        for line in reading.lines
    ]


class ResultsCsv:
    """`results.csv`, written as workbooks come: what is withheld is empty, and says so in its last column.

    Args:
        file: where it goes.
        as_of: the day, in ISO 8601.
    """

    def __init__(self, file: Writes, as_of: str) -> None:
        self._file, self._as_of = file, as_of
        file.write(csv_bytes(COLUMNS, ()))

    def take(self, reading: Reading) -> None:
        """Writes a workbook's results."""
        self._file.write(csv_lines(rows(reading, self._as_of)))

    def finish(self) -> None:
        """Nothing is left to be written."""


class ResultsParquet:
    """`results.parquet`, written as workbooks come: the same bytes for the same results.

    Args:
        file: where it goes.
        as_of: the day, in ISO 8601.

    Raises:
        ImportError: pyarrow is not there.
    """

    def __init__(self, file: Writes, as_of: str) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        kinds = {name: pa.float64() if name in _NUMBERS else pa.string() for name in COLUMNS}
        kinds["withheld"] = pa.bool_()
        self._schema = pa.schema(list(kinds.items()))
        self._writer = pq.ParquetWriter(file, self._schema)
        self._as_of = as_of
        self._waiting: list[tuple[Any, ...]] = []

    def take(self, reading: Reading) -> None:
        """Writes a workbook's results."""
        self._waiting += rows(reading, self._as_of)
        if len(self._waiting) >= _GROUP:
            self._write()

    def finish(self) -> None:
        """Writes the end of the file."""
        self._write()
        self._writer.close()

    def _write(self) -> None:
        import pyarrow as pa

        columns = zip(*self._waiting, strict=True) if self._waiting else ([] for _ in COLUMNS)
        arrays = [pa.array(list(column), kind.type) for column, kind in zip(columns, self._schema, strict=True)]
        self._writer.write_table(pa.table(arrays, schema=self._schema))
        self._waiting = []


def problems_csv(problems: Iterable[Problem]) -> bytes:
    """`problems.csv`: a row for each file or folder that could not be used.

    Args:
        problems: what could not be used.
    """
    return csv_bytes(Problem._fields, problems)


def has_parquet() -> bool:
    """Whether the library for parquet is there."""
    return find_spec("pyarrow") is not None
