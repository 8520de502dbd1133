"""The vocabulary in which commands are declared."""

from __future__ import annotations

import enum

from workbook.model.light_dataclasses import dataclass


class Takes(enum.StrEnum):
    """What an argument of a command is."""

    FLAG = "flag"
    TEXT = "text"
    WHOLE = "whole"
    DAY = "day"
    FILE = "file"
    FOLDER = "folder"


@dataclass(frozen=True)
class Argument:
    """One argument. A name with -- is an option; `many` takes one or more values; `choices` are all that it may be.

    `least` and `most` bound a number; of a day, its year.
    """

    name: str
    help: str
    takes: Takes = Takes.TEXT
    metavar: str = ""
    optional: bool = False
    many: bool = False
    default: str | int | None = None
    choices: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None

    @property
    def words(self) -> str:
        """What it is, with all that it may be."""
        return f"{self.help} One of: {', '.join(self.choices)}." if self.choices else self.help

    def admits(self, number: int) -> bool:
        """Whether a number (of a day, its year) is within the bounds."""
        return (self.least is None or number >= self.least) and (self.most is None or number <= self.most)


class Group(enum.StrEnum):
    """The groups of the ribbon's tab and of the toolbar, in their order."""

    CHECK = "Check"
    ACT = "Act"
    DOCUMENTS = "Documents"
    PROGRAMME = "Programme"
    HELP = "Help"


class Needs(enum.StrEnum):
    """What must be open before a button does something."""

    NOTHING = "nothing"
    BOOK = "a workbook with our tables"


class Items(enum.StrEnum):
    """What the menu beside a button offers, besides pressing the button itself."""

    NONE = "nothing"
    DOCUMENTS = "one document"
    SERVICES = "one service"


@dataclass(frozen=True)
class Button:
    """How a command is reached from the open workbook.

    Attributes:
        icon: the name of one of Excel's own pictures (imageMso); LibreOffice shows ours of the command's name.
        key_tip: the letters that press it after Alt and the tab's own.
        large: one that is used every week.
        items: what its menu offers; an item is pressed as `command:item`.
        tip: its screen tip, where the command's own detail speaks of the terminal.
    """

    group: Group
    icon: str
    key_tip: str
    large: bool = False
    needs: Needs = Needs.BOOK
    items: Items = Items.NONE
    tip: str = ""


@dataclass(frozen=True)
class Command:
    """One command.

    Attributes:
        label: what a button says.
        summary: one line for lists and screen tips.
        detail: what a person wants to know before the first use.
        exits: what each exit code means.
        button: where it is found in the open workbook; None for one that is of no use there.
    """

    name: str
    label: str
    summary: str
    detail: str
    arguments: tuple[Argument, ...]
    examples: tuple[str, ...]
    exits: tuple[tuple[int, str], ...] = ((0, "done"), (2, "not possible; the message says why"))
    button: Button | None = None


def screen_tip(command: Command) -> str:
    """What a button's screen tip says beneath its name."""
    own = command.button.tip if command.button is not None else ""
    return f"{command.summary}\n\n{own or command.detail}"
