"""The commands about what was done to a workbook, declared like all others in `workbook.commands`."""

from __future__ import annotations

from workbook.command_arguments import ALL, JSON, WORKBOOK
from workbook.command_declaration import Argument, Command, Takes

OF_HISTORY: tuple[Command, ...] = (
    Command(
        "history",
        "Change history",
        "Shows who changed what in the workbook, when, and what stood there before.",
        "What the program wrote and brought in, entry by entry, from the sheet Change history and from the file in the "
        "folder .champions beside the workbook. Its entries hang together, so that --verify tells where one is missing "
        "or was changed. Nothing is written.",
        (
            WORKBOOK,
            Argument("--id", "Only what concerns the entry with this ID, such as SU-0007.", metavar="ID"),
            Argument("--verify", "Say whether nothing of it is missing or was changed.", Takes.FLAG),
            ALL,
            JSON,
        ),
        ("champions history programme.xlsx --id SU-0007", "champions history programme.xlsx --verify"),
        (
            (0, "done"),
            (1, "with --verify: something is missing or was changed"),
            (2, "the workbook can't be used, or has no entry with that ID"),
        ),
    ),
    Command(
        "upgrade",
        "Upgrade workbook",
        "Adds what a workbook of an earlier version lacks: tables, columns, lists, settings, thresholds.",
        "Your sheets, columns, list values, colours and every entry stay as they are. A heading that was renamed is "
        "not guessed at: it is named, with what it looks like. All of it is one step, which undo takes back.",
        (WORKBOOK, Argument("--dry-run", "Only show what would be added.", Takes.FLAG), JSON),
        ("champions upgrade programme.xlsx --dry-run", "champions upgrade programme.xlsx"),
        (
            (0, "it lacks nothing any more"),
            (1, "something is left to look at; it is named"),
            (2, "the workbook can't be used or written, or is of a later version than the program"),
        ),
    ),
)
