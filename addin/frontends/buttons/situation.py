"""Where a button was pressed, what it may ask of the person, and what came of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from addin.frontends.buttons.keep_versions import Keeper
from addin.hosts.host import Host
from addin.output.paths import May
from workbook.model.changes import ChangeSet
from workbook.model.light_dataclasses import dataclass
from workbook.model.snapshot import Snapshot


@dataclass(frozen=True)
class Place:
    """A cell to go to: its sheet, and its row and column counted from 1."""

    sheet: str
    row: int
    column: int


@dataclass(frozen=True)
class Outcome:
    """What came of a press.

    Attributes:
        brief: one line about what was done; '' where the message says it.
        message: what has no place in the workbook, to be read.
        go: the cell at which the result is to be seen.
        opens: a workbook to open.
        shows: a document, or a folder of them, to show beside the workbook.
        inverse: what takes the changes back; None where nothing was written.
    """

    brief: str = ""
    message: str = ""
    go: Place | None = None
    opens: Path | None = None
    shows: Path | None = None
    inverse: ChangeSet | None = None


@dataclass(frozen=True)
class Question:
    """What a person chooses among.

    Attributes:
        words: what is to be chosen.
        lines: the lines to choose from.
        confirm: what the button says that confirms.
        several: whether each line has a tick that can be set and taken away; else one is chosen.
        unticked: the numbers of the lines, from 0, that have no tick at first.
    """

    words: str
    lines: tuple[str, ...]
    confirm: str = "OK"
    several: bool = False
    unticked: tuple[int, ...] = ()


@dataclass(frozen=True)
class Situation:
    """Where a button was pressed.

    Attributes:
        host: the open workbook.
        path: its file; None where it has none that can be reached.
        as_of: the day to look from.
        when: the moment.
        who: the person at work.
        chosen: the chosen cell; None where none is.
        documents_folder: where a new workbook goes.
        may: says whether documents may go to a folder outside the workbook's; it may ask the person.
        step: called with what is being done now, and last before anything is written; it may raise to stop.
        ask: puts a question to the person; whether the answer is yes.
        choose: has the person choose among lines; their numbers from 0, None where they chose nothing.
        keeper: keeps the workbook as it is before anything is written.
        downloads: the person's folder of downloads, where exports of forms lie; None where none is known.
    """

    host: Host
    path: Path | None
    as_of: dt.date
    when: dt.datetime
    who: str
    documents_folder: Path
    chosen: Place | None = None
    step: Callable[[str], None] = lambda _: None
    ask: Callable[[str], bool] = lambda _: False
    choose: Callable[[Question], list[int] | None] = lambda _: None
    may: May = lambda _: False
    keeper: Keeper | None = None
    downloads: Path | None = None

    def read(self) -> Snapshot:
        """The workbook as it is now."""
        self.step("Reading the workbook")
        return self.host.read()

    def write(self, changes: ChangeSet) -> ChangeSet | None:
        """Applies changes and gives what takes them back; None where there were none."""
        if not changes:
            return None
        if self.keeper is not None:
            self.step("Keeping the workbook as it is")
            self.keeper.before(changes.command, self.when)
        self.step("Writing")
        return self.host.apply(changes, who=self.who, when=self.when)
