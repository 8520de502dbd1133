"""All outputs of a portfolio, made in one go through its workbooks."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from addin.output.write_file import NewFile
from addin.portfolio.page import Page
from addin.portfolio.portfolio import Portfolio
from addin.portfolio.tables import ResultsCsv, ResultsParquet, has_parquet, problems_csv
from addin.portfolio.workbook import Sheets


def make_outputs(whole: Portfolio, out: Path, until: ExitStack) -> list[NewFile]:
    """Makes all files beside their places; none is put there yet.

    Args:
        whole: all workbooks.
        out: the folder.
        until: what closes the files, and takes away those that were not put in their places.

    Returns:
        The files, whole.

    Raises:
        BookNotWritable: they could not be made. Nothing was changed.
    """
    made: list[NewFile] = []

    def new(name: str) -> NewFile:
        made.append(until.enter_context(NewFile(out / name)))
        return made[-1]

    problems = new("problems.csv")
    with problems.noticing():
        problems.write(problems_csv(whole.problems))
        tables: list[ResultsCsv | ResultsParquet] = [ResultsCsv(new("results.csv"), whole.as_of)]
        if has_parquet():
            tables.append(ResultsParquet(new("results.parquet"), whole.as_of))
        sheets, page = Sheets(whole, out), Page(whole)
        for reading in whole.readings():
            for output in (*tables, sheets, page):
                output.take(reading)
        for table in tables:
            table.finish()
        finish: dict[str, Callable[[], bytes]] = {"portfolio.xlsx": sheets.finish, "portfolio.html": page.finish}
        for name, content in finish.items():
            new(name).write(content())
    return made
