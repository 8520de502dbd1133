"""The arguments that several commands take."""

from __future__ import annotations

from workbook.command_declaration import Argument, Takes

WORKBOOK = Argument("workbook", "The master workbook.", Takes.FILE, "WORKBOOK")
#: The years that a workbook can be about: Excel knows no day before 1900, and rules look some way back and ahead.
YEARS = (1910, 9000)
AS_OF = Argument(
    "--as-of",
    "The day to look from, as 2026-06-30. Today by default.",
    Takes.DAY,
    "DATE",
    least=YEARS[0],
    most=YEARS[1],
)
JSON = Argument("--json", "Print one JSON object instead of tables.", Takes.FLAG)
NO_WRITE = Argument("--no-write", "Only look: write nothing into the workbook.", Takes.FLAG)
ALL = Argument("--all", "Show every line, however many there are.", Takes.FLAG)
