"""What the toolbar must know of the program, written into the extension when it is built."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple


class Entry(NamedTuple):
    """One line of the menu beside a button: what it says, its tip, and what is pressed by it."""

    label: str
    tip: str
    pressed: str


class Facts:
    """The facts, as the file holds them.

    Args:
        known: the object of the file.
    """

    def __init__(self, known: dict[str, Any]) -> None:
        self.version: str = known["version"]
        self.protocol: str = known["protocol"]
        self.handler: str = known["handler"]
        self.item_mark: str = known["item_mark"]
        self.tables: list[str] = known["tables"]
        self.labels: dict[str, str] = known["labels"]
        #: What to do where a press could not be started, and where it did not get to its end.
        self.blocked: str = known["blocked"]
        self.broken: str = known["broken"]
        #: The commands that need a workbook of ours.
        self.need_book: list[str] = known["need_book"]
        #: The fixed lines of the menu beside a button, by command.
        self.entries: dict[str, list[Entry]] = {
            command: [Entry(*entry) for entry in entries] for command, entries in known["entries"].items()
        }
        #: The commands whose menu goes on with the workbook's services.
        self.offer_services: list[str] = known["offer_services"]
        #: The table of services, and its columns of the code and the name.
        self.services: tuple[str, str, str] = tuple(known["services"])

    def command_of(self, pressed: str) -> str:
        """The command that something pressed belongs to."""
        return pressed.partition(self.item_mark)[0]

    def service_entry(self, command: str, code: str, name: str) -> Entry:
        """The line for one service."""
        return Entry(f"{name} ({code})", "", command + self.item_mark + code)


def read_facts(place: Path | None = None) -> Facts:
    """The facts that the extension was built with; by default those beside this package."""
    place = place or Path(__file__).with_name("facts.json")
    return Facts(json.loads(place.read_text(encoding="utf-8")))
