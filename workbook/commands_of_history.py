"""The commands about what was done to a workbook, declared like all others in `workbook.commands`."""

from __future__ import annotations

from workbook.command_arguments import ALL, JSON, WORKBOOK
from workbook.command_declaration import Argument, Command

OF_HISTORY: tuple[Command, ...] = (
    Command(
        "history",
        "Change history",
        "Shows who changed what in the workbook, when, and what stood there before.",
        "What the program wrote and brought in, entry by entry. With --id only what concerns that entry. Nothing is "
        "written.",
        (
            WORKBOOK,
            Argument("--id", "Only what concerns the entry with this ID, such as SU-0007.", metavar="ID"),
            ALL,
            JSON,
        ),
        ("champions history programme.xlsx", "champions history programme.xlsx --id SU-0007"),
        ((0, "done"), (2, "the workbook can't be used, or has no entry with that ID")),
    ),
)
