"""The commands for who analyses one workbook or compares many, declared like all others in `workbook.commands`."""

from __future__ import annotations

from workbook.command_arguments import AS_OF, JSON, WORKBOOK
from workbook.command_declaration import Argument, Command, Takes

OF_ANALYSIS: tuple[Command, ...] = (
    Command(
        "portfolio",
        "Compare services",
        "Compares the services of many workbooks, and names nobody.",
        "Takes folders, workbooks and lists of them, and reads only. Writes portfolio.html and portfolio.xlsx to look "
        "at, results.csv and results.parquet for analysis, and problems.csv with what could not be used. A "
        "second run reads only what changed, and keeps the former results in .champions. Counts of 1 to 4 people are "
        "withheld.",
        (
            Argument("sources", "Folders, workbooks, or text files that list them.", Takes.FILE, "SOURCE", many=True),
            Argument("--out", "The folder to write to.", Takes.FOLDER, "DIR", default="portfolio"),
            AS_OF,
            Argument("--workers", "How many workbooks to read at once.", Takes.WHOLE, "N", least=1, most=256),
            Argument(
                "--scheduler",
                "A running Dask scheduler whose workers read the workbooks, instead of this computer.",
                metavar="ADDRESS",
            ),
            Argument("--send", "Send the workbooks to the scheduler's workers, which can't reach them.", Takes.FLAG),
            Argument("--resume", "Go on with the last run into this folder, as of its day.", Takes.FLAG),
            Argument("--names", "Also say who holds each role; asks first.", Takes.FLAG),
            JSON,
        ),
        ("champions portfolio homes --out compared", "champions portfolio north.xlsx list.txt --out compared --resume"),
        (
            (0, "every workbook was read"),
            (1, "some could not be used; problems.csv names them"),
            (2, "none could be used, or the folder can't be written to"),
        ),
    ),
    Command(
        "export",
        "Export for analysis",
        "Writes every register as files for analysis: csv, json or parquet.",
        "Each register becomes a table, and so do the findings, the triggers' results and the reviews. As csv Excel "
        "opens them, and no text is taken for a formula; json is one file with the kind of each column; parquet keeps "
        "types and the order of choices, for pandas and R. The workbook is only read. The files hold what people "
        "typed, names included. With --as-of, what happened after that day is left out.",
        (
            WORKBOOK,
            Argument("--out", "The folder to write to.", Takes.FOLDER, "DIR", default="export"),
            Argument("--format", "What to write.", metavar="FORMAT", choices=("csv", "json", "parquet"), default="csv"),
            AS_OF,
        ),
        (
            "champions export programme.xlsx --out june",
            "champions export programme.xlsx --format parquet --as-of 2026-06-30",
        ),
    ),
)
