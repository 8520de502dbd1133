"""A workbook as pandas frames, one a register, each column of its own type."""

from __future__ import annotations

import datetime as dt
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from addin.hosts.file.reading import read_workbook
from workbook.answers.extract import ExtractColumn, ExtractTable, extract
from workbook.model.declare import Kind
from workbook.model.errors import ChampionsError
from workbook.model.reading import read_book

if TYPE_CHECKING:
    import pandas as pd

#: What pandas calls the type of a column; a text's where none is named.
_TYPES = {
    Kind.DATE: "datetime64[ms]",
    Kind.YES_NO: "boolean",
    Kind.SCORE: "Int64",
    Kind.WHOLE: "Int64",
    Kind.NUMBER: "Float64",
}


def frames(path: str | PathLike[str], as_of: dt.date | None = None) -> dict[str, pd.DataFrame]:
    """The registers of a workbook, its findings, its triggers' results and its reviews, as frames.

    Args:
        path: the workbook. It is read only.
        as_of: the day to look from: what happened after it is left out, and triggers and reviews are judged on it.
            Without it the registers are whole, and today is the day.

    Returns:
        A frame by the name of each table (`SupportLog`), and by `findings`, `trigger_results` and `reviews`. Columns
        have the workbook's headers. Days are `datetime64[ms]`, whole numbers `Int64`, other numbers `Float64`, yes and
        no `boolean`, choices categories in the contract's order, values of lists categories in the workbook's, all
        else `string`. A blank is missing, and so is what could not be read: `findings` says which that is.

    Raises:
        ChampionsError: the workbook can't be used, or pandas is not there.
        OSError: it can't be read.

    Example:
        >>> from addin.analysis import frames
        >>> log = frames("programme.xlsx")["SupportLog"]  # doctest: +SKIP
        >>> log.groupby("Service").size()  # doctest: +SKIP
    """
    file = Path(path)
    snapshot = read_book(read_workbook(file))
    day = as_of or dt.datetime.now(dt.UTC).astimezone().date()
    return {table.name: frame_of(table) for table in extract(snapshot, day, until=as_of is not None)}


def frame_of(table: ExtractTable) -> pd.DataFrame:
    """One table as a frame.

    Args:
        table: its columns and rows.

    Raises:
        ChampionsError: pandas is not there.
    """
    try:
        import pandas as pd
    except ImportError as error:
        raise ChampionsError(
            "Frames need the library pandas.", next_step="Install it: pip install 'champion-workbook[analysis]'"
        ) from error
    columns = list(zip(*table.rows, strict=True)) or [()] * len(table.columns)
    series = [_series(column, values) for column, values in zip(table.columns, columns, strict=True)]
    return pd.concat(series, axis=1) if series else pd.DataFrame()


def _series(column: ExtractColumn, values: tuple[object, ...]) -> pd.Series:
    import pandas as pd

    if column.choices:
        kind = pd.CategoricalDtype(list(column.choices), ordered=column.ordered)
        return pd.Series(pd.Categorical(list(values), dtype=kind), name=column.name)
    return pd.Series(list(values), dtype=_TYPES.get(column.kind, "string"), name=column.name)
