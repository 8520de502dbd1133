"""What `champions export` writes: a file a table as CSV or parquet, or all of them as one JSON file."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from importlib.util import find_spec

from addin.output.csv_file import csv_bytes
from workbook.answers.extract import ExtractTable
from workbook.model.cells import show
from workbook.model.errors import ChampionsError

#: The JSON's own version (docs/schema/export.json).
VERSION = 1


def files_of(tables: Sequence[ExtractTable], kind: str, workbook: str, as_of: dt.date) -> dict[str, bytes]:
    """Each file's bytes by its name.

    Args:
        tables: what is exported.
        kind: csv, json or parquet.
        workbook: the workbook's file name, which the JSON says.
        as_of: the day on which triggers and reviews are judged.

    Raises:
        ChampionsError: parquet was asked for, and pandas or pyarrow is not there.
    """
    if kind == "json":
        return {"export.json": json_of(tables, workbook, as_of)}
    make = parquet_of if kind == "parquet" else csv_of
    return {f"{table.name}.{kind}": make(table) for table in tables}


def csv_of(table: ExtractTable) -> bytes:
    """A table as CSV that Excel opens by a double click; yes and no in words, as the workbook has them."""
    rows = ([show(cell) if isinstance(cell, bool) else cell for cell in row] for row in table.rows)
    return csv_bytes([column.name for column in table.columns], rows)


def json_of(tables: Iterable[ExtractTable], workbook: str, as_of: dt.date) -> bytes:
    """All tables as JSON; days as 2026-06-30, blanks as null."""
    told = {
        "version": VERSION,
        "workbook": workbook,
        "as_of": as_of.isoformat(),
        "tables": [
            {
                "name": table.name,
                "columns": [
                    {"name": c.name, "kind": c.kind.value, "choices": list(c.choices), "ordered": c.ordered}
                    for c in table.columns
                ],
                "rows": [
                    [cell.isoformat() if isinstance(cell, dt.date) else cell for cell in row] for row in table.rows
                ],
            }
            for table in tables
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def parquet_of(table: ExtractTable) -> bytes:
    """A table as parquet: `pandas.read_parquet` gives the frame that `addin.analysis.frames` makes.

    Raises:
        ChampionsError: pandas or pyarrow is not there.
    """
    from addin.analysis.frames import frame_of

    if find_spec("pyarrow") is None:
        raise ChampionsError(
            "Parquet needs the library pyarrow.",
            next_step="Install it: pip install 'champion-workbook[analysis]', or export as csv or json.",
        )
    import pyarrow as pa
    import pyarrow.parquet as pq

    buffer = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pandas(frame_of(table), preserve_index=False), buffer)
    return bytes(buffer.getvalue())
